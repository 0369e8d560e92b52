package dense

import "pstar/rational"

// stallLimit is how many steps of length zero may follow each other before Bland's
// rule takes over until the next step of positive length. Short stalls are common
// and the largest coefficient leaves them sooner.
const stallLimit = 100

// Under the rule of the caller it is always on.
func (s *simplex) bland() bool { return s.Bland || s.stalled > stallLimit }

// price chooses a nonbasic variable and a direction that lowers the objective:
// the one with the steepest rate, or under Bland's rule the one of least index.
// The bool is false if no direction lowers the objective: the point is optimal for it.
func (s *simplex) price() (move, bool) {
	// Bland's rule is slow and safe; outside of stalls nothing needs it.
	bland := s.bland()
	best := move{position: nothing, row: nothing}
	var rate rational.Int
	// The entries of the objective have one positive denominator, and compare as integers.
	for k, c := range s.goal.coef {
		direction := -c.Sign()
		// A variable on the bound to which it would go stays there, and so does a fixed one.
		if direction == 0 || !s.free(s.nonbasic[k], direction) {
			continue
		}
		better := best.position == nothing
		if !better && bland {
			// By index of the variable, not of its place.
			better = s.nonbasic[k] < s.nonbasic[best.position]
		} else if !better {
			better = c.Abs().Cmp(rate) > 0
		}
		if better {
			best.position, best.direction, rate = k, direction, c.Abs()
		}
	}
	return best, best.position != nothing
}

// free reports whether the nonbasic variable j may go in the given direction.
// It is false for a variable that rests on the bound in that direction, also for a fixed
// one.
func (s *simplex) free(j, direction int) bool {
	bound := s.Upper[j]
	if direction < 0 {
		bound = s.Lower[j]
	}
	return !bound.Finite || !bound.Value.Equal(s.value[j])
}

// limit finds what blocks the move first, and sets its length. Of several that
// block at once, a flip comes first, as it costs no pivot; then under Bland's rule
// the variable of least index, and otherwise the one with the smallest pivot, to
// keep the numbers short.
// m has a position and a direction, and comes without a blocking row.
func (s *simplex) limit(m *move) {
	j := s.nonbasic[m.position]
	// The way to the other bound limits the move, too.
	// No row may block before; if none does, the variable goes to its other bound.
	if s.Lower[j].Finite && s.Upper[j].Finite {
		m.row, m.length = flip, s.Upper[j].Value.Sub(s.Lower[j].Value)
	}
	for i := range s.rows {
		c := s.rows[i].coef[m.position]
		if c.IsZero() {
			continue
		}
		// The coefficient tells which way the basic variable goes.
		bound := s.blocking(s.basic[i], c.Sign()*m.direction)
		if !bound.Finite {
			continue
		}
		gap := bound.Value.Sub(s.value[s.basic[i]]).Abs()
		// The basic variable moves |c|/Den for each unit of the move.
		length := gap.Mul(rational.RatFromInts(s.rows[i].den, c.Abs()))
		if m.row != nothing {
			if order := length.Cmp(m.length); order > 0 || order == 0 && !s.prefer(i, *m) {
				continue
			}
		}
		m.row, m.length = i, length
	}
}

// blocking returns the bound that stops the basic variable b going in the given
// direction. One that is out of bounds stops when it comes within them, and never
// on its way further out.
// The bound may be absent: then nothing stops it.
func (s *simplex) blocking(b, direction int) Bound {
	switch {
	case int(s.outside[b]) == direction:
		return Bound{}
	case s.outside[b] < 0 || s.outside[b] == 0 && direction < 0:
		return s.Lower[b]
	}
	return s.Upper[b]
}

// prefer reports whether row i should block rather than what blocks m at the same
// length.
func (s *simplex) prefer(i int, m move) bool {
	if m.row == flip {
		return false
	}
	if s.bland() {
		return s.basic[i] < s.basic[m.row]
	}
	// A small pivot is multiplied into all rows.
	return s.rows[i].coef[m.position].Abs().Cmp(s.rows[m.row].coef[m.position].Abs()) < 0
}
