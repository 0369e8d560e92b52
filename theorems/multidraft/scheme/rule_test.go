package scheme

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"pstar/rational"
	"pstar/theorems/multidraft"
	"pstar/theorems/multidraft/internal/oracle"
	"pstar/theorems/multidraft/optimum"
)

// checkOptimalRule checks by the definitions that β chooses drafted tokens, that
// the output has law q and that P* is attained. It costs n times the words.
func checkOptimalRule(t *testing.T, s *multidraft.Instance, r *Rule) {
	t.Helper()
	o, err := optimum.Of(t.Context(), s)
	if err != nil {
		t.Fatal(err)
	}
	report, err := CheckRule(t.Context(), s, r.Table())
	if err != nil {
		t.Fatal(err)
	}
	if !report.Lossless() || !report.IsRule() || !report.Drafted.Equal(o.Value) || !report.Gap.IsZero() {
		t.Errorf("rule %v, lossless %v, acceptance %v, want P* = %v", report.Faults, report.Lossless(), report.Drafted, o.Value)
	}
}

func TestMDT1_OptimalRule(t *testing.T) {
	oracle.SmallInstances(t, func(name string, s *multidraft.Instance) {
		rule, err := OptimalRule(t.Context(), s)
		if err != nil {
			t.Fatal(err)
		}
		checkOptimalRule(t, s, rule)
	})
}

// A rule with any one weight changed is not lossless.
func TestChangedRuleIsNotLossless(t *testing.T) {
	s := oracle.InstanceFor(t, multidraft.ModelIID, 2, "373/1000,29/50,47/1000", "309/500,177/500,7/250")
	rule, err := OptimalRule(t.Context(), s)
	if err != nil {
		t.Fatal(err)
	}
	little := rational.NewRat(1, 1000)
	check := func(where string) {
		t.Helper()
		report, err := CheckRule(t.Context(), s, rule.Table())
		if err != nil {
			t.Fatal(err)
		}
		if report.Lossless() {
			t.Errorf("%s changed: still lossless", where)
		}
	}
	for r, row := range rule.Beta {
		for j := range row.Weights {
			old := row.Weights[j]
			rule.Beta[r].Weights[j] = old.Add(little)
			check("β")
			rule.Beta[r].Weights[j] = old
		}
	}
	for i, old := range rule.Accept {
		if rule.Residual[i].Equal(one) {
			continue // rejecting the token draws it again
		}
		rule.Accept[i] = old.Sub(little)
		check("accept")
		rule.Accept[i] = old
	}
	for i, old := range rule.Residual {
		rule.Residual[i] = old.Add(little)
		check("residual")
		rule.Residual[i] = old
	}
	if report, err := CheckRule(t.Context(), s, rule.Table()); err != nil || !report.Lossless() {
		t.Errorf("restored: lossless %v, error %v", report.Lossless(), err)
	}
}

// The table of a scheme's decisions over words is the scheme.
func TestTableOverWords(t *testing.T) {
	oracle.SmallInstances(t, func(name string, s *multidraft.Instance) {
		if s.Model() != multidraft.ModelIID || s.N() > 3 {
			return
		}
		e := evaluate(t, Recursive, s, Options{})
		table := &Table{ByWord: true}
		multidraft.EachWord(s.K(), s.N(), func(word []int) {
			if s.Drafts().Word(word).IsZero() {
				return
			}
			d := e.plan.decide(word)
			row := Row{Drafts: slices.Clone(word)}
			weights := make([]rational.Rat, s.N())
			for j, x := range d.Accepted {
				weights[x] = weights[x].Add(d.Mass[j])
			}
			if left := d.Left(); !left.IsZero() {
				for z := range weights {
					weights[z] = weights[z].Add(left.Mul(d.Rest.At(z)))
				}
			}
			for z, w := range weights {
				row.Tokens, row.Weights = append(row.Tokens, z), append(row.Weights, w)
			}
			table.Rows = append(table.Rows, row)
		})
		report, err := CheckRule(t.Context(), s, table)
		if err != nil {
			t.Fatal(err)
		}
		if !report.Lossless() || !report.IsRule() || !report.Drafted.Equal(e.Acceptance.Lo) {
			t.Errorf("%s: table %v, acceptance %v, want %v", name, report.Faults, report.Drafted, e.Acceptance)
		}
	})
}

func TestRuleFaults(t *testing.T) {
	s := oracle.InstanceFor(t, multidraft.ModelIID, 2, "1/2,1/2", "1/2,1/2")
	row := func(drafts []int, tokens []int, weights ...int64) Row {
		r := Row{Drafts: drafts, Tokens: tokens}
		for _, w := range weights {
			r.Weights = append(r.Weights, rational.NewRat(w, 2))
		}
		return r
	}
	good := []Row{row([]int{0}, []int{0}, 2), row([]int{1}, []int{1}, 2), row([]int{0, 1}, []int{0, 1}, 1, 1)}
	for _, c := range []struct {
		name  string
		table Table
		error string // or
		fault string
	}{
		{"good", Table{Rows: good}, "", ""},
		{"missing", Table{Rows: good[:2]}, "no row for the drafts {1,2}", ""},
		{"twice", Table{Rows: append(good[:3:3], good[0])}, "row 4: the drafts {1} have a row already", ""},
		{"unknown token", Table{Rows: append(good[:2:2], row([]int{0, 1}, []int{0, 2}, 1, 1))}, "row 3: token 3, want 1..2", ""},
		{"token twice", Table{Rows: append(good[:2:2], row([]int{0, 1}, []int{0, 0}, 1, 1))}, "row 3: token 1 is listed twice", ""},
		{"sum", Table{Rows: append(good[:2:2], row([]int{0, 1}, []int{0, 1}, 1, 2))}, "", "row {1,2} sums to 3/2"},
		{"negative", Table{Rows: append(good[:2:2], row([]int{0, 1}, []int{0, 1}, -1, 3))}, "", "row {1,2} gives token 1 the weight -1/2"},
		{"lengths", Table{Rows: good, Accept: make([]rational.Rat, 3), Residual: make([]rational.Rat, 2)}, "accept has 3 entries, want n = 2", ""},
		{"beta off the drafts", Table{Rows: append([]Row{row([]int{0}, []int{1}, 2)}, good[1:]...),
			Accept: []rational.Rat{one, one}, Residual: make([]rational.Rat, 2)}, "", "row {1} chooses token 2, which is not drafted"},
		{"a set twice the same", Table{Rows: append(good[:3:3], row([]int{0, 0}, []int{0}, 2))}, "row 4: the tokens of the set {1,1} are not ascending", ""},
		{"accepted beyond 1", Table{Rows: good, Accept: oracle.Rats(t, "3/2,-1/2"), Residual: oracle.Rats(t, "1,0")}, "",
			"token 1 is accepted with probability 3/2; token 2 is accepted with probability -1/2"},
		{"residual", Table{Rows: good, Accept: oracle.Rats(t, "1/2,1/2"), Residual: oracle.Rats(t, "-1/2,2")}, "",
			"the residual gives token 1 the weight -1/2; the residual sums to 3/2"},
	} {
		report, err := CheckRule(t.Context(), s, &c.table)
		if c.error != "" {
			if err == nil || !strings.Contains(err.Error(), c.error) {
				t.Errorf("%s: error %v, want %s", c.name, err, c.error)
			}
			continue
		}
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		if got := strings.Join(report.Faults, "; "); got != c.fault || report.IsRule() != (c.fault == "") {
			t.Errorf("%s: faults %q, want %q", c.name, got, c.fault)
		}
	}
}

// Joint drafts on more tokens than a Set holds go by words.
func TestOptimumOfJointDraftsOnManyTokens(t *testing.T) {
	rng := rand.New(rand.NewPCG(9, 9))
	const n = 90
	for range 20 {
		var words []multidraft.Word
		for x := range n {
			words = append(words, multidraft.Word{Tokens: []int{x, rng.IntN(n)}, Probability: rational.NewRat(1, n)})
		}
		target := make([]rational.Int, n)
		for i := range target {
			target[i] = rational.NewInt(rng.Int64N(5))
		}
		s, err := multidraft.NewJointInstance(2, words, oracle.Weighted(t, target))
		if err != nil {
			t.Fatal(err)
		}
		o, err := optimum.Of(t.Context(), s)
		if err != nil {
			t.Fatal(err)
		}
		// Weak duality from both sides, by the definitions.
		smallest := o.Binding.Smallest.Tokens()
		bound := rational.RatFromInts(s.Target().MassOf(smallest), s.Target().Unit)
		for _, w := range words {
			inside := slices.Contains(smallest, w.Tokens[0]) && slices.Contains(smallest, w.Tokens[1])
			if !inside {
				bound = bound.Add(w.Probability)
			}
		}
		if !bound.Equal(o.Value) {
			t.Errorf("the smallest set bounds P* by %v, not %v", bound, o.Value)
		}
		rule, err := OptimalRule(t.Context(), s)
		if err != nil {
			t.Fatal(err)
		}
		checkOptimalRule(t, s, rule)
	}
}

// A rule for a large alphabet on which only few tokens are drafted.
func TestMDT1_OptimalRuleOnFewDraftedTokens(t *testing.T) {
	rng := rand.New(rand.NewPCG(7, 7))
	for _, model := range []string{multidraft.ModelIID, multidraft.ModelIndependent, multidraft.ModelWithoutReplacement} {
		for range 20 {
			s := oracle.Scattered(t, rng, model, 2, 200, 4)
			rule, err := OptimalRule(t.Context(), s)
			if err != nil {
				t.Fatal(err)
			}
			checkOptimalRule(t, s, rule)
		}
	}
}

// What a rule accepts exceeds P* by at most the total variation of its output from q.
func TestAcceptanceAbovePStar(t *testing.T) {
	rng := rand.New(rand.NewPCG(31, 32))
	above := 0
	for range 200 {
		k, n := 1+rng.IntN(2), 2+rng.IntN(2)
		draw := func() []rational.Rat {
			weights, sum := make([]int64, n), int64(0)
			for i := range weights {
				weights[i] = rng.Int64N(4)
			}
			weights[rng.IntN(n)]++
			for _, w := range weights {
				sum += w
			}
			law := make([]rational.Rat, n)
			for i, w := range weights {
				law[i] = rational.NewRat(w, sum)
			}
			return law
		}
		p, q := multidraft.Must(multidraft.NewDistribution("p", draw())), multidraft.Must(multidraft.NewDistribution("q", draw()))
		s := multidraft.Must(multidraft.New(multidraft.ModelIID, k, []multidraft.Distribution{p}, q))
		// For each set the output is one of its tokens, mostly.
		table := &Table{}
		for _, set := range multidraft.Supports(k, n) {
			row := Row{Drafts: set.Tokens()}
			law := draw()
			if rng.IntN(3) > 0 {
				for i := range law {
					law[i] = rational.Rat{}
				}
				law[row.Drafts[rng.IntN(len(row.Drafts))]] = rational.NewRat(1, 1)
			}
			for i, x := range law {
				row.Tokens, row.Weights = append(row.Tokens, i), append(row.Weights, x)
			}
			table.Rows = append(table.Rows, row)
		}
		r, err := CheckRule(t.Context(), s, table)
		if err != nil {
			t.Fatal(err)
		}
		total := rational.Rat{}
		if !r.Lossless() {
			total = Deviate(r.Law, q).Total
		}
		if r.Drafted.Sub(r.Best).Cmp(total) > 0 {
			t.Errorf("acceptance %v, P* %v, total variation %v", r.Drafted, r.Best, total)
		}
		if said := r.AbovePStar() != ""; said != (r.Drafted.Cmp(r.Best) > 0) {
			t.Errorf("acceptance %v, P* %v: explained %v", r.Drafted, r.Best, said)
		} else if said {
			above++
		}
	}
	if above < 20 {
		t.Errorf("only %d accept more than P*", above)
	}
}
