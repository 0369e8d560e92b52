package main

import "testing"

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
		expect(t, exitUsage, args, "2>the value is empty, want ")
	}
}

func TestQuietTalk(t *testing.T) {
	for _, c := range []struct{ args, want string }{
		{"figure 2 -q -v", "-v has no effect with -q"},
		{"bounds -k 2 -n 2 -progress on -q", "-progress has no effect with -q"},
		{"pstar -quiet -v", "-v has no effect with -quiet"},
	} {
		expect(t, exitUsage, words(c.args), "2>"+c.want)
	}
	expect(t, exitVerified, words("pstar -k 2 -p 1 -q 1 -quiet=false -v"), "2>P* found after")
}

func TestRefuseUnused(t *testing.T) {
	c := &call{}
	f := c.flags()
	f.Int("seed", 1, "")
	f.Bool("fast", false, "")
	f.Int("draws", 0, "")
	if _, err := f.parse([]string{"-seed", "1", "-fast=false"}); err != nil {
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
		if err := f.refuseUnused("without -draws", c.names...); err != nil {
			got = err.Error()
		}
		if got != c.want {
			t.Errorf("%v: error %q, want %q", c.names, got, c.want)
		}
	}
}
