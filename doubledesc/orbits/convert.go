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
	effort    int64         // that it took
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
	all, err := f.convert(ctx, f.leg, doubledesc.Options{})
	if err != nil || all != nil && all.shown {
		return all, err
	}
	spent := f.leg.conversion
	if all != nil {
		spent = all.effort
	}
	// The same method one dimension lower. It ends, as every step down loses a dimension.
	inner, err := newDecomposition(ctx, &f.core, depth)
	if err != nil {
		return nil, err
	}
	// Looking at rays one by one costs more than taking in rows, so that a few symmetries do
	// not make good for it.
	if order := inner.c.group.order(); order.Cmp(big.NewInt(fewSymmetries)) < 0 {
		allowed := effort{patience * f.leg.conversion, patience * f.leg.proof}
		if order.Cmp(big.NewInt(1)) == 0 { // nothing is gained by orbits, unless for the proof
			allowed.conversion = 0
		}
		more, err := f.convert(ctx, allowed, doubledesc.Options{})
		if err != nil || more != nil && more.shown {
			return more, err
		}
		spent += allowed.conversion
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
	return &rayList{sets: sets, dimension: inner.dimension, shown: inner.shown, effort: spent + inner.effort}, err
}

// mostDirect is the effort after which a conversion is left, one second or less, and
// mostForProof the work, some two seconds, after which the proof is that nothing is
// missing: symmetries are used then. Of a figure with less than fewSymmetries they are
// taken patience times; a conversion of figures with 630 and 840 rows that the orders of
// seven things have, with 2 and 12 symmetries, takes 7 and 26 seconds, and the proof a
// third of that, where their own figures took minutes.
const (
	mostDirect    = 300e6
	mostForProof  = 1000e6
	fewSymmetries = 16
	patience      = 20
)

// effortRay is what is counted for each row at each ray, which is evaluated several times.
const effortRay = 50

// effort is what may be spent: on a conversion, as doubledesc counts it, 0 for no limit, and
// on a proof, as package complete counts it.
type effort struct{ conversion, proof int64 }

// convert finds the rays without symmetries, or returns nil if that takes too much effort. A
// proof that takes too much is given up.
func (c *core) convert(ctx context.Context, allowed effort, o doubledesc.Options) (*rayList, error) {
	h := &cone.H{Dim: c.dim, Inequalities: c.rows}
	list := &rayList{}
	o.Most, o.Order, o.Effort = allowed.conversion, c.order, &list.effort
	v, err := doubledesc.Rays(ctx, h, o)
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
	list.sets, list.rays, list.dimension = bitset.Several(len(v.Rays), len(c.rows)), v.Rays, cone.Rank(v.Rays, c.dim)
	// The incidences are computed once more, apart from the conversion.
	incidence := cone.NewIncidence(c.rows, c.dim)
	negative := bitset.New(len(c.rows))
	for i, r := range v.Rays {
		incidence.Signs(r, list.sets[i], negative)
	}
	// A proof that is given up is no error: Proved is false then.
	r, err := complete.CheckIncidences(ctx, h, v, list.sets, allowed.proof, 1)
	list.shown = r.Proved
	list.effort += 2*r.Work + effortRay*int64(len(v.Rays)+c.dim)*int64(len(c.rows))
	var wrong *complete.Wrong
	if errors.As(err, &wrong) { // a ray is missing, which is a fault of the program
		err = &doubledesc.Fault{Err: err}
	}
	return list, err
}
