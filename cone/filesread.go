package cone

import (
	"io"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"pstar/rational"
)

// OpenFile reads the file at path; see [ReadFile].
func OpenFile(path string) (*File, error) {
	r, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer r.Close()
	return ReadFile(r, path)
}

// ReadFile reads a polyhedron in the format of cddlib and lrs; see [File]. name
// is used in errors, and its ending .ext must not contradict what is in the
// file. Numbers are read exactly, decimals too: integers if the size line says
// "integer", fractions for "rational", and all that [rational.ParseRat] reads
// for "real". The number of rows may be given as *****, as lrs prints it.
//
// What is understood before begin and after end: H-representation,
// V-representation and hull; linearity, equality and partial_enumeration, which
// all make rows equations or lines; nonnegative, which adds the rows x_i >= 0.
// Other known words are returned as [File.Options], unknown ones as
// [File.Notes]. Words that would give the rows another meaning
// (strict_inequality, voronoi) are errors.
//
// Every error in the file is a [SyntaxError]. Memory and time are linear in the
// size of the input, but for a cap on the digits of numbers with exponents.
func ReadFile(r io.Reader, name string) (*File, error) {
	return readFile(r, name, maxBits)
}

func readFile(r io.Reader, name string, budget int) (*File, error) {
	p := &fileReader{scanner: newScanner(r, name), file: &File{}, linear: map[int]int{}, budget: budget}
	steps := []func() error{p.preamble, p.size, p.rows, p.epilogue, p.settle}
	for _, step := range steps {
		if err := step(); err != nil {
			return nil, err
		}
	}
	return p.file, nil
}

// fileReader is the state of reading one file.
type fileReader struct {
	*scanner
	file        *File
	declared    int         // rows announced, or -1
	bits        int         // of wide integers so far
	budget      int         // cap on bits
	linear      map[int]int // row of the linearity, counted from 1: line that says so
	representAt int         // line that states the representation, or 0
	nonnegative int         // line that asks for x >= 0, or 0
	ratios      []rational.Rat
	at          []int
}

// preamble reads the lines up to begin.
func (p *fileReader) preamble() error {
	for {
		text, line, err := p.readLine()
		if err == io.EOF {
			return p.fail(max(p.line-1, 1), "no line says begin; expected the rows of a polyhedron between begin and end")
		}
		if err != nil {
			return err
		}
		if text == "begin" {
			return nil
		}
		if err := p.option(text, line, true); err != nil {
			return err
		}
	}
}

// size reads the line "m d type".
func (p *fileReader) size() error {
	text, line, err := p.readLine()
	for err == nil && (text == "" || isComment(text) && !strings.HasPrefix(text, "*****")) {
		text, line, err = p.readLine()
	}
	if err == io.EOF {
		return p.fail(max(p.line-1, 1), "the file ends after begin; expected a line such as: 8 4 rational")
	}
	if err != nil {
		return err
	}
	words := strings.Fields(text)
	if len(words) != 3 {
		return p.fail(line, "cannot read %s; expected the numbers of rows and columns and a number type, such as: 8 4 rational", quote(text))
	}
	p.declared = -1
	if strings.Trim(words[0], "*") != "" {
		if p.declared, err = p.count(line, words[0], "rows", 0, MaxRows); err != nil {
			return err
		}
	}
	if p.file.Columns, err = p.count(line, words[1], "columns", 1, MaxColumns); err != nil {
		return err
	}
	p.file.Numbers = NumberType(words[2])
	if !slices.Contains([]NumberType{Integer, Rational, Real}, p.file.Numbers) {
		return p.fail(line, "cannot read number type %s; expected integer, rational or real", quote(words[2]))
	}
	return nil
}

// count reads a whole number within bounds.
func (p *fileReader) count(line int, word, what string, low, high int) (int, error) {
	n, err := strconv.Atoi(word)
	if err != nil || n < low || n > high {
		return 0, p.fail(line, "cannot read %s as the number of %s; expected a whole number from %d to %d", quote(word), what, low, high)
	}
	return n, nil
}

// rows reads numbers up to the word end and groups them into rows.
func (p *fileReader) rows() error {
	f := p.file
	start := 0  // line of the first number of the row in hand
	column := 0 // numbers of the row in hand
	for {
		word, line, err := p.readWord()
		if err == io.EOF {
			return p.fail(p.line, "the file ends within the rows; expected %s", p.wanted(column))
		}
		if err != nil {
			return err
		}
		if string(word) == "end" {
			if column > 0 || p.declared >= 0 && len(f.Rows) < p.declared {
				return p.fail(line, "end after %d rows and %d numbers; expected %s", len(f.Rows), column, p.wanted(column))
			}
			_, err := p.restOfLine()
			return err
		}
		if len(f.Rows) == p.declared || len(f.Rows) == MaxRows {
			return p.fail(line, "cannot read %s; expected end after %d rows", quote(string(word)), len(f.Rows))
		}
		if column == 0 {
			start = line
		}
		if err := p.number(word, line, column); err != nil {
			return err
		}
		if column++; column == f.Columns {
			if err := p.finishRow(start); err != nil {
				return err
			}
			column = 0
		}
	}
}

// wanted says what is missing for an error message.
func (p *fileReader) wanted(column int) string {
	missing := "row " + strconv.Itoa(len(p.file.Rows)+1)
	if column > 0 {
		missing = "number " + strconv.Itoa(column+1) + " of " + missing
	}
	if p.declared >= 0 {
		return missing + " (the size line says " + strconv.Itoa(p.declared) + " rows of " + strconv.Itoa(p.file.Columns) + " numbers)"
	}
	return missing + " (of " + strconv.Itoa(p.file.Columns) + " numbers) or end"
}

// number reads one entry and keeps it if it is not zero.
func (p *fileReader) number(word []byte, line, column int) error {
	if len(word) == 1 && '0' <= word[0] && word[0] <= '9' { // nearly all entries
		if word[0] != '0' {
			p.keep(column, rational.NewRat(int64(word[0]-'0'), 1))
		}
		return nil
	}
	x, err := rational.ParseRat(string(word))
	if err != nil {
		return p.fail(line, "row %d, column %d: %v", len(p.file.Rows)+1, column+1, err)
	}
	switch form := strings.ContainsAny(string(word), ".eExX"); {
	case p.file.Numbers == Integer && (form || !x.IsInt()):
		return p.fail(line, "row %d, column %d: cannot read %s; expected an integer, as the size line says", len(p.file.Rows)+1, column+1, quote(string(word)))
	case p.file.Numbers == Rational && form:
		return p.fail(line, "row %d, column %d: cannot read %s; expected a fraction, as the size line says (\"real\" would allow decimals)", len(p.file.Rows)+1, column+1, quote(string(word)))
	}
	if !x.IsZero() {
		p.keep(column, x)
	}
	bits := max(x.Num().BitLen(), x.Den().BitLen())
	if bits > maxNumberBits {
		return p.fail(line, "row %d, column %d: more than %d digits when written out", len(p.file.Rows)+1, column+1, rational.MaxDigits)
	}
	return p.charge(line, bits)
}

func (p *fileReader) keep(column int, x rational.Rat) {
	p.ratios = append(p.ratios, x)
	p.at = append(p.at, column)
}

// charge counts the bits of wide numbers against the cap.
func (p *fileReader) charge(line, bits int) error {
	if bits > 64 {
		p.bits += bits
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
		if scale = rational.LCM(scale, x.Den()); scale.BitLen() > p.budget/len(p.ratios) {
			break // charge fails below
		}
	}
	if err := p.charge(line, scale.BitLen()*len(p.ratios)); err != nil && scale.BitLen() > 64 {
		return err
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

// epilogue reads the lines after end.
func (p *fileReader) epilogue() error {
	for {
		text, line, err := p.readLine()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
		if err := p.option(text, line, false); err != nil {
			return err
		}
	}
}

// settle applies what may be said on either side of the rows.
func (p *fileReader) settle() error {
	f := p.file
	if p.representAt == 0 {
		f.Representation = HRepresentation
		if filepath.Ext(p.name) == ".ext" {
			return p.fail(1, "the file is named .ext but does not say V-representation; expected a line that says H-representation or V-representation")
		}
		f.Notes = append(f.Notes, "no line says H-representation or V-representation; read as H-representation")
	}
	if err := p.markLinear(); err != nil {
		return err
	}
	if f.Representation == VRepresentation {
		return p.checkGenerators()
	}
	if p.nonnegative > 0 {
		for i := 1; i < f.Columns; i++ {
			f.Rows = append(f.Rows, FileRow{Vector: Unit(i, 1), Scale: rational.NewInt(1), Line: p.nonnegative})
		}
	}
	return nil
}

// markLinear marks the rows of the linearity.
func (p *fileReader) markLinear() error {
	rows := make([]int, 0, len(p.linear))
	for i := range p.linear {
		rows = append(rows, i)
	}
	slices.Sort(rows)
	for _, i := range rows {
		if i > len(p.file.Rows) {
			return p.fail(p.linear[i], "row %d is in the linearity, but there are %d rows", i, len(p.file.Rows))
		}
		p.file.Rows[i-1].Linear = true
	}
	return nil
}

// checkGenerators reports rows that are neither vertices nor rays nor lines.
func (p *fileReader) checkGenerators() error {
	if p.nonnegative > 0 {
		return p.fail(p.nonnegative, "nonnegative speaks of inequalities, but this is a V-representation")
	}
	for i, r := range p.file.Rows {
		lead := r.Vector.At(0)
		switch {
		case r.Linear && !lead.IsZero():
			return p.fail(r.Line, "row %d is in the linearity and begins with a number other than 0; expected 0, for a line", i+1)
		case !lead.IsZero() && !lead.Equal(r.Scale):
			return p.fail(r.Line, "row %d begins with %v; expected 1 for a vertex or 0 for a ray", i+1, rational.RatFromInts(lead, r.Scale))
		}
	}
	return nil
}
