package doubledesc

import (
	"errors"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"pstar/cone"
	"pstar/doubledesc/internal/program"
	"pstar/doubledesc/redundancy"
	"pstar/lp"
	"pstar/rational"
)

// The tests of this file look for ranks and adjacency measured in the whole space where
// equations or lines leave a part of it, in what is built on conversions.

// inHalfspace is the cone one dimension up of a polyhedron: coordinate 0 is not negative.
func inHalfspace(h *cone.H) *cone.H {
	return &cone.H{Dim: h.Dim, Equations: h.Equations, Inequalities: append(h.Inequalities[:len(h.Inequalities):len(h.Inequalities)], cone.Unit(0, 1))}
}

// Rows of polyhedra with equations and lines: what is kept is the same polyhedron as
// linear programs see it, which know nothing of ranks, and none of it can be left out.
func TestRedundantWithEquations(t *testing.T) {
	r := rand.New(rand.NewPCG(21, 8))
	removed, kept := 0, 0
	for i := range 150 {
		f := cone.PolyhedronByRows(coneShapes[i%2*3].make(r)) // sparse ones and those with lines
		n := len(f.Rows)
		for range 4 { // sums of rows, and rows that are there
			a, b := f.Rows[r.IntN(n)], f.Rows[r.IntN(n)]
			sum := cone.Combine(rational.NewInt(1), a.Vector, rational.NewInt(r.Int64N(3)), b.Vector)
			f.Rows = append(f.Rows, cone.Row{Vector: sum})
		}
		result := redundancyOf(t, f)
		whole := inHalfspace(f.H())
		rest := result.Kept()
		for k, reason := range result.Rows {
			without := inHalfspace(rest.H())
			if reason.Witness == nil {
				removed++
				if !follows(t, without, f.Rows[k]) {
					t.Fatalf("%srow %d is left out and does not follow", text(t, f), k+1)
				}
				continue
			}
			kept++
		}
		for k := range rest.Rows {
			less := *rest
			less.Rows = append(append([]cone.Row(nil), rest.Rows[:k]...), rest.Rows[k+1:]...)
			if follows(t, inHalfspace(less.H()), rest.Rows[k]) && !emptyCone(t, whole) {
				t.Fatalf("%skept is\n%srow %d of it follows from the others", text(t, f), text(t, rest), k+1)
			}
		}
	}
	if removed < 300 || kept < 300 {
		t.Errorf("%d rows removed, %d kept", removed, kept)
	}
}

// follows reports by linear programs whether a row holds on all points (1, x) of a cone.
func follows(t *testing.T, h *cone.H, row cone.Row) bool {
	t.Helper()
	sides := []cone.Vector{row.Vector}
	if row.Linear {
		sides = append(sides, row.Vector.Neg())
	}
	for _, side := range sides {
		if r := least(t, h, side); r.Verdict == lp.Unbounded || r.Verdict == lp.Optimal && r.Value.Sign() < 0 {
			return false
		}
	}
	return true
}

func emptyCone(t *testing.T, h *cone.H) bool {
	return least(t, h, nil).Verdict == lp.Infeasible
}

// least minimises over the points (1, x) of a cone.
func least(t *testing.T, h *cone.H, goal cone.Vector) *lp.Result {
	t.Helper()
	p := &lp.Problem{}
	one := lp.At(rational.NewRat(1, 1))
	for i := range h.Dim {
		v := lp.Variable{Cost: rational.RatFromInt(goal.At(i))}
		if i == 0 {
			v.Lower, v.Upper = one, one
		}
		p.AddVariable(v)
	}
	zero := lp.At(rational.Rat{})
	for _, a := range h.Inequalities {
		p.AddRow(lp.Row{Terms: program.Terms(a), Lower: zero})
	}
	for _, a := range h.Equations {
		p.AddRow(lp.Row{Terms: program.Terms(a), Lower: zero, Upper: zero})
	}
	result, err := lp.Solve(t.Context(), p, lp.Options{})
	if err == nil {
		err = p.Verify(result)
	}
	if err != nil {
		t.Fatal(err)
	}
	return result
}

// Generators with lines: what is kept spans the same polyhedron, and nothing less does.
func TestRedundantGeneratorsWithLines(t *testing.T) {
	r := rand.New(rand.NewPCG(22, 8))
	for i := range 80 {
		v := rays(t, inHalfspace(coneShapes[i%2*3].make(r)), Options{})
		f := cone.PolyhedronByGenerators(v)
		n := len(f.Rows)
		if n < 2 {
			continue
		}
		for range 4 {
			a, b := f.Rows[r.IntN(n)], f.Rows[r.IntN(n)]
			if !a.Linear && !b.Linear {
				f.Rows = append(f.Rows, cone.Row{Vector: cone.Combine(rational.NewInt(1), a.Vector, rational.NewInt(1+r.Int64N(3)), b.Vector)})
			}
		}
		result := redundancyOf(t, f)
		if want, got := text(t, converted(t, f, Options{}).Out), text(t, converted(t, result.Kept(), Options{}).Out); want != got {
			t.Fatalf("%skept:\n%s", text(t, f), text(t, result.Kept()))
		}
		if got := len(result.Kept().Rows); got > n {
			t.Fatalf("%skept %d rows, %d are enough", text(t, f), got, n)
		}
	}
}

// Symmetric cones with equations, of dimension 14: the symmetry permutes three blocks of
// four coordinates and leaves two alone.
func TestDomainWithEquations(t *testing.T) {
	random := rand.New(rand.NewPCG(23, 8))
	const dim = 14
	s := &cone.Symmetry{Dim: dim, Chains: []cone.Chain{
		blockChain(dim, [][]int{{0, 3, 6, 9}, {1, 4, 7, 10}, {2, 5, 8, 11}}),
	}}
	compared := 0
	for range 250 {
		h := &cone.H{Dim: dim}
		orbits := func(entries int) []cone.Vector { return s.Orbit(sparseRows(random, 1, dim, entries)[0]) }
		h.Equations = orbits(4)
		for range 3 + random.IntN(3) {
			h.Inequalities = append(h.Inequalities, orbits(4)...)
		}
		result, err := RaysOverDomain(t.Context(), h, s, Options{})
		var fault *Fault
		switch {
		case errors.As(err, &fault):
			t.Fatalf("%+v: %v", h, err)
		case err != nil && strings.Contains(err.Error(), "the symmetry moves"):
			continue
		case err != nil:
			t.Fatal(err)
		}
		compared++
		if diff := cmp.Diff(rays(t, withoutEquations(h), Options{}), result.Expand()); diff != "" {
			t.Fatalf("%+v (-plain, without equations +over the domain):\n%s", h, diff)
		}
	}
	if compared < 40 {
		t.Errorf("only %d cones without moved lines", compared)
	}
}

// redundancyOf is what is redundant of a polyhedron, checked.
func redundancyOf(t *testing.T, f *cone.Polyhedron) *redundancy.Result {
	t.Helper()
	r, err := redundancy.Find(t.Context(), f, nil)
	if err == nil {
		err = r.Check()
	}
	if err != nil {
		t.Fatalf("%s%v", text(t, f), err)
	}
	return r
}

// What is kept describes the same polyhedron, and nothing of it can be left out:
// the naive oracle removes rows one by one.
func TestRedundantAgreesWithEnumeration(t *testing.T) {
	random := rand.New(rand.NewPCG(15, 16))
	absurd, removed, needed := 0, 0, 0
	for range 500 {
		f := randomFile(random)
		r := redundancyOf(t, f)
		kept := r.Kept()
		want := homogeneous(f)
		if got := homogeneous(kept); !cone.Equal(want, got) {
			t.Fatalf("%skept:\n%s", text(t, f), text(t, kept))
		}
		for i := range kept.Rows {
			less := *kept
			less.Rows = slices.Delete(slices.Clone(kept.Rows), i, i+1)
			if f.Representation == cone.VRepresentation && kept.Rows[i].IsVertex() && !slices.ContainsFunc(less.Rows, cone.Row.IsVertex) {
				continue // without any vertex the origin would be one
			}
			if len(less.Rows) > 0 && cone.Equal(want, homogeneous(&less)) {
				t.Fatalf("%skept, though row %d is redundant:\n%s", text(t, f), i+1, text(t, kept))
			}
		}
		for _, reason := range r.Rows {
			switch {
			case reason.Witness != nil:
				needed++
			case reason.Implied[0].Absurd:
				absurd++
			default:
				removed++
			}
		}
	}
	if absurd < 5 || removed < 50 || needed < 50 {
		t.Errorf("%d absurd, %d removed, %d needed rows: the generator misses a kind", absurd, removed, needed)
	}
}

// Rows that hold with equality throughout become equations, and then the rows kept have the
// unique form that conversions there and back give.
func TestEquationsAndTheUniqueForm(t *testing.T) {
	random := rand.New(rand.NewPCG(19, 20))
	equations, empty := 0, 0
	for range 400 {
		f := randomFile(random)
		if a := f.Rows; len(a) > 1 && random.IntN(2) == 0 { // an equation as two inequalities
			f.Rows = append(f.Rows, cone.Row{Vector: a[1].Vector, Linear: a[1].Linear})
			if f.Representation == cone.HRepresentation {
				f.Rows = append(f.Rows, cone.Row{Vector: a[1].Vector.Neg()})
			}
		}
		list, err := redundancy.Equations(t.Context(), f)
		if err == nil {
			err = redundancy.CheckEquations(f, list)
		}
		if err != nil {
			t.Fatal(err)
		}
		r := redundancyOf(t, redundancy.WithEquations(f, list))
		back := converted(t, converted(t, f, Options{}).Out, Options{}).Out
		if want, got := text(t, back), text(t, r.Canonical()); want != got {
			t.Fatalf("%sunique form:\n%swant\n%s", text(t, f), got, want)
		}
		equations += len(list)
		if r.Empty != nil {
			empty++
		}
		for i := range list {
			wrong := slices.Clone(list)
			wrong[i].Negative = redundancy.Derivation{}
			if redundancy.CheckEquations(f, wrong) == nil {
				t.Fatalf("%sa row is taken for an equation without a reason", text(t, f))
			}
		}
		if r.Empty != nil {
			r.Empty = &redundancy.Derivation{}
			if r.Check() == nil {
				t.Fatal("a polyhedron is taken to be empty without a reason")
			}
		}
	}
	if equations < 100 || empty < 10 {
		t.Errorf("%d equations, %d empty polyhedra", equations, empty)
	}
}
