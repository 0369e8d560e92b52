package doubledesc

import (
	"context"
	"math/bits"
	"slices"
	"sync"

	"pstar/cone"
	"pstar/doubledesc/internal/ray"
	"pstar/internal/bitset"
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
	rowSize []int        // by row number: how many rays are tight on it
	words   int          // words of a tight set

	elimination *cone.Elimination
	equations   *cone.V         // canonical; their span, modulo which rows are compared
	residues    []cone.Residues // by row number, of the row modulo the equations
	workers     []*worker
	ridges      ridgeUse
	table       ridges // scratch of match

	// Of the row in hand:
	value              []rational.Int // by slot
	plus, minus, zeros []int32
	scarce             []int32 // row numbers, those with few rays first
	ordered            bool    // scarce is recent enough
	ordering           sync.Mutex

	effort int64 // see Options.Effort
	most   int64 // see Options.Most
}

// newEngine starts with a simplicial cone: ray j is positive on row number j
// and zero on all other rows, which are given by basis. The equations hold on all
// of the cone. capacity is the greatest number of rows.
func newEngine(rays []ray.Vector, basis []cone.Vector, elimination *cone.Elimination, equations *cone.V, capacity, workers int) *engine {
	e := &engine{dim: len(rays), words: max(bitset.Words(capacity), 1), elimination: elimination, equations: equations}
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
	e.value = append(e.value, rational.Int{})
	e.alive.Add(s)
	return int32(s)
}

// grow doubles the room for slots in every set of slots.
// Sets of rows do not grow: their size is fixed by the number of rows.
func (e *engine) grow() {
	size := max(2*len(e.alive), 4)
	widen := func(s bitset.Set) bitset.Set { return append(s, make(bitset.Set, size-len(s))...) }
	e.alive = widen(e.alive)
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
	e.rowSize = append(e.rowSize, 0)
	return len(e.rowRays) - 1
}

// mark records that row k is tight at the ray in slot s.
// The incidence is written both ways, and its count; nothing else writes it but retight.
func (e *engine) mark(s int32, k int) {
	e.tight[s].Add(k)
	e.rowRays[k].Add(int(s))
	e.rowSize[k]++
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
			e.rowSize[k]--
		}
		for come := now[i] &^ w; come != 0; come &= come - 1 {
			k := i<<6 + bits.TrailingZeros64(come)
			e.rowRays[k].Add(int(s))
			e.rowSize[k]++
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
// Each worker has words of the set for itself, so that none writes to another's slots.
func (e *engine) classify(h *ray.Halfspace) {
	evaluate := func(_ *worker, part int) {
		for i := part; i < len(e.alive); i += len(e.workers) {
			for w := e.alive[i]; w != 0; w &= w - 1 {
				s := i<<6 + bits.TrailingZeros64(w)
				e.value[s] = h.Dot(&e.rays[s])
			}
		}
	}
	e.share(len(e.alive)<<6, evaluate)
	// In the order of slots, whatever the workers did.
	e.plus, e.minus, e.zeros = e.plus[:0], e.minus[:0], e.zeros[:0]
	for i, w := range e.alive {
		for ; w != 0; w &= w - 1 {
			s := int32(i<<6 + bits.TrailingZeros64(w))
			switch e.value[s].Sign() {
			case 1:
				e.plus = append(e.plus, s)
			case -1:
				e.minus = append(e.minus, s)
			default:
				e.zeros = append(e.zeros, s)
			}
		}
	}
}

// insert intersects the cone with a halfspace: rays on the negative side go,
// and each pair of adjacent rays on opposite sides gives the ray where their
// two-dimensional face meets the hyperplane (Motzkin et al. 1953; Fukuda and
// Prodon 1996, Lemma 3). It reports now and then how far it is.
func (e *engine) insert(ctx context.Context, a cone.Vector, h *ray.Halfspace, report func(searched, of int)) error {
	e.classify(h)
	e.effort += effortEvaluated * int64(len(e.plus)+len(e.minus)+len(e.zeros))
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
		return err
	}
	e.effort += effortMade * int64(len(pairs))
	k := e.addRow(a)
	for _, s := range e.zeros {
		e.mark(s, k)
	}
	return e.replaceNegative(ctx, pairs, k)
}

// pair is an adjacent pair of rays on opposite sides of the row in hand.
type pair struct{ minus, plus int32 }

// replaceNegative makes the new rays on row k and removes the negative ones.
// Pairs are taken negative ray by negative ray, so that the last one made from
// a negative ray can take over its slot and its memory. When ctx ends the engine is of no
// more use.
func (e *engine) replaceNegative(ctx context.Context, pairs []pair, k int) error {
	slices.SortFunc(pairs, func(p, q pair) int {
		if p.minus != q.minus {
			return int(p.minus - q.minus)
		}
		return int(p.plus - q.plus)
	})
	now := make(bitset.Set, e.words)
	var ahead []newRay // those of the next pairs, made by all workers
	next := 0
	for _, m := range e.minus {
		for next < len(pairs) && pairs[next].minus == m {
			// With one worker nothing is made ahead, and memory is taken over at once.
			if len(e.workers) > 1 && len(ahead) == 0 {
				ahead = e.makeAhead(pairs, next, k)
			}
			p := pairs[next]
			if next++; next&1023 == 0 && ctx.Err() != nil {
				return context.Cause(ctx)
			}
			// The last one takes the slot of the negative ray, which nobody needs then.
			last := isLast(pairs, next-1)
			for i, w := range e.tight[p.plus] {
				now[i] = w & e.tight[m][i]
			}
			now.Add(k)
			var n newRay
			if len(ahead) > 0 {
				n, ahead = ahead[0], ahead[1:]
			} else {
				n = e.workers[0].make(e, p, k, last)
			}
			// Pairs before it still need the ray, so they get slots of their own.
			s := m
			if !last {
				s = e.allocate()
			}
			e.rays[s] = n.ray
			e.retight(s, now)
			e.basis[s] = n.basis
			if last {
				m = -1
			}
		}
		// No pair was made of it, or it has been used up.
		if m >= 0 {
			e.release(m)
		}
	}
	return nil
}

// newRay is the ray between those of a pair, with a basis or nil.
type newRay struct {
	ray   ray.Vector
	basis bitset.Set
}

// vectors returns the extreme rays in all coordinates, in no order, made by all workers. If last is set, the engine is of
// no more use and lets go of what it has meanwhile, so that there are never two of all rays.
func (e *engine) vectors(c *coordinates, last bool) []cone.Vector {
	if last {
		e.tight, e.basis, e.rowRays, e.residues, e.table = nil, nil, nil, nil, ridges{}
	}
	slots := e.alive.Members(nil)
	rays := make([]cone.Vector, len(slots))
	each := len(slots)/len(e.workers) + 1
	e.share(len(slots)<<6, func(_ *worker, part int) {
		var piece []cone.Entry
		for i := part * each; i < min((part+1)*each, len(slots)); i++ {
			r := &e.rays[slots[i]]
			if rays[i], piece = c.widen(r, piece); last {
				*r = ray.Vector{}
			}
		}
	})
	return rays
}

// aheadSize is how many rays several workers make before they are put into their slots.
const aheadSize = 1 << 12

// makeAhead makes the rays of pairs, from one on, on all workers.
// The order is that of the pairs, whoever makes which. Those that take over the memory of a negative ray are made when
// all others of that ray have been made.
func (e *engine) makeAhead(pairs []pair, from, k int) []newRay {
	list := make([]newRay, min(aheadSize, len(pairs)-from))
	for _, last := range []bool{false, true} {
		e.share(len(list)<<6, func(w *worker, part int) {
			for i := part; i < len(list); i += len(e.workers) {
				if isLast(pairs, from+i) == last {
					list[i] = w.make(e, pairs[from+i], k, last)
				}
			}
		})
	}
	return list
}

// isLast reports whether a pair is the last one of its negative ray.
func isLast(pairs []pair, i int) bool { return i+1 == len(pairs) || pairs[i+1].minus != pairs[i].minus }

// make makes the ray of a pair on row k. If reuse is set, the ray on the negative side is not
// needed any more, and its memory may become that of the new one.
func (w *worker) make(e *engine, p pair, k int, reuse bool) newRay {
	basis := w.basisOnRow(e, p.minus, p.plus, k, reuse)
	r := ray.Combine(e.value[p.plus], &e.rays[p.minus], e.value[p.minus].Neg(), &e.rays[p.plus], reuse)
	return newRay{r, basis}
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
