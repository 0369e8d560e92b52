package single

import (
	"fmt"

	"pstar/rational"
	"pstar/theorems/contention"
)

// ValidateUniform reports whether x_i = ρ/N, i = 1..N, is an instance: N ≥ 1 and
// 0 ≤ ρ ≤ N, with at most MaxElements.
func ValidateUniform(n int, rho rational.Rat) error {
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
func Uniform(n int, rho rational.Rat) []rational.Rat {
	x := make([]rational.Rat, n)
	for i := range x {
		x[i] = rho.Quo(rational.NewRat(int64(n), 1))
	}
	return x
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
func UniformPoint(n int, rho rational.Rat) *Unit {
	u := &Unit{X: Uniform(n, rho), Value: UniformValue(n, rho)}
	beta, q := u.Value, one.Sub(u.X[0])
	twice, h := beta.Mul(two), (n-1)/2
	c, y := make([]rational.Rat, n), make([]rational.Rat, n)
	behind, last := beta, beta.Mul(half) // c of the last element so far; y of the next one from the end, but for x
	for l := range h {
		y[n-1-l], last = u.X[0].Mul(last), last.Mul(q)
	}
	if n%2 == 1 {
		c[h], y[h] = beta, last
	} else {
		g, each := twice.Quo(one.Add(q)), last.Quo(one.Add(q))
		behind = g.Mul(q)
		c[h], c[h+1] = g, behind
		y[h], y[h+1] = each.Mul(q), each
	}
	for k := 1; k <= h; k++ {
		behind = behind.Mul(q)
		c[n-1-h+k], c[h-k] = behind, twice.Sub(behind)
	}
	u.Choice = contention.Choice{c, mirror(c)}
	u.Dual = Dual{Xi: make([]rational.Rat, n), Y: contention.Choice{y, mirror(y)}}
	u.Dual.completeXi(u.X)
	return u
}

func mirror(v []rational.Rat) []rational.Rat {
	m := make([]rational.Rat, len(v))
	for i := range v {
		m[len(v)-1-i] = v[i]
	}
	return m
}
