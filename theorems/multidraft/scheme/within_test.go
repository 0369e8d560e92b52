package scheme

import (
	"slices"
	"testing"

	"pstar/rational"
	"pstar/theorems/multidraft"
	"pstar/theorems/multidraft/internal/oracle"
	"pstar/theorems/multidraft/vocabulary"
)

// P* beside an acceptance is as narrow as asked where that can be had, and else said to be wider; the gap is that of both intervals.
func TestWithinAppliesToOptimum(t *testing.T) {
	rng := oracle.NewRand(97)
	law := func() multidraft.Distribution {
		var w []rational.Int
		for range 3000 {
			w = append(w, rational.NewInt(1+rng.Int64N(1<<40)))
		}
		return multidraft.Must(multidraft.FromWeights("p", w))
	}
	p, q := law(), law()
	for _, c := range []struct {
		k     int
		bits  int
		wider bool
	}{{2, 20, false}, {2, 300, false}, {3, 20, false}, {3, 300, true}} {
		s := multidraft.Must(multidraft.New(multidraft.ModelWithoutReplacement, c.k, []multidraft.Distribution{p}, q))
		width := rational.Dyadic(rational.NewInt(1), -c.bits)
		e := evaluate(t, Single, s, Options{Within: &width})
		said := slices.ContainsFunc(e.Parameters, func(p Parameter) bool { return p.Name == "width of P*" })
		if said != c.wider || e.Best.Width().Cmp(width) > 0 != c.wider || e.Best.Exact() {
			t.Errorf("K = %d, 2^-%d: P* of width %v, %v", c.k, c.bits, e.Best.Width().Float64(), e.Parameters)
		}
		// An interval of the usual width, made apart, has a value in common.
		usual, err := vocabulary.Enclose(t.Context(), s, vocabulary.DefaultWidth(c.k))
		if err != nil || usual.Value.Lo.Cmp(e.Best.Hi) > 0 || e.Best.Lo.Cmp(usual.Value.Hi) > 0 {
			t.Errorf("K = %d: %v apart from %v, %v", c.k, e.Best, usual.Value, err)
		}
		if !e.Gap.Lo.Equal(e.Best.Lo.Sub(e.Acceptance.Hi)) || !e.Gap.Hi.Equal(e.Best.Hi.Sub(e.Acceptance.Lo)) {
			t.Errorf("K = %d: gap %v of P* %v and %v", c.k, e.Gap, e.Best, e.Acceptance)
		}
		// And where P* is the acceptance itself, both are said once.
		attained := evaluate(t, Importance, s, Options{Within: &width})
		if attained.Acceptance != attained.Best || attained.Best.Width().Cmp(width) > 0 != c.wider || !attained.Gap.Exact() {
			t.Errorf("K = %d: %v", c.k, attained.Parameters)
		}
	}
}
