package multidraft

import (
	"context"
	"fmt"
	"slices"
	"sort"

	"pstar/rational"
)

// defaultBits is the number of binary digits to which γ* is enclosed.
const defaultBits = 64

// A kseq is the K-SEQ scheme of SpecTr for iid drafts: each draft x is accepted
// with probability min(1, q_x/(γ p_x)), so that a draft is accepted with
// probability β(γ) = sum of min(p, q/γ), and one of K with 1 - (1-β)^K.
type kseq struct {
	k     int
	p, q  Distribution
	order []int // tokens with p > 0 by q/p ascending
	// Prefix sums over the order.
	drafted, targeted []rational.Int
}

func newKSEQ(k int, p, q Distribution) *kseq {
	x := &kseq{k: k, p: p, q: q, order: byRatio(p, q)}
	x.drafted = make([]rational.Int, len(x.order)+1)
	x.targeted = make([]rational.Int, len(x.order)+1)
	for j, i := range x.order {
		x.drafted[j+1] = x.drafted[j].Add(p.weights[i])
		x.targeted[j+1] = x.targeted[j].Add(q.weights[i])
	}
	return x
}

// beta is β(γ), from the prefix of the tokens with q/p < γ: O(log n).
func (x *kseq) beta(gamma rational.Rat) rational.Rat {
	g := gamma.Mul(rational.RatFromInts(x.q.unit, x.p.unit))
	length := sort.Search(len(x.order), func(j int) bool {
		i := x.order[j]
		return x.q.weights[i].Mul(g.Den()).Cmp(g.Num().Mul(x.p.weights[i])) >= 0
	})
	above := x.p.unit.Sub(x.drafted[length])
	return rational.RatFromInts(x.targeted[length], x.q.unit).Quo(gamma).Add(rational.RatFromInts(above, x.p.unit))
}

// accepts is 1 - (1-β)^K.
func (x *kseq) accepts(beta rational.Rat) rational.Rat {
	return one.Sub(one.Sub(beta).Pow(x.k))
}

// surplus is 1 - (1-β)^K - γβ, positive below γ*, zero at γ* and negative above:
// β falls with γ, and γβ = sum of min(γp, q) grows.
func (x *kseq) surplus(gamma rational.Rat) rational.Rat {
	beta := x.beta(gamma)
	return x.accepts(beta).Sub(gamma.Mul(beta))
}

// root encloses γ* within 2^-bits by bisection of [1, K] with exact signs, and
// finds it exactly if it is the simplest fraction of the last interval.
func (x *kseq) root(bits int) Enclosure {
	low, high := one, rational.NewRat(int64(x.k), 1)
	if x.surplus(low).Sign() <= 0 {
		return Exactly(low)
	}
	half := rational.NewRat(1, 2)
	for width := high.Sub(low); width.Cmp(half.Pow(bits)) > 0; width = width.Mul(half) {
		middle := low.Add(high).Mul(half)
		switch x.surplus(middle).Sign() {
		case 0:
			return Exactly(middle)
		case 1:
			low = middle
		default:
			high = middle
		}
	}
	if simple := simplest(low, high); x.surplus(simple).IsZero() {
		return Exactly(simple)
	}
	return Enclosure{low, high}
}

// simplest is the fraction of least denominator in [low, high], 0 < low <= high,
// by continued fractions.
func simplest(low, high rational.Rat) rational.Rat {
	whole, part := low.Num().QuoRem(low.Den())
	if part.IsZero() {
		return low
	}
	next := rational.RatFromInt(whole.Add(rational.NewInt(1)))
	if next.Cmp(high) <= 0 {
		return next
	}
	base := rational.RatFromInt(whole)
	return base.Add(simplest(high.Sub(base).Inv(), low.Sub(base).Inv()).Inv())
}

func planKSEQ(_ context.Context, s *Setting, o SchemeOptions) (plan, error) {
	x := newKSEQ(s.k, s.rows[0], s.target)
	gamma := Enclosure{}
	if o.Gamma != nil {
		if o.Gamma.Sign() <= 0 {
			return plan{}, optionErrorf("gamma", "γ = %v, want a positive number", o.Gamma)
		}
		gamma = Exactly(*o.Gamma)
	} else {
		bits := orDefault(o.Bits, defaultBits)
		if bits < 1 || bits > maxBits {
			return plan{}, optionErrorf("bits", "%d binary digits of γ*, want 1..%d", bits, maxBits)
		}
		gamma = x.root(bits)
	}
	return x.plan(s, gamma), nil
}

// maxBits bounds the digits of γ*.
const maxBits = 4096

// plan works the rule out for the upper end of γ; the acceptance falls with γ.
// From γ* upwards the rule is lossless. Below, a token may be accepted with more
// than its probability q: then what is left of q is the positive part, as programs
// have it, and the law of the output is another.
func (x *kseq) plan(s *Setting, gamma Enclosure) plan {
	beta := x.beta(gamma.Upper)
	accepts := x.accepts(beta)
	accepted := x.accepted(gamma.Upper, beta, accepts)
	parameters := gammaParameters(gamma)
	residual := Distribution{weights: make([]rational.Int, s.N())}
	scale := accepted.unit.DivExact(s.target.unit)
	over := false // whether a token is accepted with more than q
	for i, w := range s.target.weights {
		left := w.Mul(scale).Sub(accepted.weights[i])
		if left.Sign() < 0 && !over {
			over = true
			parameters = append(parameters, Parameter{"residual",
				fmt.Sprintf("(q - accepted)^+ normalised: γ is below γ*, and token %d is accepted with more than q_%d", i+1, i+1)})
		}
		residual.weights[i] = positivePart(left)
		residual.unit = residual.unit.Add(residual.weights[i])
	}
	keep := func(_, i int) rational.Rat {
		ratio := rational.RatFromInts(s.target.weights[i].Mul(x.p.unit), x.p.weights[i].Mul(s.target.unit))
		return rational.MinRat(one, ratio.Quo(gamma.Upper))
	}
	residuals := slices.Repeat([]Distribution{residual}, s.k+1)
	return plan{
		setting: s, law: completed(accepted, residual),
		acceptance: Enclosure{accepts, x.accepts(x.beta(gamma.Lower))},
		parameters: parameters,
		decide:     func(word []int) Decision { return decideInTurn(word, residuals, keep) },
	}
}

// completed adds the residual, in the same unit, to what is accepted, scaled to
// the probability that nothing is. If it has that weight the scale is 1.
func completed(accepted, residual Distribution) Distribution {
	left, scale := accepted.unit.Sub(sum(accepted.weights)), residual.unit
	if left.Equal(residual.unit) {
		left, scale = rational.NewInt(1), rational.NewInt(1)
	}
	law := Distribution{weights: make([]rational.Int, len(accepted.weights)), unit: accepted.unit.Mul(scale)}
	for i, a := range accepted.weights {
		law.weights[i] = a.Mul(scale).Add(left.Mul(residual.weights[i]))
	}
	return law
}

// accepted is the law of an accepted output, min(p, q/γ)(1 - (1-β)^K)/β, in a
// multiple of the unit of q.
func (x *kseq) accepted(gamma, beta, accepts rational.Rat) Distribution {
	if beta.IsZero() {
		return Distribution{weights: make([]rational.Int, len(x.q.weights)), unit: x.q.unit}
	}
	// min(p_i, q_i/γ) f = min(p_i q.unit γ, q_i p.unit) * f/γ / (p.unit q.unit).
	f := accepts.Quo(beta).Quo(gamma)
	a, b := gamma.Num(), gamma.Den()
	out := Distribution{weights: make([]rational.Int, len(x.q.weights)),
		unit: x.p.unit.Mul(x.q.unit).Mul(b).Mul(f.Den())}
	for i := range out.weights {
		least := minInt(x.p.weights[i].Mul(x.q.unit).Mul(a), x.q.weights[i].Mul(x.p.unit).Mul(b))
		out.weights[i] = least.Mul(f.Num())
	}
	return out
}

func gammaParameters(gamma Enclosure) []Parameter {
	if gamma.Exact() {
		return []Parameter{{"γ", gamma.Upper.String()}}
	}
	return []Parameter{{"γ* at least", gamma.Lower.String()}, {"γ* at most", gamma.Upper.String()}}
}
