package study

import (
	"context"
	"fmt"

	"pstar/rational"
	"pstar/theorems/multidraft"
	"pstar/theorems/multidraft/classes"
	"pstar/theorems/multidraft/scheme"
)

// An OwnRule is a rule of one's own, by classes or as a table, for steps whose laws differ.
type OwnRule struct {
	Name string // for errors
	K, N int    // what it is for; 0 if it does not say
	// Classes, if it is by classes; else Table, in which with Weights the rows are those of β, and
	// speculative sampling follows for the law of each step.
	Classes *classes.Rule
	Table   *scheme.Table
	Weights bool
}

// Acceptance is what the rule accepts at a step. A rule that is none there, or whose output has another law
// than q, has no value: it could be above P*, and a mean over such values says nothing. The error is
// then a [*scheme.UndefinedError]; it is a [*theorems.Unsettled] for a step that is too large, and that of ctx if it
// ends.
func (r *OwnRule) Acceptance(ctx context.Context, s *multidraft.Instance) (rational.Rat, error) {
	undefined := func(format string, args ...any) (rational.Rat, error) {
		return rational.Rat{}, &scheme.UndefinedError{Scheme: r.Name, Reason: fmt.Sprintf(format, args...)}
	}
	if r.K != 0 && r.K != s.K() || r.N != 0 && r.N != s.N() {
		return undefined("it is for another K or n than the step has: K = %d, n = %d", s.K(), s.N())
	}
	// A rule by classes is evaluated in closed form, and lossless whatever its numbers are.
	if r.Classes != nil {
		e, err := r.Classes.Evaluate(s)
		if err != nil {
			return rational.Rat{}, err
		}
		return e.Acceptance, nil
	}
	table := r.Table
	if r.Weights {
		var err error
		if table, err = scheme.Speculative(s, table); err != nil {
			return rational.Rat{}, err
		}
	}
	// A rule may be lossless at one step and not at the next.
	report, err := scheme.CheckRule(ctx, s, table)
	switch {
	case err != nil:
		return rational.Rat{}, err
	case !report.IsRule():
		return undefined("%s", report.Faults[0])
	case !report.Lossless():
		total := scheme.Deviate(report.Law, s.Target()).Total
		// A long fraction says less than where the first token is wrong.
		if text := total.String(); len(text) <= 40 {
			return undefined("its output is not lossless: total variation %s", text)
		}
		return undefined("its output is not lossless: token %d has another probability than in q", report.Wrong+1)
	}
	return report.Drafted, nil
}
