package blocks

import (
	"context"
	"errors"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"pstar/rational"
	"pstar/theorems"
	"pstar/theorems/multidraft"
	"pstar/theorems/multidraft/internal/oracle"
	"pstar/theorems/multidraft/optimum"
)

// same is the tree with the same laws at every step.
func same(t *testing.T, length int, p, q string) *Tree {
	t.Helper()
	draft, target := oracle.Rats(t, p), oracle.Rats(t, q)
	tree, err := NewTree(len(draft), length, func([]int) ([]rational.Rat, []rational.Rat) { return draft, target })
	if err != nil {
		t.Fatal(err)
	}
	return tree
}

func best(t *testing.T, tree *Tree, k int) rational.Rat {
	t.Helper()
	p, err := tree.NewProgram(k)
	if err != nil {
		t.Fatal(err)
	}
	r, err := p.Optimum(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return r.Value
}

// Known values for M = (1/3, 2/3), Q = (2/3, 1/3) at every step.
func TestKnownValues(t *testing.T) {
	for _, c := range []struct {
		k, length int
		want      string
	}{{1, 1, "2/3"}, {1, 2, "11/9"}, {2, 1, "8/9"}, {2, 2, "131/81"}, {3, 2, "1351/729"}, {2, 3, "1621/729"}} {
		tree := same(t, c.length, "2/3,1/3", "1/3,2/3")
		if got := best(t, tree, c.k); !got.Equal(oracle.Rat(t, c.want)) {
			t.Errorf("K = %d, L = %d: %v, want %s", c.k, c.length, got, c.want)
		}
	}
	tree := same(t, 2, "2/3,1/3", "1/3,2/3")
	if got := tree.TokenWise(); !got.Equal(oracle.Rat(t, "10/9")) {
		t.Errorf("token by token %v, want 10/9", got)
	}
	if got := tree.Block(); !got.Equal(oracle.Rat(t, "11/9")) {
		t.Errorf("block %v, want 11/9", got)
	}
}

// randomTree has laws of its own after each prefix, some of them with zeros.
func randomTree(rng *rand.Rand, n, length int) *Tree {
	draw := func() []rational.Rat {
		w := make([]rational.Int, n)
		for i := range w {
			w[i] = rational.NewInt(rng.Int64N(5))
		}
		w[rng.IntN(n)] = rational.NewInt(3)
		return multidraft.Must(multidraft.FromWeights("p", w)).Rats()
	}
	return multidraft.Must(NewTree(n, length, func([]int) ([]rational.Rat, []rational.Rat) { return draw(), draw() }))
}

// MD-B1: for one path the closed form is the optimum of the program, token by token is no
// better, and the sum of the least products, as the theorem has it, is the same.
func TestMDB1_BlockIsTheOptimum(t *testing.T) {
	rng := oracle.NewRand(97)
	for range 60 {
		tree := randomTree(rng, 1+rng.IntN(3), 1+rng.IntN(3))
		block := tree.Block()
		if want := best(t, tree, 1); !block.Equal(want) || tree.TokenWise().Cmp(block) > 0 {
			t.Fatalf("%+v: block %v, the program %v, token by token %v", tree, block, want, tree.TokenWise())
		}
		var sum rational.Rat
		for depth := 1; depth <= tree.Length; depth++ {
			multidraft.EachWord(depth, tree.N, func(z []int) {
				least := rational.NewRat(2, 1)
				for j := range depth + 1 {
					product := rational.NewRat(1, 1)
					for i, y := range z {
						draft, target := tree.next(z[:i], y)
						if i < j {
							product = product.Mul(draft)
						} else {
							product = product.Mul(target)
						}
					}
					least = rational.MinRat(least, product)
				}
				sum = sum.Add(least)
			})
		}
		if !sum.Equal(block) {
			t.Fatalf("%+v: block %v, the formula %v", tree, block, sum)
		}
	}
}

// One step of K paths is multi-draft sampling.
func TestOneStepIsPStar(t *testing.T) {
	for k := 1; k <= 3; k++ {
		oracle.Generated(t, 98, 24, k, 3, multidraft.ModelIID, func(s *multidraft.Instance) {
			tree := multidraft.Must(NewTree(3, 1, func([]int) ([]rational.Rat, []rational.Rat) { return s.Rows()[0].Rats(), s.Target().Rats() }))
			if got, want := best(t, tree, k), optimum.MinByEnumeration(s).Value; !got.Equal(want) {
				t.Fatalf("%v: %v, want %v", s, got, want)
			}
		})
	}
}

// More paths and more steps never hurt, and the optimum is itself a lossless rule.
func TestOptimumIsLossless(t *testing.T) {
	rng := oracle.NewRand(99)
	for range 12 {
		tree := randomTree(rng, 2, 2)
		before := rational.Rat{}
		for k := 1; k <= 3; k++ {
			p := multidraft.Must(tree.NewProgram(k))
			r := multidraft.Must(p.Optimum(t.Context()))
			if r.Value.Cmp(before) < 0 {
				t.Fatalf("%d paths accept %v, %d accept %v", k, r.Value, k-1, before)
			}
			before = r.Value
			var rule []Reach
			for d, set := range p.Sets {
				for _, z := range append(tree.prefixes()[1:], [][]int{{0, 0}, {0, 1}, {1, 0}, {1, 1}}...) {
					if v, ok := p.variable[d][tree.Place(z)]; ok {
						rule = append(rule, Reach{set, z, r.Primal[v]})
					}
				}
			}
			report, err := p.Check(rule)
			if err != nil || len(report.Faults) > 0 || !report.Expected.Equal(r.Value) {
				t.Fatalf("%v, %+v, want %v", err, report, r.Value)
			}
			// Accepting a little more than the optimum breaks a row.
			rule[0].Value = rule[0].Value.Add(one)
			if report, err = p.Check(rule); err != nil || len(report.Faults) == 0 {
				t.Errorf("%v, %+v", err, report)
			}
		}
	}
}

// Variables are called by the set of paths and the prefix.
func TestVariablesHaveNames(t *testing.T) {
	p := multidraft.Must(same(t, 2, "1/2,1/2", "1/4,3/4").NewProgram(1))
	var names []string
	for _, v := range p.Variables {
		names = append(names, v.Name)
	}
	if got := strings.Join(names[:4], " "); got != "R_1_1 R_1_1_1 R_2_1 R_2_1_2" {
		t.Errorf("%s", got)
	}
}

func TestCheckNamesWhatIsWrong(t *testing.T) {
	p := multidraft.Must(same(t, 2, "1/2,1/2", "1/4,3/4").NewProgram(1))
	half := rational.NewRat(1, 8)
	path := [][]int{{0, 1}}
	for want, rule := range map[string][]Reach{
		"not drafted together":   {{[][]int{{0, 1}, {1, 1}}, []int{0}, half}},
		"begins none":            {{path, []int{1}, half}},
		"at least one token":     {{path, nil, half}},
		"there is one":           {{path, []int{0}, half}, {path, []int{0}, half}},
		"(1,2,1) begins none of": {{path, []int{0, 1, 0}, half}},
		"(4) begins none of":     {{path, []int{3}, half}}, // its place would be that of (1,2)
	} {
		if _, err := p.Check(rule); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v, want %s", err, want)
		}
	}
	r, err := p.Check([]Reach{{path, []int{0}, half.Neg()}})
	if err != nil || len(r.Faults) == 0 || !strings.Contains(r.Faults[0], "is negative") {
		t.Errorf("%+v, %v", r, err)
	}
}

func TestTreeRefuses(t *testing.T) {
	half := oracle.Rats(t, "1/2,1/2")
	for want, c := range map[string]struct {
		n, length int
		p, q      []rational.Rat
	}{
		"at least one":              {0, 1, half, half},
		"too many prefixes":         {2, 17, half, half},
		"steps, at most 1024":       {1, 100_000_000, half, half}, // and that at once
		"after the prefix (): p su": {2, 1, oracle.Rats(t, "1/2,1/3"), half},
		"q has 2 entries, want 3":   {3, 1, oracle.Rats(t, "1/3,1/3,1/3"), half},
	} {
		if _, err := NewTree(c.n, c.length, func([]int) ([]rational.Rat, []rational.Rat) { return c.p, c.q }); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v, want %s", err, want)
		}
	}
	if _, err := same(t, 6, "1/2,1/2", "1/2,1/2").NewProgram(3); err == nil {
		t.Error("a program of any size")
	}
}

// The solution is the closed form for one path and the program for more, and the same whether the program is asked for or not.
func TestSolve(t *testing.T) {
	ctx := context.Background()
	tree := same(t, 2, "2/3,1/3", "1/3,2/3")
	plain := multidraft.Must(tree.Solve(ctx, 1, false))
	if plain.Program != nil || !plain.Best.Equal(rational.NewRat(11, 9)) || plain.TokenWise == nil || !plain.TokenWise.Equal(rational.NewRat(10, 9)) {
		t.Errorf("one path: %+v", plain)
	}
	asked := multidraft.Must(tree.Solve(ctx, 1, true))
	if asked.Program == nil || !asked.Optimum.Value.Equal(plain.Best) || !asked.Best.Equal(plain.Best) {
		t.Errorf("one path, with its program: %+v", asked)
	}
	for k := 2; k <= 3; k++ {
		if s := multidraft.Must(tree.Solve(ctx, k, false)); s.TokenWise != nil || !s.Best.Equal(best(t, tree, k)) || s.Best.Cmp(plain.Best) < 0 {
			t.Errorf("%d paths: %+v", k, s)
		}
	}
	var open *theorems.Unsettled
	if s, err := same(t, 7, "2/3,1/3", "1/3,2/3").Solve(ctx, 2, false); s != nil || !errors.As(err, &open) {
		t.Errorf("a program of any size: %v, %v", s, err)
	}
}

// One path is in closed form whatever becomes of its program, and its program has more paths than sets have numbers for.
func TestSolveOnePath(t *testing.T) {
	long := same(t, 7, "2/3,1/3", "1/3,2/3") // 128 paths
	asked := multidraft.Must(long.Solve(t.Context(), 1, true))
	if asked.Optimum == nil || !asked.Optimum.Value.Equal(long.Block()) || len(asked.Program.Variables) != 128*7 {
		t.Errorf("128 paths: %+v", asked)
	}
	var open *theorems.Unsettled
	for _, length := range []int{11, 16} {
		tree := same(t, length, "2/3,1/3", "1/3,2/3")
		s, err := tree.Solve(t.Context(), 1, true)
		if s == nil || s.Program != nil || !s.Best.Equal(tree.Block()) || !errors.As(err, &open) || !strings.HasPrefix(err.Error(), "1 path of ") {
			t.Errorf("%d steps: %+v, %v", length, s, err)
		}
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if s, err := long.Solve(ctx, 1, true); s == nil || s.Optimum != nil || !s.Best.Equal(asked.Best) || err == nil {
		t.Errorf("stopped: %+v, %v", s, err)
	}
}

// Values that exceed what they are part of are divided by how many times it they are, those after them as well, and others stay.
func TestNormalized(t *testing.T) {
	p := multidraft.Must(same(t, 2, "1/2,1/2", "1/4,3/4").NewProgram(1))
	path, other := [][]int{{0, 1}}, [][]int{{1, 1}}
	reach := func(paths [][]int, value string, z ...int) Reach { return Reach{paths, z, oracle.Rat(t, value)} }
	for _, c := range []struct {
		rule         []Reach
		want, ratios string
	}{
		{[]Reach{reach(path, "1/4", 0), reach(other, "1/8", 1), reach(path, "1/4", 0, 1)}, "1/4 1/8 1/4", ""},
		// 1/4 is drafted: both values are 4/5 of what they were, and the second is all of the first, as it was.
		{[]Reach{reach(path, "5/16", 0, 1), reach(path, "5/16", 0)}, "1/4 1/4", "5/4"},
		{[]Reach{reach(path, "1/8", 0), reach(path, "1/6", 0, 1)}, "1/8 1/8", "4/3"},
		{[]Reach{reach(path, "1/2", 0), reach(path, "1", 0, 1)}, "1/4 1/4", "2 2"},
		{[]Reach{reach(path, "1/6", 0, 1)}, "1/6", ""}, // of nothing
		{[]Reach{reach(path, "-1/8", 0), reach(path, "1/6", 0, 1)}, "-1/8 1/6", ""},
	} {
		scaled, ratios, err := p.Normalized(c.rule)
		var values, far []string
		for _, x := range scaled {
			values = append(values, x.Value.String())
		}
		for _, x := range ratios {
			far = append(far, x.String())
		}
		if got := strings.Join(values, " "); err != nil || got != c.want || strings.Join(far, " ") != c.ratios {
			t.Errorf("%v: %s, ratios %v, %v; want %s, %s", c.rule, got, far, err, c.want, c.ratios)
		}
	}
	if _, _, err := p.Normalized([]Reach{reach(path, "1/4", 1)}); err == nil {
		t.Error("a value that is for no variable")
	}
}

// Any rule is normalised to one with probabilities of a rule, if what is above 0 is a part of something above 0, and that is left as it is.
func TestNormalizedIsARule(t *testing.T) {
	rng, changed := oracle.NewRand(133), 0
	for range 80 {
		p, err := randomTree(rng, 2, 1+rng.IntN(3)).NewProgram(1 + rng.IntN(2))
		if err != nil || len(p.Variables) > 300 {
			continue
		}
		rule, _ := randomReach(rng, p)
		for j := range rule {
			rule[j].Value = rule[j].Value.Mul(rational.NewRat(9+rng.Int64N(3), 10))
		}
		scaled, ratios, err := p.Normalized(rule)
		if err != nil || multidraft.Must(p.Check(scaled)).Variation == nil {
			t.Fatalf("%v becomes %v, %v", rule, scaled, err)
		}
		if again, none, err := p.Normalized(scaled); err != nil || none != nil || !slices.EqualFunc(again, scaled, func(a, b Reach) bool { return a.Value.Equal(b.Value) }) {
			t.Fatalf("%v becomes %v", scaled, again)
		}
		if len(ratios) > 0 {
			changed++
		}
	}
	if changed < 20 {
		t.Errorf("%d rules changed", changed)
	}
}
