package pivot

import (
	"errors"
	"slices"

	"pstar/cone"
)

// A Walk is the state of a walk between two steps, without the rays found so far. The table
// is not in it: it is made again by the steps from the first basis to the one at hand.
type Walk struct {
	Second bool       `json:"second,omitempty"` // the first level was not positive everywhere
	Bases  int        `json:"bases"`
	Frames [][3]int32 `json:"frames"` // of each: the row that leaves, the one that enters, and its children
	Steps  [][2]int32 `json:"steps"`  // not yet taken: the row that leaves, and the one that enters
	// Known and Points are the sets of rows of the bases and of the points that are known.
	// Beside each there is another one: see known.
	Known  []byte `json:"known"`
	Points []byte `json:"points"`
}

// ErrState is the error of a state that is not one of the input.
var ErrState = errors.New("pivot: the state is one of another walk")

// state is the state at hand, and the rays found so far.
func (t *tour[W]) state() (*Walk, []cone.Vector) {
	w := &Walk{Second: t.limits.second, Bases: t.result.Bases, Known: t.bases.bytes(), Points: t.points.bytes()}
	for _, f := range t.frames {
		w.Frames = append(w.Frames, [3]int32{f.leave, f.enter, int32(f.children)})
	}
	for _, s := range t.steps {
		w.Steps = append(w.Steps, [2]int32{s.leave, s.enter})
	}
	return w, t.result.Rays
}

// resume takes the walk, which has not begun, to a state; false if that cannot be one of
// it. Whether a step that is left can be taken shows only at its basis: then the walk ends
// with ErrState. A state that says of bases that they are known which were never seen is
// not told from a true one, and makes a list with rays missing.
func (t *tour[W]) resume(w *Walk, rays []cone.Vector) bool {
	// There is one frame at least, that of the first basis.
	if len(w.Frames) == 0 || !t.bases.fill(w.Known) || !t.points.fill(w.Points) {
		return false
	}
	t.result.Bases, t.result.Rays = w.Bases, slices.Clone(rays)
	// Each frame begins with the steps that are left at those before it.
	var before int32
	for k, f := range w.Frames {
		s := step{f[0], f[1]}
		if k > 0 {
			if !t.possible(s) {
				return false
			}
			// The first frame has no step: the walk is at its basis already.
			t.take(s)
		}
		if f[2] < before || int(f[2]) > len(w.Steps) {
			return false
		}
		before = f[2]
		t.frames = append(t.frames, frame{s, int(f[2])})
	}
	for _, s := range w.Steps {
		// Only rows have labels that a step may have; others would be no place of a
		// table.
		if !t.isRow(s[0]) || !t.isRow(s[1]) {
			return false
		}
		t.steps = append(t.steps, step{s[0], s[1]})
	}
	return true
}

func (t *tour[W]) isRow(label int32) bool { return label >= 0 && int(label) < t.rows }

// possible reports whether a row of the columns can leave for one of the slots.
func (t *tour[W]) possible(s step) bool {
	if !t.isRow(s.leave) || !t.isRow(s.enter) {
		return false
	}
	// Column 0 is the level, which never leaves.
	c, slot := t.t.place[s.leave], -1-t.t.place[s.enter]
	return c > 0 && slot >= 0 && t.t.sign(t.t.column(int(c))[slot]) != 0
}
