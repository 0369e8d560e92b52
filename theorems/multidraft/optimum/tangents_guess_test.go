package optimum

import (
	"math"
	"testing"

	"pstar/rational"
	"pstar/theorems/multidraft"
	"pstar/theorems/multidraft/internal/oracle"
)

// What floats guess of a tangent's bound is what exact arithmetic finds, and hopeless is a bound that lies below the set's value and
// no other.
func TestGuessesOfTangents(t *testing.T) {
	rng := oracle.NewRand(77)
	hopeless, other := 0, 0
	for range 400 {
		n := 1 + rng.IntN(8)
		a, b, q := floatDistribution(rng, n), floatDistribution(rng, n), floatDistribution(rng, n)
		g := newPairGuess(a, b, q)
		// G(l, m) for laws, without the units of a search.
		bound := func(l, m rational.Rat) (value, mass rational.Rat) {
			value = l.Mul(m)
			for i := range n {
				if t := q.At(i).Sub(l.Mul(a.At(i))).Sub(m.Mul(b.At(i))); t.Sign() < 0 {
					value, mass = value.Add(t), mass.Add(a.At(i))
				}
			}
			return value, mass
		}
		l, from, to := rational.NewRat(rng.Int64N(16)-4, 8), rational.NewRat(rng.Int64N(9), 8), rational.NewRat(rng.Int64N(9), 8)
		v1, mass := bound(l, from)
		v2, _ := bound(l, to)
		value, got := g.bound(l.Float64(), from.Float64())
		if math.Abs(value-v1.Float64()) > 1e-12 || math.Abs(got-mass.Float64()) > 1e-12 {
			t.Fatalf("G(%v, %v) is %v with %v, guessed as %v with %v", l, from, v1.Float64(), mass.Float64(), value, got)
		}
		set := multidraft.Set(rng.Uint64N(1 << n)).Tokens()
		worth := rational.RatFromInts(q.MassOf(set), q.Unit).Sub(rational.RatFromInts(a.MassOf(set), a.Unit).Mul(rational.RatFromInts(b.MassOf(set), b.Unit)))
		below := worth.Sub(rational.MinRat(v1, v2)).Float64()
		switch said := g.hopeless(l, from, to, set); {
		case said && below < 1e-9-1e-12 || !said && below > 1e-9+1e-12:
			t.Fatalf("hopeless %v of a bound that is lower by %v", said, below)
		case said:
			hopeless++
		default:
			other++
		}
	}
	if hopeless < 20 || other < 20 {
		t.Errorf("%d bounds are hopeless, %d not: the test sees too few", hopeless, other)
	}
}

// Around the best set the interval that its own tangent proves lies in 0..a(Ω), and ends where that does or where a sign turns.
func TestTangentsOfTheBestSet(t *testing.T) {
	rng := oracle.NewRand(78)
	turned := 0
	for range 200 {
		n := 1 + rng.IntN(6)
		draw := func() multidraft.Distribution {
			w := make([]rational.Int, n)
			for i := range w {
				w[i] = rational.NewInt(1 + rng.Int64N(20))
			}
			return oracle.Weighted(t, w)
		}
		x := newPairSearch(draw(), draw(), draw(), 1, nil)
		for set := range multidraft.FullSet(n) + 1 {
			x.offer(set.Tokens())
		}
		low, high, ok := x.provedAround(x.best, rational.Int{}, x.total)
		if !ok || low.Sign() < 0 || low.Cmp(x.bestA) > 0 || high.Cmp(x.bestA) < 0 || high.Cmp(x.total) > 0 {
			t.Fatalf("a = %v, b = %v, q = %v: proved %v from %v to %v of 0..%v around %v", x.a, x.b, x.q, ok, low, high, x.total, x.bestA)
		}
		one := rational.NewInt(1)
		for _, end := range [2][2]rational.Int{{low, low.Sub(one)}, {high, high.Add(one)}} {
			if end[1].Sign() < 0 || end[1].Cmp(x.total) > 0 {
				continue
			}
			turned++
			// Beyond its own end the best set is not that of its tangent, or a token's form is zero.
			same := true
			for i := range n {
				in := false
				for _, j := range x.best {
					in = in || i == j
				}
				sign := x.slope(i, end[1], x.bestB).Sign()
				same = same && (in && sign < 0 || !in && sign > 0)
			}
			if same {
				t.Fatalf("a = %v, b = %v, q = %v: no sign turns beyond %v", x.a, x.b, x.q, end[0])
			}
		}
	}
	if turned < 100 {
		t.Errorf("%d ends within: the test sees too few", turned)
	}
}

// Where the sets S and T attain the largest G(l, m), and a(S) <= m <= a(T), there is a set between them of g at most that.
func TestASetBetweenIsBetter(t *testing.T) {
	rng := oracle.NewRand(79)
	for range 300 {
		n := 2 + rng.IntN(6)
		x := &pairSearch{scale: rational.NewInt(1), c: rational.NewInt(1), leading: &pairSigns{exact: true, unitB: rational.NewInt(1)}, known: true}
		l, m := rational.NewInt(rng.Int64N(20)), rational.NewInt(rng.Int64N(40))
		var s, all []int
		var as, bs, qs rational.Vector
		bound := l.Mul(m)
		for i := range n {
			a, b := rational.NewInt(1+rng.Int64N(9)), rational.NewInt(1+rng.Int64N(9))
			as, bs, x.total = append(as, a), append(bs, b), x.total.Add(a)
			// The token's form is 0, or else less for a token of S.
			form := rational.Int{}
			if rng.IntN(4) == 0 {
				s, form = append(s, i), rational.NewInt(-1-rng.Int64N(9))
				bound = bound.Add(form)
			}
			all = append(all, i)
			qs = append(qs, l.Mul(a).Add(m.Mul(b)).Add(form))
		}
		x.a, x.b, x.q = rational.Pack(as), rational.Pack(bs), rational.Pack(qs)
		if m.Cmp(x.mass(x.a, s)) < 0 || m.Cmp(x.total) > 0 {
			continue
		}
		x.least = bound.Add(rational.NewInt(1))
		if x.offerBetween(s, all, m); x.least.Cmp(bound) > 0 {
			t.Fatalf("a = %v, b = %v, s = %v: between %v and all tokens, at %v, nothing is at most %v", x.a, x.b, x.q, s, m, bound)
		}
	}
}
