package redundancy

import (
	"math/rand/v2"
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
