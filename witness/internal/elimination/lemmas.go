package elimination

import (
	"context"
	"math/bits"
	"slices"

	"pstar/certificate/statement"
	"pstar/witness/internal/proof"
)

// Explicit says whether the elimination lemmas of a cell are proved by eliminating the unknowns one after the other, and not by
// dropping blocks.
func Explicit(k, n int) bool {
	return n <= []int{2: 9, 3: 7, 4: 6, 5: 5}[min(k, 5)]
}

// lemmaClaims are what the documents of this file prove.
var lemmaClaims = [][2]string{{"MD-L2", "proved"}, {"MD-L3", "proved"}, {"MD-L4", "proved"}}

// Lemmas returns the document of the builder "elimination" that proves MD-L2, MD-L3 and MD-L4 for K drafts of N tokens. Where
// [Explicit] says so the unknowns are eliminated one after the other; elsewhere it is the document of
// [Blocks]. If the polytope is asked for, the document proves FM-C too: package fm projects the transport polytope,
// which may take long. It panics as [statement.NewCell] does; the error is the cause if ctx ends.
func Lemmas(ctx context.Context, k, n int, polytope bool) ([]byte, error) {
	lemmas := blockLemmas
	if Explicit(k, n) {
		lemmas = []int{statement.LemmaFeasible, statement.LemmaSelected, statement.LemmaOptimum}
	}
	return newLemmaProof(k, n).document(ctx, lemmas, polytope)
}

// blockLemmas are theorems that give the three lemmas and list no fact for each set of tokens.
var blockLemmas = []int{statement.LemmaFeasible, statement.LemmaSelected, statement.LemmaBoth}

// Blocks returns the document that proves the lemmas in one step each: all blocks of MD-L2 and MD-L3 are dropped
// at once, and MD-L4 follows from MD-L3 and one identity. It panics and ends as [Lemmas] does.
func Blocks(ctx context.Context, k, n int) ([]byte, error) {
	return newLemmaProof(k, n).document(ctx, blockLemmas, false)
}

// lemmaProof writes the proofs of the eliminations of a cell.
type lemmaProof struct {
	*statement.Cell
	*proof.Writer
	equations []int // of each support of two or more tokens the number of its equation among these, else -1
	count     int   // of these equations
	singles   []int // the number of the support of each token
	flows     []int // of each support, the first of its flows
	total     int   // of all flows
}

func newLemmaProof(k, n int) *lemmaProof {
	c := &lemmaProof{Cell: statement.NewCell(k, n), singles: make([]int, n)}
	for t, set := range c.Sets {
		c.flows = append(c.flows, c.total)
		if bits.OnesCount64(set) == 1 {
			c.singles[last(set)] = t
			c.equations = append(c.equations, -1)
			continue
		}
		c.equations = append(c.equations, c.count)
		c.count++
		c.total += bits.OnesCount64(set)
	}
	return c
}

func (c *lemmaProof) document(ctx context.Context, lemmas []int, polytope bool) ([]byte, error) {
	claims := lemmaClaims
	var projection *projector
	if polytope {
		lemmas = append([]int{statement.TransportPolytope}, lemmas...)
		claims = append([][2]string{{"FM-C", "proved"}}, claims...)
		var err error
		if projection, err = projected(ctx, c.Elimination(statement.TransportPolytope)); err != nil {
			return nil, err
		}
	}
	explicit := slices.Contains(lemmas, statement.LemmaOptimum)
	document := proof.Document(func(w *proof.Writer) { w.Shape("elimination", c.K, c.N) }, claims, func(w *proof.Writer) {
		c.Writer = w
		for _, k := range lemmas {
			if ctx.Err() != nil {
				return
			}
			t := c.Elimination(k)
			switch {
			case k == statement.TransportPolytope:
				projection.Writer = w
				c.Proof(k, t, c.polytopeRows, projection.exist)
			case k == statement.LemmaOptimum:
				c.Proof(k, t, c.optimumRows, func() { c.targetsEliminated(t) })
			case k == statement.LemmaBoth:
				c.Proof(k, t, c.bothRows, c.both)
			default:
				exist := c.block
				if explicit {
					exist = func() { c.blocksEliminated(t, k == statement.LemmaSelected) }
				}
				c.Proof(k, t, map[int]func(){statement.LemmaFeasible: c.feasibleRows, statement.LemmaSelected: c.selectedRows}[k], exist)
			}
		}
	})
	if ctx.Err() != nil {
		return nil, context.Cause(ctx)
	}
	return document, nil
}

// supports calls visit for each support of two or more tokens for which which is true, with the number of its equation.
func (c *lemmaProof) supports(which func(set uint64) bool, visit func(t, equation int)) {
	for t, set := range c.Sets {
		if c.equations[t] >= 0 && which(set) {
			visit(t, c.equations[t])
		}
	}
}

// multiples writes n times the equations of the supports for which which is true; the first equation is fact first.
func (c *lemmaProof) multiples(n, first int, which func(set uint64) bool) {
	c.supports(which, func(_, k int) { c.Equation(first+k, func() { c.Term(n) }) })
}

// last is the largest token of a set.
func last(set uint64) int { return bits.Len64(set) - 1 }

func firstTokens(j int) uint64 { return 1<<j - 1 }

func within(set uint64) func(uint64) bool { return func(t uint64) bool { return t&^set == 0 } }
func meeting(set uint64) func(uint64) bool {
	return func(t uint64) bool { return t&set != 0 }
}

func (c *lemmaProof) polytopeRows() {
	for j := 1; j <= c.N; j++ {
		c.Combine(j-1, nil, func() {
			c.Constant(1, c.count, c.count+j)
			c.multiples(-1, 0, within(firstTokens(j)))
		})
	}
	row := c.N
	c.supports(func(set uint64) bool { return set&(set+1) == 0 }, func(_, k int) {
		c.Combine(row, nil, func() { c.Constant(1, k, k+1) })
		row++
	})
}

func (c *lemmaProof) feasibleRows() {
	for j := 1; j <= c.N; j++ {
		c.Combine(j-1, func() { c.facts(c.count, j) }, func() { c.multiples(-1, 0, within(firstTokens(j))) })
	}
}

func (c *lemmaProof) selectedRows() {
	for j := 1; j <= c.N; j++ {
		c.Combine(j-1, func() { c.facts(c.count, j) }, func() { c.multiples(1, 0, meeting(firstTokens(j))) })
	}
}

// facts writes n facts from first on as products.
func (c *lemmaProof) facts(first, n int) {
	for i := range n {
		c.Product(1, first+i)
	}
}

func (c *lemmaProof) optimumRows() {
	for j := 0; j <= c.N; j++ {
		c.Combine(j, func() {
			c.facts(0, 1+j)
			if w := int(firstTokens(c.N) &^ firstTokens(j)); w > 0 {
				c.Product(1, c.N+w)
			}
		}, nil)
	}
}

func (c *lemmaProof) bothRows() {
	for j := 0; j <= c.N; j++ {
		c.Combine(j, func() {
			c.facts(0, 1+j)
			c.facts(1+c.N+c.count+j, c.N-j)
		}, func() { c.multiples(1, 1+c.N, meeting(firstTokens(c.N)&^firstTokens(j))) })
	}
}

// block drops all blocks: what is left are the rows.
func (c *lemmaProof) block() {
	c.Step("block", func() {
		c.List("facts", func() {
			for i := range c.N {
				c.Int(c.count + i)
			}
		})
		c.List("steps", func() {
			for j := range c.N {
				c.Combine(c.count+j, func() { c.Product(1, c.count+c.N+j) }, nil)
			}
		})
	})
}

// both shows that there are t and a: with c_i the multipliers of t_i ≤ q_i, sorted, d_i those of t_i ≤ b_i + Σ a, v_T those of the equations and s that of z ≤ t(Ω), and
// with w_i = min(c_i, s), the goal is Σ (c_i − w_i) q_i + Σ_T (v_T − d_m) b_T + Σ_T (d_m + w_m − s) b_T and, by Abel's summation, the rows with weights s − w_1, w_1 − w_2, …; m is the last token of T.
func (c *lemmaProof) both() {
	n := c.N
	q, b := 1, 1+n
	s := 1 + 2*n + len(c.Sets) + c.total // symbols of the dual: s, c, v, d
	up, down := s+1, s+1+n+c.count
	symbols := down + n
	rows := 1 + 2*n + c.count // facts: row j at rows+j, then those of the dual
	reach := rows + n + 1     // c_i + d_i − s ≥ 0
	flow := reach + n         // v_T − d_i ≥ 0
	descent := flow + c.total // c_i − c_(i+1) ≥ 0
	facts := descent + n - 1
	above, steps, joined := make([]int, n), make([]int, n), make([]int, n)
	sorted := func() {
		for i := n - 1; i >= 0; i-- {
			first, second := proof.Sign(up+i), proof.Sign(s)
			if i < n-1 {
				c.Difference(up+i, symbols+n-2-i, descent+i, above[i+1])
				first, second = facts, above[i+1]+1
				facts++
			}
			above[i], steps[i], joined[i] = facts, facts+2, facts+3
			facts += 4
			c.Min(func() { c.Symbol(up + i) }, func() { c.Symbol(s) }, func() {
				c.Tuple(first, second)
				c.Tuple(reach+i, proof.Sign(down+i))
			})
		}
		c.Combine(0, func() {
			for t, set := range c.Sets {
				m := last(set)
				if c.equations[t] >= 0 {
					c.Product(1, flow+c.flows[t]+bits.OnesCount64(set)-1, proof.Sign(b+t))
				}
				c.Product(1, joined[m], proof.Sign(b+t))
			}
			c.Product(1, above[0]+1, rows)
			for i := range n {
				c.Product(1, above[i], proof.Sign(q+i))
				c.Product(1, steps[i], rows+i+1)
			}
		}, nil)
	}
	c.Sorted(up, n, sorted)
}
