package witness

import (
	"context"
	"math/bits"

	"pstar/certificate/kernel"
	"pstar/certificate/statement"
	"pstar/witness/internal/proof"
)

// Cell returns the document that proves MD-T1, MD-T2, MD-T3 and MD-T4 for K drafts of N tokens.
// The proofs are the same for all cells: Farkas' lemma, the symbols of the tokens sorted, and
// one identity by Abel's summation for each program. It panics as [statement.NewCell] does, and
// if the cell does not fit. Its length grows as N times the number of supports. The error is
// the cause of the end of ctx, at which it looks between the theorems.
//
// Nothing is searched for: the multipliers are known in closed form, from Abel's summation.
// With u sorted, Σ u_i q_i is a sum of the differences u_j − u_(j+1), which are ≥ 0, times
// q(S_j), and each support T brings (u_max + v_T) b_T, which is ≥ 0 as well.
func Cell(ctx context.Context, k, n int) (Proof, error) {
	c := &cellProof{Cell: statement.NewCell(k, n)}
	c.supports = len(c.Sets)
	c.flowAt, c.inside = make([]int, c.supports), make([]int, n+1)
	// Where the flows of each support begin, and how many supports there are within S_j.
	for t, set := range c.Sets {
		c.flowAt[t] = c.flows
		c.flows += bits.OnesCount64(set)
		c.inside[last(set)+1] = t + 1
	}
	// Before anything is written.
	fits, drafts := cellParts(k, n)
	if !fits {
		panic("witness: a cell that does not fit")
	}
	document := proof.Document(func(w *proof.Writer) { w.Shape("cell", k, n) }, cellClaims, func(w *proof.Writer) {
		c.Writer = w
		// In the order of the builder's theorems: proofs are matched with them by their
		// numbers.
		for k, prove := range []func(){c.transportFeasible, c.transportOptimum, c.iidDrafts, c.acceptedOutputs} {
			// Without the theorem on iid drafts the checker words the claims on them otherwise.
			if (drafts || k != statement.IIDDrafts) && ctx.Err() == nil {
				prove()
			}
		}
	})
	// What has been written is thrown away: half a document proves nothing.
	if ctx.Err() != nil {
		return nil, context.Cause(ctx)
	}
	return document, nil
}

// cellClaims are the claims of the document; the checker derives them itself, and
// compares.
var cellClaims = [][2]string{{"MD-T1", "proved"}, {"MD-T2", "proved"}, {"MD-T3", "proved"}, {"MD-T4", "proved"}}

// CellFits says whether a document of [Cell] stays within the limits of the format.
//
// It is a bound: a cell that it refuses might just fit, one that it allows does.
func CellFits(k, n int) bool {
	fits, _ := cellParts(k, n)
	return fits
}

// cellParts says whether the theorems of a cell are within the limits of the format, and
// whether that of iid drafts is. A prover has to know before it begins: a document of a large
// cell takes seconds, and would be refused in the end. The counts are those of the checker, or
// an upper bound of them that has been measured.
func cellParts(k, n int) (fits, drafts bool) {
	supports, pairs, inside, weight := 0, 0, 0, 1+k/8 // inside: the sum of the numbers of supports in S_1, S_2, …
	for last := 1; last <= n; last++ {
		// Supports with this largest token and so many others below it: last over size-1.
		binomial := 1
		// Supports by their largest token, so that those within S_j are counted on the way.
		for size := 1; size <= min(k, last); size++ {
			supports, pairs, inside = supports+binomial, pairs+size*binomial, inside+(n+1-last)*binomial
			binomial = binomial * (last - size) / size
			// It ends before numbers can overflow.
			// Flows and supports are symbols, some of them twice.
			if 2*supports+pairs > kernel.MaxSymbols {
				return false, false
			}
		}
	}
	// The facts, rows and generators of the transport program, the facts of its dual, and the
	// layers.
	transport := 13*pairs/2 + 9*supports + inside + 30*n + 2*(n+3)*(n+3)
	// In the checker's unit of work. The factors come from documents of many cells; a
	// sixteenth of the limit is left for what they do not show.
	work := pairs * (9*n + 92) // measured, as the rest of it
	// Terms of the whole statement, terms of one sum, and work: each has its own limit.
	fits = transport <= kernel.MaxTerms && 3*supports+n*n <= kernel.MaxSum && work <= kernel.MaxWork/16*15
	// Those of (p_1 + … + p_(n+1))^k are those of (p_1 + … + p_j)^k for all j.
	terms, ofAll := statement.Monomials(k, n), statement.Monomials(k, n+1)
	// The theorem on iid drafts has powers of sums written out, which outgrow all else;
	// without it the others may still fit.
	drafts = weight*terms <= kernel.MaxSum && weight*(terms+ofAll)+(n+2)*supports <= kernel.MaxTerms &&
		work+weight*(115*terms+55*statement.Monomials(k+1, n)) <= kernel.MaxWork/16*15
	return fits, drafts
}

// cellProof writes the proofs of a cell.
// Symbols and facts have the numbers of package statement, which are counted here again; a
// mistake in it makes a document that the checker refuses.
//
// Numbers of symbols and facts are offsets: first those of the statement in its order,
// then what rules add.
type cellProof struct {
	*statement.Cell
	*proof.Writer
	supports, flows int
	flowAt          []int // of each support, the first of its flows
	inside          []int // so many supports are within the first j tokens; they come first
}

// last is the largest token of a set.
//
// Tokens count from 0, and the set is not empty.
func last(set uint64) int { return bits.Len64(set) - 1 }

// largestFlow returns the number of the flow of support t and its largest token among its
// flows.
//
// With u sorted, the largest token of a support has the least u: that flow is the one
// whose dual fact is used.
func (c *cellProof) largestFlow(t int) int {
	return c.flowAt[t] + bits.OnesCount64(c.Sets[t]) - 1
}

// layers are the sums B_i of the b_T whose largest token is i: with them in place of the b_T
// identities have a few terms for each support, and not N. Without them the identity of a cell
// has a term u_j·b_T for each support and each j: at (6,14) a document would be ten times as
// long.
//
// B_i is at symbol+i-1 and its definition at fact+i-1, for i from 1.
type layers struct {
	symbol int // of B_1
	fact   int // B_1 − Σ b_T = 0, and so on
	row    int // the rows with the B_i
}

// layered defines the B_i, and restates rows, whose facts begin at rows. Each row is written by
// its terms besides those of the B_i, and has c times the B_i from first to last-1. The scope
// has so many symbols and facts.
func (c *cellProof) layered(b, symbols, facts, rows int, list []layeredRow) layers {
	// Definitions come first, so that rows may use them; both are numbered on from the
	// scope.
	l := layers{symbols, facts, facts + c.N}
	for i := 0; i < c.N; i++ {
		c.Rule("define", "term", func() {
			c.Open('[')
			// Supports whose largest token is i are a run.
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
			// A row is a fact with the B_i once the sums of the b_T are replaced: itself, once,
			// and equations.
			// An inequality is used once as a product; an equation may only be added as one.
			if row.relation != "=" {
				c.Product(1, rows+k)
			}
		}, func() {
			// The same fact, in the list of equations.
			if row.relation == "=" {
				c.Constant(1, rows+k, rows+k+1)
			}
			// Fact 0 is never a total, so that 0 stands for none.
			if row.total > 0 {
				c.Constant(-1, row.total, row.total+1)
			}
			c.Constant(row.c, l.fact+row.first, l.fact+row.last)
		})
	}
	return l
}

// layeredRow is a row with the B_i.
//
// first and last count the B_i from 0.
type layeredRow struct {
	relation       string
	terms          func()
	c, first, last int
	total          int // the fact 1 − Σ b_T = 0, if it is needed
}

// without writes, for each i, a multiple of B_i − Σ b_T = 0.
//
// The B_i are in the rows and not in the goal: these multiples take them out of the sum
// again.
func (c *cellProof) without(l layers, multiple func(i int)) {
	for i := 0; i < c.N; i++ {
		c.Equation(l.fact+i, func() { multiple(i) })
	}
}

// Rows: the equations of the tokens of S_j, less those of the supports within. What is left are
// flows into S_j from supports that are not within it, which are ≥ 0. Exists: by the dual, with
// the u sorted.
func (c *cellProof) transportFeasible() {
	n, supports := c.N, c.supports
	// Offsets as the builder has them: a symbol or fact of a kind is its offset and its
	// number.
	b := n                     // symbols: q, b, a
	law, target := 0, supports // facts
	c.Proof(statement.TransportFeasible, c.Theorem(statement.TransportFeasible), func() {
		for j := 1; j <= n; j++ {
			c.Combine(j-1, nil, func() {
				// Equations of all tokens of S_j, once each.
				c.Constant(1, target, target+j)
				// Supports within S_j come first in the list, so that they are a run as well.
				c.Constant(-1, law, law+c.inside[j])
			})
		}
	}, func() {
		symbols := n + supports + c.flows
		u := symbols + supports   // after the v_T
		rows := supports + n      // facts, row j at rows+j-1
		dual := rows + n          // facts v_T + u_i ≥ 0
		descent := dual + c.flows // facts u_j − u_(j+1) ≥ 0, j from 1
		// The theorem is the same for every order of the tokens, so that one order of the u
		// is enough.
		c.Sorted(u, n, func() {
			var list []layeredRow
			for j := 1; j <= n; j++ {
				// q(S_j) − Σ_(i<=j) B_i ≥ 0.
				row := layeredRow{">=", func() { c.each(1, 0, j) }, -1, 0, j, 0}
				// All tokens have what all supports have.
				if j == n {
					row.relation = "="
				}
				list = append(list, row)
			}
			l := c.layered(b, u+n, descent+n-1, rows, list)
			c.Combine(0, func() {
				// b_T ≥ 0 times v_T + u_max ≥ 0.
				for t := range c.Sets {
					c.Product(1, dual+c.largestFlow(t), proof.Sign(b+t))
				}
				// Abel's summation: each difference of the u, times the row of S_j.
				for j := 1; j < n; j++ {
					c.Product(1, descent+j-1, l.row+j-1)
				}
			}, func() {
				// The last u is of any sign, and so is multiplied with an equation.
				c.Equation(l.row+n-1, func() { c.Term(1, u+n-1) })
				c.without(l, func(i int) { c.Term(1, u+i) })
			})
		})
	})
}

// each writes c times each of the symbols first..last-1.
//
// It writes nothing if there are none.
func (c *cellProof) each(times, first, last int) {
	for s := first; s < last; s++ {
		c.Term(times, s)
	}
}

// optimumRows are q(S_j) + Σ_(i>j) B_i − P ≥ 0, j = 0..N; total is the fact 1 − Σ b_T = 0.
func (c *cellProof) optimumRows(total int) (list []layeredRow) {
	for j := 0; j <= c.N; j++ {
		list = append(list, layeredRow{">=", func() {
			c.Term(-1, 0)
			c.each(1, 1, 1+j)
		}, 1, j, c.N, total})
	}
	return list
}

// Rows: w_i ≤ q_i for i in S_j, and w_i ≤ Σ_T a_T(i) for the others. Exists: the dual has c_i
// and d_i, the multipliers of the two bounds of w_i, with c_i + d_i = s, that of P; sorted by
// the c_i.
func (c *cellProof) transportOptimum() {
	n, supports := c.N, c.supports
	b := 1 + n // symbols: P, q, b, w, a
	// Facts: Σ w_i ≥ P; w_i ≤ q_i; w_i ≤ its flows; the flows of each support are its b_T;
	// and all b_T have the sum 1.
	total, below, reach, law := 0, 1, 1+n, 1+2*n
	c.Proof(statement.TransportOptimum, c.Theorem(statement.TransportOptimum), func() {
		for j := 0; j <= n; j++ {
			c.Combine(j, func() {
				c.Product(1, total)
				for i := 0; i < n; i++ {
					// Tokens of S_j by what is wanted of them, the others by what drafts can give.
					if i < j {
						c.Product(1, below+i)
					} else {
						c.Product(1, reach+i)
					}
				}
			}, func() {
				c.Constant(1, law+c.inside[j], law+supports)
				c.Constant(1, law+supports, law+supports+1)
			})
		}
	}, func() {
		symbols := 1 + 2*n + supports + c.flows
		up, down := symbols+1, symbols+1+n // c_i and d_i
		rows := 2 + 2*n + supports         // row j at rows+j
		dual := rows + n + 1               // facts c_i + d_i − s = 0, then v_T − d_i ≥ 0
		flow := dual + n
		descent := flow + c.flows // facts c_j − c_(j+1) ≥ 0
		c.Sorted(up, n, func() {
			l := c.layered(b, down+n+supports, descent+n-1, rows, c.optimumRows(law+supports))
			c.Combine(0, func() {
				for t := range c.Sets {
					c.Product(1, flow+c.largestFlow(t), proof.Sign(b+t))
				}
				// The two ends of the summation: the least d and the least c are not negative by
				// their signs.
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

// The sum of the definitions of the b_T within S_j is the row.
func (c *cellProof) iidDrafts() {
	c.Proof(statement.IIDDrafts, c.Theorem(statement.IIDDrafts), func() {
		for j := 1; j <= c.N; j++ {
			c.Combine(j-1, nil, func() {
				// Both sides are sums of products of the p, and agree when they are written out.
				c.Constant(1, 0, c.inside[j])
			})
		}
	}, nil)
}

// acceptedOutputs adds up what there is of each token in S_j and of each support outside of it.
func (c *cellProof) acceptedOutputs() {
	// Nothing has to exist: the theorem only says that rows follow.
	const total, target = 0, 1 // facts
	law := target + c.N
	c.Proof(statement.AcceptedOutputs, c.Theorem(statement.AcceptedOutputs), func() {
		for j := 0; j <= c.N; j++ {
			c.Combine(j, func() { c.Product(1, total) }, func() {
				c.Constant(1, target, target+j)
				c.Constant(1, law+c.inside[j], law+c.supports)
				c.Constant(1, law+c.supports, law+c.supports+1)
			})
		}
	}, nil)
}
