package main

import (
	"context"
	"encoding/csv"
	"fmt"
	"runtime"
	"strconv"
	"strings"

	"pstar/rational"
	"pstar/theorems/multidraft"
)

var stepsCommand = command{
	name:    "steps",
	usage:   "[FILE]",
	summary: "gives per-step and mean acceptance of every scheme over a sequence of steps",
	long: `Evaluates every scheme at every step of a sequence, exactly, and prints CSV: one line
for each step, then the mean. A step is a pair (p, q). FILE has one JSON object on each
line, {"p": [...], "q": [...]}, with "k" and "model" if the flags -k and -drafts do not say;
"-" is standard input. Or -p P.npy -q Q.npy are arrays with one row for each step.

The file is read as a stream: memory does not grow with the number of steps. Steps are
evaluated in parallel and printed in order. A bad line is reported on standard error with
its number and the rest goes on, with exit status 2 in the end; -strict stops at it. A scheme
that a step is too large for has an empty field there; the last two lines say over how many
steps each mean is. Means are rounded at the 30th digit at worst.`,
}

func init() { stepsCommand.run = runSteps }

type stepsJob struct {
	*call
	input   *inputFlags
	schemes string
	exact   bool
	strict  bool
	workers int
	options multidraft.SchemeOptions
	limits  *limits
	talk    *talk

	names []string           // of the columns, once the first step is known
	means []*multidraft.Mean // parallel to names
	steps int
	bad   int
	out   *csv.Writer
}

func runSteps(c *call, args []string) error {
	job := &stepsJob{call: c, out: csv.NewWriter(c.stdout)}
	f := c.flags()
	job.input = f.input()
	f.StringVar(&job.schemes, "schemes", "", "`schemes` separated by commas, optimal for P* (default all that are defined for the first step)")
	f.BoolVar(&job.exact, "exact", false, "print fractions in place of decimals")
	f.BoolVar(&job.strict, "strict", false, "stop at the first bad line")
	f.IntVar(&job.workers, "j", 0, "`number` of steps at a time (0: one for each processor); the result does not depend on it")
	f.IntVar(&job.options.Size, "size", 0, "`size` of Ω_1 in the truncated programs (0: 5, or n if that is less)")
	f.IntVar(&job.options.Top, "top", 0, "`number` of likeliest tokens in Ω_0 (0: 5)")
	job.limits = f.limits()
	job.talk = f.instanceTalk()
	files, err := f.parse(args)
	if err != nil {
		return err
	}
	if err := job.validate(files); err != nil {
		return err
	}
	ctx, stop := job.limits.context()
	defer stop()
	source, err := job.open(strings.Join(files, ""))
	if err != nil {
		return err
	}
	defer source.close()
	err = job.stream(ctx, source)
	job.talk.clear()
	if err != nil {
		job.out.Flush()
		return ended(ctx, err)
	}
	return job.finish()
}

func (job *stepsJob) validate(files []string) error {
	if job.workers < 0 {
		return usageErrorf("-j %d: expected a number of workers, or 0", job.workers)
	}
	if job.workers == 0 {
		job.workers = runtime.GOMAXPROCS(0)
	}
	if len(files) > 1 {
		return usageErrorf("unexpected argument %q", files[1])
	}
	if job.schemes == "" {
		return nil
	}
	for _, name := range strings.Split(job.schemes, ",") {
		if name != multidraft.CurveOptimal {
			if _, err := multidraft.LookupScheme(name); err != nil {
				return usageErrorf("-schemes: %v", err)
			}
		}
		job.setColumns(append(job.names, name))
	}
	return nil
}

func (job *stepsJob) setColumns(names []string) {
	job.names = names
	job.means = make([]*multidraft.Mean, len(names))
	for j := range job.means {
		job.means[j] = &multidraft.Mean{}
	}
}

// columns chooses the schemes that are defined for the first good step.
func (job *stepsJob) columns(s *multidraft.Setting) {
	if job.names != nil {
		return
	}
	names := []string{multidraft.CurveOptimal}
	for _, scheme := range multidraft.Schemes() {
		if scheme.Applies(s) == nil {
			names = append(names, scheme.Name)
		}
	}
	job.setColumns(names)
}

// stream runs the steps through the workers and takes the results in order: at
// most a few steps for each worker are in memory. The first good step, which
// says what the columns are, is found before the workers start.
func (job *stepsJob) stream(ctx context.Context, source stepSource) error {
	first, err := job.firstStep(source)
	if first == nil {
		return err
	}
	job.columns(first.task.setting)
	if err := job.out.Write(append([]string{"step"}, job.names...)); err != nil {
		return err
	}
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	ordered := make(chan *step, 2*job.workers)
	work := make(chan *step)
	var readError error
	go func() {
		defer close(ordered)
		defer close(work)
		readError = readSteps(ctx, first, source, ordered, work)
	}()
	for range job.workers {
		go func() {
			for s := range work {
				s.evaluate(ctx, job)
				close(s.ready)
			}
		}()
	}
	for s := range ordered {
		<-s.ready
		if err := ctx.Err(); err != nil {
			return err
		}
		if err := job.take(s); err != nil {
			return err
		}
	}
	return readError
}

// firstStep reads up to the first step that can be used, and reports the bad
// ones before it.
func (job *stepsJob) firstStep(source stepSource) (*step, error) {
	for {
		s, err := source.next()
		if s == nil {
			return nil, err
		}
		s.parse(job.input)
		if s.err == nil {
			return s, nil
		}
		if err := job.reject(s); err != nil {
			return nil, err
		}
	}
}

// readSteps hands the steps out, in order and to the workers.
func readSteps(ctx context.Context, s *step, source stepSource, ordered, work chan<- *step) (err error) {
	for ; s != nil; s, err = source.next() {
		s.ready = make(chan struct{})
		select {
		case ordered <- s:
		case <-ctx.Done():
			return ctx.Err()
		}
		select {
		case work <- s:
		case <-ctx.Done():
			close(s.ready)
			return ctx.Err()
		}
	}
	return err
}

// reject reports a bad step; with -strict it ends the run.
func (job *stepsJob) reject(s *step) error {
	job.bad++
	job.talk.clear()
	if job.strict {
		return usageErrorf("%v", s.err)
	}
	fmt.Fprintf(job.stderr, "verify: %v\n", s.err)
	return nil
}

// take prints one step and adds it to the means.
func (job *stepsJob) take(s *step) error {
	if s.err != nil {
		return job.reject(s)
	}
	record := []string{strconv.Itoa(s.number)}
	for j, v := range s.values {
		record = append(record, job.cell(v, job.means[j]))
	}
	job.steps++
	job.talk.update("%d steps, %d bad lines", job.steps, job.bad)
	return job.out.Write(record)
}

// cell prints one value and adds it to the mean; empty if there is none.
func (job *stepsJob) cell(v multidraft.StepValue, mean *multidraft.Mean) string {
	switch {
	case v.Err != nil:
		job.talk.say("%s: %v", v.Scheme, v.Err)
		return ""
	case job.exact && v.Acceptance.Exact():
		mean.Add(v.Acceptance)
		return v.Acceptance.Lower.String()
	}
	mean.Add(v.Acceptance)
	return v.Acceptance.Lower.Decimal(stepDigits)
}

// stepDigits are the decimals of a step.
const stepDigits = 12

// finish prints the means, and how many steps each is over.
func (job *stepsJob) finish() error {
	if job.steps == 0 {
		return usageErrorf("no step could be read")
	}
	means, counts := []string{"mean"}, []string{"steps"}
	for _, mean := range job.means {
		text := ""
		if mean.Count() > 0 {
			text = middle(mean.Value()).Decimal(stepDigits)
		}
		means, counts = append(means, text), append(counts, strconv.Itoa(mean.Count()))
	}
	if err := job.out.WriteAll([][]string{means, counts}); err != nil {
		return err
	}
	if job.bad > 0 {
		return usageErrorf("%d of %d lines could not be read", job.bad, job.bad+job.steps)
	}
	return nil
}

func middle(e multidraft.Enclosure) rational.Rat {
	return e.Lower.Add(e.Upper).Mul(rational.NewRat(1, 2))
}
