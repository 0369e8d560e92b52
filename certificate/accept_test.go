package certificate

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"math/big"
	"math/rand/v2"
	"strings"
	"testing"
)

// randomLaw has n probabilities with the denominator den; some may be zero.
func randomLaw(rng *rand.Rand, n int, den int64) []*big.Rat {
	weights := make([]int64, n)
	for range den {
		weights[rng.IntN(n)]++
	}
	return over(den, weights...)
}

// positiveLaw has no zero.
func positiveLaw(rng *rand.Rand, n int) []*big.Rat {
	weights := make([]int64, n)
	total := int64(0)
	for i := range weights {
		weights[i] = 1 + rng.Int64N(9)
		total += weights[i]
	}
	return over(total, weights...)
}

// randomWords is a joint law with few words.
func randomWords(rng *rand.Rand, k, n int) []Word {
	seen := map[string]bool{}
	var words []Word
	for range 5 {
		w := make([]int, k)
		for i := range w {
			w[i] = 1 + rng.IntN(n)
		}
		if key := fmt.Sprint(w); !seen[key] {
			seen[key] = true
			words = append(words, Word{Tokens: w})
		}
	}
	sortWords(words)
	for i, v := range positiveLaw(rng, len(words)) {
		words[i].Probability = v
	}
	return words
}

// everyModel is one instance of each draft model that the cell has.
func everyModel(rng *rand.Rand, k, n int) []asked {
	var ps [][]*big.Rat
	for range k {
		ps = append(ps, randomLaw(rng, n, 6))
	}
	all := []asked{
		{Drafts{Model: IID, P: randomLaw(rng, n, 7)}, randomLaw(rng, n, 10)},
		{Drafts{Model: Independent, Ps: ps}, randomLaw(rng, n, 9)},
		{Drafts{Model: Joint, Law: randomWords(rng, k, n)}, randomLaw(rng, n, 8)},
	}
	if k <= n {
		all = append(all, asked{Drafts{Model: WithoutReplacement, P: positiveLaw(rng, n)}, randomLaw(rng, n, 12)})
	}
	return all
}

func TestAcceptsEverySmallCell(t *testing.T) {
	for k := 2; k <= 4; k++ {
		for n := 2; n <= 6; n++ {
			rng := rand.New(rand.NewPCG(uint64(k), uint64(n)))
			c := cell{k: k, n: n, exponent: k, cones: true, identity: true}
			for range 3 {
				c.instances = append(c.instances, everyModel(rng, k, n)...)
			}
			report, err := Check(bytes.NewReader(written(prove(c))))
			if err != nil {
				t.Errorf("(%d,%d): %v", k, n, err)
				continue
			}
			const want = "MD-T1 checked, MD-T2 proved, MD-T3 proved, MD-T4 checked"
			if got := describe(report.Claims); got != want {
				t.Errorf("(%d,%d) establishes %s, want %s", k, n, got, want)
			}
		}
	}
}

func TestCountsOfTheTheory(t *testing.T) {
	for _, c := range []struct {
		k, n int
		want string
	}{{2, 3, "9"}, {3, 7, "182"}, {3, 10, "1187"}, {6, 14, "22843"}, {2, 2, "2"}} {
		d := prove(cell{k: c.k, n: c.n, exponent: c.k, cones: true, identity: true})
		report, err := Check(bytes.NewReader(written(d)))
		if err != nil {
			t.Fatalf("(%d,%d): %v", c.k, c.n, err)
		}
		if got := report.FeasibilityRays.String(); got != c.want {
			t.Errorf("(%d,%d): %s extreme rays, want %s", c.k, c.n, got, c.want)
		}
	}
}

func TestDerivedClaims(t *testing.T) {
	iid := asked{Drafts{Model: IID, P: over(3, 1, 1, 1)}, over(2, 1, 1, 0)}
	without := asked{Drafts{Model: WithoutReplacement, P: over(3, 1, 1, 1)}, over(2, 1, 1, 0)}
	for name, c := range map[string]struct {
		cell
		want string
	}{
		"instances only":     {cell{k: 3, n: 3, exponent: 3, instances: []asked{iid}}, "MD-T1 checked, MD-T2 checked, MD-T3 checked"},
		"other drafts only":  {cell{k: 3, n: 3, exponent: 3, instances: []asked{without}}, "MD-T4 checked"},
		"cones and identity": {cell{k: 3, n: 3, exponent: 3, cones: true, identity: true}, "MD-T2 proved, MD-T3 proved"},
		"cones without identity": {cell{k: 3, n: 3, exponent: 3, cones: true, instances: []asked{iid}},
			"MD-T1 checked, MD-T2 checked, MD-T3 checked"},
		"smaller exponent":       {cell{k: 3, n: 3, exponent: 2, counterexample: &asked{iid.drafts, over(27, 2, 12, 13)}}, "MD-T2 refuted, MD-T3 refuted"},
		"the last token refutes": {cell{k: 3, n: 3, exponent: 2, counterexample: &asked{iid.drafts, over(27, 13, 12, 2)}}, "MD-T2 refuted, MD-T3 refuted"},
		"larger exponent":        {cell{k: 2, n: 3, exponent: 3, counterexample: &asked{iid.drafts, over(27, 1, 13, 13)}}, "MD-T2 refuted, MD-T3 refuted"},
	} {
		report, err := Check(bytes.NewReader(written(prove(c.cell))))
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if got := describe(report.Claims); got != c.want {
			t.Errorf("%s: establishes %s, want %s", name, got, c.want)
		}
	}
}

func TestOnePartOfTwo(t *testing.T) {
	d := prove(cell{k: 2, n: 3, exponent: 2, cones: true, identity: true})
	d.Feasibility = nil
	d.Claims = d.Derive()
	report, err := Check(bytes.NewReader(written(d)))
	if err != nil {
		t.Fatal(err)
	}
	if got := describe(report.Claims); got != "MD-T3 proved" {
		t.Errorf("establishes %s", got)
	}
}

func TestGzipAndPlainGiveOneReport(t *testing.T) {
	plain := written(smallComplete())
	var packed bytes.Buffer
	w := gzip.NewWriter(&packed)
	w.Write(plain)
	w.Close()
	a, errA := Check(bytes.NewReader(plain))
	b, errB := Check(&packed)
	if errA != nil || errB != nil {
		t.Fatal(errA, errB)
	}
	if textOf(a) != textOf(b) {
		t.Errorf("plain:\n%s\ngzip:\n%s", textOf(a), textOf(b))
	}
}

func textOf(r *Report) string {
	var b strings.Builder
	r.WriteText(&b)
	return b.String()
}

func TestWriteIsDeterministic(t *testing.T) {
	if !bytes.Equal(written(smallComplete()), written(smallComplete())) {
		t.Error("two writes differ")
	}
}

// smallComplete is a document with all parts that go together, whose optima are
// smaller than 1 and have one minimising cut each.
func smallComplete() *Document {
	return prove(cell{k: 2, n: 3, exponent: 2, cones: true, identity: true, instances: []asked{
		{Drafts{Model: IID, P: over(6, 3, 2, 1)}, over(10, 1, 2, 7)},
		{Drafts{Model: Independent, Ps: [][]*big.Rat{over(3, 2, 1, 0), over(4, 2, 1, 1)}}, over(10, 1, 2, 7)},
		{Drafts{Model: WithoutReplacement, P: over(6, 3, 2, 1)}, over(10, 1, 1, 8)},
		{Drafts{Model: Joint, Law: []Word{
			{[]int{1, 1}, big.NewRat(1, 6)}, {[]int{1, 2}, big.NewRat(1, 2)}, {[]int{2, 1}, big.NewRat(1, 3)},
		}}, over(7, 2, 1, 4)},
	}})
}
