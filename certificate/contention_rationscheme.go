package certificate

import "math/big"

// idle is the service of agent i at demands, or parts of them, that are not served:
// each is served with the probabilities given.
func (f *rationFamily) idle(r *reader, i int, served []*big.Rat) *big.Rat {
	a := &f.agents[i]
	s := ratZero
	for k, d := range a.Demand {
		s = r.add(s, r.mul(r.sub(d.Probability, served[k]), a.serve(r, ratZero, d.Value)))
	}
	return s
}

// unit checks the single-unit scheme and Algorithm 1.
func (f *rationFamily) unit(r *reader, plan []rationPlan) {
	n := len(f.agents)
	x := make([]*big.Rat, n)
	for i := range x {
		x[i] = plan[i].x
		if f.agents[i].Service == "I" {
			r.rejectNext("the single-unit scheme does not serve Type I")
		}
	}
	o := r.unitOptimum(x)
	f.alpha = o.value
	tau := r.twoOrders("tau-", n)
	service := zeroRats(n)
	for order := range tau {
		remaining := new(law[*big.Rat])
		r.put(remaining, ratOne, ratOne)
		for _, i := range sequence(order, n) {
			t := tau[order][i]
			given, served, next := f.allocate(r, i, plan[i], remaining, t)
			if want := r.mul(o.choice[order][i], x[i]); r.cmp(given, want) != 0 || t.Sign() < 0 {
				r.rejectNext("%s order: threshold %s of agent %d gives %s, not c·x = %s",
					orderNames[order], short(t), i+1, short(given), short(want))
			}
			service[i] = r.add(service[i], r.mul(r.add(served, f.idle(r, i, plan[i].part)), ratHalf))
			remaining = next
		}
	}
	f.services(r, service)
	f.scheme = Checked
}

// allocate gives agent i the amount min(d, R, τ) at the parts of its demands that are
// served, R being the remaining supply, and nothing else. It returns the expected
// amount, the expected service at these parts, and the next law of R.
func (f *rationFamily) allocate(r *reader, i int, plan rationPlan, remaining *law[*big.Rat], tau *big.Rat) (given, service *big.Rat, next *law[*big.Rat]) {
	a := &f.agents[i]
	given, service = ratZero, ratZero
	next = new(law[*big.Rat])
	idle := r.sub(ratOne, r.total(plan.part))
	for t, supply := range remaining.values {
		mass := remaining.mass[t]
		r.put(next, supply, r.mul(mass, idle))
		for k, d := range a.Demand {
			if plan.part[k].Sign() == 0 {
				continue
			}
			y := r.least(r.least(d.Value, supply), tau)
			w := r.mul(plan.part[k], mass)
			given = r.add(given, r.mul(w, y))
			service = r.add(service, r.mul(w, a.serve(r, y, d.Value)))
			r.put(next, r.sub(supply, y), w)
		}
	}
	return given, service, next
}

// knapsack checks the knapsack scheme of CRS-L4.4 with Algorithm 3.
func (f *rationFamily) knapsack(r *reader, plan []rationPlan) {
	elements := make([][]Size, len(f.agents))
	for i := range f.agents {
		for k, part := range plan[i].part {
			if part.Sign() > 0 {
				elements[i] = append(elements[i], Size{f.agents[i].level[k].supply, part})
			}
		}
	}
	mu := r.means(elements)
	choice := r.phiChoice(mu)
	f.alpha = r.guarantee(choice)
	if violation := r.definition5(mu, choice); violation != "" {
		r.rejectNext("%s", violation)
	}
	if f.scheme = r.algorithm3(elements, choice); f.scheme == "" {
		r.rejectNext("there is no law")
	}
	service := make([]*big.Rat, len(f.agents))
	for i := range f.agents {
		p := r.mul(r.add(choice[0][i], choice[1][i]), ratHalf)
		accepted := make([]*big.Rat, len(plan[i].part))
		service[i] = ratZero
		for k, part := range plan[i].part {
			accepted[k] = r.mul(p, part)
			service[i] = r.add(service[i], r.mul(accepted[k], f.agents[i].level[k].service))
		}
		service[i] = r.add(service[i], f.idle(r, i, accepted))
	}
	f.services(r, service)
}

// services compares the expected services with those of the document and with
// α times the targets.
func (f *rationFamily) services(r *reader, found []*big.Rat) {
	r.member("service", func() { f.service = r.rationals(len(f.agents)) })
	for i, s := range found {
		if r.cmp(s, f.service[i]) != 0 {
			r.rejectNext("agent %d is served with %s, not with %s", i+1, short(s), short(f.service[i]))
		}
		if r.cmp(s, r.mul(f.alpha, f.agents[i].Target)) < 0 {
			r.rejectNext("agent %d is served with %s, less than α times its target", i+1, short(s))
		}
	}
}

func zeroRats(n int) []*big.Rat {
	v := make([]*big.Rat, n)
	for i := range v {
		v[i] = ratZero
	}
	return v
}
