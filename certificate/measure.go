package certificate

import "math/big"

// A measure gives each index i the probability mass[i]/unit, so that sums and
// comparisons are those of integers.
type measure struct {
	unit *big.Int
	mass []*big.Int
}

// maxUnitBits bounds the unit of a measure: 2^33219 < 10^10000. A coupling could
// not spell its masses in a larger one, and products of units stay affordable.
const maxUnitBits = 33219

// boundUnit rejects, at the value being read, a unit that is too large.
func (r *reader) boundUnit(unit *big.Int) {
	if unit.BitLen() > maxUnitBits {
		r.beyondNext("common denominator has more than %d bits", maxUnitBits)
	}
}

// grow sets unit to the least common multiple of unit and d, both positive, and
// bounds it.
func (r *reader) grow(unit, d *big.Int) {
	a, b := wordsOf(unit), wordsOf(d)
	r.spend(1, mulCost(a, b))
	if a >= b && new(big.Int).Rem(unit, d).Sign() == 0 {
		return
	}
	r.spend(1, gcdCost(a, b)+2*mulCost(a, b))
	lcm(unit, d)
	r.boundUnit(unit)
}

// law reads a list of n probabilities with sum 1.
func (r *reader) law(n int) measure {
	values := make([]*big.Rat, n)
	r.tuple(n, func(i int) { values[i] = r.probability() })
	unit := big.NewInt(1)
	for _, v := range values {
		r.grow(unit, v.Denom())
	}
	m := measure{unit: unit, mass: make([]*big.Int, n)}
	r.spend(n, 3*mulCost(wordsOf(unit), wordsOf(unit)))
	for i, v := range values {
		m.mass[i] = inUnits(v, unit)
	}
	r.mustSumToOne(m)
	return m
}

// mustSumToOne rejects probabilities with another sum.
func (r *reader) mustSumToOne(m measure) {
	r.spend(len(m.mass), addCost(wordsOf(m.unit)))
	sum := new(big.Int)
	for _, v := range m.mass {
		sum.Add(sum, v)
	}
	if sum.Cmp(m.unit) != 0 {
		r.rejectNext("probabilities sum to %s, not 1", short(r.fraction(sum, m.unit)))
	}
}

// reduce divides unit and masses by their greatest common divisor. The unit is
// then the least common multiple of the denominators of the probabilities.
//
// The divisor shrinks from mass to mass, and what that costs is paid once.
func (m measure) reduce(r *reader) {
	words := wordsOf(m.unit)
	r.spend(1, gcdCost(words, words))
	g := new(big.Int).Set(m.unit)
	for _, v := range m.mass {
		if g.Cmp(one) == 0 {
			return
		}
		r.spend(1, 1000+mulCost(words, wordsOf(g)))
		g.GCD(nil, nil, g, v)
	}
	r.spend(1+len(m.mass), mulCost(words, words))
	m.unit.Quo(m.unit, g)
	for _, v := range m.mass {
		v.Quo(v, g)
	}
}

// over expresses m in the given unit, a multiple of its own.
func (m measure) over(unit *big.Int) measure {
	factor := new(big.Int).Quo(unit, m.unit)
	d := measure{unit: unit, mass: make([]*big.Int, len(m.mass))}
	for i, v := range m.mass {
		d.mass[i] = new(big.Int).Mul(v, factor)
	}
	return d
}

// scale expresses m in the given unit, a multiple of its own, in place.
func (m measure) scale(r *reader, unit *big.Int) {
	words := wordsOf(unit)
	r.hold(len(m.mass), words)
	r.spend(1+len(m.mass), mulCost(words, words))
	factor := new(big.Int).Quo(unit, m.unit)
	m.unit.Set(unit)
	if factor.Cmp(one) == 0 {
		return
	}
	for _, v := range m.mass {
		v.Mul(v, factor)
	}
}

// lcm sets l to the least common multiple of l and d, both positive.
func lcm(l, d *big.Int) {
	g := new(big.Int).GCD(nil, nil, l, d)
	l.Mul(l, new(big.Int).Quo(d, g))
}

// inUnits returns x·unit for a unit that is a multiple of the denominator of x.
func inUnits(x *big.Rat, unit *big.Int) *big.Int {
	v := new(big.Int).Quo(unit, x.Denom())
	return v.Mul(v, x.Num())
}
