package scheme

import (
	"testing"

	"pstar/rational"
	"pstar/theorems/multidraft"
	"pstar/theorems/multidraft/internal/oracle"
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
