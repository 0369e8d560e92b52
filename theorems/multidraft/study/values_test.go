package study

import (
	"context"
	"testing"

	"pstar/rational"
	"pstar/theorems"
	"pstar/theorems/multidraft"
	"pstar/theorems/multidraft/internal/oracle"
)

// An inequality that holds shows nothing about sides that are too far apart: these are worked out by hand.
func TestSidesOfConvexity(t *testing.T) {
	p := multidraft.Must(multidraft.NewDistribution("p", oracle.Rats(t, "1/2,1/4,1/4")))
	s := multidraft.Must(multidraft.New(multidraft.ModelWithoutReplacement, 2, []multidraft.Distribution{p}, p))
	list, err := compareConvexity(t.Context(), s)
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]string{}
	for _, c := range list {
		got[c.Detail] = c.Left.String() + " " + c.Right.String()
	}
	// B is 0 of one token, 5/12 of the first with another one, 1/6 of the two last, and 1 of all.
	for detail, want := range map[string]string{
		"S = {2}, x = 2, y = 1":   "5/6 0",
		"S = {2}, x = 2, y = 3":   "2/3 0",
		"S = {1,2}, x = 1, y = 3": "7/3 5/6",
		"S = {1,2}, x = 2, y = 3": "7/3 5/3",
		"S = {2,3}, x = 3, y = 1": "5/3 2/3",
	} {
		if got[detail] != want {
			t.Errorf("%s: %s, want %s", detail, got[detail], want)
		}
	}
	if len(list) != 12 {
		t.Errorf("%d comparisons, want one for each of 6 sets, x and y", len(list))
	}
}

// A search goes where the least slack above 0 is, and says what it found.
func TestLeastSlack(t *testing.T) {
	s := multidraft.Must(multidraft.Generate(1, 0, 2, 3, multidraft.ModelIID))
	r := &BoundReport{Tag: "X", Status: theorems.Checked}
	sides := inequality{compare: func(context.Context, *multidraft.Instance) ([]Comparison, error) {
		var list []Comparison
		for _, slack := range []string{"1/2", "0", "1/4", "1/3"} {
			list = append(list, Comparison{Left: oracle.Rats(t, slack)[0]})
		}
		return list, nil
	}}
	if least, err := r.compare(t.Context(), sides, s); err != nil || !least.Equal(rational.NewRat(1, 4)) {
		t.Errorf("%v, %v, want 1/4", least, err)
	}
	if !r.Tightest.Slack().IsZero() || r.Comparisons != 4 {
		t.Errorf("tightest %v of %d", r.Tightest, r.Comparisons)
	}
}

// A point is dropped where the curve goes on with the same slope, however far apart the points are.
func TestCorners(t *testing.T) {
	var points []CurvePoint
	for _, at := range []string{"0,0", "1,1/2", "3,3/2", "4,1", "7,-1/2", "8,0"} {
		xy := oracle.Rats(t, at)
		point := CurvePoint{T: xy[0]}
		point.Value.Lo, point.Value.Hi = xy[1], xy[1]
		points = append(points, point)
	}
	if got, want := knotText(corners(points)), "0:0 3:3/2 7:-1/2 8:0"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
}

// IS-E11 speaks of an alphabet unless both its factors are negative: ε_p <= 1/2, or ε_q <= P*.
func TestWhereTheAlphabetBoundApplies(t *testing.T) {
	for _, c := range []struct {
		p, q string
		want bool
	}{
		{"1/4,3/4,0", "0,0,1", false},
		{"1/4,3/4,0", "1/2,1/2,0", true},  // ε_q = 1/2, P* = 15/16
		{"1/4,3/4,0", "1/4,0,3/4", false}, // ε_q = 3/4, P* = 1/4
		{"1/2,1/2,0", "0,0,1", true},
	} {
		s := oracle.IIDInstance(t, 2, c.p, c.q)
		if got, err := AlphabetBoundApplies(t.Context(), s, []int{0}); err != nil || got != c.want {
			t.Errorf("p = %s, q = %s: %v, %v, want %v", c.p, c.q, got, err, c.want)
		}
	}
}

// A comparison says which of the two theorems it is of, and of which variant.
func TestTruncatedComparisonsAreNamed(t *testing.T) {
	p := multidraft.Must(multidraft.NewDistribution("p", oracle.Rats(t, "1/2,1/4,1/4")))
	for model, want := range map[string]string{multidraft.ModelIID: TagTruncated, multidraft.ModelIndependent: TagTruncatedPair} {
		rows := []multidraft.Distribution{p, p}
		if model == multidraft.ModelIID {
			rows = rows[:1]
		}
		s := multidraft.Must(multidraft.New(model, 2, rows, p))
		for half, detail := range map[bool]string{false: "|Ω_1| = 2", true: "|Ω_1| = 2, weights 1/2"} {
			if c, err := CompareTruncated(t.Context(), s, 2, half); err != nil || c.Tag != want || c.Detail != detail {
				t.Errorf("%s: %+v, %v", model, c, err)
			}
		}
	}
}
