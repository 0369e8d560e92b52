package main

import (
	"io"
	"strings"
	"unicode"

	"pstar/rational"
	"pstar/theorems/contention"
)

// maxInput bounds the bytes of one input, which is held in memory.
const maxInput = 256 << 20

// readInput returns the contents of a file; "-" is standard input.
func (c *call) readInput(path string) ([]byte, error) {
	in, err := c.open(path)
	if err != nil {
		return nil, err
	}
	defer in.Close()
	data, err := io.ReadAll(io.LimitReader(in, maxInput+1))
	if err != nil {
		return nil, readError(in.ctx, in.name, err)
	}
	if len(data) > maxInput {
		return nil, usageErrorf("cannot read %s: it has more than %d MiB", in.name, maxInput>>20)
	}
	return data, nil
}

// readObject reads a file of one JSON object; member reads the value of a member and
// reports whether it knows the key. Errors name the file and the line.
func readObject(name string, data []byte, member func(r *jsonReader, key string) (known bool, err error)) error {
	r := newJSONReader(name, 1, data)
	err := r.object("", func(key string) (bool, error) { return member(r, key) })
	if err == nil {
		err = r.end()
	}
	if err != nil {
		return usageErrorf("%v", err)
	}
	return nil
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
