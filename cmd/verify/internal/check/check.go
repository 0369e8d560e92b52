// Package check is the command that checks certificates. It calls the checker and prints what
// that says: nothing is decided here, and whoever trusts nothing but the checker uses the
// program certcheck, which has none of the rest.
package check

import (
	"context"
	"errors"
	"fmt"
	"io"

	"pstar/certificate"
	"pstar/cmd/verify/internal/run"
)

// Command is the entry of the table of commands.
func Command() run.Command {
	return run.Command{
		Name:    "check",
		Usage:   "FILE...",
		Summary: "checks certificates with the independent checker",
		Long: `Checks certificates with the independent checker and prints, for each file, one
line "FILE: valid: ..." or "FILE: INVALID at PLACE: REASON", and what exactly a
valid one establishes. Files may be gzip-compressed; "-" is standard input. The
command certcheck does the same without the rest of this program.`,
		Run: runCheck,
	}
}

// runCheck checks files one after another. It goes on after one that is invalid or cannot be
// read, so that the last of many is looked at, too; the status is that of the worst.
func runCheck(c *run.Call, args []string) error {
	flags := c.Flags()
	// What a certificate establishes can be read beside a paper; the figures of the proof, its
	// size and rules, are of use to who writes certificates.
	statement := flags.Bool("statement", false, "print what is established, without the figures of the proof")
	limits := flags.Limits()
	files, err := flags.Parse(args)
	if err != nil {
		return err
	}
	// A pattern that matches nothing must not look like files that are all valid.
	if len(files) == 0 {
		return run.UsageErrorf("no certificate given")
	}
	ctx := limits.Context()
	var invalid, unreadable error
	for _, path := range files {
		switch err := checkFile(c, path, *statement); {
		// What was cut off says nothing of the file.
		case ctx.Err() != nil:
			return context.Cause(ctx)
		case errors.Is(err, run.ErrRefuted):
			invalid = err
		case err != nil:
			// Said where it happens, between the results of the others; what is returned
			// only makes the status.
			fmt.Fprintf(c.Stderr, "verify: %v\n", err)
			unreadable = run.UsageErrorf("%s could not be read", certificate.FileName(path))
		}
	}
	// One of each kind: the texts have been printed, and errors are for the status now.
	return errors.Join(invalid, unreadable)
}

// checkFile checks one certificate and prints the outcome: one line that says whether it is
// valid, and of a valid one what it establishes, which is not always what its name promises.
func checkFile(c *run.Call, path string, statement bool) error {
	report, err := readCertificate(c, path)
	// A result of the run and no error of it: the place and the reason go to standard output.
	var invalid *certificate.Invalid
	if errors.As(err, &invalid) {
		fmt.Fprintf(c.Stdout, "%s: INVALID %v\n", certificate.FileName(path), invalid)
		return run.ErrRefuted
	}
	if err != nil {
		return err
	}
	fmt.Fprintf(c.Stdout, "%s: valid: %s\n", certificate.FileName(path), report.Summary())
	if statement {
		_, err = io.WriteString(c.Stdout, report.StatementText())
		return err
	}
	return report.WriteText(c.Stdout)
}

// readCertificate reads and checks, as far as the limits of the call allow. An error that is no
// [certificate.Invalid] is one of reading.
func readCertificate(c *run.Call, path string) (*certificate.Report, error) {
	in, err := c.Open(path)
	if err != nil {
		return nil, err
	}
	defer in.Close()
	report, err := certificate.CheckContext(c.Limited(), in)
	var invalid *certificate.Invalid
	if err != nil && !errors.As(err, &invalid) {
		err = in.Fail(err)
	}
	return report, err
}
