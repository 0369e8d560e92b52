package presolve

import (
	"context"

	"pstar/lp/internal/equations"
	"pstar/lp/internal/lists"
	"pstar/rational"
)

// Reduction is a program with rows and variables taken out. What is taken out is noted, and
// [Reduction.Restore] puts it back in reverse order.
type Reduction struct {
	rows         [][]Term // by row
	columns      [][]Term // the same by variable, with the row in place of the variable
	rowSize      []int    // terms of variables that remain
	columnSize   []int    // terms of rows that remain, of variables that do
	rowGone      []bool
	columnGone   []bool
	lower, upper []Bound // of the variables
	left, right  []Bound // of the rows, without the variables taken out
	cost         []rational.Rat
	value        []rational.Rat
	maximise     bool
	without      Kind
	kept         []bool // rows that were to go, but show the program to be infeasible
	undo         []step
	todo, later  []int // rows to look at, see queue
	queued       []queue
	work         int   // looks at terms that are left, see MaxLooks
	short        int   // terms of a short row
	columnTodo   []int // variables to look at
	columnQueued []bool
	activity     *equations.Sum
}

// step is what was taken out at one time.
type step interface {
	// kind says by which reduction.
	kind() Kind
	// putBack makes a witness of the program after the step one of the program before it.
	putBack(w *restored)
}

// Kind is a reduction, or a set of them.
type Kind uint8

const (
	RowIsBound  Kind = 1 << iota // of a variable
	RowHolds                     // whatever the variables are
	RowForces                    // all its variables to the ends
	RowMerges                    // a variable with another one
	ColumnRests                  // at a value
)

// Options adjusts [Reduce]. The zero value is the usual choice; others serve comparisons.
type Options struct {
	Without Kind // reductions that are not made
	Short   int  // the terms of a short row, see shortRow; less than 0 if none is short
	Looks   int  // at terms, see MaxLooks
}

// Reduce takes out of p what it can. It fails only if ctx ends.
// It takes over the lists of p, which it changes.
func Reduce(ctx context.Context, p Program, o Options) (*Reduction, error) {
	s := start(p, o)
	return s, s.look(ctx)
}

// start has everything to look at, and has taken nothing out.
func start(p Program, o Options) *Reduction {
	n, m := len(p.Cost), len(p.Rows)
	s := &Reduction{
		maximise: p.Maximise, without: o.Without, activity: equations.NewSum(),
		rows: p.Rows, rowSize: make([]int, m), columnSize: make([]int, n),
		rowGone: make([]bool, m), columnGone: make([]bool, n),
		cost: p.Cost, lower: p.Lower, upper: p.Upper, left: p.Left, right: p.Right,
		value: make([]rational.Rat, n), kept: make([]bool, m), queued: make([]queue, m), columnQueued: make([]bool, n),
		short: o.Short, work: o.Looks,
	}
	terms := 0
	for i, row := range p.Rows {
		s.rowSize[i] = len(row)
		terms += len(row)
	}
	if s.short == 0 {
		s.short = shortRow
	}
	if s.work == 0 {
		s.work = MaxLooks * (n + m + terms)
	}
	s.columns = lists.Transposed(n, m, func(i int) []Term { return s.rows[i] },
		func(t Term, i int) (int, Term) { return t.Variable, Term{i, t.Coefficient} })
	for j, column := range s.columns {
		s.columnSize[j] = len(column)
	}
	// Everything is looked at once; later on, what has changed.
	for i := range m {
		s.queue(i)
	}
	for j := range n {
		s.queueColumn(j)
	}
	return s
}

// makes reports whether a reduction is to be made.
func (s *Reduction) makes(k Kind) bool { return s.without&k == 0 }

// tidy moves the terms of variables that are out from row i to its sides. Until a row is looked
// at they wait, to be added up over a common denominator: the numbers of a chain are long.
func (s *Reduction) tidy(i int) {
	if s.rowSize[i] == len(s.rows[i]) {
		return
	}
	terms := s.rows[i][:0]
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
	s.rows[i] = terms
	if count == 0 || !s.left[i].Finite && !s.right[i].Finite {
		return
	}
	if count > 1 {
		sum = s.activity.Value()
	}
	s.left[i], s.right[i] = s.left[i].plus(sum.Neg()), s.right[i].plus(sum.Neg())
}

var one = rational.Whole(1)

// settle takes variable j out of the rows.
func (s *Reduction) settle(j int, at rational.Rat) {
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

// drop notes a step, and takes its row out of the variables.
func (s *Reduction) drop(row int, u step) {
	s.undo = append(s.undo, u)
	s.rowGone[row] = true
	for _, t := range s.rows[row] {
		s.columnSize[t.Variable]--
		s.queueColumn(t.Variable)
	}
}

// worthwhile is how large a part of rows and variables must be out for the way back to pay.
const worthwhile = 12

// Worthwhile reports whether so much was taken out that it pays to solve the rest instead of the whole. Putting
// back costs sums of long numbers for each step.
func (s *Reduction) Worthwhile() bool {
	rows, columns := s.Gone()
	gone := rows + columns
	return gone > 0 && gone*worthwhile >= len(s.rows)+len(s.columns)
}

// Gone returns how many rows and variables were taken out.
func (s *Reduction) Gone() (rows, columns int) { return count(s.rowGone), count(s.columnGone) }

func count(list []bool) (n int) {
	for _, yes := range list {
		if yes {
			n++
		}
	}
	return n
}

// Steps returns how many steps were of these kinds.
func (s *Reduction) Steps(kinds Kind) (n int) {
	for _, u := range s.undo {
		if u.kind()&kinds != 0 {
			n++
		}
	}
	return n
}

// Looks returns how many looks at terms are left; less than none if they have ended the search.
func (s *Reduction) Looks() int { return s.work }

// Rest returns the program that remains. Its rows and variables are in the order that they had.
// Rows that show the program to be infeasible are among those that remain.
func (s *Reduction) Rest() Program {
	p := Program{Maximise: s.maximise}
	places := make([]int, len(s.columns)) // of the variables that remain
	for j, gone := range s.columnGone {
		if !gone {
			places[j] = len(p.Cost)
			p.Cost, p.Lower, p.Upper = append(p.Cost, s.cost[j]), append(p.Lower, s.lower[j]), append(p.Upper, s.upper[j])
		}
	}
	for i, gone := range s.rowGone {
		if gone {
			continue
		}
		s.tidy(i)
		terms := make([]Term, 0, s.rowSize[i])
		for _, t := range s.rows[i] {
			terms = append(terms, Term{places[t.Variable], t.Coefficient})
		}
		p.Rows, p.Left, p.Right = append(p.Rows, terms), append(p.Left, s.left[i]), append(p.Right, s.right[i])
	}
	return p
}
