package polynomial

import (
	"fmt"
	"slices"
	"strings"

	"pstar/rational"
)

// sameVariables panics unless both polynomials are over the same variables.
func (p Poly) sameVariables(q Poly) {
	if p.nvars != q.nvars {
		panic(fmt.Sprintf("polynomial: polynomials in %d and %d variables", p.nvars, q.nvars))
	}
}

// Add returns p + q, in time linear in the number of terms.
func (p Poly) Add(q Poly) Poly {
	p.sameVariables(q)
	s, t := p.terms, q.terms
	// The capacity for all terms: merging never appends beyond.
	out := make([]term, 0, len(s)+len(t))
	for len(s) > 0 && len(t) > 0 {
		switch c := strings.Compare(string(s[0].mono), string(t[0].mono)); {
		case c > 0:
			out, s = append(out, s[0]), s[1:]
		case c < 0:
			out, t = append(out, t[0]), t[1:]
		// Equal monomials may cancel, and a zero must not stay.
		default:
			if sum := s[0].coef.Add(t[0].coef); !sum.IsZero() {
				out = append(out, term{s[0].mono, sum})
			}
			s, t = s[1:], t[1:]
		}
	}
	// Merging keeps the order, so that the result is canonical as it stands.
	return Poly{nvars: p.nvars, terms: append(append(out, s...), t...)}
}

// Sub returns p - q.
// The result shares no memory that either could change, as values are immutable.
func (p Poly) Sub(q Poly) Poly { return p.Add(q.Neg()) }

// Neg returns -p.
func (p Poly) Neg() Poly { return p.Scale(rational.NewInt(-1)) }

// Scale returns c · p.
func (p Poly) Scale(c rational.Int) Poly {
	// Multiplying by 0 would leave zeros in the terms.
	if c.IsZero() {
		return Poly{nvars: p.nvars}
	}
	out := slices.Clone(p.terms)
	for i := range out {
		out[i].coef = out[i].coef.Mul(c)
	}
	return Poly{nvars: p.nvars, terms: out}
}

// Mul returns p · q: one multiplication for each pair of terms, and a sort of the
// distinct monomials. It panics if the degree exceeds 2^31 − 1.
// The order of the factors does not matter for the cost in products, of which there are as
// many.
func (p Poly) Mul(q Poly) Poly {
	p.sameVariables(q)
	var terms []term
	var key []byte
	index := make(map[monomial]int, len(p.terms)+len(q.terms))
	for _, s := range p.terms {
		for _, t := range q.terms {
			// The key is built in a buffer; only a monomial that is new becomes a string of
			// its own, as looking one up copies nothing.
			key = appendProduct(key[:0], s.mono, t.mono)
			c := s.coef.Mul(t.coef)
			if i, ok := index[monomial(key)]; ok {
				terms[i].coef = terms[i].coef.Add(c)
				continue
			}
			mono := monomial(key)
			index[mono] = len(terms)
			terms = append(terms, term{mono, c})
		}
	}
	return collect(p.nvars, terms)
}

// Pow returns p to the power n; the power 0 is 1, also of the zero polynomial.
// n is not bounded: the result has at least n + 1 terms of a polynomial with two, so that a
// large one takes all memory, or panics by its degree.
func (p Poly) Pow(n uint) Poly {
	result := Constant(p.nvars, rational.NewInt(1))
	// A single term stays one, so that squaring is the short way, however large n is.
	if len(p.terms) <= 1 {
		for ; n > 0; n >>= 1 {
			if n&1 == 1 {
				result = result.Mul(p)
			}
			// The last square would not be used, and its degree may be out of range.
			if n > 1 {
				p = p.Mul(p)
			}
		}
		return result
	}
	// Squaring would multiply dense powers with each other; one sparse factor at a
	// time takes fewer products of terms (R. Fateman, On the computation of powers
	// of sparse polynomials, 1974).
	for range n {
		result = result.Mul(p)
	}
	return result
}

// Eval returns p at the point x. It panics unless x has one entry for each variable.
// It takes a power and a product for each variable of each term; the result is exact,
// whatever its size.
func (p Poly) Eval(x []rational.Rat) rational.Rat {
	if len(x) != p.nvars {
		panic(fmt.Sprintf("polynomial: point of length %d for a polynomial in %d variables", len(x), p.nvars))
	}
	var sum rational.Rat
	for _, t := range p.terms {
		v := rational.RatFromInt(t.coef)
		for i, c := range x {
			// Also for x_i = 0, as 0 to the power 0 is 1 and must not be asked for.
			if e := t.mono.exponent(i); e > 0 {
				v = v.Mul(c.Pow(int(e)))
			}
		}
		sum = sum.Add(v)
	}
	return sum
}

// Substitute returns p with the variable of index i replaced by q, which is a
// polynomial in the same variables. It panics if i is out of range.
// q may hold that variable itself. It panics as [Poly.Pow] does if the degree is out of
// range.
func (p Poly) Substitute(i int, q Poly) Poly {
	p.sameVariables(q)
	if i < 0 || i >= p.nvars {
		panic(fmt.Sprintf("polynomial: variable %d of %d", i, p.nvars))
	}
	// Horner's rule in the variable i, over its exponents in descending order.
	parts := p.byExponent(i)
	result := Poly{nvars: p.nvars}
	for k, part := range parts {
		// From one exponent down to the next, or to 0 after the last: what was added before
		// is multiplied by what is between.
		below := uint(0)
		if k+1 < len(parts) {
			below = parts[k+1].exponent
		}
		result = result.Add(part.rest).Mul(q.Pow(part.exponent - below))
	}
	return result
}

// slab is the coefficient of a power of one variable, a polynomial in the others.
type slab struct {
	exponent uint
	rest     Poly
}

// byExponent splits p by the exponent of variable i, highest exponent first.
// Slabs of exponents that do not occur are absent; the others are not zero.
func (p Poly) byExponent(i int) []slab {
	groups := make(map[uint][]term)
	for _, t := range p.terms {
		exps := t.mono.exponents()
		e := uint(exps[i])
		// The exponent is taken out, so that the rest is in the other variables.
		exps[i] = 0
		groups[e] = append(groups[e], term{newMonomial(exps), t.coef})
	}
	var out []slab
	// In any order, as a map is; sorted below.
	for e, terms := range groups {
		out = append(out, slab{e, collect(p.nvars, terms)})
	}
	slices.SortFunc(out, func(a, b slab) int { return int(b.exponent) - int(a.exponent) })
	return out
}
