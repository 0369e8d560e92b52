package guess

import (
	"context"
	"math/rand/v2"
	"testing"

	"pstar/rational"
)

// problem is one in exact numbers: coefficients by row, bounds and costs of all variables.
type problem struct {
	rows [][]int64
	view View
}

func at(v int64) Limit { return Limit{Finite: true, Value: rational.NewRat(v, 1)} }

// variable adds the bounds and the cost of the next variable, columns before rows.
func (p *problem) variable(lower, upper Limit, cost int64) {
	p.view.Lower, p.view.Upper = append(p.view.Lower, lower), append(p.view.Upper, upper)
	p.view.Cost = append(p.view.Cost, rational.NewInt(cost))
}

// guess returns a guess with its target, from the logical basis with all others at a
// bound that they have.
func (p *problem) guess() (*Guess, Target) {
	columns := len(p.view.Lower) - len(p.rows)
	b := &Basis{}
	for j := range columns {
		switch {
		case p.view.Lower[j].Finite:
			b.Where = append(b.Where, AtLower)
		case p.view.Upper[j].Finite:
			b.Where = append(b.Where, AtUpper)
		default:
			b.Where = append(b.Where, AtZero)
		}
	}
	for i := range p.rows {
		b.Head, b.Where = append(b.Head, int32(columns+i)), append(b.Where, InBasis)
	}
	g := New(len(p.rows), columns, func(row int, yield func(int, rational.Int)) {
		for j, v := range p.rows[row] {
			if v != 0 {
				yield(j, rational.NewInt(v))
			}
		}
	}, b)
	return g, g.Whole(p.view)
}

// supports sends the weight of every pair of n tokens to its members, and what arrives is
// counted up to a limit: equations for the pairs, a row x_i − Σ ≤ 0 for the tokens. It
// is shaped like the programs of the theory.
func supports(r *rand.Rand, n int) *problem {
	p := &problem{}
	pairs := n * (n - 1) / 2
	columns := n + 2*pairs
	p.rows = make([][]int64, n+pairs)
	for i := range p.rows {
		p.rows[i] = make([]int64, columns)
	}
	for i := range n {
		p.variable(at(0), at(1+r.Int64N(1000)), -1)
		p.rows[i][i] = 1
	}
	var weights []int64
	for i := range n {
		for k := range i {
			row := n + len(weights)
			for side, token := range []int{i, k} {
				j := n + 2*len(weights) + side
				p.rows[row][j], p.rows[token][j] = 1, -1
				p.variable(at(0), Limit{}, 0)
			}
			weights = append(weights, 1+r.Int64N(1000))
		}
	}
	for range n {
		p.variable(Limit{}, at(0), 0)
	}
	for _, w := range weights {
		p.variable(at(w), at(w), 0)
	}
	return p
}

// random has bounds of every kind.
func random(r *rand.Rand, columns, rows int) *problem {
	p := &problem{}
	for range columns + rows {
		v := r.Int64N(41) - 20
		switch r.IntN(6) {
		case 0:
			p.variable(at(v), at(v), v)
		case 1:
			p.variable(at(v), Limit{}, v)
		case 2:
			p.variable(Limit{}, at(v), v)
		case 3:
			p.variable(Limit{}, Limit{}, v)
		default:
			p.variable(at(v), at(v+r.Int64N(20)), v)
		}
	}
	for range rows {
		row := make([]int64, columns)
		for j := range row {
			if r.IntN(2) == 0 {
				row[j] = r.Int64N(41) - 20
			}
		}
		p.rows = append(p.rows, row)
	}
	return p
}

// Every equation gets a variable of its own, and the basis is regular and feasible.
func TestCrashSolvesTheEquationsOfSupports(t *testing.T) {
	p := supports(rand.New(rand.NewPCG(52, 1)), 7)
	g, target := p.guess()
	g.restore(target)
	g.crash()
	for i := range p.rows {
		if j := g.columns + i; p.view.Lower[j].Finite && p.view.Upper[j].Finite && g.Where[j] == InBasis {
			t.Errorf("the logical variable of equation %d is still basic", i)
		}
	}
	if !g.refactor() || g.leaving() >= 0 {
		t.Error("the basis is singular or not feasible")
	}
}

// isBasis fails the test unless as many different variables are basic as there are rows,
// and the others rest on bounds that are there.
func isBasis(t *testing.T, g *Guess, v View) {
	t.Helper()
	basic := 0
	for j, w := range g.Where {
		if w == InBasis {
			basic++
		}
		if w == AtLower && !v.Lower[j].Finite || w == AtUpper && !v.Upper[j].Finite {
			t.Fatalf("variable %d rests on a bound that is not there", j)
		}
	}
	for _, j := range g.Head {
		if g.Where[j] != InBasis {
			t.Fatalf("variable %d is at the head but not in the basis", j)
		}
	}
	if basic != len(g.Head) {
		t.Fatalf("%d variables are basic, in %d rows", basic, len(g.Head))
	}
}

// Whatever the problem, what crash leaves is a basis, and so is what a run ends with.
func TestCrashAndRunLeaveABasis(t *testing.T) {
	rng := rand.New(rand.NewPCG(52, 2))
	seen := map[Outcome]int{}
	for range 300 {
		p := random(rng, 1+rng.IntN(12), 1+rng.IntN(8))
		g, target := p.guess()
		g.restore(target)
		g.crash()
		isBasis(t, g, p.view)
		g, target = p.guess()
		g.restore(target)
		g.useSlacks()
		isBasis(t, g, p.view)
		g, target = p.guess()
		seen[g.Run(context.Background(), target).Outcome]++
		isBasis(t, g, p.view)
	}
	for _, o := range []Outcome{Optimal, Infeasible, Unbounded} {
		if seen[o] < 10 {
			t.Errorf("outcome %d came up %d times", o, seen[o])
		}
	}
}
