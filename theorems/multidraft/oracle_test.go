package multidraft

import (
	"context"
	"math/rand/v2"
	"slices"
	"testing"

	"pstar/lp"
	"pstar/rational"
)

// naiveSupportLaw sums the probabilities of all words of Ω^K by support.
func naiveSupportLaw(d Drafts) []rational.Rat {
	law := make([]rational.Rat, CountSupports(d.K(), d.N()))
	eachWord(d.K(), d.N(), func(word []int) {
		place := SupportIndex(d.N(), SetOf(word...))
		law[place] = law[place].Add(d.Word(word))
	})
	return law
}

// naiveB sums the probabilities of all words over s.
func naiveB(d Drafts, s Set) rational.Rat {
	var sum rational.Rat
	eachWord(d.K(), d.N(), func(word []int) {
		if SetOf(word...).SubsetOf(s) {
			sum = sum.Add(d.Word(word))
		}
	})
	return sum
}

// naiveMinimum evaluates the bound at every set, in canonical order.
func naiveMinimum(in *Instance) (rational.Rat, Set) {
	least, at := in.Bound(0), Set(0)
	for _, s := range Supports(in.N(), in.N()) {
		if b := in.Bound(s); b.Cmp(least) < 0 {
			least, at = b, s
		}
	}
	return least, at
}

// generated calls visit with the first count instances of a cell and model.
func generated(t *testing.T, seed uint64, count, k, n int, model string, visit func(in *Instance)) {
	t.Helper()
	for index := range count {
		in, err := Generate(seed, index, k, n, model)
		if err != nil {
			t.Fatal(err)
		}
		visit(in)
	}
}

// smallCells calls visit with every model in every small cell where it exists.
func smallCells(maxK, maxN int, visit func(k, n int, model string)) {
	for k := 1; k <= maxK; k++ {
		for n := 1; n <= maxN; n++ {
			for _, model := range Models() {
				if model != ModelWithoutReplacement || k <= n {
					visit(k, n, model)
				}
			}
		}
	}
}

func rats(t *testing.T, s string) []rational.Rat {
	t.Helper()
	list, err := rational.ParseRats(s)
	if err != nil {
		t.Fatal(err)
	}
	return list
}

func rat(t *testing.T, s string) rational.Rat {
	t.Helper()
	x, err := rational.ParseRat(s)
	if err != nil {
		t.Fatal(err)
	}
	return x
}

func iidInstance(t *testing.T, k int, p, q string) *Instance {
	t.Helper()
	d, err := NewIID(k, rats(t, p))
	if err != nil {
		t.Fatal(err)
	}
	in, err := NewInstance(d, rats(t, q))
	if err != nil {
		t.Fatal(err)
	}
	return in
}

// optimum solves a program by the general solver and verifies the witness.
func optimum(t *testing.T, p *lp.Problem) rational.Rat {
	t.Helper()
	r, err := lp.Solve(context.Background(), p, lp.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if err := p.Verify(r); err != nil {
		t.Fatalf("%s: %v", p.Name, err)
	}
	if r.Verdict != lp.Optimal {
		t.Fatalf("%s: %v", p.Name, r.Verdict)
	}
	return r.Value
}

func newRand(seed uint64) *rand.Rand { return rand.New(rand.NewPCG(seed, 0)) }

// smallSettings calls visit with random and adversarial settings of small cells.
func smallSettings(t *testing.T, visit func(name string, s *Setting)) {
	t.Helper()
	for _, cell := range [][2]int{{1, 3}, {2, 1}, {2, 2}, {2, 3}, {2, 4}, {3, 3}, {3, 4}, {4, 3}} {
		for _, model := range Models() {
			for index := range len(Kinds()) {
				in, err := Generate(5, index, cell[0], cell[1], model)
				if err != nil {
					break // no such drafts without replacement
				}
				visit(in.String(), SettingOf(in))
			}
		}
	}
}

func settingFor(t *testing.T, model string, k int, p, q string) *Setting {
	t.Helper()
	draft, err := NewDistribution("p", rats(t, p))
	if err != nil {
		t.Fatal(err)
	}
	target, err := NewDistribution("q", rats(t, q))
	if err != nil {
		t.Fatal(err)
	}
	s, err := NewSetting(model, k, []Distribution{draft}, target)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func weighted(t *testing.T, weights []rational.Int) Distribution {
	t.Helper()
	d, err := FromWeights("p", weights)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// scattered draws drafts on few tokens out of n, and a target on half of them
// all.
func scattered(t *testing.T, rng *rand.Rand, model string, k, n, few int) *Setting {
	t.Helper()
	laws := 1
	if model == ModelIndependent {
		laws = k
	}
	drafts := make([]Distribution, laws)
	places := rng.Perm(n)[:few]
	for j := range drafts {
		weights := make([]rational.Int, n)
		for _, i := range places {
			weights[i] = rational.NewInt(1 + rng.Int64N(20))
		}
		drafts[j] = weighted(t, weights)
	}
	target := make([]rational.Int, n)
	for i := range target {
		if rng.IntN(2) == 0 || slices.Contains(places, i) {
			target[i] = rational.NewInt(1 + rng.Int64N(10*int64(1+rng.IntN(20))))
		}
	}
	s, err := NewSetting(model, k, drafts, weighted(t, target))
	if err != nil {
		t.Fatal(err)
	}
	return s
}
