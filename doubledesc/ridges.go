package doubledesc

import (
	"context"
	"math/bits"
	"slices"

	"pstar/internal/bitset"
	"pstar/internal/word"
)

// ridges matches rays by the dim-2 rows along an edge, under a hash of these rows, instead of
// looking at pairs. A ray is simple if it has no more tight rows than the dim-1 that it must
// have. These are independent: another ray is adjacent to it exactly if it has dim-2 of them in
// common with it. Adjacent rays always have dim-2 rows in common. So it is enough to look up
// all sets of dim-2 tight rows of a ray, as long as these are not too many, and to look at the
// pairs that have one in common if neither ray is simple.
//
// The sets of the outer rays are kept, and those of the inner ones are looked up.
type ridges struct {
	dim    int
	hashes []uint64 // by row
	most   int      // rays with more sets than so many are not matched

	keys   []uint64
	rays   []int32  // of the outer rays, counted from 1; 0 where a place is free
	filter []uint64 // bits of keys that may be there: most look-ups end at it
}

// Costs in nanoseconds, measured: of a set that is kept or looked up, and of a word of 64
// candidates for which pairs are looked at. They choose the method only.
const (
	ridgeCost = 14
	wordCost  = 5
)

// mostSets is the number of sets of a ray that are listed at most.
const mostSets = 2000

// ridgeUse says whether rays are matched by ridges.
type ridgeUse uint8

const (
	wherePaying ridgeUse = iota
	// The zero value is what conversions use; the others are for tests.
	always
	never
)

// rayKind tells rays apart by how many sets of dim-2 tight rows they have: one for each row
// (simple), not too many, or too many to list.
type rayKind uint8

const (
	simpleRay rayKind = iota
	nearlySimple
	degenerate
)

// matching is what of the search for adjacent pairs is done by ridges, and what is left.
type matching struct {
	pairs [][2]int32 // adjacent pairs, the outer ray first
	kinds []rayKind  // of the outer rays
	left  bitset.Set // the inner candidates that are left for outer rays that are not degenerate
}

// match finds the pairs that ridges can find, or returns nil if looking at pairs promises to
// take less.
func (e *engine) match(ctx context.Context, outer, inner []int32) *matching {
	r, m := &e.table, &matching{}
	r.dim, r.most = e.dim, min(2*len(e.alive)*wordCost/ridgeCost, mostSets)
	if e.ridges == always {
		r.most = mostSets
	}
	sets, simple := 0, 0
	for _, s := range outer {
		kind, n := r.kind(e.tight[s])
		m.kinds = append(m.kinds, kind)
		sets += n
		if kind == simpleRay {
			simple++
		}
	}
	words := simple * min(len(e.alive), len(inner))
	paying := words*wordCost >= (sets+len(inner)*(e.dim-1))*ridgeCost
	if e.ridges == never || e.ridges == wherePaying && !paying {
		return nil
	}
	m.left = make(bitset.Set, len(e.alive))
	kinds := make([]rayKind, len(inner))
	for i, s := range inner {
		kinds[i], _ = r.kind(e.tight[s])
		if kinds[i] == degenerate {
			m.left.Add(int(s))
		}
	}
	r.prepare(len(e.rowRays), sets)
	var keys []uint64
	for i, s := range outer {
		if m.kinds[i] != degenerate {
			keys = r.list(keys[:0], e.tight[s])
			r.add(s, keys)
		}
	}
	m.pairs = e.lookUp(ctx, inner, kinds)
	return m
}

// lookUp returns the pairs of inner rays with the outer ones whose sets are kept, found by all workers.
func (e *engine) lookUp(ctx context.Context, inner []int32, kinds []rayKind) (pairs [][2]int32) {
	for _, w := range e.workers {
		w.prepare(e)
		w.matched = w.matched[:0]
	}
	e.share(len(inner), shareLookUp, func(w *worker, from, to int) {
		if ctx.Err() != nil {
			return
		}
		for i := from; i < to; i++ {
			if kinds[i] != degenerate {
				w.keys = e.table.list(w.keys[:0], e.tight[inner[i]])
				y := inner[i]
				w.matched, w.unsure = e.table.find(w.matched, w.unsure[:0], w.keys, e.tight, y)
				// Neither ray is simple: sharing dim−2 rows is not enough, and a third ray
				// is looked for.
				for _, x := range w.unsure {
					if e.certified(x, y) || w.witness(e, x, y) < 0 {
						w.matched = append(w.matched, [2]int32{x, y})
					}
				}
			}
		}
	})
	// The order follows the split among the workers; pairs are sorted before they are used.
	for _, w := range e.workers {
		pairs = append(pairs, w.matched...)
	}
	return pairs
}

// kind says what a ray with these tight rows is, and how many sets are listed of it.
func (r *ridges) kind(rows bitset.Set) (rayKind, int) {
	n := rows.Count()
	excess := n - (r.dim - 1)
	if excess == 0 {
		return simpleRay, n
	}
	// The binomial is exact at each step, as every quotient is one.
	sets := 1 // n over excess+1
	for i := range excess + 1 {
		if sets = sets * (n - i) / (i + 1); sets > r.most {
			return degenerate, 0
		}
	}
	return nearlySimple, sets
}

// prepare makes room for so many sets.
// At least twice as many places as sets, a power of two. The memory is that of the row before, if it is enough: a table
// for each row would be half of all that is allocated.
func (r *ridges) prepare(rows, sets int) {
	size := 1 << bits.Len(uint(2*sets))
	r.keys = slices.Grow(r.keys[:0], size)[:size] // what it has at free places does not matter
	r.rays, r.filter = cleared(r.rays, size), cleared(r.filter, max(size/16, 1))
	for k := len(r.hashes); k < rows; k++ {
		r.hashes = append(r.hashes, word.Scrambled(uint64(k)))
	}
}

// cleared returns so many zeros, in the memory of the list if it is long enough.
func cleared[T int32 | uint64](list []T, size int) []T {
	if cap(list) < size {
		return make([]T, size)
	}
	list = list[:size]
	clear(list)
	return list
}

// list appends the hashes of all sets of dim-2 of these rows.
// The hash of a set is the sum modulo 2 of those of its rows, so that leaving one out is
// one operation.
func (r *ridges) list(keys []uint64, rows bitset.Set) []uint64 {
	var all uint64
	var of [64]uint64
	hashes := of[:0]
	for i, w := range rows {
		for ; w != 0; w &= w - 1 {
			h := r.hashes[i<<6+bits.TrailingZeros64(w)]
			all ^= h
			hashes = append(hashes, h)
		}
	}
	return lessEach(keys, all, hashes, len(hashes)-(r.dim-2))
}

// lessEach appends the hash of a set less each choice of so many of its elements.
func lessEach(keys []uint64, all uint64, hashes []uint64, count int) []uint64 {
	if count == 1 {
		for _, h := range hashes {
			keys = append(keys, all^h)
		}
		return keys
	}
	for i := range len(hashes) - count + 1 {
		keys = lessEach(keys, all^hashes[i], hashes[i+1:], count-1)
	}
	return keys
}

// add keeps the sets of an outer ray.
// Several outer rays may have the same set: each has a place.
func (r *ridges) add(s int32, keys []uint64) {
	mask := uint64(len(r.keys) - 1)
	for _, key := range keys {
		bit := key >> 40 % uint64(64*len(r.filter))
		r.filter[bit>>6] |= 1 << (bit & 63)
		at := key & mask
		for r.rays[at] != 0 {
			at = (at + 1) & mask
		}
		r.keys[at], r.rays[at] = key, s+1
	}
}

// find appends the pairs of an outer ray and y that are adjacent since one of them is simple
// and, to unsure, the outer rays that may be: neither is, and they have dim-2 rows in common.
// A pair can be met once for each set that the two share; a simple ray shares one only.
func (r *ridges) find(pairs [][2]int32, unsure []int32, keys []uint64, tight []bitset.Set, y int32) ([][2]int32, []int32) {
	mask := uint64(len(r.keys) - 1)
	simple := tight[y].Count() == r.dim-1
	for _, key := range keys {
		bit := key >> 40 % uint64(64*len(r.filter))
		if r.filter[bit>>6]>>(bit&63)&1 == 0 {
			continue
		}
		for at := key & mask; r.rays[at] != 0; at = (at + 1) & mask {
			if r.keys[at] != key {
				continue
			}
			x := r.rays[at] - 1
			common := tight[x].CountCommon(tight[y])
			switch {
			// Hashes that meet by chance are found out by counting.
			case common < r.dim-2: // by chance
			case simple || tight[x].Count() == r.dim-1:
				pairs = append(pairs, [2]int32{x, y})
			case !slices.Contains(unsure, x): // met once for each set in common
				unsure = append(unsure, x)
			}
		}
	}
	return pairs, unsure
}
