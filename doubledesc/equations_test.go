package doubledesc

import (
	"fmt"
	"math/rand/v2"
	"os"
	"strconv"
	"testing"

	"pstar/cone"
	"pstar/rational"
)

// TestRaysWithEquations converts cones with equations at the sizes and shapes that
// users have, in every order and with one and two workers, and compares with two
// representations of the same cone that have no equations. A conversion that measures
// ranks in the whole space, and not modulo the equations, loses rays here.
//
// SOAK in the environment is the number of cones, in place of the default.
func TestRaysWithEquations(t *testing.T) {
	count := soak(t, 5000)
	r := rand.New(rand.NewPCG(14, 33))
	seen := map[string]int{}
	for i := range count {
		shape := coneShapes[i%len(coneShapes)]
		h := shape.make(r)
		want := rays(t, withoutEquations(h), Options{})
		if len(want.Rays) > 2 {
			seen[shape.name]++
		}
		if got := substituted(t, h, Options{Workers: 1 + i%2, Method: Methods()[i%3]}); !cone.Equal(want, got) {
			t.Fatalf("cone %d (%s), equations substituted away: %d rays, want %d\n%+v", i, shape.name, len(got.Rays), len(want.Rays), h)
		}
		for k, order := range Orders() {
			o := Options{Order: order, Workers: 1 + (i+k)%2, Method: DoubleDescription}
			if got := rays(t, h, o); !cone.Equal(want, got) {
				t.Fatalf("cone %d (%s), order %v, %d workers: %d rays, want %d\n%+v", i, shape.name, order, o.Workers, len(got.Rays), len(want.Rays), h)
			}
		}
		if back := hullOf(t, want); !cone.Equal(want, rays(t, back, Options{})) {
			t.Fatalf("cone %d (%s): rays of its facets differ\n%+v", i, shape.name, h)
		}
	}
	for _, shape := range coneShapes {
		if 4*seen[shape.name] < count/len(coneShapes) {
			t.Errorf("%s: only %d of %d cones have more than two rays", shape.name, seen[shape.name], count/len(coneShapes))
		}
	}
}

// soak returns the number of cones that SOAK in the environment asks for, or the default.
func soak(t *testing.T, count int) int {
	t.Helper()
	s := os.Getenv("SOAK")
	if s == "" {
		return count
	}
	n, err := strconv.Atoi(s)
	if err != nil {
		t.Fatalf("SOAK is %q, want a number of cones", s)
	}
	return n
}

// coneShapes are the families of random cones, by what they stand for.
var coneShapes = []struct {
	name string
	make func(r *rand.Rand) *cone.H
}{
	{"sparse", func(r *rand.Rand) *cone.H {
		dim := 8 + r.IntN(7)
		equations := 1 + r.IntN(dim-4)
		return &cone.H{
			Dim:          dim,
			Equations:    sparseRows(r, equations, dim, 4),
			Inequalities: sparseRows(r, dim+r.IntN(6), dim, 4),
		}
	}},
	{"flux modes", func(r *rand.Rand) *cone.H {
		dim := 10 + r.IntN(6)
		return fluxModes(r, dim, dim/2-1+r.IntN(2))
	}},
	{"large flux modes", func(r *rand.Rand) *cone.H {
		dim := 24 + r.IntN(10)
		return fluxModes(r, dim, dim/2-3+r.IntN(2))
	}},
	{"lines", func(r *rand.Rand) *cone.H {
		dim := 8 + r.IntN(5)
		free := 1 + r.IntN(2) // the last coordinates appear in sums with others only
		h := &cone.H{
			Dim:          dim,
			Equations:    sparseRows(r, 1+r.IntN(3), dim-free, 4),
			Inequalities: sparseRows(r, dim+r.IntN(5), dim-free, 4),
		}
		for i := range free {
			v := cone.Combine(rational.NewInt(1), cone.Unit(i, 1), rational.NewInt(1), cone.Unit(dim-free+i, 1))
			h.Equations = append(h.Equations, cone.Combine(rational.NewInt(1), v, rational.NewInt(-1), cone.Unit(i+2, 1)))
		}
		return h
	}},
}

// fluxModes is the cone of nonnegative vectors on which random equations hold.
func fluxModes(r *rand.Rand, dim, equations int) *cone.H {
	h := &cone.H{Dim: dim, Equations: sparseRows(r, equations, dim, 4)}
	for i := range dim {
		h.Inequalities = append(h.Inequalities, cone.Unit(i, 1))
	}
	return h
}

// sparseRows returns rows with up to the given number of entries -1 or 1.
func sparseRows(r *rand.Rand, n, dim, entries int) []cone.Vector {
	rows := make([]cone.Vector, n)
	for i := range rows {
		dense := make(rational.Vector, dim)
		for range 2 + r.IntN(entries-1) {
			dense[r.IntN(dim)] = rational.NewInt(int64(2*r.IntN(2) - 1))
		}
		rows[i] = cone.Sparse(dense)
	}
	return rows
}

// withoutEquations writes each equation as two rows.
func withoutEquations(h *cone.H) *cone.H {
	pairs := &cone.H{Dim: h.Dim, Inequalities: append([]cone.Vector(nil), h.Inequalities...)}
	for _, e := range h.Equations {
		pairs.Inequalities = append(pairs.Inequalities, e, e.Neg())
	}
	return pairs
}

// substituted converts the cone in coordinates of the subspace where the equations
// hold, and returns the generators in the coordinates of h.
func substituted(t *testing.T, h *cone.H, o Options) *cone.V {
	t.Helper()
	space := cone.NullSpace(h.Equations, h.Dim)
	small := &cone.H{Dim: len(space)}
	for _, a := range h.Inequalities {
		row := make(rational.Vector, len(space))
		for j, b := range space {
			row[j] = a.Dot(b)
		}
		small.Inequalities = append(small.Inequalities, cone.Sparse(row))
	}
	v := rays(t, small, o)
	lift := func(list []cone.Vector) []cone.Vector {
		var lifted []cone.Vector
		for _, y := range list {
			var x cone.Vector
			for _, e := range y {
				x = cone.Combine(rational.NewInt(1), x, e.Value, space[e.Index])
			}
			lifted = append(lifted, x)
		}
		return lifted
	}
	return &cone.V{Dim: h.Dim, Rays: lift(v.Rays), Lines: lift(v.Lines)}
}

// hullOf returns the facets of generators.
func hullOf(t *testing.T, v *cone.V) *cone.H {
	t.Helper()
	h, err := Facets(t.Context(), v, Options{})
	if err != nil {
		t.Fatal(fmt.Errorf("facets of %+v: %w", v, err))
	}
	return h
}
