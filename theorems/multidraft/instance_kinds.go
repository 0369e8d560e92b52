package multidraft

import (
	"math/bits"

	"pstar/rational"
)

// kinds are the kinds of generated instances, each with the corner of the
// theorem it is after.
var kinds = []struct {
	name string
	make func(m *maker) (Drafts, []rational.Rat)
	// The target is made of B(S) of several sets.
	ofB bool
}{
	{"random", func(m *maker) (Drafts, []rational.Rat) {
		return m.drafts(ordinaryDraft), m.target(ordinaryTarget)
	}, false},
	{"zeros-in-draft", func(m *maker) (Drafts, []rational.Rat) {
		return m.draftsWithZeros(), m.target(ordinaryTarget)
	}, false},
	{"zeros-in-target", func(m *maker) (Drafts, []rational.Rat) {
		return m.drafts(ordinaryDraft), m.target(withZeros(ordinaryTarget))
	}, false},
	{"zeros-in-both", func(m *maker) (Drafts, []rational.Rat) {
		return m.draftsWithZeros(), m.target(withZeros(ordinaryTarget))
	}, false},
	{"ties", func(m *maker) (Drafts, []rational.Rat) {
		d := m.drafts(ordinaryDraft)
		return d, m.tied(d)
	}, false},
	{"equal", func(m *maker) (Drafts, []rational.Rat) {
		d := m.drafts(ordinaryDraft)
		return d, meanDraft(d)
	}, false},
	{"binding", func(m *maker) (Drafts, []rational.Rat) {
		d := m.drafts(ordinaryDraft)
		return d, m.binding(d)
	}, true},
	{"binding-chain", func(m *maker) (Drafts, []rational.Rat) {
		d := m.drafts(ordinaryDraft)
		return d, Vertex(d, m.rng.Perm(m.n))
	}, true},
	{"inside", func(m *maker) (Drafts, []rational.Rat) {
		d := m.drafts(ordinaryDraft)
		return d, m.inside(d)
	}, true},
	{"outside", func(m *maker) (Drafts, []rational.Rat) {
		d := m.drafts(ordinaryDraft)
		return d, m.outside(d)
	}, true},
	{"uniform-draft", func(m *maker) (Drafts, []rational.Rat) {
		return m.drafts(equalWeights), m.target(ordinaryTarget)
	}, false},
	{"uniform-target", func(m *maker) (Drafts, []rational.Rat) {
		return m.drafts(ordinaryDraft), m.target(equalWeights)
	}, false},
	{"dominating-draft", func(m *maker) (Drafts, []rational.Rat) {
		return m.drafts(dominated), m.target(ordinaryTarget)
	}, false},
	{"dominating-both", func(m *maker) (Drafts, []rational.Rat) {
		return m.drafts(dominated), m.target(dominated)
	}, false},
	{"huge-denominators", func(m *maker) (Drafts, []rational.Rat) {
		return m.drafts(hugeDraft), m.target(hugeTarget)
	}, false},
	{"tiny-denominators", func(m *maker) (Drafts, []rational.Rat) {
		return m.drafts(tinyDraft), m.target(withZeros(equalWeights))
	}, false},
}

// Kinds lists the names of the kinds of generated instances, in the order in
// which Generate takes them:
//
//	random             nothing special
//	zeros-in-draft     tokens that are never drafted
//	zeros-in-target    tokens that must never be selected
//	zeros-in-both      both
//	ties               q_i/p_i takes at most three values
//	equal              q is the mean law of a draft (for iid drafts, q = p)
//	binding            q(S) = B(S) for some set S, and P* = 1
//	binding-chain      q(S) = B(S) for a whole chain of sets up to Ω, and P* = 1
//	inside             near a vertex of {P* = 1}, towards its inside
//	outside            just outside {P* = 1}, where B is not 0 on all smaller sets
//	uniform-draft      equal weights in the draft law
//	uniform-target     q uniform
//	dominating-draft   one token (one word of a joint law) outweighs the others
//	dominating-both    also in q, not always the same token
//	huge-denominators  denominators up to 2^40
//	tiny-denominators  denominators up to 2n, zeros in q
func Kinds() []string {
	names := make([]string, len(kinds))
	for j, kind := range kinds {
		names[j] = kind.name
	}
	return names
}

// HasTargetOfB reports whether [Generate] makes the target of instance number index of B(S), the probabilities that all drafts lie
// in sets S: of K drafts they have K times the digits of one.
func HasTargetOfB(index int) bool { return kinds[index%len(kinds)].ofB }

// PowerBits bounds the binary digits of p(S)^K in instances of [Generate] of which [HasTargetOfB] is true, of iid drafts.
func PowerBits(k, n int) int {
	m := &maker{k: k, n: n, model: ModelIID}
	return k * bits.Len64(uint64(n)*uint64(m.draftWeight()))
}

// draftsWithZeros draws drafts that miss some tokens if the model can.
func (m *maker) draftsWithZeros() Drafts {
	// Zeros in the weights would drop words: tokens are missing only if no word has them.
	if m.model == ModelJoint {
		return m.joint(ordinaryDraft, 1+m.rng.IntN(max(m.n-1, 1)))
	}
	return m.drafts(withZeros(ordinaryDraft))
}

// meanDraft is the mean over k of the law of X_k; without replacement, the law
// of X_1.
func meanDraft(d Drafts) []rational.Rat {
	switch d := d.(type) {
	case *IID:
		return d.P()
	case *WithoutReplacement:
		return d.P()
	// A mean over the drafts, each of which has a law of its own.
	case *Independent:
		mean := make([]rational.Rat, d.n)
		for _, row := range d.rows {
			for i, x := range row.Rats() {
				mean[i] = mean[i].Add(x.Mul(rational.NewRat(1, int64(d.k))))
			}
		}
		return mean
	}
	mean := make([]rational.Rat, d.N())
	// Each draft of a word counts for a K-th of it.
	for _, w := range d.(*Joint).words {
		for _, x := range w.Tokens {
			mean[x] = mean[x].Add(w.Probability.Mul(rational.NewRat(1, int64(d.K()))))
		}
	}
	return mean
}

// tied multiplies the mean draft law by one of three factors per token.
func (m *maker) tied(d Drafts) []rational.Rat {
	q := meanDraft(d)
	var sum rational.Rat
	for i := range q {
		// Factors 1, 2 and 3: before normalising, q_i/p_i has at most these values.
		q[i] = q[i].Mul(rational.NewRat(1+m.rng.Int64N(3), 1))
		sum = sum.Add(q[i])
	}
	for i := range q {
		q[i] = q[i].Quo(sum)
	}
	return q
}

// Vertex is the target with q(S) = B(S) for every set S of first tokens in the
// order. As B is supermodular, it satisfies q(S) >= B(S) for all S: it is a
// vertex of the region {P* = 1} (MD-T2), and every vertex arises like this.
func Vertex(d Drafts, order []int) []rational.Rat {
	q := make([]rational.Rat, len(order))
	var s Set
	var before rational.Rat
	for _, i := range order {
		s |= 1 << i
		b := d.B(s)
		// The increment of B: what the sets up to this token need and those before it do not
		// have.
		q[i], before = b.Sub(before), b
	}
	return q
}

// binding is the mean of two vertices whose orders begin with the same set.
func (m *maker) binding(d Drafts) []rational.Rat {
	order := m.rng.Perm(m.n)
	q := Vertex(d, order)
	// Both orders begin with the same set, at which both vertices bind; so does their mean.
	split := m.rng.IntN(m.n)
	for _, part := range [][]int{order[:split], order[split:]} {
		m.rng.Shuffle(len(part), func(i, j int) { part[i], part[j] = part[j], part[i] })
	}
	return mixed(q, Vertex(d, order), rational.NewRat(1, 2))
}

// inside is a vertex moved a little towards the mean of two others.
func (m *maker) inside(d Drafts) []rational.Rat {
	a, b, c := Vertex(d, m.rng.Perm(m.n)), Vertex(d, m.rng.Perm(m.n)), Vertex(d, m.rng.Perm(m.n))
	// From a half down to 1/256 of the way.
	little := rational.NewRat(1, 2<<m.rng.IntN(8))
	return mixed(a, mixed(b, c, rational.NewRat(1, 2)), little)
}

// mixed is (1-t) a + t b.
func mixed(a, b []rational.Rat, t rational.Rat) []rational.Rat {
	q := make([]rational.Rat, len(a))
	for i := range a {
		q[i] = a[i].Add(b[i].Sub(a[i]).Mul(t))
	}
	return q
}

// outside is a vertex from which a little mass is moved out of the first set
// of its order with B > 0, so that q is below B there. If that is only Ω, there
// is no outside along this order and the vertex itself is returned.
func (m *maker) outside(d Drafts) []rational.Rat {
	order := m.rng.Perm(m.n)
	q := Vertex(d, order)
	first := 0
	// It ends: the entries sum to 1.
	for q[order[first]].IsZero() {
		first++
	}
	if first == m.n-1 {
		return q
	}
	// Mass goes to a token behind it in the order, so that q(S) falls below B(S) at the first
	// set.
	from, to := order[first], order[first+1+m.rng.IntN(m.n-first-1)]
	little := q[from].Mul(rational.NewRat(1, 2<<m.rng.IntN(8)))
	q[from], q[to] = q[from].Sub(little), q[to].Add(little)
	return q
}
