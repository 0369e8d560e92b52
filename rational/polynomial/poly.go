// Package polynomial is the ring Z[x1, ..., xn] of sparse polynomials with exact
// coefficients: sums, products, powers, values and substitutions.
//
// Variable i, counted from zero in Go, prints as x(i+1). The terms of a [Poly] are nonzero,
// distinct and in descending graded lexicographic order; the function collect owns that
// form, so that equal polynomials are equal term by term. Values are immutable. A product of p and q terms takes
// p·q products of coefficients and one sort. Misuse, polynomials in different variables
// for instance, panics with a message that starts with "polynomial:".
package polynomial

import (
	"fmt"
	"slices"
	"strings"

	"pstar/rational"
)

// Poly is an immutable polynomial with integer coefficients in a fixed number of
// variables, stored by its nonzero terms. Its zero value is the zero polynomial in
// no variables. Operations on two polynomials panic if they differ in the number
// of variables.
type Poly struct {
	nvars int
	terms []term // descending, no zero coefficients
}

type term struct {
	mono monomial
	coef rational.Int
}

// Term is the term Coef · x1^Exps[0] · x2^Exps[1] · ....
// A term with Coef 0 is allowed, and vanishes.
type Term struct {
	Coef rational.Int
	Exps []int
}

// Zero returns the zero polynomial in nvars variables.
func Zero(nvars int) Poly {
	if nvars < 0 {
		panic("polynomial: negative number of variables")
	}
	return Poly{nvars: nvars}
}

// Monomial returns c times the product of the variables with the given exponents,
// in len(exps) variables. It panics if an exponent is negative, or if their sum
// exceeds 2^31 − 1.
func Monomial(c rational.Int, exps []int) Poly {
	p := Zero(len(exps))
	// The exponents are checked even if c is 0: misuse should not depend on a number.
	if mono := newMonomial(exps); !c.IsZero() {
		p.terms = []term{{mono, c}}
	}
	return p
}

// Variable returns the variable with index i, counted from zero. It panics if i is
// out of range.
func Variable(nvars, i int) Poly {
	if i < 0 || i >= nvars {
		panic(fmt.Sprintf("polynomial: variable %d of %d", i, nvars))
	}
	exps := make([]int, nvars)
	exps[i] = 1
	return Monomial(rational.NewInt(1), exps)
}

// Constant returns the constant c in nvars variables.
// It panics if nvars is negative.
func Constant(nvars int, c rational.Int) Poly { return Monomial(c, make([]int, Zero(nvars).nvars)) }

// collect owns the canonical form: it drops zero coefficients and sorts. The
// monomials must be distinct.
// It works in place: the slice belongs to the result afterwards.
func collect(nvars int, terms []term) Poly {
	terms = slices.DeleteFunc(terms, func(t term) bool { return t.coef.IsZero() })
	slices.SortFunc(terms, func(s, t term) int { return strings.Compare(string(t.mono), string(s.mono)) })
	return Poly{nvars: nvars, terms: terms}
}

// FromTerms returns the sum of the terms, in any order and with repeated
// monomials, in nvars variables. It panics if a term has another number of
// exponents, or as [Monomial] does. Cost: one sort.
// Sums are made before the form: repeated monomials may cancel, and only then is a zero
// known.
func FromTerms(nvars int, terms []Term) Poly {
	sums := make(map[monomial]rational.Int, len(terms))
	for _, t := range terms {
		if len(t.Exps) != nvars {
			panic(fmt.Sprintf("polynomial: term in %d variables for a polynomial in %d", len(t.Exps), nvars))
		}
		mono := newMonomial(t.Exps)
		sums[mono] = sums[mono].Add(t.Coef)
	}
	list := make([]term, 0, len(sums))
	// The order of the map does not matter, as collect sorts.
	for mono, coef := range sums {
		list = append(list, term{mono, coef})
	}
	return collect(nvars, list)
}

// NumVars returns the number of variables.
func (p Poly) NumVars() int { return p.nvars }

// IsZero reports whether p is the zero polynomial.
func (p Poly) IsZero() bool { return len(p.terms) == 0 }

// Equal reports whether p and q are the same polynomial: equal in the number of
// variables and in every coefficient.
// Other than arithmetic it does not panic for different numbers of variables.
func (p Poly) Equal(q Poly) bool {
	return p.nvars == q.nvars && slices.EqualFunc(p.terms, q.terms, func(s, t term) bool {
		return s.mono == t.mono && s.coef.Equal(t.coef)
	})
}

// Terms returns the terms with nonzero coefficients in descending graded
// lexicographic order: by total degree, then by the exponent of x1, of x2, and so
// on, highest first. The caller may change the slices.
func (p Poly) Terms() []Term {
	out := make([]Term, len(p.terms))
	for i, t := range p.terms {
		out[i] = Term{Coef: t.coef, Exps: t.mono.exponents()}
	}
	return out
}

// String returns p in the form "2*x1^2*x3 - x2 + 5", terms in the order of
// [Poly.Terms], variables counted from one.
func (p Poly) String() string {
	if p.IsZero() {
		return "0"
	}
	var b strings.Builder
	// The sign stands between the terms, and before the first one only if it is negative.
	for i, t := range p.terms {
		switch {
		case i == 0 && t.coef.Sign() < 0:
			b.WriteString("-")
		case i > 0 && t.coef.Sign() < 0:
			b.WriteString(" - ")
		case i > 0:
			b.WriteString(" + ")
		}
		t.write(&b)
	}
	return b.String()
}

// write prints the term without its sign.
func (t term) write(b *strings.Builder) {
	var factors []string
	// A coefficient of 1 is left out unless there is nothing else to print.
	if c := t.coef.Abs(); !c.IsOne() || t.mono.word(0) == 0 {
		factors = append(factors, c.String())
	}
	for i, e := range t.mono.exponents() {
		switch {
		case e == 1:
			factors = append(factors, fmt.Sprintf("x%d", i+1))
		case e > 1:
			factors = append(factors, fmt.Sprintf("x%d^%d", i+1, e))
		}
	}
	b.WriteString(strings.Join(factors, "*"))
}
