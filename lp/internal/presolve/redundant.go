package presolve

// redundant is a row that holds wherever its variables are within their bounds.
type redundant struct{ row int }

func (redundant) kind() Kind { return RowHolds }

// putBack gives the row the multiplier 0, with which no sum changes. The point respects it, since that respects the bounds of
// the variables, of the program after the step; these are bounds that the program before it has as well, as the step
// changes none. Along a ray the row keeps on holding for the same reason. The row is basic: its
// logical variable is the one that is added to the basis, and occurs in no other row.
func (u redundant) putBack(w *restored) { w.rows[u.row] = Basic }

// compareWithEnds takes out a row that holds wherever its variables are within their bounds, or
// only at one end of them all.
func (s *Reduction) compareWithEnds(i int) {
	// The two ends are looked at one after the other: each may settle the matter alone.
	holds, forces, impossible := s.end(i, true)
	// Again a refutation to be found in what remains.
	if impossible {
		s.kept[i] = true
		return
	}
	if forces {
		s.force(i, true)
		return
	}
	below, forces, impossible := s.end(i, false)
	switch {
	case impossible:
		s.kept[i] = true
	case forces:
		s.force(i, false)
	case holds && below && s.makes(RowHolds):
		s.drop(i, redundant{i})
	}
}

// end compares the greatest, or least, value of row i with its bounds: whether it is within the
// bound on that side, equal to the other one, or beyond that.
func (s *Reduction) end(i int, greatest bool) (holds, forces, impossible bool) {
	near, far := s.right[i], s.left[i]
	if !greatest {
		near, far = far, near
	}
	// A side that is not there holds.
	if !near.Finite && !far.Finite {
		return true, false, false
	}
	// Without an end in that direction nothing is forced or impossible, and the row holds there
	// only if it has no side.
	for _, t := range s.rows[i] {
		if !s.endOf(t, greatest).Finite {
			return !near.Finite, false, false
		}
	}
	s.activity.Start()
	for _, t := range s.rows[i] {
		s.activity.Add(t.Coefficient, s.endOf(t, greatest).Value)
	}
	// With the sign both ends are compared as the greatest.
	sign := 1
	if !greatest {
		sign = -1
	}
	if far.Finite {
		switch sign * s.activity.Cmp(far.Value) {
		case -1:
			return false, false, true
		case 0:
			// An empty row on its bound holds, and forces nothing.
			if s.rowSize[i] > 0 {
				return false, true, false
			}
		}
	}
	return !near.Finite || sign*s.activity.Cmp(near.Value) <= 0, false, false
}

// endOf returns the bound of the variable at which the term is greatest, or least.
func (s *Reduction) endOf(t Term, greatest bool) Bound {
	if (t.Coefficient.Sign() > 0) == greatest {
		return s.upper[t.Variable]
	}
	return s.lower[t.Variable]
}
