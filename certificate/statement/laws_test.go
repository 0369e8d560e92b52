package statement

import (
	"errors"
	"fmt"
	"math/big"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"pstar/certificate/kernel"
)

// A word law gives each word of drafts its probability, by the definition of a model.
type wordLaw func(word []int) *big.Rat

func total(w []int64) (sum int64) {
	for _, x := range w {
		sum += x
	}
	return sum
}

// randomLaw is a model of k drafts of n tokens in the format, and the law of its words.
func randomLaw(rng *rand.Rand, model string, k, n int) (text string, law wordLaw) {
	weights := func() []int64 {
		w := make([]int64, n)
		for i := range w {
			w[i] = rng.Int64N(5)
		}
		w[rng.IntN(n)]++
		if model == "without-replacement" {
			for i := range k {
				w[i]++
			}
		}
		return w
	}
	list := func(w []int64) string { return strings.ReplaceAll(fmt.Sprint(w), " ", ",") }
	switch model {
	case "iid":
		w := weights()
		return `{"model":"iid","p":` + list(w) + "}", func(word []int) *big.Rat {
			p := big.NewRat(1, 1)
			for _, i := range word {
				p.Mul(p, big.NewRat(w[i], total(w)))
			}
			return p
		}
	case "independent":
		var laws [][]int64
		var texts []string
		for range k {
			laws = append(laws, weights())
			texts = append(texts, list(laws[len(laws)-1]))
		}
		return `{"model":"independent","p":[` + strings.Join(texts, ",") + "]}", func(word []int) *big.Rat {
			p := big.NewRat(1, 1)
			for j, i := range word {
				p.Mul(p, big.NewRat(laws[j][i], total(laws[j])))
			}
			return p
		}
	case "without-replacement":
		w := weights()
		return `{"model":"without-replacement","p":` + list(w) + "}", func(word []int) *big.Rat {
			p, left := big.NewRat(1, 1), total(w)
			for j, i := range word {
				if slices.Contains(word[:j], i) || w[i] == 0 {
					return new(big.Rat)
				}
				p.Mul(p, big.NewRat(w[i], left))
				left -= w[i]
			}
			return p
		}
	}
	of, sum := map[string]int64{}, int64(0)
	var texts []string
	eachWord(k, n, func(word []int) {
		if x := rng.Int64N(4); x > 0 {
			of[fmt.Sprint(word)] = x
			sum += x
			var one []string
			for _, i := range word {
				one = append(one, fmt.Sprint(i+1))
			}
			texts = append(texts, fmt.Sprintf("[[%s],%d]", strings.Join(one, ","), x))
		}
	})
	return `{"model":"joint","words":[` + strings.Join(texts, ",") + "]}", func(word []int) *big.Rat { return big.NewRat(of[fmt.Sprint(word)], sum) }
}

// eachWord visits the words of k tokens out of n, in lexicographic order.
func eachWord(k, n int, visit func(word []int)) {
	word := make([]int, k)
	for {
		visit(word)
		j := k - 1
		for j >= 0 && word[j] == n-1 {
			word[j] = 0
			j--
		}
		if j < 0 {
			return
		}
		word[j]++
	}
}

// The theorem of an instance has the law of the drafted set that the words have, added up one by one.
func TestLawsOfDraftedSets(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 14))
	for _, model := range []string{"iid", "independent", "without-replacement", "joint"} {
		for range 60 {
			n := 2 + rng.IntN(3)
			k := 1 + rng.IntN(min(3, n))
			drafts, law := randomLaw(rng, model, k, n)
			want := map[string]*big.Rat{}
			eachWord(k, n, func(word []int) {
				set := slices.Clone(word)
				slices.Sort(set)
				name := setName(slices.Compact(set))
				if want[name] == nil {
					want[name] = new(big.Rat)
				}
				want[name].Add(want[name], law(word))
			})
			// The cut {} has the value 1.
			s, err := kernel.ReadStatement([]byte(fmt.Sprintf(`{"builder":"instances","k":%d,"n":%d,"instances":[{"drafts":%s,"target":[1%s],"value":1,"cut":[]}]}`,
				k, n, drafts, strings.Repeat(",2", n-1))), Builders)
			if err != nil {
				t.Fatalf("%s: %v", drafts, err)
			}
			compareLaw(t, drafts, s.Theorem(0), want)
		}
	}
}

// compareLaw looks for the facts b_T − Σ a_T(i) ≥ 0 of the sets with a positive probability.
func compareLaw(t *testing.T, drafts string, theorem *kernel.Theorem, want map[string]*big.Rat) {
	t.Helper()
	sets := 0
	for _, p := range want {
		sets += p.Sign()
	}
	for _, f := range theorem.Facts[1 : 1+sets] { // behind them are those of the tokens
		name, _, _ := strings.Cut(strings.TrimPrefix(theorem.Symbols[f.Poly[1].M.Symbol(0)].Name, "a["), "},")
		name += "}"
		if want[name] == nil || want[name].Sign() == 0 || f.Poly[0].C.Rat().Cmp(want[name]) != 0 {
			t.Errorf("%s: %s has %v, want %v", drafts, name, f.Poly[0].C, want[name])
		}
		delete(want, name)
	}
	for name, p := range want {
		if p.Sign() > 0 {
			t.Errorf("%s: %s with %v is missing", drafts, name, p)
		}
	}
}

// What is no instance is rejected, for its reason.
func TestForgedInstances(t *testing.T) {
	const good = `{"builder":"instances","k":2,"n":3,"instances":[{"drafts":{"model":"iid","p":[1,1,0]},"target":[1,0,3],"value":"3/4","cut":[1,2]}]}`
	const vocabulary = `{"builder":"vocabulary","k":2,"n":3,"drafts":[1,1,0],"target":[1,0,3],"value":"1/4","cut":[1,2]}`
	const exponent = `{"builder":"exponent","k":2,"n":3,"exponent":3,"drafts":{"model":"iid","p":[1,1,0]},"target":[1,0,3],"value":"1/4","cut":[1,2]}`
	for _, c := range []struct{ text, old, replacement, reason string }{
		{good, `"value":"3/4"`, `"value":"1/4"`, ""},
		{vocabulary, "", "", ""},
		{exponent, "", "", ""},
		{good, "", "", "q(S) + 1 - B(S) of the cut is 1/4"},
		{vocabulary, `"1/4"`, `"1/2"`, "q(S) + 1 - p(S)^K of the cut is 1/4"},
		{vocabulary, `"cut":[1,2]`, `"cut":[1,1]`, "1 is not at least 2"},
		{vocabulary, `"cut":[1,2]`, `"cut":[0]`, "0 is not at least 1"},
		{vocabulary, `"cut":[1,2]`, `"cut":[4]`, "4 is not at least 1 and less than 4"},
		{vocabulary, "[1,1,0]", "[1,1]", "fewer than 3 weights"},
		{vocabulary, "[1,1,0]", "[0,0,0]", "all weights are 0"},
		{vocabulary, "[1,1,0]", "[1,1,0,0]", "more than 3 weights"},
		{vocabulary, "[1,1,0]", "[1,1,-1]", "expected an integer, not negative"},
		{vocabulary, "[1,1,0]", `[1,1,"1/2"]`, "expected an integer, not negative"},
		{vocabulary, `"k":2`, `"k":65`, "65 is not at least 1 and less than 65"},
		{exponent, `"model":"iid","p":[1,1,0]`, `"model":"without-replacement","p":[1,1,0]`, `expected the model "iid"`},
		{exponent, `{"model":"iid","p":[1,1,0]},"target":[1,0,3],"value":"1/4"`, `{"model":"independent","p":[[1,1,0],[1,1,0]]},"target":[1,0,3],"value":"1/4"`, `expected the model "iid"`},
		{exponent, `"exponent":3`, `"exponent":0`, "0 is not at least 1"},
		{good, `"model":"iid"`, `"model":"other"`, `expected "iid", "independent"`},
		{good, `{"model":"iid","p":[1,1,0]}`, `{"model":"independent","p":[[1,1,0]]}`, "fewer than 2 laws"},
		{good, `{"model":"iid","p":[1,1,0]}`, `{"model":"without-replacement","p":[1,0,0]}`, "need as many tokens"},
		{good, `{"model":"iid","p":[1,1,0]}`, `{"model":"joint","words":[]}`, "there are no words"},
		{good, `{"model":"iid","p":[1,1,0]}`, `{"model":"joint","words":[[[1,2],1],[[1,2],1]]}`, "is not behind"},
		{good, `{"model":"iid","p":[1,1,0]}`, `{"model":"joint","words":[[[2,1],1],[[1,2],1]]}`, "is not behind"},
		{good, `{"model":"iid","p":[1,1,0]}`, `{"model":"joint","words":[[[1],1]]}`, "fewer than 2 tokens"},
		{good, `{"model":"iid","p":[1,1,0]}`, `{"model":"joint","words":[[[1,2],0]]}`, "the weight 0"},
		{good, `{"model":"iid","p":[1,1,0]}`, `{"model":"joint","words":[[[1,4],1]]}`, "4 is not at least 1"},
	} {
		_, err := kernel.ReadStatement([]byte(strings.Replace(c.text, c.old, c.replacement, 1)), Builders)
		if (err == nil) != (c.reason == "") || err != nil && !strings.Contains(err.Error(), c.reason) {
			t.Errorf("%s => %s: %v, want %q", c.old, c.replacement, err, c.reason)
		}
	}
}

// Instances that would cost too much meet a limit.
func TestHostileInstances(t *testing.T) {
	if testing.Short() {
		t.Skip("spends all the work that the format allows")
	}
	ones := "1" + strings.Repeat(",1", 39)
	wide := `"` + strings.Repeat("9", 9999) + `"`
	for name, text := range map[string]string{
		"all sets of many tokens": `{"builder":"instances","k":64,"n":40,"instances":[{"drafts":{"model":"iid","p":[` + ones + `]},"target":[` + ones + `],"value":1,"cut":[]}]}`,
		"without replacement":     `{"builder":"instances","k":20,"n":40,"instances":[{"drafts":{"model":"without-replacement","p":[` + ones + `]},"target":[` + ones + `],"value":1,"cut":[]}]}`,
		"powers of wide numbers":  `{"builder":"vocabulary","k":64,"n":1,"drafts":[` + wide + `],"target":[1],"value":1,"cut":[]}`,
		"many weights":            `{"builder":"vocabulary","k":2,"n":1048000,"drafts":[1` + strings.Repeat(",1", 1047999) + `],"target":[1],"value":1,"cut":[]}`,
	} {
		_, err := kernel.ReadStatement([]byte(text), Builders)
		var invalid *kernel.Invalid
		if !errors.As(err, &invalid) || !invalid.Limit && name != "many weights" {
			t.Errorf("%s: %v", name, err)
		}
	}
}
