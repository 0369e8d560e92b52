package ration

import (
	"bufio"
	"context"
	"fmt"
	"strconv"

	"pstar/format/jsontext"
	"pstar/rational"
	"pstar/theorems"
	"pstar/theorems/contention"
	"pstar/theorems/contention/orders"
)

// Family is fair rationing, with its command.
func Family() theorems.Family {
	return theorems.Family{
		Name:     "fair rationing",
		Theorems: contention.RationRows(),
		Command:  "ration",
		Usage:    "FILE.json",
		Summary:  "rations a supply among agents with service targets",
		Help: `A supply of 1 is rationed among agents with independent random demands who arrive
forward or backward, each with probability 1/2. Each agent has a service type and a
target β for its expected service:

  I    1 if the allocation covers the demand, else 0
  II   the allocation divided by the mean demand
  III  the share of the demand that the allocation covers

  {"agents": [{"name": "north", "service": "III", "target": "1/4",
               "demand": [{"value": "1/2", "probability": "2/3"},
                          {"value": 2, "probability": "1/3"}]}]}

Decided is, by exact linear programming, whether the targets lie in the ex-ante region
(2.1)-(2.2), outside which no algorithm meets them: with quantiles if they do, with
prices that refute them (a Farkas proof) if not; and the largest uniform target. For
targets in the region, the expected service of the algorithm of CRS-T1.1 is computed
exactly in both orders and compared with α·β: Algorithm 1 with thresholds τ and the
optimal single-unit scheme for Types II and III, and the knapsack scheme if an agent
has Type I. With -uniform the targets of the file are replaced by the largest
uniform one. -certificate FILE writes the proof that the targets lie in the region, or do
not, that of the largest uniform target, α, and CRS-L2.2 and CRS-T1.1 for all instances. The exit
status is 1 if the targets are refuted. Long fractions appear as decimals in the table;
-json has every number exactly.

-region prints the rows of the ex-ante region (Remark 1), by a projection, and checks for each
that no algorithm violates it, one that sees all demands first included (CRS-L2.1). -optimum finds
the largest targets that all agents can have together with offline algorithms and with online
policies that know the order, beside that of the ex-ante region and α times that: the price of
α. Both are for small instances, and say where they are not.

-orders has other orders of arrival, such as 1,2,3/3,1,2, and -probabilities theirs,
equal ones if it is not given: for agents of Types II and III Algorithm 1 is run along each,
with the scheme of "verify orders" that is best for them (CRS-REM2).

-simulate N runs the algorithm N times on random demands and orders. The mean services
must lie within the tolerance of Hoeffding's inequality around the expected ones; a
right law fails this test with probability at most 1/1000000.

` + contention.Standings,
		Parameters: func(f *theorems.Flags) theorems.Verify {
			p := &parameters{Flags: f}
			f.BoolVar(&p.uniform, "uniform", false, "use the largest uniform target for every agent")
			f.BoolVar(&p.region, "region", false, "also print the rows of the ex-ante region")
			f.BoolVar(&p.optimum, "optimum", false, "also find the largest uniform targets of offline and of online policies")
			f.StringVar(&p.orders, "orders", "", "also serve the agents in these `orders`, lists of agents separated by slashes")
			f.StringVar(&p.weights, "probabilities", "", "`probabilities` of the orders, separated by commas")
			f.IntVar(&p.simulate, "simulate", 0, "also estimate the services by this `number` of simulated runs")
			f.Uint64Var(&p.seed, "seed", 1, "`seed` of the simulation")
			return p.tasks
		},
	}
}

// parameters are those of the command, with what the file says.
// names and agents come from the file, the others from the flags.
type parameters struct {
	*theorems.Flags
	uniform  bool
	region   bool
	optimum  bool
	orders   string
	weights  string
	simulate int
	seed     uint64

	names  []string
	agents []Agent
}

// An error is bad input; all is read before the task begins.
func (p *parameters) tasks(run *theorems.Run) ([]theorems.Task, error) {
	// The agents are too much for a command line.
	if len(run.Files) != 1 {
		return nil, theorems.BadInput("expected one file, got %d; \"verify ration -h\" explains", len(run.Files))
	}
	if !p.Given("simulate") {
		if err := p.RefuseUnused("without -simulate", "seed"); err != nil {
			return nil, err
		}
	} else if p.simulate < 1 || p.simulate > MaxRuns {
		return nil, theorems.BadInput("-simulate %d: expected a number of runs from 1 to %d", p.simulate, MaxRuns)
	}
	if !p.Given("orders") {
		if err := p.RefuseUnused("without -orders", "probabilities"); err != nil {
			return nil, err
		}
	}
	if err := p.read(run); err != nil {
		return nil, err
	}
	listed, err := p.listed()
	if err != nil {
		return nil, err
	}
	return theorems.Alone(func(ctx context.Context) (*theorems.Report, error) { return p.do(ctx, listed) }), nil
}

// listed are the orders of the command line, or nil.
// That the orders fit the agents is asked here, before any work.
func (p *parameters) listed() (*orders.Instance, error) {
	if !p.Given("orders") {
		return nil, nil
	}
	// Type I needs a knapsack scheme, of which only that for the forward and the backward order is known here.
	if who := wholly(p.agents); len(who) > 0 {
		return nil, theorems.BadInput("-orders: expected agents of Types II and III, found %s of Type I", contention.Label("agent", who[0], p.names[who[0]]))
	}
	var weights *string
	if p.Given("probabilities") {
		weights = &p.weights
	}
	// Only their number matters here: the probabilities are zero until a plan is known.
	in, err := orders.Listed(make([]rational.Rat, len(p.agents)), p.orders, weights)
	return &in, err
}

// do verifies the instance, and simulates it if that was asked for.
// A report comes with an error where something was found.
func (p *parameters) do(ctx context.Context, listed *orders.Instance) (*theorems.Report, error) {
	r, err := Verify(ctx, p.agents, Options{Uniform: p.uniform, Region: p.region, Optimum: p.optimum, Orders: listed, Names: p.names})
	if r == nil {
		return nil, err
	}
	// Notes are no findings: they go to standard error.
	var notes []string
	// A simulation has only exact services to compare with.
	switch {
	// Nothing was asked for, or the run has ended.
	case p.simulate == 0 || err != nil:
	case r.Outcome == nil:
		notes = []string{"nothing to simulate: no allocation was computed"}
	default:
		// Too many runs for the random numbers is bad input; the end of ctx is none.
		if err = r.Simulate(ctx, p.simulate, p.seed); err != nil && ctx.Err() == nil {
			return nil, theorems.BadInput("-simulate %d: %v", p.simulate, err)
		}
	}
	t := r.report(p.seed)
	t.Notes = notes
	return t, err
}

// ReadFile reads the agents of the only file of a run, with their names.
func ReadFile(run *theorems.Run) (agents []Agent, names []string, err error) {
	p := &parameters{}
	err = p.read(run)
	return p.agents, p.names, err
}

// read reads the file.
func (p *parameters) read(run *theorems.Run) error {
	path := run.Files[0]
	err := run.Read(path, func(in *bufio.Reader) error {
		r := jsontext.New(path, 1, in)
		return r.Whole(jsontext.By("agents", func(place string) error {
			return r.List(place, func(i int) error { return p.readAgent(r, i) })
		}))
	})
	if err != nil {
		return err
	}
	// What is wrong with one agent was said at its line; what is left is that there is none.
	if err := Validate(p.agents); err != nil {
		return theorems.BadInput("%s: %v", path, contention.Named(err, p.names))
	}
	return nil
}

// It adds the agent even after an error, which ends the reading.
func (p *parameters) readAgent(r *jsontext.Reader, i int) error {
	var agent Agent
	name := ""
	// The name as far as it is known when the member comes.
	who := func() string { return contention.Label("agent", i, name) }
	given, err := r.Object(who(),
		jsontext.Keep("name", &name, r.Title),
		jsontext.By("service", func(string) (err error) {
			agent.Service, err = readService(r, who()+", service")
			return err
		}),
		jsontext.By("target", func(string) (err error) {
			agent.Target, err = r.Rat(who() + ", target")
			if text := invalidTarget(agent.Target); err == nil && text != "" {
				err = r.Fail("", "%s, %s", who(), text)
			}
			return err
		}),
		jsontext.By("demand", func(string) error {
			return r.List(who()+", demand", func(k int) error {
				place := fmt.Sprintf("%s, demand %d", who(), k+1)
				var d Demand
				err := r.Complete(place, jsontext.Keep("value", &d.Value, r.Rat), jsontext.Keep("probability", &d.Probability, r.Rat))
				// Said here, where the line is that of the value, and not of the agent.
				if text := d.invalid(); err == nil && text != "" {
					err = r.Fail("", "%s, %s", place, text)
				}
				agent.Demand = append(agent.Demand, d)
				return err
			})
		}))
	// What is missing is told before what is wrong.
	switch who := who(); {
	case err != nil:
	case agent.Service == NoService:
		err = r.Fail(who+", service", "expected I, II or III, found nothing")
	// With -uniform the targets of the file are not used, and need not be there.
	case !given["target"] && !p.uniform:
		err = r.Fail(who+", target", "expected a number, found nothing (or give -uniform)")
	case len(agent.Demand) == 0:
		err = r.Fail(who, "expected at least one entry in \"demand\", found none")
	default:
		if text := agent.invalid(); text != "" {
			err = r.Fail("", "%s, %s", who, text)
		}
	}
	p.agents, p.names = append(p.agents, agent), append(p.names, name)
	return err
}

// The error has the line.
func readService(r *jsontext.Reader, place string) (Service, error) {
	text, err := r.Text(place)
	if err != nil {
		return NoService, err
	}
	service, err := ParseService(text)
	if err != nil {
		err = r.Fail(place, "%v", err)
	}
	return service, err
}

// report is what the command tells.
// Blocks are in the order in which things are found.
func (r *Report) report(seed uint64) *theorems.Report {
	// The number of agents names the task.
	t := &theorems.Report{
		Title:     contention.Count(len(r.Agents), "agent", "agents"),
		Claims:    r.Findings,
		Figures:   r.figures(),
		Documents: r.Documents(),
	}
	// The first two may be missing if the run ended before its end.
	// Without the plan nothing else is known.
	if r.Largest != nil {
		t.Before = append(t.Before, theorems.Block{Line: "largest uniform target " + contention.Exact(r.Largest.Value)})
	}
	if r.Plan == nil {
		return t
	}
	if t.Before = append(t.Before, theorems.Block{Table: r.table()}); !r.Plan.Feasible {
		t.Before = append(t.Before, theorems.Block{Line: fmt.Sprintf("price of the supply %s: the prices value the targets at more than any allocation is worth, %s",
			r.Plan.Prices.Supply, contention.Exact(r.Plan.Prices.Bound(r.Agents)))})
	}
	// The rows come only with -region.
	for _, row := range r.Region {
		t.Before = append(t.Before, theorems.Block{Line: "  " + row.String()})
	}
	for _, p := range r.prices {
		t.Before = append(t.Before, theorems.Block{Line: fmt.Sprintf("largest uniform target of %s: %s", p.of, contention.Exact(p.value))})
	}
	if r.orders != nil {
		t.Before = append(t.Before, r.orders.blocks(r)...)
	}
	// The table of the simulation stands beside the exact one, with what is allowed between them.
	if s := r.Simulation; s != nil {
		table := [][]string{{"agent", "mean service", "expected", "tolerance"}}
		for i, mean := range s.Mean {
			table = append(table, []string{r.agent(i), mean.Approximate(6), r.Outcome.Average[i].Approximate(6), s.Tolerance[i].Approximate(6)})
		}
		t.Before = append(t.Before, theorems.Block{Line: fmt.Sprintf("simulated, %d runs with seed %d:", s.Runs, seed)}, theorems.Block{Table: table})
	}
	return t
}

// table has a row for each agent.
// Its columns depend on how far the run has come: exact services, enclosed ones, or bounds.
func (r *Report) table() [][]string {
	plan, o := r.Plan, r.Outcome
	head := []string{"agent", "type", "β"}
	switch {
	case !plan.Feasible:
		// Outside of the region there is no plan, only what refutes the targets.
		head = append(head, "price")
	default:
		head = append(head, "q", "x")
	}
	// Algorithm 3 has no thresholds.
	if o != nil {
		head = append(head, "α·β")
		if o.Unit != nil {
			head = append(head, "τ forward", "τ backward")
		}
		head = append(head, "service forward", "backward", "mean")
	} else if r.enclosed != nil {
		head = append(head, "α·β", "service forward", "backward")
	} else if r.scheme != nil {
		head = append(head, "α·β", "service forward ≥", "backward ≥")
	}
	rows := [][]string{head}
	for i, a := range r.Agents {
		// Exact values that are short, decimals of the others.
		row := []string{r.agent(i), a.Service.String(), contention.Abridged(a.Target)}
		if plan.Feasible {
			row = append(row, contention.Abridged(plan.Quantile[i]), contention.Abridged(plan.X[i]))
		} else {
			row = append(row, contention.Abridged(plan.Prices.Agent[i]))
		}
		if o != nil {
			row = append(row, contention.Abridged(o.Alpha.Mul(a.Target)))
			if o.Unit != nil {
				row = append(row, contention.Abridged(o.Tau[0][i]), contention.Abridged(o.Tau[1][i]))
			}
			row = append(row, contention.Abridged(o.Service[0][i]), contention.Abridged(o.Service[1][i]), contention.Abridged(o.Average[i]))
		} else if s := r.scheme; s != nil { // what Lemma 2.2, or acceptance with probability c, gives in each order
			row = append(row, contention.Abridged(s.Alpha.Mul(a.Target)))
			for _, o := range contention.Orders {
				least := s.Choice[o][i].Mul(a.Target)
				// What CRS-L2.2 gives, or for Type II what is given exactly.
				if r.enclosed == nil || r.enclosed[o][i].Exact() {
					row = append(row, contention.Abridged(least))
				} else {
					row = append(row, r.enclosed[o][i].Decimal(5))
				}
			}
		}
		rows = append(rows, row)
	}
	return rows
}

// agent is what a table calls an agent.
// The number is always there, as names may be the same.
func (r *Report) agent(i int) string {
	if r.names == nil || r.names[i] == "" {
		return strconv.Itoa(i + 1)
	}
	return fmt.Sprintf("%d %s", i+1, r.names[i])
}

// figures are the members of the JSON object.
// All numbers are exact; decimals are for the table.
func (r *Report) figures() any {
	type object struct {
		Uniform   rational.Rat       `json:"largest_uniform"`
		Feasible  bool               `json:"feasible"`
		Quantiles []rational.Rat     `json:"quantiles,omitempty"`
		Prices    *Prices            `json:"prices,omitempty"`
		Alpha     *rational.Rat      `json:"alpha,omitempty"`
		AtLeast   []rational.Rat     `json:"service_at_least,omitempty"`
		AtMost    []rational.Rat     `json:"service_at_most,omitempty"`
		Tau       *contention.Choice `json:"tau,omitempty"`
		Service   []rational.Rat     `json:"service,omitempty"`
		Simulated []rational.Rat     `json:"simulated,omitempty"`
		Tolerance []rational.Rat     `json:"tolerance,omitempty"`
		Region    []RegionRow        `json:"region,omitempty"`
		Orders    *anyOrder          `json:"in_orders,omitempty"`
		// Of -optimum: the largest uniform targets, those of programs that are too large left out.
		Optima map[string]rational.Rat `json:"largest_uniform_of,omitempty"`
	}
	// Half of them would look like an answer.
	if r.Largest == nil || r.Plan == nil {
		return struct{}{}
	}
	o := object{Uniform: r.Largest.Value, Feasible: r.Plan.Feasible, Quantiles: r.Plan.Quantile, Region: r.Region, Orders: r.orders}
	for _, p := range r.prices {
		// Of -optimum, by their names.
		if o.Optima == nil {
			o.Optima = map[string]rational.Rat{}
		}
		o.Optima[p.member] = p.value
	}
	if s := r.Simulation; s != nil {
		o.Simulated, o.Tolerance = s.Mean, s.Tolerance
	}
	if !r.Plan.Feasible {
		o.Prices = &r.Plan.Prices
	}
	// The members of the allocation are left out, not null, where there is none.
	if s := r.scheme; s != nil && r.Outcome == nil {
		o.Alpha = &s.Alpha
		for i, a := range r.Agents {
			// The mean of both orders, from both ends of the enclosures.
			if e := r.enclosed; e != nil {
				mean := e[0][i].Add(e[1][i]).Scale(half)
				o.AtLeast, o.AtMost = append(o.AtLeast, mean.Lo), append(o.AtMost, mean.Hi)
				continue
			}
			o.AtLeast = append(o.AtLeast, s.Choice.Average(i).Mul(a.Target))
		}
	}
	if out := r.Outcome; out != nil {
		o.Alpha, o.Service = &out.Alpha, out.Average
		if out.Unit != nil {
			o.Tau = &out.Tau
		}
	}
	return o
}
