package bitset

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
)

// Sets behave as maps do.
func TestAgainstMaps(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 1))
	for range 300 {
		n := 1 + r.IntN(200)
		var sets [3]Set
		var maps [3]map[int]bool
		for k := range sets {
			sets[k], maps[k] = New(n), map[int]bool{}
			for range r.IntN(2 * n) {
				i := r.IntN(n)
				if r.IntN(3) > 0 {
					sets[k].Add(i)
					maps[k][i] = true
				} else {
					sets[k].Remove(i)
					delete(maps[k], i)
				}
			}
		}
		s, union := sets[0], New(n)
		union.Unite(s, sets[1])
		common, within, commonWithin := 0, true, true
		var members []int32
		for i := range n {
			a, b, c := maps[0][i], maps[1][i], maps[2][i]
			if s.Has(i) != a || union.Has(i) != (a || b) {
				t.Fatalf("%d of %d", i, n)
			}
			if a {
				members = append(members, int32(i))
			}
			if a && b {
				common++
			}
			within, commonWithin = within && (!a || b), commonWithin && (!(a && b) || c)
		}
		var each []int32
		s.Each(func(i int) { each = append(each, int32(i)) })
		if s.Count() != len(members) || s.CountCommon(sets[1]) != common || s.Within(sets[1]) != within || CommonWithin(s, sets[1], sets[2]) != commonWithin ||
			!slices.Equal(s.Members(nil), members) || !slices.Equal(each, members) || !s.Within(union) {
			t.Fatalf("%v, %v, %v", maps[0], maps[1], maps[2])
		}
	}
}

// Sets are counted as a map counts them, also where many are equal.
func TestDifferent(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for range 300 {
		n, most := 1+r.IntN(200), 1+r.IntN(8)
		sets, seen := Several(r.IntN(100), n), map[string]bool{}
		for _, s := range sets {
			for range r.IntN(most) {
				s.Add(r.IntN(min(n, most)) * n / most % n)
			}
			seen[fmt.Sprint(s)] = true
		}
		if got := Different(sets); got != len(seen) {
			t.Fatalf("%d different sets, want %d", got, len(seen))
		}
	}
}
