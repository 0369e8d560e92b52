package orbits

import (
	"context"
	"errors"
	"fmt"
	"math/big"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"

	"pstar/cone"
	"pstar/doubledesc"
	"pstar/format/ine"
	"pstar/internal/bitset"
	"pstar/rational"
)

// polyhedron makes rows of small integers, the first of them linear.
func polyhedron(r cone.Representation, rows [][]int64, linear int) *cone.Polyhedron {
	p := &cone.Polyhedron{Representation: r, Columns: len(rows[0])}
	for i, row := range rows {
		p.Rows = append(p.Rows, cone.Row{Vector: cone.Sparse(rational.NewVector(row...)), Linear: i < linear})
	}
	return p
}

// symmetric makes a few random rows and all their images under random permutations of the
// coordinates.
func symmetric(r *rand.Rand) *cone.Polyhedron {
	n := 2 + r.IntN(3)
	var moves [][]int
	for range 1 + r.IntN(2) {
		moves = append(moves, r.Perm(n))
	}
	representation := cone.HRepresentation
	if r.IntN(2) == 0 {
		representation = cone.VRepresentation
	}
	var rows [][]int64
	add := func(row []int64) {
		if !slices.ContainsFunc(rows, func(other []int64) bool { return slices.Equal(row, other) }) {
			rows = append(rows, row)
		}
	}
	for range 1 + r.IntN(3) {
		row := []int64{r.Int64N(3)}
		for range n {
			row = append(row, r.Int64N(4)-1)
		}
		add(row)
	}
	for at := 0; at < len(rows) && len(rows) < 40; at++ {
		for _, to := range moves {
			image := make([]int64, n+1)
			image[0] = rows[at][0]
			for i, k := range to {
				image[k+1] = rows[at][i+1]
			}
			add(image)
		}
	}
	r.Shuffle(len(rows), func(i, j int) { rows[i], rows[j] = rows[j], rows[i] })
	p := polyhedron(representation, rows, 0)
	if representation == cone.HRepresentation && r.IntN(3) == 0 {
		p.Rows[0].Linear = true
	}
	return p
}

// All orbits together are what a conversion finds, and each is as large as it says; also if
// every figure is treated by symmetries.
func TestOrbitsAgainstConversion(t *testing.T) {
	r := rand.New(rand.NewPCG(15, 4))
	sizes := map[bool]int{}
	rounds := 1500
	if testing.Short() {
		rounds = 500
	}
	for k := range rounds {
		p := symmetric(r)
		c, err := doubledesc.Convert(t.Context(), p, doubledesc.Options{})
		if err != nil {
			t.Fatal(err)
		}
		got, err := Rays(t.Context(), p, Options{Workers: 1 + k%3, way: onlyDecomposition})
		if err != nil {
			t.Fatalf("%v: %v", p, err)
		}
		sizes[len(got.Orbits) < len(c.Generators.Rays)]++
		compare(t, p, got, c)
		// Sorted from a list of all they are the same, and so are representatives.
		whole, err := Rays(t.Context(), p, Options{way: onlyWhole})
		if err != nil {
			t.Fatalf("%v: %v", p, err)
		}
		compare(t, p, whole, c)
		if !slices.EqualFunc(got.Orbits, whole.Orbits, equalOrbits) || got.Whole || !whole.Whole {
			t.Fatalf("%v: orbits %v, from all rays %v", p, got.Orbits, whole.Orbits)
		}
	}
	if sizes[true] < rounds/5 {
		t.Errorf("only %d of %d have an orbit of more than one", sizes[true], sizes[true]+sizes[false])
	}
}

func equalOrbits(a, b Orbit) bool {
	return a.Ray.Equal(b.Ray) && slices.Equal(a.Tight, b.Tight) && a.Size.Cmp(b.Size) == 0
}

func compare(t *testing.T, p *cone.Polyhedron, got *Result, c *doubledesc.Conversion) {
	t.Helper()
	all, err := got.All(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	want := (&cone.V{Dim: c.Cone.Dim, Rays: c.Generators.Rays, Lines: c.Generators.Lines}).Canonical()
	if !slices.EqualFunc(all, want.Rays, cone.Vector.Equal) || !slices.EqualFunc(got.Lines, want.Lines, cone.Vector.Equal) {
		t.Fatalf("%v: rays %v, want %v", p, all, want.Rays)
	}
	sum := new(big.Int)
	for _, o := range got.Orbits {
		sum.Add(sum, o.Size)
	}
	if sum.Cmp(big.NewInt(int64(len(all)))) != 0 || !got.Complete {
		t.Fatalf("%v: %v rays, counted %v, complete %v", p, len(all), sum, got.Complete)
	}
	// Zero at a ray are the inequalities that it says, all of the cone, which may be multiples of each other or zero throughout.
	for _, o := range got.Orbits {
		var tight []int
		for i, a := range c.Cone.Inequalities {
			if product := a.Dot(o.Ray); product.IsZero() {
				tight = append(tight, i)
			}
		}
		if !slices.Equal(o.Tight, tight) {
			t.Fatalf("%v: inequalities %v are zero at %v, want %v", p, o.Tight, o.Ray, tight)
		}
	}
	for _, g := range got.Generators {
		if sorted := slices.Sorted(slices.Values(g)); sorted[0] != 0 || sorted[len(g)-1] != len(g)-1 {
			t.Fatalf("%v: %v is no permutation", p, g)
		}
	}
}

// Figures of figures give what conversions of figures give.
func TestFiguresOfFigures(t *testing.T) {
	r := rand.New(rand.NewPCG(15, 5))
	for range 300 {
		p := symmetric(r)
		s := newSystem(p)
		d, err := newDecomposition(t.Context(), &s.core, 0)
		if err != nil {
			t.Fatal(err)
		}
		if err := d.begin(t.Context()); err != nil {
			t.Fatal(err)
		}
		for _, o := range slices.Clone(d.orbits) {
			f := newFigure(d.c, o.ray, o.set)
			if f.dim == 0 {
				continue
			}
			want, err := f.convert(t.Context(), effort{0, mostForProof}, doubledesc.Options{})
			if err != nil {
				t.Fatal(err)
			}
			inner, err := newDecomposition(t.Context(), &f.core, 1)
			if err != nil {
				t.Fatal(err)
			}
			if err := inner.run(t.Context()); err != nil {
				t.Fatal(err)
			}
			index := newIndex(len(f.rows))
			for _, s := range want.sets {
				index.add(s)
			}
			var sets []bitset.Set
			for _, o := range inner.orbits {
				sets = append(sets, o.set)
			}
			if sets, err = spread(t.Context(), len(f.rows), sets, f.group.generators); err != nil {
				t.Fatal(err)
			}
			for _, s := range sets {
				if _, there := index.find(s); !there {
					t.Fatalf("%v: a ray of a figure that is none", p)
				}
			}
			if len(sets) != len(want.sets) || inner.dimension != want.dimension || !inner.shown {
				t.Fatalf("%v: %d rays of a figure in dimension %d, want %d in %d", p, len(sets), inner.dimension, len(want.sets), want.dimension)
			}
		}
	}
}

// An orbit of the cone asked for is counted, and another number than that of the orders of groups is an error; of
// figures of figures nobody counts.
func TestOrbitsAreCountedOnce(t *testing.T) {
	s := newSystem(polyhedron(cone.HRepresentation, [][]int64{{1, 1, 0}, {1, -1, 0}, {1, 0, 1}, {1, 0, -1}}, 0))
	d, err := newDecomposition(t.Context(), &s.core, 0)
	if err == nil {
		err = d.begin(t.Context())
	}
	if err != nil {
		t.Fatal(err)
	}
	o := d.orbits[0]
	if err := d.count(t.Context(), o); err != nil || o.size.Cmp(big.NewInt(4)) != 0 {
		t.Errorf("%v corners, error %v", o.size, err)
	}
	o.size = big.NewInt(2)
	if err := d.count(t.Context(), o); err == nil || !strings.Contains(err.Error(), "an orbit has 4 members, and 2") {
		t.Errorf("error %v", err)
	}
	d.depth = 1
	if err := d.count(t.Context(), o); err != nil {
		t.Errorf("of a figure: %v", err)
	}
}

// patient is a context that ends when it has been asked so often.
type patient struct {
	context.Context
	left int
}

func (p *patient) Err() error {
	if p.left--; p.left < 0 {
		return context.Canceled
	}
	return nil
}

// Figures of which a conversion takes too much come to the same by their own symmetries, or by a longer conversion where
// they have few; and to an error if the context ends, whenever that is.
func TestFiguresBeyondTheirLeg(t *testing.T) {
	r := rand.New(rand.NewPCG(15, 6))
	orders := map[bool]int{}
	for k := range 60 {
		p := symmetric(r)
		if k%6 == 0 { // a cross-polytope by its facets, or a cube by its vertices: their figures have 48 symmetries
			var rows [][]int64
			for i := range int64(16) {
				rows = append(rows, []int64{1, i&1*2 - 1, i>>1&1*2 - 1, i>>2&1*2 - 1, i>>3&1*2 - 1})
			}
			p = polyhedron([]cone.Representation{cone.HRepresentation, cone.VRepresentation}[k/6%2], rows, 0)
		}
		s := newSystem(p)
		d, err := newDecomposition(t.Context(), &s.core, 0)
		if err == nil {
			err = d.begin(t.Context())
		}
		if err != nil {
			t.Fatal(err)
		}
		for _, o := range slices.Clone(d.orbits) {
			f := newFigure(d.c, o.ray, o.set)
			if f.dim == 0 {
				continue
			}
			want, err := f.allRays(t.Context(), 1)
			if err != nil {
				t.Fatal(err)
			}
			f.leg = effort{1, 1}
			got, err := f.allRays(t.Context(), 1)
			if err != nil || !sameRays(len(f.rows), got, want) {
				t.Fatalf("%v of %v: %v, error %v, want %v", o.set, s.rows, got, err, want)
			}
			if got.effort < want.effort || got.effort == want.effort && k%6 == 0 {
				t.Errorf("%v of %v: effort %d, and %d at once", o.set, s.rows, got.effort, want.effort)
			}
			orders[f.group.order().Cmp(big.NewInt(fewSymmetries)) < 0]++
			for n := 0; k < 8; n += 1 + n/8 {
				got, err := f.allRays(&patient{t.Context(), n}, 1)
				if err == nil && !sameRays(len(f.rows), got, want) {
					t.Fatalf("%v of %v, asked %d times: %v, want %v", o.set, s.rows, n, got, want)
				}
				if err == nil {
					break
				}
			}
		}
	}
	if orders[true] < 10 || orders[false] < 10 {
		t.Errorf("figures with few symmetries, and many: %v", orders)
	}
}

// sameRays compares lists of a figure of so many rows, up to order.
func sameRays(rows int, a, b *rayList) bool {
	if a == nil || b == nil || len(a.sets) != len(b.sets) || a.dimension != b.dimension || a.shown != b.shown {
		return false
	}
	index := newIndex(rows)
	for _, s := range a.sets {
		index.add(s)
	}
	return !slices.ContainsFunc(b.sets, func(s bitset.Set) bool { _, there := index.find(s); return !there })
}

// The group has as many elements as there are permutations of the rows that a linear map
// makes.
func TestGroupAgainstAllPermutations(t *testing.T) {
	r := rand.New(rand.NewPCG(15, 6))
	for range 400 {
		p := symmetric(r)
		s := newSystem(p)
		n := len(s.rows)
		if n == 0 || n > 7 {
			continue
		}
		if err := s.findGroup(t.Context()); err != nil {
			t.Fatal(err)
		}
		maps, err := newLinearMaps(&s.core)
		if err != nil {
			t.Fatal(err)
		}
		count := int64(0)
		var try func(to permutation)
		try = func(to permutation) {
			if len(to) < n {
				for i := range int32(n) {
					if !slices.Contains(to, i) && s.colours[i] == s.colours[len(to)] {
						try(append(to, i))
					}
				}
				return
			}
			if maps.make(to) {
				count++
				if !s.group.contains(to) {
					t.Fatalf("%v: %v is not in the group", p, to)
				}
			} else if s.group.contains(to) {
				t.Fatalf("%v: %v is in the group", p, to)
			}
		}
		try(nil)
		if s.group.order().Cmp(big.NewInt(count)) != 0 {
			t.Fatalf("%v: order %v, want %d", p, s.group.order(), count)
		}
	}
}

// The canonical image of a set is one of its images, and that of each of these too.
func TestCanonicalImages(t *testing.T) {
	r := rand.New(rand.NewPCG(15, 7))
	for range 200 {
		s := newSystem(symmetric(r))
		if err := s.findGroup(t.Context()); err != nil {
			t.Fatal(err)
		}
		set := bitset.New(len(s.rows))
		for i := range s.rows {
			if r.IntN(2) == 0 {
				set.Add(i)
			}
		}
		images, err := spread(t.Context(), len(s.rows), []bitset.Set{set}, s.group.generators)
		if err != nil {
			t.Fatal(err)
		}
		want, err := s.canonical(t.Context(), set)
		if err != nil {
			t.Fatal(err)
		}
		found := false
		for _, image := range images {
			got, err := s.canonical(t.Context(), image)
			if err != nil {
				t.Fatal(err)
			}
			if !equal(got, want) {
				t.Fatalf("%v and %v of one orbit", got, want)
			}
			found = found || equal(image, want)
		}
		if !found {
			t.Fatal("the canonical image is none of the images")
		}
	}
}

// Rows of which two look like one of the pattern, and none like another, are not matched, also
// where every row of the pattern has a cell of its own from the start.
func TestCellsAreCounted(t *testing.T) {
	s := newSystem(polyhedron(cone.HRepresentation, [][]int64{{0, 1, 0, 0}, {0, 0, 1, 0}, {0, 0, 0, 1}}, 0))
	m := newProducts(s.rows, s.weights, s.dim)
	empty := bitset.New(len(s.rows))
	yes := func(permutation) bool { return true }
	p := newPattern(m, []int32{0, 1, 2, 3}[:len(s.rows)], empty)
	if len(p.levels) != 0 || p.to(t.Context(), []int32{1, 0, 2, 3}[:len(s.rows)], empty, yes) == nil {
		t.Fatalf("%d levels, or rows in another order are not matched", len(p.levels))
	}
	if to := p.to(t.Context(), []int32{0, 0, 2, 3}[:len(s.rows)], empty, yes); to != nil {
		t.Errorf("two rows of one colour are matched with one: %v", to)
	}
}

// One row that is zero at all rays not treated ends a decomposition, unless it is zero
// throughout.
func TestOpenRaysOnOneRow(t *testing.T) {
	set := func(members ...int) bitset.Set {
		s := bitset.New(3)
		for _, i := range members {
			s.Add(i)
		}
		return s
	}
	for _, c := range []struct {
		treated, open []bitset.Set
		want          bool
	}{
		{[]bitset.Set{set(1)}, []bitset.Set{set(0, 1), set(0, 2)}, true},
		{[]bitset.Set{set(0, 1)}, []bitset.Set{set(0, 1), set(0, 2)}, false}, // nowhere known to be positive
		{[]bitset.Set{set(0, 1), set(1, 2)}, []bitset.Set{set(0, 1), set(0, 2)}, true},
		{[]bitset.Set{set()}, []bitset.Set{set(0), set(1)}, false}, // no such row
	} {
		d := &decomposition{c: &core{rows: make([]cone.Vector, 3), group: &chain{n: 3}}}
		var open []*orbit
		for _, s := range c.treated {
			d.orbits = append(d.orbits, &orbit{set: s, treated: true})
		}
		for _, s := range c.open {
			open = append(open, &orbit{set: s})
		}
		if d.orbits = append(d.orbits, open...); d.onOneRow(open) != c.want {
			t.Errorf("treated %v, open %v: %v", c.treated, c.open, !c.want)
		}
	}
}

// Where no prime will do, as all divide a weight, no symmetry is found, and each ray is an
// orbit of its own.
func TestNoPrimeWillDo(t *testing.T) {
	weight := rational.NewInt(1)
	for _, p := range primes {
		weight = weight.Mul(rational.NewInt(int64(p)))
	}
	p := polyhedron(cone.VRepresentation, [][]int64{{1, 0, 0}, {1, 1, 0}, {1, 0, 1}, {1, 1, 1}}, 0)
	p.Rows = append(p.Rows, cone.Row{Vector: cone.Sparse(rational.Vector{weight, rational.NewInt(-1), rational.NewInt(-1)})})
	c, err := doubledesc.Convert(t.Context(), p, doubledesc.Options{})
	if err != nil {
		t.Fatal(err)
	}
	got, err := Rays(t.Context(), p, Options{way: onlyDecomposition})
	if err != nil {
		t.Fatal(err)
	}
	if compare(t, p, got, c); got.Order.Int64() != 1 {
		t.Errorf("a group of order %v", got.Order)
	}
}

// Among many letters that may all be exchanged a canonical image is found without listing
// the images.
func TestCanonicalImageOfALargeGroup(t *testing.T) {
	var rows [][]int64
	const n = 40
	for i := range n {
		row := make([]int64, n+1)
		row[i+1] = 1
		rows = append(rows, row)
	}
	s := newSystem(polyhedron(cone.HRepresentation, rows, 0))
	if err := s.findGroup(t.Context()); err != nil {
		t.Fatal(err)
	}
	if want := new(big.Int).MulRange(1, n); s.group.order().Cmp(want) != 0 {
		t.Fatalf("order %v, want %v", s.group.order(), want)
	}
	set, other := bitset.New(n+1), bitset.New(n+1)
	for i := range n / 2 {
		set.Add(1 + i)
		other.Add(n - i)
	}
	a, err := s.canonical(t.Context(), set)
	if err != nil {
		t.Fatal(err)
	}
	b, err := s.canonical(t.Context(), other)
	if err != nil || !equal(a, b) {
		t.Errorf("%v and %v, %v", a, b, err)
	}
}

// lengths of tests: with LONG seconds, with LONG=all minutes.
const (
	short = iota
	long
	veryLong
)

// literature are the orbits that others have published, and the orders of the groups: of
// the cuts and metrics Deza and Laurent 1997 and Deza, Fukuda, Pasechnik and Sato 2001, of
// Bell inequalities Collins and Gisin 2004, of the linear orderings Christof and Reinelt
// 1996.
var literature = []struct {
	file                string
	order, orbits, rays int64
	length              int
}{
	{"cube08.ine", 10321920, 1, 256, short},
	{"cross08.ine", 10321920, 1, 16, short},
	{"cut6.ext", 23040, 3, 368, short},
	{"metricpolytope6.ine", 23040, 3, 544, short},
	{"bell33-22.ext", 4608, 3, 684, short},
	{"orders5.ext", 1440, 1, 40, short},
	{"birkhoff4.ine", 1152, 1, 24, short},
	{"orders6.ext", 10080, 2, 910, long},
	{"bell43-22.ext", 18432, 6, 12480, long},
	{"cut7.ext", 322560, 11, 116764, long},
	{"metricpolytope7.ine", 322560, 13, 275840, long},
	{"orders7.ext", 80640, 6, 87472, veryLong}, // 27 orbits if things are permuted only
}

// With FAMILIES, the folder that bench/families has filled, the orbits are those of the
// literature; with LONG those that take seconds, too, and with LONG=all one of some minutes.
func TestLiterature(t *testing.T) {
	folder := os.Getenv("FAMILIES")
	if folder == "" {
		t.Skip("set FAMILIES to the folder that bench/families has filled")
	}
	most := short
	if value := os.Getenv("LONG"); value == "all" {
		most = veryLong
	} else if value != "" {
		most = long
	}
	for _, c := range literature {
		if c.length > most {
			continue
		}
		t.Run(c.file, func(t *testing.T) {
			f, err := ine.Open(folder + "/" + c.file)
			if err != nil {
				t.Fatal(err)
			}
			r, err := Rays(t.Context(), &f.Polyhedron, Options{})
			if err != nil {
				t.Fatal(err)
			}
			rays := new(big.Int)
			for _, o := range r.Orbits {
				rays.Add(rays, o.Size)
			}
			if got := fmt.Sprint(r.Order, len(r.Orbits), rays, r.Complete); got != fmt.Sprint(c.order, c.orbits, c.rays, true) {
				t.Errorf("%s: order, orbits, rays, complete %s, want %v", c.file, got, c)
			}
		})
	}
}

// The square of side 2: one orbit of four vertices under eight symmetries.
func TestSquare(t *testing.T) {
	p := polyhedron(cone.HRepresentation, [][]int64{{1, 1, 0}, {1, -1, 0}, {1, 0, 1}, {1, 0, -1}}, 0)
	r, err := Rays(t.Context(), p, Options{})
	if err != nil {
		t.Fatal(err)
	}
	if r.Order.Int64() != 8 || len(r.Orbits) != 1 || r.Orbits[0].Size.Int64() != 4 || !r.Complete {
		t.Errorf("%v", r)
	}
}

// Vertices are divided by their first coordinate, also where that of a primitive vector is not 1.
func TestSquareOfHalves(t *testing.T) {
	p := polyhedron(cone.VRepresentation, [][]int64{{1, 0, 0}, {2, 1, 0}, {6, 0, 3}, {4, 2, 2}}, 0)
	r, err := Rays(t.Context(), p, Options{})
	if err != nil {
		t.Fatal(err)
	}
	if r.Order.Int64() != 8 || len(r.Orbits) != 1 || r.Orbits[0].Size.Int64() != 4 || !r.Complete {
		t.Errorf("%v", r)
	}
	c, err := doubledesc.Convert(t.Context(), p, doubledesc.Options{})
	if err != nil {
		t.Fatal(err)
	}
	compare(t, p, r, c)
}

// The cube in thirty dimensions has 2^30 vertices, which are one orbit: neither way of the first
// conversion, which is tried before symmetries are used, goes through them.
func TestCubeOfManyDimensions(t *testing.T) {
	const n = 30
	var rows [][]int64
	for i := range n {
		for _, x := range []int64{-1, 1} {
			row := make([]int64, 1+n)
			row[0], row[1+i] = 1, x
			rows = append(rows, row)
		}
	}
	r, err := Rays(t.Context(), polyhedron(cone.HRepresentation, rows, 0), Options{})
	if err != nil {
		t.Fatal(err)
	}
	if len(r.Orbits) != 1 || r.Orbits[0].Size.Int64() != 1<<n || !r.Complete {
		t.Errorf("orbits %v, complete %v", r.Orbits, r.Complete)
	}
}

// The orders of six things have the 70 facets of three of them, and 840 others. (There are five
// classes under the symmetries that permute things or reverse orders; Bolotashvili, Kovalev
// and Girlich 1999 found those that mix them.)
func TestOrdersOfSixThings(t *testing.T) {
	var rows [][]int64
	var place func(order []int)
	place = func(order []int) {
		if len(order) < 6 {
			for k := range 6 {
				if !slices.Contains(order, k) {
					place(append(order[:len(order):len(order)], k))
				}
			}
			return
		}
		row := []int64{1}
		for j := range 6 {
			for i := range j {
				x := int64(0)
				if order[i] < order[j] {
					x = 1
				}
				row = append(row, x)
			}
		}
		rows = append(rows, row)
	}
	place(nil)
	r, err := Rays(t.Context(), polyhedron(cone.VRepresentation, rows, 0), Options{Workers: 2})
	if err != nil {
		t.Fatal(err)
	}
	if r.Order.Int64() != 10080 || len(r.Orbits) != 2 || r.Orbits[0].Size.Int64()+r.Orbits[1].Size.Int64() != 910 || !r.Complete {
		t.Errorf("order %v, orbits %v, complete %v", r.Order, r.Orbits, r.Complete)
	}
}

// Work that was kept is not done again, in any order, and work that is done elsewhere is
// waited for; the result is the same.
func TestWorkIsKept(t *testing.T) {
	rows := [][]int64{}
	for mask := range 32 { // the cuts of six points
		row := []int64{1}
		for j := range 6 {
			for i := range j {
				row = append(row, int64((mask>>i^mask>>j)&1))
			}
		}
		rows = append(rows, row)
	}
	p := polyhedron(cone.VRepresentation, rows, 0)
	want, err := Rays(t.Context(), p, Options{})
	if err != nil {
		t.Fatal(err)
	}
	kept := map[string][]byte{}
	var lock sync.Mutex
	done, asked := 0, 0
	do := func(ctx context.Context, name string, work func(context.Context) ([]byte, error)) ([]byte, error) {
		lock.Lock()
		asked++
		first := asked == 1
		data := kept[name]
		lock.Unlock()
		if first {
			return nil, ErrElsewhere
		}
		if data != nil {
			return data, nil
		}
		data, err := work(ctx)
		lock.Lock()
		defer lock.Unlock()
		kept[name] = data
		done++
		return data, err
	}
	for k := range 3 {
		got, err := Rays(t.Context(), p, Options{Do: do, Workers: 1 + k, way: onlyDecomposition})
		if err != nil {
			t.Fatal(err)
		}
		if len(got.Orbits) != len(want.Orbits) {
			t.Fatalf("%d orbits, want %d", len(got.Orbits), len(want.Orbits))
		}
		for i, o := range got.Orbits {
			if !o.Ray.Equal(want.Orbits[i].Ray) || o.Size.Cmp(want.Orbits[i].Size) != 0 {
				t.Errorf("orbit %d: %v, want %v", i, o, want.Orbits[i])
			}
		}
	}
	if done > len(want.Orbits)+1 {
		t.Errorf("%d pieces of work for %d orbits", done, len(want.Orbits))
	}
	// All rays in one piece are a piece of work, too, that is done once.
	for range 2 {
		got, err := Rays(t.Context(), p, Options{Do: do})
		if err != nil || !got.Whole || !slices.EqualFunc(got.Orbits, want.Orbits, equalOrbits) {
			t.Fatalf("orbits %v, error %v, want %v", got.Orbits, err, want.Orbits)
		}
	}
	fault := errors.New("the disk is full")
	_, err = Rays(t.Context(), p, Options{Workers: 2, Do: func(context.Context, string, func(context.Context) ([]byte, error)) ([]byte, error) {
		return nil, fault
	}})
	if !errors.Is(err, fault) {
		t.Errorf("error %v", err)
	}
	for _, bad := range []string{"{", "{}", `{"rows":33,"dimension":16}`, `{"rows":32,"dimension":16,"neighbours":[[32]]}`, `{"rows":32,"dimension":16,"neighbours":[[0,1]]}`,
		`{"rows":32,"dimension":16,"shown":true,"neighbours":[[0,1]]}`, `{"rows":32,"dimension":16,"shown":true,"left":true}`} {
		for _, way := range []way{onlyDecomposition, onlyWhole} {
			// A conversion that was left is tried again with more effort, for ever here.
			if way == onlyWhole && !strings.Contains(bad, `shown":true,"n`) {
				continue
			}
			_, err := Rays(t.Context(), p, Options{way: way, Do: func(context.Context, string, func(context.Context) ([]byte, error)) ([]byte, error) {
				return []byte(bad), nil
			}})
			if err == nil {
				t.Errorf("%s is accepted", bad)
			}
		}
	}
	ctx, cancel := context.WithCancelCause(t.Context())
	cancel(fault)
	if _, err := Rays(ctx, p, Options{}); !errors.Is(err, fault) {
		t.Errorf("ended: error %v", err)
	}
}
