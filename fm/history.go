package fm

import (
	"math/bits"

	"pstar/internal/bitset"
	"pstar/internal/word"
	"pstar/rational"
)

// Under a name of its own, as the package counts bits in several places.
func onesCount(w uint64) int { return bits.OnesCount64(w) }

// scan searches rows by history. A row that has answered once is moved to the
// front, since the pairs that follow are like the one before.
type scan struct{ rows []*row }

func newScan(rows []*row) *scan { return &scan{append([]*row(nil), rows...)} }

// within reports whether a row other than p and n has its history within set.
// Only histories are compared; a row with the same history as set counts.
func (s *scan) within(set bitset.Set, p, n *row) bool {
	// Within the union of two histories, a third makes it not minimal: the rule of Chernikov.
	for i, r := range s.rows {
		if r.history.Within(set) && r != p && r != n {
			// To the front, the others moved up by one.
			copy(s.rows[1:i+1], s.rows[:i])
			s.rows[0] = r
			return true
		}
	}
	return false
}

// decompose writes the multipliers of r over the base rows as a sum of those of
// other rows, by taking off as much of one row as possible until nothing is left.
//
// If rows contains all rows of minimal history, this always succeeds: what is left
// is a member of the cone of histories, and a member other than zero has some
// extreme ray supported within its own support. Otherwise it may get stuck.
// Which proof is found depends on the order of the rows; any is one. It takes a pass over
// the history of each row that lies within that of r.
func (e *engine) decompose(r *row, rows []*row) (proof []share, ok bool) {
	var within []*row
	for _, s := range rows {
		if s != r && s.history.Within(r.history) {
			within = append(within, s)
		}
	}
	// Multipliers that fit machine words nearly always do; wide integers are for the rest.
	if r.v.Small == nil {
		return e.decomposeWide(r, within)
	}
	rest := append([]int64(nil), r.v.Small[len(e.columns):]...)
	for _, s := range within {
		if s.v.Small == nil {
			return e.decomposeWide(r, within)
		}
		y := s.v.Small[len(e.columns):]
		num, den := ratio(rest, y, s.history)
		// Something of its support has been used up by the rows before: none of it can be taken
		// off.
		if num == 0 {
			continue
		}
		// A fraction of the row is taken off: what is left would not be integer.
		if den != 1 {
			return e.decomposeWide(r, within)
		}
		s.history.Each(func(i int) { rest[i] -= num * y[i] }) // num·y[i] <= rest[i]
		proof = append(proof, share{s, rational.NewRat(num, 1)})
	}
	// What is left is 0 exactly if the sum is the whole row.
	for _, x := range rest {
		if x != 0 {
			return nil, false
		}
	}
	return proof, true
}

// ratio returns the greatest num/den with rest - num/den·y >= 0, in lowest terms.
// y is positive on its history and zero elsewhere. 0/1 says that nothing can be taken off.
func ratio(rest, y []int64, history bitset.Set) (num, den int64) {
	first := true
	for k, w := range history {
		// Bit by bit: only where y is positive is there a bound.
		for ; w != 0; w &= w - 1 {
			i := 64*k + bits.TrailingZeros64(w)
			// The support of y is not within that of the rest.
			if rest[i] == 0 {
				return 0, 1
			}
			a, b := rest[i], y[i]
			// In lowest terms, so that num and den are those of the least ratio at the end.
			if g := word.Content([]int64{a, b}); g > 1 {
				a, b = a/g, b/g
			}
			if first || lessFraction(a, b, num, den) {
				num, den, first = a, b, false
			}
		}
	}
	return num, den
}

// lessFraction reports whether a/b < c/d for positive numbers.
// The products have 128 bits.
func lessFraction(a, b, c, d int64) bool {
	hi1, lo1 := bits.Mul64(uint64(a), uint64(d))
	hi2, lo2 := bits.Mul64(uint64(c), uint64(b))
	return hi1 < hi2 || hi1 == hi2 && lo1 < lo2
}

// decomposeWide is decompose in fractions.
// It starts again from r, so that nothing depends on how far the words came.
func (e *engine) decomposeWide(r *row, within []*row) (proof []share, ok bool) {
	width := len(e.columns)
	rest := r.v.Integers(width, r.v.Size()).Rats()
	for _, s := range within {
		var most rational.Rat
		first := true
		s.history.Each(func(i int) {
			if q := rest[i].Quo(rational.RatFromInt(s.v.At(width + i))); first || q.Cmp(most) < 0 {
				most, first = q, false
			}
		})

		if most.IsZero() {
			continue
		}
		s.history.Each(func(i int) { rest[i] = rest[i].Sub(most.Mul(rational.RatFromInt(s.v.At(width + i)))) })
		proof = append(proof, share{s, most})
	}
	return proof, rest.IsZero()
}
