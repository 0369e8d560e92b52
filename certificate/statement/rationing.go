package statement

import "pstar/certificate/kernel"

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
	for k := range r.Lists() {
		if k == MaxElements {
			r.Fail("more than %d agents", MaxElements)
		}
		a := agent{service: r.Word("I", "II", "III")}
		var total, mean kernel.Num
		a.levels, total, mean = readLevels(r, MaxDemands)
		if !total.IsOne() || mean.Sign() == 0 && a.service == "II" { // which is the allocation over the mean
			r.Fail("the probabilities of a demand must have the sum 1, and its mean be positive in Type II")
		}
		for k := range a.levels {
			// Ascending values are different ones, and numbered in one way.
			if k > 0 && compare(r, a.levels[k].demand, a.levels[k-1].demand) <= 0 {
				r.Fail("the values of a demand must ascend")
			}
			a.levels[k].serve(r, a.service, mean)
		}
		// A service is never negative: a target below 0 is none.
		if a.target = r.Number(); a.target.Sign() < 0 {
			r.Fail("a target is negative")
		}
		list = append(list, a)
	}
	if len(list) == 0 {
		r.Fail("there are no agents")
	}
	return list
}

// readLevels reads [[NUM,NUM],…], values of at least 0 with their probabilities, and returns the sum of these
// and the mean.
func readLevels(r *kernel.Reader, most int) (list []level, total, mean kernel.Num) {
	for k := range r.Lists() {
		l := level{demand: r.Number(), probability: r.Number()}
		if k == most || l.demand.Sign() < 0 || l.probability.Sign() <= 0 {
			r.Fail("expected at most %d values of at least 0, with positive probabilities", most)
		}
		total, mean = r.Plus(total, l.probability), r.Plus(mean, r.Times(l.demand, l.probability))
		list = append(list, l)
		kept(r, l.demand, l.probability)
	}
	return list, total, mean
}

// serve computes the supply y = min(d,1) that a level takes, and its service: in Type I 1 if y
// = d, else 0; in Type II y over the mean demand; in Type III y/d, and 1 for d = 0.
func (l *level) serve(r *kernel.Reader, service string, mean kernel.Num) {
	l.supply = least(r, l.demand, one)
	// There is a supply of 1: a larger demand cannot be met.
	whole := l.supply.Equal(l.demand)
	switch {
	case service == "II":
		l.service = r.Over(l.supply, mean)
	case whole:
		l.service = one
	// In Type I it is all or nothing: the service is 0.
	case service == "III":
		l.service = r.Over(l.supply, l.demand)
	}
	kept(r, l.probability, l.supply, l.supply, l.service) // in the facts
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
	t := write("targets", kernel.Feasible)
	var uniform kernel.Poly
	if g.largest != nil {
		t.Name = "largest target"
		// One target for all, a parameter: the largest is the bound of it.
		uniform = t.symbol("p+", "t")
		t.row(kernel.GE, term(*g.largest), less(uniform))
	}
	symbols := make([][]kernel.Poly, len(g.agents))
	for i, a := range g.agents {
		for k := range a.levels {
			symbols[i] = append(symbols[i], t.symbol("u+", "a[%d,%d]", i+1, k+1))
		}
	}
	// With E, as a fact that holds no unknown would be assumed: an agent with no service at
	// all has none.
	e := t.symbol("u", "E")
	t.fact(kernel.EQ, e)
	// A demand is served at most as often as it comes; services add up to the target; all
	// supply is at most 1.
	services, supplies := make([]kernel.Poly, len(g.agents)), make([]kernel.Poly, len(g.agents))
	left := term(one)
	for i, a := range g.agents {
		for k, l := range a.levels {
			t.fact(kernel.GE, term(l.probability), less(symbols[i][k]))
			services[i] = services[i].Plus(l.service, symbols[i][k])
			supplies[i] = supplies[i].Plus(l.supply, symbols[i][k])
		}
		left = append(left, less(supplies[i])...) // symbols ascend from agent to agent
	}
	for i, a := range g.agents {
		target := uniform
		if g.largest == nil {
			target = term(a.target)
		}
		t.fact(kernel.EQ, services[i], e, less(target))
	}
	for i, x := range g.x {
		t.fact(kernel.EQ, supplies[i], e, less(term(x)))
	}
	t.fact(kernel.GE, left)
	return &t.Theorem
}
