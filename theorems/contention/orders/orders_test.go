package orders

import (
	"context"
	"math/rand/v2"
	"reflect"
	"testing"

	"pstar/rational"
	"pstar/theorems/contention/internal/oracle"
	"pstar/theorems/contention/single"
)

func solve(t *testing.T, in Instance) *Optimum {
	t.Helper()
	u, err := Solve(context.Background(), in)
	if err != nil {
		t.Fatal(err)
	}
	return u
}

// random is an instance of a few elements, some of which are never or always active, and a few
// orders, some of which may be equal or have no weight.
func random(r *rand.Rand) Instance {
	n, m := 1+r.IntN(4), 1+r.IntN(4)
	in := Instance{}
	for range n {
		in.X = append(in.X, rational.NewRat(r.Int64N(5), 4))
	}
	total := int64(0)
	var weights []int64
	for range m {
		in.Orders = append(in.Orders, r.Perm(n))
		weights = append(weights, r.Int64N(4))
		total += weights[len(weights)-1]
	}
	if total == 0 {
		weights[0], total = 1, 1
	}
	for _, w := range weights {
		in.Weights = append(in.Weights, rational.NewRat(w, total))
	}
	return in
}

// The guarantee against all schemes with coins 0 or 1, of which every scheme is a mixture: no mixture has a larger one for the
// weights ξ, which is found by trying all of them; and the scheme of the optimum, by all sets of active elements.
func TestOptimumAgainstEnumeration(t *testing.T) {
	r := rand.New(rand.NewPCG(11, 4))
	for range 200 {
		in := random(r)
		u := solve(t, in)
		n := len(in.X)
		bound, mean := zero, make([]rational.Rat, n)
		for o, order := range in.Orders {
			most := zero
			for coins := range 1 << n {
				sum := zero
				for i, c := range law(in.X, order, func(i int) rational.Rat { return rational.NewRat(int64(coins>>i&1), 1) }) {
					sum = sum.Add(u.Xi[i].Mul(c))
				}
				most = rational.MaxRat(most, sum)
			}
			bound = bound.Add(in.Weights[o].Mul(most))
			for i, c := range law(in.X, order, func(i int) rational.Rat { return u.Coin(o, i) }) {
				mean[i] = mean[i].Add(in.Weights[o].Mul(c))
			}
		}
		if !bound.Equal(u.Value) {
			t.Fatalf("%v: the weights allow %s, not %s", in, bound, u.Value)
		}
		for i, c := range mean {
			if c.Cmp(u.Value) < 0 {
				t.Fatalf("%v: element %d is accepted with %s, below %s", in, i+1, c, u.Value)
			}
		}
	}
}

// law is the probability of accepting each element, given that it is active, by all sets of the others.
func law(x []rational.Rat, order []int, coin func(i int) rational.Rat) []rational.Rat {
	accepted := make([]rational.Rat, len(x))
	for i := range x {
		for set := range 1 << len(x) {
			if set>>i&1 == 1 {
				continue
			}
			weight := one
			for j, v := range x {
				switch {
				case j == i:
				case set>>j&1 == 0:
					weight = weight.Mul(one.Sub(v))
				default:
					weight = weight.Mul(v)
				}
			}
			for _, j := range order {
				if j == i {
					break
				}
				if set>>j&1 == 1 {
					weight = weight.Mul(one.Sub(coin(j)))
				}
			}
			accepted[i] = accepted[i].Add(weight.Mul(coin(i)))
		}
	}
	return accepted
}

// The forward and the backward order are LP-SI, and more orders never hurt the best of them.
func TestOppositeOrders(t *testing.T) {
	r := rand.New(rand.NewPCG(12, 4))
	for range 60 {
		x := random(r).X
		n := len(x)
		forward, backward := make([]int, n), make([]int, n)
		for i := range n {
			forward[i], backward[n-1-i] = i, i
		}
		other, err := single.Solve(context.Background(), x)
		if u := solve(t, Equal(x, forward, backward)); err != nil || !u.Value.Equal(other.Value) {
			t.Fatalf("%v: %s, and LPOPT is %s, %v", x, u.Value, other.Value, err)
		}
	}
}

// The best pair, by solving all of them.
func TestBest(t *testing.T) {
	r := rand.New(rand.NewPCG(13, 4))
	for range 6 {
		x := random(r).X
		if len(x) > 3 {
			x = x[:3]
		}
		best, _, pairs, err := Best(context.Background(), x, nil)
		if err != nil {
			t.Fatal(err)
		}
		count, reached := 0, false
		for k, first := range All(len(x)) {
			for _, second := range All(len(x))[k:] {
				count++
				u := solve(t, Equal(x, first, second))
				if u.Value.Cmp(best.Value) > 0 {
					t.Fatalf("%v: %v and %v have %s, more than %s", x, first, second, u.Value, best.Value)
				}
				// Of several the first one is named.
				if !reached && u.Value.Equal(best.Value) {
					if reached = true; !reflect.DeepEqual(best.Orders, [][]int{first, second}) {
						t.Errorf("%v: %v and %v are as good as %v, and come before", x, first, second, best.Orders)
					}
				}
			}
		}
		if count != pairs {
			t.Errorf("%d pairs, not %d", pairs, count)
		}
	}
}

// The search tells how far it is, if anybody asks, and what it found before it was stopped.
func TestBestProgressAndStop(t *testing.T) {
	x := single.Uniform(4, one)
	told := 0
	if _, _, pairs, err := Best(context.Background(), x, func(done, all int) { told = done * 1000 / all }); err != nil || pairs != 300 || told != 853 {
		t.Errorf("%d pairs, %d of 1000 told, %v", pairs, told, err)
	}
	if best, _, _, err := Best(context.Background(), x, nil); err != nil || best == nil {
		t.Errorf("with nobody to tell: %v, %v", best, err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	best, solved, _, err := Best(ctx, x, func(int, int) { cancel() })
	if err != nil || best == nil { // the pairs behind the 256th are bounded without a look at the context
		t.Errorf("%v, %d solved, %v", best, solved, err)
	}
	if best, _, _, err := Best(ctx, x, nil); err == nil || best != nil {
		t.Errorf("stopped before it began: %v, %v", best, err)
	}
}

// The checker accepts the certificate of each instance, and none of a wrong value.
func TestDocument(t *testing.T) {
	r := rand.New(rand.NewPCG(14, 4))
	for range 40 {
		u := solve(t, random(r))
		forged := *u
		forged.Value = u.Value.Add(rational.NewRat(1, 1000))
		oracle.Certifies(t, "CRS-OLP", u.Document, forged.Document)
	}
}

func TestValidate(t *testing.T) {
	x := single.Uniform(2, one)
	for _, in := range []Instance{
		{}, {X: x}, Equal(x, []int{0}), Equal(x, []int{0, 0}), Equal(x, []int{0, 2}), Equal(x, []int{0, 1, 1}),
		{X: x, Orders: [][]int{{0, 1}}, Weights: []rational.Rat{rational.NewRat(1, 2)}},
		{X: x, Orders: [][]int{{0, 1}, {1, 0}}, Weights: []rational.Rat{one.Neg(), one.Add(one)}},
	} {
		if _, err := Solve(context.Background(), in); err == nil {
			t.Errorf("%v is solved", in)
		}
	}
}
