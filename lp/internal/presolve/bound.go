package presolve

import "pstar/rational"

// bounding is a row a·x_j of one variable, of which it was a bound.
type bounding struct {
	row, column  int
	coefficient  rational.Rat // a
	lower, upper bool         // whether it gave x_j its lower or upper bound
}

func (bounding) kind() Kind { return RowIsBound }

// rowToBound takes out a row of one variable, of which it bounds the range.
func (s *Reduction) rowToBound(i int) {
	t := s.rows[i][0]
	j := t.Variable
	low, high := s.left[i], s.right[i]
	if t.Coefficient.Sign() < 0 {
		low, high = high, low
	}
	// Dividing by a negative coefficient exchanges the sides, which have been exchanged already.
	if low.Finite {
		low.Value = low.Value.Quo(t.Coefficient)
	}
	if high.Finite {
		high.Value = high.Value.Quo(t.Coefficient)
	}
	u := bounding{row: i, column: j, coefficient: t.Coefficient}
	low, high, u.lower, u.upper = tighten(s.lower[j], s.upper[j], low, high)
	// The row refutes the program together with a bound. It is kept, so that the method finds the refutation
	// in what remains, with multipliers for the rows that are there.
	if crossed(low, high) {
		s.kept[i] = true
		return
	}
	s.lower[j], s.upper[j] = low, high
	s.drop(i, u)
	if u.lower || u.upper {
		s.work -= len(s.columns[j])
		for _, t := range s.columns[j] {
			s.queue(t.Variable)
		}
	}
}

// putBack has the row take over what rests on the bound that it gave. The reduced cost d of x_j rests on one bound of it. Is
// that one of the row, the program before the step does not have it, and y = d/a leaves the reduced cost d − y·a = 0. The
// row rests on the side that is a times that bound, which for a < 0 is the other one, where y has the other
// sign as well: both change places, so that y has the sign of the side. In the bound on the objective, or in the sum that refutes, d
// times the bound has become y times the side, the same number. Otherwise d rests on a bound
// that was there before, and y = 0 changes nothing.
//
// The basis follows the place of x_j in the same way: if it rests on what the row gave it, the row rests and x_j is
// basic; if not, the row is basic. In both cases the column that is added to the basis has its only entry outside of the rows
// that were there in the row that comes back, so that the columns are independent again.
//
// A reduced cost that is not zero at a variable that is not where the cost rests occurs in refutations only, where basic
// variables have such sums, too; hence the two are decided each by itself.
func (u bounding) putBack(w *restored) {
	j := u.column
	// Which bound a cost rests on is said by its sign.
	if s := w.sign * w.cost[j].Sign(); s > 0 && u.lower || s < 0 && u.upper {
		w.dual[u.row], w.cost[j] = w.cost[j].Quo(u.coefficient), rational.Rat{}
	}
	at := w.variables[j]
	switch {
	// The variable does not rest on what the row gave it.
	case !(at == AtLower && u.lower) && !(at == AtUpper && u.upper):
		w.rows[u.row] = Basic
		return
	// A row that is multiplied by less than zero has its bounds exchanged.
	case (at == AtLower) == (u.coefficient.Sign() > 0):
		w.rows[u.row] = AtLower
	default:
		w.rows[u.row] = AtUpper
	}
	// The row rests in its place.
	w.variables[j] = Basic
}
