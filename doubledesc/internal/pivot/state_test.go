package pivot

import (
	"errors"
	"testing"

	"pstar/cone"
)

// What is no state of the walk is refused at once, or where its steps lead nowhere.
func TestResumeDamaged(t *testing.T) {
	// The cube of dimension 3: 1 ± x_i ≥ 0.
	in := &Input{Coordinates: []int{0, 1, 2, 3}, Basis: []int{0, 1, 2, 4}}
	for i := range 3 {
		for _, sign := range []int64{1, -1} {
			row := make([]int64, 4)
			row[0], row[1+i] = 1, sign
			in.Rows = append(in.Rows, row)
		}
	}
	limits := Limits{GiveUp: func(*Result) bool { return false }}
	var states []*Walk
	var found [][]cone.Vector
	limits.Keep = func(state func() (*Walk, []cone.Vector)) error {
		w, rays := state()
		states, found = append(states, w), append(found, rays)
		return nil
	}
	whole, err := Rays(t.Context(), in, limits)
	if err != nil || !whole.Done || len(whole.Rays) != 8 {
		t.Fatalf("%v, %v", whole, err)
	}
	limits.Keep = nil
	refused := 0
	for k, w := range states {
		for name, damage := range map[string]func(w *Walk){
			"nothing":  func(*Walk) {},
			"children": func(w *Walk) { w.Frames[0][2] = int32(len(w.Steps)) },
			"step":     func(w *Walk) { w.Steps = append(w.Steps, [2]int32{0, 0}) },
			"row":      func(w *Walk) { w.Steps = append(w.Steps, [2]int32{0, 6}) },
			"known":    func(w *Walk) { w.Known = append(w.Known, 1) },
			"no frame": func(w *Walk) { w.Frames = nil },
		} {
			damaged := &Walk{Bases: w.Bases, Frames: append([][3]int32{}, w.Frames...), Steps: append([][2]int32{}, w.Steps...), Known: append([]byte{}, w.Known...), Points: w.Points}
			damage(damaged)
			limits.Resume, limits.Found = damaged, found[k]
			got, err := Rays(t.Context(), in, limits)
			switch {
			case errors.Is(err, ErrState):
				refused++
			case err != nil || name == "nothing" && len(got.Rays) != 8:
				t.Errorf("state %d, %s: %v, %v", k, name, got, err)
			}
			if name == "nothing" && err != nil {
				t.Errorf("state %d is refused", k)
			}
		}
	}
	if refused < 3*len(states) {
		t.Errorf("%d refused of %d states", refused, len(states))
	}
}
