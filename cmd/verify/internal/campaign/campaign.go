// Package campaign does the tasks of a run: one after another or, with a folder that keeps
// what is finished, in any number of runs that may be killed at any moment and may share the
// folder. What a run prints, and its certificates, are the same bytes in every case.
//
// The folder holds
//
//	campaign.json      what is asked for: another run is refused
//	done/NAME.json     a file for each finished task, whole or not there
//	certificates/      those of finished tasks
//	claims/NAME        who works on a task; see [claims]
//	parts/NAME         what a task that takes long has done so far
//	shard-I-of-M       that a run did the tasks of a shard; see [Shard]
//
// That a task is done twice, because a claim was thought to be abandoned, costs time and
// nothing else: tasks do not depend on who does them, and their files are replaced as a whole.
package campaign

import (
	"context"
	"encoding/json"
	"errors"
	"sync"
	"time"

	"pstar/cmd/verify/internal/run"
	"pstar/theorems"
)

// A Task is a part of a run that can be done alone.
type Task struct {
	Name string // as that of a file, no two the same
	// Label is what progress calls it.
	Label string
	Cell  *theorems.Cell // where it stands in a grid
	// Do does it. With an error the result, unless it is nil, has what was settled before.
	Do func(ctx context.Context) (*Result, error)
}

// A Result is what is kept of a task that is done: all that its command prints of it.
type Result struct {
	Title   string          `json:"title,omitempty"`
	Verdict string          `json:"verdict"` // that of the claims, unless Do says another
	Claims  theorems.Claims `json:"claims"`
	Summary string          `json:"summary,omitempty"`
	Text    string          `json:"text,omitempty"`    // that is printed
	Detail  string          `json:"detail,omitempty"`  // that is printed of it alone, for reports
	Figures json.RawMessage `json:"figures,omitempty"` // of the JSON object
	Notes   []string        `json:"notes,omitempty"`
	// Stopped is why a task ended before it was settled, that of -task-timeout, and After
	// its limit. It is tried again with a longer one.
	Stopped string        `json:"stopped,omitempty"`
	After   time.Duration `json:"stopped_after,omitempty"`

	Cell        *theorems.Cell `json:"cell,omitempty"`
	Certificate *Certificate   `json:"certificate,omitempty"`
	Run         *Measure       `json:"run,omitempty"` // differs from run to run

	// Certify writes the certificate, and tells what is to be said of it; nil if there is none.
	Certify func(path string) (notes []string, err error) `json:"-"`
}

// A Certificate is a file beside the results.
type Certificate struct {
	File   string   `json:"file"`
	Bytes  int64    `json:"bytes"`
	SHA256 string   `json:"sha256"`
	Notes  []string `json:"notes,omitempty"`
	Lesser string   `json:"lesser,omitempty"` // why it shows less than was wanted, a [Lesser]
}

// Lesser is the error of a certificate that stands in its place and shows less than was wanted of
// it, as the format cannot hold the rest: an output that could not be written, and no task that is
// to be done again.
type Lesser struct{ Text string }

// Error implements error.
func (l *Lesser) Error() string { return l.Text }

// Unwrap returns the error by which the command ends.
func (l *Lesser) Unwrap() error { return &theorems.InputError{Text: l.Text} }

// Stands reports whether an error of a certificate is a [Lesser].
func Stands(err error) bool {
	var l *Lesser
	return errors.As(err, &l)
}

// A Measure is what a task took, and where it ran.
type Measure struct {
	Host         string    `json:"host"`
	Started      time.Time `json:"started"`
	Milliseconds int64     `json:"milliseconds"`
	Processor    int64     `json:"processor_milliseconds,omitempty"`
	Memory       uint64    `json:"memory_mib"` // of the process, after the task
	Version      string    `json:"version"`
	Go           string    `json:"go"`
}

// A Run does tasks.
type Run struct {
	call   *run.Call
	talk   *run.Talk
	flags  *Flags
	tasks  []Task
	mine   []int // of the tasks, by number, those of the shard
	folder *folder
	pace   *pace

	sightings sync.Mutex
	seen      map[string]sighting // of claims of parts, by DoPart
}

// Tasks is how many tasks the run looks after: those of its shard.
func (r *Run) Tasks() int { return len(r.mine) }

// Each does tasks, and hands their results to take in order. A task without a result could
// not be done, for the reason err; with a result the error is that of a limit. When ctx ends
// the tasks that are not finished are left out, but for the one that was being done: then
// its cause is returned.
func (r *Run) Each(ctx context.Context, take func(t *Task, result *Result, err error)) error {
	defer r.talk.Clear()
	if r.folder != nil {
		return r.shared(ctx, take)
	}
	for _, i := range r.mine {
		// What is finished stays told; the rest is left to another run.
		if ctx.Err() != nil {
			return context.Cause(ctx)
		}
		// For the progress: how long tasks take, and how many are left.
		r.pace.begin(i)
		result, err := r.do(ctx, i)
		r.pace.done(i)
		r.talk.Clear()
		take(&r.tasks[i], result, err)
	}
	return nil
}

// do does a task within its limit.
func (r *Run) do(ctx context.Context, i int) (*Result, error) {
	// Not the limit of the run, which ctx is.
	t := &r.tasks[i]
	within, stop := r.flags.Limit(ctx)
	defer stop()
	result, err := t.Do(within)
	// Only that of the task: with the run's own there is nothing to try again.
	overrun := within.Err() != nil && ctx.Err() == nil
	err = run.Overrun(ctx, within, err)
	var limit *run.LimitError
	if overrun && errors.As(err, &limit) {
		// Something is kept all the same: that it was tried, and for how long.
		if result == nil {
			result = &Result{Title: t.Label}
		}
		result.Stopped, result.After = limit.Error(), r.flags.perTask
	}
	// What is kept says by itself what it came to.
	if result != nil {
		if result.Cell = t.Cell; result.Verdict == "" {
			result.Verdict = result.Claims.Verdict().String()
		}
	}
	return result, err
}
