package cone

import (
	"math/big"
	"math/rand/v2"
	"slices"
	"testing"

	"pstar/rational"
)

// randomVectors returns sparse vectors with small entries, a few of them beyond
// a machine word.
func randomVectors(rng *rand.Rand, count, dim int) []Vector {
	list := make([]Vector, count)
	for i := range list {
		dense := make(rational.Vector, dim)
		for j := range dense {
			if rng.IntN(2) == 0 {
				dense[j] = rational.NewInt(rng.Int64N(7) - 3)
			}
			if rng.IntN(40) == 0 {
				dense[j] = rational.NewInt(rng.Int64N(5) - 2).Mul(rational.NewInt(1 << 40).Pow(2))
			}
		}
		list[i] = Sparse(dense)
	}
	if count > 2 && rng.IntN(2) == 0 { // dependent rows
		list[0] = Combine(rational.NewInt(2), list[1], rational.NewInt(-3), list[2])
	}
	return list
}

func denseRows(vectors []Vector, dim int) []rational.Vector {
	rows := make([]rational.Vector, len(vectors))
	for i, v := range vectors {
		rows[i] = v.Dense(dim)
	}
	return rows
}

// Sparse operations against the dense ones.
func TestVectorAgainstDense(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 1))
	for range 2000 {
		dim := 1 + rng.IntN(30)
		pair := randomVectors(rng, 2, dim)
		v, w := pair[0], pair[1]
		dv, dw := v.Dense(dim), w.Dense(dim)
		a, b := rational.NewInt(rng.Int64N(9)-4), rational.NewInt(rng.Int64N(9)-4)
		if !v.Dot(w).Equal(dv.Dot(dw)) || v.Cmp(w) != slices.CompareFunc(dv, dw, rational.Int.Cmp) || v.Equal(w) != dv.Equal(dw) {
			t.Fatalf("%v and %v: dot %v, order %d", v, w, v.Dot(w), v.Cmp(w))
		}
		if sum := Combine(a, v, b, w); !sum.Equal(Sparse(rational.Combine(a, dv, b, dw))) {
			t.Fatalf("%v·(%v) + %v·(%v) = %v", a, v, b, w, sum)
		}
		if !v.Primitive().Equal(Sparse(dv.Primitive())) || !v.Neg().Equal(Sparse(dv.Neg())) {
			t.Fatalf("%v: primitive %v, negative %v", v, v.Primitive(), v.Neg())
		}
		if (v.Key() == w.Key()) != v.Equal(w) {
			t.Fatalf("keys of %v and %v", v, w)
		}
		for i := range dim {
			if !v.At(i).Equal(dv[i]) {
				t.Fatalf("entry %d of %v", i, v)
			}
		}
		to := rng.Perm(dim)
		moved := v.Permute(to)
		for i := range dim {
			if !moved.At(to[i]).Equal(dv[i]) {
				t.Fatalf("%v permuted by %v is %v", v, to, moved)
			}
		}
	}
}

// Rank, null space and canonical form against dense fraction-free elimination.
func TestRankAndNullSpaceAgainstDense(t *testing.T) {
	rng := rand.New(rand.NewPCG(2, 2))
	for range 1000 {
		dim, count := 1+rng.IntN(8), rng.IntN(9)
		rows := randomVectors(rng, count, dim)
		matrix := rational.NewMatrix(denseRows(rows, dim), dim)
		want := matrix.Rank()
		if got := Rank(rows, dim); got != want {
			t.Fatalf("rank %d, want %d: %v", got, want, rows)
		}
		if got := ModularRank(rows, dim); got > want {
			t.Fatalf("modular rank %d above the rank %d: %v", got, want, rows)
		}
		for r := 0; r <= dim; r++ {
			if r >= want && HasRank(rows, dim, r) != (r == want) {
				t.Fatalf("HasRank %d with rank %d: %v", r, want, rows)
			}
		}
		null, wantNull := NullSpace(rows, dim), matrix.NullSpace()
		if len(null) != len(wantNull) {
			t.Fatalf("null space of dimension %d, want %d", len(null), len(wantNull))
		}
		for i := range null {
			if !null[i].Equal(Sparse(wantNull[i])) {
				t.Fatalf("null space %v, want %v", null, wantNull)
			}
		}
	}
}

// A prime can hide a rank: the exact rank decides then.
func TestRankThatThePrimeHides(t *testing.T) {
	rows := []Vector{Unit(0, prime), Unit(1, 1)}
	if ModularRank(rows, 2) != 1 || Rank(rows, 2) != 2 || !HasRank(rows, 2, 2) {
		t.Errorf("modular rank %d, rank %d", ModularRank(rows, 2), Rank(rows, 2))
	}
}

func TestEqualIsEqualityOfSets(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 3))
	one, two := rational.NewInt(1), rational.NewInt(2)
	for range 300 {
		dim := 3 + rng.IntN(4)
		v := &V{Dim: dim, Lines: randomVectors(rng, 1+rng.IntN(2), dim), Rays: randomVectors(rng, 3, dim)}
		w := &V{Dim: dim}
		for _, i := range rng.Perm(len(v.Rays)) { // scaled, moved along lines, shuffled
			w.Rays = append(w.Rays, Combine(two, v.Rays[i], rational.NewInt(rng.Int64N(5)-2), v.Lines[0]))
		}
		w.Lines = append(w.Lines, v.Lines[0].Neg())
		if len(v.Lines) > 1 {
			w.Lines = append(w.Lines, Combine(one, v.Lines[0], two, v.Lines[1]))
		}
		if !Equal(v, w) {
			t.Fatalf("%v and %v are the same cone", v, w)
		}
		if canonical := v.Canonical(); len(canonical.Rays) > 0 {
			other := &V{Dim: dim, Lines: v.Lines, Rays: canonical.Rays[1:]}
			if Equal(v, other) {
				t.Fatalf("%v without a ray is another cone", v)
			}
			turned := &V{Dim: dim, Lines: v.Lines, Rays: append([]Vector{canonical.Rays[0].Neg()}, canonical.Rays[1:]...)}
			if len(canonical.Rays) == 1 && Equal(v, turned) {
				t.Fatalf("%v with a ray turned round is another cone", v)
			}
		}
	}
}

func TestExtremeRaysOfASquareCone(t *testing.T) {
	h := &H{Dim: 3} // x_0 >= |x_1|, x_0 >= |x_2|
	for _, sign := range []int64{1, -1} {
		for c := 1; c <= 2; c++ {
			h.Inequalities = append(h.Inequalities, Vector{{0, rational.NewInt(1)}, {c, rational.NewInt(sign)}})
		}
	}
	rank := Rank(h.Rows(), 3)
	for _, c := range []struct {
		x    rational.Vector
		want bool
	}{
		{rational.NewVector(1, 1, 1), true},
		{rational.NewVector(2, -2, 2), true},
		{rational.NewVector(1, 1, 0), false}, // on a facet
		{rational.NewVector(1, 0, 0), false}, // inside
		{rational.NewVector(1, 2, 0), false}, // outside
		{rational.NewVector(0, 0, 0), false},
	} {
		if got := h.IsExtreme(Sparse(c.x), rank); got != c.want {
			t.Errorf("%v is extreme: %v", c.x, got)
		}
	}
	if tight := h.Tight(Sparse(rational.NewVector(1, 1, 1))); len(tight) != 2 || tight[0] != 2 || tight[1] != 3 {
		t.Errorf("tight rows %v", tight)
	}
	h.Equations = []Vector{Unit(2, 1)}
	if h.Contains(Sparse(rational.NewVector(1, 1, 1))) {
		t.Error("a point off an equation is contained")
	}
}

func TestValidateNamesTheVector(t *testing.T) {
	one := rational.NewInt(1)
	for _, bad := range []Vector{{{2, one}}, {{-1, one}}, {{1, one}, {0, one}}, {{0, one}, {0, one}}, {{0, rational.Int{}}}} {
		if (&H{Dim: 2, Inequalities: []Vector{bad}}).Validate() == nil || (&V{Dim: 2, Lines: []Vector{bad}}).Validate() == nil {
			t.Errorf("%v is accepted", bad)
		}
	}
	if (&H{Dim: -1}).Validate() == nil {
		t.Error("a negative dimension is accepted")
	}
}

// pairSymmetry permutes n letters acting on n key coordinates and on one
// coordinate for each pair of letters.
func pairSymmetry(n int) *Symmetry {
	place := map[[2]int]int{}
	for i := range n {
		for j := i + 1; j < n; j++ {
			place[[2]int{i, j}] = n + len(place)
		}
	}
	chain := Chain{Keys: identity(n)}
	for s := range n - 1 {
		letter := identity(n)
		letter[s], letter[s+1] = s+1, s
		swap := identity(n + len(place))
		for i := range n {
			swap[i] = letter[i]
			for j := i + 1; j < n; j++ {
				a, b := letter[i], letter[j]
				swap[place[[2]int{i, j}]] = place[[2]int{min(a, b), max(a, b)}]
			}
		}
		chain.Swaps = append(chain.Swaps, swap)
	}
	return &Symmetry{Dim: n + len(place), Chains: []Chain{chain}}
}

func TestOrbitsAgainstAllPermutations(t *testing.T) {
	rng := rand.New(rand.NewPCG(4, 4))
	for range 200 {
		n := 2 + rng.IntN(3)
		s := pairSymmetry(n)
		if err := s.Validate(); err != nil {
			t.Fatal(err)
		}
		dense := make(rational.Vector, s.Dim)
		for i := range dense {
			dense[i] = rational.NewInt(rng.Int64N(3))
		}
		v := Sparse(dense)
		orbit := s.Orbit(v)
		if size := s.OrbitSize(v); size.Cmp(big.NewInt(int64(len(orbit)))) != 0 {
			t.Fatalf("orbit of %v has %d members, OrbitSize says %v", v, len(orbit), size)
		}
		domain := H{Dim: s.Dim, Inequalities: s.DomainRows()}
		var inside []Vector // of the orbit, sorted as it is
		for _, w := range orbit {
			if domain.Contains(w) {
				inside = append(inside, w)
			}
		}
		for _, w := range orbit {
			images := s.ImagesInDomain(w)
			slices.SortFunc(images, Vector.Cmp)
			if !slices.EqualFunc(images, inside, Vector.Equal) {
				t.Fatalf("%v has the images %v in the domain, its orbit %v", w, images, inside)
			}
		}
	}
}

// What ImpliedInDomain affirms holds: a - b is nonnegative on the generators of
// the domain. What it denies is violated by one of them.
func TestImpliedInDomainAgainstGenerators(t *testing.T) {
	rng := rand.New(rand.NewPCG(5, 5))
	n := 4
	s := pairSymmetry(n)
	var generators []Vector // of the domain: prefixes, their total line, and all other coordinates as lines
	for i := 1; i <= n; i++ {
		var prefix Vector
		for j := range i {
			prefix = append(prefix, Entry{j, rational.NewInt(1)})
		}
		generators = append(generators, prefix)
	}
	generators = append(generators, generators[n-1].Neg())
	for c := n; c < s.Dim; c++ {
		generators = append(generators, Unit(c, 1), Unit(c, -1))
	}
	answers := map[bool]int{}
	for range 3000 {
		var entries []Entry
		for range 1 + rng.IntN(3) {
			entries = append(entries, Entry{rng.IntN(n), rational.NewInt(rng.Int64N(5) - 2)})
		}
		if rng.IntN(8) == 0 {
			entries = append(entries, Entry{n + rng.IntN(s.Dim-n), rational.NewInt(1)})
		}
		b := randomVectors(rng, 1, s.Dim)[0]
		a := Combine(rational.NewInt(1), b, rational.NewInt(1), MakeVector(entries...))
		want := true
		for _, g := range generators {
			want = want && a.Dot(g).Cmp(b.Dot(g)) >= 0
		}
		if got := s.ImpliedInDomain(a, b); got != want {
			t.Fatalf("%v from %v: %v, want %v", a, b, got, want)
		}
		answers[want]++
	}
	if answers[true] < 100 || answers[false] < 100 {
		t.Errorf("answers %v: too few of one kind", answers)
	}
}

func TestSymmetryRejectsWhatIsNone(t *testing.T) {
	good := pairSymmetry(3)
	for name, spoil := range map[string]func(s *Symmetry){
		"swap missing":     func(s *Symmetry) { s.Chains[0].Swaps = s.Chains[0].Swaps[1:] },
		"no involution":    func(s *Symmetry) { s.Chains[0].Swaps[0] = []int{1, 2, 0, 3, 4, 5} },
		"wrong length":     func(s *Symmetry) { s.Chains[0].Swaps[0] = []int{1, 0} },
		"out of range":     func(s *Symmetry) { s.Chains[0].Swaps[0] = []int{1, 0, 2, 3, 4, 9} },
		"keys not swapped": func(s *Symmetry) { s.Chains[0].Swaps[0] = identity(6) },
		"another key":      func(s *Symmetry) { s.Chains[0].Keys = []int{0, 1, 3} },
	} {
		s := pairSymmetry(3)
		spoil(s)
		if s.Validate() == nil {
			t.Errorf("%s is accepted", name)
		}
	}
	h := &H{Dim: 6, Inequalities: []Vector{Unit(3, 1), Unit(4, 1), Unit(5, 1)}}
	if row, ok, _ := good.Preserves(t.Context(), h); !ok {
		t.Errorf("row %v has no image", row)
	}
	h.Inequalities = h.Inequalities[:2]
	if _, ok, _ := good.Preserves(t.Context(), h); ok {
		t.Error("a list that is not invariant is accepted")
	}
}

// identity is the permutation that moves nothing.
func identity(dim int) []int {
	p := make([]int, dim)
	for i := range p {
		p[i] = i
	}
	return p
}

// Many vectors are sorted as few are, also where they are long or agree in most coordinates.
func TestSortOfManyVectors(t *testing.T) {
	rng := rand.New(rand.NewPCG(62, 1))
	for range 300 {
		dim := 1 + rng.IntN(30)
		list := randomVectors(rng, 40+rng.IntN(60), dim)
		for i := range list {
			v := list[i].Dense(dim)
			switch rng.IntN(4) {
			case 0:
				v[rng.IntN(dim)] = rational.NewInt(rng.Int64() - 1<<62)
			case 1:
				copy(v, list[0].Dense(dim)[:rng.IntN(dim)])
			case 2:
				v[rng.IntN(dim)] = rational.NewInt(rng.Int64N(4) - 2 + 1<<31 - 1<<32*rng.Int64N(2))
			}
			list[i] = Sparse(v)
		}
		want := slices.Clone(list)
		slices.SortStableFunc(want, Vector.Cmp)
		Sort(list)
		for i := range list {
			if !list[i].Equal(want[i]) {
				t.Fatalf("place %d: %v, want %v", i, list[i], want[i])
			}
		}
	}
}
