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
		full := New(n)
		full.Fill(n)
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
			!slices.Equal(s.Members(nil), members) || !slices.Equal(each, members) || !s.Within(union) ||
			s.Meets(sets[1]) != (common > 0) || full.Count() != n || !s.Within(full) {
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

// A table that is turned twice is the same; turned once, it has row and column exchanged.
func TestTransposed(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 3))
	for range 200 {
		size := 1 + r.IntN(200)
		a := Several(1+r.IntN(80), size)
		for _, s := range a {
			for range r.IntN(size) {
				s.Add(r.IntN(size))
			}
		}
		other := Transposed(a, size)
		if fmt.Sprint(Transposed(other, len(a))) != fmt.Sprint(a) {
			t.Fatal("transposed twice is not the same")
		}
		for i, s := range a {
			for j, turned := range other {
				if s.Has(j) != turned.Has(i) {
					t.Fatalf("%d sets of at most %d: %d in set %d is turned wrong", len(a), size, j, i)
				}
			}
		}
	}
}
