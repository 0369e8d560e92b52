package cone

import (
	"math/big"
	"math/bits"

	"pstar/rational"
)

// smallPrime is the modulus of a [SmallElimination]. Sums c·x + y of residues fit sixteen bits.
const smallPrime = 127

// SmallElimination is an [Elimination] modulo 127 of rows with few coordinates, four to a word. It
// takes a fraction of the time. One in a hundred determinants is 0 modulo 127, so that the
// other one is asked where this finds too few rows independent.
type SmallElimination struct {
	rows   []uint64 // those added since Reset, reduced, with leading entry 1
	pivots []uint8  // their leading coordinates
	row    []uint64
}

// SmallRow is a row modulo 127.
type SmallRow []uint64

// NewSmallElimination returns an elimination for rows of dimension dim, or nil if that is not small.
func NewSmallElimination(dim int) *SmallElimination {
	// The coordinate of a pivot is one byte, and beyond this the sparse elimination is faster anyway.
	if dim > 64 {
		return nil
	}
	return &SmallElimination{row: make([]uint64, (dim+3)/4)}
}

// Row prepares a row.
func (e *SmallElimination) Row(v Vector) SmallRow {
	row := make(SmallRow, len(e.row))
	for _, x := range v {
		// Lanes are 16 bits wide: 7 of the residue, and 7 more for what is added to it.
		row[x.Index/4] |= modSmall(x.Value) << (x.Index % 4 * 16)
	}
	return row
}

// modSmall returns an entry modulo 127.
func modSmall(x rational.Int) uint64 {
	// Most entries are words.
	small, ok := x.Int64()
	if !ok {
		small = new(big.Int).Mod(x.Big(), big.NewInt(smallPrime)).Int64()
	}
	// Go's remainder has the sign of the number.
	if small %= smallPrime; small < 0 {
		small += smallPrime
	}
	return uint64(small)
}

// Reset forgets the rows added.
func (e *SmallElimination) Reset() { e.rows, e.pivots = e.rows[:0], e.pivots[:0] }

// Rank returns the number of independent rows added since the last Reset.
func (e *SmallElimination) Rank() int { return len(e.pivots) }

// Add adds a row unless it depends, modulo 127, on those added before.
func (e *SmallElimination) Add(r SmallRow) {
	// A buffer of the elimination: rows that depend on others are the rule, and leave nothing behind.
	row := e.row
	copy(row, r)
	// Each pivot row is 0 in the columns of those before it, so that one pass in their order does.
	for k, at := range e.pivots {
		if c := row[at/4] >> (at % 4 * 16) & lane; c != 0 {
			// In words of four lanes, as many as a row has.
			pivot := e.rows[k*len(row) : (k+1)*len(row)]
			// A pivot row has nothing before its pivot.
			for i := int(at / 4); i < len(row); i++ {
				row[i] = reduced(row[i] + (smallPrime-c)*pivot[i])
			}
		}
	}
	for i, w := range row {
		// The first lane that is not 0 is the pivot of the row.
		if w != 0 {
			at := bits.TrailingZeros64(w) / 16
			e.pivots = append(e.pivots, uint8(4*i+at))
			c := uint64(smallInverses[w>>(16*at)&lane])
			for ; i < len(row); i++ {
				// Scaled to 1 at the pivot, so that reducing by it takes no division.
				row[i] = reduced(c * row[i])
			}
			e.rows = append(e.rows, row...)
			return
		}
	}
}

// lane is the least of the four numbers of a word.
const lane = 1<<16 - 1

// reduced reduces four numbers below 2^14 modulo 127 = 2^7 - 1.
func reduced(x uint64) uint64 {
	const ones = 1<<48 | 1<<32 | 1<<16 | 1
	// 2^7 is 1 modulo 127: the digits above the seventh are added to those below, in all four lanes.
	x = x&(127*ones) + x>>7&(511*ones)
	x = x&(127*ones) + x>>7&(511*ones) // at most 127
	// 127 itself becomes 0: adding one carries into the eighth digit only there.
	return (x + (x+ones)>>7&ones) & (127 * ones)
}

// smallInverses are the inverses modulo 127.
var smallInverses = func() (inverses [smallPrime]uint8) {
	inverses[1] = 1
	for x := 2; x < smallPrime; x++ {
		// Every inverse from a smaller one: q·x = −r modulo 127.
		q, r := smallPrime/x, smallPrime%x // q·x = -r
		inverses[x] = uint8((smallPrime - q) * int(inverses[r]) % smallPrime)
	}
	return inverses
}()
