package study

import (
	"context"
	"errors"
	"strings"
	"testing"

	"pstar/rational"
	"pstar/rational/enclose"
	"pstar/theorems"
	"pstar/theorems/multidraft"
	"pstar/theorems/multidraft/internal/oracle"
)

// With so many drafts that both sides of MD-R1 would be the formula nothing is compared.
func TestMDR1_IsNotComparedWithItself(t *testing.T) {
	var unsettled *theorems.Unsettled
	if c, err := compareRecursive(t.Context(), oracle.IIDInstance(t, multidraft.MaxDrafts, "1/3,2/3", "1/2,1/2")); !errors.As(err, &unsettled) {
		t.Errorf("%v, %v", c, err)
	}
	if c, err := compareRecursive(t.Context(), oracle.IIDInstance(t, 3, "1/3,2/3", "1/2,1/2")); err != nil || len(c) == 0 {
		t.Errorf("%v, %v", c, err)
	}
}

// Of enclosures that overlap neither a bound nor its violation is told.
func TestComparisonOfEnclosures(t *testing.T) {
	at := func(lo, hi int64) enclose.Interval {
		return enclose.NewInterval(rational.NewRat(lo, 9), rational.NewRat(hi, 9))
	}
	for _, k := range []struct {
		left, right    enclose.Interval
		strict         bool
		settled, holds bool
	}{
		{at(3, 4), at(1, 2), false, true, true},
		{at(3, 4), at(1, 3), false, true, true},
		{at(3, 4), at(1, 3), true, false, false},
		{at(1, 2), at(3, 4), false, true, false},
		{at(1, 3), at(3, 4), false, false, false},
		{at(1, 3), at(3, 4), true, true, false},
		{at(1, 3), at(2, 4), false, false, false},
		{at(2, 2), at(2, 2), false, true, true},
		{at(2, 2), at(2, 2), true, true, false},
		{at(2, 2), at(3, 3), false, true, false},
	} {
		c, err := Comparison{Tag: TagDistinctReject, Strict: k.strict}.settle(k.left, k.right)
		var unsettled *theorems.Unsettled
		if errors.As(err, &unsettled) == k.settled {
			t.Errorf("%v, %v, strict %t: %v", k.left, k.right, k.strict, err)
		}
		if k.settled && c.Holds() != k.holds {
			t.Errorf("%v, %v, strict %t: holds %t", k.left, k.right, k.strict, c.Holds())
		}
	}
}

// Of so many drafts what is too large is left open and given up, and all else is compared.
func TestBoundsOfManyDrafts(t *testing.T) {
	reports, err := SearchBounds(t.Context(), multidraft.MaxDrafts, 2, 4, 1)
	if err != nil {
		t.Fatal(err)
	}
	found := map[string]*BoundReport{}
	for _, r := range reports {
		found[r.Tag] = r
	}
	if r := found[TagRecursive]; r.Status != theorems.Undecided || r.Comparisons != 0 || r.Open != maxOpen || !r.GivenUp || !strings.Contains(r.scope(), "digits together") || !strings.Contains(r.scope(), "others were not tried") {
		t.Errorf("%+v", r)
	}
	if r := found[TagMatching]; r.Status != theorems.Checked || r.Instances != 4*(1+descentMoves) || r.Comparisons != r.Instances || r.Open != 0 || strings.Contains(r.scope(), "open") {
		t.Errorf("%+v", r)
	}
	if r := found[TagOnlyEqual]; r.Status != theorems.Undecided || r.Comparisons == 0 || r.Open == 0 {
		t.Errorf("%+v", r)
	}
	if r := found[TagMatching]; r.LeftOut != 0 || strings.Contains(r.scope(), "left out") {
		t.Errorf("%+v", r)
	}
	// A statement that is left open is a claim, and has no least slack.
	if got := boundReport("", nil, []*BoundReport{found[TagRecursive]}); len(got.Claims) != 1 || got.Claims[0].Status != theorems.Undecided || got.Figures.(boundFigures).Bounds[0].Slack != nil {
		t.Errorf("%+v", got)
	}
}

// Of hundreds of drafts nothing is left open, up to where the residuals of recursive rejection would be too long: both sides of MD-R1 are fractions,
// and what is missed to 1 in MD-R3 is told from 0 also where it has a thousand zeros.
func TestBoundsOfHundredsOfDrafts(t *testing.T) {
	for _, c := range []struct{ k, n, count int }{{200, 16, 2}, {1000, 3, 2}, {1000, 2, len(multidraft.Kinds())}} {
		reports, err := SearchBounds(t.Context(), c.k, c.n, c.count, 1)
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range reports {
			if r.Status != theorems.Checked || r.Open != 0 || r.Instances != c.count*(1+descentMoves) {
				t.Errorf("K = %d, n = %d: %s: %s", c.k, c.n, r.Tag, r.scope())
			}
			if tiny := rational.Dyadic(rational.NewInt(1), -2*c.k); r.Tag == TagOnlyEqual && c.n == 2 && r.Tightest.Slack().Cmp(tiny) >= 0 {
				t.Errorf("the least slack is %s, so that fewer digits would do", slackText(r.Tightest.Slack()))
			}
		}
	}
}

// Targets of numbers p(S)^K are made where these are short, and left out where they are too long; the report tells how many.
func TestBoundsLeaveOutLongTargets(t *testing.T) {
	kinds := multidraft.Kinds()
	ofB := 0
	for index := range kinds {
		if multidraft.HasTargetOfB(index) {
			ofB++
		}
	}
	if ofB != 4 {
		t.Errorf("%d kinds have a target of B, want binding, binding-chain, inside and outside", ofB)
	}
	for k, want := range map[int]int{100: 0, multidraft.MaxDrafts: ofB} {
		reports, err := SearchBounds(t.Context(), k, 2, len(kinds), 1)
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range reports {
			if r.Tag != TagMatching {
				continue
			}
			if r.LeftOut != want || r.Instances != (len(kinds)-want)*(1+descentMoves) || strings.Contains(r.scope(), "4 instances left out") != (want > 0) {
				t.Errorf("K = %d: %+v", k, r)
			}
			if got := boundReport("", nil, []*BoundReport{r}).Figures.(boundFigures).Bounds[0].LeftOut; got != want {
				t.Errorf("K = %d: the object has %d", k, got)
			}
		}
	}
}

// A violation is one, whatever is left open before or behind it.
func TestOpenComparisonsKeepViolations(t *testing.T) {
	open := &theorems.Unsettled{Reason: "too long"}
	bad := Comparison{Left: rational.NewRat(1, 3), Right: rational.NewRat(1, 2)}
	for _, first := range []bool{true, false} {
		r := &BoundReport{Status: theorems.Checked}
		if first {
			r.record(nil, bad)
		}
		if err := r.leave(t.Context(), open); err != nil {
			t.Fatal(err)
		}
		if !first && r.Status != theorems.Undecided {
			t.Errorf("%v", r.Status)
		}
		r.record(nil, bad)
		if r.Status != theorems.Refuted {
			t.Errorf("violation first %t: %v", first, r.Status)
		}
	}
	// What is no limit of the comparison, or comes with the end of the time, is an error.
	other, ended := errors.New("other"), func() context.Context { ctx, cancel := context.WithCancel(t.Context()); cancel(); return ctx }()
	r := &BoundReport{}
	if err := r.leave(t.Context(), other); err != other || r.Open != 0 {
		t.Errorf("%v", err)
	}
	if err := r.leave(ended, open); err == nil || r.Open != 0 {
		t.Errorf("%v", err)
	}
}

// endsAfter is a context that ends when it has been looked at so often.
type endsAfter struct {
	context.Context
	looks *int
}

func (c endsAfter) Err() error {
	if *c.looks--; *c.looks < 0 {
		return context.Canceled
	}
	return nil
}

// What was found before the end of the time is returned, and no statement is settled but by all its instances; those that were not begun are
// there, too. So the verdict is never that all holds, wherever the end is.
func TestBoundsUntilTheEnd(t *testing.T) {
	all, err := SearchBounds(t.Context(), 2, 4, 5, 1)
	if err != nil {
		t.Fatal(err)
	}
	task := func(ctx context.Context) (*theorems.Report, error) {
		p := &boundParameters{k: theorems.Range{First: 2, Last: 2}, n: theorems.Range{First: 4, Last: 4}, count: 5, seed: 1}
		tasks, err := p.tasks(&theorems.Run{})
		if err != nil {
			t.Fatal(err)
		}
		return tasks[0].Do(ctx)
	}
	ended, begun := 0, 0
	for most := 1; ; most += most/8 + 1 {
		looks := most
		reports, err := SearchBounds(endsAfter{t.Context(), &looks}, 2, 4, 5, 1)
		if err == nil {
			break
		}
		if !errors.Is(err, context.Canceled) || len(reports) != len(all) {
			t.Fatalf("%d looks: %d reports, %v", most, len(reports), err)
		}
		for j, r := range reports {
			// Settled before the end, as without one.
			if !r.Stopped && (r.Status != all[j].Status || r.Comparisons != all[j].Comparisons) || r.Stopped && r.Status == theorems.Checked {
				t.Errorf("%d looks: %s is %v by %d comparisons, stopped: %v", most, r.Tag, r.Status, r.Comparisons, r.Stopped)
			}
			if r.Stopped && r.Comparisons > 0 {
				begun++
			}
		}
		ended++
		looks = most
		if r, err := task(endsAfter{t.Context(), &looks}); err != nil && r != nil && r.Claims.Verdict() != theorems.Open {
			t.Errorf("%d looks: %v, %v", most, r.Claims.Verdict(), err)
		}
	}
	if ended < 20 || begun < 10 {
		t.Errorf("ended %d times, %d of them between two comparisons", ended, begun)
	}
}

// Equal sides are told from those that overlap by fractions: with these seeds sides are equal that were enclosed.
func TestEqualSidesAreCompared(t *testing.T) {
	for _, seed := range []uint64{2, 6} {
		reports, err := SearchBounds(t.Context(), 6, 8, 10, seed)
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range reports {
			if r.Status != theorems.Checked {
				t.Errorf("seed %d: %s is %v: %s", seed, r.Tag, r.Status, r.scope())
			}
		}
	}
}
