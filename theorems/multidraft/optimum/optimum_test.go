package optimum

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"pstar/rational"
	"pstar/theorems"
	"pstar/theorems/multidraft"
	"pstar/theorems/multidraft/internal/oracle"
)

// bindingByDefinition lists the sets with q(S) + 1 - B(S) = least.
func bindingByDefinition(in *multidraft.Instance) (least rational.Rat, sets [][]int) {
	least = one
	for set := range multidraft.FullSet(in.N()) + 1 {
		bound := in.Bound(set)
		if c := bound.Cmp(least); c < 0 {
			least, sets = bound, nil
		}
		if bound.Equal(least) {
			sets = append(sets, set.Tokens())
		}
	}
	slices.SortFunc(sets, multidraft.CompareTokens)
	return least, sets
}

func TestMDT3_OptimumAndBindingSets(t *testing.T) {
	oracle.SmallInstances(t, func(name string, s *multidraft.Instance) {
		least, sets := bindingByDefinition(s)
		o, err := Of(t.Context(), s)
		if err != nil {
			t.Fatal(err)
		}
		b := o.Binding
		if !o.Value.Equal(least) {
			t.Errorf("%s: P* %v, want %v", name, o.Value, least)
		}
		var all []int
		for _, set := range sets {
			all = union(all, set)
		}
		if !slices.Equal(b.Smallest.Tokens(), sets[0]) || !slices.Equal(b.Largest.Tokens(), all) {
			t.Errorf("%s: binding sets from %v to %v, want %v", name, b.Smallest, b.Largest, sets)
		}
		if want := fmt.Sprint(sets); !b.Known || fmt.Sprint(b.Sets) != want || b.Count.String() != fmt.Sprint(len(sets)) {
			t.Errorf("%s: %v binding sets %v, want %v", name, b.Count, b.Sets, want)
		}
	})
}

// isByFlow wants the value of a largest flow, and the binding sets that it gives away.
func isByFlow(t *testing.T, s *multidraft.Instance, o *Optimum) {
	t.Helper()
	w, err := LargestFlow(t.Context(), s)
	if err != nil {
		t.Fatal(err)
	}
	b := w.binding(s)
	if value := rational.RatFromInts(w.Flow.Value, w.Network.Unit); !o.Value.Equal(value) ||
		o.Binding.Smallest.Compare(b.Smallest) != 0 || o.Binding.Largest.Compare(b.Largest) != 0 {
		t.Errorf("%v: %v at %v..%v, by flow %v at %v..%v", s, o.Value, o.Binding.Smallest, o.Binding.Largest, value, b.Smallest, b.Largest)
	}
}

// The flow of a large alphabet on which only few tokens are drafted is that of
// the small one.
func TestOptimumMergesTokensNeverDrafted(t *testing.T) {
	rng := rand.New(rand.NewPCG(7, 7))
	for _, model := range []string{multidraft.ModelIID, multidraft.ModelIndependent, multidraft.ModelWithoutReplacement} {
		for range 20 {
			const n = 200
			s := oracle.Scattered(t, rng, model, 2, n, 4)
			o, err := Of(t.Context(), s)
			if err != nil {
				t.Fatal(err)
			}
			isByFlow(t, s, o)
		}
	}
}

func TestBindingSetsOfSingleDraft(t *testing.T) {
	s := oracle.InstanceFor(t, multidraft.ModelIID, 1, "1/2,1/4,1/4,0", "1/4,1/4,1/4,1/4")
	o, err := Of(t.Context(), s)
	if err != nil {
		t.Fatal(err)
	}
	if got := fmt.Sprint(o.Binding.Sets); got != "[[0] [0 1] [0 2] [0 1 2]]" || o.Value.String() != "3/4" {
		t.Errorf("P* %v, binding sets %s", o.Value, got)
	}
}

func TestSettingErrors(t *testing.T) {
	p, q := oracle.Weighted(t, rational.NewVector(1, 1)), oracle.Weighted(t, rational.NewVector(1, 2, 3))
	r := oracle.Weighted(t, rational.NewVector(1, 0))
	for _, c := range []struct {
		model string
		k     int
		p     []multidraft.Distribution
		q     multidraft.Distribution
		want  string
	}{
		{multidraft.ModelIID, 0, []multidraft.Distribution{p}, p, "K = 0 drafts, want 1..65536"},
		{multidraft.ModelIID, 2, []multidraft.Distribution{p}, q, "q has 3 entries, p has 2"},
		{multidraft.ModelIID, 2, []multidraft.Distribution{p, p}, p, "2 draft distributions, want 1 for K = 2 iid drafts"},
		{multidraft.ModelIndependent, 3, []multidraft.Distribution{p, p}, p, "2 draft distributions, want 3 for K = 3 independent drafts"},
		{multidraft.ModelIndependent, 2, []multidraft.Distribution{p, q}, p, "q has 2 entries, p of draft 2 has 3"},
		{multidraft.ModelWithoutReplacement, 2, []multidraft.Distribution{r}, p, "p gives positive probability to 1 tokens, want at least K = 2 without replacement"},
		{multidraft.ModelJoint, 2, []multidraft.Distribution{p}, p, `draft model "joint" does not take a distribution`},
	} {
		if _, err := multidraft.New(c.model, c.k, c.p, c.q); err == nil || err.Error() != c.want {
			t.Errorf("%s K=%d: error %v, want %s", c.model, c.k, err, c.want)
		}
	}
	for _, w := range []rational.Vector{nil, rational.NewVector(0, 0), rational.NewVector(1, -1)} {
		if _, err := multidraft.FromWeights("p", w); err == nil {
			t.Errorf("weights %v are accepted", w)
		}
	}
}

// Which method finds the optimum depends on the model, and on whether a flow is small enough: tangents and boxes are for independent drafts
// of many tokens, and boxes for eight drafts at most.
func TestOfChoosesTheMethod(t *testing.T) {
	rng := oracle.NewRand(62)
	for _, c := range []struct {
		model  string
		k, n   int
		method string
	}{
		{multidraft.ModelIID, 3, 70, MethodPrefix},
		{multidraft.ModelIndependent, 1, 300, MethodPrefix},
		{multidraft.ModelIndependent, 2, 12, MethodMaxFlow},
		{multidraft.ModelIndependent, 2, 300, MethodTangents},
		{multidraft.ModelIndependent, 3, 12, MethodMaxFlow},
		{multidraft.ModelIndependent, 3, 70, MethodBoxes},
		{multidraft.ModelWithoutReplacement, 2, 300, MethodMaxFlow},
		{multidraft.ModelWithoutReplacement, 3, 70, MethodMaxFlow},
	} {
		s := oracle.Scattered(t, rng, c.model, c.k, c.n, 4)
		if o, err := Of(t.Context(), s); err != nil || o.Method != c.method {
			t.Errorf("%v: %v, %v, want %s", s, o, err, c.method)
		}
	}
	s := oracle.Scattered(t, rng, multidraft.ModelIndependent, 9, 70, 70)
	// The target is a draft's law, which boxes see at once.
	s = multidraft.Must(multidraft.New(multidraft.ModelIndependent, 9, s.Rows(), s.Rows()[0]))
	var unsettled *theorems.Unsettled
	if o, err := Of(t.Context(), s); !errors.As(err, &unsettled) {
		t.Errorf("%v: %v, %v, want no value", s, o, err)
	}
}
