package doubledesc

import (
	"context"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"pstar/cone"
	"pstar/rational"

	"github.com/google/go-cmp/cmp"
)

// tokenSymmetry lets the permutations of n tokens act on n token coordinates
// and on the coordinates of sets, which follow after gap others.
func tokenSymmetry(n, gap int, sets []int) *cone.Symmetry {
	place := map[int]int{}
	for t, mask := range sets {
		place[mask] = n + gap + t
	}
	s := &cone.Symmetry{Dim: n + gap + len(sets)}
	chain := cone.Chain{}
	for i := range n {
		chain.Keys = append(chain.Keys, i)
		if i == 0 {
			continue
		}
		swap := make([]int, s.Dim)
		for c := range swap {
			swap[c] = c
		}
		swap[i-1], swap[i] = i, i-1
		for mask, c := range place {
			a, b := mask>>(i-1)&1, mask>>i&1
			swap[c] = place[mask&^(3<<(i-1))|b<<(i-1)|a<<i]
		}
		chain.Swaps = append(chain.Swaps, swap)
	}
	s.Chains = []cone.Chain{chain}
	return s
}

// tokenSets lists the sets of 2 to k of n tokens in the order of the cells.
func tokenSets(k, n int) []int {
	var sets []int
	for size := 2; size <= min(k, n); size++ {
		for mask := range 1 << n {
			count := 0
			for m := mask; m > 0; m &= m - 1 {
				count++
			}
			if count == size {
				sets = append(sets, mask)
			}
		}
	}
	return sets
}

// optimumCone is {0 <= z_i <= z_0, v_T >= z_i}, the dual of MD-T3 homogenised;
// z_0 is coordinate n.
func optimumCone(k, n int) *cone.H {
	h := &cone.H{Dim: n + 1}
	one, minus := rational.NewInt(1), rational.NewInt(-1)
	for i := range n {
		h.Inequalities = append(h.Inequalities,
			cone.Unit(i, 1), cone.Vector{{Index: i, Value: minus}, {Index: n, Value: one}})
	}
	for _, mask := range tokenSets(k, n) {
		for i := range n {
			if mask>>i&1 == 1 {
				h.Inequalities = append(h.Inequalities, cone.Vector{{Index: i, Value: minus}, {Index: h.Dim, Value: one}})
			}
		}
		h.Dim++
	}
	return h
}

// The conversion over a fundamental domain finds the same rays as the plain
// one: (2^n - 2) + #T for the feasibility cone (MD-T2), #T and the 2^n of z_0 = 1
// for the optimum cone (MD-T3).
func TestMDT2_MDT3_DomainAgreesWithPlain(t *testing.T) {
	cells := [][2]int{{2, 2}, {2, 3}, {2, 4}, {2, 5}, {2, 6}, {2, 7}, {2, 8}, {3, 3}, {3, 4}, {3, 5}, {3, 6}, {3, 7}, {4, 4}, {4, 5}, {4, 6}, {5, 6}, {6, 6}, {6, 7}}
	for _, c := range cells {
		k, n := c[0], c[1]
		t.Run(fmt.Sprintf("K=%d,n=%d", k, n), func(t *testing.T) {
			sets := tokenSets(k, n)
			count := 1<<n - 2 + len(sets)
			if n == 2 {
				// b_12 >= 0 is the sum of the rows of {1} and {2}, since q sums to 1: two
				// rays, not three.
				count = 2
			}
			compareWithPlain(t, feasibilityCone(k, n), tokenSymmetry(n, 0, sets), count)
			compareWithPlain(t, optimumCone(k, n), tokenSymmetry(n, 1, sets), 1<<n+len(sets))
		})
	}
}

func compareWithPlain(t *testing.T, h *cone.H, s *cone.Symmetry, count int) {
	t.Helper()
	orbits, err := RaysOverDomain(context.Background(), h, s, Options{})
	if err != nil {
		t.Fatal(err)
	}
	all, plain := orbits.Expand(), rays(t, h, Options{})
	if diff := cmp.Diff(plain, all); diff != "" {
		t.Errorf("(-plain +over the domain):\n%s", diff)
	}
	if len(plain.Rays) != count {
		t.Errorf("%d rays, want %d", len(plain.Rays), count)
	}
	if got := orbits.Count(); !got.IsInt64() || got.Int64() != int64(len(plain.Rays)) {
		t.Errorf("orbits count %v rays, want %d", got, len(plain.Rays))
	}
}

// Random cones whose rows are closed under permutations of three blocks, and of
// two other coordinates at the same time.
func TestDomainAgreesWithPlainOnRandomSymmetricCones(t *testing.T) {
	random := rand.New(rand.NewPCG(11, 12))
	s := &cone.Symmetry{Dim: 7, Chains: []cone.Chain{
		blockChain(7, [][]int{{0, 3}, {1, 4}, {2, 5}}),
	}}
	compared := 0
	for range 60 {
		h := &cone.H{Dim: 7}
		for range 2 + random.IntN(2) {
			row := make([]int64, 7)
			for i := range row {
				row[i] = random.Int64N(4) - 1
			}
			h.Inequalities = append(h.Inequalities, s.Orbit(ints(row)[0])...)
		}
		orbits, err := RaysOverDomain(context.Background(), h, s, Options{})
		if err != nil {
			if strings.Contains(err.Error(), "the symmetry moves") {
				continue
			}
			t.Fatal(err)
		}
		compared++
		if diff := cmp.Diff(rays(t, h, Options{}), orbits.Expand()); diff != "" {
			t.Fatalf("%+v (-plain +over the domain):\n%s", h, diff)
		}
	}
	if compared < 20 {
		t.Errorf("only %d cones without moved lines", compared)
	}
}

func TestRaysOverDomainReportsWrongSymmetry(t *testing.T) {
	s := tokenSymmetry(3, 0, tokenSets(2, 3))
	h := feasibilityCone(2, 3)
	less := &cone.H{Dim: h.Dim, Inequalities: h.Inequalities[1:]}
	blocks := &cone.Symmetry{Dim: 2, Chains: []cone.Chain{blockChain(2, [][]int{{0}, {1}})}}
	for _, c := range []struct {
		name string
		h    *cone.H
		s    *cone.Symmetry
		want string
	}{
		{"a row without its image", less, s, "does not preserve the cone"},
		{"dimension", &cone.H{Dim: 2}, s, "symmetry of dimension 6 for a cone of dimension 2"},
		{"a line that moves", &cone.H{Dim: 2, Inequalities: ints([]int64{1, 1})}, blocks, "the symmetry moves"},
		{"malformed cone", &cone.H{Dim: -1}, s, "negative"},
		{"malformed symmetry", h, &cone.Symmetry{Dim: h.Dim, Chains: []cone.Chain{{Keys: []int{0, 1}}}}, "chain 1 has 2 letters and 0 swaps"},
	} {
		_, err := RaysOverDomain(context.Background(), c.h, c.s, Options{})
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: error %v, want %q", c.name, err, c.want)
		}
	}
}
