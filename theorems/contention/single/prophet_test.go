package single

import (
	"context"
	"math/rand/v2"
	"testing"

	"pstar/rational"
	"pstar/theorems"
	"pstar/theorems/contention"
)

// Everything of a prophet by all profiles of valuations, and the policy by its coins on top of them.
func TestProphetAgainstEnumeration(t *testing.T) {
	r := rand.New(rand.NewPCG(6, 31))
	for range 60 {
		list := make([]Valuation, 1+r.IntN(4))
		for i := range list {
			for range 1 + r.IntN(2) {
				list[i] = append(list[i], Valued{rational.NewRat(r.Int64N(5), 1), rational.NewRat(r.Int64N(4), 8)})
			}
		}
		if ValidateValuations(list) != nil {
			continue
		}
		p, err := SolveProphet(context.Background(), list)
		if err != nil {
			t.Fatal(err)
		}
		if err := p.Check(); err != nil {
			t.Fatalf("%v: %v", list, err)
		}
		law, err := Attain(context.Background(), p.X, p.Unit.Choice)
		if err != nil {
			t.Fatal(err)
		}
		most, sold := zero, zero
		profiles(list, func(values []rational.Rat, weight rational.Rat) {
			most = most.Add(weight.Mul(maximum(values)))
			for _, o := range contention.Orders {
				left := weight.Mul(half)
				for _, i := range o.Sequence(len(list)) {
					take := left.Mul(p.activity(i, values[i])).Mul(law.Coin[o][i].Rat())
					sold, left = sold.Add(take.Mul(values[i])), left.Sub(take)
				}
			}
		})
		if !most.Equal(p.Max) || !sold.Equal(p.Policy) {
			t.Fatalf("%v: E[max] = %s and %s, the policy sells for %s and %s", list, most, p.Max, sold, p.Policy)
		}
	}
}

// activity is the probability with which an agent of this valuation is active.
func (p *Prophet) activity(i int, value rational.Rat) rational.Rat {
	left, mass, active := p.X[i], zero, zero
	for _, v := range descending(p.Valuations[i]) {
		part := rational.MinRat(left, v.Probability)
		left = left.Sub(part)
		if v.Value.Equal(value) {
			mass, active = mass.Add(v.Probability), active.Add(part)
		}
	}
	if mass.IsZero() {
		return zero
	}
	return active.Quo(mass)
}

func maximum(values []rational.Rat) rational.Rat {
	most := zero
	for _, v := range values {
		most = rational.MaxRat(most, v)
	}
	return most
}

func profiles(list []Valuation, see func(values []rational.Rat, weight rational.Rat)) {
	values := make([]rational.Rat, len(list))
	var visit func(i int, weight rational.Rat)
	visit = func(i int, weight rational.Rat) {
		if i == len(list) {
			see(values, weight)
			return
		}
		rest := one
		for _, v := range list[i] {
			rest = rest.Sub(v.Probability)
			values[i] = v.Value
			visit(i+1, weight.Mul(v.Probability))
		}
		values[i] = zero
		visit(i+1, weight.Mul(rest))
	}
	visit(0, one)
}

// The value of the best linear φ, with floats, on a grid of b: for each the largest a for which the constraint holds on a grid of z.
func TestLinear(t *testing.T) {
	if f := Linear(); len(f) != 1 || f[0].Status != theorems.Concluded {
		t.Fatal(f)
	}
	best := 0.0
	for b := 0.0; b <= 1; b += 0.002 {
		a := 2.0
		for z := 0.0; z <= 1; z += 0.002 {
			a = min(a, (b/2*z*z+b*z+1)/(1+z))
		}
		best = max(best, a-b/2)
	}
	if best < 0.618 || best > 0.6181 {
		t.Errorf("the best linear function is worth %f", best)
	}
}
