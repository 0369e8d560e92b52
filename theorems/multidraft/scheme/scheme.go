package scheme

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"pstar/rational"
	"pstar/rational/enclose"
	"pstar/theorems"
	"pstar/theorems/multidraft"
	"pstar/theorems/multidraft/optimum"
)

// The names of the schemes, as Schemes lists them.
const (
	Single            = "ss"
	Importance        = "is"
	TruncatedLP       = "truncated-lp"
	TruncatedLPHalf   = "truncated-lp-half"
	AlphabetIS        = "truncated-alphabet-is"
	AlphabetMD        = "truncated-alphabet-md"
	MultiStage        = "multi-stage"
	Hybrid            = "hybrid"
	Recursive         = "specinfer"
	RecursiveDistinct = "specinfer-without-replacement"
	KSEQ              = "spectr"
	Greedy            = "greedy"
)

// A Scheme is a way to select a token given the drafts.
type Scheme struct {
	Name  string
	Title string
	// Models lists the draft models that the scheme is defined for. A scheme
	// that fixes the law of its drafts itself takes iid instances for the
	// distribution p, and its evaluation says which law it used.
	Models []string
	// Options lists the fields of Options that the scheme takes, in lower
	// case.
	Options []string

	plan func(ctx context.Context, s *multidraft.Instance, o Options) (plan, error)
	// accept, if there is one, is a shorter way to the acceptance of iid drafts alone.
	accept func(ctx context.Context, s *multidraft.Instance, o Options) (enclose.Interval, error)
}

// Options are the free parameters of the schemes. The zero value stands
// for defaults.
type Options struct {
	// Size is |Ω_1| of the truncated programs: 0 means min(n, 5), as in [MD].
	Size int
	// Alphabet is Ω_0 of the truncated alphabets, in any order; nil means the Top
	// likeliest tokens of q together, for the [IS] version, with those of p.
	Alphabet []int
	// Top is used if Alphabet is nil: 0 means 5, as in [IS].
	Top int
	// Few is ℓ of the hybrid scheme: 0 means 2, as in [IS].
	Few int
	// Baseline is the scheme the hybrid falls back to, Recursive or
	// KSEQ: "" means Recursive.
	Baseline string
	// Gamma is γ of K-SEQ, any positive number: nil means γ*, which is algebraic
	// and enclosed.
	Gamma *rational.Rat
	// Bits is the number of binary digits to which γ* is enclosed: 0 means 64.
	Bits int
	// Within is a width of intervals that is good enough, for the acceptance and for P* where they
	// are enclosed: nil means 1e-9 for the acceptance, and for P* [vocabulary.DefaultWidth]. An interval that
	// stays wider is a parameter of the evaluation. Every scheme takes it, as each is compared with P*.
	Within *rational.Rat
}

// orDefault reads 0 as "not given".
func orDefault(value, standard int) int {
	if value == 0 {
		return standard
	}
	return value
}

// A plan is a scheme worked out for one instance.
type plan struct {
	instance   *multidraft.Instance // the law of the drafts that it is for
	acceptance enclose.Interval     // that a draft is accepted
	law        multidraft.Distribution
	parameters []Parameter
	// decide gives the law of the output for drafts of positive probability;
	// nil if the instance is too large for a table.
	decide func(word []int) Decision
	// known is P* of the instance, if the plan has it already, and attained says that the
	// acceptance is that, whatever it is.
	known    *enclose.Interval
	attained bool
}

// A Parameter is a number or a set that a scheme used.
// Value is text, as γ* is an interval and Ω_0 a set.
type Parameter struct{ Name, Value string }

// An Evaluation is what a scheme does in an instance.
type Evaluation struct {
	Scheme string
	// Instance has the law of the drafts that the scheme ran on, which is not
	// the one it was given if the scheme fixes the law itself.
	Instance *multidraft.Instance
	// Acceptance is the probability that the scheme accepts a draft. It is
	// exact but for K-SEQ with the algebraic γ*, for drafts without replacement over very many tokens, and
	// where the fraction would have more than some 20 000 digits.
	Acceptance enclose.Interval
	// Law is the exact law of the output. For K-SEQ with γ* it is that of the
	// rule with γ the upper end of the enclosure of γ*.
	Law []rational.Rat
	// Wrong is the first token whose output probability is not q, or -1 if the
	// scheme is lossless.
	Wrong int
	// Best is P* for the law of the drafts of Instance, exact but for drafts without
	// replacement over very many tokens (see [vocabulary.Enclose]), and Gap encloses
	// Best - Acceptance, which may be negative if the scheme is not lossless.
	Best, Gap enclose.Interval
	// Parameters are the values of the free parameters that were used.
	Parameters []Parameter

	plan plan
}

// Lossless reports whether the output has law q exactly.
func (e *Evaluation) Lossless() bool { return e.Wrong < 0 }

// All lists the schemes in a fixed order.
func All() []Scheme {
	iid, product := []string{multidraft.ModelIID}, []string{multidraft.ModelIID, multidraft.ModelIndependent}
	size, alphabet, gamma := []string{"size"}, []string{"alphabet", "top"}, []string{"gamma", "bits"}
	list := []Scheme{
		{Single, "speculative sampling of the first draft", []string{multidraft.ModelIID, multidraft.ModelIndependent, multidraft.ModelWithoutReplacement}, nil, planSingle, nil},
		{Importance, "optimal importance-weighted sampling, then speculative sampling", multidraft.Models(), nil, planImportance, nil},
		{TruncatedLP, "truncated program, weights 1 in order outside Ω_1 (K = 2)", product, size, planTruncated, nil},
		{TruncatedLPHalf, "truncated program, weights 1/2 outside Ω_1 (K = 2)", product, size, planTruncatedHalf, nil},
		{AlphabetIS, "truncated alphabet, drafts outside Ω_0 dropped", iid, alphabet, planAlphabetIS, nil},
		{AlphabetMD, "truncated alphabet, target restricted to Ω_0", product, alphabet, planAlphabetMD, nil},
		{MultiStage, "truncated programs on pairs, stage by stage", product, size, planMultiStage, nil},
		{Hybrid, "importance sampling if p or q has few tokens, else a baseline", iid, append([]string{"few", "baseline"}, gamma...), planHybrid, nil},
		{Recursive, "recursive rejection (SpecInfer)", product, nil, planRecursive, recursiveAcceptance},
		{RecursiveDistinct, "recursive rejection without replacement", []string{multidraft.ModelIID, multidraft.ModelWithoutReplacement}, nil, planRecursiveDistinct, nil},
		{KSEQ, "K-SEQ (SpecTr)", iid, gamma, planKSEQ, nil},
		{Greedy, "top K-1 tokens fixed, last draft from the rest", iid, nil, planGreedy, nil},
	}
	// P*, with which each is compared, may be enclosed.
	for i := range list {
		list[i].Options = append(slices.Clip(list[i].Options), "within")
	}
	return list
}

// Lookup returns the scheme of that name.
func Lookup(name string) (Scheme, error) {
	var names []string
	for _, scheme := range All() {
		if scheme.Name == name {
			return scheme, nil
		}
		names = append(names, scheme.Name)
	}
	return Scheme{}, fmt.Errorf("unknown scheme %q, want one of %s", name, strings.Join(names, ", "))
}

// Applies returns nil if the scheme is defined for the draft model and the number
// of drafts of the instance, and otherwise an *UndefinedError. A scheme that needs
// K tokens of positive probability says so in Evaluate.
func (c Scheme) Applies(s *multidraft.Instance) error {
	// A formula for another law of the drafts would give a number that means nothing.
	if !slices.Contains(c.Models, s.Model()) {
		return undefinedf(c.Name, "it is for drafts that are %s, not %s", strings.Join(c.Models, " or "), s.Model())
	}
	// Two laws have one stage; for more the multi-stage scheme is the same idea.
	if pairs := c.Name == TruncatedLP || c.Name == TruncatedLPHalf; pairs && s.K() != 2 {
		return undefinedf(c.Name, "it is for K = 2, not K = %d (see %s)", s.K(), MultiStage)
	}
	return nil
}

// Acceptance computes the acceptance probability alone. It fails as Evaluate does.
func (c Scheme) Acceptance(ctx context.Context, s *multidraft.Instance, o Options) (enclose.Interval, error) {
	acceptance, _, err := c.Tested(ctx, s, o)
	return acceptance, err
}

// Tested is [Scheme.Acceptance], and whether the output has law q exactly. The law is compared where a parameter that was given decides
// that, the γ of K-SEQ; else the scheme is lossless by its theorem, and Evaluate compares all the same.
func (c Scheme) Tested(ctx context.Context, s *multidraft.Instance, o Options) (acceptance enclose.Interval, lossless bool, err error) {
	if err := c.Applies(s); err != nil {
		return enclose.Interval{}, false, err
	}
	// The plan makes the law of the output too, which is not asked for here.
	if c.accept != nil && s.Model() == multidraft.ModelIID {
		acceptance, err = c.accept(ctx, s, o)
		return acceptance, err == nil, err
	}
	p, err := c.plan(ctx, s, o)
	if err != nil || o.Gamma == nil || !slices.Contains(c.Options, "gamma") {
		return p.acceptance, err == nil, err
	}
	return p.acceptance, p.law.FirstDifference(p.instance.Target()) < 0, nil
}

// Evaluate computes what the scheme does in the instance: its acceptance
// probability, the exact law of its output, and the gap to P*. It fails with an
// *UndefinedError if the scheme is not defined for the instance, with an
// *OptionError if an option is out of range, with other errors if the instance is
// too large for it, and if ctx ends.
func (c Scheme) Evaluate(ctx context.Context, s *multidraft.Instance, o Options) (*Evaluation, error) {
	if err := c.Applies(s); err != nil {
		return nil, err
	}
	if o.Within != nil && o.Within.Sign() <= 0 {
		return nil, optionErrorf("within", "width %v, want a positive number", o.Within)
	}
	p, err := c.plan(ctx, s, o)
	if err != nil {
		return nil, err
	}
	// P* of the drafts that the scheme used, which may not be those of s.
	if p.known == nil {
		best, err := o.Optimum(ctx, p.instance)
		if err != nil {
			return nil, err
		}
		p.known = &best
		p.parameters = append(p.parameters, wider("P*", best, o.AskedOfOptimum(p.instance))...)
	}
	return newEvaluation(c.Name, p), nil
}

// newEvaluation adds what follows from a plan: the gap, and the first token at which the law is
// not q.
func newEvaluation(name string, p plan) *Evaluation {
	gap := p.known.Sub(p.acceptance)
	wrong := p.law.FirstDifference(p.instance.Target())
	switch {
	// The difference of an enclosure with itself would be an interval around 0.
	case p.attained:
		gap = enclose.Point(rational.Rat{})
	// P* is the largest acceptance of a lossless rule, and the gap of this one not below 0, whatever is enclosed.
	case wrong < 0 && gap.Lo.Sign() < 0 && gap.Hi.Sign() >= 0:
		gap.Lo = rational.Rat{}
	}
	return &Evaluation{
		Scheme: name, Instance: p.instance, Acceptance: p.acceptance,
		Law:        p.law.Rats(),
		Wrong:      wrong,
		Best:       *p.known,
		Gap:        gap,
		Parameters: p.parameters,
		plan:       p,
	}
}

// Decide returns the law of the output given the drafts. It fails if the
// instance is too large for a table of the rule, and panics if the word cannot
// be drafted.
func (e *Evaluation) Decide(word []int) (Decision, error) {
	if e.plan.decide == nil {
		return Decision{}, &theorems.Unsettled{Reason: fmt.Sprintf("scheme %s: no table of the rule for this many tokens and drafts", e.Scheme)}
	}
	return e.plan.decide(word), nil
}

// speculativePlan is the plan of a scheme that ends in speculative sampling of
// an intermediate token of law selected.
func speculativePlan(s *multidraft.Instance, selected multidraft.Distribution, weights func(word []int) ([]int, []rational.Rat)) plan {
	spec := speculate(selected, s.Target())
	p := plan{instance: s, acceptance: enclose.Point(spec.acceptance()), law: spec.law()}
	// Without a table the acceptance and the law are known, and single words are not decided.
	if weights != nil {
		p.decide = func(word []int) Decision {
			tokens, beta := weights(word)
			return spec.decide(tokens, beta)
		}
	}
	return p
}

// planSingle ignores all drafts but the first: p_I is the law of that.
func planSingle(_ context.Context, s *multidraft.Instance, _ Options) (plan, error) {
	return speculativePlan(s, s.Rows()[0], func(word []int) ([]int, []rational.Rat) {
		return word[:1], []rational.Rat{one}
	}), nil
}

// planImportance is MD-T1: a largest flow gives weights that attain P*. The error is
// *theorems.Unsettled if the sets are too many and no closed form is there, or that of ctx.
func planImportance(ctx context.Context, s *multidraft.Instance, o Options) (plan, error) {
	if longImportance(s) {
		return planAttained(ctx, s, o)
	}
	merged, _ := s.Merge()
	// Too many sets for a flow: the law of the chosen token has a closed form for iid drafts, and
	// a table of weights is not made.
	if s.Model() == multidraft.ModelIID && (merged.N() > multidraft.MaxTokens || multidraft.CountSupports(s.K(), merged.N()) > min(optimum.MaxRuleSupports, maxFlowBits/powerBits(s))) {
		return speculativePlan(s, optimum.SelectedLaw(s.K(), s.Rows()[0], s.Target()), nil), nil
	}
	sel, err := optimalSelection(ctx, s)
	var unsettled *theorems.Unsettled
	// The flow is too large, but P* has another way for these drafts; other errors, and other
	// models, end here.
	if errors.As(err, &unsettled) && s.Model() == multidraft.ModelWithoutReplacement {
		return planAttained(ctx, s, o)
	}
	if err != nil {
		return plan{}, err
	}
	return speculativePlan(s, sel.law(s.N()), sel.weights), nil
}

// powerBits are the binary digits of p(S)^K of iid drafts, in the unit that all numbers of a flow have.
func powerBits(s *multidraft.Instance) int { return s.K() * s.Rows()[0].Unit.BitLen() }

// longImportance reports whether the law of the token that is selected of iid drafts would be too long to be written
// out: P* is known without it.
func longImportance(s *multidraft.Instance) bool {
	return s.Model() == multidraft.ModelIID && powerBits(s) > min(maxPowerBits, maxPlanBits/s.N())
}

// maxFlowBits bounds the binary digits of all capacities of a flow together: beyond, it takes seconds.
const maxFlowBits = 1 << 21

// planAttained is importance-weighted sampling of drafts of which P* is known and no weights are:
// that there are some which attain it, and that the output has law q, are theorems.
func planAttained(ctx context.Context, s *multidraft.Instance, o Options) (plan, error) {
	best, err := o.Optimum(ctx, s)
	if err != nil {
		return plan{}, err
	}
	return plan{
		instance: s, law: s.Target(), acceptance: best, known: &best, attained: true,
		parameters: append([]Parameter{{"acceptance and law of the output", "P* and q by theorems (MD-T4, MD-DEF1), no weights worked out"}}, wider("P*", best, o.AskedOfOptimum(s))...),
	}, nil
}

var one = rational.Whole(1)
