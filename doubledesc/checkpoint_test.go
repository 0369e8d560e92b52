package doubledesc

import (
	"bytes"
	"context"
	"errors"
	"math/rand/v2"
	"slices"
	"testing"

	"pstar/cone"
	"pstar/rational"
)

// A conversion goes on from any state that it handed out, written and read again, to the
// same rays and the same effort, on which the limit of the proof of completeness depends.
func TestResume(t *testing.T) {
	r := rand.New(rand.NewPCG(15, 8))
	walks, rows := 0, 0
	for range 300 {
		h := randomCone(r)
		for _, method := range []Method{DoubleDescription, Pivoting} {
			var states [][]byte
			var effort int64
			o := Options{Method: method, Effort: &effort, Order: Orders()[r.IntN(len(Orders()))]}
			o.Keep = func(_ bool, state func() *Checkpoint) error {
				var text bytes.Buffer
				if err := state().Write(&text); err != nil {
					return err
				}
				states = append(states, text.Bytes())
				return nil
			}
			want, err := Rays(t.Context(), h, o)
			if err != nil {
				t.Fatal(err)
			}
			for _, text := range states {
				c, err := ReadCheckpoint(text)
				if err != nil {
					t.Fatal(err)
				}
				if c.walk != nil {
					walks++
				} else {
					rows++
				}
				var again int64
				got, err := Rays(t.Context(), h, Options{Method: method, Effort: &again, Order: o.Order, Resume: c})
				if err != nil {
					t.Fatal(err)
				}
				if !slices.EqualFunc(got.Rays, want.Rays, cone.Vector.Equal) || again != effort {
					t.Fatalf("%v %v: %v with effort %d, want %v with effort %d, from\n%s", method, h, got.Rays, again, want.Rays, effort, text)
				}
			}
		}
	}
	if walks < 50 || rows < 500 {
		t.Errorf("only %d states of walks and %d of rows", walks, rows)
	}
}

// A state of another cone is refused, and so is what is none.
func TestResumeElsewhere(t *testing.T) {
	square := &cone.H{Dim: 3}
	for _, sign := range []int64{1, -1} {
		for c := 1; c <= 2; c++ {
			square.Inequalities = append(square.Inequalities, cone.MakeVector(cone.Unit(0, 1)[0], cone.Unit(c, sign)[0]))
		}
	}
	for _, method := range []Method{DoubleDescription, Pivoting} {
		var state *Checkpoint
		keep := func(_ bool, s func() *Checkpoint) error { state = s(); return nil }
		if _, err := Rays(t.Context(), square, Options{Method: method, Keep: keep}); err != nil {
			t.Fatal(err)
		}
		other := &cone.H{Dim: 3, Inequalities: slices.Clone(square.Inequalities)}
		other.Inequalities[0] = cone.Unit(0, 1)
		if _, err := Rays(t.Context(), other, Options{Method: method, Resume: state}); !errors.Is(err, ErrCheckpoint) {
			t.Errorf("%v: error %v", method, err)
		}
	}
	full := errors.New("the disk is full")
	if _, err := Rays(t.Context(), square, Options{Method: DoubleDescription, Keep: func(bool, func() *Checkpoint) error { return full }}); !errors.Is(err, full) {
		t.Errorf("error %v", err)
	}
	for _, text := range []string{"", "{}x", "{\"found\":1}\n", "{\"found\":1}\n0\n", "{\"found\":1}\n1 1 0 1\n", "{\"found\":1}\n0 0\n", "{\"found\":1}\n0 x\n", "{\"found\":1}\nx 1\n"} {
		if c, err := ReadCheckpoint([]byte(text)); err == nil && text != "" {
			t.Errorf("%q is accepted: %v", text, c)
		}
	}
}

// A conversion that is stopped, at whatever moment, offers a state once more, unless it is within the change of a row: what
// goes on from there comes to the same rays with the same effort. So runs come on of which each is stopped soon.
func TestStoppedConversionsOfferTheirState(t *testing.T) {
	r := rand.New(rand.NewPCG(15, 28))
	h := &cone.H{Dim: 9}
	for range 40 {
		row := make([]int64, h.Dim)
		for j := range row {
			row[j] = r.Int64N(21) - 10
		}
		row[0] = 60
		h.Inequalities = append(h.Inequalities, cone.Sparse(rational.NewVector(row...)))
	}
	for _, method := range []Method{DoubleDescription, Pivoting} {
		var effort int64
		calls := 0
		want, err := Rays(t.Context(), h, Options{Method: method, Effort: &effort, Progress: func(Progress) { calls++ }})
		if err != nil {
			t.Fatal(err)
		}
		offered := 0
		for range 20 {
			ctx, cancel := context.WithCancel(t.Context())
			stop, seen := 1+r.IntN(calls), 0
			var kept *Checkpoint
			o := Options{Method: method, Effort: new(int64)}
			o.Progress = func(Progress) {
				if seen++; seen == stop {
					cancel()
				}
			}
			o.Keep = func(last bool, state func() *Checkpoint) error {
				if ctx.Err() != nil && !last {
					kept = state()
				}
				return nil
			}
			_, err := Rays(ctx, h, o)
			cancel()
			if err == nil || kept == nil {
				continue
			}
			offered++
			var again int64
			got, err := Rays(t.Context(), h, Options{Method: method, Effort: &again, Resume: kept})
			if err != nil {
				t.Fatal(err)
			}
			if !slices.EqualFunc(got.Rays, want.Rays, cone.Vector.Equal) || again != effort {
				t.Errorf("%v: %d rays with effort %d, want %d with effort %d", method, len(got.Rays), again, len(want.Rays), effort)
			}
		}
		if offered < 10 {
			t.Errorf("%v: only %d of 20 runs that were stopped offered a state", method, offered)
		}
	}
}
