package campaign

import (
	"context"
	"errors"
	"os"
	"runtime"
	"time"

	"pstar/certificate"
	"pstar/cmd/verify/internal/build"
	"pstar/cmd/verify/internal/run"
)

// poll is how often it is looked whether others have finished a task.
const poll = 100 * time.Millisecond

// tried is a task that this run could not finish.
type tried struct {
	result *Result
	err    error
}

// shared is Each with a folder.
func (r *Run) shared(ctx context.Context, take func(t *Task, result *Result, err error)) error {
	claims := newClaims(r.folder.dir, r.flags.lease)
	s := &sharing{Run: r, claims: claims, left: map[int]tried{}, finished: map[int]bool{}}
	next, missing := 0, false // of the tasks, to hand out
	handOut := func() {
		for ; next < len(r.mine); next++ {
			i := r.mine[next]
			failed, isLeft := s.left[i]
			switch {
			case isLeft:
				take(&r.tasks[i], failed.result, failed.err)
			case s.has(i):
				s.hand(i, take)
			case ctx.Err() == nil:
				return
			default:
				missing = true
			}
		}
	}
	for handOut(); next < len(r.mine) && ctx.Err() == nil; handOut() {
		if !s.one(ctx) {
			select {
			case <-ctx.Done():
			case <-time.After(poll):
			}
		}
	}
	handOut()
	claims.clear(r.folder.has)
	if missing {
		return context.Cause(ctx)
	}
	return nil
}

// sharing is the state of a run with a folder.
type sharing struct {
	*Run
	claims   *claims
	left     map[int]tried
	finished map[int]bool // known to be
}

// has reports whether a task is finished; one that was stopped at a shorter limit than
// that of this run is not.
func (s *sharing) has(i int) bool {
	if s.finished[i] {
		return true
	}
	name := s.tasks[i].Name
	if !s.folder.has(name) {
		return false
	}
	result, err := s.folder.read(name)
	if err != nil {
		// Whatever has happened to the file, the task can be done again.
		s.talk.Note("%s: %v; it is done again", certificate.FileName(s.folder.done(name)), run.Reason(err))
		os.Remove(s.folder.done(name))
		return false
	}
	limit := s.flags.perTask
	s.finished[i] = result.Stopped == "" || limit > 0 && limit <= result.After
	if s.finished[i] {
		s.pace.done(i)
	}
	return s.finished[i]
}

// hand hands out a finished task.
func (s *sharing) hand(i int, take func(t *Task, result *Result, err error)) {
	s.talk.Clear()
	result, err := s.folder.read(s.tasks[i].Name)
	switch {
	case err != nil:
		take(&s.tasks[i], nil, run.UsageErrorf("cannot read %s: %v", certificate.FileName(s.folder.done(s.tasks[i].Name)), err))
		return
	case result.Stopped != "":
		err = &run.LimitError{Text: result.Stopped}
	}
	take(&s.tasks[i], s.folder.copied(s.call, result), err)
}

// one does a task that is not finished and that nobody works on, and reports whether there
// was one.
func (s *sharing) one(ctx context.Context) bool {
	for _, i := range s.mine {
		if _, isLeft := s.left[i]; isLeft || s.has(i) {
			continue
		}
		mine, err := s.claims.take(s.tasks[i].Name)
		if err != nil {
			s.left[i] = tried{nil, err}
			return true
		}
		if mine == nil {
			continue
		}
		defer mine.release()
		if s.has(i) { // in the meantime
			return true
		}
		s.finish(ctx, i)
		return true
	}
	s.pace.wait(s.claims)
	return false
}

// finish does a task and keeps it.
func (s *sharing) finish(ctx context.Context, i int) {
	s.pace.begin(i)
	m := &Measure{Started: time.Now().UTC().Round(time.Second), Go: runtime.Version()}
	m.Host, _ = os.Hostname()
	m.Version, _ = build.Version()
	begun, before := time.Now(), run.ProcessorTime()
	result, err := s.do(ctx, i)
	var limit *run.LimitError
	open := err == nil || errors.As(err, &limit) && result != nil && result.Stopped != ""
	if ctx.Err() != nil || result == nil || !open {
		s.left[i] = tried{result, err}
		return
	}
	result.Run = m
	m.Milliseconds, m.Processor = time.Since(begun).Milliseconds(), (run.ProcessorTime() - before).Milliseconds()
	m.Memory = run.InUse() >> 20
	if err := s.folder.keep(s.call, s.tasks[i].Name, result); err != nil {
		s.left[i] = tried{result, err}
	}
}
