package statement

import (
	"fmt"

	"pstar/certificate/kernel"
)

// readServed reads
// {"parts":[[NUM,…],…],"guarantee":NUM(,"forward":[NUM,…],"backward":[NUM,…])}, and makes the
// theorem "service", implied, that an algorithm serves each agent, in the mean of both orders,
// with at least the guarantee times its target. A demand d of the level k is considered with
// probability a, that of the parts, at most that of the level; demands of 0 count as served in
// Types I and III.
//
// With thresholds τ, one for each agent in both orders, this is Algorithm 1, which allots
// min(d, R, τ) of the supply R that is left; no agent is of Type I. Without them it is
// Algorithm 3 for the sizes min(d,1) and the choice of the document, whose rows are then among
// those of the theorem, in front.
//
// Rows, for each agent: its services forward and backward, less twice the guarantee times the
// target, ≥ 0. It is what an algorithm does, run on the laws of the document, and no theorem on
// all instances: numbers are computed here, and the rows are inequalities between them.
func readServed(r *kernel.Reader, agents []agent, c *choice) (t *kernel.Theorem, words string) {
	r.Open('{')
	parts := readParts(r.Member("parts"), agents)
	guarantee := r.Member("guarantee").Number()
	t = &kernel.Theorem{Name: "service", Kind: kernel.Implied}
	// Rows come last, behind those that say that Algorithm 3 does what it is told.
	services, algorithm := make([]kernel.Num, len(agents)), "Algorithm 3 with the choice of the document" // both orders
	// With thresholds it is Algorithm 1, which may serve a part of a demand; without them
	// Algorithm 3, which does not.
	if r.Has("forward") {
		algorithm = "Algorithm 1 with the thresholds of the document"
		for k, thresholds := range [][]kernel.Num{readNumbers(r), readNumbers(r.Member("backward"))} {
			// An agent has a threshold in each order.
			if len(thresholds) != len(agents) {
				r.Fail("expected %d thresholds in each order", len(agents))
			}
			supply := &loads{[]kernel.Num{one}, []kernel.Num{one}}
			for _, i := range arrival(k, len(agents)) {
				var service kernel.Num
				supply, service = supply.allot(r, agents[i], parts[i], thresholds[i])
				services[i] = r.Plus(services[i], service)
			}
		}
	} else {
		t.Rows = c.serve(r, agents, parts, services)
	}
	r.Close('}')
	for i, a := range agents {
		// Both orders have the probability 1/2; their services have been added up, without it.
		double := r.Times(kernel.Int(-2), r.Times(guarantee, a.target))
		t.Rows = append(t.Rows, r.Kept(kernel.Fact{Poly: term(r.Plus(services[i], double))}))
	}
	return t, fmt.Sprintf("%s serves each agent of the document with at least %v times its target", algorithm, guarantee)
}

// readParts reads the probabilities with which the levels of each agent are considered.
// Which demands are considered is the prover's choice: the quantiles of the region in Algorithm
// 1. A part that is too large would serve a demand more often than it occurs.
func readParts(r *kernel.Reader, agents []agent) [][]kernel.Num {
	return exactly(r, len(agents), "agents", func(i int) []kernel.Num {
		levels := agents[i].levels
		return exactly(r, len(levels), "levels", func(k int) kernel.Num {
			part := r.Number()
			if kept(r, part); part.Sign() < 0 || compare(r, part, levels[k].probability) > 0 {
				r.Fail("a part is less than 0, or more than the probability of its level")
			}
			return part
		})
	})
}

// allot gives an agent min(d, R, τ), and returns the law of what is left then, and the service,
// which in Types II and III is linear in what is given. Of Type I a part of a demand is no
// service, so that the algorithm is not for it.
func (l *loads) allot(r *kernel.Reader, a agent, parts []kernel.Num, threshold kernel.Num) (next *loads, service kernel.Num) {
	if a.service == "I" || threshold.Sign() < 0 {
		r.Fail("Algorithm 1 is for agents of Types II and III, and thresholds that are not negative")
	}
	next = l.clone(r)
	for k, d := range a.levels {
		// It takes nothing, and is served whether it is considered or not.
		if d.demand.Sign() == 0 {
			service = r.Plus(service, r.Times(d.probability, d.service))
			continue
		}
		// The supply that is left does not depend on the demand that comes.
		for t, left := range l.at {
			given := least(r, least(r, d.demand, threshold), left)
			mass := r.Times(parts[k], l.mass[t])
			service = r.Plus(service, r.Times(mass, r.Times(d.service, r.Over(given, d.supply))))
			next.add(r, left, mass.Neg())
			next.add(r, r.Plus(left, given.Neg()), mass)
		}
	}
	return next, service
}

func least(r *kernel.Reader, x, y kernel.Num) kernel.Num {
	if compare(r, x, y) < 0 {
		return x
	}
	return y
}

// serve adds the services under Algorithm 3, which accepts agent i with probability c_i, and
// returns its rows. Accepted demands are served in full, up to 1: their expected service is
// linear in c.
func (c *choice) serve(r *kernel.Reader, agents []agent, parts [][]kernel.Num, services []kernel.Num) []kernel.Fact {
	if c == nil || len(c.means) != len(agents) {
		r.Fail("without thresholds there must be a choice for as many agents")
	}
	elements := make([][]level, len(agents))
	for i, a := range agents {
		// Both orders; the division by 2 is in the row.
		accepted := r.Plus(c.orders[0][i], c.orders[1][i])
		for k, d := range a.levels {
			// Algorithm 3 sees a level that is not considered as ∞.
			if parts[i][k].Sign() > 0 {
				elements[i] = append(elements[i], level{demand: d.supply, probability: parts[i][k]})
			}
			share := r.Times(accepted, parts[i][k])
			if d.demand.Sign() == 0 {
				share = r.Times(kernel.Int(2), d.probability)
			}
			services[i] = r.Plus(services[i], r.Times(share, d.service))
		}
	}
	return c.attained(r, elements)
}
