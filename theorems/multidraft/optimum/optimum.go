package optimum

import (
	"context"
	"fmt"

	"pstar/lp/flow"
	"pstar/rational"
	"pstar/theorems"
	"pstar/theorems/multidraft"
)

// An Optimum is the best acceptance probability of an instance with its witness
// and the sets that bind.
type Optimum struct {
	// Value is P*(acc), the least q(S) + 1 - B(S) (MD-T3).
	Value rational.Rat
	// Method is MethodPrefix, MethodMaxFlow, MethodTangents or MethodBoxes.
	Method string
	// Binding are the sets that attain the minimum.
	Binding Binding
	// Single says that Binding.Smallest is one of them, and no more is known.
	Single bool
}

// Of computes P*(acc) exactly: for iid drafts, and for a single draft of any
// model, with one exact sort, in O(n log n) operations on integers; for two
// independent drafts over many tokens by tangents that prove a minimum, each in O(n), for three to eight
// by boxes; otherwise as the value of a largest flow, verified against its cut, over the
// supports of the tokens that may be drafted. No method goes through the 2^n sets.
//
// It fails if ctx ends, or if the flow would need more than MaxSupports sources,
// unless these are the words of a joint law, or more boxes than there may be.
func Of(ctx context.Context, s *multidraft.Instance) (*Optimum, error) {
	// A sort serves any number of tokens, and a flow would list their sets.
	if iid := asIID(s); iid != nil {
		return prefixOptimum(ctx, iid)
	}
	// Below that a flow is quick, and finds all binding sets and not only the ends.
	if s.Model() == multidraft.ModelIndependent && s.K() == 2 && multidraft.BoundedPower(s.N(), 2) > maxPairFlow {
		return pairOptimum(ctx, s)
	}
	if s.Model() == multidraft.ModelIndependent && s.K() > 2 && s.K() <= maxBoxDrafts && !s.HasSupports() {
		return boxOptimum(ctx, s)
	}
	w, err := LargestFlow(ctx, s)
	if err != nil {
		return nil, err
	}
	value := rational.RatFromInts(w.Flow.Value, w.Network.Unit)
	return &Optimum{Value: value, Method: MethodMaxFlow, Binding: w.binding(s)}, nil
}

// maxPairFlow is the largest number of pairs of drafts for which a flow is found;
// for more the search by tangents is quicker and needs no memory.
const maxPairFlow = 1 << 16

// maxBoxDrafts is the largest number of independent drafts of which boxes are searched, for
// more tokens than a flow over sets is for.
const maxBoxDrafts = 8

// A network is the law of the drafts and the target as a transport problem:
// outcome c of the drafts offers the tokens of sets[c] and has the weight
// supply[c].
type network struct {
	Unit   rational.Int
	Sets   [][]int32
	Supply []rational.Int
	demand []rational.Int
}

// A FlowWitness is a largest flow in the network of the merged instance.
type FlowWitness struct {
	Network *network
	Tokens  []int // of the merged instance, see merge
	Flow    *flow.Flow
}

// LargestFlow returns a largest flow of the instance, verified against its cut. It fails
// as [Of] does where that needs a flow.
func LargestFlow(ctx context.Context, s *multidraft.Instance) (*FlowWitness, error) {
	return largestFlow(ctx, s, flow.MaxFlow)
}

func largestFlow(ctx context.Context, s *multidraft.Instance, solve func(context.Context, *flow.Transport) (*flow.Flow, error)) (*FlowWitness, error) {
	// Tokens that are never drafted act as one: fewer arcs, and the same flow.
	merged, tokens := s.Merge()
	g, err := networkOf(merged)
	if err != nil {
		return nil, err
	}
	t := &flow.Transport{Supply: g.Supply, Demand: g.demand, Arcs: g.Sets}
	flow, err := solve(ctx, t)
	if err == nil {
		// Verified with its cut, whoever found it.
		err = t.Verify(flow)
	}
	if err != nil {
		return nil, err
	}
	return &FlowWitness{Network: g, Tokens: tokens, Flow: flow}, nil
}

// network prefers supports; for more tokens than a Set holds it lists words.
func networkOf(s *multidraft.Instance) (*network, error) {
	// Neither sets nor words are too many, but what they weigh is too long.
	if s.LongLaw() {
		return nil, &theorems.Unsettled{Reason: fmt.Sprintf("%d drafts without replacement over %d tokens: the common denominator of their law is too long for exact flows", s.K(), s.N())}
	}
	if s.HasSupports() {
		g := s.Integer()
		return &network{Unit: g.Unit, Sets: g.Transport().Arcs, Supply: g.Supply, demand: g.Demand}, nil
	}
	words, err := s.ListWords()
	if err != nil {
		return nil, err
	}
	return wordNetwork(words, s.Target()), nil
}

// wordNetwork brings the law of the words and the target to one unit.
func wordNetwork(words []multidraft.Word, target multidraft.Distribution) *network {
	probabilities := make([]rational.Rat, len(words))
	g := &network{Sets: make([][]int32, len(words))}
	for c, w := range words {
		probabilities[c] = w.Probability
		// Words with one set stay apart: each is a source of its own, and the flow is as large.
		g.Sets[c] = distinct(w.Tokens)
	}
	weights, unit := rational.RatVector(probabilities).Integers()
	g.Unit = rational.LCM(unit, target.Unit)
	// Both scaled up to the unit that they share: flows are of integers.
	g.Supply = multidraft.Scaled(weights, g.Unit.DivExact(unit))
	g.demand = multidraft.Scaled(target.Weights.Ints(), g.Unit.DivExact(target.Unit))
	return g
}

// distinct lists the tokens of a word without repetition, ascending.
func distinct(word []int) []int32 {
	var list []int32
	for _, x := range multidraft.SortedCopy(word) {
		if len(list) == 0 || list[len(list)-1] != int32(x) {
			list = append(list, int32(x))
		}
	}
	return list
}
