package curves

import (
	"context"
	"fmt"

	"pstar/internal/each"
	"pstar/rational"
	"pstar/rational/enclose"
	"pstar/theorems/contention"
	"pstar/theorems/contention/single"
)

// MaxElements is the largest number of elements of the panels against it: beyond, the points of odd and even
// numbers cannot be told apart.
const MaxElements = 101

// Guarantee compares LPOPT for equal probabilities, which is exact by CRS-U, with α_0: against their sum from 0 to 3
// with what other orders allow, and for one sum ρ against the number of elements, with the bound of CRS-T3.4. It fails
// only if ctx ends.
func Guarantee(ctx context.Context, rho rational.Rat) (*Figure, error) {
	f := &Figure{Title: "Best guarantee of forward-backward contention resolution"}
	f.panel("(a) against ρ", "ρ", "guarantee")
	against := func(name string, value func(rho rational.Rat) Point) {
		// Forty points to the unit from 0 to 3: more cannot be seen.
		// At each point the value is computed for this ρ, and none is interpolated.
		points := each.To(121, func(i int) Point { return value(rational.NewRat(int64(i), 40)) })
		f.add(name, points...)
	}
	// Three numbers of elements are enough to see how fast LPOPT falls to α_0.
	// Of 3 at least: ρ goes up to 3, and ρ/N has to be a probability.
	for _, n := range []int{3, 5, 11} {
		against(fmt.Sprintf("LPOPT, %d equal elements", n), func(rho rational.Rat) Point { return exactly(rho, single.UniformValue(n, rho)) })
	}
	// What CRS-T1.2 guarantees for every instance: LPOPT of each N lies above it.
	against("α₀(ρ), many elements", func(rho rational.Rat) Point { return at(rho, single.Alpha(rho)) })
	against("fixed order, many elements: 1/(1 + ρ)", func(rho rational.Rat) Point { return exactly(rho, single.FixedOrderLimit(rho)) })
	against("any order, many elements: (1 − e^(−ρ))/ρ", func(rho rational.Rat) Point {
		if rho.IsZero() {
			return exactly(rho, one) // the limit
		}
		return at(rho, single.AnyOrderLimit(rho))
	})
	// The other panels are for one ρ, a single point of the axis of (a).
	return f, f.againstN(ctx, rho)
}

// byN are the points of one parity, for the N up to 101 for which ρ/N is a probability.
func byN(ctx context.Context, parity int, rho rational.Rat, value func(n rational.Rat, v rational.Rat) Point) (points []Point, err error) {
	// In steps of two from 1 or 2: the two forms of CRS-U are drawn apart.
	for n := 1 + parity; n <= MaxElements; n += 2 {
		if ctx.Err() != nil {
			return nil, context.Cause(ctx)
		}
		// N below ρ would make ρ/N no probability.
		if single.ValidateUniform(n, rho) == nil {
			points = append(points, value(rational.NewRat(int64(n), 1), single.UniformValue(n, rho)))
		}
	}
	return points, nil
}

// A panelByN is a panel whose axis counts elements.
type panelByN struct {
	title, y string
	// value is what is shown of LPOPT = v for N = n elements.
	value func(n, v rational.Rat) Point
	// bound is what CRS-T3.4 bounds it by, of the name boundName; nil for none.
	bound     func(n rational.Rat) Point
	boundName string
}

// panelsByN are the panels for one ρ: the guarantee, its gap to α_0, and N times the gap.
func panelsByN(rho rational.Rat, alpha enclose.Real) []panelByN {
	// The bound of CRS-T3.4 above α_0 is (ρ+2)/N.
	slack := rho.Add(rational.NewRat(2, 1))
	// Above 0 for every N, as a logarithmic axis needs: LPOPT is a fraction and at least α_0,
	// which is none.
	gap := func(v rational.Rat) enclose.Real { return enclose.RealOf(v).Sub(alpha) }
	const oddOnly = ", N odd (CRS-T3.4)"
	return []panelByN{
		{"(b) against N, ρ = " + rho.String(), "guarantee",
			exactly,
			func(n rational.Rat) Point { return at(n, alpha.Add(enclose.RealOf(slack.Quo(n)))) },
			"α₀(ρ) + " + contention.SlackOfT34 + oddOnly},
		{"(c) the gap to α₀(ρ), ρ = " + rho.String(), "LPOPT − α₀(ρ)",
			func(n, v rational.Rat) Point { return at(n, gap(v)) },
			func(n rational.Rat) Point { return exactly(n, slack.Quo(n)) },
			contention.SlackOfT34 + oddOnly},
		// No bound: N times (ρ+2)/N is the constant ρ + 2.
		{"(d) N times the gap, ρ = " + rho.String(), "N(LPOPT − α₀(ρ))",
			func(n, v rational.Rat) Point { return at(n, gap(v).Mul(enclose.RealOf(n))) },
			nil, ""},
	}
}

// againstN adds the panels for one ρ. The error is that of the context.
func (f *Figure) againstN(ctx context.Context, rho rational.Rat) error {
	alpha := single.Alpha(rho)
	for i, panel := range panelsByN(rho, alpha) {
		f.panel(panel.title, "number of equal elements N", panel.y)
		// LPOPT is computed anew for each panel: at most 101 powers, less than a table of
		// them would take to explain.
		for parity, name := range []string{"LPOPT, N odd", "LPOPT, N even"} {
			points, err := byN(ctx, parity, rho, panel.value)
			if err != nil {
				return err
			}
			f.add(name, points...)
		}
		// CRS-T3.4 speaks of odd N alone.
		if panel.bound != nil {
			// The value of LPOPT is not looked at, as the bound depends on N alone.
			points, err := byN(ctx, 0, rho, func(n, _ rational.Rat) Point { return panel.bound(n) })
			if err != nil {
				return err
			}
			f.add(panel.boundName, points...)
		}
		// The axis of (b) has guarantees: constants can be put beside them.
		if i == 0 {
			f.constants(rho, alpha)
		}
	}
	return nil
}

// constants adds what does not depend on N: α_0(ρ), or for ρ = 1, of which the landmarks speak, those, one of which it is.
func (f *Figure) constants(rho rational.Rat, alpha enclose.Real) {
	// Across the whole panel, from frame to frame.
	from, to := rational.Rat{}, rational.NewRat(MaxElements+1, 1)
	if !rho.Equal(one) {
		f.across("α₀(ρ)", from, to, alpha)
		return
	}
	for _, l := range single.Landmarks() {
		f.across(short(l.Name), from, to, l.Value)
	}
}
