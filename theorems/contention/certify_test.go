package contention

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"strings"
	"testing"

	"pstar/certificate"
	"pstar/rational"
)

// written returns the bytes of a document that must be valid, and the report.
func written(t *testing.T, d interface{ Write(io.Writer) error }) ([]byte, *certificate.Report) {
	t.Helper()
	var b bytes.Buffer
	if err := d.Write(&b); err != nil {
		t.Fatal(err)
	}
	report, err := certificate.Check(bytes.NewReader(b.Bytes()))
	if err != nil {
		t.Fatalf("%v\n%s", err, b.Bytes())
	}
	return b.Bytes(), report
}

// flip changes digits of the document, one at a time, without its digest, and
// demands that each change be rejected. It returns how many rejections were owed to
// the digest alone.
func flip(t *testing.T, document []byte, every int) (byDigest, total int) {
	t.Helper()
	end := bytes.LastIndex(document, []byte(`"sha256"`))
	seen := 0
	for i := range end {
		if document[i] < '0' || document[i] > '9' {
			continue
		}
		if seen++; seen%every != 0 {
			continue
		}
		changed := bytes.Clone(document)
		changed[i] = '0' + (changed[i]-'0'+1)%10
		_, err := certificate.Check(bytes.NewReader(changed))
		if err == nil {
			t.Fatalf("byte %d changed from %c to %c, and still valid:\n%s", i, document[i], changed[i], changed)
		}
		total++
		if strings.Contains(err.Error(), "sha256") {
			byDigest++
		}
	}
	return byDigest, total
}

func TestCertificatesOfUnitInstances(t *testing.T) {
	for _, c := range []struct{ x, claims string }{
		{"1/3,1/3,1/3", "CRS-L3.1 checked, CRS-T1.2 checked, CRS-T3.4 checked, CRS-U checked"},
		{"1/4,1/4,1/4,1/4", "CRS-L3.1 checked, CRS-T1.2 checked, CRS-U checked"},
		{"1/2,1/3,0,1", "CRS-L3.1 checked, CRS-T1.2 checked"},
		{"0,0", "CRS-L3.1 checked, CRS-T1.2 checked, CRS-U checked"},
	} {
		document, report := written(t, CertifyUnit(solve(t, rats(t, c.x))))
		if !strings.HasSuffix(report.Summary(), c.claims) {
			t.Errorf("%s: %s", c.x, report.Summary())
		}
		byDigest, total := flip(t, document, 1)
		// The ends of the enclosure have digits that matter to nobody.
		if byDigest*2 > total {
			t.Errorf("%s: %d of %d changes are caught by the digest alone", c.x, byDigest, total)
		}
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

func TestCertificatesOfRationing(t *testing.T) {
	r := rand.New(rand.NewPCG(2, 99))
	counts := map[string]int{}
	for run := range 40 {
		types := []Service{TypeII, TypeIII}
		if run%3 == 0 {
			types = []Service{TypeI, TypeIII}
		}
		agents := randomAgents(r, 1+r.IntN(3), types)
		plan, err := CheckTargets(context.Background(), agents)
		if err != nil {
			t.Fatal(err)
		}
		var ration *Ration
		if plan.Feasible {
			if ration, err = Allocate(context.Background(), agents, plan); err != nil {
				t.Fatal(err)
			}
		}
		document, report := written(t, CertifyRation(agents, plan, ration))
		counts[fmt.Sprint(report.Claims)]++
		if run < 12 {
			flip(t, document, 3)
		}
	}
	if len(counts) != 2 {
		t.Errorf("claims seen: %v", counts)
	}
}

func TestCertificatesOfIntervals(t *testing.T) {
	for _, c := range []struct {
		function string
		rho      rational.Rat
		prove    func(rational.Rat) ([]Claim, error)
	}{
		{certificate.PhiUnit, one, UnitPhi},
		{certificate.PhiUnit, rational.NewRat(7, 2), UnitPhi},
		{certificate.PhiGamma, two, UnitGamma},
		{certificate.PhiKnapsack, one, func(rational.Rat) ([]Claim, error) { return KnapsackPhi() }},
	} {
		claims, err := c.prove(c.rho)
		if err != nil {
			t.Fatal(err)
		}
		document, report := written(t, CertifyPhi(c.function, c.rho, claims))
		if !strings.Contains(report.StatementText(), "proved") {
			t.Errorf("%s: %s", c.function, report.StatementText())
		}
		flip(t, document, 1)
	}
	// One cell is not enough for (4.17).
	coarse := CertifyPhi(certificate.PhiKnapsack, one, nil)
	coarse.Breaks = bigs([]rational.Rat{zero, one})
	var b bytes.Buffer
	if err := coarse.Write(&b); err != nil {
		t.Fatal(err)
	}
	if _, err := certificate.Check(&b); err == nil || !strings.Contains(err.Error(), "slack") {
		t.Errorf("a single cell for (4.17): %v", err)
	}
}
