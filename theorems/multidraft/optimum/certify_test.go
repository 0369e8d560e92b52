package optimum

import (
	"slices"
	"strings"
	"testing"

	"pstar/certificate/kernel"
	"pstar/certificate/statement"
	"pstar/rational"
	"pstar/theorems/multidraft"
	"pstar/theorems/multidraft/internal/oracle"
	"pstar/witness"
)

// The independent checker accepts the certificate of every instance, which says what P* is, and that
// without sets of drafts of those with iid drafts.
func TestCertificatesOfSettings(t *testing.T) {
	check := func(name string, s *multidraft.Instance, c witness.Document, builder string) {
		t.Helper()
		report, err := kernel.Check(c.(witness.Proof), statement.Builders)
		if err != nil {
			t.Fatalf("%s: %v\n%s", name, err, c)
		}
		best, err := Of(t.Context(), s)
		if err != nil {
			t.Fatal(err)
		}
		if !slices.ContainsFunc(report.Claims, func(c kernel.Claim) bool {
			return c.Tag == "P*" && strings.Contains(" "+c.Text, " "+best.Value.String()+" ")
		}) {
			t.Errorf("%s: P* = %v, the checker says %v", name, best.Value, report.Claims)
		}
		if report.Builder != builder {
			t.Errorf("%s: builder %s, want %s", name, report.Builder, builder)
		}
	}
	oracle.SmallInstances(t, func(name string, s *multidraft.Instance) {
		if s.Model() == multidraft.ModelIID {
			c, err := vocabularyCertificate(s)
			if err != nil {
				t.Fatal(err)
			}
			check(name, s, c, "vocabulary")
		}
		c, err := Certificate(t.Context(), s)
		if err != nil {
			t.Fatal(err)
		}
		builder := "instances"
		if s.K() < 2 || s.N() < 2 {
			builder = "vocabulary"
		}
		check(name, s, c, builder)
	})
}

func TestCertificateLimits(t *testing.T) {
	p := oracle.Weighted(t, slices.Repeat(rational.NewVector(1), 63))
	long := make([]rational.Int, 60)
	for i := range long {
		long[i] = rational.NewInt(1<<40 + int64(i*i))
	}
	l := multidraft.Must(multidraft.New(multidraft.ModelWithoutReplacement, 4, []multidraft.Distribution{oracle.Weighted(t, long)}, oracle.Weighted(t, long)))
	if _, err := Certificate(t.Context(), l); err == nil || !strings.Contains(err.Error(), "the common denominator of this one is too long") {
		t.Errorf("a long law: %v", err)
	}
	if _, err := LargestFlow(t.Context(), l); err == nil || !strings.Contains(err.Error(), "too long for exact flows") {
		t.Errorf("a flow in a long law: %v", err)
	}
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
