package crs

import (
	"fmt"

	"pstar/cmd/verify/internal/run"
	"pstar/cmd/verify/internal/show"
	"pstar/rational"
	"pstar/theorems"
	"pstar/theorems/contention/interval"
	"pstar/theorems/contention/knapsack"
	"pstar/theorems/contention/single"
	"pstar/witness"
)

// phiKnapsack is the function without a ρ.
const phiKnapsack = "knapsack"

// crsIntervals lists the statements about functions on whole intervals.
var crsIntervals = []struct {
	name, tag string
	prove     func(rho rational.Rat) ([]interval.Claim, error)
}{
	{"unit", "CRS-P3.2", single.ProvePhi},
	{"gamma", "CRS-P3.6", single.ProveGamma},
	{phiKnapsack, "CRS-P4.3", func(rational.Rat) ([]interval.Claim, error) { return knapsack.ProvePhi() }},
}

// proveInterval proves one of them, claim by claim, and writes its certificate.
func (job *crsJob) proveInterval() error {
	for _, s := range crsIntervals {
		if s.name != job.interval {
			continue
		}
		if s.name == phiKnapsack {
			job.rho = rational.NewRat(1, 1)
		}
		if !single.InPhiRange(job.rho) {
			return run.UsageErrorf("-rho %s: expected a number above 0 and at most 1000", job.rho)
		}
		claims, err := s.prove(job.rho)
		if err != nil {
			var found theorems.Claims
			found.Add(err, s.tag, theorems.Proved, "on the whole interval")
			job.report(found)
			return run.Outcome(found.Verdict())
		}
		return job.intervalProved(s.tag, claims)
	}
	return run.UsageErrorf("-interval: unknown function %q, expected unit, gamma or knapsack", job.interval)
}

func (job *crsJob) intervalProved(tag string, claims []interval.Claim) error {
	if !job.json {
		fmt.Fprintf(job.Stdout, "ρ = %s\n", show.Exact(job.rho))
	}
	for _, c := range claims {
		for _, cell := range c.Cells {
			job.talk.Say("  [%s, %s]: at least %s, by %s", cell.From, cell.To, cell.Bound.Decimal(show.Decimals), cell.Rule)
		}
	}
	found := interval.Findings(tag, claims)
	job.report(found)
	return job.end(found, func() []witness.Maker {
		return []witness.Maker{single.Document(nil, tag)}
	})
}
