// Command certcheck checks certificates. It is the checker of package certificate
// and nothing else, for readers who want to trust no more than that.
//
//	certcheck [--statement] FILE...
//
// For each file it prints one line, "FILE: valid: ..." with the statement and its
// claims or "FILE: INVALID at PLACE: REASON", and for a valid one what exactly is
// established; with --statement, without the figures of the proof. The file "-"
// is the standard input. Files may be gzip-compressed. A name that could be taken for
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
	seen := [3]bool{}
	for _, path := range flags.Args() {
		seen[checkOne(path, *statement, stdin, stdout, stderr)] = true
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
	fmt.Fprint(w, `usage: certcheck [--statement] FILE...

Checks certificates (plain or gzip; "-" is the standard input) and prints for each
"FILE: valid: ..." with what it establishes, or "FILE: INVALID at PLACE: REASON".

  --statement   print what is established, without the figures of the proof
  -h            print this

Exit status: 0 all valid, 1 some invalid, else 2 for bad usage or if a file cannot be read.
`)
}

// checkOne checks one file, prints its verdict and returns its exit status.
func checkOne(path string, statement bool, stdin io.Reader, stdout, stderr io.Writer) int {
	report, err := open(path, stdin)
	var unread *fs.PathError
	if errors.As(err, &unread) {
		err = fmt.Errorf("cannot read %s: %w", certificate.FileName(path), unread.Err)
	}
	status := exitValid
	var invalid *certificate.Invalid
	switch {
	case errors.As(err, &invalid):
		status = exitInvalid
		_, err = fmt.Fprintf(stdout, "%s: INVALID %v\n", certificate.FileName(path), invalid)
	case err == nil:
		err = printValid(stdout, path, report, statement)
	}
	if err != nil {
		fmt.Fprintf(stderr, "certcheck: %v\n", err)
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
