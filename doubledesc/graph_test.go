package doubledesc

import (
	"context"
	"math/rand/v2"
	"slices"
	"testing"

	"pstar/cone"
	"pstar/doubledesc/internal/ray"
	"pstar/doubledesc/internal/simplicial"
	"pstar/internal/bitset"
	"pstar/rational"

	"github.com/google/go-cmp/cmp"
)

func graph(t *testing.T, h *cone.H, v *cone.V) *Graph {
	t.Helper()
	g, err := Adjacency(context.Background(), h, v)
	if err != nil {
		t.Fatal(err)
	}
	return g
}

// Two rays are adjacent exactly if the rows tight at both have rank two less
// than all rows: another criterion than the one used.
func TestAdjacencyAgreesWithRanks(t *testing.T) {
	random := rand.New(rand.NewPCG(9, 10))
	for i := range 300 {
		h := randomCone(random)
		v := rays(t, h, Options{})
		g := graph(t, h, v)
		rank := denseRank(h.Rows(), h.Dim)
		for x := range v.Rays {
			if want := h.Tight(v.Rays[x]); !slices.EqualFunc(want, g.Tight[x], func(a int, b int32) bool { return a == int(b) }) {
				t.Fatalf("cone %d: tight rows of ray %d are %v, want %v", i, x, g.Tight[x], want)
			}
			for y := range v.Rays {
				both := append([]cone.Vector(nil), h.Equations...)
				for _, k := range h.Tight(v.Rays[x]) {
					if h.Inequalities[k].Dot(v.Rays[y]).IsZero() {
						both = append(both, h.Inequalities[k])
					}
				}
				want := x != y && denseRank(both, h.Dim) == rank-2
				if got := slices.Contains(g.Neighbours[x], int32(y)); got != want {
					t.Fatalf("cone %d, %+v: rays %v and %v adjacent: %v, want %v", i, h, v.Rays[x], v.Rays[y], got, want)
				}
			}
		}
		if !g.Connected() {
			t.Errorf("cone %d: graph is not connected", i)
		}
	}
}

// The vertices of a cube have as neighbours those that differ in one place.
func TestAdjacencyOfTheCube(t *testing.T) {
	h := &cone.H{Dim: 5, Inequalities: ints([]int64{1})}
	for i := 1; i < 5; i++ {
		for _, sign := range []int64{1, -1} {
			h.Inequalities = append(h.Inequalities, cone.Vector{{Index: 0, Value: rational.NewInt(1)}, {Index: i, Value: rational.NewInt(sign)}})
		}
	}
	v := rays(t, h, Options{})
	g := graph(t, h, v)
	for x, list := range g.Neighbours {
		var want []int32
		for y := range v.Rays {
			different := 0
			for i := 1; i < 5; i++ {
				if !v.Rays[x].At(i).Equal(v.Rays[y].At(i)) {
					different++
				}
			}
			if different == 1 {
				want = append(want, int32(y))
			}
		}
		if diff := cmp.Diff(want, list); diff != "" {
			t.Errorf("neighbours of %v (-want +got):\n%s", v.Rays[x], diff)
		}
	}
}

func TestConnectedSeesTwoParts(t *testing.T) {
	if (&Graph{Neighbours: [][]int32{{1}, {0}, {3}, {2}}}).Connected() {
		t.Error("two edges without a common end are connected")
	}
	if !(&Graph{}).Connected() {
		t.Error("the empty graph is not connected")
	}
}

func TestAdjacencyStopsWithTheContext(t *testing.T) {
	h := feasibilityCone(2, 4)
	v := rays(t, h, Options{})
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := Adjacency(ctx, h, v); err == nil {
		t.Error("no error after the context has ended")
	}
}

// The search for a third ray, which the conversion reaches only when quicker tests
// fail, against all triples.
func TestWitnessAgreesWithTriples(t *testing.T) {
	random := rand.New(rand.NewPCG(23, 24))
	adjacent, not := 0, 0
	for range 200 {
		e := engineOf(t, randomCone(random))
		if e == nil {
			continue
		}
		w := &worker{}
		w.prepare(e)
		e.orderRows()
		list := e.alive.Members(nil)
		for _, x := range list {
			for _, y := range list {
				if x == y {
					continue
				}
				want := false
				for _, z := range list {
					want = want || z != x && z != y && bitset.CommonWithin(e.tight[x], e.tight[y], e.tight[z])
				}
				z := w.witness(e, x, y)
				if (z >= 0) != want || want && (z == x || z == y || !bitset.CommonWithin(e.tight[x], e.tight[y], e.tight[z])) {
					t.Fatalf("rays %d and %d: witness %d, want one: %v", x, y, z, want)
				}
				if want {
					not++
				} else {
					adjacent++
				}
			}
		}
	}
	if adjacent < 300 || not < 100 {
		t.Errorf("only %d adjacent and %d other pairs", adjacent, not)
	}
}

// engineOf takes in all rows of a cone; it returns nil if it is simplicial.
func engineOf(t *testing.T, h *cone.H) *engine {
	t.Helper()
	ctx := context.Background()
	rows := arrange(h.Inequalities, AsGiven)
	first, err := simplicial.Of(ctx, h.Dim, rows, h.Equations)
	if err != nil {
		t.Fatal(err)
	}
	v := (&cone.V{Dim: h.Dim, Lines: first.Lines}).Canonical()
	if len(first.Basis) == len(rows) {
		return nil
	}
	c := newCoordinates(h.Dim, v.Lines)
	var start []ray.Vector
	for _, r := range first.Rays {
		start = append(start, ray.New(c.shrink(v.Reduce(r))))
	}
	basis, left, _ := splitRows(rows, first.Basis)
	e := newEngine(start, basis, cone.NewElimination(rows, h.Dim), (&cone.V{Dim: h.Dim, Lines: h.Equations}).Canonical(), len(rows), 1)
	for _, row := range left {
		if err := e.insert(ctx, row.row, c.halfspace(row.row), func(int, int) {}); err != nil {
			t.Fatal(err)
		}
	}
	return e
}
