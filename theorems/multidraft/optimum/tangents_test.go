package optimum

import (
	"math/rand/v2"
	"slices"
	"testing"

	"pstar/rational"
	"pstar/theorems/multidraft"
	"pstar/theorems/multidraft/internal/oracle"
)

// The tangents find the minimum and its smallest and largest sets, as enumeration
// does on small alphabets. They need few intervals: at most eight here.
func TestTangentsAgainstEnumeration(t *testing.T) {
	check := func(in *multidraft.Instance) {
		t.Helper()
		o, err := pairOptimumWithin(t.Context(), in, 40)
		if err != nil {
			t.Fatalf("%v: %v", in, err)
		}
		least, sets := bindingByDefinition(in)
		var all []int
		for _, set := range sets {
			all = union(all, set)
		}
		if !o.Value.Equal(least) || !slices.Equal(o.Binding.Smallest.Tokens(), sets[0]) || !slices.Equal(o.Binding.Largest.Tokens(), all) {
			t.Errorf("%v: %v at %v..%v, want %v at %v..%v", in, o.Value, o.Binding.Smallest, o.Binding.Largest, least, sets[0], all)
		}
		// Where both ends are one set it is the only one, and else nobody has counted.
		if single := len(sets) == 1; o.Binding.Known != single || single && (len(o.Binding.Sets) != 1 || !o.Binding.Count.Equal(rational.NewInt(1))) {
			t.Errorf("%v: %d binding sets, told as %+v", in, len(sets), o.Binding)
		}
	}
	for n := 1; n <= 7; n++ {
		for index := range 3 * len(multidraft.Kinds()) {
			in, err := multidraft.Generate(21, index, 2, n, multidraft.ModelIndependent)
			if err != nil {
				t.Fatal(err)
			}
			check(in)
		}
	}
}

// On larger alphabets they agree with the largest flow, after six intervals at most.
func TestTangentsAgainstFlow(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 3))
	for round := range 20 {
		n := 60
		if round == 0 {
			n = 200
		}
		draw := func(most int64) multidraft.Distribution {
			w := make([]rational.Int, n)
			for i := range w {
				w[i] = rational.NewInt(rng.Int64N(1 + rng.Int64N(most)))
			}
			w[rng.IntN(n)] = rational.NewInt(most)
			return oracle.Weighted(t, w)
		}
		most := int64(1) << (1 + rng.IntN(40))
		s, err := multidraft.New(multidraft.ModelIndependent, 2, []multidraft.Distribution{draw(most), draw(most)}, draw(most))
		if err != nil {
			t.Fatal(err)
		}
		o, err := pairOptimumWithin(t.Context(), s, 40)
		if err != nil {
			t.Fatal(err)
		}
		isByFlow(t, s, o)
	}
}

// Where probabilities differ by many orders of magnitude and sets nearly bind, no
// number with 53 binary digits is a tangent that proves anything, and up to 230 intervals are needed.
func TestTangentsFinerThanFloatingPoint(t *testing.T) {
	rng := rand.New(rand.NewPCG(4, 4))
	tiny := func(n int) multidraft.Distribution {
		w := make([]rational.Int, n)
		for i := range w {
			w[i] = rational.NewInt(2).Pow(uint(rng.IntN(400)))
		}
		return oracle.Weighted(t, w)
	}
	for round := range 30 {
		n := 2 + round%5
		p1, p2 := tiny(n), tiny(n)
		q := p1
		switch round % 3 {
		case 0: // the sets of the first tokens bind, but for one unit
			w := make([]rational.Int, n)
			var a, b, before rational.Int
			for i := range w {
				a, b = a.Add(p1.Weights.At(i)), b.Add(p2.Weights.At(i))
				w[i], before = a.Mul(b).Sub(before), a.Mul(b)
			}
			w[0], w[n-1] = w[0].Sub(rational.NewInt(1)), w[n-1].Add(rational.NewInt(1))
			q = oracle.Weighted(t, w)
		case 1:
			q = tiny(n)
		}
		s, err := multidraft.New(multidraft.ModelIndependent, 2, []multidraft.Distribution{p1, p2}, q)
		if err != nil {
			t.Fatal(err)
		}
		o, err := pairOptimumWithin(t.Context(), s, 1000)
		if err != nil {
			t.Fatal(err)
		}
		isByFlow(t, s, o)
	}
}

func TestSymmetricDifference(t *testing.T) {
	if got := symmetricDifference([]int{1, 3, 5}, []int{1, 4, 5, 7}); !slices.Equal(got, []int{3, 4, 7}) {
		t.Errorf("%v, want 3, 4 and 7", got)
	}
}
