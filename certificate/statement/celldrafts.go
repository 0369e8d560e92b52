package statement

import (
	"math/big"

	"pstar/certificate/kernel"
	"pstar/certificate/theorem"
)

// It states an identity of polynomials: that the b_T of drafts from p, which are sums of
// products of probabilities, have the sum p(S)^K over T ⊆ S. No sum of the p_i is assumed to be
// 1.
func (c *Cell) iidDrafts() *kernel.Theorem {
	l := c.start("iid drafts", kernel.Implied)
	l.each("p", false, true) // symbols 0..N-1
	b := l.laws("b", false)
	// They ascend, and so do the parts of them that facts and rows take.
	monomials := multinomials(c.K, c.N)
	// One pass over the terms fills facts and rows: each term is in one fact, and in the rows
	// of all S_j that contain its tokens.
	of := map[uint64]kernel.Poly{} // −f_T
	rows := make([]kernel.Poly, c.N)
	for j := range rows {
		rows[j] = make(kernel.Poly, 0, Monomials(c.K, j+1))
	}
	for _, m := range monomials {
		of[m.set] = append(of[m.set], m.term)
		// A set within S_j is within all that are larger, so the loop ends at the first
		// that is too small.
		for j := c.N; j > 0 && inside(m.set, j); j-- {
			rows[j-1] = append(rows[j-1], m.term)
		}
	}
	// b_T is what these terms add up to: the probability that the drafts are just the tokens of
	// T.
	for t, set := range c.Sets {
		l.fact(kernel.EQ, append(kernel.Poly{l.term(1, b+t)}, of[set]...))
	}
	for j := 1; j <= c.N; j++ {
		l.row(kernel.EQ, append(l.within(1, b, j), rows[j-1]...))
	}
	return l.finish()
}

// monomial is a term of −(p_1 + … + p_N)^K and the set of its tokens. p_i is symbol i-1.
// The set is that of the symbols of the term.
type monomial struct {
	set  uint64
	term kernel.Term
}

// multinomials lists the terms of −(p_1 + … + p_n)^k in ascending order.
// Their number is bounded by what the caller has checked.
func multinomials(k, n int) []monomial {
	var list []monomial
	symbols := make([]int, 0, k)
	var extend func(first int, set uint64, ways *big.Int)
	// ways is the number of ways to place the symbols so far into k places, and so on: the
	// multinomial coefficient in the end.
	// Tokens from first on are left to be placed.
	extend = func(first int, set uint64, ways *big.Int) {
		if len(symbols) == k {
			list = append(list, monomial{set, kernel.Term{C: theorem.Big(new(big.Int).Neg(ways)), M: kernel.Product(symbols...)}})
			return
		}
		// Runs of one token, the longest first, so that terms ascend.
		for i := first; i < n; i++ {
			left := k - len(symbols)
			longest := left
			// The run is at least 1: a token without a place is passed over by i.
			for run := longest; run > 0; run-- {
				// The last token takes all places that are left.
				if i == n-1 && run < left {
					break
				}
				for r := 0; r < run; r++ {
					symbols = append(symbols, i)
				}
				// The number of ways to choose places for the run among those that are
				// left.
				next := new(big.Int).Mul(ways, new(big.Int).Binomial(int64(left), int64(run)))
				extend(i+1, set|1<<i, next)
				symbols = symbols[:len(symbols)-run]
			}
		}
	}
	extend(0, 0, big.NewInt(1))
	return list
}
