// Package text is what the readers of all file formats share: one scanner over lines and
// words, and one error, which says where a file is wrong and what was expected there.
package text

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
)

// SyntaxError says where a file cannot be read, and what was expected there.
//
// It is for errors of the input: what is wrong with the disk or the stream is another
// error.
type SyntaxError struct {
	File string
	Line int // counted from 1
	Msg  string
	// Column counts the characters of the line from 1, for formats with more on a line than
	// words; 0 if it is not told.
	Column int
	// Hint is what to write instead, or empty.
	Hint string
}

// Error returns "file:line: message", with the column behind the line and the hint behind
// the message if there are any.
func (e *SyntaxError) Error() string {
	place := fmt.Sprintf("%s:%d", e.File, e.Line)
	if e.Column > 0 {
		place += fmt.Sprintf(":%d", e.Column)
	}
	if e.Hint != "" {
		return fmt.Sprintf("%s: %s (%s)", place, e.Msg, e.Hint)
	}
	return place + ": " + e.Msg
}

// ByteOrderMark is what some editors put in front of UTF-8 text.
const ByteOrderMark = "\uFEFF"

// Scanner reads a file as lines or as words, and counts lines. A byte order mark in
// front is skipped. What it has not been asked for yet stays unread; nothing longer than
// a line or a word is held. Errors of the underlying reader are returned as they are.
// Lines and words may be mixed: a word leaves the end of its line unread.
type Scanner struct {
	File string // for messages
	Line int    // of the next byte, from 1
	// MaxLine and MaxWord bound the bytes of a line and of a word.
	MaxLine, MaxWord int
	// Comment holds the bytes with which a word may not begin: they open a comment up
	// to the end of the line. Except is a word that may all the same, unless empty.
	Comment, Except string

	r    *bufio.Reader
	word []byte
}

// NewScanner returns a scanner for r, whose limits and comments are still to be set.
// The limits that it begins with are a megabyte. A nil reader is one that fails.
func NewScanner(r io.Reader, file string) *Scanner {
	if r == nil {
		r = absent{}
	}
	s := &Scanner{File: file, Line: 1, MaxLine: 1 << 20, MaxWord: 1 << 20, r: bufio.NewReaderSize(r, 1<<16)}
	if s.Next(ByteOrderMark) {
		_, _ = s.r.Discard(len(ByteOrderMark)) // has been read
	}
	return s
}

// absent stands for a reader that is nil: readers of formats return an error for it then, as
// for any other that cannot be read.
type absent struct{}

func (absent) Read([]byte) (int, error) { return 0, errors.New("text: the reader is nil") }

// Next reports whether text comes next. Nothing is read by it.
func (s *Scanner) Next(text string) bool { return string(s.Peek(len(text))) == text }

// Peek returns the next n bytes without reading them, or fewer at the end.
func (s *Scanner) Peek(n int) []byte {
	ahead, _ := s.r.Peek(n) // an error shows when it is read
	return ahead
}

// Accept reads the word that comes next if it is this one. A word that only begins so
// is left alone.
func (s *Scanner) Accept(word string) bool {
	ahead := s.Peek(len(word) + 1)
	if !strings.HasPrefix(string(ahead), word) || len(ahead) > len(word) && !isSpace(ahead[len(word)]) {
		return false
	}
	_, _ = s.r.Discard(len(word)) // has been read
	return true
}

// Fail returns the error of a line.
func (s *Scanner) Fail(line int, format string, args ...any) error {
	return &SyntaxError{File: s.File, Line: line, Msg: fmt.Sprintf(format, args...)}
}

// ReadLine returns the next line without its end, and its number. At the end of the file
// the error is io.EOF. A last line without an end counts; a carriage return before the
// end does not belong to the line. Of blanks in greater number than the buffer holds, 65536,
// some may be missing.
func (s *Scanner) ReadLine() (text string, line int, err error) {
	line = s.Line
	var long []byte // what does not fit into one slice of the reader
	length := 0
	for {
		part, err := s.r.ReadSlice('\n')
		// Before it is kept.
		if length += len(part); length > s.MaxLine {
			return "", line, s.Fail(line, "line is longer than %d bytes", s.MaxLine)
		}
		// The slice of the reader is full: it is kept and read on.
		if errors.Is(err, bufio.ErrBufferFull) {
			if !goesOnBlank(long, part) {
				long = append(long, part...)
			}
			continue
		}
		// What stands before the end of the file is a line.
		if err != nil && (err != io.EOF || len(long)+len(part) == 0) {
			return "", line, err
		}
		if long != nil {
			part = append(long, part...)
		}
		s.Line++
		return strings.TrimRight(string(part), "\r\n"), line, nil
	}
}

// goesOnBlank reports whether a part of a line is blank after a blank: it is dropped then, so that
// a file of blanks, which gzip makes a thousand times shorter, takes no memory. Blanks in
// such a number say no more than one of them.
func goesOnBlank(before, part []byte) bool {
	return len(before) > 0 && isSpace(before[len(before)-1]) && len(bytes.TrimLeft(part, " \t")) == 0
}

// ReadWord returns the next word and the number of its line. Words are separated by space
// and line ends; comments are passed over. The word is valid until the next call. At the
// end of the file the error is io.EOF.
func (s *Scanner) ReadWord() (word []byte, line int, err error) {
	if err := s.Skip(); err != nil {
		return nil, s.Line, err
	}
	c, err := s.r.ReadByte()
	if err != nil {
		return nil, s.Line, err
	}
	s.word = s.word[:0]
	for !isSpace(c) {
		if len(s.word) == s.MaxWord {
			return nil, s.Line, s.Fail(s.Line, "word is longer than %d bytes", s.MaxWord)
		}
		s.word = append(s.word, c)
		// The end of the file ends a word.
		if c, err = s.r.ReadByte(); err == io.EOF {
			return s.word, s.Line, nil
		}
		if err != nil {
			return nil, s.Line, err
		}
	}
	// The space stays unread, so that the line is that of the word.
	return s.word, s.Line, s.r.UnreadByte()
}

// Skip goes to the next word, past space, line ends and comments. At the end of the file
// the error is io.EOF. It is what ReadWord begins with.
func (s *Scanner) Skip() error {
	for {
		c, err := s.r.ReadByte()
		switch {
		case err != nil:
			return err
		case c == '\n':
			s.Line++
		case isSpace(c):
		default:
			err := s.r.UnreadByte()
			// It begins a word, or is a comment to the end of its line.
			if err != nil || strings.IndexByte(s.Comment, c) < 0 || s.Except != "" && s.Next(s.Except) {
				return err
			}
			if _, _, err := s.ReadLine(); err != nil {
				return err
			}
		}
	}
}

func isSpace(c byte) bool {
	return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\v' || c == '\f'
}

// Quote shows a piece of input, shortened. It is for messages, whose input may be
// megabytes long.
func Quote(text string) string {
	const shown = 40
	if len(text) > shown {
		return fmt.Sprintf("%q... (%d bytes)", text[:shown], len(text))
	}
	return strconv.Quote(text)
}
