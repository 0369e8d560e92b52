package complete

import (
	"encoding/binary"
	"math/bits"

	"pstar/internal/bitset"
)

// table is a claim: in a space of dimension dim, any rays and rows that have
// products >= 0, and zero where the table says so, generate with their rays all of the
// cone of their rows. Rays and rows can be exchanged: see turn.
type table struct {
	dim  int
	rows int
	on   []set // by ray: the rows that are zero there
	by   []set // by row: the rays that are zero there, if they have been needed

	guesses    [][]int32  // permutations of the rows that may be symmetries
	symmetries []symmetry // those that are
}

// turn returns the same claim about the polar cone, whose rays are the rows.
func (t *table) turn() *table {
	return &table{dim: t.dim, rows: len(t.on), on: t.byRow(), by: t.on}
}

// byRow returns, for each row, the rays that are zero there.
func (t *table) byRow() []set {
	if t.by == nil {
		t.by = bitset.Transposed(t.on, t.rows)
	}
	return t.by
}

// simple reports whether a ray is on no more rows than it must be.
func (t *table) simple(rows set) bool { return rows.Count() == t.dim-1 }

// prove proves a claim, part by part.
func (p *prover) prove(t *table) error {
	parts, err := p.open(t)
	if err != nil {
		return err
	}
	return p.proveParts(parts)
}

func (p *prover) proveParts(parts []*table) error {
	return p.share(len(parts), func(i int) error { return p.provePart(parts[i]) })
}

// provePart proves a claim that does not fall into parts.
func (p *prover) provePart(t *table) error {
	if len(t.on) < t.dim || t.rows < t.dim {
		return errMissing
	}
	if t.dim == 1 {
		if len(t.on) == 1 && t.rows == 1 {
			return nil // not on that row, or it would have been noticed
		}
		return errMissing
	}
	if err := p.spend(len(t.on)+30, bitset.Words(t.rows)+t.rows/2+20); err != nil {
		return err
	}
	if p.hopeless() {
		return errBudget
	}
	if t.allSimple() {
		row, rays := fullest(t.on, t.rows)
		if rays == len(t.on) {
			return errMissing // an equation
		}
		return p.simpleRays(t, row)
	}
	t = t.ordered()
	key := t.key()
	if p.known[key] {
		return nil
	}
	s, err := p.nextStep(t)
	if err != nil {
		return err
	}
	if err := p.take(s); err != nil {
		return err
	}
	if p.remembered += len(key); p.remembered <= mostRemembered {
		p.known[key] = true
	}
	return nil
}

// mostRemembered is the number of bytes in which claims are remembered.
const mostRemembered = 1 << 28

// allSimple reports whether all rays are simple.
func (t *table) allSimple() bool {
	for _, s := range t.on {
		if !t.simple(s) {
			return false
		}
	}
	return true
}

// fullest returns the row with the most rays, and their number.
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

// key writes down a table.
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
