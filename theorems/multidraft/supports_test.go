package multidraft_test

import (
	"math/bits"
	"slices"
	"testing"

	"pstar/theorems/multidraft"
)

// naiveSupports sorts all small enough subsets by the definition of the
// canonical order.
func naiveSupports(k, n int) []multidraft.Set {
	var list []multidraft.Set
	for s := multidraft.Set(1); s < 1<<n; s++ {
		if s.Len() <= k {
			list = append(list, s)
		}
	}
	slices.SortFunc(list, func(a, b multidraft.Set) int {
		if a.Len() != b.Len() {
			return a.Len() - b.Len()
		}
		return slices.Compare(a.Tokens(), b.Tokens())
	})
	return list
}

func TestSupportsAreInCanonicalOrder(t *testing.T) {
	for k := 1; k <= 7; k++ {
		for n := 1; n <= 8; n++ {
			got := multidraft.Supports(k, n)
			if !slices.Equal(got, naiveSupports(k, n)) {
				t.Fatalf("Supports(%d, %d) = %v", k, n, got)
			}
			if len(got) != multidraft.CountSupports(k, n) {
				t.Fatalf("CountSupports(%d, %d) = %d, listed %d", k, n, multidraft.CountSupports(k, n), len(got))
			}
			for place, set := range got {
				if multidraft.SupportIndex(n, set) != place {
					t.Fatalf("SupportIndex(%d, %v) = %d, want %d", n, set, multidraft.SupportIndex(n, set), place)
				}
				if place > 0 && (got[place-1].Compare(set) != -1 || set.Compare(got[place-1]) != 1) {
					t.Fatalf("Compare does not put %v before %v", got[place-1], set)
				}
			}
		}
	}
	if got := multidraft.CountSupports(6, 14); got != 6475 {
		t.Errorf("CountSupports(6, 14) = %d, want 6475", got)
	}
}

func TestSupportIndexInALargeAlphabet(t *testing.T) {
	supports := multidraft.Supports(2, multidraft.MaxTokens)
	for place, set := range supports {
		if multidraft.SupportIndex(multidraft.MaxTokens, set) != place {
			t.Fatalf("SupportIndex(%v) = %d, want %d", set, multidraft.SupportIndex(multidraft.MaxTokens, set), place)
		}
	}
}

func TestWordsAreListedInOrder(t *testing.T) {
	for k := 1; k <= 4; k++ {
		for n := 1; n <= 4; n++ {
			words, last := 0, []int(nil)
			multidraft.EachWord(k, n, func(word []int) {
				words++
				if slices.Compare(last, word) >= 0 {
					t.Fatalf("eachWord(%d, %d): %v after %v", k, n, word, last)
				}
				last = slices.Clone(word)
			})
			if words != power(n, k) {
				t.Fatalf("eachWord(%d, %d) visited %d words", k, n, words)
			}
		}
	}
}

func TestSetOperations(t *testing.T) {
	s := multidraft.SetOf(0, 2)
	if s.String() != "{1,3}" || multidraft.Set(0).String() != "{}" {
		t.Errorf("String: %v %v", s, multidraft.Set(0))
	}
	if !s.Has(2) || s.Has(1) || s.Has(-1) || s.Has(70) || !s.SubsetOf(multidraft.SetOf(0, 1, 2)) || s.SubsetOf(multidraft.SetOf(0, 1)) {
		t.Error("membership or inclusion is wrong")
	}
	for name, misuse := range map[string]func(){
		"token":    func() { multidraft.SetOf(multidraft.MaxTokens) },
		"alphabet": func() { multidraft.FullSet(multidraft.MaxTokens + 1) },
		"drafts":   func() { multidraft.Supports(0, 3) },
		"count":    func() { multidraft.Supports(20, 40) },
		"empty":    func() { multidraft.SupportIndex(3, 0) },
		"outside":  func() { multidraft.SupportIndex(3, multidraft.SetOf(3)) },
	} {
		if !panics(misuse) {
			t.Errorf("%s: no panic", name)
		}
	}
}

func panics(f func()) (caught bool) {
	defer func() { caught = recover() != nil }()
	f()
	return false
}

func power(base, exponent int) int {
	p := 1
	for range exponent {
		p *= base
	}
	return p
}

// A power beyond the limit is the limit, also where the product of two words would be 0.
func TestBoundedPower(t *testing.T) {
	large := 1 << (bits.UintSize / 2) // its powers are 0 in a word
	for _, c := range []struct {
		base, exponent int
		want           int64
	}{
		{3, 0, 1}, {1, 99, 1}, {3, 4, 81}, {2, 40, 1 << 40}, {2, 41, 1 << 40}, {10, 12, 1e12}, {10, 13, 1 << 40},
		{large, 1, int64(large)}, {large, 4, 1 << 40}, {1 << 16, 4, 1 << 40}, {128_000, 8, 1 << 40},
	} {
		if got := multidraft.BoundedPower(c.base, c.exponent); got != c.want {
			t.Errorf("%d^%d is %d, want %d", c.base, c.exponent, got, c.want)
		}
	}
}
