package complete

import (
	"context"
	"fmt"
	"math/bits"
	"slices"
	"testing"

	"pstar/cone"
	"pstar/rational"
)

// epigraph is the cone of the (v, w) with w_A >= -v_i for i in A, for all A of two to most of
// the indices 0..n, where v_n = 0, with its rays: a unit of one w, and for a set S of
// indices the v that is 1 there less what makes v_n = 0, with the least w.
func epigraph(n, most int) (*cone.H, *cone.V) {
	var sets []int
	for mask := range 1 << (n + 1) {
		if size := bits.OnesCount(uint(mask)); size >= 2 && size <= most {
			sets = append(sets, mask)
		}
	}
	h := &cone.H{Dim: n + len(sets)}
	v := &cone.V{Dim: h.Dim}
	for k, set := range sets {
		for i := range n + 1 {
			if set>>i&1 == 1 {
				row := make(rational.Vector, h.Dim)
				row[n+k] = rational.NewInt(1)
				if i < n {
					row[i] = rational.NewInt(1)
				}
				h.Inequalities = append(h.Inequalities, cone.Sparse(row))
			}
		}
		v.Rays = append(v.Rays, cone.Unit(n+k, 1))
	}
	for s := 1; s < 1<<(n+1)-1; s++ {
		value := func(i int) int64 { return int64(s>>i&1) - int64(s>>n&1) }
		ray := make(rational.Vector, h.Dim)
		for i := range n {
			ray[i] = rational.NewInt(value(i))
		}
		for k, set := range sets {
			least := int64(1)
			for i := range n + 1 {
				if set>>i&1 == 1 {
					least = min(least, value(i))
				}
			}
			ray[n+k] = rational.NewInt(-least)
		}
		v.Rays = append(v.Rays, cone.Sparse(ray))
	}
	return h, v
}

// overDomain runs the proof over the sorted points alone.
func overDomain(t *testing.T, h *cone.H, v *cone.V) (bool, int64) {
	t.Helper()
	p := &prover{ctx: context.Background(), budget: 1 << 40, known: map[string]bool{}}
	on, err := p.incidences(h, v)
	if err != nil {
		t.Fatal(err)
	}
	before := p.work
	done, err := p.overDomain(h, v, on, cone.Rank(h.Rows(), h.Dim)-cone.Rank(h.Equations, h.Dim))
	if err != nil && err != errMissing {
		t.Fatal(err)
	}
	return done && err == nil, p.work - before
}

// A cone whose rays are sorted points and their images is proved over the sorted points, with
// less work than without; and not if a ray is missing, of the sorted ones or others, or all
// of an orbit.
func TestOverDomain(t *testing.T) {
	h, v := epigraph(4, 3)
	if ok, _ := overDomain(t, h, v); !ok {
		t.Error("not proved over the sorted points")
	}
	for i := range v.Rays {
		less := &cone.V{Dim: v.Dim, Rays: slices.Delete(slices.Clone(v.Rays), i, i+1)}
		if ok, _ := overDomain(t, h, less); ok {
			t.Errorf("proved without ray %d, %v", i, v.Rays[i])
		}
	}
	kind := func(x cone.Vector) [2]int { return [2]int{len(x), x[0].Value.Sign()} }
	for i := range v.Rays {
		less := &cone.V{Dim: v.Dim}
		for _, x := range v.Rays {
			if kind(x) != kind(v.Rays[i]) {
				less.Rays = append(less.Rays, x)
			}
		}
		if ok, _ := overDomain(t, h, less); ok {
			t.Errorf("proved without %d rays as ray %d", len(v.Rays)-len(less.Rays), i)
		}
	}
	h, v = epigraph(7, 4)
	on, err := (&prover{ctx: context.Background(), budget: 1 << 40}).incidences(h, v)
	if err != nil {
		t.Fatal(err)
	}
	p := &prover{ctx: context.Background(), budget: 1 << 40, known: map[string]bool{}}
	if err := p.prove(&table{dim: h.Dim, rows: len(h.Inequalities), on: on}); err != nil {
		t.Fatal(err)
	}
	if ok, work := overDomain(t, h, v); !ok || work > p.work/5 {
		t.Errorf("proved %v with work %d, without sorting %d", ok, work, p.work)
	}
}

// Rows alone do not make a symmetry of a cone with equations, and lines must be in the
// domain.
func TestDomainIsOfSymmetries(t *testing.T) {
	h, v := epigraph(4, 3)
	swap := []int{1, 0}
	for k := 2; k < h.Dim; k++ {
		swap = append(swap, k)
	}
	one := rational.NewInt(1)
	for _, c := range []struct {
		factor int64
		want   bool
	}{{-1, true}, {1, true}, {2, false}} {
		e := cone.Combine(one, cone.Unit(0, 1), one, cone.Unit(1, c.factor))
		if got := newColouring(h.Inequalities, []cone.Vector{e}, h.Dim).keepsEquations(swap); got != c.want {
			t.Errorf("equation %v is kept: %v, want %v", e, got, c.want)
		}
	}
	p := &prover{ctx: context.Background(), budget: 1 << 40, known: map[string]bool{}}
	on, err := p.incidences(h, v)
	if err != nil {
		t.Fatal(err)
	}
	rows, err := p.domain(newColouring(h.Inequalities, nil, h.Dim), v, on)
	if err != nil || len(rows) != 3 {
		t.Errorf("rows %v, error %v; want three", rows, err)
	}
	var wide cone.Vector // with coefficients that colours do not tell apart
	for i := range 4 {
		x, err := rational.ParseInt(fmt.Sprintf("10000000000000000000000000%d", i+1))
		if err != nil {
			t.Fatal(err)
		}
		wide = append(wide, cone.Entry{Index: i, Value: x})
	}
	if rows, err = p.domain(newColouring(h.Inequalities, []cone.Vector{wide}, h.Dim), v, on); err != nil || rows != nil {
		t.Errorf("rows %v, error %v; want none, as an equation is not kept", rows, err)
	}
	lines := &cone.V{Dim: v.Dim, Rays: v.Rays, Lines: []cone.Vector{cone.Unit(1, 1)}}
	if rows, err = p.domain(newColouring(h.Inequalities, nil, h.Dim), lines, on); err != nil || rows != nil {
		t.Errorf("rows %v, error %v; want none, as they are not zero on a line", rows, err)
	}
}

// A proof over the sorted points that takes too much, or fails, says nothing, and leaves the work that is allowed as it was.
func TestAffordDomain(t *testing.T) {
	h, v := epigraph(4, 3)
	afford := func(v *cone.V, more int64) (done bool, err error) {
		p := &prover{ctx: context.Background(), budget: 1 << 40, known: map[string]bool{}}
		on, err := p.incidences(h, v)
		if err != nil {
			t.Fatal(err)
		}
		budget := p.work + more
		p.budget = budget
		if done, err = p.affordDomain(h, v, on, h.Dim); p.budget != budget {
			t.Errorf("a budget of %d has become %d", budget, p.budget)
		}
		return done, err
	}
	if done, err := afford(v, 1<<30); !done || err != nil {
		t.Errorf("done %v, error %v", done, err)
	}
	for more := int64(1); more < 1<<14; more *= 4 {
		if done, err := afford(v, more); done || err != nil {
			t.Errorf("with %d more: done %v, error %v", more, done, err)
		}
	}
	// The units of one w, which symmetries exchange, are missing.
	less := &cone.V{Dim: v.Dim, Rays: slices.DeleteFunc(slices.Clone(v.Rays), func(x cone.Vector) bool { return len(x) == 1 })}
	if done, err := afford(less, 1<<30); done || err != nil {
		t.Errorf("without units: done %v, error %v", done, err)
	}
}
