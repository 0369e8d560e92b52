package steps

import (
	"errors"
	"fmt"
	"strings"

	"pstar/cmd/verify/internal/run"
	"pstar/cmd/verify/internal/show"
)

// end prints the means, and returns how the run ends: why it stopped, nil if it is whole, and what its steps came to. The object has
// the verdict of that, as the exit status has.
func (job *stepsJob) end(stopped error) error {
	if remarks := job.remarks(); remarks != "" {
		job.talk.Note("%s; -v says why", remarks)
	}
	outcome := job.Concluded(errors.Join(stopped, job.found()))
	return errors.Join(outcome, job.summary(outcome))
}

// found is what the steps came to, with all that a status stands for.
func (job *stepsJob) found() error {
	var list []error
	if job.lossy > 0 {
		list = append(list, run.ErrRefuted)
	}
	// Means over a part of the steps must not look like those of all: the status says so. With -strict the first bad step is why
	// the run stopped.
	if job.bad > 0 && !job.strict {
		list = append(list, run.UsageErrorf("%s", job.badText()))
	}
	if job.undecided > 0 {
		list = append(list, run.ErrUndecided)
	}
	return errors.Join(list...)
}

func (job *stepsJob) badText() string {
	return fmt.Sprintf("%d of %d steps could not be read", job.bad, job.bad+job.steps)
}

// remarks are what is to be said of values, "" if nothing.
func (job *stepsJob) remarks() string {
	var list []string
	if job.lossy > 0 {
		list = append(list, show.Count(job.lossy, "value is", "values are")+" of a scheme that is not lossless at its step, and may be above P*")
	}
	if job.undecided > 0 {
		list = append(list, show.Count(job.undecided, "value is", "values are")+" undecided: the instance is too large, or the interval wider than asked")
	}
	return strings.Join(list, "; ")
}

// blockSummary is what a report says of a block that is not solved.
func (job *stepsJob) blockSummary() string {
	list := []string{job.remarks()}
	if job.bad > 0 {
		list = append(list, job.badText())
	}
	return strings.TrimPrefix(strings.Join(list, "; "), "; ")
}
