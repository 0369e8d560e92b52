package doubledesc

import (
	"context"
	"errors"
	"math/rand/v2"
	"testing"

	"pstar/cone"
	"pstar/rational"
)

// Walking from basis to basis finds the rays that double description finds, of cones of every
// kind: with equations, with lines, simple or not, flat, and with coefficients of one word and
// of two.
func TestPivoting(t *testing.T) {
	r := rand.New(rand.NewPCG(81, 82))
	walked := 0
	same := func(name string, h *cone.H) {
		t.Helper()
		var used Method
		want := rays(t, h, Options{Method: DoubleDescription})
		got := rays(t, h, Options{Method: Pivoting, Used: &used})
		if !cone.Equal(want, got) {
			t.Fatalf("%s: %d rays by pivoting, want %d\n%+v", name, len(got.Rays), len(want.Rays), h)
		}
		if used == Pivoting {
			walked++
		}
	}
	for range soak(t, 1000) {
		same("small", randomCone(r))
	}
	for i := range soak(t, 200) {
		shape := coneShapes[i%len(coneShapes)]
		h := shape.make(r)
		if h.Dim < 20 { // others have thousands of bases
			same(shape.name, h)
		}
	}
	for range soak(t, 300) {
		same("long", longCone(r))
	}
	same("birkhoff", birkhoff(3))
	same("cell", feasibilityCone(2, 4))
	for name, h := range benchmarkShapes() {
		if h.Dim < 9 {
			same(name, h)
		}
	}
	if walked < 400 {
		t.Errorf("only %d cones were walked over", walked)
	}
}

// longCone has coefficients of up to 30 bits, all even at times, so that the minors of most fit
// two words, just so, and some have many factors 2.
func longCone(r *rand.Rand) *cone.H {
	dim := 2 + r.IntN(4)
	size, shift := 1<<(2+r.IntN(28)), r.IntN(20)
	h := &cone.H{Dim: dim}
	row := func() cone.Vector {
		dense := make(rational.Vector, dim)
		for i := range dense {
			dense[i] = rational.NewInt(int64(r.IntN(2*size)-size) << (r.IntN(2) * shift))
		}
		return cone.Sparse(dense)
	}
	for range dim + r.IntN(8) {
		h.Inequalities = append(h.Inequalities, row())
	}
	for range r.IntN(2) {
		h.Equations = append(h.Equations, row())
	}
	return h
}

// Where rays have many bases a walk is given up, and where numbers are too long it is not
// begun; either way the result is that of double description.
func TestPivotingGivenUp(t *testing.T) {
	for name, want := range map[string]struct {
		h    *cone.H
		used Method
	}{
		"metric": {metric(5), DoubleDescription},
		"simple": {&cone.H{Dim: 3, Inequalities: ints([]int64{1, 0, 0}, []int64{0, 1, 0}, []int64{0, 0, 1}, []int64{1, 1, -1})}, Pivoting},
		"long":   {&cone.H{Dim: 3, Inequalities: ints([]int64{1, 0, 1 << 61}, []int64{0, 1, 0}, []int64{1 << 61, 3, 1}, []int64{1, 1 << 61, 3})}, DoubleDescription},
	} {
		var used Method
		got := rays(t, want.h, Options{Used: &used})
		if used != want.used {
			t.Errorf("%s: by %v, want %v", name, used, want.used)
		}
		if !cone.Equal(got, rays(t, want.h, Options{Method: DoubleDescription})) {
			t.Errorf("%s: other rays", name)
		}
	}
}

// A conversion is given up that takes more than it may, whatever the method: the cube in ten
// dimensions has 1 024 vertices.
func TestNoMoreThanMost(t *testing.T) {
	h := &cone.H{Dim: 11}
	for i := 1; i < h.Dim; i++ {
		for _, x := range []int64{-1, 1} {
			h.Inequalities = append(h.Inequalities, cone.Vector{{Index: 0, Value: rational.NewInt(1)}, {Index: i, Value: rational.NewInt(x)}})
		}
	}
	for _, method := range Methods() {
		var effort int64
		if _, err := Rays(t.Context(), h, Options{Method: method, Effort: &effort}); err != nil {
			t.Fatal(err)
		}
		if v, err := Rays(t.Context(), h, Options{Method: method, Most: effort}); err != nil || len(v.Rays) != 1024 {
			t.Errorf("%v: %v with the effort that it takes", method, err)
		}
		if _, err := Rays(t.Context(), h, Options{Method: method, Most: effort / 2}); !errors.Is(err, ErrMost) {
			t.Errorf("%v: %v with half of the effort that it takes", method, err)
		}
	}
}

// A walk reports how far it is, and is left when the context ends.
func TestPivotingStopsWithTheContext(t *testing.T) {
	h := longRow(12)
	cause := errors.New("enough")
	ctx, cancel := context.WithCancelCause(t.Context())
	bases := 0
	_, err := Rays(ctx, h, Options{Method: Pivoting, Progress: func(p Progress) {
		if p.Bases <= bases || p.Rays == 0 {
			t.Errorf("%+v after %d bases", p, bases)
		}
		if bases = p.Bases; bases > 1000 {
			cancel(cause)
		}
	}})
	if !errors.Is(err, cause) {
		t.Errorf("error %v, want the cause", err)
	}
	if bases == 0 || bases > 2000 {
		t.Errorf("left at %d bases", bases)
	}
}
