package complete

import (
	"cmp"
	"math/bits"
	"slices"

	"pstar/internal/bitset"
	"pstar/internal/each"
)

// ordered returns the same claim with rows in an order that depends little on where they
// came from, and the rays in order. Claims that differ in the order of rows and rays only look
// the same then, as a rule, and are proved once: an order by the sizes of rays, and of rays with rows in common,
// saw 66 claims about the facets of a Bell polytope as 760.
//
// It is no canonical form, which would be as hard as isomorphism: where rows that look
// alike are not, one of them is taken as it comes. Claims that look different are proved twice;
// what is proved does not change with the order.
func (p *prover) ordered(t *table) (*table, error) {
	c := &p.colours
	if err := p.label(t, c, -1); err != nil {
		return nil, err
	}
	return t.moved(inverse(c.ordered())), nil
}

// label tells the rows of a claim apart, beginning with a ray that is taken for different from all others,
// unless it is -1.
func (p *prover) label(t *table, c *colours, ray int) error {
	c.start(t)
	if err := p.refine(t, c); err != nil {
		return err
	}
	if ray >= 0 {
		c.rays[ray]++
		c.paintRows(t)
		if err := p.refine(t, c); err != nil {
			return err
		}
	}
	for ; c.distinct < t.rows && c.chosen < mostChosen; c.chosen++ {
		// Rows that nothing tells apart: one of them is, and what it tells of others is seen.
		c.choose()
		if err := p.refine(t, c); err != nil {
			return err
		}
	}
	return nil
}

// mostChosen is how many rows are told apart from those that look the same. Where that is not
// enough the claim is one of so many symmetries that it is about something simpler.
const mostChosen = 24

// colours of the rows of a claim: what is alike has one. They do not depend on the order of rows
// and rays, but for the choices that have been made.
type colours struct {
	rows, rays []uint64
	sums       []uint64 // scratch, by row
	sorted     []uint64 // the colours of the rows
	distinct   int      // how many colours of rows there are
	chosen     int      // how many rows were told apart from those that look the same
}

// start has all rows of one colour.
func (c *colours) start(t *table) {
	c.rows = append(c.rows[:0], make([]uint64, t.rows)...)
	c.sums = append(c.sums[:0], make([]uint64, t.rows)...)
	c.rays = append(c.rays[:0], make([]uint64, len(t.on))...)
	c.distinct, c.chosen = 0, 0
}

// refine gives rays new colours by their rows, and rows by the rays on them, until no more
// rows are told apart.
func (p *prover) refine(t *table, c *colours) error {
	for {
		if err := p.spend(len(t.on), t.rows/2+4); err != nil {
			return err
		}
		c.paintRays(t)
		before := c.distinct
		// As the colours of rays follow from those of rows, these alone are counted.
		if c.paintRows(t); c.distinct == before || c.distinct == t.rows {
			return nil
		}
	}
}

// paintRays gives each ray a colour by those of its rows. Sums do not depend on an order.
func (c *colours) paintRays(t *table) {
	for k, x := range c.rows {
		c.sums[k] = hash(x)
	}
	for i, s := range t.on {
		sum := uint64(0)
		for k, w := range s {
			for ; w != 0; w &= w - 1 {
				sum += c.sums[k<<6+bits.TrailingZeros64(w)]
			}
		}
		c.rays[i] = hash(sum)
	}
}

// paintRows gives each row a colour by that which it had and those of its rays.
func (c *colours) paintRows(t *table) {
	clear(c.sums)
	for i, s := range t.on {
		colour := c.rays[i]
		for k, w := range s {
			for ; w != 0; w &= w - 1 {
				c.sums[k<<6+bits.TrailingZeros64(w)] += colour
			}
		}
	}
	for k, x := range c.sums {
		c.rows[k] = hash(c.rows[k] + x)
	}
	c.distinct = c.count()
}

// count returns the number of colours of rows, and leaves them sorted.
func (c *colours) count() int {
	c.sorted = append(c.sorted[:0], c.rows...)
	slices.Sort(c.sorted)
	n := 1
	for k := range c.sorted[1:] {
		if c.sorted[k] != c.sorted[k+1] {
			n++
		}
	}
	return n
}

// choose gives one row of the smallest class of rows of one colour a colour of its own. Of classes
// of one size it is that of the least colour, so that the choice depends on the claim, but for
// that of the row.
func (c *colours) choose() {
	c.count()
	least, colour := len(c.sorted)+1, uint64(0)
	for from := 0; from < len(c.sorted); {
		to := from + 1
		for to < len(c.sorted) && c.sorted[to] == c.sorted[from] {
			to++
		}
		if size := to - from; size > 1 && size < least {
			least, colour = size, c.sorted[from]
		}
		from = to
	}
	c.rows[slices.Index(c.rows, colour)]++
	c.distinct++
}

// ordered returns the rows in the order of their colours. Rows of the same colour stay in
// the order in which they were.
func (c *colours) ordered() []int32 {
	order := each.To(len(c.rows), func(k int) int32 { return int32(k) })
	slices.SortStableFunc(order, func(a, b int32) int { return cmp.Compare(c.rows[a], c.rows[b]) })
	return order
}

// inverse returns the place of each number in a list of all numbers below its length.
func inverse(list []int32) []int32 {
	place := make([]int32, len(list))
	for k, x := range list {
		place[x] = int32(k)
	}
	return place
}

// moved is the claim with rows in other places, and rays in order.
func (t *table) moved(place []int32) *table {
	moved := &table{dim: t.dim, rows: t.rows, on: bitset.Several(len(t.on), t.rows)}
	for i, s := range t.on {
		for k, w := range s {
			for ; w != 0; w &= w - 1 {
				moved.on[i].Add(int(place[k<<6+bits.TrailingZeros64(w)]))
			}
		}
	}
	// Guesses move rows, which have new numbers.
	for _, g := range t.guesses {
		guess := make([]int32, len(g))
		for k, to := range g {
			guess[place[k]] = place[to]
		}
		moved.guesses = append(moved.guesses, guess)
	}
	// The order of the rays has no meaning either.
	slices.SortFunc(moved.on, func(a, b set) int { return slices.Compare(a, b) })
	return moved
}
