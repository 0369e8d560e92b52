package scheme

import (
	"context"
	"math/big"

	"pstar/rational"
	"pstar/rational/enclose"
	"pstar/theorems/multidraft"
)

// enclosedRecursion is [recursiveAcceptance] to so many binary digits.
//
// The slopes of φ are from -1 to 0. So λ + φ(λ) is nondecreasing, and of bounds of λ_k come bounds of λ_{k+1} that
// are further apart by no more than what was rounded; and φ decreases, so that the lower bound of λ gives the upper
// one of φ. As λ grows, the tokens with q > λp are fewer each time: one sort, and K steps.
func enclosedRecursion(ctx context.Context, s *multidraft.Instance, digits uint) (enclose.Interval, error) {
	sums := newKSEQ(s.K(), s.Rows()[0], s.Target()) // for its order and its sums
	// λ is at most K: a step is off by K + 3 units at most, of rounding p, q and the product, and all of them together by K times that.
	places := digits + 2*uint(rational.NewInt(int64(s.K())).BitLen()) + 4
	most, least := newFixedPart(sums, places, true), newFixedPart(sums, places, false)
	low, high := new(big.Int), new(big.Int)
	for range s.K() {
		if err := ctx.Err(); err != nil {
			return enclose.Interval{}, err
		}
		low.Add(low, least.at(low))
		high.Add(high, most.at(high))
	}
	// Back at the lower λ, where the upper bound has more tokens.
	most = newFixedPart(sums, places, true)
	left := enclose.Interval{Lo: least.value(least.at(high)), Hi: most.value(most.at(low))}
	return enclose.Point(one).Sub(left).Outward(digits), nil
}

// A fixedPart bounds φ(λ), the sum of (q - λp)^+, from one side, for growing λ in units of 2^-places.
type fixedPart struct {
	sums   *kseq
	places uint
	up     bool
	from   int      // the tokens of the order from here on have q > λp
	p, q   *big.Int // their sums, q rounded to the side and p to the other
	next   *big.Int // from this λ on it is one token less; nil if none is left
}

func newFixedPart(sums *kseq, places uint, up bool) *fixedPart {
	x := &fixedPart{sums: sums, places: places, up: up}
	x.settle()
	return x
}

// settle works out the sums of the tokens from x.from on, and where the first of them drops out.
func (x *fixedPart) settle() {
	s := x.sums
	x.q = x.fixed(s.q.Unit.Sub(s.targeted[x.from]), s.q.Unit, x.up)
	x.p = x.fixed(s.p.Unit.Sub(s.drafted[x.from]), s.p.Unit, !x.up)
	x.next = nil
	if x.from < len(s.order) {
		i := s.order[x.from]
		// q > λp for λ below this, rounded up as λ is a whole number of units.
		x.next = x.fixed(s.q.Weights.At(i).Mul(s.p.Unit), s.p.Weights.At(i).Mul(s.q.Unit), true)
	}
}

// fixed is num/den in units, rounded up or down.
func (x *fixedPart) fixed(num, den rational.Int, up bool) *big.Int {
	n := num.Big()
	n.Lsh(n, x.places)
	if up {
		n.Add(n, den.Sub(rational.NewInt(1)).Big())
	}
	return n.Quo(n, den.Big())
}

// at is the bound at λ, which is no less than at any call before. The result is the caller's.
func (x *fixedPart) at(lambda *big.Int) *big.Int {
	for x.next != nil && lambda.Cmp(x.next) >= 0 {
		x.from++
		x.settle()
	}
	left := new(big.Int).Mul(lambda, x.p)
	left.Sub(new(big.Int).Lsh(x.q, x.places), left)
	if x.up {
		left.Add(left, new(big.Int).Sub(new(big.Int).Lsh(big.NewInt(1), x.places), big.NewInt(1)))
	}
	left.Rsh(left, x.places)
	// A sum of positive parts.
	if left.Sign() < 0 {
		left.SetInt64(0)
	}
	return left
}

// value is a number of units as a fraction.
func (x *fixedPart) value(units *big.Int) rational.Rat {
	return rational.Dyadic(rational.IntFromBig(units), -int(x.places))
}
