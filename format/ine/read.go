package ine

import (
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strconv"
	"strings"

	"pstar/cone"
	"pstar/format/text"
	"pstar/rational"
)

// Open reads the file at path; see [Read].
func Open(path string) (*File, error) {
	r, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	// Closed in any case, whether or not it could be read.
	defer r.Close()
	return Read(r, path)
}

// Read reads a polyhedron in the format of cddlib and lrs; see [File] for
// the form, and the package documentation for the grammar and for where it
// differs from theirs. name is used in errors, and its ending .ext must not
// contradict what is in the file.
//
// An object of JSON with the members "representation", "columns" and "rows", and
// "linearity" and "strict_inequality", is read too; that is what "verify dd -json" writes.
//
// Every error in the file is a [SyntaxError]; one of r is wrapped. Memory and
// time are linear in the size of the input, except for numbers that grow when
// they are written out as integers: fractions of one row brought to one
// denominator, which grow with the square of the row up to a cap, and decimals
// with exponents. All integers wider than a word share another cap.
func Read(r io.Reader, name string) (*File, error) {
	return readWithin(r, name, maxBits)
}

// ReadStrict is [Read] for callers that look at [FileRow.Strict]: it
// honours the option strict_inequality of cdd+, "strict_inequality t i1 ... it",
// which excludes equality in the inequalities with these numbers.
func ReadStrict(r io.Reader, name string) (*File, error) {
	return readObjectOr(r, name, maxBits, map[int]int{}, false)
}

// ReadListed is [ReadStrict] for callers to whom rows are a list, and no polyhedron: it
// reads representatives of orbits, too, as "verify dd -symmetry" writes them.
func ReadListed(r io.Reader, name string) (*File, error) {
	return readObjectOr(r, name, maxBits, map[int]int{}, true)
}

// readWithin is Read with another cap on wide numbers, for tests.
func readWithin(r io.Reader, name string, budget int64) (*File, error) {
	return readObjectOr(r, name, budget, nil, false)
}

// readObjectOr reads a file, or an object that stands for one: of that, errors name the row.
// Representatives are refused unless rows may be listed for themselves.
func readObjectOr(r io.Reader, name string, budget int64, strict map[int]int, listed bool) (*File, error) {
	// Decided by the first bytes, whatever the file is called.
	in, isObject, err := orObject(r, name, listed)
	var syntax *text.SyntaxError
	if err != nil && !errors.As(err, &syntax) {
		return nil, fmt.Errorf("%s:1: %w", name, err)
	}
	if err != nil {
		return nil, err
	}
	// Whatever the object was, from here on it is a file.
	file, err := newReader(in, name, budget, strict).read()
	if isObject && errors.As(err, &syntax) {
		syntax.Line = 1 // that of the text made of it means nothing to anybody
	}
	return file, err
}

// newReader is a reader at the beginning of a file.
func newReader(r io.Reader, name string, budget int64, strict map[int]int) *reader {
	p := &reader{Scanner: text.NewScanner(r, name), file: &File{Source: name}, linear: map[int]int{}, strict: strict, budget: budget}
	// Comments begin with either sign, as the peers have it.
	p.MaxLine, p.MaxWord, p.Comment = maxLine, maxWord, "*#"
	return p
}

// read reads the parts of a file in their order. What holds whichever side of the rows it
// stands on is applied at the end.
func (p *reader) read() (*File, error) {
	// Each begins where the one before has ended.
	steps := []func() error{p.preamble, p.size, p.rows, p.epilogue, p.settle}
	for _, step := range steps {
		err := step()
		var syntax *text.SyntaxError
		switch {
		case errors.As(err, &syntax):
			return nil, err
		case err != nil: // of the underlying reader
			return nil, fmt.Errorf("%s:%d: %w", p.File, p.Line, err)
		}
	}
	return p.file, nil
}

// Caps on what the reader accepts, so that a few bytes of input cannot ask for
// much memory. Rows and numbers are stored as they are read: nothing is
// allocated because a header announces it.
const (
	// MaxColumns bounds the columns of a file.
	MaxColumns = 1 << 17
	// MaxRows bounds the rows of a file.
	MaxRows = 1 << 30
	// maxLine bounds the length of a line outside the rows.
	maxLine = 1 << 24
	// maxWord bounds the length of a number: two runs of digits, with signs,
	// point and exponent.
	maxWord = 2*rational.MaxDigits + 32
	// maxNumberBits keeps a decimal with an exponent to what may be written out as
	// a fraction: log2(10) is more than 3.32.
	maxNumberBits = rational.MaxDigits * 332 / 100
	// maxBits bounds the bits of all integers wider than a word. Decimals with
	// exponents and rows with many different denominators would otherwise grow a
	// small file into a large one.
	maxBits = 1 << 33
	// maxRowBits bounds the bits of one row on its common denominator, which grow
	// with the square of what is written.
	maxRowBits = 1 << 28
	// maxOptions bounds the options that are kept.
	maxOptions = 1000
	// maxNotes bounds the notes.
	maxNotes = 100
)

// reader is the state of reading one file.
type reader struct {
	*text.Scanner
	file        *File
	declared    int         // rows announced, or -1
	bits        int64       // of wide integers so far
	budget      int64       // cap on bits
	linear      map[int]int // row of the linearity, counted from 1: line that says so
	strict      map[int]int // row of strict_inequality, likewise; nil if that is not supported
	representAt int         // line that states the representation, or 0
	mentioned   int         // line of another spelling of V-representation, or 0
	nonnegative int         // line that asks for x >= 0, or 0
	fractionAt  int         // line of the first fraction among integers, or 0
	ratios      []rational.Rat
	at          []int
}

// preamble reads up to the word begin at the start of a line.
func (p *reader) preamble() error {
	for {
		// To the next word, over blanks, line ends and comments.
		err := p.Skip()
		switch {
		case err == io.EOF:
			return p.Fail(max(p.Line-1, 1), "no line says begin; expected the rows of a polyhedron between begin and end")
		case err != nil:
		// More may follow on the same line.
		case p.Accept("begin"):
			return nil
		case p.Accept(cone.HRepresentation.String()):
			err = p.represent(cone.HRepresentation, p.Line)
		case p.Accept(cone.VRepresentation.String()):
			err = p.represent(cone.VRepresentation, p.Line)
		default:
			err = p.optionLine(true)
		}
		if err != nil {
			return err
		}
	}
}

// epilogue reads what follows end.
//
// Which options count behind the rows too is for optionLine to say.
func (p *reader) epilogue() error {
	for {
		err := p.Skip()
		if err == nil {
			err = p.optionLine(false)
		}
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
	}
}

// size reads "m d type".
func (p *reader) size() error {
	// An asterisk begins a comment, but here five of them stand for a number.
	p.Except = "*****"
	words, lines := [3]string{}, [3]int{}
	for i := range words {
		word, line, err := p.ReadWord()
		if err == io.EOF {
			return p.Fail(max(p.Line-1, 1), "the file ends before the rows; expected the numbers of rows and columns and a number type, such as: 8 4 rational")
		}
		if err != nil {
			return err
		}
		words[i], lines[i] = string(word), line
	}
	p.Except = ""
	p.declared = -1
	// Only asterisks mean that rows are not counted: as many as there are until end.
	if strings.Trim(words[0], "*") != "" {
		var err error
		if p.declared, err = p.count(lines[0], words[0], "rows", 0, MaxRows); err != nil {
			return err
		}
	}
	var err error
	// At least the constant.
	if p.file.Columns, err = p.count(lines[1], words[1], "columns", 1, MaxColumns); err != nil {
		return err
	}
	p.file.Numbers = NumberType(words[2])
	if !slices.Contains([]NumberType{Integer, Rational, Real}, p.file.Numbers) {
		return p.Fail(lines[2], "cannot read number type %s; expected integer, rational or real", text.Quote(words[2]))
	}
	return nil
}

// count reads a whole number within bounds.
//
// what is named in the error.
func (p *reader) count(line int, word, what string, low, high int) (int, error) {
	// Without a sign, a point or an exponent.
	n, err := strconv.Atoi(word)
	if err != nil || n < low || n > high {
		return 0, p.Fail(line, "cannot read %s as the number of %s; expected a whole number from %d to %d", text.Quote(word), what, low, high)
	}
	return n, nil
}

// rows reads numbers up to the word end and groups them into rows. More rows than the
// size line says are read past, with a note: lrs reads no more than it says.
func (p *reader) rows() error {
	f := p.file
	start := 0   // line of the first number of the row in hand, or of the rows beyond
	column := 0  // numbers of the row in hand
	surplus := 0 // rows beyond those of the size line
	for {
		word, line, err := p.ReadWord()
		if err == io.EOF {
			return p.Fail(p.Line, "the file ends within the rows; expected %s", p.wanted(column))
		}
		if err != nil {
			return err
		}
		// The only word among numbers.
		if string(word) == "end" {
			if surplus > 0 && column == 0 {
				p.note(start, "the rows from here on are ignored, as in lrs (cddlib refuses the file): the size line says %d rows, and %d follow", p.declared, len(f.Rows)+surplus)
				return nil
			}
			if column > 0 || p.declared >= 0 && len(f.Rows) < p.declared {
				return p.Fail(line, "end after %d rows and %d numbers; expected %s", len(f.Rows), column, p.wanted(column))
			}
			return nil
		}
		// The rows that were announced are there.
		beyond := len(f.Rows) == p.declared
		// With no rows announced a number is more likely a mistake than surplus.
		if beyond && p.declared == 0 || len(f.Rows) == MaxRows {
			return p.Fail(line, "cannot read %s; expected end after %d rows", text.Quote(string(word)), len(f.Rows))
		}
		// Of surplus rows the first place is kept, for the note.
		if column == 0 && surplus == 0 {
			start = line
		}
		// Surplus numbers are read as well: a slip in them is told.
		if err := p.number(word, line, column); err != nil {
			return err
		}
		// The row goes on, perhaps in the next line.
		if column++; column < f.Columns {
			continue
		}
		column = 0
		if beyond {
			surplus++
			p.ratios, p.at = p.ratios[:0], p.at[:0]
		} else if err := p.finishRow(start); err != nil {
			return err
		}
	}
}

// wanted says what is missing for an error message.
func (p *reader) wanted(column int) string {
	// All rows are there, and only the end is missing.
	if len(p.file.Rows) == p.declared {
		return "end after " + strconv.Itoa(p.declared) + " rows"
	}
	missing := "row " + strconv.Itoa(len(p.file.Rows)+1)
	if column > 0 {
		missing = "number " + strconv.Itoa(column+1) + " of " + missing
	}
	if p.declared >= 0 {
		return missing + " (the size line says " + strconv.Itoa(p.declared) + " rows of " + strconv.Itoa(p.file.Columns) + " numbers)"
	}
	return missing + " (of " + strconv.Itoa(p.file.Columns) + " numbers) or end"
}
