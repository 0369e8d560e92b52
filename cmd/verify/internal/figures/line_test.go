package figures

import (
	"fmt"
	"math"
	"testing"

	"pstar/theorems/multidraft/scheme"
	"pstar/theorems/multidraft/study"
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

// Names of parameters may end in the letters that begin an exponent.
func TestParseLineOfNamesLikeExponents(t *testing.T) {
	for _, x := range []struct{ parameter, text, want string }{
		{"rate", "rate - 1/3", "-1/3 1"},
		{"rate", "1/2*rate + 1e-1", "1/10 1/2"},
		{"rate", "2rate-1", "-1 2"},
		{"e", "e - 1/3", "-1/3 1"},
		{"e", "1/2*e+1", "1 1/2"},
		{"e", "2e-3 + e", "1/500 1"},
		{"p", "1 - p", "1 -1"},
		{"p", "p-1", "-1 1"},
	} {
		line, err := parseLine(x.text, x.parameter)
		if got := fmt.Sprintf("%v %v", line.A, line.B); err != nil || got != x.want {
			t.Errorf("%q of %s is read as %s (%v), want %s", x.text, x.parameter, got, err, x.want)
		}
	}
}

// A jump is drawn upright: where a curve rises steeply it does so within a width that nobody sees.
func TestJumpsAreUpright(t *testing.T) {
	f := study.Figure2()[0]
	s, err := f.Sample(t.Context(), []string{scheme.Hybrid}, 20)
	if err != nil {
		t.Fatal(err)
	}
	points, jumps := line(s, 0), 0
	for j := 1; j < len(points); j++ {
		across, up := points[j].X-points[j-1].X, math.Abs(points[j].Y-points[j-1].Y)
		if across < 0 {
			t.Errorf("back to %v from %v", points[j], points[j-1])
		}
		if up > 10*across {
			jumps++
			if across > 1e-4 {
				t.Errorf("slanted from %v to %v", points[j-1], points[j])
			}
		}
	}
	if jumps != 2 {
		t.Errorf("%d jumps in %v", jumps, points)
	}
}
