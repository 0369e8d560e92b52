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
	"pstar/theorems"
	"pstar/witness"
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

// A job is a run of the command.
type job struct {
	*run.Call
	statement, json bool
	claims          theorems.Claims // of all files that are valid
	figures         figures
}

// figures are what the object has besides its head: the files as certcheck -json has them.
type figures struct {
	Files  []certificate.File `json:"files"`
	Unread []string           `json:"unread,omitempty"` // files that could not be read, or were not before a limit
}

// runCheck checks files one after another. It goes on after one that is invalid or cannot be
// read, so that the last of many is looked at, too; the status is that of the worst.
func runCheck(c *run.Call, args []string) error {
	job := &job{Call: c, figures: figures{Files: []certificate.File{}}}
	flags := c.Flags()
	// What a certificate establishes can be read beside a paper; the figures of the proof, its
	// size and rules, are of use to who writes certificates.
	flags.BoolVar(&job.statement, "statement", false, "print what is established, without the figures of the proof")
	flags.JSON(&job.json)
	limits := flags.Limits()
	files, err := flags.Parse(args)
	if err != nil {
		return err
	}
	// A pattern that matches nothing must not look like files that are all valid.
	if len(files) == 0 {
		return run.UsageErrorf("no certificate given")
	}
	if job.json {
		if err := flags.RefuseUnused("with -json, which has the statement apart", "statement"); err != nil {
			return err
		}
	}
	err = c.Concluded(job.check(limits.Context(), files))
	// One object for all files, also where a limit ended the run.
	if job.json {
		verdict := certificate.Verdict(job.figures.Files, job.figures.Unread)
		// As the status has it, whatever was found by then.
		if run.ExitStatus(err) == run.ExitInterrupted {
			verdict = theorems.Open.String()
		}
		job.PrintReport(verdict, job.claims, job.figures)
	}
	return err
}

// check checks the files, in their order.
func (job *job) check(ctx context.Context, files []string) error {
	var invalid, unreadable error
	for i, path := range files {
		err := job.file(path)
		if errors.Is(err, run.ErrRefuted) {
			invalid = err
		}
		judged := err == nil || errors.Is(err, run.ErrRefuted)
		left := files[i:]
		if judged {
			left = files[i+1:]
		}
		switch {
		// What was cut off says nothing of the file, and what was judged before the end stays.
		case len(left) > 0 && ctx.Err() != nil:
			job.figures.Unread = append(job.figures.Unread, left...)
			return errors.Join(invalid, context.Cause(ctx))
		case !judged:
			// Said where it happens, between the results of the others; what is returned
			// only makes the status.
			fmt.Fprintf(job.Stderr, "verify: %v\n", err)
			unreadable = run.UsageErrorf("%s could not be read", certificate.FileName(path))
			job.figures.Unread = append(job.figures.Unread, path)
		}
	}
	// One of each kind: the texts have been printed, and errors are for the status now.
	return run.Whole(errors.Join(invalid, unreadable))
}

// file checks one certificate and tells the outcome: one line that says whether it is
// valid, and of a valid one what it establishes, which is not always what its name promises.
func (job *job) file(path string) error {
	report, err := readCertificate(job.Call, path)
	// A result of the run and no error of it: the place and the reason go to standard output.
	var invalid *certificate.Invalid
	isInvalid := errors.As(err, &invalid)
	switch {
	case err != nil && !isInvalid:
		return err
	case job.json:
		job.figures.Files = append(job.figures.Files, certificate.Describe(path, report, err))
	case isInvalid:
		fmt.Fprintf(job.Stdout, "%s: INVALID %v\n", certificate.FileName(path), invalid)
	default:
		fmt.Fprintf(job.Stdout, "%s: valid: %s\n", certificate.FileName(path), report.Summary())
	}
	switch {
	case isInvalid:
		return run.ErrRefuted
	case job.json:
		job.claims = append(job.claims, witness.Claims(report)...)
		return nil
	case job.statement:
		_, err = io.WriteString(job.Stdout, report.StatementText())
		return err
	}
	return report.WriteText(job.Stdout)
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
