// Package steps is the command "verify steps": the acceptance of schemes over a sequence of steps, which
// is a file with a line or a row for each, or arrays.
package steps

import (
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"pstar/cmd/verify/internal/campaign"
	"pstar/cmd/verify/internal/input"
	"pstar/cmd/verify/internal/instances"
	"pstar/cmd/verify/internal/run"
	"pstar/cmd/verify/internal/show"
	"pstar/internal/crew"
	"pstar/rational"
	"pstar/theorems/multidraft/scheme"
	"pstar/theorems/multidraft/study"
)

// Command is the command that evaluates schemes over a sequence of steps.
func Command() run.Command {
	return run.Command{
		Name:    "steps",
		Usage:   "[FILE]",
		Summary: "gives the acceptance of schemes over a sequence of steps",
		Long: `Evaluates every scheme at every step of a sequence, exactly, and prints CSV: one line
for each step, then the mean. A step is a pair (p, q). FILE has one JSON object on each
line, {"p": [...], "q": [...]}, with "k" and "model" if the flags -k and -drafts do not say;
"-" is standard input. Or -p P.npy -q Q.npy are arrays with one row for each step; P of three
dimensions has the rows of several drafts for each. A rule of -rule that is not lossless at a
step has no value there, unless -tolerance says which total variation will do: a last line has
the largest that was let pass, by which a value may be above P*. A scheme that is not lossless
with the γ of -gamma has a value, and the run is refuted, as by scheme. -normalize is for its lists, too,
and with -v the sums are told.

The file is read as a stream: memory does not grow with the number of steps. Steps are
evaluated in parallel and printed in order. A bad line, or an array that is cut off, is
reported on standard error with its number and the rest goes on, with exit status 2 in the
end; -strict stops at it. In place of a value there may be "not defined", if the scheme is
not for this instance, or "undecided", if the instance is too large for it; -v says why. A
value in a wider interval than -within asks, or its default, is printed, and counts as undecided. The
last two lines are the means and over how many steps each is; if the run is interrupted,
over the steps so far. A value that is enclosed has as many digits as are known, up to one of
the last; means are over exact values, or over what is enclosed to the 30th digit at least. With -logits all of
that is of the softmax as it was rounded, and a last line says so: by how much P* is off at most, at
any step and so in the mean, and "rounded" of schemes, for which no such bound is known.

-json prints an object for each step, one a line as they come, and last an object as other
commands have it, with the means: docs/output.md.`,
		Run: runSteps,
	}
}

// A stepsJob is a run of the command. Of a run with -state each block has a copy, with means of its own.
type stepsJob struct {
	*run.Call
	flags *run.FlagSet
	input *input.Flags
	given *instances.OptionFlags
	// As they were listed; empty for all that the first step allows.
	schemes string
	exact   bool
	strict  bool
	json    bool
	// Never 0 once flags were validated.
	workers  int
	options  scheme.Options
	rulePath string
	rule     *instances.UserRule // of -rule; nil if there is none
	// Of the output of the rule.
	tolerance input.Tolerance
	limits    *run.Limits
	talk      *run.Talk

	campaign *campaign.Flags
	complain func(text string) // of a bad step

	names []string      // of the columns, once the first step is known
	means []*study.Mean // parallel to names
	steps int
	// Steps that could not be read, or that an option does not fit.
	bad       int
	replaced  int          // steps of which a flag counts in place of what they say
	undecided int          // values
	lossy     int          // values of schemes that are not lossless
	off       rational.Rat // the largest bound of a step on what the softmax moves P* by
	variation rational.Rat // the largest of the rule at a step, within the tolerance
	out       stepRecords
}

// runSteps opens the source of steps and streams it, or divides it into blocks that are kept.
// The error is bad usage or input, that values are undecided, or the end of the context.
func runSteps(c *run.Call, args []string) error {
	f := c.Flags()
	job := &stepsJob{Call: c, flags: f, input: input.NewFlags(f), given: instances.NewSchemeOptions(f), out: csv.NewWriter(c.Stdout)}
	f.StringVar(&job.schemes, "schemes", "", "`schemes` separated by commas, optimal for P* (default all that are defined for the first step)")
	f.StringVar(&job.rulePath, "rule", "", "evaluate the rule in this `file`, as verify scheme user reads it, at every step: the column user")
	job.tolerance.Add(f, input.TotalVariation)
	f.BoolVar(&job.exact, "exact", false, "print fractions in place of the decimals of steps, and of what is enclosed two decimals, low..high")
	f.BoolVar(&job.json, "json", false, "print a JSON object for each step, one a line, and last that of the run")
	f.BoolVar(&job.strict, "strict", false, "stop at the first bad line")
	f.IntVar(&job.workers, "j", 0, "number of `workers`, each for a step at a time (0: one for each processor); the result does not depend on it")
	// Of a block it keeps the text instead, which is told when the block is printed.
	job.complain = func(text string) { fmt.Fprintf(c.Stderr, "verify: %s\n", text) }
	job.campaign = campaign.Add(f)
	job.limits = f.Limits()
	job.talk = f.InstanceTalk()
	files, err := f.Parse(args)
	if err != nil {
		return err
	}
	if err := job.validate(files); err != nil {
		return err
	}
	if job.json {
		job.out = newJSONRecords(job)
	}
	ctx := job.limits.Context()
	// What is kept is kept by blocks, of which any run may do any.
	if job.campaign.Kept() {
		return job.blocks(ctx, strings.Join(files, ""))
	}
	// A stream: whatever is behind the steps that are being worked at is not in memory.
	source, err := job.open(strings.Join(files, ""))
	if err != nil {
		return err
	}
	defer source.close()
	// A run that is stopped keeps what it has: rows are printed as they come, and the means of a
	// prefix are means all the same.
	return job.told(ctx, job.stream(ctx, source))
}

// told prints the means of a stream that has ended, with err if it is not whole, and returns how the run ends.
func (job *stepsJob) told(ctx context.Context, err error) error {
	job.talk.Clear()
	// Looked at once: a run that has come to its end by then is whole, whatever ends while it is told.
	stopped := ctx.Err() != nil
	if stopped {
		err = context.Cause(ctx)
	}
	switch {
	// No means of nothing.
	case job.steps == 0 && err == nil:
		err = run.UsageErrorf("no step could be read")
	// Stopped, with something to tell.
	case job.steps > 0 && stopped:
		job.talk.Note("stopped: the means are over the first %d steps", job.steps)
		err = job.end(err)
	// The means of all. An object is there in any case, as its reader has no exit status: it says what the error is.
	case job.steps > 0 && (err == nil || job.json):
		err = job.end(err)
	}
	// After an error too: what was computed is printed.
	job.out.Flush()
	return err
}

// stream prints the steps of a source. The first good step, which says what the columns
// are, is found before the workers start.
func (job *stepsJob) stream(ctx context.Context, source stepSource) error {
	// The columns depend on the first step: which schemes are defined for its drafts.
	first, err := job.firstStep(ctx, source)
	// No step that can be used: all that was read is bad, and was told.
	if first == nil {
		return err
	}
	job.columns(first.task.Instance)
	if err := job.head(); err != nil {
		return err
	}
	return job.work(ctx, first, source)
}

// head prints the names of the columns.
func (job *stepsJob) head() error {
	// Objects have the names themselves.
	if job.json {
		return nil
	}
	return job.out.Write(append([]string{"step"}, job.names...))
}

// work runs the steps from the first one, whose columns are known, through the workers and
// takes the results in order: at most a few steps for each worker are in memory.
func (job *stepsJob) work(ctx context.Context, first *step, source stepSource) error {
	// Whoever leaves first stops the others: reader, workers, printer.
	ctx, stop := crew.WithStop(ctx)
	// However this returns, no goroutine stays behind that waits for a place in a channel.
	defer stop(nil)
	// The buffer bounds how far workers run ahead of the printer, and so the memory: a step of a
	// large vocabulary is megabytes.
	ordered := make(chan *step, 2*job.workers)
	// Without a buffer: what is handed out is worked at.
	work := make(chan *step)
	var fault error // of the reader
	// The reader: no other goroutine touches the source.
	go func() {
		defer close(ordered)
		defer close(work)
		fault = crew.Try(func() { readSteps(ctx, first, source, ordered, work) })
	}()
	// A panic of one step is that of the run, but other steps end in order first.
	for range job.workers {
		go func() {
			for s := range work {
				s.fault = crew.Try(func() { s.evaluate(ctx, job) })
				// Closed after a panic too, or the printer would wait for ever.
				close(s.ready)
			}
		}()
	}
	for s := range ordered {
		select {
		case <-s.ready:
		case <-ctx.Done(): // a step may take long without looking at it
		}
		// A step that is ready together with the end of the context is not printed: whether it
		// would be must not depend on which came first.
		if err := ctx.Err(); err != nil {
			return err
		}
		// Found in a check of our own: nothing that follows can be trusted.
		if s.fault != nil {
			return s.fault
		}
		// Steps are printed in order, by this goroutine alone: means need no lock.
		if err := job.take(s); err != nil {
			return err
		}
		if len(ordered) == 0 {
			job.out.Flush() // nothing more for now: whoever waits for a step gets it
		}
	}
	// After all steps before it were printed.
	if fault != nil {
		return fault
	}
	// Nil if the source was read to its end.
	return ctx.Err()
}

// firstStep reads up to the first step that can be used, and reports the bad
// ones before it. It returns nil if there is none.
func (job *stepsJob) firstStep(ctx context.Context, source stepSource) (*step, error) {
	// Bad steps at the beginning are told like those that follow, and end no run without -strict.
	for {
		s := source.next()
		// The end of the source, or of the time: neither is an error of a step.
		if s == nil || ctx.Err() != nil {
			return nil, ctx.Err()
		}
		// Here, as its instance says what the columns are; those that follow are parsed by workers.
		s.parse(job.input)
		if s.err == nil {
			return s, nil
		}
		if err := job.reject(s); err != nil {
			// With -strict the first of them ends the run.
			return nil, err
		}
	}
}

// readSteps hands the steps out, in order and to the workers, until the context
// ends.
// Steps that were handed out by then may never be evaluated.
func readSteps(ctx context.Context, s *step, source stepSource, ordered, work chan<- *step) {
	for ; s != nil; s = source.next() {
		// First into the order, then to a worker: the printer waits for it wherever it stands.
		s.ready = make(chan struct{})
		select {
		case ordered <- s:
		case <-ctx.Done():
			return
		}
		select {
		case work <- s:
		case <-ctx.Done():
			// No worker gets it: the printer, which has it already, must not wait.
			close(s.ready)
			return
		}
	}
}

// reject reports a bad step; with -strict it ends the run.
func (job *stepsJob) reject(s *step) error {
	// Bad steps are counted, and end the run with a status in the end.
	job.bad++
	job.talk.Clear()
	// The file is the user's, and so is what is wrong in it.
	if job.strict {
		return run.UsageErrorf("%v", s.err)
	}
	job.complain(s.err.Error())
	return nil
}

// take prints one step and adds it to the means.
// The error ends the run.
func (job *stepsJob) take(s *step) error {
	if s.err == nil {
		// An option that does not fit is the user's mistake about this step, which is bad then.
		s.err = job.wrongOption(s)
	}
	// An error that is no reason is a fault or the end: it is not written into a cell.
	for _, v := range s.values {
		if s.err == nil && v.Err != nil && instances.WhyNot(v.Err) == "" {
			return fmt.Errorf("%s: %s: %w", s.task.Place, v.Scheme, v.Err)
		}
	}
	if s.err != nil {
		return job.reject(s)
	}
	for _, text := range s.task.Replaced {
		job.talk.Say("%s: %s", s.task.Place, text)
	}
	if s.task.Replaced != nil {
		job.replaced++
	}
	// A column for the sums would be long, and a line for each step too many.
	for _, sum := range s.task.Sums {
		job.talk.Say("%s: normalised: %s", s.task.Place, sum)
	}
	// The number in the file, so that steps left out leave a gap.
	record := []string{strconv.Itoa(s.number)}
	// One value for each column, those without one included.
	for j, v := range s.values {
		record = append(record, job.cell(s, v, job.means[j]))
	}
	// Only here: a bad step is counted among the bad ones.
	job.steps++
	job.off = rational.MaxRat(job.off, s.task.Off)
	job.talk.Update("%d steps, %d bad ones", job.steps, job.bad)
	return job.out.Write(record)
}

// wrongOption says which option does not fit the step, as -size for a step of fewer
// tokens.
func (job *stepsJob) wrongOption(s *step) error {
	for _, v := range s.values {
		// The first in the order of columns, so that the message is the same each time.
		var option *scheme.OptionError
		if errors.As(v.Err, &option) {
			return fmt.Errorf("%s: %w", s.task.Place, instances.SchemeError(v.Err))
		}
	}
	return nil
}

// cell prints one value and adds it to the mean, or says why there is none.
func (job *stepsJob) cell(s *step, v study.StepValue, mean *study.Mean) string {
	// A step without a value does not count for the mean of this column, and the others are not
	// touched by it.
	if v.Err != nil {
		job.talk.Say("%s: %s: %v", s.task.Place, v.Scheme, v.Err)
		why := instances.WhyNot(v.Err)
		// Told in the end, by the status: the mean is over fewer steps than it might be.
		if why == instances.ReasonUndecided {
			job.undecided++
		}
		return why
	}
	// Told all the same, and by the status, as by scheme.
	if v.Wide {
		job.talk.Say("%s: %s: the interval is wider than asked", s.task.Place, v.Scheme)
		job.undecided++
	}
	// A scheme with a parameter that it is not lossless with: refuted, as by scheme.
	if v.Lossy {
		job.talk.Say("%s: %s: not lossless, its output has another law than q", s.task.Place, v.Scheme)
		job.lossy++
	}
	job.variation = rational.MaxRat(job.variation, v.Variation)
	// Exactly, whatever is printed of it.
	mean.Add(v.Acceptance)
	if job.exact {
		return instances.Exactly(v.Acceptance)
	}
	return show.Certain(v.Acceptance, stepDigits)
}

// stepDigits are the decimals of a step, and of a mean, if they are known so far.
const stepDigits = 12

// summary prints the means, and how many steps each is over. Outcome is how the run ends, which the object tells.
func (job *stepsJob) summary(outcome error) error {
	// Once, and not at each of a million steps.
	if job.replaced > 0 {
		job.talk.Note("flags count in place of what %s; -v says where", show.Count(job.replaced, "step says", "steps say"))
	}
	if job.json {
		return job.summaryJSON(outcome)
	}
	// Each column has its own count: schemes may be undefined at some steps.
	means, counts := []string{"mean"}, []string{"steps"}
	for _, mean := range job.means {
		text := ""
		// A column without values has an empty mean, not a zero.
		if mean.Count() > 0 {
			text = show.Certain(mean.Value(), stepDigits)
		}
		means, counts = append(means, text), append(counts, strconv.Itoa(mean.Count()))
	}
	lines := [][]string{means, counts}
	// Numbers of an irrational law that look exact would be taken for it.
	if job.input.Sampling.Logits {
		lines = append(lines, job.softmaxLine())
	}
	if !job.tolerance.Value.IsZero() {
		lines = append(lines, job.variationLine())
	}
	for _, line := range lines {
		if err := job.out.Write(line); err != nil {
			return err
		}
	}
	return nil
}
