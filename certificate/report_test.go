package certificate

import (
	"strings"
	"testing"
)

func TestShorten(t *testing.T) {
	hundred := strings.Repeat("7", 100)
	for text, want := range map[string]string{
		"x is " + hundred + "/3":     "x is " + hundred + "/3",
		"-1" + hundred + "2/" + "3.": "-17777777777777777777...77777777777777777772 (102 digits)/3.",
	} {
		if got := Shorten(text); got != want {
			t.Errorf("%s: %s", text, got)
		}
	}
}
