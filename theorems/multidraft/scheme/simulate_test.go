package scheme

import (
	"math"
	"slices"
	"testing"

	"pstar/rational"
	"pstar/theorems/multidraft"
	"pstar/theorems/multidraft/internal/oracle"
)

func TestSimulationFits(t *testing.T) {
	oracle.SmallInstances(t, func(name string, s *multidraft.Instance) {
		if s.N() != 3 || s.K() != 2 {
			return
		}
		for _, scheme := range All() {
			if scheme.Applies(s) != nil {
				continue
			}
			e, err := scheme.Evaluate(t.Context(), s, Options{})
			if err != nil {
				continue
			}
			sim, err := e.Simulate(t.Context(), 300, 1)
			if err != nil {
				t.Fatal(err)
			}
			if !sim.Fits {
				t.Errorf("%s, %s: %+v does not fit %v", name, scheme.Name, sim, e.Law)
			}
		}
	})
}

// A rule that differs from the one computed in what it does with a single word of
// drafts, and there in a quarter of the cases, is found out, whatever the scheme.
func TestSimulationFindsChangedWeight(t *testing.T) {
	s := oracle.InstanceFor(t, multidraft.ModelIID, 2, "1/3,1/3,1/3", "1/3,1/6,1/2")
	for _, scheme := range All() {
		e := evaluate(t, scheme.Name, s, Options{})
		decide, changed := e.plan.decide, []int{0, 2}
		e.plan.decide = func(word []int) Decision {
			if !slices.Equal(word, changed) {
				return decide(word)
			}
			return thinned(decide(word), rational.NewRat(3, 4), oracle.Weighted(t, rational.NewVector(0, 1, 0)))
		}
		sim, err := e.Simulate(t.Context(), 50_000, 1)
		if err != nil {
			t.Fatal(err)
		}
		if sim.Fits {
			t.Errorf("%s: with one weight changed the frequencies fit: %+v", scheme.Name, sim)
		}
	}
}

// What happens with probability 0 must not happen, and what happens surely must.
func TestSimulationOfSureOutcomes(t *testing.T) {
	for _, c := range []struct {
		count int
		p     rational.Rat
		fits  bool
	}{{0, rational.Rat{}, true}, {1, rational.Rat{}, false}, {1000, one, true}, {999, one, false},
		{500, rational.NewRat(1, 2), true}, {400, rational.NewRat(1, 2), false}} {
		r := &Simulation{Draws: 1000}
		if got := r.within(c.count, c.p, logAbove(rational.NewInt(8_000_000))); got != c.fits {
			t.Errorf("%d of 1000 at probability %v: fits %v", c.count, c.p, got)
		}
	}
}

func TestLogAbove(t *testing.T) {
	for _, x := range []int64{1, 2, 3, 1000, 8_000_000, 1 << 40} {
		if got := logAbove(rational.NewInt(x)).Float64(); got < math.Log(float64(x)) || got > math.Log(float64(x))+0.7 {
			t.Errorf("log %d <= %v", x, got)
		}
	}
}

// The optimal rule as a table fits, over sets and over words; one that answers a
// word differently from what is expected of it has another law.
func TestSimulateRule(t *testing.T) {
	s := oracle.InstanceFor(t, multidraft.ModelIID, 2, "373/1000,29/50,47/1000", "309/500,177/500,7/250")
	rule, err := OptimalRule(t.Context(), s)
	if err != nil {
		t.Fatal(err)
	}
	sim, err := SimulateRule(t.Context(), s, rule.Table(), 5000, 1)
	if err != nil {
		t.Fatal(err)
	}
	if total := sim.Counts[0] + sim.Counts[1] + sim.Counts[2]; !sim.Fits || total != 5000 || sim.Accepted < 4800 {
		t.Errorf("%+v", sim)
	}
	words := &Table{ByWord: true}
	multidraft.EachWord(2, 3, func(word []int) {
		words.Rows = append(words.Rows, Row{Drafts: slices.Clone(word), Tokens: []int{word[0], (word[0] + 1) % 3},
			Weights: []rational.Rat{rational.NewRat(3, 4), rational.NewRat(1, 4)}})
	})
	if sim, err = SimulateRule(t.Context(), s, words, 5000, 1); err != nil || !sim.Fits {
		t.Errorf("%+v, error %v", sim, err)
	}
	words.Rows[0].Weights[0] = one
	if _, err = SimulateRule(t.Context(), s, words, 5000, 1); err == nil {
		t.Error("draws from rows that sum to 5/4")
	}
}
