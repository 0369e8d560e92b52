package optimum

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"pstar/certificate"
	"pstar/rational"
	"pstar/theorems/multidraft"
	"pstar/theorems/multidraft/internal/oracle"
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
	oracle.SmallInstances(t, func(name string, s *multidraft.Instance) {
		if s.Model() == multidraft.ModelIID {
			check(name, compactCertificate(s), certificate.IIDOptimum)
		}
		c, err := Certificate(t.Context(), s)
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
	p := oracle.Weighted(t, slices.Repeat(rational.NewVector(1), 63))
	for _, c := range []struct {
		model string
		k     int
		want  string
	}{
		{multidraft.ModelIID, 65, "at most 64 drafts, not 65"},
		{multidraft.ModelIID, 64, ""},
		{multidraft.ModelWithoutReplacement, 1, ""},
		{multidraft.ModelWithoutReplacement, 2, "certificates of without-replacement drafts are for at most 62 tokens, not 63"},
	} {
		s, err := multidraft.New(c.model, c.k, []multidraft.Distribution{p}, p)
		if err != nil {
			t.Fatal(err)
		}
		if _, err = Certificate(t.Context(), s); (err == nil) != (c.want == "") || err != nil && !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s K=%d: error %v, want %q", c.model, c.k, err, c.want)
		}
	}
}
