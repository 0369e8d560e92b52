package optimum

import (
	"context"
	"slices"

	"pstar/internal/each"
	"pstar/rational"
	"pstar/theorems/multidraft"
)

// MaxBindingSets is the largest number of binding sets that a Binding lists.
const MaxBindingSets = 64

// MaxBindingTokens is the largest alphabet whose subsets are all looked at when
// there is no order that finds the binding ones.
const MaxBindingTokens = 16

// A Binding describes the sets S that attain the minimum of q(S) + 1 - B(S).
// They form a lattice: unions and intersections of binding sets are binding.
// If P* = 1 they are the sets with q(S) = B(S), the empty set among them.
type Binding struct {
	// Smallest is contained in all binding sets, and Largest contains them.
	Smallest, Largest multidraft.TokenSet
	// Known says whether the binding sets have been counted; Count is their
	// number. For drafts that are not iid, on alphabets of more than 16 tokens,
	// only the smallest and the largest are found, and if these are the same, it is the only one.
	Known bool
	Count rational.Int
	// Sets lists all of them in canonical order if Known and there are at most
	// MaxBindingSets.
	Sets []multidraft.TokenSet
}

// prefixOptimum looks at the prefixes of the tokens sorted by q_i/p_i that groups leave.
// By the argument at MinByPrefix a binding set consists of all tokens with q_i/p_i
// below a threshold and, for K > 1, all or none of those at it, so that it is a
// prefix; tokens with p_i = q_i = 0 may be added. For K = 1 the sets between
// {q_i < p_i} and {q_i <= p_i} bind. It fails only if ctx ends.
func prefixOptimum(ctx context.Context, s *multidraft.Instance) (*Optimum, error) {
	g := NewGroups(s.Rows()[0], s.Target())
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	return g.Optimum(s.K()), nil
}

// Optimum is that of k iid drafts.
func (g *Groups) Optimum(k int) *Optimum {
	least := g.least(k)
	return &Optimum{Value: least.value, Method: MethodPrefix, Binding: g.binding(k, least)}
}

// binding makes the binding sets of the prefixes that attain the minimum.
func (g *Groups) binding(k int, least prefixMinimum) Binding {
	lengths := least.lengths
	// The longer prefixes are the shortest one with free tokens, and would be counted twice.
	if k == 1 {
		lengths = lengths[:1]
	}
	return bindingOf(lengths, least.set, g.free(k))
}

// BindingOfPrefixes makes the binding sets of more than one iid draft, where the prefixes of these lengths of
// the order of [ByRatio] attain the minimum and no others do: these, and each with tokens that have neither p nor q.
func BindingOfPrefixes(p, q multidraft.Distribution, order, lengths []int) Binding {
	var free []int
	for i, w := range p.Weights.All() {
		if w.IsZero() && q.Weights.At(i).IsZero() {
			free = append(free, i)
		}
	}
	return bindingOf(lengths, func(length int) multidraft.TokenSet { return multidraft.NewTokenSet(p.N(), order[:length]...) }, free)
}

// bindingOf has the sets of these lengths, ascending, each with any of the free tokens.
func bindingOf(lengths []int, set func(length int) multidraft.TokenSet, free []int) Binding {
	b := Binding{Known: true, Smallest: set(lengths[0])}
	if len(lengths) == 1 && len(free) == 0 { // as it mostly is
		b.Largest, b.Count, b.Sets = b.Smallest, rational.NewInt(1), []multidraft.TokenSet{b.Smallest}
		return b
	}
	last := lengths[len(lengths)-1]
	b.Largest = with(set(last), free)
	b.Count = rational.NewInt(int64(len(lengths))).Mul(rational.NewInt(2).Pow(uint(len(free))))
	// Counted first, as there may be 2^n.
	if count, small := b.Count.Int64(); small && count <= MaxBindingSets {
		for _, length := range lengths {
			b.Sets = append(b.Sets, withSubsets(set(length), free)...)
		}
		slices.SortFunc(b.Sets, multidraft.TokenSet.Compare)
	}
	return b
}

// free lists the tokens that may be added to any binding set, ascending.
func (g *Groups) free(k int) []int {
	// As it mostly is: all tokens are in groups, and only those with q_i = p_i could be free.
	if k > 1 && g.blocks[len(g.blocks)-1].length == len(g.group) {
		return nil
	}
	var free []int
	equal := ratioKey(g.q.Unit, g.p.Unit)
	for i, w := range g.p.Weights.All() {
		v := g.q.Weights.At(i)
		// It changes neither q(S) nor p(S).
		if w.IsZero() {
			if v.IsZero() {
				free = append(free, i)
			}
			continue
		}
		// For K = 1 neither does a token with q_i = p_i change the difference; where keys tell that
		// they are not equal, no product is needed.
		if k == 1 && ratioKey(v, w)+keyError >= equal && ratioKey(v, w) <= equal+keyError && w.Mul(g.q.Unit).Equal(v.Mul(g.p.Unit)) {
			free = append(free, i)
		}
	}
	return free
}

// binding finds the binding sets of the instance s from a largest flow. The
// smallest is the cut that the flow reports; the largest are the tokens from
// which no unfilled demand can be reached.
func (w *FlowWitness) binding(s *multidraft.Instance) Binding {
	b := Binding{Smallest: multidraft.NewTokenSet(s.N()), Largest: multidraft.NewTokenSet(s.N())}
	for i, cut := range w.Flow.CutSinks {
		// The merged token stands for several, and is spelt out below.
		if cut && w.Tokens[i] != multidraft.Rest {
			b.Smallest.Add(w.Tokens[i])
		}
	}
	open := w.canGrow()
	for i, token := range w.Tokens {
		if !open[i] && token != multidraft.Rest {
			b.Largest.Add(token)
		}
	}
	// The merged token never helps: it binds only where its tokens have q = 0.
	if place := len(w.Tokens) - 1; w.Tokens[place] == multidraft.Rest {
		may := s.Drafted()
		for i, weight := range s.Target().Weights.All() {
			if !may[i] && weight.IsZero() {
				b.Largest.Add(i)
			}
		}
	}
	if s.N() <= MaxBindingTokens {
		b.enumerate(s)
		return b
	}
	return between(b.Smallest, b.Largest)
}

// between are the binding sets of which the smallest and the largest are known, and no others: there is one if both are the same.
func between(smallest, largest multidraft.TokenSet) Binding {
	b := Binding{Smallest: smallest, Largest: largest}
	if smallest.Compare(largest) == 0 {
		b.Known, b.Count, b.Sets = true, rational.NewInt(1), []multidraft.TokenSet{smallest}
	}
	return b
}

// canGrow marks the tokens from which a token with unfilled demand can be
// reached in the residual network.
func (w *FlowWitness) canGrow() []bool {
	g, on := w.Network, w.Flow.On
	spare := slices.Clone(g.demand)
	for c, set := range g.Sets {
		for a, i := range set {
			spare[i] = spare[i].Sub(on[c][a])
		}
	}
	open := each.Of(spare, func(left rational.Int) bool { return left.Sign() > 0 })
	// A source next to an open token can send more there, and take it from the
	// tokens that it now serves. Each round opens a token or is the last.
	for changed := true; changed; {
		changed = false
		for c, set := range g.Sets {
			if !slices.ContainsFunc(set, func(i int32) bool { return open[i] }) {
				continue
			}
			for a, i := range set {
				if !open[i] && on[c][a].Sign() > 0 {
					open[i], changed = true, true
				}
			}
		}
	}
	return open
}

// enumerate goes through all sets.
func (b *Binding) enumerate(s *multidraft.Instance) {
	var f setFunction
	// Products of K sums need no list of supports.
	if d, independent := s.Drafts().(*multidraft.Independent); independent {
		f = productMasses(d.Rows())
	} else {
		f = zetaMasses(s.Integer(), s.N())
	}
	targets := newSubsetSums(s.Target().Weights.Ints())
	smallest := multidraft.SetOf(b.Smallest.Tokens()...)
	gap := func(set multidraft.Set) rational.Int {
		return targets.of(set).Mul(f.unit).Sub(f.value(set).Mul(s.Target().Unit))
	}
	least := gap(smallest)
	var sets []multidraft.TokenSet
	for set := smallest; set <= multidraft.FullSet(s.N()); set++ {
		// All binding sets contain the smallest.
		if smallest.SubsetOf(set) && gap(set).Equal(least) {
			sets = append(sets, multidraft.NewTokenSet(s.N(), set.Tokens()...))
		}
	}
	b.Known, b.Count = true, rational.NewInt(int64(len(sets)))
	// More are counted and not listed.
	if len(sets) <= MaxBindingSets {
		b.Sets = sets
		slices.SortFunc(b.Sets, multidraft.TokenSet.Compare)
	}
}

// union merges two disjoint or overlapping lists, ascending.
func union(a, b []int) []int {
	list := append(slices.Clone(a), b...)
	slices.Sort(list)
	return slices.Compact(list)
}

// withSubsets returns base with every subset of the free tokens added.
func withSubsets(base multidraft.TokenSet, free []int) []multidraft.TokenSet {
	sets := make([]multidraft.TokenSet, 0, 1<<len(free))
	for mask := range 1 << len(free) {
		set := base.Clone()
		for j, i := range free {
			if mask>>j&1 == 1 {
				set.Add(i)
			}
		}
		sets = append(sets, set)
	}
	return sets
}

// with returns the set with more tokens added, in the memory of the set.
func with(set multidraft.TokenSet, more []int) multidraft.TokenSet {
	for _, i := range more {
		set.Add(i)
	}
	return set
}
