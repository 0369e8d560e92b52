package certificate

import (
	"math/big"
	"math/bits"
	"slices"
)

// conePart checks a simplicial ray list over the fundamental domain
// D = {x_1 >= .. >= x_N}: FORMAT.md, "Cone parts". It returns the number of
// extreme rays of the whole cone.
func conePart(r *reader, c *system) *big.Int {
	var count *big.Int
	r.object(func() {
		var facets []facet
		var tally *rayTally
		r.member("rows", func() { facets = keptRows(r, c) })
		r.member("rays", func() { tally = rayList(r, c, facets) })
		r.member("count", func() {
			count = r.bigInt()
			if want := tally.count(); count.Cmp(want) != 0 {
				r.rejectLast("the cone has %s extreme rays, not %s", want, short(count))
			}
		})
	})
	return count
}

// A facet is a row of the cone within D: the sum of the terms is >= 0.
type facet []Entry

// keptRows reads the rows that are kept and checks that, together with the domain
// rows x_j - x_{j+1} >= 0, they imply all others. It returns the facets of the
// cone within D: domain rows, then kept rows.
func keptRows(r *reader, c *system) []facet {
	domain := c.supports.n - 1
	wanted := c.dimension - c.lineality - domain
	kept := make([]bool, len(c.rows))
	byOutside := make(map[int32][]row)
	facets := make([]facet, 0, domain+wanted)
	for j := range domain {
		facets = append(facets, facet{{j, 1}, {j + 1, -1}})
	}
	next := int64(0)
	r.tuple(wanted, func(int) {
		i := r.integer(0, int64(len(c.rows)-1))
		if i < next {
			r.rejectLast("rows are not strictly increasing")
		}
		next = i + 1
		w := c.rows[i]
		kept[i] = true
		byOutside[w.outside] = append(byOutside[w.outside], w)
		facets = append(facets, w.facet())
	})
	for i, w := range c.rows {
		implied := func(k row) bool { return implies(k, w) }
		if !kept[i] && !slices.ContainsFunc(byOutside[w.outside], implied) {
			r.rejectNext("row %d is not kept, and no kept row implies it in the domain", i)
		}
	}
	return facets
}

func (w row) facet() facet {
	f := facet{{int(w.block), int64(w.sign)}}
	if w.outside != none {
		f = append(f, Entry{int(w.outside), 1})
	}
	return f
}

// implies says whether row w is row k plus a nonnegative combination of domain
// rows, for rows with the same outside part. The difference sign_w·e_i - sign_k·e_j
// of the block parts is such a combination if and only if its total is 0 and its
// prefix sums are >= 0: the signs agree, and the positive entry comes first.
func implies(k, w row) bool {
	return k.sign == w.sign && int32(w.sign)*(k.block-w.block) >= 0
}

// rayList reads the rays, one for each facet, and checks that each is positive on
// its facet and zero on all others, and that it is a ray whose linear form the
// theorem names.
func rayList(r *reader, c *system, facets []facet) *rayTally {
	p := newPairing(c.dimension, facets)
	tally := &rayTally{system: c, seenPrefix: make(map[int]bool), seenUnit: make(map[int]bool)}
	r.tuple(len(facets), func(j int) {
		ray := readRay(r, c)
		tally.add(r, ray)
		if !p.onlyPositiveOn(ray, j) {
			r.rejectNext("ray %d is not positive on facet %d and zero on all others", j, j)
		}
	})
	return tally
}

// readRay reads a sparse vector. Its values are 1 and -1, so it is primitive.
func readRay(r *reader, c *system) []Entry {
	var ray []Entry
	next := int64(0)
	r.list(c.dimension, func(int) {
		var e Entry
		r.tuple(2, func(part int) {
			if part == 0 {
				e.Coordinate = int(r.integer(0, int64(c.dimension-1)))
				if int64(e.Coordinate) < next {
					r.rejectLast("coordinates are not strictly increasing")
				}
				next = int64(e.Coordinate) + 1
				return
			}
			if e.Value = r.integer(-1, 1); e.Value == 0 {
				r.rejectLast("a ray lists its nonzero coordinates only")
			}
		})
		ray = append(ray, e)
	})
	return ray
}

// A pairing computes the values of the facets at sparse vectors.
type pairing struct {
	columns [][]term // of each coordinate: the facets in which it occurs
	value   []int64  // of each facet; zero between calls
}

type term struct {
	facet       int32
	coefficient int8
}

func newPairing(dimension int, facets []facet) *pairing {
	p := &pairing{columns: make([][]term, dimension), value: make([]int64, len(facets))}
	for j, f := range facets {
		for _, e := range f {
			p.columns[e.Coordinate] = append(p.columns[e.Coordinate], term{int32(j), int8(e.Value)})
		}
	}
	return p
}

// onlyPositiveOn says whether the ray is positive on facet j and zero on all
// others. A facet has at most two terms and the values are ±1: nothing overflows.
func (p *pairing) onlyPositiveOn(ray []Entry, j int) bool {
	for _, e := range ray {
		for _, t := range p.columns[e.Coordinate] {
			p.value[t.facet] += int64(t.coefficient) * e.Value
		}
	}
	only := p.value[j] > 0
	p.value[j] = 0
	for _, e := range ray {
		for _, t := range p.columns[e.Coordinate] {
			only = only && p.value[t.facet] == 0
			p.value[t.facet] = 0
		}
	}
	return only
}

// rowCost is that of one row of the system in the test whether a ray is extreme.
const rowCost = 10

// A rayTally sorts the rays by type and counts the extreme rays of the whole cone.
type rayTally struct {
	*system
	seenPrefix map[int]bool // by size of the prefix: is it extreme?
	seenUnit   map[int]bool // by coordinate
	unitSize   [65]struct{ known, extreme bool }
	sum        big.Int
}

// add takes a ray of unit type, v_T = 1 and else 0, whose form is b_T; or one of
// set type. Any other is rejected, and so is the second of a kind.
func (t *rayTally) add(r *reader, ray []Entry) {
	if len(ray) == 0 {
		r.rejectNext("a ray is zero")
	}
	if first := ray[0].Coordinate; first >= t.firstV {
		t.addUnit(r, ray, first)
		return
	}
	// The size of the prefix, if the ray is of set type. It is 0 only in the optimum
	// cone, whose z_0 comes between the block and v.
	size := 0
	for size < len(ray) && ray[size].Coordinate < t.supports.n {
		size++
	}
	if size > t.mostPrefix || !slices.Equal(ray, t.prefixRay(size)) {
		r.rejectNext("the linear form of the ray is neither a b_T nor that of a prefix of the tokens")
	}
	if t.seenPrefix[size] {
		r.rejectNext("second ray for the prefix of %d tokens", size)
	}
	t.seenPrefix[size] = true
	r.spend(len(t.rows), rowCost)
	if t.extreme(ray) {
		t.sum.Add(&t.sum, new(big.Int).Binomial(int64(t.supports.n), int64(size)))
	}
}

// addUnit takes the ray v_T = 1. Supports of one size lie in one orbit, so the
// first of each size decides whether they are extreme.
func (t *rayTally) addUnit(r *reader, ray []Entry, coordinate int) {
	if len(ray) != 1 || ray[0].Value != 1 {
		r.rejectNext("the linear form of the ray is neither a b_T nor that of a prefix of the tokens")
	}
	if t.seenUnit[coordinate] {
		r.rejectNext("second ray for one support")
	}
	t.seenUnit[coordinate] = true
	size := &t.unitSize[bits.OnesCount64(t.supports.pairsUp()[coordinate-t.firstV])]
	if !size.known {
		r.spend(len(t.rows), rowCost)
		size.known, size.extreme = true, t.extreme(ray)
	}
	if size.extreme {
		t.sum.Add(&t.sum, one)
	}
}

func (t *rayTally) count() *big.Int { return &t.sum }
