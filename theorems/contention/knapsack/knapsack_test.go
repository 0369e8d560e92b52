package knapsack

import (
	"context"
	"errors"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"pstar/rational"
	"pstar/theorems"
	"pstar/theorems/contention"
	"pstar/theorems/contention/single"
)

// randomKnapsack returns n elements with up to sizes sizes each and Σμ = 1, or
// below 1 sometimes; sizes are multiples of 1/den.
func randomKnapsack(r *rand.Rand, n, sizes int, den int64) []Element {
	elements := make([]Element, n)
	total := zero
	for i := range elements {
		count := 1 + r.IntN(sizes)
		for range count {
			s := rational.NewRat(r.Int64N(den+1), den)
			elements[i] = append(elements[i], Size{s, rational.NewRat(1+r.Int64N(4), int64(5*count))})
		}
		total = total.Add(elements[i].Mean())
	}
	if total.Cmp(one) > 0 || !total.IsZero() && r.IntN(2) == 0 {
		for _, e := range elements {
			for k := range e {
				// Scaling probabilities up could exceed 1: only scale down.
				if total.Cmp(one) > 0 {
					e[k].Probability = e[k].Probability.Quo(total)
				}
			}
		}
	}
	return elements
}

func TestCRST41_RandomInstances(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 41))
	for range 150 {
		elements := randomKnapsack(r, 1+r.IntN(5), 3, 2+r.Int64N(9))
		mu := Means(elements)
		c := PhiChoice(mu)
		if v := Definition5(mu, c); len(v) > 0 {
			t.Fatalf("%v: %v", elements, v)
		}
		if c.Guarantee().Cmp(rational.NewRat(1, 3)) < 0 {
			t.Fatalf("%v: guarantee %s", elements, c.Guarantee())
		}
		law, err := Run(context.Background(), elements, c)
		if err != nil {
			t.Fatalf("%v: %v", elements, err)
		}
		if err := law.Confirms(c); err != nil {
			t.Fatalf("%v: %v", elements, err)
		}
		rounded, err := enumerate(context.Background(), elements, c, newEnclosedMasses(128))
		if err != nil {
			t.Fatalf("%v: %v", elements, err)
		}
		if !law.Exact {
			continue
		}
		for _, o := range contention.Orders {
			for i := range elements {
				if !rounded.Empty[o][i].Contains(law.Empty[o][i].Lo) {
					t.Fatalf("%v, %s, element %d: the enclosure misses the exact probability", elements, o, i+1)
				}
			}
		}
	}
}

// Exact probabilities are given up when all of them together take too much work,
// however short each of them is; and enclosures take over.
func TestKnapsackLawWithinItsWork(t *testing.T) {
	r := rand.New(rand.NewPCG(6, 41))
	elements := randomKnapsack(r, 12, 3, 40)
	c := PhiChoice(Means(elements))
	if _, err := enumerate(context.Background(), elements, c, &exactMasses{work: 10_000}); !errors.Is(err, errLongExact) {
		t.Errorf("a little work: %v", err)
	}
	many := make([]Element, 400)
	for i := range many {
		many[i] = Element{{rational.NewRat(1+r.Int64N(20), 20), rational.NewRat(4, 997)}}
	}
	law, err := Run(context.Background(), many, PhiChoice(Means(many)))
	if err != nil {
		t.Fatal(err)
	}
	if law.Exact {
		t.Error("the probabilities of 400 elements are short")
	}
}

// The law by following every history: sizes, coins, loads, without merging.
func TestKnapsackLawAgainstHistories(t *testing.T) {
	r := rand.New(rand.NewPCG(2, 41))
	for range 40 {
		elements := randomKnapsack(r, 1+r.IntN(4), 2, 4)
		c := PhiChoice(Means(elements))
		law, err := Run(context.Background(), elements, c)
		if err != nil {
			t.Fatal(err)
		}
		for _, o := range contention.Orders {
			accepted := make([]rational.Rat, len(elements)) // and active
			var follow func(order []int, load, weight rational.Rat)
			follow = func(order []int, load, weight rational.Rat) {
				if len(order) == 0 || weight.IsZero() {
					return
				}
				i := order[0]
				rest := one
				for k, s := range elements[i] {
					rest = rest.Sub(s.Probability)
					p := zero
					if load.IsZero() {
						p = law.Fresh[o][i][k].Lo
					} else if load.Add(s.Size).Cmp(one) <= 0 {
						p = law.Loaded[o][i][k].Lo
					}
					w := weight.Mul(s.Probability)
					accepted[i] = accepted[i].Add(w.Mul(p))
					follow(order[1:], load.Add(s.Size), w.Mul(p))
					follow(order[1:], load, w.Mul(one.Sub(p)))
				}
				follow(order[1:], load, weight.Mul(rest))
			}
			follow(o.Sequence(len(elements)), zero, one)
			for i, e := range elements {
				active := zero
				for _, s := range e {
					active = active.Add(s.Probability)
				}
				if want := active.Mul(c[o][i]); !accepted[i].Equal(want) {
					t.Fatalf("%v, %s, element %d: accepted with probability %s, want %s", elements, o, i+1, accepted[i], want)
				}
			}
		}
	}
}

func TestTwentyElements(t *testing.T) {
	var elements []Element
	for i := range 20 {
		// Means 1/20: sizes 1/10, 1/5 and 3/10+i mod 3 tenths.
		last := rational.NewRat(int64(3+i%3), 10)
		elements = append(elements, Element{
			{rational.NewRat(1, 10), rational.NewRat(1, 6)}, {rational.NewRat(1, 5), rational.NewRat(1, 12)},
			{last, rational.NewRat(1, 60).Quo(last)},
		})
	}
	start := time.Now()
	c := PhiChoice(Means(elements))
	if v := Definition5(Means(elements), c); len(v) > 0 || !c.Guarantee().Equal(rational.NewRat(1, 3)) {
		t.Fatalf("violations %v, guarantee %s", v, c.Guarantee())
	}
	law, err := Run(context.Background(), elements, c)
	if err != nil {
		t.Fatal(err)
	}
	if err := law.Confirms(c); err != nil {
		t.Fatal(err)
	}
	t.Logf("exact: %t, %v", law.Exact, time.Since(start))
}

// Choices that are not feasible: Definition 5 names the condition, and where the
// load cannot be kept away the algorithm accepts with less than c.
func TestDefinition5Rejects(t *testing.T) {
	r := rational.NewRat
	quarter := []rational.Rat{r(1, 4), r(1, 4), r(1, 4), r(1, 4)}
	flat := func(v rational.Rat) contention.Choice {
		c := []rational.Rat{v, v, v, v}
		return contention.Choice{c, c}
	}
	for _, c := range []struct {
		choice contention.Choice
		want   string
	}{
		{flat(r(3, 5)), "4.1"},
		{flat(r(9, 20)), "4.2"},
		{flat(r(-1, 9)), "probability"},
		{contention.Choice{{r(1, 5), r(1, 4), r(1, 5), r(1, 5)}, flat(r(1, 5))[1]}, "monotone"},
	} {
		found := false
		for _, v := range Definition5(quarter, c.choice) {
			found = found || v.Condition == c.want
			if !strings.Contains(v.String(), "element") {
				t.Errorf("violation %q", v)
			}
		}
		if !found {
			t.Errorf("%v: no violation of %s", c.choice, c.want)
		}
	}
	if v := Definition5(quarter, flat(zero)); len(v) > 0 {
		t.Errorf("c = 0: %v", v)
	}
	big := []Element{{{one, half}}, {{one, half}}}
	c := contention.Choice{{r(4, 5), r(4, 5)}, {r(4, 5), r(4, 5)}}
	law, err := Run(context.Background(), big, c)
	if err != nil || law.Confirms(c) == nil {
		t.Errorf("two elements of size 1 accepted with 4/5 each: %v", err)
	}
}

func TestCRST15_HardInstances(t *testing.T) {
	for _, m := range []int{2, 3, 10, 50, 400} {
		elements := Hard(m)
		if err := Validate(elements); err != nil {
			t.Fatal(err)
		}
		total := rational.RatVector(Means(elements)).Sum()
		if !total.Equal(one) || elements[0][0].Size.Mul(two).Cmp(one) <= 0 {
			t.Fatalf("m = %d: Σμ = %s, size %s", m, total, elements[0][0].Size)
		}
		if single.CompareAlpha(HardValue(m), two) <= 0 {
			t.Fatalf("m = %d: at or below 1/(2+1/e)", m)
		}
	}
	// Within 1/100 of the bound at m = 400, from above.
	if single.CompareAlpha(HardValue(400).Sub(rational.NewRat(1, 100)), two) >= 0 {
		t.Error("m = 400 is not within 1/100 of 1/(2+1/e)")
	}
	if HardValue(50).Cmp(HardValue(400)) <= 0 {
		t.Error("the bound does not fall")
	}
}

func TestValidateKnapsack(t *testing.T) {
	r := rational.NewRat
	for _, c := range []struct {
		elements []Element
		want     string
	}{
		{nil, "at least one"},
		{[]Element{{}, {{r(3, 2), half}}}, "element 2, size 1, size: expected"},
		{[]Element{{{r(-1, 2), half}}}, "element 1, size 1, size: expected"},
		{[]Element{{{half, r(5, 4)}}}, "element 1, size 1, probability: expected"},
		{[]Element{{{half, half}, {half, r(3, 4)}}}, "sum at most 1, found 5/4"},
		{[]Element{{{one, r(3, 4)}}, {{one, half}}}, "mean sizes"},
	} {
		if err := Validate(c.elements); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%v: error %v, want %q", c.elements, err, c.want)
		}
	}
}

// Too many loads, and a choice that is not monotone: rounding sizes up decides it.
func TestRoundedLoads(t *testing.T) {
	const n = 20
	elements := make([]Element, n)
	var c contention.Choice
	for i := range elements {
		elements[i] = Element{{rational.NewRat(1<<i, 1<<19), rational.NewRat(1, 2)}}
		for _, o := range contention.Orders {
			c[o] = append(c[o], rational.NewRat(int64(10+i), 100))
		}
	}
	r, err := Verify(context.Background(), elements, &c)
	if err != nil {
		t.Fatal(err)
	}
	if f := r.Findings[0]; f.Tag != "CRS-L4.2" || f.Status != theorems.Concluded || !strings.Contains(f.Statement, "rounded up") || r.Law != nil {
		t.Errorf("found %+v", f)
	}
	c[0][n-1] = rational.NewRat(99, 100) // size 1, and the load is zero less often
	if law, err := RunRounded(context.Background(), elements, c); err == nil && law.Confirms(c) == nil {
		t.Error("a choice that is not attained is confirmed")
	}
}
