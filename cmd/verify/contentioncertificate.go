package main

import (
	"bytes"
	"context"
	"io"

	"pstar/certificate"
	"pstar/rational"
	"pstar/theorems/contention"
)

// writeCertificate writes a certificate that the checker accepts, or says why it would
// not: an instance can be too large for it.
func writeCertificate(path string, d interface{ Write(io.Writer) error }) error {
	var document bytes.Buffer
	if err := d.Write(&document); err != nil {
		return err
	}
	if _, err := certificate.Check(bytes.NewReader(document.Bytes())); err != nil {
		return usageErrorf("cannot write %s: the checker would reject the certificate, %v", path, err)
	}
	return writeFile(path, func(w io.Writer) error {
		_, err := w.Write(document.Bytes())
		return err
	})
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
	return writeCertificate(job.output, d)
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
