package instances

import (
	"bufio"
	"context"
	"fmt"

	"pstar/cmd/verify/internal/input"
	"pstar/rational/enclose"
	"pstar/theorems/multidraft"
	"pstar/theorems/multidraft/classes"
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
	return input.Read(job.Call, job.rulePath, func(r *bufio.Reader) (err error) {
		job.rule, err = parseRule(job.rulePath, r)
		return err
	})
}

// ruleValue is the acceptance of the rule at one step, if it is lossless there.
// Its error is always a reason that a cell can have, and ends no run.
func (job *stepsJob) ruleValue(ctx context.Context, s *multidraft.Instance) study.StepValue {
	v := study.StepValue{Scheme: ruleColumn}
	// What is too large to be gone through leaves the cell undecided.
	failed := func(err error) study.StepValue {
		if v.Err = err; whyNot(err) == "" {
			v.Err = &scheme.UndefinedError{Scheme: ruleColumn, Reason: err.Error()}
		}
		return v
	}
	// A rule that is none for this step, or not lossless at it, has no acceptance to average.
	undefined := func(format string, args ...any) study.StepValue {
		v.Err = &scheme.UndefinedError{Scheme: ruleColumn, Reason: fmt.Sprintf(format, args...)}
		return v
	}
	// A file that says what it is for is believed, as by scheme user.
	if k, n := job.rule.k, job.rule.n; k != 0 && k != s.K() || n != 0 && n != s.N() {
		return undefined("it is for another K or n than the step has: K = %d, n = %d", s.K(), s.N())
	}
	// A rule by classes is evaluated in closed form.
	if job.rule.levels != nil {
		r := &classes.Rule{K: job.rule.k, N: job.rule.n, Classes: job.rule.classes, Levels: job.rule.levels}
		e, err := r.Evaluate(s)
		if err != nil {
			return failed(err)
		}
		v.Acceptance = enclose.Point(e.Acceptance)
		return v
	}
	// The same rule at every step: weights are completed for the laws of each.
	table := &job.rule.table
	// Weights alone: speculative sampling follows, for the law of this step.
	if job.rule.beta && table.Accept == nil {
		var err error
		if table, err = scheme.Speculative(s, table); err != nil {
			return failed(err)
		}
	}
	// At this step: a rule may be lossless at one and not at the next.
	r, err := scheme.CheckRule(ctx, s, table)
	// The acceptance of a lossy rule may be above P*, and a mean over such values says nothing.
	switch {
	case err != nil:
		return failed(err)
	case !r.IsRule():
		return undefined("%s", r.Faults[0])
	// Outputs of another law would accept more than any lossless rule.
	case !r.Lossless():
		return undefined("its output is not lossless: total variation %s", smallText(scheme.Deviate(r.Law, s.Target()).Total))
	}
	v.Acceptance = enclose.Point(r.Drafted)
	return v
}
