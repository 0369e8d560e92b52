package scheme

import (
	"cmp"
	"context"
	"slices"
	"strconv"

	"pstar/lp/flow"
	"pstar/rational"
	"pstar/theorems/multidraft"
)

// defaultSize is |Ω_1| of the truncated programs in the experiments of [MD].
const defaultSize = 5

// A pairStage selects one of two independent tokens X_1 of law p1 and X_2 of law
// p2 by the truncated linear program ([MD] section 4, eqs. 8-12, and appendices
// G.1 and I): the tokens are sorted by q_i - p1_i p2_i descending, Ω_1 is the
// first size of them and Ω_2 the rest. A token of Ω_1 is preferred to one of Ω_2,
// in Ω_2 the earlier one (or either with 1/2), and within Ω_1 the weights
// maximise the sum of min(q_i, p_I(i)).
type pairStage struct {
	rank   []int // place of each token in the order
	size   int
	half   bool
	law    multidraft.Distribution // p_I
	inside [][]rational.Rat
	// penalty is the sum over Ω_2 of (q_i - p1_i p2_i)^+, the right side's
	// loss in MD-E12 and MD-E202.
	penalty rational.Rat
}

// newPairStage costs one sort, O(n) operations on integers, and a largest flow
// between the size(size-1)/2 pairs and the size tokens of Ω_1.
// The error is that of the flow: the end of ctx.
func newPairStage(ctx context.Context, p1, p2, q multidraft.Distribution, size int, half bool) (*pairStage, error) {
	n := q.Weights.Len()
	st := &pairStage{size: size, half: half, rank: make([]int, n)}
	order := st.sort(p1, p2, q)
	// One unit for the masses of pairs and for q.
	st.law = multidraft.Distribution{Weights: rational.NewPacked(n), Unit: p1.Unit.Mul(p2.Unit).Mul(q.Unit)}
	st.outside(order, p1, p2, q.Unit)
	return st, st.program(ctx, order[:size], p1, p2, q)
}

// sort fills in the ranks and the penalty, and returns the order.
func (st *pairStage) sort(p1, p2, q multidraft.Distribution) []int {
	pairs := p1.Unit.Mul(p2.Unit)
	key := make([]rational.Int, q.Weights.Len())
	for i := range key {
		// q_i − p1_i p2_i in the unit of all three.
		key[i] = q.Weights.At(i).Mul(pairs).Sub(p1.Weights.At(i).Mul(p2.Weights.At(i)).Mul(q.Unit))
	}
	order := multidraft.Identity(len(key))
	slices.SortFunc(order, func(i, j int) int {
		return cmp.Or(key[j].Cmp(key[i]), i-j)
	})
	var penalty rational.Int
	for r, i := range order {
		st.rank[i] = r
		// The penalty of the bounds is summed over Ω_2 alone.
		if r >= st.size {
			penalty = penalty.Add(positivePart(key[i]))
		}
	}
	st.penalty = rational.RatFromInts(penalty, pairs.Mul(q.Unit))
	return order
}

// outside gives every token the mass of the drafts in which its choice is
// settled: both drafts equal, or one of them in Ω_2. All masses are scaled by
// the unit of q.
func (st *pairStage) outside(order []int, p1, p2 multidraft.Distribution, scale rational.Int) {
	var after1, after2 rational.Int // of the later tokens of Ω_2
	// Of Ω_2 as a whole.
	total1, total2 := p1.MassOf(order[st.size:]), p2.MassOf(order[st.size:])
	for r := len(order) - 1; r >= 0; r-- {
		i := order[r]
		a, b := p1.Weights.At(i), p2.Weights.At(i)
		// Both drafts are i.
		own := a.Mul(b)
		switch {
		// With any token of Ω_2 a token of Ω_1 is chosen, whatever the draft it comes from.
		case r < st.size:
			own = own.Add(a.Mul(total2)).Add(b.Mul(total1))
			own = own.Mul(scale)
		case st.half:
			// (a (total2 - b) + b (total1 - a))/2 beside the pair of equal drafts.
			own = a.Mul(total2).Add(b.Mul(total1)).Mul(scale)
		default:
			// Against later tokens of Ω_2 the earlier one is chosen.
			own = own.Add(a.Mul(after2)).Add(b.Mul(after1)).Mul(scale)
			after1, after2 = after1.Add(a), after2.Add(b)
		}
		st.law.Weights.Set(i, own)
	}
	if !st.half {
		return
	}
	// Halves need twice the unit.
	two := rational.NewInt(2)
	st.law.Unit = st.law.Unit.Mul(two)
	for _, i := range order[:st.size] {
		st.law.Weights.Set(i, st.law.Weights.At(i).Mul(two))
	}
}

// program solves the program over Ω_1 as a transport problem: the pair {i,j}
// supplies its probability to i and j, which each take what they are short of q.
// What a pair has left, when both have enough, goes to the earlier token.
func (st *pairStage) program(ctx context.Context, first []int, p1, p2, q multidraft.Distribution) error {
	scale := st.law.Unit.DivExact(p1.Unit.Mul(p2.Unit))
	target := st.law.Unit.DivExact(q.Unit)
	t := &flow.Transport{}
	for _, i := range first {
		// What a token still lacks of q after the drafts that are settled.
		t.Demand = append(t.Demand, positivePart(q.Weights.At(i).Mul(target).Sub(st.law.Weights.At(i))))
	}
	for r := range first {
		for u := r + 1; u < len(first); u++ {
			i, j := first[r], first[u]
			// Either token may come from either draft.
			mass := p1.Weights.At(i).Mul(p2.Weights.At(j)).Add(p1.Weights.At(j).Mul(p2.Weights.At(i)))
			t.Supply = append(t.Supply, mass.Mul(scale))
			t.Arcs = append(t.Arcs, []int32{int32(r), int32(u)})
		}
	}
	flow, err := flow.MaxFlow(ctx, t)
	if err == nil {
		// Verified like any flow: one that is not the largest would cost acceptance, and show
		// nowhere else.
		err = t.Verify(flow)
	}
	if err != nil {
		return err
	}
	st.inside = make([][]rational.Rat, len(first))
	for r := range first {
		st.inside[r] = make([]rational.Rat, len(first))
	}
	for c, arcs := range t.Arcs {
		r, u := arcs[0], arcs[1]
		// What is not sent to the later token stays with the earlier one.
		later := flow.On[c][1]
		earlier := t.Supply[c].Sub(later)
		st.law.Weights.Set(first[r], st.law.Weights.At(first[r]).Add(earlier))
		st.law.Weights.Set(first[u], st.law.Weights.At(first[u]).Add(later))
		st.inside[r][u] = one
		// A pair that is never drafted may have any weight.
		if !t.Supply[c].IsZero() {
			st.inside[r][u] = rational.RatFromInts(earlier, t.Supply[c])
		}
		st.inside[u][r] = one.Sub(st.inside[r][u])
	}
	return nil
}

// weight is w_ij, the probability of choosing i from the drafts {i, j}, i != j.
func (st *pairStage) weight(i, j int) rational.Rat {
	r, u := st.rank[i], st.rank[j]
	switch {
	case r < st.size && u < st.size:
		return st.inside[r][u]
	case st.half && r >= st.size && u >= st.size:
		return rational.NewRat(1, 2)
	// The earlier token in the order is preferred.
	case r < u:
		return one
	}
	return rational.Rat{}
}

// size is |Ω_1|, checked against the number of tokens.
func (o Options) size(n int) (int, error) {
	size := orDefault(o.Size, min(n, defaultSize))
	// 0 was read as the default before.
	if size < 0 || size > n {
		return 0, optionErrorf("size", "|Ω_1| = %d, want 1..%d", size, n)
	}
	return size, nil
}

// planTruncated prefers the earlier token in Ω_2, planTruncatedHalf either with 1/2, and
// planMultiStage is the first for any number of drafts.
func planTruncated(ctx context.Context, s *multidraft.Instance, o Options) (plan, error) {
	return planPairs(ctx, s, o, false)
}

func planTruncatedHalf(ctx context.Context, s *multidraft.Instance, o Options) (plan, error) {
	return planPairs(ctx, s, o, true)
}

func planMultiStage(ctx context.Context, s *multidraft.Instance, o Options) (plan, error) {
	return planPairs(ctx, s, o, false)
}

// planPairs selects between the first two drafts, then between the selected
// token and the next draft, and so on ([MD] Remark 3): the selected token
// depends on earlier drafts only, hence is independent of the next one, and each
// stage is a truncated program for two laws. With K = 2 there is one stage.
func planPairs(ctx context.Context, s *multidraft.Instance, o Options, half bool) (plan, error) {
	size, err := o.size(s.N())
	if err != nil {
		return plan{}, err
	}
	law := s.Rows()[0]
	if err := stagedLimit(MultiStage, s, law.Unit.BitLen()+s.Target().Unit.BitLen()); err != nil {
		return plan{}, err
	}
	// A stage for each draft but the first.
	stages := make([]*pairStage, 0, s.K()-1)
	for _, next := range s.Rows()[1:] {
		// The law of the token selected so far takes the place of the first draft's.
		st, err := newPairStage(ctx, law, next, s.Target(), size, half)
		if err != nil {
			return plan{}, err
		}
		stages = append(stages, st)
		law = st.law
	}
	// p_I after the last stage, and then speculative sampling as for one draft.
	p := speculativePlan(s, law, func(word []int) ([]int, []rational.Rat) { return stagedWeights(stages, word) })
	p.parameters = []Parameter{{"|Ω_1|", strconv.Itoa(size)}}
	return p, nil
}

// stagedWeights is the law of the selected token given the drafts.
func stagedWeights(stages []*pairStage, word []int) (tokens []int, weights []rational.Rat) {
	// Before any stage the first draft is the selected token.
	tokens, weights = []int{word[0]}, []rational.Rat{one}
	for k, st := range stages {
		next := word[k+1]
		var passed rational.Rat // to the next draft
		for j, y := range tokens {
			// Two equal drafts leave nothing to choose.
			if y != next {
				// The stage keeps its token with w, and passes the rest of its weight on.
				kept := weights[j].Mul(st.weight(y, next))
				passed = passed.Add(weights[j].Sub(kept))
				weights[j] = kept
			}
		}
		// The next draft may be a token that an earlier one was.
		if place := slices.Index(tokens, next); place >= 0 {
			weights[place] = weights[place].Add(passed)
		} else {
			tokens, weights = append(tokens, next), append(weights, passed)
		}
	}
	return tokens, weights
}

// TruncatedPair returns the acceptance of the truncated program on the first two
// drafts of an instance of product drafts with |Ω_1| = size, and the penalty by which
// MD-E12 and MD-E202 bound it: the sum over Ω_2 of (q_i - p1_i p2_i)^+. half chooses
// the weights 1/2 outside Ω_1.
func TruncatedPair(ctx context.Context, s *multidraft.Instance, size int, half bool) (accepted, penalty rational.Rat, err error) {
	st, err := newPairStage(ctx, s.Rows()[0], s.Rows()[1], s.Target(), size, half)
	if err != nil {
		return accepted, penalty, err
	}
	return speculate(st.law, s.Target()).acceptance(), st.penalty, nil
}
