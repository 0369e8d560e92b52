package complete

import "math/bits"

// open splits a claim into its parts, but for rays that are off one row only, which
// has all others: there is nothing to prove of these.
func (p *prover) open(t *table) ([]*table, error) {
	parts, err := p.parts(t)
	if err != nil {
		return nil, err
	}
	if err := p.dimensions(parts, t.dim); err != nil {
		return nil, err
	}
	kept := parts[:0]
	for _, part := range parts {
		if part.dim > 1 || len(part.on) > 1 || part.rows > 1 {
			kept = append(kept, part)
		}
	}
	return kept, nil
}

// parts splits a claim into those of a direct sum: two rays belong together if
// some row has neither. A ray that is on all rows, or a row that has all rays, does
// not occur in a cone without lines and equations.
func (p *prover) parts(t *table) ([]*table, error) {
	g := newGrouping(t.rows)
	all := make(set, words(t.rows))
	all.fill(t.rows)
	first := make([]int32, len(t.on)) // by ray: a row that it is not on
	off := make(set, len(all))
	for i, s := range t.on {
		for k := range all {
			off[k] = all[k] &^ s[k]
		}
		touched := g.unite(off)
		if touched == nil {
			return nil, errMissing
		}
		first[i] = touched[0]
		if err := p.spend(len(touched)+1, len(all)); err != nil {
			return nil, err
		}
	}
	if g.seen != t.rows {
		return nil, errMissing
	}
	if g.groups == 1 {
		return []*table{t}, nil
	}
	if err := p.spend(len(t.on)+g.groups, t.rows/2+10); err != nil {
		return nil, err
	}
	rays := make([][]int32, t.rows) // by group
	for i, row := range first {
		k := g.group[row]
		rays[k] = append(rays[k], int32(i))
	}
	var tables []*table
	for k, list := range rays {
		if len(list) > 0 {
			tables = append(tables, t.cut(list, g.members[k]))
		}
	}
	return tables, nil
}

// cut returns the part of a table with these rays and rows.
func (t *table) cut(rays []int32, rows set) *table {
	part := &table{rows: rows.size(), on: newSets(len(rays), rows.size())}
	if len(rays) == 1 && part.rows == 1 {
		return part // the ray is not on that row
	}
	narrow := newNarrowing(rows, t.rows)
	for x, i := range rays {
		narrow.into(part.on[x], t.on[i])
	}
	for _, rows := range t.guesses {
		part.guesses = narrow.restrict(part.guesses, rows)
	}
	return part
}

// grouping unites rows into groups.
type grouping struct {
	group   []int32 // by row, or -1 if it has not been seen
	members []set   // by group
	groups  int     // how many have members
	seen    int     // rows in groups
}

func newGrouping(rows int) *grouping {
	g := &grouping{group: make([]int32, rows), members: make([]set, rows)}
	for i := range g.group {
		g.group[i] = -1
	}
	return g
}

// unite puts rows into one group, with the groups that they are in, and returns one
// row of each of these; s is emptied.
func (g *grouping) unite(s set) (touched []int32) {
	into := int32(-1)
	for k := range s {
		for s[k] != 0 {
			row := int32(k<<6 + bits.TrailingZeros64(s[k]))
			touched = append(touched, row)
			old := g.group[row]
			if into < 0 {
				if into = old; into < 0 { // a group of its own
					into, g.group[row] = row, row
					g.members[row] = make(set, len(s))
					g.members[row].add(int(row))
					g.groups++
					g.seen++
				}
			}
			g.move(row, into)
			for i, w := range g.members[into] {
				s[i] &^= w
			}
		}
	}
	return touched
}

// move puts a row, with all rows of its group, into a group.
func (g *grouping) move(row, into int32) {
	old := g.group[row]
	switch {
	case old == into:
	case old < 0:
		g.group[row] = into
		g.members[into].add(int(row))
		g.seen++
	default:
		for _, k := range g.members[old].members(nil) {
			g.group[k] = into
		}
		g.members[into].unite(g.members[old])
		g.members[old] = nil
		g.groups--
	}
}

// dimensions finds the dimensions of the parts of a space: of all but the largest part how
// many rays, each on most of the rows left, it takes until none is left; of that the
// rest. For wrong parts they may be anything: what proves a part shows that its rays
// and rows have this rank at least, and where these ranks add up to the dimension of the
// space no other fits.
func (p *prover) dimensions(parts []*table, space int) error {
	largest := parts[0]
	for _, part := range parts {
		if len(part.on)*part.rows > len(largest.on)*largest.rows {
			largest = part
		}
	}
	rest := space
	for _, part := range parts {
		if part == largest {
			continue
		}
		var err error
		if part.dim, err = p.dimension(part); err != nil {
			return err
		}
		rest -= part.dim
	}
	if rest <= 0 {
		return errMissing
	}
	largest.dim = rest
	return nil
}

// dimension returns the number of steps from all rows of a part to none.
func (p *prover) dimension(part *table) (int, error) {
	left := make(set, words(part.rows))
	left.fill(part.rows)
	for dim, size := 0, part.rows; ; dim++ {
		if size == 0 {
			return dim, nil
		}
		if err := p.spend(len(part.on), len(left)); err != nil {
			return 0, err
		}
		most, ray := -1, 0
		for i, s := range part.on {
			if n := s.common(left); n < size && n > most {
				most, ray = n, i
			}
		}
		if most < 0 {
			return 0, errMissing
		}
		for k, w := range part.on[ray] {
			left[k] &= w
		}
		size = most
	}
}
