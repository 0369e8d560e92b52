package input

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strconv"

	"pstar/rational"
	"pstar/theorems/multidraft"
)

// JSON reads JSON value by value, so that every error names the line and
// the place, and duplicate and unknown members are errors. It reads a stream: in memory
// is what has been read since the token before, to count its lines.
type JSON struct {
	name    string
	from    io.Reader
	decoder *json.Decoder
	recent  []byte // of the stream, from offset on
	offset  int64
	line    int // of the offset
}

// MaxToken bounds a value of a JSON text, with the blanks before it.
const MaxToken = 4 << 20

func NewJSON(name string, line int, from io.Reader) *JSON {
	r := &JSON{name: name, from: from, line: line}
	r.decoder = json.NewDecoder(r)
	r.decoder.UseNumber()
	return r
}

// Read implements io.Reader for the decoder.
func (r *JSON) Read(p []byte) (int, error) {
	if r.count(); len(r.recent) > MaxToken {
		return 0, fmt.Errorf("a value or blank has more than %d MiB", MaxToken>>20)
	}
	n, err := r.from.Read(p)
	r.recent = append(r.recent, p[:n]...)
	return n, err
}

// count takes the lines into account that the decoder is done with.
func (r *JSON) count() {
	done := min(int(r.decoder.InputOffset()-r.offset), len(r.recent))
	r.line += bytes.Count(r.recent[:done], []byte("\n"))
	r.offset += int64(done)
	r.recent = r.recent[:copy(r.recent, r.recent[done:])]
}

// Fail makes an error at the end of the token read last.
func (r *JSON) Fail(place, format string, args ...any) error {
	r.count()
	text := fmt.Sprintf(format, args...)
	if place != "" {
		text = place + ": " + text
	}
	return fmt.Errorf("%s:%d: %s", r.name, r.line, text)
}

func (r *JSON) Token(place string) (json.Token, error) {
	token, err := r.decoder.Token()
	switch {
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		return nil, r.Fail(place, "unexpected end of the text")
	case err != nil:
		return nil, r.Fail(place, "not JSON: %v", err)
	}
	return token, nil
}

// Object reads an object and calls member for each of its members, which must
// read the value and report whether it knows the key.
func (r *JSON) Object(place string, member func(key string) (known bool, err error)) error {
	if err := r.open(place, '{', "an object"); err != nil {
		return err
	}
	seen := map[string]bool{}
	for r.decoder.More() {
		token, err := r.Token(place)
		if err != nil {
			return err
		}
		key := token.(string)
		if seen[key] {
			return r.Fail(place, "member %q is there twice", key)
		}
		seen[key] = true
		known, err := member(key)
		if err != nil {
			return err
		}
		if !known {
			return r.Fail(place, "unknown member %q", key)
		}
	}
	_, err := r.Token(place)
	return err
}

// List reads an array and calls element for each of its elements, which must
// read it.
func (r *JSON) List(place string, element func(i int) error) error {
	if err := r.open(place, '[', "a list"); err != nil {
		return err
	}
	for i := 0; r.decoder.More(); i++ {
		if err := element(i); err != nil {
			return err
		}
	}
	_, err := r.Token(place)
	return err
}

func (r *JSON) open(place string, want json.Delim, what string) error {
	token, err := r.Token(place)
	if err != nil {
		return err
	}
	if token != want {
		return r.Fail(place, "expected %s, found %v", what, token)
	}
	return nil
}

// Rat reads a number exactly, from a JSON number or from a string such as "3/7".
func (r *JSON) Rat(place string) (rational.Rat, error) {
	token, err := r.Token(place)
	if err != nil {
		return rational.Rat{}, err
	}
	return r.RatFrom(place, token)
}

func (r *JSON) RatFrom(place string, token json.Token) (rational.Rat, error) {
	var text string
	switch v := token.(type) {
	case json.Number:
		text = v.String()
	case string:
		text = v
	default:
		return rational.Rat{}, r.Fail(place, "expected a number, found %v", describeToken(token))
	}
	x, err := rational.ParseRat(text)
	if err != nil {
		return rational.Rat{}, r.Fail(place, "%v", err)
	}
	return x, nil
}

func describeToken(token json.Token) string {
	if token == nil {
		return "null"
	}
	return fmt.Sprint(token)
}

func (r *JSON) Integer(place string) (int, error) {
	token, err := r.Token(place)
	if err != nil {
		return 0, err
	}
	number, ok := token.(json.Number)
	if !ok {
		return 0, r.Fail(place, "expected a whole number, found %v", describeToken(token))
	}
	n, err := strconv.Atoi(number.String())
	if err != nil {
		return 0, r.Fail(place, "expected a whole number, found %v", number)
	}
	return n, nil
}

// Tokens reads a list of token numbers from 1 and returns them from 0.
func (r *JSON) Tokens(place string) ([]int, error) {
	tokens := []int{}
	err := r.List(place, func(i int) error {
		n, err := r.Integer(fmt.Sprintf("%s[%d]", place, i))
		tokens = append(tokens, n-1)
		return err
	})
	return tokens, err
}

func (r *JSON) Text(place string) (string, error) {
	token, err := r.Token(place)
	if err != nil {
		return "", err
	}
	text, ok := token.(string)
	if !ok {
		return "", r.Fail(place, "expected a string, found %v", describeToken(token))
	}
	return text, nil
}

func (r *JSON) rats(place string) ([]rational.Rat, error) {
	list := []rational.Rat{}
	err := r.List(place, func(i int) error {
		x, err := r.Rat(fmt.Sprintf("%s[%d]", place, i))
		list = append(list, x)
		return err
	})
	return list, err
}

// Whole reads an object after which nothing follows.
func (r *JSON) Whole(member func(key string) (known bool, err error)) error {
	if err := r.Object("", member); err != nil {
		return err
	}
	if _, err := r.decoder.Token(); !errors.Is(err, io.EOF) {
		return r.Fail("", "unexpected text after the object")
	}
	return nil
}

// ParseJSON reads an instance from a JSON object that begins on the line.
func ParseJSON(name string, line int, from io.Reader) (*Raw, error) {
	r := NewJSON(name, line, from)
	raw := &Raw{}
	return raw, r.Whole(raw.member(r))
}

// member reads the members of an instance.
func (raw *Raw) member(r *JSON) func(key string) (bool, error) {
	return func(key string) (known bool, err error) {
		switch key {
		case "k":
			if raw.k, err = r.Integer("k"); err == nil && raw.k < 1 {
				err = r.Fail("k", "%d drafts, want at least 1", raw.k)
			}
		case "model":
			raw.model, err = r.Text("model")
		case "p":
			if raw.law != nil {
				return true, r.Fail("p", "there is \"law\" already, which says all about the drafts")
			}
			raw.P, err = r.rows("p")
		case "q":
			var values []rational.Rat
			values, err = r.rats("q")
			q := exactVector(values)
			raw.Q = &q
		case "law":
			if raw.P != nil {
				return true, r.Fail("law", "there is \"p\" already; a law says all about the drafts")
			}
			raw.law, err = r.law("law")
		default:
			return false, nil
		}
		return true, err
	}
}

// rows reads a distribution, or a list of them.
func (r *JSON) rows(place string) ([]Vector, error) {
	var flat []rational.Rat
	var rows []Vector
	err := r.List(place, func(i int) error {
		here := fmt.Sprintf("%s[%d]", place, i)
		token, err := r.Token(here)
		if err != nil {
			return err
		}
		if token != json.Delim('[') {
			if rows != nil {
				return r.Fail(here, "expected a list like the ones before")
			}
			x, err := r.RatFrom(here, token)
			flat = append(flat, x)
			return err
		}
		if flat != nil {
			return r.Fail(here, "expected a number like the ones before")
		}
		row, err := r.restOfRow(here)
		rows = append(rows, exactVector(row))
		return err
	})
	if rows == nil {
		rows = []Vector{exactVector(flat)}
	}
	return rows, err
}

// restOfRow reads numbers up to the end of a list that has been opened.
func (r *JSON) restOfRow(place string) ([]rational.Rat, error) {
	var row []rational.Rat
	for r.decoder.More() {
		x, err := r.Rat(fmt.Sprintf("%s[%d]", place, len(row)))
		if err != nil {
			return nil, err
		}
		row = append(row, x)
	}
	_, err := r.Token(place)
	return row, err
}

// law reads the words of a joint law.
func (r *JSON) law(place string) ([]multidraft.Word, error) {
	law := []multidraft.Word{}
	err := r.List(place, func(i int) error {
		here := fmt.Sprintf("%s[%d]", place, i)
		var word multidraft.Word
		members := 0
		err := r.Object(here, func(key string) (known bool, err error) {
			members++
			switch key {
			case "word":
				word.Tokens, err = r.Tokens(here + ".word")
			case "probability":
				word.Probability, err = r.Rat(here + ".probability")
			default:
				return false, nil
			}
			return true, err
		})
		if err == nil && members != 2 {
			err = r.Fail(here, "expected both \"word\" and \"probability\"")
		}
		law = append(law, word)
		return err
	})
	return law, err
}

// Texts reads a list of strings or numbers, as texts.
func (r *JSON) Texts(place string) ([]string, error) {
	list := []string{}
	err := r.List(place, func(i int) error {
		here := fmt.Sprintf("%s[%d]", place, i)
		token, err := r.Token(here)
		if err != nil {
			return err
		}
		if text, ok := token.(string); ok {
			list = append(list, text)
			return nil
		}
		_, err = r.RatFrom(here, token)
		list = append(list, fmt.Sprint(token))
		return err
	})
	return list, err
}
