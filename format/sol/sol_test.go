package sol_test

import (
	"bytes"
	"context"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"pstar/format/sol"
	"pstar/lp"
	"pstar/rational"
)

// near reports whether text is x if that has a decimal expansion of 18 digits, and else near to it; it is a decimal.
func near(text string, x rational.Rat) bool {
	v, err := rational.ParseRat(text)
	off := v.Sub(x).Abs()
	bound := x.Abs().Mul(rational.NewRat(1, 1e16))
	return err == nil && !strings.Contains(text, "/") && (off.IsZero() || !x.IsDecimal(18) && off.Cmp(bound) <= 0)
}

// What is written, read word by word, is the point of the result, up to rounding.
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
			if s.Verdict != lp.Optimal || !near(value, s.Value) {
				t.Fatalf("%s, want %v", lines[0], s.Value)
			}
		} else if unbounded++; s.Verdict != lp.Unbounded {
			t.Fatalf("%s of a program that is %v", lines[0], s.Verdict)
		}
		rounded := 0
		for _, x := range s.Primal {
			if !x.IsDecimal(18) {
				rounded++
			}
		}
		lines = lines[1:]
		if rounded > 0 {
			if want := fmt.Sprintf("# Rounded values: %d of 3", rounded); lines[0] != want {
				t.Fatalf("%q, want %q", lines[0], want)
			}
			lines = lines[1:]
		}
		for j, line := range lines {
			if f := strings.Fields(line); len(f) != 2 || f[0] != names[j] || !near(f[1], s.Primal[j]) {
				t.Fatalf("%q, want %v of %s", line, s.Primal[j], names[j])
			}
		}
	}
	if optimal < 20 || unbounded < 20 {
		t.Errorf("%d optimal, %d unbounded", optimal, unbounded)
	}
}

// Numbers of any size are decimals.
func TestWriteSizes(t *testing.T) {
	third := rational.NewRat(-1, 3)
	for _, k := range []int{-400, -330, -40, -1, 0, 1, 40, 400} {
		x := third.Mul(rational.NewRat(10, 1).Pow(k))
		p := &lp.Problem{Variables: []lp.Variable{{Name: "x", Lower: lp.At(x), Upper: lp.At(x)}}}
		var out bytes.Buffer
		if err := sol.Write(&out, p, &lp.Result{Verdict: lp.Optimal, Primal: []rational.Rat{x}, Reduced: make([]rational.Rat, 1)}); err != nil {
			t.Fatal(err)
		}
		last := strings.Fields(out.String())
		if text := last[len(last)-1]; k > -330 && !near(text, x) || strings.Contains(text, "/") {
			t.Errorf("%v is written as %s", x, text)
		}
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
