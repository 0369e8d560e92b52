package certificate

import (
	"math/big"
	"math/rand/v2"
	"testing"
)

// The enclosure of e^x against the series with exact fractions and its rest.
func TestExpBounds(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 7))
	for range 300 {
		x := big.NewRat(r.Int64N(401)-200, 1+r.Int64N(60))
		lo, hi := new(reader).exp(x, 80)
		sum, term := big.NewRat(1, 1), big.NewRat(1, 1)
		m := int64(1)
		for ; new(big.Rat).Abs(term).Cmp(big.NewRat(1, 1<<40)) > 0 || new(big.Rat).Abs(x).Cmp(big.NewRat(m, 2)) > 0; m++ {
			term = mul(term, mul(x, big.NewRat(1, m)))
			sum = add(sum, term)
			if m > 60 && term.Denom().BitLen() > 4000 {
				break
			}
		}
		if new(big.Rat).Abs(x).Cmp(big.NewRat(m, 2)) > 0 {
			continue
		}
		rest := new(big.Rat).Abs(mul(term, big.NewRat(2, 1))) // the terms at least halve
		if lo.Cmp(add(sum, rest)) > 0 || hi.Cmp(sub(sum, rest)) < 0 {
			t.Fatalf("e^(%s) is not in [%s, %s]", x.RatString(), lo.FloatString(20), hi.FloatString(20))
		}
		if x.Sign() <= 0 && sub(hi, lo).Cmp(big.NewRat(1, 1<<60)) > 0 {
			t.Fatalf("e^(%s) is enclosed in a width of %s", x.RatString(), sub(hi, lo).FloatString(20))
		}
	}
}

// The bound on a cell is below the slack at every point of it, to the last bit: with
// an exponential rounded in the wrong direction, it is not where the cell is a point.
func TestSlackIsALowerBound(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 7))
	two := rat(2, 1)
	for _, function := range []string{PhiUnit, PhiGamma, PhiKnapsack} {
		for range 100 {
			f := &phiFamily{function: function, rho: rat(1+r.Int64N(80), 10)}
			if function == PhiKnapsack {
				f.rho = ratOne
			}
			low, high := f.interval()
			at := func() *big.Rat { return add(low, mul(sub(high, low), rat(r.Int64N(1001), 1000))) }
			a, z, b := at(), at(), at()
			switch r.IntN(3) {
			case 0:
				b = a // with z beyond: all are made one point
				z = a
			default:
				if a.Cmp(z) > 0 {
					a, z = z, a
				}
				if b.Cmp(z) < 0 {
					b = z
				}
			}
			// The slack at z from above, by exponentials enclosed to 512 bits.
			half := mul(f.rho, ratHalf)
			exp := func(x *big.Rat) (lo, hi *big.Rat) { return new(reader).exp(x, 512) }
			var above *big.Rat
			switch function {
			case PhiUnit:
				_, power := exp(z)
				e, top := exp(half)
				factor := sub(add(two, mul(two, z)), f.rho)
				if factor.Sign() < 0 {
					e = top
				}
				above = sub(mul(two, power), mul(factor, e))
			case PhiGamma:
				_, e := exp(half)
				power, _ := exp(sub(z, half))
				above = sub(add(two, mul(two, mul(f.rho, e))), mul(f.rho, power))
			default:
				power, _ := exp(sub(mul(mul(z, z), ratHalf), mul(two, z)))
				above = sub(sub(rat(5, 9), mul(rat(2, 3), z)), sub(mul(rat(4, 9), power), mul(rat(2, 9), mul(z, z))))
			}
			if found := f.slack(new(reader), a, b, 64); found.Cmp(above) > 0 {
				t.Fatalf("%s, ρ = %s: %s on [%s, %s] exceeds %s at %s", function, f.rho.RatString(),
					found.FloatString(25), a.RatString(), b.RatString(), above.FloatString(25), z.RatString())
			}
		}
	}
}
