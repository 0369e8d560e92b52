package multidraft

import (
	"fmt"

	"pstar/lp"
	"pstar/rational"
)

// An Instance is a law of the drafts and a target distribution over the same
// tokens. It does not change once made and may be shared by goroutines.
type Instance struct {
	// Kind says how a generated instance was made (see Kinds) and Index is its
	// place in the sequence; "" and 0 for an instance given by the user.
	Kind  string
	Index int

	drafts Drafts
	target Distribution
}

// NewInstance checks that q is a distribution over the tokens of the drafts.
func NewInstance(drafts Drafts, q []rational.Rat) (*Instance, error) {
	if len(q) != drafts.N() {
		return nil, fmt.Errorf("q has %d entries, the drafts have %d tokens", len(q), drafts.N())
	}
	target, err := NewDistribution("q", q)
	if err != nil {
		return nil, err
	}
	return &Instance{drafts: drafts, target: target}, nil
}

// Drafts returns the law of the drafts.
func (in *Instance) Drafts() Drafts { return in.drafts }

// K returns the number of drafts.
func (in *Instance) K() int { return in.drafts.K() }

// N returns the number of tokens.
func (in *Instance) N() int { return in.drafts.N() }

// Target returns the target distribution q.
func (in *Instance) Target() Distribution { return in.target }

// Bound returns q(s) + 1 - B(s), an upper bound on the acceptance probability
// for every set s: either the selected token is in s, or some draft is not.
func (in *Instance) Bound(s Set) rational.Rat {
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
	law := in.drafts.integerLaw()
	unit := rational.LCM(law.unit, in.target.Unit)
	return &Integer{
		Unit:     unit,
		Supports: law.supports,
		Supply:   Scaled(law.weights, unit.DivExact(law.unit)),
		Demand:   Scaled(in.target.Weights, unit.DivExact(in.target.Unit)),
	}
}

// Scaled returns the weights times the factor.
func Scaled(weights []rational.Int, factor rational.Int) []rational.Int {
	list := make([]rational.Int, len(weights))
	for i, w := range weights {
		list[i] = w.Mul(factor)
	}
	return list
}

// Transport returns the network of the importance-sampling program: support T
// supplies Unit*b_T and may serve the tokens i in T, which demand Unit*q_i.
// Its largest flow is Unit times the best acceptance probability, and the sets
// of tokens whose demand a least cut takes are the minimisers of MD-T3.
func (g *Integer) Transport() *lp.Transport {
	arcs := make([][]int32, len(g.Supports))
	total := 0
	for _, t := range g.Supports {
		total += t.Len()
	}
	all := make([]int32, 0, total) // one block instead of a slice per support
	for j, t := range g.Supports {
		first := len(all)
		for ; t != 0; t &= t - 1 {
			all = append(all, int32(t.Lowest()))
		}
		arcs[j] = all[first:len(all):len(all)]
	}
	return &lp.Transport{Supply: g.Supply, Demand: g.Demand, Arcs: arcs}
}
