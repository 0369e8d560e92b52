package elimination

import "pstar/rational"

// span is the span of vectors, each with a number, in a reduced echelon form that
// remembers of which vectors each line is made. It is Gaussian elimination on rows,
// which need not be independent: one that is a combination of those before adds
// nothing.
type span struct{ lines []spanLine }

type spanLine struct {
	v     rational.RatVector
	pivot int
	of    multiples
}

// multiples are multipliers by number.
type multiples map[int]rational.Rat

// Multipliers that cancel are taken out, so that what is there is not 0.
func (m multiples) add(c rational.Rat, other multiples) {
	for k, x := range other {
		if sum := m[k].Add(c.Mul(x)); sum.IsZero() {
			delete(m, k)
		} else {
			m[k] = sum
		}
	}
}

// insert adds the vector with this number.
func (s *span) insert(number int, v rational.RatVector) {
	// What is left after those before, and of which of them it is made.
	rest, of := s.reduce(v)
	line := spanLine{rest, -1, multiples{number: rational.NewRat(1, 1)}}
	line.of.add(rational.NewRat(-1, 1), of)
	for k, x := range rest {
		// Columns behind the constant come first, so that a constant is what is left.
		if k > 0 && !x.IsZero() {
			line.pivot = k
			break
		}
	}
	// At most a constant is left, and a constant is no direction; a contradiction among
	// equations would end here, but then there is no projection. It depends on those
	// before.
	if line.pivot < 0 {
		return
	}
	s.lines = append(s.lines, line)
}

// reduce returns what is left of v when multiples of the vectors are taken off, and
// these. The pivots of the result are 0. Lines are not reduced by later ones, so that
// they must be taken in the order in which they came.
func (s *span) reduce(v rational.RatVector) (rest rational.RatVector, of multiples) {
	rest, of = v, multiples{}
	for _, l := range s.lines {
		if x := rest[l.pivot]; !x.IsZero() {
			// So many times the line takes its pivot away.
			c := x.Quo(l.v[l.pivot])
			rest = rest.Sub(l.v.Scale(c))
			of.add(c, l.of)
		}
	}
	return rest, of
}

// ratio is the number c with a = c·b in all columns but the constant, from the first
// entry that is not 0; or in the constant if there is none. Whether a really is that
// multiple nobody checks here: the checker does.
func ratio(a, b rational.RatVector) (c rational.Rat, found bool) {
	// Columns 1, 2, …, and then 0.
	for k := 1; k <= len(a); k++ {
		if i := k % len(a); !b[i].IsZero() {
			return a[i].Quo(b[i]), true
		}
	}
	return c, false
}
