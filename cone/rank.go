package cone

import (
	"math/big"
	"sort"

	"pstar/internal/each"
	"pstar/rational"
)

// Rank returns the rank of the rows over the rationals, by sparse fraction-free
// elimination.
func Rank(rows []Vector, dim int) int {
	// A rank modulo a prime is never too large, so that it proves what cannot be more.
	if upper := min(len(rows), dim); ModularRank(rows, dim) == upper {
		return upper
	}
	// Fewer than the most possible: perhaps the prime divides a minor, which only exact numbers tell.
	basis, _ := echelon(rareFirst(rows, dim))
	return len(basis)
}

// HasRank reports whether the rank of the rows is want, a number that the
// caller knows to be an upper bound. A rank modulo a prime never exceeds the
// true rank, so reaching the bound there proves it; otherwise the exact rank
// decides.
func HasRank(rows []Vector, dim, want int) bool {
	if len(rows) < want {
		// The bound cannot be reached.
		return false
	}
	e := NewElimination(rows, dim)
	for _, r := range rows {
		if e.Rank() == want {
			return true // more rows cannot raise it
		}
		e.Add(e.Residues(r))
	}
	// Too few modulo the prime says nothing yet.
	return e.Rank() == want || Rank(rows, dim) == want
}

// prime is the modulus of ModularRank: 2^31 - 1, so that products fit a word.
const prime = 1<<31 - 1

// ModularRank returns the rank of the rows modulo a fixed prime: a lower bound
// for their rank. Columns are eliminated rarest first, which keeps rows of two
// or three entries short.
func ModularRank(rows []Vector, dim int) int {
	e := NewElimination(rows, dim)
	// In any order: the rank modulo the prime does not depend on it.
	for _, r := range rows {
		e.Add(e.Residues(r))
	}
	return e.Rank()
}

// Elimination is Gaussian elimination modulo a fixed prime, a row at a time.
// Rows that it finds independent are independent over the rationals; the
// converse may fail.
type Elimination struct {
	position []int32 // by coordinate: its place in the order of elimination
	// A row for each leading column that has one.
	byPivot  [][]residue
	pivots   []int32
	row, sum []residue
}

// NewElimination returns an elimination without rows. The order of its columns
// suits the given rows; other rows may be added too.
func NewElimination(rows []Vector, dim int) *Elimination {
	return &Elimination{position: columnOrder(rows, dim), byPivot: make([][]residue, dim)}
}

// Another returns an elimination without rows, which takes the same residues: eliminations are
// not for several goroutines at once, residues are.
func (e *Elimination) Another() *Elimination {
	return &Elimination{position: e.position, byPivot: make([][]residue, len(e.byPivot))}
}

// Residues is a row modulo the prime, ready to be added any number of times.
type Residues []residue

// Residues prepares a row.
func (e *Elimination) Residues(row Vector) Residues {
	return residues(nil, row, e.position)
}

// Rank returns the number of independent rows added since the last Reset.
func (e *Elimination) Rank() int { return len(e.pivots) }

// Reset forgets the rows added.
func (e *Elimination) Reset() {
	// Only the columns that have a pivot: a reset costs as much as was added.
	for _, c := range e.pivots {
		e.byPivot[c] = nil
	}
	e.pivots = e.pivots[:0]
}

// Add adds a row and reports whether it is independent, modulo the prime, of
// those added before.
func (e *Elimination) Add(r Residues) bool {
	// A copy, since the same residues are added again after a reset.
	e.row = append(e.row[:0], r...)
	for len(e.row) > 0 {
		lead := e.row[0].column
		pivot := e.byPivot[lead]
		// A new leading column: the row is independent of those before.
		if pivot == nil {
			e.byPivot[lead] = normalised(e.row)
			e.pivots = append(e.pivots, lead)
			return true
		}
		e.sum = subtractMultiple(e.sum[:0], e.row, pivot)
		// Two buffers take turns, so that nothing is allocated in the loop.
		e.row, e.sum = e.sum, e.row
	}
	return false
}

// residue is a nonzero entry modulo prime, in the column order of the
// elimination.
type residue struct {
	column int32
	value  uint32
}

// residues appends the entries of v that are not 0 modulo the prime, in the order of elimination.
func residues(buf []residue, v Vector, position []int32) []residue {
	for _, e := range v {
		// Entries that the prime divides are zeros of the residues.
		if x := modPrime(e.Value); x != 0 {
			buf = append(buf, residue{position[e.Index], x})
		}
	}
	if len(buf) <= 8 { // insertion sort: rows are short
		for i := 1; i < len(buf); i++ {
			for j := i; j > 0 && buf[j].column < buf[j-1].column; j-- {
				buf[j], buf[j-1] = buf[j-1], buf[j]
			}
		}
	} else {
		sort.Slice(buf, func(i, j int) bool { return buf[i].column < buf[j].column })
	}
	return buf
}

// modPrime is x modulo the prime, between 0 and prime-1.
func modPrime(x rational.Int) uint32 {
	if small, ok := x.Int64(); ok {
		// The remainder has the sign of the number.
		m := small % prime
		if m < 0 {
			m += prime
		}
		return uint32(m)
	}
	// Of a long number the remainder only.
	m := new(big.Int).Mod(x.Big(), big.NewInt(prime))
	return uint32(m.Uint64())
}

// normalised returns a copy of row scaled to leading entry 1.
func normalised(row []residue) []residue {
	if row[0].value == 1 {
		return append([]residue(nil), row...)
	}
	// One inversion for the row.
	inverse := invert(uint64(row[0].value))
	scaled := make([]residue, len(row))
	for i, e := range row {
		scaled[i] = residue{e.column, uint32(uint64(e.value) * inverse % prime)}
	}
	return scaled
}

// invert returns 1/x modulo prime, as x^(prime-2).
func invert(x uint64) uint64 {
	if x == prime-1 { // -1, the most frequent one after 1
		return x
	}
	result := uint64(1)
	// Fermat: x^(p-1) = 1. Squares of numbers below 2^31 fit a word.
	for e := uint64(prime - 2); e > 0; e >>= 1 {
		if e&1 == 1 {
			result = result * x % prime
		}
		x = x * x % prime
	}
	return result
}

// subtractMultiple appends row - row[0]·pivot to buf, where pivot has leading
// entry 1 in the leading column of row.
func subtractMultiple(buf, row, pivot []residue) []residue {
	// row[0] times the pivot is taken off as a positive multiple.
	c := prime - uint64(row[0].value)
	// The leading entries cancel, and are left out.
	i, j := 1, 1
	for i < len(row) || j < len(pivot) {
		switch {
		case j == len(pivot) || i < len(row) && row[i].column < pivot[j].column:
			buf = append(buf, row[i])
			i++
		case i == len(row) || pivot[j].column < row[i].column:
			buf = append(buf, residue{pivot[j].column, uint32(c * uint64(pivot[j].value) % prime)})
			j++
		default:
			// Both rows have the column: it may cancel.
			if x := (uint64(row[i].value) + c*uint64(pivot[j].value)) % prime; x != 0 {
				buf = append(buf, residue{row[i].column, uint32(x)})
			}
			i++
			j++
		}
	}
	return buf
}

// columnOrder gives each column its place in the order by number of entries,
// fewest first.
func columnOrder(rows []Vector, dim int) []int32 {
	count := make([]int32, dim)
	for _, r := range rows {
		for _, e := range r {
			// Rare columns first: eliminating them touches few rows.
			count[e.Index]++
		}
	}
	columns := each.To(dim, func(i int) int { return i })
	// Stable, so that the order, and with it every result that depends on it, is the same each time.
	sort.SliceStable(columns, func(a, b int) bool { return count[columns[a]] < count[columns[b]] })
	position := make([]int32, dim)
	for place, c := range columns {
		position[c] = int32(place)
	}
	return position
}

// rareFirst returns the rows with their columns renumbered by columnOrder:
// the same rank, with less fill during elimination.
func rareFirst(rows []Vector, dim int) []Vector {
	// Renumbered, and nothing else: the rank is that of the rows.
	return permuted(rows, each.Of(columnOrder(rows, dim), func(p int32) int { return int(p) }))
}
