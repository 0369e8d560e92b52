package orbits

import (
	"context"
	"slices"

	"pstar/internal/bitset"
)

// mostCandidates is how many images of a set are followed before those are left out that
// symmetries take to each other, which is looked for one by one.
//
// The number decides on time alone: to look for symmetries among few images costs more
// than to follow them.
const mostCandidates = 64

// canonical returns one of the images of a set under the group, the same for all of them:
// of the points of the base, in their order, it has as many as any, and of those images the
// one that is first as a number. Linton (2004) finds the smallest image so; here the base
// comes first, so that no stabilisers but those of the chain are needed.
//
// The work is the number of images followed, times the members of each orbit of the
// chain, times the length of a walk back. It returns the cause for which ctx ended.
func (c *core) canonical(ctx context.Context, set bitset.Set) (bitset.Set, error) {
	list := []bitset.Set{set} // images that may still become the one wanted
	most := mostCandidates
	// Scratch: every image is made here, and copied only if it is new.
	into, other := slices.Clone(set), slices.Clone(set)
	for k := range c.group.levels {
		// An index and not a list, since different images of a level often agree.
		next := newIndex(len(c.rows))
		// An element of the group takes some x of the orbit to the point of this level, and
		// whether the image has the point is whether the set has x.
		inside := false // the point of the level is in the images so far
		for _, s := range list {
			for _, x := range c.group.levels[k].orbit {
				in := s.Has(int(x))
				if in && !inside { // better than all before, which have it not
					inside, next = true, newIndex(len(c.rows))
				}
				if in == inside {
					// After this level only elements that fix its point are used: whether the image
					// has the point is settled for good.
					c.group.back(k, x, s, into, other)
					next.add(into)
				}
			}
		}
		// Not empty: some member of the orbit is in the set or is not, whatever the best is.
		list = next.sets
		if len(list) > most {
			var err error
			if list, err = c.different(ctx, list, k+1); err != nil {
				return nil, err
			}
			most = max(mostCandidates, 2*len(list)) // lest it is looked for in vain at every level
		}
	}
	// The identity alone fixes the whole base: what is left are images, not classes of them.
	return slices.MinFunc(list, func(s, t bitset.Set) int { return slices.Compare(s, t) }), nil
}

// different leaves out sets that elements of the group which fix the first points of the
// base, so many, take to others that stay: what becomes of those becomes of these.
func (c *core) different(ctx context.Context, sets []bitset.Set, fixed int) ([]bitset.Set, error) {
	// Symmetries that move a point already placed would undo the levels before.
	colours := slices.Clone(c.colours)
	for k, l := range c.group.levels[:fixed] {
		colours[l.point] = -1 - int32(k) // which no other row has
	}
	var kept []bitset.Set
	patterns := map[uint64][]*pattern{}
	for _, s := range sets {
		// A search that ctx has ended says "none", and a set would stay that should go.
		if ctx.Err() != nil {
			return nil, context.Cause(ctx)
		}
		// Sets of one orbit have one hash, so that only those of the same hash are compared.
		p := newPattern(c.products, colours, s)
		there := slices.ContainsFunc(patterns[p.hash], func(q *pattern) bool { return q.to(ctx, colours, s, c.group.contains) != nil })
		if !there {
			kept = append(kept, s)
			patterns[p.hash] = append(patterns[p.hash], p)
		}
	}
	return kept, nil
}
