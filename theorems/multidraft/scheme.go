package multidraft

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"pstar/rational"
)

// The names of the schemes, as Schemes lists them.
const (
	SchemeSingle            = "ss"
	SchemeImportance        = "is"
	SchemeTruncatedLP       = "truncated-lp"
	SchemeTruncatedLPHalf   = "truncated-lp-half"
	SchemeAlphabetIS        = "truncated-alphabet-is"
	SchemeAlphabetMD        = "truncated-alphabet-md"
	SchemeMultiStage        = "multi-stage"
	SchemeHybrid            = "hybrid"
	SchemeRecursive         = "specinfer"
	SchemeRecursiveDistinct = "specinfer-without-replacement"
	SchemeKSEQ              = "spectr"
	SchemeGreedy            = "greedy"
)

// A Scheme is a way to select a token given the drafts.
type Scheme struct {
	Name  string
	Title string
	// Models lists the draft models that the scheme is defined for. A scheme
	// that fixes the law of its drafts itself takes iid settings for the
	// distribution p, and its evaluation says which law it used.
	Models []string
	// Options lists the fields of SchemeOptions that the scheme takes, in lower
	// case.
	Options []string

	plan func(ctx context.Context, s *Setting, o SchemeOptions) (plan, error)
}

// SchemeOptions are the free parameters of the schemes. The zero value stands
// for defaults.
type SchemeOptions struct {
	// Size is |Ω_1| of the truncated programs: 0 means min(n, 5), as in [MD].
	Size int
	// Alphabet is Ω_0 of the truncated alphabets, in any order; nil means the Top
	// likeliest tokens of q together, for the [IS] version, with those of p.
	Alphabet []int
	// Top is used if Alphabet is nil: 0 means 5, as in [IS].
	Top int
	// Few is ℓ of the hybrid scheme: 0 means 2, as in [IS].
	Few int
	// Baseline is the scheme the hybrid falls back to, SchemeRecursive or
	// SchemeKSEQ: "" means SchemeRecursive.
	Baseline string
	// Gamma is γ of K-SEQ, any positive number: nil means γ*, which is algebraic
	// and enclosed.
	Gamma *rational.Rat
	// Bits is the number of binary digits to which γ* is enclosed: 0 means 64.
	Bits int
}

func orDefault(value, standard int) int {
	if value == 0 {
		return standard
	}
	return value
}

// A plan is a scheme worked out for one setting.
type plan struct {
	setting    *Setting  // the law of the drafts that it is for
	acceptance Enclosure // that a draft is accepted
	law        Distribution
	parameters []Parameter
	// decide gives the law of the output for drafts of positive probability;
	// nil if the setting is too large for a table.
	decide func(word []int) Decision
	// known is P* of the setting, if the plan has it already.
	known *rational.Rat
}

// A Parameter is a number or a set that a scheme used.
type Parameter struct{ Name, Value string }

// An Enclosure is a number known to lie between two rationals, which are equal
// if it is known exactly.
type Enclosure struct{ Lower, Upper rational.Rat }

// Exactly encloses a rational number by itself.
func Exactly(v rational.Rat) Enclosure { return Enclosure{v, v} }

// Exact reports whether the number is known exactly.
func (e Enclosure) Exact() bool { return e.Lower.Equal(e.Upper) }

// An Evaluation is what a scheme does in a setting.
type Evaluation struct {
	Scheme string
	// Setting has the law of the drafts that the scheme ran on, which is not
	// the one it was given if the scheme fixes the law itself.
	Setting *Setting
	// Acceptance is the probability that the scheme accepts a draft. It is
	// exact but for K-SEQ with the algebraic γ*.
	Acceptance Enclosure
	// Law is the exact law of the output. For K-SEQ with γ* it is that of the
	// rule with γ the upper end of the enclosure of γ*.
	Law []rational.Rat
	// Wrong is the first token whose output probability is not q, or -1 if the
	// scheme is lossless.
	Wrong int
	// Best is P* for the law of the drafts of Setting, and Gap encloses
	// Best - Acceptance, which may be negative if the scheme is not lossless.
	Best rational.Rat
	Gap  Enclosure
	// Parameters are the values of the free parameters that were used.
	Parameters []Parameter

	plan plan
}

// Lossless reports whether the output has law q exactly.
func (e *Evaluation) Lossless() bool { return e.Wrong < 0 }

// Schemes lists the schemes in a fixed order.
func Schemes() []Scheme {
	iid, product := []string{ModelIID}, []string{ModelIID, ModelIndependent}
	size, alphabet, gamma := []string{"size"}, []string{"alphabet", "top"}, []string{"gamma", "bits"}
	return []Scheme{
		{SchemeSingle, "speculative sampling of the first draft", []string{ModelIID, ModelIndependent, ModelWithoutReplacement}, nil, planSingle},
		{SchemeImportance, "optimal importance-weighted sampling, then speculative sampling", Models(), nil, planImportance},
		{SchemeTruncatedLP, "truncated program, weights 1 in order outside Ω_1 (K = 2)", product, size, planTruncated},
		{SchemeTruncatedLPHalf, "truncated program, weights 1/2 outside Ω_1 (K = 2)", product, size, planTruncatedHalf},
		{SchemeAlphabetIS, "truncated alphabet, drafts outside Ω_0 dropped", iid, alphabet, planAlphabetIS},
		{SchemeAlphabetMD, "truncated alphabet, target restricted to Ω_0", product, alphabet, planAlphabetMD},
		{SchemeMultiStage, "truncated programs on pairs, stage by stage", product, size, planMultiStage},
		{SchemeHybrid, "importance sampling if p or q has few tokens, else a baseline", iid, append([]string{"few", "baseline"}, gamma...), planHybrid},
		{SchemeRecursive, "recursive rejection (SpecInfer)", product, nil, planRecursive},
		{SchemeRecursiveDistinct, "recursive rejection without replacement", []string{ModelIID, ModelWithoutReplacement}, nil, planRecursiveDistinct},
		{SchemeKSEQ, "K-SEQ (SpecTr)", iid, gamma, planKSEQ},
		{SchemeGreedy, "top K-1 tokens fixed, last draft from the rest", iid, nil, planGreedy},
	}
}

// LookupScheme returns the scheme of that name.
func LookupScheme(name string) (Scheme, error) {
	var names []string
	for _, scheme := range Schemes() {
		if scheme.Name == name {
			return scheme, nil
		}
		names = append(names, scheme.Name)
	}
	return Scheme{}, fmt.Errorf("unknown scheme %q, want one of %s", name, strings.Join(names, ", "))
}

// Applies returns nil if the scheme is defined for the draft model and the number
// of drafts of the setting, and otherwise an *UndefinedError. A scheme that needs
// K tokens of positive probability says so in Evaluate.
func (c Scheme) Applies(s *Setting) error {
	if !slices.Contains(c.Models, s.model) {
		return undefinedf(c.Name, "it is for drafts that are %s, not %s", strings.Join(c.Models, " or "), s.model)
	}
	if pairs := c.Name == SchemeTruncatedLP || c.Name == SchemeTruncatedLPHalf; pairs && s.k != 2 {
		return undefinedf(c.Name, "it is for K = 2, not K = %d (see %s)", s.k, SchemeMultiStage)
	}
	return nil
}

// Acceptance computes the acceptance probability alone. It fails as Evaluate does.
func (c Scheme) Acceptance(ctx context.Context, s *Setting, o SchemeOptions) (Enclosure, error) {
	if err := c.Applies(s); err != nil {
		return Enclosure{}, err
	}
	p, err := c.plan(ctx, s, o)
	return p.acceptance, err
}

// Evaluate computes what the scheme does in the setting: its acceptance
// probability, the exact law of its output, and the gap to P*. It fails with an
// *UndefinedError if the scheme is not defined for the setting, with an
// *OptionError if an option is out of range, with other errors if the setting is
// too large for it, and if ctx ends.
func (c Scheme) Evaluate(ctx context.Context, s *Setting, o SchemeOptions) (*Evaluation, error) {
	if err := c.Applies(s); err != nil {
		return nil, err
	}
	p, err := c.plan(ctx, s, o)
	if err != nil {
		return nil, err
	}
	if p.known == nil {
		best, err := p.setting.Optimum(ctx)
		if err != nil {
			return nil, err
		}
		p.known = &best.Value
	}
	return newEvaluation(c.Name, p), nil
}

func newEvaluation(name string, p plan) *Evaluation {
	return &Evaluation{
		Scheme: name, Setting: p.setting, Acceptance: p.acceptance,
		Law:        p.law.Rats(),
		Wrong:      p.law.FirstDifference(p.setting.target),
		Best:       *p.known,
		Gap:        Enclosure{p.known.Sub(p.acceptance.Upper), p.known.Sub(p.acceptance.Lower)},
		Parameters: p.parameters,
		plan:       p,
	}
}

// Decide returns the law of the output given the drafts. It fails if the
// setting is too large for a table of the rule, and panics if the word cannot
// be drafted.
func (e *Evaluation) Decide(word []int) (Decision, error) {
	if e.plan.decide == nil {
		return Decision{}, fmt.Errorf("scheme %s: no table of the rule for this many tokens and drafts", e.Scheme)
	}
	return e.plan.decide(word), nil
}

// speculativePlan is the plan of a scheme that ends in speculative sampling of
// an intermediate token of law selected.
func speculativePlan(s *Setting, selected Distribution, weights func(word []int) ([]int, []rational.Rat)) plan {
	spec := speculate(selected, s.target)
	p := plan{setting: s, acceptance: Exactly(spec.acceptance()), law: spec.law()}
	if weights != nil {
		p.decide = func(word []int) Decision {
			tokens, beta := weights(word)
			return spec.decide(tokens, beta)
		}
	}
	return p
}

func planSingle(_ context.Context, s *Setting, _ SchemeOptions) (plan, error) {
	return speculativePlan(s, s.rows[0], func(word []int) ([]int, []rational.Rat) {
		return word[:1], []rational.Rat{one}
	}), nil
}

func planImportance(ctx context.Context, s *Setting, _ SchemeOptions) (plan, error) {
	merged, _ := s.merge()
	if s.model == ModelIID && (merged.N() > MaxTokens || CountSupports(s.k, merged.N()) > maxRuleSupports) {
		return speculativePlan(s, selectedLaw(s.k, s.rows[0], s.target), nil), nil
	}
	sel, err := s.optimalSelection(ctx)
	if err != nil {
		return plan{}, err
	}
	return speculativePlan(s, sel.law(s.N()), sel.weights), nil
}
