package run

import (
	"slices"

	"pstar/internal/each"
)

// Command is one sub-command.
type Command struct {
	Name    string // "" is the main job
	Usage   string // what follows "verify" on the command line
	Summary string // one line
	Group   string // of its entry in the table
	Example string // likewise
	Long    string // the help text, below the usage line and above the flags
	Screen  bool   // the help text names all flags and the exit status, and is all that is printed: it fits a screen
	Run     func(c *Call, args []string) error
	Advice  string // what may do instead where the program finds itself at fault
	// Words are those that the first argument may be, if it is no file.
	Words []string
}

// A Table is the commands that there are, in the order in which help shows them, the main job
// first. How help is arranged is decided there, in one place.
type Table []Entry

// An Entry is a command in the table. The command itself is made when it is needed: a run needs
// one of them, and making all is a good part of the start of the program.
type Entry struct {
	Name    string // that of the command
	Group   string // under which help lists it
	Example string // what follows "verify" in one that can be typed as it is
	Make    func() Command
}

// command makes the command.
func (e Entry) command() Command {
	command := e.Make()
	command.Group, command.Example = e.Group, e.Example
	return command
}

// All makes all commands.
func (t Table) All() []Command { return each.Of(t, Entry.command) }

// index is where the command with a name is, -1 if there is none.
func (t Table) index(name string) int {
	return slices.IndexFunc(t, func(e Entry) bool { return e.Name == name })
}

// names are those of the commands, that of the main job first.
func (t Table) names() []string { return each.Of(t, func(e Entry) string { return e.Name }) }
