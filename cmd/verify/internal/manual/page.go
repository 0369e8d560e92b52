package manual

import (
	"io"
	"strings"

	"pstar/cmd/verify/internal/run"
	"pstar/cmd/verify/internal/show"
	"pstar/internal/build"
)

// page writes the page of a command, in the language of man(7), which groff and mandoc both
// read: only what both do alike is used. The sections are those that every page has, in their
// usual order. All are the commands that the page of the main job lists.
func page(w io.Writer, d run.Described, all []run.Described) error {
	out := &errWriter{w: w}
	// The page is named like its file, without the section: man looks for both.
	name := strings.TrimSuffix(fileOf(d.Name), ".1")
	heading(out, name)
	printf(out, ".SH NAME\n%s \\- %s\n", roff(name), roff(d.Summary))
	synopsis(out, strings.TrimSpace("verify "+d.Name)+" "+d.Usage)
	printf(out, ".SH DESCRIPTION\n")
	description(out, d.Long)
	if d.Example != "" {
		printf(out, ".SH EXAMPLE\n.nf\n%s\n.fi\n", line("verify "+d.Example))
	}
	// An empty section would be a fault to mandoc.
	if len(d.Flags) > 0 {
		printf(out, ".SH OPTIONS\n")
	}
	for _, f := range d.Flags {
		kind, text := run.FlagText(f)
		printf(out, ".TP\n\\fB\\-%s\\fR", roff(f.Name))
		// A switch takes no value.
		if kind != "" {
			printf(out, " \\fI%s\\fR", roff(kind))
		}
		printf(out, "\n%s", lines(text))
	}
	// The main job stands for the whole program: its page is where people begin.
	if d.Name == "" {
		printf(out, ".SH COMMANDS\n")
		for _, other := range all {
			if other.Name != "" {
				printf(out, ".TP\n\\fBverify %s\\fR\n%s\n", roff(other.Name), line(other.Summary))
			}
		}
	}
	// Statuses are the same for all commands.
	printf(out, ".SH EXIT STATUS\n%s", lines(run.ExitText))
	// No page refers to itself.
	printf(out, ".SH SEE ALSO\n.BR %s (1),\n.BR certcheck (1)\n", map[bool]string{true: "verify\\-prove", false: "verify"}[d.Name == ""])
	return out.err
}

// checkerPage is the page of certcheck, which is a command of its own.
func checkerPage(w io.Writer) error {
	out := &errWriter{w: w}
	// Written by hand, and short: its own help has the rest, and it must not depend on a table
	// of the programs that it does not trust.
	heading(out, "certcheck")
	printf(out, ".SH NAME\ncertcheck \\- check certificates of theorems about linear programs\n")
	synopsis(out, "certcheck [--statement] [--json] [--against MODEL [--from FORMAT] [--convention C] [--relax]] [--max-mem SIZE] FILE... | --version")
	printf(out, ".SH DESCRIPTION\n%s", lines(`Reads certificates and says what each establishes, or at which place it is invalid and why. It shares
no code with the programs that find proofs. "certcheck -h" explains the options.`))
	printf(out, ".SH EXIT STATUS\n%s", lines("0 all valid, 1 some invalid, 2 bad usage or a file that cannot be read, 3 beyond --max-mem."))
	printf(out, ".SH SEE ALSO\n.BR verify (1)\n")
	return out.err
}

// heading begins a page: its name, section, the day of the commit, and the version, none of
// which is that of the moment at which it is written.
func heading(w io.Writer, name string) {
	// The word "unknown" in a program that was not built by the command go.
	version, _ := build.Version()
	printf(w, ".TH %s 1 \"%s\" \"verify %s\"\n", strings.ToUpper(roff(name)), build.Date(), roff(version))
}

// synopsis writes how a command is called. What goes on below is further to the right.
func synopsis(w io.Writer, usage string) {
	const further = "    "
	printf(w, ".SH SYNOPSIS\n.nf\n")
	for i, l := range strings.Split(show.Fill(usage, pageWidth-len(further)), "\n") {
		// Only the first line begins with the name of the command.
		if i > 0 {
			l = further + l
		}
		printf(w, "%s\n", line(l))
	}
	printf(w, ".fi\n")
}

// Pages are read in terminals of any width, but tables cannot be broken, and most terminals
// have 80 columns.
//
// sourceWidth is that of lines of a page as it is written, and pageWidth what a terminal of
// 80 columns has left for lines that are not broken, beside the margins of man.
const sourceWidth, pageWidth = 76, 71

// description writes the text of a command: paragraphs are broken by man, for the width of
// the terminal; tables and examples, which are indented, stand as they are.
func description(w io.Writer, text string) {
	for i, b := range show.Blocks(text) {
		// Between all of them, since a table that follows its paragraph at once looks like
		// a part of it.
		if i > 0 {
			printf(w, ".PP\n")
		}
		if !b.Verbatim {
			printf(w, "%s", lines(strings.Join(b.Lines, " ")))
			continue
		}
		// As they stand: filled lines would run the columns of a table together.
		printf(w, ".nf\n")
		for l := range strings.SplitSeq(show.Fill(strings.Join(b.Lines, "\n"), pageWidth), "\n") {
			printf(w, "%s\n", line(l))
		}
		printf(w, ".fi\n")
	}
}

// lines is roff for text that man breaks into lines itself.
func lines(text string) string {
	var b strings.Builder
	for l := range strings.SplitSeq(show.Fill(strings.Join(strings.Fields(text), " "), sourceWidth), "\n") {
		b.WriteString(line(l) + "\n")
	}
	return b.String()
}

// line is roff for a line of text, which must not begin like a request: a point or an apostrophe
// at the left edge is a command there, and text with it would vanish from the page.
func line(text string) string {
	text = roff(text)
	if strings.HasPrefix(text, ".") || strings.HasPrefix(text, "'") {
		text = `\&` + text
	}
	if text == "" { // an empty line is one that some versions complain of
		return ".sp 1"
	}
	return text
}

// roff escapes what the language of man reads as its own, and writes hyphens that can be
// copied.
func roff(text string) string {
	return strings.NewReplacer(`\`, `\e`, "-", `\-`, "`", `\(ga`, "^", `\(ha`, "~", `\(ti`).Replace(text)
}
