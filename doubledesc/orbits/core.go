package orbits

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"

	"pstar/cone"
	"pstar/doubledesc"
	"pstar/doubledesc/internal/program"
	"pstar/internal/bitset"
	"pstar/lp"
	"pstar/rational"
)

// A core is a pointed cone {z : a·z >= 0 for every row a}. The rows have full rank and are
// different, up to positive factors.
type core struct {
	dim     int
	rows    []cone.Vector
	weights []rational.Int // symmetries permute the rows divided by these
	colours []int32        // and keep these

	order doubledesc.Order // in which a conversion takes rows in
	leg   effort           // what a conversion of a figure may take before its symmetries are used

	products *products // nil if the group is left trivial
	group    *chain
}

// tight returns the set of the rows that are zero at x.
//
// For an extreme ray the set tells which it is: no other ray has it.
func (c *core) tight(x cone.Vector) bitset.Set {
	set := bitset.New(len(c.rows))
	for i, a := range c.rows {
		if a.Dot(x).IsZero() {
			set.Add(i)
		}
	}
	return set
}

// of returns the rows of a set.
func (c *core) of(set bitset.Set) []cone.Vector {
	var list []cone.Vector
	set.Each(func(i int) { list = append(list, c.rows[i]) })
	return list
}

// findGroup finds the group of those permutations of the rows that a linear map makes.
func (c *core) findGroup(ctx context.Context) (err error) {
	// Products are computed modulo a prime and guide the search; what it finds is tried
	// exactly.
	c.products = newProducts(c.rows, c.weights, c.dim)
	if c.products == nil { // no prime would do: every ray is an orbit of its own
		c.group = &chain{n: len(c.rows)}
		return nil
	}
	maps, err := newLinearMaps(c)
	if err != nil {
		return err
	}
	// The empty set has the whole group for its stabiliser.
	c.group, err = c.pattern(bitset.New(len(c.rows))).automorphisms(ctx, maps.make)
	return err
}

// pattern prepares a search for the images of a set of rows.
func (c *core) pattern(set bitset.Set) *pattern { return newPattern(c.products, c.colours, set) }

// basis returns rows that are a basis, the first.
//
// The first in the order of the rows, so that it does not depend on chance. There are dim
// of them, as the rows have full rank.
func (c *core) basis() (basis []int) {
	e := cone.NewElimination(c.rows, c.dim)
	var list []cone.Vector
	for i, a := range c.rows {
		if len(basis) == c.dim {
			break
		}
		// A prime may hide that a row is independent, and then the exact rank tells.
		if e.Add(e.Residues(a)) || cone.Rank(append(list, a), c.dim) > len(list) {
			basis, list = append(basis, i), append(list, a)
		}
	}
	return basis
}

// inverted returns the inverse of a square matrix by rows; false if there is none.
func inverted(rows []rational.Vector) (inverse []rational.RatVector, ok bool) {
	n := len(rows)
	m := rational.NewMatrix(rows, n)
	inverse = make([]rational.RatVector, n)
	for i := range inverse {
		inverse[i] = make(rational.RatVector, n)
	}
	for k := range n { // column k is what the matrix takes to a unit vector
		unit := make(rational.RatVector, n)
		unit[k] = rational.NewRat(1, 1)
		column, ok := m.Solve(unit)
		if !ok {
			return nil, false
		}
		for i, x := range column {
			inverse[i][k] = x
		}
	}
	return inverse, true
}

// linearMaps tells which permutations of rows a linear map makes.
type linearMaps struct {
	c       *core
	basis   []int             // rows that are a basis, by number
	factors [][]rational.Int  // by row and row of the basis, over one denominator for each row
	over    []rational.Int    // the denominators
	dense   []rational.Vector // the rows
}

// newLinearMaps writes every row as a sum over a basis, once for all permutations that
// are tried. After that a permutation is tried in integers.
func newLinearMaps(c *core) (*linearMaps, error) {
	m := &linearMaps{c: c, basis: c.basis()}
	for _, a := range c.rows {
		m.dense = append(m.dense, a.Dense(c.dim))
	}
	var basis []rational.Vector
	for _, i := range m.basis {
		basis = append(basis, m.dense[i])
	}
	inverse, ok := inverted(basis)
	if !ok { // rows that were found independent are not: never
		return nil, errors.New("orbits: a basis of the rows is singular")
	}
	// Row i is the sum over k of f_k times row k of the basis, where f = a_i·inverse.
	// Divided by weights w it is, with g_k = f_k·w_k/w_i, the same for the rows that
	// symmetries permute.
	for i, a := range m.dense {
		f := make(rational.RatVector, c.dim) // of row i, over the basis
		for k := range f {
			for j, x := range a {
				if !x.IsZero() { // rows are sparse
					f[k] = f[k].Add(inverse[j][k].Mul(rational.RatFromInt(x)))
				}
			}
			f[k] = f[k].Mul(rational.RatFromInts(c.weights[m.basis[k]], c.weights[i]))
		}
		// Integers over one denominator: no fraction is reduced while permutations are tried.
		factors, over := f.Integers()
		m.factors, m.over = append(m.factors, factors), append(m.over, over)
	}
	return m, nil
}

// make reports whether a linear map takes every row, divided by its weight, to its image. The
// map is that which does so for the basis; as the images of all rows are all rows, it is
// invertible.
//
// The test is exact and complete: a permutation is accepted if and only if there is such
// a map. It takes dim² products for each row at most.
func (m *linearMaps) make(to permutation) bool {
	if to.isIdentity() {
		return true
	}
	for i := range m.factors {
		// Most permutations that are wrong fail at one of the first rows.
		if !m.makesRow(i, to) {
			return false
		}
	}
	return true
}

// makesRow reports whether over_i/w(to(i))·a(to(i)) = Σ factor_k/w(to(b_k))·a(to(b_k)), over a
// common denominator of the weights.
func (m *linearMaps) makesRow(i int, to permutation) bool {
	weights, factors := m.c.weights, m.factors[i]
	common := weights[to[i]]
	for k, f := range factors {
		if !f.IsZero() { // the others have no part in it
			common = rational.LCM(common, weights[to[m.basis[k]]])
		}
	}
	left := m.over[i].Mul(common.DivExact(weights[to[i]])).Neg()
	for j := range m.c.dim { // coordinate by coordinate, right less left
		var sum rational.Sum
		sum.AddMul(left, m.dense[to[i]][j])
		for k, f := range factors {
			if !f.IsZero() {
				b := to[m.basis[k]]
				sum.AddMul(f.Mul(common.DivExact(weights[b])), m.dense[b][j])
			}
		}
		if x := sum.Int(); !x.IsZero() {
			return false
		}
	}
	return true
}

// ray returns the extreme ray at which the rows of a set are zero: their rank is one less
// than the dimension.
//
// The vector is primitive. An error means that the set is not that of an extreme ray.
func (c *core) ray(set bitset.Set) (cone.Vector, error) {
	null := cone.NullSpace(c.of(set), c.dim)
	if len(null) != 1 { // the rows are not those of an extreme ray
		return nil, fmt.Errorf("orbits: %d rows leave a space of dimension %d, want 1", set.Count(), len(null))
	}
	// Of the two directions the one in which rows are positive; a line cannot be, as the
	// rows have full rank.
	// Rows that are zero say nothing of the direction; the first that is not decides.
	r := null[0]
	for _, a := range c.rows {
		switch a.Dot(r).Sign() {
		case 1:
			return r, nil
		case -1:
			return r.Neg(), nil
		}
	}
	return nil, errors.New("orbits: a line in a cone without lines")
}

// rayAt is ray, and checks that the set is that of all rows which are zero at the ray, and that
// no other is negative.
func (c *core) rayAt(set bitset.Set) (cone.Vector, error) {
	r, err := c.ray(set)
	if err != nil {
		return nil, err
	}
	for i, a := range c.rows {
		if sign := a.Dot(r).Sign(); sign < 0 || (sign == 0) != set.Has(i) {
			return nil, fmt.Errorf("orbits: row %d is not at a ray what was thought", i+1)
		}
	}
	return r, nil
}

// attempts is how many extreme rays are looked at for one to begin with, if none comes at
// which one row in fewOf is zero, or less, and tries how many lines are looked along from
// each point on the way.
//
// Measured on the orders of seven things: of ten facets that are found along one line at a
// time hardly any has less than half of the points, along eight half of them have a
// twentieth or less.
const (
	attempts = 48
	fewOf    = 8
	tries    = 6
)

// first returns an extreme ray, or nil if the cone is {0}: of several that are found by
// chance, the same in each run, one at which the fewest rows are zero. Where a
// decomposition begins it has to find neighbours, and where it ends it need not, see done;
// among the facets of the orders of seven things some have a hundred times as many points
// as others, and take longer than all of these.
func (c *core) first(ctx context.Context) (cone.Vector, error) {
	x, inner, err := c.point(ctx)
	if x == nil || err != nil {
		return nil, err
	}
	random := rand.New(rand.NewPCG(1, 2))
	best := c.descend(x, random)
	// Without an inner point all ways begin at one face, and may all end at one ray.
	if !inner {
		return best, nil
	}
	least := c.tight(best).Count()
	for k := 0; k < attempts && fewOf*least > len(c.rows); k++ {
		if ctx.Err() != nil {
			return nil, context.Cause(ctx)
		}
		r := c.descend(x, random)
		if n := c.tight(r).Count(); n < least {
			best, least = r, n
		}
	}
	return best, nil
}

// descend goes from a point of the cone to an extreme ray: each time to the end of the
// cone along a line on which the rows that are zero stay zero, of a few such ends to one
// at which the fewest are.
//
// Each step makes at least one more row zero and loses a dimension, so that there are at
// most dim of them.
func (c *core) descend(x cone.Vector, random *rand.Rand) cone.Vector {
	for {
		values := make([]rational.Int, len(c.rows))
		var zero []cone.Vector
		for i, a := range c.rows {
			if values[i] = a.Dot(x); values[i].IsZero() {
				zero = append(zero, a)
			}
		}
		null := cone.NullSpace(zero, c.dim)
		if len(null) <= 1 {
			return x.Primitive()
		}
		// The null space has x in it, and another direction, as it has two dimensions or more:
		// so an end comes, since the cone is pointed.
		var next cone.Vector
		least := 0
		for t := 0; t < tries || next == nil; t++ {
			y := direction(null, random)
			for _, y := range []cone.Vector{y, y.Neg()} {
				end, more := c.leave(x, y, values)
				if !end.IsZero() && (next == nil || more < least) {
					next, least = end, more
				}
			}
		}
		x = next
	}
}

// direction is a sum of some of these vectors by chance; it may be 0.
//
// Small factors, since numbers grow with them from step to step.
func direction(of []cone.Vector, random *rand.Rand) (y cone.Vector) {
	one := rational.NewInt(1)
	for _, v := range of {
		y = cone.Combine(one, y, rational.NewInt(random.Int64N(9)-4), v)
	}
	return y
}

// point returns a point of the cone other than 0, or nil if there is none, and whether all
// rows are positive there, which is so if they are anywhere.
//
// It is a program with a row for each row of the core, solved exactly: the greatest t for
// which all rows are t at least.
func (c *core) point(ctx context.Context) (x cone.Vector, inner bool, err error) {
	p := &lp.Problem{Sense: lp.Maximise}
	for range c.dim { // free variables
		p.AddVariable(lp.Variable{})
	}
	one := rational.NewRat(1, 1)
	// From 0, so that there is a point of the cone even if none is inside.
	t := p.AddVariable(lp.Variable{Cost: one, Lower: lp.At(rational.Rat{})})
	sum := cone.Vector{}
	for _, a := range c.rows {
		terms := append(program.Terms(a), lp.Term{Variable: t, Coefficient: one.Neg()})
		p.AddRow(lp.Row{Terms: terms, Lower: lp.At(rational.Rat{})})
		sum = cone.Combine(rational.NewInt(1), sum, rational.NewInt(1), a)
	}
	// The sum of the rows is positive on the cone but at 0, which is pointed.
	// The plane cuts the cone in a polytope, so that the program is bounded, and feasible
	// if and only if there is a point other than 0.
	p.AddRow(lp.Row{Terms: program.Terms(sum), Lower: lp.At(one), Upper: lp.At(one)})
	r, err := program.Solve(ctx, p)
	if err != nil || r.Verdict == lp.Infeasible { // the cone is {0}
		return nil, false, err
	}
	// A multiple of the point is as good, and integral.
	dense, _ := rational.RatVector(r.Primal[:c.dim]).Integers()
	return cone.Sparse(dense), r.Primal[t].Sign() > 0, nil
}

// leave returns the last point of the cone from x in the direction y, and how many rows
// become zero there; none if there is no such point. It is 0 if y is a multiple of -x.
//
// values are those of the rows at x, and rows that are zero at x are so at y.
func (c *core) leave(x, y cone.Vector, values []rational.Int) (end cone.Vector, more int) {
	// The greatest t with a·x + t·a·y >= 0 for all rows is the least of a·x/-(a·y), here as
	// num/den.
	var num, den rational.Int
	for i, a := range c.rows {
		if values[i].IsZero() {
			continue
		}
		d := a.Dot(y).Neg()
		if d.Sign() <= 0 { // only a row that shrinks on the way can end it
			continue
		}
		// Fractions are compared crosswise; both denominators are positive.
		order := -1
		if !den.IsZero() {
			order = values[i].Mul(den).Cmp(num.Mul(d))
		}
		switch {
		case order < 0:
			num, den, more = values[i], d, 1
		case order == 0:
			more++
		}
	}
	if den.IsZero() { // no row ends it
		return nil, 0
	}
	// den·x + num·y is a positive multiple of x + (num/den)·y.
	return cone.Combine(den, x, num, y).Primitive(), more
}
