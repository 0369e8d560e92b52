package complete

import (
	"context"
	"errors"
	"math/rand/v2"
	"slices"
	"testing"

	"pstar/cone"
	"pstar/internal/bitset"
	"pstar/internal/each"
	"pstar/rational"
)

// cube is the cone over the n-cube: its rows, and its rays in the order of the
// binary numbers.
func cube(n int) (*cone.H, *cone.V) {
	h, v := &cone.H{Dim: n + 1}, &cone.V{Dim: n + 1}
	one := rational.NewInt(1)
	for i := range n {
		h.Inequalities = append(h.Inequalities, cone.Unit(i+1, 1), cone.Combine(one, cone.Unit(0, 1), one, cone.Unit(i+1, -1)))
	}
	for mask := range 1 << n {
		dense := make(rational.Vector, n+1)
		dense[0] = one
		for i := range n {
			dense[i+1] = rational.NewInt(int64(mask >> i & 1))
		}
		v.Rays = append(v.Rays, cone.Sparse(dense))
	}
	return h, v
}

// check runs [Check] with a budget that nothing small exceeds.
func check(t *testing.T, h *cone.H, v *cone.V) (Result, error) {
	t.Helper()
	r, err := Check(context.Background(), h, v, 1<<40)
	if err == nil && !r.Proved {
		t.Fatalf("given up after work %d", r.Work)
	}
	return r, err
}

// Of the rays of a cube every subset but the whole is incomplete, and so is every subset
// of the rows of the polar, which is the cross-polytope; and of direct sums likewise.
func TestEverySubset(t *testing.T) {
	for _, cubes := range [][]int{{3}, {2, 2}, {1, 2}, {2, 1, 2}, {2, 0, 0}} {
		h, v := sumOfCubes(cubes...)
		everySubset(t, h, v)
		everySubset(t, v.Polar(), h.Polar())
	}
}

func everySubset(t *testing.T, h *cone.H, v *cone.V) {
	t.Helper()
	for mask := range 1 << len(v.Rays) {
		some := &cone.V{Dim: v.Dim}
		for i, r := range v.Rays {
			if mask>>i&1 == 1 {
				some.Rays = append(some.Rays, r)
			}
		}
		_, err := check(t, h, some)
		var wrong *Wrong
		if whole := len(some.Rays) == len(v.Rays); whole != (err == nil) || !whole && !errors.As(err, &wrong) {
			t.Fatalf("%d of %d rays: error %v", len(some.Rays), len(v.Rays), err)
		}
		if err := lookAtAll(h, some); err != nil && (err != errMissing || len(some.Rays) == len(v.Rays)) {
			t.Fatalf("%d of %d rays, looked at: error %v", len(some.Rays), len(v.Rays), err)
		}
	}
}

// lookAtAll opens the claims at all rays of a list, and of the polar cone. Of a wrong list such a claim may have no rays or
// no rows at all.
func lookAtAll(h *cone.H, v *cone.V) error {
	p := &prover{ctx: context.Background(), budget: 1 << 40, known: map[string]bool{}}
	on, err := p.incidences(h, v)
	if err != nil {
		return err
	}
	c := &table{dim: h.Dim, rows: len(h.Inequalities), on: on}
	for _, c := range []*table{c, c.turn()} {
		parts, err := p.open(c)
		if err != nil {
			return err
		}
		for _, part := range parts {
			s := &step{table: part, plan: &plan{row: -1}}
			for i := range part.on {
				s.plan.rays = append(s.plan.rays, int32(i))
			}
			if _, err := p.look(s); err != nil {
				return err
			}
		}
	}
	return nil
}

// sumOfCubes is the direct sum of the cones over cubes.
func sumOfCubes(dims ...int) (*cone.H, *cone.V) {
	h, v := &cone.H{}, &cone.V{}
	for _, n := range dims {
		rows, rays := cube(n)
		if n == 0 {
			rows.Inequalities = []cone.Vector{cone.Unit(0, 1)} // of a vertex there are no other rows
		}
		shift := func(vectors []cone.Vector) []cone.Vector {
			return each.Of(vectors, func(a cone.Vector) cone.Vector {
				return cone.MakeVector(each.Of(a, func(e cone.Entry) cone.Entry {
					return cone.Entry{Index: e.Index + h.Dim, Value: e.Value}
				})...)
			})
		}
		h.Inequalities = append(h.Inequalities, shift(rows.Inequalities)...)
		v.Rays = append(v.Rays, shift(rays.Rays)...)
		h.Dim += n + 1
	}
	v.Dim = h.Dim
	return h, v
}

// A simple cone takes a look-up for each edge off a row, not a search for each ray.
func TestSimpleConesAreCheap(t *testing.T) {
	for n := 4; n <= 12; n += 4 {
		h, v := cube(n)
		r, err := check(t, h, v)
		if limit := int64(5000 + 40*n<<n); err != nil || r.Work > limit {
			t.Errorf("cube %d: work %d, want at most %d; error %v", n, r.Work, limit, err)
		}
		if r, err = check(t, v.Polar(), h.Polar()); err != nil || r.Work > int64(5000+40*n<<n) {
			t.Errorf("cross-polytope %d: work %d, error %v", n, r.Work, err)
		}
	}
}

// Edges are looked up in parts where there are many; the answer is the same.
func TestEdgesInParts(t *testing.T) {
	h, v := cube(6)
	p := &prover{ctx: context.Background(), budget: 1 << 40}
	on, err := p.incidences(h, v)
	if err != nil {
		t.Fatal(err)
	}
	for _, passes := range []int{1, 2, 8} {
		for missing := -1; missing < 64; missing += 13 {
			rays := on
			if missing >= 0 {
				rays = append(append([]set(nil), on[:missing]...), on[missing+1:]...)
			}
			e := &ends{table: &table{dim: 7, rows: 12, on: rays}, row: 0, passes: passes}
			left := e.inPasses(t, p)
			if (left == errMissing) != (missing >= 0) {
				t.Errorf("%d passes, without ray %d: %v", passes, missing, left)
			}
		}
	}
}

// Neighbours of rays that are not simple are all known even where edges are looked up in parts, some of which have no
// edge that is left. The rays are those of a cube of which corners are cut off through their neighbours.
func TestNeighboursInParts(t *testing.T) {
	const dim = 12
	h, v := cube(dim)
	r := rand.New(rand.NewPCG(0, 7))
	gone := map[int]bool{}
	for range 10 {
		corner := r.IntN(1 << dim)
		gone[corner] = true
		dense := make(rational.Vector, dim+1)
		above := int64(-1)
		for i := range dim {
			if dense[i+1] = rational.NewInt(1); corner>>i&1 == 1 {
				dense[i+1], above = rational.NewInt(-1), above+1
			}
		}
		dense[0] = rational.NewInt(above)
		h.Inequalities = append(h.Inequalities, cone.Sparse(dense))
	}
	rays := v.Rays
	v.Rays = nil
	for mask, x := range rays {
		if !gone[mask] {
			v.Rays = append(v.Rays, x)
		}
	}
	for _, most := range []int{0, 1 << 7} {
		p := &prover{ctx: context.Background(), budget: 1 << 40, known: map[string]bool{}}
		p.ends.most = most
		if err := p.check(h, v); err != nil {
			t.Errorf("%d places at a time: %v", most, err)
		}
	}
}

// What look-ups tell of the neighbours of a ray that is not simple is what a search through all rays finds. Around rays on the
// row that is left out they tell nothing: such a ray may stand for an orbit and be looked at, and edges along the row are not looked up.
func TestNeighboursAreThoseOfASearch(t *testing.T) {
	const dim = 12 // in fewer sets of rows are not worth looking up
	h, v := cube(dim)
	// The first and the last corner are cut off through their neighbours.
	h.Inequalities = append(h.Inequalities, vectors(
		append([]int64{-1}, slices.Repeat([]int64{1}, dim)...), append([]int64{dim - 1}, slices.Repeat([]int64{-1}, dim)...))...)
	v.Rays = v.Rays[1 : len(v.Rays)-1]
	p := &prover{ctx: context.Background(), budget: 1 << 40, known: map[string]bool{}}
	on, err := p.incidences(h, v)
	if err != nil {
		t.Fatal(err)
	}
	looked := 0
	for row := range h.Inequalities {
		c := &table{dim: dim + 1, rows: len(h.Inequalities), on: on}
		if err := p.simpleRays(c, row); err != nil {
			t.Fatal(err)
		}
		around := p.ends.around()
		for i, s := range on {
			if c.simple(s) {
				continue
			}
			if _, known := around.find(i); known {
				looked++
			}
			got, err := p.at(c, i, around)
			if err != nil {
				t.Fatal(err)
			}
			want, err := p.at(c, i, nil)
			if err != nil {
				t.Fatal(err)
			}
			for _, list := range [][]set{got.on, want.on} {
				slices.SortFunc(list, func(a, b set) int { return slices.Compare(a, b) })
			}
			if !slices.EqualFunc(got.on, want.on, slices.Equal) {
				t.Errorf("row %d, ray %d: rays %v, want %v", row, i, got.on, want.on)
			}
		}
	}
	if looked < 20 {
		t.Errorf("only %d rays whose neighbours were looked up", looked)
	}
}

// A ray on all rows of a simple one, as there may be where others are missing, is not
// the other end of an edge of it.
func TestEndsAreOffTheRowLeftOut(t *testing.T) {
	on := bitset.Several(3, 4)
	for i, rows := range [][]int{{0, 1}, {0, 1, 2}, {1, 2, 3}} {
		for _, k := range rows {
			on[i].Add(k)
		}
	}
	e := &ends{table: &table{dim: 3, rows: 4, on: on}, row: 3}
	e.others, _ = newOthers(e.table, 0, 0)
	if !e.endsInRest(end{ray: 0, row: 1}) { // along row 1, to the third ray
		t.Error("an end is not found")
	}
	if e.endsInRest(end{ray: 0, row: 2}) { // along row 0, where only the second is
		t.Error("a ray on all rows of a simple one is taken for an end")
	}
}

// inPasses runs the look-up with a given number of passes.
func (e *ends) inPasses(t *testing.T, p *prover) error {
	t.Helper()
	e.hashes = make([]uint64, e.rows)
	for k := range e.hashes {
		e.hashes[k] = hash(uint64(k))
	}
	e.places = make([]end, 1024)
	for pass := range e.passes {
		clear(e.places)
		if !e.meet(uint64(pass)) {
			t.Fatal("no place")
		}
		if err := p.endsInOthers(e); err != nil {
			return err
		}
	}
	return nil
}

// The parts of a direct sum are found, and a ray that is missing from one of them is.
func TestDirectSums(t *testing.T) {
	h, v := sumOfCubes(3, 1, 2, 3)
	if _, err := check(t, h, v); err != nil {
		t.Error(err)
	}
	p := &prover{ctx: context.Background(), budget: 1 << 40}
	on, err := p.incidences(h, v)
	if err != nil {
		t.Fatal(err)
	}
	parts, err := p.parts(&table{dim: h.Dim, rows: len(h.Inequalities), on: on})
	if want := 1 + 2 + 1 + 1; err != nil || len(parts) != want { // the segment is a sum too
		t.Errorf("%d parts, want %d; error %v", len(parts), want, err)
	}
	for i := range v.Rays {
		less := &cone.V{Dim: v.Dim, Rays: append(append([]cone.Vector(nil), v.Rays[:i]...), v.Rays[i+1:]...)}
		if _, err := check(t, h, less); err == nil {
			t.Errorf("ray %d is not missed", i)
		}
	}
}

// Guesses that are no symmetries are found out, and orbits are those of the others.
func TestSymmetriesAreVerified(t *testing.T) {
	h, v := cube(3)
	p := &prover{ctx: context.Background(), budget: 1 << 40}
	on, err := p.incidences(h, v)
	if err != nil {
		t.Fatal(err)
	}
	c := &table{dim: 4, rows: 6, on: on, guesses: [][]int32{
		{2, 3, 0, 1, 4, 5}, // two coordinates exchanged
		{2, 1, 0, 3, 4, 5}, // the lower sides of two
		{1, 0, 2, 3, 4, 5}, // two opposite sides
	}}
	if err := p.findSymmetries(c, 1<<40); err != nil {
		t.Fatal(err)
	}
	if len(c.symmetries) != 2 {
		t.Fatalf("%d symmetries, want 2", len(c.symmetries))
	}
	orbits := map[int32]int{}
	for _, r := range c.representatives() {
		orbits[r]++
	}
	// The first two coordinates are one orbit then, for each value of the third.
	if len(orbits) != 2 {
		t.Errorf("orbits %v, want 2", orbits)
	}
	c.on[0].Remove(0) // no longer a symmetric table
	c.symmetries = nil
	if err := p.findSymmetries(c, 1<<40); err != nil || len(c.symmetries) != 0 {
		t.Errorf("%d symmetries of a table without any, error %v", len(c.symmetries), err)
	}
}

// The symmetries of a cube come from its coordinates.
func TestSymmetriesAreGuessed(t *testing.T) {
	h, _ := cube(5)
	p := &prover{ctx: context.Background(), budget: 1 << 40}
	guesses, err := p.guessSymmetries(h.Inequalities, nil, h.Dim)
	if err != nil || len(guesses) != 4 {
		t.Errorf("%d guesses, want 4; error %v", len(guesses), err)
	}
	h.Inequalities[3] = cone.Unit(2, 7) // up to a factor the same
	if guesses, err = p.guessSymmetries(h.Inequalities[:9], nil, h.Dim); err != nil || len(guesses) == 0 {
		t.Errorf("%d guesses, error %v", len(guesses), err)
	}
}

// The order of rows and rays says nothing about a claim, and is mostly forgotten.
func TestOrderedClaims(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	h, v := cube(4)
	keys := map[string]int{}
	for range 50 {
		shuffled := &cone.H{Dim: h.Dim}
		for _, k := range r.Perm(len(h.Inequalities)) {
			shuffled.Inequalities = append(shuffled.Inequalities, h.Inequalities[k])
		}
		mixed := &cone.V{Dim: v.Dim}
		for _, k := range r.Perm(len(v.Rays) - 1) { // without the last
			mixed.Rays = append(mixed.Rays, v.Rays[k])
		}
		p := &prover{ctx: context.Background(), budget: 1 << 40, known: map[string]bool{}}
		on, err := p.incidences(shuffled, mixed)
		if err != nil {
			t.Fatal(err)
		}
		ordered, err := p.ordered(&table{dim: 5, rows: 8, on: on})
		if err != nil {
			t.Fatal(err)
		}
		keys[ordered.key()]++
		if _, err := check(t, shuffled, mixed); err == nil {
			t.Fatal("a ray is not missed")
		}
	}
	// Of a cube less a vertex rows that look alike are alike, so that it does not matter which is taken.
	if len(keys) > 1 {
		t.Errorf("%d different claims of 50", len(keys))
	}
}

// The rays of a claim that look alike and are, without guesses: the vertices of a cube and its facets are one
// orbit each; of a cube less a vertex those next to it and those across are three.
func TestRaysAlike(t *testing.T) {
	h, v := cube(4)
	p := &prover{ctx: context.Background(), budget: 1 << 40}
	on, err := p.incidences(h, v)
	if err != nil {
		t.Fatal(err)
	}
	all := &table{dim: 5, rows: 8, on: on}
	for _, c := range []struct {
		of   *table
		want int
	}{{all, 1}, {all.turn(), 1}, {&table{dim: 5, rows: 8, on: on[1:]}, 4}} {
		var rays []int32
		for i := range c.of.on {
			rays = append(rays, int32(i))
		}
		if err := p.findAlike(c.of, rays); err != nil {
			t.Fatal(err)
		}
		found := map[int32]bool{}
		for _, r := range c.of.representatives() {
			found[r] = true
		}
		if len(found) != c.want {
			t.Errorf("%d orbits of %d rays, want %d", len(found), len(rays), c.want)
		}
	}
}

// Tables of which nothing is known, as those of wrong lists may be, are refused or proved,
// and end in no panic; a table with one ray fewer than its dimension, a ray on all rows or a row with all
// rays is never proved.
func TestAnyTable(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 8))
	proved := 0
	for range 20000 {
		rows, rays := 1+r.IntN(8), r.IntN(10)
		c := &table{dim: 1 + r.IntN(5), rows: rows, on: bitset.Several(rays, rows)}
		for _, s := range c.on {
			for k := range rows {
				if r.IntN(3) > 0 {
					s.Add(k)
				}
			}
		}
		perm := r.Perm(rows)
		guess := make([]int32, rows)
		for k, to := range perm {
			guess[k] = int32(to)
		}
		c.guesses = [][]int32{guess}
		p := &prover{ctx: context.Background(), budget: 1 << 40, known: map[string]bool{}}
		err := p.prove(c)
		if err != nil && err != errMissing {
			t.Fatal(err)
		}
		if err == nil {
			proved++
			for _, list := range [][]set{c.on, bitset.Transposed(c.on, rows)} {
				if slices.ContainsFunc(list, func(s set) bool { return s.Count() == rows+rays-len(list) }) {
					t.Fatalf("%d rays and %d rows, of which one is on all, are proved", rays, rows)
				}
			}
			if rays < c.dim || rows < c.dim {
				t.Fatalf("%d rays and %d rows in dimension %d are proved", rays, rows, c.dim)
			}
		}
	}
	if proved == 0 {
		t.Error("no table was proved")
	}
}

// A proof that has shown next to nothing ends with a quarter of a large budget, and not sooner.
func TestHopelessProofsEndEarly(t *testing.T) {
	for _, c := range []struct {
		work, budget int64
		done         uint64
		want         bool
	}{
		{26e6, 100e6, whole / 200, true}, {24e6, 100e6, whole / 200, false}, {26e6, 100e6, whole / 50, false},
		{5e6, 10e6, 0, false}, {7e6, 10e6, 0, true},
	} {
		if p := (&prover{work: c.work, budget: c.budget, done: c.done}); p.hopeless() != c.want {
			t.Errorf("%+v: not so", c)
		}
	}
}

// A proof takes the same work each time, and is given up if it may take less.
func TestWorkIsCounted(t *testing.T) {
	h, v := cube(5)
	h.Inequalities = append(h.Inequalities, cone.MakeVector(
		cone.Entry{Index: 0, Value: rational.NewInt(4)}, cone.Entry{Index: 1, Value: rational.NewInt(-1)},
		cone.Entry{Index: 2, Value: rational.NewInt(-1)}, cone.Entry{Index: 3, Value: rational.NewInt(-1)}))
	first, err := check(t, h, v)
	if err != nil {
		t.Fatal(err)
	}
	again, err := check(t, h, v)
	if err != nil || again != first {
		t.Errorf("%+v and %+v, error %v", first, again, err)
	}
	for _, budget := range []int64{0, first.Work / 2, first.Work - 1} {
		if r, err := Check(context.Background(), h, v, budget); r.Proved || err != nil {
			t.Errorf("budget %d: %+v, error %v", budget, r, err)
		}
	}
	ample := 8 * first.Work // with less it may look hopeless
	if r, err := Check(context.Background(), h, v, ample); r != first || err != nil {
		t.Errorf("budget %d: %+v, error %v; want %+v", ample, r, err, first)
	}
}

func TestDimensionsMustAgree(t *testing.T) {
	defer func() {
		if recover() == nil {
			t.Error("no panic")
		}
	}()
	Check(context.Background(), &cone.H{Dim: 1}, &cone.V{Dim: 2}, 0)
}

// Parts of more dimensions together than the space has are of no cone.
func TestPartsNeedRoom(t *testing.T) {
	h, v := cube(2)
	p := &prover{ctx: t.Context(), budget: 1 << 40}
	for space, want := range map[int]int{7: 4, 4: 1, 3: 0, 2: 0} {
		var parts []*table
		for range 2 {
			on, err := p.incidences(h, v)
			if err != nil {
				t.Fatal(err)
			}
			parts = append(parts, &table{rows: 4, on: on})
		}
		err := p.dimensions(parts, space)
		if want > 0 && (err != nil || parts[0].dim != want || parts[1].dim != 3) || want == 0 && err != errMissing {
			t.Errorf("space of dimension %d: %d and %d, error %v", space, parts[0].dim, parts[1].dim, err)
		}
	}
}

// So are those of fewer, and a square in one dimension is not proved for being small.
func TestSumsInTheWrongSpace(t *testing.T) {
	h, v := sumOfCubes(2, 2)
	for space := range 8 {
		p := &prover{ctx: t.Context(), budget: 1 << 40, known: map[string]bool{}}
		on, err := p.incidences(h, v)
		if err != nil {
			t.Fatal(err)
		}
		err = p.prove(&table{dim: space, rows: len(h.Inequalities), on: on})
		if space == h.Dim && err != nil || space != h.Dim && err != errMissing {
			t.Errorf("space of dimension %d: error %v", space, err)
		}
	}
}

// Of colours the one that fewest have is parted, and not more often than is allowed.
func TestFewRowsAreChosen(t *testing.T) {
	c := &colours{rows: []uint64{50, 50, 50, 90, 70, 70, 80, 80, 80}}
	if c.choose(); !slices.Equal(c.rows, []uint64{50, 50, 50, 90, 71, 70, 80, 80, 80}) {
		t.Errorf("colours %v", c.rows)
	}
	const n = 2 * mostChosen
	alike := &table{dim: n, rows: n, on: bitset.Several(n, n)}
	for i, s := range alike.on {
		s.Fill(n)
		s.Remove(i)
	}
	p := &prover{ctx: t.Context(), budget: 1 << 40}
	if err := p.label(alike, c, -1); err != nil || c.chosen != mostChosen {
		t.Errorf("%d rows are chosen, error %v", c.chosen, err)
	}
}
