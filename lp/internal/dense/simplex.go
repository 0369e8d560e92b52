// Package dense is the primal simplex method with bounded variables on an exact dictionary, for small programs:
// a dictionary has rows times columns entries, and each pivot may change all of them. What it saves is the
// factorisation of a basis, and every number in it is exact.
package dense

import (
	"context"

	"pstar/rational"
)

// A Bound is one of a variable. An absent one has the value 0.
type Bound struct {
	Finite bool
	Value  rational.Rat
}

// A Program is to minimise Σ Cost_j x_j over
//
//	x_{Columns+i} = Σ_j entries_i[j] x_j,   Lower ≤ x ≤ Upper,
//
// where variable Columns+i is called logical, and no bounds are crossed.
type Program struct {
	Columns, Rows int
	// Entries yields the coefficients of a row that are not zero.
	Entries      func(row int, yield func(column int, v rational.Int))
	Cost         []rational.Int // of the columns
	Lower, Upper []Bound        // of all variables
	Bland        bool           // the least index throughout, not the largest coefficient
}

// A Verdict says how a program ends. The zero value is none.
type Verdict int

const (
	Optimal Verdict = iota + 1
	Infeasible
	Unbounded
)

// An Outcome is what the last dictionary gives away.
type Outcome struct {
	Verdict Verdict
	Pivots  int
	// Values and Multipliers are of all variables. The multiplier of a column is its reduced cost, and that of a
	// logical variable the multiplier of its row; of an infeasible program they are those of the total distance from
	// the bounds, which is at its least and not 0.
	Values, Multipliers []rational.Rat
	Nonbasic            []int
	Ray                 []rational.Rat // of the columns, if unbounded
}

// Solve carries out both phases. It costs O(Rows · Columns) numbers, and operations on them for each pivot. The error is
// the cause with which ctx ended.
func Solve(ctx context.Context, p Program) (*Outcome, error) { return newSimplex(p).run(ctx) }

// simplex is the primal simplex method with bounded variables on a dictionary.
//
// A nonbasic variable rests on one of its bounds, or on 0 if it has none. In the
// first phase a basic variable may be out of bounds; the objective is then the total
// distance from the bounds, and a variable that comes within them stays there.
//
// It stops for the following reason. A step of positive length lowers the
// objective of its phase, and the objective is a function of the basis and of
// the bounds that the nonbasic variables rest on, of which there are finitely many.
// Steps of length zero leave the point alone, hence in the first phase also the
// set of variables out of bounds and with it the objective; after stallLimit of
// them in succession Bland's rule (R. G. Bland, 1977) chooses, under which a
// succession of steps of length zero for one objective is finite.
type simplex struct {
	Program
	*dictionary
	value   []rational.Rat // of all variables
	outside []int8         // −1 below the lower bound, 1 above the upper one, else 0
	astray  int            // how many are outside
	stalled int            // steps of length zero since the last other one
	pivots  int
}

// It starts from the basis of all logical variables, and no bound of these is looked at
// yet.
func newSimplex(p Program) *simplex {
	s := &simplex{Program: p, dictionary: newDictionary(p.Columns, p.Rows, p.Entries)}
	s.value = make([]rational.Rat, len(p.Lower))
	s.outside = make([]int8, len(p.Lower))
	for j := range p.Columns {
		s.value[j] = start(p.Lower[j], p.Upper[j])
	}
	// The logical variables are basic at first, with the values of their rows.
	for i := range p.Rows {
		// Their values are computed, as nothing else says what they are.
		v := &s.value[p.Columns+i]
		p.Entries(i, func(column int, c rational.Int) { *v = v.Add(rational.RatFromInt(c).Mul(s.value[column])) })
	}
	return s
}

// start returns where a variable rests at first: the bound nearest to zero.
// For a variable without bounds it is 0, the value of an absent bound.
func start(lower, upper Bound) rational.Rat {
	if upper.Finite && (!lower.Finite || upper.Value.Abs().Cmp(lower.Value.Abs()) < 0) {
		return upper.Value
	}
	return lower.Value
}

// run carries out both phases.
func (s *simplex) run(ctx context.Context) (*Outcome, error) {
	// If nothing is out of bounds the first phase has no step.
	s.beginFirstPhase()
	for s.astray > 0 {
		if ctx.Err() != nil {
			return nil, context.Cause(ctx)
		}
		m, ok := s.price()
		if !ok {
			// The total distance is at its least, and is not zero.
			return s.outcome(Infeasible), nil
		}
		// Something always blocks here, since the distance from the bounds is not negative.
		s.limit(&m)
		s.step(m)
	}
	s.beginSecondPhase()
	for {
		if ctx.Err() != nil {
			return nil, context.Cause(ctx)
		}
		m, ok := s.price()
		if !ok {
			// The objective falls along this direction for ever.
			return s.outcome(Optimal), nil
		}
		if s.limit(&m); m.row == nothing {
			return s.unbounded(m), nil
		}
		s.step(m)
	}
}

// beginFirstPhase sets the objective to the total distance from the bounds.
// Its coefficients are −1 for a variable below its bounds and 1 above: what it costs to go
// on.
func (s *simplex) beginFirstPhase() {
	for _, j := range s.basic {
		s.outside[j] = side(s.value[j], s.Lower[j], s.Upper[j])
		if s.outside[j] != 0 {
			s.astray++
		}
	}
	s.setGoal(func(j int) rational.Int { return rational.NewInt(int64(s.outside[j])) })
}

// beginSecondPhase sets the objective to the costs.
// Logical variables have no cost.
func (s *simplex) beginSecondPhase() {
	s.stalled = 0
	s.setGoal(func(j int) rational.Int {
		if j < s.Columns {
			return s.Cost[j]
		}
		return rational.Int{}
	})
}

// side returns −1, 0 or 1 as x is below, within or above the bounds.
// Bounds are not crossed: that was looked at before.
func side(x rational.Rat, lower, upper Bound) int8 {
	switch {
	case lower.Finite && x.Cmp(lower.Value) < 0:
		return -1
	case upper.Finite && x.Cmp(upper.Value) > 0:
		return 1
	}
	return 0
}

// move is a step along an edge: the variable at a nonbasic position goes up or
// down until something blocks it.
type move struct {
	position  int
	direction int          // 1 or −1
	length    rational.Rat // how far
	row       int          // whose variable blocks and leaves; or flip, or nothing
}

const (
	nothing = -1 // the move is not blocked
	flip    = -2 // the moving variable comes to its other bound
)

// step carries out a blocked move.
// A flip moves the point and leaves the basis.
func (s *simplex) step(m move) {
	if m.length.IsZero() {
		s.stalled++
	} else {
		s.stalled = 0
		s.advance(m)
	}
	if m.row == flip {
		return
	}
	s.pivots++
	s.dictionary.pivot(m.row, m.position)
}

// advance moves the point, and drops those that come within their bounds from the
// objective of the first phase.
// Only values change; the dictionary is for the pivot.
func (s *simplex) advance(m move) {
	k := m.position
	signed := m.length
	if m.direction < 0 {
		signed = signed.Neg()
	}
	j := s.nonbasic[k]
	s.value[j] = s.value[j].Add(signed)
	for i := range s.rows {
		row := &s.rows[i]
		// The basic variable of this row does not move.
		if row.coef[k].IsZero() {
			continue
		}
		b := s.basic[i]
		s.value[b] = s.value[b].Add(signed.Mul(rational.RatFromInts(row.coef[k], row.den)))
		// Who comes within its bounds stays there, and costs nothing from then on.
		if was := s.outside[b]; was != 0 && side(s.value[b], s.Lower[b], s.Upper[b]) == 0 {
			s.outside[b] = 0
			s.astray--
			s.addToGoal(i, rational.NewInt(int64(-was)))
		}
	}
}

// outcome reads the multipliers off the dictionary. The objective is the reduced cost
// at every nonbasic variable, and at a logical variable that is the multiplier of
// its row: the row says x_{n+i} − Σ_j a_ij x_j = 0.
func (s *simplex) outcome(v Verdict) *Outcome {
	o := &Outcome{Verdict: v, Pivots: s.pivots, Values: s.value, Nonbasic: s.nonbasic, Multipliers: make([]rational.Rat, len(s.value))}
	for k, j := range s.nonbasic {
		o.Multipliers[j] = s.goalAt(k)
	}
	if v == Infeasible {
		// A row out of bounds has its cost of the first phase as multiplier.
		for _, j := range s.basic {
			o.Multipliers[j] = rational.NewRat(int64(-s.outside[j]), 1)
		}
	}
	return o
}

// unbounded has the point and the edge m that nothing blocks.
func (s *simplex) unbounded(m move) *Outcome {
	o := s.outcome(Unbounded)
	o.Ray = make([]rational.Rat, s.Columns)
	direction := rational.NewInt(int64(m.direction))
	// The variable that moves, and with it those that depend on it.
	if j := s.nonbasic[m.position]; j < s.Columns {
		o.Ray[j] = rational.RatFromInt(direction)
	}
	for i, j := range s.basic {
		if j < s.Columns {
			row := &s.rows[i]
			o.Ray[j] = rational.RatFromInts(row.coef[m.position].Mul(direction), row.den)
		}
	}
	return o
}
