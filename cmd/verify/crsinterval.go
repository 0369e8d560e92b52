package main

import (
	"context"
	"errors"
	"fmt"

	"pstar/certificate"
	"pstar/rational"
	"pstar/theorems/contention/interval"
	"pstar/theorems/contention/knapsack"
	"pstar/theorems/contention/single"
	"pstar/witness"
)

// crsIntervals lists the statements about functions on whole intervals.
var crsIntervals = []struct {
	name, tag string
	prove     func(rho rational.Rat) ([]interval.Claim, error)
}{
	{certificate.PhiUnit, "CRS-P3.2", single.ProvePhi},
	{certificate.PhiGamma, "CRS-P3.6", single.ProveGamma},
	{certificate.PhiKnapsack, "CRS-P4.3", func(rational.Rat) ([]interval.Claim, error) { return knapsack.ProvePhi() }},
}

// proveInterval proves one of them, claim by claim, and writes its certificate.
func (job *crsJob) proveInterval(ctx context.Context) error {
	for _, s := range crsIntervals {
		if s.name != job.interval {
			continue
		}
		if s.name == certificate.PhiKnapsack {
			job.rho = rational.NewRat(1, 1)
		}
		if job.rho.Sign() <= 0 || job.rho.Cmp(rational.NewRat(1000, 1)) > 0 {
			return usageErrorf("-rho %s: expected a number above 0 and at most 1000", job.rho)
		}
		claims, err := s.prove(job.rho)
		if err != nil {
			var found findings
			found.add(err, s.tag, proved, "on the whole interval")
			return job.report(found)
		}
		return job.intervalProved(ctx, s.name, s.tag, claims)
	}
	return usageErrorf("-interval: unknown function %q, expected unit, gamma or knapsack", job.interval)
}

func (job *crsJob) intervalProved(ctx context.Context, name, tag string, claims []interval.Claim) error {
	var found findings
	if !job.json {
		fmt.Fprintf(job.stdout, "ρ = %s\n", exact(job.rho))
	}
	for _, c := range claims {
		how := "identity"
		if c.Cells != nil {
			how = count(len(c.Cells), "cell", "cells")
		}
		found.add(nil, tag, proved, "%s [%s]", c.Statement, how)
		for _, cell := range c.Cells {
			job.talk.say("  [%s, %s]: at least %s, by %s", cell.From, cell.To, cell.Bound.Decimal(decimals), cell.Rule)
		}
	}
	outcome := job.report(found)
	if job.output == "" {
		return outcome
	}
	return errors.Join(outcome, job.certifyFindings(job.talk, job.output, found, func() (witness.Document, error) {
		return interval.Certify(name, job.rho, claims), nil
	}))
}
