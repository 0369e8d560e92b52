package witness

import (
	"math/bits"

	"pstar/certificate/statement"
)

// Cell returns the document that proves MD-T1, MD-T2, MD-T3 and MD-T4 for K drafts of N tokens. The proofs are
// the same for all cells: Farkas' lemma, the symbols of the tokens sorted, and one identity by Abel's
// summation for each program. It panics as [statement.NewCell] does. Its length grows as N times the number of supports.
func Cell(k, n int) Proof {
	c := &cellProof{Cell: statement.NewCell(k, n)}
	c.supports = len(c.Sets)
	c.flowAt = make([]int, c.supports)
	for t, set := range c.Sets {
		c.flowAt[t] = c.flows
		c.flows += bits.OnesCount64(set)
	}
	return document(func(w *proofWriter) {
		w.member("builder")
		w.text("cell")
		w.member("k")
		w.int(k)
		w.member("n")
		w.int(n)
	}, [][2]string{{"MD-T1", "proved"}, {"MD-T2", "proved"}, {"MD-T3", "proved"}, {"MD-T4", "proved"}}, func(w *proofWriter) {
		c.proofWriter = w
		c.transportFeasible()
		c.transportOptimum()
		c.selectionOptimum()
		c.iidDrafts()
	})
}

// cellProof writes the proofs of a cell.
type cellProof struct {
	*statement.Cell
	*proofWriter
	supports, flows int
	flowAt          []int // of each support, the first of its flows
}

// last is the largest token of a set.
func last(set uint64) int { return bits.Len64(set) - 1 }

// outside says whether a token of the set is not among the first j.
func outside(set uint64, j int) bool { return set>>j != 0 }

// smallest returns the number of the flow of support t and its largest token among its flows.
func (c *cellProof) largestFlow(t int) int {
	return c.flowAt[t] + bits.OnesCount64(c.Sets[t]) - 1
}

// sorted writes dualise and sort of symbols first..first+N-1, with the steps inside.
func (c *cellProof) sorted(first int, steps func()) {
	c.step("dualise", func() {
		c.list("steps", func() {
			c.step("sort", func() {
				c.list("symbols", func() {
					for i := 0; i < c.N; i++ {
						c.int(first + i)
					}
				})
				c.list("steps", steps)
			})
		})
	})
}

// symbolReference is the reference to the sign of a symbol.
func symbolReference(s int) int { return -1 - s }

func (c *cellProof) transportFeasible() {
	n, supports := c.N, c.supports
	b := n                     // symbols: q, b, a
	law, target := 0, supports // facts
	c.proof(statement.TransportFeasible, c.Theorem(statement.TransportFeasible), func() {
		for j := 1; j <= n; j++ {
			c.combine(j-1, nil, func() {
				for i := 0; i < j; i++ {
					c.constant(1, target+i)
				}
				for t, set := range c.Sets {
					if !outside(set, j) {
						c.constant(-1, law+t)
					}
				}
			})
		}
	}, func() {
		symbols := n + supports + c.flows
		v, u := symbols, symbols+supports // v_T, then u_i
		rows := supports + n              // facts, row j at rows+j-1
		dual := rows + n                  // facts v_T + u_i ≥ 0
		descent := dual + c.flows         // facts u_j − u_(j+1) ≥ 0, j from 1
		_ = v
		c.sorted(u, func() {
			c.combine(0, func() {
				for t := range c.Sets {
					c.product(1, dual+c.largestFlow(t), symbolReference(b+t))
				}
				for j := 1; j < n; j++ {
					c.product(1, descent+j-1, rows+j-1)
				}
			}, func() {
				c.equation(rows+n-1, func() { c.term(1, u+n-1) })
			})
		})
	})
}

func (c *cellProof) transportOptimum() {
	n, supports := c.N, c.supports
	q, b := 1, 1+n // symbols: P, q, b, w, a
	total, below, reach, law := 0, 1, 1+n, 1+2*n
	c.proof(statement.TransportOptimum, c.Theorem(statement.TransportOptimum), func() {
		for j := 0; j <= n; j++ {
			c.combine(j, func() {
				c.product(1, total)
				for i := 0; i < n; i++ {
					if i < j {
						c.product(1, below+i)
					} else {
						c.product(1, reach+i)
					}
				}
			}, func() { c.lawsOutside(law, j) })
		}
	}, func() {
		symbols := 1 + 2*n + supports + c.flows
		up, down := symbols+1, symbols+1+n // c_i and d_i
		rows := 1 + 2*n + supports         // row j at rows+j
		dual := rows + n + 1               // facts c_i + d_i − s = 0, then v_T − d_i ≥ 0
		flow := dual + n
		descent := flow + c.flows // facts c_j − c_(j+1) ≥ 0
		_ = q
		c.sorted(up, func() {
			c.combine(0, func() {
				for t := range c.Sets {
					c.product(1, flow+c.largestFlow(t), symbolReference(b+t))
				}
				c.product(1, symbolReference(down), rows)
				for j := 1; j < n; j++ {
					c.product(1, descent+j-1, rows+j)
				}
				c.product(1, symbolReference(up+n-1), rows+n)
			}, func() { c.balances(dual, b) })
		})
	})
}

// lawsOutside writes the equations of b_T for all T that are not inside the first j tokens.
func (c *cellProof) lawsOutside(law, j int) {
	for t, set := range c.Sets {
		if outside(set, j) {
			c.constant(1, law+t)
		}
	}
}

// balances writes the multiples of c_i + d_i − s = 0: P less the b_T whose largest token is not the first, for
// the first; Σ b_T over those whose largest token is i, for each other i.
func (c *cellProof) balances(dual, b int) {
	c.equation(dual, func() {
		c.term(1, 0)
		for t, set := range c.Sets {
			if last(set) > 0 {
				c.term(-1, b+t)
			}
		}
	})
	for i := 1; i < c.N; i++ {
		c.equation(dual+i, func() {
			for t, set := range c.Sets {
				if last(set) == i {
					c.term(1, b+t)
				}
			}
		})
	}
}

func (c *cellProof) iidDrafts() {
	c.proof(statement.IIDDrafts, c.Theorem(statement.IIDDrafts), func() {
		for j := 1; j <= c.N; j++ {
			c.combine(j-1, nil, func() {
				for t, set := range c.Sets {
					if !outside(set, j) {
						c.constant(1, t)
					}
				}
			})
		}
	}, nil)
}
