package doubledesc

import (
	"context"
	"fmt"
	"math/bits"

	"pstar/cone"
	"pstar/internal/bitset"
	"pstar/internal/crew"
)

// Check reports the first generator of v that is wrong for the cone h: a ray
// that violates a row, is not extreme or occurs twice modulo lineality, or
// lines that do not span the lineality space. It does not decide whether an
// extreme ray is missing.
//
// It is written against package cone alone and shares no state with the
// conversion. Cost: a product for each ray and row, and one sparse rank for each ray.
func Check(ctx context.Context, h *cone.H, v *cone.V) error {
	_, err := checkTight(ctx, h, v, 1, nil)
	return err
}

// checkTight is [Check] by several goroutines, and returns the inequalities that are zero at each ray.
func checkTight(ctx context.Context, h *cone.H, v *cone.V, workers int, report func(Progress)) ([]bitset.Set, error) {
	if v.Dim != h.Dim {
		return nil, fmt.Errorf("doubledesc: generators of dimension %d for a cone of dimension %d", v.Dim, h.Dim)
	}
	rows := h.Rows()
	rank := cone.Rank(rows, h.Dim)
	// As many independent lines in it as its dimension are a basis of it.
	if len(v.Lines) != h.Dim-rank || cone.Rank(v.Lines, h.Dim) != len(v.Lines) {
		return nil, fmt.Errorf("doubledesc: %d lines, want a basis of a lineality space of dimension %d", len(v.Lines), h.Dim-rank)
	}
	for i, line := range v.Lines {
		for _, a := range rows {
			if !a.Dot(line).IsZero() {
				return nil, fmt.Errorf("doubledesc: line %d is not in the lineality space", i+1)
			}
		}
	}
	// Rows in one piece of memory, each part writes the sets of its own rays.
	tight := bitset.Several(len(v.Rays), len(rows))
	if err := checkRays(ctx, h, v, rank, tight, workers, report); err != nil {
		return nil, err
	}
	// The rows that are zero at an extreme ray tell it from all others.
	if n := bitset.Different(tight); n != len(v.Rays) {
		return nil, fmt.Errorf("doubledesc: %d rays, but only %d different ones modulo lineality", len(v.Rays), n)
	}
	// Equations are zero at all, and whoever asks knows them.
	m := len(h.Inequalities)
	for i, s := range tight {
		if tight[i] = s[:bitset.Words(m):bitset.Words(m)]; m&63 != 0 {
			s[m>>6] &= 1<<(m&63) - 1
		}
	}
	return tight, nil
}

// raysEach is how many rays are worth a goroutine, which has to prepare all rows first.
const raysEach = 512

// checkRays looks at each ray alone, and fills in its tight rows. Its error is that of the
// first wrong one. It reports now and then, from the calling goroutine, unless report is nil.
func checkRays(ctx context.Context, h *cone.H, v *cone.V, rank int, tight []bitset.Set, workers int, report func(Progress)) error {
	// Fewer rays than that are looked at in a moment.
	workers = max(1, min(workers, len(v.Rays)/raysEach))
	checkers := make([]*checker, workers)
	wrong, errs := make([]int, workers), make([]error, workers)
	crew.Pieces(workers, len(v.Rays), raysEach/8, func(worker, from, to int) {
		// A worker is given later and later rays: its first error is that of its first wrong one.
		if errs[worker] != nil {
			return
		}
		if checkers[worker] == nil {
			checkers[worker] = newChecker(h, rank)
		}
		for i := from; i < to; i++ {
			if worker == 0 && report != nil && i&1023 == 1023 {
				report(Progress{Checked: i, ToCheck: len(v.Rays)})
			}
			wrong[worker], errs[worker] = i, checkers[worker].check(ctx, i, v.Rays[i], tight[i])
			if errs[worker] != nil {
				return
			}
		}
	})
	// The first in the order of rays, whichever part was quicker.
	first := -1
	for worker, err := range errs {
		if err != nil && (first < 0 || wrong[worker] < wrong[first]) {
			first = worker
		}
	}
	if first < 0 {
		return nil
	}
	return errs[first]
}

// checker looks at rays one by one. It has scratch memory, and is for one goroutine.
type checker struct {
	signs *signs
	ranks *ranks
	rank  int // of all rows
}

func newChecker(h *cone.H, rank int) *checker {
	return &checker{newSigns(h), newRanks(h.Rows(), h.Dim), rank}
}

// check looks at ray i, and sets tight to its rows.
func (c *checker) check(ctx context.Context, i int, r cone.Vector, tight bitset.Set) error {
	if ctx.Err() != nil {
		return context.Cause(ctx)
	}
	if row := c.signs.at(r, tight); row >= 0 {
		return fmt.Errorf("doubledesc: ray %d violates row %d", i+1, row+1)
	}
	if !c.ranks.extreme(tight, c.rank) {
		return fmt.Errorf("doubledesc: ray %d is not extreme", i+1)
	}
	return nil
}

// signs finds the rows of a cone that vectors violate, and those that are zero at them.
// It has scratch memory, and is for one goroutine.
type signs struct {
	incidence    *cone.Incidence
	inequalities int
	rows         int
	negative     bitset.Set
}

func newSigns(h *cone.H) *signs {
	rows := h.Rows()
	return &signs{cone.NewIncidence(rows, h.Dim), len(h.Inequalities), len(rows), bitset.New(len(rows))}
}

// at sets tight to the rows, inequalities before equations, that are zero at v, and returns the
// first one that v violates, or -1.
func (s *signs) at(v cone.Vector, tight bitset.Set) int {
	s.incidence.Signs(v, tight, s.negative)
	// An equation must be zero, so one that is positive is violated as well.
	for row := s.inequalities; row < s.rows; row++ {
		if !tight.Has(row) {
			s.negative.Add(row)
		}
	}
	for i, w := range s.negative {
		if w != 0 {
			return i<<6 + bits.TrailingZeros64(w)
		}
	}
	return -1
}

// ranks finds ranks of many sets of the same rows.
// Residues are computed once for each row, whatever sets are asked for.
type ranks struct {
	rows        []cone.Vector
	dim         int
	elimination *cone.Elimination
	residues    []cone.Residues
	small       *cone.SmallElimination // nil if there are many coordinates
	smallRows   []cone.SmallRow
}

func newRanks(rows []cone.Vector, dim int) *ranks {
	r := &ranks{rows: rows, dim: dim, elimination: cone.NewElimination(rows, dim), small: cone.NewSmallElimination(dim)}
	for _, a := range rows {
		r.residues = append(r.residues, r.elimination.Residues(a))
		if r.small != nil {
			r.smallRows = append(r.smallRows, r.small.Row(a))
		}
	}
	return r
}

// have reports whether the rows of a set have rank want, which
// they cannot exceed. Rows that are independent modulo a prime are independent;
// if the prime gives too few, the exact rank decides.
func (r *ranks) have(set bitset.Set, want int) bool {
	// The small prime is right nearly always, and its words are the shortest.
	if r.small != nil && r.haveSmall(set, want) {
		return true
	}
	r.elimination.Reset()
	for i, w := range set {
		for ; w != 0; w &= w - 1 {
			if r.elimination.Rank() == want {
				return true
			}
			r.elimination.Add(r.residues[i<<6+bits.TrailingZeros64(w)])
		}
	}
	if r.elimination.Rank() == want {
		return true
	}
	// Both primes may hide a rank by chance.
	var list []cone.Vector
	set.Each(func(i int) { list = append(list, r.rows[i]) })
	return cone.Rank(list, r.dim) == want
}

// haveSmall reports whether the rows of a set have a rank of want modulo a small prime.
// false decides nothing.
func (r *ranks) haveSmall(set bitset.Set, want int) bool {
	r.small.Reset()
	for i, w := range set {
		for ; w != 0; w &= w - 1 {
			if r.small.Add(r.smallRows[i<<6+bits.TrailingZeros64(w)]); r.small.Rank() >= want {
				return true
			}
		}
	}
	return want == 0
}

// extreme reports whether a member of the cone where these rows are zero is an extreme
// ray: they have rank one less than all rows. Where all are
// independent, as those of a simplicial cone are, that means all but one.
func (r *ranks) extreme(tight bitset.Set, rank int) bool {
	size := tight.Count()
	if len(r.rows) == rank {
		return size == rank-1
	}
	// Zero at all rows is a vector of the lineality space, and no ray.
	return size < len(r.rows) && r.have(tight, rank-1)
}
