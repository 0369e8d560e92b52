package certificate

import "math/big"

// A step of the family fm replaces the current rows by those without the
// variable and its new ones; what it drops must be a sum of the rows it leaves.

// linearStep is a step being read.
type linearStep struct {
	number             int
	variable           int // 0: rows are only dropped
	before             []int
	positive, negative []int           // of those, by the sign of the variable
	pairs              map[[2]int]bool // combined or dropped
}

// step reads one step and checks it.
func (f *linear) step(r *reader, number int) {
	s := &linearStep{number: number, before: f.current, pairs: make(map[[2]int]bool)}
	r.object(func() {
		r.member("variable", func() { s.variable = f.stepVariable(r, number) })
		f.begin(r, s)
		r.member("new", func() { r.limited(maxSystemRows, func(int) { f.create(r, s) }) })
		r.member("dropped", func() { f.drops(r, s) })
	})
	f.end(r, s)
}

// stepVariable reads the variable of a step: one that is to be eliminated, and
// was not before, or 0. Without this a step could project a kept variable away.
func (f *linear) stepVariable(r *reader, number int) int {
	variable := int(r.integer(0, int64(f.variables)))
	switch {
	case variable == 0:
	case !f.toGo[variable]:
		r.rejectLast("step %d: variable %d is not one of those to be eliminated", number, variable)
	case f.eliminated[variable]:
		r.rejectLast("step %d: variable %d was eliminated before", number, variable)
	default:
		f.eliminated[variable] = true
	}
	return variable
}

// begin sorts the rows by the sign of the variable; those without it stay.
func (f *linear) begin(r *reader, s *linearStep) {
	r.spend(len(s.before), lookCost)
	f.current = nil
	for _, number := range s.before {
		row := f.known[number-1]
		row.before = s.number
		sign := 0
		if s.variable > 0 {
			sign = row.sign(s.variable)
		}
		switch {
		case sign > 0:
			s.positive = append(s.positive, number)
		case sign < 0:
			s.negative = append(s.negative, number)
		default:
			f.current = append(f.current, number)
		}
		row.there = sign == 0
	}
}

// end checks that every pair of rows with opposite signs was combined or
// dropped, and that no proof used a row that was dropped. Rows that are not there
// any more are forgotten.
func (f *linear) end(r *reader, s *linearStep) {
	r.spend(len(s.positive)*len(s.negative), lookCost)
	for _, p := range s.positive {
		for _, n := range s.negative {
			if !s.pairs[[2]int{p, n}] {
				r.rejectNext("step %d: the combination of rows %d and %d is missing", s.number, p, n)
			}
		}
	}
	var stay []int
	for _, number := range f.current {
		row := f.known[number-1]
		switch {
		case row.there:
			stay = append(stay, number)
		case row.used == s.number:
			r.rejectNext("step %d: a proof uses row %d, which is dropped", s.number, number)
		}
	}
	f.current = stay
	for _, number := range s.before {
		if row := f.known[number-1]; !row.there {
			f.held -= row.words()
			row.entries = nil
		}
	}
}

// rowPair is a combination of two rows, or a single row, that is being read; the
// sum holds it.
type rowPair struct {
	p, n   int
	whole  bool // a single row
	strict bool
}

// create reads a new row.
func (f *linear) create(r *reader, s *linearStep) {
	var x rowPair
	r.tuple(4, func(i int) { f.pairPart(r, s, &x, i) })
	row := linearRow{entries: f.sum.take(), strict: x.strict}
	f.hold(r, row)
	f.enter(row)
	f.created++
}

// pairPart reads member i of a pair: the two rows, then their multipliers.
func (f *linear) pairPart(r *reader, s *linearStep, x *rowPair, i int) {
	switch i {
	case 0:
		x.p = f.member(r, s)
	case 1:
		x.n = f.member(r, s)
		p, n := f.known[x.p-1], f.known[x.n-1]
		r.spend(2, lookCost)
		if s.variable == 0 || p.sign(s.variable) <= 0 || n.sign(s.variable) >= 0 || s.pairs[[2]int{x.p, x.n}] {
			r.rejectLast("step %d: rows %d and %d are not to be combined, or were already", s.number, x.p, x.n)
		}
		s.pairs[[2]int{x.p, x.n}] = true
		x.strict = p.strict || n.strict
	default:
		factor := r.rational()
		if factor.Sign() <= 0 {
			r.rejectLast("step %d: a multiplier is not positive", s.number)
		}
		f.sum.add(f.known[[]int{x.p, x.n}[i-2]-1].linearRow, factor)
		if i == 3 && f.sum.at(s.variable).Sign() != 0 {
			r.rejectLast("step %d: the variable does not cancel in the combination of rows %d and %d", s.number, x.p, x.n)
		}
	}
}

// member reads the number of a row before the step.
func (f *linear) member(r *reader, s *linearStep) int {
	number := int(r.integer(1, int64(len(f.known)+1)))
	if number > len(f.known) || f.known[number-1].before != s.number {
		r.rejectLast("step %d: there is no row %d", s.number, number)
	}
	return number
}

// drops reads the rows that are dropped. A proof may use rows that the step
// leaves, none that it drops later: those are looked at in the end.
func (f *linear) drops(r *reader, s *linearStep) {
	r.limited(maxSystemDrops, func(int) {
		var x rowPair
		n := r.list(5, func(i int) {
			switch {
			case i == 0:
				f.pairPart(r, s, &x, 0)
				if x.whole = s.variable == 0 || f.known[x.p-1].sign(s.variable) == 0; x.whole {
					x.strict = f.remove(r, s, x.p)
				}
			case i == 4 || x.whole && i == 1:
				f.proof(r, s, x.strict)
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
}

// remove takes out a row without the variable, and begins the sum with it.
func (f *linear) remove(r *reader, s *linearStep, number int) (strict bool) {
	row := f.known[number-1]
	if !row.there || number == f.trivial {
		r.rejectLast("step %d: row %d cannot be dropped", s.number, number)
	}
	row.there = false
	f.sum.add(row.linearRow, ratOne)
	return row.strict
}

// proof reads the multipliers of a drop and checks that they give the row, with
// a strict row among them if it is strict.
func (f *linear) proof(r *reader, s *linearStep, strict bool) {
	proved := !strict
	r.list(len(f.known), func(int) {
		var term *knownRow
		r.tuple(2, func(k int) {
			if k == 0 {
				number := int(r.integer(1, int64(len(f.known)+1)))
				if number > len(f.known) || !f.known[number-1].there {
					r.rejectLast("step %d: a proof uses row %d, which the step does not leave", s.number, number)
				}
				term = f.known[number-1]
				term.used = s.number
				return
			}
			c := r.rational()
			if c.Sign() <= 0 {
				r.rejectLast("step %d: a multiplier is not positive", s.number)
			}
			f.sum.add(term.linearRow, new(big.Rat).Neg(c))
			proved = proved || term.strict
		})
	})
	if !f.sum.zero() || !proved {
		r.rejectNext("step %d: the proof does not give the row that is dropped", s.number)
	}
}
