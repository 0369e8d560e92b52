package single

import (
	"fmt"

	"pstar/certificate"
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

// UniformPoint returns LPOPT for x_i = ρ/N with the primal and dual points of
// [CertifyUniform], evaluated. [ProveUniform] proves for all N and ρ that they are
// feasible and of value β; for a given N and ρ [Unit.Verify] checks it number by
// number. It panics unless [ValidateUniform] accepts its arguments.
func UniformPoint(n int, rho rational.Rat) *Unit {
	u := &Unit{X: Uniform(n, rho), Value: UniformValue(n, rho)}
	q := one.Sub(u.X[0])
	proof, middles, unit := CertifyUniform().Odd, 1, u.Value // unit is 1/D
	if n%2 == 0 {
		proof, middles, unit = CertifyUniform().Even, 2, u.Value.Quo(one.Add(q))
	}
	h := (n - 1) / 2
	c, y := make([]rational.Rat, n), make([]rational.Rat, n)
	last := q.Pow(h)
	at := func(list certificate.UniformTerms, l int) rational.Rat {
		return atSymbols(list, q, q.Pow(l), last, l, h).Mul(unit)
	}
	for a := range middles {
		c[h+a], y[h+a] = at(proof.Middle[a], 0), at(proof.DualMiddle[a], 0).Mul(half)
	}
	for l := 1; l <= h; l++ {
		c[h-l], c[n-1-h+l] = at(proof.Before, l), at(proof.After, l)
		y[n-l] = at(proof.DualAfter, l-1).Mul(half)
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
