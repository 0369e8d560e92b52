package orbits

import (
	"context"
	"errors"
	"math/rand/v2"
	"slices"
	"testing"

	"pstar/cone"
	"pstar/internal/bitset"
)

// Of the neighbours of a ray one of each orbit under the symmetries that keep it is found.
func TestNeighboursByOrbits(t *testing.T) {
	for _, c := range []struct {
		what string
		rows [][]int64
		want []int // by orbit: neighbours of which one stands for each orbit of them
	}{
		{"cube", [][]int64{{1, 1, 0, 0}, {1, -1, 0, 0}, {1, 0, 1, 0}, {1, 0, -1, 0}, {1, 0, 0, 1}, {1, 0, 0, -1}}, []int{1}},
		{"prism", [][]int64{{1, 1, 0, 0}, {1, 0, 1, 0}, {1, -1, -1, 0}, {1, 0, 0, 2}, {1, 0, 0, -2}}, []int{2}},
		{"pyramid", [][]int64{{1, 1, 0, -1}, {1, -1, 0, -1}, {1, 0, 1, -1}, {1, 0, -1, -1}, {0, 0, 0, 1}}, []int{1, 2}},
	} {
		s := newSystem(polyhedron(cone.HRepresentation, c.rows, 0))
		d, err := newDecomposition(t.Context(), &s.core, 0)
		if err == nil {
			err = d.run(t.Context())
		}
		if err != nil {
			t.Fatal(err)
		}
		var got []int
		for _, o := range d.orbits {
			n, err := d.treat(t.Context(), o)
			if err != nil {
				t.Fatal(err)
			}
			got = append(got, len(n.sets))
		}
		if slices.Sort(got); !slices.Equal(got, c.want) {
			t.Errorf("%s: %v neighbours, want %v", c.what, got, c.want)
		}
	}
}

// Lists of all members of orbits end with their context.
func TestListsEndWithTheirContext(t *testing.T) {
	s := newSystem(symmetric(rand.New(rand.NewPCG(15, 13))))
	if err := s.findGroup(t.Context()); err != nil {
		t.Fatal(err)
	}
	r, err := Rays(t.Context(), polyhedron(cone.HRepresentation, [][]int64{{1, 1, 0}, {1, -1, 0}, {1, 0, 1}, {1, 0, -1}}, 0), Options{})
	if err != nil {
		t.Fatal(err)
	}
	fault := errors.New("enough")
	ctx, cancel := context.WithCancelCause(t.Context())
	cancel(fault)
	if _, err := spread(ctx, len(s.rows), []bitset.Set{bitset.New(len(s.rows))}, s.group.generators); !errors.Is(err, fault) {
		t.Errorf("spread: error %v", err)
	}
	if _, err := r.All(ctx); !errors.Is(err, fault) {
		t.Errorf("all rows: error %v", err)
	}
	// Of few rows it is asked once, as that takes a lock.
	if list, err := r.All(&patient{t.Context(), 1}); err != nil || len(list) != 4 {
		t.Errorf("%d of 4 rays, error %v", len(list), err)
	}
}

// Sets that only symmetries take to each other which move a point of the base that is fixed are different.
func TestDifferentSets(t *testing.T) {
	var rows [][]int64
	for i := range 6 {
		row := make([]int64, 7)
		row[i+1] = 1
		rows = append(rows, row)
	}
	s := newSystem(polyhedron(cone.HRepresentation, rows, 0))
	if err := s.findGroup(t.Context()); err != nil {
		t.Fatal(err)
	}
	set := func(level int) bitset.Set {
		x := bitset.New(len(s.rows))
		x.Add(int(s.group.levels[level].point))
		return x
	}
	for fixed, want := range []int{1, 2, 3} {
		got, err := s.different(t.Context(), []bitset.Set{set(0), set(1), set(2), set(3)}, fixed)
		if err != nil || len(got) != want {
			t.Errorf("%d points fixed: %d sets, want %d, error %v", fixed, len(got), want, err)
		}
	}
}
