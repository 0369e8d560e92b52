package certificate

import (
	"math/big"
	"slices"
)

// linearRow is Σ value·x_index >= 0, or > 0 if strict, or = 0, over the nonzero
// entries, by ascending index.
type linearRow struct {
	entries       []linearEntry
	strict, equal bool
}

type linearEntry struct {
	index int
	value *big.Rat
	small int64 // the value, if it is an integer below smallLimit, else 0
}

// A product of two numbers below smallLimit and a number below half the square of
// smallLimit add up to one that fits in int64.
const smallLimit = 1 << 31

// small is x if that is an integer below smallLimit in magnitude, else 0.
func small(x *big.Rat) int64 {
	if !x.IsInt() || !x.Num().IsInt64() {
		return 0
	}
	if v := x.Num().Int64(); -smallLimit < v && v < smallLimit {
		return v
	}
	return 0
}

// at is the entry of a column, or nil.
func (row linearRow) at(column int) *big.Rat {
	i, found := slices.BinarySearchFunc(row.entries, column, func(e linearEntry, c int) int { return e.index - c })
	if !found {
		return nil
	}
	return row.entries[i].value
}

func (row linearRow) sign(column int) int {
	if x := row.at(column); x != nil {
		return x.Sign()
	}
	return 0
}

// words is the memory that the row takes.
func (row linearRow) words() uint64 {
	words := uint64(16)
	for _, e := range row.entries {
		words += 16 + wordsOf(e.value.Num()) + wordsOf(e.value.Denom())
	}
	return words
}

// positiveMultiple says whether row = c·other with c > 0.
func (row linearRow) positiveMultiple(r *reader, other linearRow) bool {
	if len(row.entries) != len(other.entries) {
		return false
	}
	var c *big.Rat
	for i, e := range row.entries {
		o := other.entries[i]
		if i == 0 {
			c = r.quo(e.value, o.value)
		}
		if c.Sign() < 0 || e.index != o.index || r.cmp(r.mul(c, o.value), e.value) != 0 {
			return false
		}
	}
	return true
}

// rowSum adds multiples of rows. The sum in a column is that of both parts.
type rowSum struct {
	*reader
	words   []int64    // by column, below half the square of smallLimit
	values  []*big.Rat // by column; nil is 0
	touched []int      // the columns that may not be 0
	isIn    []bool     // by column: it is touched
}

func newRowSum(r *reader, columns int) *rowSum {
	return &rowSum{reader: r, words: make([]int64, columns), values: make([]*big.Rat, columns), isIn: make([]bool, columns)}
}

// smallCost is that of adding a product of small numbers.
const smallCost = 20

// add adds c times a row.
func (s *rowSum) add(row linearRow, c *big.Rat) {
	factor := small(c)
	for _, e := range row.entries {
		i := e.index
		if !s.isIn[i] {
			s.isIn[i], s.touched = true, append(s.touched, i)
		}
		if factor != 0 && e.small != 0 {
			s.spend(1, smallCost)
			if s.words[i] += factor * e.small; s.words[i] <= -smallLimit*smallLimit/2 || s.words[i] >= smallLimit*smallLimit/2 {
				s.put(i, s.at(i))
			}
			continue
		}
		s.put(i, s.reader.add(s.at(i), s.mul(c, e.value)))
	}
}

// at is the sum in a column.
func (s *rowSum) at(i int) *big.Rat {
	if s.words[i] == 0 && s.values[i] != nil {
		return s.values[i]
	}
	x := new(big.Rat).SetInt64(s.words[i])
	if s.values[i] != nil {
		x = s.reader.add(s.values[i], x)
	}
	return x
}

// put makes x the sum in a column.
func (s *rowSum) put(i int, x *big.Rat) { s.words[i], s.values[i] = 0, x }

// zero says whether the sum is 0, and makes it so.
func (s *rowSum) zero() bool {
	zero := true
	for _, i := range s.touched {
		if s.words[i] != 0 || s.values[i] != nil {
			zero = zero && s.at(i).Sign() == 0
			s.put(i, nil)
		}
		s.isIn[i] = false
	}
	s.touched = s.touched[:0]
	return zero
}

// take returns the entries of the sum and makes it 0.
func (s *rowSum) take() (entries []linearEntry) {
	slices.Sort(s.touched)
	s.spend(len(s.touched), lookCost)
	for _, i := range s.touched {
		if x := s.at(i); x.Sign() != 0 {
			entries = append(entries, linearEntry{i, x, small(x)})
		}
	}
	s.zero()
	return entries
}
