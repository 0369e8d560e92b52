package doubledesc

import (
	"context"
	"slices"
	"strings"
	"testing"

	"pstar/cone"
)

// wedge is {x >= 0, y >= 0} in three dimensions, with a line.
func wedge() (*cone.H, *cone.V) {
	h := &cone.H{Dim: 3, Inequalities: ints([]int64{1, 0, 0}, []int64{0, 1, 0})}
	v := &cone.V{Dim: 3, Rays: ints([]int64{0, 1, 0}, []int64{1, 0, 0}), Lines: ints([]int64{0, 0, 1})}
	return h, v
}

func TestCheckFindsWrongGenerators(t *testing.T) {
	for _, c := range []struct {
		name   string
		change func(*cone.H, *cone.V)
		want   string // part of the error; "" for none
	}{
		{"right", func(*cone.H, *cone.V) {}, ""},
		{"another ray modulo the line", func(_ *cone.H, v *cone.V) { v.Rays[0] = ints([]int64{0, 1, 7})[0] }, ""},
		{"dimension", func(_ *cone.H, v *cone.V) { v.Dim = 4 }, "dimension 4 for a cone of dimension 3"},
		{"a row is violated", func(_ *cone.H, v *cone.V) { v.Rays[1] = ints([]int64{1, -1, 0})[0] }, "ray 2 violates row 2"},
		{"an equation is violated", func(h *cone.H, v *cone.V) {
			h.Equations = ints([]int64{1, -1, 0})
		}, "ray 1 violates row 3"},
		{"not extreme", func(_ *cone.H, v *cone.V) { v.Rays[1] = ints([]int64{1, 1, 0})[0] }, "ray 2 is not extreme"},
		{"a ray in the lineality space", func(_ *cone.H, v *cone.V) { v.Rays = append(v.Rays, v.Lines[0]) }, "ray 3 is not extreme"},
		{"twice", func(_ *cone.H, v *cone.V) { v.Rays = append(v.Rays, v.Rays[0]) }, "3 rays, but only 2 different"},
		{"twice modulo the line", func(_ *cone.H, v *cone.V) { v.Rays = append(v.Rays, ints([]int64{0, 2, 5})[0]) }, "3 rays, but only 2 different"},
		{"no line", func(_ *cone.H, v *cone.V) { v.Lines = nil }, "0 lines, want a basis of a lineality space of dimension 1"},
		{"a line elsewhere", func(_ *cone.H, v *cone.V) { v.Lines = ints([]int64{0, 1, 1}) }, "line 1 is not in the lineality space"},
		{"a line twice", func(_ *cone.H, v *cone.V) { v.Lines = append(v.Lines, v.Lines[0]) }, "2 lines"},
		{"zero for a line", func(_ *cone.H, v *cone.V) { v.Lines = []cone.Vector{nil} }, "1 lines"},
	} {
		t.Run(c.name, func(t *testing.T) {
			h, v := wedge()
			c.change(h, v)
			err := Check(context.Background(), h, v)
			if c.want == "" && err != nil || c.want != "" && (err == nil || !strings.Contains(err.Error(), c.want)) {
				t.Errorf("error %v, want %q", err, c.want)
			}
		})
	}
}

// waysToComplete are the check and the second part of it alone, which it seldom needs.
var waysToComplete = map[string]func(context.Context, *cone.H, *cone.V, Options) error{
	"complete": CheckComplete, "converted back": checkBack,
}

// A missing ray passes Check, which does not look for it, and fails
// CheckComplete; so does every other proper subset.
func TestCheckCompleteFindsMissingRays(t *testing.T) {
	cones := map[string]*cone.H{
		"cell":     feasibilityCone(2, 4),
		"square":   {Dim: 3, Inequalities: ints([]int64{1, 1, 0}, []int64{1, -1, 0}, []int64{1, 0, 1}, []int64{1, 0, -1})},
		"flat":     {Dim: 3, Inequalities: ints([]int64{1, 1, 0}, []int64{1, -1, 0}, []int64{0, 0, 1}, []int64{0, 0, -1})},
		"halfline": {Dim: 1, Inequalities: ints([]int64{1})},
	}
	for name, h := range cones {
		v := rays(t, h, Options{})
		for way, check := range waysToComplete {
			if err := check(context.Background(), h, v, Options{}); err != nil {
				t.Errorf("%s, %s: %v", name, way, err)
			}
		}
		for i := range v.Rays {
			less := &cone.V{Dim: v.Dim, Rays: slices.Delete(slices.Clone(v.Rays), i, i+1), Lines: v.Lines}
			if err := Check(context.Background(), h, less); err != nil {
				t.Errorf("%s: Check without ray %d: %v", name, i, err)
			}
			for way, check := range waysToComplete {
				err := check(context.Background(), h, less, Options{})
				if err == nil || !strings.Contains(err.Error(), "incomplete") {
					t.Errorf("%s, %s: without ray %d: %v, want incomplete", name, way, i, err)
				}
			}
		}
	}
}

// Graphs that no cone has are noticed apart from the conversion back.
func TestCheckGraph(t *testing.T) {
	h := &cone.H{Dim: 3, Inequalities: ints([]int64{1, 0, 0}, []int64{0, 1, 0}, []int64{0, 0, 1})}
	v := rays(t, h, Options{})
	if err := checkGraph(context.Background(), h, v, 3); err != nil {
		t.Error(err)
	}
	if err := checkGraph(context.Background(), h, v, 4); err == nil || !strings.Contains(err.Error(), "want at least 3") {
		t.Errorf("error %v, want too few neighbours", err)
	}
	apart := &cone.V{Dim: 2, Rays: ints([]int64{1, 0}, []int64{0, 1}, []int64{1, 1}, []int64{1, 2})}
	rows := &cone.H{Dim: 2, Inequalities: ints([]int64{1, 0}, []int64{0, 1})}
	if err := checkGraph(context.Background(), rows, apart, 1); err == nil || !strings.Contains(err.Error(), "connected") {
		t.Errorf("error %v, want a graph that is not connected", err)
	}
}

func TestCheckCompleteUsesImpliedEquations(t *testing.T) {
	// x = y follows from two inequalities only.
	h := &cone.H{Dim: 2, Inequalities: ints([]int64{1, -1}, []int64{-1, 1}, []int64{1, 1})}
	v := &cone.V{Dim: 2, Rays: ints([]int64{1, 1})}
	if err := checkBack(context.Background(), h, v, Options{}); err != nil {
		t.Error(err)
	}
	wide := &cone.H{Dim: 2, Inequalities: ints([]int64{1, 0}, []int64{0, 1})}
	err := checkBack(context.Background(), wide, v, Options{})
	if err == nil || !strings.Contains(err.Error(), "does not hold on the cone") {
		t.Errorf("error %v, want an equation that does not hold", err)
	}
}

func TestCheckStopsWithTheContext(t *testing.T) {
	h, v := wedge()
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	for name, err := range map[string]error{
		"Check":         Check(ctx, h, v),
		"CheckComplete": CheckComplete(ctx, h, v, Options{}),
	} {
		if err != context.Canceled {
			t.Errorf("%s: error %v, want canceled", name, err)
		}
	}
}
