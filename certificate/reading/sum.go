package reading

import (
	"iter"
	"math/bits"
	"slices"
	"sort"

	"pstar/certificate/theorem"
)

// A Summand is a number times two polynomials.
type Summand struct {
	C    theorem.Num
	P, Q theorem.Poly
}

// A Sum is a polynomial that grows: linear terms in an array by symbol, all others in
// tables. It is emptied and used again.
// Proofs add up hundreds of thousands of polynomials, most of them linear: those cost no more
// than a loop over an array. A map for all terms, the first design, took five times as long at
// (6,14).
type Sum struct {
	limits *Limits
	// All others than the constant are found by their symbols.
	constant theorem.Num
	linear   []theorem.Num
	// What clear has to look at: the array may be as long as all symbols, and a sum of two
	// terms must not cost as much as that.
	touched []int32                // symbols that may stand in linear
	listed  []bool                 // by symbol: it is in touched
	singles theorem.Singles        // of these symbols
	table   map[theorem.Mono]int32 // of terms of higher degree
	others  []theorem.Term         // what table points to
	weight  int                    // of others
	held    int
	// The bytes of a product are made here, and become a string only if the product is new.
	buffer []byte
	spare  *Sum // for products of three polynomials
	// What has been added since the sum was empty, if Telling.
	Telling bool
	Told    []Summand
}

// NewSum is an empty sum, whose work is counted there.
func NewSum(l *Limits) *Sum { return &Sum{limits: l, table: map[theorem.Mono]int32{}} }

// Clear empties the sum. It is called between any two uses. Nothing of one sum may be left in the next: a term that
// stayed would be a term of an identity that is not one.
func (s *Sum) Clear() {
	s.constant, s.Told = theorem.Num{}, nil
	for _, k := range s.touched {
		s.linear[k], s.listed[k] = theorem.Num{}, false
	}
	s.limits.Hold(-s.held)
	s.touched, s.weight, s.held = s.touched[:0], 0, 0
	// A table that was once large stays dear to empty, and large; a new one is not.
	if len(s.others) > 64 {
		s.table, s.others = map[theorem.Mono]int32{}, nil
	}
	clear(s.table)
	s.others = s.others[:0]
}

// AddTerm adds c times a product.
func (s *Sum) AddTerm(c theorem.Num, m theorem.Mono) {
	switch len(m) {
	case 0:
		s.limits.Spend(1)
		s.plus(&s.constant, c)
	case theorem.SymbolBytes:
		s.limits.Spend(2)
		s.plus(s.of(m.Symbol(0)), c)
	default:
		addOther(s, c, m)
	}
}

// of is where the linear term of symbol k is.
func (s *Sum) of(k int) *theorem.Num {
	if k >= len(s.listed) || !s.listed[k] { // seldom, so that there is no call
		s.list(k)
	}
	return &s.linear[k]
}

// list notes that there may be a linear term of symbol k, and makes room for it.
func (s *Sum) list(k int) {
	// The array grows to twice its length at least, so that this is no quadratic cost.
	if k >= len(s.linear) {
		more := max(k+1-len(s.linear), len(s.linear))
		s.linear = append(s.linear, make([]theorem.Num, more)...)
		s.listed = append(s.listed, make([]bool, more)...)
		s.singles = theorem.NewSingles(len(s.linear))
	}
	s.limits.Spend(1)
	s.touched, s.listed[k] = append(s.touched, int32(k)), true
}

// addLinear adds c times a polynomial of degree 1. Most of what is ever added up is added here, once or
// −1 times a fact with short numbers: that much is done without a call, and counted half.
func (s *Sum) addLinear(c theorem.Num, p theorem.Poly) {
	s.limits.Spend(len(p))
	if len(p[0].M) == 0 {
		s.plus(&s.constant, s.limits.Times(c, p[0].C))
		p = p[1:]
	}
	add, subtract := c.IsOne(), c.Equal(theorem.Int(-1))
	for _, t := range p {
		at := s.of(t.M.Symbol(0))
		n, short := at.PlusShort(t.C)
		if subtract {
			n, short = at.MinusShort(t.C)
		}
		if short && (add || subtract) {
			*at = n
		} else {
			s.limits.Spend(1)
			s.plus(at, s.limits.Times(c, t.C))
		}
	}
}

// addOther adds c times the product of these bytes, which are copied only if it is new.
func addOther[B theorem.Mono | []byte](s *Sum, c theorem.Num, m B) {
	s.limits.Spend(DearWork*(1+len(m)/(16*theorem.SymbolBytes)) + 8*(len(s.others)>>17)) // a large table is no longer near
	k, found := s.table[theorem.Mono(m)]
	if !found {
		k = s.insert(theorem.Mono(m))
	}
	s.plus(&s.others[k].C, c)
}

// plus adds c to a number of the sum. What is long is held as long as it is there.
func (s *Sum) plus(to *theorem.Num, c theorem.Num) {
	n, short := to.PlusShort(c)
	if !short {
		n = s.limits.Plus(*to, c)
		s.hold(theorem.Term{C: n}.Weight() - theorem.Term{C: *to}.Weight())
	}
	*to = n
}

// hold counts units that are kept until the sum is emptied.
func (s *Sum) hold(units int) {
	s.limits.Hold(units)
	s.held += units
}

// insert makes a term for a product that has none.
// Both limits are met here: the product of two facts may have a degree that none of the
// document's terms has, and more terms than there are bytes in it.
//
// It costs more than to find a product, as the table grows.
func (s *Sum) insert(m theorem.Mono) int32 {
	if s.limits.Spend(2 * DearWork); len(m) > theorem.SymbolBytes*MaxDegree {
		s.limits.Exceed("a term has more than the %d symbols that the format allows", MaxDegree)
	}
	if s.weight += m.Weight(); s.weight > MaxSum {
		s.limits.Exceed("a polynomial has more than the %d terms that the format allows", MaxSum)
	}
	k := int32(len(s.others))
	s.hold(3 + m.Degree()/4)
	s.table[m], s.others = k, append(s.others, theorem.Term{M: m})
	return k
}

// times adds c times the product of m and every term of p, which is the longer factor, and not 0.
func (s *Sum) times(c theorem.Num, m theorem.Mono, p theorem.Poly) {
	// Room for them at once, if half of them will be there: clear takes as long as a table has room.
	if len(p) > 128 && len(s.others) == 0 && p[len(p)/2].M.Degree() > 2 {
		s.table, s.others = make(map[theorem.Mono]int32, min(len(p), MaxSum)), slices.Grow(s.others, min(len(p), MaxSum))
	}
	// Terms ascend by degree: if the last one is linear, only a constant can stand before others like it.
	if len(m) == 0 && p[len(p)-1].M.Degree() == 1 {
		s.addLinear(c, p)
		return
	}
	for _, t := range p {
		n := s.limits.Times(c, t.C)
		switch {
		// The product is that of t alone, and in the next case that of m alone: nothing is to
		// be merged.
		case len(m) == 0:
			s.AddTerm(n, t.M)
		case len(t.M) == 0:
			s.AddTerm(n, m)
		default:
			s.buffer = theorem.Merge(s.buffer, m, t.M)
			addOther(s, n, s.buffer)
		}
	}
}

// Add adds c times the product of some polynomials. Two are multiplied while they are added; only a third needs a
// product of its own.
func (s *Sum) Add(c theorem.Num, factors ...theorem.Poly) {
	p, q := one, one
	for k, f := range factors {
		if k > 1 {
			if s.spare == nil {
				s.spare = NewSum(s.limits)
			}
			s.spare.Add(theorem.Int(1), p, q)
			p = s.spare.Poly()
		}
		p, q = f, p
	}
	s.limits.Spend(4) // counted also if nothing is added
	s.tell(c, p, q)
	// The shorter one is the outer loop.
	if len(p) > len(q) {
		p, q = q, p
	}
	for _, t := range p {
		s.times(s.limits.Times(c, t.C), t.M, q)
	}
}

var one = theorem.Poly{{C: theorem.Int(1)}}

// tell notes what is added, for who is told.
func (s *Sum) tell(c theorem.Num, p, q theorem.Poly) {
	if s.Telling {
		s.Told = append(s.Told, Summand{c, p, q})
	}
}

// Terms are the terms, the constant first and the others in no order.
// A term of coefficient 0 has cancelled, and is none: it may stand in the tables all the same.
func (s *Sum) Terms() iter.Seq[theorem.Term] {
	return func(yield func(theorem.Term) bool) {
		if s.constant != (theorem.Num{}) && !yield(theorem.Term{C: s.constant}) {
			return
		}
		for _, k := range s.touched {
			if s.linear[k] != (theorem.Num{}) && !yield(theorem.Term{C: s.linear[k], M: s.singles.Of(int(k))}) {
				return
			}
		}
		for _, t := range s.others {
			if t.C != (theorem.Num{}) && !yield(t) {
				return
			}
		}
	}
}

// Poly is the polynomial that has been added up. The sum is empty afterwards.
func (s *Sum) Poly() theorem.Poly {
	// A polynomial has one order of terms; that of a table is chance, and changes from run to
	// run. Linear terms are sorted by their symbols, in a fifth of the time.
	slices.Sort(s.touched)
	sort.Slice(s.others, func(i, j int) bool { return s.others[i].M.Before(s.others[j].M) })
	p := slices.AppendSeq(make(theorem.Poly, 0, 1+len(s.touched)+len(s.others)), s.Terms())
	if len(p) < cap(p)/2 { // room for what has cancelled is not counted as kept
		p = slices.Clone(p)
	}
	s.limits.Look(p)
	s.limits.Spend(8 + len(s.touched)*bits.Len(uint(len(s.touched))>>10)) // also for a sum of nothing
	s.Clear()
	return p
}
