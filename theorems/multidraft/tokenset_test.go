package multidraft

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
)

// Sets of tokens are the sorted lists without repetitions, in whatever order tokens come.
func TestTokenSetIsTheList(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 64))
	for trial := range 2000 {
		n := []int{1, 5, 63, 64, 65, 130, 1000}[trial%7]
		random := func() (TokenSet, []int) {
			list := make([]int, rng.IntN(min(n, 6)+1))
			for j := range list {
				list[j] = rng.IntN(n)
			}
			return NewTokenSet(n, list...), slices.Compact(SortedCopy(list))
		}
		s, want := random()
		if got := s.Tokens(); got == nil || !slices.Equal(got, want) || s.Len() != len(want) {
			t.Fatalf("%v, %d tokens, want %v", got, s.Len(), want)
		}
		other, list := random()
		if got, want := s.Compare(other), CompareTokens(want, list); (got < 0) != (want < 0) || (got > 0) != (want > 0) {
			t.Fatalf("%v and %v compare as %d, want %d", s.Tokens(), list, got, want)
		}
		more := s.Clone()
		more.Add(n - 1)
		if !slices.Equal(s.Tokens(), want) || !slices.Contains(more.Tokens(), n-1) {
			t.Fatalf("%v with token %d is %v, and is left as %v", want, n-1, more.Tokens(), s.Tokens())
		}
		same := NewTokenSet(n)
		for i := range n {
			same.AddIf(i, 0)
			if slices.Contains(want, i) {
				same.AddIf(i, 1)
			}
		}
		if got, want := same.String(), fmt.Sprint(want); got != want {
			t.Fatalf("%s, want %s", got, want)
		}
		for i := range s.All() {
			if i != want[0] {
				t.Fatalf("%d is the first of %v", i, want)
			}
			break
		}
	}
	if (TokenSet{}).Len() != 0 || (TokenSet{}).Tokens() == nil || (TokenSet{}).Compare(NewTokenSet(100)) != 0 || NewTokenSet(100).Compare(TokenSet{}) != 0 {
		t.Error("the zero value is not the empty set")
	}
}
