package main

import (
	"context"
	"errors"
	"fmt"

	"pstar/rational"
	"pstar/theorems/contention"
)

var rationCommand = command{
	name:    "ration",
	usage:   "FILE.json",
	summary: "rations a supply among agents with service targets",
	long: `A supply of 1 is rationed among agents with independent random demands who arrive
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
uniform one. The exit status is 1 if the targets are refuted. Long fractions appear
as decimals in the table; -json has every number exactly.`,
	run: runRation,
}

// rationFile is the input.
type rationFile struct {
	Agents []struct {
		Name    string       `json:"name"`
		Service string       `json:"service"`
		Target  *exactNumber `json:"target"`
		Demand  []struct {
			Value       exactNumber `json:"value"`
			Probability exactNumber `json:"probability"`
		} `json:"demand"`
	} `json:"agents"`
}

// rationJob is one instance with its names.
type rationJob struct {
	*call
	names         []string
	agents        []contention.Agent
	largest       *contention.UniformTarget
	uniform, json bool
	simulate      int
	seed          uint64
	output        string
	talk          *talk
}

func runRation(c *call, args []string) error {
	job := &rationJob{call: c}
	f := c.flags()
	f.BoolVar(&job.uniform, "uniform", false, "use the largest uniform target for every agent")
	f.IntVar(&job.simulate, "simulate", 0, "also estimate the services by this `number` of simulated runs")
	f.Uint64Var(&job.seed, "seed", 1, "`seed` of the simulation")
	f.StringVar(&job.output, "o", "", "write the certificate to `file`")
	f.BoolVar(&job.json, "json", false, "print one JSON object")
	limits := f.limits()
	job.talk = f.talk()
	files, err := f.parse(args)
	if err != nil {
		return err
	}
	if len(files) != 1 {
		return usageErrorf("expected one file, got %d; \"verify ration -h\" explains", len(files))
	}
	if job.simulate < 0 {
		return usageErrorf("-simulate %d: expected a number of runs", job.simulate)
	}
	if job.output != "" {
		if err := checkWritable(job.output); err != nil {
			return err
		}
	}
	ctx, stop := limits.context()
	defer stop()
	if err := job.read(files[0]); err != nil {
		return err
	}
	return job.run(ctx)
}

// read fills the job from a file.
func (job *rationJob) read(path string) error {
	return readJSON(job.readInput, path, job.fill)
}

func (job *rationJob) fill(file *rationFile) error {
	for i, a := range file.Agents {
		who := label("agent", i, a.Name)
		service, err := contention.ParseService(a.Service)
		if err != nil {
			return fmt.Errorf("%s, service: %w", who, err)
		}
		agent := contention.Agent{Service: service}
		switch {
		case a.Target != nil:
			if agent.Target, err = a.Target.value(who + ", target"); err != nil {
				return err
			}
		case !job.uniform:
			return fmt.Errorf("%s, target: expected a number, found nothing (or give -uniform)", who)
		}
		for k, d := range a.Demand {
			value, err := d.Value.value(fmt.Sprintf("%s, demand %d, value", who, k+1))
			if err != nil {
				return err
			}
			probability, err := d.Probability.value(fmt.Sprintf("%s, demand %d, probability", who, k+1))
			if err != nil {
				return err
			}
			agent.Demand = append(agent.Demand, contention.Demand{Value: value, Probability: probability})
		}
		job.agents = append(job.agents, agent)
		job.names = append(job.names, a.Name)
	}
	return contention.ValidateAgents(job.agents)
}

func (job *rationJob) run(ctx context.Context) error {
	if err := refuseLarge(job.output, len(job.agents)); err != nil {
		return err
	}
	largest, err := contention.LargestUniform(ctx, job.agents)
	if err != nil {
		return ended(ctx, err)
	}
	job.largest = largest
	if job.uniform {
		for i := range job.agents {
			job.agents[i].Target = largest.Value
		}
	}
	plan, err := contention.CheckTargets(ctx, job.agents)
	if err != nil {
		return ended(ctx, err)
	}
	var found findings
	var r *contention.Ration
	if plan.Feasible {
		found.add(nil, "CRS-D4", checked, "the targets lie in the ex-ante region")
		r, err = contention.Allocate(ctx, job.agents, plan)
		if ctx.Err() != nil {
			return context.Cause(ctx)
		}
		job.guarantee(&found, r, err)
	} else {
		found.add(nil, "CRS-D4", refuted, "the targets lie outside the ex-ante region: no algorithm meets them")
	}
	if job.output != "" {
		if err := writeCertificate(job.output, job.document(plan, r)); err != nil {
			return err
		}
		job.talk.note("certificate written to %s", job.output)
	}
	var simulated []rational.Rat
	if r != nil && job.simulate > 0 {
		if simulated, err = r.Simulate(ctx, job.agents, job.simulate, job.seed); err != nil {
			return ended(ctx, err)
		}
	}
	if job.json {
		job.printJSON(job.object(largest, plan, r, simulated, found))
	} else {
		job.print(largest, plan, r, simulated, found)
	}
	return found.outcome()
}

// guarantee says what the algorithm of CRS-T1.1 gives.
func (job *rationJob) guarantee(found *findings, r *contention.Ration, err error) {
	switch {
	case errors.Is(err, contention.ErrTooLarge):
		found.add(nil, "CRS-T1.1", undecided, "%v", err)
	case err != nil:
		found.add(err, "CRS-T1.1", checked, "every agent is served with at least α times its target")
	case r.Unit != nil:
		found.add(nil, "CRS-T1.1", checked, "Algorithm 1 serves every agent with at least α·β, α = LPOPT = %s", exact(r.Alpha))
	default:
		found.add(nil, "CRS-T1.1", checked, "the knapsack scheme serves every agent with at least α·β, α = %s", exact(r.Alpha))
	}
}

func (job *rationJob) print(largest *contention.UniformTarget, plan *contention.ExAnte, r *contention.Ration, simulated []rational.Rat, found findings) {
	w := job.stdout
	fmt.Fprintf(w, "%d agents\n", len(job.agents))
	fmt.Fprintf(w, "largest uniform target %s\n", exact(largest.Value))
	table(w, job.rows(plan, r))
	if !plan.Feasible {
		fmt.Fprintf(w, "price of the supply %s: the prices value the targets at more than any allocation is worth, %s\n",
			plan.Prices.Supply, exact(plan.Prices.Bound(job.agents)))
	}
	if simulated != nil {
		fmt.Fprintf(w, "simulated, %d runs with seed %d:\n", job.simulate, job.seed)
		for i, mean := range simulated {
			fmt.Fprintf(w, "  %-20s %s, exactly %s\n", label("agent", i, job.names[i]), mean.Decimal(6), r.Average[i].Decimal(6))
		}
	}
	found.print(w)
}

// rows is the table of agents.
func (job *rationJob) rows(plan *contention.ExAnte, r *contention.Ration) [][]string {
	head := []string{"agent", "type", "β"}
	switch {
	case !plan.Feasible:
		head = append(head, "price")
	default:
		head = append(head, "q", "x")
	}
	if r != nil {
		head = append(head, "α·β")
		if r.Unit != nil {
			head = append(head, "τ forward", "τ backward")
		}
		head = append(head, "service forward", "backward", "mean")
	}
	rows := [][]string{head}
	for i, a := range job.agents {
		row := []string{fmt.Sprint(i + 1), a.Service.String(), abridged(a.Target)}
		if job.names[i] != "" {
			row[0] += " " + job.names[i]
		}
		if plan.Feasible {
			row = append(row, abridged(plan.Quantile[i]), abridged(plan.X[i]))
		} else {
			row = append(row, abridged(plan.Prices.Agent[i]))
		}
		if r != nil {
			row = append(row, abridged(r.Alpha.Mul(a.Target)))
			if r.Unit != nil {
				row = append(row, abridged(r.Tau[0][i]), abridged(r.Tau[1][i]))
			}
			row = append(row, abridged(r.Service[0][i]), abridged(r.Service[1][i]), abridged(r.Average[i]))
		}
		rows = append(rows, row)
	}
	return rows
}

// object is the result for -json.
func (job *rationJob) object(largest *contention.UniformTarget, plan *contention.ExAnte, r *contention.Ration, simulated []rational.Rat, found findings) any {
	type object struct {
		Verdict   string             `json:"verdict"`
		Uniform   rational.Rat       `json:"largest_uniform"`
		Feasible  bool               `json:"feasible"`
		Quantiles []rational.Rat     `json:"quantiles,omitempty"`
		Prices    *contention.Prices `json:"prices,omitempty"`
		Alpha     *rational.Rat      `json:"alpha,omitempty"`
		Tau       *contention.Choice `json:"tau,omitempty"`
		Service   []rational.Rat     `json:"service,omitempty"`
		Simulated []rational.Rat     `json:"simulated,omitempty"`
		Claims    findings           `json:"claims"`
	}
	o := object{Verdict: found.verdict(), Uniform: largest.Value, Feasible: plan.Feasible, Quantiles: plan.Quantile, Simulated: simulated, Claims: found}
	if !plan.Feasible {
		o.Prices = &plan.Prices
	}
	if r != nil {
		o.Alpha, o.Service = &r.Alpha, r.Average
		if r.Unit != nil {
			o.Tau = &r.Tau
		}
	}
	return o
}
