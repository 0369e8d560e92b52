package single

import (
	"context"
	"fmt"
	"math/big"

	"pstar/certificate"
	"pstar/rational"
	"pstar/theorems/contention"
)

// Certify returns the certificate of u: its two points, the coins of Algorithm 2
// and an enclosure of α_0(ρ) that lies below the value, if one is found. The error is
// that u has more than [certificate.MaxElements] elements, or ctx.Err(). It panics if u
// does not verify.
func Certify(ctx context.Context, u *Unit) (*certificate.UnitDocument, error) {
	if n := len(u.X); n > certificate.MaxElements {
		return nil, fmt.Errorf("a certificate has at most %d elements, found %d", certificate.MaxElements, n)
	}
	law, err := Attain(ctx, u.X, u.Choice)
	if ctx.Err() != nil {
		return nil, ctx.Err()
	}
	if err != nil {
		panic("single: " + err.Error())
	}
	d := &certificate.UnitDocument{X: contention.Bigs(u.X), Optimum: UnitOptimum(u), Coins: contention.BothBigs(law.Coin)}
	alpha := Alpha(rational.RatVector(u.X).Sum())
	for bits := 40; bits <= 640 && d.Alpha == nil; bits *= 2 {
		e, ok := alpha.Enclose(two.Pow(-bits))
		if e = e.Outward(uint(bits) + 24); ok && e.Hi.Cmp(u.Value) <= 0 {
			d.Alpha = &[2]*big.Rat{e.Lo.Big(), e.Hi.Big()}
		}
	}
	d.Claims = d.Derive()
	return d, nil
}

// AddHalved adds CRS-LB.1 to d: the optima of [Split] for each element of d.
func AddHalved(d *certificate.UnitDocument, halved []*Unit) {
	for _, u := range halved {
		d.Halved = append(d.Halved, UnitOptimum(u))
	}
	d.Claims = d.Derive()
}

// UnitOptimum writes the two points of u for a certificate.
func UnitOptimum(u *Unit) certificate.UnitOptimum {
	return certificate.UnitOptimum{
		Value: u.Value.Big(), Choice: contention.BothBigs(u.Choice), Xi: contention.Bigs(u.Dual.Xi), Y: contention.BothBigs(u.Dual.Y),
	}
}
