package knapsack

import (
	"context"
	"math/rand/v2"
	"testing"

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
			oracle.Refused(t, makers, "the rest has a negative constant")
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
	claims := map[string]string{}
	for _, c := range report.Claims {
		claims[c.Tag] = c.Status
	}
	if claims["CRS-T1.5"] != "proved" || claims["CRS-LP"] != "checked" || claims["CRS-T4.1"] != "concluded" || claims["CRS-D5"] != "checked" {
		t.Error(claims)
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
