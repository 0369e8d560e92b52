package multidraft

import (
	"bytes"
	"strings"
	"testing"

	"pstar/certificate"
)

// The independent checker accepts the certificate of every setting, and the
// compact one of those with iid drafts.
func TestCertificatesOfSettings(t *testing.T) {
	check := func(name string, c Certifiable, want string) {
		t.Helper()
		var text bytes.Buffer
		if err := c.Write(&text); err != nil {
			t.Fatal(err)
		}
		report, err := certificate.Check(&text)
		if err != nil {
			t.Errorf("%s: %v", name, err)
		} else if !strings.HasPrefix(report.Summary(), want) {
			t.Errorf("%s: %s, want %s", name, report.Summary(), want)
		}
	}
	smallSettings(t, func(name string, s *Setting) {
		if s.Model() == ModelIID {
			check(name, s.compactCertificate(), certificate.IIDOptimum)
		}
		if s.K() < 2 || s.N() < 2 {
			return
		}
		c, err := s.Certificate(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		check(name, c, certificate.Multidraft)
	})
}

func TestCertificateLimits(t *testing.T) {
	s := settingFor(t, ModelWithoutReplacement, 1, "1/2,1/2", "1/2,1/2")
	if _, err := s.Certificate(t.Context()); err == nil {
		t.Error("a certificate for one draft without replacement")
	}
}
