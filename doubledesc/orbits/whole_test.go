package orbits

import "testing"

// A conversion has its turn while there is more left to do than it may take, and none for the last
// orbits of many.
func TestTurnsOfAConversion(t *testing.T) {
	for _, c := range []struct {
		effort, tried, want int64
		treated, known      int
	}{
		{0, 100, 400, 0, 0},             // nothing is known yet
		{0, 100, 400, 0, 1},             // nor here
		{1000, 100, 2000, 2, 43},        // most is left
		{1000, 100, 2000, 5, 10},        // as much as has been done
		{1000, 600, 2000, 5, 10},        // and here four times as much as before would be more
		{1000, 100, 500, 8, 10},         // a quarter of that
		{17300, 3000, 400, 173, 175},    // two orbits: less than has been tried
		{17300, 30000, 120000, 20, 175}, // four times what was tried, of more that is left
	} {
		d := &decomposition{effort: c.effort}
		for k := range c.known {
			d.orbits = append(d.orbits, &orbit{treated: k < c.treated})
		}
		if got := newTeam(d, Options{}).nextWhole(c.tried); got != c.want {
			t.Errorf("%d of %d orbits with the effort %d, tried %d: next %d, want %d", c.treated, c.known, c.effort, c.tried, got, c.want)
		}
	}
}
