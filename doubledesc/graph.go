package doubledesc

import (
	"context"
	"slices"

	"pstar/cone"
	"pstar/internal/bitset"
)

// Graph is the adjacency of the extreme rays of a cone: two rays are adjacent if
// they span a face of dimension two modulo lineality. For a polyhedron one
// dimension up these are its edges, bounded and unbounded, and pairs of rays at
// infinity.
type Graph struct {
	// Neighbours lists, for each ray, the indices of the rays adjacent to it, in
	// order.
	Neighbours [][]int32
	// Tight lists, for each ray, the indices of the inequalities that are zero
	// there, in order.
	Tight [][]int32
}

// Adjacency returns the graph of a cone from its rows and its minimal rays, as
// [Rays] returns them; of [Facets] it gives the adjacency of the facets if it is
// called on polars.
//
// Two extreme rays are adjacent exactly if no third one is tight on all
// inequalities tight at both (Fukuda and Prodon 1996, Proposition 7). For each
// ray x the sets Z(x)∩Z(y) are taken in order of size, and those that no other
// contains are kept. Cost: for each pair of rays, a pass over the sets kept. The
// method shares nothing with the one by which rays are found. An error is
// returned only when ctx ends.
func Adjacency(ctx context.Context, h *cone.H, v *cone.V) (*Graph, error) {
	g := &Graph{Neighbours: make([][]int32, len(v.Rays)), Tight: make([][]int32, len(v.Rays))}
	tight := tightSets(h, v)
	for i, set := range tight {
		g.Tight[i] = set.Members(nil)
	}
	for x := range tight {
		if ctx.Err() != nil {
			return nil, context.Cause(ctx)
		}
		g.Neighbours[x] = maximalWith(tight, x)
	}
	return g, nil
}

// tightSets returns, for each ray, the set of inequalities that are zero there.
// Equations are zero at all rays, and would be in all sets.
func tightSets(h *cone.H, v *cone.V) []bitset.Set {
	incidence := cone.NewIncidence(h.Inequalities, h.Dim)
	sets := bitset.Several(len(v.Rays), len(h.Inequalities))
	negative := bitset.New(len(h.Inequalities))
	for i, r := range v.Rays {
		incidence.Signs(r, sets[i], negative)
	}
	return sets
}

// shared is the set of rows tight at x and at another ray.
type shared struct {
	ray  int32
	size int
}

// maximalWith returns the rays y for which Z(x)∩Z(y) lies in no Z(z), z another
// ray. If the least face with x and y has more than two rays, x has a neighbour
// in it, and that shares more rows with x: so of equal sets none is maximal.
func maximalWith(tight []bitset.Set, x int) []int32 {
	all := make([]shared, 0, len(tight)-1)
	for y, set := range tight {
		if y != x {
			all = append(all, shared{ray: int32(y), size: tight[x].CountCommon(set)})
		}
	}
	slices.SortStableFunc(all, func(a, b shared) int { return b.size - a.size })
	var maximal []bitset.Set
	var neighbours []int32
	for _, s := range all {
		if !contained(tight[x], tight[s.ray], maximal) {
			maximal = append(maximal, intersection(tight[x], tight[s.ray]))
			neighbours = append(neighbours, s.ray)
		}
	}
	slices.Sort(neighbours)
	return neighbours
}

// contained reports whether a ∩ b lies in one of the sets.
func contained(a, b bitset.Set, sets []bitset.Set) bool {
	for _, s := range sets {
		if bitset.CommonWithin(a, b, s) {
			return true
		}
	}
	return false
}

func intersection(a, b bitset.Set) bitset.Set {
	c := make(bitset.Set, len(a))
	for i := range a {
		c[i] = a[i] & b[i]
	}
	return c
}

// Connected reports whether the graph is connected, as the graph of every
// pointed cone is (Balinski 1961). The empty graph is.
func (g *Graph) Connected() bool {
	if len(g.Neighbours) == 0 {
		return true
	}
	seen := make([]bool, len(g.Neighbours))
	seen[0] = true
	queue := []int32{0}
	for k := 0; k < len(queue); k++ {
		for _, y := range g.Neighbours[queue[k]] {
			if !seen[y] {
				seen[y] = true
				queue = append(queue, y)
			}
		}
	}
	return len(queue) == len(g.Neighbours)
}
