package vocabulary

import (
	"math"
	"sync"

	"pstar/rational"
)

// A quadrature rule on [0, 1]: nodes with few binary digits, and the weights with which
// polynomials of lower degree than there are nodes are integrated exactly, rounded to the
// nearest float.
type quadrature struct{ nodes, weights []float64 }

const (
	ruleNodes = 32
	nodeBits  = 20
)

// clockRule has nodes near those of Chebyshev's polynomial. Any would do: the weights are
// worked out for those that are taken, and are seen to be positive.
var clockRule = sync.OnceValue(func() quadrature {
	var r quadrature
	nodes := make([]rational.Rat, ruleNodes)
	for j := range nodes {
		t := math.Round(math.Ldexp((1-math.Cos(math.Pi*(float64(j)+0.5)/ruleNodes))/2, nodeBits))
		r.nodes = append(r.nodes, math.Ldexp(t, -nodeBits))
		nodes[j] = rational.NewRat(int64(t), 1<<nodeBits)
	}
	for _, w := range interpolatory(nodes) {
		// The bound of the truncation takes positive weights: a rule without them is a fault of
		// these constants.
		if w.Sign() <= 0 {
			panic("optimum: a weight of the quadrature is not positive")
		}
		r.weights = append(r.weights, w.Float64())
	}
	return r
})

// interpolatory returns the integrals over [0, 1] of the polynomials that are 1 at one
// node and 0 at the others.
func interpolatory(nodes []rational.Rat) []rational.Rat {
	product := []rational.Rat{whole} // of all t - t_j, coefficients from the lowest
	for _, t := range nodes {
		next := make([]rational.Rat, len(product)+1)
		for i, c := range product {
			next[i] = next[i].Sub(c.Mul(t))
			next[i+1] = next[i+1].Add(c)
		}
		product = next
	}
	weights := make([]rational.Rat, len(nodes))
	for j, t := range nodes {
		// Divide by t - t_j from the top; the quotient at t_j is the normalisation.
		var quotient, integral, value rational.Rat
		power := make([]rational.Rat, len(nodes))
		for i := len(nodes); i > 0; i-- {
			quotient = quotient.Mul(t).Add(product[i])
			power[i-1] = quotient
			integral = integral.Add(quotient.Quo(rational.NewRat(int64(i), 1)))
		}
		for i := len(nodes) - 1; i >= 0; i-- {
			value = value.Mul(t).Add(power[i])
		}
		weights[j] = integral.Quo(value)
	}
	return weights
}
