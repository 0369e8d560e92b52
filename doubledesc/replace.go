package doubledesc

import (
	"context"
	"math"
	"math/bits"
	"slices"

	"pstar/doubledesc/internal/ray"
	"pstar/internal/bitset"
)

// pair is an adjacent pair of rays on opposite sides of the row in hand.
type pair struct{ minus, plus int32 }

// newRay is the ray between those of a pair, with the rows that are tight at it, and a basis or nil.
type newRay struct {
	ray          ray.Vector
	tight, basis bitset.Set
}

// aheadOne and aheadMany are about how many rays one worker and several make before they are put into their
// slots: as many as keep all busy, and few where that costs time only, as what is made ahead is looked
// through by the collector.
const aheadOne, aheadMany = 1 << 6, 1 << 10

// replaceNegative makes the new rays on row k and removes the negative ones, on all workers. Pairs are
// taken negative ray by negative ray, so that the last one made from a negative ray can take over its
// slot and its memory. When ctx ends the engine is of no more use.
func (e *engine) replaceNegative(ctx context.Context, pairs []pair, k int) error {
	slices.SortFunc(pairs, func(p, q pair) int {
		if p.minus != q.minus {
			return int(p.minus - q.minus)
		}
		return int(p.plus - q.plus)
	})
	ahead, left := aheadOne, e.minus
	if len(e.workers) > 1 {
		ahead = aheadMany
	}
	// discard takes out negative rays below a slot, of which nothing is made.
	discard := func(below int32) {
		for ; len(left) > 0 && left[0] < below; left = left[1:] {
			e.change(left[0], 0)
			e.alive.Remove(int(left[0]))
			e.free = append(e.free, left[0])
		}
	}
	// Some negative rays at a time, wholly. Once in any case, for the rays that stay.
	for from, to := 0, 0; ; from = to {
		if ctx.Err() != nil {
			return context.Cause(ctx)
		}
		for to = min(from+ahead, len(pairs)); to < len(pairs) && !isLast(pairs, to-1); to++ {
		}
		e.makeRays(pairs[from:to], k)
		for i := from; i < to; i++ {
			s := pairs[i].minus
			discard(s) // before, so that new rays come near to those that they are made of
			// Pairs before the last one still needed the ray, so they get slots of their own.
			if isLast(pairs, i) {
				left = left[1:]
			} else {
				s = e.allocate()
			}
			e.change(s, 1+i-from)
		}
		if to < len(pairs) {
			e.settle(k)
			continue
		}
		discard(math.MaxInt32)
		e.settle(k)
		return nil
	}
}

// change notes that the ray in a slot is to be replaced by a new one, given by its place among made.
// Place 0 is that of no ray.
func (e *engine) change(s int32, made int) {
	e.place[s] = int32(made)
	e.changed.Add(int(s))
}

// settle puts the rays that were made into their slots, and the rays that are zero on row k on it.
// A piece is of whole words of slots, and so of words of the sets of rays.
func (e *engine) settle(k int) {
	e.share(len(e.alive), shareWords, func(_ *worker, from, to int) {
		for i := from; i < to; i++ {
			for w := e.zero[i]; w != 0; w &= w - 1 {
				e.tight[i<<6+bits.TrailingZeros64(w)].Add(k)
			}
			for w := e.changed[i]; w != 0; w &= w - 1 {
				s := i<<6 + bits.TrailingZeros64(w)
				n := &e.made[e.place[s]]
				e.retight(int32(s), n.tight)
				e.rays[s], e.basis[s] = n.ray, n.basis
				if e.place[s] > 0 { // else it is nobody's own
					n.ray, n.basis = ray.Vector{}, nil
				}
			}
			e.zero[i], e.changed[i] = 0, 0
		}
	})
}

// makeRays makes the rays of pairs, on all workers. The last of a negative ray may take over its memory,
// unless others may still be at one of it.
func (e *engine) makeRays(pairs []pair, k int) {
	for len(e.made) <= len(pairs) {
		e.made = append(e.made, newRay{tight: make(bitset.Set, e.words)})
	}
	piece := shareMake
	if len(e.workers) == 1 {
		piece = len(pairs)
	}
	e.share(len(pairs), piece, func(w *worker, from, to int) {
		whole := from == 0 || isLast(pairs, from-1) // all pairs of the negative ray are of this piece
		for i := from; i < to; i++ {
			last := isLast(pairs, i)
			w.make(e, pairs[i], k, last && whole, &e.made[1+i])
			whole = whole || last
		}
	})
}

// isLast reports whether a pair is the last one of its negative ray.
func isLast(pairs []pair, i int) bool { return i+1 == len(pairs) || pairs[i+1].minus != pairs[i].minus }

// make makes the ray of a pair on row k. If reuse is set, the ray on the negative side is not
// needed any more, and its memory may become that of the new one.
func (w *worker) make(e *engine, p pair, k int, reuse bool, into *newRay) {
	for i, m := range e.tight[p.minus] {
		into.tight[i] = m & e.tight[p.plus][i]
	}
	into.tight.Add(k)
	into.basis = w.basisOnRow(e, p.minus, p.plus, k, reuse)
	into.ray = ray.Combine(e.value[p.plus], &e.rays[p.minus], e.value[p.minus].Neg(), &e.rays[p.plus], reuse)
}

// basisOnRow returns dim-1 independent rows tight at the ray made from the
// adjacent pair m, p on row k, or nil if neither basis gives them: the dim-2
// rows that certify the pair, and row k, which does not vanish on the face that
// they cut out. If reuse is set, the set of m may become the result.
func (w *worker) basisOnRow(e *engine, m, p int32, k int, reuse bool) bitset.Set {
	// Either of the two bases may prove it; that of m can be changed in place.
	for _, side := range [2][2]int32{{m, p}, {p, m}} {
		own, other := e.basis[side[0]], e.tight[side[1]]
		if own == nil || own.CountCommon(other) != e.dim-2 {
			continue
		}
		if !reuse || side[0] != m {
			own = slices.Clone(own)
		}
		for i := range own {
			own[i] &= other[i]
		}
		own.Add(k)
		return own
	}
	// The bases do not prove it; a search may.
	return w.findBasis(e, m, p, k)
}

// findBasis looks for dim-2 rows tight at both m and p that are independent modulo
// the equations and modulo a prime, earliest rows first: later rows bring coordinates of their own and are
// lost again when those coordinates move. Neighbours in lexicographic order tend to depend on
// the same rows, so after one that is dependent twice as many are passed over, and come last.
// It returns nil if the prime hides one.
func (w *worker) findBasis(e *engine, m, p int32, k int) bitset.Set {
	w.common = w.common[:0]
	for i, both := range e.tight[m] {
		for both &= e.tight[p][i]; both != 0; both &= both - 1 {
			w.common = append(w.common, int32(i<<6+bits.TrailingZeros64(both)))
		}
	}
	w.elimination.Reset()
	basis := make(bitset.Set, e.words)
	try := func(i int) (independent bool) {
		row := w.common[i]
		w.common[i] = -1
		if row >= 0 && w.elimination.Add(e.residues[row]) {
			basis.Add(int(row))
			return true
		}
		return false
	}
	// The step doubles after each row that is dependent, and is 1 again after one that is
	// not.
	for i, step := 0, 1; i < len(w.common) && w.elimination.Rank() < e.dim-2; i += step {
		if step *= 2; try(i) {
			step = 1
		}
	}
	// What was passed over, in order.
	for i := 0; i < len(w.common) && w.elimination.Rank() < e.dim-2; i++ {
		try(i)
	}
	// The rank is that modulo a prime, which may be less than the true one.
	if w.elimination.Rank() < e.dim-2 {
		return nil
	}
	basis.Add(k)
	return basis
}
