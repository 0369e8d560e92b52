package knapsack

import (
	"errors"
	"fmt"
	"math/big"

	"pstar/rational"
	"pstar/rational/enclose"
	"pstar/theorems/contention"
)

// An arithmetic computes with probabilities: exactly, or with enclosures.
// All masses are probabilities, so that none is negative and an arithmetic may rely on
// that.
type arithmetic[M any] interface {
	exact() bool
	of(x rational.Rat) M // x ≥ 0
	add(a, b M) M
	less(a, b M) M // max(0, a − b)
	mul(a, b M) M
	share(c, p M) M // min(1, c/p), and 1 for p = 0
	none(a M) bool  // a = 0
	interval(a M) enclose.Interval
	// settle returns the mass that is accepted at load zero, where the target is c,
	// positive loads have the mass p and the probability of acceptance loaded, and
	// load zero has the mass empty; and the probability of acceptance in all.
	settle(c rational.Rat, p, loaded, empty M) (fresh M, accept rational.Rat, err error)
	// see is shown the law of the load that an element meets.
	see(o contention.Order, i int, unit rational.Int, atoms []load[M])
	// charge is an error if a mass, to be used with so many sizes, is too long.
	charge(a M, sizes int) error
}

// Limits of exact probabilities, before enclosures take over.
// A fraction of 20000 bits is far beyond what is printed; what is longer costs more than it
// tells.
const (
	maxMassBits  = 20_000
	maxExactWork = 1 << 28 // about the squares of their words, one for each size; some seconds
)

var (
	errLongExact = errors.New("the exact probabilities have too many digits")
	errFewBits   = errors.New("do not decide whether Pr[T = 0] suffices")
)

// exactMasses computes with fractions, up to an amount of work.
// It is for one run: what was spent is not given back.
type exactMasses struct {
	work  int64
	watch func(o contention.Order, i int, unit rational.Int, atoms []load[rational.Rat]) // may be nil
}

func (e *exactMasses) see(o contention.Order, i int, unit rational.Int, atoms []load[rational.Rat]) {
	if e.watch != nil {
		e.watch(o, i, unit, atoms)
	}
}

func (e *exactMasses) exact() bool                              { return true }
func (e *exactMasses) of(x rational.Rat) rational.Rat           { return x }
func (e *exactMasses) add(a, b rational.Rat) rational.Rat       { return a.Add(b) }
func (e *exactMasses) less(a, b rational.Rat) rational.Rat      { return rational.MaxRat(zero, a.Sub(b)) }
func (e *exactMasses) mul(a, b rational.Rat) rational.Rat       { return a.Mul(b) }
func (e *exactMasses) none(a rational.Rat) bool                 { return a.IsZero() }
func (e *exactMasses) interval(a rational.Rat) enclose.Interval { return enclose.Point(a) }

func (e *exactMasses) share(c, p rational.Rat) rational.Rat {
	// Also for p = 0, where there is nothing to share.
	if c.Cmp(p) >= 0 {
		return one
	}
	return c.Quo(p)
}

func (e *exactMasses) settle(c, p, loaded, empty rational.Rat) (fresh, accept rational.Rat, err error) {
	// No more than there is: then the acceptance falls short of c, which [Law.Confirms] sees.
	// less is 0 where positive loads give all of c.
	fresh = rational.MinRat(e.less(c, p), empty)
	// p·loaded is what positive loads gave, and fresh is a mass already.
	return fresh, p.Mul(loaded).Add(fresh), nil
}

// The cost is counted before it is spent: the next element makes a product for each size.
func (e *exactMasses) charge(a rational.Rat, sizes int) error {
	bits := a.Den().BitLen()
	// Products cost the square of the words, and a little whatever the words.
	words := int64(1 + bits/64)
	// 100 words stand for what a product costs whatever its length.
	if e.work -= int64(sizes) * words * (words + 100); e.work < 0 || bits > maxMassBits {
		return errLongExact
	}
	return nil
}

// A span encloses a number that is not negative, in units of 2^−bits.
// It holds 0 ≤ lo ≤ hi. Spans are not changed once they are made.
type span struct{ lo, hi *big.Int }

// enclosedMasses computes with spans and rounds outward.
// All operations enclose the result of every pair of numbers in their operands.
type enclosedMasses struct {
	bits      uint
	unit, top *big.Int // 2^bits, and one less
}

func newEnclosedMasses(bits uint) *enclosedMasses {
	unit := new(big.Int).Lsh(big.NewInt(1), bits)
	return &enclosedMasses{bits, unit, new(big.Int).Sub(unit, big.NewInt(1))}
}

func (e *enclosedMasses) exact() bool { return false }

// The shift is done in place, so that the second quotient sees it, too.
func (e *enclosedMasses) of(x rational.Rat) span {
	n := x.Num().Big()
	return span{quotient(n.Lsh(n, e.bits), x.Den().Big(), false), quotient(n, x.Den().Big(), true)}
}

// quotient returns n/d, rounded up or down, for n ≥ 0 and d > 0.
func quotient(n, d *big.Int, up bool) *big.Int {
	// Toward 0, and one up where that is asked for and something is left.
	q, rest := new(big.Int).QuoRem(n, d, new(big.Int))
	if up && rest.Sign() > 0 {
		q.Add(q, big.NewInt(1))
	}
	return q
}

func (e *enclosedMasses) add(a, b span) span {
	return span{new(big.Int).Add(a.lo, b.lo), new(big.Int).Add(a.hi, b.hi)}
}

// The ends cross: the least difference is that of the lowest and the highest.
func (e *enclosedMasses) less(a, b span) span {
	lo, hi := new(big.Int).Sub(a.lo, b.hi), new(big.Int).Sub(a.hi, b.lo)
	// A mass is not negative, and enclosures may say so of differences that are 0.
	for _, end := range []*big.Int{lo, hi} {
		if end.Sign() < 0 {
			end.SetInt64(0)
		}
	}
	return span{lo, hi}
}

func (e *enclosedMasses) mul(a, b span) span {
	// Both are not negative: the ends of the product are the products of the ends, the upper one rounded up.
	lo, hi := new(big.Int).Mul(a.lo, b.lo), new(big.Int).Mul(a.hi, b.hi)
	// Adding one less than the unit before the shift rounds up.
	return span{lo.Rsh(lo, e.bits), hi.Rsh(hi.Add(hi, e.top), e.bits)}
}

func (e *enclosedMasses) share(c, p span) span {
	// The largest share is 1; each end falls with the other end of p.
	// A share of at least 1 is cut off at 1, as the coin is; this covers p = 0.
	s := span{e.unit, e.unit}
	if c.lo.Cmp(p.hi) < 0 {
		s.lo = quotient(new(big.Int).Lsh(c.lo, e.bits), p.hi, false)
	}
	if c.hi.Cmp(p.lo) < 0 {
		s.hi = quotient(new(big.Int).Lsh(c.hi, e.bits), p.lo, true)
	}
	return s
}

// Only if it is certainly zero: an atom that may have mass must not be lost.
func (e *enclosedMasses) none(a span) bool { return a.hi.Sign() == 0 }

func (e *enclosedMasses) interval(a span) enclose.Interval {
	unit := rational.IntFromBig(e.unit)
	return enclose.NewInterval(
		rational.RatFromInts(rational.IntFromBig(a.lo), unit),
		rational.RatFromInts(rational.IntFromBig(a.hi), unit))
}

// settle decides the premise of Lemma 4.2, c − P ≤ Pr[T = 0], so that the acceptance is
// exactly c.
// The numbers loaded are not needed: with the premise the two parts have exactly the sum c.
func (e *enclosedMasses) settle(c rational.Rat, p, _, empty span) (span, rational.Rat, error) {
	fresh := e.less(e.of(c), p)
	// Whatever the true numbers are, there is too little at load zero: the choice is not attained.
	if fresh.lo.Cmp(empty.hi) > 0 {
		return fresh, c, ErrNotAttained
	}
	// The enclosures overlap: more bits may tell.
	if fresh.hi.Cmp(empty.lo) > 0 {
		return fresh, c, fmt.Errorf("enclosures of %d bits %w", e.bits, errFewBits)
	}
	return fresh, c, nil
}

// Their length is bounded by the bits.
func (e *enclosedMasses) charge(span, int) error { return nil }

// The induction decides equalities, which enclosures cannot.
func (e *enclosedMasses) see(contention.Order, int, rational.Int, []load[span]) {}
