package presolve

import (
	"pstar/lp/internal/guess"
	"pstar/rational"
)

// Program is a linear program as package lp describes it: costs and bounds by variable, terms and bounds by row. A variable
// has at most one term in a row, which is not zero.
type Program struct {
	Maximise     bool
	Cost         []rational.Rat
	Lower, Upper []Bound // of the variables
	Rows         [][]Term
	Left, Right  []Bound // of the rows
}

// Bound is a number or, as zero value, the absence of one.
type Bound struct {
	Finite bool
	Value  rational.Rat
}

// Term is Coefficient times the variable of index Variable. In a list by variable that is the index of the row.
type Term struct {
	Variable    int
	Coefficient rational.Rat
}

// Status is where a variable or a row is in a basis.
type Status int8

const (
	Basic   = Status(guess.InBasis)
	AtLower = Status(guess.AtLower)
	AtUpper = Status(guess.AtUpper)
	AtZero  = Status(guess.AtZero) // a variable without bounds
)

// plus adds v to a bound that is there.
func (b Bound) plus(v rational.Rat) Bound {
	if b.Finite {
		b.Value = b.Value.Add(v)
	}
	return b
}

// crossed reports whether no number lies between lower and upper.
// Equal bounds are not crossed.
func crossed(lower, upper Bound) bool {
	return lower.Finite && upper.Finite && lower.Value.Cmp(upper.Value) > 0
}

// single reports whether there is one number between lower and upper.
func single(lower, upper Bound) bool {
	return lower.Finite && upper.Finite && lower.Value.Equal(upper.Value)
}

// tighten returns the bounds from low to high within those that were there, and which of the two are new. Only
// a bound that is tighter is: of equal ones the variable keeps its own, whose multiplier needs no way back.
func tighten(lower, upper, low, high Bound) (newLower, newUpper Bound, isLower, isUpper bool) {
	isLower = low.Finite && (!lower.Finite || low.Value.Cmp(lower.Value) > 0)
	isUpper = high.Finite && (!upper.Finite || high.Value.Cmp(upper.Value) < 0)
	if isLower {
		lower = low
	}
	if isUpper {
		upper = high
	}
	return lower, upper, isLower, isUpper
}
