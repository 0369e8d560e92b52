package blocks

import (
	"math/rand/v2"
	"testing"

	"pstar/lp"
	"pstar/rational"
	"pstar/theorems/multidraft"
	"pstar/theorems/multidraft/internal/oracle"
)

// randomReach is a rule, most likely a lossy one: of each set a random part of what is accepted goes on with a random path.
func randomReach(rng *rand.Rand, p *Program) (rule []Reach, total map[int]rational.Rat) {
	total = map[int]rational.Rat{0: one}
	for d, set := range p.Sets {
		var goOn func(z []int, left rational.Rat)
		goOn = func(z []int, left rational.Rat) {
			for y := range p.Tree.N {
				zy := append(z[:len(z):len(z)], y)
				place := p.Tree.Place(zy)
				if _, ok := p.variable[d][place]; len(z) == p.Tree.Length || !ok {
					continue
				}
				value := left.Mul(rational.NewRat(rng.Int64N(4), 3))
				left = left.Sub(value)
				rule = append(rule, Reach{set, zy, value})
				total[place] = total[place].Add(value)
				goOn(zy, value)
			}
		}
		goOn(nil, p.Mass[d])
	}
	return rule, total
}

// distance is the total variation from the target of the words that begin with what is accepted, after which a token is drawn from
// follow, and the rest from the target.
func distance(tree *Tree, total map[int]rational.Rat, follow func(z []int) []rational.Rat) (sum rational.Rat) {
	laws := map[int][]rational.Rat{}
	for _, z := range tree.prefixes() {
		laws[tree.Place(z)] = follow(z)
	}
	multidraft.EachWord(tree.Length, tree.N, func(word []int) {
		output, target := total[tree.Place(word)], one // accepted as a whole
		for j := tree.Length - 1; j >= 0; j-- {
			z := word[:j]
			left := total[tree.Place(z)]
			for y := range tree.N {
				left = left.Sub(total[tree.Place(append(z[:j:j], y))])
			}
			// Accepted up to z, one token drawn, and the rest from the target.
			output = output.Add(left.Mul(laws[tree.Place(z)][word[j]]).Mul(target))
			_, m := tree.next(z, word[j])
			target = target.Mul(m)
		}
		sum = sum.Add(output.Sub(target).Abs())
	})
	return sum.Mul(rational.NewRat(1, 2))
}

// No continuation is nearer to the target than the bound from below, and one of those tried is as near as that from above.
func TestVariationEnclosesContinuations(t *testing.T) {
	rng := oracle.NewRand(131)
	lossy, apart := 0, 0
	for range 150 {
		length := 1 + rng.IntN(3)
		tree := randomTree(rng, 2+rng.IntN(2), length)
		p, err := tree.NewProgram(1 + rng.IntN(2))
		if err != nil || len(p.Variables) > 400 {
			continue
		}
		rule, total := randomReach(rng, p)
		report := multidraft.Must(p.Check(rule))
		v := report.Variation
		if v == nil || (len(report.Faults) == 0) != v.Most.IsZero() || length == 1 && !v.Exact() || v.Least.Cmp(v.Most) > 0 {
			t.Fatalf("%+v: faults %v, variation %+v", tree, report.Faults, v)
		}
		if !v.Most.IsZero() {
			lossy++
		}
		if !v.Exact() {
			apart++
		}
		filled := distance(tree, total, func(z []int) []rational.Rat {
			missing := make([]rational.Rat, tree.N)
			for y := range missing {
				_, m := tree.next(z, y)
				missing[y] = rational.MaxRat(rational.Rat{}, m.Mul(total[tree.Place(z)]).Sub(total[tree.Place(append(z[:len(z):len(z)], y))]))
			}
			if sum := rational.RatVector(missing).Sum(); !sum.IsZero() {
				return rational.RatVector(missing).Scale(sum.Inv())
			}
			return oracle.Rats(t, "1,0,0")[:tree.N] // of what nothing is missing
		})
		if filled.Cmp(v.Least) < 0 || filled.Cmp(v.Most) > 0 {
			t.Fatalf("%+v: what is missing is %v away, not within %+v", tree, filled, v)
		}
		for range 5 {
			random := distance(tree, total, func([]int) []rational.Rat {
				law := oracle.Rats(t, "0,0,0")[:tree.N]
				law[rng.IntN(tree.N)] = one
				return law
			})
			if random.Cmp(v.Least) < 0 {
				t.Fatalf("%+v: a continuation is %v away, less than %v", tree, random, v.Least)
			}
		}
	}
	if lossy < 50 || apart < 20 {
		t.Errorf("%d rules are lossy, of %d the variation is not known", lossy, apart)
	}
}

// Of steps that are far from lossless the sum is above 1, which no total variation is.
func TestVariationIsAtMostOne(t *testing.T) {
	p := multidraft.Must(same(t, 2, "1,0", "1/4,3/4").NewProgram(1))
	path := [][]int{{0, 0}}
	v := multidraft.Must(p.Check([]Reach{{path, []int{0}, one}, {path, []int{0, 0}, one}})).Variation
	if !v.Least.Equal(rational.NewRat(3, 4)) || !v.Most.Equal(one) { // it is 15/16
		t.Errorf("%+v", v)
	}
}

// What is no rule has no output: a probability below 0, or more that is accepted of a longer prefix.
func TestVariationIsOfRules(t *testing.T) {
	p := multidraft.Must(same(t, 2, "1/2,1/2", "1/4,3/4").NewProgram(1))
	path, half := [][]int{{0, 1}}, rational.NewRat(1, 8)
	for _, rule := range [][]Reach{{{path, []int{0}, half.Neg()}}, {{path, []int{0, 1}, half}}} {
		if r := multidraft.Must(p.Check(rule)); r.Variation != nil || len(r.Faults) == 0 {
			t.Errorf("%v: %+v", rule, r)
		}
	}
}

// leastVariation is the least total variation of all continuations, by a linear program over all words: what is drawn of y after exactly z is a
// variable, and so is by how much each word comes more often than under the target.
func leastVariation(t *testing.T, tree *Tree, total map[int]rational.Rat) rational.Rat {
	t.Helper()
	p := &lp.Problem{Sense: lp.Minimise}
	drawn := map[int]int{} // of y after exactly z, by the place of zy
	for _, z := range tree.prefixes() {
		left := total[tree.Place(z)]
		var all []lp.Term
		for y := range tree.N {
			zy := append(z[:len(z):len(z)], y)
			left = left.Sub(total[tree.Place(zy)])
			drawn[tree.Place(zy)] = p.AddVariable(lp.Variable{Lower: lp.At(rational.Rat{})})
			all = append(all, lp.Term{Variable: drawn[tree.Place(zy)], Coefficient: one})
		}
		p.AddRow(lp.Row{Terms: all, Lower: lp.At(left), Upper: lp.At(left)})
	}
	multidraft.EachWord(tree.Length, tree.N, func(word []int) {
		more := p.AddVariable(lp.Variable{Lower: lp.At(rational.Rat{}), Cost: one})
		terms, target := []lp.Term{{Variable: more, Coefficient: one}}, one
		for j := tree.Length; j > 0; j-- {
			terms = append(terms, lp.Term{Variable: drawn[tree.Place(word[:j])], Coefficient: target.Neg()})
			_, m := tree.next(word[:j-1], word[j-1])
			target = target.Mul(m)
		}
		p.AddRow(lp.Row{Terms: terms, Lower: lp.At(total[tree.Place(word)].Sub(target))})
	})
	r := multidraft.Must(lp.Solve(t.Context(), p, lp.Options{}))
	if err := p.Verify(r); err != nil || r.Verdict != lp.Optimal {
		t.Fatalf("%v, %v", r.Verdict, err)
	}
	return r.Value
}

// The least total variation of all continuations is within the bounds, and is either of them at times where they differ; it is what
// the bounds are sharpened to.
func TestVariationEnclosesTheLeast(t *testing.T) {
	rng := oracle.NewRand(132)
	between, low, high := 0, 0, 0
	for range 120 {
		tree := randomTree(rng, 2+rng.IntN(2), 2+rng.IntN(2))
		p, err := tree.NewProgram(1 + rng.IntN(2))
		if err != nil || len(p.Variables) > 300 {
			continue
		}
		rule, total := randomReach(rng, p)
		report := multidraft.Must(p.Check(rule))
		v := report.Variation
		least := leastVariation(t, tree, total)
		if err := p.Sharpen(t.Context(), report); err != nil || !report.Variation.Exact() || !report.Variation.Least.Equal(least) {
			t.Fatalf("%+v: the least is %v, of the words %v; %v", tree, report.Variation, least, err)
		}
		if least.Cmp(v.Least) < 0 || least.Cmp(v.Most) > 0 {
			t.Fatalf("%+v: the least is %v, not within %+v", tree, least, v)
		}
		switch {
		case v.Exact():
		case least.Equal(v.Least):
			low++
		case least.Equal(v.Most):
			high++
		default:
			between++
		}
	}
	if low < 5 || between < 5 {
		t.Errorf("the least is %d times the lower bound, %d times the upper, %d times between", low, high, between)
	}
}

// The least is over what is drawn of one token: with pairs drawn as such the output of this rule would have the law of the target.
func TestVariationIsOfOneTokenDrawn(t *testing.T) {
	p := multidraft.Must(same(t, 2, "1/2,1/2", "1/2,1/2").NewProgram(1))
	path, quarter := [][]int{{0, 0}}, rational.NewRat(1, 4)
	r := multidraft.Must(p.Check([]Reach{{path, []int{0}, quarter}, {path, []int{0, 0}, quarter}}))
	if err := p.Sharpen(t.Context(), r); err != nil || len(r.Faults) != 1 || !r.Variation.Exact() || !r.Variation.Least.Equal(rational.NewRat(1, 8)) {
		t.Errorf("%+v, %v", r, err)
	}
}
