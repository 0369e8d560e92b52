package contention

import (
	"context"
	"math/rand/v2"
	"strings"
	"testing"

	"pstar/rational"
)

// CRS-T1.5 on instances: no two elements fit together, and the value is near the limit.
func TestCertificatesOfHardKnapsacks(t *testing.T) {
	elements := HardKnapsack(3)
	c := KnapsackChoice(Means(elements))
	law, err := RunKnapsack(context.Background(), elements, c)
	if err != nil {
		t.Fatal(err)
	}
	d := CertifyKnapsack(elements, c, law)
	AddSingle(d, UniformPoint(7, hardRho(3)))
	document, report := written(t, d)
	if !strings.HasSuffix(report.Summary(), "CRS-T4.1 checked, CRS-T1.5 checked") {
		t.Error(report.Summary())
	}
	flip(t, document, 3)
	d.Above = rational.RatFromBig(d.Above).Sub(two.Pow(-30)).Big()
	refused(t, d, "single.above")
	// Elements of size 1/2 fit together.
	fits := CertifyKnapsack([]Element{{{half, half}}, {{half, half}}}, KnapsackChoice(Uniform(2, half)), nil)
	u, err := Solve(context.Background(), rats(t, "1/2,1/2"))
	if err != nil {
		t.Fatal(err)
	}
	AddSingle(fits, u)
	refused(t, fits, "single")
}

// Laws whose exact probabilities are too long are enclosed, and prove the same.
func TestCertificatesWithEnclosedLaws(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 99))
	for range 20 {
		elements := randomKnapsack(r, 1+r.IntN(6), 3, 6)
		c := KnapsackChoice(Means(elements))
		law, err := runKnapsack(context.Background(), elements, c, enclosureBits)
		if err != nil {
			t.Fatal(err)
		}
		d := CertifyKnapsack(elements, c, law)
		if d.Empty.Forward != nil || d.Bits == 0 {
			t.Fatal("the law is not enclosed")
		}
		document, report := written(t, d)
		if len(report.Claims) != 3 {
			t.Errorf("%v: %s", elements, report.Summary())
		}
		flip(t, document, 17)
	}
}

func TestCertificatesOfKnapsackInstances(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 99))
	for range 10 {
		elements := randomKnapsack(r, 1+r.IntN(4), 2, 6)
		c := KnapsackChoice(Means(elements))
		law, err := RunKnapsack(context.Background(), elements, c)
		if err != nil {
			t.Fatal(err)
		}
		document, report := written(t, CertifyKnapsack(elements, c, law))
		if len(report.Claims) != 3 {
			t.Errorf("%v: %s", elements, report.Summary())
		}
		flip(t, document, 3)
	}
}
