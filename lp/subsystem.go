package lp

import (
	"context"
	"errors"
)

// Side is one bound of a row or a variable of a [Problem].
type Side struct {
	Variable bool // of a variable, otherwise of a row
	Index    int
	Upper    bool // its upper bound, otherwise its lower one
}

// Irreducible returns an irreducible infeasible subsystem: bounds of rows and variables that
// have no common point, while any of them can be left out and the others have one. The result r
// is [Infeasible] for p; its refutation uses the bounds to begin with, so there is a
// program to solve for each of these, and it has no other bounds. Which of several
// subsystems is returned is not promised, nor that it is a smallest one.
//
// Bounds are left out one by one (J. W. Chinneck and E. W. Dravnieks, 1991). Those that the
// refutation of what remains does not use go with the one left out.
func (p *Problem) Irreducible(ctx context.Context, r *Result) ([]Side, error) {
	if err := p.given(ctx); err != nil {
		return nil, err
	}
	if r == nil || r.Verdict != Infeasible {
		return nil, errors.New("lp: expected an infeasible result")
	}
	if err := p.verify(ctx, r); err != nil {
		return nil, err
	}
	sides := p.refuting(r)
	for k := 0; k < len(sides); {
		without := append(append([]Side(nil), sides[:k]...), sides[k+1:]...)
		q, rows := p.only(without)
		s, err := Solve(ctx, q, Options{})
		if err != nil {
			return nil, err
		}
		if s.Verdict != Infeasible {
			k++
			continue
		}
		// Those before k are still in: none of them could be left out of more.
		sides = q.refuting(s)
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
func (p *Problem) Only(sides []Side) *Problem {
	q := &Problem{Name: p.Name}
	for _, v := range p.Variables {
		q.AddVariable(Variable{Name: v.Name})
	}
	for _, row := range p.Rows {
		q.AddRow(Row{Name: row.Name, Terms: row.Terms})
	}
	for _, s := range sides {
		*q.bound(s) = *p.bound(s)
	}
	return q
}

// only is Only without the rows that have no bounds; rows are those of p that remain.
func (p *Problem) only(sides []Side) (q *Problem, rows []int) {
	q = p.Only(sides)
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
func (p *Problem) refuting(r *Result) []Side {
	if c := r.Conflict; c.In != NoConflict {
		v := c.In == VariableConflict
		return []Side{{v, c.Index, false}, {v, c.Index, true}}
	}
	var sides []Side
	for i, f := range r.Farkas {
		if !f.IsZero() {
			sides = append(sides, Side{Index: i, Upper: f.Sign() < 0})
		}
	}
	f := newScaled(r.Farkas)
	for j, column := range p.transpose() {
		if s := f.activity(column).Sign(); s != 0 {
			sides = append(sides, Side{Variable: true, Index: j, Upper: s > 0})
		}
	}
	return sides
}

// Bound returns the bound that s names.
func (p *Problem) Bound(s Side) Bound { return *p.bound(s) }

func (p *Problem) bound(s Side) *Bound {
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
