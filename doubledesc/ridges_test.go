package doubledesc

import (
	"math/rand/v2"
	"testing"

	"pstar/cone"
	"pstar/internal/bitset"
)

// Pairs that are matched by their ridges are those that are found by looking at pairs, of
// cones of every kind, whether their rays are simple, nearly so or not.
func TestRidges(t *testing.T) {
	r := rand.New(rand.NewPCG(71, 72))
	same := func(name string, h *cone.H) {
		t.Helper()
		want := rays(t, h, Options{ridges: never, Method: DoubleDescription})
		for workers := 1; workers <= 2; workers++ {
			if got := rays(t, h, Options{ridges: always, Workers: workers, Method: DoubleDescription}); !cone.Equal(want, got) {
				t.Fatalf("%s, %d workers: %d rays by ridges, want %d\n%+v", name, workers, len(got.Rays), len(want.Rays), h)
			}
		}
	}
	for range soak(t, 1000) {
		same("small", randomCone(r))
	}
	for i := range soak(t, 400) {
		shape := coneShapes[i%len(coneShapes)]
		same(shape.name, shape.make(r))
	}
	for name, h := range benchmarkShapes() {
		same(name, h)
	}
	same("birkhoff", birkhoff(4))
	same("metric", metric(5))
	same("cell", feasibilityCone(3, 6))
}

// The sets of rows along the edges of a ray, and their number.
func TestRidgesOfARay(t *testing.T) {
	rows := bitset.Set{0b1011011}
	for dim, want := range map[int]int{6: 5, 5: 10, 4: 10} {
		r := &ridges{dim: dim, most: 100}
		r.prepare(7, 10)
		_, n := r.kind(rows)
		keys := r.list(nil, rows)
		different := map[uint64]bool{}
		for _, k := range keys {
			different[k] = true
		}
		if n != want || len(keys) != want || len(different) != want {
			t.Errorf("dimension %d: %d sets, %d listed, %d different, want %d", dim, n, len(keys), len(different), want)
		}
	}
	if kind, n := (&ridges{dim: 4, most: 9}).kind(rows); kind != degenerate || n != 0 {
		t.Errorf("kind %v with %d sets, want none", kind, n)
	}
}
