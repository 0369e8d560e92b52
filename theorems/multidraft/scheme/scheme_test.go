package scheme

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"pstar/rational"
	"pstar/theorems/multidraft"
	"pstar/theorems/multidraft/internal/oracle"
	"pstar/theorems/multidraft/optimum"
)

// enumerated is what a rule does, found by going through all words of Ω^K with
// the law of its drafts.
type enumerated struct {
	accepted rational.Rat
	drafted  rational.Rat // Pr(the output is one of the drafts)
	law      rational.RatVector
}

func enumerate(t *testing.T, s *multidraft.Instance, decide func([]int) Decision) enumerated {
	t.Helper()
	e := enumerated{law: make(rational.RatVector, s.N())}
	var total rational.Rat
	multidraft.EachWord(s.K(), s.N(), func(word []int) {
		p := s.Drafts().Word(word)
		if p.IsZero() {
			return
		}
		total = total.Add(p)
		d := decide(word)
		for j, x := range d.Accepted {
			if !multidraft.SetOf(word...).Has(x) {
				t.Fatalf("drafts %v: token %d is accepted", word, x)
			}
			mass := p.Mul(d.Mass[j])
			e.accepted, e.drafted = e.accepted.Add(mass), e.drafted.Add(mass)
			e.law[x] = e.law[x].Add(mass)
		}
		left := d.Left()
		if left.Sign() < 0 {
			t.Fatalf("drafts %v: more than 1 is accepted", word)
		}
		if left.IsZero() {
			return
		}
		var rest rational.Rat
		for z := range e.law {
			mass := p.Mul(left).Mul(d.Rest.At(z))
			rest = rest.Add(d.Rest.At(z))
			e.law[z] = e.law[z].Add(mass)
			if multidraft.SetOf(word...).Has(z) {
				e.drafted = e.drafted.Add(mass)
			}
		}
		if !rest.Equal(one) {
			t.Fatalf("drafts %v: the rest has probability %v", word, rest)
		}
	})
	if !total.Equal(one) {
		t.Fatalf("the words have probability %v", total)
	}
	return e
}

// optionVariants are options beside the defaults, by the scheme's option that they
// set, with which every scheme is lossless.
func optionVariants(s *multidraft.Instance) map[string][]Options {
	n, k := s.N(), rational.NewRat(int64(s.K()), 1)
	return map[string][]Options{
		"":         {{Size: min(2, n), Top: 2}},
		"size":     {{Size: 1}, {Size: n}},
		"top":      {{Top: 1}},
		"alphabet": {{Alphabet: []int{n - 1, 0}[:min(2, n)]}},
		"few":      {{Few: 1}, {Few: 9}},
		"baseline": {{Baseline: KSEQ, Few: 1}},
		"bits":     {{Bits: 5}},
		"gamma":    {{Gamma: &k}},
		"within":   {{Within: &one}},
	}
}

func TestSchemesAgainstEnumeration(t *testing.T) {
	evaluated := map[string]int{}
	oracle.SmallInstances(t, func(name string, s *multidraft.Instance) {
		variants := optionVariants(s)
		for _, scheme := range All() {
			if scheme.Applies(s) != nil {
				continue
			}
			options := []string{""}
			if multidraft.BoundedPower(s.N(), s.K()) <= 27 {
				options = append(options, scheme.Options...)
			}
			for _, option := range options {
				for _, o := range variants[option] {
					if checkByEnumeration(t, fmt.Sprintf("%s with -%s", name, option), scheme, s, o) {
						evaluated[scheme.Name+" -"+option]++
					}
				}
			}
		}
	})
	for _, scheme := range All() {
		for _, option := range append([]string{""}, scheme.Options...) {
			if count := evaluated[scheme.Name+" -"+option]; count < 20 {
				t.Errorf("%s with -%s was evaluated %d times only", scheme.Name, option, count)
			}
		}
	}
}

// checkByEnumeration compares an evaluation with all words of drafts, and reports
// whether there is one.
func checkByEnumeration(t *testing.T, name string, scheme Scheme, s *multidraft.Instance, o Options) bool {
	t.Helper()
	e, err := scheme.Evaluate(t.Context(), s, o)
	if err != nil {
		return false // too few tokens to draw without replacement, or q(Ω_0) = 0
	}
	got := enumerate(t, e.Instance, e.plan.decide)
	if !got.law.Equal(rational.RatVector(e.Law)) {
		t.Errorf("%s, %s: law %v, by enumeration %v", name, scheme.Name, e.Law, got.law)
	}
	if !e.Lossless() || !got.law.Equal(rational.RatVector(s.Target().Rats())) {
		t.Errorf("%s, %s: law %v, want the target %v", name, scheme.Name, e.Law, s.Target().Rats())
	}
	checkAcceptance(t, name, e, got)
	if drafted, ok := e.Drafted(); !ok || !drafted.Equal(got.drafted) {
		t.Errorf("%s, %s: drafted %v, by enumeration %v", name, scheme.Name, drafted, got.drafted)
	}
	return true
}

// checkAcceptance compares with the enumeration, which has the rule with the
// upper end of γ*, and with P*.
func checkAcceptance(t *testing.T, name string, e *Evaluation, got enumerated) {
	t.Helper()
	if !got.accepted.Equal(e.Acceptance.Lo) {
		t.Errorf("%s, %s: acceptance %v, by enumeration %v", name, e.Scheme, e.Acceptance, got.accepted)
	}
	if !e.Acceptance.Exact() && e.Scheme != KSEQ && e.Scheme != Hybrid {
		t.Errorf("%s, %s: acceptance %v is not exact", name, e.Scheme, e.Acceptance)
	}
	if got.drafted.Cmp(e.Best.Lo) > 0 || got.accepted.Cmp(got.drafted) > 0 {
		t.Errorf("%s, %s: accepted %v, drafted %v, P* %v out of order", name, e.Scheme, got.accepted, got.drafted, e.Best)
	}
	in := e.Instance
	if best := optimum.MinByEnumeration(in).Value; !e.Best.Exact() || !best.Equal(e.Best.Lo) {
		t.Errorf("%s, %s: P* %v, by enumeration %v", name, e.Scheme, e.Best, best)
	}
	// The rule is lossless, and the gap not below 0.
	if gap := rational.MaxRat(e.Best.Lo.Sub(e.Acceptance.Hi), rational.Rat{}); !e.Gap.Lo.Equal(gap) || e.Acceptance.Exact() && !e.Gap.Hi.Equal(gap) {
		t.Errorf("%s, %s: gap %v, want %v", name, e.Scheme, e.Gap, gap)
	}
	switch e.Scheme {
	case Importance, Greedy:
		if !e.Gap.Hi.IsZero() {
			t.Errorf("%s, %s: gap %v, want an optimal scheme", name, e.Scheme, e.Gap)
		}
	}
}

func evaluate(t *testing.T, name string, s *multidraft.Instance, o Options) *Evaluation {
	t.Helper()
	scheme, err := Lookup(name)
	if err != nil {
		t.Fatal(err)
	}
	e, err := scheme.Evaluate(t.Context(), s, o)
	if err != nil {
		t.Fatal(err)
	}
	return e
}

// The numbers of the papers' example and of a few instances computed elsewhere.
func TestSchemeValues(t *testing.T) {
	const uniform = "1/3,1/3,1/3"
	cases := []struct {
		scheme, model string
		k             int
		p, q          string
		best, accepts string
	}{
		{Recursive, multidraft.ModelIID, 2, uniform, "1/3,0,2/3", "8/9", "7/9"},
		{Recursive, multidraft.ModelIID, 2, uniform, "1/3,1/4,5/12", "1", "17/18"},
		{KSEQ, multidraft.ModelIID, 2, uniform, "1/3,0,2/3", "8/9", "0.811419515"},
		{KSEQ, multidraft.ModelIID, 2, uniform, "1/3,1/4,5/12", "1", "0.97222"},
		{Recursive, multidraft.ModelIID, 2, "373/1000,29/50,47/1000", "309/500,177/500,7/250", "988871/1000000", "169277/200000"},
		{Recursive, multidraft.ModelIID, 3, "201/1000,11/40,131/250", "469/1000,31/250,407/1000", "1", "207227133/250000000"},
		{Importance, multidraft.ModelIID, 3, "62/125,17/125,151/1000,1/125,209/1000", "37/250,21/500,149/200,1/20,3/200", "610176679/1000000000", "610176679/1000000000"},
		{RecursiveDistinct, multidraft.ModelWithoutReplacement, 3, "62/125,17/125,151/1000,1/125,209/1000", "37/250,21/500,149/200,1/20,3/200",
			"4440878158613/5062093092000", "76025810217187/101241861840000"},
	}
	for _, c := range cases {
		t.Run(fmt.Sprintf("%s %s K=%d", c.scheme, c.q, c.k), func(t *testing.T) {
			e := evaluate(t, c.scheme, oracle.InstanceFor(t, c.model, c.k, c.p, c.q), Options{})
			if got := e.Best.Lo.String(); got != c.best {
				t.Errorf("P* = %s, want %s", got, c.best)
			}
			if c.scheme == KSEQ {
				digits := len(c.accepts) - 2
				if width := e.Acceptance.Hi.Sub(e.Acceptance.Lo); width.Cmp(rational.NewRat(1, 1<<60)) > 0 {
					t.Errorf("enclosure %v too wide", e.Acceptance)
				}
				for _, end := range []rational.Rat{e.Acceptance.Lo, e.Acceptance.Hi} {
					if got := end.Decimal(20)[:digits+2]; got != c.accepts {
						t.Errorf("acceptance %s..., want %s...", got, c.accepts)
					}
				}
			} else if got := e.Acceptance.Lo.String(); got != c.accepts || !e.Acceptance.Exact() {
				t.Errorf("acceptance %s, want %s", got, c.accepts)
			}
			if !e.Lossless() {
				t.Errorf("not lossless at token %d", e.Wrong+1)
			}
		})
	}
}

func TestKSEQWithRationalGamma(t *testing.T) {
	s := oracle.InstanceFor(t, multidraft.ModelIID, 2, "1/3,1/3,1/3", "1/3,0,2/3")
	gamma := rational.NewRat(3, 2)
	e := evaluate(t, KSEQ, s, Options{Gamma: &gamma})
	got := enumerate(t, s, e.plan.decide)
	if !e.Acceptance.Exact() || !got.accepted.Equal(e.Acceptance.Lo) || !e.Lossless() {
		t.Errorf("γ = 3/2: acceptance %v, by enumeration %v", e.Acceptance, got.accepted)
	}
	// With a residual on tokens that were rejected, a draft may come back.
	if got.drafted.Cmp(got.accepted) <= 0 {
		t.Errorf("γ = 3/2: drafted %v, want more than accepted %v", got.drafted, got.accepted)
	}
}

// K-SEQ is exact for every positive γ: it does what enumeration says, it is
// lossless from γ* upwards, beyond K as well, and where it is not lossless it says
// so.
func TestKSEQForAnyGamma(t *testing.T) {
	lossy := 0
	oracle.SmallInstances(t, func(name string, s *multidraft.Instance) {
		if s.Model() != multidraft.ModelIID {
			return
		}
		root, err := newKSEQ(s.K(), s.Rows()[0], s.Target()).root(t.Context(), defaultBits)
		if err != nil {
			t.Fatal(err)
		}
		star := root.Hi
		for _, gamma := range []rational.Rat{rational.NewRat(1, 7), rational.NewRat(2, 3), one, rational.NewRat(11, 10),
			rational.NewRat(3, 2), star, rational.NewRat(int64(s.K()), 1), rational.NewRat(1001, 10)} {
			e := evaluate(t, KSEQ, s, Options{Gamma: &gamma})
			got := enumerate(t, s, e.plan.decide)
			if !e.Acceptance.Exact() || !got.accepted.Equal(e.Acceptance.Lo) || !got.law.Equal(rational.RatVector(e.Law)) {
				t.Errorf("%s, γ = %v: acceptance %v, law %v, by enumeration %v, %v", name, gamma, e.Acceptance, e.Law, got.accepted, got.law)
			}
			if lossless := got.law.Equal(rational.RatVector(s.Target().Rats())); lossless != e.Lossless() || !lossless && gamma.Cmp(star) >= 0 {
				t.Errorf("%s, γ = %v, γ* <= %v: lossless %v, by enumeration %v", name, gamma, star, e.Lossless(), lossless)
			}
			if !e.Lossless() {
				lossy++
			}
			accepted, lossless, err := multidraft.Must(Lookup(KSEQ)).Tested(t.Context(), s, Options{Gamma: &gamma})
			if err != nil || lossless != e.Lossless() || !accepted.Lo.Equal(e.Acceptance.Lo) {
				t.Errorf("%s, γ = %v: acceptance %v, lossless %v, %v, want %v, %v", name, gamma, accepted, lossless, err, e.Acceptance, e.Lossless())
			}
		}
	})
	if lossy < 20 {
		t.Errorf("%d cases were not lossless, want more", lossy)
	}
}

// A scheme says of what it does not do whether an option is wrong or the scheme
// undefined for the instance.
func TestSchemeErrors(t *testing.T) {
	iid := oracle.InstanceFor(t, multidraft.ModelIID, 2, "1/3,1/3,1/3", "1/3,0,2/3")
	three := oracle.InstanceFor(t, multidraft.ModelIID, 3, "1/2,1/2,0", "1/3,0,2/3")
	distinct := oracle.InstanceFor(t, multidraft.ModelWithoutReplacement, 2, "1/3,1/3,1/3", "1/3,0,2/3")
	zero := rational.Rat{}
	for _, c := range []struct {
		scheme  string
		s       *multidraft.Instance
		o       Options
		option  string // or the scheme is undefined
		message string
	}{
		{TruncatedLP, iid, Options{Size: 4}, "size", "|Ω_1| = 4, want 1..3"},
		{TruncatedLPHalf, iid, Options{Size: -1}, "size", "|Ω_1| = -1, want 1..3"},
		{MultiStage, three, Options{Size: 4}, "size", "|Ω_1| = 4, want 1..3"},
		{AlphabetIS, iid, Options{Top: -1}, "top", "the -1 likeliest"},
		{AlphabetIS, iid, Options{Alphabet: []int{3, 0}}, "alphabet", "token 4 of Ω_0, want 1..3"},
		{AlphabetMD, iid, Options{Alphabet: []int{2, 0, 2}}, "alphabet", "token 3 of Ω_0 is listed twice"},
		{AlphabetMD, iid, Options{Alphabet: []int{1}}, "", "q(Ω_0) = 0"},
		{AlphabetMD, iid, Options{Alphabet: []int{}}, "alphabet", "Ω_0 is empty"},
		{Hybrid, iid, Options{Few: -1}, "few", "ℓ = -1"},
		{Hybrid, three, Options{Baseline: "ss"}, "baseline", `"ss", want specinfer or spectr`},
		{KSEQ, iid, Options{Gamma: &zero}, "gamma", "γ = 0, want a positive number"},
		{RecursiveDistinct, iid, Options{Within: &zero}, "within", "width 0, want a positive number"},
		{KSEQ, iid, Options{Bits: -1}, "bits", "-1 binary digits"},
		{TruncatedLP, three, Options{}, "", "scheme truncated-lp is not defined: it is for K = 2, not K = 3"},
		{KSEQ, distinct, Options{}, "", "scheme spectr is not defined: it is for drafts that are iid, not without-replacement"},
		{Greedy, three, Options{}, "", "scheme greedy is not defined: p gives positive probability to 2 tokens"},
		{RecursiveDistinct, three, Options{}, "", "scheme specinfer-without-replacement is not defined: p gives positive"},
	} {
		scheme, err := Lookup(c.scheme)
		if err != nil {
			t.Fatal(err)
		}
		_, err = scheme.Evaluate(t.Context(), c.s, c.o)
		var option *OptionError
		var undefined *UndefinedError
		switch {
		case err == nil || !strings.Contains(err.Error(), c.message):
			t.Errorf("%s: error %v, want %s", c.scheme, err, c.message)
		case errors.As(err, &option) != (c.option != "") || option != nil && option.Option != c.option:
			t.Errorf("%s: error %#v, want one of the option %q", c.scheme, err, c.option)
		case errors.As(err, &undefined) != (c.option == ""):
			t.Errorf("%s: error %#v, want undefined %v", c.scheme, err, c.option == "")
		}
	}
}

// The order in which Ω_0 is listed does not matter.
func TestAlphabetInAnyOrder(t *testing.T) {
	s := oracle.InstanceFor(t, multidraft.ModelIID, 2, "1/3,1/3,1/3", "1/3,0,2/3")
	for _, name := range []string{AlphabetIS, AlphabetMD} {
		a := evaluate(t, name, s, Options{Alphabet: []int{0, 2}})
		b := evaluate(t, name, s, Options{Alphabet: []int{2, 0}})
		if !a.Acceptance.Lo.Equal(b.Acceptance.Lo) || a.Parameters[0] != b.Parameters[0] {
			t.Errorf("%s: %v %v, in another order %v %v", name, a.Acceptance, a.Parameters, b.Acceptance, b.Parameters)
		}
	}
}

// The search for γ* ends with the context.
func TestKSEQStops(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	s := oracle.InstanceFor(t, multidraft.ModelIID, 2, "1/3,1/3,1/3", "1/3,0,2/3")
	if plan, err := planKSEQ(ctx, s, Options{Bits: maxBits}); !errors.Is(err, context.Canceled) {
		t.Errorf("%v, %v", plan, err)
	}
}
