package lp

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"pstar/lp/internal/presolve"
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

// structured draws a program for the naive oracle in which every reduction finds something: rows that are empty, of one
// variable, equations of two, rows twice, variables that are fixed, that occur nowhere or that nothing holds.
func structured(r *rand.Rand) *instance {
	n := 1 + r.IntN(4)
	c := &instance{
		problem: &Problem{Sense: Sense(r.IntN(2)), Constant: rational.NewRat(r.Int64N(7)-3, 1+r.Int64N(3))},
		system:  &system{n: n},
	}
	centre := make([]int64, n)
	for j := range centre {
		centre[j] = r.Int64N(5) - 2
	}
	sign := int64(1)
	if c.problem.Sense == Maximise {
		sign = -1
	}
	tight := r.IntN(4) > 0
	for j := range n {
		unit := make([]int64, n)
		unit[j] = 1
		lower, upper := c.bounds(r, unit, centre, tight)
		cost := r.Int64N(5) - 2
		c.cost = append(c.cost, sign*cost)
		c.problem.AddVariable(Variable{Cost: rational.NewRat(cost, 1), Lower: lower, Upper: upper})
	}
	for range r.IntN(5) {
		a := make([]int64, n)
		// Twice as many rows of two variables as of any other number.
		for range []int{0, 1, 2, 2, 3}[r.IntN(5)] {
			a[r.IntN(n)] = r.Int64N(7) - 3
		}
		lower, upper := c.bounds(r, a, centre, tight)
		for range 1 + r.IntN(5)/4 {
			c.problem.AddRow(scaledRow(r, a, lower, upper))
		}
	}
	return c
}

// reductions are these alone and all together.
var reductions = []presolve.Kind{presolve.RowIsBound, presolve.RowHolds, presolve.RowForces, presolve.RowMerges, presolve.ColumnRests, allReductions}

const allReductions = presolve.RowIsBound | presolve.RowHolds | presolve.RowForces | presolve.RowMerges | presolve.ColumnRests

// reduce makes the reductions of some kinds.
func reduce(t testing.TB, p *Problem, kinds presolve.Kind, o presolve.Options) *presolve.Reduction {
	o.Without = allReductions &^ kinds
	s, err := presolve.Reduce(context.Background(), p.program(), o)
	if err != nil {
		t.Fatal(err)
	}
	if s.Steps(^kinds) > 0 {
		t.Fatalf("%d steps of kinds that are not %b", s.Steps(^kinds), kinds)
	}
	return s
}

// throughRest solves p by what s leaves of it. It returns nil if bounds of that are crossed, of which the methods make no
// multipliers.
func throughRest(t testing.TB, p *Problem, s *presolve.Reduction, o Options) *Result {
	t.Helper()
	part := solveWith(t, problemOf(s.Rest()), o)
	if part.Conflict.In != NoConflict {
		return nil
	}
	got := p.restored(s, part)
	if err := p.Verify(got); err != nil {
		t.Fatalf("%v\nproblem %+v\nrest %+v\nresult %+v\nwhole %+v", err, p, s.Rest(), part, got)
	}
	return got
}

// Each reduction alone and all together, with each method for the rest: verdict and value are those of the naive oracle and those of
// the same method without them, the witness holds, and the basis is one. go test ./lp -run Reduction -programs 20000 takes more programs.
func TestEachReduction(t *testing.T) {
	r := rand.New(rand.NewPCG(59, 3))
	type outcome struct {
		kind    presolve.Kind
		verdict Verdict
	}
	seen := map[outcome]int{}
	for trial := range 3 * *programs {
		c := structured(r)
		p := c.problem
		verdict, value := c.answer()
		kinds := reductions[trial%len(reductions)]
		method := []Method{Dense, Sparse}[trial/len(reductions)%2]
		s := reduce(t, p, kinds, presolve.Options{})
		whole := solveWith(t, p, Options{Method: method, Whole: true})
		if whole.Verdict != verdict || !whole.Value.Equal(value) {
			t.Fatalf("program %d, whole: %v %v, want %v %v", trial, whole.Verdict, whole.Value, verdict, value)
		}
		if whole.Conflict.In != NoConflict {
			continue
		}
		got := throughRest(t, p, s, Options{Method: method, Whole: true})
		if got == nil {
			t.Fatalf("program %d: the rest has crossed bounds", trial)
		}
		if got.Verdict != verdict || !got.Value.Equal(value) {
			t.Fatalf("program %d, kinds %b: %v %v, want %v %v", trial, kinds, got.Verdict, got.Value, verdict, value)
		}
		if err := isBasis(p, got.Basis); err != nil {
			t.Fatalf("program %d, kinds %b: %v: %v", trial, kinds, verdict, err)
		}
		if verdict == Optimal {
			isBasisOf(t, p, got)
		}
		for _, k := range reductions[:len(reductions)-1] {
			if s.Steps(k) > 0 {
				seen[outcome{k, verdict}]++
			}
		}
	}
	for _, k := range reductions[:len(reductions)-1] {
		for _, v := range []Verdict{Optimal, Infeasible, Unbounded} {
			if n := seen[outcome{k, v}]; n < *programs/250 {
				t.Errorf("%d programs with steps of kind %b are %v", n, k, v)
			}
		}
	}
}

// isBasisOf checks that the basis of an optimum is that of its witness: nothing is left to do from there.
func isBasisOf(t testing.TB, p *Problem, got *Result) {
	t.Helper()
	again := solveWith(t, p, Options{Start: got.Basis})
	if !slices.Equal(again.Basis.Variables, got.Basis.Variables) || !slices.Equal(again.Basis.Rows, got.Basis.Rows) {
		t.Fatalf("%v is not the basis of an optimum, but %v", got.Basis, again.Basis)
	}
	for j := range again.Primal {
		if !again.Primal[j].Equal(got.Primal[j]) || !again.Reduced[j].Equal(got.Reduced[j]) {
			t.Fatalf("variable %d is %v (%v), by the basis %v (%v)", j,
				got.Primal[j], got.Reduced[j], again.Primal[j], again.Reduced[j])
		}
	}
}

// What the presolve takes out and puts back gives the verdict and the value of the dense
// method, a witness that holds (which Solve checks), and at an optimum the basis of the
// witness.
func TestPresolve(t *testing.T) {
	r := rand.New(rand.NewPCG(59, 1))
	verdicts, kinds := map[Verdict]int{}, map[presolve.Kind]int{}
	for trial := range 6000 {
		p := reducible(r)
		want := solveWith(t, p, Options{Method: Dense})
		got := solveWith(t, p, Options{Method: Sparse})
		if got.Verdict != want.Verdict || !got.Value.Equal(want.Value) {
			t.Fatalf("trial %d: %v %v, want %v %v", trial, got.Verdict, got.Value, want.Verdict, want.Value)
		}
		s := reduce(t, p, allReductions, presolve.Options{})
		if !s.Worthwhile() {
			continue
		}
		verdicts[got.Verdict]++
		for _, k := range reductions[:len(reductions)-1] {
			kinds[k] += s.Steps(k)
		}
		if err := isBasis(p, got.Basis); err != nil {
			t.Fatalf("trial %d: %v: %v", trial, got.Verdict, err)
		}
		if got.Verdict == Optimal {
			isBasisOf(t, p, got)
		}
	}
	for _, v := range []Verdict{Optimal, Infeasible, Unbounded} {
		if verdicts[v] < 100 {
			t.Errorf("%d are %v", verdicts[v], v)
		}
	}
	for k, n := range kinds {
		if n < 100 {
			t.Errorf("%d steps of kind %b", n, k)
		}
	}
}

// isBasis reports what keeps b from being a basis of p: as many must be basic as there are rows, with
// independent columns, and the others rest on bounds that they have.
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
	if !independent(p, b) {
		return errors.New("the basic columns are dependent")
	}
	return nil
}

// independent reports whether the basic columns are, by elimination.
func independent(p *Problem, b *Basis) bool {
	columns := make([][]rational.Rat, len(p.Variables))
	for j := range columns {
		columns[j] = make([]rational.Rat, len(p.Rows))
	}
	var basic [][]rational.Rat
	for i, row := range p.Rows {
		for _, t := range row.Terms {
			columns[t.Variable][i] = columns[t.Variable][i].Add(t.Coefficient)
		}
		if b.Rows[i] == Basic {
			logical := make([]rational.Rat, len(p.Rows))
			logical[i] = rational.NewRat(1, 1)
			basic = append(basic, logical)
		}
	}
	for j, c := range columns {
		if b.Variables[j] == Basic {
			basic = append(basic, c)
		}
	}
	for k, c := range basic {
		i := slices.IndexFunc(c, func(v rational.Rat) bool { return !v.IsZero() })
		if i < 0 {
			return false
		}
		for _, d := range basic[k+1:] {
			f := d[i].Quo(c[i])
			for e := range d {
				d[e] = d[e].Sub(f.Mul(c[e]))
			}
		}
	}
	return true
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
	if rest := reduce(t, p, allReductions, presolve.Options{}).Rest(); len(rest.Cost) > 0 || len(rest.Rows) > 0 {
		t.Errorf("%d variables and %d rows remain", len(rest.Cost), len(rest.Rows))
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
		s := reduce(t, p, allReductions, presolve.Options{})
		if rest := s.Rest(); len(rest.Rows) > 0 || len(rest.Cost) > 0 {
			t.Errorf("equations %v: the chain is not out", equations)
		}
		if looks := presolve.MaxLooks*terms - s.Looks(); looks > 4*terms {
			t.Errorf("equations %v: %d looks at %d terms", equations, looks, terms)
		}
	}
}

// A presolve that has no more looks leaves a problem of the same optimum, and so does one for which
// all rows are long, or those of three terms.
func TestPresolveEndsEarly(t *testing.T) {
	r := rand.New(rand.NewPCG(59, 2))
	for trial := range 3000 {
		p := reducible(r)
		if _, crossed := findConflict(p); crossed {
			continue
		}
		o := presolve.Options{Short: r.IntN(3)}
		if o.Short == 0 {
			o.Short = -1
		}
		if trial%2 == 0 {
			o.Looks = 1 + r.IntN(20)
		}
		want, got := solveWith(t, p, Options{Method: Dense}), throughRest(t, p, reduce(t, p, allReductions, o), Options{Method: Dense})
		if got == nil {
			t.Fatalf("trial %d: the rest has crossed bounds", trial)
		}
		if got.Verdict != want.Verdict || !got.Value.Equal(want.Value) {
			t.Fatalf("trial %d: %v %v, want %v %v", trial, got.Verdict, got.Value, want.Verdict, want.Value)
		}
	}
}
