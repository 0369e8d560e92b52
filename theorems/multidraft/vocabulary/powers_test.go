package vocabulary

import (
	"fmt"
	"testing"

	"pstar/rational"
	"pstar/theorems"
	"pstar/theorems/multidraft"
	"pstar/theorems/multidraft/internal/oracle"
	"pstar/theorems/multidraft/optimum"
)

// checkPowers compares an enclosure with the exact minimum over all sets.
func checkPowers(t *testing.T, s *multidraft.Instance, width rational.Rat, o *optimum.Optimum) {
	t.Helper()
	want, b := o.Value, o.Binding
	e, err := powerEnclosure(t.Context(), s, width)
	if err != nil {
		t.Fatal(err)
	}
	if !e.Value.Contains(want) || e.Value.Width().Cmp(width) > 0 || e.Value.Hi.Cmp(whole) > 0 {
		t.Fatalf("%v, p = %v, q = %v: %v does not hold %v", s, s.Rows()[0].Rats(), s.Target().Rats(), e.Value, want)
	}
	// Whether it is 1 is told, and exactly then is the value exact.
	status := theorems.Refuted
	if want.Equal(whole) {
		status = theorems.Proved
	}
	if e.IsOne(rational.Rat{}) != status {
		t.Fatalf("%v, p = %v, q = %v: P* = 1 is %v, P* is %v", s, s.Rows()[0].Rats(), s.Target().Rats(), e.IsOne(rational.Rat{}), want)
	}
	if e.Known && e.Smallest.Compare(b.Smallest) != 0 {
		t.Fatalf("%v: the smallest set is %v, want %v", s, e.Smallest, b.Smallest)
	}
	// And so are the binding sets, but where several prefixes attain a minimum below 1.
	if e.Known != (e.Binding != nil) || want.Equal(whole) && !e.Known {
		t.Fatalf("%v: binding sets %v, P* is %v", s, e.Binding, want)
	}
	if e.Known && fmt.Sprint(*e.Binding) != fmt.Sprint(b) {
		t.Fatalf("%v, p = %v, q = %v: binding sets %v, want %v", s, s.Rows()[0].Rats(), s.Target().Rats(), *e.Binding, b)
	}
}

// MD-T3: the enclosures hold the minimum over all sets, with ties, zeros and P* = 1 among the instances.
func TestPowersAgainstEnumeration(t *testing.T) {
	ones, several := 0, 0
	for k := 2; k <= 7; k++ {
		for n := 1; n <= 7; n++ {
			oracle.Generated(t, 91, 12, k, n, multidraft.ModelIID, func(s *multidraft.Instance) {
				want, err := optimum.Of(t.Context(), s)
				if err != nil || !want.Value.Equal(optimum.MinByEnumeration(s).Value) {
					t.Fatalf("%v: %v, %v", s, want, err)
				}
				for _, width := range []rational.Rat{rational.NewRat(1, 2), rational.NewRat(1, 1<<60)} {
					checkPowers(t, s, width, want)
				}
				if want.Value.Equal(whole) {
					ones++
					if len(want.Binding.Sets) > 2 {
						several++
					}
				}
			})
		}
	}
	if ones < 50 || several < 5 {
		t.Errorf("P* = 1 in %d instances only, with more than two binding sets in %d", ones, several)
	}
}

// With all the drafts there may be, against exact powers of a small unit.
func TestPowersOfAllDrafts(t *testing.T) {
	for _, c := range []struct{ p, q string }{
		{"1/3,2/3", "1/2,1/2"},
		{"1/3,2/3", "1,0"},
		{"1/3,2/3,0", "1/3,1/3,1/3"},
		{"1/3,1/3,1/3", "0,0,1"},
		{"1/2,1/2", "1/2,1/2"},
	} {
		s := oracle.IIDInstance(t, multidraft.MaxDrafts, c.p, c.q)
		want, err := optimum.Of(t.Context(), s)
		if err != nil {
			t.Fatal(err)
		}
		checkPowers(t, s, rational.NewRat(1, 1<<60), want)
	}
}

// Long fractions are enclosed, and short ones are not, of one number of drafts and of several.
func TestLongPowersAreEnclosed(t *testing.T) {
	rng := oracle.NewRand(92)
	law := func(every int) multidraft.Distribution {
		w := make([]rational.Int, 3000)
		for i := 0; i < len(w); i += every {
			w[i] = rational.NewInt(rng.Int64N(1 << 50))
		}
		return multidraft.Must(multidraft.FromWeights("p", w))
	}
	p, q := law(1), law(1000)
	var list []*multidraft.Instance
	for _, k := range []int{2000, 2200} {
		list = append(list, multidraft.Must(multidraft.New(multidraft.ModelIID, k, []multidraft.Distribution{p}, q)))
	}
	width := func(int) rational.Rat { return rational.NewRat(1, 1<<60) }
	seen := 0
	err := EncloseEach(t.Context(), list, width, func(s *multidraft.Instance, e *Enclosure, err error) error {
		seen++
		want := optimum.MinOverPrefixes(s.K(), p, q)
		if LongPowers(s) != (e.Method == MethodPowers) || e.Value.Exact() == LongPowers(s) || !e.Value.Contains(want.Value) || e.Smallest.Len() != len(want.Tokens) {
			t.Errorf("K = %d: %s by %s, want %s", s.K(), e.Value.Decimal(30), e.Method, want.Value.Decimal(30))
		}
		return err
	})
	if err != nil || seen != 2 || LongPowers(list[0]) || !LongPowers(list[1]) {
		t.Errorf("%d seen, %v", seen, err)
	}
}

// That P* is below 1 is told where it is by less than any digits show: a token is drafted that q does not have.
func TestBelowOneByAlmostNothing(t *testing.T) {
	s := oracle.IIDInstance(t, multidraft.MaxDrafts, "1e-30,0.999999999999999999999999999999", "0,1")
	e, err := Enclose(t.Context(), s, rational.NewRat(1, 1<<30))
	if err != nil || !e.Value.Hi.Equal(whole) || e.IsOne(rational.Rat{}) != theorems.Refuted || !e.Known || e.Smallest.Len() != 1 {
		t.Errorf("%v, %v", e, err)
	}
	// Of laws that may be off nothing is known.
	if e.IsOne(rational.NewRat(1, 1000)) != theorems.Undecided {
		t.Error("P* is told from 1 of laws that are not known so well")
	}
}
