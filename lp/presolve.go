package lp

import (
	"context"

	"pstar/lp/internal/equations"
	"pstar/rational"
)

// presolve is a problem with rows and variables taken out that need no simplex method: rows
// that are empty, that are bounds of a variable, that hold whatever the variables are, or that
// hold at one end of all their variables only; equations of two variables, with one of them;
// variables that are fixed, that occur in no row, or that are best at a bound whatever
// the others are. What is taken out is
// noted, and [presolve.restore] puts it back in reverse order (A. L. Brearley, G. Mitra
// and H. P. Williams, 1975; E. D. Andersen and K. D. Andersen, 1995).
type presolve struct {
	problem      *Problem
	rows         [][]Term // by row, the terms of a variable added up
	columns      [][]Term // the same by variable, with the row in place of the variable
	rowSize      []int    // terms of variables that remain
	columnSize   []int    // terms of rows that remain, of variables that do
	rowGone      []bool
	columnGone   []bool
	lower, upper []Bound // of the variables
	left, right  []Bound // of the rows, without the variables taken out
	cost         []rational.Rat
	value        []rational.Rat
	owned        []bool // rows whose terms are not those of the problem
	kept         []bool // rows that were to go, but show the problem to be infeasible
	undo         []taken
	todo, later  []int // rows to look at, see queue
	queued       []queue
	work         int   // looks at terms that are left, see maxLooks
	short        int   // terms of a short row, shortRow but in tests
	columnTodo   []int // variables to look at
	columnQueued []bool
	activity     *equations.Sum
	newRow       []int // of the rows that remain, where they are in the reduced problem
	newColumn    []int
}

// taken is what was taken out in one step.
type taken struct {
	kind   takenKind
	row    int // −1 if none
	column int // −1 if none
	number rational.Rat
	// Of a row that is a bound: whether it gave the variable its lower or upper bound. Of
	// a row whose variables are at one end: whether that is its lower or upper bound.
	lower, upper bool
	ends         []Term // of such a row, the terms of the variables
	pair         pair   // if the row is an equation of two variables
}

type takenKind int8

const (
	rowHolds    takenKind = iota // whatever the variables are
	rowIsBound                   // number is the coefficient
	rowForces                    // all its variables to the ends
	rowMerges                    // the column with another one
	columnRests                  // at a value
)

// newPresolve reduces p as far as it can. It fails only if ctx ends.
func newPresolve(ctx context.Context, p *Problem) (*presolve, error) {
	s := startPresolve(p)
	return s, s.look(ctx)
}

// startPresolve has everything to look at, and has taken nothing out.
func startPresolve(p *Problem) *presolve {
	s := &presolve{problem: p, activity: equations.NewSum(), short: shortRow}
	n, m := len(p.Variables), len(p.Rows)
	s.rows = make([][]Term, m)
	s.rowSize = make([]int, m)
	s.rowGone, s.columnGone = make([]bool, m), make([]bool, n)
	s.kept, s.queued, s.owned = make([]bool, m), make([]queue, m), make([]bool, m)
	s.value, s.cost = make([]rational.Rat, n), make([]rational.Rat, n)
	s.lower, s.upper = make([]Bound, n), make([]Bound, n)
	for j, v := range p.Variables {
		s.lower[j], s.upper[j], s.cost[j] = v.Lower, v.Upper, v.Cost
	}
	s.left, s.right = make([]Bound, m), make([]Bound, m)
	last := make([]int, n)
	s.work = n + m
	for i, row := range p.Rows {
		// Nearly all rows are plain, and shared with the problem until something in them changes.
		if s.rows[i] = row.Terms; !plain(row, i+1, last) {
			s.rows[i] = row.Summed()
		}
		s.rowSize[i] = len(s.rows[i])
		s.work += s.rowSize[i]
		s.left[i], s.right[i] = row.Lower, row.Upper
	}
	s.work *= maxLooks
	s.columns = transposed(n, m, func(i int) []Term { return s.rows[i] })
	s.columnSize = make([]int, n)
	for j := range n {
		s.columnSize[j] = len(s.columns[j])
	}
	// Everything is looked at once; later on, what has changed.
	for i := range m {
		s.queue(i)
	}
	s.columnQueued = make([]bool, n)
	for j := range n {
		s.queueColumn(j)
	}
	return s
}

// plain reports whether no variable occurs twice in the row, and none with the coefficient zero.
// The list last is marked with the number of the row, which must be new.
func plain(row Row, number int, last []int) bool {
	for _, t := range row.Terms {
		// A list of marks in place of a set for each row.
		if last[t.Variable] == number || t.Coefficient.IsZero() {
			return false
		}
		last[t.Variable] = number
	}
	return true
}

// tidy moves the terms of variables that are out from row i to its sides. Until a row is looked
// at they wait, to be added up over a common denominator: the numbers of a chain are long.
func (s *presolve) tidy(i int) {
	if s.rowSize[i] == len(s.rows[i]) {
		return
	}
	var terms []Term
	if s.owned[i] {
		terms = s.rows[i][:0]
	} else {
		terms = make([]Term, 0, s.rowSize[i])
	}
	count, sum := 0, rational.Rat{}
	for _, t := range s.rows[i] {
		if !s.columnGone[t.Variable] {
			terms = append(terms, t)
			continue
		}
		at := s.value[t.Variable]
		if at.IsZero() {
			continue
		}
		// A short coefficient times a number in lowest terms is brought there at little cost, and
		// in a chain that is all; for a sum of long numbers a common divisor is to be found.
		switch count++; count {
		case 1:
			sum = t.Coefficient.Mul(at)
			continue
		case 2:
			s.activity.Start()
			s.activity.Add(one, sum)
		}
		s.activity.Add(t.Coefficient, at)
	}
	s.rows[i], s.owned[i] = terms, true
	if count == 0 || !s.left[i].Finite && !s.right[i].Finite {
		return
	}
	if count > 1 {
		sum = s.activity.Value()
	}
	s.left[i], s.right[i] = s.left[i].plus(sum.Neg()), s.right[i].plus(sum.Neg())
}

// rowToBound takes out a row of one variable, of which it bounds the range.
func (s *presolve) rowToBound(i int) {
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
	u := taken{kind: rowIsBound, row: i, column: j, number: t.Coefficient}
	// Only a tighter bound counts, and only one that counts can have a multiplier on the way back.
	u.lower = low.Finite && (!s.lower[j].Finite || low.Value.Cmp(s.lower[j].Value) > 0)
	u.upper = high.Finite && (!s.upper[j].Finite || high.Value.Cmp(s.upper[j].Value) < 0)
	if !u.lower {
		low = s.lower[j]
	}
	if !u.upper {
		high = s.upper[j]
	}
	// The row refutes the problem together with a bound. It is kept, so that the method finds the refutation
	// in what remains, with multipliers for the rows that are there.
	if crossed(low, high) {
		s.kept[i] = true
		return
	}
	s.lower[j], s.upper[j] = low, high
	s.take(u)
	if u.lower || u.upper {
		s.work -= len(s.columns[j])
		for _, t := range s.columns[j] {
			s.queue(t.Variable)
		}
	}
}

// compareWithEnds takes out a row that holds wherever its variables are within their bounds, or
// only at one end of them all.
func (s *presolve) compareWithEnds(i int) {
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
	case holds && below:
		s.take(taken{kind: rowHolds, row: i, column: -1})
	}
}

// end compares the greatest, or least, value of row i with its bounds: whether it is within the
// bound on that side, equal to the other one, or beyond that.
func (s *presolve) end(i int, greatest bool) (holds, forces, impossible bool) {
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
func (s *presolve) endOf(t Term, greatest bool) Bound {
	if (t.Coefficient.Sign() > 0) == greatest {
		return s.upper[t.Variable]
	}
	return s.lower[t.Variable]
}

// force takes out row i and its variables, which must be where the row is greatest, or least.
func (s *presolve) force(i int, greatest bool) {
	u := taken{kind: rowForces, row: i, column: -1, lower: greatest, upper: !greatest, ends: s.rows[i]}
	// Each variable is where its term is greatest, or least: anything else would break the row.
	for _, t := range u.ends {
		s.settle(t.Variable, s.endOf(t, greatest).Value)
	}
	s.take(u)
}

// settle takes variable j out of the rows.
func (s *presolve) settle(j int, at rational.Rat) {
	s.columnGone[j], s.value[j] = true, at
	for _, t := range s.columns[j] {
		i := t.Variable
		// What is out already does not see it.
		if s.rowGone[i] {
			continue
		}
		s.rowSize[i]--
		s.queue(i)
	}
}

// take notes a step, and takes its row out of the variables.
func (s *presolve) take(u taken) {
	s.undo = append(s.undo, u)
	// Its rows stay, without it.
	if u.kind == columnRests {
		return
	}
	s.rowGone[u.row] = true
	for _, t := range s.rows[u.row] {
		s.columnSize[t.Variable]--
		s.queueColumn(t.Variable)
	}
}

// lookAtColumns takes out variables, and reports whether there were any.
func (s *presolve) lookAtColumns() (any bool) {
	for _, j := range s.columnTodo {
		s.columnQueued[j] = false
		s.work -= len(s.columns[j])
		// A row may have taken it out since it was put on the list.
		if s.columnGone[j] {
			continue
		}
		if at, ok := s.best(j); ok {
			s.take(taken{kind: columnRests, row: -1, column: j})
			s.settle(j, at)
			any = true
		}
	}
	s.columnTodo = s.columnTodo[:0]
	return any
}

// best returns the value at which variable j can rest: the only one, or the bound that is
// best for the objective and does no harm in any row.
func (s *presolve) best(j int) (at rational.Rat, ok bool) {
	low, high := s.lower[j], s.upper[j]
	// There is one value, whatever the cost.
	if low.Finite && high.Finite && low.Value.Equal(high.Value) {
		return low.Value, true
	}
	// As for minimising: a positive price wants the variable down.
	price := s.cost[j].Sign()
	if s.problem.Sense == Maximise {
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
	// A free variable that nothing wants anywhere may be zero.
	return at, down && up && !low.Finite && !high.Finite
}

// worthwhile is how large a part of rows and variables must be out for the way back to pay.
const worthwhile = 12

// reduced returns the problem that remains, or nil if little was taken out.
func (s *presolve) reduced() *Problem {
	gone := 0
	for _, list := range [][]bool{s.rowGone, s.columnGone} {
		for _, out := range list {
			if out {
				gone++
			}
		}
	}
	// Putting back costs sums of long numbers for each step.
	if gone == 0 || gone*worthwhile < len(s.rows)+len(s.columns) {
		return nil
	}
	p := &Problem{Name: s.problem.Name, Sense: s.problem.Sense}
	s.newColumn, s.newRow = make([]int, len(s.columns)), make([]int, len(s.rows))
	for j, v := range s.problem.Variables {
		if s.newColumn[j] = -1; !s.columnGone[j] {
			s.newColumn[j] = p.AddVariable(Variable{v.Name, s.cost[j], s.lower[j], s.upper[j]})
		}
	}
	for i, row := range s.problem.Rows {
		// Rows that show the problem to be infeasible are among those that remain.
		if s.newRow[i] = -1; s.rowGone[i] {
			continue
		}
		s.tidy(i)
		terms := make([]Term, 0, s.rowSize[i])
		for _, t := range s.rows[i] {
			terms = append(terms, Term{s.newColumn[t.Variable], t.Coefficient})
		}
		s.newRow[i] = p.AddRow(Row{row.Name, terms, s.left[i], s.right[i]})
	}
	return p
}
