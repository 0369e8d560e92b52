package multidraft

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"pstar/certificate"
	"pstar/rational"
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
		c, err := s.Certificate(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		want := certificate.Multidraft
		if s.K() < 2 || s.N() < 2 {
			want = certificate.IIDOptimum
		}
		check(name, c, want)
	})
}

func TestCertificateLimits(t *testing.T) {
	p := weighted(t, slices.Repeat(rational.NewVector(1), 63))
	for _, c := range []struct {
		model string
		k     int
		want  string
	}{
		{ModelIID, 65, "at most 64 drafts, not 65"},
		{ModelIID, 64, ""},
		{ModelWithoutReplacement, 1, ""},
		{ModelWithoutReplacement, 2, "certificates of without-replacement drafts are for at most 62 tokens, not 63"},
	} {
		s, err := NewSetting(c.model, c.k, []Distribution{p}, p)
		if err != nil {
			t.Fatal(err)
		}
		if _, err = s.Certificate(t.Context()); (err == nil) != (c.want == "") || err != nil && !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s K=%d: error %v, want %q", c.model, c.k, err, c.want)
		}
	}
}
