package plane

import (
	"context"
	"math/big"
	"math/rand/v2"
	"testing"

	"pstar/rational"
)

var (
	unit = rational.NewRat(1, 1)
	half = rational.NewRat(1, 2)
)

// random is a list of probabilities of one of several kinds: with zeros and ones, tiny, long, equal in parts, near 1.
func random(r *rand.Rand) []rational.Rat {
	n, kind := 1+r.IntN(7), r.IntN(6)
	x := make([]rational.Rat, n)
	for i := range x {
		switch kind {
		case 0: // the ends, often
			x[i] = rational.NewRat(r.Int64N(4), 3)
		case 1:
			x[i] = rational.NewRat(r.Int64N(1000), 999)
		case 2: // so small that nothing is left of them in few bits
			x[i] = rational.NewRat(r.Int64N(9), 1_000_000_000_000_000_000)
		case 3:
			x[i] = rational.NewRat(r.Int64N(1<<50), 1<<50).Mul(rational.NewRat(r.Int64N(1<<40), 1<<40+1))
		case 4:
			x[i] = rational.NewRat(1+r.Int64N(2), 3)
		default: // the product of the 1 − x is tiny
			x[i] = unit.Sub(rational.NewRat(1+r.Int64N(3), 1_000_000))
		}
		if x[i].Cmp(unit) > 0 {
			x[i] = unit
		}
	}
	return x
}

// orders are the two sequences of n elements.
func orders(n int) (list [2][]int) {
	for i := range n {
		list[0], list[1] = append(list[0], i), append(list[1], n-1-i)
	}
	return list
}

// optimal says what keeps a solution from being one: the rows of LP-SI and of its dual, written out, and that both have the value.
func optimal(x []rational.Rat, s *Solution) string {
	n := len(x)
	total, weights := rational.Rat{}, rational.Rat{}
	for o, order := range orders(n) {
		if len(s.Choice[o]) != n || len(s.Y[o]) != n || len(s.Xi) != n {
			return "a list has another length"
		}
		for t, i := range order {
			before, behind := rational.Rat{}, rational.Rat{}
			for _, j := range order[:t] {
				before = before.Add(x[j].Mul(s.Choice[o][j]))
			}
			for _, j := range order[t+1:] {
				behind = behind.Add(s.Y[o][j])
			}
			switch c, y := s.Choice[o][i], s.Y[o][i]; {
			case c.Sign() < 0 || y.Sign() < 0 || s.Xi[i].Sign() < 0:
				return "a number is negative"
			case c.Add(before).Cmp(unit) > 0:
				return "a row of LP-SI is violated"
			case y.Add(x[i].Mul(behind)).Cmp(s.Xi[i].Mul(half)) < 0:
				return "a row of the dual is violated"
			default:
				total = total.Add(y)
			}
		}
	}
	for i := range x {
		weights = weights.Add(s.Xi[i])
		if s.Choice[0][i].Add(s.Choice[1][i]).Mul(half).Cmp(s.Value) < 0 {
			return "the choice guarantees less"
		}
	}
	if weights.Cmp(unit) < 0 || !total.Equal(s.Value) {
		return "the dual point does not show the value"
	}
	return ""
}

// With enough bits every instance is solved, by a point and a dual point that prove each other. With few it is solved or given up,
// or what comes out is wrong, which the caller is to see: but never so often that nothing is tested.
func TestSolve(t *testing.T) {
	r := rand.New(rand.NewPCG(61, 1))
	ctx := context.Background()
	few := 0
	for range 1500 {
		x := random(r)
		s, err := Solve(ctx, x, 256)
		if err != nil || s == nil {
			t.Fatalf("%v: %v, %v", x, s, err)
		}
		if wrong := optimal(x, s); wrong != "" {
			t.Fatalf("%v: %s", x, wrong)
		}
		if rough, err := Solve(ctx, x, 8); err != nil {
			t.Fatalf("%v, 8 bits: %v", x, err)
		} else if rough != nil && optimal(x, rough) == "" {
			if few++; !rough.Value.Equal(s.Value) {
				t.Fatalf("%v has two optima, %s and %s", x, s.Value, rough.Value)
			}
		}
	}
	if few < 300 {
		t.Errorf("8 bits solve %d of 1500 instances", few)
	}
}

// Values that are known: a single element, nobody active, all active, and CRS-U for three equal ones.
func TestKnownValues(t *testing.T) {
	third := rational.NewRat(1, 3)
	for _, c := range []struct {
		x    []rational.Rat
		want rational.Rat
	}{
		{[]rational.Rat{half}, unit},
		{[]rational.Rat{unit}, unit},
		{[]rational.Rat{{}, {}, {}}, unit},
		{[]rational.Rat{unit, unit}, half},
		{[]rational.Rat{unit, unit, unit, unit}, rational.NewRat(1, 4)},
		{[]rational.Rat{third, third, third}, rational.NewRat(9, 13)},
		{[]rational.Rat{half, half}, rational.NewRat(3, 4)},
	} {
		if s, err := Solve(context.Background(), c.x, 256); err != nil || s == nil || !s.Value.Equal(c.want) || optimal(c.x, s) != "" {
			t.Errorf("%v: %+v, %v, want %s", c.x, s, err, c.want)
		}
	}
}

// The exact weights of a cut are the rows that its rounded line was computed from: p + qβ + rA is the same, up to rounding, for each kind of
// cut and cap; and they are a combination of rows, with multipliers that are not negative.
func TestWeightsAreThoseOfTheCut(t *testing.T) {
	r := rand.New(rand.NewPCG(62, 1))
	seen := map[[2]int]int{}
	for range 400 {
		x := random(r)
		in := newInstance(x)
		a := round(in, 200+in.growth())
		z := point{a.of(rational.NewRat(r.Int64N(20), 16)), a.of(rational.NewRat(r.Int64N(20), 16))}
		for _, c := range a.cuts(z) {
			w := in.weigh(c)
			for i := range x {
				if w.forward[i].Sign() < 0 || w.backward[i].Sign() < 0 || w.above[i].Sign() < 0 {
					t.Fatalf("%v: a multiplier of element %d is negative", x, i+1)
				}
			}
			for k, got := range []rational.Rat{rational.RatFromInts(w.p, w.den), rational.RatFromInts(w.q, w.den.Mul(in.unit)), rational.RatFromInts(w.r, w.den)} {
				// The element's and the highest cut are made of slacks, and so is the lowest: all of them are ≥ 0 where the rows hold.
				rounded := rational.RatFromInts(rational.IntFromBig([]*big.Int{c.p, c.q, c.r}[k]), rational.IntFromBig(a.one))
				if off := got.Sub(rounded).Abs(); off.Cmp(rational.NewRat(1, 1<<62)) > 0 {
					t.Fatalf("%v: coefficient %d of a cut of kind %d, cap %d, at %d is %s, rounded %s", x, k, c.kind, c.cap, c.at, got.Decimal(20), rounded.Decimal(20))
				}
			}
			seen[[2]int{int(c.kind), int(c.cap)}]++
		}
	}
	for _, kind := range []cutKind{element, highest} {
		for _, cap := range []capKind{capForward, capBackward, capBoth} {
			if seen[[2]int{int(kind), int(cap)}] == 0 {
				t.Errorf("no cut of kind %d with the cap %d", kind, cap)
			}
		}
	}
}

// The search ends as soon as its context has, and says so; without an end it takes no more than some rounds.
func TestSolveEnds(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	x := random(rand.New(rand.NewPCG(63, 1)))
	if s, err := Solve(ctx, x, 256); err == nil || s != nil {
		t.Errorf("%+v, %v", s, err)
	}
}

// growth is what errors can be multiplied by, here and back, and what the smallest probability asks for; it has a limit.
func TestGrowth(t *testing.T) {
	r := rational.NewRat
	for _, c := range []struct {
		x    []rational.Rat
		want uint
	}{
		{[]rational.Rat{{}, {}}, 2 * (1 + 1)},                 // 1/1 has the lengths 1 and 1
		{[]rational.Rat{unit}, 0},                             // 1/(1 − x) does not occur
		{[]rational.Rat{half, half}, 2*2*2 + 4},               // 1/2: 2 bits below and 1 above, and one bit is lost
		{[]rational.Rat{r(1, 1024)}, 2*(11-10+1) + 4*10},      // 1023/1024, and 10 bits
		{[]rational.Rat{r(1, 1<<60).Pow(100), unit}, 1 << 14}, // of 24 000 bits and more
	} {
		if got := newInstance(c.x).growth(); got != c.want {
			t.Errorf("%v: %d bits, want %d", c.x, got, c.want)
		}
	}
}
