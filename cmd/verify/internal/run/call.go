// Package run is the frame of the commands of verify: flags, limits, streams, files and
// exit statuses. A command is a [Command] with a function that
//
//   - makes its flags with [Call.Flags], and of these [FlagSet.Limits] and [FlagSet.Talk];
//   - reads them with [FlagSet.Parse], and looks with [Call.CheckWritable] at each output;
//   - makes its context with [Limits.Context], before it reads an input with [Call.Open];
//   - prints its result to [Call.Stdout], and then writes files with [Call.WriteFile] and
//     certificates with [Call.WriteCertificate];
//   - returns nil, [ErrRefuted], [ErrUndecided], an error of [UsageErrorf] or
//     [FaultErrorf], or whatever an engine returns when its context ends.
//
// That a context has ended, and why, is told here; see [Call.Dispatch].
package run

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"sync/atomic"

	"pstar/cmd/verify/internal/show"
	"pstar/cmd/verify/internal/suggest"
)

// Call is one invocation: the command with its streams. Sub-commands write
// their result to Stdout and talk to Stderr, which do not fail: [Call.Main] does.
// Stdout is standard output, unless a file is to be written there; see [Call.CheckWritable].
type Call struct {
	commands       Table
	command        Command // that runs
	seed           *uint64 // of the flag -seed, if the command has it
	stdin          io.Reader
	Stdout, Stderr *outlet
	file           *outlet         // standard output, for what is written to it as to a file
	ctx            context.Context // that of the limits, once it is made
	stop           func()          // ends what watches it
	heed           *heed           // of signals; nil until the call heeds them
	overdue        chan error      // why the command is given up
	temps          temporaries
	files          files
	flags          *FlagSet // of the command, once they are read
	full           bool     // help is to be all of it
	describing     bool     // only the flags are wanted
	described      *FlagSet // which are these

	// Polled, which a test may set, stands in for the context of the limits.
	Polled func(context.Context, context.CancelCauseFunc) context.Context
}

// Name returns the name of the command that runs, "" for the main job.
func (c *Call) Name() string { return c.command.Name }

// Limited returns the context within which the call may read.
func (c *Call) Limited() context.Context {
	// Before the limits are made: nothing has been read by then.
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
	used   atomic.Bool           // something was written
}

// Write implements io.Writer. It does not fail: run reports the first error.
func (o *outlet) Write(p []byte) (int, error) {
	if o.failed.Load() == nil && !o.closed.Load() {
		o.used.Store(true)
		if _, err := o.w.Write(p); err != nil {
			o.failed.Store(&err)
		}
	}
	return len(p), nil
}

// New returns a call of one of the commands.
func New(commands Table, stdin io.Reader, stdout, stderr io.Writer) *Call {
	// One outlet for both roles, until standard output is taken as a file.
	out := &outlet{w: stdout}
	return &Call{commands: commands, stdin: stdin, Stdout: out, file: out, Stderr: &outlet{w: stderr}, overdue: make(chan error, 1)}
}

// Main finds the sub-command, runs it and turns its error into an exit status.
//
// It is the only place that prints errors and makes statuses, so that all commands do it alike.
func (c *Call) Main(args []string) int {
	unheed := func() {}
	// Looked at before the command, which may be left to itself.
	if c.heed != nil {
		unheed = c.heed.stop
	}
	err := c.supervise(func() error { return c.Dispatch(args) })
	unheed()
	err = errors.Join(err, c.undecided(err, args), c.unprinted())
	// What describes the error goes around the outlet, which may be closed.
	stderr := c.Stderr.w
	if c.Stderr.closed.Load() && isTerminal(stderr) {
		fmt.Fprint(stderr, clearLine) // the command no longer does
	}
	if message := c.describe(err); message != "" {
		fmt.Fprintf(stderr, "verify: %s\n", strings.ReplaceAll(show.Visible(message), "\n", "\nverify: "))
	}
	return ExitStatus(err)
}

// undecided prints the object of a command that has ended before it printed one, if objects were
// asked for: who reads them finds a verdict in any case, and the error.
func (c *Call) undecided(err error, args []string) error {
	// Of a refutation and of what is verified the command has told, and help that was asked for is no error.
	if status := ExitStatus(err); status == ExitVerified || status == ExitRefuted || c.Stdout.used.Load() || !c.objects(args) {
		return nil
	}
	figures := struct {
		Error string `json:"error,omitempty"`
	}{c.describe(err)}
	// Around the outlet, which is closed if the command was given up.
	return WriteLine(c.Stdout.w, c.Head("undecided", nil), figures)
}

// objects reports whether the command line asks for JSON, also if it could not be read to its end.
func (c *Call) objects(args []string) bool {
	if c.flags != nil {
		g := c.flags.Lookup("json")
		// A command that prints none.
		if g == nil {
			return false
		}
		if g.Value.String() == "true" {
			return true
		}
	}
	// Behind what is no flag, or in place of a command, nobody has looked.
	asked := func(arg string) bool {
		return arg == "-json" || arg == "--json" || arg == "-json=true" || arg == "--json=true"
	}
	return slices.ContainsFunc(args, asked)
}

// unprinted is the error of a result that has not been printed. It stands beside what the
// command found: a refutation is one even if nobody can read of it.
func (c *Call) unprinted() error {
	// Both: of a file that is standard output the result goes to standard error.
	for _, o := range []*outlet{c.file, c.Stdout} {
		if failed := o.failed.Load(); failed != nil {
			return UsageErrorf("cannot write the result to standard output: %v", Reason(*failed))
		}
	}
	return nil
}

// describe is Describe with the advice of the command.
func (c *Call) describe(err error) string {
	// What may do instead is for faults alone: other errors say what is wrong with the input.
	if text := Describe(err); ExitStatus(err) != ExitFault || c.command.Advice == "" {
		return text
	} else {
		return text + "\n" + c.command.Advice
	}
}

// Dispatch finds the sub-command and runs it, however long it takes to end.
func (c *Call) Dispatch(args []string) error {
	if len(args) == 0 {
		c.overview(c.Stderr)
		return UsageErrorf("nothing to do: give -k and -n, or a sub-command")
	}
	// All the ways to ask for help or the version that people try.
	switch args[0] {
	case "-h", "-help", "--help", "help":
		return c.help(args[1:])
	case "-version", "--version":
		args = append([]string{"version"}, args[1:]...)
	}
	name := args[0]
	// No command has a name like a flag.
	if strings.HasPrefix(name, "-") {
		name = "" // the main job has flags only
	} else {
		args = args[1:]
	}
	if i := c.commands.index(name); i >= 0 {
		return c.execute(c.commands[i].command(), args)
	}
	return c.unknownCommand(name)
}

// execute runs a command. If its context has ended, that is why it failed.
func (c *Call) execute(command Command, args []string) error {
	c.command = command
	// Who watches limits would go on in tests, where the process does not end with the call.
	defer func() {
		if c.stop != nil {
			c.stop()
		}
	}()
	err := command.Run(c, args) // makes the context
	return conclude(c.Limited(), err)
}

// unknownCommand is the error of a sub-command that does not exist.
func (c *Call) unknownCommand(name string) error {
	// Without the main job, which has no name that could be mistyped.
	meant := suggest.DidYouMean(name, append(c.commands.names()[1:], "help"), func(s string) string { return show.Quoted("verify " + s) })
	return UsageErrorf("unknown sub-command %q; \"verify -h\" lists them%s", name, meant)
}
