package elimination

import (
	"slices"

	"pstar/certificate/theorem"
)

// targetRows eliminates the t_i of MD-L4 one after the other, by the rule project. When those of V have been eliminated the rows are
// z ≤ q(V∖X) + C(X) + t(others not in X), for X = ∅ and the X that meet V, besides t(W) ≤ C(W), t_i ≤ q_i and 0 ≤ t_i for what is left.
//
// The next t_e is cancelled from the row of X, which does not hold e, with t_e ≤ q_e. The sum with t(W) ≤ C(W) is the row of W if X = ∅, and else follows
// from that of X∪W and t(X∩W) ≤ C(X∩W), since C is submodular. Of 0 ≤ t_e and t(W) ≤ C(W) there remains t(W∖e) ≤ C(W), as C grows.
//
// Rows of X are those in which token i stands with its bound q_i, if it is in V and not
// in X, with its share in C(X), or still as t_i. Before the first step z ≤ t(Ω) is row
// 0; then come t_i ≤ q_i, then t(W) ≤ C(W) by W as a number, then 0 ≤ t_i.
type targetRows struct {
	*lemmaProof
	row      map[uint64]int // by X
	next     int            // the number of the next row
	positive []holding      // the rows of the X without e
	with     []uint64       // the W with e that are left
}

// targetsEliminated writes that there are t_i. The images that are wanted at the end
// are those for the tokens not in X, which all and flip say.
func (c *lemmaProof) targetsEliminated(t *theorem.Theorem) {
	all := firstTokens(c.N)
	// All sets W but the empty one have a row.
	r := &targetRows{lemmaProof: c, row: map[uint64]int{0: 0}, next: 1 + 2*c.N + int(all)}
	c.eliminated(t, all, func() map[uint64]int {
		for e := range c.N {
			r.choose(e, all&^firstTokens(e))
			c.Open('{')
			// Unknowns come last among the symbols.
			c.Member("symbol")
			c.Int(len(t.Symbols) - c.N + e)
			c.List("kept", func() { r.kept(e) })
			c.List("dropped", func() { r.dropped(e) })
			c.Close('}')
		}
		return r.row
	})
}

// atMost is the number of t(W) ≤ C(W).
func (r *targetRows) atMost(w uint64) int { return r.N + int(w) }

// choose finds the rows that hold t_e, of which left are those that are left. W goes
// through the subsets of what is left, from large to small; reversed they are in the
// order of their numbers.
func (r *targetRows) choose(e int, left uint64) {
	// Rows whose X has e do not hold t_e any more.
	r.positive, r.with = nil, nil
	for x, k := range r.row {
		if x>>e&1 == 0 {
			r.positive = append(r.positive, holding{k, x})
		}
	}
	sortByRow(r.positive)
	// All subsets of what is left, with e in them.
	for w := left; w != 0; w = (w - 1) & left {
		if w>>e&1 == 1 {
			r.with = append(r.with, w)
		}
	}
	slices.Reverse(r.with)
}

// kept writes which sums become rows: with t_e ≤ q_e for each X, and with t(W) ≤ C(W)
// for X = ∅.
func (r *targetRows) kept(e int) {
	keep := func(row, with int, x uint64) {
		r.Term(row, with)
		r.row[x] = r.next
		r.next++
	}
	for _, p := range r.positive {
		// In the order of the rows, and for each the bound before the sets.
		keep(p.row, 1+e, p.set)
		for _, w := range r.with {
			if p.set == 0 {
				keep(p.row, r.atMost(w), w)
			}
		}
	}
}

// dropped writes the PROOFs. The sign of t_e comes behind all that the theorem lists, and before the rows that are new.
func (r *targetRows) dropped(e int) {
	sign := func() {
		// It is 0 ≤ q_e, which is no row.
		r.because() // 0 ≤ q_e
		for _, w := range r.with {
			if w &^= 1 << e; w == 0 {
				r.because()
			} else {
				r.because(r.atMost(w))
			}
		}
	}
	// In the first step X = ∅ is the only one, and none of its sums is left out.
	sign()
	for _, p := range r.positive {
		// The intersection may be empty, and then has no row.
		for _, w := range r.with {
			if both := p.set & w; both != 0 {
				r.because(r.row[p.set|w], r.atMost(both))
			} else if p.set != 0 {
				r.because(r.row[p.set|w])
			}
		}
	}
}
