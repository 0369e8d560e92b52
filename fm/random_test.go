package fm

import (
	"context"
	"errors"
	"math/rand/v2"
	"slices"
	"testing"

	"pstar/lp"
	"pstar/rational"
)

// randomSystem makes small systems of every kind: bounded or not, infeasible,
// with equations, strict rows, redundant and repeated rows, and rows without
// variables.
func randomSystem(rng *rand.Rand) (*System, []int) {
	n, m := 2+rng.IntN(4), 2+rng.IntN(9)
	s := &System{Variables: []string{"x1", "x2", "x3", "x4", "x5", "x6"}[:n]}
	bounded, strict, equations := rng.IntN(2) == 0, rng.IntN(3), rng.IntN(3)
	for range m {
		r := Row{Relation: AtLeast, Constant: rational.NewRat(int64(rng.IntN(9)-5), int64(1+rng.IntN(2)))}
		for range n {
			x := int64(0)
			if rng.IntN(3) > 0 {
				x = int64(rng.IntN(7) - 3)
			}
			r.Coefficients = append(r.Coefficients, rational.NewRat(x, 1))
		}
		switch rng.IntN(8) {
		case 0, 1:
			r.Relation = AtMost
		case 2:
			if strict > 0 {
				r.Relation = Above
			}
		case 3:
			if strict > 1 {
				r.Relation = Below
			}
		case 4:
			if equations > 0 {
				r.Relation = Equal
			}
		}
		s.Rows = append(s.Rows, r)
		if rng.IntN(6) == 0 { // a weaker copy
			r.Coefficients = r.Coefficients.Scale(rational.NewRat(2, 1))
			r.Constant = r.Constant.Add(r.Constant).Sub(rational.NewRat(int64(rng.IntN(2)), 1))
			if r.Relation == AtLeast || r.Relation == Above {
				s.Rows = append(s.Rows, r)
			}
		}
		if rng.IntN(12) == 0 && r.Relation == AtLeast { // an implicit equation
			r.Relation = AtMost
			s.Rows = append(s.Rows, r)
		}
	}
	for j := range n {
		if bounded {
			for _, relation := range []Relation{AtLeast, AtMost} {
				r := Row{Relation: relation, Coefficients: make(rational.RatVector, n), Constant: rational.NewRat(-4, 1)}
				if relation == AtMost {
					r.Constant = rational.NewRat(5, 1)
				}
				r.Coefficients[j] = rational.NewRat(1, 1)
				s.Rows = append(s.Rows, r)
			}
		}
	}
	return s, rng.Perm(n)[:1+rng.IntN(n)]
}

// feasible decides by an exact linear program, independent of the elimination,
// whether the rows have a solution with the given variables fixed: strict rows
// hold with a gap s, which is maximised.
func feasible(t testing.TB, s *System, rows []Row, fixed map[int]rational.Rat) bool {
	one := rational.NewRat(1, 1)
	p := &lp.Problem{Sense: lp.Maximise}
	for j := range s.Variables {
		v := lp.Variable{}
		if x, ok := fixed[j]; ok {
			v.Lower, v.Upper = lp.At(x), lp.At(x)
		}
		p.AddVariable(v)
	}
	gap := p.AddVariable(lp.Variable{Cost: one, Lower: lp.At(one.Neg()), Upper: lp.At(one)})
	for _, r := range rows {
		var terms []lp.Term
		for j, x := range r.Coefficients {
			terms = append(terms, lp.Term{Variable: j, Coefficient: x})
		}
		row := lp.Row{}
		if r.Relation != AtMost && r.Relation != Below {
			row.Lower = lp.At(r.Constant)
		}
		if r.Relation == AtMost || r.Relation == Below || r.Relation == Equal {
			row.Upper = lp.At(r.Constant)
		}
		switch r.Relation {
		case Above:
			terms = append(terms, lp.Term{Variable: gap, Coefficient: one.Neg()})
		case Below:
			terms = append(terms, lp.Term{Variable: gap, Coefficient: one})
		}
		row.Terms = terms
		p.AddRow(row)
	}
	result, err := lp.Solve(context.Background(), p, lp.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return result.Verdict == lp.Optimal && result.Value.Sign() > 0
}

// checkProjection compares a result with the system at random points, by linear
// programs, lifts points, and checks that no row can be left out.
func checkProjection(t *testing.T, rng *rand.Rand, s *System, eliminate []int, r *Result, level Level) {
	t.Helper()
	if err := r.Verify(context.Background()); err != nil {
		t.Fatal(err)
	}
	if (r.Verdict == Projected) != feasible(t, s, s.Rows, nil) {
		if r.Verdict == Infeasible || level == Minimal {
			t.Fatalf("verdict %v", r.Verdict)
		}
	}
	if r.Verdict != Projected {
		return
	}
	var rows []Row
	for _, o := range r.Rows {
		rows = append(rows, o.Row)
	}
	for range 12 {
		x := make(rational.RatVector, len(s.Variables))
		fixed := make(map[int]rational.Rat)
		for j := range x {
			x[j] = rational.NewRat(int64(rng.IntN(25)-12), int64(1+rng.IntN(4)))
			fixed[j] = x[j]
		}
		for _, v := range eliminate {
			delete(fixed, v)
		}
		inside := true
		for _, row := range rows {
			inside = inside && row.Holds(x, nil)
		}
		lifted, ok := r.Lift(x, nil)
		if want := feasible(t, s, s.Rows, fixed); inside != want || ok != want {
			t.Fatalf("point %v: in the projection %v, lifted %v, by linear program %v", x, inside, ok, want)
		}
		if ok {
			for i, row := range s.Rows {
				if !row.Holds(lifted, nil) {
					t.Fatalf("lifted point %v fails row %d", lifted, i)
				}
			}
		}
	}
	if level == Minimal {
		checkMinimal(t, s, rows)
		for i, o := range r.Rows {
			if o.Relation != Equal && o.Needed == nil {
				t.Fatalf("row %d has no point that shows it is needed", i)
			}
		}
	}
}

// checkMinimal checks that every row is violated by some point at which the
// others hold.
func checkMinimal(t *testing.T, s *System, rows []Row) {
	t.Helper()
	opposite := map[Relation][]Relation{AtLeast: {Below}, Above: {AtMost}, Equal: {Below, Above}}
	for i, row := range rows {
		needed := false
		for _, relation := range opposite[row.Relation] {
			others := append([]Row(nil), rows...)
			others[i].Relation = relation
			needed = needed || feasible(t, s, others, nil)
		}
		if !needed {
			t.Fatalf("row %d of %d is redundant: %v", i, len(rows), rows)
		}
	}
}

func TestRandomSystems(t *testing.T) {
	count := 400
	verdicts, kinds := make(map[Verdict]int), make(map[string]int)
	implicit := 0
	for seed := range uint64(count) {
		rng := rand.New(rand.NewPCG(seed, 7))
		s, eliminate := randomSystem(rng)
		for _, level := range []Level{Minimal, Syntactic, History, Everything} {
			if level > Syntactic && (len(eliminate) > 2 || len(s.Rows) > 10) {
				continue // grows too fast
			}
			o := Options{Level: level, InOrder: seed%2 == 0, Witnesses: level == Minimal}
			r, err := Eliminate(context.Background(), s, eliminate, o)
			if err != nil {
				t.Fatal(err)
			}
			verdicts[r.Verdict]++
			countKinds(t, kinds, s, r)
			if r.Vanishing != nil {
				implicit++
			}
			t.Logf("seed %d level %v", seed, level)
			checkProjection(t, rng, s, eliminate, r, level)
			if t.Failed() {
				return
			}
		}
	}
	if verdicts[Projected] < 200 || verdicts[Infeasible] < 100 || implicit < 20 {
		t.Errorf("the systems are too much alike: %v, %d with implicit equations", verdicts, implicit)
	}
	for _, kind := range []string{"strict", "equations", "redundant", "bounded", "unbounded", "strict result"} {
		if kinds[kind] < 30 {
			t.Errorf("only %d systems are of the kind %q", kinds[kind], kind)
		}
	}
}

// countKinds says what kind of system a feasible one is.
func countKinds(t *testing.T, kinds map[string]int, s *System, r *Result) {
	if r.Verdict != Projected {
		return
	}
	has := func(relation ...Relation) bool {
		return slices.ContainsFunc(s.Rows, func(r Row) bool { return slices.Contains(relation, r.Relation) })
	}
	dropped := slices.ContainsFunc(r.Steps, func(step Step) bool { return len(step.Dropped) > 0 })
	strict := slices.ContainsFunc(r.Rows, func(o Output) bool { return o.Relation == Above })
	bounded := true
	for j := range s.Variables { // no point far out
		for _, x := range []int64{-1000, 1000} {
			bounded = bounded && !feasible(t, s, s.Rows, map[int]rational.Rat{j: rational.NewRat(x, 1)})
		}
	}
	for kind, is := range map[string]bool{"strict": has(Above, Below), "equations": has(Equal), "redundant": dropped,
		"bounded": bounded, "unbounded": !bounded, "strict result": strict} {
		kinds[kind] += b2i(is)
	}
}

// A step over a variable that is kept proves nothing about the projection.
func TestVerifyRejectsAStepOverAKeptVariable(t *testing.T) {
	s := &System{Variables: []string{"x", "y"}}
	s.Rows = append(s.Rows,
		Row{Coefficients: rational.RatVector{rational.NewRat(1, 1), rational.NewRat(-1, 1)}, Relation: AtLeast},
		Row{Coefficients: rational.RatVector{{}, rational.NewRat(1, 1)}, Relation: AtLeast})
	r, err := Eliminate(context.Background(), s, []int{0}, Options{})
	if err != nil {
		t.Fatal(err)
	}
	if err := r.Verify(context.Background()); err != nil {
		t.Fatal(err)
	}
	r.Eliminate = []int{1}
	if r.Verify(context.Background()) == nil {
		t.Error("the elimination of x passes as one of y")
	}
}

// Every kind of elimination ends with its context.
func TestEliminateEndsWithContext(t *testing.T) {
	cause := errors.New("enough")
	ctx, cancel := context.WithCancelCause(context.Background())
	cancel(cause)
	for seed := range uint64(20) {
		s, eliminate := randomSystem(rand.New(rand.NewPCG(seed, 3)))
		if seed == 0 {
			s, eliminate = transport(2, 4)
		}
		for _, o := range []Options{{}, {Level: History}} {
			if r, err := Eliminate(ctx, s, eliminate, o); !errors.Is(err, cause) {
				t.Errorf("seed %d: %v, %v", seed, r, err)
			}
		}
		if seed == 0 {
			r, err := Eliminate(context.Background(), s, eliminate, Options{})
			if err != nil {
				t.Fatal(err)
			}
			if err := r.Verify(ctx); !errors.Is(err, cause) {
				t.Errorf("Verify: %v", err)
			}
		}
	}
}
