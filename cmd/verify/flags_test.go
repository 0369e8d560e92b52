package main

import (
	"testing"

	"pstar/cmd/verify/internal/run"
)

// A flag with an empty value looks like one that is not there: it is an error.
func TestEmptyFlagValues(t *testing.T) {
	for _, args := range [][]string{
		{"pstar", "-q", "", "x.json"},
		{"pstar", "-drafts", "", "x.json"},
		{"pstar", "-p", "", "x.json"},
		{"scheme", "spectr", "-gamma="},
		{"figure", "2", "-o", ""},
		{"crs", "-x", ""},
	} {
		expect(t, run.ExitUsage, args, "2>the value is empty, want ")
	}
}

func TestQuietTalk(t *testing.T) {
	for _, c := range []struct{ args, want string }{
		{"figure 2 -q -v", "-v has no effect with -q"},
		{"bounds -k 2 -n 2 -progress on -q", "-progress has no effect with -q"},
		{"pstar -quiet -v", "-v has no effect with -quiet"},
	} {
		expect(t, run.ExitUsage, words(c.args), "2>"+c.want)
	}
	expect(t, run.ExitVerified, words("pstar -k 2 -p 1 -q 1 -quiet=false -v"), "2>P* found after")
}
