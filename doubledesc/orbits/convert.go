package orbits

import (
	"context"
	"errors"
	"math/big"

	"pstar/cone"
	"pstar/doubledesc"
	"pstar/doubledesc/complete"
	"pstar/internal/bitset"
)

// rayList is all extreme rays of a core.
//
// shown is false where a proof was given up; then the list is no less likely to be whole.
type rayList struct {
	sets      []bitset.Set  // of the rows that are zero
	rays      []cone.Vector // or nil, where only the sets were found
	dimension int           // of the cone
	shown     bool          // that none is missing
}

// allRays finds all extreme rays of a figure: by converting it, or by its own symmetries if
// that, or the proof that none is missing, takes long. A figure may have more symmetries
// than those that the cone has at the ray.
//
// A store of the figures that took long was tried, for those that are the same up to a linear
// map: of 622 that came after some of the orders of seven things none was there, nor any of
// the other families of the package comment.
func (f *figure) allRays(ctx context.Context, depth int) (*rayList, error) {
	// Most figures are small, and their symmetries would cost more than they save.
	all, err := f.convert(ctx, mostDirect)
	if err != nil || all != nil && all.shown {
		return all, err
	}
	// The same method one dimension lower. It ends, as every step down loses a dimension.
	inner, err := newDecomposition(ctx, &f.core, depth)
	if err != nil {
		return nil, err
	}
	if all == nil && inner.c.group.order().Cmp(big.NewInt(1)) == 0 {
		// Nothing is gained by looking at its rays one by one, unless for the proof.
		if all, err = f.convert(ctx, 0); err != nil || all.shown {
			return all, err
		}
	}
	// Of these orbits it also shows that none is missing, if the figures of the figure
	// allow it.
	if err := inner.run(ctx); err != nil {
		return nil, err
	}
	var sets []bitset.Set
	for _, o := range inner.orbits {
		sets = append(sets, o.set)
	}
	// Neighbours of the ray are wanted under the stabiliser of the ray, which may be
	// smaller than the group of the figure: so all members are needed.
	sets, err = spread(ctx, len(f.rows), sets, f.group.generators)
	return &rayList{sets: sets, dimension: inner.dimension, shown: inner.shown}, err
}

// mostDirect is the effort after which a conversion is left, one second or less, and
// mostForProof the work, some two seconds, after which the proof is that nothing is
// missing: symmetries are used then.
const (
	mostDirect   = 300e6
	mostForProof = 1000e6
)

// convert finds the rays without symmetries, or returns nil if that takes more than so much
// effort; 0 stands for no limit.
func (c *core) convert(ctx context.Context, most int64) (*rayList, error) {
	h := &cone.H{Dim: c.dim, Inequalities: c.rows}
	v, err := doubledesc.Rays(ctx, h, doubledesc.Options{Most: most, Order: c.order})
	// Effort is counted in operations, not in time: what is found does not depend on the
	// machine.
	if errors.Is(err, doubledesc.ErrMost) {
		return nil, nil // the caller has another way
	}
	if err != nil {
		return nil, err
	}
	// The rank of the rays is the dimension of the cone, also if its rows are tight
	// throughout.
	list := &rayList{sets: bitset.Several(len(v.Rays), len(c.rows)), rays: v.Rays, dimension: cone.Rank(v.Rays, c.dim)}
	// The incidences are computed once more, apart from the conversion.
	incidence := cone.NewIncidence(c.rows, c.dim)
	negative := bitset.New(len(c.rows))
	for i, r := range v.Rays {
		incidence.Signs(r, list.sets[i], negative)
	}
	// A proof that is given up is no error: Proved is false then.
	r, err := complete.CheckIncidences(ctx, h, v, list.sets, mostForProof)
	list.shown = r.Proved
	var wrong *complete.Wrong
	if errors.As(err, &wrong) { // a ray is missing, which is a fault of the program
		err = &doubledesc.Fault{Err: err}
	}
	return list, err
}
