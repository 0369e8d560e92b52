package lp

import (
	"fmt"

	"pstar/lp/internal/guess"
	"pstar/rational"
)

// Status is where a variable or a row is in a [Basis].
type Status int8

const (
	Basic   Status = Status(guess.InBasis)
	AtLower Status = Status(guess.AtLower) // on its lower bound
	AtUpper Status = Status(guess.AtUpper) // on its upper bound
	AtZero  Status = Status(guess.AtZero)  // a variable without bounds at zero
)

// Basis says of every variable and every row of a problem whether it is basic or which
// bound it rests on; as many are basic as there are rows. It is a place to start from,
// see [Options.Start], and proves nothing.
type Basis struct {
	Variables, Rows []Status
}

// basis returns the basis at hand.
func (r *revised) basis() *Basis {
	b := &Basis{Variables: make([]Status, r.columns), Rows: make([]Status, len(r.equations))}
	for j, w := range r.at.Where {
		b.set(j, Status(w))
	}
	return b
}

func (b *Basis) set(j int, s Status) {
	if j < len(b.Variables) {
		b.Variables[j] = s
	} else {
		b.Rows[j-len(b.Variables)] = s
	}
}

// restingAt returns the basis in which some variables rest, at values of all of them.
func (f *form) restingAt(nonbasic []int, value []rational.Rat) *Basis {
	b := &Basis{Variables: make([]Status, f.columns), Rows: make([]Status, len(f.equations))}
	for _, j := range nonbasic {
		switch {
		// A dictionary keeps values and not places, which the values give away.
		case f.lower[j].Finite && value[j].Equal(f.lower[j].Value):
			b.set(j, AtLower)
		case f.upper[j].Finite && value[j].Equal(f.upper[j].Value):
			b.set(j, AtUpper)
		default:
			b.set(j, AtZero)
		}
	}
	return b
}

// start returns a basis to start from: the given one, where variables and rows that it does
// not know rest on a bound and are basic, and what does not fit is put right.
func (f *form) start(given *Basis) *guess.Basis {
	b := f.logicalBasis()
	if given == nil {
		return b
	}
	m := len(f.equations)
	// A basis of a problem that was smaller, or larger, is taken as far as it goes.
	for j, s := range given.Variables[:min(len(given.Variables), f.columns)] {
		b.Where[j] = f.resting(j, s)
	}
	for i := range m {
		// A row that the basis does not know is basic: its constraint is added to a solved problem.
		b.Where[f.columns+i] = guess.InBasis
		if i < len(given.Rows) {
			b.Where[f.columns+i] = f.resting(f.columns+i, given.Rows[i])
		}
	}
	b.Head = b.Head[:0]
	for j, w := range b.Where {
		if w != guess.InBasis {
			continue
		}
		// More basic variables than rows: the rest goes to a bound.
		if len(b.Head) == m {
			b.Where[j] = rest(f.lower[j], f.upper[j])
			continue
		}
		b.Head = append(b.Head, int32(j))
	}
	// Fewer: logical variables fill up the basis, first those of the first rows.
	for i := 0; len(b.Head) < m; i++ {
		if j := f.columns + i; b.Where[j] != guess.InBasis {
			b.Where[j] = guess.InBasis
			b.Head = append(b.Head, int32(j))
		}
	}
	return b
}

// resting returns where variable j is if its status is s, or the bound nearest to zero if
// it does not have the bound of the status.
func (f *form) resting(j int, s Status) int8 {
	switch {
	case s == Basic, s == AtLower && f.lower[j].Finite, s == AtUpper && f.upper[j].Finite:
		return int8(s)
	}
	return rest(f.lower[j], f.upper[j])
}

// Slacks returns how far each row is from its lower and its upper bound at the point
// r.Primal; a distance that does not exist is absent. It is nil without a point, and panics for a
// point of another dimension or a problem that is not valid.
func (p *Problem) Slacks(r *Result) (lower, upper []Bound) {
	if p == nil || r == nil || r.Primal == nil {
		return nil, nil
	}
	if len(r.Primal) != len(p.Variables) {
		panic(fmt.Sprintf("lp: a point of %d numbers for a problem of %d variables", len(r.Primal), len(p.Variables)))
	}
	if err := p.Validate(); err != nil {
		panic(err.Error())
	}
	x := newScaled(r.Primal)
	for _, row := range p.Rows {
		v := x.activity(row.Terms).Value()
		lower = append(lower, distance(v, row.Lower))
		upper = append(upper, distance(v, row.Upper))
	}
	return lower, upper
}

// Distances returns how far each row is from the nearer of its bounds at r.Primal, 0 for a row that has none; it is nil
// where Slacks is.
func (p *Problem) Distances(r *Result) (list []rational.Rat) {
	lower, upper := p.Slacks(r)
	for i, l := range lower {
		near := l.Value // 0 for a bound that does not exist
		if u := upper[i]; u.Finite && (!l.Finite || u.Value.Cmp(near) < 0) {
			near = u.Value
		}
		list = append(list, near)
	}
	return list
}

// distance returns |v − b|.
func distance(v rational.Rat, b Bound) Bound {
	if b.Finite {
		b.Value = v.Sub(b.Value).Abs()
	}
	return b
}
