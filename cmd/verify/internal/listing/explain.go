package listing

import (
	"fmt"
	"io"
	"strings"

	"pstar/cmd/verify/internal/show"
	"pstar/theorems"
)

// Explain prints a row in full: statement, sources, the standing in two columns and how
// they differ, the commands, the misprint.
//
// Texts are filled to 88 letters; commands stay whole, so that they can be copied.
func Explain(w io.Writer, t theorems.Theorem) {
	// The places behind the tag, as several papers may have the statement.
	fmt.Fprintf(w, "%s  %s\n", t.Tag, sources(t))
	for _, line := range strings.Split(show.Fill(t.Statement, 86), "\n") {
		fmt.Fprintf(w, "  %s\n", line)
	}
	fmt.Fprintln(w)
	// Side by side, since the two say different things of one statement.
	columns(w, "", "engine", "Coq")
	columns(w, "standing", t.Engine.String(), t.Coq.String())
	columns(w, "covers", t.Scope, covers(t))
	columns(w, "by", engineBy(t), strings.Join(t.Coq.Names, ", "))
	fmt.Fprintln(w)
	for _, line := range strings.Split(show.Fill(t.Difference(), 86), "\n") {
		fmt.Fprintf(w, "  %s\n", line)
	}
	// No empty line before nothing.
	if len(t.Commands) > 0 {
		fmt.Fprintln(w)
	}
	for i, c := range t.Commands {
		// One command may show a statement by several pieces of its output.
		if i == 0 || c.Line != t.Commands[i-1].Line {
			fmt.Fprintf(w, "  $ %s\n", c.Line)
		}
		// A piece of the command's output by which it shows the statement.
		if c.Shows != "" {
			fmt.Fprintf(w, "    … %s …\n", c.Shows)
		}
	}
	if t.Misprint != "" {
		fmt.Fprintln(w)
		for _, line := range strings.Split(show.Fill("misprint: "+t.Misprint, 86), "\n") {
			fmt.Fprintf(w, "  %s\n", line)
		}
	}
}

// sources are the places in the papers.
// A statement may be in several papers, with a number in each.
func sources(t theorems.Theorem) string {
	// What is ours, or what papers say without a number.
	if len(t.Sources) == 0 {
		return "not numbered in a paper"
	}
	var parts []string
	for _, s := range t.Sources {
		parts = append(parts, s.String())
	}
	return strings.Join(parts, ", ")
}

// covers says what Coq proves.
func covers(t theorems.Theorem) string {
	switch {
	// It says what a part is, where not the whole is proved.
	case t.Coq.Says != "":
		return t.Coq.Says
	// Names without a restriction: the general statement.
	case len(t.Coq.Names) > 0:
		return "the statement, for every size and law"
	}
	return ""
}

// engineBy says by what the engine's column is shown.
func engineBy(t theorems.Theorem) string {
	if len(t.Commands) == 0 {
		return "no command"
	}
	for _, c := range t.Commands {
		if c.Line != t.Commands[0].Line {
			return "the commands below"
		}
	}
	return "the command below"
}

// columns prints two texts beside each other, under a name.
func columns(w io.Writer, name, left, right string) {
	const width = 38
	a, b := strings.Split(show.Fill(left, width), "\n"), strings.Split(show.Fill(right, width), "\n")
	for i := range max(len(a), len(b), 1) {
		// Beyond its last line a column is empty.
		var l, r string
		if i < len(a) {
			l = a[i]
		}
		if i < len(b) {
			r = b[i]
		}
		fmt.Fprintln(w, strings.TrimRight(fmt.Sprintf("  %-9s %-*s  %s", name, width, l, r), " "))
		// Only the first line has it.
		name = ""
	}
}
