package orbits

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"math/big"
	"sync"
	"time"

	"pstar/internal/bitset"
	"pstar/internal/crew"
)

// ErrElsewhere is the answer of [Options.Do] for work that somebody else does. It is asked
// again after a while.
var ErrElsewhere = errors.New("orbits: somebody else does it")

// again is how long it takes until work that somebody else does is asked for once more.
//
// Short beside the work on an orbit, and long beside a look at a file.
const again = 200 * time.Millisecond

// team is the workers of one computation.
//
// The lock guards the decomposition; changed says that orbits were added, set free or
// treated.
type team struct {
	*decomposition
	o       Options
	budget  int64 // the effort after which the decomposition is left; 0 for none
	wholly  bool  // the orbits are those of a conversion in one piece
	lock    sync.Mutex
	changed *sync.Cond
	err     error
}

// newTeam has nothing to do yet.
func newTeam(d *decomposition, o Options) *team {
	t := &team{decomposition: d, o: o}
	t.changed = sync.NewCond(&t.lock)
	return t
}

// share treats orbits side by side until those known are all, or the budget is used up.
//
// Neighbours are found in any order, but taken in that in which one worker would: so it does
// not depend on workers which orbits are treated. What was found beyond them was in vain.
func (t *team) share(ctx context.Context) error {
	// The first error ends the work of all others.
	ctx, stop := crew.WithStop(ctx)
	defer stop(nil)
	t.report()
	var g crew.Group
	for range max(1, t.o.Workers) {
		g.Go(func() {
			if err := t.work(ctx); err != nil {
				stop(err)
			}
		})
	}
	g.Wait()
	return t.err
}

// work treats one orbit after another.
//
// The lock is held but for the time in which neighbours are looked for.
func (t *team) work(ctx context.Context) error {
	t.lock.Lock()
	defer t.lock.Unlock()
	for t.err == nil && !t.done() && !t.over() {
		// Placing new orbits changes the decomposition, and so is done by one at a time.
		if o := t.next(func(o *orbit) bool { return !o.treated }); o.found != nil {
			t.err = t.take(ctx, o, o.found)
			// With the lock held, so that numbers agree and calls do not overlap.
			t.report()
			t.changed.Broadcast()
			continue
		}
		o := t.next(func(o *orbit) bool { return !o.treated && !o.taken })
		if o == nil { // all that is left is being done
			t.changed.Wait() // others may find more
			continue
		}
		// So that nobody else here takes it; other machines are told apart by Do.
		o.taken = true
		// Nearly all time is spent here, in parallel.
		t.lock.Unlock()
		n, err := t.kept(ctx, o)
		t.lock.Lock()
		switch {
		case errors.Is(err, ErrElsewhere):
			// It stays taken for a while, so that this worker does something else, or waits.
			time.AfterFunc(again, func() {
				t.lock.Lock()
				o.taken = false
				t.lock.Unlock()
				t.changed.Broadcast()
			})
		case err != nil && t.err == nil: // the first one counts, the others follow from it
			t.err = err
		case err == nil:
			o.found = n
		}
		t.changed.Broadcast()
	}
	t.changed.Broadcast() // that it is over
	return t.err
}

// report tells how far it is; the lock is held, or nobody works yet.
//
// Rays are those of orbits that are known, each with all its members.
func (t *team) report() {
	if t.o.Progress == nil {
		return
	}
	p := Progress{Known: len(t.orbits), Rays: new(big.Int)}
	for _, o := range t.orbits {
		if p.Rays.Add(p.Rays, o.size); o.treated {
			p.Treated++
		}
	}
	t.o.Progress(p)
}

// workText is what is kept of neighbours, or of all rays.
//
// Rows is there to tell one cone from another by mistake; the name of the work is by the
// orbit alone.
type workText struct {
	Rows       int       `json:"rows"`
	Dimension  int       `json:"dimension"`
	Shown      bool      `json:"shown"`
	Effort     int64     `json:"effort"`
	Left       bool      `json:"left,omitempty"` // it took too much effort
	Neighbours [][]int32 `json:"neighbours"`
}

// newWorkText is of what is known.
func newWorkText(rows int, n *neighbours) *workText {
	w := &workText{Rows: rows, Dimension: n.dimension, Shown: n.shown, Effort: n.effort, Neighbours: [][]int32{}}
	for _, s := range n.sets {
		w.Neighbours = append(w.Neighbours, s.Members(nil))
	}
	return w
}

// kept finds the neighbours of an orbit, or has them found.
func (t *team) kept(ctx context.Context, o *orbit) (*neighbours, error) {
	if t.o.Do == nil {
		return t.treat(ctx, o)
	}
	// What is handed out is text, so that it can be kept in a file and come back in another run.
	data, err := t.o.Do(ctx, nameOf(o.set), func(ctx context.Context) ([]byte, error) {
		n, err := t.treat(ctx, o)
		if err != nil {
			return nil, err
		}
		return json.Marshal(newWorkText(len(t.c.rows), n))
	})
	if err != nil {
		return nil, err
	}
	n, err := t.read(data)
	if err == nil && n == nil {
		err = errors.New("orbits: work that was kept was left")
	}
	return n, err
}

// read reads what was kept, nil if it was left. Rays are checked when they are placed; that none is missing is
// taken from it.
//
// Whoever can write to the folder can claim completeness: it is trusted as this run's own
// work is.
func (t *team) read(data []byte) (*neighbours, error) {
	var w workText
	if err := json.Unmarshal(data, &w); err != nil {
		return nil, fmt.Errorf("orbits: work that was kept: %w", err)
	}
	if w.Rows != len(t.c.rows) || w.Dimension < 1 || w.Dimension > t.c.dim {
		return nil, errors.New("orbits: work that was kept is of another cone")
	}
	if w.Left {
		return nil, nil
	}
	n := &neighbours{dimension: w.Dimension, shown: w.Shown, effort: w.Effort}
	for _, members := range w.Neighbours {
		set := bitset.New(w.Rows)
		for _, i := range members {
			if i < 0 || int(i) >= w.Rows { // a file that somebody has changed
				return nil, errors.New("orbits: work that was kept is of another cone")
			}
			set.Add(int(i))
		}
		n.sets = append(n.sets, set)
	}
	return n, nil
}

// nameOf names the orbit of a set, which stands for it.
//
// 64 bits of a hash are enough: names are told apart within one cone, which has few
// orbits.
func nameOf(set bitset.Set) string {
	h := sha256.New()
	for _, w := range set {
		fmt.Fprintf(h, "%016x", w)
	}
	return "orbit-" + hex.EncodeToString(h.Sum(nil)[:8])
}
