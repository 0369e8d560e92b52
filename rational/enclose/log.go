package enclose

import "pstar/rational"

// Log returns an interval that contains ln x, at most 2^−bits wide, and at most
// 2^−bits·|ln x| wide for x near 1; for x = 1 it is [0, 0], for any other x it does not
// contain 0. It panics unless x > 0.
//
// # Why it contains ln x
//
// x = m·2^k with 3/4 ≤ m < 3/2, and ln x = ln m + k·ln 2. If t = m − 1 is below
// 2^−bits, t − t² ≤ ln(1 + t) ≤ t says it all. Else for each logarithm a number g
// is guessed and proved by bracketing: e^(g−δ) ≤ m ≤ e^(g+δ), decided
// with the enclosures of [Exp]. A guess that does not prove itself is corrected
// by a Newton step, g + m·e^−g − 1, until it does: a bad guess costs time and
// nothing else.
func Log(x rational.Rat, bits uint) Interval {
	if x.Sign() <= 0 {
		panic("enclose: logarithm of a number that is not positive")
	}
	bits = max(bits, 2)
	m, k := mantissa(x)
	if k == 0 {
		return logNearOne(m, bits)
	}
	factor := rational.NewInt(int64(k))
	two := logNear(rational.NewRat(2, 1), bits+2+uint(factor.BitLen()))
	return logNear(m, bits+2).Add(two.Scale(rational.RatFromInt(factor)))
}

// logNearOne encloses ln m with a width of at most 2^−bits·|ln m|, for 3/4 ≤ m < 3/2.
func logNearOne(m rational.Rat, bits uint) Interval {
	t := m.Sub(rational.NewRat(1, 1))
	if t.Abs().Cmp(rational.Dyadic(rational.NewInt(1), -int(bits)-1)) <= 0 {
		return Interval{t.Sub(t.Mul(t)), t}
	}
	// |ln m| > |t|/2 ≥ 2^−(2 + zeros).
	zeros := t.Den().BitLen() - t.Num().BitLen()
	return logNear(m, bits+2+uint(max(0, zeros)))
}

// mantissa returns m and k with x = m·2^k and 3/4 ≤ m < 3/2.
func mantissa(x rational.Rat) (m rational.Rat, k int) {
	k = x.Num().BitLen() - x.Den().BitLen() // 1/2 < x/2^k < 2
	m = x.Mul(rational.Dyadic(rational.NewInt(1), -k))
	switch {
	case m.Cmp(rational.NewRat(3, 2)) >= 0:
		return m.Mul(rational.NewRat(1, 2)), k + 1
	case m.Cmp(rational.NewRat(3, 4)) < 0:
		return m.Mul(rational.NewRat(2, 1)), k - 1
	}
	return m, k
}

// logNear encloses ln m in at most 2^−bits, for 3/4 ≤ m ≤ 2.
func logNear(m rational.Rat, bits uint) Interval {
	if m.Equal(rational.NewRat(1, 1)) {
		return Interval{}
	}
	return provedLog(m, guessLog(m, bits+8), bits)
}

// provedLog encloses ln m in 2^−bits for 3/4 ≤ m ≤ 2, beginning with the guess g,
// which may be wrong.
func provedLog(m, g rational.Rat, bits uint) Interval {
	if g.Abs().Cmp(rational.NewRat(1, 1)) > 0 {
		g = rational.Rat{} // −1 < ln m < 1: not worth a step
	}
	delta := rational.Dyadic(rational.NewInt(1), -int(bits)-1)
	for precision := bits + 8; ; {
		bracket := Interval{g.Sub(delta), g.Add(delta)}
		if Exp(bracket.Lo, precision).Hi.Cmp(m) <= 0 && m.Cmp(Exp(bracket.Hi, precision).Lo) <= 0 {
			return bracket
		}
		g = floorTo(g.Add(m.Mul(Exp(g.Neg(), precision).Mid())).Sub(rational.NewRat(1, 1)), precision)
	}
}

// Sqrt returns an interval that contains the square root of x, with Hi − Lo ≤
// 2^−bits·Lo; it is a point if x is the square of a fraction. It panics if x < 0.
//
// With x = n/d, the root is √(n·d)/d, and the integer part of √(n·d·4^p) bounds
// it from both sides to a unit of 1/(d·2^p).
func Sqrt(x rational.Rat, bits uint) Interval {
	switch x.Sign() {
	case -1:
		panic("enclose: square root of a negative number")
	case 0:
		return Interval{}
	}
	d := x.Den()
	p := bits + 1 // √(n·d) ≥ 1, so the root has at least bits+1 bits
	scaled := x.Num().Mul(d).Big()
	scaled.Lsh(scaled, 2*p)
	root := rational.IntFromBig(scaled.Sqrt(scaled))
	unit := d.Mul(rational.PowerOfTwo(int(p)))
	lo := rational.RatFromInts(root, unit)
	if lo.Mul(lo).Equal(x) {
		return Point(lo)
	}
	return Interval{lo, rational.RatFromInts(root.Add(rational.NewInt(1)), unit)}
}
