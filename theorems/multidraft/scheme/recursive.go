package scheme

import (
	"context"
	"sync"

	"pstar/rational"
	"pstar/rational/enclose"
	"pstar/theorems/multidraft"
	"pstar/theorems/multidraft/optimum"
)

// A recursion is recursive rejection of independent drafts: r_1 = q, draft k is
// accepted with probability min(1, r_k/p_k), and r_{k+1} is (r_k - p_k)^+
// normalised. It keeps R_k, which is r_k times the probability that the first
// k-1 drafts are rejected, as integers in one unit, so that nothing is divided.
type recursion struct {
	residuals []multidraft.Distribution // r_1, ..., r_{K+1}; of unit 0 once nothing is left
	accepted  []rational.Int            // of each token, by all drafts together
	left      rational.Int              // the weight of R_{K+1}
	unit      rational.Int
}

// newRecursion offers all drafts in turn, O(K n) products of integers that grow with each draft.
func newRecursion(rows []multidraft.Distribution, q multidraft.Distribution) *recursion {
	r := &recursion{residuals: []multidraft.Distribution{q}, unit: q.Unit}
	r.accepted = make([]rational.Int, q.Weights.Len())
	for _, p := range rows {
		r.step(p)
	}
	r.left = r.residuals[len(rows)].Unit
	return r
}

// step offers one draft of law p. With R the current residual and C its weight,
// the draft reaches token i and is accepted there with weight min(R_i, C p_i).
func (r *recursion) step(p multidraft.Distribution) {
	last := r.residuals[len(r.residuals)-1]
	next := multidraft.Distribution{Weights: rational.NewPacked(p.Weights.Len())}
	// Every weight so far is multiplied by this unit in the loop.
	r.unit = r.unit.Mul(p.Unit)
	for i, w := range p.Weights.All() {
		// What is left of q at i against what the draft brings there.
		wanted, offered := last.Weights.At(i).Mul(p.Unit), last.Unit.Mul(w)
		r.accepted[i] = r.accepted[i].Mul(p.Unit).Add(minInt(wanted, offered))
		next.Weights.Set(i, positivePart(wanted.Sub(offered)))
		next.Unit = next.Unit.Add(next.Weights.At(i))
	}
	r.residuals = append(r.residuals, next)
}

// acceptance is that by any of the drafts.
func (r *recursion) acceptance() rational.Rat { return one.Sub(rational.RatFromInts(r.left, r.unit)) }

// longRecursion reports whether the residuals would be too long to be written out. The K-th one has bits for each of its weights, those of all
// laws before it, and there are K.
func longRecursion(s *multidraft.Instance) (bits int, long bool) {
	bits = recursionBits(s)
	return bits, bits > maxPowerBits || bits > maxLawBits/s.N()/s.K()
}

// RejectInTurn is the acceptance of recursive rejection with replacement from its residuals, one for each draft, and by no
// formula: to compare it with one. The error is *theorems.Unsettled where they would be too long to be written out.
func RejectInTurn(s *multidraft.Instance) (rational.Rat, error) {
	// More than a law of the output may take, which nobody asks for here.
	if bits := recursionBits(s); bits > maxPowerBits || bits > maxPlanBits/s.N()/s.K() {
		return rational.Rat{}, tooLarge(Recursive, s, int64(bits)*int64(s.N())*int64(s.K()), maxPlanBits)
	}
	return newRecursion(s.Rows(), s.Target()).acceptance(), nil
}

// planRecursive is recursive rejection with replacement (SpecInfer): the
// acceptance is 1 minus the product over k of 1 - sum of min(r_k, p_k). Where the numbers are long the acceptance
// is that of MD-R1, and the law of the output is not added up.
func planRecursive(ctx context.Context, s *multidraft.Instance, o Options) (plan, error) {
	bits, long := longRecursion(s)
	if long {
		return planLongRecursive(ctx, s, o, bits)
	}
	r := newRecursion(s.Rows(), s.Target())
	law := multidraft.Distribution{Weights: rational.NewPacked(s.N()), Unit: r.unit}
	// Accepted by some draft, or drawn from the last residual.
	for i, a := range r.accepted {
		law.Weights.Set(i, a.Add(r.residuals[s.K()].Weights.At(i)))
	}
	return plan{
		instance: s, law: law,
		acceptance: enclose.Point(r.acceptance()),
		decide:     decideRecursive(s, func() []multidraft.Distribution { return r.residuals }),
	}, nil
}

// decideRecursive offers the drafts in turn against the residuals, which are made when a word is decided.
func decideRecursive(s *multidraft.Instance, residuals func() []multidraft.Distribution) func(word []int) Decision {
	return func(word []int) Decision {
		list := residuals()
		return decideInTurn(word, list, func(k, x int) rational.Rat { return rejectionKeep(list[k], s.Rows()[k], x) })
	}
}

// recursionBits bounds the binary digits of the unit of the last residual.
func recursionBits(s *multidraft.Instance) int {
	bits := s.Target().Unit.BitLen()
	for _, p := range s.Rows() {
		bits += p.Unit.BitLen()
	}
	return bits
}

// planLongRecursive is for drafts from one law, of which MD-R1 has the acceptance without any residual.
func planLongRecursive(ctx context.Context, s *multidraft.Instance, o Options, bits int) (plan, error) {
	if s.Model() != multidraft.ModelIID {
		return plan{}, tooLarge(Recursive, s, int64(bits)*int64(s.N())*int64(s.K()), maxLawBits)
	}
	p := plan{instance: s, law: s.Target(), parameters: []Parameter{byTheorem("MD-SI: si_lossless")}}
	if bits > maxPowerBits {
		p.parameters = append(p.parameters, longAcceptance(bits))
	} else {
		residuals := sync.OnceValue(func() []multidraft.Distribution { return newRecursion(s.Rows(), s.Target()).residuals })
		p.decide = decideRecursive(s, residuals)
	}
	var err error
	p.acceptance, err = recursiveAcceptance(ctx, s, o)
	return p, err
}

// recursiveAcceptance is that of recursive rejection of iid drafts by MD-R1: with
// φ(λ) the sum of (q - λp)^+, λ_1 = 0 and λ_{k+1} = λ_k + φ(λ_k) it is 1 - φ(λ_{K+1}). The
// residual after k rejections is (q - λ_{k+1} p)^+ normalised, so that no law has to be
// written down: K + 1 passes over the tokens, of which each adds up two numbers. Where the fraction would be long
// it is enclosed.
func recursiveAcceptance(ctx context.Context, s *multidraft.Instance, o Options) (enclose.Interval, error) {
	if recursionBits(s) > maxPowerBits {
		return enclosedRecursion(ctx, s, o.enclosedDigits())
	}
	p, q := s.Rows()[0], s.Target()
	ratios := optimum.NewRatios(p, q)
	// λ_1 and φ(λ_1) in units of q; then each step multiplies the unit by that of p. A common divisor of such long
	// numbers would take longer to find than all else, and is looked for once.
	lambda, left, unit, power := rational.Int{}, q.Unit, q.Unit, rational.NewInt(1)
	for range s.K() {
		lambda = lambda.Add(left)
		drafted, targeted := ratios.Above(lambda, unit)
		power, unit = power.Mul(p.Unit), unit.Mul(p.Unit)
		// φ(λ) over the tokens with q > λp, of which there are the sums of both.
		left = targeted.Mul(power).Sub(lambda.Mul(drafted))
		lambda = lambda.Mul(p.Unit)
	}
	return enclose.Point(one.Sub(rational.RatFromInts(left, unit))), ctx.Err()
}

// rejectionKeep is min(1, r(x)/p(x)).
func rejectionKeep(r, p multidraft.Distribution, x int) rational.Rat {
	wanted, offered := r.Weights.At(x).Mul(p.Unit), r.Unit.Mul(p.Weights.At(x))
	// Also where both are 0, for a token that is never drafted.
	if offered.Cmp(wanted) <= 0 {
		return one
	}
	return rational.RatFromInts(wanted, offered)
}

// decideInTurn offers the drafts one after another, each kept with probability
// keep; what is left is drawn from the last residual.
func decideInTurn(word []int, residuals []multidraft.Distribution, keep func(k, x int) rational.Rat) Decision {
	var d Decision
	left := one
	for k, x := range word {
		if left.IsZero() {
			return d
		}
		// Given that all before it were rejected.
		a := keep(k, x)
		if mass := left.Mul(a); !mass.IsZero() {
			d.Accepted, d.Mass = append(d.Accepted, x), append(d.Mass, mass)
		}
		left = left.Sub(left.Mul(a))
	}
	if !left.IsZero() {
		d.Rest = residuals[len(word)]
	}
	return d
}
