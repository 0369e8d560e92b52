package vocabulary

import (
	"math"
	"math/cmplx"
	"math/rand/v2"
	"testing"

	"pstar/rational"
	"pstar/rational/enclose"
	"pstar/theorems"
	"pstar/theorems/multidraft"
	"pstar/theorems/multidraft/internal/oracle"
	"pstar/theorems/multidraft/optimum"
)

// distinctInstance draws an instance of drafts without replacement, some of them with
// very unequal probabilities or with q in proportion to p.
func distinctInstance(rng *rand.Rand, k, n int) *multidraft.Instance {
	draw := func() multidraft.Distribution {
		w := make([]rational.Int, n)
		for i := range w {
			w[i] = rational.NewInt(1 + rng.Int64N(1<<(1+rng.IntN(30))))
		}
		return multidraft.Must(multidraft.FromWeights("p", w))
	}
	p := draw()
	q := p
	if rng.IntN(4) > 0 {
		q = draw()
	}
	return multidraft.Must(multidraft.New(multidraft.ModelWithoutReplacement, k, []multidraft.Distribution{p}, q))
}

// MD-W3 and MD-W4: the enclosures by prefixes hold the minimum over all sets.
func TestMDW3_EnclosuresAgainstEnumeration(t *testing.T) {
	rng := oracle.NewRand(77)
	for trial := range 250 {
		k := 2 + rng.IntN(4)
		s := distinctInstance(rng, k, k+rng.IntN(10-k))
		want := optimum.MinByEnumeration(s)
		var e *Enclosure
		var err error
		if k == 2 {
			e, err = harmonicEnclosure(t.Context(), s, rational.NewRat(1, 1<<40))
			if !e.Value.Exact() {
				t.Fatalf("%v: a short fraction is not written out", s)
			}
		} else {
			e, err = clockEnclosure(t.Context(), s)
		}
		if err != nil {
			t.Fatal(err)
		}
		if width := e.Value.Width(); !e.Value.Contains(want.Value) || width.Float64() > 1e-11 {
			t.Fatalf("trial %d, %v, p = %v, q = %v: %v of width %v, by enumeration %v", trial, s, s.Rows()[0].Rats(), s.Target().Rats(), e.Value, width.Float64(), want.Value)
		}
		if e.Known && multidraft.SetOf(e.Smallest.Tokens()...) != want.Set() {
			t.Fatalf("%v: the smallest set %v, by enumeration %v", s, e.Smallest, want.Set())
		}
	}
}

// Laws of very low temperature, where all but one probability are small, as small as no
// float is: the interval is narrow as long as floats hold them, and true beyond.
func TestClocksOfVeryUnequalLaws(t *testing.T) {
	for _, c := range []struct {
		digits int
		narrow bool
	}{{30, true}, {100, true}, {800, true}, {1040, false}, {1100, false}, {3000, false}} {
		const n = 8
		w := make([]rational.Int, n)
		for i := range w {
			w[i] = rational.NewInt(int64(1 + i%3))
		}
		w[3] = rational.PowerOfTwo(c.digits)
		p := multidraft.Must(multidraft.FromWeights("p", w))
		for k := 3; k <= 4; k++ {
			for heavy := range n {
				v := make([]rational.Int, n)
				for i := range v {
					v[i] = rational.NewInt(1)
				}
				v[heavy] = rational.NewInt(20)
				s := multidraft.Must(multidraft.New(multidraft.ModelWithoutReplacement, k, []multidraft.Distribution{p}, multidraft.Must(multidraft.FromWeights("q", v))))
				want := optimum.MinByEnumeration(s)
				e, err := clockEnclosure(t.Context(), s)
				if err != nil {
					t.Fatal(err)
				}
				if width := e.Value.Width().Float64(); !e.Value.Contains(want.Value) || c.narrow && width > 1e-10 {
					t.Errorf("2^%d, K = %d, q peaks at %d: [%v, %v], want %v", c.digits, k, heavy+1, e.Value.Lo.Float64(), e.Value.Hi.Float64(), want.Value.Float64())
				}
			}
		}
	}
}

// The integral of every prefix, not only of the best, holds 1 - B(S).
func TestClocksOfAllPrefixes(t *testing.T) {
	rng := oracle.NewRand(78)
	for range 60 {
		k := 2 + rng.IntN(3)
		s := distinctInstance(rng, k, k+rng.IntN(8-k))
		p := s.Rows()[0]
		order := optimum.ByRatio(p, s.Target())
		x := newClocks(k, p, order)
		if err := x.integrate(t.Context()); err != nil {
			t.Fatal(err)
		}
		lower, upper := x.bounds()
		// As many roundings as the comment at clocks counts.
		relative := unitRoundoff * float64((expError+2)*len(order)+7*maxExponent+(ringError+1)*k+3*x.nodes+100)
		for j := range order {
			v, excess := x.integral[j+1], x.excess[j+1]
			if j+1 >= k && (lower[j+1] > max(0, v*(1-relative)-excess) || upper[j+1] < min(1, v*(1+relative)+excess)) {
				t.Fatalf("%v: %v up to %v and %v of it is between %v and %v", s, v, excess, relative, lower[j+1], upper[j+1])
			}
			exact := rational.NewRat(1, 1).Sub(oracle.B(s.Drafts(), multidraft.SetOf(order[:j+1]...))).Float64()
			if j+1 >= k && (exact < lower[j+1]-1e-16 || exact > upper[j+1]+1e-16) {
				t.Fatalf("%v: the first %d tokens of %v: %v..%v, exactly %v", s, j+1, p.Rats(), lower[j+1], upper[j+1], exact)
			}
		}
	}
}

// A narrow interval by fixed point holds the exact value, which is written out if that is
// short.
func TestHarmonicWidth(t *testing.T) {
	rng := oracle.NewRand(79)
	for range 20 {
		s := distinctInstance(rng, 2, 300)
		exact, err := harmonicEnclosure(t.Context(), s, rational.NewRat(1, 2))
		if err != nil || !exact.Value.Exact() {
			t.Fatalf("%v, %v", exact, err)
		}
		p, q := s.Rows()[0], s.Target()
		order := optimum.ByRatio(p, q)
		least := rational.NewRat(1, 1)
		var inside, targeted, h rational.Rat
		for _, i := range order {
			inside, targeted = inside.Add(p.At(i)), targeted.Add(q.At(i))
			h = h.Add(p.At(i).Quo(whole.Sub(p.At(i))))
			if len(h.Den().String()) > 6000 {
				break
			}
			// In the form of MD-W4: p(S) h(S) - g(S), g = p²/(1-p) = h - p.
			b := inside.Mul(h).Sub(h.Sub(inside))
			least = rational.MinRat(least, targeted.Add(whole).Sub(b))
		}
		if !least.Equal(exact.Value.Lo) {
			t.Errorf("%v, by every prefix %v", exact.Value.Lo, least)
		}
		for _, digits := range []int{20, 200} {
			width := rational.NewRat(1, 1).Quo(rational.RatFromInt(rational.PowerOfTwo(digits)))
			e, err := fixedHarmonic(t.Context(), s, width)
			if err != nil || !e.Value.Contains(least) || e.Value.Width().Cmp(width) > 0 {
				t.Errorf("%d digits: %v, %v of width %v", digits, err, e.Value, e.Value.Width())
			}
		}
	}
}

// The rule integrates powers below its number of nodes.
func TestClockRule(t *testing.T) {
	r := clockRule()
	for power := range ruleNodes {
		sum := 0.0
		for j, x := range r.nodes {
			sum += r.weights[j] * math.Pow(x, float64(power))
		}
		if math.Abs(sum-1/float64(power+1)) > 1e-15 {
			t.Errorf("the integral of t^%d is %v", power, sum)
		}
	}
	nodes := []rational.Rat{rational.NewRat(1, 4), rational.NewRat(1, 2), rational.NewRat(5, 6)}
	for power := range nodes {
		var sum rational.Rat
		for j, w := range interpolatory(nodes) {
			sum = sum.Add(w.Mul(nodes[j].Pow(power)))
		}
		if !sum.Equal(rational.NewRat(1, int64(power+1))) {
			t.Errorf("the integral of t^%d is %v", power, sum)
		}
	}
}

// Whether P* = 1 is told where the interval, with what it may be off, leaves no choice.
func TestIsOne(t *testing.T) {
	r := rational.NewRat
	for _, c := range []struct {
		lo, hi, off rational.Rat
		want        theorems.Status
		from, to    rational.Rat
	}{
		{r(1, 1), r(1, 1), r(0, 1), theorems.Proved, r(1, 1), r(1, 1)},
		{r(1, 1), r(1, 1), r(1, 100), theorems.Undecided, r(99, 100), r(1, 1)},
		{r(9, 10), r(1, 1), r(0, 1), theorems.Undecided, r(9, 10), r(1, 1)},
		{r(9, 10), r(98, 100), r(1, 100), theorems.Refuted, r(89, 100), r(99, 100)},
		{r(9, 10), r(98, 100), r(2, 100), theorems.Undecided, r(88, 100), r(1, 1)},
		{r(1, 10), r(2, 10), r(2, 10), theorems.Refuted, r(0, 1), r(4, 10)},
	} {
		e := &Enclosure{Value: enclose.Interval{Lo: c.lo, Hi: c.hi}}
		if got := e.IsOne(c.off); got != c.want {
			t.Errorf("between %v and %v, off by %v: %v, want %v", c.lo, c.hi, c.off, got, c.want)
		}
		if v := e.Within(c.off); !v.Lo.Equal(c.from) || !v.Hi.Equal(c.to) {
			t.Errorf("between %v and %v, off by %v: within %v", c.lo, c.hi, c.off, v)
		}
	}
}

// Where the law of few sets is long, P* is enclosed, which takes no longer than for a vocabulary; short laws are exact.
func TestLongLawsAreEnclosed(t *testing.T) {
	rng := oracle.NewRand(78)
	for bits, want := range map[int]string{2: optimum.MethodMaxFlow, 3000: MethodClocks} {
		w := make([]rational.Int, 21)
		for i := range w {
			w[i] = rational.PowerOfTwo(bits).Add(rational.NewInt(rng.Int64N(1 << min(bits, 40))))
		}
		p := multidraft.Must(multidraft.FromWeights("p", w))
		s := multidraft.Must(multidraft.New(multidraft.ModelWithoutReplacement, 4, []multidraft.Distribution{p}, p))
		if e, err := Enclose(t.Context(), s, DefaultWidth(4)); err != nil || e.Method != want {
			t.Errorf("%d digits: %v, %v, want %s", bits, e, err, want)
		}
	}
}

// On the ellipses around panels no integrand is larger than its bound, in complex numbers; and what the rule may be wrong by is at
// least what such a bound says of the first panel: with half-axes 3 and sqrt 8, which add up to ρ.
func TestClocksAreBoundedOnEllipses(t *testing.T) {
	rng := oracle.NewRand(80)
	rule := clockRule()
	for range 40 {
		k := 3 + rng.IntN(2)
		s := distinctInstance(rng, k, k+rng.IntN(8-k))
		x := newClocks(k, s.Rows()[0], optimum.ByRatio(s.Rows()[0], s.Target()))
		size := func(at complex128) []float64 { // of all integrands
			pi, list := make([]complex128, k), []float64{}
			pi[0] = 1
			for j, rate := range x.rates {
				left := cmplx.Exp(-complex(rate, 0) * at)
				for i := k - 1; i > 0; i-- {
					pi[i] = pi[i]*left + pi[i-1]*(1-left)
				}
				pi[0] *= left
				var sum complex128
				for _, v := range pi {
					sum += v
				}
				off := complex(x.off[j+1], 0)
				list = append(list, cmplx.Abs(sum*off*cmplx.Exp(-off*at)))
			}
			return list
		}
		most := make([]float64, len(x.off))
		for panel := range 8 {
			a, b, axis := 0.0, 1.0, 3.0
			if panel > 0 {
				a, b, axis = math.Ldexp(1, panel-1), math.Ldexp(1, panel), 2
			}
			middle, half := (a+b)/2, (b-a)/2
			bound := make([]float64, len(x.off))
			x.bound(middle-axis*half, middle+axis*half, func(j int, m float64) { bound[j] = m })
			for range 20 {
				sin, cos := math.Sincos(2 * math.Pi * rng.Float64())
				for j, f := range size(complex(middle+half*axis*cos, half*math.Sqrt(axis*axis-1)*sin)) {
					if f > bound[j+1]*(1+1e-9)+1e-300 {
						t.Fatalf("%v, panel %d: %v is more than %v", s, panel, f, bound[j+1])
					}
				}
			}
			if panel == 0 {
				copy(most, bound)
			}
		}
		if err := x.integrate(t.Context()); err != nil {
			t.Fatal(err)
		}
		rho := 3 + math.Sqrt(8)
		for j := 1; j < len(x.off); j++ {
			if least := 4 * most[j] * math.Pow(rho, float64(1-len(rule.nodes))) / (rho - 1); x.excess[j] < least {
				t.Fatalf("%v: the rule is wrong by up to %v, counted as %v", s, least, x.excess[j])
			}
		}
	}
}

// What the rule may be wrong by is what its comment says, of each panel and of what is left behind the last, and hardly more; where nothing is
// left it is what each of these loses.
func TestClocksCountWhatTheyMayBeWrongBy(t *testing.T) {
	rng := oracle.NewRand(81)
	for range 20 {
		s := distinctInstance(rng, 3, 6)
		x := newClocks(3, s.Rows()[0], optimum.ByRatio(s.Rows()[0], s.Target()))
		if err := x.integrate(t.Context()); err != nil {
			t.Fatal(err)
		}
		panels, end := x.nodes/ruleNodes, 0.0
		sums := make([]float64, len(x.off))
		for panel := range panels {
			a, b, axis, growth := 0.0, 1.0, 3.0, 5.8
			if panel > 0 {
				a, b, axis, growth = math.Ldexp(1, panel-1), math.Ldexp(1, panel), 2, 3.7
			}
			end = b
			x.bound((a+b)/2-axis*(b-a)/2, (a+b)/2+axis*(b-a)/2, func(j int, m float64) {
				sums[j] += 4 * (b - a) * m / (growth - 1) * math.Pow(growth, 1-ruleNodes)
			})
		}
		x.pass(end, func(j int, f float64) { sums[j] += f })
		for j := 3; j < len(x.off); j++ {
			lost := float64(panels+1) * tiny
			if least, most := sums[j]+0.999*lost, 1.03*sums[j]+1.001*lost; x.off[j] > 0 && (x.excess[j] < least || x.excess[j] > most) {
				t.Fatalf("%v: off by %v, want %v to %v", s, x.excess[j], least, most)
			} else if x.off[j] == 0 && x.excess[j] != lost {
				t.Fatalf("%v: off by %v, want %v", s, x.excess[j], lost)
			}
		}
	}
	// Of an integral that came to nothing as much is left as lost.
	x := &clocks{k: 3, integral: []float64{0}, excess: []float64{0}, off: []float64{1}, blind: []bool{false}}
	if lower, upper := x.bounds(); lower[0] != 0 || upper[0] != tiny {
		t.Errorf("nothing is between %v and %v", lower[0], upper[0])
	}
}

// P* = 1 has the empty set as the smallest that binds, and that of all tokens as the largest, whether others do or not.
func TestTheEmptySetBindsAtOne(t *testing.T) {
	weights := make([]rational.Int, 3000)
	for i := range weights {
		weights[i] = rational.NewInt(0)
	}
	weights[5], weights[6], weights[7] = rational.NewInt(2), rational.NewInt(1), rational.NewInt(1)
	p, err := multidraft.FromWeights("p", weights)
	if err != nil {
		t.Fatal(err)
	}
	for k := 2; k <= 3; k++ {
		s, err := multidraft.New(multidraft.ModelWithoutReplacement, k, []multidraft.Distribution{p}, p)
		if err != nil {
			t.Fatal(err)
		}
		e, err := Enclose(t.Context(), s, DefaultWidth(k))
		if err != nil || !e.Known || e.Smallest.Len() > 0 || !e.Value.Lo.Equal(whole) {
			t.Errorf("K = %d: %+v, %v", k, e, err)
			continue
		}
		if b := e.Binding; b == nil || b.Smallest.Len() > 0 || b.Largest.Len() != s.N() {
			t.Errorf("K = %d: binding sets %v", k, b)
		}
	}
}
