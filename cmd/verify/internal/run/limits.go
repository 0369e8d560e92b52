package run

import (
	"context"
	"fmt"
	"runtime/debug"
	"runtime/metrics"
	"strconv"
	"strings"
	"time"
)

// Limits are the flags with which a user bounds a run. A run that reaches one ends in order: it
// prints what it has found, and its status says that something is undecided.
type Limits struct {
	flags   *FlagSet
	timeout time.Duration // 0 is no limit
	memory  byteSize      // 0 is no limit, if it was given
}

// Limits adds the flags -timeout and -max-mem.
func (f *FlagSet) Limits() *Limits {
	// The flags are kept, to ask whether a limit was given.
	l := &Limits{flags: f}
	f.Var((*timeLimit)(&l.timeout), "timeout", "stop in order after this `duration`, such as 30s or 2h (0: no limit)")
	f.Var(&l.memory, "max-mem", "stop in order when this much memory is in use: `size` such as 512M or 4G (0: no limit; without the flag half of what the machine, or the control group, has)")
	return l
}

// Context returns a context that ends, with a cause that says why, at the
// limits and on an interrupt or termination signal. A second signal ends the
// command at once, and so does a limit to which it does not answer. From then on
// the call reads its input only while the context lasts: commands make it before they
// read.
func (l *Limits) Context() context.Context {
	// The cause says why it ended: a limit, a signal, or nothing.
	ctx, cancel := context.WithCancelCause(context.Background())
	stopTimer := func() {}
	if l.timeout > 0 {
		ctx, stopTimer = context.WithTimeoutCause(ctx, l.timeout,
			&LimitError{fmt.Sprintf("time limit of %v reached", l.timeout)})
	}
	c := l.flags.call
	// Closed once.
	over := make(chan struct{}) // the command has ended, and nothing watches it any more
	stopSignals := c.watchSignals(ctx, cancel, over)
	if limit, cause := l.memoryLimit(); limit > 0 {
		// To say it now saves who gives a small limit from looking for what took so much.
		if use := InUse(); use > limit {
			cause.Text += fmt.Sprintf(": the program alone takes %d M", use>>20+1)
		}
		go watchMemory(limit, func() { cancel(cause) }, func() { c.giveUp(cause) }, over)
	}
	if c.Polled != nil {
		ctx = c.Polled(ctx, cancel)
	}
	// In this order: who watches must not take the end of the command for that of its time.
	c.ctx, c.stop = ctx, func() {
		close(over)
		stopSignals()
		stopTimer()
		cancel(nil)
	}
	return ctx
}

// TaskLimit returns a context that ends, for one task of several, after a time: not if it is
// 0. What an engine returns then is to be put through [Overrun].
func TaskLimit(ctx context.Context, limit time.Duration) (context.Context, context.CancelFunc) {
	// No limit of its own: the run's counts all the same.
	if limit <= 0 {
		return ctx, func() {}
	}
	return context.WithTimeoutCause(ctx, limit, &LimitError{fmt.Sprintf("limit of %v for a task reached", limit)})
}

// Overrun returns the cause of the end of a task's context in place of the error that it
// brought about, unless the whole run has ended: then that is why.
func Overrun(ctx, task context.Context, err error) error {
	// Of two limits that end at once that of the run counts: nothing is tried after it.
	if ctx.Err() != nil {
		return err
	}
	return ended(task, err)
}

// TimeLimitVar adds a flag that is a duration and not negative.
func (f *FlagSet) TimeLimitVar(d *time.Duration, name, usage string) {
	f.Var((*timeLimit)(d), name, usage)
}

// memoryLimit returns the limit, 0 for none, and what is to be said when it is reached.
func (l *Limits) memoryLimit() (limit uint64, cause *LimitError) {
	// 0 is no limit, as whoever writes it means.
	if l.flags.Given("max-mem") {
		return uint64(l.memory), &LimitError{fmt.Sprintf("memory limit of %v reached", l.memory)}
	}
	// Half, as another program may need as much; rounded down to 64 M, so that the message has
	// a number that people can read. 0 where the system does not say.
	half := machineMemory() / 2 &^ (64<<20 - 1)
	return half, &LimitError{fmt.Sprintf("memory limit of %v reached, half of the memory of this machine; -max-mem sets another", byteSize(half))}
}

// watchMemory calls reached when more memory is in use than allowed, and exceeded when
// that grows by an eighth, or by [leastMargin], which is for an end in order. The collector
// is told of both, so that garbage does not count. It returns when the command is over.
func watchMemory(limit uint64, reached, exceeded func(), over <-chan struct{}) {
	besides := max(InUse(), collected()) - collected() // of which the collector does not know
	tell := func(limit uint64) int64 { return debug.SetMemoryLimit(int64(max(limit, besides) - besides)) }
	defer debug.SetMemoryLimit(tell(limit))
	most := uint64(0) // beyond which the command is given up; 0 before it has been told to end
	for {
		// What the system counts, as limits of others do.
		use := InUse()
		if use > limit && most == 0 {
			most = use + max(limit/8, leastMargin)
			tell(most) // a collector at its limit would slow the end down
			reached()
		}
		if most > 0 && use > most {
			exceeded()
		}
		select {
		case <-over:
			return
		case <-time.After(untilNextLook(limit, use)):
		}
	}
}

const (
	// leastMargin is what a command may take, in bytes, to print what it has found.
	leastMargin = 16 << 20
	// memoryPoll is how often memory is looked at where the limit is near: in this time a program that
	// does nothing else takes some megabytes, which is within the margin.
	memoryPoll = 2 * time.Millisecond
	// takenAtMost is how many bytes a program may take in that time that does nothing else.
	takenAtMost = 16 << 20
)

// untilNextLook is in what time so much memory can be taken that the limit is reached, from memoryPoll
// to ten times that: looking at it costs a short run some per cent.
func untilNextLook(limit, use uint64) time.Duration {
	// 0 beyond the limit: the next look is soon.
	room := max(limit, use) - use
	return memoryPoll * time.Duration(min(max(room/takenAtMost, 1), 10))
}

// InUse returns the memory that the process holds, as the system counts it if it says so.
func InUse() uint64 {
	// The system does not say everywhere.
	if n := resident(); n > 0 {
		return n
	}
	return collected()
}

// collected returns the memory that the collector has taken and not given back: that of Go
// alone, without the program itself.
func collected() uint64 {
	// Less what was given back to the system, which is mapped, and in nobody's way.
	samples := []metrics.Sample{
		{Name: "/memory/classes/total:bytes"},
		{Name: "/memory/classes/heap/released:bytes"},
	}
	// Both at one moment.
	metrics.Read(samples)
	return samples[0].Value.Uint64() - samples[1].Value.Uint64()
}

// timeLimit is a duration that is not negative.
type timeLimit time.Duration

// String implements flag.Value.
func (t *timeLimit) String() string { return time.Duration(*t).String() }

// Set implements flag.Value.
func (t *timeLimit) Set(s string) error {
	// With its unit: a bare number would be nanoseconds to some and seconds to others.
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

// byteUnits are the units of sizes, each 1024 times the one before.
const byteUnits = "KMGT"

// Set reads a size; it implements flag.Value.
func (b *byteSize) Set(s string) error {
	// MiB, MB and M are the same here.
	number := strings.TrimSuffix(strings.TrimSuffix(strings.ToUpper(s), "B"), "I")
	// Bytes, unless a unit follows.
	shift := 0
	if i := strings.IndexAny(number, byteUnits); i >= 0 && i == len(number)-1 {
		shift = 10 * (1 + strings.IndexByte(byteUnits, number[i]))
		number = number[:i]
	}
	n, err := strconv.ParseInt(number, 10, 64)
	// The bound keeps the shift below from overflowing.
	if err != nil || n < 0 || n > 1<<62>>shift {
		return fmt.Errorf("expected a size such as 512M or 4G")
	}
	*b = byteSize(n << shift)
	return nil
}

// String writes the size in the largest unit that fits; it implements
// flag.Value.
func (b byteSize) String() string {
	// Whole units only, so that nothing is rounded.
	unit := 0
	for b > 0 && b%1024 == 0 && unit < len(byteUnits) {
		b /= 1024
		unit++
	}
	return strconv.FormatInt(int64(b), 10) + strings.TrimSpace((" " + byteUnits)[unit:unit+1])
}
