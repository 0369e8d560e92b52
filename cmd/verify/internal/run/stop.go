package run

import (
	"context"
	"os"
	"os/signal"
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

// watchSignals ends the context with the first interrupt or termination signal, and
// gives the command up with the next one, or after the grace, unless it is over.
func (c *Call) watchSignals(ctx context.Context, cancel context.CancelCauseFunc, over <-chan struct{}) (stop func()) {
	// Two, since signals that find no room are lost.
	signals := make(chan os.Signal, 2)
	signal.Notify(signals, os.Interrupt, syscall.SIGTERM)
	go func() {
		// First the end in order, by whatever comes first.
		select {
		case <-signals:
			cancel(ErrInterrupted)
		case <-ctx.Done():
		case <-over:
			return
		}
		// Then the end at once: who interrupts twice does not want to wait.
		select {
		case <-signals:
			c.giveUp(ErrInterrupted)
		case <-time.After(grace):
			c.giveUp(context.Cause(ctx))
		case <-over:
		}
	}()
	// From then on a signal ends the process in the usual way.
	return func() { signal.Stop(signals) }
}
