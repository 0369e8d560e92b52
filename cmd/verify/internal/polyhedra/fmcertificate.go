package polyhedra

import (
	"pstar/certificate"
	"pstar/fm"
	"pstar/witness"
)

// certify writes a certificate if one was asked for. The elimination can be too long
// for one; its result is true all the same.
func (f *fmRun) certify(r *fm.Result) error {
	if f.certificate == "" {
		return nil
	}
	_, err := f.WriteCertificate(f.certificate, func() (witness.Document, error) {
		if f.cell != nil {
			return f.document(r), nil
		}
		return witness.Projection(r)
	})
	if err == nil {
		f.talk.Say("certificate checked and written after %v", f.talk.Elapsed())
	}
	return err
}

// document is the certificate of a result. That of a cell names the cell, and a
// checker then compares both ends of the elimination with it.
func (f *fmRun) document(r *fm.Result) *certificate.LinearDocument {
	d := witness.Elimination(r)
	if f.cell != nil {
		d.Cell = &certificate.TransportCell{K: f.cell.K, N: f.cell.N}
	}
	return d
}
