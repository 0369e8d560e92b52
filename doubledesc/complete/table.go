package complete

import (
	"encoding/binary"
	"math/bits"
	"slices"
)

// table is a claim: in a space of dimension dim, any rays and rows that have
// products >= 0, and zero where the table says so, generate with their rays all of the
// cone of their rows. Rays and rows can be exchanged: see turn.
type table struct {
	dim  int
	rows int
	on   []set // by ray: the rows that are zero there
}

// turn returns the same claim about the polar cone, whose rays are the rows.
func (t *table) turn() *table {
	return &table{dim: t.dim, rows: len(t.on), on: transposed(t.on, t.rows)}
}

// simple reports whether a ray is on no more rows than it must be.
func (t *table) simple(rows set) bool { return rows.size() == t.dim-1 }

// prove proves a claim, part by part.
func (p *prover) prove(t *table) error {
	parts, err := p.parts(t)
	if err != nil {
		return err
	}
	dim := 0
	for _, part := range parts {
		if part.dim, err = p.dimension(part, t, len(parts)); err != nil {
			return err
		}
		dim += part.dim
	}
	if dim != t.dim {
		return errMissing
	}
	for _, part := range parts {
		if err := p.provePart(part); err != nil {
			return err
		}
	}
	return nil
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
	if err := p.spend(len(t.on) * (words(t.rows) + t.rows/2 + 20)); err != nil {
		return err
	}
	slices.SortFunc(t.on, func(a, b set) int { return slices.Compare(a, b) })
	key := t.key()
	if p.known[key] {
		return nil
	}
	turned := t.turn()
	row, cost := t.cheapest()
	ray, polarCost := turned.cheapest()
	var err error
	if cost <= polarCost {
		err = p.step(t, row)
	} else {
		err = p.step(turned, ray)
	}
	if err == nil {
		p.known[key] = true
	}
	return err
}

// key writes down a table.
func (t *table) key() string {
	key := make([]byte, 0, 8*(2+len(t.on)*words(t.rows)))
	key = binary.LittleEndian.AppendUint64(key, uint64(t.dim))
	key = binary.LittleEndian.AppendUint64(key, uint64(t.rows))
	for _, s := range t.on {
		for _, w := range s {
			key = binary.LittleEndian.AppendUint64(key, w)
		}
	}
	return string(key)
}

// cheapest returns the row for which a step promises to take the least work, and
// a guess of that.
func (t *table) cheapest() (row, cost int) {
	all := 0
	without := make([]int, t.rows)
	for _, s := range t.on {
		c := t.dim
		if excess := s.size() - (t.dim - 1); excess > 0 {
			c = len(t.on)*len(s) + t.dim*excess*excess
		}
		all += c
		for k, w := range s {
			for ; w != 0; w &= w - 1 {
				without[k<<6+bits.TrailingZeros64(w)] += c
			}
		}
	}
	for k, c := range without {
		if c > without[row] {
			row = k
		}
	}
	return row, all - without[row]
}

// step proves a claim by the lemma, for a row.
func (p *prover) step(t *table, row int) error {
	if err := p.simpleRays(t, row); err != nil {
		return err
	}
	for i, s := range t.on {
		if s.has(row) || t.simple(s) {
			continue
		}
		at, err := p.at(t, i)
		if err != nil {
			return err
		}
		if err := p.prove(at); err != nil {
			return err
		}
	}
	return nil
}

// at returns the claim about the cone at ray i, modulo that ray. Of the others those
// are its rays that share most rows with it: if they share fewer than dim-2, or all
// those that another one shares, they are not extreme there.
func (p *prover) at(t *table, i int) (*table, error) {
	own := t.on[i]
	size := own.size()
	if err := p.spend(1000 + len(t.on)*len(own)); err != nil {
		return nil, err
	}
	bySize := make([][]int32, size)
	count := 0
	for j, s := range t.on {
		if n := own.common(s); n >= t.dim-2 && n < size {
			bySize[n] = append(bySize[n], int32(j))
			count++
		}
	}
	if err := p.spend(count * (size/2 + 10)); err != nil {
		return nil, err
	}
	narrow := newNarrowing(own, t.rows)
	local := newSets(count, size)
	most := local[:0]
	for n := size - 1; n >= 0; n-- {
		for _, j := range bySize[n] {
			s := local[len(most):][0]
			narrow.into(s, t.on[j])
			looked := 0
			for looked < len(most) && !s.within(most[looked]) {
				looked++
			}
			if err := p.spend((looked + 1) * len(s)); err != nil {
				return nil, err
			}
			if looked == len(most) {
				most = local[:len(most)+1]
			} else {
				clear(s)
			}
		}
	}
	return &table{dim: t.dim - 1, rows: size, on: most}, nil
}

// narrowing numbers the elements of one set anew.
type narrowing struct {
	of    set
	place []int32
}

func newNarrowing(of set, size int) *narrowing {
	n := &narrowing{of: of, place: make([]int32, size)}
	for k, x := range of.members(nil) {
		n.place[x] = int32(k)
	}
	return n
}

// into adds to the empty set small the elements of s, numbered anew.
func (n *narrowing) into(small, s set) {
	for k, w := range s {
		for w &= n.of[k]; w != 0; w &= w - 1 {
			small.add(int(n.place[k<<6+bits.TrailingZeros64(w)]))
		}
	}
}
