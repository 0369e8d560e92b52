package format_test

import (
	"context"
	"math/rand/v2"
	"testing"

	"pstar/lp"
	"pstar/rational"
)

// solve solves p exactly and fails the test unless the witness holds.
func solve(t *testing.T, p *lp.Problem) *lp.Result {
	t.Helper()
	r, err := lp.Solve(context.Background(), p, lp.Options{})
	if err == nil {
		err = p.Verify(r)
	}
	if err != nil {
		t.Fatalf("%v\nproblem %+v", err, p)
	}
	return r
}

// randomProblem has fractions, ranges and bounds of all kinds, also crossed ones, and
// terms of the same variable. If tight, all is small and passes through one integer point
// most of the time, so that optimal, infeasible and unbounded problems are all common.
func randomProblem(r *rand.Rand, n, m int, tight bool) *lp.Problem {
	g := &generator{Rand: r, tight: tight, scale: 20, denominator: 9}
	if tight {
		g.scale, g.denominator = 3, 1
	}
	p := &lp.Problem{Sense: lp.Sense(r.IntN(2)), Constant: g.number()}
	centre := make([]rational.Rat, n)
	for j := range n {
		centre[j] = g.number()
		lower, upper := g.bounds(centre[j])
		p.AddVariable(lp.Variable{Cost: g.number(), Lower: lower, Upper: upper})
	}
	for range m {
		row := lp.Row{}
		var at rational.Rat
		for j := range n {
			for r.IntN(2) == 0 { // several terms of one variable, now and then
				a := g.number()
				at = at.Add(a.Mul(centre[j]))
				row.Terms = append(row.Terms, lp.Term{Variable: j, Coefficient: a})
			}
		}
		row.Lower, row.Upper = g.bounds(at)
		r.Shuffle(len(row.Terms), func(a, b int) { row.Terms[a], row.Terms[b] = row.Terms[b], row.Terms[a] })
		p.AddRow(row)
	}
	return p
}

// generator draws numbers and bounds.
type generator struct {
	*rand.Rand
	tight              bool
	scale, denominator int64
}

func (g *generator) number() rational.Rat {
	return rational.NewRat(g.Int64N(2*g.scale+1)-g.scale, 1+g.Int64N(g.denominator))
}

// bounds draws bounds of every kind, of a sum that is at at the centre.
func (g *generator) bounds(at rational.Rat) (lower, upper lp.Bound) {
	value := func() rational.Rat {
		if g.tight && g.IntN(4) > 0 {
			return at
		}
		return g.number()
	}
	v := value()
	switch g.IntN(6) {
	case 0:
		return lp.At(v), lp.At(v)
	case 1:
		return lp.At(v), lp.Bound{}
	case 2:
		return lp.Bound{}, lp.At(v)
	case 3:
		return lp.Bound{}, lp.Bound{}
	case 4:
		return lp.At(v), lp.At(value()) // perhaps crossed
	}
	return lp.At(v), lp.At(v.Add(g.number().Abs()))
}

// assignment asks for the best way to give n jobs to n people.
func assignment(r *rand.Rand, n int) *lp.Problem {
	p := &lp.Problem{Sense: lp.Maximise}
	rows := make([]lp.Row, 2*n)
	one := rational.NewRat(1, 1)
	for i := range n {
		for j := range n {
			x := p.AddVariable(lp.Variable{Cost: rational.NewRat(r.Int64N(100), 7), Lower: lp.At(rational.Rat{})})
			for _, k := range []int{i, n + j} {
				rows[k].Terms = append(rows[k].Terms, lp.Term{Variable: x, Coefficient: one})
			}
		}
	}
	for _, row := range rows {
		row.Lower, row.Upper = lp.At(one), lp.At(one)
		p.AddRow(row)
	}
	return p
}
