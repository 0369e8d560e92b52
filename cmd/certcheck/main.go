// Command certcheck checks certificates. It is the checker of package certificate
// and nothing else, for readers who want to trust no more than that.
//
//	certcheck [--statement] [--against FILE.thm] FILE...
//
// For each file it prints one line, "FILE: valid: ..." with the statement and its
// claims or "FILE: INVALID at PLACE: REASON", and for a valid one what exactly is
// established; with --statement, without the figures of the proof. The file "-"
// is the standard input. With --against a certificate is invalid, too, unless its theorems are the claims of
// that theorem file, which is expanded for that: then the reader of such files, package
// theorems/statement, is to be trusted besides. Files may be gzip-compressed. A name that could be taken for
// something else is quoted.
//
// Exit status: 0 if all files are valid, 1 if one is invalid, else 2 for bad usage or
// if a file cannot be read.
package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"os"
	"runtime/debug"

	"pstar/certificate"
)

const (
	exitValid   = 0
	exitInvalid = 1
	exitUnread  = 2 // also bad usage
)

// softMemory is where the collector of garbage starts to work harder. Documents of package kernel, whose
// limits are on what is kept at a time, then stay below 512 MiB.
const softMemory = 400 << 20

func main() {
	debug.SetMemoryLimit(softMemory)
	debug.SetGCPercent(400) // below that, collecting often is a third of the time
	os.Exit(run(os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
}

func run(args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	flags := flag.NewFlagSet("certcheck", flag.ContinueOnError)
	flags.SetOutput(io.Discard)
	statement := flags.Bool("statement", false, "print what is established, without the figures of the proof")
	against := flags.String("against", "", "compare with the claims of a theorem `file`")
	switch err := flags.Parse(args); {
	case errors.Is(err, flag.ErrHelp):
		usage(stdout)
		return exitValid
	case err != nil:
		fmt.Fprintf(stderr, "certcheck: %v\n", err)
		usage(stderr)
		return exitUnread
	case flags.NArg() == 0:
		fmt.Fprintln(stderr, "certcheck: no file given")
		usage(stderr)
		return exitUnread
	}
	claims, err := readClaims(*against)
	if err != nil {
		fmt.Fprintf(stderr, "certcheck: %v\n", err)
		return exitUnread
	}
	c := checker{*statement, claims, stdin, stdout, stderr}
	seen := [3]bool{}
	for _, path := range flags.Args() {
		seen[c.one(path)] = true
	}
	switch {
	case seen[exitInvalid]: // that one is invalid is known, whatever else cannot be read
		return exitInvalid
	case seen[exitUnread]:
		return exitUnread
	}
	return exitValid
}

func usage(w io.Writer) {
	fmt.Fprint(w, `usage: certcheck [--statement] [--against FILE.thm] FILE...

Checks certificates (plain or gzip; "-" is the standard input) and prints for each
"FILE: valid: ..." with what it establishes, or "FILE: INVALID at PLACE: REASON".

  --statement         print what is established, without the figures of the proof
  --against FILE.thm  compare with the claims of a theorem file; its reader is trusted then
  -h                  print this

Exit status: 0 all valid, 1 some invalid, else 2 for bad usage or if a file cannot be read.
`)
}

// checker checks files one after the other.
type checker struct {
	statement      bool
	claims         *claims // to compare with, or nil
	stdin          io.Reader
	stdout, stderr io.Writer
}

// one checks one file, prints its verdict and returns its exit status.
func (c *checker) one(path string) int {
	report, err := open(path, c.stdin)
	var unread *fs.PathError
	if errors.As(err, &unread) {
		err = fmt.Errorf("cannot read %s: %w", certificate.FileName(path), unread.Err)
	}
	compared := ""
	if err == nil && c.claims != nil {
		compared, err = c.claims.compare(report)
	}
	status := exitValid
	var invalid *certificate.Invalid
	var other *otherError
	switch {
	case errors.As(err, &invalid), errors.As(err, &other):
		status = exitInvalid
		_, err = fmt.Fprintf(c.stdout, "%s: INVALID %v\n", certificate.FileName(path), err)
	case err == nil:
		if err = printValid(c.stdout, path, report, c.statement); err == nil {
			_, err = io.WriteString(c.stdout, compared)
		}
	}
	if err != nil {
		fmt.Fprintf(c.stderr, "certcheck: %v\n", err)
		return exitUnread
	}
	return status
}

func printValid(w io.Writer, path string, report *certificate.Report, statement bool) error {
	if _, err := fmt.Fprintf(w, "%s: valid: %s\n", certificate.FileName(path), report.Summary()); err != nil {
		return err
	}
	if statement {
		_, err := io.WriteString(w, report.StatementText())
		return err
	}
	return report.WriteText(w)
}

func open(path string, stdin io.Reader) (*certificate.Report, error) {
	if path == "-" {
		return certificate.Check(stdin)
	}
	return certificate.CheckFile(path)
}
