package presolve

import "pstar/rational"

// resting is a variable that was taken out at a value.
type resting struct{ column int }

func (resting) kind() Kind { return ColumnRests }

// lookAtColumns takes out variables, and reports whether there were any.
func (s *Reduction) lookAtColumns() (any bool) {
	for _, j := range s.columnTodo {
		s.columnQueued[j] = false
		s.work -= len(s.columns[j])
		// A row may have taken it out since it was put on the list.
		if s.columnGone[j] || !s.makes(ColumnRests) {
			continue
		}
		if at, ok := s.best(j); ok {
			s.undo = append(s.undo, resting{j})
			s.settle(j, at)
			any = true
		}
	}
	s.columnTodo = s.columnTodo[:0]
	return any
}

// best returns the value at which variable j can rest: the only one, or the bound that is
// best for the objective and does no harm in any row.
func (s *Reduction) best(j int) (at rational.Rat, ok bool) {
	low, high := s.lower[j], s.upper[j]
	// There is one value, whatever the cost.
	if single(low, high) {
		return low.Value, true
	}
	// As for minimising: a positive price wants the variable down.
	price := s.cost[j].Sign()
	if s.maximise {
		price = -price
	}
	// A direction is harmless if the cost does not mind and no row has a side that it comes nearer to.
	down, up := price >= 0, price <= 0
	for _, t := range s.columns[j] {
		if i := t.Variable; !s.rowGone[i] {
			rises := t.Coefficient.Sign() > 0
			down = down && !(rises && s.left[i].Finite) && !(!rises && s.right[i].Finite)
			up = up && !(rises && s.right[i].Finite) && !(!rises && s.left[i].Finite)
		}
		// Most columns of an equation end here, at the first row.
		if !down && !up {
			return at, false
		}
	}
	switch {
	case down && low.Finite:
		return low.Value, true
	case up && high.Finite:
		return high.Value, true
	}
	// A variable that nothing wants anywhere, and that has no bound by now, may be zero.
	return at, down && up
}

// putBack computes the reduced cost of the variable, and has it rest. A fixed variable may have one of any
// sign. One that went down has, when minimising, a cost c ≥ 0 and in each row either a coefficient a > 0 with no lower side,
// hence a multiplier y ≤ 0, or a < 0 with no upper side, hence y ≥ 0: so c − Σ y·a ≥ 0, which rests on the lower bound
// at which the variable is. That holds if the cost is 0 as well, and every term is (weak dominance), since nothing in it asks
// for more than signs. Up, and when maximising, it is the other way round; with both harmless, all is 0. Of a
// refutation, without c, the same is true. If what remains is unbounded, the ray leaves the variable where
// it is. Nothing is added to the basis, as no row comes back.
func (u resting) putBack(w *restored) {
	w.reduce(u.column)
	w.variables[u.column] = w.place(u.column)
}

// place returns where a variable rests whose value is known.
// The value must be one of its bounds, or zero for a variable without any.
func (w *restored) place(j int) Status {
	low, high := w.lower[j], w.upper[j]
	switch {
	case single(low, high):
		return w.fixedAt(j)
	case low.Finite && low.Value.Equal(w.value[j]):
		return AtLower
	case high.Finite && high.Value.Equal(w.value[j]):
		return AtUpper
	}
	return AtZero
}

// fixedAt returns which of two equal bounds the reduced cost of variable j rests on.
func (w *restored) fixedAt(j int) Status {
	if w.cost[j].Sign()*w.sign < 0 {
		return AtUpper
	}
	return AtLower
}
