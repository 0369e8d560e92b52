package complete

import (
	"encoding/binary"
	"math/bits"

	"pstar/internal/bitset"
)

// table is a claim: in a space of dimension dim, any rays and rows that have
// products >= 0, and zero where the table says so, generate with their rays all of the
// cone of their rows. Rays and rows can be exchanged: see turn.
//
// It says nothing of coordinates, so that it may be about no cone at all: then it
// cannot be proved. Rays or rows may be listed that are not extreme.
type table struct {
	dim  int
	rows int
	on   []set // by ray: the rows that are zero there
	by   []set // by row: the rays that are zero there, if they have been needed

	guesses    [][]int32  // permutations of the rows that may be symmetries
	symmetries []symmetry // those that are
}

// turn returns the same claim about the polar cone, whose rays are the rows. What was
// computed for one is taken over by the other.
func (t *table) turn() *table {
	return &table{dim: t.dim, rows: len(t.on), on: t.byRow(), by: t.on}
}

// byRow returns, for each row, the rays that are zero there. It is computed when it is
// asked for.
func (t *table) byRow() []set {
	if t.by == nil {
		t.by = bitset.Transposed(t.on, t.rows)
	}
	return t.by
}

// simple reports whether a ray is on no more rows than it must be.
func (t *table) simple(rows set) bool { return rows.Count() == t.dim-1 }

// prove proves a claim, part by part. It is the only recursion: a claim comes to claims
// of lower dimension.
func (p *prover) prove(t *table) error {
	parts, err := p.open(t)
	if err != nil {
		return err
	}
	return p.proveParts(parts)
}

// An error in any part ends the whole.
func (p *prover) proveParts(parts []*table) error {
	return p.share(len(parts), func(i int) error { return p.provePart(parts[i]) })
}

// provePart proves a claim that does not fall into parts.
//
// Simple claims are settled at once and not remembered; others are ordered and looked
// up first.
func (p *prover) provePart(t *table) error {
	if t.few() {
		return errMissing
	}
	if err := p.spend(len(t.on)+30, bitset.Words(t.rows)+t.rows/2+20); err != nil {
		return err
	}
	// Given up early, so that time is not wasted where a proof is out of reach.
	if p.hopeless() {
		return errBudget
	}
	if t.allSimple() {
		row, rays := fullest(t.on, t.rows)
		// The row would be zero on all rays, which a row of a claim is not.
		if rays == len(t.on) {
			return errMissing // an equation
		}
		return p.simpleRays(t, row)
	}
	// What all of the proof comes to, step by step, is met once: claims within it have fewer dimensions.
	key := ""
	if p.portion < whole {
		var err error
		if t, err = p.ordered(t); err != nil {
			return err
		}
		key = t.key()
		// Proved before, up to order.
		if p.known[key] {
			return nil
		}
	}
	// Two ways to go on, and one is chosen for good.
	s, err := p.nextStep(t)
	if err != nil {
		return err
	}
	if err := p.take(s); err != nil {
		return err
	}
	// Only what is proved: an error ends all.
	if p.remembered += len(key); key != "" && p.remembered <= mostRemembered {
		p.known[key] = true
	}
	return nil
}

// mostRemembered is the number of bytes in which claims are remembered. Beyond it
// claims are proved again, which costs time only.
const mostRemembered = 1 << 28

// few reports whether a part has so few rays or rows that they cannot span. Of dimension 1 only one
// ray and one row do, of which nothing is to be proved, and which are no part.
func (t *table) few() bool { return len(t.on) < t.dim || t.rows < t.dim || t.dim == 1 }

// allSimple reports whether all rays are simple.
func (t *table) allSimple() bool {
	for _, s := range t.on {
		if !t.simple(s) {
			return false
		}
	}
	return true
}

// fullest returns the row with the most rays, and their number. Ties go to the first
// row.
func fullest(on []set, rows int) (row, most int) {
	count := make([]int, rows)
	for _, s := range on {
		for k, w := range s {
			for ; w != 0; w &= w - 1 {
				count[k<<6+bits.TrailingZeros64(w)]++
			}
		}
	}
	for k, n := range count {
		if n > most {
			row, most = k, n
		}
	}
	return row, most
}

// key writes down a table. It is the whole table, so that different claims have
// different keys.
func (t *table) key() string {
	key := make([]byte, 0, 8*(2+len(t.on)*bitset.Words(t.rows)))
	key = binary.LittleEndian.AppendUint64(key, uint64(t.dim))
	key = binary.LittleEndian.AppendUint64(key, uint64(t.rows))
	for _, s := range t.on {
		for _, w := range s {
			key = binary.LittleEndian.AppendUint64(key, w)
		}
	}
	return string(key)
}
