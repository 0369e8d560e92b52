package plane

import "pstar/rational"

// A cut is a demand on β and A, with which pieces of the bounds it comes from.
type cut struct {
	line
	kind  cutKind
	at    int     // the element where the lower path ends, or the upper path starts by its cap; −1 for none
	cap   capKind // of that element
	rises []bool  // of the lower path: where c_f is its lower bound, and not 0
	whole []bool  // of the upper path: where c_f is 2β, and not 1 − A_i
}

type cutKind int

// The kinds of cuts. Those of the box that the search begins with have none.
const (
	noCut   cutKind = iota
	element         // A_i is at most its cap
	lowest          // A is at least the lower end
	highest         // A is at most the upper end
)

// A capKind says which rows of an element make its cap.
type capKind int

const (
	capForward  capKind = iota // A_i ≤ 1
	capBackward                // κ_i + A_i ≤ (1 − x_i)·2β
	capBoth                    // κ_i + A_i ≤ (1 − x_i)(1 − A_i)
)

// weights are the multipliers of a cut over a common denominator, of the rows of the
// forward order, of the backward order, and of c_b ≥ 0; and p + qβ + rA, which they give, with q over den·unit.
// They are not negative, and prove the cut by adding up rows.
type weights struct {
	forward, backward, above []rational.Int
	den                      rational.Int
	p, q, r                  rational.Int
}

// weighing follows a cut from its end backwards. The multiplier of the bound that is reached
// is m/den; entries are over the den of their time.
// Entries are completed in the end, when den is known.
type weighing struct {
	*instance
	m, den  rational.Int
	factors []rational.Int // that den grew by
	entries []weight
	w       weights
}

type weight struct {
	list  []rational.Int
	i     int
	value rational.Int
	then  int // how many factors den had
}

// It takes O(n) products of growing numbers.
func (in *instance) weigh(c *cut) *weights {
	// Each kind starts from its end of the path and goes back to the first element that has a part in it.
	n := len(in.u)
	w := &weighing{instance: in, m: one, den: one}
	w.w = weights{forward: make([]rational.Int, n), backward: make([]rational.Int, n), above: make([]rational.Int, n)}
	switch c.kind {
	// The cap of the element is above the lower path: rows of the cap, and of the path before it.
	case element:
		w.cap(c.at, c.cap)
		w.m = w.den
		w.lower(c)
	case lowest:
		w.lower(c)
	case highest:
		for i := n - 1; i >= max(c.at, 0); i-- {
			// c_b ≥ 0 is used with the weight x, and what lies before goes on whole.
			if c.whole[i] {
				w.add(w.w.above, i, in.u[i], in.v[i])
				w.m = w.m.Mul(in.v[i])
			} else {
				w.add(w.w.forward, i, in.u[i], in.v[i])
				w.m = w.m.Mul(in.w[i])
			}
		}
		// The upper path starts by a cap there, or at the first element from 0.
		if c.at >= 0 {
			w.cap(c.at, c.cap)
		}
	}
	return w.finish(c)
}

// add adds m·num/den to the multiplier of a row.
// The denominator grows for all, and the entry is in the new one.
func (w *weighing) add(list []rational.Int, i int, num, den rational.Int) {
	w.grow(den)
	w.entry(list, i, num)
}

// What was entered before lacks the factor, which finish multiplies in.
func (w *weighing) grow(factor rational.Int) {
	w.den = w.den.Mul(factor)
	w.factors = append(w.factors, factor)
}

func (w *weighing) entry(list []rational.Int, i int, num rational.Int) {
	w.entries = append(w.entries, weight{list, i, w.m.Mul(num), len(w.factors)})
}

// lower follows the lower path from the element where it ends.
// An element where the path does not rise uses c_f ≥ 0 alone, which has no weight here.
func (w *weighing) lower(c *cut) {
	for i := c.at - 1; i >= 0; i-- {
		// The backward row of the element, with the weight x/(1 − x) of what follows, and by 1/(1 − x) of it A_i goes on.
		if c.rises[i] {
			w.add(w.w.backward, i, w.u[i], w.instance.w[i])
			w.m = w.m.Mul(w.v[i])
		}
	}
}

// cap adds the rows that make a cap.
func (w *weighing) cap(i int, kind capKind) {
	// 1 - x = rest/v.
	rest, v := w.instance.w[i], w.v[i]
	switch kind {
	// A_i ≤ 1 is the forward row with c_f ≥ 0.
	case capForward:
		w.entry(w.w.forward, i, one)
	// The backward row, divided by 1 − x once more, and c_b ≥ 0.
	case capBackward:
		w.grow(v)
		w.entry(w.w.backward, i, v)
		w.entry(w.w.above, i, rest)
	// Both rows, so that c_f cancels.
	case capBoth:
		w.grow(v.Add(rest))
		w.entry(w.w.forward, i, rest)
		w.entry(w.w.backward, i, v)
	}
}

// finish brings the entries to the last denominator.
func (w *weighing) finish(c *cut) *weights {
	// An entry is over the den of its time: it lacks the factors that came after, which are multiplied up from the end.
	factor, k := one, len(w.factors)
	for e := len(w.entries) - 1; e >= 0; e-- {
		x := w.entries[e]
		for ; k > x.then; k-- {
			factor = factor.Mul(w.factors[k-1])
		}
		x.list[x.i] = x.list[x.i].Add(x.value.Mul(factor))
	}
	// p, q and r are what the rows add up to with these multipliers.
	s := &w.w
	s.den = w.den
	switch c.kind {
	case lowest:
		s.r = s.den
	case highest:
		s.r = s.den.Neg()
	}
	// A forward row is 1 − c_f − A_i ≥ 0; a backward one 1 + A + c_f − A_{i+1} − 2β(1 + Σ) ≥ 0 has 1, A and β in it;
	// and c_b ≥ 0 has 2β.
	// The constant of rows is p, and A's share r.
	for i, b := range s.backward {
		s.p = s.p.Add(s.forward[i]).Add(b)
		s.r = s.r.Add(b)
		s.q = s.q.Add(s.above[i].Mul(w.unit)).Sub(b.Mul(w.after[i]))
	}
	// All β in the rows come as 2β.
	s.q = s.q.Add(s.q)
	return s
}

var one = rational.NewInt(1)
