package certificate

import "math/bits"

// A row is the inequality sign·x[block] + x[outside] >= 0, where block is one of
// the first N coordinates and outside one of the others, or none for the row
// sign·x[block] >= 0. Every row of the two cones has this form.
type row struct {
	block   int32
	outside int32
	sign    int8
}

const none = -1 // for row.outside

// A system is a cone {x : every row is >= 0} that FORMAT.md defines from (K,N),
// with the rays that its theorem says it has.
type system struct {
	supports  *supports
	dimension int
	lineality int // dimension of the largest linear subspace in the cone
	firstV    int // coordinate of v_T for the first T in 𝒯
	rows      []row

	// The rays of set type have one orbit for each prefix size s up to mostPrefix.
	mostPrefix int
	// prefixRay is the ray of set type for the prefix {1..s}, and so fixes the
	// linear form that a ray of set type has to be.
	prefixRay func(s int) []Entry
}

// feasibilitySystem is F(K,N) = {(u,v) : u_i + v_T >= 0 for T∈𝒯, i∈T}. Its line
// is (1,..,1;-1,..,-1), on which each row is 1 - 1.
func feasibilitySystem(s *supports) *system {
	c := &system{
		supports:   s,
		dimension:  s.n + len(s.pairsUp()),
		lineality:  1,
		firstV:     s.n,
		mostPrefix: s.n - 1,
	}
	c.addSupportRows(+1)
	// u = 1_S, v_T = -[T ⊆ S]: the form Σ u_i(q_i-b_i) + Σ v_T b_T is then
	// q(S) - Σ_{∅≠T⊆S} b_T.
	c.prefixRay = func(size int) []Entry {
		ray, s := c.prefix(size)
		return c.appendV(ray, -1, func(t set) bool { return t&^s == 0 })
	}
	return c
}

// optimumSystem is {(z,z_0,v) : z_0 >= z_i >= 0, v_T >= z_i for T∈𝒯, i∈T}. It
// contains no line: z_0 >= z_i >= 0 and v_T >= z_i leave only 0 on both sides.
func optimumSystem(s *supports) *system {
	c := &system{
		supports:   s,
		dimension:  s.n + 1 + len(s.pairsUp()),
		firstV:     s.n + 1,
		mostPrefix: s.n,
	}
	for i := range s.n {
		c.rows = append(c.rows, row{block: int32(i), outside: int32(s.n), sign: -1})
	}
	for i := range s.n {
		c.rows = append(c.rows, row{block: int32(i), outside: none, sign: +1})
	}
	c.addSupportRows(-1)
	// z = 1_A, z_0 = 1, v_T = [T meets A]: the form Σ q_i(z_0-z_i) + Σ b_i z_i +
	// Σ v_T b_T is then q(S) + Σ_{T⊄S} b_T for the complement S of A, singletons
	// T included.
	c.prefixRay = func(size int) []Entry {
		ray, a := c.prefix(size)
		ray = append(ray, Entry{Coordinate: s.n, Value: 1})
		return c.appendV(ray, +1, func(t set) bool { return t&a != 0 })
	}
	return c
}

// addSupportRows appends sign·x_i + v_T >= 0 for T∈𝒯 and i∈T, in order.
func (c *system) addSupportRows(sign int8) {
	for j, t := range c.supports.pairsUp() {
		for rest := t; rest != 0; rest &= rest - 1 {
			i := bits.TrailingZeros64(rest)
			c.rows = append(c.rows, row{block: int32(i), outside: int32(c.firstV + j), sign: sign})
		}
	}
}

// prefix is the vector 1_S of the block and the set S = {1..size}.
func (c *system) prefix(size int) ([]Entry, set) {
	var ray []Entry
	for i := range size {
		ray = append(ray, Entry{Coordinate: i, Value: 1})
	}
	return ray, 1<<size - 1
}

// appendV appends the coordinates v_T = value for the T in 𝒯 that belong.
func (c *system) appendV(ray []Entry, value int64, belongs func(set) bool) []Entry {
	for j, t := range c.supports.pairsUp() {
		if belongs(t) {
			ray = append(ray, Entry{Coordinate: c.firstV + j, Value: value})
		}
	}
	return ray
}

// extreme says whether a ray of the cone is extreme modulo lineality: whether the
// rows that are tight at it have rank dimension - lineality - 1.
//
// Seen as edges between the coordinates, with one more node for "none", the rows
// are differences of two nodes once the signs of the coordinates v are changed
// (feasibility), or already (optimum). Their rank is therefore the number of
// edges of a spanning forest.
func (c *system) extreme(ray []Entry) bool {
	x := make([]int64, c.dimension)
	for _, e := range ray {
		x[e.Coordinate] = e.Value
	}
	ground := int32(c.dimension)
	f := newForest(c.dimension + 1)
	for _, w := range c.rows {
		value, other := int64(w.sign)*x[w.block], ground
		if w.outside != none {
			value, other = value+x[w.outside], w.outside
		}
		if value == 0 {
			f.join(w.block, other)
		}
	}
	return f.edges == c.dimension-c.lineality-1
}

// A forest joins nodes into trees (union-find) and counts the edges that it took.
type forest struct {
	parent []int32
	edges  int
}

func newForest(nodes int) *forest {
	f := &forest{parent: make([]int32, nodes)}
	for i := range f.parent {
		f.parent[i] = int32(i)
	}
	return f
}

func (f *forest) root(i int32) int32 {
	for f.parent[i] != i {
		f.parent[i] = f.parent[f.parent[i]]
		i = f.parent[i]
	}
	return i
}

func (f *forest) join(a, b int32) {
	if a, b = f.root(a), f.root(b); a != b {
		f.parent[a] = b
		f.edges++
	}
}
