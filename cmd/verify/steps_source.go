package main

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"strings"

	"pstar/theorems/multidraft"
)

// step is one step on its way: read, then worked out by one of the workers.
type step struct {
	number int
	read   func() (*rawInput, error)
	ready  chan struct{} // closed once it is evaluated

	task   *task
	values []multidraft.StepValue
	err    error // why the step cannot be used
}

// parse makes the task of the step, or says in err why there is none.
func (s *step) parse(in *inputFlags) {
	if s.task != nil || s.err != nil {
		return
	}
	raw, err := s.read()
	if err == nil {
		in.overrideModel(raw)
		if s.task, err = raw.task(in.normalize); err != nil {
			err = fmt.Errorf("%s: %w", raw.place, err)
		}
	}
	s.err = err
}

func (s *step) evaluate(ctx context.Context, job *stepsJob) {
	s.parse(job.input)
	if s.err == nil {
		s.values, s.err = multidraft.EvaluateStep(ctx, s.task.setting, job.names, job.options)
	}
}

// stepSource reads steps one after another; a nil step is the end, with an error
// if it came too early.
type stepSource interface {
	next() (*step, error)
	close()
}

// open opens the file of lines, or the pair of arrays.
func (job *stepsJob) open(path string) (stepSource, error) {
	isArray := func(name string) bool { return strings.EqualFold(filepath.Ext(name), ".npy") }
	switch {
	case path != "" && (len(job.input.p) > 0 || job.input.q != ""):
		return nil, usageErrorf("-p and -q are arrays in place of a file")
	case path != "":
		in, err := job.call.open(path)
		if err != nil {
			return nil, err
		}
		return newLineSource(in.name, in), nil
	case len(job.input.p) != 1 || !isArray(job.input.p[0]) || !isArray(job.input.q):
		return nil, usageErrorf("expected a file of steps, or -p P.npy -q Q.npy")
	}
	return openArrays(job.call, job.input.p[0], job.input.q)
}

// maxLine is the longest line of a file of steps.
const maxLine = 1 << 26

// lineSource reads JSON Lines.
type lineSource struct {
	name   string
	file   io.ReadCloser
	lines  *bufio.Scanner
	number int
}

func newLineSource(name string, file io.ReadCloser) *lineSource {
	lines := bufio.NewScanner(file)
	lines.Buffer(make([]byte, 1<<16), maxLine)
	return &lineSource{name: name, file: file, lines: lines}
}

func (l *lineSource) close() { l.file.Close() }

// next skips empty lines. The line is parsed later, by a worker.
func (l *lineSource) next() (*step, error) {
	for l.lines.Scan() {
		l.number++
		line := bytes.TrimSpace(l.lines.Bytes())
		if len(line) == 0 {
			continue
		}
		line = bytes.Clone(line) // the scanner reuses its buffer
		number := l.number
		return &step{number: number, read: func() (*rawInput, error) {
			raw, err := parseJSON(l.name, number, line)
			raw.place = fmt.Sprintf("%s:%d", l.name, number)
			return raw, err
		}}, nil
	}
	err := l.lines.Err()
	if errors.Is(err, bufio.ErrTooLong) {
		err = fmt.Errorf("the line is longer than %d bytes", maxLine)
	}
	if err != nil {
		return nil, usageErrorf("%s:%d: %v", l.name, l.number+1, err)
	}
	return nil, nil
}

// arraySource reads two arrays row by row.
type arraySource struct {
	files  [2]*source
	p, q   *npyReader
	number int
}

func openArrays(c *call, p, q string) (stepSource, error) {
	a := &arraySource{}
	for j, path := range []string{p, q} {
		file, err := c.openFile(path)
		if err != nil {
			a.close()
			return nil, err
		}
		a.files[j] = file
		n, err := newNPYReader(path, file)
		if err != nil {
			a.close()
			return nil, ended(file.ctx, usageErrorf("%v", err))
		}
		if j == 0 {
			a.p = n
		} else {
			a.q = n
		}
	}
	if a.p.rows != a.q.rows || a.p.cols != a.q.cols {
		a.close()
		return nil, usageErrorf("%s has %d rows of %d numbers, %s has %d of %d", p, a.p.rows, a.p.cols, q, a.q.rows, a.q.cols)
	}
	return a, nil
}

func (a *arraySource) close() {
	for _, file := range a.files {
		if file != nil {
			file.Close()
		}
	}
}

// next reads one row of each array. A row with a number that is no probability
// is a bad step; a file that is cut off is the end.
func (a *arraySource) next() (*step, error) {
	p, errP := a.p.next()
	q, errQ := a.q.next()
	if errors.Is(errP, io.EOF) && errors.Is(errQ, io.EOF) {
		return nil, nil
	}
	a.number++
	s := &step{number: a.number}
	for _, err := range []error{errP, errQ} {
		var bad *rowError
		switch {
		case errors.As(err, &bad):
			s.err = err
		case err != nil:
			return nil, usageErrorf("%v", err)
		}
	}
	s.read = func() (*rawInput, error) {
		return &rawInput{p: []vector{p}, q: &q, place: fmt.Sprintf("row %d", s.number)}, nil
	}
	return s, nil
}
