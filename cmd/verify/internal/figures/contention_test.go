package figures

import (
	"context"
	"math"
	"strings"
	"testing"

	"pstar/rational"
	"pstar/rational/enclose"
)

// No point lies on the frame of its panel, where it is not seen, or beyond: half a hundredth of the height is between them. The
// bound of CRS-T3.4 alone leaves the panel, as it begins at 3.
func TestPointsLieWithinTheirPanels(t *testing.T) {
	for _, f := range plots[:3] { // "ration" is about a file
		for _, rho := range []rational.Rat{one, rational.NewRat(1, 2), rational.NewRat(5, 1), rational.NewRat(70, 1)} {
			drawn, err := f.make(context.Background(), plotOptions{rho: rho})
			if err != nil {
				t.Fatal(err)
			}
			p := newPlot(drawn, f.looks)
			for _, panel := range p.Panels {
				low, high := panel.YRange.Min, panel.YRange.Max
				scale := func(y float64) float64 { return (y - low) / (high - low) }
				if panel.YLog {
					scale = func(y float64) float64 { return math.Log(y/low) / math.Log(high/low) }
				}
				for _, s := range panel.Series {
					for _, q := range s.Points {
						if at := scale(q.Y); !(at > 0.005 && at < 0.995) && !strings.Contains(s.Name, ", N odd (CRS-T3.4)") {
							t.Errorf("%s, ρ = %s, %s, %s: %v lies at %g of the height", f.name, rho, panel.Title, s.Name, q, at)
						}
					}
				}
			}
		}
	}
}

// Decimals of small numbers in the table are as many as tell something.
func TestDecimalsOfSmallNumbers(t *testing.T) {
	if lower, upper := ends(enclose.Point(rational.NewRat(1, 3_000_000))); lower != "0.0000003333333333" || upper != "0.0000003333333334" {
		t.Errorf("1/3000000 is written %s, %s", lower, upper)
	}
	if lower, upper := ends(enclose.Point(rational.NewRat(3, 8))); lower != upper || !strings.HasPrefix(lower, "0.375") {
		t.Errorf("3/8 is written %s, %s", lower, upper)
	}
}
