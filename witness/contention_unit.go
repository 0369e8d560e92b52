package witness

import (
	"slices"

	"pstar/internal/each"
	"pstar/rational"
	"pstar/witness/internal/proof"
)

// A UnitOptimum is a single-unit instance with the value of LP-SI, a point and multipliers that
// show it: the choice c of both orders, and y and ξ with y_σ(i) + x_i Σ_{later} y_σ ≥ ξ(i)/2
// and Σ ξ ≥ 1.
//
// Duality: the point shows that the value is attained, the multipliers that no point has
// more.
type UnitOptimum struct {
	X     []rational.Rat
	Value rational.Rat
	// Choice and Y are forward and backward, by element.
	Choice, Y [2][]rational.Rat
	Xi        []rational.Rat
}

// unitProof writes the proof of the theorem "LP-SI".
type unitProof struct {
	*proof.Writer
	*UnitOptimum
	n int
}

// sequence lists the elements as they arrive.
//
// Order 0 is forward, 1 backward.
func (p *unitProof) sequence(order int) []int {
	list := make([]int, p.n)
	for k := range list {
		if list[k] = k; order == 1 {
			list[k] = p.n - 1 - k
		}
	}
	return list
}

// mean are multipliers of an instance that is the same from both ends: the means of y and ξ and
// of what they are from the other end, which tend to be shorter numbers than those of an end of
// a face of optimal ones. The face of optimal multipliers is symmetric with the instance: the
// mean of a point and its mirror image is on it.
func (p *unitProof) mean() (y [2][]rational.Rat, xi []rational.Rat) {
	half := rational.NewRat(1, 2)
	mean := func(v, w []rational.Rat) (list []rational.Rat) {
		for i := range v {
			list = append(list, v[i].Add(w[p.n-1-i]).Mul(half))
		}
		return list
	}
	// Then the mirror image of a solution is one of another instance.
	for i := range p.X {
		// Not the same from both ends: the multipliers are taken as they are.
		if !p.X[i].Equal(p.X[p.n-1-i]) {
			return p.Y, p.Xi
		}
	}
	return [2][]rational.Rat{mean(p.Y[0], p.Y[1]), mean(p.Y[1], p.Y[0])}, mean(p.Xi, p.Xi)
}

// rows shows value − beta ≥ 0: ξ/2 times the means, y times the constraints; the sums cancel.
func (p *unitProof) rows() {
	y, xi := p.mean()
	var total rational.Rat
	for _, x := range xi {
		total = total.Add(x)
	}
	// By number of the fact: n for beta, then for each order and place a constraint and a
	// sum.
	// Divided by their sum, so that beta has the factor 1, and by 2, for the mean of both
	// orders.
	all := each.Of(xi, func(x rational.Rat) rational.Rat { return x.Quo(total.Add(total)) })
	for order := range 2 {
		// What the sums' equations are multiplied with.
		later := make([]rational.Rat, p.n) // Σ of the y that come behind, by place
		// Facts follow the order of arrival; lists of the optimum go by element.
		sequence := p.sequence(order)
		// From the last place on, where nothing comes behind.
		for k := p.n - 2; k >= 0; k-- {
			later[k] = later[k+1].Add(y[order][sequence[k+1]])
		}
		for k, i := range sequence {
			all = append(all, y[order][i], later[k])
		}
	}
	// The goal is multiplied by the denominator.
	denominator, scaled := integers(all)
	p.ScaledCombine(0, denominator, func() {
		for k, m := range scaled {
			// Facts of constraints stand at even places behind the first n, equations of sums
			// at odd ones.
			if multiplier := k < p.n || (k-p.n)%2 == 0; multiplier && !m.IsZero() {
				p.RatTerm(m.Big(), k)
			}
		}
	}, func() {
		for k, m := range scaled {
			if k >= p.n && (k-p.n)%2 == 1 && !m.IsZero() {
				p.Equation(k, func() { p.RatTerm(m.Big()) })
			}
		}
	})
}

// exists shows that there is a point: the choice.
func (p *unitProof) exists() {
	var sums [2][]rational.Rat
	// Sums are unknowns of the theorem, and so have values as well.
	for order := range 2 {
		sums[order] = make([]rational.Rat, p.n)
		var sum rational.Rat
		for _, i := range p.sequence(order) {
			sum = sum.Add(p.X[i].Mul(p.Choice[order][i]))
			sums[order][i] = sum
		}
	}
	over, scaled := integers(slices.Concat(p.Choice[0], p.Choice[1], sums[0], sums[1], []rational.Rat{p.UnitOptimum.Value}))
	facts := 5 * p.n
	p.Step("witness", func() {
		signs := 0
		p.List("values", func() {
			for k, x := range scaled[:4*p.n] {
				// The format has no values of 0; their signs are no goals either.
				if x.IsZero() {
					continue
				}
				// Choices are nonnegative unknowns, sums are of any sign.
				if k < 2*p.n {
					signs++ // that it is not negative is a goal
				}
				p.Writer.Value(1+k, func() { p.RatTerm(x.Big()) })
			}
		})
		p.Member("over")
		p.Rat(over.Big())
		p.List("steps", func() {
			// 2·over·(value − beta) ≥ 0, once for all goals.
			twice := over.Add(over)
			// beta is at most the value: the one assumption that the point rests on.
			p.Have(">=", func() {
				p.Open('[')
				if !p.UnitOptimum.Value.IsZero() {
					p.RatTerm(twice.Mul(p.UnitOptimum.Value).Big())
				}
				p.RatTerm(twice.Neg().Big(), 0)
				p.Close(']')
			}, func() { p.RatTerm(twice.Big(), facts) }, nil)
			// For each element, that beta is at most the mean of its choices.
			for i := range p.n {
				p.Combine(signs+i, func() { p.Product(1, facts+1) }, nil)
			}
		})
	})
}
