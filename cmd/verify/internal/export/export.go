// Package export is the command "verify export", which writes certificates in the formats of other checkers.
package export

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"

	"pstar/certificate"
	"pstar/certificate/kernel"
	"pstar/cmd/verify/internal/run"
	"pstar/formal/coqfile"
	"pstar/witness/exchange"
)

// A format is another checker's: the flag that asks for it, what it is, and what writes a document so. The error of
// write is a [*kernel.Invalid] if the document proves nothing, and else says why it cannot be written so.
type format struct {
	flag, usage string
	write       func(ctx context.Context, w io.Writer, document []byte) error
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
	return append([]format{{"coq", "write a self-contained `file` for Coq, with a theorem for each of the certificate", coq}}, others...)
}

// others are the formats without a choice.
var others = []format{
	{"smt2", "write queries in SMT-LIB 2 to `file`, for z3 or cvc5, each of which is unsat: whether one of some identities can fail", func(ctx context.Context, w io.Writer, document []byte) error {
		// The number of queries is for tests.
		_, err := exchange.SMT(ctx, w, document)
		return err
	}},
	{"vipr", "write the optimum or the infeasibility of a linear program to `file`, in the format VIPR 1.1", exchange.VIPR},
	{"ine", "write the rows of a polyhedron to `file`, for cddlib or lrs", exchange.System},
	{"projection", "write the rows of its projection to `file`, likewise", exchange.Projection},
	{"literal", "write a certificate to `file` in which the theorems are written out", func(_ context.Context, w io.Writer, document []byte) error {
		// A literal certificate says its theorems in full, so that a checker without builders reads it.
		literal, err := coqfile.Literal(document)
		if err == nil {
			_, err = w.Write(literal)
		}
		return err
	}},
}

// Command is the entry of the table of commands.
func Command() run.Command {
	return run.Command{
		Name:    "export",
		Usage:   "CERTIFICATE",
		Summary: "writes a certificate for other checkers",
		Long: `Checks a certificate of format 2 and writes it in the formats that are asked for, one
flag each. "-" is standard input or output. What is written is for the other
checker to judge: docs/formal.md says how, and what is then trusted.`,
		Run: runExport,
	}
}

// runExport checks one certificate, and writes it in each format that has a file.
func runExport(c *run.Call, args []string) error {
	flags := c.Flags()
	// Below 0 is all of them, as 0 is the number of the first theorem.
	theorem := flags.Int("theorem", -1, "with -coq: only the theorem with this number, counted from 0")
	list := formats(theorem)
	// One flag for each format, with its own file: several can be asked for at once.
	paths := make([]string, len(list))
	for k, f := range list {
		flags.StringVar(&paths[k], f.flag, "", f.usage)
	}
	limits := flags.Limits()
	files, err := flags.Parse(args)
	if err != nil {
		return err
	}
	if len(files) != 1 {
		return run.UsageErrorf("expected one certificate, got %d; \"verify export -h\" explains", len(files))
	}
	asked := 0
	for _, path := range paths {
		if path == "" {
			continue
		}
		asked++
		// There is no verdict beside these files: they are the result, and without a place for it there
		// is nothing to do.
		if err := c.CheckWritable(path); err != nil {
			return err
		}
	}
	// Else the certificate would be checked, and nothing said: that is what check is for.
	if asked == 0 {
		return run.UsageErrorf("no format is asked for; \"verify export -h\" lists them")
	}
	// The time counts from here, for the check and all formats together.
	ctx := limits.Context()
	document, err := read(c, files[0])
	if err != nil {
		return err
	}
	for k, f := range list {
		if paths[k] == "" {
			continue
		}
		// The first that cannot be written ends the run: what stands is whole, and the error says which is not.
		if err := write(ctx, c, f, files[0], document, paths[k]); err != nil {
			return err
		}
	}
	return nil
}

// read reads a document, which may be compressed.
func read(c *run.Call, path string) ([]byte, error) {
	in, err := c.Open(path)
	if err != nil {
		return nil, err
	}
	defer in.Close()
	// One byte more than a document may have, so that a longer one is refused by the checker, as
	// everywhere, and is not read to its end.
	document, err := io.ReadAll(io.LimitReader(in, kernel.MaxDocument+1))
	// By the first bytes and not by the name, since a certificate may come on standard input.
	if err == nil && bytes.HasPrefix(document, []byte{0x1f, 0x8b}) {
		var unzip *gzip.Reader
		if unzip, err = gzip.NewReader(bytes.NewReader(document)); err == nil {
			// The limit is of what comes out: a small file can stand for gigabytes.
			document, err = io.ReadAll(io.LimitReader(unzip, kernel.MaxDocument+1))
		}
	}
	// A gzip file that breaks off is an error of the file too.
	if err != nil {
		return nil, in.Fail(err)
	}
	return document, nil
}

// write makes the whole text before it replaces a file.
func write(ctx context.Context, c *run.Call, f format, source string, document []byte, path string) error {
	var text bytes.Buffer
	// In memory first, as a checker could take a file that breaks off for a whole one.
	err := f.write(ctx, &text, document)
	// The end of the context is the cause of whatever error came of it.
	if ctx.Err() != nil {
		return context.Cause(ctx)
	}
	var invalid *kernel.Invalid
	// The same words and status as those of check: the document proves nothing.
	if errors.As(err, &invalid) {
		fmt.Fprintf(c.Stdout, "%s: INVALID %v\n", certificate.FileName(source), invalid)
		return run.ErrRefuted
	}
	// The document is valid, but the format has no form for it: a wrong flag, not a fault.
	if err != nil {
		return run.UsageErrorf("%s cannot be written with -%s: %v", source, f.flag, err)
	}
	return c.WriteFile(path, func(w io.Writer) error {
		_, err := w.Write(text.Bytes())
		return err
	})
}
