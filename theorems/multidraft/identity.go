package multidraft

import (
	"fmt"

	"pstar/rational"
)

// MaxMonomials is the largest number of monomials of degree K in n variables
// for which the identity of polynomials is expanded.
const MaxMonomials = 5_000_000

// CountMonomials returns C(n+k-1, k), the number of monomials of degree k in n
// variables, or a number above MaxMonomials if it is larger than that.
func CountMonomials(k, n int) int {
	count := 1
	for i := 1; i <= k; i++ {
		// Each partial product is a binomial coefficient.
		if count = count * (n + i - 1) / i; count > MaxMonomials {
			return MaxMonomials + 1
		}
	}
	return count
}

// SupportPolynomials returns, for t = 1..min(k, n), the probability that the
// set of k iid drafts is {1..t}, as a polynomial in p_1..p_t: by inclusion and
// exclusion, the sum over A within {1..t} of (-1)^(t-|A|) p(A)^k. For other
// supports of t tokens rename the variables.
func SupportPolynomials(k, n int) []rational.Poly {
	var list []rational.Poly
	for t := 1; t <= min(k, n); t++ {
		b := rational.NewPoly(t)
		for a := range Set(1) << t {
			power := sumOf(t, a).Pow(uint(k))
			if (t-a.Len())%2 == 0 {
				b = b.Add(power)
			} else {
				b = b.Sub(power)
			}
		}
		list = append(list, b)
	}
	return list
}

// sumOf returns the sum of the variables in s, of nvars.
func sumOf(nvars int, s Set) rational.Poly {
	sum := rational.NewPoly(nvars)
	for _, i := range s.Tokens() {
		sum = sum.Add(rational.Variable(nvars, i))
	}
	return sum
}

// CheckIdentity expands both sides of
//
//	sum over T within Ω of b_T(p) = p(Ω)^e
//
// as polynomials in p_1..p_n, where b_T is the law of the support of k iid
// drafts, and reports whether they are equal. Setting p_i = 0 off S gives the
// same for every set S: B(S) = p(S)^e. The identity holds if and only if e = k.
// It fails to expand, with an error, beyond MaxMonomials.
func CheckIdentity(k, n, e int, supports []rational.Poly) error {
	if count := max(CountMonomials(k, n), CountMonomials(e, n)); count > MaxMonomials {
		return fmt.Errorf("the identity of polynomials has more than %d monomials", MaxMonomials)
	}
	var terms []rational.PolyTerm
	for _, t := range Supports(k, n) {
		terms = appendRenamed(terms, supports[t.Len()-1], t, n)
	}
	if left, right := rational.PolyFromTerms(n, terms), sumOf(n, FullSet(n)).Pow(uint(e)); !left.Equal(right) {
		return fmt.Errorf("the probabilities of the supports do not add up to p(S)^%d", e)
	}
	return nil
}

// appendRenamed appends the terms of b, a polynomial in |t| variables, with the
// tokens of t as variables, of n.
func appendRenamed(terms []rational.PolyTerm, b rational.Poly, t Set, n int) []rational.PolyTerm {
	tokens := t.Tokens()
	for _, term := range b.Terms() {
		exponents := make([]int, n)
		for v, e := range term.Exps {
			exponents[tokens[v]] = e
		}
		terms = append(terms, rational.PolyTerm{Coef: term.Coef, Exps: exponents})
	}
	return terms
}
