package scheme

import (
	"testing"

	"pstar/rational"
	"pstar/theorems/multidraft"
	"pstar/theorems/multidraft/internal/oracle"
)

// MD-R1: the acceptance by sums of positive parts is that of the scheme written out,
// and the residual after k rejections is (q - λ_{k+1} p)^+ normalised.
func TestMDR1_RecursiveAcceptance(t *testing.T) {
	for k := 1; k <= 6; k++ {
		for n := 1; n <= 8; n++ {
			oracle.Generated(t, 81, 24, k, n, multidraft.ModelIID, func(s *multidraft.Instance) {
				r := newRecursion(s.Rows(), s.Target())
				want := one.Sub(rational.RatFromInts(r.left, r.unit))
				if got, err := recursiveAcceptance(t.Context(), s, Options{}); err != nil || !got.Exact() || !got.Lo.Equal(want) {
					t.Fatalf("%v: %v, want %v, %v", s, got, want, err)
				}
				lambda, left := one, one // λ_2 = φ(0)
				for j := 1; j <= k; j++ {
					left = rational.Rat{}
					for i := range n {
						x := s.Target().At(i).Sub(lambda.Mul(s.Rows()[0].At(i)))
						left = left.Add(rational.MaxRat(x, rational.Rat{}))
					}
					for i := range n {
						x := rational.MaxRat(s.Target().At(i).Sub(lambda.Mul(s.Rows()[0].At(i))), rational.Rat{})
						if !left.IsZero() && !r.residuals[j].At(i).Equal(x.Quo(left)) {
							t.Fatalf("%v: residual %d of token %d is %v, want %v", s, j, i+1, r.residuals[j].At(i), x.Quo(left))
						}
					}
					lambda = lambda.Add(left)
				}
			})
		}
	}
}

// Of different laws MD-R1 says nothing: the acceptance alone is that of the rule written out.
func TestMDR1_NeedsEqualDrafts(t *testing.T) {
	chosen, err := Lookup(Recursive)
	if err != nil {
		t.Fatal(err)
	}
	oracle.Generated(t, 82, 4, 2, 3, multidraft.ModelIndependent, func(s *multidraft.Instance) {
		got, err := chosen.Acceptance(t.Context(), s, Options{})
		if want := evaluate(t, Recursive, s, Options{}); err != nil || got != want.Acceptance {
			t.Errorf("%v: %v, %v, want %v", s, got, err, want.Acceptance)
		}
	})
}
