package ration

import (
	"context"
	"errors"
	"fmt"

	"pstar/rational"
	"pstar/theorems"
	"pstar/theorems/contention"
	"pstar/theorems/contention/knapsack"
	"pstar/theorems/contention/orders"
)

// An anyOrder is what Algorithm 1 gives in orders of the user's, each with its weight: Remark 2 of the paper says that the reduction to contention resolution
// holds however the order is drawn, as long as the scheme is for the same orders.
type anyOrder struct {
	Orders int `json:"orders"`
	// Alpha is the best guarantee of a single-unit scheme for these orders, and Service the mean service of each agent.
	Alpha   rational.Rat   `json:"alpha"`
	Service []rational.Rat `json:"service,omitempty"`
}

// verifyOrders runs Algorithm 1 along each of the orders, with the scheme that is optimal for the supplies of the plan, and checks CRS-REM2: in each order an agent is
// served with at least c·β, and in the mean of them with at least α·β. The agents are of Types II and III, and their targets lie in the ex-ante region. The only
// error is the end of ctx.
func (r *Report) verifyOrders(ctx context.Context, in orders.Instance) error {
	// The probabilities were left open when the orders were read.
	in.X = r.Plan.X
	// The best scheme for these orders; for the forward and the backward one it is that of LP-SI.
	u, err := orders.Solve(ctx, in)
	if err != nil {
		// The orders are counted for the title; the probabilities are only in the sums.
		return err
	}
	out := &anyOrder{Orders: len(in.Orders), Alpha: u.Value}
	what := fmt.Sprintf("in %s, Algorithm 1 serves every agent with at least α·β, α = %s being the best guarantee of a scheme for these orders",
		contention.Count(out.Orders, "order", "orders"), contention.Exact(u.Value))
	sum := make([]rational.Rat, len(r.Agents))
	// One chain over all orders, which counts their relations together.
	proof := &chain{}
	// Algorithm 1 knows only the order that it is in: each is followed by itself, from the whole supply.
	for o, order := range in.Orders {
		proof.begin(fmt.Sprintf("order %d", o+1))
		var service []rational.Rat
		if _, service, err = alongOrder(ctx, r.Agents, r.Plan, order, u.Choice[o], proof); err != nil {
			// The other orders would say the same of another agent.
			break
		}
		// In the mean over the orders, each with its weight.
		for i, s := range service {
			sum[i] = sum[i].Add(in.Weights[o].Mul(s))
		}
	}
	// The end of ctx is no failure of the theorem.
	if ctx.Err() != nil {
		return ctx.Err()
	}
	// α is known whatever becomes of the services.
	r.orders = out
	if errors.Is(err, knapsack.ErrTooLarge) {
		r.Findings.Add(nil, "CRS-REM2", theorems.Concluded, "%s, as CRS-L2.2 holds in each order; here it is not computed how much more: %v", what, err)
		return nil
	}
	// With an error that names an agent the sums are not complete, and are not compared.
	for i, a := range r.Agents {
		if err == nil && sum[i].Cmp(u.Value.Mul(a.Target)) < 0 {
			err = &contention.InstanceError{Kind: "agent", Index: i, Text: fmt.Sprintf("the expected service %s is below α·β", sum[i])}
		}
	}
	if err == nil {
		out.Service, err = sum, proof.wrong
	}
	r.Findings.Add(contention.Named(err, r.names), "CRS-REM2", theorems.Checked, "%s", what)
	return nil
}

// blocks are what the text shows of the orders.
// Without services the last column is empty.
func (o *anyOrder) blocks(r *Report) []theorems.Block {
	table := [][]string{{"agent", "α·β", "mean service"}}
	// α·β exactly; the table cuts long fractions.
	for i, a := range r.Agents {
		row := []string{r.agent(i), contention.Abridged(o.Alpha.Mul(a.Target)), ""}
		if o.Service != nil {
			row[2] = contention.Abridged(o.Service[i])
		}
		table = append(table, row)
	}
	return []theorems.Block{{Line: "in " + contention.Count(o.Orders, "order", "orders") + " of arrival, α = " + contention.Exact(o.Alpha)}, {Table: table}}
}
