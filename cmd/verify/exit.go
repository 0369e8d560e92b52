package main

import (
	"context"
	"errors"
	"fmt"
)

// Exit statuses. exitStatus is the one place where results become statuses.
const (
	exitVerified    = 0
	exitRefuted     = 1
	exitUsage       = 2
	exitUndecided   = 3
	exitInterrupted = 130
)

const exitText = `Exit status: 0 verified or valid; 1 refuted or invalid; 2 bad usage or input;
3 undecided within the limits given; 130 interrupted.
`

// Results and causes that end a command with a status of their own. Those that
// the output has already told carry no message.
var (
	errRefuted     = errors.New("") // a claim is false or a certificate invalid, as printed
	errUndecided   = errors.New("") // something is undecided, as printed
	errHelp        = errors.New("") // help was asked for and printed
	errInterrupted = errors.New("interrupted")
)

// limitError is the end of a time or memory limit.
type limitError struct{ text string }

func (e *limitError) Error() string { return e.text }

// inputError is bad usage or unreadable input.
type inputError struct{ text string }

func (e *inputError) Error() string { return e.text }

// usageErrorf reports a wrong command line, unreadable or malformed input, or
// an output that cannot be written.
func usageErrorf(format string, args ...any) error {
	return &inputError{fmt.Sprintf(format, args...)}
}

// exitStatus gives each way to end its status. Errors without a class of their
// own leave something undecided: an engine gave up, or found its own answer
// wrong when checking it.
func exitStatus(err error) int {
	var input *inputError
	switch {
	case err == nil, errors.Is(err, errHelp):
		return exitVerified
	case errors.Is(err, errInterrupted):
		return exitInterrupted
	case errors.Is(err, errRefuted):
		return exitRefuted
	case errors.As(err, &input):
		return exitUsage
	default:
		return exitUndecided
	}
}

// describe returns what is still to be said about an error.
func describe(err error) string {
	switch {
	case err == nil:
		return ""
	case errors.Is(err, context.Canceled):
		return errInterrupted.Error()
	default:
		return err.Error()
	}
}
