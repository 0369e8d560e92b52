package redundancy

import (
	"context"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"pstar/cone"
	"pstar/doubledesc"
	"pstar/format/ine"
	"pstar/rational"
)

// found is what Find says, checked.
func found(t *testing.T, f *cone.Polyhedron) *Result {
	t.Helper()
	r, err := Find(context.Background(), f, nil)
	if err != nil {
		t.Fatal(err)
	}
	if err := r.Check(); err != nil {
		t.Fatalf("%s%v", text(t, f), err)
	}
	return r
}

// text returns the file of a polyhedron.
func text(t *testing.T, f *cone.Polyhedron) string {
	t.Helper()
	var b strings.Builder
	if err := ine.Write(&b, f); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// converted returns the file of the other description.
func converted(t *testing.T, f *cone.Polyhedron) string {
	t.Helper()
	c, err := doubledesc.Convert(context.Background(), f, doubledesc.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return text(t, c.Out)
}

func vector(row ...int64) cone.Vector { return cone.Sparse(rational.NewVector(row...)) }

// keptRows lists the rows kept, counted from 1.
func keptRows(r *Result) []int {
	var kept []int
	for i, reason := range r.Rows {
		if reason.Witness != nil {
			kept = append(kept, i+1)
		}
	}
	return kept
}

// manyRows makes a file whose rows are mostly sums of others, in a subspace or
// not, with the origin inside or not: more rows than enumeration can take.
func manyRows(random *rand.Rand, r cone.Representation) *cone.Polyhedron {
	f := &cone.Polyhedron{Representation: r, Columns: 4 + random.IntN(3)}
	entries := func(first int64) cone.Vector {
		v := make(rational.Vector, f.Columns)
		v[0] = rational.NewInt(first)
		for i := 1; i < len(v); i++ {
			v[i] = rational.NewInt(random.Int64N(7) - 3)
		}
		return cone.Sparse(v)
	}
	one := rational.NewInt(1)
	for range 12 {
		f.Rows = append(f.Rows, cone.Row{Vector: entries(1 + random.Int64N(2)), Scale: rational.NewInt(1 + random.Int64N(3))})
	}
	if random.IntN(3) == 0 { // an equation or a line in disguise
		a := entries(0)
		f.Rows = append(f.Rows, cone.Row{Vector: a}, cone.Row{Vector: a.Neg()})
	}
	if random.IntN(3) == 0 {
		f.Rows = append(f.Rows, cone.Row{Vector: entries(0), Linear: true})
	}
	for n := len(f.Rows); len(f.Rows) < n+25; {
		sum := cone.Combine(one, f.Rows[random.IntN(n)].Vector, rational.NewInt(random.Int64N(3)), f.Rows[random.IntN(n)].Vector)
		f.Rows = append(f.Rows, cone.Row{Vector: sum})
	}
	random.Shuffle(len(f.Rows), func(i, j int) { f.Rows[i], f.Rows[j] = f.Rows[j], f.Rows[i] })
	return f
}

// The rows kept among many have the same conversion, and so has nothing less;
// and the programs alone, without exchanges of the basis, keep the same rows.
func TestRedundantAmongManyRows(t *testing.T) {
	random := rand.New(rand.NewPCG(17, 18))
	for k := range 60 {
		f := manyRows(random, []cone.Representation{cone.HRepresentation, cone.VRepresentation}[k%2])
		r := found(t, f)
		want, got := converted(t, f), converted(t, r.Kept())
		if want != got {
			t.Fatalf("%skept:\n%s", text(t, f), text(t, r.Kept()))
		}
		again := found(t, r.Kept())
		if len(again.Kept().Rows) != len(r.Kept().Rows) {
			t.Fatalf("%skept %v, of which not all are needed", text(t, f), keptRows(r))
		}
		if programs := keptRows(redundancyByPrograms(t, f)); !slices.Equal(programs, keptRows(r)) {
			t.Fatalf("%skept %v, by programs %v", text(t, f), keptRows(r), programs)
		}
	}
}

// redundancyByPrograms is Find where every exchange has failed.
func redundancyByPrograms(t *testing.T, f *cone.Polyhedron) *Result {
	t.Helper()
	s, ctx := newSieve(f), context.Background()
	inside, err := s.interior(ctx)
	if err == nil {
		err = s.sift(ctx, inside)
	}
	if err == nil && inside != nil {
		h := newFacetSearch(s, inside)
		err = h.start(ctx)
		for i := 0; i < len(h.rows) && err == nil; i++ {
			if c := h.rows[i]; c.row >= 0 && !c.aside {
				err = h.decideByProgram(ctx, i)
			}
		}
		for i := 0; i < len(h.rows) && err == nil; i++ {
			if h.rows[i].aside {
				err = h.decideByProgram(ctx, i)
			}
		}
	}
	if err == nil {
		err = s.result.Check()
	}
	if err != nil {
		t.Fatalf("%s%v", text(t, f), err)
	}
	return s.result
}

func TestRedundantKeepsTheFirstAndTheEquation(t *testing.T) {
	for _, c := range []struct {
		name   string
		rows   [][]int64
		linear []int
		want   []int
	}{
		{"repeated rows", [][]int64{{0, 1}, {0, 2}, {0, 1}}, nil, []int{1}},
		{"an equation after its two sides", [][]int64{{-1, 1}, {1, -1}, {-1, 1}}, []int{3}, []int{3}},
		{"a side of an equation that goes later", [][]int64{{-1, 1}, {-2, 2}, {1, -1}}, []int{1, 2}, []int{1}},
		{"two equations", [][]int64{{-1, 1}, {2, -2}}, []int{1, 2}, []int{1}},
		{"a repeated row in the space of an equation", [][]int64{{1, -1}, {-1, 1}, {0, 1}, {1, 0}, {0, 3}, {-1, 2}}, []int{1}, []int{1}},
		{"zero rows", [][]int64{{0, 0}, {7, 0}, {0, 0}}, []int{3}, nil},
		{"nothing", nil, nil, nil},
	} {
		f := &cone.Polyhedron{Representation: cone.HRepresentation, Columns: 2}
		for i, row := range c.rows {
			f.Rows = append(f.Rows, cone.Row{Vector: vector(row...), Linear: slices.Contains(c.linear, i+1)})
		}
		if got := keptRows(found(t, f)); !slices.Equal(got, c.want) {
			t.Errorf("%s: kept %v, want %v", c.name, got, c.want)
		}
	}
}

// Every change to a reason must be noticed.
func TestRedundancyCheckRejects(t *testing.T) {
	square := &cone.Polyhedron{Representation: cone.HRepresentation, Columns: 3}
	for _, a := range []cone.Vector{vector(0, 1, 0), vector(0, 0, 1), vector(1, -1, 0), vector(1, 0, -1), vector(3, 1, -1)} {
		square.Rows = append(square.Rows, cone.Row{Vector: a})
	}
	one := rational.NewRat(1, 1)
	for name, change := range map[string]func(*Result){
		"a factor":              func(r *Result) { r.Rows[4].Implied[0].Terms[0].Factor = rational.NewRat(2, 1) },
		"the constant":          func(r *Result) { r.Rows[4].Implied[0].Constant = one.Neg() },
		"another row":           func(r *Result) { r.Rows[4].Implied[0].Terms[0].Row = 2 },
		"itself":                func(r *Result) { r.Rows[4].Implied[0] = Derivation{Terms: []Multiple{{4, one}}} },
		"no such row":           func(r *Result) { r.Rows[4].Implied[0].Terms[0].Row = 99 },
		"no derivation":         func(r *Result) { r.Rows[4].Implied = nil },
		"absurd":                func(r *Result) { r.Rows[4].Implied[0].Absurd = true },
		"a witness inside":      func(r *Result) { r.Rows[0].Witness = rational.RatVector{one, one, one} },
		"a witness too far":     func(r *Result) { r.Rows[0].Witness = rational.RatVector{one, one.Neg(), one.Neg()} },
		"a short witness":       func(r *Result) { r.Rows[0].Witness = rational.RatVector{one} },
		"a witness at infinity": func(r *Result) { r.Rows[0].Witness = rational.RatVector{{}, one.Neg(), {}} },
		"a missing reason":      func(r *Result) { r.Rows = r.Rows[1:] },
	} {
		r := found(t, square)
		if got := keptRows(r); !slices.Equal(got, []int{1, 2, 3, 4}) {
			t.Fatalf("kept %v, want the four sides", got)
		}
		change(r)
		if r.Check() == nil {
			t.Errorf("%s: changed reason accepted", name)
		}
	}
}

func TestRedundantStopsWithTheContext(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	f := &cone.Polyhedron{Representation: cone.HRepresentation, Columns: 2, Rows: []cone.Row{{Vector: cone.Unit(1, 1)}}}
	if _, err := Find(ctx, f, nil); err == nil {
		t.Error("no error after the context has ended")
	}
}
