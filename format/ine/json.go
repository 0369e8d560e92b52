package ine

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"

	"pstar/format/text"
)

// object is a polyhedron as "verify dd -json" writes it; other members are passed over.
type object struct {
	Representation string            `json:"representation"`
	Columns        int               `json:"columns"`
	Rows           []json.RawMessage `json:"rows"` // lists of numbers, with or without quotation marks
	Linearity      []int             `json:"linearity"`
	Strict         []int             `json:"strict_inequality"`
}

// orObject returns r, or if an object begins there, perhaps after blanks, the text of the
// file that it stands for.
func orObject(r io.Reader, name string) (in io.Reader, isObject bool, err error) {
	b := bufio.NewReaderSize(r, 1<<16)
	start, _ := b.Peek(512)
	if !bytes.HasPrefix(bytes.TrimLeft(bytes.TrimPrefix(start, []byte(text.ByteOrderMark)), " \t\r\n"), []byte("{")) {
		return b, false, nil
	}
	data, err := io.ReadAll(b)
	if err != nil {
		return nil, true, err
	}
	data = bytes.TrimPrefix(data, []byte(text.ByteOrderMark))
	var o object
	if err := json.Unmarshal(data, &o); err != nil {
		return nil, true, objectError(name, data, err)
	}
	in, err = o.file()
	if err != nil {
		err = &text.SyntaxError{File: name, Line: 1, Msg: err.Error()}
	}
	return in, true, err
}

// objectError says where the text of an object is wrong.
func objectError(name string, data []byte, err error) error {
	var syntax *json.SyntaxError
	var kind *json.UnmarshalTypeError
	var offset int64
	switch {
	case errors.As(err, &syntax):
		offset = syntax.Offset
	case errors.As(err, &kind):
		offset = kind.Offset
	}
	line := 1 + bytes.Count(data[:min(int(offset), len(data))], []byte("\n"))
	return &text.SyntaxError{File: name, Line: line, Msg: err.Error()}
}

// file writes the lines of the file.
func (o *object) file() (io.Reader, error) {
	if o.Rows == nil || strings.ContainsAny(o.Representation, "\r\n") || !strings.HasSuffix(o.Representation, "-representation") {
		return nil, errors.New(`expected an object with "representation", "columns" and "rows"`)
	}
	var b bytes.Buffer
	fmt.Fprintln(&b, o.Representation)
	writeRows := func(name string, rows []int) {
		if len(rows) > 0 {
			fmt.Fprintf(&b, "%s %d %s\n", name, len(rows), strings.Trim(fmt.Sprint(rows), "[]"))
		}
	}
	writeRows("linearity", o.Linearity)
	writeRows("strict_inequality", o.Strict)
	fmt.Fprintf(&b, "begin\n%d %d rational\n", len(o.Rows), o.Columns)
	for i, raw := range o.Rows {
		var row []json.RawMessage
		if err := json.Unmarshal(raw, &row); err != nil || len(row) != o.Columns {
			return nil, fmt.Errorf("row %d: expected a list of %d numbers", i+1, o.Columns)
		}
		for k, number := range row {
			word := strings.Trim(string(number), `"`)
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
