package presolve

import "pstar/rational"

// merging is an equation a·x_j + b·x_k = side, by which x_j was replaced in all rows and in the objective.
type merging struct {
	row, column int // of x_j
	pair
	lower, upper bool // whether x_j gave x_k its lower or upper bound
}

// pair is such an equation. Neither a nor b is zero.
type pair struct {
	other      int // k
	a, b, side rational.Rat
}

func (merging) kind() Kind { return RowMerges }

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
// It answers false also if the row refutes the program: it is kept then.
func (s *Reduction) merge(i int) bool {
	// An inequality of two variables replaces nothing.
	if !s.makes(RowMerges) || !single(s.left[i], s.right[i]) {
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
	u := merging{row: i, column: j, pair: p}
	// The bounds of the two contradict each other through the equation, which is kept as a witness.
	if !s.takeBounds(&u) {
		s.kept[i] = true
		return false
	}
	s.replace(j, p, changes)
	s.drop(i, u)
	return true
}

// changes returns what the other rows of x_j get of x_k, unless that is too long.
func (s *Reduction) changes(i, j int, p pair) (list []Term, ok bool) {
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
func (s *Reduction) takeBounds(u *merging) bool {
	p, k := u.pair, u.other
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
	low, high, u.lower, u.upper = tighten(s.lower[k], s.upper[k], low, high)
	if crossed(low, high) {
		return false
	}
	s.lower[k], s.upper[k] = low, high
	return true
}

// replace puts (side − b·x_k)/a in the place of x_j, with the coefficients of x_k that the rows
// have then.
// The row of the equation itself goes later, by [Reduction.drop].
func (s *Reduction) replace(j int, p pair, changes []Term) {
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
func (s *Reduction) setCoefficient(i, k int, c rational.Rat) {
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

// putBack puts x_j in the place that the equation gives it, and the value moves by −b/a times what x_k moves along a ray. The rows and
// the objective have the values that they had, since x_j was replaced by an equal number, and a bound of x_j holds since x_k
// respects what it became.
//
// Let y be the multiplier of the equation. In the program after the step the column of x_k was, cost included, that of x_k less
// b/a times that of x_j, so that its reduced cost was d_k − (b/a)·d_j, with d_j and d_k those under the other rows. With y = d_j/a that of x_j
// is d_j − y·a = 0 and that of x_k is d_k − y·b, the number that it was. It rests on a bound of x_k: if that is
// its own, this is right, as an equation takes a multiplier of any sign. If x_j gave the bound, x_k does not have it, and its
// reduced cost d goes to x_j: y grows by d/b, that of x_k becomes 0 and that of x_j −a·d/b, on the bound of x_j that became
// this one. Its sign is that of d, and the bound on the same side, exactly if a and b differ in sign, as x_j grows with x_k
// then. The side of the equation and the two bounds add up to the same number, as they solve the equation.
//
// In the basis x_j becomes basic, or x_k does and x_j rests, for the row that comes back, whose logical variable rests: the column of
// x_j replaces that of x_k by the same elimination as before, so that independent columns are independent again.
func (u merging) putBack(w *restored) {
	j, k, p := u.column, u.other, u.pair
	// The equation gives the value and, without its right side, the direction.
	w.value[j] = p.side.Sub(p.b.Mul(w.value[k])).Quo(p.a)
	w.ray[j] = p.b.Mul(w.ray[k]).Quo(p.a).Neg()
	// With x_k's multiplier settled, x_j's row is what makes its reduced cost zero.
	w.reduce(j)
	w.dual[u.row] = w.cost[j].Quo(p.a)
	w.cost[j] = rational.Rat{}
	// The equation holds with both bounds; which one it rests on does not matter.
	w.rows[u.row], w.variables[j] = AtLower, Basic
	// Whether x_k rests on a bound of its own or on one that x_j gave it.
	at, s := w.variables[k], w.sign*w.cost[k].Sign()
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
	w.variables[k] = Basic
	if w.variables[j] = AtUpper; onLower == (p.a.Sign() != p.b.Sign()) {
		w.variables[j] = AtLower
	}
}
