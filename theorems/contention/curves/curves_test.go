package curves

import (
	"context"
	"math"
	"strings"
	"testing"

	"pstar/rational"
	"pstar/rational/enclose"
	"pstar/theorems/contention"
	"pstar/theorems/contention/ration"
	"pstar/theorems/contention/single"
)

// series is a series of a panel, found by its name.
func series(t *testing.T, f *Figure, panel int, name string) []Point {
	t.Helper()
	for _, s := range f.Panels[panel].Series {
		if strings.Contains(s.Name, name) {
			return s.Points
		}
	}
	t.Fatalf("panel %d has no series %q", panel, name)
	return nil
}

// near compares a series with a formula in floating point, from the texts of the statements and apart from their packages.
func near(t *testing.T, what string, points []Point, f func(x float64) float64) {
	t.Helper()
	for _, p := range points {
		x := p.X.Float64()
		if got, want := p.Y.Mid().Float64(), f(x); math.Abs(got-want) > 1e-9 {
			t.Errorf("%s at %v is %v, want %v", what, p.X, got, want)
		}
	}
}

// alpha is α_0(ρ).
func alpha(rho float64) float64 { return 1 / (rho + math.Exp(-rho/2)) }

// below says whether every point lies at or below another at the same place, as far as enclosures tell.
func below(t *testing.T, what string, a, b []Point) {
	t.Helper()
	if len(a) != len(b) || len(a) == 0 {
		t.Fatalf("%s: %d and %d points", what, len(a), len(b))
	}
	for i := range a {
		if !a[i].X.Equal(b[i].X) || a[i].Y.Lo.Cmp(b[i].Y.Hi) > 0 {
			t.Errorf("%s at %v: %v is above %v", what, a[i].X, a[i].Y, b[i].Y)
		}
	}
}

// CRS-T1.2 and CRS-T3.4 on the curves: LPOPT is between α_0 and the bound; and the limits of other orders.
func TestGuarantee(t *testing.T) {
	for _, rho := range []rational.Rat{one, rational.NewRat(1, 2), rational.NewRat(5, 1)} {
		f, err := Guarantee(context.Background(), rho)
		if err != nil {
			t.Fatal(err)
		}
		if rho.Equal(one) {
			near(t, "α_0", series(t, f, 0, "α₀(ρ), many"), alpha)
			near(t, "a fixed order", series(t, f, 0, "fixed order"), func(x float64) float64 { return 1 / (1 + x) })
			near(t, "any order", series(t, f, 0, "any order"), func(x float64) float64 {
				if x == 0 {
					return 1
				}
				return -math.Expm1(-x) / x
			})
			for _, n := range []string{"3", "5", "11"} {
				below(t, "α_0 and LPOPT of "+n, series(t, f, 0, "α₀(ρ), many"), series(t, f, 0, "LPOPT, "+n+" equal"))
			}
		}
		odd, bound := series(t, f, 1, "N odd"), series(t, f, 1, "CRS-T3.4")
		below(t, "LPOPT and the bound of CRS-T3.4", odd, bound)
		r := rho.Float64()
		near(t, "the bound", bound, func(n float64) float64 { return alpha(r) + (r+2)/n })
		below(t, "the gap and its bound", series(t, f, 2, "N odd"), series(t, f, 2, "CRS-T3.4"))
		for i, q := range odd {
			gap := q.Y.Mid().Float64() - alpha(r)
			if n := q.X.Float64(); math.Abs(series(t, f, 2, "N odd")[i].Y.Mid().Float64()-gap) > 1e-9 || math.Abs(series(t, f, 3, "N odd")[i].Y.Mid().Float64()-n*gap) > 1e-7 || gap < 0 {
				t.Errorf("ρ = %v, N = %v: the gap is %v", rho, n, gap)
			}
		}
		// N below ρ have no instance, and ρ = 1 has the landmarks in the place of α_0.
		if n := len(odd) + len(series(t, f, 1, "N even")); rho.Cmp(rational.NewRat(4, 1)) > 0 && n != 97 || len(f.Panels[1].Series) != map[bool]int{true: 7, false: 4}[rho.Equal(one)] {
			t.Errorf("ρ = %v: %d points, %d series", rho, n, len(f.Panels[1].Series))
		}
	}
}

// φ lies below what bounds it, and its mean over a place and the opposite one is constant: CRS-P3.2 and CRS-P4.3.
func TestPhi(t *testing.T) {
	for _, rho := range []rational.Rat{one, rational.NewRat(5, 1)} {
		f := Phi(rho)
		phi := series(t, f, 0, "φ(z)")
		below(t, "φ and its bound", phi, series(t, f, 0, "the bound"))
		r := rho.Float64()
		near(t, "the mean", series(t, f, 0, "mean"), func(float64) float64 { return alpha(r) })
		for i := range phi {
			if mean := (phi[i].Y.Mid().Float64() + phi[len(phi)-1-i].Y.Mid().Float64()) / 2; math.Abs(mean-alpha(r)) > 1e-9 {
				t.Errorf("ρ = %v: the mean at %v is %v", rho, phi[i].X, mean)
			}
		}
		near(t, "φ", series(t, f, 1, "4/9"), func(z float64) float64 { return 4./9 - 2*z/9 })
		for _, bound := range []string{"(4.16)", "(4.17)"} {
			below(t, "φ and "+bound, series(t, f, 1, "4/9"), series(t, f, 1, bound))
		}
	}
}

func TestKnapsack(t *testing.T) {
	f, err := Knapsack(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	near(t, "the choice of CRS-L4.4", series(t, f, 0, "CRS-L4.4"), func(m float64) float64 { return 4./9 - m/9 })
	best := series(t, f, 1, "best")
	// CRS-T1.5: more than 1/(2 + 1/e) for each m, and that in the limit.
	limit := 1 / (2 + math.Exp(-1))
	for i, q := range best {
		if y := q.Y.Mid().Float64(); y <= limit || i > 0 && y >= best[i-1].Y.Mid().Float64() || len(best) != 49 {
			t.Errorf("at %v the best guarantee is %v", q.X, y)
		}
	}
	ctx, stop := context.WithCancel(context.Background())
	stop()
	if _, err := Knapsack(ctx); err == nil {
		t.Error("a run that is ended has a figure")
	}
	if _, err := Guarantee(ctx, one); err == nil {
		t.Error("a run that is ended has a figure")
	}
}

// The mean of both services is the mean of the two, and at least α times the target: CRS-T1.1.
func TestRation(t *testing.T) {
	r := rational.NewRat
	demand := []ration.Demand{{Value: r(1, 1), Probability: r(1, 2)}, {Value: r(0, 1), Probability: r(1, 2)}}
	agents := []ration.Agent{{Service: ration.TypeI, Demand: demand, Target: r(1, 4)}, {Service: ration.TypeI, Demand: demand, Target: r(1, 3)}}
	report, err := ration.Verify(context.Background(), agents, ration.Options{})
	if err != nil || report.Outcome == nil {
		t.Fatal(err)
	}
	f := Ration(report)
	mean, least := series(t, f, 0, "mean of both"), series(t, f, 0, "α·β")
	for i := range agents {
		var both rational.Rat
		for _, order := range contention.Orders {
			both = both.Add(series(t, f, 0, order.String()+" order")[i].Y.Lo)
		}
		if !mean[i].Y.Lo.Mul(r(2, 1)).Equal(both) || mean[i].Y.Lo.Cmp(least[i].Y.Lo) < 0 || !series(t, f, 0, "target")[i].Y.Lo.Equal(agents[i].Target) {
			t.Errorf("agent %d: mean %v of %v, at least %v", i+1, mean[i].Y, both, least[i].Y)
		}
	}
}

// Small values are shown where they are: a gap of 10^−19 is no rounding error of what it is the difference of.
func TestSmallGapsAreShown(t *testing.T) {
	rho := rational.NewRat(70, 1)
	gap := enclose.RealOf(single.UniformValue(71, rho)).Sub(single.Alpha(rho))
	q := at(one, gap)
	if v := q.Y.Mid().Float64() * 71; math.Abs(v/9.1359855096e-18-1) > 1e-6 {
		t.Errorf("71 times the gap is %g", v)
	}
	if nothing := at(one, enclose.RealOf(rational.Rat{})); !nothing.Y.Contains(rational.Rat{}) {
		t.Errorf("0 is enclosed by %s", nothing.Y)
	}
}
