package witness

import (
	"pstar/certificate/statement"
	"pstar/witness/internal/proof"
)

// selection numbers what the proof of the selection program speaks of: symbols P, q, b, g; facts; and
// what dualise, sort and define add.
type selection struct {
	q, b           int // symbols
	s, u, v        int // symbols of the dual: of the total, of each token, of each support
	rows           int // facts, row j at rows+j, then the one of q(Ω) = Σ b
	flow           int // facts u_z + v_T − s[z∈T] ≥ 0
	descent        int // facts u_j − u_(j+1) ≥ 0, j from 0
	facts, symbols int // so many so far
}

func (c *cellProof) selectionOptimum() {
	n, supports := c.N, c.supports
	target, law := 1, 1+n // facts
	l := selection{q: 1, b: 1 + n, rows: 1 + n + supports}
	c.Proof(statement.SelectionOptimum, c.Theorem(statement.SelectionOptimum), func() {
		for j := 0; j <= n; j++ {
			c.Combine(j, func() { c.Product(1, 0) }, func() {
				c.Constant(1, target, target+j)
				c.Constant(1, law+c.inside[j], law+supports)
			})
		}
		c.Combine(n+1, nil, func() {
			c.Constant(1, target, target+n)
			c.Constant(-1, law, law+supports)
		})
	}, func() {
		l.s = 1 + n + supports + n*supports
		l.u, l.v = l.s+1, l.s+1+n
		l.symbols = l.v + supports
		l.flow = l.rows + n + 2
		l.descent = l.flow + n*supports
		l.facts = l.descent + n - 1
		c.Sorted(l.u, n, func() { c.selectionIdentity(&l) })
	})
}

// selectionIdentity defines w_j = min(u_j − u_n, s) for j = n−1 … 1, which descend as the u_j do, and joins for each support T
// the facts of its largest token j and of the last token n, u_j + v_T ≥ s and u_n + v_T ≥ 0, to u_n + v_T ≥ s − w_j. Then
// the goal is a sum of products, by Abel's summation of the rows with weights s − w_1, w_1 − w_2, …, w_(n−1).
func (c *cellProof) selectionIdentity(l *selection) {
	n := c.N
	layered := c.layered(l.b, l.symbols, l.facts, l.rows, append(c.optimumRows(),
		layeredRow{"=", func() { c.each(1, l.q, l.q+n) }, -1, 0, n}))
	l.symbols, l.facts = l.symbols+n, layered.row+n+2
	joined := make([]int, c.supports) // the fact of each support
	above := make([]int, n-1)         // facts u_j − u_n − w_j ≥ 0
	steps := make([]int, n-1)         // facts w_j − w_(j+1) ≥ 0
	for j := n - 2; j >= 0; j-- {
		first, second := l.descent+n-2, proof.Sign(l.s)
		if j < n-2 {
			c.gap(l, j, above[j+1])
			first, second = l.facts, above[j+1]+1 // s − w_(j+1) ≥ 0
			l.facts++
		}
		above[j], steps[j] = l.facts, l.facts+2
		l.facts += 3
		c.Min(func() {
			c.Open('[')
			c.Term(1, l.u+j)
			c.Term(-1, l.u+n-1)
			c.Close(']')
		}, func() { c.Symbol(l.s) }, func() {
			c.Tuple(first, second)
			for t, set := range c.Sets {
				if last(set) == j {
					c.Tuple(l.flow+t*n+j, l.flow+t*n+n-1)
					joined[t] = l.facts
					l.facts++
				}
			}
		})
	}
	c.selectionGoal(l, layered, joined, above, steps)
}

// selectionGoal settles the goal, from the facts of the supports, u_j − u_n − w_j ≥ 0 and w_j − w_(j+1) ≥ 0.
func (c *cellProof) selectionGoal(l *selection, layered layers, joined, above, steps []int) {
	n := c.N
	c.Combine(0, func() {
		for t, set := range c.Sets {
			if last(set) == n-1 {
				joined[t] = l.flow + t*n + n - 1
			}
			c.Product(1, joined[t], proof.Sign(l.b+t))
		}
		c.Product(1, above[0]+1, layered.row)
		for j := 0; j < n-1; j++ {
			c.Product(1, steps[j], layered.row+j+1)
			c.Product(1, above[j], proof.Sign(l.q+j))
		}
	}, func() {
		c.Equation(layered.row+n+1, func() { c.Term(1, l.u+n-1) })
		c.without(layered, func(i int) {
			c.Term(-1, l.s)
			c.Term(1, l.u+n-1)
			if i < n-1 {
				c.Term(1, l.symbols+n-2-i) // w_i; that of the last but one token was the first
			}
		})
	})
}

// gap adds the fact u_j − u_n − w_(j+1) ≥ 0, the sum of u_j ≥ u_(j+1) and u_(j+1) − u_n ≥ w_(j+1), whose number is above.
func (c *cellProof) gap(l *selection, j, above int) {
	w := l.symbols + c.N - 3 - j // w_(n−1) was the first to be defined
	c.Have(">=", func() {
		c.Open('[')
		c.Term(1, l.u+j)
		c.Term(-1, l.u+c.N-1)
		c.Term(-1, w)
		c.Close(']')
	}, func() {
		c.Product(1, l.descent+j)
		c.Product(1, above)
	}, nil)
}
