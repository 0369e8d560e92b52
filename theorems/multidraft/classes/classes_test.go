package classes

import (
	"fmt"
	"math"
	"math/rand/v2"
	"strings"
	"testing"

	"pstar/rational"
	"pstar/theorems/multidraft"
	"pstar/theorems/multidraft/internal/oracle"
)

// randomRule is a rule that need not be good for anything.
func randomRule(rng *rand.Rand, k, n int) *Rule {
	r := &Rule{K: k, N: n, Classes: 1 + rng.IntN(4)}
	ratio := rational.Rat{}
	for range 1 + rng.IntN(4) {
		ratio = ratio.Add(rational.NewRat(1+rng.Int64N(9), 6))
		l := Level{Ratio: ratio}
		left := one
		for c := range r.Classes {
			p := left.Mul(rational.NewRat(rng.Int64N(5), 4))
			if c == r.Classes-1 || p.Cmp(left) > 0 {
				p = left
			}
			if !p.IsZero() {
				l.Class = append(l.Class, Weight{c, p})
			}
			left = left.Sub(p)
		}
		r.Levels = append(r.Levels, l)
	}
	return r
}

// checkByWords computes the law of the token chosen, of the output, and the acceptance by
// going through all words of drafts.
func checkByWords(t *testing.T, s *multidraft.Instance, e *Evaluation) {
	t.Helper()
	n := s.N()
	selected := make([]rational.Rat, n)
	multidraft.EachWord(s.K(), n, func(word []int) {
		mass := s.Drafts().Word(word)
		if mass.IsZero() {
			return
		}
		chosen := e.Chosen(word)
		if sum := rational.RatVector(chosen).Sum(); !sum.Equal(one) {
			t.Fatalf("%v: the drafts %v are chosen with probabilities %v", s, word, chosen)
		}
		for j, p := range chosen {
			selected[word[j]] = selected[word[j]].Add(mass.Mul(p))
		}
	})
	var accepted, residual rational.Rat
	for i := range n {
		if !selected[i].Equal(e.Selected(i)) {
			t.Fatalf("%v: token %d is chosen with probability %v, by words %v", s, i+1, e.Selected(i), selected[i])
		}
		accepted = accepted.Add(selected[i].Mul(e.Accept(i)))
		residual = residual.Add(residualAt(e, i))
		// Accepted, or drawn after a rejection: q.
		if out := selected[i].Mul(e.Accept(i)).Add(residualAt(e, i)); !out.Equal(s.Target().At(i)) {
			t.Fatalf("%v: the output is token %d with probability %v, want %v", s, i+1, out, s.Target().At(i))
		}
	}
	if !accepted.Equal(e.Acceptance) || !residual.Equal(one.Sub(accepted)) {
		t.Fatalf("%v: acceptance %v, by words %v; residual %v", s, e.Acceptance, accepted, residual)
	}
	if e.Gap.Sign() < 0 {
		t.Fatalf("%v: acceptance %v is above P* = %v", s, e.Acceptance, e.Best)
	}
}

func TestRandomRulesByWords(t *testing.T) {
	rng := oracle.NewRand(91)
	for k := 1; k <= 4; k++ {
		for n := 1; n <= 5; n++ {
			oracle.Generated(t, 91, 16, k, n, multidraft.ModelIID, func(s *multidraft.Instance) {
				e, err := randomRule(rng, k, n).Evaluate(s)
				if err != nil {
					t.Fatal(err)
				}
				checkByWords(t, s, e)
			})
		}
	}
}

// The rule that Optimal finds attains P* up to the gap.
func TestOptimalRules(t *testing.T) {
	gap := rational.NewRat(1, 1e12)
	for k := 1; k <= 5; k++ {
		for n := 1; n <= 6; n++ {
			oracle.Generated(t, 92, 24, k, n, multidraft.ModelIID, func(s *multidraft.Instance) {
				r, e, err := Optimal(t.Context(), s, gap)
				if err != nil {
					t.Fatalf("%v: p = %v, q = %v: %v", s, s.Rows()[0].Rats(), s.Target().Rats(), err)
				}
				if e.Gap.Cmp(gap) > 0 || r.Check() != nil {
					t.Fatalf("%v: gap %v, %v", s, e.Gap, r.Check())
				}
				if k <= 3 && n <= 4 {
					checkByWords(t, s, e)
				}
			})
		}
	}
}

// vocabulary draws float32 probabilities as a language model gives them.
func vocabulary(rng *rand.Rand, n int) multidraft.Distribution {
	values, total := make([]float64, n), 0.0
	for i := range values {
		values[i] = math.Exp(2.5 * rng.NormFloat64())
		total += values[i]
	}
	weights := make([]rational.Int, n)
	for i, v := range values {
		weights[i] = rational.NewInt(int64(math.Ldexp(float64(float32(v/total)), 62)))
	}
	return multidraft.Must(multidraft.FromWeights("p", weights))
}

func vocabularyInstance(k, n int) *multidraft.Instance {
	rng := oracle.NewRand(uint64(n))
	p, q := vocabulary(rng, n), vocabulary(rng, n)
	return multidraft.Must(multidraft.New(multidraft.ModelIID, k, []multidraft.Distribution{p}, q))
}

// A rule for a vocabulary is short.
func TestRulesOfVocabulariesAreShort(t *testing.T) {
	for _, k := range []int{2, 3, 8} {
		s := vocabularyInstance(k, 20_000)
		r, e, err := Optimal(t.Context(), s, rational.NewRat(1, 1e9))
		if err != nil || r.Size() > 2000 {
			t.Errorf("K = %d: %v, %d numbers", k, err, r.Size())
		}
		if e.Gap.Cmp(rational.NewRat(1, 1e12)) > 0 {
			t.Errorf("K = %d: a gap of %v", k, e.Gap.Float64())
		}
	}
}

// residualAt is the weight of token i if no draft is accepted: (q_i - t_i)^+, not normalised; they sum to 1 - Acceptance.
func residualAt(e *Evaluation, i int) rational.Rat {
	return rational.MaxRat(e.s.Target().At(i).Sub(e.Selected(i)), rational.Rat{})
}

// Draws have the frequencies of the law: each count is within six standard deviations.
func TestSelectorFrequencies(t *testing.T) {
	rng := oracle.NewRand(93)
	s := oracle.IIDInstance(t, 3, "1/2,1/4,3/16,1/16,0", "1/8,1/2,1/8,1/8,1/8")
	for trial := range 3 {
		r := randomRule(rng, 3, 5)
		if trial == 0 {
			r, _, _ = Optimal(t.Context(), s, rational.NewRat(1, 1e12))
		}
		e := multidraft.Must(r.Evaluate(s))
		selector := e.Selector()
		const draws = 40_000
		counts := make([]int, 5)
		accepted := 0
		for range draws {
			word := make([]int, 3)
			for j := range word {
				word[j] = []int{0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 3}[rng.IntN(16)]
			}
			token, ok := selector.Select(word, rng)
			counts[token]++
			if ok {
				accepted++
			}
		}
		within := func(name string, count int, p float64) {
			if off := math.Abs(float64(count) - draws*p); off > 6*math.Sqrt(draws*p*(1-p))+1 {
				t.Errorf("%s: %d of %d draws, want a part of %v", name, count, draws, p)
			}
		}
		within("accepted", accepted, e.Acceptance.Float64())
		for i, count := range counts {
			within("output", count, s.Target().At(i).Float64())
		}
	}
}

func TestCheckNamesFaults(t *testing.T) {
	level := func(ratio int64, class int, num, den int64) Level {
		return Level{Ratio: rational.NewRat(ratio, 1), Class: []Weight{{class, rational.NewRat(num, den)}}}
	}
	for want, r := range map[string]Rule{
		"0 levels":                      {Classes: 1},
		"is not above":                  {Classes: 1, Levels: []Level{level(1, 0, 1, 1), level(1, 0, 1, 1)}},
		"negative":                      {Classes: 1, Levels: []Level{level(-1, 0, 1, 1)}},
		"class 2, want ascending":       {Classes: 1, Levels: []Level{level(1, 1, 1, 1)}},
		"has the probability -1":        {Classes: 1, Levels: []Level{level(1, 0, -1, 1)}},
		"classes sum to 1/2, want 1":    {Classes: 1, Levels: []Level{level(1, 0, 1, 2)}},
		"3 drafts and 2 tokens, not 2 ": {K: 3, N: 2, Classes: 1, Levels: []Level{level(1, 0, 1, 1)}},
	} {
		if _, err := r.Evaluate(oracle.IIDInstance(t, 2, "1/2,1/2", "1/2,1/2")); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v, want %s", err, want)
		}
	}
}

// BenchmarkSelect measures one tuple of eight drafts over 128 000 tokens, and
// BenchmarkChosen the exact law of its choice.
func BenchmarkSelect(b *testing.B) {
	e, words := benchmarkRule(b)
	selector := e.Selector()
	rng := oracle.NewRand(1)
	for j := 0; b.Loop(); j++ {
		selector.Select(words[j%len(words)], rng)
	}
}

func BenchmarkChosen(b *testing.B) {
	e, words := benchmarkRule(b)
	for j := 0; b.Loop(); j++ {
		e.Chosen(words[j%len(words)])
	}
}

func benchmarkRule(b *testing.B) (*Evaluation, [][]int) {
	s := vocabularyInstance(8, 128_000)
	_, e, err := Optimal(b.Context(), s, rational.NewRat(1, 1e9))
	if err != nil {
		b.Fatal(err)
	}
	rng := oracle.NewRand(2)
	words := make([][]int, 64)
	for j := range words {
		for range s.K() {
			words[j] = append(words[j], rng.IntN(s.N()))
		}
	}
	return e, words
}

// A gap that is less than floats can show is given up when more levels help no longer, and not with the most levels that there may be.
func TestGapBelowFloats(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	law := func() multidraft.Distribution {
		w := make([]rational.Int, 1000)
		for i := range w {
			w[i] = rational.NewInt(1 + int64(1e6*math.Exp(2.5*rng.NormFloat64())))
		}
		return multidraft.Must(multidraft.FromWeights("p", w))
	}
	s := multidraft.Must(multidraft.New(multidraft.ModelIID, 8, []multidraft.Distribution{law()}, law()))
	_, _, err := Optimal(t.Context(), s, rational.NewRat(1, 1e18).Pow(2))
	if err == nil {
		t.Fatal("a gap of 1e-36 is reached")
	}
	levels, gap := 0, 0.0
	if n, _ := fmt.Sscanf(err.Error(), "%d levels leave a gap of about %g to P*", &levels, &gap); n != 2 || levels > 100 || gap > 1e-14 {
		t.Errorf("it gives up with %v", err)
	}
}
