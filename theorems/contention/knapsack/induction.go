package knapsack

import (
	"fmt"

	"pstar/rational"
	"pstar/rational/enclose"
	"pstar/theorems"
	"pstar/theorems/contention"
)

// An induction follows the proof of CRS-T4.1 on the exact law of the load T that every element meets: each line
// of it is an inequality between numbers of the law, and is decided. Write c_1 for c of the first element, M for Σ c(j)μ_j over the
// elements before, and U(b) = Pr[0 < T ≤ b].
// It is for one run of [run], in which it is shown the elements in the order of arrival.
type induction struct {
	elements []Element
	choice   contention.Choice
	mu       []rational.Rat

	m     [2]rational.Rat // M so far
	count map[string]int  // inequalities decided, by tag
	wrong map[string]error
	left  int // inequalities (4.6) that may yet be decided; negative once it gave up
}

// An induction gives up at a law with more atoms, or with more comparisons of an exponential, as its fractions are long.
// What it has decided until then is not told: a part of a proof would look like one.
const (
	maxAtoms        = 1000
	maxInequalities = 5000
)

func newInduction(elements []Element, c contention.Choice) *induction {
	return &induction{elements: elements, choice: c, mu: Means(elements), count: map[string]int{}, wrong: map[string]error{}, left: maxInequalities}
}

// holds counts an inequality, and keeps the first one that does not hold.
// An inequality that fails is no fault here: the choice may be none of Definition 5.
func (n *induction) holds(tag string, ok bool, o contention.Order, i int, what string) {
	n.count[tag]++
	if !ok && n.wrong[tag] == nil {
		n.wrong[tag] = fmt.Errorf("%s order, element %d: %s does not hold", o, i+1, what)
	}
}

// element decides the inequalities of the element that meets a load with these atoms, the first one at load zero.
//
// That (4.6) is asked for only where U jumps is no loss: both of its sides are monotone between two loads. The comparisons with an
// exponential are exact, equality included.
func (n *induction) element(o contention.Order, i int, unit rational.Int, atoms []load[rational.Rat]) {
	// Given up once is given up for good: what is told is of all elements or of none.
	if n.left < 0 || len(atoms) > maxAtoms {
		n.left = -1
		return
	}
	order := o.Sequence(len(n.elements))
	first := n.choice[o][order[0]]
	at := make([]rational.Rat, len(atoms)) // loads
	up := make([]rational.Rat, len(atoms)) // U at them
	// E[T] two ways: as a sum over the atoms, and as ∫ Pr[T > b], whose integrand is U(1) − U(b).
	mean, integral := zero, zero // E[T], and ∫U over [0, 1]
	for t, a := range atoms {
		// Loads as numbers, and the integral of the step function U between them.
		at[t] = rational.RatFromInts(a.at, unit)
		if t > 0 {
			integral = integral.Add(up[t-1].Mul(at[t].Sub(at[t-1])))
			up[t] = up[t-1].Add(a.mass)
		}
		mean = mean.Add(at[t].Mul(a.mass))
	}
	last := len(atoms) - 1
	// From the last load to 1 the function is constant.
	integral = integral.Add(up[last].Mul(one.Sub(at[last])))
	all := up[last] // U(1)

	// Lemma 4.2 is about each element, whatever its place.
	n.lemma42(o, i, at, up, atoms[0].mass)
	n.holds("CRS-LC.3", mean.Equal(n.m[o]) && mean.Equal(all.Sub(integral)), o, i, "(4.13)")
	// The first element is the beginning of the induction, and the others are its step.
	tag := "CRS-LC.1"
	if i != order[0] {
		tag = "CRS-LC.2"
		// (C.12) is (4.7); the proof bounds U(1) by c_1, or by c_1 + M, or by the sum with the exponential.
		// Decided without the exponential where that is enough.
		// Without exponentials this is decided at once.
		bounded := all.Cmp(first.Add(n.m[o])) <= 0
		// With c_1 = 0 there is no exponential, and the first bound is the one that counts.
		if !bounded && first.Sign() > 0 {
			twice := n.m[o].Add(n.m[o])
			sum := enclose.ExpSumOf(twice).Add(enclose.ExpOf(twice.Neg().Quo(first)).Scale(first))
			bounded = enclose.ExpSumOf(all).Cmp(sum) <= 0
		}
		n.holds("CRS-LC.3", bounded, o, i, "the bound on Pr[0 < T ≤ 1]")
		n.holds("CRS-LC.3", atoms[0].mass.Cmp(n.choice[o][i]) >= 0, o, i, "(4.7)")
	} else {
		n.holds(tag, atoms[0].mass.Cmp(n.choice[o][i]) >= 0, o, i, "(4.7)")
	}
	n.spread(tag, o, i, first, at, up)
	// M grows after the element has met the law, as it sums over those before.
	n.m[o] = n.m[o].Add(n.choice[o][i].Mul(n.mu[i]))
}

// lemma42 is the chain of Lemma 4.2 for every size s: Pr[0 < T ≤ 1−s] + Pr[T = 0] = Pr[T ≤ 1−s] ≥ Pr[T = 0] ≥ c, of which the last step is
// (4.7), gives (4.8). What it concludes, (4.9), is [Law.Confirms].
func (n *induction) lemma42(o contention.Order, i int, at, up []rational.Rat, empty rational.Rat) {
	c := n.choice[o][i]
	for _, s := range n.elements[i] {
		// Positive loads that leave room for this size.
		// U at the largest load that leaves room.
		p := below(at, up, one.Sub(s.Size))
		n.holds("CRS-L4.2", empty.Cmp(c) >= 0 && c.Sub(p).Cmp(empty) <= 0, o, i, "(4.8)")
	}
}

// spread decides (4.6) for every 0 < b ≤ 1/2: U(b)/c_1 ≤ exp(−(U(1−b) − U(b))/c_1). Between two loads U(b) is constant and
// U(1−b) falls, so that the loads b are enough; below all of them U(b) is 0.
// Only loads up to 1/2 count, as the lemma is for b ≤ 1/2.
func (n *induction) spread(tag string, o contention.Order, i int, first rational.Rat, at, up []rational.Rat) {
	for t := 1; t < len(at) && at[t].Cmp(half) <= 0; t++ {
		// The limit is over the whole run: exponentials are what takes time.
		if n.left--; n.left < 0 {
			return
		}
		// 0 is at most anything; and for c_1 = 0 nothing is accepted, so that U is 0.
		ok := up[t].IsZero()
		if !ok && first.Sign() > 0 {
			between := below(at, up, one.Sub(at[t])).Sub(up[t])
			ok = enclose.ExpSumOf(up[t]).Cmp(enclose.ExpOf(between.Neg().Quo(first)).Scale(first)) <= 0
		}
		n.holds(tag, ok, o, i, "(4.6) for b = "+at[t].String())
	}
}

// below is U(b), for loads and their U.
// For b below all positive loads it is U(0) = 0, at index 0.
func below(at, up []rational.Rat, b rational.Rat) rational.Rat {
	t := len(at) - 1
	for t > 0 && at[t].Cmp(b) > 0 {
		t--
	}
	return up[t]
}

// report adds what was decided to the findings, with the law that came out.
// Nothing is reported after it gave up. The claims are about this instance alone.
func (n *induction) report(f *theorems.Claims, law *Law) {
	if n.left < 0 {
		return
	}
	// (4.9) is what the enumeration found.
	// A failure before this is nearer to the cause, and is kept.
	if err := law.Confirms(n.choice); err != nil && n.wrong["CRS-L4.2"] == nil {
		n.wrong["CRS-L4.2"] = err
	}
	for _, x := range []struct{ tag, text string }{
		{"CRS-LC.1", contention.Statement("CRS-LC.1")},
		{"CRS-LC.2", "(4.6) holds for the others, for every b ≤ 1/2"},
		{"CRS-LC.3", "(4.13) holds with the law of T, Pr[0 < T ≤ 1] is at most what follows from it, and (4.7) holds"},
		{"CRS-L4.2", "(4.8) holds for every size, and (4.9), as the law shows"},
	} {
		// Where no element follows the first, or no size is left, the lemma says nothing of this law.
		if n.wrong[x.tag] == nil && n.count[x.tag] == 0 {
			continue
		}
		f.Add(n.wrong[x.tag], x.tag, theorems.Checked, "on the law of the load that each element meets, in both orders: %s [%s]",
			x.text, contention.Count(n.count[x.tag], "inequality", "inequalities"))
	}
}
