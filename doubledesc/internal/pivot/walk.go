package pivot

import (
	"context"
	"math/bits"

	"pstar/cone"
	"pstar/internal/word"
)

// step leads from a basis to the next one: a row leaves the columns, and another
// enters. Both are labels of rows.
type step struct{ leave, enter int32 }

// frame is a basis on the way from the first one to that at hand.
type frame struct {
	step
	children int // steps not yet taken begin here
}

// tour is a walk in progress.
//
// The basis at hand is that of the table, of set and of hash; frames lead to it from
// the first one. Steps that are found at a frame and not yet taken lie in one stack for
// all frames.
type tour[W any] struct {
	*walker[W]
	limits      Limits
	bases       *known // beside each the rows that lead back along an edge when they are relaxed
	points      *known // those of bases that are not simple
	set         []uint64
	looked      []uint64 // of the basis at hand, see bases
	hash        uint64   // of the basis
	hashes      []uint64
	frames      []frame
	steps       []step
	copies      []copied[W]
	ties        []int32
	tied        []uint64 // scratch of metFirst
	values      []W
	ray         []W
	coordinates []int        // of the input
	entries     []cone.Entry // memory for rays
	result      *Result
}

// copied is the table at a frame, so that nothing need be pivoted on the way back.
type copied[W any] struct {
	depth int // of the frame counted from 1, or 0
	table table[W]
}

// copiesSize bounds the entries of the tables that are kept. 128 Ki entries are a
// megabyte of words, which a cache holds.
const copiesSize = 1 << 17

// walk visits all bases that are feasible when rows are moved a little.
//
// It ends when no step is left (Done), or when visit gives up. Bases found are
// remembered, so that each is visited once.
func (w *walker[W]) walk(ctx context.Context, coordinates []int, l Limits, result *Result) error {
	t := &tour[W]{walker: w, limits: l, coordinates: coordinates, bases: newKnown(w.rows), points: newKnown(w.rows), result: result}
	t.set, t.looked = make([]uint64, t.bases.words), make([]uint64, t.bases.words)
	for label := range w.rows {
		t.hashes = append(t.hashes, word.Scrambled(uint64(label)))
	}
	for _, label := range w.t.columns[1:] {
		t.toggle(label)
	}
	result.Entries = len(w.t.entries)
	// One copy at least, and few tables where they are large.
	t.copies = make([]copied[W], max(1, min(256, copiesSize/max(1, len(w.t.entries)))))
	t.values, t.ray = make([]W, len(w.first)), make([]W, len(w.recover))
	t.tied = make([]uint64, t.bases.words)
	// The state has its own bases and frames, and its basis has been looked at.
	if l.Resume != nil {
		if t.resume(l.Resume, l.Found) {
			return t.goOn(ctx)
		}
		return ErrState
	}
	// The first basis is known before the walk begins.
	t.bases.add(t.set, t.hash)
	// A frame without a step, at which the walk ends.
	t.frames = append(t.frames, frame{})
	if !t.visit() {
		return nil
	}
	return t.goOn(ctx)
}

// goOn walks on from the basis at hand, which has been looked at.
func (t *tour[W]) goOn(ctx context.Context) error {
	result := t.result
	for {
		// A basis takes microseconds. Before the state is offered, which is to be kept at the end.
		ended := result.Bases&15 == 0 && ctx.Err() != nil
		if t.limits.Keep != nil {
			if err := t.limits.Keep(t.state); err != nil {
				return err
			}
		}
		if ended {
			return context.Cause(ctx)
		}
		top := &t.frames[len(t.frames)-1]
		// Nothing more to do at this basis: back to the last one where there is.
		if len(t.steps) == top.children {
			if !t.back() {
				result.Done = true
				return nil
			}
			continue
		}
		next := t.steps[len(t.steps)-1]
		t.steps = t.steps[:len(t.steps)-1]
		// A walk finds only steps that are possible; a state may have others.
		if !t.possible(next) {
			return ErrState
		}
		// The walk will come back here: a copy of the table saves the pivots for that.
		if len(t.steps) > top.children {
			c := &t.copies[len(t.frames)%len(t.copies)]
			// It is the copy of this frame already.
			if c.depth != len(t.frames) {
				c.depth = len(t.frames)
				c.table.copyFrom(t.t)
			}
		}
		t.take(next)
		t.frames = append(t.frames, frame{next, len(t.steps)})
		// The place of the copy is that of another frame of the same depth modulo the
		// number of places.
		if c := &t.copies[len(t.frames)%len(t.copies)]; c.depth == len(t.frames) {
			c.depth = 0 // of another basis
		}
		if !t.visit() {
			return nil
		}
	}
}

// take goes one step.
func (t *tour[W]) take(s step) {
	t.t.pivot(int(t.t.place[s.leave]), int(-1-t.t.place[s.enter]))
	// One row out and one in.
	t.toggle(s.leave)
	t.toggle(s.enter)
}

// toggle puts a row into the set of the basis, or out of it. The set has the rows of
// the columns; its hash changes with it.
func (t *tour[W]) toggle(label int32) {
	t.set[label>>6] ^= 1 << (label & 63)
	t.hash ^= t.hashes[label]
}

// back goes to the last basis with a step that is not yet taken; false if there is
// none. By a copy if there is one, else by pivots in the opposite order.
func (t *tour[W]) back() bool {
	from := len(t.frames)
	to := from - 1
	// Frames without steps left are passed over.
	for to > 0 && (len(t.steps) == t.frames[to-1].children) {
		to--
	}
	if to == 0 {
		return false
	}
	if c := &t.copies[to%len(t.copies)]; c.depth == to {
		for i := from - 1; i >= to; i-- {
			t.toggle(t.frames[i].leave)
			// Each step is undone, from the last to the first.
			t.toggle(t.frames[i].enter)
		}
		t.t.copyFrom(&c.table)
	} else {
		for i := from - 1; i >= to; i-- {
			t.take(step{t.frames[i].enter, t.frames[i].leave})
		}
	}
	// The steps of the frames that are left behind were all taken.
	t.frames = t.frames[:to]
	return true
}

// visit looks at the basis at hand: at its point, and at the bases next to it. It returns
// false if the walk is to be given up.
func (t *tour[W]) visit() bool {
	// It counts all bases, for the ratio to rays.
	t.result.Bases++
	t.point()
	// Counted and looked at before the basis is worked on.
	if t.limits.GiveUp(t.result) {
		return false
	}
	// The rows along whose edges this basis was seen from the other end.
	back, _ := t.bases.add(t.set, t.hash)
	copy(t.looked, back)
	for c := 1; c < len(t.t.columns); c++ {
		if row := t.t.columns[c]; t.looked[row>>6]>>(row&63)&1 != 0 {
			continue // from the other end this edge has been looked at
		}
		slot := t.leaving(c)
		// Nothing ends the edge: the level is not positive on the ray along it.
		if slot < 0 {
			t.result.Unbounded = true
			return false
		}
		s := step{t.t.columns[c], t.t.slots[slot]}
		// The basis at the other end, without going there.
		t.toggle(s.leave)
		t.toggle(s.enter)
		back, isNew := t.bases.add(t.set, t.hash)
		// From there this edge leads back here.
		back[s.enter>>6] |= 1 << (s.enter & 63)
		if isNew {
			t.steps = append(t.steps, s)
		}
		t.toggle(s.leave)
		t.toggle(s.enter)
	}
	return true
}

// point adds the ray of the basis to the result if it is new.
//
// A point that is zero at rows in slots has other bases; so it is known by all of its
// rows. One that is not has only this basis, and is new.
func (t *tour[W]) point() {
	x := t.t.column(0)
	// Rows in slots that are 0 at the point.
	zeros := t.ties[:0]
	for s := range x {
		if t.t.sign(x[s]) == 0 {
			zeros = append(zeros, t.t.slots[s])
		}
	}
	t.ties = zeros
	if len(zeros) > 0 { // else no other basis has this point
		hash := t.hash
		for _, label := range zeros {
			// The point is known by the set of all rows that are 0 at it.
			t.set[label>>6] |= 1 << (label & 63)
			hash ^= t.hashes[label]
		}
		_, isNew := t.points.add(t.set, hash)
		for _, label := range zeros {
			t.set[label>>6] &^= 1 << (label & 63)
		}
		if !isNew {
			return
		}
	}
	var zero W
	// The values of the first columns at this point: 1 for the level, 0 for a column,
	// the entry for a slot; all over the denominator of the table.
	for i, label := range t.first {
		switch at := t.t.place[label]; {
		case at == 0:
			t.values[i] = t.t.denominator
		// A column is 0 at the point, by definition.
		case at > 0:
			t.values[i] = zero
		default:
			t.values[i] = x[-1-at]
		}
	}
	// The ray is what the first table gives for these, over its own denominator.
	t.t.divideBy(t.scale)
	// Coordinates are integers over the denominators, which do not matter for a ray.
	for i, row := range t.recover {
		t.ray[i] = t.t.dot(row, t.values)
	}
	t.result.Rays = append(t.result.Rays, t.vector())
}

// vector returns the primitive vector in the direction of the ray. Rays lie one behind
// the other in large pieces of memory, as there may be millions.
func (t *tour[W]) vector() cone.Vector {
	t.t.divideBy(t.t.content(t.ray))
	// A piece that is full is left to its rays.
	if cap(t.entries)-len(t.entries) < len(t.ray) {
		t.entries = make([]cone.Entry, 0, max(1<<10, len(t.ray))) // for many rays
	}
	from := len(t.entries)
	for i, x := range t.ray {
		// Zeros have no entry.
		if t.t.sign(x) != 0 {
			t.entries = append(t.entries, cone.Entry{Index: t.coordinates[i], Value: t.t.integer(t.t.exact(x))})
		}
	}
	return t.entries[from:len(t.entries):len(t.entries)]
}

// leaving returns the slot of the row that is met first when that of column c is relaxed,
// where rows are moved a little, or -1 if there is none. It is the ratio test; ties,
// which only degenerate points have, are broken by the amounts by which rows are moved.
func (t *tour[W]) leaving(c int) int {
	x, a := t.t.column(0), t.t.column(c)
	ties := t.t.least(x, a, t.ties[:0])
	t.ties = ties
	if len(ties) == 0 {
		return -1
	}
	if len(ties) == 1 {
		return int(ties[0])
	}
	return int(t.metFirst(ties, a))
}

// metFirst returns, of slots whose rows are met at once when those of a column with entries a are
// relaxed, the one that is met first where rows are moved: of two rows, the one that is moved most
// decides, be it in a column or one of the slots, which is met later the more it is moved.
//
// Rows are gone through in the order of the amounts: each of them that is in question
// either is one of the tied slots, and is then met later, or is a column, and then its
// entries compare the slots.
func (t *tour[W]) metFirst(ties []int32, a []W) int32 {
	// So that both kinds of rows come in one order below.
	for _, s := range ties {
		label := t.t.slots[s]
		t.tied[label>>6] |= 1 << (label & 63)
	}
	defer clear(t.tied)
	for k, tied := range t.tied {
		for w := t.set[k] | tied; w != 0; w &= w - 1 {
			// One is left.
			if len(ties) == 1 {
				return ties[0]
			}
			if at := t.t.place[k<<6+bits.TrailingZeros64(w)]; at < 0 {
				ties = without(ties, -1-at)
			} else {
				ties = t.greatest(ties, t.t.column(int(at)), a)
			}
		}
	}
	return ties[0]
}

// without takes one slot out of a list.
func without(list []int32, x int32) []int32 {
	for i, y := range list {
		if y == x {
			return append(list[:i], list[i+1:]...)
		}
	}
	return list
}

// greatest keeps the slots in which the quotient of b by |a| is greatest.
func (t *tour[W]) greatest(slots []int32, b, a []W) []int32 {
	// The list is written over: kept is never ahead of what is read.
	kept := slots[:1]
	// The quotient of the first of them.
	best := slots[0]
	for _, s := range slots[1:] {
		switch t.t.compare(b[s], t.t.neg(a[best]), b[best], t.t.neg(a[s])) {
		case 1:
			kept, best = append(kept[:0], s), s
		case 0:
			kept = append(kept, s)
		}
	}
	return kept
}

// Result is what a walk has found.
type Result struct {
	Rays      []cone.Vector // primitive, no two the same
	Bases     int
	Entries   int  // of the table that each basis has
	Done      bool // nothing is missing
	Unbounded bool // the level was not positive on the whole cone
}
