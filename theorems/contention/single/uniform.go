package single

import (
	"fmt"
	"slices"

	"pstar/internal/each"
	"pstar/rational"
	"pstar/theorems/contention"
)

// ValidateUniform reports whether x_i = ρ/N, i = 1..N, is an instance: N ≥ 1 and
// 0 ≤ ρ ≤ N, with at most MaxElements.
// The error says which condition fails.
func ValidateUniform(n int, rho rational.Rat) error {
	// An instance without elements has no guarantee.
	if n < 1 {
		return fmt.Errorf("expected at least one element, found %d", n)
	}
	if n > MaxElements {
		return tooMany(n)
	}
	if rho.Sign() < 0 || rho.Cmp(rational.NewRat(int64(n), 1)) > 0 {
		return fmt.Errorf("expected a sum of probabilities between 0 and %d, found %s", n, rho)
	}
	return nil
}

// Uniform returns the instance x_i = ρ/N.
// It does not ask whether these are probabilities; see [ValidateUniform].
func Uniform(n int, rho rational.Rat) []rational.Rat {
	// Equal by construction, so that they are the same fraction.
	return each.To(n, func(int) rational.Rat { return rho.Quo(rational.NewRat(int64(n), 1)) })
}

// UniformValue returns LPOPT for x_i = ρ/N in closed form (CRS-U): with q = 1 − ρ/N,
//
//	N odd:   1/(ρ + q^((N+1)/2)),
//	N even:  1/(ρ + q^(N/2+1)/(1 − ρ/(2N))).
//
// It panics unless [ValidateUniform] accepts its arguments.
func UniformValue(n int, rho rational.Rat) rational.Rat {
	if err := ValidateUniform(n, rho); err != nil {
		panic("single: " + err.Error())
	}
	x := rho.Quo(rational.NewRat(int64(n), 1))
	// q is the probability that an element is not active.
	// x is at most 1, and with N = 1 it may be 1, where q is 0.
	q := one.Sub(x)
	if n%2 == 1 {
		return rho.Add(q.Pow((n + 1) / 2)).Inv()
	}
	return rho.Add(q.Pow(n/2 + 1).Quo(one.Sub(x.Mul(half)))).Inv()
}

// UniformPoint returns LPOPT for x_i = ρ/N with a primal and a dual point in closed form, in O(N) operations.
// With q = 1 − ρ/N, β the value, and k the distance behind the middle, c_f is
//
//	N odd:   β in the middle, β q^k behind it,
//	N even:  g and q g in the middle, g = 2β/(1+q), and q^(k+1) g behind it,
//
// and 2β less that of the mirror image before it. y_f is 0 before the middle, (xβ/2) q^l for the element with l later
// ones behind it, and in the middle, with h elements on either side, (β/2) q^h for N odd, that over 1+q times q and 1 for N even.
// For a given N and ρ [Unit.Verify] checks it number by number. It panics unless [ValidateUniform] accepts its arguments.
//
// The proof that it is optimal for every N and ρ is CRS-U, which certificates carry; here it is only evaluated.
// Of several optimal points this is the one that is its own mirror image.
func UniformPoint(n int, rho rational.Rat) *Unit {
	// The integers are what is verified and counted with; fractions are for who asks for the point.
	s := uniformPoint(n, rho)
	// Fractions in lowest terms, as others compare them.
	u := &Unit{X: Uniform(n, rho), Value: s.value, Dual: Dual{Xi: s.xi.rats()}}
	c, y := s.c[0].rats(), s.y[0].rats()
	u.Choice, u.Dual.Y = contention.Choice{c, mirror(c)}, contention.Choice{y, mirror(y)}
	return u
}

// uniformPoint is [UniformPoint] in integers: with x = u/v and w = v − u all is made of products of powers of v and w, over
// the denominator of β, which for h = ⌊(N−1)/2⌋ is, before it is reduced,
//
//	N odd:   v^(h+1) / (N u v^h + w^(h+1)),
//	N even:  v^(h+2) (v+w) / (N u v^(h+1) (v+w) + 2 v w^(h+2)).
func uniformPoint(n int, rho rational.Rat) *scaledUnit {
	if err := ValidateUniform(n, rho); err != nil {
		panic("single: " + err.Error())
	}
	x := rho.Quo(rational.NewRat(int64(n), 1))
	// x is in lowest terms, so that u and v are as short as can be.
	u, v := x.Num(), x.Den()
	// h elements lie before the middle one for N odd, and before the two middle ones for N even.
	w, h, count := v.Sub(u), (n-1)/2, rational.NewInt(int64(n))
	// Lists of products, of which each parity takes its own.
	of := powers(v, w, h+2) // v^(k−l) w^l for k = h+1, and h+2 if N is even
	c, y := make([]rational.Int, n), make([]rational.Int, n)
	var num, den rational.Int
	// Written out so that all numbers have the denominator den.
	if n%2 == 1 {
		// The middle one has c = β, and each behind it q times that of the one before it.
		terms := of(h + 1)
		// β = v^(h+1)/den.
		num, den = terms[0], count.Mul(u).Mul(of(h)[0]).Add(terms[h+1])
		for k := 0; k <= h; k++ {
			c[h+k] = terms[k]
		}
		for l, t := range of(h)[:h] {
			y[n-1-l] = u.Mul(t)
		}
		// (β/2) q^h, without the factor x of the others.
		y[h] = v.Mul(of(h)[h])
	} else {
		// Two in the middle: β is their mean, so that the first has g = 2β/(1 + q) and the second q g.
		terms, both := of(h+2), v.Add(w)
		num = terms[0].Mul(both)
		den = count.Mul(u).Mul(of(h + 1)[0]).Mul(both).Add(twice(v).Mul(terms[h+2]))
		for k := 0; k <= h+1; k++ {
			c[h+k] = twice(v.Mul(terms[k]))
		}
		for l, t := range of(h + 1)[:h] {
			y[n-1-l] = u.Mul(t).Mul(both)
		}
		// The two in the middle share what one has for N odd, as w to v.
		last := v.Mul(v).Mul(of(h)[h])
		y[h], y[h+1] = w.Mul(last), v.Mul(last)
	}
	// Before the middle c is what the mirror image leaves of 2β.
	for i := range n / 2 {
		c[i] = twice(num).Sub(c[n-1-i])
	}
	// Backward lists are forward ones read backwards, as x is the same from both ends.
	// The denominator of x is v for all elements.
	s := &scaledUnit{value: rational.RatFromInts(num, den), symmetric: true, x: scaled{slices.Repeat([]rational.Int{u}, n), v}}
	s.c = [2]scaled{{c, den}, {mirror(c), den}}
	// Over 2·den, since a multiplier is half of a sum of both orders.
	s.y = [2]scaled{{y, twice(den)}, {mirror(y), twice(den)}}
	s.completeXi()
	return s
}

// completeXi sets ξ(i)/2 to the smaller of y_σ(i) + x_i Σ_{j >_σ i} y_σ(j) over σ, for a symmetric point.
// It is in the integers of the point, over the product of both denominators.
func (u *scaledUnit) completeXi() {
	n := len(u.x.list)
	// The side of the forward order; that of the backward order is its mirror image.
	side, later := make([]rational.Int, n), rational.NewInt(0)
	for i := n - 1; i >= 0; i-- {
		y := u.y[0].list[i]
		side[i] = y.Mul(u.x.den).Add(u.x.list[i].Mul(later))
		// From the end: each element adds the multipliers of those behind it.
		later = later.Add(y)
	}
	u.xi = scaled{make([]rational.Int, n), u.y[0].den.Mul(u.x.den)}
	for i := range n {
		// The smaller side, as ξ/2 is bounded by both.
		least := side[i]
		if other := side[n-1-i]; other.Cmp(least) < 0 {
			least = other
		}
		u.xi.list[i] = twice(least)
	}
}

// twice is x + x, which costs less than a product.
func twice(x rational.Int) rational.Int { return x.Add(x) }

// powers returns a function whose value at k ≤ most is the list of v^(k−l) w^l, l = 0..k.
// most bounds k; asking for more panics.
func powers(v, w rational.Int, most int) func(k int) []rational.Int {
	// Powers are shared by all lists.
	vs, ws := []rational.Int{rational.NewInt(1)}, []rational.Int{rational.NewInt(1)}
	// The powers in ascending order, each from the one before.
	for range most {
		vs, ws = append(vs, vs[len(vs)-1].Mul(v)), append(ws, ws[len(ws)-1].Mul(w))
	}
	return func(k int) []rational.Int {
		// v^k first, w^k last.
		return each.To(k+1, func(l int) rational.Int { return vs[k-l].Mul(ws[l]) })
	}
}

// mirror is a list read backwards.
// The list itself is not changed.
func mirror[E any](v []E) []E {
	// A new list, of the same length.
	m := make([]E, len(v))
	for i := range v {
		m[len(v)-1-i] = v[i]
	}
	return m
}
