package statement

import (
	"fmt"

	"pstar/certificate/kernel"
)

// An agent has a type of service, a target, and levels of demand.
// Demands are random and independent, with finitely many values; the supply is 1.
type agent struct {
	service string
	levels  []level
	target  kernel.Num
}

// A level is a value d of a demand with its probability, what it takes of the supply, min(d,1),
// and the service of that. What depends on the type of service is computed once, here, and the
// theorems are linear in it.
type level struct{ demand, probability, supply, service kernel.Num }

// MaxDemands is the largest number of values of a demand.
const MaxDemands = 64

// readAgents reads [[TYPE,[[NUM,NUM],…],NUM],…].
func readAgents(r *kernel.Reader) (list []agent) {
	levels := 0
	for r.Open('['); r.More(); {
		if len(list) == MaxElements {
			r.Fail("more than %d agents", MaxElements)
		}
		r.Open('[')
		r.Next()
		a := agent{service: r.Text()}
		r.Next()
		var total, mean kernel.Num
		for r.Open('['); r.More(); {
			l := readLevel(r)
			// Ascending values are different ones, and numbered in one way.
			if n := len(a.levels); n == MaxDemands || l.probability.Sign() <= 0 || l.demand.Sign() < 0 || n > 0 && r.Plus(l.demand, a.levels[n-1].demand.Neg()).Sign() <= 0 {
				r.Fail("the values of a demand must ascend from 0 on, at most %d of them, with positive probabilities", MaxDemands)
			}
			if a.levels, levels = append(a.levels, l), levels+1; levels > kernel.MaxSymbols-2 {
				r.Fail("too many values of demands")
			}
			total, mean = r.Plus(total, l.probability), r.Plus(mean, r.Times(l.demand, l.probability))
		}
		if !total.IsOne() || mean.Sign() == 0 && a.service == "II" { // which is the allocation over the mean
			r.Fail("the probabilities of a demand must have the sum 1, and its mean be positive in Type II")
		}
		// The services need the mean, which is known only now.
		for k := range a.levels {
			a.levels[k].serve(r, a.service, mean)
		}
		r.Next()
		// A service is never negative: a target below 0 is none.
		if a.target = r.Number(); a.target.Sign() < 0 {
			r.Fail("a target is negative")
		}
		r.Close(']')
		list = append(list, a)
	}
	if len(list) == 0 {
		r.Fail("there are no agents")
	}
	return list
}

func readLevel(r *kernel.Reader) (l level) {
	r.Open('[')
	r.Next()
	l.demand = r.Number()
	r.Next()
	l.probability = r.Number()
	r.Close(']')
	return l
}

// serve computes the supply y = min(d,1) that a level takes, and its service: in Type I 1 if y
// = d, else 0; in Type II y over the mean demand; in Type III y/d, and 1 for d = 0.
func (l *level) serve(r *kernel.Reader, service string, mean kernel.Num) {
	if l.supply = one; r.Plus(l.demand, minus).Sign() < 0 {
		l.supply = l.demand
	}
	// There is a supply of 1: a larger demand cannot be met.
	whole := l.supply.Equal(l.demand)
	switch {
	// All or nothing: its service is 0.
	case service == "I" && !whole:
	case service == "I" || service == "III" && whole:
		l.service = one
	case service == "II":
		l.service = r.Over(l.supply, mean)
	case service == "III":
		l.service = r.Over(l.supply, l.demand)
	default:
		r.Fail("expected the type I, II or III")
	}
	for _, n := range []kernel.Num{l.probability, l.supply, l.supply, l.service} { // in the facts
		r.Kept(kernel.Fact{Poly: kernel.Poly{{C: n}}})
	}
}

// A region is a theorem on the ex-ante region: a[i,k] is the probability that agent i has its
// k-th demand d and is served min(d,1). (That low demands come first, as quantiles have it,
// changes nothing: they give most service for the supply.) Whether the targets can be met on
// the average: no algorithm does better, by CRS-L2.1, since what it serves is such a point.
type region struct {
	agents []agent
	// x, if not nil, are the supplies that the agents take.
	// A theorem with x says less, namely that there is a point with these supplies, and its
	// refutation less still: other supplies might do.
	x []kernel.Num
	// largest: the targets are t.
	largest *kernel.Num
}

// theorem makes the theorem "targets", or "largest target". Symbols: in the latter t, p+;
// a[i,k], u+; E, u. Facts: E = 0; f − a[i,k] ≥ 0; for each i, service Σ_k s a[i,k] + E − target
// = 0; if there are x, for each i Σ_k min(d,1) a[i,k] + E − x_i = 0; 1 − ΣΣ min(d,1) a[i,k] ≥
// 0. Feasible, without rows; in "largest target" the row largest − t ≥ 0.
func (g region) theorem() *kernel.Theorem {
	t := &kernel.Theorem{Name: "targets", Kind: kernel.Feasible}
	target := func(a agent) kernel.Poly { return term(a.target) }
	if g.largest != nil {
		t.Name = "largest target"
		t.Symbols = append(t.Symbols, kernel.Symbol{Name: "t", Nonnegative: true})
		// One target for all, a parameter: the largest is the bound of it.
		uniform := term(one, 0)
		target = func(agent) kernel.Poly { return uniform }
		t.Rows = []kernel.Fact{{Relation: kernel.GE, Poly: term(*g.largest).Plus(minus, uniform)}}
	}
	// A demand is served at most as often as it comes; services add up to the target; all
	// supply is at most 1.
	var limits, services, supplies []kernel.Poly
	total := term(one)
	for i, a := range g.agents {
		var service, supply kernel.Poly
		for k, l := range a.levels {
			symbol := len(t.Symbols)
			t.Symbols = append(t.Symbols, kernel.Symbol{Name: fmt.Sprintf("a[%d,%d]", i+1, k+1), Unknown: true, Nonnegative: true})
			limits = append(limits, term(l.probability).Plus(minus, term(one, symbol)))
			service = service.Plus(one, term(l.service, symbol))
			supply = supply.Plus(one, term(l.supply, symbol))
		}
		services, supplies = append(services, service.Plus(minus, target(a))), append(supplies, supply)
	}
	e := term(one, len(t.Symbols))
	t.Symbols = append(t.Symbols, kernel.Symbol{Name: "E", Unknown: true})
	fact := func(relation kernel.Relation, p kernel.Poly) {
		t.Facts = append(t.Facts, kernel.Fact{Relation: relation, Poly: p})
	}
	fact(kernel.EQ, e)
	for _, p := range limits {
		fact(kernel.GE, p)
	}
	for _, p := range services {
		// With E, as a fact that holds no unknown would be assumed: an agent with no service at
		// all has none.
		fact(kernel.EQ, p.Plus(one, e))
	}
	for i, x := range g.x {
		fact(kernel.EQ, supplies[i].Plus(one, e).Plus(minus, term(x)))
	}
	var all kernel.Poly // symbols ascend from agent to agent
	for _, p := range supplies {
		all = append(all, p...)
	}
	fact(kernel.GE, total.Plus(minus, all))
	return t
}

// term is a number times symbols.
func term(c kernel.Num, symbols ...int) kernel.Poly {
	if c.Sign() == 0 {
		return nil
	}
	return kernel.Poly{{C: c, M: kernel.Product(symbols...)}}
}
