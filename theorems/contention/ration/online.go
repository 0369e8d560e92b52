package ration

import (
	"context"
	"slices"

	"pstar/lp"
	"pstar/rational"
	"pstar/theorems/contention"
)

// An online optimum is over policies that know the order, and the supply that is left. What a policy can be worth in the rest of an order
// is, for any weights of the agents, a function of the supply left that is affine between sums of the demands to come, from above continuous or jumping
// down there. So it is enough to give nothing, the demand, all there is, or what leaves such a sum; and then only finitely many supplies occur.
// The orders are forward and backward, with 1/2 each.
type onlineProgram struct {
	agents []Agent
	levels [][]level
	// sums are those of demands of the agents that arrive at place t or later, at most 1; left are the supplies that occur there. By order.
	sums, left [2][][]rational.Rat
	actions    int // of all states, demands and orders
}

// newOnline lists the supplies, or says that the program is too large.
// The lists may be exponential in the agents; the limits are checked while they grow.
func newOnline(agents []Agent) (*onlineProgram, bool) {
	p := &onlineProgram{agents: agents}
	// Levels with their services, computed once for both orders.
	for _, a := range agents {
		p.levels = append(p.levels, a.levels())
	}
	n := len(agents)
	for _, o := range contention.Orders {
		// Sums of the demands to come, from the last place on: with what leaves such a sum a policy can serve exactly these.
		order := o.Sequence(n)
		p.sums[o], p.left[o] = make([][]rational.Rat, n+1), make([][]rational.Rat, n+1)
		p.sums[o][n] = []rational.Rat{zero}
		// Sums at place t are those of demands from t on, each agent with one level or
		// none.
		for t := n - 1; t >= 0; t-- {
			next := slices.Clone(p.sums[o][t+1])
			for _, l := range p.levels[order[t]] {
				for _, s := range p.sums[o][t+1] {
					// More than the whole supply is never left.
					if sum := s.Add(l.demand); sum.Cmp(one) <= 0 {
						next = append(next, sum)
					}
				}
			}
			// The lists only grow backwards; one that is too long makes the program too large.
			// Each level of each supply is a choice of the policy there, so this is the
			// size of the program.
			if p.sums[o][t] = sorted(next); len(p.sums[o][t]) > maxProgram {
				return nil, false
			}
		}
		// Supplies that occur, forwards: after each allocation that is thought of.
		p.left[o][0] = []rational.Rat{one}
		for t, i := range order {
			var next []rational.Rat
			for _, r := range p.left[o][t] {
				for _, l := range p.levels[i] {
					for _, y := range p.choices(o, t, r, l) {
						next = append(next, r.Sub(y))
						p.actions++
					}
				}
			}
			// Equal supplies are one state, whatever led to them.
			if p.left[o][t+1] = sorted(next); p.actions > maxProgram {
				return nil, false
			}
		}
	}
	return p, true
}

// sorted changes the list that it is given.
func sorted(list []rational.Rat) []rational.Rat {
	slices.SortFunc(list, rational.Rat.Cmp)
	return slices.CompactFunc(list, rational.Rat.Equal)
}

// choices are the allocations to think of for a supply and a demand at a place.
// The list ascends, without repetitions, and has 0 always.
func (p *onlineProgram) choices(o contention.Order, t int, left rational.Rat, l level) []rational.Rat {
	// More than the demand helps nobody, and more than there is cannot be given.
	most := rational.MinRat(left, l.demand)
	// Wholly or not at all.
	if l.kind == TypeI {
		if most.Equal(l.demand) {
			return sorted([]rational.Rat{zero, most})
		}
		return []rational.Rat{zero}
	}
	// And what leaves exactly a sum of demands to come: between these the worth of what is left is affine, so that an end is as good.
	list := []rational.Rat{zero, most}
	for _, s := range p.sums[o][t+1] {
		if y := left.Sub(s); y.Sign() > 0 && y.Cmp(most) < 0 {
			list = append(list, y)
		}
	}
	return sorted(list)
}

// most is the largest Σ w_i E[s_i] of any online policy, in the mean of both orders, by dynamic programming.
//
// Weights may be any that are not negative; it is what the dual of the program claims, computed without the program.
// The supplies must be those that newOnline has found.
func (p *onlineProgram) most(weights []rational.Rat) rational.Rat {
	// Half of each order.
	total := zero
	for _, o := range contention.Orders {
		order := o.Sequence(len(p.agents))
		// After the last agent the supply is worth nothing.
		values := make([]rational.Rat, len(p.left[o][len(order)])) // of the supplies left
		for t := len(order) - 1; t >= 0; t-- {
			i := order[t]
			// What the agents from this place on are worth, for each supply that occurs here.
			before := make([]rational.Rat, len(p.left[o][t]))
			for k, r := range p.left[o][t] {
				for _, l := range p.levels[i] {
					// Weights may make every choice worth 0, so the first one counts, not
					// 0.
					best, first := zero, true
					for _, y := range p.choices(o, t, r, l) {
						v := weights[i].Mul(l.serve(y)).Add(values[place(p.left[o][t+1], r.Sub(y))])
						if first || v.Cmp(best) > 0 {
							best, first = v, false
						}
					}
					// The demand is seen before the choice, so the best is inside the mean.
					before[k] = before[k].Add(l.probability.Mul(best))
				}
			}
			values = before
		}
		// At first there is one supply, all of it.
		total = total.Add(values[0].Mul(half))
	}
	return total
}

// place is where a number stands in an ascending list that has it.
func place(list []rational.Rat, x rational.Rat) int {
	// The lists have all supplies that choices lead to: another one is a fault of [newOnline].
	at, found := slices.BinarySearchFunc(list, x, rational.Rat.Cmp)
	if !found {
		panic("ration: a supply that does not occur")
	}
	return at
}

// onlineOptimum is the largest t for which some online policy serves every agent with at least t in the mean of both orders, or false if the
// program is too large. It is verified by its dual: the weights of the agents, for which the dynamic program gives t.
//
// The program has the probabilities of the supplies that occur, and of what is done there, as variables: a mixture of policies is
// one of its points. It is exponential in the agents only through the sums of demands that differ.
// An error is ctx.Err().
func onlineOptimum(ctx context.Context, agents []Agent) (t rational.Rat, ok bool, err error) {
	// Too large is no error: the report says so.
	online, ok := newOnline(agents)
	if !ok {
		return zero, false, nil
	}
	p := &lp.Problem{Name: "online", Sense: lp.Maximise}
	// The common target, to be as large as every agent's service allows.
	target := p.AddVariable(lp.Variable{Name: "t", Cost: one, Lower: lp.At(zero)})
	services := make([]lp.Row, len(agents))
	for i := range agents {
		services[i].Terms = []lp.Term{{Variable: target, Coefficient: one.Neg()}}
	}
	// Both orders are in one program, as a target is met in the mean of them.
	for _, o := range contention.Orders {
		online.addOrder(p, o, services)
	}
	weights, t, err := solveServices(ctx, p, services)
	if err != nil {
		return zero, false, err
	}
	// By duality the largest weighted service is t: what the policies attain and what no policy exceeds.
	if most := online.most(weights); !most.Equal(t) {
		panic("ration: the weights of the agents do not show the online optimum")
	}
	// Attained by the point of the program, and not exceeded by the dual.
	return t, true, nil
}

// addOrder adds the flow of an order: what comes into a supply at a place goes out, for each demand in proportion to its probability.
// Rows of services are only added to: they belong to all orders.
func (p *onlineProgram) addOrder(program *lp.Problem, o contention.Order, services []lp.Row) {
	// At the first place everything comes in: the one supply has probability 1.
	in := []lp.Row{{Lower: lp.At(one), Upper: lp.At(one)}} // of the supplies of a place: what comes in, with minus
	for t, i := range o.Sequence(len(p.agents)) {
		// The rows of the next place, one for each supply that may be left there.
		next := slices.Repeat([]lp.Row{{Lower: lp.At(zero), Upper: lp.At(zero)}}, len(p.left[o][t+1]))
		for k, r := range p.left[o][t] {
			state := program.AddVariable(lp.Variable{Lower: lp.At(zero)}) // the probability of this supply
			in[k].Terms = append(in[k].Terms, lp.Term{Variable: state, Coefficient: one})
			program.AddRow(merged(in[k]))
			for _, l := range p.levels[i] {
				// Given the supply, the demand has its own law: the actions at a level have
				// its share.
				row := lp.Row{Lower: lp.At(zero), Upper: lp.At(zero), Terms: []lp.Term{{Variable: state, Coefficient: l.probability.Neg()}}}
				for _, y := range p.choices(o, t, r, l) {
					v := program.AddVariable(lp.Variable{Lower: lp.At(zero)})
					row.Terms = append(row.Terms, lp.Term{Variable: v, Coefficient: one})
					// 1/2 is the probability of the order.
					services[i].Terms = append(services[i].Terms, lp.Term{Variable: v, Coefficient: l.serve(y).Mul(half)})
					to := place(p.left[o][t+1], r.Sub(y))
					next[to].Terms = append(next[to].Terms, lp.Term{Variable: v, Coefficient: one.Neg()})
				}
				program.AddRow(row)
			}
		}
		in = next
	}
}
