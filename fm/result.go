package fm

import "pstar/rational"

// A Verdict is the outcome of an elimination. The zero value is no verdict.
type Verdict int

const (
	NoVerdict Verdict = iota
	// Projected: the rows of the result describe the projection. If redundant rows
	// are kept (a Level other than Minimal) it may be empty all the same.
	Projected
	Infeasible // the system has no solution, by its Farkas multipliers
)

// String returns the verdict in small letters.
func (v Verdict) String() string {
	return [...]string{"no verdict", "projected", "infeasible"}[v]
}

// A Result is a projection with its proof.
//
// Multipliers are over the rows of the system, each read as "left - right" if it
// is >=, > or =, and as "right - left" if it is <= or <. They are not negative,
// except those of equations.
type Result struct {
	System    *System
	Verdict   Verdict
	Eliminate []int // as asked for
	// Rows are the rows of the projection: first equations, then inequalities,
	// which are >= or >. With Level Minimal no row can be left out.
	Rows []Output
	// Farkas shows that the system has no solution if the verdict is Infeasible:
	// the combination has no variable or symbol in it and reads 0 > 0, or c >= 0
	// or c > 0 with c negative, or 0 = c with c not zero.
	Farkas rational.RatVector

	// Vanishing are multipliers of a combination that reads 0 >= 0. Inequalities
	// in it hold with equality wherever the system holds; they are used as
	// equations. nil if there are none.
	Vanishing rational.RatVector
	// Solved are the equations used for eliminated variables, in order, and
	// Equations those used for other columns.
	Solved, Equations []Substitution
	// Base are the rows that Fourier-Motzkin elimination starts from; the last
	// one is the trivial row 1 > 0.
	Base []BaseRow
	// Independent says that the base rows are linearly independent, so that
	// histories alone decide which rows are needed.
	Independent bool
	Steps       []Step
	// Peak is the greatest number of rows between two steps, the trivial row not
	// counted; Candidates is the greatest number that a step chose from.
	Peak, Candidates int

	table []*row
	e     *engine
}

// An Output is a row of the projection with its proof: the sum of the rows of
// the system by Multipliers is "left - right" of the row, up to a constant
// Slack >= 0 that has to be added. For an equation, Converse are multipliers of
// its negative.
type Output struct {
	Row
	Multipliers rational.RatVector
	Slack       rational.Rat
	Converse    rational.RatVector
	// Number is the number of the row in the steps, -1 for equations.
	Number int
	// Needed shows that this row is needed, for inequalities if asked for with
	// Level Minimal: values of the constant, the symbols and the variables at which
	// this row is negative and no other is (a point if the constant is positive, a
	// direction if it is 0); or, if this row is strict and the others imply it as a
	// closed one, at which it is 0 and all others hold.
	Needed rational.RatVector
}

// A Substitution is an equation, 0 = the sum of Line over the columns constant,
// symbols, variables, that was solved for a column: of a variable if Variable >=
// 0. Multipliers are signed: implicit equations count as equations.
type Substitution struct {
	Line        rational.Vector
	Column      int
	Variable    int
	Multipliers rational.RatVector
}

// A BaseRow is Line >= 0, or > 0, over the columns constant, symbols, variables,
// made of the row Origin of the system and of equations. The trivial row has
// Origin -1. Multipliers are signed as those of a Substitution.
type BaseRow struct {
	Line        rational.Vector
	Strict      bool
	Origin      int
	Multipliers rational.RatVector
}
