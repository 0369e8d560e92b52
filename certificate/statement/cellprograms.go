package statement

import "pstar/certificate/kernel"

// Is there a way to choose one of the drafted tokens such that its law is q? With Σ q = Σ b
// this is a transport of b to q.
func (c *Cell) transportFeasible() *kernel.Theorem {
	l := c.start("transport feasible", kernel.Feasible)
	q, b := l.each("p+", "q"), l.laws("p+", "b")
	bySet, byToken := l.flows(1)
	l.facts(kernel.EQ, part{1, b}, part{-1, bySet})
	l.facts(kernel.EQ, part{1, q}, part{-1, byToken})
	l.feasibleRows(q, b, kernel.EQ)
	return l.finish()
}

// feasibleRows adds the rows q(S_j) − Σ_{T⊆S_j} b_T ≥ 0 for j < N; the last one has its own
// relation.
// There is a row for each j, which stands for all sets of that size.
func (l *layout) feasibleRows(q, b array, last kernel.Relation) {
	for j := 1; j <= l.N; j++ {
		relation := kernel.GE
		// All tokens: there is no more of q than of b.
		if j == l.N {
			relation = last
		}
		l.row(relation, l.sum(0, part{1, l.to(j, q)}, part{-1, l.to(j, b)}))
	}
}

// optimumRows adds the fact 1 − Σ b_T = 0, and the rows q(S_j) + 1 − Σ_{T⊆S_j} b_T − P ≥ 0.
// With j = 0 it is 1 ≥ P, with j = N q(Ω) ≥ P.
func (l *layout) optimumRows(p, q, b array) {
	// 1 is the total of b, and of q.
	l.fact(kernel.EQ, l.sum(1, part{-1, b}))
	// j = 0 and j = N have no image but themselves.
	for j := 0; j <= l.N; j++ {
		l.row(kernel.GE, l.sum(1, part{-1, p}, part{1, l.to(j, q)}, part{-1, l.to(j, b)}))
	}
}

// Which P can importance weights followed by single-draft speculative sampling reach? w_i is
// the least of q_i and Σ_T a_T(i), or less: how often i is chosen and accepted.
func (c *Cell) transportOptimum() *kernel.Theorem {
	l := c.start("transport optimum", kernel.Feasible)
	p := array{{l.number("p", "P")}}
	q, b, w := l.each("p+", "q"), l.laws("p+", "b"), l.each("u", "w")
	bySet, byToken := l.flows(1)
	l.fact(kernel.GE, l.sum(0, part{-1, p}, part{1, w}))
	l.facts(kernel.GE, part{1, q}, part{-1, w})
	l.facts(kernel.GE, part{-1, w}, part{1, byToken})
	l.facts(kernel.EQ, part{1, b}, part{-1, bySet})
	l.optimumRows(p, q, b)
	return l.finish()
}

// Which P can any selection rule reach? It is a bound only, an implication: that it is reached
// is the theorem before.
func (c *Cell) acceptedOutputs() *kernel.Theorem {
	l := c.start("accepted outputs", kernel.Implied)
	p := array{{l.number("p", "P")}}
	q, b, s, r := l.each("p+", "q"), l.laws("p+", "b"), l.each("p+", "s"), l.laws("p+", "r")
	bySet, byToken := l.flows(1)
	l.fact(kernel.GE, l.sum(0, part{-1, p}, part{1, bySet}))
	l.facts(kernel.EQ, part{1, q}, part{-1, s}, part{-1, byToken})
	l.facts(kernel.EQ, part{1, b}, part{-1, r}, part{-1, bySet})
	l.optimumRows(p, q, b)
	return l.finish()
}
