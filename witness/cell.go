package witness

import (
	"math/bits"

	"pstar/certificate/kernel"
	"pstar/certificate/statement"
)

// Cell returns the document that proves MD-T1, MD-T2, MD-T3 and MD-T4 for K drafts of N tokens. The proofs are
// the same for all cells: Farkas' lemma, the symbols of the tokens sorted, and one identity by Abel's
// summation for each program. It panics as [statement.NewCell] does. Its length grows as N times the number of supports.
func Cell(k, n int) Proof {
	c := &cellProof{Cell: statement.NewCell(k, n)}
	c.supports = len(c.Sets)
	c.flowAt, c.inside = make([]int, c.supports), make([]int, n+1)
	for t, set := range c.Sets {
		c.flowAt[t] = c.flows
		c.flows += bits.OnesCount64(set)
		c.inside[last(set)+1] = t + 1
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

// CellFits says whether the document of [Cell] stays within the limits of the format.
func CellFits(k, n int) bool {
	supports, pairs, binomial := 0, 0, 1
	for size := 1; size <= min(k, n); size++ {
		if binomial = binomial * (n - size + 1) / size; binomial > kernel.MaxTerms {
			return false
		}
		if supports, pairs = supports+binomial, pairs+size*binomial; supports > kernel.MaxTerms/n {
			return false
		}
	}
	// The facts, rows and generators of the selection program, the facts of its dual, those of the minima.
	terms := (15*n/2+10)*supports + 2*pairs + (n+3)*(n+3)
	weight := 1 + k/8
	// The longest identity, of selection and of the last row for independent drafts.
	longest := max((n+4)*supports, weight*statement.Monomials(k, n))
	// Those of (p_1 + … + p_(n+1))^k are those of (p_1 + … + p_j)^k for all j.
	return supports*(n+2) <= kernel.MaxSymbols && terms <= kernel.MaxTerms && longest <= kernel.MaxSum &&
		weight*(statement.Monomials(k, n)+statement.Monomials(k, n+1))+(n+2)*supports <= kernel.MaxTerms
}

// cellProof writes the proofs of a cell.
type cellProof struct {
	*statement.Cell
	*proofWriter
	supports, flows int
	flowAt          []int // of each support, the first of its flows
	inside          []int // so many supports are within the first j tokens; they come first
}

// last is the largest token of a set.
func last(set uint64) int { return bits.Len64(set) - 1 }

// largestFlow returns the number of the flow of support t and its largest token among its flows.
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
				c.constant(1, target, target+j)
				c.constant(-1, law, law+c.inside[j])
			})
		}
	}, func() {
		symbols := n + supports + c.flows
		u := symbols + supports   // after the v_T
		rows := supports + n      // facts, row j at rows+j-1
		dual := rows + n          // facts v_T + u_i ≥ 0
		descent := dual + c.flows // facts u_j − u_(j+1) ≥ 0, j from 1
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
	b := 1 + n // symbols: P, q, b, w, a
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
			}, func() { c.constant(1, law+c.inside[j], law+supports) })
		}
	}, func() {
		symbols := 1 + 2*n + supports + c.flows
		up, down := symbols+1, symbols+1+n // c_i and d_i
		rows := 1 + 2*n + supports         // row j at rows+j
		dual := rows + n + 1               // facts c_i + d_i − s = 0, then v_T − d_i ≥ 0
		flow := dual + n
		descent := flow + c.flows // facts c_j − c_(j+1) ≥ 0
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

// balances writes the multiples of c_i + d_i − s = 0: P less the b_T whose largest token is not the first, for
// the first; Σ b_T over those whose largest token is i, for each other i.
func (c *cellProof) balances(dual, b int) {
	c.equation(dual, func() {
		c.term(1, 0)
		for t := c.inside[1]; t < c.supports; t++ {
			c.term(-1, b+t)
		}
	})
	for i := 1; i < c.N; i++ {
		c.equation(dual+i, func() {
			for t := c.inside[i]; t < c.inside[i+1]; t++ {
				c.term(1, b+t)
			}
		})
	}
}

func (c *cellProof) iidDrafts() {
	c.proof(statement.IIDDrafts, c.Theorem(statement.IIDDrafts), func() {
		for j := 1; j <= c.N; j++ {
			c.combine(j-1, nil, func() {
				c.constant(1, 0, c.inside[j])
			})
		}
	}, nil)
}
