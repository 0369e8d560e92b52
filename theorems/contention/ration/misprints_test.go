package ration

import (
	"testing"

	"pstar/rational"
)

// Appendix A.1: for Type I, "increasing q_i beyond F_i(1) does increase the LHS" of (2.2) is false, as (2.3) says: a demand above the
// supply is not served, whatever is given.
func TestMisprint_A1(t *testing.T) {
	a := Agent{Service: TypeI, Demand: []Demand{{rational.NewRat(1, 2), half}, {two, half}}}
	served := func(q rational.Rat) (sum rational.Rat) {
		levels := a.levels()
		for k, part := range parts([]Agent{a}, []rational.Rat{q})[0] {
			sum = sum.Add(part.Mul(levels[k].service))
		}
		return sum
	}
	if at, beyond := served(half), served(rational.NewRat(3, 4)); !at.Equal(beyond) || !at.Equal(half) {
		t.Errorf("the service is %s up to F(1) and %s beyond", at, beyond)
	}
}
