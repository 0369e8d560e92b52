package steps

import (
	"runtime"
	"slices"
	"strings"

	"pstar/cmd/verify/internal/run"
	"pstar/theorems/multidraft"
	"pstar/theorems/multidraft/scheme"
	"pstar/theorems/multidraft/study"
)

// validate reads what the flags say, and refuses what does not go together. The error is bad usage or input.
func (job *stepsJob) validate(files []string) error {
	// 0 is a number too: one for each processor.
	if job.workers < 0 || job.workers > run.MaxWorkers {
		return run.UsageErrorf("-j %d: expected a number of workers up to %d, or 0", job.workers, run.MaxWorkers)
	}
	// The result does not depend on it.
	if job.workers == 0 {
		job.workers = runtime.GOMAXPROCS(0)
	}
	if len(files) > 1 {
		return run.UsageErrorf("unexpected argument %q", files[1])
	}
	if err := job.input.Check(); err != nil {
		return err
	}
	// Before the columns, of which the rule is one.
	if err := job.readRule(); err != nil {
		return err
	}
	schemes, err := job.columnsWanted()
	// An option that none of these takes is refused.
	if err == nil {
		job.options, err = job.given.Resolve(schemes)
	}
	return err
}

// columnsWanted sets the columns to those of -schemes, and returns the schemes that
// may be evaluated.
// Without -schemes all may be, and the columns are left open.
func (job *stepsJob) columnsWanted() ([]scheme.Scheme, error) {
	// The columns are chosen once the first step is known; until then any option may have a taker.
	if job.schemes == "" {
		return scheme.All(), nil
	}
	var schemes []scheme.Scheme
	var names []string
	for _, name := range strings.Split(job.schemes, ",") {
		// Two equal columns, and options counted twice.
		if slices.Contains(names, name) {
			return nil, run.UsageErrorf("-schemes: %s is listed twice", name)
		}
		names = append(names, name)
		// P* is a column, and no scheme; it has one option of them.
		if name == study.CurveOptimal {
			schemes = append(schemes, scheme.Scheme{Name: name, Options: []string{"within"}})
			continue
		}
		scheme, err := scheme.Lookup(name)
		if err != nil {
			return nil, run.UsageErrorf("-schemes: %v, or %s for P*", err, study.CurveOptimal)
		}
		schemes = append(schemes, scheme)
	}
	job.setColumns(names)
	return schemes, nil
}

// setColumns sets the columns, that of a rule last, and begins their means.
func (job *stepsJob) setColumns(names []string) {
	// A copy of a run has the column already; the slice is cut so that appending does not write
	// into another run's names.
	if job.rule != nil && (len(names) == 0 || names[len(names)-1] != ruleColumn) {
		names = append(names[:len(names):len(names)], ruleColumn)
	}
	job.names = names
	// Means begin anew: columns are set before the first step is taken.
	job.means = make([]*study.Mean, len(names))
	for j := range job.means {
		job.means[j] = &study.Mean{}
	}
}

// columns chooses the schemes that are defined for the first good step.
// Columns that are set already stay, with their means.
func (job *stepsJob) columns(s *multidraft.Instance) {
	// They were asked for: what is not defined for a step is a cell then.
	if job.names != nil {
		return
	}
	// P* first, beside which the others are read.
	names := []string{study.CurveOptimal}
	for _, scheme := range scheme.All() {
		// Others would have "not defined" in every cell.
		if scheme.Applies(s) == nil {
			names = append(names, scheme.Name)
		}
	}
	job.setColumns(names)
}
