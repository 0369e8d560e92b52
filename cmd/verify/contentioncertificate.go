package main

import (
	"bytes"
	"context"
	"io"

	"pstar/certificate"
	"pstar/rational"
	"pstar/theorems/contention"
)

// A writer writes itself as a certificate.
type writer interface{ Write(io.Writer) error }

// writeCertificate writes a certificate that the checker accepts, or says why it would
// not: an instance can be too large for it. To make it and to check it can take some ten
// seconds that do not look at ctx; when that ends they are not waited for.
func writeCertificate(ctx context.Context, path string, document func() writer) error {
	var text bytes.Buffer
	done := make(chan error, 1)
	go func() { done <- accepted(path, document(), &text) }()
	select {
	case <-ctx.Done():
		return context.Cause(ctx)
	case err := <-done:
		if err != nil {
			return err
		}
	}
	return writeFile(path, func(w io.Writer) error {
		_, err := w.Write(text.Bytes())
		return err
	})
}

// accepted writes d to text and checks it.
func accepted(path string, d writer, text *bytes.Buffer) error {
	if err := d.Write(text); err != nil {
		return err
	}
	if _, err := certificate.Check(bytes.NewReader(text.Bytes())); err != nil {
		return usageErrorf("cannot write %s: the checker would reject the certificate, %v", path, err)
	}
	return nil
}

// refuseLarge reports, before the work, that an instance has no certificate.
func refuseLarge(path string, n int) error {
	if path != "" && n > certificate.MaxElements {
		return usageErrorf("-o: a certificate has at most %d elements, found %d", certificate.MaxElements, n)
	}
	return nil
}

// certify writes the certificate of an instance, with that of the instances whose
// elements are halved if they have been solved.
func (job *crsJob) certify(ctx context.Context, u *contention.Unit) error {
	d, err := contention.CertifyUnit(ctx, u)
	if err != nil {
		return ended(ctx, err)
	}
	contention.AddHalved(d, job.halved)
	return writeCertificate(ctx, job.output, func() writer { return d })
}

// document is the certificate of the choice, and of CRS-T1.5 with -hard.
func (job *knapsackJob) document(c contention.Choice, law *contention.KnapsackLaw) *certificate.KnapsackDocument {
	d := contention.CertifyKnapsack(job.elements, c, law)
	if job.hard > 0 {
		contention.AddSingle(d, job.hardPoint())
	}
	return d
}

// hardPoint is the single-unit problem that the instance of -hard amounts to.
func (job *knapsackJob) hardPoint() *contention.Unit {
	return contention.UniformPoint(2*job.hard+1, rational.NewRat(int64(2*job.hard), int64(job.hard+2)))
}

// document is the certificate of the outcome and of the largest uniform target.
func (job *rationJob) document(plan *contention.ExAnte, r *contention.Ration) *certificate.RationDocument {
	d := contention.CertifyRation(job.agents, plan, r)
	contention.AddLargest(d, job.agents, job.largest)
	return d
}
