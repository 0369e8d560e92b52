package scheme

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"pstar/rational"
	"pstar/theorems"
	"pstar/theorems/multidraft"
	"pstar/theorems/multidraft/internal/oracle"
	"pstar/theorems/multidraft/optimum"
)

// The acceptance alone, which some schemes have in closed form, is that of the evaluation.
func TestAcceptanceAlone(t *testing.T) {
	oracle.SmallInstances(t, func(name string, s *multidraft.Instance) {
		for _, c := range All() {
			// Without a closed form it is of the same plan.
			if c.accept == nil && c.Applies(s) == nil && s.N() > 2 {
				continue
			}
			full, failed := c.Evaluate(t.Context(), s, Options{})
			alone, err := c.Acceptance(t.Context(), s, Options{})
			if (err == nil) != (failed == nil) || failed == nil && (!alone.Lo.Equal(full.Acceptance.Lo) || !alone.Hi.Equal(full.Acceptance.Hi)) {
				t.Errorf("%s, %s: %v, error %v, evaluated %v, error %v", name, c.Name, alone, err, full, failed)
			}
		}
	})
}

// A set is listed if that is short, and its size told else.
func TestAlphabetsAreDescribed(t *testing.T) {
	for n, want := range map[int]Parameter{
		3: {"Ω_0", "{1,2,3}"}, 20: {"Ω_0", "{" + multidraft.TokenList(multidraft.Identity(20)) + "}"}, 21: {"|Ω_0|", "21"},
	} {
		if got := describeAlphabet(multidraft.Identity(n)); got != want {
			t.Errorf("%d tokens: %v, want %v", n, got, want)
		}
	}
}

// The law of a mixture is the mean of the laws of its parts, also of one that is not the target.
func TestMixtureOfLaws(t *testing.T) {
	law := func(p string) multidraft.Distribution {
		return multidraft.Must(multidraft.NewDistribution("p", oracle.Rats(t, p)))
	}
	q := law("1/2,1/2")
	x := mixture{weights: []rational.Int{rational.NewInt(1), rational.NewInt(2)}, parts: []plan{{law: q}, {law: law("1/5,4/5")}}}
	if got := x.law(q); got.FirstDifference(law("3/10,7/10")) >= 0 {
		t.Errorf("the law is %v", got.Rats())
	}
}

// A joint law has as many words as it lists, of however many tokens; a scheme without a table decides no word.
func TestDraftedOfJointLaws(t *testing.T) {
	half := rational.NewRat(1, 2)
	const n = 300
	q := make([]rational.Rat, n)
	q[0], q[n-1] = half, half
	var words []multidraft.Word
	for i := range n { // n tokens are drafted, and n^3 words are not gone through
		words = append(words, multidraft.Word{Tokens: []int{i, i, i}, Probability: rational.NewRat(1, n)})
	}
	s := multidraft.Must(multidraft.NewJointInstance(3, words, multidraft.Must(multidraft.NewDistribution("q", q))))
	e := &Evaluation{plan: plan{instance: s, decide: func(word []int) Decision {
		return Decision{Accepted: word[:1], Mass: []rational.Rat{half}, Rest: s.Target()}
	}}}
	// Half is accepted; of the rest half is a draft where that is one of two tokens.
	if p, ok := e.Drafted(); !ok || !p.Equal(half.Add(rational.NewRat(2, 4*n))) {
		t.Errorf("%v, %v", p, ok)
	}
	if d, err := e.Decide([]int{4, 4, 4}); err != nil || d.Accepted[0] != 4 {
		t.Errorf("%v, error %v", d, err)
	}
	var open *theorems.Unsettled
	if _, err := (&Evaluation{}).Decide([]int{0}); !errors.As(err, &open) {
		t.Errorf("error %v without a table", err)
	}
	if _, ok := (&Evaluation{}).Drafted(); ok {
		t.Error("words are gone through without a table")
	}
}

// γ is told as it is, or what γ* lies between; below γ* also the first token that is accepted too often, once.
func TestParametersOfKSEQ(t *testing.T) {
	s := oracle.IIDInstance(t, 2, "1/4,1/4,1/2", "1/4,1/4,1/2") // γ* = 1 − (1 − β)^2 over β with β = 1/γ
	names := func(o Options) (list []string) {
		for _, p := range evaluate(t, KSEQ, s, o).Parameters {
			list = append(list, p.Name)
			if p.Name == "residual" && !strings.HasSuffix(p.Value, "token 1 is accepted with more than q_1") {
				t.Error(p.Value)
			}
		}
		return list
	}
	low, high := oracle.Rat(t, "1"), oracle.Rat(t, "2")
	if got := names(Options{Gamma: &high}); !slices.Equal(got, []string{"γ"}) {
		t.Errorf("γ = 2: %v", got)
	}
	s = oracle.IIDInstance(t, 2, "1/4,1/4,1/2", "1/6,1/6,2/3")
	if got := names(Options{Gamma: &low}); !slices.Equal(got, []string{"γ", "residual"}) {
		t.Errorf("γ = 1: %v", got)
	}
	if got := names(Options{}); !slices.Equal(got, []string{"γ* at least", "γ* at most"}) {
		t.Errorf("γ*: %v", got)
	}
}

// The residual need not be a law where nothing that may be chosen is rejected, and must be one else.
func TestResidualsThatMatter(t *testing.T) {
	for _, c := range []struct {
		weights, accept, residual string // of the row for both tokens
		fault                     string
	}{
		{"1/2,1/2", "1,1", "0,0", ""},
		{"1/2,1/2", "1,1", "1/3,1/3", ""}, // never drawn from
		{"1,0", "1,1/2", "0,0", ""},       // token 2 is never chosen of two
		{"1,0", "1/2,1", "0,0", "the residual sums to 0"},
		{"1,0", "1,1/2", "1/3,1/3", "the residual sums to 2/3"},
		{"1/2,1/2", "1/2,1/2", "1/3,1/3", "the residual sums to 2/3"},
	} {
		table := &Table{Accept: oracle.Rats(t, c.accept), Residual: oracle.Rats(t, c.residual),
			Rows: []Row{{Drafts: []int{0, 1}, Tokens: []int{0, 1}, Weights: oracle.Rats(t, c.weights)}}}
		if got := strings.Join(table.Faults(), "; "); got != c.fault {
			t.Errorf("%v: %q", c, got)
		}
	}
	// Of three tokens too: it is not their number that decides.
	all := &Table{Accept: oracle.Rats(t, "1,1,1"), Residual: oracle.Rats(t, "1/3,1/3,0")}
	if got := all.Faults(); got != nil {
		t.Errorf("all accepted: %v", got)
	}
	s := oracle.IIDInstance(t, 1, "1,0", "1,0")
	for accept, faults := range map[string]int{"1,1/2": 0, "1/2,1": 1} { // the second token is never drafted
		r, err := CheckSingle(s, oracle.Rats(t, accept), oracle.Rats(t, "0,0"))
		if err != nil || len(r.Faults) != faults {
			t.Errorf("accept %s: %v, error %v", accept, r.Faults, err)
		}
	}
}

// What is accepted before any draw from the residual is told of rules that have one.
func TestAcceptedOfTables(t *testing.T) {
	s := oracle.IIDInstance(t, 2, "1/3,2/3", "2/3,1/3")
	rule, err := OptimalRule(t.Context(), s)
	if err != nil {
		t.Fatal(err)
	}
	best, err := optimum.Of(t.Context(), s)
	if err != nil {
		t.Fatal(err)
	}
	if r, err := CheckRule(t.Context(), s, rule.Table()); err != nil || r.Accepted == nil || !r.Accepted.Equal(best.Value) {
		t.Errorf("accepted %v, error %v, want %v", r.Accepted, err, best.Value)
	}
	outputs := &Table{}
	for _, drafts := range [][]int{{0}, {1}, {0, 1}} {
		outputs.Rows = append(outputs.Rows, Row{Drafts: drafts, Tokens: []int{0, 1}, Weights: oracle.Rats(t, "2/3,1/3")})
	}
	if r, err := CheckRule(t.Context(), s, outputs); err != nil || r.Accepted != nil || !r.Lossless() {
		t.Errorf("%+v, error %v", r, err)
	}
}

// The token named is the farthest from its expectation, the first of several.
func TestWorstTokenOfASimulation(t *testing.T) {
	for want, counts := range [][]int{{400, 300, 300}, {300, 430, 270}, {340, 390, 270}} {
		r := &Simulation{Draws: 1000, Counts: counts}
		r.compare(multidraft.Must(multidraft.NewDistribution("q", oracle.Rats(t, "1/3,1/3,1/3"))), one)
		if r.Worst != want {
			t.Errorf("%v: token %d, want %d", counts, r.Worst, want)
		}
	}
}
