package cell

import (
	"context"
	"testing"

	"pstar/rational"
	"pstar/theorems/multidraft"
	"pstar/theorems/multidraft/internal/oracle"
	"pstar/theorems/multidraft/optimum"
)

func TestWrongExponentsAreRefuted(t *testing.T) {
	for k := 1; k <= 5; k++ {
		for n := 2; n <= 5; n++ {
			for e := 1; e <= 8; e++ {
				if e == k {
					continue
				}
				r, err := RefuteExponent(context.Background(), k, n, e, optimum.Options{})
				if err != nil {
					t.Fatalf("K=%d n=%d E=%d: %v", k, n, e, err)
				}
				checkRefutation(t, k, e, r)
			}
		}
	}
}

// checkRefutation recomputes both values from the definitions.
func checkRefutation(t *testing.T, k, e int, r *Refutation) {
	t.Helper()
	value, _ := oracle.Minimum(r.Instance)
	d := r.Instance.Drafts().(*multidraft.IID)
	claimed := one
	for s := range multidraft.FullSet(d.N()) + 1 {
		var p, q rational.Rat
		for _, i := range s.Tokens() {
			p, q = p.Add(d.P()[i]), q.Add(r.Instance.Target().Rats()[i])
		}
		claimed = rational.MinRat(claimed, q.Add(one).Sub(p.Pow(e)))
	}
	if d.K() != k || r.Exponent != e || !r.Truth.Value.Equal(value) || !r.Claimed.Equal(claimed) {
		t.Fatalf("K=%d E=%d: %v with %v against %v, recomputed %v and %v", k, e, r.Instance, r.Truth.Value, r.Claimed, value, claimed)
	}
	if value.Equal(one) == claimed.Equal(one) {
		t.Fatalf("K=%d E=%d: P* = %v and the claim %v", k, e, value, claimed)
	}
}

func TestRefuteExponentGivesSmallNumbers(t *testing.T) {
	r, err := RefuteExponent(context.Background(), 3, 2, 2, optimum.Options{})
	if err != nil {
		t.Fatal(err)
	}
	p, q := rational.RatVector(r.Instance.Drafts().(*multidraft.IID).P()), rational.RatVector(r.Instance.Target().Rats())
	if !p.Equal(oracle.Rats(t, "1/2,1/2")) || !q.Equal(oracle.Rats(t, "1/8,7/8")) || !r.Truth.Value.Equal(one) || !r.Claimed.Equal(oracle.Rat(t, "7/8")) {
		t.Errorf("p = %v, q = %v, P* = %v, claimed %v", p, q, r.Truth.Value, r.Claimed)
	}
}

func TestRefuteExponentRejectsBadClaims(t *testing.T) {
	for name, c := range map[string][3]int{
		"the theorem": {3, 4, 3}, "zero": {3, 4, 0}, "one token": {3, 1, 2}, "no drafts": {0, 4, 2}, "too many supports": {9, 40, 2},
	} {
		if r, err := RefuteExponent(context.Background(), c[0], c[1], c[2], optimum.Options{}); err == nil {
			t.Errorf("%s: %+v", name, r)
		}
	}
}
