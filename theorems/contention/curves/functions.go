package curves

import (
	"context"

	"pstar/internal/each"
	"pstar/rational"
	"pstar/rational/enclose"
	"pstar/theorems/contention"
	"pstar/theorems/contention/knapsack"
	"pstar/theorems/contention/ration"
	"pstar/theorems/contention/single"
)

// Phi is φ with the bounds that make it feasible: of the single-unit problem for one ρ > 0, and of the knapsack problem.
func Phi(rho rational.Rat) *Figure {
	f := &Figure{Title: "The functions φ and what bounds them"}
	f.panel("(a) single unit, ρ = "+rho.String(), "z", "probability of acceptance")
	// φ has to lie below this bound for all z: that is feasibility when elements are many and
	// small.
	f.steps("φ(z)", rho, func(z rational.Rat) enclose.Real { return single.PhiAt(rho, z) })
	f.steps("1 − ∫φ, the bound", rho, func(z rational.Rat) enclose.Real { return single.PhiBound(rho, z) })
	// The mean of φ at z and at ρ − z, the places of an element in the two orders, is the
	// same for all z: what each element is guaranteed.
	f.steps("α₀(ρ), the mean of φ(z) and φ(ρ−z)", rho, func(rational.Rat) enclose.Real { return single.Alpha(rho) })
	f.panel("(b) knapsack", "z", "probability of acceptance")
	f.steps("φ(z) = 4/9 − 2z/9", one, func(z rational.Rat) enclose.Real { return enclose.RealOf(knapsack.PhiAt(z)) })
	f.steps("bound (4.16)", one, func(z rational.Rat) enclose.Real { b, _ := knapsack.PhiBounds(z); return b })
	f.steps("bound (4.17)", one, func(z rational.Rat) enclose.Real { _, b := knapsack.PhiBounds(z); return b })
	f.steps("1/3, the mean of φ(z) and φ(1−z)", one, func(rational.Rat) enclose.Real { return enclose.RealOf(rational.NewRat(1, 3)) })
	return f
}

// Knapsack is what the choice of CRS-L4.4 guarantees, and what no scheme exceeds on the instances of CRS-T1.5. It fails only if
// ctx ends.
func Knapsack(ctx context.Context) (*Figure, error) {
	f := &Figure{Title: "Guarantees for the knapsack problem"}
	// What is known does not depend on the instance: lines across both panels.
	landmarks := func(to rational.Rat) {
		for _, l := range knapsack.Landmarks() {
			f.across(short(l.Name), rational.Rat{}, to, l.Value)
		}
	}
	f.panel("(a) against the mean sizes", "sum of the mean sizes", "guarantee")
	// One element of that mean size stands for all instances: the guarantee depends on the
	// sum alone.
	f.steps("choice of CRS-L4.4: 4/9 − Σμ/9", one, func(m rational.Rat) enclose.Real {
		return enclose.RealOf(knapsack.PhiChoice([]rational.Rat{m}).Guarantee())
	})
	landmarks(one)
	f.panel("(b) the instances of CRS-T1.5", "number of elements 2m + 1", "guarantee")
	var best []Point
	// Sizes 1/2 + 1/m; for m = 1 no element fits.
	for m := 2; 2*m+1 <= MaxElements; m++ {
		// Each m is computed by itself: who interrupts does not wait for the others.
		if ctx.Err() != nil {
			return nil, context.Cause(ctx)
		}
		best = append(best, exactly(rational.NewRat(int64(2*m+1), 1), knapsack.HardValue(m)))
	}
	f.add("best guarantee of any scheme", best...)
	landmarks(rational.NewRat(MaxElements+1, 1))
	return f, nil
}

// Ration is the exact service of each agent, in both orders and in the mean, beside its target and α times that. The report must
// have an outcome.
func Ration(r *ration.Report) *Figure {
	out := r.Outcome
	f := &Figure{Title: "Service of " + contention.Count(len(r.Agents), "agent", "agents")}
	// α as a decimal; the series have the exact services that it bounds.
	f.panel("α = "+out.Alpha.Decimal(6), "agent", "expected service")
	add := func(name string, value func(i int) rational.Rat) {
		points := each.To(len(r.Agents), func(i int) Point { return exactly(rational.NewRat(int64(i+1), 1), value(i)) })
		f.add(name, points...)
	}
	add("target β", func(i int) rational.Rat { return r.Agents[i].Target })
	for _, order := range contention.Orders {
		add("service, "+order.String()+" order", func(i int) rational.Rat { return out.Service[order][i] })
	}
	add("service, mean of both", func(i int) rational.Rat { return out.Average[i] })
	add("α·β, the guarantee", func(i int) rational.Rat { return out.Alpha.Mul(r.Agents[i].Target) })
	return f
}
