// Package oracle has what the tests of the packages of multidraft share: the
// definitions in their naivest form, which take exponential time and no algorithm
// of the project, and small instances and instances to try. No package but tests
// imports it.
package oracle

import (
	"context"
	"math/rand/v2"
	"os"
	"slices"
	"strconv"
	"testing"

	"pstar/lp"
	"pstar/rational"
	"pstar/theorems/multidraft"
)

// One is 1.
var One = rational.Whole(1)

// SupportLaw sums the probabilities of all words of Ω^K by support.
func SupportLaw(d multidraft.Drafts) []rational.Rat {
	// A support is a set of at most K tokens, so that the law has a place for each of them.
	law := make([]rational.Rat, multidraft.CountSupports(d.K(), d.N()))
	// Every word once: the order of the drafts does not matter to a set.
	multidraft.EachWord(d.K(), d.N(), func(word []int) {
		// The index is of the package that is tested; a test of its own compares it with the list.
		place := multidraft.SupportIndex(d.N(), multidraft.SetOf(word...))
		law[place] = law[place].Add(d.Word(word))
	})
	return law
}

// B sums the probabilities of all words over s.
func B(d multidraft.Drafts, s multidraft.Set) rational.Rat {
	// Zero for the empty set, which no word lies in: K is at least 1.
	var sum rational.Rat
	multidraft.EachWord(d.K(), d.N(), func(word []int) {
		// All K drafts lie in s, in any order.
		if multidraft.SetOf(word...).SubsetOf(s) {
			sum = sum.Add(d.Word(word))
		}
	})
	return sum
}

// Minimum evaluates the bound at every set, in canonical order.
func Minimum(in *multidraft.Instance) (rational.Rat, multidraft.Set) {
	// The empty set, which is no support, has the bound 1, which P* never exceeds.
	least, at := in.Bound(0), multidraft.Set(0)
	for _, s := range multidraft.Supports(in.N(), in.N()) {
		// Strictly: of equal bounds the first set in canonical order, which is the smallest.
		if b := in.Bound(s); b.Cmp(least) < 0 {
			least, at = b, s
		}
	}
	return least, at
}

// Generated calls visit with the first count instances of a cell and model.
func Generated(t *testing.T, seed uint64, count, k, n int, model string, visit func(in *multidraft.Instance)) {
	// One by one by its number, so that a failure names the instance.
	t.Helper()
	// The seed fixes the whole list: the same instances in every run and on every machine.
	for index := range count {
		in, err := multidraft.Generate(seed, index, k, n, model)
		if err != nil {
			t.Fatal(err)
		}
		visit(in)
	}
}

// SmallCells calls visit with every model in every small cell where it exists.
func SmallCells(maxK, maxN int, visit func(k, n int, model string)) {
	for k := 1; k <= maxK; k++ {
		for n := 1; n <= maxN; n++ {
			for _, model := range multidraft.Models() {
				// K distinct tokens must exist.
				if model != multidraft.ModelWithoutReplacement || k <= n {
					visit(k, n, model)
				}
			}
		}
	}
}

// Rats reads numbers separated by commas.
func Rats(t *testing.T, s string) []rational.Rat {
	t.Helper()
	list, err := rational.ParseRats(s)
	if err != nil {
		t.Fatal(err)
	}
	return list
}

// Rat reads a number.
func Rat(t *testing.T, s string) rational.Rat {
	t.Helper()
	x, err := rational.ParseRat(s)
	// The text is the test's: what is wrong with it is a fault of the test.
	if err != nil {
		t.Fatal(err)
	}
	return x
}

// IIDInstance returns k iid drafts from p with target q, both as Rats reads them.
func IIDInstance(t *testing.T, k int, p, q string) *multidraft.Instance {
	t.Helper()
	// Through the constructors that users call, with their checks.
	d, err := multidraft.NewIID(k, Rats(t, p))
	if err != nil {
		t.Fatal(err)
	}
	target, err := multidraft.NewDistribution("q", Rats(t, q))
	if err != nil {
		t.Fatal(err)
	}
	in, err := multidraft.NewInstance(d, target)
	if err != nil {
		t.Fatal(err)
	}
	return in
}

// Solve solves a program by the general solver and verifies the witness.
func Solve(t *testing.T, p *lp.Problem) rational.Rat {
	t.Helper()
	// Verdict and value are claims of the solver until its point and multipliers show them.
	r, err := lp.Solve(context.Background(), p, lp.Options{})
	if err != nil {
		t.Fatal(err)
	}
	// Also in tests: a value counts with its witness.
	if err := p.Verify(r); err != nil {
		t.Fatalf("%s: %v", p.Name, err)
	}
	// An infeasible program has no value to compare.
	if r.Verdict != lp.Optimal {
		t.Fatalf("%s: %v", p.Name, r.Verdict)
	}
	return r.Value
}

// NewRand returns a random generator of its own for the seed.
func NewRand(seed uint64) *rand.Rand { return rand.New(rand.NewPCG(seed, 0)) }

// SmallInstances calls visit with random and adversarial instances of small cells.
func SmallInstances(t *testing.T, visit func(name string, s *multidraft.Instance)) {
	t.Helper()
	// One draft, one token, as many drafts as tokens and more: the corners of small cells.
	for _, cell := range [][2]int{{1, 3}, {2, 1}, {2, 2}, {2, 3}, {2, 4}, {3, 3}, {3, 4}, {4, 3}} {
		for _, model := range multidraft.Models() {
			// One instance of each kind.
			for index := range len(multidraft.Kinds()) {
				in, err := multidraft.Generate(5, index, cell[0], cell[1], model)
				if err != nil {
					break // no such drafts without replacement
				}
				visit(in.String(), in)
			}
		}
	}
}

// InstanceFor returns k drafts of a model from p with target q, both as Rats reads them.
func InstanceFor(t *testing.T, model string, k int, p, q string) *multidraft.Instance {
	t.Helper()
	draft, err := multidraft.NewDistribution("p", Rats(t, p))
	if err != nil {
		t.Fatal(err)
	}
	target, err := multidraft.NewDistribution("q", Rats(t, q))
	if err != nil {
		t.Fatal(err)
	}
	s, err := multidraft.New(model, k, []multidraft.Distribution{draft}, target)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// Weighted returns the distribution proportional to the weights.
func Weighted(t *testing.T, weights []rational.Int) multidraft.Distribution {
	t.Helper()
	d, err := multidraft.FromWeights("p", weights)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// Scattered draws drafts on few tokens out of n, and a target on half of them
// all.
func Scattered(t *testing.T, rng *rand.Rand, model string, k, n, few int) *multidraft.Instance {
	t.Helper()
	// One law for all drafts, unless the model wants one for each.
	laws := 1
	if model == multidraft.ModelIndependent {
		laws = k
	}
	drafts := make([]multidraft.Distribution, laws)
	// All drafts on the same few tokens, as after top-k.
	places := rng.Perm(n)[:few]
	for j := range drafts {
		weights := make([]rational.Int, n)
		for _, i := range places {
			// Up to 20 to 1: no token outweighs the others by far.
			weights[i] = rational.NewInt(1 + rng.Int64N(20))
		}
		drafts[j] = Weighted(t, weights)
	}
	target := make([]rational.Int, n)
	for i := range target {
		// Every drafted token has a target, so that no choice is forced; half of the others have
		// one, which no draft reaches.
		if rng.IntN(2) == 0 || slices.Contains(places, i) {
			// Within a factor of 200, so that ratios q/p differ widely.
			target[i] = rational.NewInt(1 + rng.Int64N(10*int64(1+rng.IntN(20))))
		}
	}
	s, err := multidraft.New(model, k, drafts, Weighted(t, target))
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// Many is how many instances a test of random ones takes: what SOAK in the environment says, or else count.
func Many(t *testing.T, count int) int {
	t.Helper()
	s := os.Getenv("SOAK")
	if s == "" {
		return count
	}
	n, err := strconv.Atoi(s)
	if err != nil {
		t.Fatalf("SOAK is %q, want a number of instances", s)
	}
	return n
}
