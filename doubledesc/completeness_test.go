package doubledesc

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"pstar/cone"
	"pstar/doubledesc/complete"
	"pstar/format/ine"
	"pstar/rational"
)

// noLimit is an effort after which every small proof is affordable.
const noLimit = 1 << 40

// proofKeepsIncidences shows that a proof from incidences is one, and leaves them as they are: they may be
// asked for again, and are not copied.
func proofKeepsIncidences(t *testing.T, name string, h *cone.H, v *cone.V) {
	t.Helper()
	tight, err := checkTight(context.Background(), h, v, 1, nil)
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	before := fmt.Sprint(tight)
	if ok, err := completeFrom(context.Background(), h, v, tight, noLimit, 3); err != nil || !ok {
		t.Fatalf("%s: from incidences: complete %v, error %v\n%+v\n%+v", name, ok, err, h, v)
	}
	if fmt.Sprint(tight) != before {
		t.Fatalf("%s: the proof has changed the incidences", name)
	}
}

// sureOf shows that the rays of a cone are proved complete, that no ray can be left out
// (of more than so many, every fourth is tried), and that no other vector is let in.
func sureOf(t *testing.T, name string, h *cone.H, v *cone.V, many int) (mutants int) {
	t.Helper()
	if ok, err := Complete(context.Background(), h, v, noLimit); err != nil || !ok {
		t.Fatalf("%s: complete %v, error %v\n%+v\n%+v", name, ok, err, h, v)
	}
	proofKeepsIncidences(t, name, h, v)
	step := 1
	if len(v.Rays) > many {
		step = len(v.Rays)/many + 1
	}
	for i := 0; i < len(v.Rays); i += step {
		if ok, err := Complete(context.Background(), h, without(v, i), noLimit); !isFault(err) {
			t.Fatalf("%s: without ray %d: complete %v, error %v\n%+v\n%+v", name, i, ok, err, h, v)
		}
		mutants++
	}
	if len(v.Rays) == 0 {
		return mutants
	}
	outside := &cone.V{Dim: v.Dim, Rays: append(v.Rays[:len(v.Rays):len(v.Rays)], v.Rays[0].Neg()), Lines: v.Lines}
	if _, err := Complete(context.Background(), h, outside, noLimit); !isFault(err) {
		t.Fatalf("%s: the negative of a ray is let in: %v", name, err)
	}
	if len(v.Rays) > 1 {
		sum := cone.Combine(rational.NewInt(1), v.Rays[0], rational.NewInt(1), v.Rays[1])
		if err := Check(context.Background(), h, &cone.V{Dim: v.Dim, Rays: append(v.Rays[:len(v.Rays):len(v.Rays)], sum), Lines: v.Lines}); err == nil {
			t.Fatalf("%s: the sum of two rays is let in", name)
		}
	}
	return mutants + 2
}

func without(v *cone.V, i int) *cone.V {
	rays := append(v.Rays[:i:i], v.Rays[i+1:]...)
	return &cone.V{Dim: v.Dim, Rays: rays, Lines: v.Lines}
}

func isFault(err error) bool {
	var fault *Fault
	return errors.As(err, &fault)
}

// Of every fixture, in both directions.
func TestCompleteOfFixtures(t *testing.T) {
	var paths []string
	for _, pattern := range []string{"*.ine", "*.ext", "equations/*.ine", "equations/*.ext"} {
		found, err := filepath.Glob("../fixtures/polyhedra/" + pattern)
		if err != nil || len(found) == 0 {
			t.Fatalf("%s: %v", pattern, err)
		}
		paths = append(paths, found...)
	}
	for _, path := range paths {
		in, err := ine.Open(path)
		if err != nil {
			t.Fatal(err)
		}
		c := converted(t, &in.Polyhedron, Options{})
		if ok, err := c.Complete(context.Background()); !ok || err != nil {
			t.Errorf("%s: complete %v, error %v", path, ok, err)
		}
		sureOf(t, path, c.Cone, c.Generators, 20)
	}
}

// Of random cones, small ones of every kind and those with equations and lines. SOAK in
// the environment is the number of the latter.
func TestCompleteOfRandomCones(t *testing.T) {
	r := rand.New(rand.NewPCG(31, 32))
	mutants := 0
	for range 500 {
		h := randomCone(r)
		mutants += sureOf(t, "small", h, rays(t, h, Options{}), 20)
	}
	for i := range soak(t, 400) {
		shape := coneShapes[i%len(coneShapes)]
		h := shape.make(r)
		v := rays(t, h, Options{})
		mutants += sureOf(t, shape.name, h, v, 12)
		mutants += sureOf(t, shape.name+", back", v.Polar(), hullOf(t, v).Polar(), 6)
	}
	if mutants < 2000 {
		t.Errorf("only %d wrong lists", mutants)
	}
}

// Of the families of bench/families, both ways.
func TestCompleteOfFamilies(t *testing.T) {
	shapes := benchmarkShapes()
	for n := 3; n <= 4; n++ {
		shapes["birkhoff"+string(rune('0'+n))] = birkhoff(n)
	}
	shapes["metric 5"] = metric(5)
	shapes["cell 2,6"] = feasibilityCone(2, 6)
	shapes["cell 3,5"] = feasibilityCone(3, 5)
	for name, h := range shapes {
		t.Run(name, func(t *testing.T) {
			v := rays(t, h, Options{})
			sureOf(t, name, h, v, 12)
			if name != "cyclic-16-8" && name != "wide-6-20" { // which take seconds to convert
				sureOf(t, name+", back", v.Polar(), hullOf(t, v).Polar(), 12)
			}
		})
	}
}

// birkhoff is the cone over the doubly stochastic matrices.
func birkhoff(n int) *cone.H {
	h := transport(n, n)
	for i, e := range h.Equations {
		h.Equations[i] = cone.Combine(rational.NewInt(1), e[1:], rational.NewInt(1), cone.Unit(0, -1))
	}
	return h
}

// metric is the cone of semimetrics on n points.
func metric(n int) *cone.H {
	pair := func(i, j int) int { return max(i, j)*(max(i, j)-1)/2 + min(i, j) }
	h := &cone.H{Dim: n * (n - 1) / 2}
	for i := range n {
		for j := range i {
			for k := range n {
				if k != i && k != j {
					row := make([]int64, h.Dim)
					row[pair(i, j)], row[pair(i, k)], row[pair(j, k)] = -1, 1, 1
					h.Inequalities = append(h.Inequalities, ints(row)...)
				}
			}
		}
	}
	return h
}

// A list with a great many rays missing, such as one half of a polytope, does not look
// like a complete one of another cone.
func TestCompleteFindsManyMissingRays(t *testing.T) {
	r := rand.New(rand.NewPCG(33, 34))
	for name, h := range benchmarkShapes() {
		v := rays(t, h, Options{})
		for _, keep := range []int{1, 2, len(v.Rays) / 2} {
			some := &cone.V{Dim: v.Dim, Lines: v.Lines}
			for _, i := range r.Perm(len(v.Rays))[:keep] {
				some.Rays = append(some.Rays, v.Rays[i])
			}
			if ok, err := Complete(context.Background(), h, some, noLimit); !isFault(err) {
				t.Errorf("%s: %d of %d rays: complete %v, error %v", name, keep, len(v.Rays), ok, err)
			}
		}
		half := &cone.V{Dim: v.Dim, Lines: v.Lines} // the rays of a facet
		for _, x := range v.Rays {
			if h.Inequalities[0].Dot(x).IsZero() {
				half.Rays = append(half.Rays, x)
			}
		}
		if ok, err := Complete(context.Background(), h, half, noLimit); !isFault(err) {
			t.Errorf("%s: the rays of a facet: complete %v, error %v", name, ok, err)
		}
	}
}

// Any number of rays can be missing, of degenerate cones above all: those over polytopes with
// few vertices of a cube.
func TestCompleteFindsMissingSubsets(t *testing.T) {
	r := rand.New(rand.NewPCG(37, 38))
	for i := range soak(t, 300) {
		dim := 3 + r.IntN(5)
		points := &cone.V{Dim: dim + 1}
		seen := map[int]bool{}
		for range dim + 1 + r.IntN(3*dim) {
			mask := r.IntN(1 << dim)
			if seen[mask] {
				continue
			}
			seen[mask] = true
			row := make([]int64, dim+1)
			row[0] = 1
			for k := range dim {
				row[k+1] = int64(mask >> k & 1)
			}
			points.Rays = append(points.Rays, ints(row)...)
		}
		h := hullOf(t, points)
		if i%2 == 1 { // the other way round
			h = points.Polar()
		}
		v := rays(t, h, Options{})
		if ok, err := Complete(context.Background(), h, v, noLimit); !ok || err != nil {
			t.Fatalf("complete %v, error %v\n%+v\n%+v", ok, err, h, v)
		}
		for range 10 {
			some := &cone.V{Dim: v.Dim, Lines: v.Lines}
			share := 1 + r.IntN(9)
			for _, x := range v.Rays {
				if r.IntN(10) < share {
					some.Rays = append(some.Rays, x)
				}
			}
			if len(some.Rays) == len(v.Rays) {
				continue
			}
			if ok, err := Complete(context.Background(), h, some, noLimit); !isFault(err) {
				t.Fatalf("%d of %d rays: complete %v, error %v\n%+v\n%+v", len(some.Rays), len(v.Rays), ok, err, h, some)
			}
		}
	}
}

// Whole orbits of a symmetry are missed too: what is left is as symmetric as the whole.
func TestCompleteFindsMissingOrbits(t *testing.T) {
	for name, h := range map[string]*cone.H{
		"cell 2,6": feasibilityCone(2, 6), "cell 3,5": feasibilityCone(3, 5), "metric 5": metric(5), "cross": benchmarkShapes()["cross-8"],
	} {
		v := rays(t, h, Options{})
		kinds := map[string][]int{} // by the entries without their places
		for i, x := range v.Rays {
			var entries []string
			for _, e := range x {
				entries = append(entries, e.Value.String())
			}
			slices.Sort(entries)
			kind := strings.Join(entries, " ")
			kinds[kind] = append(kinds[kind], i)
		}
		if len(kinds) < 2 {
			t.Fatalf("%s: %d kinds of rays", name, len(kinds))
		}
		for kind, list := range kinds {
			less := &cone.V{Dim: v.Dim, Lines: v.Lines}
			for i, x := range v.Rays {
				if !slices.Contains(list, i) {
					less.Rays = append(less.Rays, x)
				}
			}
			if ok, err := Complete(context.Background(), h, less, noLimit); !isFault(err) {
				t.Errorf("%s: without %d rays %s: complete %v, error %v", name, len(list), kind, ok, err)
			}
		}
	}
}

// Rows that are closed under all permutations of the coordinates, and lists from which
// orbits are missing, or single rays.
func TestCompleteOfSymmetricCones(t *testing.T) {
	r := rand.New(rand.NewPCG(39, 40))
	compared := 0
	for range soak(t, 60) {
		dim := 4 + r.IntN(3)
		var blocks [][]int
		for i := range dim {
			blocks = append(blocks, []int{i})
		}
		s := &cone.Symmetry{Dim: dim, Chains: []cone.Chain{blockChain(dim, blocks)}}
		h := &cone.H{Dim: dim}
		for range 1 + r.IntN(2) {
			row := make([]int64, dim)
			for i := range row {
				row[i] = r.Int64N(4) - 1
			}
			h.Inequalities = append(h.Inequalities, s.Orbit(ints(row)[0])...)
		}
		v := rays(t, h, Options{})
		if len(v.Rays) < 2 || len(v.Rays) > 400 {
			continue
		}
		compared++
		sureOf(t, "symmetric", h, v, 4)
		orbit := map[string]bool{}
		for _, x := range s.Orbit(v.Rays[r.IntN(len(v.Rays))]) {
			orbit[v.Reduce(x).Key()] = true
		}
		some := &cone.V{Dim: dim, Lines: v.Lines}
		for _, x := range v.Rays {
			if !orbit[x.Key()] {
				some.Rays = append(some.Rays, x)
			}
		}
		if len(some.Rays) == len(v.Rays) {
			t.Fatal("no orbit is missing")
		}
		if ok, err := Complete(context.Background(), h, some, noLimit); !isFault(err) {
			t.Fatalf("%d of %d rays: complete %v, error %v\n%+v\n%+v", len(some.Rays), len(v.Rays), ok, err, h, some)
		}
	}
	if compared < 20 {
		t.Errorf("only %d cones", compared)
	}
}

// The answer, and what it costs, depend neither on the number of workers nor on how the
// rays were found.
func TestCompleteDoesNotDependOnWorkers(t *testing.T) {
	r := rand.New(rand.NewPCG(35, 36))
	cones := []*cone.H{birkhoff(4), metric(5), feasibilityCone(3, 5)}
	for i := range 8 {
		cones = append(cones, coneShapes[i%len(coneShapes)].make(r))
	}
	for i, h := range cones {
		for _, order := range Orders() {
			var efforts [2]int64
			for workers := 1; workers <= 2; workers++ {
				v := rays(t, h, Options{Order: order, Workers: workers, Effort: &efforts[workers-1]})
				if ok, err := Complete(context.Background(), h, v, efforts[workers-1]); err != nil || !ok {
					t.Errorf("cone %d, order %v, %d workers: complete %v, error %v", i, order, workers, ok, err)
				}
			}
			if efforts[0] != efforts[1] {
				t.Errorf("cone %d, order %v: effort %v", i, order, efforts)
			}
		}
	}
}

// A proof that costs more than it may is given up, and is no fault.
func TestCompleteGivesUp(t *testing.T) {
	h := feasibilityCone(3, 8)
	v := rays(t, h, Options{})
	if r, err := complete.Check(context.Background(), h, v, 1e5); r.Proved || err != nil {
		t.Errorf("complete %v, error %v; want neither", r, err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if ok, err := Complete(ctx, h, v, noLimit); ok || err != context.Canceled {
		t.Errorf("complete %v, error %v; want canceled", ok, err)
	}
}

// Rows that vanish on all rays must vanish on the cone.
func TestCompleteOfFlatCones(t *testing.T) {
	for _, c := range []struct {
		name string
		h    *cone.H
		v    *cone.V
		want string // part of the error; "" for none
	}{
		{"an equation from three rows",
			&cone.H{Dim: 3, Inequalities: ints([]int64{1, 0, 0}, []int64{-1, 1, 0}, []int64{0, -1, 0}, []int64{0, 0, 1})},
			&cone.V{Dim: 3, Rays: ints([]int64{0, 0, 1})}, ""},
		{"with an equation",
			&cone.H{Dim: 3, Inequalities: ints([]int64{1, 0, 0}, []int64{0, 1, 0}, []int64{0, 0, 1}), Equations: ints([]int64{1, 1, 0})},
			&cone.V{Dim: 3, Rays: ints([]int64{0, 0, 1})}, ""},
		{"not an equation",
			&cone.H{Dim: 3, Inequalities: ints([]int64{1, 0, 0}, []int64{0, 1, 0}, []int64{0, 0, 1})},
			&cone.V{Dim: 3, Rays: ints([]int64{0, 0, 1})}, "incomplete"},
		{"not an equation, of more rows",
			&cone.H{Dim: 3, Inequalities: ints([]int64{1, 0, 0}, []int64{0, 1, 0}, []int64{1, 1, 0}, []int64{0, 0, 1})},
			&cone.V{Dim: 3, Rays: ints([]int64{0, 0, 1})}, "zero on all of them"},
		{"the origin alone", &cone.H{Dim: 2, Inequalities: ints([]int64{1, 0}, []int64{0, 1}, []int64{-1, -1})}, &cone.V{Dim: 2}, ""},
		{"no ray of a quadrant", &cone.H{Dim: 2, Inequalities: ints([]int64{1, 0}, []int64{0, 1})}, &cone.V{Dim: 2}, "incomplete"},
		{"the whole space", &cone.H{Dim: 2}, &cone.V{Dim: 2, Lines: ints([]int64{1, 0}, []int64{0, 1})}, ""},
		{"a line missing", &cone.H{Dim: 2}, &cone.V{Dim: 2, Lines: ints([]int64{1, 0})}, "1 lines"},
		{"a line elsewhere", &cone.H{Dim: 2, Equations: ints([]int64{1, 0})}, &cone.V{Dim: 2, Lines: ints([]int64{1, 0})}, "line 1 is not"},
		{"one side of a line", &cone.H{Dim: 2, Equations: ints([]int64{1, 0})}, &cone.V{Dim: 2, Rays: ints([]int64{0, 1})}, "0 lines"},
	} {
		_, err := Complete(context.Background(), c.h, c.v, noLimit)
		if c.want == "" && err != nil || c.want != "" && (err == nil || !strings.Contains(err.Error(), c.want)) {
			t.Errorf("%s: error %v, want %q", c.name, err, c.want)
		}
	}
}

// Claims that are alike are proved once, though no map of the coordinates takes one to the other: a proof that
// proved them all took 23 million steps. The rows are those of the
// metric polytope on six points: x_ij - x_ik - x_jk <= 0 and x_ij + x_ik + x_jk <= 2.
func TestClaimsThatAreAlike(t *testing.T) {
	h := &cone.H{Dim: 16}
	edge := func(i, j int) int { return 1 + min(i, j) + max(i, j)*(max(i, j)-1)/2 }
	for k := range 6 {
		for j := range k {
			for i := range j {
				e := [3]int{edge(i, j), edge(i, k), edge(j, k)}
				for away := -1; away < 3; away++ {
					row := make(rational.Vector, h.Dim)
					for x := range e {
						row[e[x]] = rational.NewInt(1)
						if away < 0 || x == away {
							row[e[x]] = rational.NewInt(-1)
						}
					}
					if away < 0 {
						row[0] = rational.NewInt(2)
					}
					h.Inequalities = append(h.Inequalities, cone.Sparse(row))
				}
			}
		}
	}
	v := rays(t, h, Options{})
	const budget = 6e6
	r, err := complete.Check(context.Background(), h, v, budget)
	if err != nil || !r.Proved || len(v.Rays) != 544 {
		t.Errorf("%d rays, %+v, error %v; want 544, and a proof within %d", len(v.Rays), r, err, int64(budget))
	}
	if err := CheckComplete(context.Background(), h, v, Options{}); err != nil {
		t.Error(err)
	}
}
