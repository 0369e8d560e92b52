package multidraft

import (
	"fmt"
	"slices"
	"strings"

	"pstar/internal/each"
	"pstar/lp/flow"
	"pstar/rational"
)

// An Instance is a law of the drafts and a target distribution over the same
// tokens, of which there may be any number, such as the vocabulary of a language model.
// What works with sets as words is for at most MaxTokens of them. It does not change
// once made and may be shared by goroutines.
type Instance struct {
	// Kind says how a generated instance was made (see Kinds) and Index is its
	// place in the sequence; "" and 0 for an instance given by the user.
	Kind  string
	Index int

	drafts Drafts
	target Distribution
}

// NewInstance returns an instance. It fails if q is not over the tokens of the drafts.
func NewInstance(drafts Drafts, q Distribution) (*Instance, error) {
	if q.N() != drafts.N() {
		return nil, fmt.Errorf("q has %d entries, the drafts have %d tokens", q.N(), drafts.N())
	}
	return &Instance{drafts: drafts, target: q}, nil
}

// New returns the instance of k drafts of the model ModelIID, ModelIndependent or
// ModelWithoutReplacement with target q. Independent drafts take one law for
// each draft in p, the other models exactly one law. It fails if k is not in
// 1..MaxDrafts, if the numbers of laws or of tokens do not fit, or if there are
// not k tokens to draw without replacement.
func New(model string, k int, p []Distribution, q Distribution) (*Instance, error) {
	if err := checkCount(k); err != nil {
		return nil, err
	}
	laws := 1
	switch model {
	case ModelIID, ModelWithoutReplacement:
	case ModelIndependent:
		laws = k
	// Its law is of words, and has a constructor of its own.
	case ModelJoint:
		return nil, fmt.Errorf("draft model %q does not take a distribution", model)
	default:
		return nil, fmt.Errorf("unknown draft model %q, want one of %s", model, strings.Join(Models(), ", "))
	}
	// For each model the number is the one that its name implies.
	if len(p) != laws {
		return nil, fmt.Errorf("%d draft distributions, want %d for K = %d %s drafts", len(p), laws, k, model)
	}
	for j, row := range p {
		if row.N() != q.N() {
			return nil, fmt.Errorf("q has %d entries, %s has %d", q.N(), rowName(laws, j), row.N())
		}
	}
	// The laws are valid already: what remains is to put them together.
	in := &Instance{target: q}
	switch model {
	case ModelIID:
		in.drafts = iid(k, p[0])
	case ModelIndependent:
		in.drafts = &Independent{newProductDrafts(slices.Clone(p))}
	default:
		drafts, err := withoutReplacement(k, p[0])
		if err != nil {
			return nil, err
		}
		in.drafts = drafts
	}
	return in, nil
}

// NewJointInstance returns k drafts with an explicit joint law on words, and target q. It
// fails as [NewJoint] does.
func NewJointInstance(k int, words []Word, q Distribution) (*Instance, error) {
	drafts, err := NewJoint(k, q.N(), words)
	if err != nil {
		return nil, err
	}
	return NewInstance(drafts, q)
}

// WithCount returns the instance with k drafts, for drafts from one law: iid or without
// replacement. It fails as [New] does, and for other models.
func (in *Instance) WithCount(k int) (*Instance, error) {
	switch in.Model() {
	case ModelIID, ModelWithoutReplacement:
		// One law, whatever the number of drafts: the weights are shared.
		return New(in.Model(), k, in.Rows()[:1], in.target)
	}
	return nil, fmt.Errorf("%s drafts are %d, not %d", in.Model(), in.K(), k)
}

// rowName names a law in messages: with its number only if there are several.
func rowName(rows, j int) string {
	if rows == 1 {
		return "p"
	}
	return fmt.Sprintf("p of draft %d", j+1)
}

// Drafts returns the law of the drafts.
func (in *Instance) Drafts() Drafts { return in.drafts }

// Model returns the name of the draft model, one of Models.
func (in *Instance) Model() string { return in.drafts.Model() }

// K returns the number of drafts.
func (in *Instance) K() int { return in.drafts.K() }

// N returns the number of tokens.
func (in *Instance) N() int { return in.target.N() }

// Target returns the target distribution q.
func (in *Instance) Target() Distribution { return in.target }

// WithTarget returns the instance with another target over the same tokens. It panics
// for another number of them.
func (in *Instance) WithTarget(q Distribution) *Instance {
	// A target of the right size is all that could be wrong.
	return Must(NewInstance(in.drafts, q))
}

// Rows returns the law of each draft, or for drafts without replacement K times the law
// drawn from; nil for joint laws. It is to be read only.
func (in *Instance) Rows() []Distribution {
	switch d := in.drafts.(type) {
	case *IID:
		return d.rows
	case *Independent:
		return d.rows
	case *WithoutReplacement:
		return slices.Repeat([]Distribution{d.row}, d.k)
	}
	return nil
}

// Words returns the words of positive probability of a joint law, increasing, and nil
// for the other models. It is to be read only.
func (in *Instance) Words() []Word {
	if d, joint := in.drafts.(*Joint); joint {
		return d.words
	}
	return nil
}

// Bound returns q(s) + 1 - B(s), an upper bound on the acceptance probability
// for every set s: either the selected token is in s, or some draft is not.
func (in *Instance) Bound(s Set) rational.Rat {
	// Of words with a draft outside s all could be accepted, of the others at most q(s).
	return in.target.probability(s).Add(rational.NewRat(1, 1)).Sub(in.drafts.B(s))
}

// String names the instance: cell, draft model, and kind and index if it was
// generated.
func (in *Instance) String() string {
	name := fmt.Sprintf("K=%d n=%d %s", in.K(), in.N(), in.drafts.Model())
	if in.Kind != "" {
		name += fmt.Sprintf(" instance %d (%s)", in.Index, in.Kind)
	}
	return name
}

// HasSupports reports whether the supports can be listed: see Supports.
func (in *Instance) HasSupports() bool {
	return in.N() <= MaxTokens && CountSupports(in.K(), in.N()) <= MaxSupports
}

// Integer is an instance in integers: every b_T and every q_i as a multiple of
// 1/Unit, where Unit is the least common multiple of their denominators.
type Integer struct {
	Unit     rational.Int
	Supports []Set          // Supports(K, N)
	Supply   []rational.Int // Unit * b_T, parallel to Supports
	Demand   []rational.Int // Unit * q_i
}

// Integer returns the instance in its integer unit. It panics where Supports
// does. The slice Supports is shared and must not be changed.
func (in *Instance) Integer() *Integer {
	// Both laws in the least unit for the two of them: flows are of integers.
	law := in.drafts.integerLaw()
	unit := rational.LCM(law.unit, in.target.Unit)
	return &Integer{
		Unit:     unit,
		Supports: law.supports,
		Supply:   Scaled(law.weights, unit.DivExact(law.unit)),
		Demand:   Scaled(in.target.Weights.Ints(), unit.DivExact(in.target.Unit)),
	}
}

// Scaled returns the weights times the factor.
func Scaled(weights []rational.Int, factor rational.Int) []rational.Int {
	return each.Of(weights, func(w rational.Int) rational.Int { return w.Mul(factor) })
}

// Transport returns the network of the importance-sampling program: support T
// supplies Unit*b_T and may serve the tokens i in T, which demand Unit*q_i.
// Its largest flow is Unit times the best acceptance probability, and the sets
// of tokens whose demand a least cut takes are the minimisers of MD-T3.
func (g *Integer) Transport() *flow.Transport {
	arcs := make([][]int32, len(g.Supports))
	total := 0
	for _, t := range g.Supports {
		total += t.Len()
	}
	all := make([]int32, 0, total) // one block instead of a slice per support
	for j, t := range g.Supports {
		first := len(all)
		for ; t != 0; t &= t - 1 {
			// A token is an arc to its demand; no capacity beside supply and demand.
			all = append(all, int32(t.Lowest()))
		}
		arcs[j] = all[first:len(all):len(all)]
	}
	return &flow.Transport{Supply: g.Supply, Demand: g.Demand, Arcs: arcs}
}
