package multidraft

import (
	"fmt"
	"math/rand/v2"
	"slices"

	"pstar/internal/each"
	"pstar/rational"
)

// Generate returns instance number index of an endless sequence of random and
// adversarial instances of a cell. It depends on its arguments only. The kinds
// take turns in the order of Kinds, so that the first len(Kinds()) instances
// show each kind once. Probabilities have denominators up to about 2^40,
// except that a target built to meet B(S) has the denominators of B; without
// replacement the drafts have small weights on larger alphabets, as otherwise
// the common denominator of the b_T explodes.
//
// It fails if k or n is out of range, if there are more than MaxSupports
// supports, if the model is not one of Models, if index < 0, or if k > n
// without replacement, where there is no such law.
func Generate(seed uint64, index, k, n int, model string) (*Instance, error) {
	if err := CheckShape(k, n); err != nil {
		return nil, err
	}
	place := slices.Index(Models(), model)
	switch {
	case place < 0:
		return nil, fmt.Errorf("draft model %q, want one of %v", model, Models())
	case index < 0:
		return nil, fmt.Errorf("instance %d, want at least 0", index)
	case model == ModelWithoutReplacement && k > n:
		return nil, fmt.Errorf("no %d drafts without replacement from %d tokens", k, n)
	case CountSupports(k, n) > MaxSupports:
		return nil, fmt.Errorf("%d supports at K=%d, n=%d, more than %d", CountSupports(k, n), k, n, MaxSupports)
	}
	// Each instance has a stream of its own, told apart by cell, model and index: one can be made
	// without those before it.
	stream := uint64(index)<<32 | uint64(k)<<16 | uint64(n)<<8 | uint64(place)
	m := &maker{rng: rand.New(rand.NewPCG(seed, stream)), k: k, n: n, model: model}
	kind := kinds[index%len(kinds)]
	drafts, q := kind.make(m)
	in := Must(NewInstance(drafts, Must(NewDistribution("q", q))))
	in.Kind, in.Index = kind.name, index
	return in, nil
}

// A maker draws the parts of one instance.
type maker struct {
	rng   *rand.Rand
	k, n  int
	model string
}

// A shape draws the weights of a distribution with size entries, of which at
// least positive must be positive.
type shape func(m *maker, size, positive int) []int64

// drafts draws a law of the drafts, each of its distributions of the shape.
func (m *maker) drafts(s shape) Drafts {
	switch m.model {
	case ModelIID:
		// An index of the shape: K times the same law.
		return Must(NewIID(m.k, normalised(s(m, m.n, 1))))
	case ModelIndependent:
		rows := make([][]rational.Rat, m.k)
		for k := range rows {
			rows[k] = normalised(s(m, m.n, 1))
		}
		return Must(NewIndependent(rows))
	case ModelWithoutReplacement:
		return Must(NewWithoutReplacement(m.k, normalised(s(m, m.n, m.k))))
	}
	return m.joint(s, m.n)
}

// joint draws a law on a few words over the first tokens tokens.
func (m *maker) joint(s shape, tokens int) *Joint {
	var words []Word
	seen := map[string]bool{}
	// From 4 to about 4n words: few, so that most sets of tokens have no mass.
	for range 4 + m.rng.IntN(4*m.n) {
		word := make([]int, m.k)
		for k := range word {
			word[k] = m.rng.IntN(tokens)
		}
		// A law lists each word once; so there may be fewer words than were drawn.
		if name := TokenList(word); !seen[name] {
			seen[name] = true
			words = append(words, Word{Tokens: word})
		}
	}
	for j, p := range normalised(s(m, len(words), 1)) {
		words[j].Probability = p
	}
	return Must(NewJoint(m.k, m.n, words))
}

// target draws a target distribution of the shape.
func (m *maker) target(s shape) []rational.Rat { return normalised(s(m, m.n, 1)) }

// normalised divides weights, of which one is positive, by their sum.
func normalised(weights []int64) []rational.Rat {
	var sum int64
	for _, w := range weights {
		sum += w
	}
	return each.Of(weights, func(w int64) rational.Rat { return rational.NewRat(w, sum) })
}

// draftWeight bounds the weights of an ordinary draft distribution: of
// independent drafts so that the K-th power of their sum stays near 2^40,
// without replacement so that the sums of subsets take few values.
func (m *maker) draftWeight() int64 {
	switch m.model {
	case ModelIID, ModelIndependent:
		return max(3, 1<<(40/m.k)/int64(m.n))
	case ModelWithoutReplacement:
		// Denominators are products over the subsets of drawn tokens: few different sums keep
		// their common multiple short.
		if m.n > 7 {
			return 3
		}
		if m.n > 4 {
			return 12
		}
	}
	return 1000
}

// hugeDraftWeight bounds the weights of draft distributions with huge
// denominators.
func (m *maker) hugeDraftWeight() int64 {
	if m.model == ModelWithoutReplacement && m.n > 4 {
		return m.draftWeight()
	}
	return m.hugeWeight()
}

// hugeWeight bounds weights so that the sum of n stays within 2^40.
func (m *maker) hugeWeight() int64 { return 1 << 40 / int64(m.n) }

// upTo draws weights from 1..most.
func (m *maker) upTo(most int64, size int) []int64 {
	weights := make([]int64, size)
	for i := range weights {
		// From 1, never 0: zeros have shapes of their own.
		weights[i] = 1 + m.rng.Int64N(most)
	}
	return weights
}

// The shapes of the generated distributions.
func ordinaryDraft(m *maker, size, _ int) []int64  { return m.upTo(m.draftWeight(), size) }
func hugeDraft(m *maker, size, _ int) []int64      { return m.upTo(m.hugeDraftWeight(), size) }
func hugeTarget(m *maker, size, _ int) []int64     { return m.upTo(m.hugeWeight(), size) }
func ordinaryTarget(m *maker, size, _ int) []int64 { return m.upTo(1000, size) }
func tinyDraft(m *maker, size, _ int) []int64      { return m.upTo(2, size) }
func equalWeights(m *maker, size, _ int) []int64   { return m.upTo(1, size) }

// withZeros makes some weights of another shape zero, at least one if it may.
func withZeros(s shape) shape {
	return func(m *maker, size, positive int) []int64 {
		weights := s(m, size, positive)
		// All must be positive, as for as many draws without replacement as there are tokens.
		if size == positive {
			return weights
		}
		zeros := 1 + m.rng.IntN(size-positive)
		// Any places: that zeros are at the end would be a special case.
		for _, i := range m.rng.Perm(size)[:zeros] {
			weights[i] = 0
		}
		return weights
	}
}

// dominated gives one entry about as much as all others together, or far more
// where the weights may be large.
func dominated(m *maker, size, _ int) []int64 {
	weights := slices.Repeat([]int64{1}, size)
	// The size as a factor: about as much as all the others together, or many times that.
	weights[m.rng.IntN(size)] = int64(size) * (1 + m.rng.Int64N(m.draftWeight()))
	return weights
}
