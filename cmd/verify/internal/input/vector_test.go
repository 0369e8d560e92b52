package input

import (
	"testing"

	"pstar/rational"
)

// A bound is written above it; that of nothing is 0.
func TestAtMost(t *testing.T) {
	for want, x := range map[string]rational.Rat{"0": {}, "1.1e0": rational.NewRat(1, 1), "3.7e-4": rational.NewRat(1, 3000)} {
		if got := AtMost(x); got != want {
			t.Errorf("at most %v: %s, want %s", x, got, want)
		}
	}
}
