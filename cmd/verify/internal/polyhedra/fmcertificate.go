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
	"pstar/theorems/statement/polyhedral"
	"pstar/witness"
)

// certify writes a certificate if one was asked for. The elimination can be too long
// for one; its result is true all the same.
func (f *fmRun) certify(ctx context.Context, r *fm.Result) error {
	if f.certificate == "" {
		return nil
	}
	_, err := f.WriteCertificate(f.talk, f.certificate, func() (witness.Document, error) {
		// Of a cell the certificate proves the lemma, with all of its steps.
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
//
// The checker is handed the question and not the answer: it finds the multipliers itself.
// So the certificate does not grow with the work of the route, but takes the checker's
// time.
func (f *fmRun) certifyTheorem(ctx context.Context) error {
	if f.certificate == "" {
		return nil
	}
	r, err := decide.Claim(ctx, polyhedral.Projection(f.system, f.kept, f.eliminated), 0)
	if err != nil {
		return err
	}
	return f.certifyResult(r)
}

// certifyResult writes the certificate of a theorem that has been decided.
func (f *fmRun) certifyResult(r *decide.Result) error {
	_, err := f.WriteCertificate(f.talk, f.certificate, witness.Ready(decide.Document([]*decide.Result{r})))
	if err == nil {
		f.talk.Say("certificate checked and written after %v", f.talk.Elapsed())
	}
	return err
}

// decide tells whether there is a point at all, when no variable is kept.
func (f *fmRun) decide(ctx context.Context) error {
	// The claim is that there is no point. Refuted it gives a point, proved it gives
	// multipliers.
	r, err := decide.Claim(ctx, polyhedral.Projection(f.system, f.kept, f.eliminated), 0)
	// As a claim about a system, so that the checker can be asked the same.
	if err != nil {
		return err
	}
	v := project.NewVerdict(r)
	err = f.writeVerdict(v)
	// A verdict that could not be printed does not keep the certificate from being written.
	if f.certificate != "" {
		err = errors.Join(err, f.certifyResult(r))
	}
	// Infeasible is an answer, not a failure of the run, but scripts can tell it by the
	// status 1.
	if v.Point == nil {
		err = errors.Join(err, run.ErrRefuted)
	}
	return err
}

// writeVerdict puts a verdict where the result goes.
func (f *fmRun) writeVerdict(v project.Verdict) error {
	write := v.Write
	// The verdict is in the head.
	if f.json {
		write = func(w io.Writer) error { return run.WriteLine(w, f.Head(v.Verdict, nil), v) }
	}
	// Where results go, or into a file with a line about it.
	if run.ToStandardOutput(f.out) {
		return f.Print(write)
	}
	err := f.WriteFile(f.out, write)
	if err == nil {
		// The verdict is told where people look, although the point is in the file.
		_, err = fmt.Fprintf(f.Stdout, "%s: %s\n", certificate.FileName(f.out), v.Verdict)
	}
	return err
}
