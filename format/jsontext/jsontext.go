// Package jsontext reads JSON that people write: strictly, with exact numbers, and with
// errors that name the line and the place.
package jsontext

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"unicode"

	"pstar/rational"
)

// A Reader reads JSON value by value, so that every error names the line and
// the place, and duplicate and unknown members are errors. It reads a stream: in memory
// is what has been read since the token before, to count its lines.
//
// Place is where in the document a value stands, such as "agents[2], demand", and
// begins each message. The standard decoder does the work; what it does not do is count
// lines, and refuse what it does not know.
type Reader struct {
	name    string
	from    io.Reader
	decoder *json.Decoder
	recent  []byte // of the stream, from offset on
	offset  int64
	line    int // of the offset
}

// MaxToken bounds a value of a JSON text, with the blanks before it. It also bounds
// what is held to count lines.
const MaxToken = 4 << 20

// New returns a reader of a text that begins on the line. The text is read as it is
// asked for.
func New(name string, line int, from io.Reader) *Reader {
	r := &Reader{name: name, from: from, line: line}
	r.decoder = json.NewDecoder(r)
	r.decoder.UseNumber()
	return r
}

// Read implements io.Reader for the decoder. What the decoder has not taken yet is
// kept, for its lines.
func (r *Reader) Read(p []byte) (int, error) {
	// Too much since the last token: a value without an end.
	if r.count(); len(r.recent) > MaxToken {
		return 0, fmt.Errorf("a value or blank has more than %d MiB", MaxToken>>20)
	}
	// What was read stays: the decoder will say how much of it was taken.
	n, err := r.from.Read(p)
	r.recent = append(r.recent, p[:n]...)
	return n, err
}

// count takes the lines into account that the decoder is done with. The decoder says
// how far it has got.
func (r *Reader) count() {
	// The decoder is ahead of the reader: what is between belongs to the next token.
	done := min(int(r.decoder.InputOffset()-r.offset), len(r.recent))
	r.line += bytes.Count(r.recent[:done], []byte("\n"))
	r.offset += int64(done)
	r.recent = r.recent[:copy(r.recent, r.recent[done:])]
}

// Fail makes an error at the end of the token read last.
func (r *Reader) Fail(place, format string, args ...any) error {
	r.count()
	text := fmt.Sprintf(format, args...)
	if place != "" {
		text = place + ": " + text
	}
	return fmt.Errorf("%s:%d: %s", r.name, r.line, text)
}

// Token reads the next token. An error of the underlying reader is told like one of the
// text, with its line.
func (r *Reader) Token(place string) (json.Token, error) {
	token, err := r.decoder.Token()
	switch {
	// A document that is cut off.
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		return nil, r.Fail(place, "unexpected end of the text")
	// A fault of syntax, or of the reader below.
	case err != nil:
		return nil, r.Fail(place, "not JSON: %v", err)
	}
	return token, nil
}

// List reads an array and calls element for each of its elements, which must
// read it. The number of elements is not bounded here.
func (r *Reader) List(place string, element func(i int) error) error {
	if err := r.open(place, '[', "a list"); err != nil {
		return err
	}
	// The element must be read, or the next one is not found.
	for i := 0; r.decoder.More(); i++ {
		if err := element(i); err != nil {
			return err
		}
	}
	// The closing bracket.
	_, err := r.Token(place)
	return err
}

// ListOf reads an array of values that are read alike, each at its place. It is never nil:
// an empty list was given, and is no missing one. With an error the list is thrown away.
func ListOf[T any](r *Reader, read func(place string) (T, error)) func(place string) ([]T, error) {
	return func(place string) ([]T, error) {
		list := []T{}
		err := r.List(place, func(i int) error {
			x, err := read(fmt.Sprintf("%s[%d]", place, i))
			list = append(list, x)
			return err
		})
		return list, err
	}
}

// open reads the token that begins a list or an object.
func (r *Reader) open(place string, want json.Delim, what string) error {
	token, err := r.Token(place)
	if err != nil {
		return err
	}
	// The delimiters are tokens of their own type; a string "[" is none.
	if token != want {
		return r.Fail(place, "expected %s, found %v", what, describeToken(token))
	}
	return nil
}

// More reports whether the list or object that is being read goes on.
func (r *Reader) More() bool { return r.decoder.More() }

// Rat reads a number exactly, from a JSON number or from a string such as "3/7". A
// string is how JSON writes fractions exactly; a number is taken digit by digit and not
// as a float.
func (r *Reader) Rat(place string) (rational.Rat, error) {
	token, err := r.Token(place)
	if err != nil {
		return rational.Rat{}, err
	}
	return r.RatFrom(place, token)
}

// RatFrom is Rat of a token that has been read. Callers that have read the token to see
// what it is go on here.
func (r *Reader) RatFrom(place string, token json.Token) (rational.Rat, error) {
	var text string
	switch v := token.(type) {
	case json.Number:
		text = v.String()
	case string:
		text = v
	default:
		return rational.Rat{}, r.Fail(place, "expected a number, found %v", describeToken(token))
	}
	// A string may be any text; only numbers pass.
	x, err := rational.ParseRat(text)
	if err != nil {
		return rational.Rat{}, r.Fail(place, "%v", err)
	}
	return x, nil
}

// describeToken writes a token as the text has it: the decoder makes nil of null.
func describeToken(token json.Token) string {
	if token == nil {
		return "null"
	}
	return fmt.Sprint(token)
}

// Integer reads a whole number.
func (r *Reader) Integer(place string) (int, error) {
	token, err := r.Token(place)
	if err != nil {
		return 0, err
	}
	// A number in quotation marks is none here: counts have no fractions to write.
	number, ok := token.(json.Number)
	if !ok {
		return 0, r.Fail(place, "expected a whole number, found %v", describeToken(token))
	}
	n, err := strconv.Atoi(number.String())
	// Fractions and exponents are not whole numbers here.
	if err != nil {
		return 0, r.Fail(place, "expected a whole number, found %v", number)
	}
	return n, nil
}

// Count reads a number of the things, of which there is one at least: 0 is an error, and so is never taken for
// a member that is not there.
func (r *Reader) Count(things string) func(place string) (int, error) {
	return func(place string) (int, error) {
		n, err := r.Integer(place)
		if err == nil && n < 1 {
			err = r.Fail(place, "%d %s, want at least 1", n, things)
		}
		return n, err
	}
}

// Tokens reads a list of token numbers from 1 and returns them from 0. Users count from
// 1.
func (r *Reader) Tokens(place string) ([]int, error) {
	return ListOf(r, func(place string) (int, error) {
		n, err := r.Integer(place)
		// Numbers of tokens may be checked by the caller only, who knows how many there
		// are.
		return n - 1, err
	})(place)
}

// Text reads a string.
func (r *Reader) Text(place string) (string, error) {
	token, err := r.Token(place)
	if err != nil {
		return "", err
	}
	// Numbers are not taken for texts.
	text, ok := token.(string)
	if !ok {
		return "", r.Fail(place, "expected a string, found %v", describeToken(token))
	}
	return text, nil
}

// Rats reads a list of numbers.
func (r *Reader) Rats(place string) ([]rational.Rat, error) { return ListOf(r, r.Rat)(place) }

// End refuses what follows the object of a text. Blanks may follow.
func (r *Reader) End() error {
	// The decoder says io.EOF only if nothing but blanks is left.
	if _, err := r.decoder.Token(); !errors.Is(err, io.EOF) {
		return r.Fail("", "unexpected text after the object")
	}
	return nil
}

// Texts reads a list of strings or numbers, as texts. A number stays as it is written.
func (r *Reader) Texts(place string) ([]string, error) {
	return ListOf(r, func(place string) (string, error) {
		token, err := r.Token(place)
		if err != nil {
			return "", err
		}
		if text, ok := token.(string); ok {
			return text, nil
		}
		// Only to see that it is a number; how it is written is kept.
		_, err = r.RatFrom(place, token)
		return fmt.Sprint(token), err
	})(place)
}

// Title reads a name, which appears in tables. Names with line ends or other marks
// would break tables.
func (r *Reader) Title(place string) (string, error) {
	name, err := r.Text(place)
	if err == nil && strings.ContainsFunc(name, func(c rune) bool { return !unicode.IsPrint(c) }) {
		// Line ends and tabs, for instance.
		err = r.Fail(place, "expected printable characters, found %q", name)
	}
	return name, err
}

// Begins reports whether an object begins here, perhaps after blanks. 1 024 bytes of
// blanks are enough for any file that people write. It does not read them.
func Begins(r *bufio.Reader) bool {
	// An error of Peek means that there is less to be seen: the reader will meet it
	// again.
	start, _ := r.Peek(1024)
	return bytes.HasPrefix(bytes.TrimSpace(start), []byte("{"))
}
