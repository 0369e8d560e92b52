package crs

import (
	"context"
	"fmt"
	"strconv"

	"pstar/cmd/verify/internal/input"
	"pstar/cmd/verify/internal/run"
	"pstar/cmd/verify/internal/show"
	"pstar/rational"
	"pstar/theorems/contention"
	"pstar/theorems/contention/ration"
)

func RationCommand() run.Command {
	return run.Command{
		Name:    "ration",
		Usage:   "FILE.json",
		Summary: "rations a supply among agents with service targets",
		Long: `A supply of 1 is rationed among agents with independent random demands who arrive
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

-simulate N runs the algorithm N times on random demands and orders. The mean services
must lie within the tolerance of Hoeffding's inequality around the expected ones; a
right law fails this test with probability at most 1/1000000.

` + standings,
		Run: runRation,
	}
}

// rationJob is one instance with its names.
type rationJob struct {
	*run.Call
	names         []string
	agents        []ration.Agent
	uniform, json bool
	simulate      int
	seed          uint64
	certificate   string
	talk          *run.Talk
}

func runRation(c *run.Call, args []string) error {
	job := &rationJob{Call: c}
	f := c.Flags()
	f.BoolVar(&job.uniform, "uniform", false, "use the largest uniform target for every agent")
	f.IntVar(&job.simulate, "simulate", 0, "also estimate the services by this `number` of simulated runs")
	f.Uint64Var(&job.seed, "seed", 1, "`seed` of the simulation")
	f.StringVar(&job.certificate, "certificate", "", "write the certificate to `file`, compressed if it ends in .gz")
	f.BoolVar(&job.json, "json", false, "print one JSON object")
	limits := f.Limits()
	job.talk = f.Talk()
	files, err := f.Parse(args)
	if err != nil {
		return err
	}
	if len(files) != 1 {
		return run.UsageErrorf("expected one file, got %d; \"verify ration -h\" explains", len(files))
	}
	if !f.Given("simulate") {
		if err := f.RefuseUnused("without -simulate", "seed"); err != nil {
			return err
		}
	} else if job.simulate < 1 || job.simulate > ration.MaxRuns {
		return run.UsageErrorf("-simulate %d: expected a number of runs from 1 to %d", job.simulate, ration.MaxRuns)
	}
	if job.certificate != "" {
		if err := job.CheckWritable(job.certificate); err != nil {
			return err
		}
	}
	ctx := limits.Context()
	if err := job.read(files[0]); err != nil {
		return err
	}
	return job.run(ctx)
}

// read fills the job from a file.
func (job *rationJob) read(path string) error {
	err := input.ReadObject(job.Call, path, func(r *input.JSON, key string) (known bool, err error) {
		if key != "agents" {
			return false, nil
		}
		return true, r.List("agents", func(i int) error { return job.readAgent(r, i) })
	})
	if err != nil {
		return err
	}
	if err := ration.Validate(job.agents); err != nil {
		return run.UsageErrorf("%s: %v", path, contention.Named(err, job.names))
	}
	return nil
}

func (job *rationJob) readAgent(r *input.JSON, i int) error {
	var agent ration.Agent
	name, targeted := "", job.uniform
	err := r.Object(contention.Label("agent", i, ""), func(key string) (known bool, err error) {
		switch who := contention.Label("agent", i, name); key {
		case "name":
			name, err = r.Title(who)
		case "service":
			agent.Service, err = readService(r, who+", service")
		case "target":
			agent.Target, err = r.Rat(who + ", target")
			targeted = true
		case "demand":
			err = r.List(who+", demand", func(k int) error {
				value, probability, err := r.Pair(fmt.Sprintf("%s, demand %d", who, k+1), "value", "probability")
				agent.Demand = append(agent.Demand, ration.Demand{Value: value, Probability: probability})
				return err
			})
		default:
			return false, nil
		}
		return true, err
	})
	switch who := contention.Label("agent", i, name); {
	case err != nil:
	case agent.Service == ration.NoService:
		err = r.Fail(who+", service", "expected I, II or III, found nothing")
	case !targeted:
		err = r.Fail(who+", target", "expected a number, found nothing (or give -uniform)")
	case len(agent.Demand) == 0:
		err = r.Fail(who, "expected at least one entry in \"demand\", found none")
	}
	job.agents, job.names = append(job.agents, agent), append(job.names, name)
	return err
}

func readService(r *input.JSON, place string) (ration.Service, error) {
	text, err := r.Text(place)
	if err != nil {
		return ration.NoService, err
	}
	service, err := ration.ParseService(text)
	if err != nil {
		err = r.Fail(place, "%v", err)
	}
	return service, err
}

func (job *rationJob) run(ctx context.Context) error {
	r, err := ration.Verify(ctx, job.agents, ration.Options{Uniform: job.uniform, Names: job.names})
	if err != nil {
		return err
	}
	switch {
	case job.simulate == 0:
	case r.Outcome == nil:
		job.talk.Note("nothing to simulate: no allocation was computed")
	default:
		if err := r.Simulate(ctx, job.simulate, job.seed); ctx.Err() != nil {
			return context.Cause(ctx)
		} else if err != nil {
			return run.UsageErrorf("-simulate %d: %v", job.simulate, err)
		}
	}
	if job.json {
		job.PrintReport(r.Findings.Verdict().String(), r.Findings, job.object(r))
	} else {
		job.print(r)
	}
	return endFindings(job.Call, job.talk, job.certificate, r.Findings, r.Documents)
}

func (job *rationJob) print(r *ration.Report) {
	w := job.Stdout
	fmt.Fprintf(w, "%d agents\n", len(r.Agents))
	fmt.Fprintf(w, "largest uniform target %s\n", show.Exact(r.Largest.Value))
	show.Table(w, job.rows(r))
	if !r.Plan.Feasible {
		fmt.Fprintf(w, "price of the supply %s: the prices value the targets at more than any allocation is worth, %s\n",
			r.Plan.Prices.Supply, show.Exact(r.Plan.Prices.Bound(r.Agents)))
	}
	if simulated := r.Simulation; simulated != nil {
		fmt.Fprintf(w, "simulated, %d runs with seed %d:\n", simulated.Runs, job.seed)
		rows := [][]string{{"agent", "mean service", "expected", "tolerance"}}
		for i, mean := range simulated.Mean {
			rows = append(rows, []string{job.agentName(i), mean.Decimal(6), r.Outcome.Average[i].Decimal(6), simulated.Tolerance[i].Decimal(6)})
		}
		show.Table(w, rows)
	}
	printFindings(w, r.Findings)
}

// rows is the table of agents.
func (job *rationJob) rows(report *ration.Report) [][]string {
	plan, r := report.Plan, report.Outcome
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
	for i, a := range report.Agents {
		row := []string{job.agentName(i), a.Service.String(), show.Abridged(a.Target)}
		if plan.Feasible {
			row = append(row, show.Abridged(plan.Quantile[i]), show.Abridged(plan.X[i]))
		} else {
			row = append(row, show.Abridged(plan.Prices.Agent[i]))
		}
		if r != nil {
			row = append(row, show.Abridged(r.Alpha.Mul(a.Target)))
			if r.Unit != nil {
				row = append(row, show.Abridged(r.Tau[0][i]), show.Abridged(r.Tau[1][i]))
			}
			row = append(row, show.Abridged(r.Service[0][i]), show.Abridged(r.Service[1][i]), show.Abridged(r.Average[i]))
		}
		rows = append(rows, row)
	}
	return rows
}

// agentName is what a table calls an agent.
func (job *rationJob) agentName(i int) string {
	if job.names[i] == "" {
		return strconv.Itoa(i + 1)
	}
	return fmt.Sprintf("%d %s", i+1, show.InList(job.names[i]))
}

// object is the result for -json.
func (job *rationJob) object(report *ration.Report) any {
	plan, r := report.Plan, report.Outcome
	type object struct {
		Uniform   rational.Rat       `json:"largest_uniform"`
		Feasible  bool               `json:"feasible"`
		Quantiles []rational.Rat     `json:"quantiles,omitempty"`
		Prices    *ration.Prices     `json:"prices,omitempty"`
		Alpha     *rational.Rat      `json:"alpha,omitempty"`
		Tau       *contention.Choice `json:"tau,omitempty"`
		Service   []rational.Rat     `json:"service,omitempty"`
		Simulated []rational.Rat     `json:"simulated,omitempty"`
		Tolerance []rational.Rat     `json:"tolerance,omitempty"`
	}
	o := object{Uniform: report.Largest.Value, Feasible: plan.Feasible, Quantiles: plan.Quantile}
	if simulated := report.Simulation; simulated != nil {
		o.Simulated, o.Tolerance = simulated.Mean, simulated.Tolerance
	}
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
