// Package export is the command "verify export", which writes certificates in the formats of other checkers.
package export

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"

	"pstar/certificate"
	"pstar/certificate/kernel"
	"pstar/cmd/verify/internal/run"
	"pstar/formal/coqfile"
	"pstar/theorems"
	"pstar/witness"
	"pstar/witness/exchange"
)

// A format is another checker's: the flag that asks for it, what it is, and what writes a document so. Write
// returns remarks on what is in the file not as in the certificate. Its error is
// a [*kernel.Invalid] if the document proves nothing, and else says why it cannot be written so.
type format struct {
	flag, usage string
	write       func(ctx context.Context, w io.Writer, document []byte) (remarks []string, err error)
}

// whole is a writer that leaves nothing to remark.
func whole(write func(ctx context.Context, w io.Writer, document []byte) error) func(context.Context, io.Writer, []byte) ([]string, error) {
	return func(ctx context.Context, w io.Writer, document []byte) ([]string, error) {
		return nil, write(ctx, w, document)
	}
}

// formats lists all that there are. Of theorems the number is read when one is written.
func formats(theorem *int) []format {
	// The number is read when a file is written, after the command line was parsed.
	coq := func(_ context.Context, w io.Writer, document []byte) error {
		// One theorem of a large cell compiles in a part of the time and memory of all four.
		if *theorem < 0 {
			return coqfile.Write(w, document)
		}
		return coqfile.WriteOne(w, document, *theorem)
	}
	return []format{
		{"coq", "write a self-contained `file` for Coq, with a theorem for each of the certificate", whole(coq)},
		{"smt2", "write queries in SMT-LIB 2 to `file`, for z3 or cvc5, each of which is unsat: whether one of some identities can fail", func(ctx context.Context, w io.Writer, document []byte) ([]string, error) {
			asked, err := exchange.SMT(ctx, w, document)
			return []string{asked.String()}, err
		}},
		{"vipr", "write the optimum or the infeasibility of a linear program to `file`, in the format VIPR 1.1", exchange.VIPR},
		{"ine", "write the rows of a polyhedron to `file`, for cddlib or lrs, of a certificate of fm -method fm", whole(exchange.System)},
		{"projection", "write the rows of its projection to `file`, likewise", whole(exchange.Projection)},
		{"literal", "write a certificate to `file` in which the theorems are written out", whole(func(_ context.Context, w io.Writer, document []byte) error {
			// A literal certificate says its theorems in full, so that a checker without builders reads it.
			literal, err := coqfile.Literal(document)
			if err == nil {
				_, err = w.Write(literal)
			}
			return err
		})},
	}
}

// Command is the entry of the table of commands.
func Command() run.Command {
	return run.Command{
		Name:    "export",
		Usage:   "CERTIFICATE",
		Summary: "writes a certificate for other checkers",
		Long: `Checks a certificate of format 2 and writes it in the formats that are asked for, one
flag each. "-" is standard input or output. What is written is for the other
checker to judge: docs/certificates.md, and of Coq docs/formal.md, says how, and
what is then trusted. On standard error is said what a file does not have of the
certificate: of -smt2 the steps without a query, of -vipr names that are others.`,
		Run: runExport,
	}
}

// A job is a run of the command.
type job struct {
	*run.Call
	talk     *run.Talk
	json     bool
	source   string
	document []byte
	figures  figures
}

// figures are what the object has besides its head.
type figures struct {
	Certificate certificate.File `json:"certificate"` // as check -json has it
	Written     []written        `json:"written"`
}

// written is a file that was written.
type written struct {
	Format string `json:"format"` // the flag that asked for it
	File   string `json:"file"`
}

// runExport checks one certificate, and writes it in each format that has a file.
func runExport(c *run.Call, args []string) error {
	job := &job{Call: c, figures: figures{Written: []written{}}}
	flags := c.Flags()
	// Below 0 is all of them, as 0 is the number of the first theorem.
	theorem := flags.Int("theorem", -1, "with -coq: only the theorem with this number, counted from 0")
	list := formats(theorem)
	// One flag for each format, with its own file: several can be asked for at once.
	paths := make([]string, len(list))
	for k, f := range list {
		flags.StringVar(&paths[k], f.flag, "", f.usage)
	}
	flags.BoolVar(&job.json, "json", false, "print one JSON object about the certificate and the files")
	limits := flags.Limits()
	job.talk = flags.Talk()
	files, err := flags.Parse(args)
	if err != nil {
		return err
	}
	if len(files) != 1 {
		return run.UsageErrorf("expected one certificate, got %d; \"verify export -h\" explains", len(files))
	}
	if paths[0] == "" {
		if err := flags.RefuseUnused("without -coq", "theorem"); err != nil {
			return err
		}
	}
	job.source = files[0]
	if err := job.checkOutputs(paths); err != nil {
		return err
	}
	// The time counts from here, for the check and all formats together.
	ctx := limits.Context()
	if err = job.read(); err == nil {
		err = job.writeAll(ctx, list, paths)
	}
	var invalid *certificate.Invalid
	if errors.As(err, &invalid) {
		// The same words and status as those of check: the document proves nothing.
		if !job.json {
			fmt.Fprintf(c.Stdout, "%s: INVALID %v\n", certificate.FileName(job.source), invalid)
		}
		err = run.ErrRefuted
	}
	// Of a file that could not be read, or not be checked in time, there is nothing to say.
	if !job.json || job.document == nil && invalid == nil || ctx.Err() != nil {
		return err
	}
	return errors.Join(err, job.print(invalid))
}

// checkOutputs looks at the files that are to be written.
func (job *job) checkOutputs(paths []string) error {
	if err := run.CheckDistinct(paths...); err != nil {
		return err
	}
	asked := 0
	for _, path := range paths {
		if path == "" {
			continue
		}
		asked++
		// There is no verdict beside these files: they are the result, and without a place for it there
		// is nothing to do.
		if err := job.CheckWritable(path); err != nil {
			return err
		}
	}
	// Else the certificate would be checked, and nothing said: that is what check is for.
	if asked == 0 {
		return run.UsageErrorf("no format is asked for; \"verify export -h\" lists them")
	}
	return nil
}

// read reads the document as the checker does, compressed or not.
func (job *job) read() error {
	in, err := job.Open(job.source)
	if err != nil {
		return err
	}
	defer in.Close()
	job.document, err = certificate.ReadDocument(job.Limited(), in)
	var invalid *certificate.Invalid
	if err != nil && !errors.As(err, &invalid) {
		return in.Fail(err)
	}
	return err
}

// A made file is the whole text of one, and what is to be remarked of it.
type made struct {
	written
	text    []byte
	remarks []string
}

// writeAll writes all files that are asked for, or, where the certificate has no form in one of the formats, none: the
// texts are made first, in memory, and so no checker can take a file that breaks off for a whole one. The first file
// that cannot be written then ends the run: what stands is whole, and the error says which is not.
func (job *job) writeAll(ctx context.Context, list []format, paths []string) error {
	var files []*made
	for k, f := range list {
		if paths[k] == "" {
			continue
		}
		file, err := job.make(ctx, f)
		if err != nil {
			return err
		}
		file.written = written{f.flag, paths[k]}
		files = append(files, file)
	}
	for _, file := range files {
		err := job.WriteFile(file.File, func(w io.Writer) error {
			_, err := w.Write(file.text)
			return err
		})
		if err != nil {
			return err
		}
		job.figures.Written = append(job.figures.Written, file.written)
		for _, remark := range file.remarks {
			job.talk.Note("%s: %s", certificate.FileName(file.File), remark)
		}
	}
	return nil
}

// make makes the text of a file.
func (job *job) make(ctx context.Context, f format) (*made, error) {
	var text bytes.Buffer
	remarks, err := f.write(ctx, &text, job.document)
	// The end of the context is the cause of whatever error came of it.
	if ctx.Err() != nil {
		return nil, context.Cause(ctx)
	}
	var invalid *kernel.Invalid
	switch {
	case errors.As(err, &invalid):
		return nil, certificate.InvalidOf(job.document, invalid)
	// The document is valid, but the format has no form for it: a wrong flag, not a fault.
	case err != nil:
		return nil, run.UsageErrorf("%s cannot be written with -%s: %v", job.source, f.flag, err)
	}
	return &made{text: text.Bytes(), remarks: remarks}, nil
}

// print prints the object, with what the certificate establishes: the checker is asked once more, as the
// formats do not hand on what it told them.
func (job *job) print(invalid *certificate.Invalid) error {
	var report *certificate.Report
	var err error
	if invalid == nil {
		if report, err = certificate.CheckBytes(job.Limited(), job.document); err != nil && !errors.As(err, &invalid) {
			return err
		}
	}
	var claims theorems.Claims
	if invalid != nil {
		job.figures.Certificate, err = certificate.Describe(job.source, nil, invalid), run.ErrRefuted
	} else {
		job.figures.Certificate, claims = certificate.Describe(job.source, report, nil), witness.Claims(report)
	}
	job.PrintReport(job.figures.Certificate.Verdict, claims, job.figures)
	return err
}
