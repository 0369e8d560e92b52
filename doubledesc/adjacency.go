package doubledesc

import (
	"context"
	"math/bits"
	"slices"

	"pstar/cone"
	"pstar/internal/bitset"
)

// adjacentPairs returns all pairs of adjacent rays on opposite sides of the row
// in hand.
//
// Two extreme rays x, y are adjacent if no third ray z is tight on all rows
// tight at both (Fukuda and Prodon 1996, Proposition 7). Most pairs are not,
// and a third ray that shows it for one pair shows it for many: for a fixed x,
// the ray z disposes of every y that is tight on none of the rows D = Z(x)∖Z(z).
// With the rays of each row kept as a bit set, the candidates y that z leaves
// are the union of the rays of the rows in D: 64 pairs are tested in each word
// operation, and no pair is looked at alone until few are left.
func (e *engine) adjacentPairs(ctx context.Context, report func(searched, of int)) ([]pair, error) {
	// The shorter side is outside: each outer ray costs a pass over the words of the inner
	// ones.
	outer, inner := e.plus, e.minus
	if len(inner) < len(outer) {
		outer, inner = inner, outer
	}
	flip := len(e.minus) < len(e.plus)
	candidates := make(bitset.Set, len(e.alive))
	for _, s := range inner {
		candidates.Add(int(s))
	}
	// Ordered long ago is good enough while few rows have come.
	e.ordered = len(e.rowRays) <= len(e.scarce)+len(e.scarce)/16
	matched := e.match(ctx, outer, inner)
	found := e.search(ctx, outer, candidates, matched, report)
	if ctx.Err() != nil {
		return nil, context.Cause(ctx)
	}
	var pairs []pair
	add := func(outer, inner int32) {
		if flip {
			pairs = append(pairs, pair{minus: outer, plus: inner})
		} else {
			pairs = append(pairs, pair{minus: inner, plus: outer})
		}
	}
	if matched != nil {
		for _, p := range matched.pairs {
			add(p[0], p[1])
		}
	}
	// In the order of outer rays, so that it does not depend on the workers.
	for i, list := range found {
		for _, s := range list {
			add(outer[i], s)
		}
	}
	return pairs, nil
}

// search returns the neighbours of each outer ray among the candidates, but those that ridges have matched.
// Each is written by the worker that has its ray.
func (e *engine) search(ctx context.Context, outer []int32, candidates bitset.Set, matched *matching, report func(searched, of int)) [][]int32 {
	found := make([][]int32, len(outer))
	for _, w := range e.workers {
		w.prepare(e)
	}
	told := 0
	e.share(len(outer), shareSearch, func(w *worker, from, to int) {
		if ctx.Err() != nil {
			return
		}
		// The first one, which is the caller, tells how far all of them are.
		if w == e.workers[0] && from >= told+reportEach {
			told = from
			report(from, len(outer))
		}
		for i := from; i < to; i++ {
			left := candidates
			// What ridges have matched need not be looked at again.
			if matched != nil && matched.kinds[i] != degenerate {
				left = matched.left
			}
			found[i] = w.neighbours(ctx, e, outer[i], left)
		}
	})
	if len(outer) > reportEach && ctx.Err() == nil {
		report(len(outer), len(outer))
	}
	return found
}

// reportEach is after how many outer rays it is told how many have been looked at.
const reportEach = 64

// orderRows sorts the row numbers by how many rays are tight on them, when it is first needed
// or there are a sixteenth more rows than the last time: what is looked up in that order does not
// depend on it, nor does it need all rows. It counts, since there may be many rows and few rays.
func (e *engine) orderRows() []int32 {
	e.ordering.Lock()
	defer e.ordering.Unlock()
	if e.ordered {
		return e.scarce
	}
	e.ordered = true
	sizes, most := make([]int32, len(e.rowRays)), int32(0)
	for k, rays := range e.rowRays {
		sizes[k] = int32(rays.Count())
		most = max(most, sizes[k])
	}
	// Counting sort: sizes are small numbers.
	from := make([]int32, most+2) // by size: the place of the next row of that size
	for _, n := range sizes {
		from[n+1]++
	}
	for n := range most + 1 {
		from[n+1] += from[n]
	}
	e.scarce = slices.Grow(e.scarce[:0], len(sizes))[:len(sizes)]
	for k, n := range sizes {
		e.scarce[from[n]] = int32(k)
		from[n]++
	}
	return e.scarce
}

// share runs work on all of 0..n-1, in pieces of so many or less, on all workers. What is found does not depend
// on who takes which. A row may be short: then there are some pieces for everybody.
func (e *engine) share(n, piece int, work func(w *worker, from, to int)) {
	if len(e.workers) > 1 {
		piece = max(min(piece, n/16), 1)
	}
	e.crew.Pieces(n, piece, func(i, from, to int) { work(e.workers[i], from, to) })
}

// Pieces of about twenty microseconds: rays whose neighbours are looked for, rays that are evaluated, by words of
// slots, looked up, made and written out.
const (
	shareSearch = 1 << 2
	shareWords  = 1 << 4
	shareLookUp = 1 << 5
	shareMake   = 1 << 4
	shareWiden  = 1 << 6
)

// worker has the scratch memory of one goroutine and its list of witnesses:
// rays that have disposed of candidates lately, most recent first. The list
// changes how fast pairs are disposed of, never which.
type worker struct {
	witnesses []int32
	left      bitset.Set // candidates not disposed of
	live      []int32    // the words of left that are not zero, within buffer
	buffer    []int32
	pieces    []piece      // of the rays tight on all rows so far
	rows      []int32      // the rows of D
	sets      []bitset.Set // the rays of some rows
	scarce    []int32      // those of the engine, or nil if they are not needed yet
	few       []int32

	keys    []uint64 // scratch of match
	unsure  []int32
	piece   []cone.Entry // scratch of vectors
	matched [][2]int32   // pairs that this worker has found by ridges

	elimination *cone.Elimination // scratch of findBasis, and
	common      []int32
}

// maxWitnesses bounds the list that is tried on each ray before pairs are
// looked at alone.
const maxWitnesses = 48

// prepare drops witnesses that are no longer rays and sizes the scratch sets.
// A set that is long enough is used again.
func (w *worker) prepare(e *engine) {
	w.scarce = nil
	w.witnesses = slices.DeleteFunc(w.witnesses, func(s int32) bool { return !e.alive.Has(int(s)) })
	if len(w.left) < len(e.alive) {
		w.left = make(bitset.Set, len(e.alive))
		w.buffer = make([]int32, len(e.alive))
	}
}

// neighbours returns the members of candidates that are adjacent to ray x, or some of
// them if ctx ends.
func (w *worker) neighbours(ctx context.Context, e *engine, x int32, candidates bitset.Set) []int32 {
	// Of a simple ray no third ray is needed.
	if e.tight[x].Count() == e.dim-1 {
		return w.aroundSimple(e, x, candidates)
	}
	w.begin(candidates)
	// It pays if groups are long enough to dispose of many in one pass.
	if size := e.tight[x].Count(); size <= mostGrouped && size >= groupsPay*(size-(e.dim-2)+1) {
		w.keepSharing(e, x, size-(e.dim-2))
	}
	for i := 0; i < len(w.witnesses) && w.manyLeft(); i++ {
		if z := w.witnesses[i]; z != x && w.dispose(e, x, z) {
			w.promote(i)
		}
	}
	var adjacent []int32
	for turn := 1; len(w.live) > 0; turn++ {
		if turn&255 == 0 && ctx.Err() != nil {
			break
		}
		y := w.next()
		if e.certified(x, y) {
			adjacent = append(adjacent, y)
			continue
		}
		// Adjacent rays have at least that many rows in common: a cheap no.
		if e.tight[x].CountCommon(e.tight[y]) < e.dim-2 {
			continue
		}
		z := w.witness(e, x, y)
		// No third ray is tight on all common rows: Proposition 7.
		if z < 0 {
			adjacent = append(adjacent, y)
			continue
		}
		w.admit(z)
		// It shows the same for others, and is likely to do so for the next x.
		w.dispose(e, x, z)
	}
	return adjacent
}

// aroundSimple returns the members of candidates that are adjacent to a ray x
// with only dim-1 tight rows. These are independent, so that y is adjacent
// exactly if all but one of them are tight at y: a count of misses up to two,
// for 64 candidates at a time.
func (w *worker) aroundSimple(e *engine, x int32, candidates bitset.Set) []int32 {
	w.rows = e.tight[x].Members(w.rows[:0])
	w.sets = w.sets[:0]
	for _, k := range w.rows {
		w.sets = append(w.sets, e.rowRays[k])
	}
	var adjacent []int32
	for i, word := range candidates {
		if word == 0 {
			continue
		}
		var once, twice uint64
		for _, s := range w.sets {
			// Every candidate of this word misses two rows already.
			if word&^twice == 0 {
				break
			}
			miss := ^s[i]
			twice |= once & miss
			once |= miss
		}
		for word &^= twice; word != 0; word &= word - 1 {
			adjacent = append(adjacent, int32(i<<6+bits.TrailingZeros64(word)))
		}
	}
	return adjacent
}

// groupsPay is how many rows a group must have on average for [worker.keepSharing] to pay: one
// pass over three rows leaves few candidates.
const groupsPay, mostGrouped = 3, 24

// keepSharing removes the candidates that share fewer rows with x than adjacent rays do: that are not
// tight on more than so many of its rows. Of one group of these more than that, the others are tight on
// all rows of one at least.
func (w *worker) keepSharing(e *engine, x int32, most int) {
	w.rows = e.tight[x].Members(w.rows[:0])
	w.sets = w.sets[:0]
	// Rows in groups, one of every most + 1: a candidate that misses at most so many has
	// one group whole.
	for first := range most + 1 {
		for k := first; k < len(w.rows); k += most + 1 {
			w.sets = append(w.sets, e.rowRays[w.rows[k]])
		}
	}
	ends := make([]int, most+1) // of the groups, in sets
	for first := range ends {
		size := (len(w.rows) - first + most) / (most + 1)
		if ends[first] = size; first > 0 {
			ends[first] += ends[first-1]
		}
	}
	kept := w.live[:0]
	for _, i := range w.live {
		some, from := uint64(0), 0
		for _, end := range ends {
			all := w.left[i]
			for _, s := range w.sets[from:end] {
				all &= s[i]
			}
			some |= all
			from = end
		}
		// The groups leave too many; those that are left are counted one by one.
		for rest := some; rest != 0; rest &= rest - 1 {
			at := bits.TrailingZeros64(rest)
			misses := len(w.sets)
			for _, s := range w.sets {
				misses -= int(s[i] >> at & 1)
			}
			if misses > most {
				some &^= 1 << at
			}
		}
		if w.left[i] = some; some != 0 {
			kept = append(kept, i)
		}
	}
	w.live = kept
}

// begin takes all candidates as not disposed of.
// left is a copy, as candidates are shared by all outer rays.
func (w *worker) begin(candidates bitset.Set) {
	w.left = w.left[:len(candidates)]
	copy(w.left, candidates)
	w.live = w.buffer[:0]
	for i, word := range candidates {
		if word != 0 {
			w.live = append(w.live, int32(i))
		}
	}
}

// manyLeft reports whether there are more candidates left than are quickly
// looked at alone.
// 3 or fewer are looked at alone in less time than a witness takes.
func (w *worker) manyLeft() bool {
	const few = 3
	n := 0
	for _, i := range w.live {
		if n += bits.OnesCount64(w.left[i]); n > few {
			return true
		}
	}
	return false
}

// next takes a candidate out of those left.
// There must be one.
func (w *worker) next() int32 {
	i := w.live[0]
	y := i<<6 + int32(bits.TrailingZeros64(w.left[i]))
	if w.left[i] &= w.left[i] - 1; w.left[i] == 0 {
		w.live = w.live[1:]
	}
	return y
}

// certified reports whether the basis of x or of y proves the two adjacent: if
// all but one of the dim-1 independent rows tight at x are tight at y, then the
// rows tight at both have rank dim-2.
// A basis may be unknown, and then the other may still prove it.
func (e *engine) certified(x, y int32) bool {
	return e.basis[x] != nil && e.basis[x].CountCommon(e.tight[y]) == e.dim-2 ||
		e.basis[y] != nil && e.basis[y].CountCommon(e.tight[x]) == e.dim-2
}

// dispose removes from left the candidates that z shows not to be adjacent to
// x, and reports whether there were any. A z far from x costs more than it can
// dispose of and is passed over.
func (w *worker) dispose(e *engine, x, z int32) bool {
	if !w.rowsBetween(e, x, z) {
		return false
	}
	gone := uint64(0)
	kept := w.live[:0]
	w.sets = w.sets[:0]
	for _, k := range w.rows {
		w.sets = append(w.sets, e.rowRays[k])
	}
	// A candidate stays if it is tight on one of the rows in D at least.
	for _, i := range w.live {
		var keep uint64
		for _, s := range w.sets {
			keep |= s[i]
		}
		if z>>6 == i {
			keep |= 1 << (z & 63) // z says nothing of the pair (x, z) itself
		}
		gone |= w.left[i] &^ keep
		if w.left[i] &= keep; w.left[i] != 0 {
			kept = append(kept, i)
		}
	}
	w.live = kept
	return gone != 0
}

// rowsBetween puts the rows of D = Z(x)∖Z(z) into w.rows, or gives up if there
// are many.
func (w *worker) rowsBetween(e *engine, x, z int32) bool {
	// The set of D's rows is not wanted as a whole: with many rows hardly a candidate is
	// left out.
	const many = 12
	w.rows = w.rows[:0]
	tz := e.tight[z]
	for i, word := range e.tight[x] {
		for d := word &^ tz[i]; d != 0; d &= d - 1 {
			if len(w.rows) == many {
				return false
			}
			w.rows = append(w.rows, int32(i<<6+bits.TrailingZeros64(d)))
		}
	}
	return true
}

// promote moves witness i to the front.
func (w *worker) promote(i int) {
	z := w.witnesses[i]
	copy(w.witnesses[1:i+1], w.witnesses[:i])
	w.witnesses[0] = z
}

// admit puts a new witness at the front and lets the last one go if the list is
// full.
func (w *worker) admit(z int32) {
	// One that is there already only moves up.
	if i := slices.Index(w.witnesses, z); i >= 0 {
		w.promote(i)
		return
	}
	if len(w.witnesses) < maxWitnesses {
		w.witnesses = append(w.witnesses, 0)
	}
	copy(w.witnesses[1:], w.witnesses)
	w.witnesses[0] = z
}

// witness returns a third ray tight on all rows tight at x and y, or -1 if there
// is none and x and y are adjacent. It intersects the rays of the common rows,
// scarcest row first, until few are left, and tests those one by one. Of several
// it returns one closest to x, which disposes of the most other pairs of x.
func (w *worker) witness(e *engine, x, y int32) int32 {
	if w.scarce == nil {
		w.scarce = e.orderRows()
	}
	tx, ty := e.tight[x], e.tight[y]
	// Of the first two rows every word is looked at, of the others those that are left.
	first := e.alive
	w.pieces = w.pieces[:0]
	rows, n := 0, 0
	for _, k := range w.scarce {
		if !tx.Has(int(k)) || !ty.Has(int(k)) {
			continue
		}
		if rows++; rows == 1 {
			first = e.rowRays[k]
			continue
		}
		if rows == 2 {
			w.pieces, n = meet(w.pieces, first, e.rowRays[k])
		} else {
			w.pieces, n = keep(w.pieces, e.rowRays[k])
		}
		if n <= 2 {
			return -1 // x and y themselves
		}
		// So few are tested faster one by one than by further rows.
		if n <= 10 {
			break
		}
	}
	if rows < 2 {
		w.pieces, _ = meet(w.pieces, first, e.alive)
	}
	w.few = w.few[:0]
	for _, p := range w.pieces {
		for word := p.word; word != 0; word &= word - 1 {
			w.few = append(w.few, p.at<<6+int32(bits.TrailingZeros64(word)))
		}
	}
	best, most := int32(-1), -1
	for _, z := range w.few {
		if z == x || z == y || !bitset.CommonWithin(tx, ty, e.tight[z]) {
			continue
		}
		if n := tx.CountCommon(e.tight[z]); n > most {
			best, most = z, n
		}
	}
	return best
}

// piece is a word of a set that is not 0, with its place.
type piece struct {
	word uint64
	at   int32
}

// meet appends the words of s ∩ t that are not 0, and returns the number of members. It is not
// inlined where registers would be wanting: this is where most of the time goes.
//
//go:noinline
func meet(list []piece, s, t bitset.Set) (met []piece, n int) {
	t = t[:len(s)]
	for i, w := range s {
		if w &= t[i]; w != 0 {
			list = append(list, piece{w, int32(i)})
			n += bits.OnesCount64(w)
		}
	}
	return list, n
}

// keep intersects what meet has found with another set, in place.
//
//go:noinline
func keep(list []piece, t bitset.Set) (kept []piece, n int) {
	kept = list[:0]
	for _, p := range list {
		if p.word &= t[p.at]; p.word != 0 {
			kept = append(kept, p)
			n += bits.OnesCount64(p.word)
		}
	}
	return kept, n
}
