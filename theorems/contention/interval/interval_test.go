package interval

import (
	"strings"
	"testing"

	"pstar/rational"
)

var one = rational.NewRat(1, 1)

// A function that is negative somewhere is not proved, nor one that touches zero
// at a point that is not announced.
func TestProveRejects(t *testing.T) {
	shifted := ExpPoly{{Polynomial{one}, Polynomial{zero, one}}, {Polynomial{rational.NewRat(-3, 2)}, Polynomial{zero}}}
	if _, err := shifted.Prove(zero, one, nil); err == nil || !strings.Contains(err.Error(), "undecided") {
		t.Errorf("e^z − 3/2 on [0, 1]: %v", err)
	}
	parabola := ExpPoly{{Polynomial{zero, zero, one}, Polynomial{zero}}}
	if _, err := parabola.Prove(zero, one, nil); err == nil {
		t.Error("z² was proved without its zero")
	}
	cap := ExpPoly{{Polynomial{zero, zero, one.Neg()}, Polynomial{zero}}}
	if _, err := cap.Prove(zero, one, &zero); err == nil {
		t.Error("−z² was proved to be nonnegative")
	}
	if cells, err := parabola.Prove(zero, one, &zero); err != nil || cells[0].Rule != ByTaylor {
		t.Errorf("z² on [0, 1]: %v, %v", cells, err)
	}
}
