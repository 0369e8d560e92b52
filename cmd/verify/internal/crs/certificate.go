package crs

import (
	"errors"
	"slices"
	"strings"

	"pstar/certificate"
	"pstar/cmd/verify/internal/run"
	"pstar/theorems"
	"pstar/witness"
)

// endFindings writes a certificate of the findings, if there is a path for one, says
// where what it establishes is not what was found, and returns what the command ends
// with.
func endFindings(c *run.Call, t *run.Talk, path string, found theorems.Claims, documents func() []witness.Maker) error {
	if path == "" {
		return run.Outcome(found.Verdict())
	}
	return errors.Join(run.Outcome(found.Verdict()), certifyFindings(c, t, path, found, documents()))
}

func certifyFindings(c *run.Call, t *run.Talk, path string, found theorems.Claims, makers []witness.Maker) error {
	written, err := c.WriteCertificate(path, makers...)
	if err != nil {
		return err
	}
	t.Note("certificate written to %s%s", certificate.FileName(path), without(found, written.Report.Claims))
	if written.Passed != nil {
		t.Note("a stronger certificate could not be written: %v", written.Passed)
	}
	return nil
}

// without says which of the findings that hold are not among the claims of a
// certificate, in the same words; what is proved for all instances is for this one.
func without(found theorems.Claims, claims []certificate.Claim) string {
	var missing []string
	for _, x := range found {
		text := x.Tag + " " + x.Status.String()
		covered := func(c certificate.Claim) bool {
			return c.Tag == x.Tag && (c.Status == x.Status.String() || c.Status == certificate.Proved && x.Status != theorems.Refuted)
		}
		if x.Status != theorems.Undecided && !slices.ContainsFunc(claims, covered) && !slices.Contains(missing, text) {
			missing = append(missing, text)
		}
	}
	if missing == nil {
		return ""
	}
	return ", without " + strings.Join(missing, ", ")
}
