package fm

import (
	"context"
	"math/rand/v2"
	"testing"

	"pstar/rational"
)

// naive eliminates by the definition: equations as two inequalities, every pair
// combined, nothing dropped. Rows are homogeneous: constant first, then the
// variables; strict rows are marked.
type naive struct {
	rows   []rational.RatVector
	strict []bool
}

func newNaive(s *System) *naive {
	v := &naive{}
	for i, r := range s.Rows {
		a, _ := s.homogeneous(i)
		v.rows = append(v.rows, a.Rats())
		v.strict = append(v.strict, r.Relation.strict())
		if r.Relation == Equal {
			v.rows = append(v.rows, a.Neg().Rats())
			v.strict = append(v.strict, false)
		}
	}
	return v
}

func (v *naive) eliminate(c int) {
	next := &naive{}
	for i, p := range v.rows {
		if p[c].IsZero() {
			next.rows, next.strict = append(next.rows, p), append(next.strict, v.strict[i])
		}
		for j, n := range v.rows {
			if p[c].Sign() > 0 && n[c].Sign() < 0 {
				next.rows = append(next.rows, p.Scale(n[c].Neg()).Add(n.Scale(p[c])))
				next.strict = append(next.strict, v.strict[i] || v.strict[j])
			}
		}
	}
	*v = *next
}

func (v *naive) contains(x rational.RatVector) bool {
	at := append(rational.RatVector{rational.NewRat(1, 1)}, x...)
	for i, row := range v.rows {
		if sign := row.Dot(at).Sign(); sign < 0 || sign == 0 && v.strict[i] {
			return false
		}
	}
	return true
}

// TestAgainstNaive compares with the naive elimination at all points of a grid.
func TestAgainstNaive(t *testing.T) {
	compared := 0
	for seed := range uint64(900) {
		rng := rand.New(rand.NewPCG(seed, 77))
		s, eliminate := randomSystem(rng)
		if len(s.Rows) > 9 || len(eliminate) > 2 {
			continue
		}
		compared++
		v := newNaive(s)
		for _, x := range eliminate {
			v.eliminate(1 + x)
		}
		r, err := Eliminate(context.Background(), s, eliminate, Options{})
		if err != nil {
			t.Fatal(err)
		}
		for range 60 {
			x := make(rational.RatVector, len(s.Variables))
			for j := range x {
				x[j] = rational.NewRat(int64(rng.IntN(13)-6), int64(1+rng.IntN(3)))
			}
			inside := r.Verdict == Projected
			for _, o := range r.Rows {
				inside = inside && o.Holds(x, nil)
			}
			if want := v.contains(x); inside != want {
				t.Fatalf("seed %d, point %v: %v, naively %v", seed, x, inside, want)
			}
		}
	}
	if compared < 200 {
		t.Errorf("only %d systems were compared", compared)
	}
}

// TestWideNumbers scales the rows of random systems by huge and tiny factors and
// their variables by huge ones, so that machine words do not suffice. The
// projection is the same up to the scales.
func TestWideNumbers(t *testing.T) {
	huge := rational.RatFromInt(rational.NewInt(1_000_003).Pow(9))
	for seed := range uint64(60) {
		rng := rand.New(rand.NewPCG(seed, 5))
		s, eliminate := randomSystem(rng)
		wide := &System{Variables: s.Variables}
		for i, r := range s.Rows {
			factor := huge.Pow(i%3 - 1)
			w := r
			w.Constant = r.Constant.Mul(factor)
			w.Coefficients = nil
			for j, c := range r.Coefficients {
				w.Coefficients = append(w.Coefficients, c.Mul(factor).Mul(huge.Pow(j%2)))
			}
			wide.Rows = append(wide.Rows, w)
		}
		plain, err := Eliminate(context.Background(), s, eliminate, Options{InOrder: true})
		if err != nil {
			t.Fatal(err)
		}
		scaled, err := Eliminate(context.Background(), wide, eliminate, Options{InOrder: true})
		if err != nil {
			t.Fatal(err)
		}
		if err := scaled.Verify(context.Background()); err != nil {
			t.Fatalf("seed %d: %v", seed, err)
		}
		if plain.Verdict != scaled.Verdict || len(plain.Rows) != len(scaled.Rows) {
			t.Fatalf("seed %d: %v with %d rows, scaled %v with %d", seed, plain.Verdict, len(plain.Rows), scaled.Verdict, len(scaled.Rows))
		}
	}
}

// TestTransportPeak eliminates the transport polytope, in which histories
// decide: no row is lost or too many, and between steps there are hardly more rows
// than in the end.
func TestTransportPeak(t *testing.T) {
	for _, c := range []struct{ k, n, rows, peak int }{{2, 4, 21, 20}, {2, 6, 78, 77}, {3, 5, 51, 53}, {4, 5, 56, 70}, {2, 7, 148, 147}} {
		s, eliminate := transport(c.k, c.n)
		r, err := Eliminate(context.Background(), s, eliminate, Options{})
		if err != nil {
			t.Fatal(err)
		}
		if len(r.Rows) != c.rows || r.Peak > c.peak || !r.Independent {
			t.Errorf("(%d,%d): %d rows, peak %d", c.k, c.n, len(r.Rows), r.Peak)
		}
		if c.n <= 5 {
			if err := r.Verify(context.Background()); err != nil {
				t.Error(err)
			}
		}
	}
}

// TestVerifyRejects changes single things in results; Verify must notice.
func TestVerifyRejects(t *testing.T) {
	s, eliminate := transport(2, 4)
	make1 := func() *Result {
		r, err := Eliminate(context.Background(), s, eliminate, Options{})
		if err != nil {
			t.Fatal(err)
		}
		return r
	}
	two := rational.NewRat(2, 1)
	for name, change := range map[string]func(r *Result){
		"a multiplier of a row":  func(r *Result) { r.Rows[3].Multipliers[0] = two },
		"a multiplier of a drop": func(r *Result) { r.Steps[2].Dropped[1].Proof[0].Multiplier = two },
		"a step missing":         func(r *Result) { r.Steps = append(r.Steps[:1:1], r.Steps[2:]...) },
		"a drop missing":         func(r *Result) { r.Steps[1].Dropped = r.Steps[1].Dropped[1:] },
		"a proof missing":        func(r *Result) { r.Steps[1].Dropped[0].Proof = nil },
		"a row missing":          func(r *Result) { r.Rows = r.Rows[:len(r.Rows)-1] },
		"a row invented":         func(r *Result) { r.Steps[0].After = append(r.Steps[0].After, 99) },
		"an equation missing":    func(r *Result) { r.Rows = r.Rows[1:] },
		"a combination":          func(r *Result) { r.Steps[0].New[0].P = two },
		"a base row":             func(r *Result) { r.Base[2].Multipliers[0] = two },
		"another right side":     func(r *Result) { r.Rows[2].Constant = two },
		"another verdict":        func(r *Result) { r.Verdict = Infeasible; r.Farkas = make(rational.RatVector, len(s.Rows)) },
		"no verdict":             func(r *Result) { r.Verdict = NoVerdict },
	} {
		r := make1()
		if err := r.Verify(context.Background()); err != nil {
			t.Fatal(err)
		}
		change(r)
		if r.Verify(context.Background()) == nil {
			t.Errorf("%s: accepted", name)
		}
	}
}
