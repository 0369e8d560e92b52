package witness

import (
	"context"
	"math/bits"

	"pstar/certificate/kernel"
	"pstar/certificate/statement"
	"pstar/witness/internal/proof"
)

// CellClaims are the claims of the document of [Cell], tags with statuses: MD-T1, MD-T2, MD-T3 and MD-T4, the first and the last of them
// concluded where the selection program is too large for the format. There are none if the cell is.
func CellClaims(k, n int) [][2]string {
	parts := cellParts(k, n)
	equal := "proved"
	switch {
	case !parts[statement.TransportOptimum]:
		return nil
	case !parts[statement.SelectionOptimum]:
		equal = "concluded"
	}
	return [][2]string{{"MD-T1", equal}, {"MD-T2", "proved"}, {"MD-T3", "proved"}, {"MD-T4", equal}}
}

// Cell returns the document that proves the claims of [CellClaims] for K drafts of N tokens. The proofs are
// the same for all cells: Farkas' lemma, the symbols of the tokens sorted, and one identity by Abel's
// summation for each program. It panics as [statement.NewCell] does, and if the cell does not fit. Its length grows as N times the number of supports.
// The error is the cause of the end of ctx, at which it looks between the theorems.
func Cell(ctx context.Context, k, n int) (Proof, error) {
	c := &cellProof{Cell: statement.NewCell(k, n)}
	c.supports = len(c.Sets)
	c.flowAt, c.inside = make([]int, c.supports), make([]int, n+1)
	for t, set := range c.Sets {
		c.flowAt[t] = c.flows
		c.flows += bits.OnesCount64(set)
		c.inside[last(set)+1] = t + 1
	}
	claims, parts := CellClaims(k, n), cellParts(k, n)
	if claims == nil {
		panic("witness: a cell that does not fit")
	}
	document := proof.Document(func(w *proof.Writer) { w.Shape("cell", k, n) }, claims, func(w *proof.Writer) {
		c.Writer = w
		for k, prove := range []func(){c.transportFeasible, c.transportOptimum, c.iidDrafts, c.selectionOptimum} {
			if parts[k] && ctx.Err() == nil {
				prove()
			}
		}
	})
	if ctx.Err() != nil {
		return nil, context.Cause(ctx)
	}
	return document, nil
}

// CellFits says whether a document of [Cell] stays within the limits of the format.
func CellFits(k, n int) bool { return CellClaims(k, n) != nil }

// cellParts says which theorems of a cell are within the limits of the format.
func cellParts(k, n int) (fits [statement.SelectionOptimum + 1]bool) {
	supports, pairs, largest, weight := 0, 0, 0, 1+k/8 // largest: the sum of the largest tokens of the supports
	for last := 1; last <= n; last++ {
		binomial := 1
		for size := 1; size <= min(k, last); size++ {
			supports, pairs, largest = supports+binomial, pairs+size*binomial, largest+last*binomial
			binomial = binomial * (last - size) / size
			if 2*supports+pairs > kernel.MaxSymbols {
				return fits
			}
		}
	}
	// The facts, rows and generators of the transport program, the facts of its dual, and the layers.
	transport := 13*pairs/2 + 7*supports + largest + 30*n + 2*(n+3)*(n+3)
	fits[statement.TransportFeasible] = transport <= kernel.MaxTerms && 3*supports+n*n <= kernel.MaxSum
	fits[statement.TransportOptimum] = fits[statement.TransportFeasible]
	// Those of the selection program, and of the minima.
	selection := supports*(13*n/2+8) + largest + 2*pairs + 30*n + 2*(n+3)*(n+3)
	fits[statement.SelectionOptimum] = supports*(n+2) <= kernel.MaxSymbols && selection <= kernel.MaxTerms && 4*supports+n*n <= kernel.MaxSum
	// Those of (p_1 + … + p_(n+1))^k are those of (p_1 + … + p_j)^k for all j.
	fits[statement.IIDDrafts] = weight*statement.Monomials(k, n) <= kernel.MaxSum &&
		weight*(statement.Monomials(k, n)+statement.Monomials(k, n+1))+(n+2)*supports <= kernel.MaxTerms
	return fits
}

// cellProof writes the proofs of a cell.
type cellProof struct {
	*statement.Cell
	*proof.Writer
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

// layers are the sums B_i of the b_T whose largest token is i: with them in place of the b_T identities have a few terms for
// each support, and not N.
type layers struct {
	symbol int // of B_1
	fact   int // B_1 − Σ b_T = 0, and so on
	row    int // the rows with the B_i
}

// layered defines the B_i, and restates rows, whose facts begin at rows. Each row is written by its terms besides those of the B_i, and has c times the
// B_i from first to last-1. The scope has so many symbols and facts.
func (c *cellProof) layered(b, symbols, facts, rows int, list []layeredRow) layers {
	l := layers{symbols, facts, facts + c.N}
	for i := 0; i < c.N; i++ {
		c.Rule("define", "term", func() {
			c.Open('[')
			for t := c.inside[i]; t < c.inside[i+1]; t++ {
				c.Term(1, b+t)
			}
			c.Close(']')
		})
	}
	for k, row := range list {
		c.Have(row.relation, func() {
			c.Open('[')
			row.terms()
			for i := row.first; i < row.last; i++ {
				c.Term(row.c, l.symbol+i)
			}
			c.Close(']')
		}, func() {
			if row.relation != "=" {
				c.Product(1, rows+k)
			}
		}, func() {
			if row.relation == "=" {
				c.Constant(1, rows+k, rows+k+1)
			}
			c.Constant(row.c, l.fact+row.first, l.fact+row.last)
		})
	}
	return l
}

// layeredRow is a row with the B_i.
type layeredRow struct {
	relation       string
	terms          func()
	c, first, last int
}

// without writes, for each i, a multiple of B_i − Σ b_T = 0.
func (c *cellProof) without(l layers, multiple func(i int)) {
	for i := 0; i < c.N; i++ {
		c.Equation(l.fact+i, func() { multiple(i) })
	}
}

func (c *cellProof) transportFeasible() {
	n, supports := c.N, c.supports
	b := n                     // symbols: q, b, a
	law, target := 0, supports // facts
	c.Proof(statement.TransportFeasible, c.Theorem(statement.TransportFeasible), func() {
		for j := 1; j <= n; j++ {
			c.Combine(j-1, nil, func() {
				c.Constant(1, target, target+j)
				c.Constant(-1, law, law+c.inside[j])
			})
		}
	}, func() {
		symbols := n + supports + c.flows
		u := symbols + supports   // after the v_T
		rows := supports + n      // facts, row j at rows+j-1
		dual := rows + n          // facts v_T + u_i ≥ 0
		descent := dual + c.flows // facts u_j − u_(j+1) ≥ 0, j from 1
		c.Sorted(u, n, func() {
			var list []layeredRow
			for j := 1; j <= n; j++ {
				row := layeredRow{">=", func() { c.each(1, 0, j) }, -1, 0, j}
				if j == n {
					row.relation = "="
				}
				list = append(list, row)
			}
			l := c.layered(b, u+n, descent+n-1, rows, list)
			c.Combine(0, func() {
				for t := range c.Sets {
					c.Product(1, dual+c.largestFlow(t), proof.Sign(b+t))
				}
				for j := 1; j < n; j++ {
					c.Product(1, descent+j-1, l.row+j-1)
				}
			}, func() {
				c.Equation(l.row+n-1, func() { c.Term(1, u+n-1) })
				c.without(l, func(i int) { c.Term(1, u+i) })
			})
		})
	})
}

// each writes c times each of the symbols first..last-1.
func (c *cellProof) each(times, first, last int) {
	for s := first; s < last; s++ {
		c.Term(times, s)
	}
}

// optimumRows are q(S_j) + Σ_(i>j) B_i − P ≥ 0, j = 0..N.
func (c *cellProof) optimumRows() (list []layeredRow) {
	for j := 0; j <= c.N; j++ {
		list = append(list, layeredRow{">=", func() {
			c.Term(-1, 0)
			c.each(1, 1, 1+j)
		}, 1, j, c.N})
	}
	return list
}

func (c *cellProof) transportOptimum() {
	n, supports := c.N, c.supports
	b := 1 + n // symbols: P, q, b, w, a
	total, below, reach, law := 0, 1, 1+n, 1+2*n
	c.Proof(statement.TransportOptimum, c.Theorem(statement.TransportOptimum), func() {
		for j := 0; j <= n; j++ {
			c.Combine(j, func() {
				c.Product(1, total)
				for i := 0; i < n; i++ {
					if i < j {
						c.Product(1, below+i)
					} else {
						c.Product(1, reach+i)
					}
				}
			}, func() { c.Constant(1, law+c.inside[j], law+supports) })
		}
	}, func() {
		symbols := 1 + 2*n + supports + c.flows
		up, down := symbols+1, symbols+1+n // c_i and d_i
		rows := 1 + 2*n + supports         // row j at rows+j
		dual := rows + n + 1               // facts c_i + d_i − s = 0, then v_T − d_i ≥ 0
		flow := dual + n
		descent := flow + c.flows // facts c_j − c_(j+1) ≥ 0
		c.Sorted(up, n, func() {
			l := c.layered(b, down+n+supports, descent+n-1, rows, c.optimumRows())
			c.Combine(0, func() {
				for t := range c.Sets {
					c.Product(1, flow+c.largestFlow(t), proof.Sign(b+t))
				}
				c.Product(1, proof.Sign(down), l.row)
				for j := 1; j < n; j++ {
					c.Product(1, descent+j-1, l.row+j)
				}
				c.Product(1, proof.Sign(up+n-1), l.row+n)
			}, func() {
				// P less the B_i for i > 1, and B_i, times c_i + d_i − s = 0.
				c.Equation(dual, func() {
					c.Term(1, 0)
					c.each(-1, l.symbol+1, l.symbol+n)
				})
				for i := 1; i < n; i++ {
					c.Equation(dual+i, func() { c.Term(1, l.symbol+i) })
				}
				c.without(l, func(i int) { c.Term(-1, down+i) })
			})
		})
	})
}

func (c *cellProof) iidDrafts() {
	c.Proof(statement.IIDDrafts, c.Theorem(statement.IIDDrafts), func() {
		for j := 1; j <= c.N; j++ {
			c.Combine(j-1, nil, func() {
				c.Constant(1, 0, c.inside[j])
			})
		}
	}, nil)
}
