package text

import (
	"bufio"
	"compress/gzip"
	"errors"
	"io"
	"strings"
)

// maxEmpty is how many empty members in a row Unzip reads over: writers that append leave one or two.
const maxEmpty = 1000

// Unzip returns what gzip has compressed in r, in one member or several. A stream of more than a thousand empty members, which
// might never end, is an error.
//
// Nothing bounds the length of what it expands to; readers have limits of their own.
// Errors are those of package gzip.
func Unzip(r io.Reader) (io.Reader, error) {
	in := bufio.NewReader(r) // one that gzip does not read beyond a member
	plain, err := gzip.NewReader(in)
	if err != nil {
		return nil, err
	}
	plain.Multistream(false)
	return &members{in: in, plain: plain}, nil
}

// Plain returns what is in r, or what it expands to if it begins as gzip does: archives lose the
// ending of a name, and a pipe has none. What is called .gz and is not compressed was cut short or
// renamed, neither of which was meant, and is an error.
func Plain(r io.Reader, name string) (io.Reader, error) {
	ahead := bufio.NewReader(r)
	// An error shows when it is read.
	if magic, _ := ahead.Peek(2); string(magic) == "\x1f\x8b" {
		return Unzip(ahead)
	}
	if strings.HasSuffix(name, ".gz") {
		return nil, errors.New("it is not compressed with gzip")
	}
	return ahead, nil
}

// Rest reads what is left of r to its end. Readers of formats with a last line of their own stop there;
// a file that is cut off or damaged after it shows then, too.
func Rest(r io.Reader) error {
	_, err := io.Copy(io.Discard, r)
	return err
}

// members is a stream of gzip. Members are read one by one, so that empty ones can be counted.
type members struct {
	in    *bufio.Reader
	plain *gzip.Reader
	some  bool // the member at hand holds something
	empty int  // members before it that hold nothing
}

// Read implements io.Reader.
func (m *members) Read(p []byte) (int, error) {
	for {
		n, err := m.plain.Read(p)
		if n > 0 {
			m.some, m.empty = true, 0
		}
		if err != io.EOF || n > 0 {
			// What has been read is given first.
			if err == io.EOF {
				err = nil // it comes again
			}
			return n, err
		}
		if !m.some {
			if m.empty++; m.empty > maxEmpty {
				return 0, errors.New("too many empty members of gzip")
			}
		}
		m.some = false
		// The next member, if there is one; at the end of the stream it is io.EOF.
		if err := m.plain.Reset(m.in); err == io.EOF {
			return 0, err
		} else if err != nil {
			return 0, errors.New("expected the end of the file or more that gzip has compressed, found something else")
		}
		m.plain.Multistream(false)
	}
}
