package scheme

import (
	"context"
	"fmt"
	"slices"
	"sort"
	"sync"

	"pstar/rational"
	"pstar/rational/enclose"
	"pstar/theorems/multidraft"
	"pstar/theorems/multidraft/optimum"
)

// defaultBits is the number of binary digits to which γ* is enclosed.
const defaultBits = 64

// A kseq is the K-SEQ scheme of SpecTr for iid drafts: each draft x is accepted
// with probability min(1, q_x/(γ p_x)), so that a draft is accepted with
// probability β(γ) = sum of min(p, q/γ), and one of K with 1 - (1-β)^K.
type kseq struct {
	k     int
	p, q  multidraft.Distribution
	order []int // tokens with p > 0 by q/p ascending
	// Prefix sums over the order.
	drafted, targeted []rational.Int
}

// newKSEQ sorts once; each β(γ) is a search in the prefix sums.
func newKSEQ(k int, p, q multidraft.Distribution) *kseq {
	x := &kseq{k: k, p: p, q: q, order: optimum.ByRatio(p, q)}
	x.drafted = make([]rational.Int, len(x.order)+1)
	x.targeted = make([]rational.Int, len(x.order)+1)
	for j, i := range x.order {
		x.drafted[j+1] = x.drafted[j].Add(p.Weights.At(i))
		x.targeted[j+1] = x.targeted[j].Add(q.Weights.At(i))
	}
	return x
}

// beta is β(γ), from the prefix of the tokens with q/p < γ: O(log n).
func (x *kseq) beta(gamma rational.Rat) rational.Rat {
	// q_i/p_i < γ in weights: γ times the ratio of the units.
	g := gamma.Mul(rational.RatFromInts(x.q.Unit, x.p.Unit))
	length := sort.Search(len(x.order), func(j int) bool {
		i := x.order[j]
		return x.q.Weights.At(i).Mul(g.Den()).Cmp(g.Num().Mul(x.p.Weights.At(i))) >= 0
	})
	// Where γ p_i is at most q_i the draft is always accepted.
	above := x.p.Unit.Sub(x.drafted[length])
	return rational.RatFromInts(x.targeted[length], x.q.Unit).Quo(gamma).Add(rational.RatFromInts(above, x.p.Unit))
}

// accepts is 1 - (1-β)^K.
func (x *kseq) accepts(beta rational.Rat) rational.Rat {
	return one.Sub(one.Sub(beta).Pow(x.k))
}

// surplus is the sign of 1 - (1-β)^K - γβ, positive below γ*, zero at γ* and negative above:
// β falls with γ, and γβ = sum of min(γp, q) grows. The power may have millions of digits, and is
// written out only where it is short or nothing else decides.
func (x *kseq) surplus(gamma rational.Rat) int {
	beta := x.beta(gamma)
	return -enclose.ComparePower(one.Sub(beta), uint(x.k), one.Sub(gamma.Mul(beta)))
}

// root encloses γ* within 2^-bits by bisection of [1, K] with exact signs, and
// finds it exactly if it is the simplest fraction of the last interval. It fails only if
// ctx ends.
func (x *kseq) root(ctx context.Context, bits int) (enclose.Interval, error) {
	// At γ = K the surplus is not positive: 1 − (1−β)^K is at most Kβ.
	low, high := one, rational.NewRat(int64(x.k), 1)
	// γ* is 1: for one draft, or where β(1) is 0 or 1.
	if x.surplus(low) <= 0 {
		return enclose.Point(low), nil
	}
	half := rational.NewRat(1, 2)
	// The width halves each time: its count of rounds is known before.
	for width := high.Sub(low); width.Cmp(half.Pow(bits)) > 0; width = width.Mul(half) {
		if err := ctx.Err(); err != nil {
			return enclose.Interval{}, err
		}
		middle := low.Add(high).Mul(half)
		switch x.surplus(middle) {
		case 0:
			return enclose.Point(middle), nil
		case 1:
			low = middle
		default:
			high = middle
		}
	}
	// Often γ* is a short fraction, and then an enclosure would hide it.
	if simple := simplest(low, high); x.surplus(simple) == 0 {
		return enclose.Point(simple), nil
	}
	return enclose.Interval{Lo: low, Hi: high}, nil
}

// simplest is the fraction of least denominator in [low, high], 0 < low <= high,
// by continued fractions.
func simplest(low, high rational.Rat) rational.Rat {
	whole, part := low.Num().QuoRem(low.Den())
	if part.IsZero() {
		return low
	}
	next := rational.RatFromInt(whole.Add(rational.NewInt(1)))
	// A whole number lies in the interval: no fraction is simpler.
	if next.Cmp(high) <= 0 {
		return next
	}
	base := rational.RatFromInt(whole)
	// The whole part is common: the rest turned over is the same question, with smaller numbers.
	return base.Add(simplest(high.Sub(base).Inv(), low.Sub(base).Inv()).Inv())
}

func planKSEQ(ctx context.Context, s *multidraft.Instance, o Options) (plan, error) {
	x := newKSEQ(s.K(), s.Rows()[0], s.Target())
	gamma := enclose.Interval{}
	// Given exactly: whether it is at least γ* shows in the law of the output.
	if o.Gamma != nil {
		// q/(γp) has no meaning.
		if o.Gamma.Sign() <= 0 {
			return plan{}, optionErrorf("gamma", "γ = %v, want a positive number", o.Gamma)
		}
		gamma = enclose.Point(*o.Gamma)
	} else {
		bits := orDefault(o.Bits, defaultBits)
		if bits < 1 || bits > maxBits {
			return plan{}, optionErrorf("bits", "%d binary digits of γ*, want 1..%d", bits, maxBits)
		}
		var err error
		if gamma, err = x.root(ctx, bits); err != nil {
			return plan{}, err
		}
	}
	return x.plan(ctx, s, gamma, o)
}

// maxBits bounds the digits of γ*.
const maxBits = 4096

// plan works the rule out for the upper end of γ; the acceptance falls with γ.
// From γ* upwards the rule is lossless. Below, a token may be accepted with more
// than its probability q: then what is left of q is the positive part, as programs
// have it, and the law of the output is another. Of a long fraction the acceptance is enclosed. It fails if
// the law is another and too long to be written out, or if ctx ends.
func (x *kseq) plan(ctx context.Context, s *multidraft.Instance, gamma enclose.Interval, o Options) (plan, error) {
	beta := x.beta(gamma.Hi)
	p := plan{instance: s, law: s.Target(), parameters: gammaParameters(gamma)}
	bits := x.k * one.Sub(beta).Den().BitLen()
	added := bits <= maxPowerBits && bits <= maxLawBits/s.N()
	// At most γβ is accepted, so that of each token it is at most q: q is what comes out.
	if !added && x.surplus(gamma.Hi) > 0 {
		return plan{}, tooLarge(KSEQ, s, int64(bits)*int64(s.N()), maxLawBits)
	}
	// The acceptance falls with γ: its lower end belongs to the upper end of γ.
	if bits > maxPowerBits {
		p.acceptance = enclose.Interval{Lo: missed(one.Sub(beta), x.k, o.enclosedDigits()).Lo, Hi: missed(one.Sub(x.beta(gamma.Lo)), x.k, o.enclosedDigits()).Hi}
		p.parameters = append(p.parameters, longAcceptance(bits), byTheorem("MD-SpecTr: ks_lossless"))
		return p, nil
	}
	p.acceptance = enclose.Interval{Lo: x.accepts(beta), Hi: x.accepts(x.beta(gamma.Lo))}
	// Made for the law, or for the first word that is decided.
	left := sync.OnceValue(func() leftOver { return x.leftOver(gamma.Hi, beta) })
	p.decide = x.decide(gamma.Hi, func() multidraft.Distribution { return left().residual })
	if !added {
		p.parameters = append(p.parameters, byTheorem("MD-SpecTr: ks_lossless"))
		return p, nil
	}
	p.law = completed(left().accepted, left().residual)
	if i := left().over; i >= 0 {
		p.parameters = append(p.parameters, Parameter{"residual",
			fmt.Sprintf("(q - accepted)^+ normalised: γ is below γ*, and token %d is accepted with more than q_%d", i+1, i+1)})
	}
	return p, ctx.Err()
}

// decide offers the drafts in turn, each with min(1, q_i/(γ p_i)), for γ the upper end, as in the law.
func (x *kseq) decide(gamma rational.Rat, residual func() multidraft.Distribution) func(word []int) Decision {
	keep := func(_, i int) rational.Rat {
		ratio := rational.RatFromInts(x.q.Weights.At(i).Mul(x.p.Unit), x.p.Weights.At(i).Mul(x.q.Unit))
		return rational.MinRat(one, ratio.Quo(gamma))
	}
	return func(word []int) Decision {
		// One residual for whatever draft is the last: K-SEQ draws from it only after all K.
		return decideInTurn(word, slices.Repeat([]multidraft.Distribution{residual()}, x.k+1), keep)
	}
}

// A leftOver is the law of an accepted output, what is left of q then, in a multiple of the unit
// of q, and the first token that is accepted with more than q, or -1.
type leftOver struct {
	accepted, residual multidraft.Distribution
	over               int
}

func (x *kseq) leftOver(gamma, beta rational.Rat) leftOver {
	l := leftOver{x.accepted(gamma, beta, x.accepts(beta)), multidraft.Distribution{Weights: rational.NewPacked(x.q.Weights.Len())}, -1}
	// Exact: the unit of what is accepted is a multiple of that of q.
	scale := l.accepted.Unit.DivExact(x.q.Unit)
	for i, w := range x.q.Weights.All() {
		left := w.Mul(scale).Sub(l.accepted.Weights.At(i))
		if left.Sign() < 0 && l.over < 0 {
			l.over = i
		}
		l.residual.Weights.Set(i, positivePart(left))
		l.residual.Unit = l.residual.Unit.Add(l.residual.Weights.At(i))
	}
	return l
}

// completed adds the residual, in the same unit, to what is accepted, scaled to
// the probability that nothing is. If it has that weight the scale is 1.
func completed(accepted, residual multidraft.Distribution) multidraft.Distribution {
	left, scale := accepted.Unit.Sub(accepted.Weights.Sum()), residual.Unit
	// The rule is lossless: what is left is the residual itself, and nothing is scaled.
	if left.Equal(residual.Unit) {
		left, scale = rational.NewInt(1), rational.NewInt(1)
	}
	law := multidraft.Distribution{Weights: rational.NewPacked(accepted.Weights.Len()), Unit: accepted.Unit.Mul(scale)}
	for i, a := range accepted.Weights.All() {
		law.Weights.Set(i, a.Mul(scale).Add(left.Mul(residual.Weights.At(i))))
	}
	return law
}

// accepted is the law of an accepted output, min(p, q/γ)(1 - (1-β)^K)/β, in a
// multiple of the unit of q.
func (x *kseq) accepted(gamma, beta, accepts rational.Rat) multidraft.Distribution {
	// p and q have no token in common: nothing is accepted, and β divides below.
	if beta.IsZero() {
		return multidraft.Distribution{Weights: rational.NewPacked(x.q.Weights.Len()), Unit: x.q.Unit}
	}
	// min(p_i, q_i/γ) f = min(p_i q.unit γ, q_i p.unit) * f/γ / (p.unit q.unit).
	f := accepts.Quo(beta).Quo(gamma)
	a, b := gamma.Num(), gamma.Den()
	out := multidraft.Distribution{Weights: rational.NewPacked(x.q.Weights.Len()),
		Unit: x.p.Unit.Mul(x.q.Unit).Mul(b).Mul(f.Den())}
	// What p and q/γ have in common, times the chance for each mass of it to be the one
	// accepted.
	for i := range out.Weights.Len() {
		least := minInt(x.p.Weights.At(i).Mul(x.q.Unit).Mul(a), x.q.Weights.At(i).Mul(x.p.Unit).Mul(b))
		out.Weights.Set(i, least.Mul(f.Num()))
	}
	return out
}

// gammaParameters tells γ, or what γ* lies between.
func gammaParameters(gamma enclose.Interval) []Parameter {
	if gamma.Exact() {
		return []Parameter{{"γ", gamma.Hi.String()}}
	}
	return []Parameter{{"γ* at least", gamma.Lo.String()}, {"γ* at most", gamma.Hi.String()}}
}
