package optimum

import (
	"testing"

	"pstar/rational"
	"pstar/theorems/multidraft"
	"pstar/theorems/multidraft/internal/oracle"
)

// A thousand adversarial instances of each model but drafts without replacement, which package vocabulary has: the programs over all words of Ω^K, two flows and
// enumeration agree (CrossCheck), and so does each closed form that is for vocabularies. Of three drafts, whose programs
// take longest, there are fewer, unless SOAK says how many.
func TestClosedFormsOnAThousandInstances(t *testing.T) {
	for _, c := range []struct {
		model string
		k     int
		count int
		found func(s *multidraft.Instance) (rational.Rat, error)
	}{
		{multidraft.ModelIID, 2, 1000, func(s *multidraft.Instance) (rational.Rat, error) {
			o, err := prefixOptimum(t.Context(), s)
			return o.Value, err
		}},
		{multidraft.ModelIndependent, 2, 1000, func(s *multidraft.Instance) (rational.Rat, error) {
			o, err := pairOptimumWithin(t.Context(), s, 40)
			return o.Value, err
		}},
		{multidraft.ModelIndependent, 3, 100, func(s *multidraft.Instance) (rational.Rat, error) {
			o, err := boxOptimumWithin(t.Context(), s, 1000)
			if err != nil {
				return rational.Rat{}, err
			}
			return o.Value, nil
		}},
		{multidraft.ModelIID, 3, 100, func(s *multidraft.Instance) (rational.Rat, error) {
			o, err := prefixOptimum(t.Context(), s)
			return o.Value, err
		}},
		{multidraft.ModelJoint, 2, 1000, func(s *multidraft.Instance) (rational.Rat, error) {
			o, err := Of(t.Context(), s)
			return o.Value, err
		}},
	} {
		for index := range oracle.Many(t, c.count) {
			s, err := multidraft.Generate(18, index, c.k, 3, c.model)
			if err != nil {
				t.Fatal(err)
			}
			got, err := c.found(s)
			if err != nil {
				t.Fatal(err)
			}
			want, err := CrossCheck(t.Context(), s, Options{})
			if err != nil {
				t.Fatal(err)
			}
			if !got.Equal(want.Value) {
				t.Fatalf("%v: p = %v, q = %v: %v, want %v", s, s.Rows(), s.Target().Rats(), got, want.Value)
			}
		}
	}
}
