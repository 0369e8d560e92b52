package doubledesc

import (
	"context"
	"fmt"
	"slices"

	"pstar/cone"
)

// checkClosed reports an edge of the cone at one of the rays that leads to none of
// them. If there is no such edge the rays are all extreme rays, since the graph of
// these is connected. The rays must be extreme, and there must be one.
//
// The graph of a pointed cone of dimension d even stays connected when any d-2
// rays are taken out (Balinski 1961, of the polytope that cuts it). So the rays
// with the most tight rows, whose edges cost the most, are passed over: if some
// extreme ray were missing, so that none of the others led to it, taking out
// those d-2 would part the graph.
//
// The edges at a ray are the extreme rays, modulo its line, of the cone of the rows
// tight there. Each ray takes one conversion of these rows, with no more memory than
// the conversion of the whole; report counts rays in place of rows.
func checkClosed(ctx context.Context, h *cone.H, v *cone.V, report func(Progress)) error {
	tight := tightSets(h, v)
	on := make([]bitset, len(h.Inequalities)) // by row: the rays tight on it
	for k := range on {
		on[k] = make(bitset, words(len(v.Rays)))
	}
	for i, set := range tight {
		for _, k := range set.members(nil) {
			on[k].set(i)
		}
	}
	order := simplestFirst(tight)
	// The rays at hand span no more than the cone.
	if dim := cone.Rank(append(v.Lines[:len(v.Lines):len(v.Lines)], v.Rays...), v.Dim) - len(v.Lines); dim > 2 {
		order = order[:len(order)-(dim-2)]
	}
	for done, i := range order {
		if report != nil {
			report(Progress{Row: done, Rows: len(order), Rays: len(v.Rays)})
		}
		edges, err := edgesAt(ctx, h, tight[i])
		if err != nil {
			return err
		}
		for _, rows := range edges {
			if !otherEnd(on, rows, len(v.Rays), i) {
				return fmt.Errorf("doubledesc: generators are incomplete: an edge at ray %d leads to none of them", i+1)
			}
		}
	}
	return nil
}

// simplestFirst lists the rays by how many rows are tight at them.
func simplestFirst(tight []bitset) []int {
	order := make([]int, len(tight))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(i, j int) int { return tight[i].count() - tight[j].count() })
	return order
}

// edgesAt returns the edges of the cone at a ray with these tight rows, each as the
// rows tight along it.
func edgesAt(ctx context.Context, h *cone.H, tight bitset) ([][]int32, error) {
	rows := tight.members(nil)
	local := &cone.H{Dim: h.Dim, Equations: h.Equations}
	for _, k := range rows {
		local.Inequalities = append(local.Inequalities, h.Inequalities[k])
	}
	directions, err := convert(ctx, local, Options{})
	if err != nil {
		return nil, err
	}
	incidence := cone.NewIncidence(local.Inequalities, h.Dim)
	edges := make([][]int32, len(directions.Rays))
	for i, d := range directions.Rays {
		off := incidence.NonZero(d)
		for k, row := range rows {
			if len(off) > 0 && off[0].Row == k {
				off = off[1:]
				continue
			}
			edges[i] = append(edges[i], row)
		}
	}
	return edges, nil
}

// otherEnd reports whether one of the rays but ray i is tight on the rows.
func otherEnd(on []bitset, rows []int32, rays, i int) bool {
	if len(rows) == 0 {
		return rays > 1
	}
	within := append(bitset(nil), on[rows[0]]...)
	for _, k := range rows[1:] {
		intersect(within, on[k])
	}
	within.clear(i)
	return !within.empty()
}
