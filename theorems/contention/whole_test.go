package contention_test

import (
	"bytes"
	"strings"
	"testing"

	"pstar/certificate"
	"pstar/rational"
	"pstar/rational/enclose"
	"pstar/theorems/contention"
	"pstar/theorems/contention/internal/oracle"
	"pstar/theorems/contention/interval"
	"pstar/theorems/contention/knapsack"
	"pstar/theorems/contention/single"
)

var zero, one, two = rational.Rat{}, rational.NewRat(1, 1), rational.NewRat(2, 1)

func TestCRSP32_P36_P43_WholeIntervals(t *testing.T) {
	for _, rho := range oracle.FiveRho {
		for _, prove := range []func(rational.Rat) ([]interval.Claim, error){single.ProvePhi, single.ProveGamma} {
			claims, err := prove(rho)
			if err != nil {
				t.Fatalf("ρ = %s: %v", rho, err)
			}
			checkCells(t, claims)
		}
	}
	claims, err := knapsack.ProvePhi()
	if err != nil {
		t.Fatal(err)
	}
	checkCells(t, claims)
}

// checkCells demands that the cells of each claim join without gaps.
func checkCells(t *testing.T, claims []interval.Claim) {
	t.Helper()
	for _, c := range claims {
		for k, cell := range c.Cells {
			if cell.Bound.Sign() <= 0 || cell.From.Cmp(cell.To) >= 0 || k > 0 && !cell.From.Equal(c.Cells[k-1].To) {
				t.Fatalf("%s: cell %d is wrong: %+v", c.Name, k, cell)
			}
		}
	}
}

func TestLandmarks(t *testing.T) {
	for _, list := range [][]single.Landmark{single.Landmarks(), knapsack.Landmarks()} {
		for k := 1; k < len(list); k++ {
			if c := enclose.CompareReals(list[k-1].Value, list[k].Value, 0); !c.Decided || c.Order != -1 {
				t.Errorf("%s is not below %s", list[k-1].Name, list[k].Name)
			}
		}
	}
}

func TestCertificatesOfIntervals(t *testing.T) {
	for _, c := range []struct {
		function string
		rho      rational.Rat
		prove    func(rational.Rat) ([]interval.Claim, error)
	}{
		{certificate.PhiUnit, one, single.ProvePhi},
		{certificate.PhiUnit, rational.NewRat(7, 2), single.ProvePhi},
		{certificate.PhiGamma, two, single.ProveGamma},
		{certificate.PhiKnapsack, one, func(rational.Rat) ([]interval.Claim, error) { return knapsack.ProvePhi() }},
	} {
		claims, err := c.prove(c.rho)
		if err != nil {
			t.Fatal(err)
		}
		document, report := oracle.Written(t, interval.Certify(c.function, c.rho, claims))
		if !strings.Contains(report.StatementText(), "proved") {
			t.Errorf("%s: %s", c.function, report.StatementText())
		}
		oracle.Flip(t, document, 1)
	}
	// One cell is not enough for (4.17).
	coarse := interval.Certify(certificate.PhiKnapsack, one, nil)
	coarse.Breaks = contention.Bigs([]rational.Rat{zero, one})
	var b bytes.Buffer
	if err := coarse.Write(&b); err != nil {
		t.Fatal(err)
	}
	if _, err := certificate.Check(&b); err == nil || !strings.Contains(err.Error(), "slack") {
		t.Errorf("a single cell for (4.17): %v", err)
	}
}
