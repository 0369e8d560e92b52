package theorems

import (
	"bufio"
	"context"
	"flag"
	"fmt"
)

// A Family is a subject: what is known about it, and the command that verifies it.
type Family struct {
	Name     string // of the subject
	Theorems []Theorem

	// The command: its name, "" for the main job; what follows on the command line; a
	// summary in a line; the help above the flags; and what may do instead where the
	// program finds itself at fault.
	Command, Usage, Summary, Help, Advice string
	// Verifies are tags of the rows whose statements stand between the help, which announces
	// them, and More. So help says what the registry does: a statement is written in its row
	// only.
	Verifies []string
	More     string
	// Parallel says that tasks make use of [Run.Workers].
	Parallel bool
	// Parameters adds the parameters to flags, and returns what verifies with the values
	// that they are then given.
	Parameters func(f *Flags) Verify
}

// Verify lists the tasks of a run, which do not depend on each other. It reads the input,
// and does no other work; the error is an [*InputError], or that of [Run.Read].
type Verify func(r *Run) ([]Task, error)

// A Task is a part of a run that can be done alone.
type Task struct {
	Name  string // as that of a file: "k3-n10"
	Title string // "K = 3, n = 10"
	Cell  *Cell  // where it stands, of a task in a [Grid]
	// Do does it. With an error the report, unless it is nil, has what was settled before.
	Do func(ctx context.Context) (*Report, error)
	// A task may have parts, in place of Do: tasks that are done one after another, of whose
	// reports Join makes that of the task. It looks at their claims only. So many parts are
	// missing as a limit was reached before they were done.
	Parts []Task
	Join  func(parts []*Report, missing int) (*Report, error)
}

// A Cell is a place in a grid, and about how much work it takes, as whoever makes the task
// thinks: numbers that mean something beside those of other cells only. 0 is unknown.
type Cell struct {
	Row, Column int
	Work        int64
}

// A Run is what the command line of a family asks for beside the parameters.
type Run struct {
	Files       []string // the arguments that are no flags
	Read        func(path string, read func(*bufio.Reader) error) error
	Certificate bool                          // a certificate is wanted
	Workers     int                           // how many may work at a time, 0 for one on each processor
	Progress    func(text string, v ...any)   // shows how far the work is, in place of what was shown before
	Say         func(format string, v ...any) // says what was done, to a user who wants to know
}

// Alone is the only task of a run.
func Alone(do func(ctx context.Context) (*Report, error)) []Task { return []Task{{Do: do}} }

// Flags are those of a command.
type Flags struct{ *flag.FlagSet }

// Given reports whether a flag is on the command line, with whatever value.
func (f *Flags) Given(name string) bool {
	// Visit goes through the flags that are on the command line, whatever their values.
	given := false
	f.Visit(func(g *flag.Flag) { given = given || g.Name == name })
	return given
}

// RefuseUnused is an error if one of the flags is on the command line: it would
// have no effect, for the reason, such as "without -simulate".
func (f *Flags) RefuseUnused(reason string, names ...string) error {
	for _, name := range names {
		if f.Given(name) {
			return BadInput("-%s has no effect %s", name, reason)
		}
	}
	return nil
}

// An InputError says that a command line, or an input, is not what it should be.
type InputError struct{ Text string }

// Error implements error.
func (e *InputError) Error() string { return e.Text }

// BadInput returns an [*InputError].
func BadInput(format string, args ...any) error { return &InputError{fmt.Sprintf(format, args...)} }
