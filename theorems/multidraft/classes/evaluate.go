package classes

import (
	"fmt"
	"slices"

	"pstar/rational"
	"pstar/theorems/multidraft"
	"pstar/theorems/multidraft/optimum"
)

// An Evaluation is what a rule does in an instance, exactly.
type Evaluation struct {
	// Acceptance is the probability that the draft chosen is accepted, and Gap that of P*
	// minus it.
	Acceptance, Best, Gap rational.Rat
	// Tau are the τ_b: the law of the token chosen gives token i the probability p_i times
	// their interpolation at q_i/p_i.
	Tau []rational.Rat

	rule *Rule
	s    *multidraft.Instance
}

var one = rational.Whole(1)

// Evaluate computes what the rule accepts. It fails if it is none, or for another number
// of drafts or tokens, and for drafts that are not iid. O(n log n) operations on integers,
// and some for each level.
func (r *Rule) Evaluate(s *multidraft.Instance) (*Evaluation, error) {
	if err := r.Check(); err != nil {
		return nil, err
	}
	// The closed form of τ is that of K draws from one law.
	if s.Model() != multidraft.ModelIID {
		return nil, fmt.Errorf("rules by classes are for iid drafts, not for %s ones", s.Model())
	}
	if r.K != s.K() || r.N != s.N() {
		return nil, fmt.Errorf("the rule is for %d drafts and %d tokens, not %d and %d", r.K, r.N, s.K(), s.N())
	}
	// One sort serves the optimum and all sums between levels.
	t := newSums(s)
	e := &Evaluation{rule: r, s: s, Best: t.best(s)}
	e.Tau = r.tau(t.levels(r))
	e.Acceptance = t.accepted(r, e.Tau)
	e.Gap = e.Best.Sub(e.Acceptance)
	return e, nil
}

// sums are p and q of the first tokens by q_i/p_i.
type sums struct {
	p, q  multidraft.Distribution
	order []int
	pUp   []rational.Int // of the first j tokens
	qUp   []rational.Int
}

// newSums takes one sort, and sums over the prefixes of its order. Tokens without p are left out:
// no draft is one.
func newSums(s *multidraft.Instance) *sums {
	t := &sums{p: s.Rows()[0], q: s.Target()}
	t.order = optimum.ByRatio(t.p, t.q)
	t.pUp, t.qUp = make([]rational.Int, len(t.order)+1), make([]rational.Int, len(t.order)+1)
	// Prefixes of the order: any sums between two places are then two subtractions.
	for j, i := range t.order {
		t.pUp[j+1], t.qUp[j+1] = t.pUp[j].Add(t.p.Weights.At(i)), t.qUp[j].Add(t.q.Weights.At(i))
	}
	return t
}

// best is P* of the instance.
func (t *sums) best(s *multidraft.Instance) rational.Rat {
	return optimum.MinOverPrefixes(s.K(), t.p, t.q).Value
}

// below counts the tokens with q_i/p_i < ratio.
func (t *sums) below(ratio rational.Rat) int {
	// q_i/p_i against the ratio without a division: both sides times the denominators.
	left, right := ratio.Num().Mul(t.q.Unit), ratio.Den().Mul(t.p.Unit)
	// The search finds the first place behind the tokens that count: there is no place of
	// equality.
	count, _ := slices.BinarySearchFunc(t.order, struct{}{}, func(i int, _ struct{}) int {
		if t.q.Weights.At(i).Mul(right).Cmp(t.p.Weights.At(i).Mul(left)) < 0 {
			return -1
		}
		return 1
	})
	return count
}

// between returns p and q of the tokens from place a to place b in the order.
func (t *sums) between(a, b int) (p, q rational.Rat) {
	return rational.RatFromInts(t.pUp[b].Sub(t.pUp[a]), t.p.Unit), rational.RatFromInts(t.qUp[b].Sub(t.qUp[a]), t.q.Unit)
}

// levels are the w_b: each token counts for the two levels beside its ratio.
func (t *sums) levels(r *Rule) []rational.Rat {
	w := make([]rational.Rat, len(r.Levels))
	start := t.below(r.Levels[0].Ratio)
	// Below the first level all tokens count for it, whatever their ratio.
	w[0], _ = t.between(0, start)
	for b := 1; b < len(r.Levels); b++ {
		low, high := r.Levels[b-1].Ratio, r.Levels[b].Ratio
		end := t.below(high)
		p, q := t.between(start, end)
		// The sums of (high - q_i/p_i) p_i and of (q_i/p_i - low) p_i, over high - low.
		w[b-1] = w[b-1].Add(high.Mul(p).Sub(q).Quo(high.Sub(low)))
		w[b] = w[b].Add(q.Sub(low.Mul(p)).Quo(high.Sub(low)))
		start = end
	}
	p, _ := t.between(start, len(t.order))
	last := len(w) - 1
	w[last] = w[last].Add(p)
	return w
}

// tau returns the τ_b for the w_b.
func (r *Rule) tau(w []rational.Rat) []rational.Rat {
	// The probability that a draft has a class, and then the probability for each mass of it to be the
	// highest of K: the slope of x^K over the class.
	mass := make([]rational.Rat, r.Classes)
	for b, l := range r.Levels {
		for _, c := range l.Class {
			// In proportion to the weight of the level: π_bc of w_b.
			mass[c.Class] = mass[c.Class].Add(w[b].Mul(c.Probability))
		}
	}
	slope := make([]rational.Rat, r.Classes)
	var up, before rational.Rat
	for c, m := range mass {
		// No draft has this class: its slope is asked for by no level with weight.
		if m.IsZero() {
			continue
		}
		// Up to and with this class; a draft beyond the first or before it can be the chosen
		// one.
		up = up.Add(m)
		power := up.Pow(r.K)
		slope[c] = power.Sub(before).Quo(m)
		before = power
	}
	tau := make([]rational.Rat, len(r.Levels))
	for b, l := range r.Levels {
		for _, c := range l.Class {
			tau[b] = tau[b].Add(c.Probability.Mul(slope[c.Class]))
		}
	}
	return tau
}

// accepted is the sum of min(q_i, t_i).
func (t *sums) accepted(r *Rule, tau []rational.Rat) (sum rational.Rat) {
	t.pieces(r, tau, func(a, b int, x, y rational.Rat) {
		// Where q_i is above t_i the token gives t_i, else q_i.
		from, to := t.above(a, b, x, y)
		// Of those p and q, of the others q alone.
		p, q := t.between(from, to)
		_, all := t.between(a, b)
		sum = sum.Add(all).Sub(q).Add(x.Mul(p)).Add(y.Mul(q))
	})
	return sum
}

// pieces calls visit for the tokens between each two levels, and beyond the first and the last,
// with the x and y for which t_i = x p_i + y q_i there.
func (t *sums) pieces(r *Rule, tau []rational.Rat, visit func(a, b int, x, y rational.Rat)) {
	last := len(r.Levels) - 1
	start := t.below(r.Levels[0].Ratio)
	// A constant beyond the ends: y = 0.
	visit(0, start, tau[0], rational.Rat{})
	for b := 1; b <= last; b++ {
		low, high := r.Levels[b-1].Ratio, r.Levels[b].Ratio
		// The line through both levels, in the form x p + y q.
		y := tau[b].Sub(tau[b-1]).Quo(high.Sub(low))
		end := t.below(high)
		visit(start, end, tau[b-1].Sub(low.Mul(y)), y)
		start = end
	}
	visit(start, len(t.order), tau[last], rational.Rat{})
}

// above returns the places, of those from a to b, at which q_i > x p_i + y q_i: where
// (1-y) q_i/p_i > x, which is so at one end of them. Where both are equal a token may be among them or not.
func (t *sums) above(a, b int, x, y rational.Rat) (from, to int) {
	factor := one.Sub(y)
	// The ratio cancels: all tokens of the piece are alike.
	if factor.IsZero() {
		if x.Sign() < 0 {
			return a, b
		}
		return a, a
	}
	// Clamped: the crossing may lie outside the piece.
	split := min(max(t.below(x.Quo(factor)), a), b)
	// Dividing by a negative number turns the inequality round: the tokens are those of the lower
	// ratios then.
	if factor.Sign() > 0 {
		return split, b
	}
	return a, split
}
