package campaign

import (
	"context"
	"errors"
	"os"
	"runtime"
	"time"

	"pstar/certificate"
	"pstar/cmd/verify/internal/run"
	"pstar/internal/build"
)

// poll is how often it is looked whether others have finished a task. File systems that
// machines share tell nobody that something has changed.
const poll = 100 * time.Millisecond

// tried is a task that this run could not finish: at a limit, or for a fault. It is not tried
// again in this run, and nothing of it is kept, so that the next run does.
type tried struct {
	result *Result
	err    error
}

// shared is Each with a folder: tasks are done in whatever order they come free, by this
// worker and others, and handed out in their own. So all workers print the same.
func (r *Run) shared(ctx context.Context, take func(t *Task, result *Result, err error)) error {
	claims := newClaims(r.folder.dir, r.flags.lease)
	s := &sharing{Run: r, claims: claims, left: map[int]tried{}, finished: map[int]bool{}}
	next, missing := 0, false // of the tasks, to hand out
	// What is known of the tasks that come next goes out as soon as nothing is missing before
	// it. Once the time is up, all that is there goes out, and gaps are left.
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
	// After each task, and once more when nothing is left to do.
	for handOut(); next < len(r.mine) && ctx.Err() == nil; handOut() {
		// Nothing to do but to wait for others: they may finish, or be found to have ended.
		if !s.one(ctx) {
			select {
			case <-ctx.Done():
			case <-time.After(poll):
			}
		}
	}
	handOut()
	claims.clear(r.folder.settled)
	if missing {
		return context.Cause(ctx)
	}
	return nil
}

// sharing is the state of a run with a folder. It belongs to one goroutine; what several workers
// share is the folder, and nothing in memory. Tasks are numbers of the list of all.
type sharing struct {
	*Run
	claims   *claims
	left     map[int]tried // by this run, not finished
	finished map[int]bool  // known to be, so that the folder is not asked again
}

// has reports whether a task is finished, by whomever; one that was stopped at a shorter limit than
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
	// With no limit, or a longer one, it is worth another try; the same one would come to the
	// same, and a folder that is looked at must not change.
	limit := s.flags.perTask
	s.finished[i] = result.Stopped == "" || limit > 0 && limit <= result.After
	if s.finished[i] {
		s.pace.done(i)
	}
	return s.finished[i]
}

// hand hands out a finished task. It is read again: results of long runs need not all be in
// memory between being finished and being printed.
func (s *sharing) hand(i int, take func(t *Task, result *Result, err error)) {
	// Before a result is printed, or it would stand behind the line of progress.
	s.talk.Clear()
	result, err := s.folder.read(s.tasks[i].Name)
	switch {
	case err != nil:
		take(&s.tasks[i], nil, run.UsageErrorf("cannot read %s: %v", certificate.FileName(s.folder.done(s.tasks[i].Name)), err))
		return
	case result.Stopped != "": // the status of this run is that of the run that was stopped
		err = &run.LimitError{Text: result.Stopped}
	}
	take(&s.tasks[i], s.folder.copied(s.call, result), err)
}

// one does a task that is not finished and that nobody works on, and reports whether there
// was one. If there was none, others work on all that is left, or hold claims that have not
// run out yet.
func (s *sharing) one(ctx context.Context) bool {
	// Always from the first one: what others finish in the meantime is passed over quickly,
	// and what was given back is found.
	for _, i := range s.mine {
		if _, isLeft := s.left[i]; isLeft || s.has(i) {
			continue
		}
		mine, err := s.claims.take(s.tasks[i].Name)
		if err != nil { // a folder that cannot be written; the next task may have another fate
			s.left[i] = tried{nil, err}
			return true
		}
		if mine == nil { // somebody else has it
			continue
		}
		defer mine.release()
		// Between the first look and the claim its owner may have finished it and gone.
		if s.has(i) {
			return true
		}
		s.finish(ctx, i)
		return true
	}
	s.pace.wait(s.claims)
	return false
}

// finish does a task that is claimed, measures it, and keeps it. One that was stopped by its
// own limit is kept, too: others need not run into it again. One that was stopped because the
// whole run was is not, and nothing of it is left.
func (s *sharing) finish(ctx context.Context, i int) {
	s.pace.begin(i)
	// When and where, for the report; no result depends on it.
	m := &Measure{Started: time.Now().UTC().Round(time.Second), Go: runtime.Version()}
	m.Host, _ = os.Hostname()
	m.Version, _ = build.Version()
	// Processor time is of the whole process, which does one task at a time.
	begun, before := time.Now(), run.ProcessorTime()
	result, err := s.do(ctx, i)
	// open is whether it may be kept: a task that was done, or one that its own limit stopped.
	// Other errors, of input or of the program itself, must be met again by the next run.
	var limit *run.LimitError
	open := err == nil || errors.As(err, &limit) && result != nil && result.Stopped != ""
	if ctx.Err() != nil || result == nil || !open {
		s.left[i] = tried{result, err}
		return
	}
	// What was measured is apart from what was found, and no two runs need agree on it.
	result.Run = m
	m.Milliseconds, m.Processor = time.Since(begun).Milliseconds(), (run.ProcessorTime() - before).Milliseconds()
	m.Memory = run.InUse() >> 20
	// What could not be kept is told as an error of the task, with its result.
	if err := s.folder.keep(s.call, s.tasks[i].Name, result); err != nil {
		s.left[i] = tried{result, err}
	}
}
