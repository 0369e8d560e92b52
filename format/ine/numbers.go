package ine

import (
	"strings"

	"pstar/cone"
	"pstar/format/text"
	"pstar/rational"
)

// number reads one entry and keeps it if it is not zero.
func (p *reader) number(word []byte, line, column int) error {
	if len(word) == 1 && '0' <= word[0] && word[0] <= '9' { // nearly all entries
		if word[0] != '0' {
			p.keep(column, rational.NewRat(int64(word[0]-'0'), 1))
		}
		return nil
	}
	fail := func(format string, args ...any) error {
		return p.Fail(line, "row %d, column %d: "+format, append([]any{len(p.file.Rows) + 1, column + 1}, args...)...)
	}
	// A copy, as the word is overwritten by the next one.
	written := string(word)
	// All forms of numbers are read, and those that the declared type has not are refused
	// by their own name.
	x, err := rational.ParseRat(withoutLeadingZeros(written))
	if err != nil {
		return fail("%v", err)
	}
	switch decimal := strings.ContainsAny(written, ".eExX"); {
	case decimal && p.file.Numbers == Integer:
		return fail("cannot read %s; expected an integer, as the size line says (\"real\" would allow decimals)", text.Quote(written))
	case decimal && p.file.Numbers == Rational:
		return fail("cannot read %s; expected a fraction, as the size line says (\"real\" would allow decimals)", text.Quote(written))
	// Once for a file: the first place is enough.
	case p.file.Numbers == Integer && p.fractionAt == 0 && !x.IsInt():
		p.fractionAt = line
		p.note(line, "%s in a file of integers is read as the fraction that it is, as by cddlib and lrs", text.Quote(written))
	}
	if !x.IsZero() {
		p.keep(column, x)
	}
	// Digits that are written are bounded by the length of a word; an exponent can ask for
	// more.
	bits := max(x.Num().BitLen(), x.Den().BitLen())
	if bits > maxNumberBits {
		return fail("more than %d digits when written out", rational.MaxDigits)
	}
	return p.charge(line, bits)
}

// withoutLeadingZeros drops zeros in front of other digits, in an integer, before
// a point, and on both sides of a fraction. cddlib and lrs take them for decimal
// digits; the parser would not know whether they mean octal.
func withoutLeadingZeros(text string) string {
	numerator, denominator, fraction := strings.Cut(text, "/")
	// The sign stands before the zeros.
	digits := strings.TrimLeft(numerator, "+-")
	text = numerator[:len(numerator)-len(digits)] + trimZeros(digits)
	if fraction {
		text += "/" + trimZeros(denominator)
	}
	return text
}

// trimZeros drops zeros that stand before another digit.
func trimZeros(digits string) string {
	// The last digit stays: 0 is written 0.
	for len(digits) > 1 && digits[0] == '0' && '0' <= digits[1] && digits[1] <= '9' {
		digits = digits[1:]
	}
	return digits
}

// keep notes an entry of the row at hand; columns come in ascending order.
func (p *reader) keep(column int, x rational.Rat) {
	// In step with the columns: entry k of one list belongs to entry k of the other.
	p.ratios = append(p.ratios, x)
	p.at = append(p.at, column)
}

// charge counts the bits of wide numbers against the cap.
//
// Numbers of one word are as long in memory as in the file, about, and are not counted.
func (p *reader) charge(line, bits int) error {
	if bits > 64 {
		p.bits += int64(bits)
	}
	if p.bits > p.budget {
		return p.Fail(line, "the numbers of the file take more than %d bits when written out", p.budget)
	}
	return nil
}

// finishRow brings the entries of a row to one denominator.
func (p *reader) finishRow(line int) error {
	// 1 for a row of integers, which most are.
	scale := rational.NewInt(1)
	for _, x := range p.ratios {
		scale = rational.LCM(scale, x.Den())
		// Looked at in each step, before a multiple of many denominators has grown.
		if wide := scale.BitLen() > 64; wide && scale.BitLen() > maxRowBits/len(p.ratios) {
			return p.Fail(line, "row %d takes more than %d bits on the common denominator of its %d fractions; expected denominators with more in common",
				len(p.file.Rows)+1, maxRowBits, len(p.ratios))
		}
	}
	// The entries are multiplied by it, and so as long as it is.
	if scale.BitLen() > 64 {
		if err := p.charge(line, scale.BitLen()*len(p.ratios)); err != nil {
			return err
		}
	}
	row := cone.Row{Scale: scale}
	// A row of zeros has a nil vector, as rows made elsewhere have.
	if len(p.ratios) > 0 {
		row.Vector = make(cone.Vector, len(p.ratios))
	}
	for k, x := range p.ratios {
		row.Vector[k] = cone.Entry{Index: p.at[k], Value: x.Num().Mul(scale.DivExact(x.Den()))}
	}
	// The room is used again for the next row.
	p.ratios, p.at = p.ratios[:0], p.at[:0]
	p.file.Rows, p.file.Lines = append(p.file.Rows, row), append(p.file.Lines, line)
	return nil
}
