package ration

import (
	"context"
	"fmt"

	"pstar/lp"
	"pstar/rational"
)

// ExAnte is the answer to whether targets lie in the ex-ante region (2.1)–(2.2), with
// its proof: quantiles if they do, prices if they do not.
type ExAnte struct {
	Feasible bool
	// Quantile is q_i, the smallest one with which agent i reaches its target when
	// it is served min(D_i, 1) for quantiles up to q_i; and X is the supply x_i that
	// this takes in expectation (2.7). Set if Feasible.
	Quantile, X []rational.Rat
	// Prices refute the targets. Set if not Feasible.
	Prices Prices
}

// Prices are multipliers of the ex-ante program: Supply ≥ 0 for (2.1), and one for
// each agent's target (2.2). For every point of the program, with a_ik ≤ f_ik the
// probability with which agent i is served at its k-th demand, supply m_ik and
// service s_ik,
//
//	Σ_i v_i β_i = Σ v_i s_ik a_ik ≤ Supply + Σ (v_i s_ik − Supply·m_ik) a_ik
//	            ≤ Supply + Σ f_ik max(0, v_i s_ik − Supply·m_ik),
//
// and targets that exceed this bound are infeasible (a Farkas proof).
type Prices struct {
	Supply rational.Rat   `json:"supply"`
	Agent  []rational.Rat `json:"agents"`
}

// Bound returns the right-hand side above.
// It is a number for any prices; only with Supply ≥ 0 does it bound what can be served.
func (p Prices) Bound(agents []Agent) rational.Rat {
	// The supply itself is 1, at its price.
	bound := p.Supply
	for i, a := range agents {
		for _, l := range a.levels() {
			// What a level is worth at these prices beyond what its supply costs, if that is anything.
			gain := p.Agent[i].Mul(l.service).Sub(p.Supply.Mul(l.supply))
			bound = bound.Add(l.probability.Mul(rational.MaxRat(zero, gain)))
		}
	}
	return bound
}

// Refutes reports whether the prices prove that the agents' targets are infeasible.
// Prices of agents may have any sign: the bound holds for all.
func (p Prices) Refutes(agents []Agent) bool {
	// A negative price of the supply would bound nothing.
	if p.Supply.Sign() < 0 || len(p.Agent) != len(agents) {
		return false
	}
	// What the targets are worth at these prices.
	value := zero
	for i, a := range agents {
		value = value.Add(p.Agent[i].Mul(a.Target))
	}
	// Equality refutes nothing.
	return value.Cmp(p.Bound(agents)) > 0
}

// exAnteProgram is the program in a_ik, with the target of every agent replaced by
// a common variable t, to be maximised, if uniform. Row 0 is the supply, row 1+i the
// service of agent i. Serving low demands first is cheapest for every service type,
// so that a program without quantiles has the same region.
// The rows are equations: what is served beyond a target could be served less.
func exAnteProgram(agents []Agent, uniform bool) *lp.Problem {
	p := &lp.Problem{Name: "ex-ante", Sense: lp.Maximise}
	// At most 1 in expectation (2.1).
	supply := lp.Row{Name: "supply", Upper: lp.At(one)}
	var services []lp.Row
	for i, a := range agents {
		row := lp.Row{Name: fmt.Sprintf("service_%d", i+1), Lower: lp.At(a.Target), Upper: lp.At(a.Target)}
		// The last term of a row is that of t, in a program with it.
		for k, l := range a.levels() {
			// The probability that the level occurs and is served.
			j := p.AddVariable(lp.Variable{Name: fmt.Sprintf("a_%d_%d", i+1, k+1), Lower: lp.At(zero), Upper: lp.At(l.probability)})
			supply.Terms = append(supply.Terms, lp.Term{Variable: j, Coefficient: l.supply})
			row.Terms = append(row.Terms, lp.Term{Variable: j, Coefficient: l.service})
		}
		services = append(services, row)
	}
	// The common target takes the place of the constants on the right side.
	if uniform {
		// Variables of levels come first, as in the other program.
		t := p.AddVariable(lp.Variable{Name: "t", Cost: one, Lower: lp.At(zero)})
		for i := range services {
			// Σ s a − t = 0: the row of a target that is not known.
			services[i].Terms = append(services[i].Terms, lp.Term{Variable: t, Coefficient: one.Neg()})
			services[i].Lower, services[i].Upper = lp.At(zero), lp.At(zero)
		}
	}
	p.AddRow(supply)
	for _, row := range services {
		p.AddRow(row)
	}
	return p
}

// CheckTargets decides whether the agents' targets lie in the ex-ante region, by
// exact linear programming, and returns the proof, which has been verified. The
// error is that of [Validate] or ctx.Err().
//
// The two answers prove themselves: quantiles are checked by adding up what they serve and take, and prices by weak
// duality, see [Prices]. The greedy quantiles of [Quantiles] take the least supply for their targets, since the levels of an
// agent ascend in the supply that a unit of service takes: so they fit whenever anything does, and the program is needed
// for the prices only.
func CheckTargets(ctx context.Context, agents []Agent) (*ExAnte, error) {
	if err := Validate(agents); err != nil {
		return nil, err
	}
	r, err := lp.Solve(ctx, exAnteProgram(agents, false), lp.Options{})
	if err != nil {
		return nil, err
	}
	// Not from the program: its point need not serve the lowest levels first.
	q, x, reached := Quantiles(agents)
	feasible := reached && rational.RatVector(x).Sum().Cmp(one) <= 0
	// Two answers to one question that differ mean that one of them is wrong.
	if feasible != (r.Verdict == lp.Optimal) {
		panic("ration: the linear program and the quantiles disagree")
	}
	if feasible {
		return &ExAnte{Feasible: true, Quantile: q, X: x}, nil
	}
	// Row 0 is the supply, in whose direction multipliers of an upper bound are negative.
	answer := &ExAnte{Prices: Prices{Supply: r.Farkas[0].Neg(), Agent: r.Farkas[1:]}}
	// Checked against the agents alone, whatever the solver did.
	if !answer.Prices.Refutes(agents) {
		panic("ration: the Farkas multipliers do not refute the targets")
	}
	return answer, nil
}

// Quantiles serves each agent from its lowest demand upwards until its target is
// reached. It returns the quantiles q_i, the supplies x_i, and whether every target
// was reached; it does not ask whether the supplies sum to at most 1.
//
// No other way to serve an agent its target takes less: exchanging service at a level for as much at a lower one never
// takes more supply, in each of the three types.
func Quantiles(agents []Agent) (q, x []rational.Rat, reached bool) {
	// Greedy, which is optimal as the levels ascend in price; the program finds nothing better.
	reached = true
	for _, a := range agents {
		// left is what is missing of the target.
		served, used, left := zero, zero, a.Target
		for _, l := range a.levels() {
			// Levels above are not needed, and keep part 0.
			if left.IsZero() {
				break
			}
			part := l.probability
			// The last level is served in part: its quantile ends where the target is reached.
			// A level without service uses up its quantile, as lower demands come first.
			if gain := part.Mul(l.service); gain.Cmp(left) > 0 {
				part = left.Quo(l.service)
			}
			served, used = served.Add(part), used.Add(part.Mul(l.supply))
			left = left.Sub(part.Mul(l.service))
		}
		q, x = append(q, served), append(x, used)
		reached = reached && left.IsZero()
	}
	return q, x, reached
}

// UniformTarget is the largest t for which (t, …, t) lies in the ex-ante region, with
// prices whose Σv_i is at least 1 and whose bound is t: they allow no more.
// There is none larger, whatever the weights: Σ v_i t ≤ bound for all prices.
type UniformTarget struct {
	Value  rational.Rat
	Prices Prices
}

// LargestUniform returns the largest uniform target, by exact linear programming,
// with the prices that allow no more; both have been verified. The targets of the
// agents are not used. The error is that of [Validate] or ctx.Err().
//
// It is 0 where some agent is served by no supply, as one of Type I whose demand is always above 1.
func LargestUniform(ctx context.Context, agents []Agent) (*UniformTarget, error) {
	if err := Validate(agents); err != nil {
		return nil, err
	}
	r, err := lp.Solve(ctx, exAnteProgram(agents, true), lp.Options{})
	if err != nil {
		return nil, err
	}
	// The multipliers of the service rows are −v: raising a target lowers nothing
	// but the slack of Σ s a − t = 0.
	u := &UniformTarget{Value: r.Value, Prices: Prices{Supply: r.Dual[0]}}
	for _, y := range r.Dual[1:] {
		// Signs as in the definition of Prices: positive for what is wanted.
		u.Prices.Agent = append(u.Prices.Agent, y.Neg())
	}
	// Both sides are verified here, and nothing of the solver is used for that.
	sum := rational.RatVector(u.Prices.Agent).Sum()
	// With Σ v ≥ 1 no t above the bound is possible.
	if sum.Cmp(one) < 0 || u.Prices.Supply.Sign() < 0 || !u.Prices.Bound(agents).Equal(r.Value) {
		panic("ration: the prices do not prove the largest uniform target")
	}
	// The targets of the agents are replaced, not mixed.
	_, x, reached := Quantiles(withTarget(agents, r.Value))
	if !reached || rational.RatVector(x).Sum().Cmp(one) > 0 {
		panic("ration: the largest uniform target is not feasible")
	}
	return u, nil
}

// withTarget returns the agents with a common target.
// The laws of the demands are shared with the agents.
func withTarget(agents []Agent, t rational.Rat) []Agent {
	// Copied, since the caller's agents keep their targets.
	list := append([]Agent(nil), agents...)
	for i := range list {
		list[i].Target = t
	}
	return list
}
