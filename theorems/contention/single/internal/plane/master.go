package plane

import (
	"context"
	"math/big"
)

// maxRounds bounds the rounds of Kelley's method; a few dozen suffice.
const maxRounds = 500

// A master is the program max β under the cuts known so far, with its solution, at which
// the two of the basis are tight.
type master struct {
	*rounded
	cuts  []*cut
	z     point
	basis [2]*cut
}

// guess returns the two cuts that are tight at the optimum, or false if the bits do not suffice
// to tell. The error is ctx.Err().
func (r *rounded) guess(ctx context.Context) (basis [2]*cut, ok bool, err error) {
	// The search begins at the corner β = 2, A = 0 of the box, above the optimum.
	two := new(big.Int).Lsh(r.one, 1)
	minus := new(big.Int).Neg(r.one)
	zero := new(big.Int)
	m := &master{rounded: r, z: point{two, zero}}
	// A box around the optimum, where 0 < β ≤ 1 and 0 ≤ A ≤ 1, that is never tight there.
	m.cuts = []*cut{{line: line{two, minus, zero}}, {line: line{two, zero, minus}}, {line: line{r.one, zero, r.one}}}
	// What is violated by less than half the bits is rounding: the rest of the bits is what the computation may
	// have lost.
	tolerance := new(big.Int).Rsh(r.one, r.bits/2)
	tolerance.Neg(tolerance)
	// Kelley: ask for the cuts that are violated at the optimum of the master, add them, solve again.
	for range maxRounds {
		if err := ctx.Err(); err != nil {
			return basis, false, err
		}
		// Until one of the three is violated.
		added := false
		for _, c := range r.cuts(m.z) {
			// A cut that holds, up to rounding, is not added: the basis would be a pair of lines that are the same.
			if r.relative(c.line, m.z).Cmp(tolerance) >= 0 {
				continue
			}
			if !m.add(c) {
				return basis, false, nil
			}
			added = true
		}
		if !added {
			// No cut is violated: the point is optimal, and the two lines through it are the basis. There are none if
			// the first corner was never left.
			return m.basis, m.basis[0] != nil && m.basis[1] != nil, nil
		}
	}
	return basis, false, nil
}

// add adds a cut that is violated: the new optimum lies on it, where the program has one
// variable.
func (m *master) add(c *cut) bool {
	// Without the new one, which is tight along the whole line.
	cuts := m.cuts
	m.cuts = append(m.cuts, c)
	// Divide by the larger slope, which loses fewer bits.
	if c.q.CmpAbs(c.r) >= 0 {
		return m.alongA(c, cuts)
	}
	return m.alongBeta(c, cuts)
}

// alongA has β = −(p + rA)/q on the cut.
func (m *master) alongA(c *cut, others []*cut) bool {
	if c.q.Sign() == 0 {
		return false
	}
	// On the cut β is a function of A alone, and every other cut an interval of A.
	p, r := m.quotient(c.p, c.q), m.quotient(c.r, c.q)
	var low, high *big.Int
	var below, above *cut
	for _, o := range others {
		// Constant and slope of the other cut along this one.
		at, slope := m.less(o.p, o.q, p), m.less(o.r, o.q, r)
		// Parallel to the new cut: it says nothing along it.
		if slope.Sign() == 0 {
			continue
		}
		// at + slope·A ≥ 0: a lower bound on A if the slope is positive, else an upper one. The tightest of each side counts.
		bound := m.quotient(at.Neg(at), slope)
		if slope.Sign() > 0 && (low == nil || bound.Cmp(low) > 0) {
			low, below = bound, o
		}
		if slope.Sign() < 0 && (high == nil || bound.Cmp(high) < 0) {
			high, above = bound, o
		}
	}
	// The box bounds A from both sides; without a bound the numbers have lost too many bits.
	if low == nil || high == nil {
		return false
	}
	// β = −(p + rA) grows with A if r is negative: then the optimum is at the upper end.
	a, tight := low, below
	if r.Sign() < 0 {
		a, tight = high, above
	}
	// β from A by the new cut, on which the point lies.
	beta := new(big.Int).Neg(p)
	m.z, m.basis = point{beta.Sub(beta, m.mul(r, a)), a}, [2]*cut{c, tight}
	return true
}

// alongBeta has A = −(p + qβ)/r on the cut.
func (m *master) alongBeta(c *cut, others []*cut) bool {
	// On the cut A is a function of β alone, which is to be as large as the others allow: only upper bounds matter.
	p, q := m.quotient(c.p, c.r), m.quotient(c.q, c.r)
	var high *big.Int
	var above *cut
	for _, o := range others {
		at, slope := m.less(o.p, o.r, p), m.less(o.q, o.r, q)
		// A lower bound on β, or none.
		if slope.Sign() >= 0 {
			continue
		}
		if bound := m.quotient(at.Neg(at), slope); high == nil || bound.Cmp(high) < 0 {
			high, above = bound, o
		}
	}
	if high == nil {
		return false
	}
	// A from β by the new cut.
	a := new(big.Int).Neg(p)
	m.z, m.basis = point{high, a.Sub(a, m.mul(q, high))}, [2]*cut{c, above}
	return true
}

// less returns a − b·c.
func (m *master) less(a, b, c *big.Int) *big.Int { return new(big.Int).Sub(a, m.mul(b, c)) }
