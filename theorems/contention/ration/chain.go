package ration

import (
	"fmt"

	"pstar/rational"
	"pstar/theorems"
	"pstar/theorems/contention"
)

// A chain follows the proof of Lemma 2.2 on the exact law of the supply R that is left for each agent: with c, x and τ of it, and a_k the probability with
// which its demand d_k is served,
//
//	E[R] = 1 − Σ_{j <_σ i} c_σ(j)x_j  and  E[Σ a_k min(d_k, R)] ≥ E[R]·x ≥ c·x, so that a threshold exists;  E[Y] = c·x    (2.9),
//
// and for Type III, with the sums over d_k ≤ 1 and over d_k > 1 apart, a, c of E[min(d_k, R, τ)], b, d of min(d_k, 1), and x, y of the services,
//
//	E[s] ≥ (a/b)·x + (c/d)·y ≥ (a + c)/(b + d)·(x + y) = c·β    (2.10)–(2.13).
//
// Relations are decided exactly; one that fails is reported and stops nothing.
type chain struct {
	order string       // that is followed, as errors name it
	taken rational.Rat // Σ c_σ(j)x_j so far, along it
	count int
	wrong error
}

// begin is told of an order before its first agent.
// What has been counted and found in other orders stays.
func (n *chain) begin(order string) { n.order, n.taken = order, zero }

// holds counts a relation, and keeps the first one that does not hold.
func (n *chain) holds(ok bool, i int, what string) {
	n.count++
	if !ok && n.wrong == nil {
		n.wrong = fmt.Errorf("%s, agent %d: %s does not hold", n.order, i+1, what)
	}
}

// agent decides the lines about an agent: whole and given are E[min(d_k, R)] and E[min(d_k, R, τ)] of its levels.
func (n *chain) agent(i int, levels []level, parts, whole, given []rational.Rat, left, c, x, service, target rational.Rat) {
	// Exactly: what agents before have taken is calibrated to c·x each.
	n.holds(left.Equal(one.Sub(n.taken)), i, "E[R] = 1 − Σ c·x")
	// E[Σ a_k min(d_k, R)] without a threshold, and with it.
	most, spent := zero, zero
	for k, part := range parts {
		most, spent = most.Add(part.Mul(whole[k])), spent.Add(part.Mul(given[k]))
	}
	n.holds(most.Cmp(left.Mul(x)) >= 0 && left.Cmp(c) >= 0, i, "that a threshold exists")
	n.holds(spent.Equal(c.Mul(x)), i, "(2.9)")
	// For E[R] of the next agent.
	n.taken = n.taken.Add(c.Mul(x))
	// The proof for Type II is one line, which the last relation here has.
	if levels[0].kind == TypeIII {
		n.shares(i, levels, parts, given, c.Mul(target))
	}
	n.holds(service.Cmp(c.Mul(target)) >= 0, i, "E[s] ≥ c·β")
}

// shares decides (2.10) to (2.13) for an agent of Type III.
//
// (2.13) is Chebyshev's inequality for two terms: a/b ≥ c/d, as demands up to the supply are cut less by R and τ, and x/b ≥ y/d, as
// a unit of supply serves more of them.
func (n *chain) shares(i int, levels []level, parts, given []rational.Rat, goal rational.Rat) {
	// Index 0 is of demands up to the supply, 1 of those above.
	var got, size, worth [2]rational.Rat // a, c; b, d; x, y
	service := zero
	for k, l := range levels {
		// Demands up to the supply are served wholly by it, others in part: the two sides of the proof.
		side := 0
		if l.demand.Cmp(one) > 0 {
			side = 1
		}
		got[side] = got[side].Add(parts[k].Mul(given[k]))
		size[side] = size[side].Add(parts[k].Mul(l.supply))
		worth[side] = worth[side].Add(parts[k].Mul(l.service))
		service = service.Add(parts[k].Mul(l.serve(given[k])))
	}
	// (a/b)x + (c/d)y, where a side that has nothing is served wholly.
	// A side without demands has the worth 0, so that its share does not matter.
	apart := zero
	for side := range got {
		share := one // 0/0
		if !size[side].IsZero() {
			share = got[side].Quo(size[side])
		}
		apart = apart.Add(share.Mul(worth[side]))
	}
	n.holds(service.Cmp(apart) >= 0, i, "(2.10)")
	// Without any demand the target is met by nothing, and there is no mean of sides.
	if total := size[0].Add(size[1]); !total.IsZero() {
		// The mean of both sides, as if all demands were served in one proportion.
		together := got[0].Add(got[1]).Quo(total).Mul(worth[0].Add(worth[1]))
		n.holds(apart.Cmp(together) >= 0 && together.Equal(goal), i, "(2.13)")
	}
}

// report adds what was decided to the findings.
// It is one claim for all orders that were followed.
func (n *chain) report(f *theorems.Claims) {
	f.Add(n.wrong, "CRS-L2.2", theorems.Checked, "on the law of the supply left for each agent, in both orders: its mean, the existence of the threshold, (2.9) and (2.10)-(2.13) [%s]",
		contention.Count(n.count, "relation", "relations"))
}
