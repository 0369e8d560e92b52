package show_test

import (
	"strings"
	"testing"

	"pstar/cmd/verify/internal/show"
)

// Lines are broken where they are too long and nowhere else; no word is lost.
func TestFill(t *testing.T) {
	for in, want := range map[string]string{
		"":                                "",
		"short\nlines\n":                  "short\nlines\n",
		"a line that is too long\nby far": "a line that\nis too long\nby far",
		"one two\n\nthree":                "one two\n\nthree",
		"  name  what it is for":          "  name  what it is for",
		"  ab  what it is":                "  ab  what\n      it is",
		"  of one column only":            "  of one\n  column\n  only",
		"αβγδ εζηθ ικ":                    "αβγδ εζηθ ικ",
		"averyveryverylongword x":         "averyveryverylongword\nx",
		"text:\n  verbatim\nmore":         "text:\n  verbatim\nmore",
	} {
		width := 12
		if strings.HasPrefix(in, "  name") {
			width = 30
		}
		if got := show.Fill(in, width); got != want {
			t.Errorf("%q becomes\n%s\nwant\n%s", in, got, want)
		}
	}
}

// Paragraphs and indented lines are told apart.
func TestBlocks(t *testing.T) {
	list := show.Blocks("one\ntwo\n  three\n\nfour\n\nfive\n")
	var got []string
	for _, b := range list {
		text := strings.Join(b.Lines, "|")
		if b.Verbatim {
			text = "verbatim " + text
		}
		got = append(got, text)
	}
	if want := "one|two; verbatim   three; four; five"; strings.Join(got, "; ") != want {
		t.Errorf("blocks %q, want %q", strings.Join(got, "; "), want)
	}
}
