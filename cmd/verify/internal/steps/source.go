package steps

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"

	"pstar/cmd/verify/internal/input"
	"pstar/cmd/verify/internal/run"
	"pstar/theorems/multidraft/study"
)

// step is one step on its way: read, then worked out by one of the workers.
type step struct {
	number int
	// For the worker to call: what was read is parsed there.
	read  func() (*input.Raw, error)
	ready chan struct{} // closed once it is evaluated

	task   *input.Task
	values []study.StepValue
	err    error // why the step cannot be used
	fault  error // of the program
}

// parse makes the task of the step, or says in err why there is none.
func (s *step) parse(in *input.Flags) {
	// The first step was parsed before the workers began.
	if s.task != nil || s.err != nil {
		return
	}
	// Here, in the worker: numbers of a vocabulary take longer to parse than to read.
	raw, err := s.read()
	if err == nil {
		// The flags say what a line does not, and override it.
		in.OverrideModel(raw)
		if s.task, err = raw.Task(in); err != nil {
			err = fmt.Errorf("%s: %w", raw.Place, err)
		}
	}
	s.err = err
}

// evaluate works the step out: its values, one for each column, or why it cannot be used.
func (s *step) evaluate(ctx context.Context, job *stepsJob) {
	s.parse(job.input)
	if s.err != nil {
		return
	}
	// The schemes among the columns.
	names := job.names
	if job.rule != nil {
		names = names[:len(names)-1] // the last column is that of the rule
	}
	if s.values, s.err = study.EvaluateStep(ctx, s.task.Instance, names, job.options); s.err == nil && job.rule != nil {
		s.values = append(s.values, job.ruleValue(ctx, s.task.Instance))
	}
}

// stepSource reads steps one after another; nil is the end. An end that comes too
// early is one more step, a bad one.
type stepSource interface {
	next() *step
	close()
}

// open opens the file of lines, or the pair of arrays.
// The error is bad usage or input.
func (job *stepsJob) open(path string) (stepSource, error) {
	switch {
	// One source of steps: a file beside arrays would leave it open which of them counts.
	case path != "" && (len(job.input.P) > 0 || job.input.Q != ""):
		return nil, run.UsageErrorf("-p and -q are arrays in place of a file")
	case path != "":
		if err := input.RefuseArray(path); err != nil {
			return nil, err
		}
		in, err := job.Call.Open(path)
		if err != nil {
			return nil, err
		}
		return newLineSource(in.Name, in), nil
	// Vectors of numbers are one step: pstar and scheme are for those.
	case len(job.input.P) != 1 || !input.IsArray(job.input.P[0]) || !input.IsArray(job.input.Q):
		return nil, run.UsageErrorf("expected a file of steps, or -p P.npy -q Q.npy")
	}
	a, err := openArrays(job.Call, job.input)
	if err != nil {
		return nil, err
	}
	return a, nil
}

// maxLine is the longest line of a file of steps, in bytes: a vocabulary of a
// million tokens fits.
const maxLine = 1 << 26

// lineSource reads JSON Lines.
type lineSource struct {
	name   string
	file   io.ReadCloser
	r      *bufio.Reader
	limit  int // of a line: maxLine
	number int
	// The last line has been read.
	ended bool
}

// newLineSource reads lines; the name is for messages.
func newLineSource(name string, file io.ReadCloser) *lineSource {
	return &lineSource{name: name, file: file, r: input.NewText(file), limit: maxLine}
}

// close closes the file.
func (l *lineSource) close() { l.file.Close() }

// next skips empty lines. The line is parsed later, by a worker.
// A line that cannot be read is a bad step: only the end of the file is an end.
func (l *lineSource) next() *step {
	for !l.ended {
		// Read here, in the order of the file; only one goroutine calls this.
		line, err := l.line()
		number := l.number
		place := fmt.Sprintf("%s:%d", l.name, number)
		switch {
		case err != nil:
			return &step{number: number, err: fmt.Errorf("%s: %w", place, err)}
		// Blank lines are no steps, and have a number all the same.
		case len(line) == 0:
			continue
		}
		// Parsing takes longer than reading: it is left to the worker, which calls this.
		return &step{number: number, read: func() (*input.Raw, error) {
			raw, err := input.ParseJSON(l.name, number, bytes.NewReader(line))
			raw.Place = place
			return raw, err
		}}
	}
	return nil
}

// line reads the next line, without the spaces around it. Of a line that is too long
// nothing is kept, and the next one can be read.
func (l *lineSource) line() ([]byte, error) {
	l.number++
	// Of its own memory: a worker parses it while the next line is read.
	var line []byte
	for length := 0; ; {
		part, err := l.r.ReadSlice('\n')
		// The rest of a line that is too long is read and dropped, up to its end.
		if length += len(part); length <= l.limit {
			line = append(line, part...)
		}
		// The line is longer than the buffer: its next part follows.
		if errors.Is(err, bufio.ErrBufferFull) {
			continue
		}
		// The end of the file, whose last line need not have an end of its own.
		l.ended = err != nil
		switch {
		case err != nil && !errors.Is(err, io.EOF):
			return nil, run.Reason(err)
		// A bad step like any other: the next line can be read.
		case length > l.limit:
			return nil, fmt.Errorf("the line has %d bytes, want at most %d", length, l.limit)
		}
		return bytes.TrimSpace(line), nil
	}
}

// arraySource reads two arrays row by row. An array for p of three dimensions has the rows
// of several drafts at each step.
type arraySource struct {
	p, q   *input.Array
	drafts int // rows of p at each step
	// Rows may have any numbers then, of which the softmax is taken.
	logits bool
	number int
	ended  bool
	last   int // the row after which the source ends; 0: the end of the files, which is looked at
}

// openArrays opens both arrays. The error is bad input: files that are none, or whose shapes do not fit.
func openArrays(c *run.Call, in *input.Flags) (*arraySource, error) {
	// One draft for each step, unless p has a dimension more.
	a := &arraySource{drafts: 1, logits: in.Sampling.Logits}
	var err error
	if a.p, err = input.OpenArray(c, in.P[0]); err != nil {
		return nil, err
	}
	if a.q, err = input.OpenArray(c, in.Q); err != nil {
		a.close()
		return nil, err
	}
	// Step, draft, token.
	if len(a.p.Shape) == 3 {
		a.drafts = a.p.Shape[1]
	}
	// Rows are paired by their number, so the shapes must agree before the first is read.
	// No draft at all is no step.
	if a.drafts == 0 || len(a.q.Shape) > 2 || a.p.Rows != a.q.Rows*a.drafts || a.p.Columns != a.q.Columns {
		a.close()
		return nil, run.UsageErrorf("%s has the shape %v, %s has %v: want one row of each, or one row and several drafts, for each step", a.p.Name, a.p.Shape, a.q.Name, a.q.Shape)
	}
	return a, nil
}

// close closes what is open.
func (a *arraySource) close() {
	for _, x := range []*input.Array{a.p, a.q} {
		// Nil if opening it failed.
		if x != nil {
			x.Close()
		}
	}
}

// next reads the rows of one step. A row with a number that is no probability
// is a bad step, and so is the place where a file is cut off, which is the end.
func (a *arraySource) next() *step {
	if a.ended || a.last > 0 && a.number == a.last {
		return nil
	}
	// One row of q, and one of p for each draft, whatever is wrong with one of them: rows stay in step.
	q, errQ := input.NextVector(a.q.Reader, a.logits)
	faults := []error{errQ}
	var p []input.Vector
	for range a.drafts {
		row, err := input.NextVector(a.p.Reader, a.logits)
		p, faults = append(p, row), append(faults, err)
	}
	// Until one of the rows is there.
	a.ended = true
	for _, err := range faults {
		// All at their end: that is where the steps end. One alone at its end is a bad step.
		a.ended = a.ended && errors.Is(err, io.EOF)
	}
	if a.ended {
		return nil
	}
	a.number++
	s := &step{number: a.number}
	// A row that can be read and is no law spoils one step; whatever else is wrong with a file
	// spoils all that follow, as nobody knows where the next row begins.
	for _, err := range faults {
		var bad *input.RowError
		a.ended = a.ended || err != nil && !errors.As(err, &bad)
		if err != nil && !errors.Is(err, io.EOF) {
			s.err = err
		}
	}
	// Not called of a step that has an error already.
	s.read = func() (*input.Raw, error) {
		return &input.Raw{P: p, Q: &q, Place: fmt.Sprintf("%s, %s: row %d", a.p.Name, a.q.Name, s.number)}, nil
	}
	return s
}
