package certificate

import (
	"fmt"
	"io"
	"math/big"
)

// Size is one value of a random size, or of a random demand, with its probability.
type Size struct{ Value, Probability *big.Rat }

// KnapsackDocument is a certificate on one instance of the knapsack problem: a choice
// that is feasible (Definition 5), and if it has laws, that Algorithm 3 accepts with
// exactly the probabilities of the choice.
type KnapsackDocument struct {
	Elements [][]Size
	Claims   []Claim
	Choice   TwoOrders
	// Empty is the probability of a zero load before each element; nil lists if
	// the law is absent.
	Empty TwoOrders
}

// Derive returns the claims that d establishes if the checker accepts it.
func (d *KnapsackDocument) Derive() []Claim {
	return knapsackClaims(means(d.Elements), d.Choice.lists(), d.Empty.Forward != nil)
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
		if d.Empty.Forward != nil {
			e.text(",\n\"law\":{")
			e.twoOrders("empty-", d.Empty)
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
)

func knapsackClaims(mu []*big.Rat, choice [2][]*big.Rat, law bool) []Claim {
	claims := []Claim{{tagFeasibleChoice, Checked}}
	if isPhiChoice(mu, choice) {
		claims = append(claims, Claim{tagPhiChoice, Checked})
	}
	if law {
		claims = append(claims, Claim{tagKnapsackLaw, Checked})
	}
	return claims
}

func means(elements [][]Size) []*big.Rat {
	mu := make([]*big.Rat, len(elements))
	for i, e := range elements {
		mu[i] = new(big.Rat)
		for _, s := range e {
			mu[i].Add(mu[i], mul(s.Value, s.Probability))
		}
	}
	return mu
}

// isPhiChoice says whether c is that of CRS-L4.4: the mean of 4/9 − 2z/9 over
// [a, a+μ_i], which is 4/9 − (2a+μ_i)/9, where a is the sum of the μ before i.
func isPhiChoice(mu []*big.Rat, c [2][]*big.Rat) bool {
	for order, list := range c {
		start := new(big.Rat)
		for _, i := range sequence(order, len(mu)) {
			end := add(start, mu[i])
			if list[i].Cmp(sub(big.NewRat(4, 9), mul(add(start, end), big.NewRat(1, 9)))) != 0 {
				return false
			}
			start = end
		}
	}
	return true
}

// knapsackFamily checks documents on knapsack instances.
type knapsackFamily struct {
	elements [][]Size
	choice   [2][]*big.Rat
	law      bool
}

func (f *knapsackFamily) readStatement(r *reader) {
	r.member("elements", func() {
		r.list(maxElements, func(int) { f.elements = append(f.elements, r.element()) })
		if len(f.elements) == 0 {
			r.rejectNext("there are no elements")
		}
	})
	if total := r.total(means(f.elements)); total.Cmp(ratOne) > 0 {
		r.rejectNext("the mean sizes sum to %s, more than 1", short(total))
	}
}

// element reads the law of a size on [0,1] ∪ {∞}.
func (r *reader) element() []Size {
	var e []Size
	total := new(big.Rat)
	r.list(maxAtoms, func(int) {
		var s Size
		r.tuple(2, func(part int) {
			if part == 0 {
				s.Value = r.unitInterval("size")
			} else {
				s.Probability = r.probability()
			}
		})
		e = append(e, s)
		r.bounded(total.Add(total, s.Probability))
	})
	if total.Cmp(ratOne) > 0 {
		r.rejectNext("the probabilities sum to %s, more than 1", short(total))
	}
	return e
}

func (f *knapsackFamily) checkParts(r *reader) {
	n := len(f.elements)
	r.member("choice", func() {
		r.object(func() { f.choice = r.twoOrders("", n) })
		r.definition5(means(f.elements), f.choice)
	})
	f.law = r.optional("law", func() {
		r.object(func() {
			empty := r.twoOrders("empty-", n)
			r.knapsackLaw(f.elements, f.choice, empty)
		})
	})
}

// definition5 rejects a choice that is not feasible.
func (r *reader) definition5(mu []*big.Rat, c [2][]*big.Rat) {
	for order, list := range c {
		s := sequence(order, len(mu))
		first := list[s[0]]
		load := new(big.Rat)
		for t, i := range s {
			v := list[i]
			fail := func(condition string) {
				r.rejectNext("%s order: c(%d) = %s violates %s of Definition 5", orderNames[order], i+1, short(v), condition)
			}
			switch {
			case v.Sign() < 0 || v.Cmp(ratOne) > 0:
				fail("0 <= c <= 1")
			case t > 0 && v.Cmp(list[s[t-1]]) > 0:
				fail("monotonicity")
			case add(v, add(first, load)).Cmp(ratOne) > 0:
				fail("(4.1)")
			case !r.condition42(v, first, load):
				fail("(4.2)")
			}
			r.bounded(load.Add(load, mul(v, mu[i])))
		}
	}
}

// condition42 says whether v ≤ 1 − 2M − c·exp(−2M/c), the last term being 0 for c = 0.
func (r *reader) condition42(v, c, m *big.Rat) bool {
	room := sub(sub(ratOne, mul(m, big.NewRat(2, 1))), v)
	if c.Sign() <= 0 || m.Sign() == 0 { // the exponential is 0 or 1
		if c.Sign() > 0 {
			room.Sub(room, c)
		}
		return room.Sign() >= 0
	}
	exponent := quo(mul(m, big.NewRat(-2, 1)), c)
	r.boundExponent(exponent)
	holds := false
	atPrecisions(func(bits uint) bool {
		lo, hi := expBounds(exponent, bits)
		holds = mul(c, hi).Cmp(room) <= 0
		return holds || mul(c, lo).Cmp(room) > 0
	})
	return holds
}

// Limits of an enumeration.
const (
	maxLoads    = 20_000
	maxMassBits = 1 << 16
)

// knapsackLaw enumerates Algorithm 3 and rejects unless the load is zero before
// each element with the probability given, and each size of each element is
// accepted with exactly the probability of the choice.
func (r *reader) knapsackLaw(elements [][]Size, c, empty [2][]*big.Rat) {
	var work effort
	for order := range c {
		loads := map[string]atom{"0": {new(big.Rat), big.NewRat(1, 1)}}
		for _, i := range sequence(order, len(elements)) {
			zero := loads["0"].mass
			if zero.Cmp(empty[order][i]) != 0 {
				r.rejectNext("%s order: the load before element %d is zero with probability %s, not %s",
					orderNames[order], i+1, short(zero), short(empty[order][i]))
			}
			loads = r.advance(&work, loads, elements[i], c[order][i], orderNames[order], i)
		}
	}
}

// An atom is a load with its probability.
type atom struct{ load, mass *big.Rat }

// advance returns the law of the load after element i.
func (r *reader) advance(work *effort, loads map[string]atom, element []Size, c *big.Rat, order string, i int) map[string]atom {
	next := make(map[string]atom)
	put := func(load, mass *big.Rat) {
		key := load.RatString()
		if a, ok := next[key]; ok {
			mass = add(mass, a.mass)
		}
		if mass.Denom().BitLen() > maxMassBits || len(next) > maxLoads {
			r.rejectNext("the law has too many values or digits")
		}
		work.spend(r, mass)
		next[key] = atom{load, mass}
	}
	for _, a := range loads {
		put(a.load, a.mass)
	}
	zero := loads["0"].mass
	for k, s := range element {
		room := sub(ratOne, s.Value)
		fits := func(a atom) bool { return a.load.Sign() > 0 && a.load.Cmp(room) <= 0 }
		p := new(big.Rat) // Pr[0 < T <= 1 - s]
		for _, a := range loads {
			if fits(a) {
				p.Add(p, a.mass)
			}
		}
		coin, fresh := big.NewRat(1, 1), sub(c, p) // coin at positive loads, mass taken at zero
		if fresh.Sign() <= 0 {
			fresh = new(big.Rat)
			if p.Sign() > 0 {
				coin = quo(c, p)
			}
		}
		if fresh.Cmp(zero) > 0 {
			r.rejectNext("%s order: Algorithm 3 cannot accept size %d of element %d with probability %s", order, k+1, i+1, short(c))
		}
		move := func(load, mass *big.Rat) {
			put(load, new(big.Rat).Neg(mass))
			put(add(load, s.Value), mass)
		}
		for _, a := range loads {
			if fits(a) {
				move(a.load, mul(s.Probability, mul(a.mass, coin)))
			}
		}
		move(new(big.Rat), mul(s.Probability, fresh))
	}
	return next
}

func (f *knapsackFamily) finish() Report {
	mu := means(f.elements)
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
	g := guarantee(f.choice)
	t.detail = []string{fmt.Sprintf("mean sizes sum to %s", decimal(ratSum(mu))), fmt.Sprintf("guarantee %s", decimal(g))}
	return t.report(knapsackClaims(mu, f.choice, f.law), map[string]string{
		tagFeasibleChoice: "the probabilities of the document are feasible (Definition 5); their least mean over both orders is " + short(g) + ".",
		tagPhiChoice:      "they are the means of 4/9 - 2z/9 over the intervals of the mean sizes.",
		tagKnapsackLaw:    "Algorithm 3 accepts every element, whatever its size, with exactly these probabilities, in both orders.",
	})
}
