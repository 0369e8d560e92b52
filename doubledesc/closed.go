package doubledesc

import (
	"context"
	"fmt"

	"pstar/cone"
)

// checkClosed reports an edge of the cone at one of the rays that leads to none of
// them. If there is no such edge the rays are all extreme rays, since the graph of
// these is connected (Balinski 1961). The rays must be extreme, and there must be
// one.
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
	for i := range v.Rays {
		if report != nil {
			report(Progress{Row: i, Rows: len(v.Rays), Rays: len(v.Rays)})
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
