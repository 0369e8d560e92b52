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
	// Tolerance is the total variation from q up to which an output that does not have law q has a value all the same.
	Tolerance rational.Rat
}

// Acceptance is what the rule accepts at a step, exactly, and how far its output is from q there in total variation: 0 if
// it is lossless, and at most the tolerance, by which the acceptance may be above P*. A rule that is none there, or whose
// output is farther from q, has no value: it could be far above P*, and a mean over such values says nothing. The error is
// then a [*scheme.UndefinedError]; it is a [*theorems.Unsettled] for a step that is too large, and that of ctx if it
// ends.
func (r *OwnRule) Acceptance(ctx context.Context, s *multidraft.Instance) (acceptance, variation rational.Rat, err error) {
	undefined := func(format string, args ...any) (acceptance, variation rational.Rat, err error) {
		return acceptance, variation, &scheme.UndefinedError{Scheme: r.Name, Reason: fmt.Sprintf(format, args...)}
	}
	if r.K != 0 && r.K != s.K() || r.N != 0 && r.N != s.N() {
		return undefined("it is for another K or n than the step has: K = %d, n = %d", s.K(), s.N())
	}
	// A rule by classes is evaluated in closed form, and lossless whatever its numbers are.
	if r.Classes != nil {
		e, err := r.Classes.Evaluate(s)
		if err != nil {
			return rational.Rat{}, rational.Rat{}, err
		}
		return e.Acceptance, rational.Rat{}, nil
	}
	table := r.Table
	if r.Weights {
		if table, err = scheme.Speculative(s, table); err != nil {
			return rational.Rat{}, rational.Rat{}, err
		}
	}
	// A rule may be lossless at one step and not at the next.
	report, err := scheme.CheckRule(ctx, s, table)
	switch {
	case err != nil:
		return rational.Rat{}, rational.Rat{}, err
	// No tolerance makes a law of it.
	case !report.IsRule():
		return undefined("%s", report.Faults[0])
	case report.Lossless():
		return report.Drafted, rational.Rat{}, nil
	}
	deviation := scheme.Deviate(report.Law, s.Target())
	if !deviation.Within(r.Tolerance) {
		// A long fraction says less than where the first token is wrong.
		if text := deviation.Total.String(); len(text) <= 40 {
			return undefined("its output is not lossless: total variation %s", text)
		}
		return undefined("its output is not lossless: token %d has another probability than in q", report.Wrong+1)
	}
	return report.Drafted, deviation.Total, nil
}
