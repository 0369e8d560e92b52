package cone

import (
	"strings"

	"pstar/rational"
)

// number reads one entry and keeps it if it is not zero.
func (p *fileReader) number(word []byte, line, column int) error {
	if len(word) == 1 && '0' <= word[0] && word[0] <= '9' { // nearly all entries
		if word[0] != '0' {
			p.keep(column, rational.NewRat(int64(word[0]-'0'), 1))
		}
		return nil
	}
	fail := func(format string, args ...any) error {
		return p.fail(line, "row %d, column %d: "+format, append([]any{len(p.file.Rows) + 1, column + 1}, args...)...)
	}
	text := string(word)
	x, err := rational.ParseRat(withoutLeadingZeros(text))
	if err != nil {
		return fail("%v", err)
	}
	switch decimal := strings.ContainsAny(text, ".eExX"); {
	case decimal && p.file.Numbers == Integer:
		return fail("cannot read %s; expected an integer, as the size line says (\"real\" would allow decimals)", quote(text))
	case decimal && p.file.Numbers == Rational:
		return fail("cannot read %s; expected a fraction, as the size line says (\"real\" would allow decimals)", quote(text))
	case p.file.Numbers == Integer && p.fractionAt == 0 && !x.IsInt():
		p.fractionAt = line
		p.note(line, "%s in a file of integers is read as the fraction that it is, as by cddlib and lrs", quote(text))
	}
	if !x.IsZero() {
		p.keep(column, x)
	}
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
	digits := strings.TrimLeft(numerator, "+-")
	text = numerator[:len(numerator)-len(digits)] + trimZeros(digits)
	if fraction {
		text += "/" + trimZeros(denominator)
	}
	return text
}

func trimZeros(digits string) string {
	for len(digits) > 1 && digits[0] == '0' && '0' <= digits[1] && digits[1] <= '9' {
		digits = digits[1:]
	}
	return digits
}

func (p *fileReader) keep(column int, x rational.Rat) {
	p.ratios = append(p.ratios, x)
	p.at = append(p.at, column)
}

// charge counts the bits of wide numbers against the cap.
func (p *fileReader) charge(line, bits int) error {
	if bits > 64 {
		p.bits += int64(bits)
	}
	if p.bits > p.budget {
		return p.fail(line, "the numbers of the file take more than %d bits when written out", p.budget)
	}
	return nil
}

// finishRow brings the entries of a row to one denominator.
func (p *fileReader) finishRow(line int) error {
	scale := rational.NewInt(1)
	for _, x := range p.ratios {
		scale = rational.LCM(scale, x.Den())
		if wide := scale.BitLen() > 64; wide && scale.BitLen() > maxRowBits/len(p.ratios) {
			return p.fail(line, "row %d takes more than %d bits on the common denominator of its %d fractions; expected denominators with more in common",
				len(p.file.Rows)+1, maxRowBits, len(p.ratios))
		}
	}
	if scale.BitLen() > 64 {
		if err := p.charge(line, scale.BitLen()*len(p.ratios)); err != nil {
			return err
		}
	}
	row := FileRow{Scale: scale, Line: line}
	if len(p.ratios) > 0 {
		row.Vector = make(Vector, len(p.ratios))
	}
	for k, x := range p.ratios {
		row.Vector[k] = Entry{p.at[k], x.Num().Mul(scale.DivExact(x.Den()))}
	}
	p.ratios, p.at = p.ratios[:0], p.at[:0]
	p.file.Rows = append(p.file.Rows, row)
	return nil
}
