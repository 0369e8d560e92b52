package certificate

import (
	"math/big"
	"slices"
)

// A step of the family fm replaces the current rows by those without the
// variable and its new ones; what it drops must be a sum of the rows it leaves.

// linearStep is a step being read.
type linearStep struct {
	number   int
	variable int // 0: rows are only dropped
	before   map[int]bool
	pairs    map[[2]int]bool // combined or dropped
	gone     map[int]bool    // rows dropped
}

// step reads one step and checks it.
func (f *linear) step(r *reader, number int) {
	s := &linearStep{number: number, before: f.current, pairs: make(map[[2]int]bool), gone: make(map[int]bool)}
	f.current = make(map[int]bool)
	r.object(func() {
		r.member("variable", func() { s.variable = f.stepVariable(r, number) })
		for row := range s.before {
			if s.variable == 0 || f.known[row].v[s.variable].Sign() == 0 {
				f.current[row] = true
			}
		}
		r.member("new", func() { r.list(maxSystemRows, func(int) { f.create(r, s) }) })
		r.member("dropped", func() { f.drops(r, s) })
	})
	f.combined(r, s)
}

// stepVariable reads the variable of a step: one that is to be eliminated, and
// was not before, or 0. Without this a step could project a kept variable away.
func (f *linear) stepVariable(r *reader, number int) int {
	variable := int(r.integer(0, int64(f.variables)))
	switch {
	case variable == 0:
	case !slices.Contains(f.eliminate, variable):
		r.rejectLast("step %d: variable %d is not one of those to be eliminated", number, variable)
	case f.eliminated[variable]:
		r.rejectLast("step %d: variable %d was eliminated before", number, variable)
	default:
		f.eliminated[variable] = true
	}
	return variable
}

// combined checks that every pair of rows with opposite signs was combined or
// dropped.
func (f *linear) combined(r *reader, s *linearStep) {
	if s.variable == 0 {
		return
	}
	var positive, negative []int
	for row := range s.before {
		switch f.sign(row, s) {
		case 1:
			positive = append(positive, row)
		case -1:
			negative = append(negative, row)
		}
	}
	for _, p := range positive {
		for _, n := range negative {
			if !s.pairs[[2]int{p, n}] {
				r.rejectNext("step %d: the combination of rows %d and %d is missing", s.number, p, n)
			}
		}
	}
}

func (f *linear) sign(row int, s *linearStep) int { return f.known[row].v[s.variable].Sign() }

// rowPair is a combination of two rows, or a single row, that is being read.
type rowPair struct {
	p, n  int
	whole bool // a single row
	row   linearRow
}

// create reads a new row.
func (f *linear) create(r *reader, s *linearStep) {
	var x rowPair
	r.tuple(4, func(i int) { f.pairPart(r, s, &x, i) })
	f.room(r, len(f.known)+1)
	f.known[f.next], f.current[f.next] = x.row.listed(), true
	f.next++
	f.created++
}

// pairPart reads member i of a pair: the two rows, then their multipliers.
func (f *linear) pairPart(r *reader, s *linearStep, x *rowPair, i int) {
	switch i {
	case 0:
		x.p = f.member(r, s)
	case 1:
		x.n = f.member(r, s)
		if s.variable == 0 || f.sign(x.p, s) <= 0 || f.sign(x.n, s) >= 0 || s.pairs[[2]int{x.p, x.n}] {
			r.rejectLast("step %d: rows %d and %d are not to be combined, or were already", s.number, x.p, x.n)
		}
		s.pairs[[2]int{x.p, x.n}] = true
		x.row = linearRow{v: f.zero(), strict: f.known[x.p].strict || f.known[x.n].strict}
	default:
		factor := r.rational()
		if factor.Sign() <= 0 {
			r.rejectLast("step %d: a multiplier is not positive", s.number)
		}
		f.known[[]int{x.p, x.n}[i-2]].addTo(x.row.v, factor)
		if i == 3 && x.row.v[s.variable].Sign() != 0 {
			r.rejectLast("step %d: the variable does not cancel in the combination of rows %d and %d", s.number, x.p, x.n)
		}
	}
}

// member reads the number of a row before the step.
func (f *linear) member(r *reader, s *linearStep) int {
	row := int(r.integer(1, int64(f.next)))
	if !s.before[row] {
		r.rejectLast("step %d: there is no row %d", s.number, row)
	}
	return row
}

// drops reads the rows that are dropped. A proof may use rows that the step
// leaves, none that it drops later: those are looked at in the end.
func (f *linear) drops(r *reader, s *linearStep) {
	used := make(map[int]bool)
	r.list(maxSystemEntries, func(int) {
		var x rowPair
		n := r.list(5, func(i int) {
			switch {
			case i == 0:
				f.pairPart(r, s, &x, 0)
				if x.whole = s.variable == 0 || f.sign(x.p, s) == 0; x.whole {
					x.row = f.remove(r, s, x.p)
				}
			case i == 4 || x.whole && i == 1:
				f.proof(r, s, x.row, used)
			case x.whole:
				r.rejectNext("step %d: expected nothing after the proof", s.number)
			default:
				f.pairPart(r, s, &x, i)
			}
		})
		if x.whole && n != 2 || !x.whole && n != 5 {
			r.rejectNext("step %d: a dropped row has no proof", s.number)
		}
		f.dropped++
	})
	for row := range used {
		if !f.current[row] {
			r.rejectNext("step %d: a proof uses row %d, which is dropped", s.number, row)
		}
	}
}

// remove takes out a row without the variable and returns a copy.
func (f *linear) remove(r *reader, s *linearStep, number int) linearRow {
	if s.gone[number] || number == f.trivial {
		r.rejectLast("step %d: row %d cannot be dropped", s.number, number)
	}
	s.gone[number] = true
	delete(f.current, number)
	row := f.known[number]
	row.v = append([]*big.Rat(nil), row.v...)
	return row
}

// proof reads the multipliers of a drop and checks that they give the row, with
// a strict row among them if it is strict.
func (f *linear) proof(r *reader, s *linearStep, row linearRow, used map[int]bool) {
	strict := false
	r.list(len(f.current), func(int) {
		term := 0
		r.tuple(2, func(k int) {
			if k == 0 {
				term = int(r.integer(1, int64(f.next)))
				if !f.current[term] {
					r.rejectLast("step %d: a proof uses row %d, which the step does not leave", s.number, term)
				}
				used[term] = true
				return
			}
			c := r.rational()
			if c.Sign() <= 0 {
				r.rejectLast("step %d: a multiplier is not positive", s.number)
			}
			f.known[term].addTo(row.v, new(big.Rat).Neg(c))
			strict = strict || f.known[term].strict
		})
	})
	if !allZero(row.v) || row.strict && !strict {
		r.rejectNext("step %d: the proof does not give the row that is dropped", s.number)
	}
}
