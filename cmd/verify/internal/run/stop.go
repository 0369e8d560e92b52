package run

import (
	"context"
	"os"
	"os/signal"
	"sync"
	"syscall"
	"time"

	"pstar/internal/crew"
)

// grace is how long a command may take to end in order once its context has ended.
// What it found until then it can print; after that it is given up.
const grace = 500 * time.Millisecond

// supervise runs a command to its end or until it is given up: when it has not ended
// within the grace, when a second signal comes, or when it takes far more memory than
// allowed. Then its goroutines are left to themselves, nothing that they write arrives
// any more, and their temporary files are removed.
func (c *Call) supervise(f func() error) error {
	// With room for one, so that a command that was given up can still end.
	done := make(chan error, 1)
	go func() {
		var err error
		if fault := crew.Try(func() { err = f() }); fault != nil {
			err = fault // an engine panics when a check of its own answer fails
		}
		done <- err
	}()
	select {
	case err := <-done:
		return err
	// The goroutine is still there and may hold locks, so it is not waited for: what it writes
	// from now on goes nowhere, and the process ends.
	case cause := <-c.overdue:
		c.Stdout.closed.Store(true)
		c.file.closed.Store(true)
		c.Stderr.closed.Store(true)
		c.temps.giveUp()
		return cause
	}
}

// giveUp ends the command at once.
func (c *Call) giveUp(cause error) {
	select {
	case c.overdue <- cause:
	default: // it is given up already, or nobody supervises it
	}
}

// Signals catches interrupts and termination signals from now on. What calls it first misses none, of which the system would
// otherwise make the end of the process, without a word of what was asked.
func Signals() chan os.Signal {
	// Two, since signals that find no room are lost.
	signals := make(chan os.Signal, 2)
	signal.Notify(signals, os.Interrupt, syscall.SIGTERM)
	return signals
}

// heed is what a call knows of signals.
type heed struct {
	interrupted chan struct{} // closed by the first one
	stop        func()        // from then on a signal ends the process in the usual way
}

// Heeding makes the call end in order with the first of the signals, whether its context is made by then or not, and at once with the next
// one, or after the grace. It returns the call.
func (c *Call) Heeding(signals chan os.Signal) *Call {
	over := make(chan struct{})
	c.heed = &heed{interrupted: make(chan struct{}), stop: sync.OnceFunc(func() {
		signal.Stop(signals)
		close(over)
	})}
	go func() {
		select {
		case <-signals:
			close(c.heed.interrupted) // ends the context, now or as soon as it is made
		case <-over:
			return
		}
		// Then the end at once: who interrupts twice does not want to wait.
		select {
		case <-signals:
		case <-time.After(grace):
		case <-over:
			return
		}
		c.giveUp(ErrInterrupted)
	}()
	return c
}

// watchSignals ends the context with the first interrupt or termination signal, and
// gives the command up with one that comes after another end, or after the grace, unless it is over.
func (c *Call) watchSignals(ctx context.Context, cancel context.CancelCauseFunc, over <-chan struct{}) (stop func()) {
	stop = func() {}
	// Of a call that did not heed signals from its start.
	if c.heed == nil {
		stop = c.Heeding(Signals()).heed.stop
	}
	interrupted := c.heed.interrupted
	select {
	case <-interrupted:
		cancel(ErrInterrupted) // nothing is begun
	default:
	}
	go func() {
		// First the end in order, by whatever comes first.
		select {
		case <-interrupted:
			cancel(ErrInterrupted)
			return // what follows is the matter of who heeds signals
		case <-ctx.Done():
		case <-over:
			return
		}
		select {
		case <-interrupted:
			c.giveUp(ErrInterrupted)
		case <-time.After(grace):
			c.giveUp(context.Cause(ctx))
		case <-over:
		}
	}()
	return stop
}
