package study

import (
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
}
