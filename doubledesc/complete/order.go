package complete

import (
	"cmp"
	"math/bits"
	"slices"

	"pstar/internal/bitset"
)

// ordered returns the same claim with rows in an order that depends little on where they
// came from, and the rays in order: rows by the sizes of the rays on them, and of the rays on
// the same rows as these. Claims that differ in the order of the rows only look the same then,
// as a rule, and are proved once.
//
// It is no canonical form, which would be as hard as isomorphism; claims that look
// different are proved twice. What is proved does not change with the order.
func (t *table) ordered() *table {
	rays := make([]uint64, len(t.on))
	for i, s := range t.on {
		rays[i] = hash(uint64(s.Count()))
	}
	rows := make([]uint64, t.rows)
	// The first round gives rows their colour by the sizes of rays, then rays theirs by
	// the rows; the second round gives rows the final one.
	for round := range 2 {
		clear(rows)
		for i, s := range t.on {
			for k, w := range s {
				for ; w != 0; w &= w - 1 {
					rows[k<<6+bits.TrailingZeros64(w)] += rays[i]
				}
			}
		}
		if round == 0 {
			for i, s := range t.on {
				sum := uint64(0)
				for k, w := range s {
					for ; w != 0; w &= w - 1 {
						sum += hash(rows[k<<6+bits.TrailingZeros64(w)])
					}
				}
				rays[i] = hash(sum)
			}
		}
	}
	order := make([]int32, t.rows)
	for k := range order {
		order[k] = int32(k)
	}
	// Rows of the same colour stay in the order in which they were.
	slices.SortStableFunc(order, func(a, b int32) int { return cmp.Compare(rows[a], rows[b]) })
	place := make([]int32, t.rows)
	for k, x := range order {
		place[x] = int32(k)
	}
	moved := &table{dim: t.dim, rows: t.rows, on: bitset.Several(len(t.on), t.rows)}
	for i, s := range t.on {
		for k, w := range s {
			for ; w != 0; w &= w - 1 {
				moved.on[i].Add(int(place[k<<6+bits.TrailingZeros64(w)]))
			}
		}
	}
	// Guesses move rows, which have new numbers.
	for _, g := range t.guesses {
		guess := make([]int32, len(g))
		for k, to := range g {
			guess[place[k]] = place[to]
		}
		moved.guesses = append(moved.guesses, guess)
	}
	// The order of the rays has no meaning either.
	slices.SortFunc(moved.on, func(a, b set) int { return slices.Compare(a, b) })
	return moved
}
