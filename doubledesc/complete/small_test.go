package complete

import (
	"context"
	"errors"
	"math/rand/v2"
	"slices"
	"testing"

	"pstar/cone"
	"pstar/internal/bitset"
	"pstar/rational"
)

// vectors writes vectors by their coordinates.
func vectors(rows ...[]int64) (list []cone.Vector) {
	for _, row := range rows {
		dense := make(rational.Vector, len(row))
		for i, x := range row {
			dense[i] = rational.NewInt(x)
		}
		list = append(list, cone.Sparse(dense))
	}
	return list
}

// Cones that need no table of incidences: independent rows, with or without lines and equations, and the point.
func TestSimplicialConesAndPoints(t *testing.T) {
	x, y, z := []int64{1, 0, 0}, []int64{0, 1, 0}, []int64{0, 0, 1}
	octant := &cone.H{Dim: 3, Inequalities: vectors(x, y, z)}
	quadrant := &cone.H{Dim: 3, Inequalities: vectors(x, y), Equations: vectors(z)}
	wedge := &cone.H{Dim: 3, Inequalities: vectors(x, y)}
	point := &cone.H{Dim: 1, Inequalities: vectors([]int64{1}, []int64{-1})}
	none := []cone.Vector{}
	for _, c := range []struct {
		what        string
		h           *cone.H
		rays, lines []cone.Vector
		complete    bool
	}{
		{"octant", octant, vectors(x, y, z), none, true},
		{"octant, one missing", octant, vectors(x, z), none, false},
		{"octant, one inside a face in place of a ray", octant, vectors(x, y, []int64{0, 1, 1}), none, false},
		{"octant, one outside", octant, vectors(x, y, z, []int64{-1, 0, 0}), none, false},
		{"octant, none", octant, none, none, false},
		{"quadrant", quadrant, vectors(x, y), none, true},
		{"quadrant, one off the plane", quadrant, vectors(x, y, []int64{1, 0, 1}), none, false},
		{"wedge", wedge, vectors(x, y), vectors(z), true},
		{"wedge, a line outside", wedge, vectors(x, y), vectors([]int64{1, 0, 1}), false},
		{"wedge without its line", wedge, vectors(x, y), none, false},
		{"wedge, a line too many", wedge, vectors(x, y), vectors(z, []int64{0, 0, 2}), false},
		{"point", point, none, none, true},
	} {
		v := &cone.V{Dim: c.h.Dim, Rays: c.rays, Lines: c.lines}
		_, err := check(t, c.h, v)
		var wrong *Wrong
		if c.complete != (err == nil) || !c.complete && !errors.As(err, &wrong) {
			t.Errorf("%s: error %v", c.what, err)
		}
		if r, err := Check(t.Context(), c.h, v, 0); c.h != point && c.complete && (r.Proved || err != nil) {
			t.Errorf("%s, no work allowed: %+v, error %v", c.what, r, err)
		}
	}
}

// A proof ends with its context, which it looks at when it has done some work since the last look.
func TestProofsEndWithTheirContext(t *testing.T) {
	h, v := cube(3)
	ctx, cancel := context.WithCancelCause(t.Context())
	why := errors.New("enough")
	cancel(why)
	if r, err := Check(ctx, h, v, 1<<40); r.Proved || !errors.Is(err, why) {
		t.Errorf("%+v, error %v", r, err)
	}
	p := &prover{ctx: ctx, budget: 1 << 40}
	if err := p.spend(1<<20, 1); err != nil {
		t.Errorf("little work: %v", err)
	}
	if err := p.spend(1, 1); !errors.Is(err, why) {
		t.Errorf("much work: error %v", err)
	}
	p = &prover{ctx: t.Context(), budget: 1 << 40}
	if err := p.spend(1<<21, 1); err != nil {
		t.Errorf("much work, and no end: %v", err)
	}
}

// Several workers find the images of rays that one finds, or that one of them has none.
func TestWorkersFindImages(t *testing.T) {
	h, v := cube(12)
	p := &prover{ctx: context.Background(), budget: 1 << 40}
	on, err := p.incidences(h, v)
	if err != nil || len(on) < 4*imagesEach {
		t.Fatalf("%d rays, error %v", len(on), err)
	}
	rows := make([]int32, len(h.Inequalities))
	for k := range rows {
		rows[k] = int32(k)
	}
	copy(rows, []int32{2, 3, 0, 1}) // the first two coordinates change places
	whole := newIndex(on, len(rows))
	less := newIndex(slices.Delete(slices.Clone(on), 1, 2), len(rows)) // the image of ray 2 is gone
	for workers := range 5 {
		whole.workers, less.workers = workers, workers
		for i, j := range whole.images(rows) {
			if want := i&^3 | i&1<<1 | i>>1&1; int(j) != want {
				t.Fatalf("%d workers: the image of ray %d is %d, want %d", workers, i, j, want)
			}
		}
		if whole.images(rows) == nil || less.images(rows) != nil {
			t.Errorf("%d workers: some images are there, or not, but should not, or should", workers)
		}
	}
}

// Rows with all rays, and those on most, are what comparing each with each gives: of few rays and many rows,
// and the other way round, by one worker and several.
func TestFacetsAgainstPairs(t *testing.T) {
	r := rand.New(rand.NewPCG(15, 7))
	for k := range 120 {
		rays, rows := 1+r.IntN(200), 1+r.IntN(200)
		if k%40 == 0 {
			rays, rows = 30, 2*imagesEach+r.IntN(facetsAtATime)
		}
		turned := bitset.Several(rows, rays)
		for j, s := range turned {
			switch kind := r.IntN(6); {
			case kind == 0:
				s.Fill(rays)
			case kind == 1 && j > 0: // within another row, or the same
				copy(s, turned[r.IntN(j)])
				s.Remove(r.IntN(rays))
			default:
				few := 1 + r.IntN(4)
				for i := range rays {
					if r.IntN(few) == 0 {
						s.Add(i)
					}
				}
			}
		}
		var flat, most []int32
		for k, s := range turned {
			if s.Count() == rays {
				flat = append(flat, int32(k))
				continue
			}
			beaten := false
			for j, other := range turned {
				n := other.Count()
				beaten = beaten || j != k && n < rays && s.Within(other) && (n > s.Count() || j < k)
			}
			if !beaten {
				most = append(most, int32(k))
			}
		}
		p := &prover{ctx: context.Background(), budget: 1 << 40, workers: 1 + k%3}
		gotFlat, gotMost, err := p.facets(bitset.Transposed(turned, rays), turned)
		if err != nil || !slices.Equal(gotFlat, flat) || !slices.Equal(gotMost, most) {
			t.Fatalf("%d rays, %d rows: with all rays %v, with most %v, error %v; want %v and %v", rays, rows, gotFlat, gotMost, err, flat, most)
		}
	}
}
