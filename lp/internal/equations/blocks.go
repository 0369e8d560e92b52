package equations

import (
	"pstar/internal/each"
	"pstar/rational"
)

// block is a part of the nucleus that has no entry in common with the rest of it. The solution of each is
// lifted by itself: the entries of all of them over one denominator would be as long as
// all their denominators together, and the programs of practice fall apart into hundreds, one for each
// product or period.
type block struct {
	lifter    *lifter
	positions []int32
	rows      []int32 // as many, in the order of the pivots that are guessed
}

// outside is in place of the number of a row that is not in the nucleus.
const outside = -1

// blocks divides the nucleus, of which positions and rows are given in the order of a guess at good
// pivots. What the guess puts together stays together, so that each block is square; lines without entries
// are in blocks that are singular. It numbers the rows in place. Blocks are in the order of their first pivots.
func (m *Matrix) blocks(positions, rows, place []int32) (list []block) {
	// Pivots are the nodes of a graph, entries its edges: from the pivot of the position to that of the row.
	above := make([]int32, len(positions))
	for k, i := range rows {
		place[i], above[k] = int32(k), int32(k)
	}
	for k, p := range positions {
		index, _ := m.columns.Part(int(p))
		for _, i := range index {
			if place[i] != outside {
				// The smaller number stays on top, so that the first pivot of a block is its root.
				a, b := root(above, int32(k)), root(above, place[i])
				above[max(a, b)] = min(a, b)
			}
		}
	}
	number := make([]int32, len(positions)) // of the block of every root
	for k, p := range positions {
		r := root(above, int32(k))
		if r == int32(k) {
			number[k] = int32(len(list))
			list = append(list, block{})
		}
		part := &list[number[r]]
		part.positions, part.rows = append(part.positions, p), append(part.rows, rows[k])
	}
	return list
}

// root returns the pivot that stands for the block of k, and shortens the way to it.
func root(above []int32, k int32) int32 {
	for above[k] != k {
		above[k] = above[above[k]]
		k = above[k]
	}
	return k
}

// factor makes the lifter of the block, and numbers its rows in place. If the block is singular modulo the prime, it returns the positions
// and rows that lack a pivot.
func (b *block) factor(prime uint64, columns *Lines, place []int32) (positions, rows []int32) {
	for k, i := range b.rows {
		place[i] = int32(k)
	}
	// Entries in rows that are done are left out: these equations are for other unknowns.
	start, row, value := []int32{0}, []int32(nil), []rational.Int(nil)
	for _, p := range b.positions {
		index, values := columns.Part(int(p))
		for e, i := range index {
			if place[i] != outside {
				row, value = append(row, place[i]), append(value, values[e])
			}
		}
		start = append(start, int32(len(row)))
	}
	// The guess at pivots is in the numbering.
	identity := each.To(len(b.positions), func(k int) int32 { return int32(k) })
	b.lifter, positions, rows = newLifter(prime, start, row, value, identity, identity)
	// From numbers within the block to those of the matrix.
	for k, p := range positions {
		positions[k], rows[k] = b.positions[p], b.rows[rows[k]]
	}
	return positions, rows
}
