package input

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

// Read reads a file as a stream; "-" is standard input. Unless it could not be
// read, an error of read says what is wrong with it.
func Read(c *run.Call, path string, read func(r *bufio.Reader) error) error {
	in, err := c.Open(path)
	if err != nil {
		return err
	}
	defer in.Close()
	return in.Explain(read(NewText(in)))
}

// NewText reads a text from its first character on, after the byte order mark that some
// programs write before it.
func NewText(from io.Reader) *bufio.Reader {
	const mark = "\ufeff"
	r := bufio.NewReaderSize(from, 1<<16)
	if start, _ := r.Peek(len(mark)); string(start) == mark {
		r.Discard(len(mark))
	}
	return r
}

// LooksLikeJSON reports whether an object begins here, perhaps after blanks.
func LooksLikeJSON(r *bufio.Reader) bool {
	start, _ := r.Peek(1024)
	return bytes.HasPrefix(bytes.TrimSpace(start), []byte("{"))
}

// ReadObject reads a file of one JSON object; member reads the value of a member and
// reports whether it knows the key. Errors name the file and the line.
func ReadObject(c *run.Call, path string, member func(r *JSON, key string) (known bool, err error)) error {
	return Read(c, path, func(in *bufio.Reader) error {
		r := NewJSON(path, 1, in)
		return r.Whole(func(key string) (bool, error) { return member(r, key) })
	})
}

// Pair reads an object of two numbers, both of which must be there.
func (r *JSON) Pair(place, first, second string) (x, y rational.Rat, err error) {
	members := 0
	err = r.Object(place, func(key string) (known bool, err error) {
		members++
		switch key {
		case first:
			x, err = r.Rat(place + ", " + first)
		case second:
			y, err = r.Rat(place + ", " + second)
		default:
			return false, nil
		}
		return true, err
	})
	if err == nil && members != 2 {
		err = r.Fail(place, "expected both %q and %q", first, second)
	}
	return x, y, err
}

// PerElement reads a list with one number for each element.
func (r *JSON) PerElement(place string) (list []rational.Rat, err error) {
	err = r.List(place, func(i int) error {
		x, err := r.Rat(contention.Label(place+", element", i, ""))
		list = append(list, x)
		return err
	})
	return list, err
}

// Title reads a name, which appears in tables.
func (r *JSON) Title(place string) (string, error) {
	name, err := r.Text(place + ", name")
	if err == nil && strings.ContainsFunc(name, func(c rune) bool { return !unicode.IsPrint(c) }) {
		err = r.Fail(place+", name", "expected printable characters, found %q", name)
	}
	return name, err
}
