// Package program is what the file formats of linear programs share: the options of their
// readers, the numbers and names they hold, the conventions of solvers on infinity, and the
// spelling of numbers and names for their writers. The formats themselves are in the
// packages mps, cplex, vipr and smt2.
package program

import (
	"fmt"
	"io"
	"math"
	"math/big"
	"strings"
	"sync"

	"pstar/format/text"
	"pstar/lp"
	"pstar/rational"
)

// Options adjusts the readers. The zero value is strict.
type Options struct {
	// Relax drops the demand that variables be integers; otherwise a file with such a
	// demand is refused. Binary variables keep their bounds 0 and 1.
	Relax bool
	// Note, unless nil, is called after a file has been read, with "file:line: remark"
	// for every convention that the file rests on and that its writer may not have
	// meant: once for each convention, at the first place.
	Note func(remark string)
}

// Limits of what the readers accept, so that a small file cannot ask for much memory. A line
// may be as long as the file.
const (
	MaxName     = 255 // bytes of a name
	MaxExponent = 400 // absolute value of the exponent of a number
)

// Source gives the lines of a file one after the other.
type Source struct {
	Line    int // of the line read last, from 1
	scanner *text.Scanner
	err     error // what ended the lines, other than the end of the file
	remarks []remark
}

// remark is a convention that the file rests on.
//
// Files have thousands of places of one convention, and one line about all of them is
// enough.
type remark struct {
	line  int // of the first place
	what  string
	more  string // what the further places hold
	count int
}

// NewSource returns the source of a file, which is named in errors.
func NewSource(r io.Reader, file string) *Source {
	s := &Source{scanner: text.NewScanner(r, file)}
	// Writers put the whole objective on one line.
	// Memory is in proportion to the file all the same.
	s.scanner.MaxLine = math.MaxInt
	return s
}

// Next returns the next line, without its end.
func (s *Source) Next() (string, bool) {
	line, number, err := s.scanner.ReadLine()
	if err != nil {
		// The end of the file is what every reader waits for, and says itself if it comes too
		// early.
		if err != io.EOF {
			s.err = err
		}
		return "", false
	}
	s.Line = number
	return line, true
}

// Err returns what ended the lines too early: a line too long, or the reader.
func (s *Source) Err() error { return s.err }

// Remark keeps that a convention was used at a line; what names it, more its further uses.
func (s *Source) Remark(line int, what, more string) {
	// The place of the first use is kept; the others are counted.
	for k := range s.remarks {
		// more names the convention, as what may hold the name of a row.
		if s.remarks[k].more == more {
			s.remarks[k].count++
			return
		}
	}
	s.remarks = append(s.remarks, remark{line, what, more, 0})
}

// Report hands the remarks on.
func (s *Source) Report(note func(string)) {
	// Nobody wants to hear of them.
	if note == nil {
		return
	}
	for _, r := range s.remarks {
		if r.count > 0 {
			r.what += fmt.Sprintf(" (and %d more %s)", r.count, r.more)
		}
		note(fmt.Sprintf("%s:%d: %s", s.scanner.File, r.line, r.what))
	}
}

// Stated is what a file says of the bounds of a variable.
//
// A default is not stated: it may be taken away by a convention where a stated bound may
// not.
type Stated struct {
	Lower, Upper bool
	Line         int // of the last of them
}

// infiniteBound is where numbers end for the bounds of variables: for CPLEX, Gurobi, HiGHS and
// SCIP, but not for GLPK and QSopt_ex, one of this size or more means that there is none.
var infiniteBound = sync.OnceValue(func() rational.Rat { return powerOfTen(20) })

// infiniteSide is where numbers end for the sides of rows. For HiGHS and SCIP that is
// infiniteBound too; other solvers document no such thing.
var infiniteSide = sync.OnceValue(func() rational.Rat { return powerOfTen(30) })

// powerOfTen returns 10^n for n ≥ 0.
func powerOfTen(n int64) rational.Rat {
	return rational.RatFromInt(rational.IntFromBig(new(big.Int).Exp(big.NewInt(10), big.NewInt(n), nil)))
}

// InfiniteSide reports whether a size means that a row has no such side.
func InfiniteSide(size rational.Rat) bool { return size.Cmp(infiniteSide()) >= 0 }

// beyond reports which of two bounds are so large that they mean none. Those of an
// equation never are, nor a bound on the side where infinity cannot be reached.
//
// A lower bound of +1e20 is out of reach of minus infinity, and so is a number.
func beyond(lower, upper lp.Bound, infinite rational.Rat) (low, high bool) {
	// Infinity is no value to be fixed at.
	if lower.Finite && upper.Finite && lower.Value.Equal(upper.Value) {
		return false, false
	}
	return lower.Finite && lower.Value.Neg().Cmp(infinite) >= 0, upper.Finite && upper.Value.Cmp(infinite) >= 0
}

// Unbounded takes away the bounds of a variable that are beyond all.
func (s *Source) Unbounded(line int, lower, upper *lp.Bound) {
	const what = "a bound of 1e20 or more is read as infinity, as most solvers have it"
	// Both are looked at before either is dropped: an equation is one by both.
	low, high := beyond(*lower, *upper, infiniteBound())
	s.drop(line, lower, low, what, "such bounds")
	s.drop(line, upper, high, what, "such bounds")
	// What is left of this size is read otherwise by others: the file means two programs.
	if huge(*lower) || huge(*upper) {
		s.Remark(line, "a bound of 1e20 or more that infinity could not meet is a number here; CPLEX, Gurobi, HiGHS and SCIP read it as infinity", "bounds of that size")
	}
}

// huge reports whether a bound that has been kept is one that some read as infinity.
func huge(b lp.Bound) bool { return b.Finite && b.Value.Abs().Cmp(infiniteBound()) >= 0 }

// UnboundedRow takes away the sides of a row that are beyond all.
func (s *Source) UnboundedRow(line int, lower, upper *lp.Bound) {
	const what = "a side of 1e30 or more of a row is read as infinity"
	low, high := beyond(*lower, *upper, infiniteSide())
	s.drop(line, lower, low, what, "such sides")
	s.drop(line, upper, high, what, "such sides")
	if huge(*lower) || huge(*upper) {
		s.Remark(line, "a side of 1e20 or more of a row is a number here; HiGHS and SCIP read it as infinity", "sides of that size")
	}
}

// drop takes a bound away if it is beyond all, and remarks on that.
func (s *Source) drop(line int, b *lp.Bound, beyond bool, what, more string) {
	if beyond {
		*b = lp.Bound{}
		s.Remark(line, what, more)
	}
}

// Errorf returns an error of the line read last.
func (s *Source) Errorf(format string, args ...any) error { return s.Fail(s.Line, format, args...) }

// Fail returns an error of a line. An empty file, of which none was read, ends in its first.
func (s *Source) Fail(line int, format string, args ...any) error {
	return s.scanner.Fail(max(1, line), format, args...)
}

// Number reads a number exactly. Leading zeros do not matter, and D may stand for the E
// of an exponent, as Fortran writes it.
//
// An exponent beyond MaxExponent, and what is no number, are errors of the line.
func (s *Source) Number(given string) (rational.Rat, error) {
	// Nine of ten numbers of a file are short, and this is several times as fast.
	if v, ok := shortDecimal(given); ok {
		return v, nil
	}
	word := decimal(given)
	// 1e999999999 is nine bytes and would be a number of four hundred megabytes.
	if exponentBeyond(word) {
		return rational.Rat{}, s.Errorf("expected an exponent of at most %d in absolute value in %s", MaxExponent, text.Quote(given))
	}
	v, err := rational.ParseRat(word)
	if err != nil {
		return v, s.Errorf("expected a number: %v", err)
	}
	return v, nil
}

// shortDecimal reads what nearly all numbers are: a sign and up to 18 digits, perhaps with a
// point among them.
func shortDecimal(word string) (v rational.Rat, ok bool) {
	const mostDigits = 18
	body := strings.TrimPrefix(word, "-")
	// So many digits fit an int64 together with the power of ten below them.
	if len(body) > mostDigits+1 {
		return v, false
	}
	var digits, unit int64 = 0, 1
	// Digits are counted apart from the length, since ".", "-" and "" have none.
	count, point := 0, false
	for i := range len(body) {
		switch c := body[i]; {
		case '0' <= c && c <= '9':
			digits = 10*digits + int64(c-'0')
			if count++; point {
				unit *= 10
			}
		// A second point is left to the slow way, which refuses it.
		case c == '.' && !point:
			point = true
		default:
			return v, false
		}
	}
	if count == 0 || count > mostDigits {
		return v, false
	}
	// There was a sign.
	if len(body) < len(word) {
		digits = -digits
	}
	return rational.NewRat(digits, unit), true
}

// decimal returns a decimal number as [rational.ParseRat] wants it.
func decimal(word string) string {
	// In a number of base 16 a d is a digit.
	if i := strings.IndexAny(word, "dD"); i > 0 && !strings.ContainsAny(word[:i], "xX") {
		word = word[:i] + "e" + word[i+1:]
	}
	sign := ""
	if word != "" && (word[0] == '+' || word[0] == '-') {
		sign, word = word[:1], word[1:]
	}
	// Leading zeros would make the number octal for [big.Rat.SetString].
	for len(word) > 1 && word[0] == '0' && word[1] >= '0' && word[1] <= '9' {
		word = word[1:]
	}
	return sign + word
}

// exponentBeyond reports whether text has an exponent beyond MaxExponent; whether it
// is a number at all is for others to say.
func exponentBeyond(text string) bool {
	i := strings.LastIndexAny(text, "eEpP")
	// Without an exponent.
	if i < 0 {
		return false
	}
	e := 0
	for _, c := range strings.TrimLeft(text[i+1:], "+-") {
		// No exponent, and so no number, or one of another base: the parser tells.
		if c < '0' || c > '9' {
			return false
		}
		// It ends before e can overflow, however many digits follow.
		if e = 10*e + int(c-'0'); e > MaxExponent {
			return true
		}
	}
	return false
}

// BoundNumber reads a number or an infinity; the sign of an infinity is returned, and
// 0 for a number.
func (s *Source) BoundNumber(word string) (v rational.Rat, infinity int, err error) {
	if sign := InfinitySign(word); sign != 0 {
		return v, sign, nil
	}
	v, err = s.Number(word)
	return v, 0, err
}

// InfinitySign returns 1 or −1 if text spells an infinity, else 0.
func InfinitySign(text string) int {
	sign, body := 1, text
	if body != "" && (body[0] == '+' || body[0] == '-') {
		if body[0] == '-' {
			sign = -1
		}
		body = body[1:]
	}
	// Names are looked at here too, and most are longer.
	if len(body) > len("infinity") {
		return 0
	}
	switch strings.ToLower(body) {
	case "inf", "infinity":
		return sign
	}
	return 0
}

// Name checks the length of a name.
func (s *Source) Name(word string) (string, error) {
	if word == "" {
		return "", s.Errorf("expected a name, found nothing")
	}
	// A longer name would not come back from other tools.
	if len(word) > MaxName {
		return "", s.Errorf("expected a name of at most %d bytes, found one of %d", MaxName, len(word))
	}
	// The line need not stay in memory for the sake of one name.
	return strings.Clone(word), nil
}
