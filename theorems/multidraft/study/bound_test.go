package study

import (
	"context"
	"fmt"
	"slices"
	"strings"
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
		want := 9
		if cell[0] == 2 {
			want = 13
		}
		if len(reports) != want {
			t.Errorf("K=%d n=%d: %d statements, want %d", cell[0], cell[1], len(reports), want)
		}
		for _, r := range reports {
			if r.Status != theorems.Checked {
				t.Errorf("K=%d n=%d %s: %v at p = %v, q = %v, %s", cell[0], cell[1], r.Tag, r.Tightest,
					r.At.Rows()[0].Rats(), r.At.Target().Rats(), r.Tightest.Detail)
			}
			if r.Instances < 2*len(multidraft.Kinds()) || r.Comparisons < r.Instances && r.Tag != TagMore && r.Tag != TagOnlyEqual && r.Tag != TagGreedy || r.At == nil {
				t.Errorf("K=%d n=%d %s: %d comparisons on %d instances", cell[0], cell[1], r.Tag, r.Comparisons, r.Instances)
			}
		}
	}
}

// A statement that is turned around is refuted: the comparisons see which side is which.
func TestComparisonsSeeTheOtherSide(t *testing.T) {
	for _, x := range inequalities() {
		turned := x
		turned.compare = func(ctx context.Context, s *multidraft.Instance) ([]Comparison, error) {
			list, err := x.compare(ctx, s)
			for j, c := range list {
				list[j].Left, list[j].Right = c.Right, c.Left
			}
			return list, err
		}
		r := &BoundReport{Tag: x.tag, Status: theorems.Checked}
		for index := range 2 * len(multidraft.Kinds()) {
			in, err := multidraft.Generate(3, index, 2, 4, x.model)
			if err != nil {
				t.Fatal(err)
			}
			if _, err := r.compare(t.Context(), turned, in); err != nil {
				t.Fatal(err)
			}
		}
		equality := x.tag == TagDisguise || x.tag == TagRecursive || x.tag == TagGreedy || x.tag == TagDistinctPrefix
		if (r.Status == theorems.Refuted) == equality {
			t.Errorf("%s turned around: %v", x.tag, r.Status)
		}
	}
}

// Sides of an equality that differ by anything are told.
func TestEqualitiesAreExact(t *testing.T) {
	in, err := multidraft.Generate(3, 0, 2, 4, multidraft.ModelWithoutReplacement)
	if err != nil {
		t.Fatal(err)
	}
	iid := withReplacement(in)
	for _, c := range []struct {
		s       *multidraft.Instance
		compare func(context.Context, *multidraft.Instance) ([]Comparison, error)
	}{{in, compareDisguise}, {iid, compareRecursive}, {iid, compareGreedy}} {
		list, err := c.compare(t.Context(), c.s)
		if err != nil || len(list) != 2 || !list[0].Left.Equal(list[1].Right) || !list[0].Right.Equal(list[1].Left) {
			t.Errorf("%v, %v: want a comparison and its converse", list, err)
		}
	}
}

// The sum of list matching, worked out by hand: for p = q = (1/2, 1/2) and K = 2 each of two
// terms is 2/(1 + 1 + 2).
func TestListMatching(t *testing.T) {
	half := multidraft.Must(multidraft.NewDistribution("p", oracle.Rats(t, "1/2,1/2")))
	if got := ListMatching(2, half, half); !got.Equal(one) {
		t.Errorf("%v, want 1", got)
	}
	p := multidraft.Must(multidraft.NewDistribution("p", oracle.Rats(t, "1/2,1/2,0")))
	q := multidraft.Must(multidraft.NewDistribution("q", oracle.Rats(t, "1/4,0,3/4")))
	// Only the first token counts: 3/(1 + 1 + 3 + 2/(1/4)).
	if got := ListMatching(3, p, q); !got.Equal(oracle.Rat(t, "3/13")) {
		t.Errorf("%v, want 3/13", got)
	}
}

func TestBoundsCommand(t *testing.T) {
	var p boundParameters
	p.k, p.n, p.count, p.seed = theorems.Range{First: 2, Last: 2}, theorems.Range{First: 3, Last: 3}, 4, 1
	tasks, err := p.tasks(&theorems.Run{})
	if err != nil || len(tasks) != 1 {
		t.Fatalf("%v, %v", tasks, err)
	}
	r, err := tasks[0].Do(t.Context())
	if err != nil || r.Claims.Verdict() != theorems.Verified || len(r.Claims) != 13 || len(r.After) != 2 {
		t.Errorf("%+v, %v", r, err)
	}
	// What is refuted as printed stands under its tag, in text and figures alike.
	for k, f := range r.Figures.(boundFigures).False {
		if !strings.HasPrefix(r.After[k].Line, f.Tag+"  refuted as printed: ") || f.Counterexample == "" {
			t.Errorf("%+v, %q", f, r.After[k].Line)
		}
	}
	// Five draws of two tokens, or one of one: no fixed drafts, and no two tokens to exchange.
	for want, n := range map[string]int{"nothing to compare in this cell: MD-greedy": 2, "nothing to compare in this cell: MD-R3, MD-greedy": 1} {
		idle := p
		idle.k, idle.n = theorems.Range{First: 5, Last: 5}, theorems.Range{First: n, Last: n}
		tasks, err := idle.tasks(&theorems.Run{})
		if err != nil {
			t.Fatal(err)
		}
		r, err := tasks[0].Do(t.Context())
		if err != nil || len(r.After) != 5 || r.After[2].Line != want || slices.ContainsFunc(r.Claims, func(c theorems.Claim) bool { return c.Tag == TagGreedy }) {
			t.Errorf("n = %d: %+v, %v", n, r, err)
		}
	}
	for want, p := range map[string]boundParameters{
		"both -k and -n":    {k: p.k, count: 1},
		"-instances 0":      {k: p.k, n: p.n},
		"want at most 16":   {k: p.k, n: theorems.Range{First: 40, Last: 40}, count: 1},
		"unexpected argume": {k: p.k, n: p.n, count: 1},
	} {
		run := &theorems.Run{}
		if want == "unexpected argume" {
			run.Files = []string{"x"}
		}
		if _, err := p.tasks(run); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v, want %s", err, want)
		}
	}
}

// What is not about a cell is listed with the reason, and with what is compared, or has nothing to be compared, it is all there is.
func TestBoundsListWhatIsNotForTheCell(t *testing.T) {
	for _, c := range []struct {
		k, n  int
		lines []string
	}{
		{2, 3, nil},
		{3, 3, []string{"not for K = 3, n = 3: MD-E12, MD-E202, IS-E11, MD-W4 (for K = 2)"}},
		{2, 1, []string{"not for K = 2, n = 1: MD-W1, MD-R2, MD-W2, MD-W3, MD-W4 (without replacement, for K <= n)"}},
		{3, 2, []string{"not for K = 3, n = 2: MD-E12, MD-E202, IS-E11, MD-W4 (for K = 2)", "not for K = 3, n = 2: MD-W1, MD-R2, MD-W2, MD-W3 (without replacement, for K <= n)"}},
		{1, 2, []string{"not for K = 1, n = 2: MD-E12, MD-E202, IS-E11, MD-W4 (for K = 2)"}},
	} {
		p := boundParameters{k: theorems.Range{First: c.k, Last: c.k}, n: theorems.Range{First: c.n, Last: c.n}, count: 1, seed: 1}
		tasks := multidraft.Must(p.tasks(&theorems.Run{}))
		r := multidraft.Must(tasks[0].Do(t.Context()))
		var lines []string
		for _, block := range r.After {
			if strings.HasPrefix(block.Line, "not for ") {
				lines = append(lines, block.Line)
			}
		}
		if !slices.Equal(lines, c.lines) {
			t.Errorf("K = %d, n = %d: %q, want %q", c.k, c.n, lines, c.lines)
		}
		// Each statement is told once: in the figures, or as not compared.
		figures := r.Figures.(boundFigures)
		if n := len(figures.Not); n > 0 && r.Summary != fmt.Sprintf("%d statements not compared", n) || n == 0 && r.Summary != "" {
			t.Errorf("K = %d, n = %d: %d are not compared, and it says %q", c.k, c.n, n, r.Summary)
		}
		var tags []string
		for _, b := range figures.Bounds {
			tags = append(tags, b.Tag)
		}
		for _, x := range figures.Not {
			tags = append(tags, x.Tag)
			if x.Reason == "" {
				t.Errorf("K = %d, n = %d: %s is not compared for no reason", c.k, c.n, x.Tag)
			}
		}
		slices.Sort(tags)
		var all []string
		for _, x := range inequalities() {
			all = append(all, x.tag)
		}
		slices.Sort(all)
		if !slices.Equal(tags, all) {
			t.Errorf("K = %d, n = %d: it speaks of %q, and there are %q", c.k, c.n, tags, all)
		}
	}
}

// MD-more is about iid drafts for all K and n, also where there are no distinct tokens to draw: that part is compared, and named.
func TestMoreIsComparedBeyondTheAlphabet(t *testing.T) {
	for _, c := range []struct {
		k, n        int
		part        string
		comparisons int // on an instance
	}{{2, 3, "", 2}, {3, 3, "iid drafts alone: without replacement for K < n", 1}, {3, 2, "iid drafts alone: without replacement for K < n", 1}, {5, 1, "iid drafts alone: without replacement for K < n", 1}} {
		reports := multidraft.Must(SearchBounds(t.Context(), c.k, c.n, 10, 1))
		j := slices.IndexFunc(reports, func(r *BoundReport) bool { return r.Tag == TagMore })
		if j < 0 {
			t.Errorf("K = %d, n = %d: nothing of %s", c.k, c.n, TagMore)
			continue
		}
		r := reports[j]
		all := r.Instances * c.comparisons
		// A target or a law with too few tokens has no draw more without replacement.
		if r.Part != c.part || r.Status != theorems.Checked || r.Comparisons > all || r.Comparisons < r.Instances || c.comparisons == 1 && r.Comparisons != all {
			t.Errorf("K = %d, n = %d: %+v", c.k, c.n, r)
		}
		if c.part != "" && !strings.HasPrefix(r.scope(), c.part+"; ") {
			t.Errorf("K = %d, n = %d: %s", c.k, c.n, r.scope())
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
