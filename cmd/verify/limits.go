package main

import (
	"context"
	"fmt"
	"os"
	"os/signal"
	"runtime/debug"
	"runtime/metrics"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// limits are the flags with which a user bounds a run.
type limits struct {
	call    *call
	timeout time.Duration
	memory  byteSize
}

func (f *flagSet) limits() *limits {
	l := &limits{call: f.call}
	f.Var((*timeLimit)(&l.timeout), "timeout", "stop in order after this `duration`, such as 30s or 2h (0: no limit)")
	f.Var(&l.memory, "max-mem", "stop in order when this much memory is in use: `size` such as 512M or 4G (0: no limit)")
	return l
}

// context returns a context that ends, with a cause that says why, at the
// limits and on an interrupt or termination signal. A second signal ends the
// process at once. From then on the call reads its input only while the context
// lasts: commands make it before they read.
func (l *limits) context() (context.Context, context.CancelFunc) {
	ctx, cancel := context.WithCancelCause(context.Background())
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, os.Interrupt, syscall.SIGTERM)
	done := ctx.Done()
	go func() {
		select {
		case <-signals:
			signal.Stop(signals)
			cancel(errInterrupted)
		case <-done:
		}
	}()
	stopTimer := func() {}
	if l.timeout > 0 {
		ctx, stopTimer = context.WithTimeoutCause(ctx, l.timeout,
			&limitError{fmt.Sprintf("time limit of %v reached", l.timeout)})
	}
	if l.memory > 0 {
		go l.watchMemory(ctx, cancel)
	}
	l.call.ctx = ctx
	return ctx, func() {
		signal.Stop(signals)
		stopTimer()
		cancel(nil)
	}
}

// watchMemory ends the context when more memory is in use than allowed. The
// collector is told of the limit too, so that garbage does not count.
func (l *limits) watchMemory(ctx context.Context, cancel context.CancelCauseFunc) {
	previous := debug.SetMemoryLimit(int64(l.memory))
	defer debug.SetMemoryLimit(previous)
	for {
		if inUse() > uint64(l.memory) {
			cancel(&limitError{fmt.Sprintf("memory limit of %v reached", l.memory)})
			return
		}
		select {
		case <-ctx.Done():
			return
		case <-time.After(20 * time.Millisecond):
		}
	}
}

// inUse returns the memory that the process holds.
func inUse() uint64 {
	samples := []metrics.Sample{
		{Name: "/memory/classes/total:bytes"},
		{Name: "/memory/classes/heap/released:bytes"},
	}
	metrics.Read(samples)
	return samples[0].Value.Uint64() - samples[1].Value.Uint64()
}

// timeLimit is a duration that is not negative.
type timeLimit time.Duration

// String implements flag.Value.
func (t *timeLimit) String() string { return time.Duration(*t).String() }

// Set implements flag.Value.
func (t *timeLimit) Set(s string) error {
	d, err := time.ParseDuration(s)
	if err != nil || d < 0 {
		return fmt.Errorf("expected a duration such as 30s or 2h")
	}
	*t = timeLimit(d)
	return nil
}

// byteSize is a number of bytes, written with an optional K, M, G or T (powers
// of 1024, with or without a B).
type byteSize int64

const byteUnits = "KMGT"

// Set reads a size; it implements flag.Value.
func (b *byteSize) Set(s string) error {
	number := strings.TrimSuffix(strings.TrimSuffix(strings.ToUpper(s), "B"), "I")
	shift := 0
	if i := strings.IndexAny(number, byteUnits); i >= 0 && i == len(number)-1 {
		shift = 10 * (1 + strings.IndexByte(byteUnits, number[i]))
		number = number[:i]
	}
	n, err := strconv.ParseInt(number, 10, 64)
	if err != nil || n < 0 || n > 1<<62>>shift {
		return fmt.Errorf("expected a size such as 512M or 4G")
	}
	*b = byteSize(n << shift)
	return nil
}

// String writes the size in the largest unit that fits; it implements
// flag.Value.
func (b byteSize) String() string {
	unit := 0
	for b > 0 && b%1024 == 0 && unit < len(byteUnits) {
		b /= 1024
		unit++
	}
	return strconv.FormatInt(int64(b), 10) + strings.TrimSpace((" " + byteUnits)[unit:unit+1])
}
