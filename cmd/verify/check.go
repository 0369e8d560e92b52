package main

import (
	"context"
	"errors"
	"fmt"
	"io"

	"pstar/certificate"
)

func checkCommand() command {
	return command{
		name:    "check",
		usage:   "FILE...",
		summary: "checks certificates with the independent checker",
		long: `Checks certificates with the independent checker and prints, for each file, one
line "FILE: valid: ..." or "FILE: INVALID at PLACE: REASON", and what exactly a
valid one establishes. Files may be gzip-compressed; "-" is standard input. The
command certcheck does the same without the rest of this program.`,
		run: runCheck,
	}
}

func runCheck(c *call, args []string) error {
	flags := c.flags()
	statement := flags.Bool("statement", false, "print what is established, without the figures of the proof")
	limits := flags.limits()
	files, err := flags.parse(args)
	if err != nil {
		return err
	}
	if len(files) == 0 {
		return usageErrorf("no certificate given")
	}
	ctx, stop := limits.context()
	defer stop()
	var invalid, unreadable error
	for _, path := range files {
		switch err := c.checkFile(path, *statement); {
		case ctx.Err() != nil:
			return context.Cause(ctx)
		case errors.Is(err, errRefuted):
			invalid = err
		case err != nil:
			fmt.Fprintf(c.stderr, "verify: %v\n", err)
			unreadable = usageErrorf("%s could not be read", path)
		}
	}
	return errors.Join(invalid, unreadable)
}

// checkFile checks one certificate and prints the outcome.
func (c *call) checkFile(path string, statement bool) error {
	report, err := c.readCertificate(path)
	var invalid *certificate.Invalid
	if errors.As(err, &invalid) {
		fmt.Fprintf(c.stdout, "%s: INVALID %v\n", certificate.FileName(path), invalid)
		return errRefuted
	}
	if err != nil {
		return err
	}
	fmt.Fprintf(c.stdout, "%s: valid: %s\n", certificate.FileName(path), report.Summary())
	if statement {
		_, err = io.WriteString(c.stdout, report.StatementText())
		return err
	}
	return report.WriteText(c.stdout)
}

// readCertificate reads and checks; the checker does not look at the context and is left
// when that ends.
func (c *call) readCertificate(path string) (*certificate.Report, error) {
	in, err := c.open(path)
	if err != nil {
		return nil, err
	}
	defer in.Close()
	report, err := await(in.ctx, func() (*certificate.Report, error) { return certificate.Check(in) })
	var invalid *certificate.Invalid
	if err != nil && !errors.As(err, &invalid) {
		err = readError(in.ctx, in.name, err)
	}
	return report, err
}
