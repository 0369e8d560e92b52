package elimination

import (
	"cmp"
	"math/bits"
	"slices"

	"pstar/certificate/theorem"
)

// setRows eliminates the a_T(i) of MD-L2 or MD-L3 one after the other, by the rule project. When the blocks of V and the a_T(i), i in E, of one more block T have
// been eliminated the rows, but those of signs, belong to sets S of tokens: the facts of the i in S added up, less (for MD-L3, plus) b_T' for each T' of V that lies in S
// (meets S), and the same of b_T − Σ_{i∉E} a_T(i) if E does. A row is the sum of those of the parts of S that V and E do not hold together, and is
// there only if there is one part.
//
// The next a_T(e) has one sign in the rows that hold E and not e, and the other where it is the other way round. As a function of S these rows are
// submodular, so that the sum of two of them, of S and S', follows from those of S∪S' and S∩S'; it is that of S∪S' itself if the two
// sets are disjoint and nothing held them together before. Two more rows hold a_T(e), its sign and the one of b_T − Σ_{i∉E} a_T(i).
//
// The number of a row is that in the rule; as the rule numbers rows in the order in
// which it makes them, and takes those that hold the unknown in the order of their
// numbers, everything is sorted by number before it is written.
type setRows struct {
	*lemmaProof
	met  bool           // MD-L3: a block counts if it meets the set, and not if it lies in it
	row  map[uint64]int // the rows that are there, by their sets
	next int            // the number of the next row
	held []uint64       // V
}

// holding is a row that holds the unknown; its set is 0 for a sign. For a sign there
// are two such rows, of the unknown itself and of b_T less the others; which one is
// meant, the place says.
type holding struct {
	row int
	set uint64
}

// blocksEliminated writes that there are a_T(i), for MD-L2 or, if met is set, for
// MD-L3. One block T after the other: its last token by the equation of T, then the
// others from the last but one down.
func (c *lemmaProof) blocksEliminated(t *theorem.Theorem, met bool) {
	// The first number that a new row gets.
	r := &setRows{lemmaProof: c, met: met, row: map[uint64]int{}, next: c.count + c.N + c.total}
	// At the beginning the sets are single tokens.
	for i := range c.N {
		r.row[1<<i] = c.count + i
	}
	c.eliminated(t, 0, func() map[uint64]int {
		first := len(t.Symbols) - c.total // the unknowns come last
		c.supports(within(firstTokens(c.N)), func(k, _ int) {
			set := c.Sets[k]
			// Signs of the flows of this block, by token.
			signs := map[int]int{}
			for at, i := range tokens(set) {
				signs[i] = c.count + c.N + c.flows[k] + at
			}
			// The symbol of the last token's flow.
			symbol := first + c.flows[k] + bits.OnesCount64(set) - 1
			rest := r.substituted(symbol, last(set), signs)
			gone := uint64(1) << last(set)
			// The largest token that is left of T, plus 1; 0 if none is.
			for i := last(set&^gone) + 1; i > 0; i = last(set&^gone) + 1 {
				symbol--
				rest = r.without(symbol, gone, i-1, [2]int{signs[i-1], rest}, gone|1<<(i-1) == set)
				gone |= 1 << (i - 1)
			}
			r.held = append(r.held, set)
		})
		return r.row
	})
}

// tokens lists the elements of a set, smallest first. In ascending order.
func tokens(set uint64) (list []int) {
	for ; set != 0; set &= set - 1 {
		list = append(list, bits.TrailingZeros64(set))
	}
	return list
}

// substituted eliminates a_T(i) by the equation of T, and returns the number of the row
// of b_T less the others. The equation has a_T(i) with factor 1, and so every row that
// holds a_T(i) becomes another one, with a new number.
func (r *setRows) substituted(symbol, token int, signs map[int]int) (rest int) {
	r.Open('{')
	r.Member("symbol")
	r.Int(symbol)
	r.Close('}')
	// The sign of the flow holds it as well.
	with := []holding{{row: signs[token]}}
	// Rows of sets with the token hold a_T(i).
	for set, k := range r.row {
		if set>>token&1 == 1 {
			with = append(with, holding{k, set})
		}
	}
	sortByRow(with)
	for _, h := range with {
		if h.set == 0 {
			rest = r.next
		} else {
			r.row[h.set] = r.next
		}
		r.next++
	}
	return rest
}

// sortByRow puts rows into the order of the rule.
func sortByRow(list []holding) {
	slices.SortFunc(list, func(a, b holding) int { return cmp.Compare(a.row, b.row) })
}

// without eliminates a_T(e) when those of the tokens of E are gone. It has signs[0] as the number of the row of its sign, and signs[1] of b_T less the
// others that are left; it returns the one of that row afterwards. What is left of it if e is the last is no row.
func (r *setRows) without(symbol int, gone uint64, e int, signs [2]int, last bool) (rest int) {
	// The two signs have the unknown, too.
	positive, negative := []holding{{row: signs[0]}}, []holding{{row: signs[1]}}
	for set, k := range r.row {
		switch counts := r.counts(gone, set); {
		// A set that holds e and counts all that is gone, or neither, does not have the
		// unknown: its parts cancel.
		case counts == (set>>e&1 == 1):
		case counts == r.met:
			negative = append(negative, holding{k, set})
		default:
			positive = append(positive, holding{k, set})
		}
	}
	sortByRow(positive)
	sortByRow(negative)
	r.Open('{')
	r.Member("symbol")
	r.Int(symbol)
	// Rows without the unknown stay as they are; those with it are gone after this
	// step.
	before := r.row
	r.row = map[uint64]int{}
	for set, k := range before {
		if r.counts(gone, set) == (set>>e&1 == 1) {
			r.row[set] = k
		}
	}
	kept := map[[2]int]bool{}
	r.List("kept", func() {
		for _, p := range positive {
			for _, n := range negative {
				set, holds := r.joined(p.set, n.set, before)
				// If e is the last token of T, the sum of the two signs is b_T ≥ 0,
				// which needs no row.
				if !holds || p.set|n.set == 0 && last {
					continue
				}
				if r.Term(p.row, n.row); set == 0 {
					rest = r.next
				} else {
					r.row[set] = r.next
				}
				kept[[2]int{p.row, n.row}] = true
				r.next++
			}
		}
	})
	r.List("dropped", func() {
		for _, p := range positive {
			for _, n := range negative {
				if !kept[[2]int{p.row, n.row}] {
					r.follows(p.set, n.set)
				}
			}
		}
	})
	r.Close('}')
	return rest
}

// counts says whether a block counts in the row of a set: it lies in it, or meets it.
func (r *setRows) counts(block, set uint64) bool {
	if r.met {
		return block&set != 0
	}
	return block&^set == 0
}

// joined is the set of the sum of two rows, 0 for the one of b_T less what is left, and
// whether the row is to be there. A sign joined with the row of a set keeps that set;
// where the set falls into parts, the row is the sum of those of the parts and is not
// needed.
func (r *setRows) joined(p, n uint64, before map[uint64]int) (set uint64, holds bool) {
	if p == 0 || n == 0 {
		set = p | n
		return set, set == 0 || len(r.parts(set)) == 1 || r.met
	}
	_, known := before[p|n]
	return p | n, p&n == 0 && !known
}

// follows writes the PROOF of the sum of two rows: by the parts of what is common, and
// by the union. The sum for S and S' is at least that for S∪S' and S∩S' together, each
// of which is the sum over its parts.
func (r *setRows) follows(p, n uint64) {
	var rows []int
	if p != 0 && n != 0 {
		rows = append(rows, r.row[p|n])
		p &= n
	} else {
		p |= n
	}
	for _, part := range r.parts(p) {
		rows = append(rows, r.row[part])
	}
	r.because(rows...)
}

// parts are those of a set that the blocks that are gone, or what of them is in it, do
// not hold together. It grows a part by every block that touches it, until none adds
// anything. For MD-L3 blocks count as far as they lie in the set.
func (r *setRows) parts(set uint64) (list []uint64) {
	for set != 0 {
		part := set & -set
		for grown := uint64(0); grown != part; {
			grown = part
			for _, block := range r.held {
				if block&part != 0 && (r.met || block&^set == 0) {
					part |= block & set
				}
			}
		}
		list = append(list, part)
		set &^= part
	}
	return list
}
