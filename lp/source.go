package lp

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"math/big"
	"strings"

	"pstar/rational"
)

// ReadOptions adjusts the readers of files. The zero value is strict.
type ReadOptions struct {
	// Relax drops the demand that variables be integers; otherwise a file with such a
	// demand is refused. Binary variables keep their bounds 0 and 1.
	Relax bool
	// Fixed makes [ReadMPS] read fields by their columns, so that names may hold spaces.
	Fixed bool
	// Note, unless nil, is called after a file has been read, with "file:line: remark"
	// for every convention that the file rests on and that its writer may not have
	// meant: once for each convention, at the first place.
	Note func(remark string)
}

// SyntaxError says where a file is wrong and what was expected there.
type SyntaxError struct {
	File    string
	Line    int // counts from 1
	Message string
}

// Error returns "file:line: message".
func (e *SyntaxError) Error() string { return fmt.Sprintf("%s:%d: %s", e.File, e.Line, e.Message) }

// Limits of what the readers accept, so that a small file cannot ask for much memory.
const (
	MaxName     = 255     // bytes of a name
	MaxLine     = 1 << 20 // bytes of a line
	MaxExponent = 400     // absolute value of the exponent of a number
)

// source gives the lines of a file one after the other.
type source struct {
	file    string
	line    int
	scanner *bufio.Scanner
	remarks []remark
}

// remark is a convention that the file rests on.
type remark struct {
	line  int // of the first place
	what  string
	more  string // what the further places hold
	count int
}

func newSource(r io.Reader, file string) *source {
	s := &source{file: file, scanner: bufio.NewScanner(r)}
	s.scanner.Buffer(make([]byte, 0, 64<<10), MaxLine)
	return s
}

// next returns the next line, without its end.
func (s *source) next() (string, bool) {
	if !s.scanner.Scan() {
		return "", false
	}
	s.line++
	return strings.TrimSuffix(s.scanner.Text(), "\r"), true
}

// err returns what ended the lines too early: a line too long, or the reader.
func (s *source) err() error {
	err := s.scanner.Err()
	if errors.Is(err, bufio.ErrTooLong) {
		s.line++
		return s.errorf("expected lines of fewer than %d bytes", MaxLine)
	}
	return err
}

// remark keeps that a convention was used at a line; what names it, more its further uses.
func (s *source) remark(line int, what, more string) {
	for k := range s.remarks {
		if s.remarks[k].more == more {
			s.remarks[k].count++
			return
		}
	}
	s.remarks = append(s.remarks, remark{line, what, more, 0})
}

// report hands the remarks on.
func (s *source) report(note func(string)) {
	if note == nil {
		return
	}
	for _, r := range s.remarks {
		if r.count > 0 {
			r.what += fmt.Sprintf(" (and %d more %s)", r.count, r.more)
		}
		note(fmt.Sprintf("%s:%d: %s", s.file, r.line, r.what))
	}
}

// stated is what a file says of the bounds of a variable.
type stated struct {
	lower, upper bool
	line         int // of the last of them
}

// infinite is where numbers end for the solvers of linear programs: as a bound, one of
// this size or more means that there is none.
var infinite = rational.RatFromInt(rational.IntFromBig(new(big.Int).Exp(big.NewInt(10), big.NewInt(30), nil)))

// beyond reports which of two bounds are so large that they mean none. Those of an
// equation never are, nor a bound on the side where infinity cannot be reached.
func beyond(lower, upper Bound) (low, high bool) {
	if lower.Finite && upper.Finite && lower.Value.Equal(upper.Value) {
		return false, false
	}
	return lower.Finite && lower.Value.Neg().Cmp(infinite) >= 0, upper.Finite && upper.Value.Cmp(infinite) >= 0
}

// unbounded takes away the bounds that are beyond all.
func (s *source) unbounded(line int, lower, upper *Bound) {
	const what = "a bound of 1e30 or more is read as infinity, as most solvers have it"
	low, high := beyond(*lower, *upper)
	if low {
		*lower = Bound{}
		s.remark(line, what, "such bounds")
	}
	if high {
		*upper = Bound{}
		s.remark(line, what, "such bounds")
	}
}

func (s *source) errorf(format string, args ...any) error {
	return &SyntaxError{s.file, s.line, fmt.Sprintf(format, args...)}
}

// number reads a number exactly.
func (s *source) number(text string) (rational.Rat, error) {
	if exponentBeyond(text) {
		return rational.Rat{}, s.errorf("expected an exponent of at most %d in absolute value in %s", MaxExponent, quoted(text))
	}
	v, err := rational.ParseRat(text)
	if err != nil {
		return v, s.errorf("expected a number: %v", err)
	}
	return v, nil
}

// exponentBeyond reports whether text has an exponent beyond MaxExponent; whether it
// is a number at all is for others to say.
func exponentBeyond(text string) bool {
	i := strings.LastIndexAny(text, "eEpP")
	if i < 0 {
		return false
	}
	e := 0
	for _, c := range strings.TrimLeft(text[i+1:], "+-") {
		if c < '0' || c > '9' {
			return false
		}
		if e = 10*e + int(c-'0'); e > MaxExponent {
			return true
		}
	}
	return false
}

// boundNumber reads a number or an infinity; the sign of an infinity is returned, and
// 0 for a number.
func (s *source) boundNumber(text string) (v rational.Rat, infinity int, err error) {
	if sign := infinitySign(text); sign != 0 {
		return v, sign, nil
	}
	v, err = s.number(text)
	return v, 0, err
}

// infinitySign returns 1 or −1 if text spells an infinity, else 0.
func infinitySign(text string) int {
	sign, body := 1, text
	if body != "" && (body[0] == '+' || body[0] == '-') {
		if body[0] == '-' {
			sign = -1
		}
		body = body[1:]
	}
	if len(body) > len("infinity") {
		return 0
	}
	switch strings.ToLower(body) {
	case "inf", "infinity":
		return sign
	}
	return 0
}

// name checks the length of a name.
func (s *source) name(text string) (string, error) {
	if text == "" {
		return "", s.errorf("expected a name, found nothing")
	}
	if len(text) > MaxName {
		return "", s.errorf("expected a name of at most %d bytes, found one of %d", MaxName, len(text))
	}
	// The line need not stay in memory for the sake of one name.
	return strings.Clone(text), nil
}

// quoted quotes text for a message, shortened.
func quoted(text string) string {
	const shown = 40
	if len(text) > shown {
		return fmt.Sprintf("%q...", text[:shown])
	}
	return fmt.Sprintf("%q", text)
}
