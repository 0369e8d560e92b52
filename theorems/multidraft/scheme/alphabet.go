package scheme

import (
	"context"
	"slices"
	"strconv"

	"pstar/rational"
	"pstar/rational/enclose"
	"pstar/theorems/multidraft"
)

// defaultTop is the number of likeliest tokens in the experiments of [IS].
const defaultTop = 5

// alphabet returns Ω_0 for laws of which the likeliest tokens count.
func (o Options) alphabet(n int, laws ...multidraft.Distribution) ([]int, error) {
	// No set was given: the likeliest tokens of each law, which overlap.
	if o.Alphabet == nil {
		top := orDefault(o.Top, defaultTop)
		if top < 0 {
			return nil, optionErrorf("top", "the %d likeliest tokens, want at least 1", top)
		}
		var tokens []int
		for _, law := range laws {
			tokens = append(tokens, law.Likeliest(top)...)
		}
		slices.Sort(tokens)
		return slices.Compact(tokens), nil
	}
	// Empty is not nil: somebody said that no token is in it.
	if len(o.Alphabet) == 0 {
		return nil, optionErrorf("alphabet", "Ω_0 is empty")
	}
	// A copy: the list is the caller's, and may come in any order.
	tokens := multidraft.SortedCopy(o.Alphabet)
	for j, i := range tokens {
		switch {
		case i < 0 || i >= n:
			return nil, optionErrorf("alphabet", "token %d of Ω_0, want 1..%d", i+1, n)
		case j > 0 && tokens[j-1] == i:
			return nil, optionErrorf("alphabet", "token %d of Ω_0 is listed twice", i+1)
		}
	}
	return tokens, nil
}

// describeAlphabet tells the set, or its size if it is long.
func describeAlphabet(tokens []int) Parameter {
	// A long list would fill the line that shows it.
	if len(tokens) > 20 {
		return Parameter{"|Ω_0|", strconv.Itoa(len(tokens))}
	}
	return Parameter{"Ω_0", "{" + multidraft.TokenList(tokens) + "}"}
}

// planAlphabetIS is the truncated alphabet of [IS] (B.2, Alg. 2): drafts outside
// Ω_0 are dropped. Given that m are left they are iid from p conditioned on Ω_0,
// and optimal importance weights for m drafts are used, then speculative
// sampling against q. If none is left the output is drawn from q.
func planAlphabetIS(ctx context.Context, s *multidraft.Instance, o Options) (plan, error) {
	p, q := s.Rows()[0], s.Target()
	tokens, err := o.alphabet(s.N(), p, q)
	if err != nil {
		return plan{}, err
	}
	// A look-up for each draft of each word, in place of a search in the list.
	inside := make([]bool, s.N())
	for _, i := range tokens {
		inside[i] = true
	}
	kept := p.MassOf(tokens)
	out := plan{instance: s, law: q, parameters: []Parameter{describeAlphabet(tokens)}}
	if kept.IsZero() { // no draft is ever left
		out.acceptance = enclose.Point(rational.Rat{})
		out.decide = func([]int) Decision { return Decision{Rest: q} }
		return out, nil
	}
	// The law of each draft that is left, whichever number of them is.
	truncated := p.Only(func(i int) bool { return inside[i] })
	parts, err := importanceParts(ctx, truncated, s)
	if err != nil {
		return plan{}, err
	}
	var mix mixture
	// m from 0 to K: the plan for no draft is the first.
	for m, part := range parts {
		// Exactly m of K drafts lie in Ω_0, which has a binomial law.
		mix.add(binomial(s.K(), m), kept, p.Unit.Sub(kept), m, s.K()-m, part)
	}
	// The weights of the mixture sum to the K-th power of the unit of p.
	out.acceptance = enclose.Point(mix.accepted.Quo(rational.RatFromInt(p.Unit.Pow(uint(s.K())))))
	out.law = mix.law(q)
	out.decide = decideKept(parts, inside)
	return out, nil
}

// maxMixtureBits bounds the binary digits of one of the acceptances that are mixed.
const maxMixtureBits = 1 << 14

// importanceParts works out optimal importance sampling for m = 0..K drafts from
// p; without drafts the output is drawn from q.
func importanceParts(ctx context.Context, p multidraft.Distribution, s *multidraft.Instance) ([]plan, error) {
	q := s.Target()
	if err := stagedLimit(AlphabetIS, s, p.Unit.BitLen()); err != nil {
		return nil, err
	}
	// Of the acceptances, whose sum has a greatest common divisor for each.
	if bits := s.K() * p.Unit.BitLen(); bits > maxMixtureBits {
		return nil, tooLarge(AlphabetIS, s, int64(bits)*int64(s.K()), maxMixtureBits*maxMixtureBits/int64(p.Unit.BitLen()))
	}
	// Nothing is accepted where nothing is left: the output is a draw from q.
	parts := []plan{{
		acceptance: enclose.Point(rational.Rat{}), law: s.Target(),
		decide: func([]int) Decision { return Decision{Rest: q} },
	}}
	for m := 1; m <= s.K(); m++ {
		fewer, err := multidraft.New(multidraft.ModelIID, m, []multidraft.Distribution{p}, q)
		if err != nil {
			return nil, err
		}
		// Each number of drafts has weights of its own: those for K drafts are not optimal for
		// fewer.
		part, err := planImportance(ctx, fewer, Options{})
		if err != nil {
			return nil, err
		}
		parts = append(parts, part)
	}
	return parts, nil
}

// decideKept decides by the drafts within Ω_0, as the plan for their number does. It is nil if one
// of the plans has no table.
func decideKept(parts []plan, inside []bool) func(word []int) Decision {
	for _, part := range parts {
		if part.decide == nil {
			return nil
		}
	}
	// The drafts that are left keep their order; which ones they are does not matter to the
	// plan.
	return func(word []int) Decision {
		var left []int
		for _, x := range word {
			if inside[x] {
				left = append(left, x)
			}
		}
		return parts[len(left)].decide(left)
	}
}

// binomial is n over k. Each partial product is a binomial coefficient, so that the division is
// exact.
func binomial(n, k int) rational.Int {
	c := rational.NewInt(1)
	for j := range k {
		c = c.Mul(rational.NewInt(int64(n - j))).DivExact(rational.NewInt(int64(j + 1)))
	}
	return c
}

// A mixture adds up plans with integer weights.
type mixture struct {
	accepted rational.Rat
	weights  []rational.Int
	parts    []plan
}

// add gives the plan the weight count * a^m * b^l.
func (x *mixture) add(count, a, b rational.Int, m, l int, p plan) {
	// As integers: p(Ω_0)^m (1 − p(Ω_0))^(K−m) over the K-th power of the unit, which all parts
	// share.
	w := count.Mul(a.Pow(uint(m))).Mul(b.Pow(uint(l)))
	x.accepted = x.accepted.Add(p.acceptance.Lo.Mul(rational.RatFromInt(w)))
	x.weights, x.parts = append(x.weights, w), append(x.parts, p)
}

// law is the mean of the output laws. Most of them are the target q itself, in a
// unit of their own that has nothing in common with the others'; those are
// written in the unit of q.
func (x *mixture) law(q multidraft.Distribution) multidraft.Distribution {
	// The zero measure, to which the parts are added.
	law := multidraft.Distribution{Weights: rational.NewPacked(q.Weights.Len()), Unit: rational.NewInt(1)}
	for j, part := range x.parts {
		e := part.law
		// Equal to q as a law, with larger integers: the sum of K units without common factors
		// would have thousands of digits.
		if e.FirstDifference(q) < 0 {
			e = q
		}
		law = plus(law, x.weights[j], e)
	}
	// Weights are not normalised in between: their sum divides once.
	law.Unit = law.Unit.Mul(multidraft.Sum(x.weights))
	return law
}

// plus is d + w e, as measures.
func plus(d multidraft.Distribution, w rational.Int, e multidraft.Distribution) multidraft.Distribution {
	out := multidraft.Distribution{Weights: rational.NewPacked(d.Weights.Len()), Unit: rational.LCM(d.Unit, e.Unit)}
	// Both on the least common unit, w counting as a factor of e.
	a, b := out.Unit.DivExact(d.Unit), out.Unit.DivExact(e.Unit).Mul(w)
	for i := range out.Weights.Len() {
		out.Weights.Set(i, d.Weights.At(i).Mul(a).Add(e.Weights.At(i).Mul(b)))
	}
	return out
}

// planAlphabetMD is the truncated alphabet of [MD] (section 4): the optimal
// scheme runs with the target conditioned on Ω_0, its output is kept with
// probability q(Ω_0), and otherwise replaced by a token from q outside Ω_0.
func planAlphabetMD(ctx context.Context, s *multidraft.Instance, o Options) (plan, error) {
	q := s.Target()
	tokens, err := o.alphabet(s.N(), q)
	if err != nil {
		return plan{}, err
	}
	inside := make([]bool, s.N())
	for _, i := range tokens {
		inside[i] = true
	}
	kept := q.MassOf(tokens)
	if kept.IsZero() {
		return plan{}, undefinedf(AlphabetMD, "q(Ω_0) = 0: there is nothing to restrict the target to")
	}
	// The target given Ω_0; drafts outside it are never accepted there.
	inner, err := planImportance(ctx, s.WithTarget(q.Only(func(i int) bool { return inside[i] })), Options{})
	if err != nil {
		return plan{}, err
	}
	// As a fraction for single words; the law below is in integers.
	keep := rational.RatFromInts(kept, q.Unit)
	// q off Ω_0, in the unit of its own mass; of unit 0 if Ω_0 has all of q.
	outer := multidraft.Distribution{Weights: rational.NewPacked(s.N()), Unit: q.Unit.Sub(kept)}
	for i, w := range q.Weights.All() {
		if !inside[i] {
			outer.Weights.Set(i, w)
		}
	}
	law := multidraft.Distribution{Weights: rational.NewPacked(s.N()), Unit: inner.law.Unit.Mul(q.Unit)}
	for i := range law.Weights.Len() {
		// q(Ω_0) times the inner law, plus q off Ω_0: the factor 1 - q(Ω_0) cancels against the
		// unit of outer.
		law.Weights.Set(i, inner.law.Weights.At(i).Mul(kept).Add(outer.Weights.At(i).Mul(inner.law.Unit)))
	}
	out := plan{instance: s, law: law, acceptance: inner.acceptance.Scale(keep),
		parameters: append([]Parameter{describeAlphabet(tokens)}, inner.parameters...)}
	if inner.decide != nil {
		out.decide = func(word []int) Decision { return thinned(inner.decide(word), keep, outer) }
	}
	return out, nil
}

// thinned keeps a decision with probability keep and else draws from outer.
func thinned(d Decision, keep rational.Rat, outer multidraft.Distribution) Decision {
	// What the inner scheme leaves open, of what is kept at all.
	left := d.Left().Mul(keep)
	// The rest is a mixture of the inner rest and the outer law.
	replaced := one.Sub(keep)
	total := left.Add(replaced)
	// The same tokens are accepted, each less often.
	out := Decision{Accepted: d.Accepted}
	for _, m := range d.Mass {
		out.Mass = append(out.Mass, m.Mul(keep))
	}
	// Every word is decided by acceptances alone.
	if total.IsZero() {
		return out
	}
	rest := make([]rational.Rat, outer.Weights.Len())
	for i := range rest {
		// Else outer is no law, and its unit 0.
		if !replaced.IsZero() {
			rest[i] = replaced.Mul(rational.RatFromInts(outer.Weights.At(i), outer.Unit))
		}
		// Else the inner decision has no rest to take from.
		if !left.IsZero() {
			rest[i] = rest[i].Add(left.Mul(d.Rest.At(i)))
		}
		// Divided by what is left in all, so that the rest is a law.
		rest[i] = rest[i].Quo(total)
	}
	out.Rest = multidraft.InCommonUnit(rest)
	return out
}
