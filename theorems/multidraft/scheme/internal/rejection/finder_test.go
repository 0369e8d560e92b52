package rejection

import (
	"math"
	"slices"
	"testing"

	"pstar/theorems/multidraft/internal/oracle"
)

// As many numbers are below another as a search through the list finds: in the range that was told and outside it, at numbers of the list and next
// to them, of which some are equal.
func TestFinder(t *testing.T) {
	rng := oracle.NewRand(109)
	for trial := range 60 {
		list := make([]float64, 1+rng.IntN(300))
		for i := range list {
			list[i] = 4*rng.Float64() - 1
			if i > 0 && rng.IntN(3) == 0 {
				list[i] = list[i-1]
			}
		}
		slices.Sort(list)
		from, to := 4*rng.Float64()-1, 4*rng.Float64()-1
		// A range of no length, too.
		if from > to || trial%10 == 0 {
			to = from
		}
		f := newFinder(list, from, to)
		places := []float64{-2, 5, from, to, math.Inf(1), math.Inf(-1), 4*rng.Float64() - 1}
		for _, x := range list {
			places = append(places, x, math.Nextafter(x, 5), math.Nextafter(x, -5))
		}
		for _, x := range places {
			if want, _ := slices.BinarySearch(list, x); f.count(x) != want {
				t.Fatalf("%d of %v are below %v, want %d, from %v to %v", f.count(x), list, x, want, from, to)
			}
		}
	}
}
