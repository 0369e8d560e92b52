package complete

import (
	"pstar/internal/bitset"
	"pstar/internal/each"
)

// open splits a claim into its parts, but for rays that are off one row only, which
// has all others: there is nothing to prove of these.
//
// A cone that is a direct sum has its rays in the parts, and a claim about it is proved
// by claims about these. Of parts of dimension 1 with one ray nothing is left to
// prove.
func (p *prover) open(t *table) ([]*table, error) {
	if err := p.spend(len(t.on), bitset.Words(t.rows)); err != nil {
		return nil, err
	}
	// Simple rays of one cone cannot fall into parts unless each is off one row only.
	if t.allSimple() {
		if t.simplicial() {
			return nil, nil
		}
		return []*table{t}, nil
	}
	parts, err := p.parts(t)
	if err != nil {
		return nil, err
	}
	if err := p.dimensions(parts, t.dim); err != nil {
		return nil, err
	}
	kept := parts[:0]
	for _, part := range parts {
		if part.dim > 1 || len(part.on) > 1 {
			kept = append(kept, part)
		}
	}
	return kept, nil
}

// simplicial reports whether each of the rays, which are simple, is off one row, and each
// row has a ray off it.
func (t *table) simplicial() bool {
	if t.rows != t.dim {
		return false
	}
	common := bitset.New(t.rows)
	common.Fill(t.rows)
	// A row that all of these have in common is zero on the whole face.
	for _, s := range t.on {
		intersect(common, s, 0)
	}
	return common.Count() == 0
}

// parts splits a claim into those of a direct sum: two rays belong together if
// some row has neither. A ray that is on all rows, or a row that has all rays, does
// not occur in a cone without lines and equations.
func (p *prover) parts(t *table) ([]*table, error) {
	var groups []set // of rows, no two in common
	all := bitset.New(t.rows)
	all.Fill(t.rows)
	off := make(set, len(all))
	one := false // all rows are one group
	for _, s := range t.on {
		// Groups grow together as rays join them: what a ray is off belongs together.
		if err := p.spend(len(groups)+2, len(all)+2); err != nil {
			return nil, err
		}
		// It is on all rows: a line, which a claim has none of.
		if !minus(off, all, s) {
			return nil, errMissing
		}
		// Most claims are one part, which the first few rays show.
		if !one {
			groups = join(groups, off)
			one = all.Within(groups[0])
		}
	}
	rows := 0
	for _, g := range groups {
		rows += g.Count()
	}
	// A row that no ray is off has all rays.
	if rows != t.rows {
		return nil, errMissing
	}
	// It does not fall into parts.
	if len(groups) == 1 {
		return []*table{t}, nil
	}
	if err := p.spend(len(t.on), t.rows/2+10+len(groups)*len(all)); err != nil {
		return nil, err
	}
	rays := make([][]int32, len(groups))
	// What a ray is off lies within one group.
	for i, s := range t.on {
		minus(off, all, s)
		for k, g := range groups {
			if g.Meets(off) {
				rays[k] = append(rays[k], int32(i))
				break
			}
		}
	}
	// Their dimensions are not known yet; see dimensions.
	return each.Numbered(groups, func(k int, g bitset.Set) *table { return t.cut(rays[k], g) }), nil
}

// join adds a group and unites it with those that it meets. Groups that the new one
// meets become one.
func join(groups []set, joined set) []set {
	into := -1
	kept := groups[:0]
	for _, g := range groups {
		switch {
		case !g.Meets(joined):
			kept = append(kept, g)
		// The first group that it meets takes it in, and later ones join that.
		case into < 0:
			into = len(kept)
			g.Unite(g, joined)
			kept = append(kept, g)
		default:
			kept[into].Unite(kept[into], g)
		}
	}
	if into < 0 {
		kept = append(kept, append(set(nil), joined...))
	}
	return kept
}

// cut returns the part of a table with these rays and rows.
func (t *table) cut(rays []int32, rows set) *table {
	part := &table{rows: rows.Count(), on: bitset.Several(len(rays), rows.Count())}
	// Rows of other parts are all there, and say nothing: each ray of this part is on
	// them.
	narrow := newNarrowing(rows)
	for x, i := range rays {
		narrow.into(part.on[x], t.on[i])
	}
	for _, rows := range t.guesses {
		part.guesses = narrow.restrict(part.guesses, rows)
	}
	return part
}

// dimensions finds the dimensions of the parts of a space: of all but the largest part how
// many rays, each on most of the rows left, it takes until none is left; of that the
// rest. For wrong parts they may be anything: what proves a part shows that its rays
// and rows have this rank at least, and where these ranks add up to the dimension of the
// space no other fits.
//
// The dimension of a part is the rank of its rows, which incidences alone do not give;
// a chain of faces gives at least as much. So it is guessed, and the claims themselves
// show that it is right.
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
	// The parts would need more than the space has.
	if rest <= 0 {
		return errMissing
	}
	largest.dim = rest
	return nil
}

// dimension returns the number of steps from all rows of a part to none. Each step goes
// to a largest face of what is left: its length is at most the dimension.
func (p *prover) dimension(part *table) (int, error) {
	left := bitset.New(part.rows)
	left.Fill(part.rows)
	for dim, size := 0, part.rows; ; dim++ {
		if size == 0 {
			return dim, nil
		}
		if err := p.spend(len(part.on), len(left)); err != nil {
			return 0, err
		}
		most, ray := -1, 0
		for i, s := range part.on {
			// A ray on all that is left makes no step; each row has a ray off it, which makes one.
			if n := s.CountCommon(left); n < size && n > most {
				most, ray = n, i
			}
		}
		for k, w := range part.on[ray] {
			left[k] &= w
		}
		size = most
	}
}
