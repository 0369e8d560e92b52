package fm

import (
	"context"

	"pstar/lp"
	"pstar/rational"
)

// vanishing looks for a nonnegative combination of the lines and the trivial row
// that reads 0 >= 0. It returns the one with the most lines in it, without the
// trivial row, so that its constant is negative or zero; or nil if there is none: then some point has every line positive.
//
// It maximises Σ s_i over a_i·x >= s_i, 0 <= s_i <= 1. Since multiples of x may
// be taken, at the optimum s_i is 0 for the lines that are 0 wherever all hold,
// and 1 for the others; the multipliers of a_i·x >= s_i are then positive for
// just the former, and make the combination. If there is none, it returns a point
// with every line positive.
func (g *gauss) vanishing(ctx context.Context) (combination line, interior rational.Vector, err error) {
	p := &lp.Problem{Sense: lp.Maximise}
	for range g.columns {
		p.AddVariable(lp.Variable{})
	}
	rows := append([]line{g.trivial()}, g.lines...)
	one := rational.NewRat(1, 1)
	// A variable s for each line, the trivial one first.
	for _, l := range rows {
		// Bounded by 1, since points can be scaled and the sum would have no maximum.
		s := p.AddVariable(lp.Variable{Cost: one, Lower: lp.At(rational.Rat{}), Upper: lp.At(one)})
		terms := []lp.Term{{Variable: s, Coefficient: one.Neg()}}
		for c, x := range l[:g.columns] {
			if !x.IsZero() {
				terms = append(terms, lp.Term{Variable: c, Coefficient: rational.RatFromInt(x)})
			}
		}
		p.AddRow(lp.Row{Terms: terms, Lower: lp.At(rational.Rat{})})
	}
	result, err := lp.Solve(ctx, p, lp.Options{})
	if err != nil {
		return nil, nil, err
	}
	y := make(rational.RatVector, len(rows))
	found := false
	for i := range rows {
		if result.Primal[g.columns+i].IsZero() {
			// Its s_i is worth 1 and stands at its lower bound, not at 1: so the multiplier of its row
			// is at least 1.
			y[i], found = result.Dual[i].Abs(), true
		}
	}
	if !found {
		return nil, rational.RatVector(result.Primal[:g.columns]).Primitive(), nil
	}
	integers := y.Primitive()
	sum := make(rational.Vector, len(rows[0]))
	// As integers, since lines are; a combination of >= 0 is one, whatever positive number it
	// is multiplied by.
	for i, l := range g.lines { // without the trivial row, which has no multiplier
		if y := integers[1+i]; !y.IsZero() {
			sum = rational.Combine(rational.NewInt(1), sum, y, rational.Vector(l))
		}
	}
	return line(sum), nil, nil
}

// refutes reports whether a vanishing combination contradicts itself: the
// trivial row or another strict one is part of it.
func (g *gauss) refutes(l line) bool {
	// Its constant is negative, without the trivial row: −c >= 0 with c > 0.
	if !l[0].IsZero() {
		return true
	}
	for i, strict := range g.strict {
		if strict && !l[g.columns+g.origin[i]].IsZero() {
			return true
		}
	}
	return false
}

// trivial is the row t > 0 without multipliers.
func (g *gauss) trivial() line {
	// As long as the lines, whose multipliers stand behind the columns; here they are 0.
	n := g.columns
	if len(g.lines) > 0 {
		n = len(g.lines[0])
	}
	l := make(line, n)
	l[0] = rational.NewInt(1)
	return l
}
