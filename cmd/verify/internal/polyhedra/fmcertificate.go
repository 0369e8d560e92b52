package polyhedra

import (
	"context"
	"errors"
	"fmt"
	"io"

	"pstar/certificate"
	"pstar/cmd/verify/internal/project"
	"pstar/cmd/verify/internal/run"
	"pstar/fm"
	"pstar/theorems/statement/decide"
	"pstar/witness"
)

// certify writes a certificate if one was asked for. The elimination can be too long
// for one; its result is true all the same.
func (f *fmRun) certify(ctx context.Context, r *fm.Result) error {
	if f.certificate == "" {
		return nil
	}
	_, err := f.WriteCertificate(f.certificate, func() (witness.Document, error) {
		if f.cell != nil { // whose statement names the cell, and is no system of the document
			return witness.Eliminations(ctx, f.cell.K, f.cell.N, true)
		}
		return witness.Projection(r)
	})
	if err == nil {
		f.talk.Say("certificate checked and written after %v", f.talk.Elapsed())
	}
	return err
}

// certifyTheorem writes the certificate of a projection that leaves no steps.
func (f *fmRun) certifyTheorem(ctx context.Context) error {
	if f.certificate == "" {
		return nil
	}
	r, err := decide.Claim(ctx, project.Theorem(f.system, f.kept, f.eliminated), 0)
	if err != nil {
		return err
	}
	return f.certifyResult(r)
}

func (f *fmRun) certifyResult(r *decide.Result) error {
	_, err := f.WriteCertificate(f.certificate, witness.Ready(decide.Document([]*decide.Result{r})))
	if err == nil {
		f.talk.Say("certificate checked and written after %v", f.talk.Elapsed())
	}
	return err
}

// decide tells whether there is a point at all, when no variable is kept.
func (f *fmRun) decide(ctx context.Context) error {
	r, err := decide.Claim(ctx, project.Theorem(f.system, f.kept, f.eliminated), 0)
	if err != nil {
		return err
	}
	v := project.NewVerdict(r)
	err = f.writeVerdict(v)
	if f.certificate != "" {
		err = errors.Join(err, f.certifyResult(r))
	}
	if v.Point == nil {
		err = errors.Join(err, run.ErrRefuted)
	}
	return err
}

// writeVerdict puts a verdict where the result goes.
func (f *fmRun) writeVerdict(v project.Verdict) error {
	write := v.Write
	if f.json {
		write = func(w io.Writer) error {
			data, err := f.Head(v.Verdict, nil).JSON(v)
			if err == nil {
				_, err = w.Write(data)
			}
			return err
		}
	}
	if run.ToStandardOutput(f.out) {
		return f.Print(write)
	}
	err := f.WriteFile(f.out, write)
	if err == nil {
		_, err = fmt.Fprintf(f.Stdout, "%s: %s\n", certificate.FileName(f.out), v.Verdict)
	}
	return err
}
