package lp

import (
	"context"
	"fmt"
	"math/bits"
	"math/rand/v2"
	"testing"

	"pstar/rational"
)

// cell is an instance of the cell (k,n): the law b of the support of k independent
// drafts from p, and the target q, in the order of the bit sets.
type cell struct {
	n    int
	sets []uint64
	b    []rational.Rat
	q    []rational.Rat
}

func randomLaw(r *rand.Rand, n int) []rational.Rat {
	weights := make([]int64, n)
	var sum int64
	for i := range weights {
		weights[i] = 1 + r.Int64N(1000)
		sum += weights[i]
	}
	law := make([]rational.Rat, n)
	for i, w := range weights {
		law[i] = rational.NewRat(w, sum)
	}
	return law
}

func newCell(r *rand.Rand, k, n int) *cell {
	c := &cell{n: n, q: randomLaw(r, n)}
	p := randomLaw(r, n)
	inside := func(set uint64) rational.Rat {
		var sum rational.Rat
		for ; set != 0; set &= set - 1 {
			sum = sum.Add(p[bits.TrailingZeros64(set)])
		}
		return sum.Pow(k)
	}
	for set := uint64(1); set < 1<<n; set++ {
		if bits.OnesCount64(set) > k {
			continue
		}
		var b rational.Rat
		for sub := set; sub != 0; sub = (sub - 1) & set {
			if (bits.OnesCount64(set)-bits.OnesCount64(sub))%2 == 0 {
				b = b.Add(inside(sub))
			} else {
				b = b.Sub(inside(sub))
			}
		}
		c.sets, c.b = append(c.sets, set), append(c.b, b)
	}
	return c
}

func nonnegative(p *Problem, cost int64) int {
	return p.AddVariable(Variable{Cost: rational.NewRat(cost, 1), Lower: At(rational.Rat{})})
}

// selection is the program of the token-level selection rules, with a probability
// for every support and every token selected.
func (c *cell) selection() *Problem {
	p := &Problem{Sense: Maximise}
	one := rational.NewRat(1, 1)
	for _, q := range c.q {
		p.AddRow(Row{Lower: At(q), Upper: At(q)})
	}
	for k, set := range c.sets {
		row := Row{Lower: At(c.b[k]), Upper: At(c.b[k])}
		for z := range c.n {
			v := nonnegative(p, int64(set>>z&1))
			row.Terms = append(row.Terms, Term{v, one})
			p.Rows[z].Terms = append(p.Rows[z].Terms, Term{v, one})
		}
		p.AddRow(row)
	}
	return p
}

// importance is the program of importance-weighted sampling: the greatest
// Σ_i min(q_i, Σ_T α_T(i)).
func (c *cell) importance() *Problem {
	p := &Problem{Sense: Maximise}
	one := rational.NewRat(1, 1)
	for _, q := range c.q {
		z := p.AddVariable(Variable{Cost: one, Lower: At(rational.Rat{}), Upper: At(q)})
		p.AddRow(Row{Upper: At(rational.Rat{}), Terms: []Term{{z, one}}})
	}
	for k, set := range c.sets {
		row := Row{Lower: At(c.b[k]), Upper: At(c.b[k])}
		for rest := set; rest != 0; rest &= rest - 1 {
			i := bits.TrailingZeros64(rest)
			v := nonnegative(p, 0)
			row.Terms = append(row.Terms, Term{v, one})
			p.Rows[i].Terms = append(p.Rows[i].Terms, Term{v, one.Neg()})
		}
		p.AddRow(row)
	}
	return p
}

// closedForm is the least q(S) + Pr(some draft outside S) over all sets S.
func (c *cell) closedForm() rational.Rat {
	best := rational.NewRat(1, 1)
	for s := uint64(0); s < 1<<c.n; s++ {
		var value rational.Rat
		for i, q := range c.q {
			if s>>i&1 == 1 {
				value = value.Add(q)
			}
		}
		for k, set := range c.sets {
			if set&^s != 0 {
				value = value.Add(c.b[k])
			}
		}
		best = rational.MinRat(best, value)
	}
	return best
}

// MD-T1 and MD-T3 on instances: both programs have the value of the closed form.
func TestMDT1_T3_BothProgramsOfSmallCells(t *testing.T) {
	r := rand.New(rand.NewPCG(8, 3))
	for _, size := range [][2]int{{2, 2}, {2, 4}, {3, 3}, {2, 6}, {3, 5}, {4, 5}} {
		c := newCell(r, size[0], size[1])
		want := c.closedForm()
		for name, p := range map[string]*Problem{"selection": c.selection(), "importance": c.importance()} {
			if got := solve(t, p, LargestCoefficient); !got.Value.Equal(want) {
				t.Errorf("cell %v, %s: %v, closed form %v", size, name, got.Value, want)
			}
		}
	}
}

func BenchmarkCell(b *testing.B) {
	for _, size := range [][2]int{{3, 6}, {2, 14}, {4, 8}, {3, 10}} {
		c := newCell(rand.New(rand.NewPCG(9, 9)), size[0], size[1])
		for _, program := range []struct {
			name string
			p    *Problem
		}{{"selection", c.selection()}, {"importance", c.importance()}} {
			name := fmt.Sprintf("k=%d/n=%d/%s", size[0], size[1], program.name)
			b.Run(name, func(b *testing.B) {
				var pivots int
				for b.Loop() {
					r, err := Solve(context.Background(), program.p, Options{})
					if err != nil || r.Verdict != Optimal {
						b.Fatal(r, err)
					}
					pivots = r.Pivots
				}
				b.ReportMetric(float64(pivots), "pivots")
				b.ReportMetric(float64(len(program.p.Variables)), "variables")
				b.ReportMetric(float64(len(program.p.Rows)), "rows")
			})
		}
	}
}
