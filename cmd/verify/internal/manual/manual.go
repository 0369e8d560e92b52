// Package manual makes the pages of the manual and what shells need to complete command
// lines, all of it from the table of commands: a flag that is added is in all of them, and
// none of them speaks of one that is gone.
package manual

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"pstar/certificate"
	"pstar/cmd/verify/internal/run"
	"pstar/cmd/verify/internal/show"
	"pstar/cmd/verify/internal/suggest"
	"pstar/internal/each"
)

// ManCommand is "man", for the commands of the table. The table is called when it is needed, since
// the command is in it itself.
func ManCommand(table func() run.Table) run.Command {
	return run.Command{
		Name:    "man",
		Usage:   "[NAME] | -o DIR",
		Summary: "writes pages of the manual",
		Long: `Prints the page of the manual of a command, or with -o writes all pages, that of certcheck
too, into a folder such as /usr/local/share/man/man1. "verify man dd | man -l -" shows one.`,
		Run: func(c *run.Call, args []string) error { return runMan(c, table, args) },
	}
}

// CompletionCommand is "completion", which is in the table as well.
func CompletionCommand(table func() run.Table) run.Command {
	return run.Command{
		Name:    "completion",
		Usage:   "bash | zsh | fish",
		Summary: "writes what a shell needs to complete commands and flags",
		Long: `Prints a script for a shell. For bash: eval "$(verify completion bash)"; for zsh and fish
write it into a folder of completions, as _verify and verify.fish. make install does all that.`,
		Run: func(c *run.Call, args []string) error { return runCompletion(c, table, args) },
	}
}

// runMan prints a page, that of the main job without a name, or writes all pages.
func runMan(c *run.Call, table func() run.Table, args []string) error {
	f := c.Flags()
	dir := f.String("o", "", "write all pages into the folder `dir`")
	names, err := f.Parse(args)
	if err != nil {
		return err
	}
	// All of them even for one page: that of the main job lists the others.
	list := run.DescribeAll(table()) // in the order of the table
	switch {
	// A name beside -o would look as if one page were written.
	case len(names) > 1 || *dir != "" && len(names) > 0:
		return run.UsageErrorf("unexpected argument %q", names[len(names)-1])
	case *dir != "":
		return writeAll(c, list, *dir)
	}
	// Without a name the page of the whole program.
	name := ""
	if len(names) == 1 {
		name = names[0]
	}
	if i := slices.IndexFunc(list, func(d run.Described) bool { return d.Name == name }); i >= 0 {
		return c.Print(func(w io.Writer) error { return page(w, list[i], list) })
	}
	// Topics have no pages: they are for a screen beside the work.
	known := each.Of(list, func(d run.Described) string { return d.Name })
	meant := suggest.DidYouMean(name, known, func(s string) string { return show.Quoted("verify man " + s) })
	return run.UsageErrorf("unknown command %q; \"verify -h\" lists them%s", name, meant)
}

// writeAll writes a page for each command, and that of certcheck, which is a program of its own
// and has no table. It goes on after a page that cannot be written, and reports all of them.
func writeAll(c *run.Call, list []run.Described, dir string) error {
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return run.UsageErrorf("cannot make the folder %s: %v", certificate.FileName(dir), run.Reason(err))
	}
	// Each page is replaced as a whole, so that an installation over another one that fails
	// leaves pages of either, and no half ones.
	var errs []error
	for _, d := range list {
		errs = append(errs, c.WriteFile(filepath.Join(dir, fileOf(d.Name)), func(w io.Writer) error { return page(w, d, list) }))
	}
	errs = append(errs, c.WriteFile(filepath.Join(dir, "certcheck.1"), checkerPage))
	return errors.Join(errs...)
}

// fileOf is the name of the page of a command, as git has it: "man verify-dd" finds it.
func fileOf(name string) string {
	// The main job has no name, and its page is that of the program.
	if name == "" {
		return "verify.1"
	}
	return "verify-" + name + ".1"
}

// shells are those that complete commands.
var shells = []string{"bash", "zsh", "fish"}

// runCompletion prints the script for a shell.
func runCompletion(c *run.Call, table func() run.Table, args []string) error {
	// There is no flag but -h, and one that is added would be parsed here.
	names, err := c.Flags().Parse(args)
	if err != nil {
		return err
	}
	writers := map[string]func(io.Writer, []run.Described){"bash": bash, "zsh": zsh, "fish": fish}
	if len(names) != 1 || writers[names[0]] == nil {
		return run.UsageErrorf("expected one of %s", strings.Join(shells, ", "))
	}
	// With Print, a shell that has been closed in the meantime ends it.
	return c.Print(func(w io.Writer) error {
		out := &errWriter{w: w}
		writers[names[0]](out, run.DescribeAll(table()))
		return out.err
	})
}

// errWriter keeps the first error, and drops what is written after it, so that a page is
// written without a look at each line.
type errWriter struct {
	w   io.Writer
	err error
}

// Write implements io.Writer. All of p counts as written; the error is the first there was.
func (e *errWriter) Write(p []byte) (int, error) {
	// What follows an error is dropped: a page with a gap would look whole.
	if e.err == nil {
		_, e.err = e.w.Write(p)
	}
	return len(p), e.err
}

// printf writes without a look at errors, which an errWriter keeps.
func printf(w io.Writer, format string, args ...any) { fmt.Fprintf(w, format, args...) }
