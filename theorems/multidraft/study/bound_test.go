package study

import (
	"fmt"
	"testing"

	"pstar/theorems"
	"pstar/theorems/multidraft"
	"pstar/theorems/multidraft/internal/oracle"
	"pstar/theorems/multidraft/optimum"
)

func TestBoundsHoldOnInstances(t *testing.T) {
	for _, cell := range [][2]int{{2, 3}, {2, 4}, {3, 4}} {
		reports, err := SearchBounds(t.Context(), cell[0], cell[1], 2*len(multidraft.Kinds()), 1)
		if err != nil {
			t.Fatal(err)
		}
		want := 3
		if cell[0] == 2 {
			want = 6
		}
		if len(reports) != want {
			t.Errorf("K=%d n=%d: %d statements, want %d", cell[0], cell[1], len(reports), want)
		}
		for _, r := range reports {
			if r.Status != theorems.Checked {
				t.Errorf("K=%d n=%d %s: %v at p = %v, q = %v, %s", cell[0], cell[1], r.Tag, r.Tightest,
					r.At.Rows()[0].Rats(), r.At.Target().Rats(), r.Tightest.Detail)
			}
			if r.Instances < 2*len(multidraft.Kinds()) || r.Comparisons < r.Instances || r.At == nil {
				t.Errorf("K=%d n=%d %s: %d comparisons on %d instances", cell[0], cell[1], r.Tag, r.Comparisons, r.Instances)
			}
		}
	}
}

// Outside its hypothesis IS-E11 is false as printed.
func TestISE11_NeedsAFactorNotNegative(t *testing.T) {
	s := oracle.InstanceFor(t, multidraft.ModelIID, 2, "1/4,3/4,0", "0,0,1")
	c, err := CompareAlphabet(t.Context(), s, []int{0})
	if err != nil {
		t.Fatal(err)
	}
	applies, err := AlphabetBoundApplies(t.Context(), s, []int{0})
	if err != nil || applies || c.Holds() || c.Right.String() != "1/2" {
		t.Errorf("%v, applies %v, error %v", c, applies, err)
	}
}

// A bound that is false is refuted: without the penalty MD-E12 would say that
// the truncated program is optimal.
func TestSearchFindsViolations(t *testing.T) {
	r := &BoundReport{Status: theorems.Checked}
	s := oracle.InstanceFor(t, multidraft.ModelIID, 2, "1/3,1/3,1/3", "1/3,0,2/3")
	for index := range 40 {
		in, err := multidraft.Generate(1, index, 2, 4, multidraft.ModelIID)
		if err != nil {
			t.Fatal(err)
		}
		s = in
		c, err := CompareTruncated(t.Context(), s, 1, true)
		if err != nil {
			t.Fatal(err)
		}
		best, err := optimum.Of(t.Context(), s)
		if err != nil {
			t.Fatal(err)
		}
		c.Right = best.Value
		r.record(s, c)
	}
	if r.Status != theorems.Refuted || r.Tightest.Holds() {
		t.Errorf("status %v, tightest %v", r.Status, r.Tightest)
	}
}

func TestMDE12_IsTightWithoutTruncation(t *testing.T) {
	s := oracle.InstanceFor(t, multidraft.ModelIID, 2, "1/10,8/10,1/10", "3/100,96/100,1/100")
	c, err := CompareTruncated(t.Context(), s, 3, false)
	if err != nil {
		t.Fatal(err)
	}
	if !c.Slack().IsZero() {
		t.Errorf("with Ω_1 = Ω: %v, want equality", c)
	}
}

func TestIS186_FalseStep(t *testing.T) {
	f, err := RefuteFalseStep(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	got := fmt.Sprint(f.W12, f.W13, f.W23, f.Full, f.Truncated)
	if want := "0 1 1 3/100 1/81"; got != want {
		t.Errorf("weights and p_I: %s, want %s", got, want)
	}
	// The bound that the step was to prove holds there.
	s := oracle.InstanceFor(t, multidraft.ModelIID, 2, "1/10,8/10,1/10", "3/100,96/100,1/100")
	c, err := CompareAlphabet(t.Context(), s, f.Alphabet)
	if err != nil {
		t.Fatal(err)
	}
	if !c.Holds() {
		t.Errorf("IS-E11 fails: %v", c)
	}
}
