package run

import (
	"bytes"
	"os"
	"strings"
	"testing"
	"unicode/utf8"
)

func TestByteSize(t *testing.T) {
	for s, want := range map[string]byteSize{"0": 0, "17": 17, "3K": 3 << 10, "512m": 512 << 20, "4GiB": 4 << 30, "1tb": 1 << 40} {
		var b byteSize
		if err := b.Set(s); err != nil || b != want {
			t.Errorf("%q: %d, %v", s, b, err)
		}
	}
	for _, s := range []string{"", "G", "-1", "1.5G", "1X", "9999999999T", "1GK"} {
		var b byteSize
		if err := b.Set(s); err == nil {
			t.Errorf("%q is accepted as %d", s, b)
		}
	}
	for b, want := range map[byteSize]string{0: "0", 17: "17", 3 << 10: "3K", 512 << 20: "512M", 4 << 30: "4G"} {
		if got := b.String(); got != want {
			t.Errorf("%d prints as %q", int64(b), got)
		}
	}
}

func TestRefuseUnused(t *testing.T) {
	c := &Call{}
	f := c.Flags()
	f.Int("seed", 1, "")
	f.Bool("fast", false, "")
	f.Int("draws", 0, "")
	if _, err := f.Parse([]string{"-seed", "1", "-fast=false"}); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		names []string
		want  string
	}{
		{[]string{"draws"}, ""},
		{nil, ""},
		{[]string{"draws", "seed"}, "-seed has no effect without -draws"},
		{[]string{"fast"}, "-fast has no effect without -draws"},
	} {
		got := ""
		if err := f.RefuseUnused("without -draws", c.names...); err != nil {
			got = err.Error()
		}
		if got != c.want {
			t.Errorf("%v: error %q, want %q", c.names, got, c.want)
		}
	}
}

// A line of progress replaces the one before, unless that is too young; in a log it stays,
// without characters for a terminal. None is longer than a terminal is wide.
func TestProgressLine(t *testing.T) {
	for terminal, want := range map[bool]string{true: "\r\033[K\033[?7lcell 2 of 9: row 7\033[?7h\r\033[K", false: "cell 2 of 9: row 7\n"} {
		var b bytes.Buffer
		shown := NewTalk(&b, "on")
		shown.terminal, shown.Prefix = terminal, func() string { return "cell 2 of 9" }
		shown.Update("row %d", 7)
		shown.Update("row %d", 8) // too soon after the first
		shown.Clear()
		shown.Clear()
		if got := b.String(); got != want {
			t.Errorf("progress writes %q, want %q", got, want)
		}
	}
	var b bytes.Buffer
	NewTalk(&b, "on").Update("%s", strings.Repeat("x", 200))
	NewTalk(&b, "on").Update("%s", strings.Repeat("words ", 30))
	for line := range strings.Lines(b.String()) {
		if n := utf8.RuneCountInString(line); n > 80 || strings.HasPrefix(line, "words") && !strings.HasSuffix(line, "words …\n") {
			t.Errorf("a line of %d characters: %q", n, line)
		}
	}
	// What counts as a terminal but knows no commands gets lines of a log, if any.
	device, err := os.OpenFile(os.DevNull, os.O_WRONLY, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer device.Close()
	for term, want := range map[string]bool{"dumb": false, "xterm": true} {
		t.Setenv("TERM", term)
		if got := NewTalk(device, "auto").terminal; got != want {
			t.Errorf("with TERM=%s it is a terminal: %v", term, got)
		}
	}
}

// Words have a colour on a terminal only, and not for those who want none.
func TestPainted(t *testing.T) {
	device, err := os.OpenFile(os.DevNull, os.O_WRONLY, 0) // counts as a terminal
	if err != nil {
		t.Fatal(err)
	}
	defer device.Close()
	t.Setenv("NO_COLOR", "")
	t.Setenv("TERM", "xterm")
	terminal, log := New(nil, nil, device, device), New(nil, nil, &bytes.Buffer{}, device)
	if got := terminal.Painted("refuted  "); got != "\x1b[31mrefuted  \x1b[0m" {
		t.Errorf("painted as %q", got)
	}
	for name, c := range map[string]*Call{"a log": log, "a word without a colour": terminal} {
		if word := map[bool]string{true: "solved", false: "refuted"}[c == terminal]; c.Painted(word) != word {
			t.Errorf("%s: %q", name, c.Painted(word))
		}
	}
	t.Setenv("NO_COLOR", "1")
	if got := terminal.Painted("proved"); got != "proved" {
		t.Errorf("with NO_COLOR %q", got)
	}
}
