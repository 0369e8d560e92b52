package lp

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"pstar/rational"
)

// reducible draws a sparse program in which there is much to take out: rows of few variables,
// bounds that rows meet, variables that occur once.
func reducible(r *rand.Rand) *Problem {
	p := &Problem{Sense: Sense(r.IntN(2)), Constant: rational.NewRat(r.Int64N(5), 3)}
	n := 1 + r.IntN(8)
	bound := func(chance int) Bound {
		if r.IntN(4) >= chance {
			return Bound{}
		}
		return At(rational.NewRat(r.Int64N(5)-2, 1+r.Int64N(2)))
	}
	for range n {
		v := Variable{Lower: bound(3), Upper: bound(2)}
		if r.IntN(3) > 0 {
			v.Cost = rational.NewRat(r.Int64N(7)-3, 1+r.Int64N(2))
		}
		if crossed(v.Lower, v.Upper) {
			v.Lower, v.Upper = v.Upper, v.Lower
		}
		p.AddVariable(v)
	}
	for range r.IntN(8) {
		row := Row{Lower: bound(2), Upper: bound(2)}
		if crossed(row.Lower, row.Upper) {
			row.Lower, row.Upper = row.Upper, row.Lower
		}
		if r.IntN(4) == 0 {
			row.Upper = row.Lower
		}
		for range r.IntN(4) {
			row.Terms = append(row.Terms, Term{r.IntN(n), rational.NewRat(r.Int64N(5)-2, 1+r.Int64N(2))})
		}
		p.AddRow(row)
	}
	return p
}

// What the presolve takes out and puts back gives the verdict and the value of the dense
// method, a witness that holds (which Solve checks), and at an optimum the basis of the
// witness: nothing is left to do from there.
func TestPresolve(t *testing.T) {
	r := rand.New(rand.NewPCG(59, 1))
	ctx := context.Background()
	verdicts, kinds := map[Verdict]int{}, map[takenKind]int{}
	for trial := range 6000 {
		p := reducible(r)
		want := solveWith(t, p, Options{Method: Dense})
		got := solveWith(t, p, Options{Method: Sparse})
		if got.Verdict != want.Verdict || !got.Value.Equal(want.Value) {
			t.Fatalf("trial %d: %v %v, want %v %v", trial, got.Verdict, got.Value, want.Verdict, want.Value)
		}
		s, err := newPresolve(ctx, p)
		if err != nil {
			t.Fatal(err)
		}
		if s.reduced() == nil {
			continue
		}
		verdicts[got.Verdict]++
		for _, u := range s.undo {
			kinds[u.kind]++
		}
		if err := isBasis(p, got.Basis); err != nil {
			t.Fatalf("trial %d: %v: %v", trial, got.Verdict, err)
		}
		if got.Verdict != Optimal {
			continue
		}
		again := solveWith(t, p, Options{Start: got.Basis})
		if !slices.Equal(again.Basis.Variables, got.Basis.Variables) || !slices.Equal(again.Basis.Rows, got.Basis.Rows) {
			t.Fatalf("trial %d: %v is not the basis of an optimum, but %v", trial, got.Basis, again.Basis)
		}
		for j := range again.Primal {
			if !again.Primal[j].Equal(got.Primal[j]) || !again.Reduced[j].Equal(got.Reduced[j]) {
				t.Fatalf("trial %d: variable %d is %v (%v), by the basis %v (%v)", trial, j,
					got.Primal[j], got.Reduced[j], again.Primal[j], again.Reduced[j])
			}
		}
	}
	for _, v := range []Verdict{Optimal, Infeasible, Unbounded} {
		if verdicts[v] < 100 {
			t.Errorf("%d are %v", verdicts[v], v)
		}
	}
	for k := rowHolds; k <= rowMerges; k++ {
		if kinds[k] < 100 {
			t.Errorf("%d steps of kind %d", kinds[k], k)
		}
	}
}

// isBasis reports what keeps b from being a basis of p: as many must be basic as there are rows, and
// the others rest on bounds that they have.
func isBasis(p *Problem, b *Basis) error {
	basics := 0
	at := func(s Status, lower, upper Bound) error {
		switch {
		case s == Basic:
			basics++
		case s == AtLower && !lower.Finite, s == AtUpper && !upper.Finite, s == AtZero && (lower.Finite || upper.Finite):
			return fmt.Errorf("status %d between %v and %v", s, lower, upper)
		}
		return nil
	}
	for j, v := range p.Variables {
		if err := at(b.Variables[j], v.Lower, v.Upper); err != nil {
			return fmt.Errorf("variable %d: %w", j, err)
		}
	}
	for i, row := range p.Rows {
		if err := at(b.Rows[i], row.Lower, row.Upper); err != nil {
			return fmt.Errorf("row %d: %w", i, err)
		}
	}
	if basics != len(p.Rows) {
		return fmt.Errorf("%d basic of %d rows", basics, len(p.Rows))
	}
	return nil
}

// A chain of rows, each a bound once the one before it is, leaves nothing.
func TestPresolveTakesChainsOut(t *testing.T) {
	b := NewBuilder(Maximise)
	before := b.Var("")
	b.Equal("", 3, Times(2, before))
	for range 40 {
		x := b.Var("")
		b.Equal("", 1, Times(3, x), Times(-2, before))
		before = x
	}
	b.Objective(Times(1, before))
	p, err := b.Problem()
	if err != nil {
		t.Fatal(err)
	}
	s, err := newPresolve(context.Background(), p)
	if err != nil || len(s.reduced().Variables) > 0 || len(s.reduced().Rows) > 0 {
		t.Errorf("%d variables and %d rows remain (%v)", len(s.reduced().Variables), len(s.reduced().Rows), err)
	}
	if got, want := solveWith(t, p, Options{Method: Sparse}), solveWith(t, p, Options{Whole: true}); !got.Value.Equal(want.Value) {
		t.Errorf("%v, want %v", got.Value, want.Value)
	}
}

// chained returns a chain of which every link fixes the next variable, by a row or by a cost
// that leaves it at its bound, with budgets over all of them.
func chained(links, budgets int, equations bool) *Problem {
	b := NewBuilder(Minimise)
	var all []Part
	most := 1_000_000
	if equations {
		most = 1 // nothing but this fixes a chain of equations
	}
	before := b.Between("", 1, most)
	for i := range links {
		all = append(all, Times(1+i%5, before))
		x := b.Between("", 0, 1_000_000)
		upper := any(nil)
		if equations {
			upper = i % 3
		}
		b.Range("", i%3, upper, Times(1, x), Times(-1, before))
		before = x
	}
	for range budgets {
		b.AtMost("", 1_000_000_000, all...)
	}
	b.Objective(Times(1, before))
	b.Objective(all...)
	p, err := b.Problem()
	if err != nil {
		panic(err)
	}
	return p
}

// Budgets over a chain are looked at a few times, not once for each of its links.
func TestPresolveIsLinearOnChains(t *testing.T) {
	for _, equations := range []bool{false, true} {
		p := chained(2000, 10, equations)
		terms := len(p.Variables) + len(p.Rows)
		for _, row := range p.Rows {
			terms += len(row.Terms)
		}
		s, err := newPresolve(context.Background(), p)
		if err != nil {
			t.Fatal(err)
		}
		if q := s.reduced(); q == nil || len(q.Rows) > 0 || len(q.Variables) > 0 {
			t.Errorf("equations %v: the chain is not out", equations)
		}
		if looks := maxLooks*terms - s.work; looks > 4*terms {
			t.Errorf("equations %v: %d looks at %d terms", equations, looks, terms)
		}
	}
}

// startPresolveOf is startPresolve where rows of more terms than short are long.
func startPresolveOf(p *Problem, short int) *presolve {
	s := startPresolve(p)
	s.short, s.todo, s.later = short, nil, nil
	for i := range s.queued {
		s.queued[i] = nowhere
		s.queue(i)
	}
	return s
}

// A presolve that has no more looks leaves a problem of the same optimum, and so does one for which
// all rows are long, or those of three terms.
func TestPresolveEndsEarly(t *testing.T) {
	r := rand.New(rand.NewPCG(59, 2))
	ctx := context.Background()
	for trial := range 3000 {
		p := reducible(r)
		if _, crossed := findConflict(p); crossed {
			continue
		}
		var s *presolve
		if s = startPresolveOf(p, r.IntN(3)); trial%2 == 0 {
			s.work = r.IntN(20)
		}
		if err := s.look(ctx); err != nil {
			t.Fatal(err)
		}
		q := s.reduced()
		if q == nil {
			continue
		}
		want, part := solveWith(t, p, Options{Method: Dense}), solveWith(t, q, Options{Method: Dense})
		if part.Conflict.In != NoConflict {
			if want.Verdict != Infeasible {
				t.Fatalf("trial %d: crossed bounds, want %v", trial, want.Verdict)
			}
			continue
		}
		got, err := p.mustVerify(ctx, s.restore(part))
		if err != nil || got.Verdict != want.Verdict || !got.Value.Equal(want.Value) {
			t.Fatalf("trial %d: %v %v, want %v %v (%v)", trial, got.Verdict, got.Value, want.Verdict, want.Value, err)
		}
	}
}
