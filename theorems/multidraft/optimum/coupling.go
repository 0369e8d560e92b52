package optimum

import (
	"fmt"
	"slices"

	"pstar/lp/flow"
	"pstar/rational"
	"pstar/theorems/multidraft"
)

// complete extends a flow of the transport network to a coupling of supports
// and tokens: what the flow leaves of the supplies is matched with what it
// leaves of the demands, northwest corner first. For a largest flow the
// leftovers of T never meet a token of T, for then it could send more.
func complete(g *multidraft.Integer, flow *flow.Flow) []Mass {
	// What is left of both when the flow is taken off.
	demand := slices.Clone(g.Demand)
	supply := slices.Clone(g.Supply)
	for j, t := range g.Supports {
		for a, i := range t.Tokens() {
			supply[j] = supply[j].Sub(flow.On[j][a])
			demand[i] = demand[i].Sub(flow.On[j][a])
		}
	}
	var coupling []Mass
	corner := 0
	for j, t := range g.Supports {
		// Entries of one support are sorted together: the flow's and those of the leftovers.
		first := len(coupling)
		for a, i := range t.Tokens() {
			if flow.On[j][a].Sign() > 0 {
				coupling = append(coupling, Mass{Support: t, Token: i, Amount: flow.On[j][a]})
			}
		}
		// Both leftovers have one sum, so that a corner with demand is there as long as supply is
		// left.
		for supply[j].Sign() > 0 {
			for demand[corner].IsZero() {
				corner++
			}
			amount := supply[j]
			if demand[corner].Cmp(amount) < 0 {
				amount = demand[corner]
			}
			coupling = append(coupling, Mass{Support: t, Token: corner, Amount: amount})
			supply[j] = supply[j].Sub(amount)
			demand[corner] = demand[corner].Sub(amount)
		}
		slices.SortFunc(coupling[first:], func(a, b Mass) int { return a.Token - b.Token })
	}
	return coupling
}

// accepted checks that a coupling has positive entries in canonical order and
// exactly the marginals of the instance, and returns the mass it puts on pairs
// with the token in the support.
func accepted(g *multidraft.Integer, coupling []Mass) (rational.Int, error) {
	// Added up anew: the marginals are checked, not taken over.
	supply := make([]rational.Int, len(g.Supply))
	demand := make([]rational.Int, len(g.Demand))
	var accepted rational.Int
	for e, m := range coupling {
		if m.Amount.Sign() <= 0 {
			return accepted, fmt.Errorf("coupling entry %d is %v, want a positive mass", e, m.Amount)
		}
		// Strictly ascending: no pair is there twice.
		if e > 0 && compareMass(coupling[e-1], m) >= 0 {
			return accepted, fmt.Errorf("coupling entry %d is out of order", e)
		}
		j := multidraft.SupportIndex(len(g.Demand), m.Support)
		supply[j] = supply[j].Add(m.Amount)
		demand[m.Token] = demand[m.Token].Add(m.Amount)
		// Selected and drafted: the only mass that is accepted.
		if m.Support.Has(m.Token) {
			accepted = accepted.Add(m.Amount)
		}
	}
	for j, t := range g.Supports {
		if !supply[j].Equal(g.Supply[j]) {
			return accepted, fmt.Errorf("coupling gives the support %v mass %v, want %v", t, supply[j], g.Supply[j])
		}
	}
	for i := range demand {
		if !demand[i].Equal(g.Demand[i]) {
			return accepted, fmt.Errorf("coupling gives the token %d mass %v, want %v", i+1, demand[i], g.Demand[i])
		}
	}
	return accepted, nil
}

// compareMass is the canonical order: by support, then by token.
func compareMass(a, b Mass) int {
	if c := a.Support.Compare(b.Support); c != 0 {
		return c
	}
	return a.Token - b.Token
}
