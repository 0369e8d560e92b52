package ine

import (
	"bufio"
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"reflect"
	"strings"

	"pstar/cone"
	"pstar/format/jsontext"
	"pstar/format/text"
)

// object is a polyhedron as "verify dd -json" writes it; other members are passed over, but
// none may be there twice.
type object struct {
	Representation *string           `json:"representation"`
	Columns        *int              `json:"columns"`
	Rows           []json.RawMessage `json:"rows"` // lists of numbers, with or without quotation marks
	Linearity      []int             `json:"linearity"`
	Strict         []int             `json:"strict_inequality"`
	Symmetry       json.RawMessage   `json:"symmetry"` // rows are representatives
}

// Representatives begins the first line of a file whose rows stand for the orbits of a polyhedron, and
// are not all of it: such a file is refused, but by [ReadListed].
const Representatives = "* up to symmetry: "

var errRepresentatives = errors.New("the rows stand for orbits, and are not a polyhedron: -all-rows writes all")

// orObject returns r, or if an object begins there, perhaps after blanks, the text of the
// file that it stands for.
//
// An object is read whole and turned into the text of a file, so that one reader knows
// what rows mean, and its limits hold here too.
func orObject(r io.Reader, name string, listed bool) (in io.Reader, isObject bool, err error) {
	// The buffer is passed on: what was looked at is read again.
	b := bufio.NewReaderSize(r, 1<<16)
	start, _ := b.Peek(512)
	if !listed && bytes.HasPrefix(start, []byte(Representatives)) {
		return nil, false, &text.SyntaxError{File: name, Line: 1, Msg: errRepresentatives.Error()}
	}
	// No file of the other form begins with a brace but a title, which would be an odd one.
	if !bytes.HasPrefix(bytes.TrimLeft(bytes.TrimPrefix(start, []byte(text.ByteOrderMark)), " \t\r\n"), []byte("{")) {
		return b, false, nil
	}
	// Objects have no length in front, and rows may come before columns.
	data, err := io.ReadAll(b)
	if err != nil {
		return nil, true, err
	}
	data = bytes.TrimPrefix(data, []byte(text.ByteOrderMark))
	var o object
	if err := jsontext.Unmarshal(data, &o); err != nil {
		// Members of other objects go by the same names and are something else. Those behind
		// them have been read all the same.
		if kind := new(json.UnmarshalTypeError); errors.As(err, &kind) && o.Representation == nil && kind.Field != "representation" {
			err = o.missing()
		}
		return nil, true, objectError(name, data, err)
	}
	if listed {
		o.Symmetry = nil
	}
	in, err = o.file()
	if err != nil {
		// The members fit no polyhedron; which line it is the decoder does not say.
		err = &text.SyntaxError{File: name, Line: 1, Msg: err.Error()}
	}
	return in, true, err
}

// objectError says where the text of an object is wrong.
//
// Of an error without a place it is line 1.
func objectError(name string, data []byte, err error) error {
	var syntax *json.SyntaxError
	var kind *json.UnmarshalTypeError
	// 0 if the error has no place, which makes it line 1.
	var offset int64
	switch {
	case errors.As(err, &syntax):
		offset = syntax.Offset
	case errors.As(err, &kind):
		offset = kind.Offset
	}
	line := 1 + bytes.Count(data[:min(int(offset), len(data))], []byte("\n"))
	if twice := new(jsontext.TwiceError); errors.As(err, &twice) {
		line = twice.Line
	}
	msg := err.Error()
	if kind != nil { // in words of JSON, which has no types of Go
		msg = fmt.Sprintf("%s: expected %s, found %s", cmp.Or(kind.Field, "the whole"), expected(kind.Type.Kind()), kind.Value)
	}
	return &text.SyntaxError{File: name, Line: line, Msg: msg}
}

// expected are the words for a member of an object.
func expected(kind reflect.Kind) string {
	switch kind {
	case reflect.Int:
		return "a whole number"
	case reflect.String:
		return "a string"
	}
	return "a list"
}

// missing says that an object is of something else, by the first member that it has not.
func (o *object) missing() error {
	for _, member := range []struct {
		name  string
		there bool
	}{{"representation", o.Representation != nil}, {"columns", o.Columns != nil}, {"rows", o.Rows != nil}} {
		if !member.there {
			return fmt.Errorf(`this looks like JSON, but not of a polyhedron: member %q is missing; expected "representation", "columns" and "rows", as -json writes them`, member.name)
		}
	}
	return nil
}

// file writes the lines of the file.
func (o *object) file() (io.Reader, error) {
	if err := o.missing(); err != nil {
		return nil, err
	}
	// The word becomes a line of the text: with line ends in it, it could become others.
	if h, v := cone.HRepresentation.String(), cone.VRepresentation.String(); *o.Representation != h && *o.Representation != v {
		return nil, fmt.Errorf("representation: expected %q or %q, found %.40q", h, v, *o.Representation)
	}
	if o.Symmetry != nil {
		return nil, errRepresentatives
	}
	// In memory: it is about as long as the object.
	var b bytes.Buffer
	fmt.Fprintln(&b, *o.Representation)
	// Lists of numbers, which the reader checks against the rows.
	writeRows := func(name string, rows []int) {
		if len(rows) > 0 {
			fmt.Fprintf(&b, "%s %d %s\n", name, len(rows), strings.Trim(fmt.Sprint(rows), "[]"))
		}
	}
	writeRows("linearity", o.Linearity)
	writeRows("strict_inequality", o.Strict)
	// Numbers of JSON may be decimals, which are exact here.
	fmt.Fprintf(&b, "begin\n%d %d real\n", len(o.Rows), *o.Columns)
	for i, raw := range o.Rows {
		var row []json.RawMessage
		// A row that is too short would take numbers of the next one.
		if err := json.Unmarshal(raw, &row); err != nil || len(row) != *o.Columns {
			return nil, fmt.Errorf("row %d: expected a list of %d numbers", i+1, *o.Columns)
		}
		for k, number := range row {
			// Fractions are strings in JSON, integers may be either.
			word := strings.Trim(string(number), `"`)
			// Other letters could end the row, or begin an option.
			if word == "" || strings.Trim(word, "+-./eE0123456789") != "" {
				return nil, fmt.Errorf("row %d, column %d: cannot read %.40q: expected a number", i+1, k+1, word)
			}
			fmt.Fprint(&b, word, " ")
		}
		b.WriteByte('\n')
	}
	b.WriteString("end\n")
	return &b, nil
}
