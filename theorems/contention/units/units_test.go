package units

import (
	"context"
	"fmt"
	"math/rand/v2"
	"testing"

	"pstar/rational"
	"pstar/theorems/contention"
	"pstar/theorems/contention/internal/oracle"
	"pstar/theorems/contention/single"
)

// random is an instance of a few elements, some of which are never or always active.
func random(r *rand.Rand) Instance {
	in := Instance{K: 1 + r.IntN(3), Fixed: r.IntN(2) == 0}
	for range 1 + r.IntN(5) {
		in.X = append(in.X, rational.NewRat(int64(r.IntN(7)), 6))
	}
	return in
}

func solve(t *testing.T, in Instance) *Optimum {
	t.Helper()
	u, err := Solve(context.Background(), in)
	if err != nil {
		t.Fatalf("%v: %v", in, err)
	}
	return u
}

// accepted follows the coins of a scheme through every set of active elements, one by one.
func accepted(u *Optimum, o int, element int) rational.Rat {
	total := zero
	n := len(u.X)
	for active := range 1 << n {
		weight := one
		law := map[int]rational.Rat{0: one}
		if active>>element&1 == 0 {
			continue
		}
		for i, x := range u.X {
			switch {
			case i == element: // given that it is active
			case active>>i&1 == 1:
				weight = weight.Mul(x)
			default:
				weight = weight.Mul(one.Sub(x))
			}
		}
		for _, i := range contention.Orders[o].Sequence(n) {
			if active>>i&1 == 0 {
				continue
			}
			next := map[int]rational.Rat{}
			for s, p := range law {
				coin := zero
				if s < u.K && s < len(u.Accept[o][i]) {
					coin = u.Coin(o, i, s)
				}
				next[s+1] = next[s+1].Add(p.Mul(coin))
				next[s] = next[s].Add(p.Mul(one.Sub(coin)))
				if i == element {
					total = total.Add(weight.Mul(p).Mul(coin))
				}
			}
			law = next
		}
	}
	return total
}

// The scheme accepts with its probabilities, by enumeration of the active sets; and other
// weights than the optimal ones allow no less.
func TestOptimum(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for range 60 {
		u := solve(t, random(r))
		for o, list := range u.Choice() {
			for i, c := range list {
				if got := accepted(u, o, i); !got.Equal(c) {
					t.Errorf("%v: element %d of order %d is accepted with probability %s, not %s", u.Instance, i+1, o, got, c)
				}
			}
		}
		weights := make([]rational.Rat, len(u.X))
		for i := range weights {
			weights[i] = rational.NewRat(int64(1+r.IntN(5)), 1)
		}
		sum := rational.RatVector(weights).Sum()
		bound, err := u.Bound(context.Background(), rational.RatVector(weights).Scale(sum.Inv()))
		if err != nil || bound.Cmp(u.Value) < 0 {
			t.Errorf("%v: weights %v allow only %s, %v; the value is %s", u.Instance, weights, bound, err, u.Value)
		}
	}
}

// What is known otherwise: one unit, as many units as elements, more units, a fixed order.
func TestKnownValues(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	for range 40 {
		in := random(r)
		u := solve(t, in)
		if claims, err := u.claims(context.Background()); err != nil || claims.Verdict().String() != "verified" {
			t.Errorf("%v: %v, %v", in, claims, err)
		}
		if in.K >= len(in.X) && !u.Value.Equal(one) {
			t.Errorf("%v: %s with a unit for each", in, u.Value)
		}
		more := in
		more.K++
		if w := solve(t, more); w.Value.Cmp(u.Value) < 0 {
			t.Errorf("%v: %s, with one more unit %s", in, u.Value, w.Value)
		}
		in.K, in.Fixed = 1, false
		if other, err := single.Solve(context.Background(), in.X); err != nil || !other.Value.Equal(solve(t, in).Value) {
			t.Errorf("%v: not LPOPT, %v", in, err)
		}
	}
}

// A scheme or weights that are wrong do not verify.
func TestVerifyRefuses(t *testing.T) {
	ctx := context.Background()
	for name, spoil := range map[string]func(*Optimum){
		"value":   func(u *Optimum) { u.Value = u.Value.Add(rational.NewRat(1, 100)) },
		"state":   func(u *Optimum) { u.State[0][1][0] = u.State[0][1][0].Mul(rational.NewRat(1, 2)) },
		"accept":  func(u *Optimum) { u.Accept[1][1][0] = u.Accept[1][1][0].Add(one) },
		"weights": func(u *Optimum) { u.Xi[0], u.Xi[1] = u.Xi[0].Add(u.Xi[1]), zero },
		"sum":     func(u *Optimum) { u.Xi[0] = u.Xi[0].Add(one) },
		"sign":    func(u *Optimum) { u.Xi[0], u.Xi[1] = u.Xi[0].Add(one), u.Xi[1].Sub(one) },
	} {
		u := solve(t, Instance{X: single.Uniform(4, one), K: 2})
		if spoil(u); u.Verify(ctx) == nil {
			t.Errorf("%s: it verifies", name)
		}
	}
}

// The checker accepts the certificate of each instance, and none of a wrong value.
func TestDocument(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	for range 40 {
		u := solve(t, random(r))
		forged := *u
		forged.Value = u.Value.Sub(rational.NewRat(1, 1000))
		oracle.Certifies(t, "CRS-KLP", u.Document, forged.Document)
	}
}

func TestValidate(t *testing.T) {
	for _, in := range []Instance{{}, {X: single.Uniform(3, one)}, {X: single.Uniform(3, one), K: -1}, {X: single.Uniform(100, one), K: 50}, {X: []rational.Rat{rational.NewRat(3, 2)}, K: 1}} {
		if _, err := Solve(context.Background(), in); err == nil {
			t.Errorf("%v is solved", in)
		}
	}
}

func Example() {
	u, err := Solve(context.Background(), Instance{X: single.Uniform(3, rational.NewRat(2, 1)), K: 2})
	if err != nil {
		panic(err)
	}
	fmt.Println(u.Value)
	// Output: 5/6
}
