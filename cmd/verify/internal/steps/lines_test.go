package steps

import (
	"io"
	"strings"
	"testing"
)

// A line that is too long is one bad step; the next line is read.
func TestLongLines(t *testing.T) {
	l := newLineSource("f", io.NopCloser(strings.NewReader(strings.Repeat("x", 200_000)+"\n{}\n"+strings.Repeat("y", 11)+"\n  {}  ")))
	l.limit = 10
	for _, want := range []string{"f:1: the line has 200001 bytes, want at most 10", "", "f:3: the line has 12 bytes, want at most 10", ""} {
		s := l.next()
		if got := s.err; got == nil && want != "" || got != nil && got.Error() != want {
			t.Errorf("step %d: error %v, want %q", s.number, got, want)
		}
	}
	if s := l.next(); s != nil {
		t.Errorf("one more step: %+v", s)
	}
}
