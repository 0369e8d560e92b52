package doubledesc

import (
	"context"
	"math/rand/v2"
	"testing"

	"pstar/cone"
	"pstar/rational"

	"github.com/google/go-cmp/cmp"
)

// coneKinds are small cones of every kind, by what they are.
var coneKinds = []struct {
	name string
	make func(r *rand.Rand) *cone.H
}{
	{"mixed", randomCone},
	{"long coefficients", longCone},
	{"lines", func(r *rand.Rand) *cone.H {
		h := randomCone(r)
		free := 1 + r.IntN(2)
		for _, rows := range [][]cone.Vector{h.Inequalities, h.Equations} {
			for i, a := range rows { // one more coordinate that follows the first
				if len(a) > 0 && a[0].Index == 0 {
					rows[i] = cone.Combine(rational.NewInt(1), a, a[0].Value, cone.Unit(h.Dim, 1))
				}
			}
		}
		h.Dim += free
		return h
	}},
	{"equations", func(r *rand.Rand) *cone.H {
		dim := 4 + r.IntN(4)
		return &cone.H{Dim: dim, Equations: sparseRows(r, 1+r.IntN(dim-2), dim, 3), Inequalities: sparseRows(r, dim+r.IntN(4), dim, 3)}
	}},
	{"degenerate", func(r *rand.Rand) *cone.H { // rows of few values
		dim := 3 + r.IntN(2)
		h := &cone.H{Dim: dim}
		for range 6 + r.IntN(5) {
			dense := make(rational.Vector, dim)
			for i := range dense {
				dense[i] = rational.NewInt(r.Int64N(2))
			}
			h.Inequalities = append(h.Inequalities, cone.Combine(rational.NewInt(1), cone.Sparse(dense), rational.NewInt(int64(-r.IntN(2))), cone.Unit(r.IntN(dim), 1)))
		}
		return h
	}},
	{"simple", func(r *rand.Rand) *cone.H { // around a point, rows at random
		dim := 3 + r.IntN(2)
		h := &cone.H{Dim: dim}
		for range dim + r.IntN(6) {
			dense := make(rational.Vector, dim)
			for i := range dense {
				dense[i] = rational.NewInt(r.Int64N(2001) - 1000)
			}
			dense[0] = rational.NewInt(1000)
			h.Inequalities = append(h.Inequalities, cone.Sparse(dense))
		}
		return h
	}},
	{"symmetric", func(r *rand.Rand) *cone.H { // all permutations of some rows
		dim := 3 + r.IntN(2)
		h := &cone.H{Dim: dim}
		for range 1 + r.IntN(2) {
			a := make([]int, dim)
			for i := range a {
				a[i] = r.IntN(3) - 1
			}
			for first := range dim {
				for second := range dim {
					dense := make(rational.Vector, dim)
					for i := range dense {
						dense[i] = rational.NewInt(int64(a[2%dim]))
					}
					dense[second], dense[first] = rational.NewInt(int64(a[1])), rational.NewInt(int64(a[0]))
					h.Inequalities = append(h.Inequalities, cone.Sparse(dense))
				}
			}
		}
		h.Inequalities = h.Inequalities[:min(len(h.Inequalities), 12)]
		return h
	}},
}

// Small cones of every kind, with every way to find adjacent pairs and every method forced, against
// the naive enumeration; and the proof of completeness of each, and that it misses a ray that is left out.
// SOAK in the environment is the number of cones.
func TestEveryStrategyAgainstEnumeration(t *testing.T) {
	r := rand.New(rand.NewPCG(71, 72))
	walked, rayless := 0, 0
	for i := range soak(t, 280) {
		kind := coneKinds[i%len(coneKinds)]
		h := kind.make(r)
		want := enumerate(h)
		for k, ridges := range []ridgeUse{always, never, wherePaying} {
			var used Method
			o := Options{Order: allOrders[(i/len(coneKinds)+3*k)%len(allOrders)], Workers: 1 + (i+k)%2, Method: Methods()[k], Used: &used, ridges: ridges}
			got := rays(t, h, o)
			if diff := cmp.Diff(want, got); diff != "" {
				t.Fatalf("%s, cone %d, %+v, %+v (-enumerated +converted):\n%s", kind.name, i, h, o, diff)
			}
			if used == Pivoting {
				walked++
			}
		}
		if ok, err := Complete(context.Background(), h, want, 1e9); !ok || err != nil {
			t.Fatalf("%s, cone %d, %+v: complete %v, %v", kind.name, i, h, ok, err)
		}
		if len(want.Rays) == 0 {
			rayless++
			continue
		}
		less := &cone.V{Dim: want.Dim, Lines: want.Lines}
		out := r.IntN(len(want.Rays))
		less.Rays = append(append(less.Rays, want.Rays[:out]...), want.Rays[out+1:]...)
		if ok, err := Complete(context.Background(), h, less, 1e9); ok || err == nil {
			t.Fatalf("%s, cone %d, %+v: ray %d is left out, and complete %v, %v", kind.name, i, h, out, ok, err)
		}
	}
	if count := soak(t, 280); walked < count/4 || rayless > count/2 {
		t.Errorf("%d walks, %d cones without rays, of %d", walked, rayless, count)
	}
}
