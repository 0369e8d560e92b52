package statement

import (
	"slices"

	"pstar/certificate/kernel"
)

// flows adds an unknown a_T(i) for each support of at least so many tokens, and each of these.
// It returns them for each support, in which they are a block, and for each token. They are
// what a selection rule, or importance weights, give to the tokens of T.
func (l *layout) flows(least int) (bySet, byToken [][]int) {
	bySet, byToken = make([][]int, len(l.Sets)), make([][]int, l.N)
	for t, tokens := range l.tokens {
		// In the eliminations a support of one token has no unknown: it is no choice.
		// Its list stays empty, which stands for none.
		if len(tokens) < least {
			continue
		}
		for rank, i := range tokens {
			s := l.symbol(l.flowNames[t][rank], true, true)
			bySet[t], byToken[i] = append(bySet[t], s), append(byToken[i], s)
		}
	}
	l.blocks = append(l.blocks, block{of: bySet})
	return bySet, byToken
}

// with is the polynomial of the terms, and c times each of the symbols, which stand behind
// them. In a theorem of a cell the symbols of one kind stand behind those of another, so that
// terms ascend as they are appended.
// The result is in order only if the symbols ascend and the terms stand before them.
func (l *layout) with(c int64, symbols []int, terms ...kernel.Term) kernel.Poly {
	p := make(kernel.Poly, 0, len(terms)+len(symbols))
	p = append(p, terms...)
	for _, s := range symbols {
		p = append(p, l.term(c, s))
	}
	return p
}

// Is there a way to choose one of the drafted tokens such that its law is q? With Σ q = Σ b
// this is a transport of b to q.
func (c *Cell) transportFeasible() *kernel.Theorem {
	l := c.start("transport feasible", kernel.Feasible)
	q, b := l.each("q", false, true), l.laws("b", true)
	bySet, byToken := l.flows(1)
	for t := range c.Sets {
		l.fact(kernel.EQ, l.with(-1, bySet[t], l.term(1, b+t)))
	}
	for i := 0; i < c.N; i++ {
		l.fact(kernel.EQ, l.with(-1, byToken[i], l.term(1, q+i)))
	}
	l.feasibleRows(q, b, kernel.EQ)
	return l.finish()
}

// run is c times each of n symbols from first on, such as those of the first n tokens, behind the
// terms.
func (l *layout) run(c int64, first, n int, terms ...kernel.Term) kernel.Poly {
	p := slices.Grow(terms, n)
	for s := first; s < first+n; s++ {
		p = append(p, l.term(c, s))
	}
	return p
}

// within is c Σ b_T over the supports within S_j, behind the terms: these supports are the
// first.
func (l *layout) within(c int64, b, j int, terms ...kernel.Term) kernel.Poly {
	supports, _ := countSupports(j, l.K)
	return l.run(c, b, supports, terms...)
}

// feasibleRows adds the rows q(S_j) − Σ_{T⊆S_j} b_T ≥ 0 for j < N; the last one has its own
// relation.
// There is a row for each j, which stands for all sets of that size.
func (l *layout) feasibleRows(q, b int, last kernel.Relation) {
	for j := 1; j <= l.N; j++ {
		relation := kernel.GE
		// All tokens: there is no more of q than of b.
		if j == l.N {
			relation = last
		}
		l.row(relation, l.within(-1, b, j, l.run(1, q, j)...))
	}
}

// optimumRows adds the fact 1 − Σ b_T = 0, and the rows q(S_j) + 1 − Σ_{T⊆S_j} b_T − P ≥ 0; P
// is symbol 0. With j = 0 it is 1 ≥ P, with j = N q(Ω) ≥ P.
func (l *layout) optimumRows(q, b int) {
	// 1 is the total of b, and of q.
	total := kernel.Term{C: one}
	l.fact(kernel.EQ, l.within(-1, b, l.N, total))
	// j = 0 and j = N have no image but themselves.
	for j := 0; j <= l.N; j++ {
		l.row(kernel.GE, l.within(-1, b, j, l.run(1, q, j, total, l.term(-1, 0))...))
	}
}

// Which P can importance weights followed by single-draft speculative sampling reach? w_i is
// the least of q_i and Σ_T a_T(i), or less: how often i is chosen and accepted.
func (c *Cell) transportOptimum() *kernel.Theorem {
	l := c.start("transport optimum", kernel.Feasible)
	l.symbol("P", false, false)
	q, b, w := l.each("q", false, true), l.laws("b", true), l.each("w", true, false)
	bySet, byToken := l.flows(1)
	l.fact(kernel.GE, l.run(1, w, c.N, l.term(-1, 0)))
	for i := 0; i < c.N; i++ {
		l.fact(kernel.GE, kernel.Poly{l.term(1, q+i), l.term(-1, w+i)})
	}
	for i := 0; i < c.N; i++ {
		l.fact(kernel.GE, l.with(1, byToken[i], l.term(-1, w+i)))
	}
	for t := range c.Sets {
		l.fact(kernel.EQ, l.with(-1, bySet[t], l.term(1, b+t)))
	}
	l.optimumRows(q, b)
	return l.finish()
}

// Which P can any selection rule reach? It is a bound only, an implication: that it is reached
// is the theorem before.
func (c *Cell) acceptedOutputs() *kernel.Theorem {
	l := c.start("accepted outputs", kernel.Implied)
	l.symbol("P", false, false)
	q, b, s, r := l.each("q", false, true), l.laws("b", true), l.each("s", false, true), l.laws("r", true)
	bySet, byToken := l.flows(1)
	l.fact(kernel.GE, l.with(1, slices.Concat(bySet...), l.term(-1, 0)))
	for i := 0; i < c.N; i++ {
		l.fact(kernel.EQ, l.with(-1, byToken[i], l.term(1, q+i), l.term(-1, s+i)))
	}
	for t := range c.Sets {
		l.fact(kernel.EQ, l.with(-1, bySet[t], l.term(1, b+t), l.term(-1, r+t)))
	}
	l.optimumRows(q, b)
	return l.finish()
}
