package lp

import (
	"fmt"

	"pstar/rational"
)

// Verdict is the outcome of a linear program. The zero value is no verdict.
type Verdict int

const (
	NoVerdict Verdict = iota
	Optimal
	Infeasible
	Unbounded
)

// String returns the verdict in small letters.
func (v Verdict) String() string {
	switch v {
	case NoVerdict:
		return "no verdict"
	case Optimal:
		return "optimal"
	case Infeasible:
		return "infeasible"
	case Unbounded:
		return "unbounded"
	}
	return fmt.Sprintf("Verdict(%d)", int(v))
}

// Result is a verdict with its witness. Which fields are set depends on the
// verdict; the others are nil. The package documentation fixes the signs.
type Result struct {
	Verdict Verdict
	// Value is the optimum, including the constant; set if Optimal.
	Value rational.Rat
	// Primal has one entry for each variable: an optimal point if Optimal, a
	// feasible one if Unbounded.
	Primal []rational.Rat
	// Dual has one multiplier for each row, Reduced one for each variable; set if
	// Optimal.
	Dual    []rational.Rat
	Reduced []rational.Rat
	// Farkas has one multiplier for each row; set if Infeasible, unless Conflict is.
	Farkas []rational.Rat
	// Conflict names crossed bounds, if Infeasible because of them alone.
	Conflict Conflict
	// Ray has one entry for each variable; set if Unbounded.
	Ray []rational.Rat
	// Pivots counts the changes of basis, and Basis is the last one, nil if Conflict is
	// set. They are not part of the witness.
	Pivots int
	Basis  *Basis
}

// Conflict names a row or a variable whose lower bound exceeds its upper bound.
// The zero value names none.
type Conflict struct {
	In    ConflictKind
	Index int
}

// ConflictKind says what the index of a [Conflict] counts.
type ConflictKind int

const (
	NoConflict ConflictKind = iota
	RowConflict
	VariableConflict
)
