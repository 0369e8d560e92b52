package plane

import (
	"math/big"

	"pstar/rational"
)

// rounded has the instance with numbers in units of 2^−bits, rounded down.
type rounded struct {
	bits uint
	one  *big.Int
	// x, 1 − x, x/(1 − x) or nil for x = 1, 1/(2 − x), and 2(1 + Σ_{j>i} x_j), of each element.
	x, rest, odds, both, after []*big.Int
}

func round(in *instance, bits uint) *rounded {
	r := &rounded{bits: bits, one: new(big.Int).Lsh(big.NewInt(1), bits)}
	for i := range in.u {
		u, v, w := in.u[i].Big(), in.v[i].Big(), in.w[i].Big()
		r.x = append(r.x, r.quotient(u, v))
		r.rest = append(r.rest, r.quotient(w, v))
		var odds *big.Int
		if w.Sign() != 0 {
			odds = r.quotient(u, w)
		}
		r.odds = append(r.odds, odds)
		r.both = append(r.both, r.quotient(v, new(big.Int).Add(v, w)))
		r.after = append(r.after, r.quotient(new(big.Int).Lsh(in.after[i].Big(), 1), in.unit.Big()))
	}
	return r
}

func (r *rounded) quotient(a, b *big.Int) *big.Int {
	q := new(big.Int).Lsh(a, r.bits)
	return q.Quo(q, b)
}

func (r *rounded) mul(a, b *big.Int) *big.Int {
	p := new(big.Int).Mul(a, b)
	return p.Rsh(p, r.bits)
}

func (r *rounded) of(x rational.Rat) *big.Int { return r.quotient(x.Num().Big(), x.Den().Big()) }

// A line is the affine function p + qβ + rA.
type line struct{ p, q, r *big.Int }

func (l line) plus(m line) line {
	return line{new(big.Int).Add(l.p, m.p), new(big.Int).Add(l.q, m.q), new(big.Int).Add(l.r, m.r)}
}

func (l line) minus(m line) line {
	return line{new(big.Int).Sub(l.p, m.p), new(big.Int).Sub(l.q, m.q), new(big.Int).Sub(l.r, m.r)}
}

func (r *rounded) scale(l line, by *big.Int) line {
	return line{r.mul(l.p, by), r.mul(l.q, by), r.mul(l.r, by)}
}

// A point is β and A.
type point struct{ beta, a *big.Int }

func (r *rounded) at(l line, z point) *big.Int {
	v := new(big.Int).Add(l.p, r.mul(l.q, z.beta))
	return v.Add(v, r.mul(l.r, z.a))
}

// floor is the lower bound κ_i + A_i, where A_i is the line below.
func (r *rounded) floor(i int, below line) line {
	return below.plus(line{new(big.Int).Neg(r.one), r.after[i], new(big.Int).Neg(r.one)})
}

var nothing = line{new(big.Int), new(big.Int), new(big.Int)}

// cuts returns the cuts at a point: the one of an element that is violated most, and those
// of the two ends.
func (r *rounded) cuts(z point) []*cut {
	n := len(r.x)
	caps, kinds := make([]line, n), make([]capKind, n)
	low, rises := nothing, make([]bool, n)
	var worst *cut
	var depth *big.Int
	for i := range n {
		floor := r.floor(i, low)
		caps[i], kinds[i] = r.cap(i, floor.minus(low), z)
		slack := caps[i].minus(low)
		if v := r.relative(slack, z); worst == nil || v.Cmp(depth) < 0 {
			worst, depth = &cut{line: slack, kind: element, at: i, rises: rises, cap: kinds[i]}, v
		}
		if r.odds[i] != nil && r.at(floor, z).Sign() > 0 {
			rises[i] = true
			low = low.plus(r.scale(floor, r.odds[i]))
		}
	}
	last := line{new(big.Int), new(big.Int), r.one}
	return []*cut{worst, {line: last.minus(low), kind: lowest, at: n, rises: rises}, r.highest(caps, kinds, z)}
}

// highest is the cut A ≤ the upper end.
func (r *rounded) highest(caps []line, kinds []capKind, z point) *cut {
	n := len(r.x)
	c := &cut{kind: highest, at: -1, whole: make([]bool, n)}
	high, twice := nothing, line{new(big.Int), new(big.Int).Lsh(r.one, 1), new(big.Int)}
	for i := range n {
		if r.at(caps[i], z).Cmp(r.at(high, z)) < 0 {
			high, c.at, c.cap = caps[i], i, kinds[i]
		}
		left := line{r.one, new(big.Int), new(big.Int)}.minus(high)
		if c.whole[i] = r.at(twice, z).Cmp(r.at(left, z)) <= 0; c.whole[i] {
			high = high.plus(r.scale(twice, r.x[i]))
		} else {
			high = high.plus(r.scale(left, r.x[i]))
		}
	}
	c.line = high.minus(line{new(big.Int), new(big.Int), r.one})
	return c
}

// cap is the largest A_i for which both bounds on c_f(i) leave room, κ being the line.
func (r *rounded) cap(i int, kappa line, z point) (line, capKind) {
	all := line{r.one, new(big.Int), new(big.Int)}
	backward := line{new(big.Int), new(big.Int).Lsh(r.rest[i], 1), new(big.Int)}.minus(kappa)
	both := r.scale(line{r.rest[i], new(big.Int), new(big.Int)}.minus(kappa), r.both[i])
	least, kind := all, capForward
	if r.at(backward, z).Cmp(r.at(least, z)) < 0 {
		least, kind = backward, capBackward
	}
	if r.at(both, z).Cmp(r.at(least, z)) < 0 {
		least, kind = both, capBoth
	}
	return least, kind
}

// relative is the value of a line over its larger slope.
func (r *rounded) relative(l line, z point) *big.Int {
	slope := new(big.Int).Abs(l.q)
	if l.r.CmpAbs(slope) > 0 {
		slope.Abs(l.r)
	}
	if slope.Sign() == 0 {
		slope = r.one
	}
	return r.quotient(r.at(l, z), slope)
}
