package lp

import (
	"context"
	"fmt"
	"math/rand/v2"
	"testing"

	"pstar/lp/internal/guess"
	"pstar/rational"
)

func parsed(t testing.TB, text string) rational.Rat {
	t.Helper()
	v, err := rational.ParseRat(text)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// noisyGame is a matrix game whose payoffs differ in the last three of so many digits.
func noisyGame(t testing.TB, r *rand.Rand, size, digits int) *Problem {
	zero, one := rational.Rat{}, rational.NewRat(1, 1)
	p := &Problem{Sense: Maximise}
	value := p.AddVariable(Variable{Name: "v", Cost: one})
	sum := Row{Lower: At(one), Upper: At(one)}
	for range size {
		sum.Terms = append(sum.Terms, Term{p.AddVariable(Variable{Lower: At(zero)}), one})
	}
	for range size {
		row := Row{Lower: At(zero), Terms: []Term{{value, one.Neg()}}}
		for j := 1; j <= size; j++ {
			row.Terms = append(row.Terms, Term{j, parsed(t, fmt.Sprintf("1.%0*d", digits, 1+r.IntN(200)))})
		}
		p.AddRow(row)
	}
	p.AddRow(sum)
	return p
}

// wideProgram has coefficients of very different sizes.
func wideProgram(t testing.TB, r *rand.Rand, rows, columns int) *Problem {
	number := func() rational.Rat { return parsed(t, fmt.Sprintf("%de%d", 1+r.IntN(999), r.IntN(41)-20)) }
	p := &Problem{Sense: Maximise}
	for range columns {
		p.AddVariable(Variable{Cost: number(), Lower: At(rational.Rat{})})
	}
	for i := range rows {
		p.AddRow(Row{Upper: At(number())})
		for j := range columns {
			if r.IntN(3) == 0 || j%rows == i {
				p.Rows[i].Terms = append(p.Rows[i].Terms, Term{j, number()})
			}
		}
	}
	return p
}

// Where float64 does not see the optimum, longer numbers do, and no exact pivots remain; for
// coefficients of any size they may.
func TestCarefulGuess(t *testing.T) {
	r := rand.New(rand.NewPCG(192, 1))
	for trial := range 30 {
		p := noisyGame(t, r, 8+trial%5, 22)
		if trial%2 == 1 {
			p = wideProgram(t, r, 8, 16)
		}
		want, err := Solve(context.Background(), p, Options{Method: Dense})
		if err != nil {
			t.Fatal(err)
		}
		s := newRevised(formOf(p))
		got, err := s.run(context.Background())
		if err != nil || got.Verdict != want.Verdict || !got.Value.Equal(want.Value) {
			t.Fatalf("trial %d: %v %v, want %v %v (%v)", trial, got.Verdict, got.Value, want.Verdict, want.Value, err)
		}
		if trial%2 == 0 && s.pivots > 0 {
			t.Errorf("trial %d: %d exact pivots in a game", trial, s.pivots)
		}
	}
}

// crossedWide has coefficients from 1e-12 to 999e12 of both signs, in rows of all kinds through or near to a
// point whose coordinates differ as much.
func crossedWide(t testing.TB, r *rand.Rand, rows, columns int) *Problem {
	size := func() rational.Rat { return parsed(t, fmt.Sprintf("%de%d", 1+r.IntN(999), r.IntN(25)-12)) }
	number := func() rational.Rat {
		v := size()
		if r.IntN(2) == 0 {
			return v.Neg()
		}
		return v
	}
	p := &Problem{}
	point := make([]rational.Rat, columns)
	for j := range columns {
		p.AddVariable(Variable{Cost: number(), Lower: At(rational.Rat{})})
		if r.IntN(3) == 0 {
			point[j] = size()
		}
	}
	for i := range rows {
		var row Row
		var at rational.Rat
		for j := range columns {
			if r.IntN(20) == 0 || j%rows == i {
				c := number()
				row.Terms = append(row.Terms, Term{j, c})
				at = at.Add(c.Mul(point[j]))
			}
		}
		switch r.IntN(3) {
		case 0:
			row.Upper = At(at.Add(size()))
		case 1:
			row.Lower = At(at.Sub(size()))
		default:
			row.Lower, row.Upper = At(at), At(at)
		}
		p.AddRow(row)
	}
	return p
}

// Variables that are smaller than others by a factor of 2^100 count as well. These programs took 611 steps, one of them
// exact, and 4411 when they did not.
func TestSmallVariablesCount(t *testing.T) {
	for _, seed := range []uint64{8, 13} {
		s := newRevised(formOf(crossedWide(t, rand.New(rand.NewPCG(71, seed)), 90, 110)))
		got, err := s.run(context.Background())
		if err != nil || got.Verdict != Optimal {
			t.Fatalf("seed %d: %v (%v)", seed, got.Verdict, err)
		}
		if s.pivots > 0 || got.Pivots > 500 {
			t.Errorf("seed %d: %d steps, %d of them exact", seed, got.Pivots, s.pivots)
		}
	}
}

// A program without points, in numbers of very different sizes, is refuted by the distances out of bounds that
// were made least: added up in the scale in which they were. In another scale the proof fails, and exact
// pivots follow.
func TestDistancesAreScaled(t *testing.T) {
	for _, c := range []struct {
		rows int
		seed uint64
	}{{30, 39}, {70, 28}, {70, 31}} {
		r := rand.New(rand.NewPCG(73, c.seed))
		p := crossedWide(t, r, c.rows, c.rows+4)
		// Sides that have nothing to do with any point.
		for i := range p.Rows {
			side := parsed(t, fmt.Sprintf("%de%d", r.IntN(1999)-999, r.IntN(25)-12))
			for _, b := range []*Bound{&p.Rows[i].Lower, &p.Rows[i].Upper} {
				if b.Finite {
					b.Value = side
				}
			}
		}
		s := newRevised(formOf(p))
		got, err := s.run(context.Background())
		if err != nil || got.Verdict != Infeasible {
			t.Fatalf("%d rows, seed %d: %v (%v)", c.rows, c.seed, got.Verdict, err)
		}
		if s.pivots > 0 {
			t.Errorf("%d rows, seed %d: %d exact pivots", c.rows, c.seed, s.pivots)
		}
		// And in the scale of a tableau, where one was used.
		s = newRevised(formOf(p))
		_, wrong, err := s.confirm(context.Background(), guess.Belief{})
		if err != nil {
			t.Fatal(err)
		}
		b, err := s.runTableau(context.Background(), wrong)
		if err != nil {
			t.Fatal(err)
		}
		if got, _, err = s.confirm(context.Background(), b); got == nil || got.Verdict != Infeasible {
			t.Errorf("%d rows, seed %d: a tableau refutes nothing (%v)", c.rows, c.seed, err)
		}
	}
}

// Nor do exact pivots remain where 192 bits do not see the optimum: whatever is asked of games whose payoffs
// agree in 60 digits or more.
func TestTableau(t *testing.T) {
	r := rand.New(rand.NewPCG(60, 2))
	steps := 0
	for trial := range 24 {
		digits := 60 + trial
		p := noisyGame(t, r, 8+trial%5, digits)
		want, err := Solve(context.Background(), p, Options{Method: Dense})
		if err != nil {
			t.Fatal(err)
		}
		verdict := Optimal
		switch trial % 4 {
		// No strategy guarantees a little more than the best one.
		case 1:
			verdict = Infeasible
			p.Variables[0].Lower = At(want.Value.Add(parsed(t, fmt.Sprintf("1e-%d", digits+9))))
		// One that need not be of probabilities is worth as much as you like.
		case 2:
			verdict = Unbounded
			p.Rows[len(p.Rows)-1].Upper = Bound{}
		}
		s := newRevised(formOf(p))
		got, err := s.run(context.Background())
		if err != nil || got.Verdict != verdict || verdict == Optimal && !got.Value.Equal(want.Value) {
			t.Fatalf("trial %d: %v %v, want %v %v (%v)", trial, got.Verdict, got.Value, verdict, want.Value, err)
		}
		if steps += s.elsewhere; s.pivots > 0 {
			t.Errorf("trial %d: %d exact pivots", trial, s.pivots)
		}
	}
	if steps == 0 {
		t.Error("no steps in tableaux")
	}
}
