package redundancy

import (
	"context"

	"pstar/cone"
	"pstar/doubledesc/internal/ray"
	"pstar/doubledesc/internal/simplicial"
	"pstar/internal/each"
	"pstar/rational"
)

// facetSearch finds out which rows are needed among those that are positive at
// an interior point.
//
// In the space where the flat rows vanish such a row a is a point a/(a·z) of the
// polar polytope, z being the interior point, and is needed exactly if this is a
// vertex. A shot from z in the direction x meets first the row that is extreme in
// direction -x: that row is needed, and a point just behind it, before the next row,
// shows it. Whether a row is redundant is a question about the needed rows alone
// (Clarkson 1994): either it is a nonnegative combination of a basis of them, or
// there is a direction that violates it and none of them, and a shot in this
// direction meets another needed row. Bases are exchanged as in the simplex
// method and serve again for the next row.
//
// Invariants: needed has the candidates with needed set, in the order in which they
// were found; dual[j] is positive on basis[j] and zero on the rest; all members of the
// basis are needed once start has run.
type facetSearch struct {
	s      *sieve
	inside *interior
	space  []cone.Vector // basis of the space where the flat rows vanish, in echelon form
	rows   []candidate
	needed []int        // of rows
	basis  []int        // of rows: independent, of full rank
	dual   []ray.Vector // dual[j] is positive on row basis[j] and zero on the rest of basis

	symmetries []symmetry

	flat     []int         // rows of the polyhedron: a basis of the flat rows kept
	flatDual []cone.Vector // the same for these
}

// candidate is a row that is not flat, in the coordinates of the space.
type candidate struct {
	row       int // of the polyhedron, or -1 for the row (1, 0, ..., 0) that goes without saying
	halfspace *ray.Halfspace
	normal    ray.Vector   // the same numbers
	depth     rational.Int // product with the interior point, positive
	needed    bool
	repeated  bool // another one says the same
	aside     bool // repeated, or known to be redundant: shots pass through it
}

// In the space of the flat rows two rows may become multiples of each other that were
// none before; only the first of them can be met by shots.
func newFacetSearch(s *sieve, inside *interior) *facetSearch {
	h := &facetSearch{s: s, inside: inside}
	// All flat rows, also those that sift has removed.
	var flat []cone.Vector
	for i, r := range s.in.Rows {
		if inside.flat(i) {
			flat = append(flat, r.Vector)
		}
	}
	// Coordinates of the space: as many as the cone has dimensions.
	h.space = cone.NullSpace(flat, s.in.Columns)
	seen := map[string]bool{}
	// The key is that of the direction, so that multiples count as repeated.
	add := func(row int, a cone.Vector, depth rational.Int) {
		reduced := h.reduce(a)
		key := cone.Sparse(reduced.Primitive()).Key()
		c := candidate{row: row, depth: depth, normal: ray.New(reduced), repeated: seen[key], aside: seen[key]}
		c.halfspace = denseHalfspace(reduced)
		seen[key] = true
		h.rows = append(h.rows, c)
	}
	// The row that goes without saying is there from the beginning and is never
	// redundant.
	if s.affine || s.apex {
		add(-1, cone.Unit(0, 1), inside.at.At(0))
		h.rows[0].needed = true
		h.needed = append(h.needed, 0)
	}
	for i, r := range s.in.Rows {
		if !inside.flat(i) {
			add(i, r.Vector, inside.depth[i])
		}
	}
	return h
}

// reduce writes a row in the coordinates of the space. Products with the basis of the
// space.
func (h *facetSearch) reduce(a cone.Vector) rational.Vector {
	return each.Of(h.space, a.Dot)
}

// The numbers may be widened beyond a word by package ray.
func denseHalfspace(a rational.Vector) *ray.Halfspace {
	// Zeros are left out.
	var index []int32
	var values []rational.Int
	for i, x := range a {
		if !x.IsZero() {
			index = append(index, int32(i))
			values = append(values, x)
		}
	}
	h := ray.NewHalfspace(index, values)
	return &h
}

// run decides every candidate. Repeated rows come last: the needed ones are
// known by then, and no shot may meet two rows that are the same. A derivation of one
// uses needed rows only, so that their order does not matter.
func (h *facetSearch) run(ctx context.Context) error {
	h.shootAlongNormals(ctx)
	if err := h.start(ctx); err != nil {
		return err
	}
	for _, repeated := range []bool{false, true} {
		for i := range h.rows {
			c := &h.rows[i]
			// What is aside and not repeated is the image of a row that has been decided.
			if c.row < 0 || c.needed || c.repeated != repeated || c.aside && !c.repeated {
				continue
			}
			if err := h.decide(ctx, i); err != nil {
				return err
			}
			// A needed row has spread when a shot met it.
			if c.aside = !c.needed; c.aside {
				h.spread(i)
			}
		}
	}
	return nil
}

// shootAlongNormals shoots at rows from the interior point. The row with the
// longest normal, seen from there, is sure to be met; if none is much longer than the
// others, most are. It stops when shots meet rows that are known. Shots are cheap where
// they meet new rows, and are given up where they meet known ones.
func (h *facetSearch) shootAlongNormals(ctx context.Context) {
	const patience = 16
	balance := patience
	for i := range h.rows {
		if c := &h.rows[i]; c.needed || c.aside {
			continue
		}
		if balance == 0 || ctx.Err() != nil {
			return
		}
		// Towards the row, that is against its normal.
		known := len(h.needed)
		x := h.rows[i].normal.Neg()
		h.shoot(&x)
		if len(h.needed) > known {
			// A credit that ends: 64 shots in vain are enough in any case.
			balance = min(balance+1, 4*patience)
		} else {
			balance--
		}
	}
}

// start finds the first basis. Members that are not known to be needed are
// replaced by rows that are. A basis of all rows by elimination is the beginning; rows
// of it need not be needed.
func (h *facetSearch) start(ctx context.Context) error {
	// Flat rows have been sifted: a basis of those kept serves to write rows in all
	// columns.
	if err := h.startFlat(ctx); err != nil {
		return err
	}
	vectors := make([]cone.Vector, len(h.rows))
	for i := range h.rows {
		vectors[i] = h.rows[i].normal.Sparse()
	}
	first, err := simplicial.Of(ctx, len(h.space), vectors, nil)
	if err != nil {
		return err
	}
	// Any basis will do; none of it need be needed.
	h.basis = first.Basis
	for _, x := range first.Rays {
		h.dual = append(h.dual, ray.New(x.Dense(len(h.space))))
	}
	for j, i := range h.basis {
		if h.rows[i].needed {
			continue
		}
		// Against its dual vector only the row itself is negative among the basis, and
		// so another row is met that can take its place.
		x := h.dual[j].Neg()
		k := h.violated(&x)
		if k < 0 {
			k = h.shoot(&x)
		}
		h.exchange(j, k)
	}
	return nil
}

// startFlat finds a basis of the flat rows that are kept.
func (h *facetSearch) startFlat(ctx context.Context) error {
	var rows []int
	var vectors []cone.Vector
	for i, present := range h.s.present {
		if present {
			rows = append(rows, i)
			vectors = append(vectors, h.s.in.Rows[i].Vector)
		}
	}
	first, err := simplicial.Of(ctx, h.s.in.Columns, vectors, nil)
	if err != nil {
		return err
	}
	for _, k := range first.Basis {
		h.flat = append(h.flat, rows[k])
	}
	h.flatDual = first.Rays
	return nil
}
