package format_test

import (
	"bytes"
	"context"
	"strings"
	"testing"

	"pstar/format/mps"
	"pstar/lp"
)

// A basis comes back as it was written, and leads straight to the optimum.
func TestBasisFiles(t *testing.T) {
	b := lp.NewBuilder(lp.Maximise)
	x, y, z := b.Var("x"), b.Between("y", 0, 2), b.Var("z")
	b.Objective(lp.Times(3, x), lp.Times(5, y), lp.Times(1, z))
	b.AtMost("first", 4, lp.Times(1, x), lp.Times(1, y))
	b.Range("second", 1, 9, lp.Times(1, x), lp.Times(3, y), lp.Times(1, z))
	p, err := b.Problem()
	if err != nil {
		t.Fatal(err)
	}
	r, err := b.Solve(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	var text bytes.Buffer
	if err := mps.WriteBasis(&text, p, r.Basis); err != nil {
		t.Fatal(err)
	}
	again, err := mps.ReadBasis(&text, "b.bas", p)
	if err != nil {
		t.Fatal(err)
	}
	for k, s := range append(again.Variables, again.Rows...) {
		if want := append(append([]lp.Status(nil), r.Basis.Variables...), r.Basis.Rows...)[k]; s != want {
			t.Errorf("status %d is %v, was %v", k, s, want)
		}
	}
	for input, want := range map[string]string{
		"NAME\n XX x\n":   "2: expected XU, XL, UL or LL",
		"NAME\n XU x\n":   "2: expected a column and",
		"NAME\n UL w\n":   "2: expected the name of a column",
		"NAME\n XL x w\n": "2: expected the name of a row",
		"NAME\n UL y\n":   "expected ENDATA",
		// Two lines for a column or a row contradict each other.
		"NAME\n XL x first\n UL x\nENDATA\n":        `3: expected one line for column "x", found a second one after line 2`,
		"NAME\n XL x first\n XU y first\nENDATA\n":  `3: expected one line for row "first", found a second one after line 2`,
		"NAME\n XL x first\n XL x second\nENDATA\n": `3: expected one line for column "x"`,
	} {
		if _, err := mps.ReadBasis(strings.NewReader(input), "f", p); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want %q", input, err, want)
		}
	}
	if err := mps.WriteBasis(&text, p, &lp.Basis{}); err == nil {
		t.Error("a basis of another size is written")
	}
}
