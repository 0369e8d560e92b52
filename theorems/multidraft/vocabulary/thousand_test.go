package vocabulary

import (
	"context"
	"testing"

	"pstar/rational"
	"pstar/theorems/multidraft"
	"pstar/theorems/multidraft/internal/oracle"
	"pstar/theorems/multidraft/optimum"
)

// A thousand adversarial instances of two drafts and of three: the programs over all words of Ω^K, two flows and
// enumeration agree (CrossCheck), and each interval holds the value.
func TestIntervalsOnAThousandInstances(t *testing.T) {
	narrow := rational.NewRat(1, 1e11)
	for index := range 2 * oracle.Many(t, 1000) {
		s, err := multidraft.Generate(18, index/2, 2+index%2, 3, multidraft.ModelWithoutReplacement)
		if err != nil {
			t.Fatal(err)
		}
		find := clockEnclosure
		if s.K() == 2 {
			find = func(ctx context.Context, s *multidraft.Instance) (*Enclosure, error) {
				return harmonicEnclosure(ctx, s, rational.NewRat(1, 1<<30))
			}
		}
		e, err := find(t.Context(), s)
		if err != nil {
			t.Fatal(err)
		}
		want, err := optimum.CrossCheck(t.Context(), s, optimum.Options{})
		if err != nil {
			t.Fatal(err)
		}
		if !e.Value.Contains(want.Value) || e.Value.Width().Cmp(narrow) > 0 {
			t.Fatalf("%v: p = %v, q = %v: %v, want %v", s, s.Rows(), s.Target().Rats(), e.Value, want.Value)
		}
	}
}
