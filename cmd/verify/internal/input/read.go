package input

import (
	"bufio"
	"io"

	"pstar/cmd/verify/internal/run"
)

// Read reads a file as a stream; "-" is standard input. Unless it could not be
// read, an error of read says what is wrong with it.
func Read(c *run.Call, path string, read func(r *bufio.Reader) error) error {
	if err := RefuseArray(path); err != nil {
		return err
	}
	in, err := c.Open(path)
	if err != nil {
		return err
	}
	defer in.Close()
	// A limit or an interrupt that came while reading is told in place of the text that broke off.
	return in.Explain(read(NewText(in)))
}

// RefuseArray is the error of an array where a text is wanted, in which its bytes would be strange characters.
func RefuseArray(path string) error {
	if IsArray(path) {
		return run.UsageErrorf("%s: expected a text: an array is given with flags such as -p and -q", path)
	}
	return nil
}

// NewText reads a text from its first character on, after the byte order mark that some
// programs write before it.
func NewText(from io.Reader) *bufio.Reader {
	const mark = "\ufeff"
	r := bufio.NewReaderSize(from, 1<<16)
	// A shorter file has no mark, and its other bytes are left where they are.
	if start, _ := r.Peek(len(mark)); string(start) == mark {
		r.Discard(len(mark))
	}
	return r
}
