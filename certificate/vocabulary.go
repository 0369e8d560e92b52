package certificate

import (
	"fmt"
	"io"
	"math/big"
)

// IIDOptimum is the family of statements on the optimum of one instance with iid
// drafts over a vocabulary of any size.
const IIDOptimum = "iid-optimum"

// tagIIDOptimum is MD-T3, on the instance of the document.
const tagIIDOptimum = tagOptimum

// IIDOptimumDocument is a certificate of the optimum of one instance with iid
// drafts, without a table of supports: a cut, and a law of the token that
// importance weights select. FORMAT.md has the rules.
type IIDOptimumDocument struct {
	K      int
	Drafts []*big.Int // weights of the tokens; their sum is the unit
	Target []*big.Int // likewise, as many
	Claims []Claim
	Value  *big.Rat
	// Order lists the tokens of positive draft weight, numbered from 1.
	Order []int
	// Cut is the length of the prefix of Order that is the cut.
	Cut int
	// Low and High say how the selected law differs from the target: the first
	// Low.Count tokens of Order have Low.Ratio times their draft probability,
	// the last High.Count have High.Ratio times theirs.
	Low, High Level
}

// Level gives a number of tokens a common ratio; it is 0 for no token.
type Level struct {
	Count int
	Ratio *big.Rat
}

// Derive returns the claims that d establishes if the checker accepts it.
func (d *IIDOptimumDocument) Derive() []Claim { return []Claim{{tagIIDOptimum, Checked}} }

// Write writes d as one JSON document; see [Document.Write].
func (d *IIDOptimumDocument) Write(w io.Writer) error {
	return write(w, func(e *encoder) {
		weights := func(name string, list []*big.Int) {
			e.text(",\n\"" + name + "\":")
			e.list(len(list), ",", func(i int) { e.bigInt(list[i]) })
		}
		number := func(name string, v int) {
			e.text(",\"" + name + "\":")
			e.integer(int64(v))
		}
		e.open(IIDOptimum)
		number("k", d.K)
		number("n", len(d.Drafts))
		weights("drafts", d.Drafts)
		weights("target", d.Target)
		e.text("}")
		e.claims(d.Claims)
		e.text(",\n\"value\":")
		e.bigRat(d.Value)
		e.text(",\n\"order\":")
		e.ints(d.Order)
		e.text(",\n\"cut\":")
		e.integer(int64(d.Cut))
		e.level("low", d.Low)
		e.level("high", d.High)
	})
}

func (e *encoder) level(name string, l Level) {
	e.text(",\n\"" + name + "\":[")
	e.integer(int64(l.Count))
	e.text(",")
	e.bigRat(l.Ratio)
	e.text("]")
}

// maxVocabulary bounds the number of tokens.
const maxVocabulary = 1 << 21

// iidFamily checks documents on the optimum of one iid instance.
type iidFamily struct {
	k, n  int
	p, q  measure
	value *big.Rat
	order []int // tokens from 0
	low   ratioLevel
	high  ratioLevel
}

// A ratioLevel is a Level that has been read.
type ratioLevel struct {
	count int
	ratio *big.Rat
}

func (f *iidFamily) readStatement(r *reader) {
	r.member("k", func() { f.k = int(r.size(1, MaxDrafts)) })
	r.member("n", func() { f.n = int(r.size(1, maxVocabulary)) })
	r.member("drafts", func() { f.p = r.weights(f.n) })
	r.member("target", func() {
		f.q = r.weights(f.n)
		unit := new(big.Int).Exp(f.p.unit, big.NewInt(int64(f.k)), nil)
		r.boundUnit(unit.Mul(unit, f.q.unit))
		words := uint64(1 + unit.BitLen()/64)
		r.spend(f.n, words*words)
	})
}

// weights reads n weights, not negative and not all zero.
func (r *reader) weights(n int) measure {
	m := measure{unit: new(big.Int), mass: make([]*big.Int, n)}
	r.tuple(n, func(i int) {
		if m.mass[i] = r.bigInt(); m.mass[i].Sign() < 0 {
			r.rejectLast("weight %s is negative", short(m.mass[i]))
		}
		m.unit.Add(m.unit, m.mass[i])
	})
	if m.unit.Sign() == 0 {
		r.rejectNext("all weights are zero")
	}
	return m
}

func (f *iidFamily) checkParts(r *reader) {
	r.member("value", func() { f.value = r.rational() })
	r.member("order", func() { f.readOrder(r) })
	r.member("cut", func() { f.cut(r, int(r.integer(0, int64(len(f.order))))) })
	r.member("low", func() { f.low = r.level(len(f.order)) })
	r.member("high", func() {
		f.high = r.level(len(f.order) - f.low.count)
		f.selected(r)
	})
}

// readOrder reads the tokens of positive draft weight, each once.
func (f *iidFamily) readOrder(r *reader) {
	seen := make([]bool, f.n)
	r.list(f.n, func(int) {
		i := int(r.integer(1, int64(f.n))) - 1
		if seen[i] {
			r.rejectLast("token %d is listed twice", i+1)
		}
		if f.p.mass[i].Sign() == 0 {
			r.rejectLast("token %d has draft weight 0", i+1)
		}
		seen[i] = true
		f.order = append(f.order, i)
	})
	for i, w := range f.p.mass {
		if w.Sign() > 0 && !seen[i] {
			r.rejectNext("token %d has positive draft weight and is missing", i+1)
		}
	}
}

// cut checks that the first tokens of the order, S, have q(S) + 1 - p(S)^K equal
// to the value: no selection rule accepts more often.
func (f *iidFamily) cut(r *reader, length int) {
	drafted, targeted := new(big.Int), new(big.Int)
	for _, i := range f.order[:length] {
		drafted.Add(drafted, f.p.mass[i])
		targeted.Add(targeted, f.q.mass[i])
	}
	within := new(big.Rat).SetFrac(drafted, f.p.unit)
	all := big.NewRat(1, 1)
	for range f.k {
		all.Mul(all, within)
	}
	bound := sub(add(new(big.Rat).SetFrac(targeted, f.q.unit), ratOne), all)
	if bound.Cmp(f.value) != 0 {
		r.rejectLast("the cut has q(S) + 1 - p(S)^%d = %s, not the value", f.k, short(bound))
	}
}

// level reads a pair of a number of tokens and their ratio.
func (r *reader) level(limit int) ratioLevel {
	var l ratioLevel
	r.tuple(2, func(part int) {
		if part == 0 {
			l.count = int(r.integer(0, int64(limit)))
			return
		}
		if l.ratio = r.rational(); l.ratio.Sign() < 0 || l.count == 0 && l.ratio.Sign() != 0 {
			r.rejectLast("ratio %s is negative, or of no token and not 0", short(l.ratio))
		}
	})
	r.boundUnit(l.ratio.Denom())
	return l
}

// selected checks that the law t of the selected token can be given by importance
// weights, and that the sum of min(q_i, t_i) is the value. It does so in units of
// 1/(a b p.unit q.unit), with a and b the denominators of the two ratios.
func (f *iidFamily) selected(r *reader) {
	last := len(f.order) - f.high.count
	a, b := f.low.ratio.Denom(), f.high.ratio.Denom()
	scale := new(big.Int).Mul(a, b)
	unit := new(big.Int).Mul(scale, new(big.Int).Mul(f.p.unit, f.q.unit))
	r.boundUnit(unit)
	byTarget := new(big.Int).Mul(scale, f.p.unit)
	lowRatio := new(big.Int).Mul(f.low.ratio.Num(), new(big.Int).Mul(b, f.q.unit))
	highRatio := new(big.Int).Mul(f.high.ratio.Num(), new(big.Int).Mul(a, f.q.unit))
	power := new(big.Int).Exp(f.p.unit, big.NewInt(int64(f.k)), nil)

	drafted, total, accepted := new(big.Int), new(big.Int), new(big.Int)
	var before *big.Int // t of the token before, times the unit
	var beforeDraft *big.Int
	for j, i := range f.order {
		w, target := f.p.mass[i], new(big.Int).Mul(f.q.mass[i], byTarget)
		t := target
		switch {
		case j < f.low.count:
			t = new(big.Int).Mul(lowRatio, w)
		case j >= last:
			t = new(big.Int).Mul(highRatio, w)
		}
		if before != nil && new(big.Int).Mul(before, w).Cmp(new(big.Int).Mul(t, beforeDraft)) > 0 {
			r.rejectLast("the ratio of token %d is less than that of the token before it in the order", i+1)
		}
		before, beforeDraft = t, w
		drafted.Add(drafted, w)
		total.Add(total, t)
		accepted.Add(accepted, smaller(t, target))
		// t(S) >= p(S)^K for the prefix S.
		if j >= f.low.count-1 && j < last {
			right := new(big.Int).Exp(drafted, big.NewInt(int64(f.k)), nil)
			if new(big.Int).Mul(total, power).Cmp(right.Mul(right, unit)) < 0 {
				r.rejectLast("the selected law has less than p(S)^%d on the first %d tokens of the order", f.k, j+1)
			}
		}
	}
	if total.Cmp(unit) != 0 {
		r.rejectLast("the selected law sums to %s, not 1", short(new(big.Rat).SetFrac(total, unit)))
	}
	if attained := new(big.Rat).SetFrac(accepted, unit); attained.Cmp(f.value) != 0 {
		r.rejectLast("the selected law attains %s, not the value", short(attained))
	}
}

func smaller(a, b *big.Int) *big.Int {
	if a.Cmp(b) <= 0 {
		return a
	}
	return b
}

func (f *iidFamily) finish() Report {
	t := &telling{name: fmt.Sprintf("%s K=%d N=%d", IIDOptimum, f.k, f.n)}
	t.lines = []string{
		fmt.Sprintf("%d drafts, iid from p, over %d tokens, with target q: the weights of the document over their sums.", f.k, f.n),
		"Selection rule: a law of the output given the drafts under which the output has law q.",
	}
	t.detail = []string{fmt.Sprintf("optimum: %s", f.value.RatString())}
	claims := []Claim{{tagIIDOptimum, Checked}}
	return t.report(claims, map[string]string{tagIIDOptimum: fmt.Sprintf(
		"on this instance min over S of q(S) + 1 - p(S)^%d is %s; no selection rule has its output among the drafts with a larger probability, and by MD-T2 importance weights, followed by speculative sampling, attain it.",
		f.k, f.value.RatString())})
}
