package complete

import (
	"slices"
	"testing"

	"pstar/internal/bitset"
)

// setsOf writes sets by their members.
func setsOf(size int, lists ...[]int) (sets []set) {
	for _, list := range lists {
		s := bitset.New(size)
		for _, k := range list {
			s.Add(k)
		}
		sets = append(sets, s)
	}
	return sets
}

// withSymmetry is a table with one symmetry, given by its rows.
func withSymmetry(t *testing.T, table *table, rows ...int32) *table {
	t.Helper()
	rays := newIndex(table.on, table.rows).images(rows)
	if rays == nil {
		t.Fatalf("%v is no symmetry", rows)
	}
	table.symmetries = []symmetry{{rays, rows}}
	return table
}

// Each ray that is not simple is in one orbit, and no other is; what an orbit has in common are the rows that all of its rays are on.
func TestOrbitsOfATable(t *testing.T) {
	pyramid := &table{dim: 4, rows: 5, on: setsOf(5, []int{0, 1, 4}, []int{1, 2, 4}, []int{2, 3, 4}, []int{0, 3, 4}, []int{0, 1, 2, 3})}
	octahedron := &table{dim: 4, rows: 8}
	for i := range 3 {
		for sign := range 2 {
			s := bitset.New(8)
			for k := range 8 {
				if k>>i&1 == sign {
					s.Add(k)
				}
			}
			octahedron.on = append(octahedron.on, s)
		}
	}
	for _, c := range []struct {
		name  string
		table *table
		want  map[int32]int32 // sizes by rays
	}{
		{"pyramid", pyramid, map[int32]int32{4: 1}},
		{"pyramid, turned", withSymmetry(t, pyramid, 1, 2, 3, 0, 4), map[int32]int32{4: 1}},
		{"octahedron with two axes exchanged", withSymmetry(t, octahedron, 0, 2, 1, 3, 4, 6, 5, 7), map[int32]int32{0: 2, 1: 2, 4: 1, 5: 1}},
	} {
		got := map[int32]int32{}
		for _, o := range c.table.orbits() {
			got[o.ray] = o.size
			common := slices.Clone(c.table.on[o.ray])
			for _, s := range c.table.symmetries { // one, which takes each ray there and back, or leaves it
				intersect(common, c.table.on[s.rays[o.ray]], 0)
			}
			if !slices.Equal(o.common, common) {
				t.Errorf("%s: orbit of ray %d has rows %v in common", c.name, o.ray, o.common.Members(nil))
			}
		}
		if len(got) != len(c.want) {
			t.Errorf("%s: orbits %v, want %v", c.name, got, c.want)
		}
		for ray, size := range c.want {
			if got[ray] != size {
				t.Errorf("%s: orbits %v, want %v", c.name, got, c.want)
			}
		}
	}
}

// No more rays are left out than the lemma permits: whole orbits, of dim-2 rays together, the costly ones first.
func TestAllButFewRays(t *testing.T) {
	table := &table{dim: 6}
	orbits := []orbit{{ray: 0, size: 3, cost: 5}, {ray: 1, size: 2, cost: 9}, {ray: 2, size: 1, cost: 7}, {ray: 3, size: 1, cost: 1}, {ray: 4, size: 1, cost: 1}}
	p := table.allButFew(orbits)
	if p.row != -1 || !slices.Equal(p.rays, []int32{0, 4}) || p.cost != 6 {
		t.Errorf("row %d, rays %v, cost %d; want none, rays 0 and 4, cost 6", p.row, p.rays, p.cost)
	}
}
