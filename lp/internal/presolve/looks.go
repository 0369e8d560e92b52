package presolve

import "context"

// This file is the order in which the presolve looks at rows and variables. The answer
// does not depend on it, but the time does.

// queue is where a row waits to be looked at.
// A row is in one of the lists at most, as far as this says; older places in a list are
// passed over.
type queue int8

const (
	nowhere    queue = iota
	soon             // in todo
	afterwards       // in later
)

// A row of more variables than shortRow is a long one. Programs exist in which each of many
// steps moves a bound of a variable of many rows, so that no order of looks is short. Their number
// has a limit, therefore: MaxLooks times the rows, variables and terms of the program; those of
// the Netlib collection take less than 4 times. To end early is no mistake, since every
// step is complete in itself: what it leaves is for the simplex method.
const (
	shortRow = 8
	MaxLooks = 50
)

// queue has row i looked at, unless it is out already or refutes the program.
func (s *Reduction) queue(i int) {
	// The size that counts is the present one.
	where := soon
	if s.rowSize[i] > s.short {
		where = afterwards
	}
	// A row that has become short in the meantime moves up; its old place is passed over.
	if s.rowGone[i] || s.kept[i] || s.queued[i] == soon || s.queued[i] == where {
		return
	}
	if s.queued[i] = where; where == soon {
		s.todo = append(s.todo, i)
	} else {
		s.later = append(s.later, i)
	}
}

// queueColumn has variable j looked at, unless it is out already.
// Variables have one list: looking at one is cheap.
func (s *Reduction) queueColumn(j int) {
	if !s.columnQueued[j] && !s.columnGone[j] {
		s.columnQueued[j] = true
		s.columnTodo = append(s.columnTodo, j)
	}
}

// look takes out what it can, the cheap first: long rows wait until short rows and variables
// give nothing more. Each of the links of a chain fixes a variable, and a budget over all of
// them would otherwise be added up anew for every link. It fails only if ctx ends.
// It ends when nothing is left to look at, or the budget is spent.
func (s *Reduction) look(ctx context.Context) error {
	for {
		if err := s.lookAtRows(ctx, &s.todo, soon); err != nil {
			return err
		}
		// Variables that were taken out have put rows on the list again.
		if s.lookAtColumns() {
			continue
		}
		// Without budget the rest is left to the simplex method.
		if len(s.later) == 0 || s.work < 0 {
			return nil
		}
		if err := s.lookAtRows(ctx, &s.later, afterwards); err != nil {
			return err
		}
	}
}

// lookAtRows takes out what it can until no row is left in one of the two lists.
func (s *Reduction) lookAtRows(ctx context.Context, list *[]int, kind queue) error {
	// Rows that are put on the list on the way are looked at in the same loop.
	for k := 0; k < len(*list) && s.work >= 0; k++ {
		if ctx.Err() != nil {
			return context.Cause(ctx)
		}
		i := (*list)[k]
		// Looked at already, from the other list.
		if s.queued[i] != kind {
			continue
		}
		s.queued[i] = nowhere
		if s.rowGone[i] {
			continue
		}
		// What a look costs is paid before it is known what it gives.
		s.work -= len(s.rows[i])
		s.tidy(i)
		switch {
		// One variable: the row is a bound of it.
		case s.rowSize[i] == 1 && s.makes(RowIsBound):
			s.rowToBound(i)
		// If merging is refused the row may still be taken out by its ends.
		case s.rowSize[i] == 2 && s.merge(i):
		default:
			s.compareWithEnds(i)
		}
	}
	// It is emptied even if the budget ended the loop.
	*list = (*list)[:0]
	return nil
}
