package main

import (
	"bufio"
	"bytes"
	"io"
	"strings"
	"unicode"

	"pstar/cmd/verify/internal/run"
	"pstar/rational"
	"pstar/theorems/contention"
)

// readInput reads a file as a stream; "-" is standard input. Unless it could not be
// read, an error of read says what is wrong with it.
func readInput(c *run.Call, path string, read func(r *bufio.Reader) error) error {
	in, err := c.Open(path)
	if err != nil {
		return err
	}
	defer in.Close()
	return in.Explain(read(newText(in)))
}

// newText reads a text from its first character on, after the byte order mark that some
// programs write before it.
func newText(from io.Reader) *bufio.Reader {
	const mark = "\ufeff"
	r := bufio.NewReaderSize(from, 1<<16)
	if start, _ := r.Peek(len(mark)); string(start) == mark {
		r.Discard(len(mark))
	}
	return r
}

// looksLikeJSON reports whether an object begins here, perhaps after blanks.
func looksLikeJSON(r *bufio.Reader) bool {
	start, _ := r.Peek(1024)
	return bytes.HasPrefix(bytes.TrimSpace(start), []byte("{"))
}

// readObject reads a file of one JSON object; member reads the value of a member and
// reports whether it knows the key. Errors name the file and the line.
func readObject(c *run.Call, path string, member func(r *jsonReader, key string) (known bool, err error)) error {
	return readInput(c, path, func(in *bufio.Reader) error {
		r := newJSONReader(path, 1, in)
		return r.whole(func(key string) (bool, error) { return member(r, key) })
	})
}

// pair reads an object of two numbers, both of which must be there.
func (r *jsonReader) pair(place, first, second string) (x, y rational.Rat, err error) {
	members := 0
	err = r.object(place, func(key string) (known bool, err error) {
		members++
		switch key {
		case first:
			x, err = r.rat(place + ", " + first)
		case second:
			y, err = r.rat(place + ", " + second)
		default:
			return false, nil
		}
		return true, err
	})
	if err == nil && members != 2 {
		err = r.fail(place, "expected both %q and %q", first, second)
	}
	return x, y, err
}

// perElement reads a list with one number for each element.
func (r *jsonReader) perElement(place string) (list []rational.Rat, err error) {
	err = r.list(place, func(i int) error {
		x, err := r.rat(contention.Label(place+", element", i, ""))
		list = append(list, x)
		return err
	})
	return list, err
}

// title reads a name, which appears in tables.
func (r *jsonReader) title(place string) (string, error) {
	name, err := r.text(place + ", name")
	if err == nil && strings.ContainsFunc(name, func(c rune) bool { return !unicode.IsPrint(c) }) {
		err = r.fail(place+", name", "expected printable characters, found %q", name)
	}
	return name, err
}
