package certificate

import (
	"math/big"
	"slices"
	"strings"
	"testing"
)

// Each rule of FORMAT.md, broken in a document that is right otherwise. The
// digest fits, so the rule itself must notice.

func rat(a, b int64) *big.Rat { return big.NewRat(a, b) }

// twoByThree is a document of the cell (2,3) with these instances.
func twoByThree(a ...asked) *Document {
	return prove(cell{k: 2, n: 3, exponent: 2, instances: a})
}

func iidOver(p, q []*big.Rat) asked { return asked{Drafts{Model: IID, P: p}, q} }

func TestRejectsBrokenCones(t *testing.T) {
	// Feasibility of (2,3): rows 0..5 are (1,{1,2}) (2,{1,2}) (1,{1,3}) (3,{1,3})
	// (2,{2,3}) (3,{2,3}); kept are 1, 3, 5. Rays: prefix 1, prefix 2, three e_T.
	// Optimum: kept are 0, 5, 6, 8, 10; rays: prefixes 1, 2, 0, 3, three e_T.
	for _, c := range []struct {
		name          string
		change        func(d *Document)
		place, reason string
	}{
		{"kept row replaced", func(d *Document) { d.Feasibility.Rows[0] = 0 },
			"feasibility.rows", "row 1 is not kept, and no kept row implies it"},
		{"kept row replaced, optimum", func(d *Document) { d.Optimum.Rows[2] = 7 },
			"optimum.rows", "row 6 is not kept"},
		{"z_0 row replaced", func(d *Document) { d.Optimum.Rows[0] = 1 },
			"optimum.rows", "row 0 is not kept"},
		{"z_N row replaced", func(d *Document) { d.Optimum.Rows[1] = 4 },
			"optimum.rows", "row 5 is not kept"},
		{"row dropped", func(d *Document) { d.Feasibility.Rows = d.Feasibility.Rows[1:] },
			"feasibility.rows", "expected 3 elements, found 2"},
		{"row added", func(d *Document) { d.Feasibility.Rows = []int{0, 1, 3, 5} },
			"feasibility.rows[2]", "expected at most 3 elements"},
		{"row twice", func(d *Document) { d.Feasibility.Rows[1] = 1 },
			"feasibility.rows[1]", "not strictly increasing"},
		{"row beyond the last", func(d *Document) { d.Feasibility.Rows[2] = 6 },
			"feasibility.rows[2]", "from 0 to 5, found 6"},
		{"negative row", func(d *Document) { d.Feasibility.Rows[0] = -1 },
			"feasibility.rows[0]", "from 0 to 5, found -1"},

		{"ray dropped", func(d *Document) { d.Feasibility.Rays = d.Feasibility.Rays[:4] },
			"feasibility.rays", "expected 5 elements, found 4"},
		{"first ray dropped", func(d *Document) { d.Feasibility.Rays = d.Feasibility.Rays[1:] },
			"feasibility.rays[0]", "not positive on facet 0"},
		{"rays swapped", func(d *Document) { swap(d.Feasibility.Rays, 0, 1) },
			"feasibility.rays[0]", "not positive on facet 0"},
		{"unit rays swapped", func(d *Document) { swap(d.Feasibility.Rays, 2, 4) },
			"feasibility.rays[2]", "not positive on facet 2"},
		{"ray twice", func(d *Document) { d.Feasibility.Rays[1] = d.Feasibility.Rays[0] },
			"feasibility.rays[1]", "second ray for the prefix of 1 tokens"},
		{"unit ray twice", func(d *Document) { d.Feasibility.Rays[3] = d.Feasibility.Rays[2] },
			"feasibility.rays[3]", "second ray for one support"},
		{"ray replaced by a sum of two", func(d *Document) {
			d.Feasibility.Rays[2] = []Entry{{3, 1}, {4, 1}}
		}, "feasibility.rays[2]", "neither a b_T nor"},
		{"prefix ray plus a unit ray", func(d *Document) {
			d.Feasibility.Rays[1] = slices.Clone(d.Feasibility.Rays[1])[:2] // v_{1,2} = 0 now
		}, "feasibility.rays[1]", "neither a b_T nor"},
		{"opposite unit ray", func(d *Document) { d.Feasibility.Rays[2] = []Entry{{3, -1}} },
			"feasibility.rays[2]", "neither a b_T nor"},
		{"opposite prefix ray", func(d *Document) { d.Feasibility.Rays[0] = []Entry{{0, -1}} },
			"feasibility.rays[0]", "neither a b_T nor"},
		{"other representative modulo lineality", func(d *Document) {
			d.Feasibility.Rays[0] = []Entry{{1, -1}, {2, -1}, {3, 1}, {4, 1}, {5, 1}}
		}, "feasibility.rays[0]", "neither a b_T nor"},
		{"the lineality itself", func(d *Document) {
			d.Feasibility.Rays[0] = []Entry{{0, 1}, {1, 1}, {2, 1}, {3, -1}, {4, -1}, {5, -1}}
		}, "feasibility.rays[0]", "neither a b_T nor"},
		{"permuted copy of a prefix ray", func(d *Document) { d.Feasibility.Rays[0] = []Entry{{1, 1}} },
			"feasibility.rays[0]", "neither a b_T nor"},
		{"zero ray", func(d *Document) { d.Feasibility.Rays[0] = nil },
			"feasibility.rays[0]", "a ray is zero"},
		{"ray not primitive", func(d *Document) { d.Feasibility.Rays[0] = []Entry{{0, 2}} },
			"feasibility.rays[0][0][1]", "from -1 to 1, found 2"},
		{"zero coordinate", func(d *Document) { d.Feasibility.Rays[0] = []Entry{{0, 1}, {1, 0}} },
			"feasibility.rays[0][1][1]", "nonzero coordinates only"},
		{"coordinate twice", func(d *Document) { d.Feasibility.Rays[0] = []Entry{{0, 1}, {0, 1}} },
			"feasibility.rays[0][1][0]", "not strictly increasing"},
		{"coordinate beyond the last", func(d *Document) { d.Feasibility.Rays[4] = []Entry{{6, 1}} },
			"feasibility.rays[4][0][0]", "from 0 to 5, found 6"},
		{"more coordinates than there are", func(d *Document) {
			d.Feasibility.Rays[0] = []Entry{{0, 1}, {1, 1}, {2, 1}, {3, 1}, {4, 1}, {5, 1}, {6, 1}}
		}, "feasibility.rays[0][5]", "at most 6 elements"},
		{"z_0 missing", func(d *Document) { d.Optimum.Rays[0] = slices.DeleteFunc(d.Optimum.Rays[0], atZ0) },
			"optimum.rays[0]", "neither a b_T nor"},
		{"z_0 negative", func(d *Document) { d.Optimum.Rays[2][0].Value = -1 },
			"optimum.rays[2]", "neither a b_T nor"},
		{"cone of the other part", func(d *Document) { d.Optimum = d.Feasibility },
			"optimum.rows", "expected 5 elements"},
		{"count too small", func(d *Document) { d.Feasibility.Count = big.NewInt(8) },
			"feasibility.count", "the cone has 9 extreme rays, not 8"},
		{"count too large", func(d *Document) { d.Optimum.Count = big.NewInt(12) },
			"optimum.count", "the cone has 11 extreme rays, not 12"},
	} {
		d := prove(cell{k: 2, n: 3, exponent: 2, cones: true, identity: true})
		c.change(d)
		expectReject(t, c.name, written(d), c.place, c.reason)
	}
}

func atZ0(e Entry) bool { return e.Coordinate == 3 }

func swap[T any](v []T, i, j int) { v[i], v[j] = v[j], v[i] }

// In F(K,2) the ray of the one support is the sum of two others.
func TestUnitRayOfTwoTokensIsNotExtreme(t *testing.T) {
	d := prove(cell{k: 2, n: 2, exponent: 2, cones: true, identity: true})
	d.Feasibility.Count = big.NewInt(3)
	expectReject(t, "count", written(d), "feasibility.count", "the cone has 2 extreme rays, not 3")
}

func TestRejectsBrokenIdentities(t *testing.T) {
	for _, c := range []struct {
		name          string
		change        func(d *Document)
		place, reason string
	}{
		{"coefficient changed", func(d *Document) { d.Identity.Supports[1][0].Coefficient = big.NewInt(2) },
			"identity.supports[1][0][1]", "the coefficient is 3, not 2"},
		{"exponent changed", func(d *Document) { d.Identity.Supports[1][0].Exponents = []int{1, 1} },
			"identity.supports[1][0][0][1]", "exponent 1, but the next monomial has exponents [1 2]"},
		{"exponents of another length", func(d *Document) { d.Identity.Supports[1][0].Exponents = []int{1} },
			"identity.supports[1][0][0]", "expected 2 elements, found 1"},
		{"term dropped", func(d *Document) { d.Identity.Supports[1] = d.Identity.Supports[1][:1] },
			"identity.supports[1]", "expected 2 elements, found 1"},
		{"term twice", func(d *Document) { d.Identity.Supports[1][1] = d.Identity.Supports[1][0] },
			"identity.supports[1][1][0][0]", "exponent 1, but"},
		{"terms swapped", func(d *Document) { swap(d.Identity.Supports[1], 0, 1) },
			"identity.supports[1][0][0][0]", "exponent 2, but"},
		{"polynomial dropped", func(d *Document) { d.Identity.Supports = d.Identity.Supports[:2] },
			"identity.supports", "expected 3 elements, found 2"},
		{"coefficient of the size of a book", func(d *Document) {
			d.Identity.Supports[0][0].Coefficient = new(big.Int).Exp(big.NewInt(10), big.NewInt(10000), nil)
		}, "identity.supports[0][0][1]", "at most 10000 digits"},
		{"exponent of the statement", func(d *Document) { d.Statement.Exponent = 2 },
			"identity.supports", "the sum over the supports is not the power 2: they differ in the monomial with exponents [0 0 0 2]"},
		{"larger exponent of the statement", func(d *Document) { d.Statement.Exponent = 4 },
			"identity.supports", "is not the power 4: they differ in the monomial with exponents [0 0 0 3]"},
	} {
		d := prove(cell{k: 3, n: 4, exponent: 3, cones: true, identity: true})
		c.change(d)
		expectReject(t, c.name, written(d), c.place, c.reason)
	}
	d := prove(cell{k: 2, n: 3, exponent: 2, identity: true})
	d.Statement = Statement{Multidraft, 20, 12, 20}
	expectReject(t, "expansion too large", written(d), "identity", "additions; the limit is")
}

// spread finds entries of the coupling for a move of mass that keeps one marginal:
// two entries with the same support, or with the same token.
func moveMass(x *Instance, same func(a, b Mass) bool) {
	for i := range x.Coupling {
		for j := range x.Coupling {
			if i != j && same(x.Coupling[i], x.Coupling[j]) && x.Coupling[i].Amount.Cmp(big.NewInt(1)) > 0 {
				x.Coupling[i].Amount.Sub(x.Coupling[i].Amount, big.NewInt(1))
				x.Coupling[j].Amount.Add(x.Coupling[j].Amount, big.NewInt(1))
				return
			}
		}
	}
	panic("no such pair of entries")
}

func TestRejectsBrokenInstances(t *testing.T) {
	base := iidOver(over(6, 3, 2, 1), over(10, 1, 2, 7))
	for _, c := range []struct {
		name          string
		change        func(x *Instance)
		place, reason string
	}{
		{"mass moved, marginal of the supports kept", func(x *Instance) {
			moveMass(x, func(a, b Mass) bool { return slices.Equal(a.Support, b.Support) && a.Token != b.Token })
		}, "coupling", "the masses of the token 1 sum to 17, not to 18"},
		{"mass moved, marginal of the tokens kept", func(x *Instance) {
			moveMass(x, func(a, b Mass) bool { return !slices.Equal(a.Support, b.Support) && a.Token == b.Token })
		}, "coupling", "the masses of the support [1] sum to 44, not to 45"},
		{"all masses doubled", func(x *Instance) {
			for i := range x.Coupling {
				x.Coupling[i].Amount.Lsh(x.Coupling[i].Amount, 1)
			}
		}, "coupling", "the masses of the support [1] sum to 90, not to 45"},
		{"entry dropped", func(x *Instance) { x.Coupling = x.Coupling[1:] },
			"coupling", "the masses of the support [1]"},
		{"no entries", func(x *Instance) { x.Coupling = nil },
			"coupling", "sum to 0, not to 45"},
		{"entry twice", func(x *Instance) { x.Coupling = slices.Insert(x.Coupling, 1, x.Coupling[0]) },
			"coupling[1]", "not strictly increasing"},
		{"entries swapped", func(x *Instance) { swap(x.Coupling, 0, 1) },
			"coupling[1]", "not strictly increasing"},
		{"zero mass", func(x *Instance) { x.Coupling[0].Amount.SetInt64(0) },
			"coupling[0][2]", "mass 0 is not positive"},
		{"negative mass", func(x *Instance) { x.Coupling[0].Amount.Neg(x.Coupling[0].Amount) },
			"coupling[0][2]", "is not positive"},
		{"empty support", func(x *Instance) { x.Coupling[0].Support = nil },
			"coupling[0][2]", "a support has 1 to 2 tokens"},
		{"support of more tokens than drafts", func(x *Instance) {
			x.Coupling = append(x.Coupling, Mass{[]int{1, 2, 3}, 1, big.NewInt(1)})
		}, "coupling[8][2]", "a support has 1 to 2 tokens"},
		{"support not ascending", func(x *Instance) { x.Coupling[7].Support = []int{3, 2} },
			"coupling[7][0][1]", "tokens are not strictly increasing"},
		{"support with a token twice", func(x *Instance) { x.Coupling[7].Support = []int{2, 2} },
			"coupling[7][0][1]", "tokens are not strictly increasing"},
		{"token beyond the last", func(x *Instance) { x.Coupling[7].Token = 4 },
			"coupling[7][1]", "from 1 to 3, found 4"},
		{"token zero", func(x *Instance) { x.Coupling[0].Support = []int{0} },
			"coupling[0][0][0]", "from 1 to 3, found 0"},
		{"value too large", func(x *Instance) { x.Value = rat(1, 1) },
			"coupling", "the coupling attains 109/180, not the value"},
		{"value negative", func(x *Instance) { x.Value.Neg(x.Value) },
			"coupling", "the coupling attains 109/180, not the value"},
		{"cut not minimal", func(x *Instance) { x.Cut = []int{1} },
			"cut", "q(S) + 1 - B(S) = 17/20, not the value"},
		{"cut empty", func(x *Instance) { x.Cut = nil },
			"cut", "q(S) + 1 - B(S) = 1, not the value"},
		{"cut of all tokens", func(x *Instance) { x.Cut = []int{1, 2, 3} },
			"cut", "q(S) + 1 - B(S) = 1, not the value"},
		{"cut not ascending", func(x *Instance) { x.Cut = []int{2, 1} },
			"cut[1]", "tokens are not strictly increasing"},
		{"target of sum 9/10", func(x *Instance) { x.Q = over(10, 1, 2, 6) },
			"q", "probabilities sum to 9/10, not 1"},
		{"target permuted", func(x *Instance) { x.Q = over(10, 2, 1, 7) },
			"coupling", "the masses of the token 1"},
		{"target of two tokens", func(x *Instance) { x.Q = over(2, 1, 1) },
			"q", "expected 3 elements, found 2"},
		{"target of four tokens", func(x *Instance) { x.Q = over(4, 1, 1, 1, 1) },
			"q[2]", "expected at most 3 elements"},
		{"negative target", func(x *Instance) { x.Q = over(10, -1, 4, 7) },
			"q[0]", "probability -1/10 is negative"},
		{"draft law of sum 2", func(x *Instance) { x.Drafts.P = over(6, 3, 2, 7) },
			"drafts.p", "probabilities sum to 2, not 1"},
		{"draft law permuted", func(x *Instance) { x.Drafts.P = over(6, 2, 3, 1) },
			"coupling", "the masses of the support [1]"},
		{"unknown model", func(x *Instance) { x.Drafts.Model = "markov" },
			"drafts.model", `unknown model of drafts "markov"`},
		{"another model", func(x *Instance) { x.Drafts.Model = WithoutReplacement },
			"coupling[0]", "the support [1] has probability 0"},
		{"denominators too large together", func(x *Instance) {
			x.Q = []*big.Rat{unit(power(2, 33000)), unit(power(3, 200)), new(big.Rat)}
			x.Q[2].Sub(rat(1, 1), total(x.Q[:2]))
		}, "q[2]", "of at most 10000 digits each"},
	} {
		d := twoByThree(base)
		c.change(&d.Instances[0])
		expectReject(t, c.name, written(d), "instances[0]."+c.place, c.reason)
	}
}

func power(a, e int64) *big.Int { return new(big.Int).Exp(big.NewInt(a), big.NewInt(e), nil) }

func unit(d *big.Int) *big.Rat { return new(big.Rat).SetFrac(big.NewInt(1), d) }

func total(v []*big.Rat) *big.Rat {
	sum := new(big.Rat)
	for _, x := range v {
		sum.Add(sum, x)
	}
	return sum
}

func TestRejectsBrokenDraftLaws(t *testing.T) {
	q := over(3, 1, 1, 1)
	words := func(w ...Word) asked { return asked{Drafts{Model: Joint, Law: w}, q} }
	word := func(pr *big.Rat, tokens ...int) Word { return Word{tokens, pr} }
	good := words(word(rat(1, 2), 1, 2), word(rat(1, 2), 2, 1))
	for _, c := range []struct {
		name          string
		drafts        Drafts
		place, reason string
	}{
		{"words swapped", words(word(rat(1, 2), 2, 1), word(rat(1, 2), 1, 2)).drafts,
			"law[1][0]", "words are not strictly increasing"},
		{"word twice", words(word(rat(1, 2), 2, 1), word(rat(1, 2), 2, 1)).drafts,
			"law[1][0]", "words are not strictly increasing"},
		{"word of three tokens", words(word(rat(1, 1), 1, 2, 3)).drafts,
			"law[0][0][1]", "expected at most 2 elements"},
		{"word of one token", words(word(rat(1, 1), 1)).drafts,
			"law[0][0]", "expected 2 elements, found 1"},
		{"word with an unknown token", words(word(rat(1, 1), 1, 4)).drafts,
			"law[0][0][1]", "from 1 to 3, found 4"},
		{"word of probability 0", words(word(rat(0, 1), 1, 2), word(rat(1, 1), 2, 1)).drafts,
			"law[0][1]", "positive probability only"},
		{"word of negative probability", words(word(rat(-1, 2), 1, 2), word(rat(3, 2), 2, 1)).drafts,
			"law[0][1]", "probability -1/2 is negative"},
		{"words of sum 1/2", words(word(rat(1, 2), 1, 2)).drafts,
			"law", "probabilities sum to 1/2, not 1"},
		{"no words", words().drafts, "law", "probabilities sum to 0, not 1"},
		{"too few tokens for the drafts", Drafts{Model: WithoutReplacement, P: over(1, 1, 0, 0)},
			"p", "2 drafts without replacement need as many tokens of positive probability, found 1"},
		{"one law for two drafts", Drafts{Model: Independent, Ps: [][]*big.Rat{over(1, 1, 0, 0)}},
			"p", "expected 2 elements, found 1"},
		{"second law of sum 1/2", Drafts{Model: Independent, Ps: [][]*big.Rat{over(1, 1, 0, 0), over(2, 1, 0, 0)}},
			"p[1]", "probabilities sum to 1/2, not 1"},
		{"unit of the product too large", Drafts{Model: IID, P: []*big.Rat{unit(power(2, 20000)), new(big.Rat).Sub(rat(1, 1), unit(power(2, 20000))), new(big.Rat)}},
			"p", "common denominator has more than 33219 bits"},
	} {
		d := twoByThree(good)
		d.Instances[0].Drafts = c.drafts
		expectReject(t, c.name, written(d), "instances[0].drafts."+c.place, c.reason)
	}
}

func TestRejectsLargeUnits(t *testing.T) {
	// 1/2^20000 and 1/3^12000 have a common denominator of more than 33219 bits,
	// and so have b and q together.
	near := func(d *big.Int) []*big.Rat {
		return []*big.Rat{unit(d), new(big.Rat).Sub(rat(1, 1), unit(d)), new(big.Rat)}
	}
	d := twoByThree(iidOver(over(1, 1, 0, 0), over(1, 1, 0, 0)))
	d.Instances[0].Q = []*big.Rat{unit(power(2, 20000)), unit(power(3, 12000)), rat(1, 2)}
	expectReject(t, "q", written(d), "instances[0].q", "common denominator")
	d.Instances[0].Drafts.P = near(power(2, 10000))
	d.Instances[0].Q = near(power(3, 12000))
	expectReject(t, "b with q", written(d), "instances[0].coupling", "common denominator")
	d.Instances[0].Drafts = Drafts{Model: Joint, Law: []Word{
		{[]int{1, 1}, unit(power(2, 20000))}, {[]int{1, 2}, unit(power(3, 12000))},
	}}
	expectReject(t, "words", written(d), "instances[0].drafts.law[1][1]", "common denominator")

	point := prove(cell{k: 2, n: 3, exponent: 64, counterexample: &asked{Drafts{Model: IID, P: near(power(2, 1000))}, near(power(2, 1000))}})
	expectReject(t, "power", written(point), "counterexample.claimed", "common denominator")
	both := prove(cell{k: 2, n: 3, exponent: 32, counterexample: &asked{Drafts{Model: IID, P: near(power(2, 1000))}, near(power(3, 1000))}})
	expectReject(t, "power with q", written(both), "counterexample.claimed", "common denominator")
}

// Without replacement the denominators multiply; with many tokens they soon cost
// too much to add up.
func TestRejectsTooMuchWork(t *testing.T) {
	n := 20
	var p []*big.Rat
	rest := rat(1, 1)
	for i := range n - 1 {
		p = append(p, new(big.Rat).SetFrac(big.NewInt(1), new(big.Int).Add(power(2, 300), big.NewInt(int64(2*i+1)))))
		rest.Sub(rest, p[i])
	}
	p = append(p, rest)
	d := &Document{Statement: Statement{Multidraft, 6, n, 6}, Instances: []Instance{{
		Drafts: Drafts{Model: WithoutReplacement, P: p}, Q: p, Value: rat(1, 1)}}}
	d.Claims = d.Derive()
	invalid := rejected(t, "without replacement", written(d))
	if invalid.Place != "instances[0].drafts.p" || !strings.Contains(invalid.Reason, "more than 33219 bits") && !strings.Contains(invalid.Reason, "too much work") {
		t.Error(invalid)
	}
}

func TestRejectsBrokenCounterexamples(t *testing.T) {
	uniform := Drafts{Model: IID, P: over(3, 1, 1, 1)}
	good := cell{k: 3, n: 3, exponent: 2, counterexample: &asked{uniform, over(27, 2, 12, 13)}}
	for _, c := range []struct {
		name          string
		change        func(d *Document)
		place, reason string
	}{
		{"claimed changed", func(d *Document) { d.Counterexample.Claimed = rat(25, 27) },
			"counterexample.claimed", "the closed form gives 26/27"},
		{"right exponent", func(d *Document) { d.Statement.Exponent = 3; d.Counterexample.Claimed = rat(1, 1) },
			"counterexample.claimed", "the closed form and the optimum 1 do not differ in being 1"},
		{"value changed", func(d *Document) { d.Counterexample.Value = rat(26, 27) },
			"counterexample.coupling", "the coupling attains 1, not the value"},
		{"both smaller than 1", func(d *Document) {
			*d = *prove(cell{k: 3, n: 3, exponent: 2, counterexample: &asked{uniform, over(2, 0, 1, 1)}})
		}, "counterexample.claimed", "do not differ in being 1"},
		{"not iid", func(d *Document) {
			d.Counterexample.Instance = naiveInstance(3, 3, asked{Drafts{Model: WithoutReplacement, P: over(3, 1, 1, 1)}, over(2, 0, 1, 1)})
		}, "counterexample.drafts.model", "a counterexample has iid drafts"},
		{"beside instances", func(d *Document) {
			d.Instances = prove(cell{k: 3, n: 3, exponent: 3, instances: []asked{{uniform, over(1, 0, 0, 1)}}}).Instances
		}, "counterexample", "a counterexample stands alone"},
		{"beside a cone", func(d *Document) { d.Optimum = naiveOptimum(3, 3) },
			"counterexample", "a counterexample stands alone"},
		{"beside the other cone", func(d *Document) { d.Feasibility = naiveFeasibility(3, 3) },
			"counterexample", "a counterexample stands alone"},
		{"beside an identity", func(d *Document) { d.Statement.Exponent = 3; d.Identity = naiveIdentity(3, 3) },
			"counterexample", "a counterexample stands alone"},
		{"too many tokens", func(d *Document) { d.Statement.N = 23 },
			"counterexample", "at most 22 tokens"},
		{"claims of a proof", func(d *Document) { d.Claims[0].Status = Proved },
			"claims[0]", "exactly: MD-T2 refuted, MD-T3 refuted"},
	} {
		d := prove(good)
		c.change(d)
		expectReject(t, c.name, written(d), c.place, c.reason)
	}
}

func TestRejectsWrongClaims(t *testing.T) {
	iid := iidOver(over(3, 1, 1, 1), over(2, 1, 1, 0))
	for _, c := range []struct {
		name          string
		change        func(d *Document)
		place, reason string
	}{
		{"no claims", func(d *Document) { d.Claims = nil },
			"claims", "claims are missing; the proof parts establish exactly: MD-T1 checked, MD-T2 proved"},
		{"last claim missing", func(d *Document) { d.Claims = d.Claims[:2] },
			"claims", "claims are missing"},
		{"first claim missing", func(d *Document) { d.Claims = d.Claims[1:] },
			"claims[0]", "establish exactly"},
		{"one claim more", func(d *Document) { d.Claims = append(d.Claims, Claim{"MD-T4", Checked}) },
			"claims[3]", "establish exactly"},
		{"claim twice", func(d *Document) { d.Claims = append(d.Claims, d.Claims[2]) },
			"claims[3]", "establish exactly"},
		{"claims swapped", func(d *Document) { swap(d.Claims, 1, 2) },
			"claims[1]", "establish exactly"},
		{"proved what was checked", func(d *Document) { d.Claims[0].Status = Proved },
			"claims[0]", "establish exactly"},
		{"unknown status", func(d *Document) { d.Claims[0].Status = "obvious" },
			"claims[0]", "establish exactly"},
		{"unknown tag", func(d *Document) { d.Claims[0].Tag = "MD-T9" },
			"claims[0]", "establish exactly"},
		{"proved without the feasibility cone", func(d *Document) { d.Feasibility = nil },
			"claims[1]", "exactly: MD-T1 checked, MD-T2 checked, MD-T3 proved"},
		{"proved without the optimum cone", func(d *Document) { d.Optimum = nil },
			"claims[2]", "exactly: MD-T1 checked, MD-T2 proved, MD-T3 checked"},
		{"proved without the identity", func(d *Document) { d.Identity = nil },
			"claims[1]", "exactly: MD-T1 checked, MD-T2 checked, MD-T3 checked"},
		{"checked without an instance", func(d *Document) { d.Instances = nil },
			"claims[0]", "exactly: MD-T2 proved, MD-T3 proved"},
		{"no parts", func(d *Document) { *d = Document{Statement: d.Statement, Claims: d.Claims} },
			"document", "the proof parts establish no claim"},
		{"no parts and no claims", func(d *Document) { *d = Document{Statement: d.Statement} },
			"document", "the proof parts establish no claim"},
		{"instances for another exponent", func(d *Document) {
			d.Statement.Exponent = 3
			d.Feasibility, d.Optimum, d.Identity = nil, nil, nil
		}, "document", "the proof parts establish no claim"},
		{"many claims", func(d *Document) { d.Claims = slices.Repeat(d.Claims, 40) },
			"claims[99]", "at most 100 elements"},
	} {
		d := prove(cell{k: 2, n: 3, exponent: 2, cones: true, identity: true, instances: []asked{iid}})
		c.change(d)
		expectReject(t, c.name, written(d), c.place, c.reason)
	}
}

// A valid proof of one cell proves nothing about another.
func TestRejectsProofsOfOtherStatements(t *testing.T) {
	for _, s := range []Statement{
		{Multidraft, 3, 3, 3}, {Multidraft, 3, 3, 2}, {Multidraft, 2, 4, 2}, {Multidraft, 2, 2, 2}, {Multidraft, 2, 3, 3}, {Multidraft, 3, 2, 3},
	} {
		d := smallComplete()
		d.Statement = s
		rejected(t, s.String(), written(d))
	}
	for _, c := range []struct {
		s             Statement
		place, reason string
	}{
		{Statement{"lp", 2, 3, 2}, "statement.family", `unknown family "lp"`},
		{Statement{Multidraft, 1, 3, 1}, "statement.k", "from 2 to 64, found 1"},
		{Statement{Multidraft, 65, 3, 65}, "statement.k", "from 2 to 64, found 65"},
		{Statement{Multidraft, 2, 1, 2}, "statement.n", "from 2 to 62, found 1"},
		{Statement{Multidraft, 2, 63, 2}, "statement.n", "from 2 to 62, found 63"},
		{Statement{Multidraft, 2, 3, 0}, "statement.exponent", "from 1 to 64, found 0"},
		{Statement{Multidraft, 2, 3, 65}, "statement.exponent", "from 1 to 64, found 65"},
		{Statement{Multidraft, 6, 62, 6}, "statement.n", "supports; the limit is 1048576"},
	} {
		d := smallComplete()
		d.Statement = c.s
		expectReject(t, c.s.String(), written(d), c.place, c.reason)
	}
}
