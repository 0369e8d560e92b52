package single

import (
	"context"
	"fmt"

	"pstar/internal/each"
	"pstar/rational"
	"pstar/rational/enclose"
	"pstar/theorems"
	"pstar/theorems/contention"
	"pstar/theorems/contention/interval"
)

// Family is contention resolution for a single unit, with its command.
func Family() theorems.Family {
	return theorems.Family{
		Name:     "forward-backward contention resolution",
		Theorems: contention.SingleRows,
		Command:  "crs",
		Usage:    "-x X | -n N -rho R | FILE | -prophet FILE",
		Summary:  "the best guarantee of contention resolution",
		Help: `Elements are active independently with probabilities x and arrive forward or
backward, each with probability 1/2; one of them may be accepted. Computes LPOPT,
the best guarantee of any scheme, exactly, with a scheme that attains it and a dual
point that allows no more, and verifies on the instance`,
		Verifies: []string{"CRS-L3.1", "CRS-T1.2", "CRS-LB.1", "CRS-U", "CRS-T3.4", "CRS-T1.3"},
		More: `Of these CRS-LB.1 is for -split, CRS-U for equal x, and CRS-T3.4 and CRS-T1.3 are for an odd
number of equal x: by a dual point, whose value tends to α_0(ρ). ρ is the sum of x. It also
proves for all instances at once what holds of them: CRS-L3.1, CRS-LB.1, CRS-P3.2,
CRS-L3.3, CRS-T1.2, CRS-U, CRS-T1.3, CRS-T3.4, CRS-L3.5 and CRS-P3.6. -certificate FILE writes
these proofs, with that of LPOPT for the instance.

The probabilities are given by -x, as N equal ones with sum R by -n, which may be a
range, and -rho, or in a file: {"x": ["1/3", 0.25]} or a list of numbers separated by
commas or spaces. Long fractions appear as decimals in the table; -json has every number
exactly. -upto N verifies CRS-U, CRS-T3.4 and CRS-T1.3 for every number of elements up to N
that they speak of, with -rho, and concludes CRS-T1.5 besides. -split verifies CRS-LB.1 for each
element. -interval NAME proves, with -rho, the inequalities of a function on its whole
interval by subdivision; their certificate proves them for every ρ. -interval linear says what
linear functions are worth, CRS-LIN.

-prophet FILE sells one unit to agents with independent valuations, in the forward or the
backward order, and compares the policy that Algorithm 2 gives, the best fixed price and the
best policy with the expected largest valuation, exactly:

  {"agents": [{"name": "a", "values": [{"value": 2, "probability": "1/2"}]}]}

` + contention.Standings,
		Parameters: func(f *theorems.Flags) theorems.Verify {
			p := &parameters{}
			p.Add(f)
			f.IntVar(&p.upto, "upto", 0, "verify the closed form for every `number` of elements up to this one")
			f.BoolVar(&p.split, "split", false, "verify that splitting any element does not raise LPOPT")
			f.StringVar(&p.interval, "interval", "", "prove the inequalities of a `function` on its whole interval: unit (CRS-P3.2) or gamma (CRS-P3.6), or what linear ones are worth")
			f.BoolVar(&p.prophets, "prophet", false, "compare the policy for selling to agents, whose valuations are in the file, with E[max]")
			return p.tasks
		},
	}
}

// parameters are those of the command.
// Those of Elements are filled too.
type parameters struct {
	Elements
	upto     int
	split    bool
	interval string
	prophets bool
}

// An error is bad input.
func (p *parameters) tasks(run *theorems.Run) ([]theorems.Task, error) {
	if err := p.refuseUnused(run.Files); err != nil {
		return nil, err
	}
	rho, err := rational.ParseRat(p.Sum)
	if err != nil {
		return nil, theorems.BadInput("-rho: %v", err)
	}
	switch {
	// Modes, of which [parameters.refuseUnused] has refused two at a time.
	case p.prophets:
		return p.prophet(run)
	case p.interval != "":
		return p.onInterval(run, rho)
	case p.Given("upto"):
		return p.forAllN(run, rho)
	}
	// One list for -x and for a file, several for a range.
	instances, err := p.Read(run)
	tasks := each.Of(instances, func(x []rational.Rat) theorems.Task { return p.instance(run, x) })
	return tasks, err
}

// refuseUnused is an error if a flag or a file has no effect in the mode that the
// flags ask for.
// Without it a flag would be taken for one that had been obeyed.
func (p *parameters) refuseUnused(files []string) error {
	// In the order in which modes are looked at.
	for _, mode := range []struct {
		name   string
		unused []string
	}{
		{"prophet", []string{"upto", "x", "n", "split", "rho", "interval"}},
		{"interval", []string{"upto", "x", "n", "split"}},
		{"upto", []string{"x", "n", "split"}},
	} {
		// The first mode that is given decides; its list has all that it makes no use of.
		if !p.Given(mode.name) {
			continue
		}
		if len(files) > 0 && mode.name != "prophet" {
			return theorems.BadInput("%s has no effect with -%s", files[0], mode.name)
		}
		return p.RefuseUnused("with -"+mode.name, mode.unused...)
	}
	return nil
}

// instance is the task of an instance.
// Solving is a part of the task and not of reading, as it may take long.
func (p *parameters) instance(run *theorems.Run, x []rational.Rat) theorems.Task {
	return theorems.Task{Name: fmt.Sprintf("n%d", len(x)), Title: fmt.Sprintf("n = %d", len(x)), Do: func(ctx context.Context) (*theorems.Report, error) {
		u, err := Solve(ctx, x)
		if err != nil {
			return unsolved(ctx, x), err
		}
		// What was verified before the end of ctx is reported with its error.
		r, err := Verify(ctx, u, Options{Split: p.split, Progress: run.Progress})
		if r == nil {
			return nil, err
		}
		return r.report(), err
	}}
}

// unsolved is what is known of an instance whose optimum was not found before ctx ended; nil if that is not why.
func unsolved(ctx context.Context, x []rational.Rat) *theorems.Report {
	if ctx.Err() == nil {
		return nil
	}
	rho := rational.RatVector(x).Sum()
	r := &theorems.Report{
		Title:   contention.Count(len(x), "element", "elements") + ", ρ = " + contention.Exact(rho),
		Before:  []theorems.Block{{Line: "α_0(ρ) " + contention.Enclosed(Alpha(rho))}},
		Figures: jsonRho{rho},
	}
	// What certificates prove for all instances holds even so, and is added last.
	contention.Unsettled(&r.Claims, contention.SingleRows, "CRS-LP")
	contention.Prove(&r.Claims, Tags...)
	return r
}

// onInterval is the task of the inequalities of a function.
// It is bad input to ask for a function that is not known, or for ρ out of its range.
func (p *parameters) onInterval(run *theorems.Run, rho rational.Rat) ([]theorems.Task, error) {
	// The default is the function of CRS-P3.2.
	tag, prove := "CRS-P3.2", ProvePhi
	switch p.interval {
	case "unit":
	case "gamma":
		tag, prove = "CRS-P3.6", ProveGamma
	case "linear":
		// What linear functions are worth is about ρ = 1 alone.
		if err := p.RefuseUnused("with -interval linear", "rho"); err != nil {
			return nil, err
		}
		return theorems.Alone(func(context.Context) (*theorems.Report, error) {
			return &theorems.Report{Title: "linear functions φ", Claims: Linear(), Figures: struct{}{}}, nil
		}), nil
	default:
		return nil, theorems.BadInput("-interval: unknown function %q, expected unit, gamma or linear", p.interval)
	}
	if !InPhiRange(rho) {
		return nil, theorems.BadInput("-rho %s: expected a number from 0 to 100000", rho)
	}
	return theorems.Alone(func(context.Context) (*theorems.Report, error) {
		claims, err := prove(rho)
		r := interval.Report(tag, claims, err, run.Say)
		r.Title, r.Figures = "ρ = "+contention.Exact(rho), jsonRho{rho}
		return r, nil
	}), nil
}

// numbersInPart is how many N a part of the task of all N has.
// A part is what is lost if a run ends: small enough for that, and long enough to be worth
// a report.
const numbersInPart = 16

// forAllN is the task of CRS-U, CRS-T3.4 and CRS-T1.3 for every N up to a number, in parts.
// The parts may run side by side; Join has their reports in order.
func (p *parameters) forAllN(run *theorems.Run, rho rational.Rat) ([]theorems.Task, error) {
	if p.upto < 1 || p.upto > MaxElements {
		return nil, theorems.BadInput("-upto %d: expected a number of elements from 1 to %d", p.upto, MaxElements)
	}
	first := 1
	// Smaller N have probabilities above 1.
	// Those that speak of no instance are passed over, not refused: -upto 9 -rho 3 is about
	// N from 3 on.
	for first <= p.upto && ValidateUniform(first, rho) != nil {
		first++
	}
	if first > p.upto {
		return nil, theorems.BadInput("-upto %d -rho %s: no number of elements up to %d has probabilities between 0 and 1", p.upto, rho, p.upto)
	}
	// Joined from its parts, some of which may be missing.
	t := theorems.Task{Join: func(parts []*theorems.Report, missing int) (*theorems.Report, error) {
		var each theorems.Claims
		for _, r := range parts {
			each = append(each, r.Claims...)
		}
		r := &theorems.Report{Claims: JoinUniform(p.upto, rho, each), Figures: jsonRho{rho}}
		// Proofs for all N are written only if the run is complete.
		if missing == 0 {
			r.Documents = []theorems.Maker{Document(nil, append(Tags, "CRS-T1.5")...)}
		} else {
			r.Claims.Add(nil, "CRS-U", theorems.Undecided, "the run ended before all N up to %d were looked at", p.upto)
		}
		return r, nil
	}}
	// By numbers and not by time: the same parts on every machine.
	for first := first; first <= p.upto; first += numbersInPart {
		// The last part may be shorter.
		last := min(first+numbersInPart-1, p.upto)
		t.Parts = append(t.Parts, theorems.Task{Name: fmt.Sprintf("n%d-%d", first, last), Title: fmt.Sprintf("N = %d to %d", first, last),
			Do: func(ctx context.Context) (*theorems.Report, error) {
				found, err := VerifyUniformFrom(ctx, first, last, rho, Options{Progress: run.Progress})
				if err != nil {
					return nil, err
				}
				return &theorems.Report{Claims: found}, nil
			}})
	}
	return []theorems.Task{t}, nil
}

// jsonRho are the figures of a report that is not about an instance.
type jsonRho struct {
	Rho rational.Rat `json:"rho"`
}

// report is what the command tells of an instance.
// It is read from what was verified, and computes only decimals.
func (r *Report) report() *theorems.Report {
	u, law := r.Unit, r.Law
	rho := rational.RatVector(u.X).Sum()
	alpha := Alpha(rho)
	table := [][]string{{"element", "x", "c forward", "c backward", "coin forward", "coin backward", "ξ", "y forward", "y backward"}}
	// A row for each element, in the order of the list.
	for i, v := range u.X {
		row := []string{fmt.Sprint(i + 1), contention.Abridged(v), contention.Abridged(u.Choice[0][i]), contention.Abridged(u.Choice[1][i])}
		// Both orders; a law that is not known leaves its columns empty.
		for _, coins := range law.Coin {
			text := "" // of a law that is not known
			if coins != nil {
				text = contention.AbridgedRatio(coins[i].num, coins[i].den)
			}
			row = append(row, text)
		}
		for _, list := range [][]rational.Rat{u.Dual.Xi, u.Dual.Y[0], u.Dual.Y[1]} {
			row = append(row, contention.Abridged(list[i]))
		}
		table = append(table, row)
	}
	t := &theorems.Report{
		Title: contention.Count(len(u.X), "element", "elements") + ", ρ = " + contention.Exact(rho),
		Before: []theorems.Block{
			{Line: "LPOPT = " + contention.Exact(u.Value)},
			{Line: "α_0(ρ) " + contention.Enclosed(alpha)},
			{Line: "LPOPT - α_0(ρ) " + contention.Enclosed(enclose.RealOf(u.Value).Sub(alpha))},
			{Table: table},
		},
		Claims:    r.Findings,
		Summary:   "LPOPT = " + contention.Decimal(u.Value),
		Documents: r.Documents(),
	}
	// The landmarks are for ρ = 1, and say nothing about other sums.
	if rho.Equal(one) {
		t.Before = append(t.Before, contention.ShowLandmarks(Landmarks())...)
	}
	// α_0 is no fraction: the JSON has one below and one above.
	enclosed, _ := alpha.Enclose(rational.NewRat(1, 1<<50))
	t.Figures = struct {
		X      []rational.Rat    `json:"x"`
		Rho    rational.Rat      `json:"rho"`
		LPOPT  rational.Rat      `json:"lpopt"`
		Alpha  [2]rational.Rat   `json:"alpha"`
		Choice contention.Choice `json:"choice"`
		Dual   contention.Choice `json:"dual"`
		Xi     []rational.Rat    `json:"xi"`
	}{u.X, rho, u.Value, [2]rational.Rat{enclosed.Lo, enclosed.Hi}, u.Choice, u.Dual.Y, u.Dual.Xi}
	return t
}
