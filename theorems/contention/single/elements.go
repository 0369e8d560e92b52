package single

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"strings"

	"pstar/format/jsontext"
	"pstar/rational"
	"pstar/theorems"
	"pstar/theorems/contention"
)

// Elements are the parameters that give probabilities of elements, as a command has them:
// a list, a number of equal ones with their sum, or a file.
// Several commands have the same three ways, and read them here.
type Elements struct {
	*theorems.Flags
	X, Sum string
	N      theorems.Range
}

// Add adds the flags -x, -n and -rho.
func (e *Elements) Add(f *theorems.Flags) {
	e.Flags = f
	f.StringVar(&e.X, "x", "", "`probabilities`, separated by commas")
	f.Var(&e.N, "n", "number `n` of elements of equal probability, or a range such as 2..9")
	f.StringVar(&e.Sum, "rho", "1", "`sum` of their probabilities")
}

// Read returns the lists of probabilities that are given, one for each number of -n.
// They have been validated. An error is bad input, and names the flag or the file.
func (e *Elements) Read(run *theorems.Run) ([][]rational.Rat, error) {
	// Exactly one of the three ways.
	given := len(run.Files)
	for _, name := range []string{"x", "n"} {
		if e.Given(name) {
			given++
		}
	}
	switch {
	case given != 1:
		return nil, theorems.BadInput("expected one of -x, -n and a file; \"%s -h\" explains", e.Name())
	case e.Given("n"):
		return e.uniform()
	}
	// The sum of a list is what it is: a flag -rho beside it would contradict it or say
	// nothing.
	if err := e.RefuseUnused("without -n", "rho"); err != nil {
		return nil, err
	}
	x, where, err := e.list(run)
	if err != nil {
		return nil, err
	}
	if err := Validate(x); err != nil {
		return nil, theorems.BadInput("%s: %v", where, err)
	}
	return [][]rational.Rat{x}, nil
}

// uniform are the lists of equal probabilities.
// Both ends of the range suffice: the conditions of ValidateUniform are monotone in the
// number.
func (e *Elements) uniform() (lists [][]rational.Rat, err error) {
	rho, err := rational.ParseRat(e.Sum)
	if err != nil {
		return nil, theorems.BadInput("-rho: %v", err)
	}
	for _, n := range []int{e.N.Last, e.N.First} { // of all the largest has too many elements, and the smallest too large probabilities
		if err := ValidateUniform(n, rho); err != nil {
			return nil, theorems.BadInput("-n %d -rho %s: %v", n, rho, err)
		}
	}
	// Each number of the range is an instance of its own.
	for n := e.N.First; n <= e.N.Last; n++ {
		lists = append(lists, Uniform(n, rho))
	}
	return lists, nil
}

// list is that of -x or of a file, and where it stands.
// The error of a file has the line.
func (e *Elements) list(run *theorems.Run) (x []rational.Rat, where string, err error) {
	// From the command line there is no line to name, only the flag.
	if len(run.Files) == 0 {
		if x, err = rational.ParseRats(e.X); err != nil {
			err = theorems.BadInput("-x: %v", err)
		}
		return x, "-x", err
	}
	where = run.Files[0]
	err = run.Read(where, func(in *bufio.Reader) (err error) {
		x, err = read(where, in)
		return err
	})
	return x, where, err
}

// read reads a file: JSON if it begins with a brace, else a list of numbers.
// The file may be long or without end; no more of it is read than an instance can have.
func read(name string, in *bufio.Reader) (x []rational.Rat, err error) {
	// A list of numbers begins with anything but a brace.
	if !jsontext.Begins(in) {
		return readNumbers(name, in)
	}
	r := jsontext.New(name, 1, in)
	err = r.Whole(jsontext.By("x", func(place string) error {
		return r.List(place, func(i int) error {
			v, err := r.Rat(contention.Label("x, element", i, ""))
			x = append(x, v)
			// Refused at the first one too many.
			if err == nil && i >= MaxElements {
				err = r.Fail("x", "%v", tooManyElements())
			}
			if text := contention.InvalidProbability(v); err == nil && text != "" {
				err = r.Fail(contention.Label("x, element", i, ""), "%s", text)
			}
			return err
		})
	}))
	return x, err
}

// tooManyElements ends the reading of a file that need not be read to its end.
// Both readers say the same.
func tooManyElements() error { return fmt.Errorf("expected at most %d elements", MaxElements) }

// readNumbers reads numbers separated by commas and blanks, up to # on each line.
// A missing number between two commas is not noticed: commas are blanks.
func readNumbers(name string, r *bufio.Reader) (x []rational.Rat, err error) {
	line, comment := 1, false
	// Across reads, as a word may lie on the border of two.
	var word []byte
	for {
		b, readErr := r.ReadByte()
		// The end of the file ends a word, as a blank does.
		separates := readErr != nil || comment || strings.IndexByte(", \t\r\n#", b) >= 0
		if !separates {
			word = append(word, b)
		}
		// A word ends at a separator, or at the length at which no number ends: then it is refused as it is.
		if len(word) > 0 && (separates || len(word) > jsontext.MaxToken) {
			v, err := rational.ParseRat(string(word))
			if err != nil {
				return nil, fmt.Errorf("%s:%d: %w", name, line, err)
			}
			// Said here, where the line is known; what -x has is looked at by [Validate].
			if text := contention.InvalidProbability(v); text != "" {
				return nil, fmt.Errorf("%s:%d: element %d: %s", name, line, len(x)+1, text)
			}
			// A file without end is refused at the first element too many, not read on.
			if x, word = append(x, v), word[:0]; len(x) > MaxElements {
				return nil, fmt.Errorf("%s:%d: %w", name, line, tooManyElements())
			}
		}
		switch {
		// The last word was read above.
		case errors.Is(readErr, io.EOF):
			return x, nil
		case readErr != nil:
			return nil, readErr
		case b == '\n':
			line, comment = line+1, false
		case b == '#':
			comment = true
		}
	}
}
