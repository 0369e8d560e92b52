package complete

import (
	"context"
	"errors"
	"fmt"
	"math/bits"
	"slices"

	"pstar/cone"
	"pstar/internal/bitset"
	"pstar/internal/crew"
	"pstar/internal/each"
)

// Result says whether a list was shown to be complete. Proved and an error exclude each
// other; with neither the list may or may not be complete.
type Result struct {
	// Proved is false if the budget was used up first.
	Proved bool
	// Work counts what was done, in steps of two or three nanoseconds. It depends on the
	// generators and rows only.
	Work int64
}

// Wrong is the error of [Check] for generators that are not those of the cone.
type Wrong struct{ What string }

func (w *Wrong) Error() string { return "complete: " + w.What }

// Check proves that the generators v generate the cone h, all of it and nothing
// else, with at most so much work. Rays must be extreme and different, modulo
// the lines, as doubledesc.Check shows; of others it may say that some are missing
// when none is.
//
// It returns a [*Wrong] if a generator violates a row, if the lines do not span
// the lineality space, or if a ray is missing, and the cause for which ctx ended.
// The package comment has the method.
//
// The budget is in the units of Result.Work. The coordinates are looked at for the
// incidences and for lines and equations; everything else is done on sets.
func Check(ctx context.Context, h *cone.H, v *cone.V, budget int64) (Result, error) {
	return checkGiven(ctx, h, v, nil, budget, 1)
}

// CheckIncidences is [Check] where it is known already that the rays satisfy all rows, and which
// inequalities are zero at each. All that it says rests on their being right. What can be shared
// by workers without a change of the result is.
func CheckIncidences(ctx context.Context, h *cone.H, v *cone.V, zero []bitset.Set, budget int64, workers int) (Result, error) {
	return checkGiven(ctx, h, v, zero, budget, workers)
}

func checkGiven(ctx context.Context, h *cone.H, v *cone.V, zero []set, budget int64, workers int) (Result, error) {
	// Misuse, not bad input: both come from a program.
	if v.Dim != h.Dim {
		panic(fmt.Sprintf("complete: generators of dimension %d for a cone of dimension %d", v.Dim, h.Dim))
	}
	p := &prover{ctx: ctx, workers: workers, budget: budget, known: map[string]bool{}, zero: zero}
	err := p.check(h, v)
	switch {
	case err == nil:
		return Result{Proved: true, Work: p.work}, nil
	case errors.Is(err, errBudget):
		// It is no error: nothing was found to be wrong.
		return Result{Work: p.work}, nil
	}
	return Result{Work: p.work}, err
}

// errBudget ends a proof that is too long.
var errBudget = errors.New("complete: more work than allowed")

// errMissing ends a proof that cannot be completed. By the lemma of the package
// comment; which ray it is at is not told, as claims are about cones within cones.
var errMissing = &Wrong{"generators are incomplete: an edge at one of the rays leads to none of them"}

// prover is one proof.
type prover struct {
	ctx          context.Context
	workers      int
	zero         []set // by ray: the inequalities that are zero there, if known
	work, budget int64
	polled       int64           // the work at the last look at ctx
	known        map[string]bool // claims that are proved, by their table
	remembered   int             // bytes in known

	began         int64  // the work when the proof from the incidences began, and that at simple rays
	portion, done uint64 // of it: what the claim in hand is, and what has been proved

	shared, candidates []int32 // see sharing
	columns            []set
	found              [][]int32
	digits             [64]uint64
	ends               ends    // see simpleRays
	colours            colours // see ordered
}

// spend counts work before it is done, so many things at so much each, and looks at ctx
// now and then. Work is counted by the inputs, not by a clock, so that the same proof
// is given up at the same place on any machine.
func (p *prover) spend(count, each int) error {
	// Beyond the budget at once: a large step is not begun.
	p.work += int64(count) * int64(each)
	if p.work > p.budget {
		return errBudget
	}
	// A step of it is some nanoseconds, so that this is a few milliseconds.
	if p.work-p.polled > 1<<20 {
		p.polled = p.work
		if p.ctx.Err() != nil {
			return context.Cause(p.ctx)
		}
	}
	return nil
}

// check proves the claim of [Check].
func (p *prover) check(h *cone.H, v *cone.V) error {
	if p.ctx.Err() != nil {
		return context.Cause(p.ctx)
	}
	rank := cone.Rank(h.Rows(), h.Dim)
	if err := checkLines(h, v, rank); err != nil {
		return err
	}
	// As many rows as their rank: they are independent.
	if len(h.Inequalities)+len(h.Equations) == rank {
		return p.checkSimplicial(h, v)
	}
	// Both lists are needed as sets from here on.
	on, err := p.incidences(h, v)
	if err != nil {
		return err
	}
	return p.checkIncidences(h, v, on, rank)
}

// checkIncidences proves the claim from the incidences.
func (p *prover) checkIncidences(h *cone.H, v *cone.V, on []set, rank int) error {
	turned := bitset.Transposed(on, len(h.Inequalities))
	flat, rows, err := p.facets(on, turned)
	if err != nil {
		return err
	}
	// Rows that are zero on all rays are treated as equations, and it must be shown
	// that they are.
	vanishing := append([]cone.Vector(nil), h.Equations...)
	for _, k := range flat {
		vanishing = append(vanishing, h.Inequalities[k])
	}
	if err := p.checkFlat(h.Dim, vanishing[len(h.Equations):], h.Equations); err != nil {
		return err
	}
	dim := rank - cone.Rank(vanishing, h.Dim)
	// Rows that are no facets are left out: with fewer rows the claim is about a larger
	// cone.
	t := restricted(on, turned, rows, dim)
	// Neither the cone nor its polar is simple: symmetry may be worth looking for.
	// First over a part of the cone, if no hidden equations are in the way; that is a
	// proof or nothing. Then for orbits of claims.
	if t.hard() {
		if len(flat) == 0 {
			if done, err := p.affordDomain(h, v, on, dim); done || err != nil {
				return err
			}
		}
		vectors := each.Of(rows, func(k int32) cone.Vector { return h.Inequalities[k] })
		if t.guesses, err = p.guessSymmetries(vectors, h.Equations, h.Dim); err != nil {
			return err
		}
	}
	return p.start(t)
}

// checkLines shows that the lines span the lineality space of a cone with rows of
// this rank. The rank gives the dimension of the lineality space; lines must be
// independent, as many, and in it.
func checkLines(h *cone.H, v *cone.V, rank int) error {
	if want := h.Dim - rank; len(v.Lines) != want || cone.Rank(v.Lines, h.Dim) != want {
		return &Wrong{fmt.Sprintf("%d lines, want a basis of a lineality space of dimension %d", len(v.Lines), want)}
	}
	if len(v.Lines) == 0 {
		return nil
	}
	products := cone.NewIncidence(h.Rows(), h.Dim)
	for i, line := range v.Lines {
		if len(products.NonZero(line)) > 0 {
			return &Wrong{fmt.Sprintf("line %d is not in the lineality space", i+1)}
		}
	}
	return nil
}

// checkSimplicial shows that the rays are those of a cone whose rows are independent: off
// one inequality each, and one off each of them. No table is made, which would be
// large. A cone with independent rows has one extreme ray for each inequality: zero on
// all others and positive on it.
func (p *prover) checkSimplicial(h *cone.H, v *cone.V) error {
	// Products are taken with sparse vectors; there is no table of incidences.
	if err := p.spend(len(v.Rays)+1, 100); err != nil {
		return err
	}
	products := cone.NewIncidence(h.Rows(), h.Dim)
	m := len(h.Inequalities)
	have := make([]bool, m)
	for i, r := range v.Rays {
		if err := p.spend(len(r)+1, 10); err != nil {
			return err
		}
		nonZero := products.NonZero(r)
		for _, x := range nonZero {
			if x.Row >= m || x.Value.Sign() < 0 {
				return &Wrong{fmt.Sprintf("ray %d violates row %d", i+1, x.Row+1)}
			}
		}
		// Others are no extreme rays, and show nothing.
		if len(nonZero) == 1 {
			have[nonZero[0].Row] = true
		}
	}
	if slices.Contains(have, false) {
		return errMissing
	}
	return nil
}

// incidences returns, for each ray, the inequalities that are zero there, and
// shows that all rows hold.
func (p *prover) incidences(h *cone.H, v *cone.V) ([]set, error) {
	m := len(h.Inequalities)
	if p.zero != nil {
		return p.zero, p.spend(len(v.Rays), bitset.Words(m))
	}
	rows := h.Rows()
	if err := p.spend(len(v.Rays), bitset.Words(m)+4*len(rows)); err != nil {
		return nil, err
	}
	products := cone.NewIncidence(rows, h.Dim)
	on := bitset.Several(len(v.Rays), m)
	zero, negative := bitset.New(len(rows)), bitset.New(len(rows))
	equations := bitset.New(len(rows))
	// Any sign violates these, so that what is not 0 counts as negative.
	for k := m; k < len(rows); k++ {
		equations.Add(k)
	}
	for i, r := range v.Rays {
		if i&255 == 0 && p.ctx.Err() != nil {
			return nil, context.Cause(p.ctx)
		}
		products.Signs(r, zero, negative)
		copy(on[i], zero)
		negative.Unite(negative, equations)
		minus(negative, negative, zero)
		for k, w := range negative {
			if w != 0 {
				return nil, &Wrong{fmt.Sprintf("ray %d violates row %d", i+1, k<<6+bits.TrailingZeros64(w)+1)}
			}
		}
		// The last word may have zeros of equations.
		if m&63 != 0 {
			on[i][m>>6] &= 1<<(m&63) - 1
		}
	}
	return on, nil
}

// facets returns the rows that all rays are on, and of the others those that are on
// most: the rays on no other row are all those on it and more. Of rows with the
// same rays the first one is taken.
func (p *prover) facets(on, turned []set) (flat, most []int32, err error) {
	f := &facets{on, turned, make([]int, len(turned)), make([]bool, len(turned)), make([]int, len(turned))}
	// How many rays each row has, looked at many times below.
	for k, rays := range turned {
		f.sizes[k] = rays.Count()
	}
	// Some at a time, as the work may be more than is allowed.
	for from := 0; from < len(turned); from += facetsAtATime {
		to := min(from+facetsAtATime, len(turned))
		crew.Pieces(p.workers, to-from, facetsEach, func(_, begin, end int) { f.look(from+begin, from+end) })
		for k := from; k < to; k++ {
			if err := p.spend(f.work[k], 1); err != nil {
				return nil, nil, err
			}
			if f.sizes[k] == len(on) {
				flat = append(flat, int32(k))
			} else if f.most[k] {
				most = append(most, int32(k))
			}
		}
	}
	return flat, most, nil
}

// facetsEach is how many of them are worth a goroutine.
const facetsAtATime, facetsEach = 1 << 10, 1 << 4

// facets looks for the rows that are on most rays.
type facets struct {
	on, turned []set
	sizes      []int  // by row: how many rays
	most       []bool // by row
	work       []int  // by row
}

// look finds out of some rows whether they are on most rays, and counts the work.
func (f *facets) look(from, to int) {
	rows := len(f.turned)
	within := bitset.New(rows) // the rows that all rays on row k are on, or more
	for k := from; k < to; k++ {
		rays := f.turned[k]
		if f.sizes[k] == len(f.on) {
			continue
		}
		within.Fill(rows)
		if f.sizes[k]*len(within) > rows {
			// Many rays on the row: those of the other rows are compared with them.
			f.work[k] = rows
			for j, others := range f.turned {
				if !rays.Within(others) {
					within.Remove(j)
				}
			}
		} else {
			intersectInto(within, rays, f.on, k)
			f.work[k] = len(f.on)/4 + within.Count()*len(rays)
		}
		f.most[k] = isMost(within, f.sizes, k, len(f.on))
	}
}

// isMost reports whether no row within has more rays than row k, or as many and stands
// before it. Rows that have all rays do not count.
func isMost(within set, sizes []int, k, all int) bool {
	for _, j := range within.Members(nil) {
		// Of row k itself neither is true.
		size := sizes[j]
		if size < all && (size > sizes[k] || int(j) < k) {
			return false
		}
	}
	return true
}

// intersectInto takes from within what is not in all sets that s lists, until only
// k is left.
func intersectInto(within, s set, sets []set, k int) {
	for _, i := range s.Members(nil) {
		if !intersect(within, sets[i], k) {
			break
		}
	}
}
