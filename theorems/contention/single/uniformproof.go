package single

import (
	"pstar/certificate"
	"pstar/rational"
	"pstar/theorems/contention"
)

// CertifyUniform returns the certificate of CRS-U for every N and ρ: the closed forms
// of a primal and a dual point of LP-SI, with the sums and slacks whose steps are
// identities of polynomials. The checker derives these identities from LP-SI, and
// nothing here checks them.
//
// With q = 1 − x, x = ρ/N, h elements on either side of the middle, and l the distance to
// the middle, c_f is, over β,
//
//	N = 2h+1:  2 − q^l before the middle, 1 in it, q^l after it,
//	N = 2h+2:  2 − q^(l+1)·s, s = 2/(1+q), before; 2/(1+q) and 2q/(1+q) in the middle; q^(l+1)·s after.
//
// y_f is 0 before the middle, and (xβ/2)·q^l for the element with l later ones after it; in
// the middle it is (β/2)·q^h for N = 2h+1, and (β/2)·q^h/(1+q) times q and 1 for N = 2h+2.
func CertifyUniform() *certificate.UniformDocument {
	type terms = certificate.UniformTerms
	const (
		q = iota
		x // 1 − q
		power
		powerLess // 1 − P
		last
		lastLess // 1 − Q
		h
		l
	)
	term := func(c int64, factors ...int) certificate.UniformTerm {
		t := certificate.UniformTerm{Coefficient: c}
		for _, f := range factors {
			t.Exponents[f]++
		}
		return t
	}
	d := &certificate.UniformDocument{
		// D = ρ + qQ with ρ = (2h+1)x.
		Odd: certificate.UniformProof{
			Before: terms{term(1), term(1, powerLess)},
			Middle: []terms{{term(1)}},
			After:  terms{term(1, power)},
			// 2x(h−l) − qP + qQ, and D − P.
			EarlierBefore: terms{term(2, x, h), term(-2, x, l), term(-1, q, power), term(1, q, last)},
			EarlierAfter:  terms{term(2, h, x), term(1, x), term(1, q, last), term(-1, power)},
			SlackBefore:   [2]terms{{}, {term(2, x, powerLess), term(1, x, x, power)}},
			SlackMiddle:   []terms{{}},
			DualMiddle:    []terms{{term(1, last)}},
			DualAfter:     terms{term(1, x, power)},
			Later:         terms{term(1, x, powerLess)},
		},
		// D = ρ(1+q) + 2q²Q with ρ = (2h+2)x.
		Even: certificate.UniformProof{
			Before: terms{term(2), term(2, q, powerLess)},
			Middle: []terms{{term(2)}, {term(2, q)}},
			After:  terms{term(2, q, power)},
			// 2(1+q)x(h−l) − 2q²P + 2q²Q, and D − 2qP.
			EarlierBefore: terms{term(2, x, h), term(2, q, x, h), term(-2, x, l), term(-2, q, x, l), term(-2, q, q, power), term(2, q, q, last)},
			EarlierAfter:  terms{term(2, h, x), term(2, h, x, q), term(2, x), term(2, x, q), term(2, q, q, last), term(-2, q, power)},
			SlackBefore: [2]terms{{}, {
				term(2, x, powerLess), term(2, q, x, powerLess), term(2, x, x, power), term(2, q, x, x, power)}},
			SlackMiddle: []terms{{}, {}},
			DualMiddle:  []terms{{term(1, q, last)}, {term(1, last)}},
			DualAfter:   terms{term(1, x, power), term(1, q, x, power)},
			Later:       terms{term(1, x, powerLess), term(1, q, x, powerLess)},
		},
	}
	d.Claims = d.Derive()
	return d
}

// ProveUniform proves CRS-U for every N and ρ, and with it CRS-T1.3, CRS-T3.4 and CRS-T1.5,
// by the checker of [CertifyUniform]. The error, which a correct theorem never gives, is
// that of the checker.
func ProveUniform() error { return contention.Accepted(CertifyUniform()) }

// atSymbols evaluates a sum of terms for q, P = q^l, Q = q^h, h and l.
func atSymbols(list certificate.UniformTerms, q, power, last rational.Rat, l, h int) rational.Rat {
	factors := [8]rational.Rat{
		q, one.Sub(q), power, one.Sub(power), last, one.Sub(last),
		rational.NewRat(int64(h), 1), rational.NewRat(int64(l), 1),
	}
	sum := zero
	for _, t := range list {
		product := rational.NewRat(t.Coefficient, 1)
		for i, e := range t.Exponents {
			for range e {
				product = product.Mul(factors[i])
			}
		}
		sum = sum.Add(product)
	}
	return sum
}
