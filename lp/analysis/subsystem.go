package analysis

import (
	"context"
	"errors"
	"fmt"

	"pstar/lp"
	"pstar/lp/internal/equations"
)

// Side is one bound of a row or a variable of an [lp.Problem].
// It names a bound, and does not say that there is one.
type Side struct {
	Variable bool // of a variable, otherwise of a row
	Index    int
	Upper    bool // its upper bound, otherwise its lower one
}

// Irreducible returns an irreducible infeasible subsystem: bounds of rows and variables that
// have no common point, while any of them can be left out and the others have one. The result r
// is [lp.Infeasible] for p; its refutation uses the bounds to begin with, so there is a
// program to solve for each of these, and it has no other bounds. Which of several
// subsystems is returned is not promised, nor that it is a smallest one.
//
// Bounds are left out one by one (J. W. Chinneck and E. W. Dravnieks, 1991). Those that the
// refutation of what remains does not use go with the one left out.
// The order in which they are tried is that of the refutation, rows first. An error is that
// r is none for p, or the cause with which ctx ended.
func Irreducible(ctx context.Context, p *lp.Problem, r *lp.Result) ([]Side, error) {
	if r == nil || r.Verdict != lp.Infeasible {
		return nil, errors.New("analysis: expected an infeasible result")
	}
	if err := p.VerifyContext(ctx, r); err != nil {
		return nil, err
	}
	sides := refuting(p, r)
	// One bound after the other is left out for good, unless the others have a common point without it.
	// Invariant: the sides are infeasible together, and each before k is needed by the
	// rest.
	for k := 0; k < len(sides); {
		without := append(append([]Side(nil), sides[:k]...), sides[k+1:]...)
		// Rows without bounds would only make the programs longer.
		q, rows := only(p, without)
		s, err := lp.Solve(ctx, q, lp.Options{})
		if err != nil {
			return nil, err
		}
		// A point without this bound: it is needed, and stays.
		if s.Verdict != lp.Infeasible {
			k++
			continue
		}
		// Those before k are still in: none of them could be left out of more.
		// The refutation may use still fewer bounds than were left. It uses all before k,
		// as without one of them the rest has a point.
		sides = refuting(q, s)
		// q numbers the rows that it kept; sides are told in numbers of p.
		for i := range sides {
			if !sides[i].Variable {
				sides[i].Index = rows[sides[i].Index]
			}
		}
	}
	return sides, nil
}

// Only returns the program with all variables and rows of p that has no bounds but those
// given, and no objective.
// p is not changed. The terms of the rows are shared with it. It panics if there is no such
// side, or no problem.
func Only(p *lp.Problem, sides []Side) *lp.Problem {
	if p == nil {
		panic("analysis: the problem is nil")
	}
	q := &lp.Problem{Name: p.Name}
	for _, v := range p.Variables {
		q.AddVariable(lp.Variable{Name: v.Name})
	}
	// Also rows that lose their bounds: the numbers of rows stay those of p.
	for _, row := range p.Rows {
		q.AddRow(lp.Row{Name: row.Name, Terms: row.Terms})
	}
	for _, s := range sides {
		*bound(q, s) = *bound(p, s)
	}
	return q
}

// only is Only without the rows that have no bounds; rows are those of p that remain.
// Variables are all kept, so that their numbers are those of p.
func only(p *lp.Problem, sides []Side) (q *lp.Problem, rows []int) {
	q = Only(p, sides)
	// In place: what is kept is never behind what is read.
	kept := q.Rows[:0]
	for i, row := range q.Rows {
		if row.Lower.Finite || row.Upper.Finite {
			kept, rows = append(kept, row), append(rows, i)
		}
	}
	q.Rows = kept
	return q, rows
}

// refuting returns the bounds that the refutation r of p rests on.
// They are infeasible together, as the refutation is one that was verified; fewer of them
// may be, too.
func refuting(p *lp.Problem, r *lp.Result) []Side {
	// A lower bound above the upper one refutes by itself, and there are no multipliers.
	if c := r.Conflict; c.In != lp.NoConflict {
		v := c.In == lp.VariableConflict
		return []Side{{v, c.Index, false}, {v, c.Index, true}}
	}
	var sides []Side
	for i, f := range r.Farkas {
		// A row that is weighed positively is used by its lower bound, f·row ≥ f·lower;
		// else by the upper one.
		if !f.IsZero() {
			sides = append(sides, Side{Index: i, Upper: f.Sign() < 0})
		}
	}
	// The sum of the rows, which the bounds of the variables contradict.
	// In exact sums with one denominator each: the sum of many fractions would be reduced
	// at each step.
	sums := make([]equations.Sum, len(p.Variables))
	for i, row := range p.Rows {
		if f := r.Farkas[i]; !f.IsZero() {
			for _, t := range row.Terms {
				// Most variables of a sparse program are in no row with a multiplier, and
				// get no sum.
				if s := &sums[t.Variable]; s.Den.IsZero() {
					*s = *equations.NewSum()
				}
				sums[t.Variable].Add(f, t.Coefficient)
			}
		}
	}
	for j := range sums {
		// The rows say that this sum is at least some number; where a coefficient is
		// positive the variable's upper bound says how large it can get, where it is
		// negative the lower one.
		if s := sums[j].Sign(); s != 0 {
			sides = append(sides, Side{Variable: true, Index: j, Upper: s > 0})
		}
	}
	return sides
}

// Bound returns the bound that s names. It panics if there is no such variable or row.
// A bound that is absent is returned as such.
func Bound(p *lp.Problem, s Side) lp.Bound { return *bound(p, s) }

// bound is where the bound that s names is kept.
func bound(p *lp.Problem, s Side) *lp.Bound {
	// Misuse: the zero of a slice out of range would not say whose fault it is.
	if p == nil || s.Index < 0 || s.Variable && s.Index >= len(p.Variables) || !s.Variable && s.Index >= len(p.Rows) {
		panic(fmt.Sprintf("analysis: the problem has no %+v", s))
	}
	switch {
	case s.Variable && s.Upper:
		return &p.Variables[s.Index].Upper
	case s.Variable:
		return &p.Variables[s.Index].Lower
	case s.Upper:
		return &p.Rows[s.Index].Upper
	}
	return &p.Rows[s.Index].Lower
}
