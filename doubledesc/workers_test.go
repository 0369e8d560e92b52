package doubledesc

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"pstar/cone"
	"pstar/rational"
)

// randomHull is the polar of a cone over points of {0,1}^dim.
func randomHull(dim, count int) *cone.H {
	r := rand.New(rand.NewPCG(15, 10))
	h := &cone.H{Dim: dim + 1}
	for range count {
		row := rational.Vector{rational.NewInt(1)}
		for range dim {
			row = append(row, rational.NewInt(r.Int64N(2)))
		}
		h.Inequalities = append(h.Inequalities, cone.Sparse(row))
	}
	return h
}

// Several workers, which make rays ahead of their slots, find the rays that one finds.
func TestWorkersAgree(t *testing.T) {
	h := randomHull(9, 44)
	var want *cone.V
	for workers := 1; workers <= 3; workers++ {
		got, err := Rays(t.Context(), h, Options{Workers: workers, Method: DoubleDescription})
		if err != nil {
			t.Fatal(err)
		}
		if want == nil {
			want = got
		}
		if len(want.Rays) < 3*raysEach || !slices.EqualFunc(got.Rays, want.Rays, cone.Vector.Equal) {
			t.Fatalf("%d workers find %d rays, one %d", workers, len(got.Rays), len(want.Rays))
		}
	}
	// Of several wrong rays the first is named.
	damaged := &cone.V{Dim: want.Dim, Rays: slices.Clone(want.Rays)}
	for _, i := range []int{701, 702, 1300} {
		damaged.Rays[i] = damaged.Rays[i].Neg()
	}
	for workers := 1; workers <= 3; workers++ {
		if _, err := checkTight(t.Context(), h, damaged, workers, nil); err == nil || !strings.Contains(err.Error(), "ray 702 violates") {
			t.Errorf("%d workers: error %v", workers, err)
		}
	}
}

// While many rays are checked it is told how many are done.
func TestProgressOfTheCheck(t *testing.T) {
	checked := 0
	_, err := Rays(t.Context(), randomHull(9, 44), Options{Method: DoubleDescription, Progress: func(p Progress) {
		if p.ToCheck > 0 {
			checked = p.Checked
		}
	}})
	if err != nil || checked < 1023 {
		t.Errorf("the last report is of %d rays, error %v", checked, err)
	}
}
