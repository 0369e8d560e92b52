package multidraft

import (
	"context"

	"pstar/lp"
	"pstar/rational"
)

// An Optimum is the best acceptance probability of a setting with its witness
// and the sets that bind.
type Optimum struct {
	// Value is P*(acc), the least q(S) + 1 - B(S) (MD-T3).
	Value rational.Rat
	// Method is MethodPrefix, MethodMaxFlow or MethodTangents.
	Method string
	// Binding are the sets that attain the minimum.
	Binding Binding
}

// IsOne reports whether P* = 1: whether q(S) >= B(S) for all S (MD-T2).
func (o *Optimum) IsOne() bool { return o.Value.Equal(one) }

// Optimum computes P*(acc) exactly: for iid drafts, and for a single draft of any
// model, with one exact sort, in O(n log n) operations on integers; for two
// independent drafts over many tokens by tangents that prove a minimum, each in O(n);
// otherwise as the value of a largest flow, verified against its cut, over the
// supports of the tokens that may be drafted. No method goes through the 2^n sets.
//
// It fails if ctx ends, or if the flow would need more than MaxSupports sources,
// unless these are the words of a joint law: for three independent drafts that is
// with more than 101 tokens, for four with more than 62.
func (s *Setting) Optimum(ctx context.Context) (*Optimum, error) {
	if iid := s.asIID(); iid != nil {
		return iid.prefixOptimum(), nil
	}
	if s.model == ModelIndependent && s.k == 2 && boundedPower(s.N(), 2) > maxPairFlow {
		return s.pairOptimum(ctx)
	}
	w, err := s.flow(ctx)
	if err != nil {
		return nil, err
	}
	value := rational.RatFromInts(w.flow.Value, w.network.unit)
	return &Optimum{Value: value, Method: MethodMaxFlow, Binding: w.binding(s)}, nil
}

// maxPairFlow is the largest number of pairs of drafts for which a flow is found;
// for more the search by tangents is quicker and needs no memory.
const maxPairFlow = 1 << 16

// A network is the law of the drafts and the target as a transport problem:
// outcome c of the drafts offers the tokens of sets[c] and has the weight
// supply[c].
type network struct {
	unit   rational.Int
	sets   [][]int32
	supply []rational.Int
	demand []rational.Int
}

// A flowWitness is a largest flow in the network of the merged setting.
type flowWitness struct {
	network *network
	tokens  []int // of the merged setting, see merge
	flow    *lp.Flow
}

func (s *Setting) flow(ctx context.Context) (*flowWitness, error) {
	merged, tokens := s.merge()
	g, err := merged.network()
	if err != nil {
		return nil, err
	}
	t := &lp.Transport{Supply: g.supply, Demand: g.demand, Arcs: g.sets}
	flow, err := lp.MaxFlow(ctx, t)
	if err == nil {
		err = t.Verify(flow)
	}
	if err != nil {
		return nil, err
	}
	return &flowWitness{network: g, tokens: tokens, flow: flow}, nil
}

// network prefers supports; for more tokens than a Set holds it lists words.
func (s *Setting) network() (*network, error) {
	if s.N() <= MaxTokens && CountSupports(s.k, s.N()) <= MaxSupports {
		in, err := s.Instance()
		if err != nil {
			return nil, err
		}
		g := in.Integer()
		return &network{unit: g.Unit, sets: g.Transport().Arcs, supply: g.Supply, demand: g.Demand}, nil
	}
	words, err := s.ListWords()
	if err != nil {
		return nil, err
	}
	return wordNetwork(words, s.target), nil
}

func wordNetwork(words []Word, target Distribution) *network {
	probabilities := make([]rational.Rat, len(words))
	g := &network{sets: make([][]int32, len(words))}
	for c, w := range words {
		probabilities[c] = w.Probability
		g.sets[c] = distinct(w.Tokens)
	}
	law := InCommonUnit(probabilities)
	g.unit = rational.LCM(law.unit, target.unit)
	g.supply = scaled(law.weights, g.unit.DivExact(law.unit))
	g.demand = scaled(target.weights, g.unit.DivExact(target.unit))
	return g
}

// distinct lists the tokens of a word without repetition, ascending.
func distinct(word []int) []int32 {
	var list []int32
	for _, x := range sortedCopy(word) {
		if len(list) == 0 || list[len(list)-1] != int32(x) {
			list = append(list, int32(x))
		}
	}
	return list
}
