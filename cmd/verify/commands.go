package main

import (
	"context"
	"fmt"
	"io"
	"strings"
	"sync/atomic"

	"pstar/cmd/verify/internal/suggest"
)

// command is one sub-command.
type command struct {
	name    string // "" is the main job
	usage   string // what follows "verify" on the command line
	summary string // one line
	long    string // the help text, below the usage line and above the flags
	run     func(c *call, args []string) error
}

// commands lists all sub-commands in the order in which help shows them. The
// main job comes first.
func commands() []command {
	return []command{
		cellCommand(),
		listCommand(),
		explainCommand(),
		checkCommand(),
		ddCommand(),
		redundCommand(),
		fmCommand(),
		lpCommand(),
		pstarCommand(),
		schemeCommand(),
		stepsCommand(),
		figureCommand(),
		boundsCommand(),
		crsCommand(),
		knapsackCommand(),
		rationCommand(),
		versionCommand(),
	}
}

// call is one invocation: the command with its streams. Sub-commands write
// their result to stdout and talk to stderr.
type call struct {
	command        command
	seed           *uint64 // of the flag -seed, if the command has it
	stdin          io.Reader
	stdout, stderr *outlet
	ctx            context.Context // that of the limits, once it is made
	overdue        chan error      // why the command is given up
	temps          temporaries

	// polled, of a test, stands in for the context of the limits.
	polled func(context.Context, context.CancelCauseFunc) context.Context
}

// limited returns the context within which the call may read.
func (c *call) limited() context.Context {
	if c.ctx == nil {
		return context.Background()
	}
	return c.ctx
}

// outlet is a stream of the command. It remembers that something could not be written,
// so that no command needs to look at each line that it prints.
type outlet struct {
	w      io.Writer
	failed atomic.Pointer[error] // a write may have been left to itself
	closed atomic.Bool           // nothing is written any more: the command is given up
}

// Write implements io.Writer. It does not fail: run reports the first error.
func (o *outlet) Write(p []byte) (int, error) {
	if o.failed.Load() == nil && !o.closed.Load() {
		if _, err := o.w.Write(p); err != nil {
			o.failed.Store(&err)
		}
	}
	return len(p), nil
}

// run finds the sub-command, runs it and turns its error into an exit status.
func run(args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	c := &call{stdin: stdin, stdout: &outlet{w: stdout}, stderr: &outlet{w: stderr}, overdue: make(chan error, 1)}
	err := c.supervise(func() error { return c.dispatch(args) })
	if failed := c.stdout.failed.Load(); failed != nil {
		err = usageErrorf("cannot write the result to standard output: %v", reason(*failed))
	}
	if c.stderr.closed.Load() && isTerminal(stderr) {
		fmt.Fprint(stderr, clearLine) // the command no longer does
	}
	if message := describe(err); message != "" {
		fmt.Fprintf(stderr, "verify: %s\n", strings.ReplaceAll(visible(message), "\n", "\nverify: "))
	}
	return exitStatus(err)
}

func (c *call) dispatch(args []string) error {
	if len(args) == 0 {
		c.overview(c.stderr)
		return usageErrorf("nothing to do: give -k and -n, or a sub-command")
	}
	switch args[0] {
	case "-h", "-help", "--help", "help":
		return c.help(args[1:])
	case "-version", "--version":
		args = append([]string{versionCommand().name}, args[1:]...)
	}
	name := args[0]
	if strings.HasPrefix(name, "-") {
		name = "" // the main job has flags only
	} else {
		args = args[1:]
	}
	for _, command := range commands() {
		if command.name == name {
			c.command = command
			return command.run(c, args)
		}
	}
	return unknownCommand(name)
}

// unknownCommand is the error of a sub-command that does not exist.
func unknownCommand(name string) error {
	var names []string
	for _, command := range commands() {
		names = append(names, command.name)
	}
	meant := suggest.DidYouMean(name, names[1:], func(s string) string { return quoted("verify " + s) })
	return usageErrorf("unknown sub-command %q; \"verify -h\" lists them%s", name, meant)
}

// help prints the overview, or the help of one sub-command.
func (c *call) help(args []string) error {
	if len(args) == 0 {
		c.overview(c.stdout)
		return nil
	}
	for _, command := range commands() {
		if command.name == args[0] && command.name != "" {
			c.command = command
			return command.run(c, []string{"-h"})
		}
	}
	return unknownCommand(args[0])
}

// overview lists the sub-commands and shows the flags of the main job.
func (c *call) overview(w io.Writer) {
	fmt.Fprint(w, "Verify theorems about linear programs exactly.\n\n")
	for _, command := range commands() {
		fmt.Fprintf(w, "  verify %s\n      %s\n", strings.TrimSpace(command.name+" "+command.usage), command.summary)
	}
	fmt.Fprint(w, "\n\"verify NAME -h\" explains a sub-command, \"verify -k 3 -h\" the flags of the first.\n\n"+exitText)
}
