package fm

import (
	"fmt"

	"pstar/rational"
)

// A Relation stands between the sides of a row. The zero value is none.
type Relation int

const (
	NoRelation Relation = iota
	AtLeast             // >=
	AtMost              // <=
	Equal               // =
	Above               // >
	Below               // <
)

// String returns the sign as it is written in text.
func (r Relation) String() string {
	return [...]string{"?", ">=", "<=", "=", ">", "<"}[r]
}

// strict reports whether equality is excluded.
func (r Relation) strict() bool { return r == Above || r == Below }

// A Row is Σ Coefficients[j] x_j REL Constant + Σ Symbols[k] s_k. Symbols may be
// nil if none occurs.
type Row struct {
	Name         string
	Coefficients rational.RatVector
	Relation     Relation
	Constant     rational.Rat
	Symbols      rational.RatVector
}

// A System is a list of rows over named variables and symbols.
type System struct {
	Variables []string
	Symbols   []string
	Rows      []Row
}

// Validate reports the first row that is malformed: one whose number of
// coefficients is not that of the variables, that has symbols but not as many as
// the system, or that has no relation.
func (s *System) Validate() error {
	for i, r := range s.Rows {
		switch {
		case len(r.Coefficients) != len(s.Variables):
			return fmt.Errorf("fm: row %d has %d coefficients, want one for each of the %d variables", i+1, len(r.Coefficients), len(s.Variables))
		case r.Symbols != nil && len(r.Symbols) != len(s.Symbols):
			return fmt.Errorf("fm: row %d has %d symbols, want %d", i+1, len(r.Symbols), len(s.Symbols))
		case r.Relation < AtLeast || r.Relation > Below:
			return fmt.Errorf("fm: row %d has no relation", i+1)
		}
	}
	return nil
}

// columns is the number of columns of a homogeneous row: constant, symbols,
// variables.
func (s *System) columns() int { return 1 + len(s.Symbols) + len(s.Variables) }

// column is the column of a variable.
func (s *System) column(variable int) int { return 1 + len(s.Symbols) + variable }

// homogeneous returns row i as a primitive vector a, read a >= 0, a > 0 or a = 0,
// and the positive factor with which the row was scaled.
func (s *System) homogeneous(i int) (a rational.Vector, factor rational.Rat) {
	r := s.Rows[i]
	v := make(rational.RatVector, 0, s.columns())
	v = append(v, r.Constant.Neg())
	for k := range s.Symbols {
		if r.Symbols == nil {
			v = append(v, rational.Rat{})
		} else {
			v = append(v, r.Symbols[k].Neg())
		}
	}
	v = append(v, r.Coefficients...)
	// All inequalities are read in one direction, so that multipliers of all of them are
	// positive.
	if r.Relation == AtMost || r.Relation == Below {
		v = v.Scale(rational.NewRat(-1, 1))
	}
	a = v.Primitive()
	// The factor is seen at any entry that is not zero.
	for j, x := range v {
		if !x.IsZero() {
			return a, rational.RatFromInt(a[j]).Quo(x)
		}
	}
	return a, rational.NewRat(1, 1)
}

// row turns a homogeneous vector into a row of the system.
func (s *System) row(a rational.Vector, relation Relation) Row {
	r := Row{Relation: relation, Constant: rational.RatFromInt(a[0].Neg())}
	for k := range s.Symbols {
		r.Symbols = append(r.Symbols, rational.RatFromInt(a[1+k].Neg()))
	}
	r.Coefficients = a[1+len(s.Symbols):].Rats()
	return r
}

// Holds reports whether the row holds at the variables x and the symbols.
func (r Row) Holds(x, symbols rational.RatVector) bool {
	// Left minus right; what relation it is to have to 0 is below.
	gap := r.Coefficients.Dot(x).Sub(r.Constant)
	if r.Symbols != nil {
		gap = gap.Sub(r.Symbols.Dot(symbols))
	}
	switch sign := gap.Sign(); r.Relation {
	case AtLeast:
		return sign >= 0
	case AtMost:
		return sign <= 0
	case Equal:
		return sign == 0
	case Above:
		return sign > 0
	case Below:
		return sign < 0
	}
	panic("fm: row without a relation")
}
