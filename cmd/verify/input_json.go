package main

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

// jsonReader reads JSON value by value, so that every error names the line and
// the place, and duplicate and unknown members are errors. It reads a stream: in memory
// is what has been read since the token before, to count its lines.
type jsonReader struct {
	name    string
	from    io.Reader
	decoder *json.Decoder
	recent  []byte // of the stream, from offset on
	offset  int64
	line    int // of the offset
}

// maxToken bounds a value of a JSON text, with the blanks before it.
const maxToken = 4 << 20

func newJSONReader(name string, line int, from io.Reader) *jsonReader {
	r := &jsonReader{name: name, from: from, line: line}
	r.decoder = json.NewDecoder(r)
	r.decoder.UseNumber()
	return r
}

// Read implements io.Reader for the decoder.
func (r *jsonReader) Read(p []byte) (int, error) {
	if r.count(); len(r.recent) > maxToken {
		return 0, fmt.Errorf("a value or blank has more than %d MiB", maxToken>>20)
	}
	n, err := r.from.Read(p)
	r.recent = append(r.recent, p[:n]...)
	return n, err
}

// count takes the lines into account that the decoder is done with.
func (r *jsonReader) count() {
	done := min(int(r.decoder.InputOffset()-r.offset), len(r.recent))
	r.line += bytes.Count(r.recent[:done], []byte("\n"))
	r.offset += int64(done)
	r.recent = r.recent[:copy(r.recent, r.recent[done:])]
}

// fail makes an error at the end of the token read last.
func (r *jsonReader) fail(place, format string, args ...any) error {
	r.count()
	text := fmt.Sprintf(format, args...)
	if place != "" {
		text = place + ": " + text
	}
	return fmt.Errorf("%s:%d: %s", r.name, r.line, text)
}

func (r *jsonReader) token(place string) (json.Token, error) {
	token, err := r.decoder.Token()
	switch {
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		return nil, r.fail(place, "unexpected end of the text")
	case err != nil:
		return nil, r.fail(place, "not JSON: %v", err)
	}
	return token, nil
}

// object reads an object and calls member for each of its members, which must
// read the value and report whether it knows the key.
func (r *jsonReader) object(place string, member func(key string) (known bool, err error)) error {
	if err := r.open(place, '{', "an object"); err != nil {
		return err
	}
	seen := map[string]bool{}
	for r.decoder.More() {
		token, err := r.token(place)
		if err != nil {
			return err
		}
		key := token.(string)
		if seen[key] {
			return r.fail(place, "member %q is there twice", key)
		}
		seen[key] = true
		known, err := member(key)
		if err != nil {
			return err
		}
		if !known {
			return r.fail(place, "unknown member %q", key)
		}
	}
	_, err := r.token(place)
	return err
}

// list reads an array and calls element for each of its elements, which must
// read it.
func (r *jsonReader) list(place string, element func(i int) error) error {
	if err := r.open(place, '[', "a list"); err != nil {
		return err
	}
	for i := 0; r.decoder.More(); i++ {
		if err := element(i); err != nil {
			return err
		}
	}
	_, err := r.token(place)
	return err
}

func (r *jsonReader) open(place string, want json.Delim, what string) error {
	token, err := r.token(place)
	if err != nil {
		return err
	}
	if token != want {
		return r.fail(place, "expected %s, found %v", what, token)
	}
	return nil
}

// rat reads a number exactly, from a JSON number or from a string such as "3/7".
func (r *jsonReader) rat(place string) (rational.Rat, error) {
	token, err := r.token(place)
	if err != nil {
		return rational.Rat{}, err
	}
	return r.ratFrom(place, token)
}

func (r *jsonReader) ratFrom(place string, token json.Token) (rational.Rat, error) {
	var text string
	switch v := token.(type) {
	case json.Number:
		text = v.String()
	case string:
		text = v
	default:
		return rational.Rat{}, r.fail(place, "expected a number, found %v", describeToken(token))
	}
	x, err := rational.ParseRat(text)
	if err != nil {
		return rational.Rat{}, r.fail(place, "%v", err)
	}
	return x, nil
}

func describeToken(token json.Token) string {
	if token == nil {
		return "null"
	}
	return fmt.Sprint(token)
}

func (r *jsonReader) integer(place string) (int, error) {
	token, err := r.token(place)
	if err != nil {
		return 0, err
	}
	number, ok := token.(json.Number)
	if !ok {
		return 0, r.fail(place, "expected a whole number, found %v", describeToken(token))
	}
	n, err := strconv.Atoi(number.String())
	if err != nil {
		return 0, r.fail(place, "expected a whole number, found %v", number)
	}
	return n, nil
}

// tokens reads a list of token numbers from 1 and returns them from 0.
func (r *jsonReader) tokens(place string) ([]int, error) {
	tokens := []int{}
	err := r.list(place, func(i int) error {
		n, err := r.integer(fmt.Sprintf("%s[%d]", place, i))
		tokens = append(tokens, n-1)
		return err
	})
	return tokens, err
}

func (r *jsonReader) text(place string) (string, error) {
	token, err := r.token(place)
	if err != nil {
		return "", err
	}
	text, ok := token.(string)
	if !ok {
		return "", r.fail(place, "expected a string, found %v", describeToken(token))
	}
	return text, nil
}

func (r *jsonReader) rats(place string) ([]rational.Rat, error) {
	list := []rational.Rat{}
	err := r.list(place, func(i int) error {
		x, err := r.rat(fmt.Sprintf("%s[%d]", place, i))
		list = append(list, x)
		return err
	})
	return list, err
}

// whole reads an object after which nothing follows.
func (r *jsonReader) whole(member func(key string) (known bool, err error)) error {
	if err := r.object("", member); err != nil {
		return err
	}
	if _, err := r.decoder.Token(); !errors.Is(err, io.EOF) {
		return r.fail("", "unexpected text after the object")
	}
	return nil
}

// parseJSON reads an instance from a JSON object that begins on the line.
func parseJSON(name string, line int, from io.Reader) (*rawInput, error) {
	r := newJSONReader(name, line, from)
	raw := &rawInput{}
	return raw, r.whole(raw.member(r))
}

// member reads the members of an instance.
func (raw *rawInput) member(r *jsonReader) func(key string) (bool, error) {
	return func(key string) (known bool, err error) {
		switch key {
		case "k":
			if raw.k, err = r.integer("k"); err == nil && raw.k < 1 {
				err = r.fail("k", "%d drafts, want at least 1", raw.k)
			}
		case "model":
			raw.model, err = r.text("model")
		case "p":
			if raw.law != nil {
				return true, r.fail("p", "there is \"law\" already, which says all about the drafts")
			}
			raw.p, err = r.rows("p")
		case "q":
			var values []rational.Rat
			values, err = r.rats("q")
			q := exactVector(values)
			raw.q = &q
		case "law":
			if raw.p != nil {
				return true, r.fail("law", "there is \"p\" already; a law says all about the drafts")
			}
			raw.law, err = r.law("law")
		default:
			return false, nil
		}
		return true, err
	}
}

// rows reads a distribution, or a list of them.
func (r *jsonReader) rows(place string) ([]vector, error) {
	var flat []rational.Rat
	var rows []vector
	err := r.list(place, func(i int) error {
		here := fmt.Sprintf("%s[%d]", place, i)
		token, err := r.token(here)
		if err != nil {
			return err
		}
		if token != json.Delim('[') {
			if rows != nil {
				return r.fail(here, "expected a list like the ones before")
			}
			x, err := r.ratFrom(here, token)
			flat = append(flat, x)
			return err
		}
		if flat != nil {
			return r.fail(here, "expected a number like the ones before")
		}
		row, err := r.restOfRow(here)
		rows = append(rows, exactVector(row))
		return err
	})
	if rows == nil {
		rows = []vector{exactVector(flat)}
	}
	return rows, err
}

// restOfRow reads numbers up to the end of a list that has been opened.
func (r *jsonReader) restOfRow(place string) ([]rational.Rat, error) {
	var row []rational.Rat
	for r.decoder.More() {
		x, err := r.rat(fmt.Sprintf("%s[%d]", place, len(row)))
		if err != nil {
			return nil, err
		}
		row = append(row, x)
	}
	_, err := r.token(place)
	return row, err
}

// law reads the words of a joint law.
func (r *jsonReader) law(place string) ([]multidraft.Word, error) {
	law := []multidraft.Word{}
	err := r.list(place, func(i int) error {
		here := fmt.Sprintf("%s[%d]", place, i)
		var word multidraft.Word
		members := 0
		err := r.object(here, func(key string) (known bool, err error) {
			members++
			switch key {
			case "word":
				word.Tokens, err = r.tokens(here + ".word")
			case "probability":
				word.Probability, err = r.rat(here + ".probability")
			default:
				return false, nil
			}
			return true, err
		})
		if err == nil && members != 2 {
			err = r.fail(here, "expected both \"word\" and \"probability\"")
		}
		law = append(law, word)
		return err
	})
	return law, err
}
