package cone

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"strings"

	"pstar/rational"
)

// SyntaxError says where a file cannot be read, and what was expected there.
type SyntaxError struct {
	File string
	Line int // counted from 1
	Msg  string
}

// Error returns "file:line: message".
func (e *SyntaxError) Error() string { return fmt.Sprintf("%s:%d: %s", e.File, e.Line, e.Msg) }

// Caps on what the reader accepts, so that a few bytes of input cannot ask for
// much memory. Rows and numbers are stored as they are read: nothing is
// allocated because a header announces it.
const (
	// MaxColumns bounds the columns of a file.
	MaxColumns = 1 << 17
	// MaxRows bounds the rows of a file.
	MaxRows = 1 << 30
	// maxLine bounds the length of a line outside the rows.
	maxLine = 1 << 24
	// maxToken bounds the length of a number: two runs of digits, with signs,
	// point and exponent.
	maxToken = 2*rational.MaxDigits + 32
	// maxNumberBits keeps a decimal with an exponent to what may be written out as
	// a fraction: log2(10) is more than 3.32.
	maxNumberBits = rational.MaxDigits * 332 / 100
	// maxBits bounds the bits of all integers wider than a word. Decimals with
	// exponents and rows with many different denominators would otherwise grow a
	// small file into a large one.
	maxBits = 1 << 33
	// maxRowBits bounds the bits of one row on its common denominator, which grow
	// with the square of what is written.
	maxRowBits = 1 << 28
	// maxOptions bounds the options that are kept.
	maxOptions = 1000
	// maxNotes bounds the notes.
	maxNotes = 100
)

// scanner reads a file as lines or as words, and counts lines.
type scanner struct {
	r    *bufio.Reader
	name string
	line int // of the next byte
	word []byte
	// fiveStars makes ***** a word rather than the beginning of a comment.
	fiveStars bool
}

// byteOrderMark is what some editors put in front of UTF-8 text.
const byteOrderMark = "\uFEFF"

func newScanner(r io.Reader, name string) *scanner {
	s := &scanner{r: bufio.NewReaderSize(r, 1<<16), name: name, line: 1}
	if s.next(byteOrderMark) {
		_, _ = s.r.Discard(len(byteOrderMark)) // has been read
	}
	return s
}

// next reports whether text comes next.
func (s *scanner) next(text string) bool {
	ahead, _ := s.r.Peek(len(text)) // an error shows when it is read
	return string(ahead) == text
}

// accept reads the word that comes next if it is this one.
func (s *scanner) accept(word string) bool {
	ahead, _ := s.r.Peek(len(word) + 1)
	if !strings.HasPrefix(string(ahead), word) || len(ahead) > len(word) && !isSpace(ahead[len(word)]) {
		return false
	}
	_, _ = s.r.Discard(len(word)) // has been read
	return true
}

func (s *scanner) fail(line int, format string, args ...any) error {
	return &SyntaxError{s.name, line, fmt.Sprintf(format, args...)}
}

// readLine returns the next line without its end and surrounding space, and its
// number. At the end of the file the error is io.EOF.
func (s *scanner) readLine() (text string, line int, err error) {
	line = s.line
	var b []byte
	for {
		part, err := s.r.ReadSlice('\n')
		b = append(b, part...)
		if len(b) > maxLine {
			return "", line, s.fail(line, "line is longer than %d bytes", maxLine)
		}
		if errors.Is(err, bufio.ErrBufferFull) {
			continue
		}
		if err != nil && (err != io.EOF || len(b) == 0) {
			return "", line, s.wrap(err)
		}
		s.line++
		return strings.TrimSpace(string(b)), line, nil
	}
}

// wrap adds the place to an error of the underlying reader other than io.EOF.
func (s *scanner) wrap(err error) error {
	if err == io.EOF {
		return err
	}
	return fmt.Errorf("%s:%d: %w", s.name, s.line, err)
}

// readWord returns the next word and the number of its line. Words are
// separated by space and line ends; a word that begins with * or # opens a
// comment up to the end of the line. The word is valid until the next call. At
// the end of the file the error is io.EOF.
func (s *scanner) readWord() (word []byte, line int, err error) {
	if err := s.skip(); err != nil {
		return nil, s.line, err
	}
	c, err := s.r.ReadByte()
	if err != nil {
		return nil, s.line, s.wrap(err)
	}
	s.word = s.word[:0]
	for !isSpace(c) {
		if len(s.word) == maxToken {
			return nil, s.line, s.fail(s.line, "word is longer than %d bytes", maxToken)
		}
		s.word = append(s.word, c)
		if c, err = s.r.ReadByte(); err == io.EOF {
			return s.word, s.line, nil
		}
		if err != nil {
			return nil, s.line, s.wrap(err)
		}
	}
	// The space stays unread, so that the line is that of the word.
	return s.word, s.line, s.r.UnreadByte()
}

// skip goes to the next word, past space, line ends and comments. At the end of
// the file the error is io.EOF.
func (s *scanner) skip() error {
	for {
		c, err := s.r.ReadByte()
		switch {
		case err != nil:
			return s.wrap(err)
		case c == '\n':
			s.line++
		case isSpace(c):
		default:
			if err := s.r.UnreadByte(); err != nil || c != '*' && c != '#' || s.fiveStars && s.next("*****") {
				return err
			}
			if _, _, err := s.readLine(); err != nil {
				return err
			}
		}
	}
}

func isSpace(c byte) bool {
	return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\v' || c == '\f'
}
