package single

import (
	"context"
	"strings"
	"testing"

	"pstar/rational"
	"pstar/theorems/contention/internal/oracle"
	"pstar/witness"
)

// The certificates of instances with zeros, ones and equal elements are valid; with another value, another point or another
// instance they are not, each for its reason.
func TestCertificatesOfUnitInstances(t *testing.T) {
	for _, x := range []string{"1/3,1/3,1/3", "1/4,1/4,1/4,1/4", "1/2,1/3,0,1", "0,0", "1", "1e-30,1,1e-30", "2/3,1/2,1/5,1,1/7"} {
		u := solve(t, oracle.Rats(t, x))
		document := func(change func(o *witness.UnitOptimum)) []witness.Maker {
			o := *Optimum(u)
			for k := range o.Choice {
				o.Choice[k], o.Y[k] = append([]rational.Rat(nil), o.Choice[k]...), append([]rational.Rat(nil), o.Y[k]...)
			}
			o.Xi, o.X = append([]rational.Rat(nil), o.Xi...), append([]rational.Rat(nil), o.X...)
			change(&o)
			return []witness.Maker{func() (witness.Document, error) { return witness.Contention(nil, witness.ContentionInstance{Unit: &o}) }}
		}
		_, report := oracle.Written(t, document(func(*witness.UnitOptimum) {}))
		if !strings.Contains(report.StatementText(), "LPOPT is "+u.Value.String()) {
			t.Errorf("%s: %s", x, report.StatementText())
		}
		small := rational.NewRat(1, 1000)
		oracle.Refused(t, document(func(o *witness.UnitOptimum) { o.Value = o.Value.Sub(small) }), "rows, step 0 (combine)")
		oracle.Refused(t, document(func(o *witness.UnitOptimum) { o.Value = o.Value.Add(small) }), "exists, step 0 (witness)")
		oracle.Refused(t, document(func(o *witness.UnitOptimum) { o.Choice[0][0] = o.Choice[0][0].Add(small) }), "exists, step 0 (witness)")
		oracle.Refused(t, document(func(o *witness.UnitOptimum) { o.Y[0][0] = o.Y[0][0].Sub(small) }), "rows, step 0 (combine)")
		oracle.Refused(t, document(func(o *witness.UnitOptimum) { o.X[0] = rational.NewRat(3, 2) }), "a probability must be between 0 and 1")
	}
}

// The certificate of a report holds the instance and what holds for all.
func TestDocumentsOfReports(t *testing.T) {
	r, err := Verify(context.Background(), solve(t, oracle.Rats(t, "1/2,1/3,1/6")), Options{})
	if err != nil {
		t.Fatal(err)
	}
	_, report := oracle.Written(t, r.Documents())
	if len(report.Claims) < len(Tags)+1 || report.Claims[len(report.Claims)-1].Tag != "CRS-LP" {
		t.Error(report.Summary())
	}
}
