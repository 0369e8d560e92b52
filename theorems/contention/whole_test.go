package contention

import (
	"bytes"
	"strings"
	"testing"

	"pstar/certificate"
	"pstar/rational"
)

func TestCRSP32_P36_P43_WholeIntervals(t *testing.T) {
	for _, rho := range fiveRho {
		for _, prove := range []func(rational.Rat) ([]Claim, error){UnitPhi, UnitGamma} {
			claims, err := prove(rho)
			if err != nil {
				t.Fatalf("ρ = %s: %v", rho, err)
			}
			checkCells(t, claims)
		}
	}
	claims, err := KnapsackPhi()
	if err != nil {
		t.Fatal(err)
	}
	checkCells(t, claims)
}

// checkCells demands that the cells of each claim join without gaps.
func checkCells(t *testing.T, claims []Claim) {
	t.Helper()
	for _, c := range claims {
		for k, cell := range c.Cells {
			if cell.Bound.Sign() <= 0 || cell.From.Cmp(cell.To) >= 0 || k > 0 && !cell.From.Equal(c.Cells[k-1].To) {
				t.Fatalf("%s: cell %d is wrong: %+v", c.Name, k, cell)
			}
		}
	}
}

// A function that is negative somewhere is not proved, nor one that touches zero
// at a point that is not announced.

func TestLandmarks(t *testing.T) {
	for _, list := range [][]Landmark{UnitLandmarks(), KnapsackLandmarks()} {
		for k := 1; k < len(list); k++ {
			if c := rational.CompareReals(list[k-1].Value, list[k].Value, 0); !c.Decided || c.Order != -1 {
				t.Errorf("%s is not below %s", list[k-1].Name, list[k].Name)
			}
		}
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
