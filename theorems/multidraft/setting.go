package multidraft

import (
	"fmt"
	"slices"
	"strings"

	"pstar/rational"
)

// A Setting is a law of K drafts and a target distribution over any number of
// tokens: where an [Instance] is limited to MaxTokens, as it works with sets as
// words, a Setting holds the vocabulary of a language model. It does not change
// once made and may be shared by goroutines.
type Setting struct {
	model  string
	k      int
	rows   []Distribution // the law of each draft; nil for joint laws. Without replacement: the law drawn from
	words  []Word         // joint laws: increasing, of positive probability
	target Distribution
}

// NewSetting returns k drafts of the model ModelIID, ModelIndependent or
// ModelWithoutReplacement with target q. Independent drafts take one law for
// each draft in p, the other models exactly one law. It fails if k is not in
// 1..MaxDrafts, if the numbers of laws or of tokens do not fit, or if there are
// not k tokens to draw without replacement.
func NewSetting(model string, k int, p []Distribution, q Distribution) (*Setting, error) {
	if k < 1 || k > MaxDrafts {
		return nil, fmt.Errorf("K = %d drafts, want 1..%d", k, MaxDrafts)
	}
	laws := 1
	switch model {
	case ModelIID, ModelWithoutReplacement:
	case ModelIndependent:
		laws = k
	case ModelJoint:
		return nil, fmt.Errorf("draft model %q does not take a distribution", model)
	default:
		return nil, fmt.Errorf("unknown draft model %q, want one of %s", model, strings.Join(Models(), ", "))
	}
	if len(p) != laws {
		return nil, fmt.Errorf("%d draft distributions, want %d for K = %d %s drafts", len(p), laws, k, model)
	}
	s := &Setting{model: model, k: k, target: q}
	for j, row := range p {
		if row.N() != q.N() {
			return nil, fmt.Errorf("q has %d entries, %s has %d", q.N(), rowName(laws, j), row.N())
		}
		s.rows = append(s.rows, row)
	}
	for len(s.rows) < k {
		s.rows = append(s.rows, s.rows[0])
	}
	if positive := p[0].Positive(); model == ModelWithoutReplacement && positive < k {
		return nil, fmt.Errorf("p gives positive probability to %d tokens, want at least K = %d without replacement", positive, k)
	}
	return s, nil
}

func rowName(rows, j int) string {
	if rows == 1 {
		return "p"
	}
	return fmt.Sprintf("p of draft %d", j+1)
}

// NewJointSetting returns drafts with an explicit joint law on words of length
// k. It fails as [NewJoint] does, but for the size of the alphabet.
func NewJointSetting(k int, words []Word, q Distribution) (*Setting, error) {
	if k < 1 || k > MaxDrafts {
		return nil, fmt.Errorf("K = %d drafts, want 1..%d", k, MaxDrafts)
	}
	if len(words) == 0 {
		return nil, fmt.Errorf("law: %w", errEmptyDistribution)
	}
	s := &Setting{model: ModelJoint, k: k, target: q}
	probabilities := make([]rational.Rat, len(words))
	for j, w := range words {
		if err := checkJointWord(k, q.N(), w.Tokens); err != nil {
			return nil, fmt.Errorf("word %d: %w", j+1, err)
		}
		probabilities[j] = w.Probability
		if w.Probability.Sign() > 0 {
			s.words = append(s.words, Word{Tokens: slices.Clone(w.Tokens), Probability: w.Probability})
		}
	}
	if place := repeatedWord(words); place >= 0 {
		return nil, fmt.Errorf("word %d is listed twice", place+1)
	}
	if _, err := NewDistribution("law", probabilities); err != nil {
		return nil, err
	}
	slices.SortFunc(s.words, func(v, w Word) int { return slices.Compare(v.Tokens, w.Tokens) })
	return s, nil
}

// SettingOf returns the setting of an instance.
func SettingOf(in *Instance) *Setting {
	s := &Setting{model: in.drafts.Model(), k: in.K(), target: in.target}
	switch d := in.drafts.(type) {
	case *IID:
		s.rows = d.rows
	case *Independent:
		s.rows = d.rows
	case *WithoutReplacement:
		for range d.k {
			s.rows = append(s.rows, d.row)
		}
	case *Joint:
		s.words = d.words
	}
	return s
}

// Model returns the name of the draft model, one of Models.
func (s *Setting) Model() string { return s.model }

// K returns the number of drafts.
func (s *Setting) K() int { return s.k }

// N returns the number of tokens.
func (s *Setting) N() int { return len(s.target.Weights) }

// Target returns the target distribution q.
func (s *Setting) Target() Distribution { return s.target }

// Rows returns the law of each draft, nil for joint laws, and Words the words of
// positive probability of a joint law, increasing. Both are to be read only.
func (s *Setting) Rows() []Distribution { return s.rows }

// Words: see Rows.
func (s *Setting) Words() []Word { return s.words }

// WithTarget returns the setting with another target over the same tokens. It panics
// for another number of them.
func (s *Setting) WithTarget(q Distribution) *Setting {
	if q.N() != s.N() {
		panic(fmt.Sprintf("multidraft: target over %d tokens, want %d", q.N(), s.N()))
	}
	other := *s
	other.target = q
	return &other
}

// Draft returns the law of the k-th draft, 0 <= k < K, or for drafts without
// replacement the law drawn from. It panics for joint laws.
func (s *Setting) Draft(k int) Distribution {
	if s.model == ModelJoint {
		panic("multidraft: joint drafts have no distribution of their own")
	}
	return s.rows[k]
}

// Instance returns the setting as an instance. It fails if there are more than
// MaxTokens tokens.
func (s *Setting) Instance() (*Instance, error) {
	d, err := s.drafts()
	if err != nil {
		return nil, err
	}
	return NewInstance(d, s.target.Rats())
}

func (s *Setting) drafts() (Drafts, error) {
	switch s.model {
	case ModelIID:
		return draftsOrNil(NewIID(s.k, s.rows[0].Rats()))
	case ModelWithoutReplacement:
		return draftsOrNil(NewWithoutReplacement(s.k, s.rows[0].Rats()))
	case ModelIndependent:
		rows := make([][]rational.Rat, s.k)
		for k := range rows {
			rows[k] = s.rows[k].Rats()
		}
		return draftsOrNil(NewIndependent(rows))
	}
	return draftsOrNil(NewJoint(s.k, s.N(), s.words))
}

// draftsOrNil keeps a nil pointer from becoming an interface that is not nil.
func draftsOrNil[D Drafts](d D, err error) (Drafts, error) {
	if err != nil {
		return nil, err
	}
	return d, nil
}

// Drafted returns which tokens may be drafted at all.
func (s *Setting) Drafted() []bool {
	may := make([]bool, s.N())
	for _, row := range s.rows {
		for i, w := range row.Weights {
			may[i] = may[i] || !w.IsZero()
		}
	}
	for _, w := range s.words {
		for _, x := range w.Tokens {
			may[x] = true
		}
	}
	return may
}

// Rest is the place of the merged token in the list of merge.
const Rest = -1

// Merge makes one token of all that are never drafted: whatever a selection
// rule does with them, only their total probability matters to the acceptance.
// It returns the tokens kept, ascending, with rest as the last entry if there
// is a merged token.
func (s *Setting) Merge() (*Setting, []int) {
	may := s.Drafted()
	var kept []int
	place := make([]int, s.N())
	for i, ok := range may {
		if ok {
			place[i] = len(kept)
			kept = append(kept, i)
		}
	}
	if len(kept) >= s.N()-1 {
		return s, Identity(s.N())
	}
	merged := &Setting{model: s.model, k: s.k}
	for _, row := range s.rows {
		merged.rows = append(merged.rows, row.gather(kept))
	}
	if s.model != ModelIndependent {
		for k := range merged.rows { // rows that are shared stay shared
			merged.rows[k] = merged.rows[0]
		}
	}
	for _, w := range s.words {
		word := Word{Probability: w.Probability}
		for _, x := range w.Tokens {
			word.Tokens = append(word.Tokens, place[x])
		}
		merged.words = append(merged.words, word)
	}
	merged.target = s.target.gather(kept)
	return merged, append(kept, Rest)
}

// Identity lists 0..n-1.
func Identity(n int) []int {
	list := make([]int, n)
	for i := range list {
		list[i] = i
	}
	return list
}

// gather keeps the weights of the tokens and adds one entry for the others.
func (d Distribution) gather(tokens []int) Distribution {
	weights := make([]rational.Int, 0, len(tokens)+1)
	for _, i := range tokens {
		weights = append(weights, d.Weights[i])
	}
	return Distribution{Weights: append(weights, d.Unit.Sub(d.MassOf(tokens))), Unit: d.Unit}
}

// jointProbability looks a word up in the joint law.
func (s *Setting) jointProbability(word []int) rational.Rat {
	place, found := slices.BinarySearchFunc(s.words, word, func(w Word, tokens []int) int {
		return slices.Compare(w.Tokens, tokens)
	})
	if !found {
		return rational.Rat{}
	}
	return s.words[place].Probability
}

// ListWords lists the words of positive probability. It fails if there may be
// more than MaxSupports.
func (s *Setting) ListWords() ([]Word, error) {
	if s.model == ModelJoint {
		return s.words, nil
	}
	if BoundedPower(s.N(), s.k) > MaxSupports {
		return nil, fmt.Errorf("%s drafts: %d tokens may be drafted, too many for exact flows at K = %d (at most %d sets or words of drafts)",
			s.model, s.N(), s.k, MaxSupports)
	}
	var words []Word
	EachWord(s.k, s.N(), func(word []int) {
		if p := s.Word(word); !p.IsZero() {
			words = append(words, Word{Tokens: append([]int(nil), word...), Probability: p})
		}
	})
	return words, nil
}

// Word returns Pr(X = word).
func (s *Setting) Word(word []int) rational.Rat {
	if s.model == ModelJoint {
		return s.jointProbability(word)
	}
	num, den := rational.NewInt(1), rational.NewInt(1)
	var drawn rational.Int // weight of the tokens before, without replacement
	for k, x := range word {
		row := s.rows[k]
		if s.model == ModelWithoutReplacement && slices.Contains(word[:k], x) {
			return rational.Rat{}
		}
		if num = num.Mul(row.Weights[x]); num.IsZero() {
			return rational.Rat{}
		}
		den = den.Mul(row.Unit.Sub(drawn))
		if s.model == ModelWithoutReplacement {
			drawn = drawn.Add(row.Weights[x])
		}
	}
	return rational.RatFromInts(num, den)
}
