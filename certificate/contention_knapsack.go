package certificate

import (
	"fmt"
	"io"
	"math/big"
)

// Size is one value of a random size, or of a random demand, with its probability.
type Size struct{ Value, Probability *big.Rat }

// KnapsackDocument is a certificate on one instance of the knapsack problem: that a choice
// is feasible (Definition 5), or if it has a law, that Algorithm 3 accepts with exactly
// the probabilities of the choice, or both.
type KnapsackDocument struct {
	Elements [][]Size
	Claims   []Claim
	Choice   TwoOrders
	// Empty is the probability of a zero load before each element; nil lists if
	// the law is absent. In its place Bits asks, if it is not 0, for a law whose
	// probabilities the checker encloses in multiples of 2^−Bits.
	Empty TwoOrders
	Bits  int
	// Single is, if not nil, the optimum of LP-SI for the probabilities of being
	// active, where no two elements fit together; Above is the least known gap
	// of its value above 1/(2 + 1/e).
	Single *UnitOptimum
	Above  *big.Rat
}

// Derive returns the claims that d establishes if the checker accepts it.
func (d *KnapsackDocument) Derive() []Claim {
	f := knapsackFamily{single: d.Single != nil}
	switch {
	case d.Empty.Forward != nil:
		f.law = Checked
	case d.Bits > 0:
		f.law = Concluded
	}
	run(func() {
		r, choice := new(reader), d.Choice.lists()
		mu := r.means(d.Elements)
		f.violation = "unknown"
		f.violation = r.definition5(mu, choice)
		f.phi = r.samePhiChoice(mu, choice)
	})
	return f.claims()
}

// Write writes d as one JSON document; see [Document.Write].
func (d *KnapsackDocument) Write(w io.Writer) error {
	return write(w, func(e *encoder) {
		e.open(ContentionKnapsack)
		e.text(",\"elements\":")
		e.list(len(d.Elements), ",\n", func(i int) { e.sizes(d.Elements[i]) })
		e.text("}")
		e.claims(d.Claims)
		e.text(",\n\"choice\":{")
		e.twoOrders("", d.Choice)
		e.text("}")
		switch {
		case d.Empty.Forward != nil:
			e.text(",\n\"law\":{")
			e.twoOrders("empty-", d.Empty)
			e.text("}")
		case d.Bits > 0:
			e.text(",\n\"enclosed-law\":")
			e.integer(int64(d.Bits))
		}
		if d.Single != nil {
			e.text(",\n\"single\":{")
			e.unitOptimum(d.Single)
			e.text(",\n\"above\":")
			e.bigRat(d.Above)
			e.text("}")
		}
	})
}

func (e *encoder) sizes(list []Size) {
	e.list(len(list), ",", func(k int) { e.rats([]*big.Rat{list[k].Value, list[k].Probability}) })
}

// Tags of the claims on a knapsack instance.
const (
	tagFeasibleChoice = "CRS-D5"
	tagPhiChoice      = "CRS-L4.4"
	tagKnapsackLaw    = "CRS-T4.1"
	tagKnapsackUpper  = "CRS-T1.5"
)

// knapsackFamily checks documents on knapsack instances.
type knapsackFamily struct {
	elements  [][]Size
	mu        []*big.Rat
	total     *big.Rat // of mu
	choice    [2][]*big.Rat
	guarantee *big.Rat
	upper     *big.Rat // of all guarantees, if single
	above     *big.Rat

	violation   string // of Definition 5, or ""
	law         string // the status of the claim on it, or ""
	phi, single bool
}

func (f *knapsackFamily) claims() []Claim {
	var claims []Claim
	add := func(holds bool, tag, status string) {
		if holds {
			claims = append(claims, Claim{tag, status})
		}
	}
	add(f.violation == "", tagFeasibleChoice, Checked)
	add(f.violation == "" && f.phi, tagPhiChoice, Checked)
	add(f.law != "", tagKnapsackLaw, f.law)
	add(f.single, tagKnapsackUpper, Checked)
	return claims
}

func (f *knapsackFamily) readStatement(r *reader) {
	r.member("elements", func() {
		r.limited(MaxElements, func(int) { f.elements = append(f.elements, r.element()) })
		if len(f.elements) == 0 {
			r.rejectNext("there are no elements")
		}
	})
	f.mu = r.means(f.elements)
	if f.total = r.total(f.mu); r.cmp(f.total, ratOne) > 0 {
		r.rejectNext("the mean sizes sum to %s, more than 1", short(f.total))
	}
}

// element reads the law of a size on [0,1] ∪ {∞}.
func (r *reader) element() []Size {
	var e []Size
	total := ratZero
	r.limited(MaxSizes, func(int) {
		var s Size
		r.tuple(2, func(part int) {
			if part == 0 {
				s.Value = r.unitInterval("size")
			} else {
				s.Probability = r.probability()
			}
		})
		e = append(e, s)
		total = r.add(total, s.Probability)
	})
	if r.cmp(total, ratOne) > 0 {
		r.rejectNext("the probabilities sum to %s, more than 1", short(total))
	}
	return e
}

func (r *reader) means(elements [][]Size) []*big.Rat {
	mu := make([]*big.Rat, len(elements))
	for i, e := range elements {
		mu[i] = ratZero
		for _, s := range e {
			mu[i] = r.add(mu[i], r.mul(s.Value, s.Probability))
		}
	}
	return mu
}

// phiChoice returns the choice of CRS-L4.4: the mean of 4/9 − 2z/9 over [a, a+μ_i],
// which is 4/9 − (2a+μ_i)/9, where a is the sum of the μ before i.
func (r *reader) phiChoice(mu []*big.Rat) [2][]*big.Rat {
	var c [2][]*big.Rat
	for order := range c {
		c[order] = make([]*big.Rat, len(mu))
		start := ratZero
		for _, i := range sequence(order, len(mu)) {
			end := r.add(start, mu[i])
			c[order][i] = r.sub(big.NewRat(4, 9), r.mul(r.add(start, end), big.NewRat(1, 9)))
			start = end
		}
	}
	return c
}

// samePhiChoice says whether a choice is that of CRS-L4.4.
func (r *reader) samePhiChoice(mu []*big.Rat, choice [2][]*big.Rat) bool {
	want := r.phiChoice(mu)
	for order, list := range choice {
		for i, v := range list {
			if r.cmp(v, want[order][i]) != 0 {
				return false
			}
		}
	}
	return true
}

func (f *knapsackFamily) checkParts(r *reader) {
	n := len(f.elements)
	r.member("choice", func() {
		r.object(func() { f.choice = r.twoOrders("", n) })
		f.violation = r.definition5(f.mu, f.choice)
		f.phi = r.samePhiChoice(f.mu, f.choice)
		f.guarantee = r.guarantee(f.choice)
	})
	if f.law = r.algorithm3(f.elements, f.choice); f.law == "" && f.violation != "" {
		r.rejectNext("%s, and there is no law", f.violation)
	}
	f.single = r.optional("single", func() { r.object(func() { f.checkSingle(r) }) })
}

// checkSingle checks that every size exceeds 1/2, so that a scheme accepts at most one
// element, the optimum of the single-unit problem that this makes of the instance, and
// that it is at most 1/(2 + 1/e) = α_0(2) and a number above.
func (f *knapsackFamily) checkSingle(r *reader) {
	x := make([]*big.Rat, len(f.elements))
	for i, e := range f.elements {
		x[i] = ratZero
		for _, s := range e {
			if r.cmp(s.Value, ratHalf) <= 0 {
				r.rejectNext("element %d has the size %s, and others may fit beside it", i+1, short(s.Value))
			}
			x[i] = r.add(x[i], s.Probability)
		}
	}
	f.upper = r.unitOptimum(x).value
	r.member("above", func() { f.above = r.rational() })
	if !atPrecisions(func(bits uint) bool {
		limit, _ := r.alphaBounds(big.NewRat(2, 1), bits)
		return r.cmp(f.upper, r.add(limit, f.above)) <= 0
	}) {
		r.rejectLast("the value %s is not shown to be at most 1/(2 + 1/e) + %s", short(f.upper), short(f.above))
	}
}

// algorithm3 checks the law of Algorithm 3 if the document has one, exact or enclosed. It
// returns the status of what that says of the algorithm, or "".
func (r *reader) algorithm3(elements [][]Size, c [2][]*big.Rat) (status string) {
	switch {
	case r.optional("law", func() {
		r.object(func() { r.knapsackLaw(elements, c, r.twoOrders("empty-", len(elements))) })
	}):
		return Checked
	case r.optional("enclosed-law", func() { r.enclosedLaw(elements, c) }):
		return Concluded
	}
	return ""
}

// definition5 says in which way a choice is not feasible, or "". It rejects one that is
// not between 0 and 1.
func (r *reader) definition5(mu []*big.Rat, c [2][]*big.Rat) (violation string) {
	for order, list := range c {
		s := sequence(order, len(mu))
		first := list[s[0]]
		load := ratZero
		for t, i := range s {
			v := list[i]
			fail := func(condition string) {
				if violation == "" {
					violation = fmt.Sprintf("%s order: c(%d) = %s violates %s of Definition 5", orderNames[order], i+1, short(v), condition)
				}
			}
			switch {
			case v.Sign() < 0 || r.cmp(v, ratOne) > 0:
				r.rejectNext("%s order: c(%d) = %s is not between 0 and 1", orderNames[order], i+1, short(v))
			case t > 0 && r.cmp(v, list[s[t-1]]) > 0:
				fail("monotonicity")
			case r.cmp(r.add(v, r.add(first, load)), ratOne) > 0:
				fail("(4.1)")
			case !r.condition42(v, first, load):
				fail("(4.2)")
			}
			load = r.add(load, r.mul(v, mu[i]))
		}
	}
	return violation
}

// condition42 says whether v ≤ 1 − 2M − c·exp(−2M/c), the last term being 0 for c = 0.
func (r *reader) condition42(v, c, m *big.Rat) bool {
	room := r.sub(r.sub(ratOne, r.mul(m, big.NewRat(2, 1))), v)
	if c.Sign() <= 0 || m.Sign() == 0 { // the exponential is 0 or 1
		return r.cmp(c, room) <= 0
	}
	exponent := r.quo(r.mul(m, big.NewRat(-2, 1)), c)
	holds := false
	atPrecisions(func(bits uint) bool {
		lo, hi := r.exp(exponent, bits)
		holds = r.cmp(r.mul(c, hi), room) <= 0
		return holds || r.cmp(r.mul(c, lo), room) > 0
	})
	return holds
}

// lawMeaning adds to what a law says how it is concluded, if it is.
func lawMeaning(status, text string) string {
	if status == Concluded {
		text += ", by Lemma 4.2, whose premise, that the load is zero often enough, is decided by enclosures"
	}
	return text + "."
}

func (f *knapsackFamily) finish() Report {
	t := &telling{name: fmt.Sprintf("%s n=%d", ContentionKnapsack, len(f.elements))}
	t.lines = []string{
		"Elements have independent random sizes, infinite if inactive; they arrive forward or backward, each with probability 1/2; accepted sizes must not exceed 1 in sum.",
	}
	for i, e := range f.elements {
		line := fmt.Sprintf("element %d:", i+1)
		for _, s := range e {
			line += fmt.Sprintf(" size %s with probability %s;", short(s.Value), short(s.Probability))
		}
		t.lines = append(t.lines, line)
	}
	t.detail = []string{fmt.Sprintf("mean sizes sum to %s", decimal(f.total)), fmt.Sprintf("guarantee %s", decimal(f.guarantee))}
	if f.violation != "" {
		t.detail = append(t.detail, "not certified by Definition 5: "+f.violation)
	}
	upper := ""
	if f.single {
		upper = fmt.Sprintf("no two elements fit together, so that no scheme guarantees more than %s on this instance, and that is at most 1/(2 + 1/e) + %s.", short(f.upper), decimal(f.above))
		t.detail = append(t.detail, fmt.Sprintf("best guarantee of any scheme %s", decimal(f.upper)))
	}
	return t.report(f.claims(), map[string]string{
		tagFeasibleChoice: "the probabilities of the document are feasible (Definition 5); their least mean over both orders is " + short(f.guarantee) + ".",
		tagPhiChoice:      "they are the means of 4/9 - 2z/9 over the intervals of the mean sizes.",
		tagKnapsackLaw:    lawMeaning(f.law, "Algorithm 3 accepts every element, whatever its size, with exactly the probabilities of the document, in both orders; their least mean over both orders is "+short(f.guarantee)),
		tagKnapsackUpper:  upper,
	})
}
