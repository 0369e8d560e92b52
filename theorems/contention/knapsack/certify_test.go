package knapsack

import (
	"context"
	"math/rand/v2"
	"strings"
	"testing"

	"pstar/rational"
	"pstar/theorems/contention/internal/oracle"
	"pstar/theorems/contention/single"
)

// CRS-T1.5 on instances: no two elements fit together, and the value is near the limit.
func TestCertificatesOfHardKnapsacks(t *testing.T) {
	elements := Hard(3)
	c := PhiChoice(Means(elements))
	law, err := Run(context.Background(), elements, c)
	if err != nil {
		t.Fatal(err)
	}
	d := Certify(elements, c, law)
	AddSingle(d, single.UniformPoint(7, hardRho(3)))
	document, report := oracle.Written(t, d)
	if !strings.HasSuffix(report.Summary(), "CRS-T4.1 checked, CRS-T1.5 checked") {
		t.Error(report.Summary())
	}
	oracle.Flip(t, document, 3)
	d.Above = rational.RatFromBig(d.Above).Sub(two.Pow(-30)).Big()
	oracle.Refused(t, d, "single.above")
	// Elements of size 1/2 fit together.
	fits := Certify([]Element{{{half, half}}, {{half, half}}}, PhiChoice(single.Uniform(2, half)), nil)
	u, err := single.Solve(context.Background(), oracle.Rats(t, "1/2,1/2"))
	if err != nil {
		t.Fatal(err)
	}
	AddSingle(fits, u)
	oracle.Refused(t, fits, "single")
}

// Laws whose exact probabilities are too long are enclosed, and prove the same.
func TestCertificatesWithEnclosedLaws(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 99))
	for range 20 {
		elements := randomKnapsack(r, 1+r.IntN(6), 3, 6)
		c := PhiChoice(Means(elements))
		law, err := runKnapsack(context.Background(), elements, c, enclosureBits)
		if err != nil {
			t.Fatal(err)
		}
		d := Certify(elements, c, law)
		if d.Empty.Forward != nil || d.Bits == 0 {
			t.Fatal("the law is not enclosed")
		}
		document, report := oracle.Written(t, d)
		if len(report.Claims) != 3 {
			t.Errorf("%v: %s", elements, report.Summary())
		}
		oracle.Flip(t, document, 17)
	}
}

func TestCertificatesOfKnapsackInstances(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 99))
	for range 10 {
		elements := randomKnapsack(r, 1+r.IntN(4), 2, 6)
		c := PhiChoice(Means(elements))
		law, err := Run(context.Background(), elements, c)
		if err != nil {
			t.Fatal(err)
		}
		document, report := oracle.Written(t, Certify(elements, c, law))
		if len(report.Claims) != 3 {
			t.Errorf("%v: %s", elements, report.Summary())
		}
		oracle.Flip(t, document, 3)
	}
}
