package elimination

import (
	"context"
	"math/bits"
	"slices"

	"pstar/certificate/statement"
	"pstar/witness/internal/proof"
)

// explicit says whether the elimination lemmas of a cell are proved by eliminating the unknowns one after the other, and not by
// dropping blocks. These sizes take seconds. Beyond them the number of sums of two rows
// that are to be explained grows with 4^n, and one step of the rule block says the
// same.
func explicit(k, n int) bool {
	return n <= []int{2: 9, 3: 7, 4: 6, 5: 5}[min(k, 5)]
}

// lemmaClaims are what the documents of this file prove. Each is a claim of the
// builder, which names the theorems by which it is proved.
var lemmaClaims = [][2]string{{"MD-L2", "proved"}, {"MD-L3", "proved"}, {"MD-L4", "proved"}}

// Lemmas returns the document of the builder "elimination" that proves MD-L2, MD-L3 and MD-L4 for K drafts of N tokens. Where
// [explicit] says so the unknowns are eliminated one after the other; elsewhere it is the document of
// [Blocks]. If the polytope is asked for, the document proves FM-C too: package fm projects the transport polytope,
// which may take long. It panics as [statement.NewCell] does; the error is the cause if
// ctx ends. It asks ctx between theorems only.
func Lemmas(ctx context.Context, k, n int, polytope bool) ([]byte, error) {
	lemmas := blockLemmas
	// Without explicit elimination MD-L4 is proved by LemmaBoth.
	if explicit(k, n) {
		lemmas = []int{statement.LemmaFeasible, statement.LemmaSelected, statement.LemmaOptimum}
	}
	return newLemmaProof(k, n).document(ctx, lemmas, polytope)
}

// blockLemmas are theorems that give the three lemmas and list no fact for each set of
// tokens. Instead of MD-L4 they have LemmaBoth, which has the flows as unknowns besides
// the targets.
var blockLemmas = []int{statement.LemmaFeasible, statement.LemmaSelected, statement.LemmaBoth}

// Blocks returns the document that proves the lemmas in one step each: all blocks of MD-L2 and MD-L3 are dropped
// at once, and MD-L4 follows from MD-L3 and one identity. It panics and ends as [Lemmas] does.
func Blocks(ctx context.Context, k, n int) ([]byte, error) {
	return newLemmaProof(k, n).document(ctx, blockLemmas, false)
}

// lemmaProof writes the proofs of the eliminations of a cell.
//
// Numbers of facts and symbols follow the order in which the builder makes them: in
// each theorem first the equations of the supports, in the order of Cell.Sets, then
// what belongs to tokens.
type lemmaProof struct {
	// Sizes, supports and symbols of the theorems come with the cell.
	*statement.Cell
	*proof.Writer
	equations []int // of each support of two or more tokens the number of its equation among these, else -1
	count     int   // of these equations
	singles   []int // the number of the support of each token
	flows     []int // of each support, the first of its flows
	total     int   // of all flows
}

// It panics for sizes that are none, as NewCell does.
func newLemmaProof(k, n int) *lemmaProof {
	c := &lemmaProof{Cell: statement.NewCell(k, n), singles: make([]int, n)}
	for t, set := range c.Sets {
		c.flows = append(c.flows, c.total)
		// The only flow of a support of one token is forced, and is no unknown.
		if bits.OnesCount64(set) == 1 {
			c.singles[last(set)] = t
			c.equations = append(c.equations, -1)
			continue
		}
		// The number of its equation among those of blocks.
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
		// It comes first in the document, as its number is the least.
		lemmas = append([]int{statement.TransportPolytope}, lemmas...)
		claims = append([][2]string{{"FM-C", "proved"}}, claims...)
		// Before anything is written, since it may take long and can end without a
		// result.
		var err error
		if projection, err = projected(ctx, c.Elimination(statement.TransportPolytope)); err != nil {
			return nil, err
		}
	}
	explicit := slices.Contains(lemmas, statement.LemmaOptimum)
	document := proof.Document(func(w *proof.Writer) { w.Shape("elimination", c.K, c.N) }, claims, func(w *proof.Writer) {
		// Proofs are written in the order of the theorems.
		c.Writer = w
		for _, k := range lemmas {
			if ctx.Err() != nil {
				return
			}
			// The theorem is made by the builder itself, so that the document is about
			// what the checker will read.
			t := c.Elimination(k)
			switch {
			case k == statement.TransportPolytope:
				projection.Writer = w
				c.Proof(k, t, c.polytopeRows, projection.exist)
			// How rows are shown to follow, and how there are unknowns where they hold.
			case k == statement.LemmaOptimum:
				c.Proof(k, t, c.optimumRows, func() { c.targetsEliminated(t) })
			case k == statement.LemmaBoth:
				c.Proof(k, t, c.bothRows, c.both)
			default:
				// By dropping blocks, or one unknown after the other.
				exist := c.block
				if explicit {
					exist = func() { c.blocksEliminated(t, k == statement.LemmaSelected) }
				}
				c.Proof(k, t, map[int]func(){statement.LemmaFeasible: c.feasibleRows, statement.LemmaSelected: c.selectedRows}[k], exist)
			}
		}
	})
	// What has been written then is not a proof.
	if ctx.Err() != nil {
		return nil, context.Cause(ctx)
	}
	return document, nil
}

// supports calls visit for each support of two or more tokens for which which is true,
// with the number of its equation. Numbers of equations are those among the equations,
// from 0.
func (c *lemmaProof) supports(which func(set uint64) bool, visit func(t, equation int)) {
	// Supports of one token have no equation.
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

// firstTokens is the set S_j of the tokens 1..j, or 0..j−1 as they are numbered here.
func firstTokens(j int) uint64 { return 1<<j - 1 }

// within and meeting are the two ways in which a support can count for a set: all its
// tokens are in it, or some.
func within(set uint64) func(uint64) bool { return func(t uint64) bool { return t&^set == 0 } }
func meeting(set uint64) func(uint64) bool {
	return func(t uint64) bool { return t&set != 0 }
}

// polytopeRows: row j is the sum of the equations of the first j tokens, less those of
// the supports within S_j; what is left are flows of other supports, which are
// nonnegative. Then come the b_T of the supports that are sets S_j: each is a sum of
// flows.
func (c *lemmaProof) polytopeRows() {
	for j := 1; j <= c.N; j++ {
		// All constants first, with the factor 1.
		c.Combine(j-1, nil, func() {
			c.Constant(1, c.count, c.count+j)
			c.multiples(-1, 0, within(firstTokens(j)))
		})
	}
	row := c.N
	// A set of the first tokens plus 1 is a power of 2.
	c.supports(func(set uint64) bool { return set&(set+1) == 0 }, func(_, k int) {
		c.Combine(row, nil, func() { c.Constant(1, k, k+1) })
		row++
	})
}

// feasibleRows: the capacities of the first j tokens added up, less the equations of
// the supports within.
func (c *lemmaProof) feasibleRows() {
	for j := 1; j <= c.N; j++ {
		// The facts of the first j tokens, all with the factor 1.
		c.Combine(j-1, func() { c.facts(c.count, j) }, func() { c.multiples(-1, 0, within(firstTokens(j))) })
	}
}

// selectedRows: the same with supports that meet S_j, and the other sign, since flows
// bound the t_i from above there.
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

// optimumRows: z ≤ t(Ω), t_i ≤ q_i for i in S_j, and t(W) ≤ C(W) for the other tokens
// W, if there are any.
func (c *lemmaProof) optimumRows() {
	for j := 0; j <= c.N; j++ {
		// z ≤ t(Ω) is the first of the facts; then the bounds of the first j tokens.
		c.Combine(j, func() {
			c.facts(0, 1+j)
			// Facts of sets W are numbered by the set as a number, from 1 on.
			if w := int(firstTokens(c.N) &^ firstTokens(j)); w > 0 {
				c.Product(1, c.N+w)
			}
		}, nil)
	}
}

// bothRows: as optimumRows, but t(W) ≤ C(W) is itself the sum of the bounds of t_i by
// flows and of the equations of the supports that meet W.
func (c *lemmaProof) bothRows() {
	for j := 0; j <= c.N; j++ {
		c.Combine(j, func() {
			// The bounds by q for the first tokens, by flows for the others.
			c.facts(0, 1+j)
			c.facts(1+c.N+c.count+j, c.N-j)
		}, func() { c.multiples(1, 1+c.N, meeting(firstTokens(c.N)&^firstTokens(j))) })
	}
}

// block drops all blocks: what is left are the rows. The rule takes the facts with the
// flows, and asks for the rows as goals: they are those of the theorem, in the same
// order.
func (c *lemmaProof) block() {
	c.Step("block", func() {
		c.List("facts", func() {
			for i := range c.N {
				c.Int(c.count + i)
			}
		})
		c.List("steps", func() {
			// Each goal is a fact that the rule leaves, times 1.
			for j := range c.N {
				c.Combine(c.count+j, func() { c.Product(1, c.count+c.N+j) }, nil)
			}
		})
	})
}

// both shows that there are t and a: with c_i the multipliers of t_i ≤ q_i, sorted, d_i those of t_i ≤ b_i + Σ a, v_T those of the equations and s that of z ≤ t(Ω), and
// with w_i = min(c_i, s), the goal is Σ (c_i − w_i) q_i + Σ_T (v_T − d_m) b_T + Σ_T
// (d_m + w_m − s) b_T and, by Abel's summation, the rows with weights s − w_1, w_1 −
// w_2, …; m is the last token of T. Numbers are counted by hand here: symbols of the
// dual behind those of the theorem, facts in the order in which steps make them.
func (c *lemmaProof) both() {
	n := c.N
	// Symbols: z, then q_i, then b_T, then the unknowns.
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
	// From the last token to the first, since above of one token needs that of the
	// next.
	sorted := func() {
		for i := n - 1; i >= 0; i-- {
			first, second := proof.Sign(up+i), proof.Sign(s)
			// c_i ≥ c_(i+1) by descent, hence min(c_i, s) ≥ min(c_(i+1), s).
			if i < n-1 {
				c.Difference(up+i, symbols+n-2-i, descent+i, above[i+1])
				first, second = facts, above[i+1]+1
				facts++
			}
			// The rule makes four facts for each minimum: that it is at most either,
			// and the two joined statements.
			above[i], steps[i], joined[i] = facts, facts+2, facts+3
			facts += 4
			c.Min(func() { c.Symbol(up + i) }, func() { c.Symbol(s) }, func() {
				c.Tuple(first, second)
				c.Tuple(reach+i, proof.Sign(down+i))
			})
		}
		c.Combine(0, func() {
			// Each support contributes by its last token m, as the multipliers descend.
			// The last token of a support has the smallest multiplier, with v_T ≥ d_m
			// by flow.
			for t, set := range c.Sets {
				m := last(set)
				if c.equations[t] >= 0 {
					c.Product(1, flow+c.flows[t]+bits.OnesCount64(set)-1, proof.Sign(b+t))
				}
				c.Product(1, joined[m], proof.Sign(b+t))
			}
			// The row for S_0 with s − w_1, then the rows with w_i − w_(i+1).
			c.Product(1, above[0]+1, rows)
			for i := range n {
				c.Product(1, above[i], proof.Sign(q+i))
				c.Product(1, steps[i], rows+i+1)
			}
		}, nil)
	}
	c.Sorted(up, n, sorted)
}
