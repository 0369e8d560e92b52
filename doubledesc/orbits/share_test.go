package orbits

import (
	"bytes"
	"context"
	"errors"
	"math/rand/v2"
	"sync/atomic"
	"testing"
	"time"

	"pstar/cone"
)

// zeroOne are points without a symmetry, as a rule: each facet is an orbit.
func zeroOne(r *rand.Rand, dim, n int) *cone.Polyhedron {
	var rows [][]int64
	for range n {
		row := []int64{1}
		for range dim {
			row = append(row, r.Int64N(2))
		}
		rows = append(rows, row)
	}
	return polyhedron(cone.VRepresentation, rows, 0)
}

// An error of one worker ends the work of all others, and is that of the whole.
func TestErrorEndsAllWork(t *testing.T) {
	fault := errors.New("the disk is full")
	calls, waiting := atomic.Int64{}, make(chan bool)
	do := func(ctx context.Context, _ string, work func(context.Context) ([]byte, error)) ([]byte, error) {
		switch calls.Add(1) {
		case 1: // after which there are several orbits
			return work(ctx)
		case 2:
			close(waiting)
			select {
			case <-ctx.Done():
				return nil, context.Cause(ctx)
			case <-time.After(time.Minute):
				t.Error("nothing ends the work of another worker")
				return nil, fault
			}
		}
		<-waiting
		return nil, fault
	}
	p := zeroOne(rand.New(rand.NewPCG(15, 14)), 5, 14)
	if _, err := Rays(t.Context(), p, Options{Workers: 2, Do: do, way: onlyDecomposition}); !errors.Is(err, fault) {
		t.Errorf("error %v", err)
	}
}

// Progress begins with one orbit, of which nothing is known, and ends with all orbits; those that are treated grow one by one.
func TestProgressOfOrbits(t *testing.T) {
	var list []Progress
	r, err := Rays(t.Context(), zeroOne(rand.New(rand.NewPCG(15, 15)), 5, 14), Options{way: onlyDecomposition, Progress: func(p Progress) { list = append(list, p) }})
	if err != nil {
		t.Fatal(err)
	}
	known := 1
	for k, p := range list {
		if p.Treated != k || p.Known < known || p.Rays.Int64() < int64(p.Known) || p.Whole != nil {
			t.Errorf("report %d: %d of %d orbits, %v rays", k, p.Treated, p.Known, p.Rays)
		}
		known = p.Known
	}
	if known != len(r.Orbits) || len(list) < 3 {
		t.Errorf("%d reports, the last of %d orbits, want %d", len(list), known, len(r.Orbits))
	}
}

// A decomposition is left when it has taken its turn: of few orbits when they have taken many times as much, and of many when all, at
// what those before took each, will.
func TestTurnsEnd(t *testing.T) {
	for _, c := range []struct {
		budget, effort  int64
		treated, orbits int
		want            bool
	}{
		{0, 1 << 60, 3, 40, false}, // no limit
		{100, fewLonger * 100, 3, fewOrbits - 1, false},
		{100, fewLonger*100 + 1, 3, fewOrbits - 1, true},
		{100, 1000, 0, fewOrbits, false}, // of which nothing is known
		{100, 10, 2, fewOrbits + 4, false},
		{100, 12, 2, fewOrbits + 4, true},
		{100, 100, 20, 20, false},
		{100, 60, 10, 20, true},
	} {
		d := &decomposition{effort: c.effort}
		for k := range c.orbits {
			d.orbits = append(d.orbits, &orbit{treated: k < c.treated})
		}
		team := newTeam(d, Options{})
		team.budget = c.budget
		if got := team.over(); got != c.want {
			t.Errorf("%d of %d orbits took %d, of %d: %v", c.treated, c.orbits, c.effort, c.budget, got)
		}
	}
}

// One figure of which a ray may be missing makes a list of which one may be.
func TestCompleteIfAllFiguresAre(t *testing.T) {
	p := zeroOne(rand.New(rand.NewPCG(15, 17)), 4, 9)
	for _, given := range []int64{0, 1, 2} { // the piece of work whose proof is given up, or none
		calls := int64(0)
		do := func(ctx context.Context, _ string, work func(context.Context) ([]byte, error)) ([]byte, error) {
			data, err := work(ctx)
			if calls++; calls == given {
				data = bytes.Replace(data, []byte(`"shown":true`), []byte(`"shown":false`), 1)
			}
			return data, err
		}
		r, err := Rays(t.Context(), p, Options{Do: do, way: onlyDecomposition})
		if err != nil || r.Complete != (given == 0) || calls < 3 {
			t.Errorf("piece %d of %d is not shown to be complete: complete %v, error %v", given, calls, r.Complete, err)
		}
	}
}
