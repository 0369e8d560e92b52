package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"pstar/certificate"
	"pstar/rational"
	"pstar/theorems/contention"
	"pstar/theorems/contention/knapsack"
	"pstar/theorems/contention/ration"
	"pstar/theorems/contention/single"
	"pstar/witness"
)

// certifyFindings writes a certificate of the findings, and says where what it
// establishes is not what was found.
func (c *call) certifyFindings(t *talk, path string, found findings, makers ...witness.Maker) error {
	written, err := c.writeCertificate(path, makers...)
	if err != nil {
		return err
	}
	t.note("certificate written to %s%s", certificate.FileName(path), found.less(written.Report.Claims))
	if written.Passed != nil {
		t.note("a stronger certificate could not be written: %v", written.Passed)
	}
	return nil
}

// less says which of the findings that hold are not among the claims of a certificate,
// in the same words.
func (f findings) less(claims []certificate.Claim) string {
	var missing []string
	for _, x := range f {
		text := x.Tag + " " + x.Status
		if x.Status != undecided && !slices.Contains(claims, certificate.Claim{Tag: x.Tag, Status: x.Status}) && !slices.Contains(missing, text) {
			missing = append(missing, text)
		}
	}
	if missing == nil {
		return ""
	}
	return ", without " + strings.Join(missing, ", ")
}

// unwritable reports that an instance has too many elements for a certificate.
func unwritable(n int) error {
	return unwritableBeyond(certificate.MaxElements, "elements", n)
}

func unwritableBeyond(limit int, what string, n int) error {
	if n > limit {
		return &witness.Unwritable{Reason: fmt.Sprintf("a certificate has at most %d %s, found %d", limit, what, n)}
	}
	return nil
}

// sizesUnwritable reports that an element or agent has too many sizes or demands.
func sizesUnwritable(n int) error {
	return unwritableBeyond(certificate.MaxSizes, "sizes of an element, or demands of an agent", n)
}

// certify writes the certificate of an instance, with that of the instances whose
// elements are halved if they have been solved.
func (job *crsJob) certify(ctx context.Context, u *single.Unit, found findings) error {
	return job.certifyFindings(job.talk, job.output, found, func() (witness.Document, error) {
		if err := unwritable(len(u.X)); err != nil {
			return nil, err
		}
		d, err := single.Certify(ctx, u)
		if err == nil {
			single.AddHalved(d, job.halved)
		}
		return d, err
	})
}

// certify writes the certificate of the choice, and of CRS-T1.5 with -hard. An exact
// law can be too long for the checker, which then gets one that is enclosed.
func (job *knapsackJob) certify(c contention.Choice, law *knapsack.Law, found findings) error {
	document := func(enclose bool) witness.Maker {
		return func() (witness.Document, error) {
			err := unwritable(len(job.elements))
			for _, e := range job.elements {
				err = errors.Join(err, sizesUnwritable(len(e)))
			}
			if err != nil {
				return nil, err
			}
			d := knapsack.Certify(job.elements, c, law)
			if enclose {
				knapsack.EncloseLaw(d)
			}
			if len(d.Claims) == 0 {
				return nil, &witness.Unwritable{Reason: "a choice that is neither feasible nor shown to be attained has no certificate"}
			}
			if job.hard > 0 {
				knapsack.AddSingle(d, job.hardPoint())
			}
			return d, nil
		}
	}
	makers := []witness.Maker{document(false)}
	if law != nil && law.Exact && law.Confirms(c) == nil {
		makers = append(makers, document(true))
	}
	return job.certifyFindings(job.talk, job.output, found, makers...)
}

// certify writes the certificate of the outcome and of the largest uniform target. As
// with knapsack, an exact law can be too long; an outcome that the checker cannot follow
// is left out.
func (job *rationJob) certify(plan *ration.ExAnte, r *ration.Ration, found findings) error {
	document := func(r *ration.Ration, enclose bool) witness.Maker {
		return func() (witness.Document, error) {
			err := unwritable(len(job.agents))
			for _, a := range job.agents {
				err = errors.Join(err, sizesUnwritable(len(a.Demand)))
			}
			if err != nil {
				return nil, err
			}
			d := ration.Certify(job.agents, plan, r)
			ration.AddLargest(d, job.agents, job.largest)
			if enclose {
				ration.EncloseLaw(d)
			}
			return d, nil
		}
	}
	makers := []witness.Maker{document(r, false)}
	if r != nil && r.Law != nil && r.Law.Exact {
		makers = append(makers, document(r, true))
	}
	if r != nil {
		makers = append(makers, document(nil, false))
	}
	return job.certifyFindings(job.talk, job.output, found, makers...)
}

// hardPoint is the single-unit problem that the instance of -hard amounts to.
func (job *knapsackJob) hardPoint() *single.Unit {
	return single.UniformPoint(2*job.hard+1, rational.NewRat(int64(2*job.hard), int64(job.hard+2)))
}
