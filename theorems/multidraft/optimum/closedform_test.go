package optimum

import (
	"slices"
	"testing"

	"pstar/rational"
	"pstar/theorems/multidraft"
	"pstar/theorems/multidraft/internal/oracle"
)

func TestMDT3_EnumerationAgainstEveryBound(t *testing.T) {
	oracle.SmallCells(4, 4, func(k, n int, model string) {
		oracle.Generated(t, 4, 32, k, n, model, func(in *multidraft.Instance) {
			value, at := oracle.Minimum(in)
			if m := MinByEnumeration(in); !m.Value.Equal(value) || m.Set() != at {
				t.Fatalf("%v: enumeration gives %v at %v, the bounds %v at %v", in, m.Value, m.Set(), value, at)
			}
		})
	})
}

func TestMDT3_PrefixAgainstEnumeration(t *testing.T) {
	for k := 1; k <= 6; k++ {
		for n := 1; n <= 9; n++ {
			oracle.Generated(t, 5, 48, k, n, multidraft.ModelIID, func(in *multidraft.Instance) {
				m, err := MinByPrefix(k, in.Drafts().(*multidraft.IID).P(), in.Target().Rats())
				if err != nil {
					t.Fatal(err)
				}
				want := MinByEnumeration(in)
				if !m.Value.Equal(want.Value) || !slices.Equal(m.Tokens, want.Tokens) {
					t.Fatalf("%v: prefix gives %v at %v, enumeration %v at %v", in, m.Value, m.Set(), want.Value, want.Set())
				}
			})
		}
	}
}

// Ratios that agree to 2^-40 and more are still told apart.
func TestPrefixOrdersNearTiesExactly(t *testing.T) {
	tiny := rational.NewRat(1, 1<<50)
	p := oracle.Rats(t, "1/4,1/4,1/2")
	q := []rational.Rat{rational.NewRat(1, 4).Add(tiny), rational.NewRat(1, 4).Sub(tiny), rational.NewRat(1, 2)}
	m, err := MinByPrefix(1, p, q)
	if err != nil {
		t.Fatal(err)
	}
	if !m.Value.Equal(one.Sub(tiny)) || m.Set() != multidraft.SetOf(1) {
		t.Errorf("MinByPrefix = %v at %v, want 1-2^-50 at {2}", m.Value, m.Set())
	}
	draft, _ := multidraft.NewDistribution("p", p)
	target, _ := multidraft.NewDistribution("q", q)
	if order := ByRatio(draft, target); !slices.Equal(order, []int{1, 2, 0}) {
		t.Errorf("byRatio = %v, want [1 2 0]", order)
	}
}

// The known values of MD-F2 and others, some of them solved elsewhere.
func TestMDT3_KnownValues(t *testing.T) {
	for _, c := range []struct {
		k          int
		p, q, want string
	}{
		{2, "1/3,1/3,1/3", "1/3,0,2/3", "8/9"},
		{2, "1/3,1/3,1/3", "1/3,1/4,5/12", "1"},
		{2, "373/1000,29/50,47/1000", "309/500,177/500,7/250", "988871/1000000"},
		{3, "201/1000,11/40,131/250", "469/1000,31/250,407/1000", "1"},
		{3, "62/125,17/125,151/1000,1/125,209/1000", "37/250,21/500,149/200,1/20,3/200", "610176679/1000000000"},
	} {
		in := oracle.IIDInstance(t, c.k, c.p, c.q)
		if m := MinByEnumeration(in); !m.Value.Equal(oracle.Rat(t, c.want)) {
			t.Errorf("K=%d p=(%s) q=(%s): %v, want %s", c.k, c.p, c.q, m.Value, c.want)
		}
	}
	distinct := multidraft.Must(multidraft.NewWithoutReplacement(3, oracle.Rats(t, "62/125,17/125,151/1000,1/125,209/1000")))
	in, err := multidraft.NewInstance(distinct, multidraft.Must(multidraft.NewDistribution("q", oracle.Rats(t, "37/250,21/500,149/200,1/20,3/200"))))
	if err != nil {
		t.Fatal(err)
	}
	if m := MinByEnumeration(in); !m.Value.Equal(oracle.Rat(t, "4440878158613/5062093092000")) {
		t.Errorf("without replacement: %v, want 4440878158613/5062093092000", m.Value)
	}
}

func TestMDEX1_TwoTokens(t *testing.T) {
	for numerator := int64(0); numerator <= 64; numerator++ {
		q := []rational.Rat{rational.NewRat(numerator, 64), rational.NewRat(64-numerator, 64)}
		m, err := MinByPrefix(2, oracle.Rats(t, "1/2,1/2"), q)
		if err != nil {
			t.Fatal(err)
		}
		if inside := numerator >= 16 && numerator <= 48; m.Value.Equal(one) != inside {
			t.Errorf("q_1 = %v: P* = %v", q[0], m.Value)
		}
	}
}

func TestMinByPrefixRejectsBadInput(t *testing.T) {
	half := oracle.Rats(t, "1/2,1/2")
	for name, err := range map[string]error{
		"K":       second(MinByPrefix(0, half, half)),
		"length":  second(MinByPrefix(2, half, oracle.Rats(t, "1"))),
		"p":       second(MinByPrefix(2, oracle.Rats(t, "1/2,1/3"), half)),
		"q":       second(MinByPrefix(2, half, oracle.Rats(t, "3/2,-1/2"))),
		"nothing": second(MinByPrefix(2, nil, nil)),
	} {
		if err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}

func second(_ Minimum, err error) error { return err }

// At most all tokens, so that the sort and not the alphabet bounds the size.
func TestPrefixOnALargeVocabulary(t *testing.T) {
	const n = 4000
	rng := oracle.NewRand(6)
	draw := func() []rational.Rat {
		weights := make([]int64, n)
		for i := range weights {
			weights[i] = rng.Int64N(1 << 24)
		}
		return oracle.Weighted(t, rational.NewVector(weights...)).Rats()
	}
	p, q := draw(), draw()
	m, err := MinByPrefix(8, p, q)
	if err != nil {
		t.Fatal(err)
	}
	bound := func(tokens []int) rational.Rat {
		var ps, qs rational.Rat
		for _, i := range tokens {
			ps, qs = ps.Add(p[i]), qs.Add(q[i])
		}
		return qs.Add(one).Sub(ps.Pow(8))
	}
	if !bound(m.Tokens).Equal(m.Value) {
		t.Fatalf("value %v is not the bound at its set", m.Value)
	}
	for range 50 { // no set that differs in a few tokens is better
		in := make([]bool, n)
		for _, i := range m.Tokens {
			in[i] = true
		}
		for range 1 + rng.IntN(3) {
			i := rng.IntN(n)
			in[i] = !in[i]
		}
		var other []int
		for i, has := range in {
			if has {
				other = append(other, i)
			}
		}
		if bound(other).Cmp(m.Value) < 0 {
			t.Fatal("a neighbouring set is better")
		}
	}
}

func BenchmarkMinByPrefix(b *testing.B) {
	const n = 128000
	rng := oracle.NewRand(7)
	draw := func() []rational.Rat { // float32 magnitudes, made to sum to 1
		p := make([]rational.Rat, n)
		rest := one
		for i := 1; i < n; i++ {
			var err error
			if p[i], err = rational.RatFromFloat64(float64(float32(rng.ExpFloat64() * rng.ExpFloat64() / (4 * n)))); err != nil {
				b.Fatal(err)
			}
			rest = rest.Sub(p[i])
		}
		p[0] = rest
		return p
	}
	p, q := draw(), draw()
	for b.Loop() {
		if _, err := MinByPrefix(8, p, q); err != nil {
			b.Fatal(err)
		}
	}
}
