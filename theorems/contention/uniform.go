package contention

import (
	"fmt"

	"pstar/rational"
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
		panic("contention: " + err.Error())
	}
	x := rho.Quo(rational.NewRat(int64(n), 1))
	q := one.Sub(x)
	if n%2 == 1 {
		return rho.Add(q.Pow((n + 1) / 2)).Inv()
	}
	return rho.Add(q.Pow(n/2 + 1).Quo(one.Sub(x.Mul(half)))).Inv()
}

// UniformPoint returns LPOPT for x_i = x = ρ/N with the primal and dual points that
// prove CRS-U for every N and 0 < x ≤ 1. (For ρ = 0 every point is optimal, and
// these are too.) With q = 1 − x and β the value:
//
// N = 2n+1. Primal, with m = n+1 the middle, for k ≥ 0:
//
//	c_f(m+k) = βq^k,  c_f(m−k) = β(2 − q^k).
//
// Dual, for k = 0..n−1:
//
//	y_f(N−k) = (xβ/2)·q^k,  y_f(m) = (β/2)·q^n,  y_f = 0 before,
//	ξ(i) = xβ for i ≠ m,  ξ(m) = βq^n + xβ(1 − q^n).
//
// N = 2n. Primal, with v = 2βq/(1+q), for k ≥ 0:
//
//	c_f(n+1+k) = vq^k,  c_f(n−k) = 2β − vq^k.
//
// Dual, for k = 0..n−2, with w = (β/2)·q^(n−1)/(1+q):
//
//	y_f(N−k) = (xβ/2)·q^k,  y_f(n+1) = w,  y_f(n) = qw,  y_f = 0 before,
//	ξ(i) = xβ for i ≠ n, n+1,  ξ(n) = ξ(n+1) = 2w + xβ(1 − q^(n−1)).
//
// Backward, c_b and y_b are the mirror images. Why they are feasible and of value
// β is said, and checked as polynomial identities, by [UniformIdentities]; for a
// given N and ρ [Unit.Verify] checks it number by number. It panics unless
// [ValidateUniform] accepts its arguments.
func UniformPoint(n int, rho rational.Rat) *Unit {
	beta := UniformValue(n, rho)
	x := rho.Quo(rational.NewRat(int64(n), 1))
	q := one.Sub(x)
	u := &Unit{X: Uniform(n, rho), Value: beta}
	c, y := make([]rational.Rat, n), make([]rational.Rat, n)
	xi := make([]rational.Rat, n)
	for i := range xi {
		xi[i] = x.Mul(beta)
	}
	h := n / 2
	edge := beta.Mul(half).Mul(x) // y_f(N)
	if n%2 == 1 {
		for k := range h + 1 {
			power := q.Pow(k)
			c[h+k], c[h-k] = beta.Mul(power), beta.Mul(two.Sub(power))
		}
		for k := range h {
			y[n-1-k] = edge.Mul(q.Pow(k))
		}
		last := q.Pow(h)
		y[h] = beta.Mul(half).Mul(last)
		xi[h] = beta.Mul(last).Add(x.Mul(beta).Mul(one.Sub(last)))
	} else {
		v := two.Mul(beta).Mul(q).Quo(one.Add(q))
		for k := range h {
			c[h+k] = v.Mul(q.Pow(k))
			c[h-1-k] = two.Mul(beta).Sub(c[h+k])
		}
		for k := range h - 1 {
			y[n-1-k] = edge.Mul(q.Pow(k))
		}
		last := q.Pow(h - 1)
		w := beta.Mul(half).Mul(last).Quo(one.Add(q))
		y[h], y[h-1] = w, q.Mul(w)
		xi[h] = two.Mul(w).Add(x.Mul(beta).Mul(one.Sub(last)))
		xi[h-1] = xi[h]
	}
	u.Choice = Choice{c, mirror(c)}
	u.Dual = Dual{Xi: xi, Y: Choice{y, mirror(y)}}
	return u
}

func mirror(v []rational.Rat) []rational.Rat {
	m := make([]rational.Rat, len(v))
	for i := range v {
		m[len(v)-1-i] = v[i]
	}
	return m
}
