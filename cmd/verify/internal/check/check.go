// Package check is the command that checks certificates.
package check

import (
	"context"
	"errors"
	"fmt"
	"io"

	"pstar/certificate"
	"pstar/cmd/verify/internal/run"
)

// Command checks certificates.
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

func runCheck(c *run.Call, args []string) error {
	flags := c.Flags()
	statement := flags.Bool("statement", false, "print what is established, without the figures of the proof")
	limits := flags.Limits()
	files, err := flags.Parse(args)
	if err != nil {
		return err
	}
	if len(files) == 0 {
		return run.UsageErrorf("no certificate given")
	}
	ctx := limits.Context()
	var invalid, unreadable error
	for _, path := range files {
		switch err := checkFile(c, path, *statement); {
		case ctx.Err() != nil:
			return context.Cause(ctx)
		case errors.Is(err, run.ErrRefuted):
			invalid = err
		case err != nil:
			fmt.Fprintf(c.Stderr, "verify: %v\n", err)
			unreadable = run.UsageErrorf("%s could not be read", certificate.FileName(path))
		}
	}
	return errors.Join(invalid, unreadable)
}

// checkFile checks one certificate and prints the outcome.
func checkFile(c *run.Call, path string, statement bool) error {
	report, err := readCertificate(c, path)
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

// readCertificate reads and checks.
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
