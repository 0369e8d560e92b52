package scheme

import (
	"testing"

	"pstar/rational"
	"pstar/theorems/multidraft"
	"pstar/theorems/multidraft/internal/oracle"
	"pstar/theorems/multidraft/optimum"
)

// Ω_1 has the tokens of largest q - p_1 p_2, and the penalty is the sum of these over the others where they
// are positive: 13/50, 13/50 and 1/25 here.
func TestOrderAndPenaltyOfTruncatedPairs(t *testing.T) {
	p := multidraft.Must(multidraft.NewDistribution("p", oracle.Rats(t, "3/5,1/5,1/5")))
	q := multidraft.Must(multidraft.NewDistribution("q", oracle.Rats(t, "2/5,3/10,3/10")))
	s := multidraft.Must(multidraft.New(multidraft.ModelIID, 2, []multidraft.Distribution{p}, q))
	for size, want := range []string{"14/25", "3/10", "1/25", "0"} {
		if size == 0 {
			continue
		}
		if _, penalty, err := TruncatedPair(t.Context(), s, size, false); err != nil || penalty.String() != want {
			t.Errorf("|Ω_1| = %d: penalty %v, %v, want %s", size, penalty, err, want)
		}
	}
}

// The gap of a rule for one draft is P* less its acceptance, below 0 of a rule that is not lossless.
func TestGapOfSingleRules(t *testing.T) {
	p := multidraft.Must(multidraft.NewDistribution("p", oracle.Rats(t, "1/2,1/2")))
	q := multidraft.Must(multidraft.NewDistribution("q", oracle.Rats(t, "1/4,3/4")))
	s := multidraft.Must(multidraft.New(multidraft.ModelIID, 1, []multidraft.Distribution{p}, q))
	for accept, want := range map[string]string{"1/2,1": "0", "1/4,1": "1/8", "1,1": "-1/4"} {
		r, err := CheckSingle(s, oracle.Rats(t, accept), oracle.Rats(t, "0,1"))
		if err != nil || r.Gap.String() != want {
			t.Errorf("%s: gap %v, %v, want %s", accept, r.Gap, err, want)
		}
	}
}

// The simplest fraction of an interval, by its denominator.
func TestSimplest(t *testing.T) {
	for interval, want := range map[string]string{"3/10,7/10": "1/2", "5/4,9/4": "2", "5/16,2/5": "1/3", "31/10,63/20": "22/7", "2,5": "2", "7/5,3/2": "3/2"} {
		ends := oracle.Rats(t, interval)
		if got := simplest(ends[0], ends[1]); got.String() != want {
			t.Errorf("[%s]: %v, want %s", interval, got, want)
		}
	}
}

// Weights alone are completed by speculative sampling against the law that they select.
func TestSpeculativeOfWeights(t *testing.T) {
	p := multidraft.Must(multidraft.NewDistribution("p", oracle.Rats(t, "1/2,1/2")))
	q := multidraft.Must(multidraft.NewDistribution("q", oracle.Rats(t, "1/4,3/4")))
	s := multidraft.Must(multidraft.New(multidraft.ModelIID, 2, []multidraft.Distribution{p}, q))
	row := func(tokens []int, weights string) Row {
		return Row{Drafts: tokens, Tokens: tokens, Weights: oracle.Rats(t, weights)}
	}
	table, err := Speculative(s, &Table{Rows: []Row{row([]int{0}, "1"), row([]int{1}, "1"), row([]int{0, 1}, "1/2,1/2")}})
	if err != nil {
		t.Fatal(err)
	}
	// Half of the time each token is selected: the first is accepted every second time.
	if a := table.Accept; !a[0].Equal(rational.NewRat(1, 2)) || !a[1].Equal(one) {
		t.Errorf("accepted with %v", a)
	}
	if r := table.Residual; !r[0].IsZero() || !r[1].Equal(one) {
		t.Errorf("residual %v", r)
	}
}

// With all tokens in Ω_1 the truncated program is the whole one, for two laws too, and in stages the first.
func TestTruncatedProgramOfAllTokens(t *testing.T) {
	oracle.SmallInstances(t, func(name string, s *multidraft.Instance) {
		if s.K() != 2 || s.Model() != multidraft.ModelIID && s.Model() != multidraft.ModelIndependent {
			return
		}
		best := optimum.MinByEnumeration(s).Value
		for _, scheme := range []string{TruncatedLP, TruncatedLPHalf, MultiStage} {
			if e := evaluate(t, scheme, s, Options{Size: s.N()}); !e.Acceptance.Lo.Equal(best) {
				t.Errorf("%s, %s: acceptance %v, want %v", name, scheme, e.Acceptance, best)
			}
		}
	})
}

// The acceptance of K-SEQ with γ* lies where γ* of more digits has it, and not at one end alone.
func TestKSEQEnclosesItsAcceptance(t *testing.T) {
	enclosed := 0
	oracle.SmallInstances(t, func(name string, s *multidraft.Instance) {
		if s.Model() != multidraft.ModelIID {
			return
		}
		rough, fine := evaluate(t, KSEQ, s, Options{Bits: 3}), evaluate(t, KSEQ, s, Options{Bits: 200})
		if rough.Acceptance.Lo.Cmp(fine.Acceptance.Lo) > 0 || rough.Acceptance.Hi.Cmp(fine.Acceptance.Hi) < 0 {
			t.Errorf("%s: %v does not hold %v", name, rough.Acceptance, fine.Acceptance)
		}
		// A lossless rule does not accept more than P*, even where the interval of its acceptance ends above.
		if rough.Gap.Lo.Sign() < 0 || rough.Gap.Lo.Cmp(fine.Gap.Lo) > 0 || rough.Gap.Hi.Cmp(fine.Gap.Hi) < 0 {
			t.Errorf("%s: the gap %v does not hold %v", name, rough.Gap, fine.Gap)
		}
		if !rough.Acceptance.Exact() {
			enclosed++
		}
	})
	if enclosed < 20 {
		t.Errorf("%d enclosures: the test sees too few", enclosed)
	}
}

// Importance weights are taken where either law has few tokens, and the baseline elsewhere.
func TestHybridTakesItsBranch(t *testing.T) {
	for _, c := range []struct{ p, q, branch string }{
		{"1/2,1/2,0", "1/4,1/4,1/2", Importance},
		{"1/4,1/4,1/2", "1/2,1/2,0", Importance},
		{"1/4,1/4,1/2", "1/2,1/4,1/4", Recursive},
	} {
		s := oracle.InstanceFor(t, multidraft.ModelIID, 2, c.p, c.q)
		e, want := evaluate(t, Hybrid, s, Options{}), evaluate(t, c.branch, s, Options{})
		if e.Acceptance != want.Acceptance || e.Parameters[1].Value != c.branch {
			t.Errorf("p = %s, q = %s: %v by %v, want %v by %s", c.p, c.q, e.Acceptance, e.Parameters, want.Acceptance, c.branch)
		}
	}
}

// γ* lies where the surplus turns, in an interval of the width that was asked for and not of half of it; and the simplest fraction of an interval
// is that of the least denominator.
func TestKSEQRootWidth(t *testing.T) {
	enclosed := 0
	for k := 2; k <= 4; k++ {
		oracle.Generated(t, 95, 24, k, 4, multidraft.ModelIID, func(s *multidraft.Instance) {
			x := newKSEQ(k, s.Rows()[0], s.Target())
			for _, bits := range []int{3, 20} {
				root, err := x.root(t.Context(), bits)
				if err != nil {
					t.Fatal(err)
				}
				if root.Exact() {
					continue
				}
				enclosed++
				wanted, width := rational.NewRat(1, 1<<bits), root.Hi.Sub(root.Lo)
				if width.Cmp(wanted) > 0 || width.Add(width).Cmp(wanted) <= 0 || x.surplus(root.Lo) <= 0 || x.surplus(root.Hi) >= 0 {
					t.Errorf("%v: γ* in %v of width %v, asked for %v", s, root, width, wanted)
				}
			}
		})
	}
	if enclosed < 20 {
		t.Errorf("%d enclosures only", enclosed)
	}
	rng := oracle.NewRand(96)
	for range 200 {
		low := rational.NewRat(1+rng.Int64N(60), 1+rng.Int64N(20))
		high := low.Add(rational.NewRat(1, 1+rng.Int64N(300)))
		var want rational.Rat
		for d := int64(1); ; d++ {
			den := rational.NewRat(d, 1)
			whole, part := low.Mul(den).Num().QuoRem(low.Mul(den).Den())
			if !part.IsZero() {
				whole = whole.Add(rational.NewInt(1))
			}
			if want = rational.RatFromInts(whole, rational.NewInt(d)); want.Cmp(high) <= 0 {
				break
			}
		}
		if got := simplest(low, high); !got.Equal(want) {
			t.Fatalf("the simplest fraction from %v to %v is %v, want %v", low, high, got, want)
		}
	}
}
