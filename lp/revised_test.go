package lp

import (
	"context"
	"math/rand/v2"
	"testing"

	"pstar/lp/internal/equations"
	"pstar/lp/internal/guess"
	"pstar/rational"
)

// Exact pivots alone, from the logical basis, must reach every verdict: they are what
// remains when no guess helps.
func TestExactPivotsAgreeWithMinimalFaces(t *testing.T) {
	r := rand.New(rand.NewPCG(21, 1))
	pivots := 0
	for trial := range 1000 {
		c := randomInstance(r, trial%2 == 0)
		if _, crossed := findConflict(c.problem); crossed {
			continue
		}
		verdict, value := c.answer()
		s := newRevised(formOf(c.problem))
		got, err := s.exactPivots(context.Background())
		if err != nil {
			t.Fatal(err)
		}
		if got.Verdict != verdict || !got.Value.Equal(value) {
			t.Fatalf("trial %d: %v %v, oracle %v %v\n%+v", trial, got.Verdict, got.Value, verdict, value, c.problem)
		}
		pivots += s.pivots
	}
	if pivots < 250 {
		t.Fatalf("only %d pivots", pivots)
	}
}

// Bland's rule in exact pivots: the cycling examples, with the rule from the start.
func TestExactPivotsUnderBland(t *testing.T) {
	r := rand.New(rand.NewPCG(21, 2))
	for range 200 {
		p := randomInstance(r, true).problem
		if _, crossed := findConflict(p); crossed {
			continue
		}
		s := newRevised(formOf(p))
		d := s.reduced(make([]equations.Fraction, len(s.equations)), s.trueCost)
		s.stalled = stallLimit + 1
		q := s.price(d)
		for j, v := range d.num {
			if s.improves(j, v) != 0 && (q < 0 || int32(j) < q) {
				t.Fatalf("variable %d enters, %d could", q, j)
			}
		}
	}
}

// Of several variables that block a move at once the one of least index leaves, which
// Bland's rule needs; recomputed by moving the point.
func TestExactPivotsLeaveByLeastIndex(t *testing.T) {
	r := rand.New(rand.NewPCG(21, 4))
	ctx, ties := context.Background(), 0
	for range 600 {
		s := newRevised(formOf(mediumProblem(r, 4, 5)))
		for i := range s.equations { // many values out of bounds by the same
			s.lower[s.columns+i], s.upper[s.columns+i] = Bound{}, At(rational.Rat{})
		}
		s.factorExact(false)
		x, err := s.values(ctx)
		if err != nil {
			t.Fatal(err)
		}
		outside, _ := s.sides(x)
		for q := range int32(s.columns) {
			col, err := s.tableauColumn(ctx, q)
			if err != nil {
				t.Fatal(err)
			}
			m := exactMove{entering: q, direction: 1, row: nothing}
			s.limitMove(&m, x, col, outside)
			if m.row < 0 {
				continue
			}
			for p, j := range s.at.Head {
				to := x[p].Rat().Sub(col[p].Rat().Mul(m.length))
				rising := col[p].Num.Sign() < 0
				if outside[p] != 0 || p == m.row || !rising || !s.upper[j].Finite || !to.Equal(s.upper[j].Value) {
					continue
				}
				if ties++; j < s.at.Head[m.row] {
					t.Fatalf("variable %d leaves, %d could", s.at.Head[m.row], j)
				}
			}
		}
	}
	if ties < 10 {
		t.Errorf("only %d ties", ties)
	}
}

// A row of the tableau refutes a problem on whichever side of its bounds the value is.
func TestFarkasOnBothSides(t *testing.T) {
	one := rational.NewRat(1, 1)
	for _, row := range []Row{{Upper: At(one.Neg())}, {Lower: At(rational.NewRat(3, 1))}} {
		p := &Problem{}
		x := p.AddVariable(Variable{Lower: At(rational.Rat{}), Upper: At(one)})
		row.Terms = []Term{{x, one}}
		p.AddRow(row)
		s := newRevised(formOf(p))
		s.factorExact(false)
		if r, err := s.farkas(context.Background(), guess.Belief{}); err != nil || r == nil || r.Verdict != Infeasible {
			t.Errorf("%v <= x <= %v: %v %v", row.Lower, row.Upper, r, err)
		}
	}
}

// A guess that is as wrong as can be must not harm the answer.
func TestWrongGuesses(t *testing.T) {
	r := rand.New(rand.NewPCG(21, 3))
	for trial := range 300 {
		c := randomInstance(r, trial%2 == 0)
		if _, crossed := findConflict(c.problem); crossed {
			continue
		}
		verdict, value := c.answer()
		s := newRevised(formOf(c.problem))
		s.scramble(r)
		for _, b := range []guess.Belief{{Outcome: guess.Optimal}, {Outcome: guess.Unbounded, Entering: int32(r.IntN(len(s.lower)))}, {Outcome: guess.Infeasible}} {
			if b.Outcome == guess.Infeasible && len(s.equations) == 0 {
				continue
			}
			got, _, err := s.confirm(context.Background(), b)
			if err != nil {
				t.Fatal(err)
			}
			if got != nil && (got.Verdict != verdict || !got.Value.Equal(value)) {
				t.Fatalf("confirmed %v %v, oracle %v %v", got.Verdict, got.Value, verdict, value)
			}
		}
		got, err := s.exactPivots(context.Background())
		if err != nil || got.Verdict != verdict || !got.Value.Equal(value) {
			t.Fatalf("trial %d: %v %v, oracle %v %v", trial, err, got, verdict, value)
		}
	}
}

// scramble puts a random set of variables into the basis, regular or not.
func (r *revised) scramble(rnd *rand.Rand) {
	order := rnd.Perm(len(r.lower))
	for k, j := range order {
		if k < len(r.at.Head) {
			r.at.Head[k], r.at.Where[j] = int32(j), guess.InBasis
			continue
		}
		r.at.Where[j] = rest(r.lower[j], r.upper[j])
		if r.at.Where[j] == guess.AtLower && r.upper[j].Finite && rnd.IntN(2) == 0 {
			r.at.Where[j] = guess.AtUpper
		}
	}
}

// decimalProblem is feasible and bounded, with m rows, n variables and numbers of six
// decimals over several magnitudes.
func decimalProblem(r *rand.Rand, m, n, perColumn int) *Problem {
	number := func(scale int64) rational.Rat { return rational.NewRat(r.Int64N(scale)-scale/4, 1000003) }
	p := &Problem{Rows: make([]Row, m)}
	at := make([]rational.Rat, m)
	for j := range n {
		v := Variable{Cost: number(9_000_000).Abs(), Lower: At(rational.Rat{})}
		var x rational.Rat
		if r.IntN(3) == 0 {
			x = number(10_000_000).Abs()
			v.Upper = At(rational.NewRat(10, 1))
		}
		p.AddVariable(v)
		for range perColumn {
			i, c := r.IntN(m), number(100_000_000)
			p.Rows[i].Terms = append(p.Rows[i].Terms, Term{j, c})
			at[i] = at[i].Add(c.Mul(x))
		}
	}
	for i := range p.Rows {
		row := &p.Rows[i]
		switch r.IntN(3) {
		case 0:
			row.Lower, row.Upper = At(at[i]), At(at[i])
		case 1:
			row.Upper = At(at[i].Add(number(1_000_000).Abs()))
		case 2:
			row.Lower = At(at[i].Sub(number(1_000_000).Abs()))
		}
	}
	return p
}

func TestSparseOnDecimals(t *testing.T) {
	r := rand.New(rand.NewPCG(22, 1))
	for _, size := range [][3]int{{10, 20, 3}, {20, 60, 4}, {60, 200, 4}} {
		p := decimalProblem(r, size[0], size[1], size[2])
		if got := solveWith(t, p, Options{Method: Sparse, Whole: true}); got.Verdict != Optimal {
			t.Errorf("%v: %v", size, got.Verdict)
		}
	}
}

// Rows and columns scaled by powers of ten up to 10^±30: beyond what float64 can solve
// as it stands, and yet the same problem.
func TestSparseOnBadScaling(t *testing.T) {
	r := rand.New(rand.NewPCG(22, 2))
	ten := func() rational.Rat { return rational.NewRat(10, 1).Pow(r.IntN(61) - 30) }
	for range 60 {
		p := mediumProblem(r, 2+r.IntN(6), 2+r.IntN(6))
		want := solve(t, p, LargestCoefficient)
		scaled := &Problem{Sense: p.Sense}
		columns := make([]rational.Rat, len(p.Variables))
		for j, v := range p.Variables {
			columns[j] = ten()
			scaled.AddVariable(Variable{Cost: v.Cost.Mul(columns[j]), Lower: v.Lower.times(columns[j].Inv()), Upper: v.Upper.times(columns[j].Inv())})
		}
		for _, row := range p.Rows {
			factor := ten()
			copied := Row{Lower: row.Lower.times(factor), Upper: row.Upper.times(factor)}
			for _, term := range row.Terms {
				copied.Terms = append(copied.Terms, Term{term.Variable, term.Coefficient.Mul(factor).Mul(columns[term.Variable])})
			}
			scaled.AddRow(copied)
		}
		got := solveWith(t, scaled, Options{Method: Sparse, Whole: true})
		if got.Verdict != want.Verdict || !got.Value.Equal(want.Value) {
			t.Fatalf("%v %v, unscaled %v %v", got.Verdict, got.Value, want.Verdict, want.Value)
		}
	}
}

// The optimum turns on a difference that float64 does not see.
func TestSparseSeesTinyDifferences(t *testing.T) {
	small := rational.NewRat(10, 1).Pow(-40)
	one := rational.NewRat(1, 1)
	p := &Problem{Sense: Maximise, Variables: []Variable{
		{Cost: one, Lower: At(rational.Rat{})},
		{Cost: one.Add(small), Lower: At(rational.Rat{})},
		{Cost: one.Sub(small), Lower: At(rational.Rat{})},
	}}
	p.AddRow(Row{Terms: []Term{{0, one}, {1, one}, {2, one}}, Upper: At(one)})
	p.AddRow(Row{Terms: []Term{{0, one}, {1, one.Sub(small)}}, Lower: At(one.Sub(small))})
	if got := solveWith(t, p, Options{Method: Sparse, Whole: true}); !got.Value.Equal(one.Add(small)) {
		t.Errorf("value %v", got.Value)
	}
	p.Rows[0].Upper = At(one.Sub(small).Sub(small))
	if got := solveWith(t, p, Options{Method: Sparse, Whole: true}); got.Verdict != Infeasible {
		t.Errorf("%v", got.Verdict)
	}
}

// The program of a cell by the general and by both transport methods.
func TestMDT1_GeneralAndTransportSolvers(t *testing.T) {
	for _, size := range [][2]int{{2, 8}, {3, 8}, {4, 8}} {
		c := newCell(rand.New(rand.NewPCG(9, 9)), size[0], size[1])
		got := solveWith(t, c.importance(), Options{Method: Sparse, Whole: true})
		if want := c.closedForm(); !got.Value.Equal(want) {
			t.Errorf("cell %v: %v, closed form %v", size, got.Value, want)
		}
	}
}

// A coefficient that the first primes divide makes matrices look singular that are not.
func TestCoefficientsDivisibleByThePrimes(t *testing.T) {
	big := rational.NewInt(1)
	for p, k := equations.FirstPrime, 0; k < 6; p, k = equations.PrimeBelow(p), k+1 {
		big = big.Mul(rational.NewInt(int64(p)))
	}
	one := rational.NewRat(1, 1)
	for _, sense := range []Sense{Minimise, Maximise} {
		p := &Problem{Sense: sense}
		x := p.AddVariable(Variable{Cost: one, Lower: At(rational.Rat{})})
		y := p.AddVariable(Variable{Cost: one, Lower: At(rational.Rat{}), Upper: At(one)})
		p.AddRow(Row{Terms: []Term{{x, rational.RatFromInt(big)}, {y, one}}, Lower: At(one), Upper: At(rational.NewRat(2, 1))})
		p.AddRow(Row{Terms: []Term{{x, rational.RatFromInt(big)}, {y, rational.NewRat(-3, 1)}}, Lower: At(rational.NewRat(-2, 1))})
		want := solve(t, p, LargestCoefficient).Value
		if got := solveWith(t, p, Options{Method: Sparse, Whole: true}); !got.Value.Equal(want) {
			t.Errorf("%v, want %v", got.Value, want)
		}
		got, err := newRevised(formOf(p)).exactPivots(context.Background())
		if err != nil || !got.Value.Equal(want) {
			t.Errorf("exact pivots: %v %v, want %v", err, got, want)
		}
	}
}

// formOf is newForm without end.
func formOf(p *Problem) *form {
	f, _ := newForm(context.Background(), p)
	return f
}
