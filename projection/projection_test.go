package projection_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"pstar/cone"
	"pstar/fm"
	"pstar/projection"
	"pstar/rational"
)

// polyhedron has the integer rows, of which the first ones are equations.
func polyhedron(equations int, rows ...[]int64) *cone.Polyhedron {
	p := &cone.Polyhedron{Representation: cone.HRepresentation, Columns: len(rows[0])}
	for i, row := range rows {
		p.Rows = append(p.Rows, cone.Row{Vector: cone.Sparse(rational.NewVector(row...)), Linear: i < equations})
	}
	return p
}

// A square pyramid over (x1, x2) with x3 from zero to one, seen from above.
func Example() {
	pyramid := polyhedron(0, []int64{0, 0, 0, 1}, []int64{1, 1, 0, -1}, []int64{1, -1, 0, -1}, []int64{1, 0, 1, -1}, []int64{1, 0, -1, -1})
	s := projection.System(pyramid)
	r, err := fm.Eliminate(context.Background(), s, []int{2}, fm.Options{})
	if err != nil {
		fmt.Println(err)
		return
	}
	kept := []int{0, 1}
	for _, row := range projection.Eliminated(r, kept).Rows {
		fmt.Println(row.Vector.Dense(3), ">= 0")
	}
	image, err := projection.ThroughRays(context.Background(), s, kept)
	if err != nil {
		fmt.Println(err)
		return
	}
	complete, _ := image.Complete(context.Background())
	fmt.Println(len(image.Projection.Rows), "rows through", image.Rays, "rays; complete:", complete)
	// Output:
	// [1 -1 0] >= 0
	// [1 0 -1] >= 0
	// [1 0 1] >= 0
	// [1 1 0] >= 0
	// 4 rows through 5 rays; complete: true
}

// random draws a small polyhedron of many kinds, empty and unbounded ones among them.
func random(r *rand.Rand) *cone.Polyhedron {
	columns := 3 + r.IntN(3)
	var rows [][]int64
	for range 2 + r.IntN(7) {
		row := []int64{r.Int64N(6) - 1}
		for range columns - 1 {
			row = append(row, r.Int64N(5)-2)
		}
		rows = append(rows, row)
	}
	return polyhedron(r.IntN(3)%len(rows), rows...)
}

func text(p *cone.Polyhedron) string {
	list := ""
	for _, row := range p.Rows {
		list += fmt.Sprintln(row.Vector.Dense(p.Columns), row.Linear, row.Strict)
	}
	return list
}

// The three routes give the same rows, and the same
// again for the rows of the polyhedron scaled and shuffled.
func TestRoutesAgree(t *testing.T) {
	r := rand.New(rand.NewPCG(17, 3))
	empty, complete, equations := 0, 0, 0
	for range 400 {
		p := random(r)
		order := r.Perm(p.Columns - 1)
		split := 1 + r.IntN(len(order)-1)
		eliminate, kept := order[:split], slices.Sorted(slices.Values(order[split:]))
		s := projection.System(p)
		result, err := fm.Eliminate(t.Context(), s, eliminate, fm.Options{})
		if err != nil {
			t.Fatal(err)
		}
		want := projection.Eliminated(result, kept)
		for i := range p.Rows {
			p.Rows[i].Scale = rational.NewInt(1 + r.Int64N(3))
		}
		r.Shuffle(len(p.Rows), func(a, b int) { p.Rows[a], p.Rows[b] = p.Rows[b], p.Rows[a] })
		image, err := projection.ThroughRays(t.Context(), projection.System(p), kept)
		if err != nil {
			t.Fatal(err)
		}
		if a, b := text(want), text(image.Projection); a != b {
			t.Fatalf("of\n%son %v by elimination\n%sthrough rays\n%s", text(p), kept, a, b)
		}
		combined, err := projection.ThroughCone(t.Context(), projection.System(p), kept)
		if err != nil {
			t.Fatal(err)
		}
		if a, b := text(want), text(combined.Projection); a != b {
			t.Fatalf("of\n%son %v by elimination\n%sthrough the cone\n%s", text(p), kept, a, b)
		}
		if ok, err := image.Complete(t.Context()); err != nil {
			t.Fatal(err)
		} else if ok {
			complete++
		}
		for _, row := range want.Rows {
			if row.Linear {
				equations++
			}
		}
		if result.Verdict == fm.Infeasible {
			empty++
		}
	}
	if empty < 20 || complete < 100 || equations < 20 {
		t.Errorf("%d empty, %d shown complete, %d equations: too few of a kind", empty, complete, equations)
	}
}

// Strict rows go through all routes: the same points are in the projections, those on the boundary too.
func TestStrictRows(t *testing.T) {
	r := rand.New(rand.NewPCG(4, 9))
	empty, strict, different := 0, 0, 0
	for range 300 {
		p := random(r)
		for i := range p.Rows {
			p.Rows[i].Strict = !p.Rows[i].Linear && r.IntN(2) == 0
		}
		n := p.Columns - 1
		kept := []int{0}
		eliminate := []int{n - 1}
		for v := 1; v < n-1; v++ {
			if r.IntN(2) == 0 {
				kept = append(kept, v)
			} else {
				eliminate = append(eliminate, v)
			}
		}
		s := projection.System(p)
		e, err := fm.Eliminate(t.Context(), s, eliminate, fm.Options{})
		if err != nil {
			t.Fatal(err)
		}
		image, err := projection.ThroughRays(t.Context(), s, kept)
		if err != nil {
			t.Fatal(err)
		}
		combined, err := projection.ThroughCone(t.Context(), s, kept)
		if err != nil {
			t.Fatal(err)
		}
		want := projection.Eliminated(e, kept)
		if e.Verdict == fm.Infeasible {
			empty++
		}
		for _, row := range want.Rows {
			if row.Strict {
				strict++
				break
			}
		}
		for _, got := range []*cone.Polyhedron{image.Projection, combined.Projection} {
			if text(got) != text(want) {
				different++
			}
			for range 40 {
				x := rational.RatVector{rational.NewRat(1, 1)}
				for range kept {
					x = append(x, rational.NewRat(r.Int64N(9)-4, 1+r.Int64N(2)))
				}
				if contains(got, x) != contains(want, x) {
					t.Fatalf("of\n%son %v: by elimination\n%sotherwise\n%sdiffer at %v", text(p), kept, text(want), text(got), x)
				}
			}
		}
	}
	if empty < 20 || strict < 100 || different > 20 { // only rows that cut off a part of the boundary may differ
		t.Errorf("%d empty, %d with strict rows, %d written differently", empty, strict, different)
	}
}

// contains reports whether (1, x) has all rows.
func contains(p *cone.Polyhedron, x rational.RatVector) bool {
	for _, row := range p.Rows {
		var v rational.Rat
		for _, e := range row.Vector {
			v = v.Add(rational.RatFromInt(e.Value).Mul(x[e.Index]))
		}
		if c := v.Sign(); c < 0 || row.Linear && c > 0 || row.Strict && c == 0 {
			return false
		}
	}
	return true
}

// A system that the head start does not finish is raced, and both routes lead to the rows of elimination.
func TestFastest(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for _, size := range []struct{ rows, columns int }{{5, 4}, {16, 8}} {
		p := &cone.Polyhedron{Representation: cone.HRepresentation, Columns: size.columns}
		for range size.rows {
			row := rational.Vector{rational.NewInt(1 + r.Int64N(5))}
			for range size.columns - 1 {
				row = append(row, rational.NewInt(r.Int64N(7)-3))
			}
			p.Rows = append(p.Rows, cone.Row{Vector: cone.Sparse(row)})
		}
		kept := []int{0, 1}
		var eliminate []int
		for v := 2; v < size.columns-1; v++ {
			eliminate = append(eliminate, v)
		}
		s := projection.System(p)
		e, err := fm.Eliminate(t.Context(), s, eliminate, fm.Options{})
		if err != nil {
			t.Fatal(err)
		}
		f, err := projection.Fastest(t.Context(), s, kept, nil)
		if err != nil {
			t.Fatal(err)
		}
		if f.Route == projection.NoRoute || text(f.Projection) != text(projection.Eliminated(e, kept)) {
			t.Errorf("by %v\n%swant\n%s", f.Route, text(f.Projection), text(projection.Eliminated(e, kept)))
		}
		if complete, err := f.Complete(t.Context()); err != nil || !complete && size.rows < 10 {
			t.Errorf("completeness %v, %v", complete, err)
		}
	}
}

// At most is at least with the signs turned.
func TestAtMost(t *testing.T) {
	rat := rational.NewRat
	s := &fm.System{Variables: []string{"x", "y"}, Rows: []fm.Row{
		{Relation: fm.AtMost, Constant: rat(3, 1), Coefficients: rational.RatVector{rat(1, 1), rat(1, 1)}},
		{Relation: fm.AtLeast, Constant: rat(1, 2), Coefficients: rational.RatVector{rat(0, 1), rat(1, 1)}},
	}}
	image, err := projection.ThroughRays(t.Context(), s, []int{0})
	if err != nil {
		t.Fatal(err)
	}
	if got, want := text(image.Projection), "[5 -2] false false\n"; got != want {
		t.Errorf("got %swant %s", got, want)
	}
}
