package optimum

import (
	"testing"

	"pstar/rational"
	"pstar/theorems/multidraft"
	"pstar/theorems/multidraft/internal/oracle"
)

// The closed form of p_I at any size is a law of importance sampling, by MD-T2, and optimal, by MD-T1.
func TestMDT1_SelectedLaw(t *testing.T) {
	oracle.SmallInstances(t, func(name string, s *multidraft.Instance) {
		if s.Model() != multidraft.ModelIID {
			return
		}
		law := SelectedLaw(s.K(), s.Rows()[0], s.Target())
		var total, accepted rational.Rat
		for i, q := range s.Target().Rats() {
			total, accepted = total.Add(law.At(i)), accepted.Add(rational.MinRat(q, law.At(i)))
		}
		if !total.Equal(one) {
			t.Fatalf("%s: p_I sums to %v", name, total)
		}
		if best := MinByEnumeration(s).Value; !accepted.Equal(best) {
			t.Errorf("%s: p_I accepts %v, want %v", name, accepted, best)
		}
		reached := multidraft.Must(multidraft.New(multidraft.ModelIID, s.K(), s.Rows()[:1], law))
		if o := MinByEnumeration(reached); !o.Value.Equal(one) {
			t.Errorf("%s: p_I = %v cannot be selected: P* for it is %v", name, law.Rats(), o.Value)
		}
	})
}
