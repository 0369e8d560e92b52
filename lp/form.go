package lp

import (
	"context"

	"pstar/internal/each"
	"pstar/rational"
)

// form is a problem rewritten for the simplex method: minimise Σ cost_j x_j over
//
//	x_{n+i} = Σ_j equations_i[j] x_j,   lower ≤ x ≤ upper,
//
// with n = columns and integer rows and costs. The variable x_{n+i} is called
// logical; the first n are those of the problem.
//
// Three positive scalings make the numbers small integers where they can be: row i
// is rowScale[i] times the row of the problem, the cost is costScale times that of
// the problem (and negated when maximising), and x is unit times the point of
// the problem. The way back is in [form.point], [form.multipliers].
// Slices over all variables have the logical ones at the end, in the order of the rows.
type form struct {
	problem      *Problem
	columns      int
	equations    [][]entry
	cost         []rational.Int
	lower, upper []Bound // of all variables
	rowScale     []rational.Rat
	costScale    rational.Rat // negative when maximising
	unit         rational.Rat
}

// entry is a nonzero coefficient of a row.
// Columns of a row are in the order of their first terms.
type entry struct {
	column int
	value  rational.Int
}

// newForm fails only if ctx ends.
func newForm(ctx context.Context, p *Problem) (*form, error) {
	n, m := len(p.Variables), len(p.Rows)
	f := &form{problem: p, columns: n, equations: make([][]entry, 0, m), rowScale: make([]rational.Rat, 0, m),
		lower: make([]Bound, 0, n+m), upper: make([]Bound, 0, n+m)}
	// The logical variables, one for each row, follow those of the problem.
	f.setCost()
	for _, v := range p.Variables {
		f.lower, f.upper = append(f.lower, v.Lower), append(f.upper, v.Upper)
	}
	// One slice of zeros for all rows: clearing it as a whole would cost variables times
	// rows.
	sums := make([]rational.Rat, f.columns)
	for _, row := range p.Rows {
		if ctx.Err() != nil {
			return nil, context.Cause(ctx)
		}
		f.addRow(row, sums)
	}
	f.setUnit()
	return f, nil
}

// setCost makes the costs integers, to be minimised.
// Costs all zero have the scale 1.
func (f *form) setCost() {
	var scale rational.Rat
	f.cost, scale = integers(each.Of(f.problem.Variables, func(v Variable) rational.Rat { return v.Cost }))
	// The scale is negative then, so that the multipliers come back with the signs of the problem.
	if f.problem.Sense == Maximise {
		f.cost, scale = rational.Vector(f.cost).Neg(), scale.Neg()
	}
	f.costScale = scale
}

// addRow appends a row of the problem. The slice sums has a zero for every column
// and is left so.
func (f *form) addRow(row Row, sums []rational.Rat) {
	// Terms of one variable add up. The sums stand in a slice of all variables, of which only the
	// places of this row are touched.
	for _, t := range row.Terms {
		sums[t.Variable] = sums[t.Variable].Add(t.Coefficient)
	}
	columns, values := make([]int, 0, len(row.Terms)), make(rational.RatVector, 0, len(row.Terms))
	for _, t := range row.Terms {
		// A variable that occurs again, or cancels, is zero by then.
		if v := sums[t.Variable]; !v.IsZero() {
			columns, values = append(columns, t.Variable), append(values, v)
			sums[t.Variable] = rational.Rat{}
		}
	}
	ints, scale := integers(values)
	entries := make([]entry, len(ints))
	for k, v := range ints {
		entries[k] = entry{columns[k], v}
	}
	f.equations = append(f.equations, entries)
	f.rowScale = append(f.rowScale, scale)
	f.lower = append(f.lower, row.Lower.times(scale))
	f.upper = append(f.upper, row.Upper.times(scale))
}

// integers returns the primitive integer vector in the direction of v, and the
// positive factor that leads to it.
// The vector has no common divisor; v is factor⁻¹ times it.
func integers(v rational.RatVector) (rational.Vector, rational.Rat) {
	m, d := v.Integers()
	content := m.Content()
	// A row without terms, or without costs.
	if content.IsZero() {
		return m, rational.NewRat(1, 1)
	}
	return m.Primitive(), rational.RatFromInts(d, content)
}

// times multiplies b by a positive scale.
// A negative scale would exchange the bounds, and is not asked for.
func (b Bound) times(scale rational.Rat) Bound {
	if b.Finite {
		b.Value = b.Value.Mul(scale)
	}
	return b
}

// maxUnitBits limits the common denominator of the bounds. Beyond it integers would
// be longer than the fractions they replace.
const maxUnitBits = 1024

// setUnit chooses a unit in which the bounds are integers.
// It is the least common denominator, or 1 if that is too long; numbers stay right either
// way.
func (f *form) setUnit() {
	unit := rational.NewInt(1)
	for _, bounds := range [][]Bound{f.lower, f.upper} {
		for _, b := range bounds {
			// An absent bound has the value zero, which is one too.
			if b.Value.IsInt() {
				continue
			}
			// Most denominators divide the unit at hand.
			// A division is cheaper than the gcd of a common multiple.
			if _, r := unit.QuoRem(b.Value.Den()); r.IsZero() {
				continue
			}
			unit = rational.LCM(unit, b.Value.Den())
			// Then the values stay fractions.
			if unit.BitLen() > maxUnitBits {
				f.unit = rational.NewRat(1, 1)
				return
			}
		}
	}
	f.unit = rational.RatFromInt(unit)
	// Bounds of rows and of variables are in the same unit, as rows have no constants.
	for k := range f.lower {
		f.lower[k].multiply(unit)
		f.upper[k].multiply(unit)
	}
}

// multiply multiplies b by a multiple of its denominator.
// An absent bound has nothing to multiply.
func (b *Bound) multiply(unit rational.Int) {
	if b.Finite {
		b.Value = rational.RatFromInt(b.Value.Num().Mul(unit.DivExact(b.Value.Den())))
	}
}

// point converts values of the variables of the form to a point of the problem.
// Logical variables are left out: they are the values of the rows.
func (f *form) point(x []rational.Rat) []rational.Rat {
	return each.Of(x[:f.columns], func(v rational.Rat) rational.Rat { return v.Quo(f.unit) })
}

// multipliers converts one multiplier for each row of the form to the rows of the
// problem.
// The scale of the costs is not in it: see who calls.
func (f *form) multipliers(y []rational.Rat) []rational.Rat {
	return each.Numbered(y, func(i int, v rational.Rat) rational.Rat { return v.Mul(f.rowScale[i]) })
}
