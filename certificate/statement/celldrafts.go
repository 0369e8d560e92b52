package statement

import (
	"math/big"
	"math/bits"
	"slices"

	"pstar/certificate/kernel"
	"pstar/certificate/theorem"
)

// It states an identity of polynomials: that the b_T of drafts from p, which are sums of
// products of probabilities, have the sum p(S)^K over T ⊆ S. No sum of the p_i is assumed to be
// 1.
func (c *Cell) iidDrafts() *kernel.Theorem {
	l := c.start("iid drafts", kernel.Implied)
	l.each("p+", "p") // symbols 0..N-1
	b := l.laws("p", "b")
	// b_T is what the terms with just its tokens add up to, of which there are so many as every
	// token has one of K places; and for each S_j there are the terms with tokens of it.
	for t, set := range c.Sets {
		size := bits.OnesCount64(set)
		l.fact(kernel.EQ, slices.Grow(l.sum(0, part{1, b[t : t+1]}), Monomials(c.K-size, size)))
	}
	for j := 1; j <= c.N; j++ {
		l.row(kernel.EQ, slices.Grow(l.sum(0, part{1, l.to(j, b)}), Monomials(c.K, j)))
	}
	// One pass over the terms fills all of these: they ascend.
	for _, m := range multinomials(c.K, c.N) {
		fact := &l.Facts[c.index[m.set]]
		fact.Poly = append(fact.Poly, m.term)
		// A set within S_j is within all that are larger, so the loop ends at the first
		// that is too small, the empty one at the latest.
		for j := c.N; inside(m.set, j); j-- {
			l.Rows[j-1].Poly = append(l.Rows[j-1].Poly, m.term)
		}
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
	// choose[a][b] is the number of ways to choose b of a places.
	choose := make([][]kernel.Num, k+1)
	for a := range choose {
		for b := range a + 1 {
			choose[a] = append(choose[a], theorem.Big(new(big.Int).Binomial(int64(a), int64(b))))
		}
	}
	list := make([]monomial, 0, Monomials(k, n))
	// Products have one length, and are parts of one string; symbols is the one at hand.
	all, symbols := make([]byte, 0, cap(list)*k*theorem.SymbolBytes), []byte(nil)
	// The last symbol so far, least, occurs run times. ways is minus the number of ways to place
	// those before it: a multinomial coefficient in the end.
	var extend func(least, run int, set uint64, ways kernel.Num)
	extend = func(least, run int, set uint64, ways kernel.Num) {
		placed := len(symbols) / theorem.SymbolBytes
		with := ways.Times(choose[placed][run])
		if placed == k {
			all = append(all, symbols...)
			list = append(list, monomial{set, kernel.Term{C: with}})
			return
		}
		// No symbol before the last, so that factors, and terms, ascend.
		for i := least; i < n; i++ {
			symbols = theorem.AppendSymbol(symbols, i)
			if i == least {
				extend(i, run+1, set|1<<i, ways)
			} else {
				extend(i, 1, set|1<<i, with)
			}
			symbols = symbols[:placed*theorem.SymbolBytes]
		}
	}
	extend(0, 0, 0, minus)
	products, length := string(all), k*theorem.SymbolBytes
	for i := range list {
		list[i].term.M = kernel.Mono(products[i*length : (i+1)*length])
	}
	return list
}
