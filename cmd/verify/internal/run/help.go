package run

import (
	"cmp"
	"flag"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"

	"pstar/cmd/verify/internal/show"
	"pstar/cmd/verify/internal/suggest"
	"pstar/internal/each"
)

// Help comes in three lengths: the overview, which is a screen of all commands; the short help
// of a command, a screen with its flags; and its full help, as long as it has to be. Each says
// how to get the next longer one. All are made of the table of commands and of the flags
// themselves, and the pages of the manual are made of the same.

// common are the flags that most commands have, in the order in which short help names
// them; "verify help flags" explains them.
var common = []string{"timeout", "max-mem", "q", "quiet", "v", "progress", "state", "shard", "task-timeout", "lease"}

// Measures of help that fits a screen: the terminal that everybody has, where what scrolls
// away is not read.
const (
	screenLines   = 24
	screenColumns = 80
)

// help prints the overview, the full help of one sub-command, or a topic. Commands go before
// topics, whose names are theirs to take.
func (c *Call) help(args []string) error {
	if len(args) == 0 {
		c.overview(c.Stdout)
		return nil
	}
	if len(args) > 1 {
		return UsageErrorf("unexpected argument %q: help is for one sub-command or topic", args[1])
	}
	name := args[0]
	if name == "help" { // who asks how to ask
		c.overview(c.Stdout)
		return nil
	}
	// The main job has no name to be asked for by; "verify help cells" is a topic.
	if i := c.commands.index(name); i >= 0 && name != "" {
		// The command itself has the flags, and says them when it reads -h.
		c.full = true
		return c.execute(c.commands[i].command(), []string{"-h"})
	}
	// Topics after commands, whose names they must not take.
	for _, t := range topics {
		if t.name == name {
			fmt.Fprint(c.Stdout, t.text)
			return nil
		}
	}
	names := append(c.commands.names()[1:], Topics()...)
	meant := suggest.DidYouMean(name, names, func(s string) string { return show.Quoted("verify help " + s) })
	return UsageErrorf("unknown sub-command or topic %q; topics are %s%s", name, strings.Join(Topics(), ", "), meant)
}

// Topics are what help explains beside commands, sorted.
func Topics() (names []string) {
	for _, t := range topics {
		names = append(names, t.name)
	}
	return names
}

// overview lists the sub-commands by groups, in lines that fit a screen: those of the largest
// group for which there is no room share its last line. So a command more never makes it longer
// than a screen, and whoever adds one need not look.
func (c *Call) overview(w io.Writer) {
	// What the program is, and a line to type, before anything else.
	fmt.Fprintln(w, "Settle theorems about linear programs exactly. For example: verify -k 3 -n 10")
	// Groups in the order of the table, which is that in which people meet them.
	var groups []string
	members := map[string][]Command{}
	for _, command := range c.commands.All() {
		if !slices.Contains(groups, command.Group) {
			groups = append(groups, command.Group)
		}
		members[command.Group] = append(members[command.Group], command)
	}
	// all counts lines; what is about the program takes one, in any case.
	largest, all := groups[0], 0
	for _, group := range groups {
		if group != aboutGroup {
			all += len(members[group])
		}
		if len(members[group]) > len(members[largest]) {
			largest = group
		}
	}
	// Lines beside those of commands: above, what is about the program, and below.
	const besides = 3
	// How many lines too many there are, if each command has one.
	over := all + besides - screenLines
	for _, group := range groups {
		list := members[group]
		switch {
		case group == aboutGroup:
			fmt.Fprintf(w, "%-13s%s, help\n", group, namesOf(list))
			continue
		// The last of a group are the least asked for. Their names alone take one line, so
		// that one more than are too many has to go there.
		case group == largest && over > 0 && len(list) > over+1:
			at := len(list) - over - 1
			c.rows(w, group, list[:at])
			fmt.Fprintln(w, cut(fmt.Sprintf("%-13s%s", "", namesOf(list[at:])), screenColumns))
			continue
		}
		c.rows(w, group, list)
	}
	fmt.Fprintf(w, "verify NAME -h, verify help NAME|%s\n", strings.Join(Topics(), "|"))
}

// rows lists commands of a group, which the first one names; the main job, which has no name, by
// its flags.
func (c *Call) rows(w io.Writer, group string, list []Command) {
	for _, command := range list {
		fmt.Fprintln(w, cut(fmt.Sprintf("%-13s%-11s%s", group, cmp.Or(command.Name, "-k K -n N"), command.Summary), screenColumns))
		// The name of the group stands in its first line alone.
		group = ""
	}
}

// namesOf lists the names of commands.
func namesOf(list []Command) string {
	return strings.Join(each.Of(list, func(command Command) string { return command.Name }), ", ")
}

// aboutGroup are the commands that say something about the program.
const aboutGroup = "about"

// help prints what -h asks for: short, or all of it.
func (f *FlagSet) help() {
	c := f.call.command
	w := f.call.Stdout
	// The main job has no name.
	name := strings.TrimSpace("verify " + c.Name)
	usage := strings.TrimSpace(name + " " + c.Usage)
	switch {
	case c.Screen: // nothing is left out of it, so there is no longer one
		f.screen(w)
	case f.call.full:
		fmt.Fprint(w, f.example(), show.Fill(fmt.Sprintf("usage: %s\n\n%s\n\nFlags:\n", usage, strings.TrimSpace(c.Long)), screenColumns))
		f.VisitAll(func(g *flag.Flag) {
			kind, text := FlagText(g)
			fmt.Fprintf(w, "%s\n%s\n", strings.TrimRight("  -"+g.Name+" "+kind, " "), show.Fill("      "+text, screenColumns))
		})
		fmt.Fprint(w, "\n"+exitText)
	default:
		f.short(w, usage)
	}
}

// FlagText is the kind of value that a flag takes, "" if none, and what it is for, with the
// default where that says something. Kinds are the words between back quotes in the text of a
// flag, as package flag has them.
func FlagText(g *flag.Flag) (kind, text string) {
	kind, text = flag.UnquoteUsage(g)
	// Values that say no more than that the flag was not given.
	switch g.DefValue {
	case "", "0", "false", "0s":
	default:
		text += " (default " + g.DefValue + ")"
	}
	return kind, text
}

// example is the line that shows one, with its line feed; nothing if the table has none.
func (f *FlagSet) example() string {
	if f.call.command.Example == "" {
		return ""
	}
	return "example: verify " + f.call.command.Example + "\n"
}

// short writes help that fits a screen: an example, what the command is for, its own flags in a
// line each, and below the names of those that many commands have. Lines are cut, not wrapped:
// all of a text is in the full help.
func (f *FlagSet) short(w io.Writer, usage string) {
	fmt.Fprintf(w, "%s%s\n%s\n", f.example(), cut("usage: "+usage, screenColumns), cut(strings.ToUpper(f.call.command.Summary[:1])+f.call.command.Summary[1:]+".", screenColumns))
	var own []*flag.Flag
	var shared []string
	// Package flag sorts them by name.
	f.VisitAll(func(g *flag.Flag) {
		if slices.Contains(common, g.Name) {
			shared = append(shared, "-"+g.Name)
		} else {
			own = append(own, g)
		}
	})
	// Above the flags are three lines, below them as many. If there are too many flags, the
	// last line has the names of the rest.
	room := screenLines - 6
	var rest []string
	for i, g := range own {
		if i >= room-1 && len(own) > room {
			rest = append(rest, "-"+g.Name)
			continue
		}
		// Without defaults, for which a line has no room.
		kind, text := flag.UnquoteUsage(g)
		fmt.Fprintln(w, cut(fmt.Sprintf("  %-18s %s", strings.TrimSpace("-"+g.Name+" "+kind), text), screenColumns))
	}
	if len(rest) > 0 {
		fmt.Fprintln(w, cut("  and "+strings.Join(rest, ", "), screenColumns))
	}
	if len(shared) > 0 {
		fmt.Fprintln(w, cut("  "+strings.Join(shared, " "), screenColumns))
	}
	fmt.Fprintf(w, "\"verify help %s\" says more, \"verify help flags\" of common flags.\n", cmp.Or(f.call.command.Name, "cells"))
	fmt.Fprintln(w, "Exit status: 0 verified, 1 refuted, 2 bad usage, 3 undecided, 4 fault.")
}

// cut shortens a line to width characters, at the end of a word, and marks that it did. Lines
// that fit stay as they are, but for blanks at their end.
func cut(line string, width int) string {
	line = strings.TrimRight(line, " ")
	text := []rune(line)
	if len(text) <= width {
		return line
	}
	// Two characters less: a blank and the mark follow.
	short := string(text[:width-2])
	// A word that fills more than half of the line is cut itself.
	if i := strings.LastIndex(short, " "); i > width/2 {
		short = short[:i]
	}
	return strings.TrimRight(short, " ,;:(") + " …"
}

// screen writes help that fits a screen: what a flag is for is in the text of the command, which
// names them all. It panics if a flag is missing there, so that none is added in silence.
func (f *FlagSet) screen(w io.Writer) {
	text := strings.TrimSpace(f.call.command.Long)
	f.VisitAll(func(g *flag.Flag) {
		// As a word of its own: "-k" is in "-keep".
		if !regexp.MustCompile(`-` + regexp.QuoteMeta(g.Name) + `\b`).MatchString(text) {
			panic("run: the help of " + f.call.command.Name + " does not name -" + g.Name)
		}
	})
	fmt.Fprintf(w, "%susage: verify %s %s\n%s\n", f.example(), f.call.command.Name, f.call.command.Usage, text)
}

// A Described is a command with its flags, for pages of the manual and for shells. They are
// read off the command itself, so that no list has to be kept beside it.
type Described struct {
	Command
	Flags []*flag.Flag // sorted
}

// DescribeAll describes the commands of a table. Each of them runs as far as its flags are read, which is
// before it reads or writes anything.
func DescribeAll(commands Table) (list []Described) {
	for _, command := range commands.All() {
		c := New(commands, nil, io.Discard, io.Discard)
		c.command, c.describing = command, true
		// Its error says that the flags were read, and nothing else.
		command.Run(c, nil) // ends where it has its flags
		d := Described{Command: command}
		// A command without flags has none to describe.
		if c.described != nil {
			c.described.VisitAll(func(g *flag.Flag) { d.Flags = append(d.Flags, g) })
		}
		list = append(list, d)
	}
	return list
}

// ExitText says what exit statuses mean.
const ExitText = exitText
