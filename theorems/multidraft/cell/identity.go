package cell

import (
	"context"
	"fmt"
	"math/big"
	"slices"

	"pstar/rational"
	"pstar/rational/polynomial"
	"pstar/theorems/multidraft"
)

// MaxMonomials is the largest number of monomials of degree K in n variables
// for which the identity of polynomials is expanded.
const MaxMonomials = 1_000_000

// CountMonomials returns C(n+k-1, k), the number of monomials of degree k in n
// variables, or a number above MaxMonomials if it is larger than that.
func CountMonomials(k, n int) int {
	count := 1
	// Before it is multiplied further, which could overflow.
	for i := 1; i <= k; i++ {
		// Each partial product is a binomial coefficient.
		if count = count * (n + i - 1) / i; count > MaxMonomials {
			return MaxMonomials + 1
		}
	}
	return count
}

// SupportPolynomials returns, for t = 1..min(k, n), the probability that the
// set of k iid drafts is {1..t}, as a polynomial in p_1..p_t: the sum over
// exponents e_1, ..., e_t >= 1 that add up to k of the multinomial coefficient
// k!/(e_1!...e_t!), the number of words with these letter counts, times p^e. For
// other supports of t tokens rename the variables.
func SupportPolynomials(k, n int) []polynomial.Poly {
	var list []polynomial.Poly
	// For one support of each size: the others are the same in other letters.
	for t := 1; t <= min(k, n); t++ {
		var terms []polynomial.Term
		exponents := make([]int, t)
		var fill func(place, left int, words *big.Int)
		fill = func(place, left int, words *big.Int) {
			// The last letter has all that is left, at least one as each of the others left room.
			if place == t-1 {
				exponents[place] = left
				terms = append(terms, polynomial.Term{Coef: rational.IntFromBig(words), Exps: slices.Clone(exponents)})
				return
			}
			// Each later letter occurs at least once.
			for e := 1; e <= left-(t-1-place); e++ {
				exponents[place] = e
				choices := new(big.Int).Binomial(int64(left), int64(e))
				fill(place+1, left-e, choices.Mul(choices, words))
			}
		}
		fill(0, k, big.NewInt(1))
		list = append(list, polynomial.FromTerms(t, terms))
	}
	return list
}

// sumOf returns the sum of the variables in s, of nvars.
func sumOf(nvars int, s multidraft.Set) polynomial.Poly {
	sum := polynomial.Zero(nvars)
	// Of a set of the variables; with all of them p(Ω).
	for _, i := range s.Tokens() {
		sum = sum.Add(polynomial.Variable(nvars, i))
	}
	return sum
}

// CheckIdentity expands both sides of
//
//	sum over T within Ω of b_T(p) = p(Ω)^e
//
// as polynomials in p_1..p_n, where b_T is the law of the support of k iid
// drafts, the right one by repeated multiplication, and reports whether they
// are equal. Setting p_i = 0 off S gives the same for every set S: B(S) =
// p(S)^e. The identity holds if and only if e = k. It fails to expand, with an
// error, beyond MaxMonomials or when ctx ends.
func CheckIdentity(ctx context.Context, k, n, e int, supports []polynomial.Poly) error {
	// Both sides are written out, and a larger exponent has more terms than the supports.
	if count := max(CountMonomials(k, n), CountMonomials(e, n)); count > MaxMonomials {
		return fmt.Errorf("the identity of polynomials has more than %d monomials", MaxMonomials)
	}
	var terms []polynomial.Term
	// The right number of variables for each, in the names of the set.
	for _, t := range multidraft.Supports(k, n) {
		terms = appendRenamed(terms, supports[t.Len()-1], t, n)
	}
	sum := sumOf(n, multidraft.FullSet(n))
	power := sum
	// By multiplication and not by the multinomial formula, which the left side is made of: the
	// two sides share no code.
	for range e - 1 {
		if ctx.Err() != nil {
			return context.Cause(ctx)
		}
		power = power.Mul(sum)
	}
	if !polynomial.FromTerms(n, terms).Equal(power) {
		return fmt.Errorf("the probabilities of the supports do not add up to p(S)^%d", e)
	}
	return nil
}

// appendRenamed appends the terms of b, a polynomial in |t| variables, with the
// tokens of t as variables, of n.
func appendRenamed(terms []polynomial.Term, b polynomial.Poly, t multidraft.Set, n int) []polynomial.Term {
	// Variable v of the polynomial is token number v of the set.
	tokens := t.Tokens()
	for _, term := range b.Terms() {
		exponents := make([]int, n)
		for v, e := range term.Exps {
			exponents[tokens[v]] = e
		}
		terms = append(terms, polynomial.Term{Coef: term.Coef, Exps: exponents})
	}
	return terms
}
