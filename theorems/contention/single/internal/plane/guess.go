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

// round rounds an instance down to so many bits. The numbers guide the search only: an error of a
// unit in the last place makes, at worst, a basis that the exact computation finds not to be one.
func round(in *instance, bits uint) *rounded {
	// The 1 in these units is a power of two, so that products are shifted and not divided.
	r := &rounded{bits: bits, one: new(big.Int).Lsh(big.NewInt(1), bits)}
	for i := range in.u {
		u, v, w := in.u[i].Big(), in.v[i].Big(), in.w[i].Big()
		r.x = append(r.x, r.quotient(u, v))
		r.rest = append(r.rest, r.quotient(w, v))
		// An element that is always active has no odds: A_{i+1} grows by as much as its c_f, so that the
		// backward row does not bound c_f from below, and the lower path does not rise there.
		var odds *big.Int
		if w.Sign() != 0 {
			odds = r.quotient(u, w)
		}
		r.odds = append(r.odds, odds)
		// 1/(2 − x), as v/(v + w): the cap that both bounds make together is divided by 2 − x.
		r.both = append(r.both, r.quotient(v, new(big.Int).Add(v, w)))
		r.after = append(r.after, r.quotient(new(big.Int).Lsh(in.after[i].Big(), 1), in.unit.Big()))
	}
	return r
}

// quotient returns a/b in units, rounded toward 0.
func (r *rounded) quotient(a, b *big.Int) *big.Int {
	// Shifted before it is divided, so that the quotient keeps all bits.
	q := new(big.Int).Lsh(a, r.bits)
	return q.Quo(q, b)
}

// mul returns the product of two numbers in units, rounded down.
func (r *rounded) mul(a, b *big.Int) *big.Int {
	p := new(big.Int).Mul(a, b)
	return p.Rsh(p, r.bits)
}

// of rounds a fraction.
func (r *rounded) of(x rational.Rat) *big.Int { return r.quotient(x.Num().Big(), x.Den().Big()) }

// A line is the affine function p + qβ + rA.
type line struct{ p, q, r *big.Int }

// plus is the sum of two affine functions, and minus their difference.
func (l line) plus(m line) line {
	// New numbers: lines are shared by cuts.
	return line{new(big.Int).Add(l.p, m.p), new(big.Int).Add(l.q, m.q), new(big.Int).Add(l.r, m.r)}
}

func (l line) minus(m line) line {
	return line{new(big.Int).Sub(l.p, m.p), new(big.Int).Sub(l.q, m.q), new(big.Int).Sub(l.r, m.r)}
}

// scale multiplies an affine function by a number in units.
func (r *rounded) scale(l line, by *big.Int) line {
	return line{r.mul(l.p, by), r.mul(l.q, by), r.mul(l.r, by)}
}

// A point is β and A.
type point struct{ beta, a *big.Int }

// at is the value of an affine function at a point.
func (r *rounded) at(l line, z point) *big.Int {
	// The constant term has the unit already.
	v := new(big.Int).Add(l.p, r.mul(l.q, z.beta))
	return v.Add(v, r.mul(l.r, z.a))
}

// floor is the lower bound κ_i + A_i, where A_i is the line below.
func (r *rounded) floor(i int, below line) line {
	return below.plus(line{new(big.Int).Neg(r.one), r.after[i], new(big.Int).Neg(r.one)})
}

// nothing is the function 0, from which the lower and the upper path start.
var nothing = line{&big.Int{}, &big.Int{}, &big.Int{}}

// cuts returns the cuts at a point: the one of an element that is violated most, and those
// of the two ends.
func (r *rounded) cuts(z point) []*cut {
	// Caps as they were at this point: the upper path uses them again.
	n := len(r.x)
	caps, kinds := make([]line, n), make([]capKind, n)
	// The lower path: the least A_i, as a function of β and A, by following the lower bounds on c_f.
	low, rises := nothing, make([]bool, n)
	var worst *cut
	var depth *big.Int
	for i := range n {
		floor := r.floor(i, low)
		caps[i], kinds[i] = r.cap(i, floor.minus(low), z)
		// The lower path must stay below the cap of each element. Of the elements where it does not, the
		// one that is violated most, relative to the slope of its cut, gives the deepest cut.
		slack := caps[i].minus(low)
		if v := r.relative(slack, z); worst == nil || v.Cmp(depth) < 0 {
			worst, depth = &cut{line: slack, kind: element, at: i, rises: rises, cap: kinds[i]}, v
		}
		// Where the bound is positive c_f is it, and the sum grows by x/(1 − x) times the bound: by the
		// bound itself A_i + x c is an affine function again.
		if r.odds[i] != nil && r.at(floor, z).Sign() > 0 {
			rises[i] = true
			low = low.plus(r.scale(floor, r.odds[i]))
		}
	}
	// Both ends are demands on A itself: it is at least the end of the lower path and at most that of
	// the upper one.
	last := line{new(big.Int), new(big.Int), r.one}
	return []*cut{worst, {line: last.minus(low), kind: lowest, at: n, rises: rises}, r.highest(caps, kinds, z)}
}

// highest is the cut A ≤ the upper end.
func (r *rounded) highest(caps []line, kinds []capKind, z point) *cut {
	n := len(r.x)
	// Where the upper path starts is not known yet; -1 is the origin.
	c := &cut{kind: highest, at: -1, whole: make([]bool, n)}
	high, twice := nothing, line{new(big.Int), new(big.Int).Lsh(r.one, 1), new(big.Int)}
	for i := range n {
		// The upper path may not exceed the cap of an element, and starts anew from it where it would: what lies
		// before has no part in the cut then.
		if r.at(caps[i], z).Cmp(r.at(high, z)) < 0 {
			high, c.at, c.cap = caps[i], i, kinds[i]
		}
		// c_f is at most 2β, as c_b ≥ 0, and at most what is left, 1 − A_i: the smaller one makes the piece.
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
	// The three demands of an element on A_i: its forward row with c = 0, its backward row with c = 2β, and the two rows together.
	all := line{r.one, new(big.Int), new(big.Int)}
	// From κ + A ≤ 2β(1 − x): the lower bound is at most 2β.
	backward := line{new(big.Int), new(big.Int).Lsh(r.rest[i], 1), new(big.Int)}.minus(kappa)
	// From (κ + A)/(1 − x) ≤ 1 − A, solved for A: the lower bound is at most what is left.
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
	// The larger of both slopes, in which a distance in the plane is measured.
	slope := new(big.Int).Abs(l.q)
	if l.r.CmpAbs(slope) > 0 {
		slope.Abs(l.r)
	}
	if slope.Sign() == 0 {
		// A function without slopes is a number, and its value is what it is.
		slope = r.one
	}
	return r.quotient(r.at(l, z), slope)
}
