package redundancy

import (
	"math/rand/v2"
	"strings"
	"testing"

	"pstar/cone"
	"pstar/rational"
)

// Rows that permutations of the columns map to rows: the same ones are needed with and without them, and all reasons are checked.
func TestFindSymmetric(t *testing.T) {
	r := rand.New(rand.NewPCG(2, 9))
	swap, cycle := []int{0, 2, 1, 3, 4}, []int{0, 2, 3, 4, 1}
	needed, redundant := 0, 0
	for range 60 {
		p := &cone.Polyhedron{Representation: cone.HRepresentation, Columns: 5}
		seen := map[string]bool{}
		for range 1 + r.IntN(3) {
			row := rational.NewVector(1+r.Int64N(4), r.Int64N(5)-2, r.Int64N(5)-2, r.Int64N(5)-2, r.Int64N(5)-2)
			for queue := []cone.Vector{cone.Sparse(row).Primitive()}; len(queue) > 0; queue = queue[1:] {
				if v := queue[0]; !seen[v.Key()] {
					seen[v.Key()] = true
					p.Rows = append(p.Rows, cone.Row{Vector: v})
					queue = append(queue, v.Permute(swap), v.Permute(cycle))
				}
			}
		}
		plain, err := Find(t.Context(), p, nil)
		if err != nil {
			t.Fatal(err)
		}
		symmetric, err := FindSymmetric(t.Context(), p, [][]int{swap, cycle}, nil)
		if err != nil {
			t.Fatal(err)
		}
		if err := symmetric.Check(); err != nil {
			t.Fatal(err)
		}
		for k := range p.Rows {
			if a, b := plain.Rows[k].Witness != nil, symmetric.Rows[k].Witness != nil; a != b {
				t.Fatalf("row %v of\n%v\nis needed: %v, by symmetry %v", p.Rows[k].Vector, p.Rows, a, b)
			} else if a {
				needed++
			} else {
				redundant++
			}
		}
		// Permutations that map some rows to none are of no use, and do no harm.
		if other, err := FindSymmetric(t.Context(), p, [][]int{{1, 0, 2, 4, 3}, {0, 1, 2, 4, 3}}, nil); err != nil || other.Check() != nil {
			t.Fatal(err, other.Check())
		}
	}
	if needed < 200 || redundant < 100 {
		t.Errorf("%d rows are needed, %d redundant", needed, redundant)
	}
}

// Rows that are images of each other but for their units: the reason of one is none of the other.
func TestFindSymmetricInOtherUnits(t *testing.T) {
	p := &cone.Polyhedron{Representation: cone.HRepresentation, Columns: 3}
	for k, v := range []rational.Vector{rational.NewVector(0, 1, 0), rational.NewVector(0, 0, 1), rational.NewVector(1, 1, 0), rational.NewVector(1, 0, 1)} {
		p.Rows = append(p.Rows, cone.Row{Vector: cone.Sparse(v), Scale: rational.NewInt([]int64{1, 2, 1, 1}[k])})
	}
	r, err := FindSymmetric(t.Context(), p, [][]int{{0, 2, 1}}, nil)
	if err != nil {
		t.Fatal(err)
	}
	if err := r.Check(); err != nil {
		t.Error(err)
	}
	if n := len(r.Kept().Rows); n != 2 {
		t.Errorf("%d rows are kept, want 2", n)
	}
}

// That a polyhedron is empty is shown by -1 >= 0, and by nothing else.
func TestCheckOfEmptiness(t *testing.T) {
	p := &cone.Polyhedron{Representation: cone.HRepresentation, Columns: 2, Rows: []cone.Row{{Vector: cone.Unit(1, 1)}}}
	r := &Result{In: p, Rows: []RowReason{{Witness: rational.RatVector{rational.NewRat(1, 1), rational.NewRat(-1, 1)}}}, Empty: &Derivation{}}
	if err := r.Check(); err == nil || strings.Contains(err.Error(), "%!") {
		t.Errorf("got %v", err)
	}
}

// Each row is decided once: images of a redundant row are not put to the test again.
func TestFindSymmetricDecidesOnce(t *testing.T) {
	p := &cone.Polyhedron{Representation: cone.HRepresentation, Columns: 3}
	for _, v := range []rational.Vector{rational.NewVector(0, 1, 0), rational.NewVector(0, 0, 1), rational.NewVector(1, 1, 0), rational.NewVector(1, 0, 1)} {
		p.Rows = append(p.Rows, cone.Row{Vector: cone.Sparse(v)})
	}
	var last Progress
	r, err := FindSymmetric(t.Context(), p, [][]int{{0, 2, 1}}, func(x Progress) { last = x })
	if err != nil || r.Check() != nil {
		t.Fatal(err, r.Check())
	}
	if want := (Progress{Decided: 4, Rows: 4, Redundant: 2}); last != want {
		t.Errorf("%+v, want %+v", last, want)
	}
}
