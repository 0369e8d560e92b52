package lp

import (
	"context"
	"math/rand/v2"
	"testing"

	"pstar/rational"
)

var methods = map[string]Options{
	"largest coefficient": {Method: Dense},
	"Bland":               {Method: Dense, Rule: Bland},
	"sparse":              {Method: Sparse},
	"whole":               {Method: Sparse, Whole: true},
}

// solve solves p by the dense method, see solveWith.
func solve(t testing.TB, p *Problem, rule Rule) *Result {
	t.Helper()
	return solveWith(t, p, Options{Method: Dense, Rule: rule})
}

// solveWith solves p, fails the test unless the witness holds, and returns the result.
func solveWith(t testing.TB, p *Problem, o Options) *Result {
	t.Helper()
	r, err := Solve(context.Background(), p, o)
	if err != nil {
		t.Fatal(err)
	}
	if err := p.Verify(r); err != nil {
		t.Fatalf("%v\nproblem %+v\nresult %+v", err, p, r)
	}
	return r
}

// Every class has the same share of 10 000 problems; the methods and rules take turns.
func TestSolveAgreesWithMinimalFaces(t *testing.T) {
	const share = 2500
	seen := map[string]int{"optimal": 0, "degenerate": 0, "infeasible": 0, "unbounded": 0}
	open := len(seen)
	r := rand.New(rand.NewPCG(2, 11))
	options := []Options{{Method: Sparse}, {Method: Dense}, {Method: Sparse, Whole: true}, {Method: Dense, Rule: Bland}}
	for trial := 0; open > 0; trial++ {
		c := randomInstance(r, trial%3 > 0)
		verdict, value := c.answer()
		if verdict != Optimal && seen[verdict.String()] == share {
			continue
		}
		got := solveWith(t, c.problem, options[trial%len(options)])
		if got.Verdict != verdict || !got.Value.Equal(value) {
			t.Fatalf("trial %d: %v %v, oracle %v %v\n%+v", trial, got.Verdict, got.Value, verdict, value, c.problem)
		}
		class := verdict.String()
		if verdict == Optimal && tightBounds(c.problem, got.Primal) > c.system.n {
			class = "degenerate"
		}
		if seen[class]++; seen[class] == share {
			open--
		}
	}
}

func TestRulesAgree(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 1))
	for range 100 {
		p := mediumProblem(r, 3+r.IntN(10), 3+r.IntN(10))
		a := solve(t, p, LargestCoefficient)
		for _, o := range []Options{{Method: Dense, Rule: Bland}, {Method: Sparse}, {Method: Sparse, Whole: true}} {
			if b := solveWith(t, p, o); a.Verdict != b.Verdict || !a.Value.Equal(b.Value) {
				t.Fatalf("%v %v, %+v: %v %v\n%+v", a.Verdict, a.Value, o, b.Verdict, b.Value, p)
			}
		}
	}
}

// mediumProblem has fractions, ranges and bounds of all kinds, without an oracle.
func mediumProblem(r *rand.Rand, n, m int) *Problem {
	p := &Problem{Sense: Sense(r.IntN(2))}
	number := func() rational.Rat { return rational.NewRat(r.Int64N(41)-20, 1+r.Int64N(9)) }
	bounds := func() (lower, upper Bound) {
		v := number()
		switch r.IntN(6) {
		case 0:
			return At(v), At(v)
		case 1:
			return At(v), Bound{}
		case 2:
			return Bound{}, At(v)
		}
		return At(v), At(v.Add(number().Abs()))
	}
	for range n {
		lower, upper := bounds()
		p.AddVariable(Variable{Cost: number(), Lower: lower, Upper: upper})
	}
	for range m {
		row := Row{}
		row.Lower, row.Upper = bounds()
		for j := range n {
			if r.IntN(2) == 0 {
				row.Terms = append(row.Terms, Term{j, number()})
			}
		}
		p.AddRow(row)
	}
	return p
}

// byRows builds: minimise or maximise cost·x, rows·x ≤ upper, x ≥ 0. Numbers are in
// the notation of rational.ParseRats.
func byRows(t testing.TB, sense Sense, cost string, upper string, rows ...string) *Problem {
	t.Helper()
	p := &Problem{Sense: sense}
	for _, c := range parse(t, cost) {
		p.AddVariable(Variable{Cost: c, Lower: At(rational.Rat{})})
	}
	limits := parse(t, upper)
	for i, text := range rows {
		row := Row{Upper: At(limits[i])}
		for j, c := range parse(t, text) {
			row.Terms = append(row.Terms, Term{j, c})
		}
		p.AddRow(row)
	}
	return p
}

func parse(t testing.TB, s string) []rational.Rat {
	t.Helper()
	v, err := rational.ParseRats(s)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// The simplex method with the largest coefficient and the first of tied rows cycles
// for ever on the first two. The third was found by search: without Bland's rule
// ours cycles on it.
func TestCyclingExamples(t *testing.T) {
	examples := []struct {
		name    string
		problem *Problem
		value   rational.Rat
	}{
		{"Beale 1955", byRows(t, Minimise, "-3/4,150,-1/50,6", "0,0,1",
			"1/4,-60,-1/25,9", "1/2,-90,-1/50,3", "0,0,1,0"), rational.NewRat(-1, 20)},
		{"Kuhn", byRows(t, Minimise, "-2,-3,1,12", "0,0,2",
			"-2,-9,1,9", "1/3,1,-1/3,-2", "2,3,-1,-12"), rational.NewRat(-2, 1)},
		{"smallest pivot", byRows(t, Minimise, "17,6,15,-3,14", "0,0,0",
			"-19,-10,16,1,-7", "-14,-7,5,7,9", "-17,-8,-2,9,18"), rational.Rat{}},
	}
	for _, e := range examples {
		for name, o := range methods {
			if r := solveWith(t, e.problem, o); r.Verdict != Optimal || !r.Value.Equal(e.value) {
				t.Errorf("%s, %s: %v %v, want %v", e.name, name, r.Verdict, r.Value, e.value)
			}
		}
	}
}

// The cube of V. Klee and G. J. Minty (1972): the largest coefficient visits all 2^n
// vertices of it.
func TestKleeMinty(t *testing.T) {
	const n = 7
	p := &Problem{Sense: Maximise}
	for j := range n {
		p.AddVariable(Variable{Cost: rational.NewRat(10, 1).Pow(n - 1 - j), Lower: At(rational.Rat{})})
	}
	for i := range n {
		row := Row{Upper: At(rational.NewRat(100, 1).Pow(i))}
		for j := range i {
			row.Terms = append(row.Terms, Term{j, rational.NewRat(2, 1).Mul(rational.NewRat(10, 1).Pow(i - j))})
		}
		row.Terms = append(row.Terms, Term{i, rational.NewRat(1, 1)})
		p.AddRow(row)
	}
	want := rational.NewRat(100, 1).Pow(n - 1)
	for name, o := range methods {
		r := solveWith(t, p, o)
		if !r.Value.Equal(want) {
			t.Errorf("%s: value %v, want %v", name, r.Value, want)
		}
		if name == "largest coefficient" && r.Pivots != 1<<n-1 {
			t.Errorf("%s: %d pivots, want %d", name, r.Pivots, 1<<n-1)
		}
	}
}

func TestAssignment(t *testing.T) {
	const n = 5
	r := rand.New(rand.NewPCG(5, 5))
	for range 40 {
		var cost [n][n]int64
		p := &Problem{}
		for i := range n {
			p.AddRow(Row{Lower: At(rational.NewRat(1, 1)), Upper: At(rational.NewRat(1, 1))})
			p.AddRow(Row{Lower: At(rational.NewRat(1, 1)), Upper: At(rational.NewRat(1, 1))})
			for j := range n {
				cost[i][j] = r.Int64N(10)
			}
		}
		for i := range n {
			for j := range n {
				v := p.AddVariable(Variable{Cost: rational.NewRat(cost[i][j], 1), Lower: At(rational.Rat{})})
				for _, k := range []int{2 * i, 2*j + 1} {
					p.Rows[k].Terms = append(p.Rows[k].Terms, Term{v, rational.NewRat(1, 1)})
				}
			}
		}
		best := int64(10 * n)
		var assign func(i int, used uint, sum int64)
		assign = func(i int, used uint, sum int64) {
			if i == n {
				best = min(best, sum)
				return
			}
			for j := range n {
				if used>>j&1 == 0 {
					assign(i+1, used|1<<j, sum+cost[i][j])
				}
			}
		}
		assign(0, 0, 0)
		for name, o := range methods {
			if got := solveWith(t, p, o); !got.Value.Equal(rational.NewRat(best, 1)) {
				t.Fatalf("%s: value %v, all assignments give %v", name, got.Value, best)
			}
		}
	}
}

func TestSolveEdgeCases(t *testing.T) {
	one, zero := rational.NewRat(1, 1), rational.Rat{}
	cases := []struct {
		name    string
		problem *Problem
		want    Verdict
		value   rational.Rat
	}{
		{"nothing at all", &Problem{Constant: one}, Optimal, one},
		{"no rows", &Problem{Variables: []Variable{{Cost: one, Lower: At(one)}}}, Optimal, one},
		{"free variable without cost", &Problem{Variables: []Variable{{}}}, Optimal, zero},
		{"free variable with cost", &Problem{Variables: []Variable{{Cost: one}}}, Unbounded, zero},
		{"empty row that holds", &Problem{Rows: []Row{{Lower: At(zero), Upper: At(one)}}}, Optimal, zero},
		{"empty row that does not", &Problem{Rows: []Row{{Lower: At(one)}}}, Infeasible, zero},
		{"crossed row", &Problem{Rows: []Row{{Lower: At(one), Upper: At(zero)}}}, Infeasible, zero},
		{"crossed variable", &Problem{Variables: []Variable{{Lower: At(one), Upper: At(zero)}}}, Infeasible, zero},
		{"terms that cancel", &Problem{Variables: []Variable{{}},
			Rows: []Row{{Lower: At(one), Terms: []Term{{0, one}, {0, one.Neg()}}}}}, Infeasible, zero},
		{"flip to the upper bound", &Problem{Sense: Maximise,
			Variables: []Variable{{Cost: one, Lower: At(zero), Upper: At(one)}}}, Optimal, one},
	}
	for _, c := range cases {
		for name, o := range methods {
			r := solveWith(t, c.problem, o)
			if r.Verdict != c.want || !r.Value.Equal(c.value) {
				t.Errorf("%s, %s: %v %v, want %v %v", c.name, name, r.Verdict, r.Value, c.want, c.value)
			}
		}
	}
}

// Denominators beyond the limit on the common unit.
func TestSolveManyDenominators(t *testing.T) {
	p := &Problem{Sense: Maximise}
	row := Row{Upper: At(rational.NewRat(10, 1))}
	var want rational.Rat
	for j := range 400 {
		v := rational.NewRat(1, int64(3*j+1))
		want = want.Add(v)
		p.AddVariable(Variable{Cost: rational.NewRat(1, 1), Lower: At(rational.Rat{}), Upper: At(v)})
		row.Terms = append(row.Terms, Term{j, rational.NewRat(1, 1)})
	}
	p.AddRow(row)
	for name, o := range methods {
		if r := solveWith(t, p, o); !r.Value.Equal(want) {
			t.Errorf("%s: value %v, want %v", name, r.Value, want)
		}
	}
}

func TestSolveMalformed(t *testing.T) {
	one := rational.NewRat(1, 1)
	for name, p := range map[string]*Problem{
		"unknown sense":        {Sense: 7},
		"variable beyond end":  {Rows: []Row{{Terms: []Term{{0, one}}}}},
		"variable below begin": {Variables: []Variable{{}}, Rows: []Row{{Terms: []Term{{-1, one}}}}},
	} {
		if _, err := Solve(context.Background(), p, Options{}); err == nil {
			t.Errorf("%s: no error", name)
		}
		if err := p.Verify(&Result{Verdict: Optimal}); err == nil {
			t.Errorf("%s: verified", name)
		}
	}
}

func TestEndedContext(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	one := rational.NewRat(1, 1)
	p := &Problem{Variables: []Variable{{Cost: one, Lower: At(one)}}}
	for name, o := range methods {
		if _, err := Solve(ctx, p, o); err != context.Canceled {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// Options that name no method or rule are refused, whatever the problem is.
func TestUnknownOptions(t *testing.T) {
	for want, o := range map[string]Options{
		"lp: unknown method 99": {Method: 99}, "lp: unknown method -1": {Method: -1},
		"lp: unknown rule 99": {Rule: 99}, "lp: unknown rule -1": {Method: Dense, Rule: -1},
	} {
		if r, err := Solve(context.Background(), &Problem{}, o); r != nil || err == nil || err.Error() != want {
			t.Errorf("%v, %v; want the error %s", r, err, want)
		}
	}
}
