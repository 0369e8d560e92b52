package study

import (
	"context"
	"fmt"

	"pstar/lp"
	"pstar/rational"
	"pstar/rational/enclose"
	"pstar/theorems"
	"pstar/theorems/multidraft"
	"pstar/theorems/multidraft/optimum"
	"pstar/theorems/multidraft/scheme"
)

// The tags of the bounds that are checked on instances.
const (
	TagTruncated      = "MD-E12"
	TagTruncatedPair  = "MD-E202"
	TagAlphabet       = "IS-E11"
	TagDistinctBest   = "MD-W1"
	TagDistinctReject = "MD-R2"
	TagDistinctPrefix = "MD-W3"
	TagConvex         = "MD-W2"
	TagDisguise       = "MD-W4"
	TagMore           = "MD-more"
	TagRecursive      = "MD-R1"
	TagOnlyEqual      = "MD-R3"
	TagMatching       = "MD-GLS"
	TagGreedy         = "MD-greedy"
)

// A Comparison is an inequality Left >= Right on one instance, or Left > Right, both sides
// exact.
type Comparison struct {
	Tag         string
	Left, Right rational.Rat
	Strict      bool
	// Detail names the free parameter: the size of Ω_1, or Ω_0.
	Detail string
}

// Holds reports whether the inequality holds.
func (c Comparison) Holds() bool {
	// A tie satisfies >=, and refutes a strict inequality.
	order := c.Left.Cmp(c.Right)
	return order > 0 || order == 0 && !c.Strict
}

// settle is c of two values that are enclosed, by the ends that show that it holds, or that it does not.
// It is unsettled where the two enclosures overlap.
func (c Comparison) settle(left, right enclose.Interval) (Comparison, error) {
	c.Left, c.Right = left.Lo, right.Hi
	if c.Holds() {
		return c, nil
	}
	c.Left, c.Right = left.Hi, right.Lo
	if !c.Holds() {
		return c, nil
	}
	return Comparison{}, &theorems.Unsettled{Reason: c.Tag + ": what both sides are enclosed by overlaps"}
}

// Slack is Left - Right.
func (c Comparison) Slack() rational.Rat { return c.Left.Sub(c.Right) }

// CompareTruncated compares, for two iid or independent drafts, the acceptance
// of the truncated program with |Ω_1| = size with
//
//	P* - sum over Ω_2 of (q_i - p1_i p2_i)^+
//
// (MD-E12 for iid drafts, MD-E202 for independent ones); half chooses the variant
// with weights 1/2 in Ω_2.
func CompareTruncated(ctx context.Context, s *multidraft.Instance, size int, half bool) (Comparison, error) {
	// Both inequalities are about pairs that are drawn independently: the penalty is a sum of
	// products p1_i p2_i.
	if s.K() != 2 || s.Model() != multidraft.ModelIID && s.Model() != multidraft.ModelIndependent {
		return Comparison{}, fmt.Errorf("the truncated program is for 2 independent drafts, not %d %s ones", s.K(), s.Model())
	}
	if size < 1 || size > s.N() {
		return Comparison{}, fmt.Errorf("|Ω_1| = %d, want 1..%d", size, s.N())
	}
	// P* by whatever method is exact here, as both sides are compared as fractions.
	best, err := optimum.Of(ctx, s)
	if err != nil {
		return Comparison{}, err
	}
	// The penalty is the whole sum over Ω_2, which the bound subtracts from P*.
	accepted, penalty, err := scheme.TruncatedPair(ctx, s, size, half)
	if err != nil {
		return Comparison{}, err
	}
	c := Comparison{Tag: TagTruncated, Left: accepted,
		Right: best.Value.Sub(penalty), Detail: fmt.Sprintf("|Ω_1| = %d", size)}
	// The paper has two theorems of one form; the report names the one that the drafts belong to.
	if s.Model() == multidraft.ModelIndependent {
		c.Tag = TagTruncatedPair
	}
	if half {
		c.Detail += ", weights 1/2"
	}
	return c, nil
}

// CompareAlphabet compares, for two iid drafts, the acceptance of the [IS]
// truncated alphabet Ω_0 with (1 - 2ε_p)(P* - ε_q), where ε_p and ε_q are the
// probabilities of the tokens outside Ω_0 (IS-E11). The bound needs ε_p <= 1/2 or
// ε_q <= P*, which goes without saying for the likely alphabets it is meant for:
// else both factors are negative and their product is no bound. CompareAlphabet
// compares in any case; see [AlphabetBoundApplies].
func CompareAlphabet(ctx context.Context, s *multidraft.Instance, alphabet []int) (Comparison, error) {
	// [IS] states it for two drafts of one law; the factor 1 - 2ε_p is that of two draws.
	if s.K() != 2 || s.Model() != multidraft.ModelIID {
		return Comparison{}, fmt.Errorf("the bound is for 2 iid drafts, not %d %s ones", s.K(), s.Model())
	}
	best, err := optimum.Of(ctx, s)
	if err != nil {
		return Comparison{}, err
	}
	// A fraction and no interval: the scheme has a finite formula.
	accepted, err := stepValue(ctx, s, scheme.AlphabetIS, scheme.Options{Alphabet: alphabet})
	if err != nil {
		return Comparison{}, err
	}
	// Weights are whole numbers over a common unit, so that the masses of Ω_0 are exact.
	missedP := one.Sub(rational.RatFromInts(s.Rows()[0].MassOf(alphabet), s.Rows()[0].Unit))
	missedQ := one.Sub(rational.RatFromInts(s.Target().MassOf(alphabet), s.Target().Unit))
	return Comparison{Tag: TagAlphabet, Left: accepted.Lo,
		// (1 - 2ε_p)(P* - ε_q), with ε_p taken off twice.
		Right:  one.Sub(missedP).Sub(missedP).Mul(best.Value.Sub(missedQ)),
		Detail: "Ω_0 = {" + multidraft.TokenList(alphabet) + "}"}, nil
}

// AlphabetBoundApplies reports whether IS-E11 says anything about Ω_0 in an instance
// of iid drafts: it does unless both its factors are negative. A counterexample
// beyond that is p = (1/4, 3/4, 0), q = (0, 0, 1), Ω_0 = {1}: the acceptance is 0,
// the product 1/2.
func AlphabetBoundApplies(ctx context.Context, s *multidraft.Instance, alphabet []int) (bool, error) {
	kept := rational.RatFromInts(s.Rows()[0].MassOf(alphabet), s.Rows()[0].Unit)
	// ε_p <= 1/2: the first factor is not negative, and P* need not be computed.
	if kept.Cmp(rational.NewRat(1, 2)) >= 0 {
		return true, nil
	}
	best, err := optimum.Of(ctx, s)
	if err != nil {
		return false, err
	}
	missed := one.Sub(rational.RatFromInts(s.Target().MassOf(alphabet), s.Target().Unit))
	return missed.Cmp(best.Value) <= 0, nil
}

// A FalseStep is the counterexample to a step in the printed proof of IS-E11:
// [IS] eq. 186 says that renormalising p on Ω_0 and keeping the optimal weights
// w does not lower p_I on Ω_0.
type FalseStep struct {
	P, Q     []rational.Rat
	Alphabet []int
	// W12, W13 and W23 are the weights w_ij of the pairs, at every optimum.
	W12, W13, W23 rational.Rat
	Token         int
	// Full is p_I(Token), and Truncated what eq. 186 says is at least as large.
	Full, Truncated rational.Rat
}

// RefuteFalseStep computes the counterexample p = (1/10, 8/10, 1/10), q = (3/100,
// 96/100, 1/100), Ω_0 = {1,2}. The optimal weights are found by linear programs
// and are unique, so that no choice of them saves the step. IS-E11 itself holds.
func RefuteFalseStep(ctx context.Context) (*FalseStep, error) {
	f := &FalseStep{
		P:        []rational.Rat{rational.NewRat(1, 10), rational.NewRat(8, 10), rational.NewRat(1, 10)},
		Q:        []rational.Rat{rational.NewRat(3, 100), rational.NewRat(96, 100), rational.NewRat(1, 100)},
		Alphabet: []int{0, 1},
	}
	// Each weight by two programs of its own: one optimal point would not show that the others
	// agree.
	for _, w := range []struct {
		i, j int
		to   *rational.Rat
	}{{0, 1, &f.W12}, {0, 2, &f.W13}, {1, 2, &f.W23}} {
		value, err := uniqueWeight(ctx, f.P, f.Q, w.i, w.j)
		if err != nil {
			return nil, err
		}
		*w.to = value
	}
	two := rational.NewRat(2, 1)
	// p_I(1): both drafts are token 1, or one of them is and its weight chooses it. The weight
	// w_23 is of a pair without token 1.
	selected := func(p1, p2, p3 rational.Rat) rational.Rat {
		return p1.Mul(p1).Add(two.Mul(p1).Mul(p2.Mul(f.W12).Add(p3.Mul(f.W13))))
	}
	// The values before and after truncation, with the same weights.
	f.Full = selected(f.P[0], f.P[1], f.P[2])
	kept := f.P[0].Add(f.P[1])
	// Renormalised on Ω_0, where token 3 has probability 0; the weights stay.
	f.Truncated = selected(f.P[0].Quo(kept), f.P[1].Quo(kept), rational.Rat{})
	// The numbers above are constants, but the conclusion from them is computed and may not be
	// taken for granted.
	if f.Truncated.Cmp(f.Full) >= 0 {
		return nil, fmt.Errorf("the counterexample to [IS] eq. 186 fails: %v >= %v", f.Truncated, f.Full)
	}
	return f, nil
}

// uniqueWeight returns w_ij if it has one value over all optimal weights for two
// iid drafts.
func uniqueWeight(ctx context.Context, p, q []rational.Rat, i, j int) (rational.Rat, error) {
	// The least and the largest value of w_ij.
	var ends [2]rational.Rat
	// The optimal weights are a polytope: a coordinate with equal least and largest value is
	// constant on it.
	for side, sense := range []lp.Sense{lp.Minimise, lp.Maximise} {
		program, weight, err := optimalWeights(p, q, i, j)
		if err != nil {
			return rational.Rat{}, err
		}
		program.Sense = sense
		r, err := lp.Solve(ctx, program, lp.Options{})
		if err == nil {
			// The solver is not trusted: what it returns counts once its witness is checked.
			err = program.Verify(r)
		}
		if err != nil {
			return rational.Rat{}, err
		}
		ends[side] = r.Primal[weight]
	}
	if !ends[0].Equal(ends[1]) {
		return rational.Rat{}, fmt.Errorf("w_%d%d is anything from %v to %v", i+1, j+1, ends[0], ends[1])
	}
	return ends[0], nil
}

// optimalWeights is the program whose feasible points are the optimal weights,
// and whose objective is the weight w_ij, for i < j.
func optimalWeights(p, q []rational.Rat, i, j int) (program *lp.Problem, weight int, err error) {
	// P* comes from the closed form and not from this program: the last row fixes the sum of the
	// m_k to it.
	best, err := optimum.MinByPrefix(2, p, q)
	if err != nil {
		return nil, 0, err
	}
	program = &lp.Problem{Name: "optimal weights"}
	zero := lp.At(rational.Rat{})
	selected := make([][]lp.Term, len(p)) // m_k - p_I(k)
	// The constant part of p_I(k): that both drafts are k.
	fixed := make([]rational.Rat, len(p))
	var total []lp.Term
	for k := range p {
		// m_k stands for min(p_I(k), q_k): it is at most either, by its bound and by its row, and
		// the row "optimal" lets it be no less in sum.
		m := lp.Term{Variable: program.AddVariable(lp.Variable{Name: fmt.Sprintf("m_%d", k+1), Lower: zero, Upper: lp.At(q[k])}), Coefficient: one}
		selected[k], total = append(selected[k], m), append(total, m)
		fixed[k] = p[k].Mul(p[k])
	}
	for a := range p {
		for b := a + 1; b < len(p); b++ {
			// The probability that the drafts are a and b in some order: w goes to a, and 1 - w to
			// b, whose constant part is the whole of it.
			pair := p[a].Mul(p[b]).Mul(rational.NewRat(2, 1))
			v := lp.Variable{Name: fmt.Sprintf("w_%d%d", a+1, b+1), Lower: zero, Upper: lp.At(one)}
			if a == i && b == j {
				v.Cost = one
			}
			w := program.AddVariable(v)
			if a == i && b == j {
				weight = w
			}
			selected[a] = append(selected[a], lp.Term{Variable: w, Coefficient: pair.Neg()})
			selected[b] = append(selected[b], lp.Term{Variable: w, Coefficient: pair})
			// Of p_I(b) = ... + pair (1 - w): the 1 moves to the right side.
			fixed[b] = fixed[b].Add(pair)
		}
	}
	for k, terms := range selected {
		// m_k - p_I(k) <= 0, with all constants on the right.
		program.AddRow(lp.Row{Terms: terms, Upper: lp.At(fixed[k])})
	}
	program.AddRow(lp.Row{Name: "optimal", Terms: total, Lower: lp.At(best.Value)})
	return program, weight, nil
}

var one = rational.Whole(1)
