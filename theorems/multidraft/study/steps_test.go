package study

import (
	"errors"
	"strings"
	"testing"

	"pstar/rational"
	"pstar/theorems/multidraft"
	"pstar/theorems/multidraft/internal/oracle"
	"pstar/theorems/multidraft/scheme"
)

func TestMeanEnclosesTheExactMean(t *testing.T) {
	var m Mean
	var sum rational.Rat
	count := int64(0)
	oracle.SmallInstances(t, func(name string, s *multidraft.Instance) {
		values, err := EvaluateStep(t.Context(), s, []string{CurveOptimal, scheme.Recursive, scheme.Importance}, scheme.Options{})
		if err != nil {
			t.Fatal(err)
		}
		if v := values[0]; v.Err != nil || !v.Acceptance.Exact() || !values[2].Acceptance.Lo.Equal(v.Acceptance.Lo) {
			t.Errorf("%s: %v", name, values)
		}
		if product := s.Model() == multidraft.ModelIID || s.Model() == multidraft.ModelIndependent; (values[1].Err == nil) != product {
			t.Errorf("%s: recursive rejection: %v", name, values[1].Err)
		}
		m.Add(values[0].Acceptance)
		sum = sum.Add(values[0].Acceptance.Lo)
		count++
	})
	exact := sum.Quo(rational.NewRat(count, 1))
	v := m.Value()
	if m.Count() != int(count) || v.Lo.Cmp(exact) > 0 || v.Hi.Cmp(exact) < 0 {
		t.Errorf("mean of %d values within %v, exact %v", m.Count(), v, exact)
	}
	if width := v.Hi.Sub(v.Lo); width.Cmp(rational.NewRat(1, 10).Pow(meanDigits)) > 0 {
		t.Errorf("the enclosure is %v wide", width.Decimal(40))
	}
	// The same sequence twice has the same mean.
	var twice Mean
	twice.Append(m.Sum())
	twice.Append(m.Sum())
	if w := twice.Value(); twice.Count() != 2*m.Count() || !w.Lo.Equal(v.Lo) || !w.Hi.Equal(v.Hi) {
		t.Errorf("mean of %d values within %v, of half of them %v", twice.Count(), w, v)
	}
}

// A rule of one's own has at each step the value that [scheme.CheckRule] gives it, if it is lossless there, and else none.
func TestOwnRuleAtSteps(t *testing.T) {
	ctx := t.Context()
	half := oracle.Rats(t, "1/2,1/2")
	step := func(k int, p, q string) *multidraft.Instance {
		return multidraft.Must(multidraft.New(multidraft.ModelIID, k, []multidraft.Distribution{multidraft.Must(multidraft.NewDistribution("p", oracle.Rats(t, p)))},
			multidraft.Must(multidraft.NewDistribution("q", oracle.Rats(t, q)))))
	}
	// With one draft the weights are all on it, and speculative sampling is optimal whatever the laws are.
	weights := &OwnRule{Name: "user", K: 1, Weights: true, Table: &scheme.Table{Rows: []scheme.Row{
		{Drafts: []int{0}, Tokens: []int{0}, Weights: oracle.Rats(t, "1")}, {Drafts: []int{1}, Tokens: []int{1}, Weights: oracle.Rats(t, "1")},
	}}}
	// The draft itself is the output: lossless where p = q only.
	copied := &OwnRule{Name: "user", Table: weights.Table}
	lenient := func(tolerance string) *OwnRule {
		return &OwnRule{Name: "user", Table: weights.Table, Tolerance: oracle.Rats(t, tolerance)[0]}
	}
	if _, variation, err := lenient("1/3").Acceptance(ctx, step(1, "1/2,1/2", "1/4,3/4")); err != nil || variation.String() != "1/4" {
		t.Errorf("variation %v, %v", variation, err)
	}
	for _, c := range []struct {
		rule *OwnRule
		s    *multidraft.Instance
		want string // a value, or a part of the reason
	}{
		{weights, step(1, "1/2,1/2", "1/4,3/4"), "3/4"},
		{weights, step(1, "1/3,2/3", "1/3,2/3"), "1"},
		{weights, step(2, "1/2,1/2", "1/4,3/4"), "another K or n"},
		{copied, step(1, "1/2,1/2", "1/2,1/2"), "1"},
		{copied, step(1, "1/2,1/2", "1/4,3/4"), "not lossless: total variation 1/4"},
		{lenient("1/4"), step(1, "1/2,1/2", "1/4,3/4"), "1"}, // above P*, which is 3/4, by the variation
		{lenient("6/25"), step(1, "1/2,1/2", "1/4,3/4"), "not lossless: total variation 1/4"},
		{&OwnRule{Name: "user", Table: &scheme.Table{Rows: []scheme.Row{{Drafts: []int{0}, Tokens: []int{0}, Weights: half[:1]}, weights.Table.Rows[1]}}},
			step(1, "1/2,1/2", "1/2,1/2"), "1/2"}, // the fault says what the row sums to
	} {
		got, _, err := c.rule.Acceptance(ctx, c.s)
		var undefined *scheme.UndefinedError
		switch {
		case err == nil && got.String() != c.want:
			t.Errorf("acceptance %v, want %s", got, c.want)
		case err != nil && (!errors.As(err, &undefined) || !strings.Contains(err.Error(), c.want)):
			t.Errorf("%v, want %s", err, c.want)
		}
	}
}
