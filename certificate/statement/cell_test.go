package statement

import (
	"fmt"
	"math/big"
	"testing"

	"pstar/certificate/kernel"
)

// The terms of a power are counted, or there are more than a document may have.
func TestMonomials(t *testing.T) {
	for k := 1; k <= 64; k++ {
		for n := 2; n <= 62; n++ {
			want := new(big.Int).Binomial(int64(n-1+k), int64(k))
			if got := Monomials(k, n); got <= MaxMonomials && want.Cmp(big.NewInt(int64(got))) != 0 || got > MaxMonomials && want.Cmp(big.NewInt(MaxMonomials)) <= 0 {
				t.Fatalf("(p_1 + ... + p_%d)^%d has %d terms, want %d", n, k, got, want)
			}
		}
	}
}

// Supports are counted as they are listed, and those of cells that are too large are not listed.
func TestCountSupports(t *testing.T) {
	for k := 2; k <= 6; k++ {
		for n := 2; n <= 8; n++ {
			pairs := 0
			list := listSupports(n, k)
			for _, set := range list {
				pairs += len(elements(set))
			}
			if s, p := countSupports(n, k); s != len(list) || p != pairs {
				t.Fatalf("K = %d, N = %d has %d supports and %d pairs, want %d and %d", k, n, s, p, len(list), pairs)
			}
		}
	}
	if s, _ := countSupports(62, 62); s < kernel.MaxSymbols {
		t.Errorf("62 tokens have %d supports", s)
	}
}

// A theorem that is too long is not made, and of its cell all others are.
func TestLongTheorems(t *testing.T) {
	for _, c := range []struct {
		text string
		made []int
	}{
		{`"cell","k":2,"n":3`, []int{TransportFeasible, TransportOptimum, IIDDrafts, AcceptedOutputs}},
		{`"cell","k":30,"n":8`, []int{TransportFeasible, TransportOptimum, AcceptedOutputs}},
		{`"elimination","k":2,"n":3`, []int{TransportPolytope, LemmaFeasible, LemmaSelected, LemmaOptimum, LemmaBoth}},
		{`"elimination","k":3,"n":16`, []int{TransportPolytope, LemmaFeasible, LemmaSelected, LemmaBoth}},
		{`"elimination","k":2,"n":20`, []int{TransportPolytope, LemmaFeasible, LemmaSelected, LemmaBoth}},
	} {
		s, err := kernel.ReadStatement([]byte(`{"builder":`+c.text+`}`), Builders)
		if err != nil {
			t.Fatal(err)
		}
		for _, k := range c.made {
			if _, reason := theoremOf(s, k); reason != "" {
				t.Fatalf("%s: theorem %d: %s", c.text, k, reason)
			}
		}
	}
}

// Facts for all sets of tokens are listed of small cells only, also where the number of sets has no room in 64 bits.
func TestListed(t *testing.T) {
	for _, c := range []struct {
		k, n   int
		listed bool
	}{{2, 2, true}, {6, 12, false}, {2, 12, true}, {3, 16, false}, {2, 20, false}, {2, 61, false}, {2, 62, false}} {
		if got := NewCell(c.k, c.n).Listed(); got != c.listed {
			t.Errorf("K = %d, N = %d: %v", c.k, c.n, got)
		}
	}
}

// There is no cell of a size that the format does not have.
func TestCellsOutOfRange(t *testing.T) {
	for _, c := range [][2]int{{1, 3}, {65, 3}, {2, 1}, {2, 63}} {
		notUnderstood(t, fmt.Sprint(c), func() { NewCell(c[0], c[1]) })
	}
}
