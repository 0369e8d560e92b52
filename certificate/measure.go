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
		r.rejectNext("common denominator has more than %d bits", maxUnitBits)
	}
}

// law reads a list of n probabilities with sum 1.
func (r *reader) law(n int) measure {
	values := make([]*big.Rat, n)
	r.tuple(n, func(i int) { values[i] = r.probability() })
	return r.lawOf(values)
}

// lawOf puts probabilities over their common denominator and rejects them if
// their sum is not 1.
func (r *reader) lawOf(values []*big.Rat) measure {
	m := measure{unit: big.NewInt(1), mass: make([]*big.Int, len(values))}
	for _, v := range values {
		lcm(m.unit, v.Denom())
		r.boundUnit(m.unit)
	}
	sum := new(big.Int)
	for i, v := range values {
		m.mass[i] = inUnits(v, m.unit)
		sum.Add(sum, m.mass[i])
	}
	if sum.Cmp(m.unit) != 0 {
		found := new(big.Rat).SetFrac(sum, m.unit)
		r.rejectNext("probabilities sum to %s, not 1", short(found))
	}
	return m
}

// reduced divides unit and masses by their greatest common divisor. The unit is
// then the least common multiple of the denominators of the probabilities.
func (m measure) reduced() measure {
	g := new(big.Int).Set(m.unit)
	for _, v := range m.mass {
		if g.Cmp(one) == 0 {
			return m
		}
		g.GCD(nil, nil, g, v)
	}
	d := measure{unit: new(big.Int).Quo(m.unit, g), mass: make([]*big.Int, len(m.mass))}
	for i, v := range m.mass {
		d.mass[i] = new(big.Int).Quo(v, g)
	}
	return d
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
