package steps

import (
	"bufio"
	"context"

	"pstar/cmd/verify/internal/input"
	"pstar/cmd/verify/internal/instances"
	"pstar/cmd/verify/internal/run"
	"pstar/rational/enclose"
	"pstar/theorems/multidraft"
	"pstar/theorems/multidraft/scheme"
	"pstar/theorems/multidraft/study"
)

// ruleColumn is the column of a user's own rule.
const ruleColumn = "user"

// readRule reads the rule of -rule.
// Sizes that it names are compared with those of each step.
func (job *stepsJob) readRule() error {
	if err := job.tolerance.Read(); err != nil {
		return err
	}
	// The rule stays nil, and there is no column of it. The law of a named scheme is not looked at.
	if job.rulePath == "" {
		return job.flags.RefuseUnused("without -rule", "tolerance")
	}
	err := input.Read(job.Call, job.rulePath, func(r *bufio.Reader) (err error) {
		job.rule, err = instances.ParseRule(job.rulePath, r)
		return err
	})
	if err != nil {
		return err
	}
	// As scheme user does: a rule of rounded numbers is else none.
	if job.input.Normalize {
		sums, err := job.rule.Normalise(job.rulePath)
		if err != nil {
			return err
		}
		for _, sum := range sums {
			job.talk.Note("normalised: %s", sum)
		}
	}
	// It would have a value at no step, which looks like a rule that is for other steps.
	if fault := job.rule.Fault(); fault != "" {
		return run.UsageErrorf("%s: it is no selection rule: %s", job.rulePath, fault)
	}
	return nil
}

// ruleValue is the acceptance of the rule at one step, if it is lossless there, or within the tolerance.
// Its error is always a reason that a cell can have, and ends no run.
func (job *stepsJob) ruleValue(ctx context.Context, s *multidraft.Instance) study.StepValue {
	v := study.StepValue{Scheme: ruleColumn}
	own := job.rule.Own(ruleColumn)
	own.Tolerance = job.tolerance.Value
	acceptance, variation, err := own.Acceptance(ctx, s)
	if err == nil {
		v.Acceptance, v.Variation = enclose.Point(acceptance), variation
		return v
	}
	// What is wrong with the rule at this step leaves the cell without a value, what is too large undecided.
	if v.Err = err; instances.WhyNot(err) == "" {
		v.Err = &scheme.UndefinedError{Scheme: ruleColumn, Reason: err.Error()}
	}
	return v
}

// variationText is how far the output of the rule is from q at any step that has a value: the fraction, or a decimal above
// a long one.
func (job *stepsJob) variationText() string {
	if text := job.variation.String(); len(text) <= 40 {
		return text
	}
	return input.AtMost(job.variation)
}

// variationLine says of the rule's column, whose values stand for a lossless rule, how far from one they are.
func (job *stepsJob) variationLine() []string {
	// Nothing stands in the columns of schemes, whose output is not compared with q here.
	line := make([]string, 1+len(job.names))
	line[0], line[len(job.names)] = "variation", "at most "+job.variationText()
	return line
}
