package knapsack

import (
	"context"
	"math"
	"math/rand/v2"
	"testing"

	"pstar/rational"
	"pstar/theorems"
	"pstar/theorems/contention"
)

// (4.6) once more, in floating point and for many b, on the laws that the induction is shown: for a choice of Definition 5 both
// say that it holds, and for any choice that both say the same where it is not close.
func TestCRSC2_ForManyB(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 41))
	failed := 0
	for k := range 200 {
		elements := randomKnapsack(r, 2+r.IntN(4), 2, 2+r.Int64N(9))
		c := PhiChoice(Means(elements))
		if k%2 == 0 {
			for _, o := range contention.Orders {
				for i := range c[o] {
					c[o][i] = rational.NewRat(r.Int64N(20), 20)
				}
			}
		}
		steps := newInduction(elements, c)
		least := math.Inf(1) // the smallest slack
		watch := func(o contention.Order, i int, unit rational.Int, atoms []load[rational.Rat]) {
			steps.element(o, i, unit, atoms)
			u := func(b float64) (sum float64) {
				for _, a := range atoms[1:] {
					if rational.RatFromInts(a.at, unit).Float64() <= b+1e-12 {
						sum += a.mass.Float64()
					}
				}
				return sum
			}
			first := c[o][o.Sequence(len(elements))[0]].Float64()
			for j := 1; j <= 2520 && first > 0; j += 5 {
				b := float64(j) / 5040
				least = min(least, math.Exp(-(u(1-b)-u(b))/first)-u(b)/first)
			}
		}
		if _, err := enumerate(context.Background(), elements, c, &exactMasses{work: maxExactWork, watch: watch}); err != nil {
			t.Fatal(err)
		}
		found := steps.wrong["CRS-LC.2"]
		if found != nil {
			failed++
		}
		if k%2 == 1 && (found != nil || steps.wrong["CRS-LC.3"] != nil || steps.wrong["CRS-LC.1"] != nil) || least < -1e-9 && found == nil {
			t.Fatalf("%v, c = %v: the least slack is %g, found %v", elements, c, least, steps.wrong)
		}
	}
	if failed == 0 {
		t.Error("no choice violates (4.6), so that nothing is tested")
	}
}

// Of a law on which a lemma says nothing it is not called checked: here there is no second
// element, and then no size.
func TestInductionOfNothing(t *testing.T) {
	half := rational.NewRat(1, 2)
	for _, elements := range [][]Element{{{{one, half}}}, {{}}} {
		c := PhiChoice(Means(elements))
		steps := newInduction(elements, c)
		law, err := run(t.Context(), elements, c, steps)
		if err != nil {
			t.Fatal(err)
		}
		var f theorems.Claims
		steps.report(&f, law)
		for _, x := range f {
			if steps.count[x.Tag] == 0 {
				t.Errorf("%v: %s is %s on nothing: %s", elements, x.Tag, x.Status, x.Statement)
			}
		}
		if len(f) == 4 {
			t.Errorf("%v: all four lemmas are told: %v", elements, f)
		}
	}
}

// A line of the proof that does not hold is refuted.
func TestInductionRefutes(t *testing.T) {
	half := rational.NewRat(1, 2)
	elements := []Element{{{one, half}}, {{one, half}}}
	three := rational.NewRat(3, 4)
	c := contention.Choice{{three, three}, {three, three}} // outside of Definition 5
	steps := newInduction(elements, c)
	law, err := run(context.Background(), elements, c, steps)
	if err != nil {
		t.Fatal(err)
	}
	var f theorems.Claims
	steps.report(&f, law)
	status := map[string]theorems.Status{}
	for _, x := range f {
		status[x.Tag] = x.Status
	}
	for tag, want := range map[string]theorems.Status{"CRS-LC.1": theorems.Checked, "CRS-LC.3": theorems.Refuted, "CRS-L4.2": theorems.Refuted} {
		if status[tag] != want {
			t.Errorf("%s is %v, want %v", tag, status[tag], want)
		}
	}
}
