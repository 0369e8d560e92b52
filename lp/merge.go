package lp

import "pstar/rational"

// pair is an equation a·x_j + b·x_k = side, by which x_j is replaced.
// Neither a nor b is zero.
type pair struct {
	other      int // k
	a, b, side rational.Rat
}

// Variables of one row only, which the bounds of the others keep within their own, could be
// replaced as well. Counted in what the other steps leave of 64 programs, most of them of the
// Netlib collection: more than a twentieth of the rows have one in ten programs, of which none
// takes 0.05 s; in the programs that take longer, 3 % (cycle, stocfor2) and mostly none
// (greenbea, 80bau3b). They are left to the simplex method.

// A variable that others replace must not occur in too many rows, and no coefficient may get
// longer than this: chains of equations make numbers that neither float64 nor anybody likes.
// Nor may a row or column that is searched for one coefficient be long.
const (
	maxMergedRows   = 4
	maxMergedBits   = 40
	maxMergedLength = 500
)

// merge takes out row i and one of its two variables if it is an equation, and reports whether
// it did.
// It answers false also if the row refutes the problem: it is kept then.
func (s *presolve) merge(i int) bool {
	// An inequality of two variables replaces nothing.
	if !s.left[i].Finite || !s.right[i].Finite || !s.left[i].Value.Equal(s.right[i].Value) {
		return false
	}
	// The row has been tidied, so that it has just two terms, of different variables.
	two := [2]Term(s.rows[i])
	// The variable in fewer rows goes, since its rows are those that change.
	if s.columnSize[two[1].Variable] < s.columnSize[two[0].Variable] {
		two[0], two[1] = two[1], two[0]
	}
	j := two[0].Variable
	p := pair{two[1].Variable, two[0].Coefficient, two[1].Coefficient, s.left[i].Value}
	// Beyond these sizes the search for a coefficient costs more than the row that goes.
	if s.columnSize[j] > maxMergedRows || len(s.columns[p.other]) > maxMergedLength {
		return false
	}
	// All is computed before anything is changed, so that a merge that is refused leaves no trace.
	changes, ok := s.changes(i, j, p)
	if !ok {
		return false
	}
	u := taken{kind: rowMerges, row: i, column: j, pair: p}
	// The bounds of the two contradict each other through the equation, which is kept as a witness.
	if !s.takeBounds(&u) {
		s.kept[i] = true
		return false
	}
	s.replace(j, p, changes)
	s.take(u)
	return true
}

// changes returns what the other rows of x_j get of x_k, unless that is too long.
func (s *presolve) changes(i, j int, p pair) (list []Term, ok bool) {
	// x_k gets −b/a times what x_j had.
	rate := p.b.Quo(p.a).Neg()
	s.work -= len(s.columns[j])
	for _, t := range s.columns[j] {
		if t.Variable == i || s.rowGone[t.Variable] {
			continue
		}
		// A long row would be searched for x_k.
		if len(s.rows[t.Variable]) > maxMergedLength {
			return nil, false
		}
		s.work -= len(s.columns[p.other])
		c := rate.Mul(t.Coefficient)
		// Terms are not sorted, and a column is short enough to be looked through.
		for _, old := range s.columns[p.other] {
			// The row has x_k as well; both terms become one.
			if old.Variable == t.Variable {
				c = c.Add(old.Coefficient)
			}
		}
		if c.Num().BitLen() > maxMergedBits || c.Den().BitLen() > maxMergedBits {
			return nil, false
		}
		list = append(list, Term{t.Variable, c})
	}
	return list, true
}

// takeBounds gives x_k the bounds that x_j has; it reports whether they are not crossed.
// What it changes is noted in u, so that the way back knows whose bounds they were.
func (s *presolve) takeBounds(u *taken) bool {
	p, k := u.pair, u.pair.other
	low, high := s.lower[u.column], s.upper[u.column]
	through := func(b Bound) Bound { // x_k where x_j is on b
		if b.Finite {
			b.Value = p.side.Sub(p.a.Mul(b.Value)).Quo(p.b)
		}
		return b
	}
	// x_k falls as x_j rises then, and bounds change places.
	if p.a.Sign() == p.b.Sign() {
		low, high = high, low
	}
	low, high = through(low), through(high)
	// Only a bound that is tighter is taken; of equal ones x_k keeps its own, whose
	// multiplier needs no way back.
	if u.lower = low.Finite && (!s.lower[k].Finite || low.Value.Cmp(s.lower[k].Value) > 0); !u.lower {
		low = s.lower[k]
	}
	if u.upper = high.Finite && (!s.upper[k].Finite || high.Value.Cmp(s.upper[k].Value) < 0); !u.upper {
		high = s.upper[k]
	}
	if crossed(low, high) {
		return false
	}
	s.lower[k], s.upper[k] = low, high
	return true
}

// replace puts (side − b·x_k)/a in the place of x_j, with the coefficients of x_k that the rows
// have then.
// The row of the equation itself goes later, by [presolve.take].
func (s *presolve) replace(j int, p pair, changes []Term) {
	k := p.other
	by := p.side.Quo(p.a)
	// The cost of x_j goes over to x_k; what is left of it is a constant, which the way back adds by
	// computing the objective anew.
	s.cost[k] = s.cost[k].Sub(s.cost[j].Mul(p.b).Quo(p.a))
	// The constant side/a moves into the sides of the rows.
	s.settle(j, by)
	for _, t := range changes {
		s.setCoefficient(t.Variable, k, t.Coefficient)
	}
	s.queueColumn(k)
	// Each of its rows has other coefficients now, and may give more.
	for _, t := range s.columns[k] {
		s.queue(t.Variable)
	}
}

// setCoefficient sets the coefficient of variable k in row i.
// Both copies of the coefficient are changed, by row and by column, with their counts.
func (s *presolve) setCoefficient(i, k int, c rational.Rat) {
	// The terms are those of the problem until now.
	if !s.owned[i] {
		s.rows[i], s.owned[i] = append([]Term(nil), s.rows[i]...), true
	}
	before := len(s.rows[i])
	s.rows[i] = setTerm(s.rows[i], k, c)
	s.columns[k] = setTerm(s.columns[k], i, c)
	s.rowSize[i] += len(s.rows[i]) - before
	s.columnSize[k] += len(s.rows[i]) - before
}

// setTerm sets the coefficient at a place, or takes it out if it is zero.
// The order of the terms changes only by taking one out. The slice is reused.
func setTerm(terms []Term, place int, c rational.Rat) []Term {
	for e, t := range terms {
		switch {
		case t.Variable != place:
		// The terms have cancelled, and the row loses a variable.
		case c.IsZero():
			return append(terms[:e], terms[e+1:]...)
		default:
			terms[e].Coefficient = c
			return terms
		}
	}
	if c.IsZero() {
		return terms
	}
	return append(terms, Term{place, c})
}

// putMerged puts back an equation of two variables with the one that it replaced. Either x_k
// keeps its reduced cost, and x_j has none, or x_k rests on a bound that it has of x_j,
// and it is the other way round.
func (w *restored) putMerged(u taken) {
	j, k, p := u.column, u.pair.other, u.pair
	// The equation gives the value and, without its right side, the direction.
	w.value[j] = p.side.Sub(p.b.Mul(w.value[k])).Quo(p.a)
	w.ray[j] = p.b.Mul(w.ray[k]).Quo(p.a).Neg()
	// With x_k's multiplier settled, x_j's row is what makes its reduced cost zero.
	w.reduce(j)
	w.dual[u.row] = w.cost[j].Quo(p.a)
	w.cost[j] = rational.Rat{}
	// The equation holds with both bounds; which one it rests on does not matter.
	w.basis.Rows[u.row], w.basis.Variables[j] = AtLower, Basic
	// Whether x_k rests on a bound of its own or on one that x_j gave it.
	at, s := w.basis.Variables[k], w.sign*w.cost[k].Sign()
	onLower := u.lower && (s > 0 || s == 0 && at == AtLower)
	onUpper := u.upper && (s < 0 || s == 0 && at == AtUpper)
	if !onLower && !onUpper {
		return
	}
	// The cost of x_k goes to x_j through the row, whose bound it was all the time.
	moved := w.cost[k].Quo(p.b)
	w.dual[u.row], w.cost[j], w.cost[k] = w.dual[u.row].Add(moved), p.a.Mul(moved).Neg(), rational.Rat{}
	if at == Basic {
		return // under a refutation basic variables have costs, too; they stay where they are
	}
	// Only one of the two rests now: x_j on its own bound, and x_k follows.
	w.basis.Variables[k] = Basic
	if w.basis.Variables[j] = AtUpper; onLower == (p.a.Sign() != p.b.Sign()) {
		w.basis.Variables[j] = AtLower
	}
}
