package knapsack

import (
	"context"
	"math/rand/v2"
	"slices"
	"testing"

	"pstar/certificate"
	"pstar/rational"
	"pstar/theorems/contention"
	"pstar/theorems/contention/internal/oracle"
	"pstar/witness"
)

// A choice has a certificate if and only if Definition 5 holds of it, in the view of the naive decision with enclosures.
func TestCertificatesOfChoices(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 99))
	feasible := 0
	for range 60 {
		means := Means(randomKnapsack(r, 1+r.IntN(6), 2, 6))
		c := PhiChoice(means)
		for o := range c {
			for i := range c[o] {
				if r.IntN(3) == 0 {
					c[o][i] = rational.NewRat(int64(r.IntN(9)), 18)
				}
			}
		}
		makers := []witness.Maker{func() (witness.Document, error) {
			return witness.Contention(nil, witness.ContentionInstance{Choice: FeasibleChoice(means, c)})
		}}
		if len(Definition5(means, c)) > 0 {
			oracle.Refused(t, makers, "Definition 5 does not certify")
			continue
		}
		feasible++
		if _, report := oracle.Written(t, makers); report.Summary() == "" || len(report.Claims) != 1 || report.Claims[0].Tag != "CRS-D5" {
			t.Error(report.Claims)
		}
	}
	if feasible < 10 || feasible > 50 {
		t.Errorf("%d of 60 choices are feasible", feasible)
	}
}

// The hard instances have the value of CRS-U, and CRS-T1.5 holds for all.
func TestCertificatesOfHardKnapsacks(t *testing.T) {
	r, err := VerifyHard(context.Background(), 3)
	if err != nil {
		t.Fatal(err)
	}
	_, report := oracle.Written(t, r.Documents())
	for _, want := range []certificate.Claim{{Tag: "CRS-T1.5", Status: "concluded"}, {Tag: "CRS-LP", Status: "checked"}, {Tag: "CRS-D5", Status: "checked"},
		{Tag: "CRS-T4.1", Status: "concluded"}, {Tag: "CRS-T4.1", Status: "checked"}} {
		if !slices.Contains(report.Claims, want) {
			t.Errorf("no %v among %v", want, report.Claims)
		}
	}
}

// A choice with a first number of 0, and one with a tiny one, whose exponent is large.
func TestCertificatesOfSmallChoices(t *testing.T) {
	means := oracle.Rats(t, "1/2,1/2")
	for _, first := range []string{"0", "1e-9"} {
		x := oracle.Rats(t, first)[0]
		c := contention.Choice{{x, rational.Rat{}}, {rational.Rat{}, rational.Rat{}}}
		oracle.Written(t, []witness.Maker{func() (witness.Document, error) {
			return witness.Contention(nil, witness.ContentionInstance{Choice: FeasibleChoice(means, c)})
		}})
	}
}

// The checker computes the law of the load by itself: it accepts that Algorithm 3 attains a choice if and only if the engine finds so,
// whether Definition 5 certifies the choice or not, and for no other sizes.
func TestCertificatesOfWhatIsAttained(t *testing.T) {
	r := rand.New(rand.NewPCG(2, 7))
	outside, not := 0, 0
	for range 80 {
		elements := randomKnapsack(r, 1+r.IntN(5), 2, 6)
		means := Means(elements)
		c := PhiChoice(means)
		for o := range c {
			for i := range c[o] {
				if r.IntN(2) == 0 {
					c[o][i] = rational.NewRat(int64(r.IntN(19)), 18)
				}
			}
		}
		law, err := Run(context.Background(), elements, c)
		attained := err == nil && law.Exact && law.Confirms(c) == nil
		i := witness.ContentionInstance{Choice: FeasibleChoice(means, c)}
		i.Choice.Sizes, i.Choice.Unclaimed = sizes(elements), true
		makers := []witness.Maker{func() (witness.Document, error) { return witness.Contention(nil, i) }}
		if !attained {
			not++
			oracle.Refused(t, makers, "the rest has a term with a negative coefficient")
			continue
		}
		if _, report := oracle.Written(t, makers); len(report.Claims) != 1 || report.Claims[0] != (certificate.Claim{Tag: "CRS-T4.1", Status: certificate.Checked}) {
			t.Error(report.Claims)
		}
		if len(Definition5(means, c)) > 0 {
			outside++
		}
		i.Choice.Means = append([]rational.Rat{means[0].Add(rational.NewRat(1, 7))}, means[1:]...)
		oracle.Refused(t, makers, "its mean size is not that of the choice")
	}
	if outside < 5 || not < 5 {
		t.Errorf("%d choices are attained outside of Definition 5, and %d not", outside, not)
	}
}
