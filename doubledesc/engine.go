package doubledesc

import (
	"context"
	"math/bits"
	"slices"
	"sync"

	"pstar/cone"
	"pstar/doubledesc/internal/ray"
	"pstar/internal/bitset"
	"pstar/internal/crew"
	"pstar/rational"
)

// engine is the state of the second phase: the extreme rays of the cone of the
// rows taken in so far, with incidence kept both ways. Rays live in slots that
// are reused; alive marks those in use.
//
// Only rows that cut get a number (their place in rowRays): a row that no ray
// violates when its turn comes is implied by the earlier ones and can never
// matter to adjacency.
type engine struct {
	dim     int // rank of all rows: dimension of the cone modulo lineality, if it is full
	rays    []ray.Vector
	tight   []bitset.Set // by slot: numbers of the rows tight at the ray
	basis   []bitset.Set // by slot: dim-1 independent ones of these, or nil if not known
	alive   bitset.Set
	free    []int32      // unused slots
	rowRays []bitset.Set // by row number: slots of the rays tight on the row
	words   int          // words of a tight set

	elimination *cone.Elimination
	equations   *cone.V         // canonical; their span, modulo which rows are compared
	residues    []cone.Residues // by row number, of the row modulo the equations
	workers     []*worker
	crew        *crew.Crew
	ridges      ridgeUse
	table       ridges // scratch of match

	// Of the row in hand:
	value          []rational.Int // by slot
	zero, negative bitset.Set     // slots
	plus, minus    []int32
	scarce         []int32 // row numbers, those with few rays first
	ordered        bool    // scarce is recent enough
	ordering       sync.Mutex

	// Scratch of replaceNegative:
	made    []newRay   // from 1; 0 is no ray
	changed bitset.Set // slots that get one of these
	place   []int32    // by slot: which

	effort int64 // see Options.Effort
	most   int64 // see Options.Most
}

// newEngine starts with a simplicial cone: ray j is positive on row number j
// and zero on all other rows, which are given by basis. The equations hold on all
// of the cone. capacity is the greatest number of rows.
func newEngine(rays []ray.Vector, basis []cone.Vector, elimination *cone.Elimination, equations *cone.V, capacity, workers int) *engine {
	e := &engine{dim: len(rays), words: max(bitset.Words(capacity), 1), elimination: elimination, equations: equations, crew: crew.New(workers)}
	for range max(workers, 1) {
		e.workers = append(e.workers, &worker{elimination: elimination.Another()})
	}
	for _, r := range rays {
		s := e.allocate()
		e.rays[s] = r
	}
	for j := range rays {
		k := e.addRow(basis[j])
		for s := range rays {
			if s != j {
				e.mark(int32(s), k)
			}
		}
	}
	for s := range rays {
		e.basis[s] = slices.Clone(e.tight[s])
	}
	return e
}

// allocate returns a free slot with an empty tight set.
// A slot is as good as another; what is found does not depend on which.
func (e *engine) allocate() int32 {
	if n := len(e.free); n > 0 {
		s := e.free[n-1]
		e.free = e.free[:n-1]
		e.alive.Add(int(s))
		return s
	}
	// 64 slots to a word of the sets.
	s := len(e.rays)
	if s == 64*len(e.alive) {
		e.grow()
	}
	e.rays = append(e.rays, ray.Vector{})
	e.tight = append(e.tight, make(bitset.Set, e.words))
	e.basis = append(e.basis, nil)
	e.value, e.place = append(e.value, rational.Int{}), append(e.place, 0)
	e.alive.Add(s)
	return int32(s)
}

// grow doubles the room for slots in every set of slots.
// Sets of rows do not grow: their size is fixed by the number of rows.
func (e *engine) grow() {
	size := max(2*len(e.alive), 4)
	widen := func(s bitset.Set) bitset.Set { return append(s, make(bitset.Set, size-len(s))...) }
	e.alive, e.zero, e.negative, e.changed = widen(e.alive), widen(e.zero), widen(e.negative), widen(e.changed)
	for k := range e.rowRays {
		e.rowRays[k] = widen(e.rowRays[k])
	}
}

// addRow gives a cutting row its number. Rows that are independent in the whole
// space may be dependent as functions on the cone, which lies where the equations
// hold. A basis of such rows would prove pairs adjacent that are not, and the rays
// made of them would hide edges. So ranks are those of the rows modulo the equations.
func (e *engine) addRow(a cone.Vector) int {
	e.residues = append(e.residues, e.elimination.Residues(e.equations.Reduce(a)))
	e.rowRays = append(e.rowRays, make(bitset.Set, len(e.alive)))
	return len(e.rowRays) - 1
}

// mark records that row k is tight at the ray in slot s.
// The incidence is written both ways; nothing else writes it but retight, insert and settle.
func (e *engine) mark(s int32, k int) {
	e.tight[s].Add(k)
	e.rowRays[k].Add(int(s))
}

// retight replaces the tight set of slot s, keeping the incidence of the rows
// in step.
func (e *engine) retight(s int32, now bitset.Set) {
	old := e.tight[s]
	// Only what differs is changed: a new ray keeps most rows of the one whose slot it
	// takes.
	for i, w := range old {
		for gone := w &^ now[i]; gone != 0; gone &= gone - 1 {
			k := i<<6 + bits.TrailingZeros64(gone)
			e.rowRays[k].Remove(int(s))
		}
		for come := now[i] &^ w; come != 0; come &= come - 1 {
			k := i<<6 + bits.TrailingZeros64(come)
			e.rowRays[k].Add(int(s))
		}
		old[i] = now[i]
	}
}

// release frees slot s.
// Its memory of numbers is given up, the slot is not.
func (e *engine) release(s int32) {
	e.retight(s, make(bitset.Set, e.words))
	e.rays[s] = ray.Vector{}
	e.basis[s] = nil
	e.alive.Remove(int(s))
	e.free = append(e.free, s)
}

// classify evaluates the row on every ray, on all workers, and sorts the rays by sign.
// A piece is of whole words of slots, so that none writes to another's.
func (e *engine) classify(h *ray.Halfspace) {
	e.share(len(e.alive), shareWords, func(_ *worker, from, to int) {
		for i := from; i < to; i++ {
			for w := e.alive[i]; w != 0; w &= w - 1 {
				s := i<<6 + bits.TrailingZeros64(w)
				e.value[s] = h.Dot(&e.rays[s])
			}
			// Not in the same loop: what a sign decides would have to wait for memory, ray by ray.
			var zero, negative uint64
			for w := e.alive[i]; w != 0; w &= w - 1 {
				switch e.value[i<<6+bits.TrailingZeros64(w)].Sign() {
				case 0:
					zero |= w & -w
				case -1:
					negative |= w & -w
				}
			}
			e.zero[i], e.negative[i] = zero, negative
		}
	})
	e.plus, e.minus = e.plus[:0], e.negative.Members(e.minus[:0])
	for i, w := range e.alive {
		for w &^= e.zero[i] | e.negative[i]; w != 0; w &= w - 1 {
			e.plus = append(e.plus, int32(i<<6+bits.TrailingZeros64(w)))
		}
	}
}

// insert intersects the cone with a halfspace: rays on the negative side go,
// and each pair of adjacent rays on opposite sides gives the ray where their
// two-dimensional face meets the hyperplane (Motzkin et al. 1953; Fukuda and
// Prodon 1996, Lemma 3). It reports now and then how far it is.
func (e *engine) insert(ctx context.Context, a cone.Vector, h *ray.Halfspace, report func(searched, of int)) error {
	e.classify(h)
	before := e.effort
	e.effort += effortEvaluated * int64(e.alive.Count())
	if len(e.minus) == 0 {
		return nil // implied by the rows before it
	}
	// It is counted before the pairs are looked at, and may be more than it takes.
	e.effort += int64(len(e.plus)) * int64(len(e.minus)) * int64(min(1+e.words, effortPair))
	if e.most > 0 && e.effort > e.most {
		return ErrMost // before the pairs are looked at, which are most of it
	}
	pairs, err := e.adjacentPairs(ctx, report)
	if err != nil {
		// So far nothing has changed but the count: the state is that between two rows.
		e.effort = before
		return &betweenRows{err}
	}
	e.effort += effortMade * int64(len(pairs))
	k := e.addRow(a)
	copy(e.rowRays[k], e.zero)
	return e.replaceNegative(ctx, pairs, k)
}

// betweenRows is the error of a row that was given up before it changed anything.
type betweenRows struct{ error }

func (e *betweenRows) Unwrap() error { return e.error }

// vectors returns the extreme rays in all coordinates, in no order, made by all workers. If last is set, the engine is of
// no more use and lets go of what it has meanwhile, so that there are never two of all rays.
func (e *engine) vectors(c *coordinates, last bool) []cone.Vector {
	if last {
		e.tight, e.basis, e.rowRays, e.residues, e.table = nil, nil, nil, nil, ridges{}
	}
	slots := e.alive.Members(nil)
	rays := make([]cone.Vector, len(slots))
	e.share(len(slots), shareWiden, func(w *worker, from, to int) {
		for i := from; i < to; i++ {
			r := &e.rays[slots[i]]
			if rays[i], w.piece = c.widen(r, w.piece); last {
				*r = ray.Vector{}
			}
		}
	})
	return rays
}
