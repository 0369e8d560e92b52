package single

import (
	"fmt"

	"pstar/rational"
	"pstar/theorems"
)

// golden is the number a + b√5.
type golden struct{ a, b rational.Rat }

func goldenOf(x rational.Rat) golden { return golden{a: x} }

func (x golden) add(y golden) golden { return golden{x.a.Add(y.a), x.b.Add(y.b)} }

func (x golden) sub(y golden) golden { return golden{x.a.Sub(y.a), x.b.Sub(y.b)} }

func (x golden) mul(y golden) golden {
	five := rational.NewRat(5, 1)
	return golden{x.a.Mul(y.a).Add(x.b.Mul(y.b).Mul(five)), x.a.Mul(y.b).Add(x.b.Mul(y.a))}
}

func (x golden) equal(y golden) bool { return x.a.Equal(y.a) && x.b.Equal(y.b) }

// Linear concludes what the introduction of the paper says of linear functions φ(z) = a − bz for ρ = 1 in the limit of many elements, whose value is
// (φ(0) + φ(1))/2 = a − b/2: the constraint φ(z) ≤ 1 − ∫φ is (b/2)z² + (b − a)z + 1 − a ≥ 0. With g = (√5 − 1)/2, for which g² = 1 − g:
//
//   - for a = 2/√5 and b = 1 − 1/√5 the left side is (b/2)(z − g)², and the value is g;
//   - at z = g it is 1 − (1 + g)(a − b/2) for any a and b, so that no value exceeds 1/(1 + g) = g.
//
// Both are identities in Q(√5), which are decided.
func Linear() (found theorems.Claims) {
	num := func(a, b, den int64) golden { return golden{rational.NewRat(a, den), rational.NewRat(b, den)} }
	// g is the golden ratio less 1; everything below is in Q(√5), where numbers are equal if both parts are.
	unit, g := goldenOf(one), num(-1, 1, 2)
	// a = 2/√5 and b = 1 − 1/√5 with √5 in the numerator: 2√5/5 and (5 − √5)/5.
	a, b := num(0, 2, 5), num(5, -1, 5)
	// b/2 is the coefficient of z², on both sides of the first identity.
	h := b.mul(goldenOf(half))
	var err error
	switch square := h.mul(g).mul(g); {
	case !g.mul(g).equal(unit.sub(g)) || !g.mul(unit.add(g)).equal(unit):
		err = fmt.Errorf("(√5 − 1)/2 is another number")
	// the coefficients of z and 1; that of z² is h on both sides
	case !b.sub(a).equal(goldenOf(zero).sub(g.mul(b))) || !unit.sub(a).equal(square):
		err = fmt.Errorf("the slack is not a square")
	case !a.sub(h).equal(g):
		err = fmt.Errorf("the value is another one")
	// the coefficients of a and b at z = g: −g − 1, and g²/2 + g
	case !g.mul(g).mul(goldenOf(half)).add(g).equal(unit.add(g).mul(goldenOf(half))):
		err = fmt.Errorf("the constraint at z = (√5 − 1)/2 is another one")
	}
	found.Add(err, "CRS-LIN", theorems.Concluded, "for ρ = 1 no linear φ is worth more than (√5 - 1)/2, and one is worth that: by the constraint at z = (√5 - 1)/2, where it is tight [4 identities in Q(√5)]")
	return found
}
