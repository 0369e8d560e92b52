package sol_test

import (
	"bytes"
	"context"
	"math/rand/v2"
	"strings"
	"testing"

	"pstar/format/sol"
	"pstar/lp"
	"pstar/rational"
)

// What is written, read word by word, is the point of the result.
func TestWrite(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 1))
	names := []string{"x", "y[1]", "z(a,b)", "#"}
	optimal, unbounded := 0, 0
	for range 200 {
		b := lp.NewBuilder(lp.Sense(r.IntN(2)))
		var sum []lp.Part
		for _, name := range names[:3] {
			v := b.Var(name)
			b.Objective(lp.Times(rational.NewRat(r.Int64N(9)-4, 1+r.Int64N(9)), v))
			sum = append(sum, lp.Times(r.IntN(7)-2, v))
		}
		b.AtMost("c", rational.NewRat(r.Int64N(30)-5, 7), sum...)
		p, err := b.Problem()
		if err != nil {
			t.Fatal(err)
		}
		s, err := lp.Solve(context.Background(), p, lp.Options{})
		if err != nil {
			t.Fatal(err)
		}
		var out bytes.Buffer
		if err := sol.Write(&out, p, s); err != nil {
			if s.Verdict == lp.Infeasible {
				continue
			}
			t.Fatal(err)
		}
		lines := strings.Split(strings.TrimSuffix(out.String(), "\n"), "\n")
		if value, ok := strings.CutPrefix(lines[0], "# Objective value = "); ok {
			optimal++
			if v, err := rational.ParseRat(value); err != nil || s.Verdict != lp.Optimal || !v.Equal(s.Value) {
				t.Fatalf("%s, want %v", lines[0], s.Value)
			}
		} else if unbounded++; s.Verdict != lp.Unbounded {
			t.Fatalf("%s of a program that is %v", lines[0], s.Verdict)
		}
		for j, line := range lines[1:] {
			f := strings.Fields(line)
			if v, err := rational.ParseRat(f[1]); err != nil || len(f) != 2 || f[0] != names[j] || !v.Equal(s.Primal[j]) {
				t.Fatalf("%q, want %v of %s", line, s.Primal[j], names[j])
			}
		}
	}
	if optimal < 20 || unbounded < 20 {
		t.Errorf("%d optimal, %d unbounded", optimal, unbounded)
	}
}

// Names that are not one word, or begin a comment, and what is infeasible, cannot be written.
func TestWriteRefuses(t *testing.T) {
	for _, name := range []string{"", "a b", "#a", "é"} {
		b := lp.NewBuilder(lp.Minimise)
		b.Var(name)
		p, _ := b.Problem()
		s, err := lp.Solve(context.Background(), p, lp.Options{})
		if err != nil {
			t.Fatal(err)
		}
		if err := sol.Write(&bytes.Buffer{}, p, s); err == nil {
			t.Errorf("name %q was written", name)
		}
	}
	b := lp.NewBuilder(lp.Minimise)
	b.Between("x", 1, 0)
	p, _ := b.Problem()
	s, _ := lp.Solve(context.Background(), p, lp.Options{})
	if err := sol.Write(&bytes.Buffer{}, p, s); err == nil {
		t.Error("an infeasible program has a point")
	}
	if err := sol.Write(&bytes.Buffer{}, p, nil); err == nil {
		t.Error("nil has a point")
	}
}
