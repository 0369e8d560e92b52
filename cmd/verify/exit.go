package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"pstar/doubledesc"
	"pstar/fm"
	"pstar/witness"
)

// Exit statuses. exitStatus is the one place where results become statuses.
const (
	exitVerified    = 0
	exitRefuted     = 1
	exitUsage       = 2
	exitUndecided   = 3
	exitFault       = 4
	exitInterrupted = 130
)

const exitText = `Exit status: 0 verified or valid; 1 refuted or invalid; 2 bad usage or input, or an
output that cannot be written; 3 undecided within the limits given; 4 the program found
itself at fault; 130 interrupted. Of several, the first of 130, 4, 1, 2, 3.
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

// faultError is a check of the program by itself that failed.
type faultError struct{ text string }

func (e *faultError) Error() string { return e.text }

// faultErrorf reports that the program is at fault: it has found its own answer, or its
// own certificate, to be wrong.
func faultErrorf(format string, args ...any) error {
	return &faultError{fmt.Sprintf(format, args...) + "\n" + faultText}
}

const faultText = "this is a fault of the program: please report it with the input"

// usageErrorf reports a wrong command line, unreadable or malformed input, or
// an output that cannot be written.
func usageErrorf(format string, args ...any) error {
	return &inputError{fmt.Sprintf(format, args...)}
}

// exitStatus gives each way to end its status. Of errors that are joined the one
// that matters most decides: an interrupt, then a fault, a refutation, and bad input or
// output. Errors without a class of their own leave something undecided: an engine
// gave up.
func exitStatus(err error) int {
	var input *inputError
	var fault *faultError
	var conversion *doubledesc.Fault
	var elimination *fm.Fault
	var refused *witness.Refused
	switch {
	case err == nil, errors.Is(err, errHelp):
		return exitVerified
	case errors.Is(err, errInterrupted):
		return exitInterrupted
	case errors.As(err, &fault), errors.As(err, &conversion), errors.As(err, &elimination), errors.As(err, &refused):
		return exitFault
	case errors.Is(err, errRefuted):
		return exitRefuted
	case errors.As(err, &input):
		return exitUsage
	default:
		return exitUndecided
	}
}

// describe returns what is still to be said about an error, one line for each that is
// joined in it.
func describe(err error) string {
	switch {
	case err == nil:
		return ""
	case errors.Is(err, context.Canceled):
		return errInterrupted.Error()
	}
	text := err.Error()
	var conversion *doubledesc.Fault
	if errors.As(err, &conversion) {
		text += "\n" + faultText + "\nanother -order of dd, or -method fm for a projection, may do"
	}
	var elimination *fm.Fault
	if errors.As(err, &elimination) {
		text += "\n" + faultText + "\nanother -order, or -method dd, may do"
	}
	var lines []string
	for line := range strings.SplitSeq(text, "\n") {
		if line = strings.TrimSpace(line); line != "" && !slices.Contains(lines, line) {
			lines = append(lines, line)
		}
	}
	return strings.Join(lines, "\n")
}
