package steps

import (
	"bufio"
	"context"

	"pstar/cmd/verify/internal/input"
	"pstar/cmd/verify/internal/instances"
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
	// The rule stays nil, and there is no column of it.
	if job.rulePath == "" {
		return nil
	}
	err := input.Read(job.Call, job.rulePath, func(r *bufio.Reader) (err error) {
		job.rule, err = instances.ParseRule(job.rulePath, r)
		return err
	})
	// As scheme user does: a rule of rounded numbers is else none at any step.
	if err != nil || !job.input.Normalize {
		return err
	}
	sums, err := job.rule.Normalise(job.rulePath)
	for _, sum := range sums {
		job.talk.Note("normalised: %s", sum)
	}
	return err
}

// ruleValue is the acceptance of the rule at one step, if it is lossless there.
// Its error is always a reason that a cell can have, and ends no run.
func (job *stepsJob) ruleValue(ctx context.Context, s *multidraft.Instance) study.StepValue {
	v := study.StepValue{Scheme: ruleColumn}
	acceptance, err := job.rule.Own(ruleColumn).Acceptance(ctx, s)
	if err == nil {
		v.Acceptance = enclose.Point(acceptance)
		return v
	}
	// What is wrong with the rule at this step leaves the cell without a value, what is too large undecided.
	if v.Err = err; instances.WhyNot(err) == "" {
		v.Err = &scheme.UndefinedError{Scheme: ruleColumn, Reason: err.Error()}
	}
	return v
}
