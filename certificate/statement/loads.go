package statement

import (
	"slices"

	"pstar/certificate/kernel"
)

// loads is the law of the load of a knapsack, or of the supply that is left: masses of
// ascending values. The first load is 0. Values are exact, so that equal loads meet in one
// place however they came about: without that there would be 2^n of them.
type loads struct{ at, mass []kernel.Num }

// clone copies the law. It is counted: an element without sizes does nothing else, and there
// may be many of them behind a few that make many loads.
func (l *loads) clone(r *kernel.Reader) *loads {
	r.Count(4*len(l.at), 0)
	return &loads{slices.Clone(l.at), slices.Clone(l.mass)}
}

// readSized reads [[[NUM,NUM],…],…], for each element the finite values of its size with their
// probabilities, whose mean is that of the choice, and makes the theorem "Algorithm 3". The
// means of the choice must be those of the sizes: Definition 5 is about means, and both are of
// one document.
func readSized(r *kernel.Reader, c *choice) *kernel.Theorem {
	elements := exactly(r, len(c.means), "elements", func(i int) []level { return readElement(r, c.means[i]) })
	t := &kernel.Theorem{Name: "Algorithm 3", Kind: kernel.Implied, Rows: c.attained(r, elements)}
	// Without any size there would be nothing to prove, and a claim all the same.
	if len(t.Rows) == 0 {
		r.Fail("there are no sizes")
	}
	return t
}

// attained are the rows that say that Algorithm 3 attains the choice. With P the probability
// that the load is positive and leaves room for a size, it accepts the size with probability
// min(1, c/P) at such a load, and besides with the mass max(0, c − P) at load 0: with
// probability c if that is there. Rows, in each order, for each element in the order and each
// of its sizes: the mass at load 0, less max(0, c − P), ≥ 0. The law is computed as if every
// row held: if one does not, the theorem is false, whatever stands behind it.
func (c *choice) attained(r *kernel.Reader, elements [][]level) (rows []kernel.Fact) {
	// The two orders have nothing to do with each other here.
	for k := range c.orders {
		// Neither that of an element without sizes, of which no row says anything.
		if slices.ContainsFunc(c.orders[k], func(x kernel.Num) bool { return x.Sign() < 0 }) {
			r.Fail("a number of the choice is negative")
		}
		// At first the load is 0 for certain.
		law := &loads{[]kernel.Num{{}}, []kernel.Num{one}}
		for _, i := range arrival(k, len(elements)) {
			next := law.clone(r)
			for _, s := range elements[i] {
				left := law.accept(r, next, s, c.orders[k][i])
				rows = append(rows, r.Kept(kernel.Fact{Poly: term(left)}))
			}
			law = next
		}
	}
	return rows
}

// Sizes may come in any order, and one twice. An element without the size, or with ∞, is the rest of the
// probability: it changes no load.
func readElement(r *kernel.Reader, mean kernel.Num) []level {
	list, total, found := readLevels(r, kernel.MaxFacts)
	for _, l := range list {
		// A size above 1 is never accepted, and belongs to ∞.
		if compare(r, l.demand, one) > 0 {
			r.Fail("a size is more than 1")
		}
	}
	if compare(r, total, one) > 0 || !found.Equal(mean) {
		r.Fail("the probabilities of an element have a sum above 1, or its mean size is not that of the choice")
	}
	return list
}

// accept moves what Algorithm 3 accepts of a size, and returns what is left at load 0.
// Sizes of one element exclude each other: each is accepted from the law before it arrived, and
// moves its share of the probability.
func (l *loads) accept(r *kernel.Reader, next *loads, s level, c kernel.Num) kernel.Num {
	// The loads that leave room, but 0, whose mass is kept for what these cannot give.
	room := r.Plus(one, s.demand.Neg())
	var positive kernel.Num
	end := 1
	// Loads ascend, so that the first one without room ends it.
	for ; end < len(l.at) && compare(r, l.at[end], room) <= 0; end++ {
		positive = r.Plus(positive, l.mass[end])
	}
	coin, fresh := one, r.Plus(c, positive.Neg())
	// There is more than enough at positive loads: a coin is thrown, and load 0 is spared.
	if fresh.Sign() < 0 {
		coin, fresh = r.Over(c, positive), kernel.Num{}
	}
	// Each load moves by the size; the share that is not accepted stays.
	for t, at := range l.at[:end] {
		moved := r.Times(fresh, s.probability)
		if t > 0 {
			moved = r.Times(r.Times(coin, l.mass[t]), s.probability)
		}
		next.add(r, at, moved.Neg())
		next.add(r, r.Plus(at, s.demand), moved)
	}
	// It is the row that must not be negative.
	return r.Plus(l.mass[0], fresh.Neg())
}

// add adds mass at a load.
// A value whose mass has become 0 stays: it costs little, and is one of the values of a law.
func (l *loads) add(r *kernel.Reader, at, mass kernel.Num) {
	r.Count(setWork, 0)
	k, found := slices.BinarySearchFunc(l.at, at, func(x, y kernel.Num) int { return compare(r, x, y) })
	if !found {
		r.Count(len(l.at)/4, 0) // the others move
		l.at, l.mass = slices.Insert(l.at, k, at), slices.Insert(l.mass, k, kernel.Num{})
		kept(r, at)
	}
	l.mass[k] = r.Plus(l.mass[k], mass)
	kept(r, l.mass[k])
}

// compare is the sign of x − y, counted.
// A difference is computed, as numbers are fractions; it counts as a sum.
func compare(r *kernel.Reader, x, y kernel.Num) int { return r.Plus(x, y.Neg()).Sign() }
