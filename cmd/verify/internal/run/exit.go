package run

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"pstar/theorems"
)

// Exit statuses. exitStatus is the one place where results become statuses.
const (
	ExitVerified    = 0
	ExitRefuted     = 1
	ExitUsage       = 2
	ExitUndecided   = 3
	ExitFault       = 4
	ExitInterrupted = 130
)

// exitText says what statuses mean, in lines that fit a screen.
const exitText = `Exit status: 0 verified or valid; 1 refuted or invalid; 2 bad usage or input, or
an output that cannot be written; 3 undecided within the limits given; 4 the
program found itself at fault; 130 interrupted. Of several, the first of 130, 4,
1, 2, 3.
`

// Results and causes that end a command with a status of their own. Those that
// the output has already told carry no message.
var (
	ErrRefuted     = errors.New("") // a claim is false or a certificate invalid, as printed
	ErrUndecided   = errors.New("") // something is undecided, as printed
	errHelp        = errors.New("") // help was asked for and printed
	ErrInterrupted = errors.New("interrupted")
)

// LimitError is the end of a time or memory limit.
type LimitError struct{ Text string }

// Error implements error.
func (e *LimitError) Error() string { return e.Text }

// FaultErrorf reports that the program is at fault: it has found its own answer, or its
// own certificate, to be wrong. Any other error that has no class of its own is taken for
// one too.
func FaultErrorf(format string, args ...any) error { return fmt.Errorf(format, args...) }

// FaultText stands below what a program says that finds itself at fault.
const FaultText = "this is a fault of the program: please report it with the input"

// UsageErrorf reports a wrong command line, unreadable or malformed input, or
// an output that cannot be written.
func UsageErrorf(format string, args ...any) error {
	return theorems.BadInput(format, args...)
}

// ExitStatus gives each way to end its status. Of errors that are joined the one
// that matters most decides: an interrupt, then a fault, a refutation, bad input or
// output, a limit. An error that is none of those is a fault: nobody has thought of it.
func ExitStatus(err error) int {
	worst := ExitVerified // the first of gravity
	// The gravest part decides, in whatever order the parts were joined.
	for _, part := range parts(err) {
		if status := statusOf(part); slices.Index(gravity, status) > slices.Index(gravity, worst) {
			worst = status
		}
	}
	return worst
}

// gravity has the statuses by what matters most, last.
var gravity = []int{ExitVerified, ExitUndecided, ExitUsage, ExitRefuted, ExitFault, ExitInterrupted}

// statusOf is ExitStatus of one error. Interrupts go first: an error of input that is one
// because reading was interrupted says so in its chain.
func statusOf(err error) int {
	var input *theorems.InputError
	var limit *LimitError
	var open *theorems.Unsettled
	switch {
	case err == nil, errors.Is(err, errHelp):
		return ExitVerified
	case errors.Is(err, ErrInterrupted):
		return ExitInterrupted
	case errors.Is(err, ErrRefuted):
		return ExitRefuted
	case errors.As(err, &input):
		return ExitUsage
	case errors.Is(err, ErrUndecided), errors.As(err, &limit), errors.As(err, &open):
		return ExitUndecided
	}
	return ExitFault
}

// Describe returns what is still to be said about an error, the lines of each that is
// joined in it, none twice.
func Describe(err error) string {
	var lines []string
	for _, part := range parts(err) {
		if part == nil { // of errors that are joined some may be none
			continue
		}
		// Results that were printed have an empty text, and leave no line here.
		text := part.Error()
		if statusOf(part) == ExitFault {
			text += "\n" + FaultText
		}
		for line := range strings.SplitSeq(text, "\n") {
			if line = strings.TrimSpace(line); line != "" && !slices.Contains(lines, line) {
				lines = append(lines, line)
			}
		}
	}
	return strings.Join(lines, "\n")
}

// Outcome is how a command ends whose verdict is this.
func Outcome(v theorems.Verdict) error {
	switch v {
	case theorems.Falsified:
		return ErrRefuted
	case theorems.Open:
		return ErrUndecided
	}
	return nil
}

// ended returns the cause of the end of a context in place of the error that it brought
// about, of whatever kind that is.
func ended(ctx context.Context, err error) error {
	if err != nil && ctx.Err() != nil {
		return context.Cause(ctx)
	}
	return err
}

// Concluded is the error with which the command ends that returns err, if its context has ended or not: for who tells it before, and then
// returns it. An end that comes after that adds nothing to it.
func (c *Call) Concluded(err error) error {
	if err = conclude(c.Limited(), err); err == nil {
		return nil
	}
	return &told{err}
}

// Whole is the error of a command that has done all that it was to do: an end of its context that comes after that adds nothing.
func Whole(err error) error {
	if err == nil {
		return nil
	}
	return &told{err}
}

// told is an error in which the end of the context is told, if it had ended.
type told struct{ err error }

// Error implements error.
func (t *told) Error() string { return t.err.Error() }

// Unwrap makes its parts those of what it is joined with.
func (t *told) Unwrap() []error { return []error{t.err} }

// untold divides an error into what was told and all else.
func untold(err error) (done, rest []error) {
	if t, ok := err.(*told); ok {
		return []error{t}, nil
	}
	joined, ok := err.(interface{ Unwrap() []error })
	if !ok {
		return nil, []error{err}
	}
	for _, part := range joined.Unwrap() {
		d, r := untold(part)
		done, rest = append(done, d...), append(rest, r...)
	}
	return done, rest
}

// conclude is ended for all that a command has to say: what it has found stays, and so
// does what it says beside the cause.
func conclude(ctx context.Context, err error) error {
	if err == nil || ctx.Err() == nil {
		return err
	}
	if done, rest := untold(err); done != nil {
		return errors.Join(append(done, conclude(ctx, errors.Join(rest...)))...)
	}
	cause := context.Cause(ctx)
	ends := func(part error) bool {
		return errors.Is(part, cause) || errors.Is(part, context.Canceled) || errors.Is(part, context.DeadlineExceeded)
	}
	// If no part is the end itself, all of them are what it brought about, and the cause
	// stands for them; a refutation stays in any case.
	all, told := []error{cause}, slices.ContainsFunc(parts(err), ends)
	for _, part := range parts(err) {
		if told && !ends(part) || errors.Is(part, ErrRefuted) {
			all = append(all, part)
		}
	}
	return errors.Join(all...)
}

// parts returns the errors that are joined in one, however deep; an error that wraps a single
// one is a part as it is, with its text.
func parts(err error) (list []error) {
	joined, ok := err.(interface{ Unwrap() []error })
	if !ok {
		return []error{err}
	}
	// Depth first, so that texts come in the order in which they were joined.
	for _, part := range joined.Unwrap() {
		list = append(list, parts(part)...)
	}
	return list
}
