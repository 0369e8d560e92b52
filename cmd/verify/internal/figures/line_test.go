package figures

import (
	"fmt"
	"testing"
)

func TestParseLine(t *testing.T) {
	for text, want := range map[string]string{
		"1/3": "1/3 0", "t": "0 1", "-t": "0 -1", "2/3 - t": "2/3 -1", "1/4+1/2*t": "1/4 1/2", "0.5t - 1e-1": "-1/10 1/2",
		"q_2": "0 1", "1-2*q_2 + t": "1 -1",
	} {
		line, err := parseLine(text, "q_2")
		if got := fmt.Sprintf("%v %v", line.A, line.B); err != nil || got != want {
			t.Errorf("%q is read as %s (%v), want %s", text, got, err, want)
		}
	}
	for _, text := range []string{"", "+", "t t", "1/0", "1 2", "*t", "t*2", "--t"} {
		if line, err := parseLine(text, "q_2"); err == nil {
			t.Errorf("%q is read as %v", text, line)
		}
	}
}
