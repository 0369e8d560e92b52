package text

import (
	"errors"
	"io"
	"runtime"
	"strings"
	"testing"
	"testing/iotest"
)

// A file of lines longer and shorter than the buffer, with both kinds of ends, and without
// one at the end.
func TestReadLine(t *testing.T) {
	long := strings.Repeat("x", 1<<17)
	s := NewScanner(iotest.OneByteReader(strings.NewReader(ByteOrderMark+"a\r\n\n"+long+"\nlast ")), "f")
	for i, want := range []string{"a", "", long, "last "} {
		got, line, err := s.ReadLine()
		if err != nil || got != want || line != i+1 {
			t.Fatalf("line %d: %.10q at %d, %v", i+1, got, line, err)
		}
	}
	if _, _, err := s.ReadLine(); err != io.EOF {
		t.Errorf("after the last line: %v", err)
	}
	s = NewScanner(strings.NewReader("ok\n"+long), "f")
	s.MaxLine = 100
	_, _, _ = s.ReadLine()
	_, _, err := s.ReadLine()
	var syntax *SyntaxError
	if !errors.As(err, &syntax) || err.Error() != "f:2: line is longer than 100 bytes" {
		t.Errorf("long line: %v", err)
	}
}

func TestReadWord(t *testing.T) {
	s := NewScanner(iotest.HalfReader(strings.NewReader("one * comment\n\t two#2 \n# all\n***** three")), "f")
	s.Comment, s.Except, s.MaxWord = "*#", "*****", 10
	for _, want := range []struct {
		word string
		line int
	}{{"one", 1}, {"two#2", 2}, {"*****", 4}, {"three", 4}} {
		word, line, err := s.ReadWord()
		if err != nil || string(word) != want.word || line != want.line {
			t.Errorf("%q on line %d, %v, want %q on line %d", word, line, err, want.word, want.line)
		}
	}
	if _, _, err := s.ReadWord(); err != io.EOF {
		t.Errorf("after the last word: %v", err)
	}
	s = NewScanner(strings.NewReader("\n01234567890"), "f")
	s.MaxWord = 10
	if _, _, err := s.ReadWord(); err == nil || err.Error() != "f:2: word is longer than 10 bytes" {
		t.Errorf("long word: %v", err)
	}
}

// Words and lines may take turns, and Accept takes whole words only.
func TestAccept(t *testing.T) {
	s := NewScanner(strings.NewReader("begin rest of it\nbeginning\nbegin"), "f")
	if s.Accept("beg") || !s.Accept("begin") {
		t.Error("a part of a word is taken, or not the word")
	}
	if text, line, err := s.ReadLine(); text != " rest of it" || line != 1 || err != nil {
		t.Errorf("%q on line %d, %v", text, line, err)
	}
	if s.Accept("begin") || !s.Next("beginning") {
		t.Error("beginning is taken for begin")
	}
	_, _, _ = s.ReadLine()
	if !s.Accept("begin") {
		t.Error("the word at the end is not taken")
	}
}

func TestErrorsOfTheReaderAreReturned(t *testing.T) {
	broken := errors.New("broken")
	for name, read := range map[string]func(s *Scanner) error{
		"ReadLine": func(s *Scanner) error { _, _, err := s.ReadLine(); return err },
		"ReadWord": func(s *Scanner) error { _, _, err := s.ReadWord(); return err },
		"Skip":     (*Scanner).Skip,
	} {
		if err := read(NewScanner(iotest.ErrReader(broken), "f")); err != broken {
			t.Errorf("%s: %v", name, err)
		}
		// Which a reader that is nil would return, if it could.
		if err := read(NewScanner(nil, "f")); err == nil || err.Error() != "text: the reader is nil" {
			t.Errorf("%s of nil: %v", name, err)
		}
	}
}

// A run of blanks of any length takes no memory, and says what a short one says.
func TestLinesOfBlanks(t *testing.T) {
	const many = 50 << 20
	blanks := io.LimitReader(&endless{of: []byte("  \t ")}, many)
	s := NewScanner(io.MultiReader(strings.NewReader("first"), blanks, strings.NewReader("last\nnext\n")), "blanks")
	s.MaxLine = many + 100
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	line, _, err := s.ReadLine()
	runtime.ReadMemStats(&after)
	if err != nil || strings.Join(strings.Fields(line), " ") != "first last" {
		t.Errorf("%.20q of %d bytes (%v)", line, len(line), err)
	}
	if taken := after.TotalAlloc - before.TotalAlloc; taken > many/10 {
		t.Errorf("a line of blanks takes %d bytes", taken)
	}
	if line, number, err := s.ReadLine(); line != "next" || number != 2 || err != nil {
		t.Errorf("then %q in line %d (%v)", line, number, err)
	}
	s = NewScanner(io.LimitReader(&endless{of: []byte(" ")}, 3<<20), "blanks")
	if _, _, err := s.ReadLine(); err == nil {
		t.Error("blanks do not count for the length of a line")
	}
}
