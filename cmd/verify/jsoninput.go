package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"

	"pstar/rational"
)

// exactNumber is a number in a JSON file, as written: a string such as "3/7", or a
// JSON number, whose digits are read exactly. It is parsed by value, when its
// place in the file can be named.
type exactNumber struct{ text string }

// UnmarshalJSON implements json.Unmarshaler.
func (n *exactNumber) UnmarshalJSON(data []byte) error {
	n.text = string(data)
	if strings.HasPrefix(n.text, `"`) {
		return json.Unmarshal(data, &n.text)
	}
	return nil
}

// value parses the number; where names its place.
func (n exactNumber) value(where string) (rational.Rat, error) {
	if n.text == "" {
		return rational.Rat{}, fmt.Errorf("%s: expected a number, found nothing", where)
	}
	v, err := rational.ParseRat(n.text)
	if err != nil {
		return v, fmt.Errorf("%s: %w", where, err)
	}
	return v, nil
}

// values parses a list.
func values(list []exactNumber, where string) ([]rational.Rat, error) {
	v := make([]rational.Rat, len(list))
	for i, n := range list {
		var err error
		if v[i], err = n.value(fmt.Sprintf("%s %d", where, i+1)); err != nil {
			return nil, err
		}
	}
	return v, nil
}

// readInput returns the contents of a file; "-" is standard input.
func (c *call) readInput(path string) ([]byte, error) {
	in, err := c.open(path)
	if err != nil {
		return nil, err
	}
	defer in.Close()
	data, err := io.ReadAll(in)
	if err != nil {
		return nil, readError(in.ctx, in.name, err)
	}
	return data, nil
}

// decodeJSON reads one JSON value into target, a pointer, and rejects unknown
// members and anything after the value. Errors name the file and the line.
func decodeJSON(path string, data []byte, target any) error {
	decoder := json.NewDecoder(bytes.NewReader(data))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(target); err != nil {
		offset := decoder.InputOffset()
		var syntax *json.SyntaxError
		var kind *json.UnmarshalTypeError
		switch {
		case errors.As(err, &syntax):
			offset = syntax.Offset
		case errors.As(err, &kind):
			offset = kind.Offset
		case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
			return usageErrorf("%s:%d: the JSON ends too early", path, lineOf(data, int64(len(data))))
		}
		return usageErrorf("%s:%d: %s", path, lineOf(data, offset), strings.TrimPrefix(err.Error(), "json: "))
	}
	if decoder.More() {
		return usageErrorf("%s:%d: something follows the JSON value", path, lineOf(data, decoder.InputOffset()))
	}
	return nil
}

// lineOf counts lines from 1 up to a byte.
func lineOf(data []byte, offset int64) int {
	offset = min(max(offset, 0), int64(len(data)))
	return 1 + bytes.Count(data[:offset], []byte("\n"))
}

// label names an item of a list by its position and, if it has one, its name.
func label(kind string, index int, name string) string {
	if name == "" {
		return fmt.Sprintf("%s %d", kind, index+1)
	}
	return fmt.Sprintf("%s %d (%s)", kind, index+1, name)
}

// readJSON reads a file of one JSON object and hands it on. What is wrong with its
// values is reported with the name of the file.
func readJSON[T any](read func(path string) ([]byte, error), path string, fill func(object *T) error) error {
	data, err := read(path)
	if err != nil {
		return err
	}
	var object T
	if err := decodeJSON(path, data, &object); err != nil {
		return err
	}
	if err := fill(&object); err != nil {
		return usageErrorf("%s: %v", path, err)
	}
	return nil
}
