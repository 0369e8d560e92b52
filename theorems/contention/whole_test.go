package contention_test

import (
	"pstar/theorems/contention"
	"testing"

	"pstar/rational"
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
	for _, list := range [][]contention.Landmark{single.Landmarks(), knapsack.Landmarks()} {
		for k := 1; k < len(list); k++ {
			if gap, ok := list[k].Value.Sub(list[k-1].Value).Enclose(rational.NewRat(1, 1_000_000)); !ok || gap.Lo.Sign() <= 0 {
				t.Errorf("%s is not below %s", list[k-1].Name, list[k].Name)
			}
		}
	}
}
