package scheme

import (
	"testing"

	"pstar/rational"
	"pstar/theorems/multidraft"
)

// What is asked for where nothing is said is a width too; who gives the digits of γ* has asked for these.
func TestAskedWidth(t *testing.T) {
	within := rational.NewRat(1, 1000)
	billionth, anything := rational.NewRat(1, 1e9), rational.Whole(1)
	for _, c := range []struct {
		scheme string
		o      Options
		want   rational.Rat
	}{
		{RecursiveDistinct, Options{}, billionth},
		{RecursiveDistinct, Options{Bits: 20}, billionth}, // for others of a comparison
		{RecursiveDistinct, Options{Within: &within}, within},
		{KSEQ, Options{}, billionth},
		{KSEQ, Options{Bits: 20}, anything},
		{Hybrid, Options{Bits: 20}, anything},
		{KSEQ, Options{Bits: 20, Within: &within}, within},
	} {
		s, err := Lookup(c.scheme)
		if err != nil {
			t.Fatal(err)
		}
		if got := s.Asked(c.o); !got.Equal(c.want) {
			t.Errorf("%s with %+v: %v, want %v", c.scheme, c.o, got, c.want)
		}
	}
	for k, want := range map[int]rational.Rat{2: rational.NewRat(1, 1e12), 3: billionth} {
		s := multidraft.Must(multidraft.Generate(1, 0, k, 3, multidraft.ModelWithoutReplacement))
		if got := (Options{}).AskedOfOptimum(s); !got.Equal(want) {
			t.Errorf("of P* with K = %d: %v, want %v", k, got, want)
		}
		if got := (Options{Within: &within}).AskedOfOptimum(s); !got.Equal(within) {
			t.Errorf("of P* with K = %d: %v, want %v", k, got, within)
		}
	}
}
