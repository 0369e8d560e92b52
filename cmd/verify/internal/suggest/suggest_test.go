package suggest

import "testing"

func TestNearest(t *testing.T) {
	names := []string{"check", "dd", "redund", "fm", "lp", "knapsack", "ration", "MD-T1", "MD-T2", "timeout"}
	for word, want := range map[string]string{
		"chekc": "check", "knapsak": "knapsack", "rations": "ration", "md-t": "MD-T1", "redundancy": "redund",
		"time": "timeout", "KNAPSACK": "knapsack", "mf": "fm", "x": "", "": "", "nonsense": "", "ddd": "dd",
	} {
		if got := Nearest(word, names); got != want {
			t.Errorf("%q: %q, want %q", word, got, want)
		}
	}
	if got := DidYouMean("chekc", names, func(s string) string { return "-" + s }); got != "; did you mean -check?" {
		t.Errorf("%q", got)
	}
	if got := DidYouMean("nonsense", names, func(s string) string { return s }); got != "" {
		t.Errorf("%q", got)
	}
}

func TestDistance(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want int
	}{{"", "abc", 3}, {"abc", "acb", 1}, {"abc", "abc", 0}, {"kitten", "sitting", 3}, {"ca", "abc", 3}} {
		if d := distance([]rune(c.a), []rune(c.b)); d != c.want {
			t.Errorf("%q to %q: %d, want %d", c.a, c.b, d, c.want)
		}
		if d := distance([]rune(c.b), []rune(c.a)); d != c.want {
			t.Errorf("%q to %q: %d, want %d", c.b, c.a, d, c.want)
		}
	}
}
