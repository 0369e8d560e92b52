package lp

import (
	"context"

	"pstar/lp/internal/dictionary"
	"pstar/rational"
)

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
	*form
	*dictionary.Dictionary
	rule    Rule
	value   []rational.Rat // of all variables
	outside []int8         // −1 below the lower bound, 1 above the upper one, else 0
	astray  int            // how many are outside
	stalled int            // steps of length zero since the last other one
	pivots  int
}

// It starts from the basis of all logical variables, and no bound of these is looked at
// yet.
func newSimplex(f *form, rule Rule) *simplex {
	s := &simplex{form: f, Dictionary: dictionary.New(f.columns, len(f.equations), f.entries), rule: rule}
	s.value = make([]rational.Rat, len(f.lower))
	s.outside = make([]int8, len(f.lower))
	for j := range f.columns {
		s.value[j] = start(f.lower[j], f.upper[j])
	}
	// The logical variables are basic at first, with the values of their rows.
	for i, entries := range f.equations {
		// Their values are computed, as nothing else says what they are.
		v := &s.value[f.columns+i]
		for _, e := range entries {
			*v = v.Add(rational.RatFromInt(e.value).Mul(s.value[e.column]))
		}
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
// It returns a result with a witness, or the cause with which ctx ended.
func (s *simplex) run(ctx context.Context) (*Result, error) {
	// If nothing is out of bounds the first phase has no step.
	s.beginFirstPhase()
	for s.astray > 0 {
		if ctx.Err() != nil {
			return nil, context.Cause(ctx)
		}
		m, ok := s.price()
		if !ok {
			// The total distance is at its least, and is not zero.
			return s.infeasible(), nil
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
			return s.optimal(), nil
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
	for _, j := range s.Basic {
		s.outside[j] = side(s.value[j], s.lower[j], s.upper[j])
		if s.outside[j] != 0 {
			s.astray++
		}
	}
	s.SetGoal(func(j int) rational.Int { return rational.NewInt(int64(s.outside[j])) })
}

// beginSecondPhase sets the objective to the costs.
// Logical variables have no cost.
func (s *simplex) beginSecondPhase() {
	s.stalled = 0
	s.SetGoal(func(j int) rational.Int {
		if j < s.columns {
			return s.cost[j]
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
	s.Pivot(m.row, m.position)
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
	j := s.Nonbasic[k]
	s.value[j] = s.value[j].Add(signed)
	for i := range s.Rows {
		row := &s.Rows[i]
		// The basic variable of this row does not move.
		if row.Coef[k].IsZero() {
			continue
		}
		b := s.Basic[i]
		s.value[b] = s.value[b].Add(signed.Mul(rational.RatFromInts(row.Coef[k], row.Den)))
		// Who comes within its bounds stays there, and costs nothing from then on.
		if was := s.outside[b]; was != 0 && side(s.value[b], s.lower[b], s.upper[b]) == 0 {
			s.outside[b] = 0
			s.astray--
			s.AddToGoal(i, rational.NewInt(int64(-was)))
		}
	}
}
