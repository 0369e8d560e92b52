package fm

import (
	"pstar/rational"
)

// Lift extends a point of the projection to a solution of the system. x has one
// entry for each variable, of which those eliminated are ignored; symbols has
// the values of the symbols. It reports false if the point is not in the
// projection. It panics if the lengths are wrong or if r is not a projection.
//
// Between its bounds a variable takes the simplest value: 0 if that fits, else
// a bound, else, between two strict bounds, their mean.
func (r *Result) Lift(x, symbols rational.RatVector) (rational.RatVector, bool) {
	if r.Verdict != Projected || len(x) != len(r.System.Variables) || len(symbols) != len(r.System.Symbols) {
		panic("fm: Lift of a result that is no projection, or of a point of the wrong size")
	}
	at := append(rational.RatVector{rational.NewRat(1, 1)}, symbols...)
	at = append(at, x...)
	for _, v := range r.Eliminate {
		at[r.System.column(v)] = rational.Rat{}
	}
	// Rows of the projection hold exactly where a solution exists.
	for _, row := range r.Rows {
		if !row.Holds(at[r.System.column(0):], symbols) {
			return nil, false
		}
	}
	// Backwards: in the rows before a step only its variable is not known yet. That its
	// interval is not empty is what elimination is about.
	for i := len(r.Steps) - 1; i >= 0; i-- {
		if v := r.Steps[i].Variable; v >= 0 {
			c := r.System.column(v)
			at[c] = r.interval(r.Steps[i].Before, c, at).simplest()
		}
	}
	// Last the variables that equations were solved for, the last one first, since an equation
	// may contain what was solved for after it.
	for i := len(r.Solved) - 1; i >= 0; i-- {
		s := r.Solved[i]
		at[s.Column] = rational.Rat{}
		at[s.Column] = s.Line.Rats().Dot(at).Neg().Quo(rational.RatFromInt(s.Line[s.Column]))
	}
	return at[r.System.column(0):], true
}

// interval is a set of numbers between two bounds.
// An absent bound has the value 0, which means nothing.
type interval struct {
	low, high             rational.Rat
	hasLow, hasHigh       bool
	lowStrict, highStrict bool
}

// interval returns the values of column c that the rows allow, the other columns
// being fixed and at[c] being 0.
func (r *Result) interval(rows []int, c int, at rational.RatVector) interval {
	var v interval
	for _, id := range rows {
		x := r.table[id]
		a := r.expand(x)
		// A row without the variable says nothing of it.
		if a[c].IsZero() {
			continue
		}
		// The column itself counts as 0 in the product.
		bound := a.Rats().Dot(at).Quo(rational.RatFromInt(a[c])).Neg()
		if a[c].Sign() > 0 {
			v.raise(bound, x.strict)
		} else {
			v.lower(bound, x.strict)
		}
	}
	return v
}

// Of equal bounds the strict one says more.
func (v *interval) raise(bound rational.Rat, strict bool) {
	switch c := bound.Cmp(v.low); {
	case !v.hasLow || c > 0:
		v.low, v.lowStrict = bound, strict
	case c == 0:
		v.lowStrict = v.lowStrict || strict
	}
	v.hasLow = true
}

func (v *interval) lower(bound rational.Rat, strict bool) {
	switch c := bound.Cmp(v.high); {
	case !v.hasHigh || c < 0:
		v.high, v.highStrict = bound, strict
	case c == 0:
		v.highStrict = v.highStrict || strict
	}
	v.hasHigh = true
}

func (v interval) contains(x rational.Rat) bool {
	// An absent bound leaves its side open, whatever number stands there.
	low, high := x.Cmp(v.low), v.high.Cmp(x)
	return (!v.hasLow || low > 0 || low == 0 && !v.lowStrict) &&
		(!v.hasHigh || high > 0 || high == 0 && !v.highStrict)
}

// simplest returns a member of an interval that is not empty.
// The last case is an open interval shorter than what was tried.
func (v interval) simplest() rational.Rat {
	one := rational.NewRat(1, 1)
	// One more than a strict lower bound fits unless there is an upper bound near, and
	// likewise below.
	for _, x := range []rational.Rat{{}, v.low, v.high, v.low.Add(one), v.high.Sub(one)} {
		if v.contains(x) {
			return x
		}
	}
	return v.low.Add(v.high).Quo(rational.NewRat(2, 1))
}
