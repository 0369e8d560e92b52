package presolve

import "pstar/rational"

// forcing is a row that holds only where all its variables are at the end at which it is greatest, or least.
type forcing struct {
	row      int
	greatest bool
	terms    []Term // of the variables, which went with it
}

func (forcing) kind() Kind { return RowForces }

// force takes out row i and its variables, which must be where the row is greatest, or least.
func (s *Reduction) force(i int, greatest bool) {
	if !s.makes(RowForces) {
		return
	}
	u := forcing{row: i, greatest: greatest, terms: s.rows[i]}
	// Each variable is where its term is greatest, or least: anything else would break the row.
	for _, t := range u.terms {
		s.settle(t.Variable, s.endOf(t, greatest).Value)
	}
	s.drop(i, u)
}

// putBack gives the row the multiplier that is least, in size, of those with which all reduced costs of its variables have the
// sign that belongs to their ends. Let the row be least at the ends, so that it rests on its upper side, and let the program be
// minimised. Then x_j is on its lower bound if a_j > 0 and on its upper one if not, so that the reduced cost d_j − y·a_j, where d_j is
// that without the row, must have the sign of a_j, or be 0: y ≤ d_j/a_j for all j. An upper side allows y ≤ 0. The
// greatest such y is the least of 0 and the d_j/a_j. At the other end, and when maximising, all inequalities are the other way
// round. The point is right, as any other breaks the row. For a refutation the same signs are wanted; the sum is
// what it was, as the row on its side is the sum of its terms at the ends: y times that is added on both sides.
//
// One more variable has to be basic: the one that decides y, which has the reduced cost 0 then, and an entry in the row; or the
// logical one of the row, if y = 0. A variable at an end has no direction along a ray.
func (u forcing) putBack(w *restored) {
	var y rational.Rat
	basic := -1
	sign := w.sign
	// At the least end signs are the other way round.
	if !u.greatest {
		sign = -sign
	}
	for _, t := range u.terms {
		j := t.Variable
		// Each variable is at the end that makes the row largest, or smallest.
		w.variables[j] = AtUpper
		if (t.Coefficient.Sign() > 0) != u.greatest {
			w.variables[j] = AtLower
		}
		w.reduce(j)
		// The row must pull all of them to their ends: the one that it must pull hardest sets the
		// multiplier, has no reduced cost then, and is the basic one.
		if v := w.cost[j].Quo(t.Coefficient); sign*v.Cmp(y) > 0 {
			y, basic = v, j
		}
	}
	// All are where their costs want them anyway.
	if basic < 0 {
		w.rows[u.row] = Basic
		return
	}
	// The basic one has the reduced cost zero by the choice of y.
	w.dual[u.row], w.variables[basic] = y, Basic
	for _, t := range u.terms {
		w.cost[t.Variable] = w.cost[t.Variable].Sub(y.Mul(t.Coefficient))
	}
	// The greatest value is that of the lower side.
	if w.rows[u.row] = AtUpper; u.greatest {
		w.rows[u.row] = AtLower
	}
}
