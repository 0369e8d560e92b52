package manual

import (
	"flag"
	"io"
	"strings"

	"pstar/cmd/verify/internal/build"
	"pstar/cmd/verify/internal/run"
)

// page writes the page of a command, in the language of man(7).
func page(w io.Writer, d run.Described, all []run.Described) error {
	out := &errWriter{w: w}
	name := strings.TrimSuffix(fileOf(d.Name), ".1")
	heading(out, name)
	printf(out, ".SH NAME\n%s \\- %s\n", roff(name), roff(d.Summary))
	printf(out, ".SH SYNOPSIS\n.nf\n%s\n.fi\n", line(strings.Join(strings.Fields("verify "+d.Name+" "+d.Usage), " ")))
	printf(out, ".SH DESCRIPTION\n")
	preformatted(out, d.Long)
	if d.Example != "" {
		printf(out, ".SH EXAMPLE\n")
		preformatted(out, "verify "+d.Example)
	}
	if len(d.Flags) > 0 {
		printf(out, ".SH OPTIONS\n")
	}
	for _, f := range d.Flags {
		kind, text := flag.UnquoteUsage(f)
		printf(out, ".TP\n\\fB\\-%s\\fR", roff(f.Name))
		if kind != "" {
			printf(out, " \\fI%s\\fR", roff(kind))
		}
		if f.DefValue != "" && f.DefValue != "0" && f.DefValue != "false" && f.DefValue != "0s" {
			text += " (default " + f.DefValue + ")"
		}
		printf(out, "\n%s\n", line(text))
	}
	if d.Name == "" {
		printf(out, ".SH COMMANDS\n")
		for _, other := range all {
			if other.Name != "" {
				printf(out, ".TP\n\\fBverify %s\\fR\n%s\n", roff(other.Name), line(other.Summary))
			}
		}
	}
	printf(out, ".SH EXIT STATUS\n%s", lines(run.ExitText))
	printf(out, ".SH SEE ALSO\n.BR %s (1),\n.BR certcheck (1)\n", map[bool]string{true: "verify\\-prove", false: "verify"}[d.Name == ""])
	return out.err
}

// checkerPage is the page of certcheck, which is a command of its own.
func checkerPage(w io.Writer) error {
	out := &errWriter{w: w}
	heading(out, "certcheck")
	printf(out, ".SH NAME\ncertcheck \\- check certificates of theorems about linear programs\n")
	printf(out, ".SH SYNOPSIS\n.nf\n%s\n.fi\n", line("certcheck [--statement] [--json] [--against MODEL [--relax]] [--max-mem SIZE] FILE..."))
	printf(out, ".SH DESCRIPTION\n%s", lines(`Reads certificates and says what each establishes, or at which place it is invalid and why. It shares
no code with the programs that find proofs. "certcheck -h" explains the options.`))
	printf(out, ".SH EXIT STATUS\n%s", lines("0 all valid, 1 some invalid, 2 bad usage or a file that cannot be read, 3 beyond --max-mem."))
	printf(out, ".SH SEE ALSO\n.BR verify (1)\n")
	return out.err
}

func heading(w io.Writer, name string) {
	version, _ := build.Version()
	printf(w, ".TH %s 1 \"\" \"verify %s\"\n", strings.ToUpper(roff(name)), roff(version))
}

// preformatted writes text as it stands.
func preformatted(w io.Writer, text string) {
	printf(w, ".nf\n%s.fi\n", lines(text))
}

func lines(text string) string {
	var b strings.Builder
	for l := range strings.SplitSeq(strings.TrimSpace(text), "\n") {
		b.WriteString(line(l) + "\n")
	}
	return b.String()
}

// line is roff for a line of text, which must not begin like a request.
func line(text string) string {
	text = roff(text)
	if strings.HasPrefix(text, ".") || strings.HasPrefix(text, "'") {
		text = `\&` + text
	}
	if text == "" {
		return ".sp 1"
	}
	return text
}

// roff escapes what the language of man reads as its own, and writes hyphens that can be
// copied.
func roff(text string) string {
	return strings.NewReplacer(`\`, `\e`, "-", `\-`, "`", `\(ga`, "^", `\(ha`, "~", `\(ti`).Replace(text)
}
