package report

import "testing"

// Squares have rounded numbers of at most four letters: 19 ms are not 0.01 s.
func TestSquaresAreRounded(t *testing.T) {
	times, sizes := quantities[0], quantities[1]
	for _, c := range []struct {
		short func(int64) string
		n     int64
		want  string
	}{
		{times.short, 4, "0.00"}, {times.short, 5, "0.01"}, {times.short, 19, "0.02"}, {times.short, 87, "0.09"},
		{times.short, 1_996, "2.00"}, {times.short, 9_994, "9.99"}, {times.short, 9_995, "10"}, {times.short, 59_700, "60"},
		{sizes.short, 49, "0.0"}, {sizes.short, 784, "0.8"}, {sizes.short, 99_949, "99.9"}, {sizes.short, 99_950, "100"}, {sizes.short, 100_499, "100"},
	} {
		if got := c.short(c.n); got != c.want || len(got) > 4 {
			t.Errorf("%d is written %q, want %q", c.n, got, c.want)
		}
	}
}
