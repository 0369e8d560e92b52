package analysis

import (
	"context"
	"math/rand/v2"
	"testing"

	"pstar/lp"
	"pstar/rational"
)

// drawn returns a random program with bounds of every kind. If tight, they pass through one point
// most of the time, so that it is degenerate.
func drawn(r *rand.Rand, tight bool) *lp.Problem {
	n := 1 + r.IntN(3)
	p := &lp.Problem{Sense: lp.Sense(r.IntN(2)), Constant: rational.NewRat(r.Int64N(7)-3, 1+r.Int64N(3))}
	centre := make([]int64, n)
	for j := range centre {
		centre[j] = r.Int64N(7) - 3
	}
	bounds := func(at int64, scale rational.Rat) (lower, upper lp.Bound) {
		value := func() lp.Bound {
			v := at
			if !tight || r.IntN(4) == 0 {
				v = r.Int64N(13) - 6
			}
			return lp.At(rational.NewRat(v, 1).Mul(scale))
		}
		switch r.IntN(5) {
		case 1:
			lower = value()
		case 2:
			upper = value()
		case 3:
			lower, upper = value(), value()
		case 4:
			lower = value()
			upper = lower
		}
		return lower, upper
	}
	for j := range n {
		v := lp.Variable{Cost: rational.NewRat(r.Int64N(7)-3, 1)}
		v.Lower, v.Upper = bounds(centre[j], one)
		p.AddVariable(v)
	}
	for range r.IntN(5) {
		var row lp.Row
		var at int64
		scale := rational.NewRat(1+r.Int64N(4), 1+r.Int64N(4))
		for j := range n {
			if a := r.Int64N(7) - 3; r.IntN(4) > 0 {
				at += a * centre[j]
				row.Terms = append(row.Terms, lp.Term{Variable: j, Coefficient: scale.Mul(rational.NewRat(a, 1))})
			}
		}
		row.Lower, row.Upper = bounds(at, scale)
		p.AddRow(row)
	}
	return p
}

func solved(t *testing.T, p *lp.Problem, o lp.Options) *lp.Result {
	t.Helper()
	r, err := lp.Solve(context.Background(), p, o)
	if err != nil {
		t.Fatal(err)
	}
	return r
}
