package orbits

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math/big"
	"slices"
	"time"

	"pstar/doubledesc"
	"pstar/internal/bitset"
)

// Decomposition pays where there are many symmetries for the rays that there are, and
// otherwise a conversion in one piece does, whose rays are then sorted into orbits: of the
// facets of a cyclic polytope of 30 points in 15 dimensions half a million orbits have two
// members or fewer. Which of the two is quicker nobody knows before, so that they
// are tried in turn, each time with more effort, and the first that ends is taken. What is
// spent in vain is a few times what the quicker one takes at most. Effort is counted, and
// the results are the same, so that neither depends on workers or the machine.
const (
	firstLeg = 500e6 // the effort of a decomposition after which a conversion is tried again
	// firstWhole is that of a conversion before; the orders of six things took 2.6 seconds with
	// eight times as much, of which the decomposition was a tenth.
	firstWhole = mostDirect / 8
	longer     = 4 // by what both grow from turn to turn
	// wholeShare is what a conversion may take of what the decomposition has taken, the
	// effort of which is counted more closely.
	wholeShare = 2
	// Where there are few orbits, symmetries do what they are for, and fewLonger times as
	// much is spent on them; and only of several it can be guessed what others will take.
	fewOrbits = 16
	fewLonger = 64
)

// solve finds all orbits, in turn by one conversion and by decomposition.
func (t *team) solve(ctx context.Context) error {
	most, budget := int64(firstWhole), int64(firstLeg)
	// As for figures: a few symmetries do not make good for looking at rays one by one.
	if t.c.group.order().Cmp(big.NewInt(fewSymmetries)) < 0 {
		most = patience * mostDirect
	}
	tried := int64(0)
	for {
		if t.o.way != onlyDecomposition && most > tried {
			tried = most
			all, err := t.whole(ctx, most)
			if err != nil {
				return err
			}
			// A list that was not shown to be complete is what both are done for.
			if all != nil && all.shown {
				return t.sort(ctx, all)
			}
		}
		if t.o.way != onlyWhole {
			if t.budget = budget; t.o.way == onlyDecomposition {
				t.budget = 0
			}
			if len(t.orbits) == 0 { // one orbit, from which all others are found
				if err := t.begin(ctx); err != nil {
					return err
				}
			}
			if err := t.share(ctx); err != nil || t.done() {
				return err
			}
		}
		most, budget = t.nextWhole(tried), longer*budget
	}
}

// nextWhole is what a conversion may take after one that was given so much, in vain. It is no more
// than that, or less, where the decomposition has little left to do: there is no turn for one then.
// Of the facets of Bell, 4 and 4 settings, the last two orbits of 175 would wait for two conversions
// of which nothing comes, one of 150 seconds and one of four times as much.
func (t *team) nextWhole(tried int64) int64 {
	most := max(wholeShare*t.effort, longer*tried)
	if all := t.expected(); all > 0 {
		most = min(most, wholeShare*(all-t.effort))
	}
	return most
}

// expected is what the decomposition will take in all, if each orbit that is known takes about as
// much as those before; 0 if there is none before.
func (t *team) expected() int64 {
	treated := int64(0)
	for _, o := range t.orbits {
		if o.treated {
			treated++
		}
	}
	if treated == 0 {
		return 0
	}
	return t.effort / treated * int64(len(t.orbits))
}

// way is which of the two is done, for tests.
type way int

const (
	both way = iota
	onlyDecomposition
	onlyWhole
)

// over reports whether the decomposition has taken its turn, or will with what it has still
// to do: each orbit that is known about as much as those before.
//
// It goes by what has been taken, in order, and so is the same for any number of workers.
func (t *team) over() bool {
	if t.budget == 0 {
		return false
	}
	if len(t.orbits) < fewOrbits {
		return t.effort > fewLonger*t.budget
	}
	return t.expected() > t.budget
}

// whole converts the cone in one piece, with so much effort at most, or returns nil. It is
// a piece of work as the neighbours of an orbit are.
func (t *team) whole(ctx context.Context, most int64) (*rayList, error) {
	if t.c.dim == 0 { // lines only
		return &rayList{shown: true}, nil
	}
	// The proof may take as much in proportion as that of a figure.
	convert := func(ctx context.Context) (*rayList, error) {
		return t.c.convert(ctx, effort{most, most / 3 * 10}, t.conversion())
	}
	if t.o.Do == nil {
		return convert(ctx)
	}
	for {
		data, err := t.o.Do(ctx, fmt.Sprintf("whole-%d", most), func(ctx context.Context) ([]byte, error) {
			all, err := convert(ctx)
			if err != nil {
				return nil, err
			}
			if all == nil {
				return json.Marshal(workText{Rows: len(t.c.rows), Dimension: t.c.dim, Left: true})
			}
			return json.Marshal(newWorkText(len(t.c.rows), &neighbours{all.sets, all.dimension, all.shown, all.effort}))
		})
		if errors.Is(err, ErrElsewhere) { // there is nothing else to do
			select {
			case <-ctx.Done():
				return nil, context.Cause(ctx)
			case <-time.After(again):
			}
			continue
		}
		if err != nil {
			return nil, err
		}
		n, err := t.read(data)
		if n == nil || err != nil {
			return nil, err
		}
		return &rayList{sets: n.sets, dimension: n.dimension, shown: n.shown}, nil
	}
}

// conversion is how the cone is converted in one piece: on all workers, and with progress.
func (t *team) conversion() doubledesc.Options {
	o := doubledesc.Options{Workers: t.o.Workers}
	if t.o.Progress != nil {
		o.Progress = func(p doubledesc.Progress) { t.o.Progress(Progress{Rays: new(big.Int), Whole: &p}) }
	}
	return o
}

// sort makes orbits of a list of all rays. What stands for an orbit is the same as in a
// decomposition.
func (t *team) sort(ctx context.Context, all *rayList) error {
	t.wholly, t.shown, t.dimension = true, all.shown, all.dimension
	t.orbits = nil // those of a decomposition that was left
	return eachOrbit(ctx, len(t.c.rows), all.sets, t.c.group.generators, func(members []int) error {
		best := slices.MinFunc(members, func(a, b int) int { return t.c.group.compare(all.sets[a], all.sets[b]) })
		o := &orbit{set: all.sets[best], size: big.NewInt(int64(len(members))), treated: true}
		// The index of a stabiliser divides the order of the group.
		if new(big.Int).Rem(t.c.group.order(), o.size).Sign() != 0 {
			return errors.New("orbits: the size of an orbit does not divide the order of the group")
		}
		var err error
		if all.rays != nil {
			o.ray = all.rays[best]
		} else if o.ray, err = t.c.rayAt(o.set); err != nil { // it was kept by its rows
			return err
		}
		t.orbits = append(t.orbits, o)
		return nil
	})
}

// compare orders sets such that the first of an orbit is that which canonical finds: it has
// as many as any of the points of the base, in their order.
func (c *chain) compare(s, t bitset.Set) int {
	for _, l := range c.levels {
		if a, b := s.Has(int(l.point)), t.Has(int(l.point)); a != b {
			if a {
				return -1
			}
			return 1
		}
	}
	return slices.CompareFunc(s, t, cmp.Compare)
}
