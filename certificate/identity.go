package certificate

import (
	"math/big"
	"slices"
	"strings"
)

// maxExpansion bounds the expansion of (p_1+..+p_N)^e by repeated multiplication,
// which adds e times the number of its monomials.
const maxExpansion = 10000000

// additionCost is that of adding to a coefficient of an expansion.
const additionCost = 800

// additions is what the expansion of the power e of n variables takes.
func additions(n, e int) *big.Int {
	count := new(big.Int).Binomial(int64(n+e-1), int64(e))
	return count.Mul(count, big.NewInt(int64(e)))
}

// identityPart checks Σ_{T⊆S} b_T = p(S)^E for drafts drawn independently from p,
// as an identity of polynomials: FORMAT.md, "Identity".
func identityPart(r *reader, s Statement, all *supports) {
	for _, power := range []int{s.K, s.Exponent} {
		if count := additions(s.N, power); count.Cmp(big.NewInt(maxExpansion)) > 0 {
			r.beyondNext("expanding the power %d of %d variables takes %s additions; the limit is %d", power, s.N, count, maxExpansion)
		}
	}
	expand := func(n, e int) polynomial {
		r.spend(int(additions(n, e).Int64()), additionCost)
		return powerOfSum(n, e)
	}
	bySize := make([][]monomial, all.most+1)
	r.object(func() {
		r.member("supports", func() {
			r.tuple(all.most, func(i int) {
				bySize[i+1] = fullSupport(expand(i+1, s.K), i+1)
				readTerms(r, i+1, bySize[i+1])
			})
			right := expand(s.N, s.Exponent)
			// The left side has each monomial of the power K once.
			r.spend(int(additions(s.N, s.K).Int64())/s.K, additionCost)
			difference, equal := sumOverSupports(bySize, all).compare(right)
			if !equal {
				r.rejectNext("the sum over the supports is not the power %d: they differ in the monomial with exponents %v", s.Exponent, difference)
			}
		})
	})
}

// A polynomial maps exponents, one byte for each variable, to nonzero
// coefficients.
type polynomial map[string]*big.Int

type monomial struct {
	exponents   string
	coefficient *big.Int
}

// add adds c times the monomial with these exponents.
func (p polynomial) add(exponents []byte, c *big.Int) {
	if old, ok := p[string(exponents)]; ok {
		old.Add(old, c)
		return
	}
	p[string(exponents)] = new(big.Int).Set(c)
}

// powerOfSum expands (p_1+..+p_n)^e by repeated multiplication.
func powerOfSum(n, e int) polynomial {
	power := polynomial{string(make([]byte, n)): big.NewInt(1)}
	exponents := make([]byte, n)
	for done := range e {
		next := make(polynomial, len(power)*(n+done)/(done+1)) // C(n+done, done+1)
		for m, c := range power {
			copy(exponents, m)
			for i := range n {
				exponents[i]++
				next.add(exponents, c)
				exponents[i]--
			}
		}
		power = next
	}
	return power
}

// fullSupport lists the monomials of p in which all n variables occur, in
// lexicographically increasing order: the words that use each of n tokens.
func fullSupport(p polynomial, n int) []monomial {
	var full []monomial
	for m, c := range p {
		if strings.IndexByte(m, 0) < 0 {
			full = append(full, monomial{m, c})
		}
	}
	slices.SortFunc(full, func(a, b monomial) int { return strings.Compare(a.exponents, b.exponents) })
	return full
}

// readTerms reads a list of terms in n variables, which must be these.
func readTerms(r *reader, n int, want []monomial) {
	r.tuple(len(want), func(i int) {
		r.tuple(2, func(part int) {
			if part == 1 {
				if c := r.bigInt(); c.Cmp(want[i].coefficient) != 0 {
					r.rejectLast("the coefficient is %s, not %s", want[i].coefficient, short(c))
				}
				return
			}
			r.tuple(n, func(v int) {
				if e := r.integer(0, maxPower); e != int64(want[i].exponents[v]) {
					r.rejectLast("exponent %d, but the next monomial has exponents %v", e, []byte(want[i].exponents))
				}
			})
		})
	})
}

// sumOverSupports is Σ_T poly_|T|(p_T) over all supports T.
func sumOverSupports(bySize [][]monomial, all *supports) polynomial {
	sum := make(polynomial)
	exponents := make([]byte, all.n)
	for _, t := range all.sets {
		tokens := tokensOf(t)
		for _, m := range bySize[len(tokens)] {
			for v, token := range tokens {
				exponents[token-1] = m.exponents[v]
			}
			sum.add(exponents, m.coefficient)
		}
		clear(exponents)
	}
	return sum
}

// compare says whether p and q are equal, and names the first monomial, in
// lexicographic order, in which they are not. All coefficients are positive.
func (p polynomial) compare(q polynomial) (difference []byte, equal bool) {
	var differ []string
	for m, c := range p {
		if d, ok := q[m]; !ok || c.Cmp(d) != 0 {
			differ = append(differ, m)
		}
	}
	for m := range q {
		if _, ok := p[m]; !ok {
			differ = append(differ, m)
		}
	}
	if len(differ) == 0 {
		return nil, true
	}
	return []byte(slices.Min(differ)), false
}
