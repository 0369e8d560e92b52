package ration

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"pstar/certificate"
	"pstar/rational"
	"pstar/theorems/contention/internal/oracle"
	"pstar/theorems/contention/knapsack"
	"pstar/witness"
)

// Plans, prices and largest targets of random agents of all types are proved; with a larger or smaller target, or another
// plan, they are refused.
func TestCertificatesOfRationing(t *testing.T) {
	r := rand.New(rand.NewPCG(2, 99))
	counts, exact := map[string]int{}, 0
	for run := range 60 {
		types := []Service{TypeII, TypeIII}
		if run%3 == 0 {
			types = []Service{TypeI, TypeIII}
		}
		agents := randomAgents(r, 1+r.IntN(3), types)
		report, err := Verify(context.Background(), agents, Options{})
		if err != nil {
			t.Fatal(err)
		}
		rations := report.rations()
		makers := func(w *witness.Rations) []witness.Maker {
			return []witness.Maker{func() (witness.Document, error) {
				return witness.Contention(nil, witness.ContentionInstance{Rations: w})
			}}
		}
		_, found := oracle.Written(t, makers(rations))
		counts[fmt.Sprint(found.Claims)]++
		if run < 6 {
			oracle.Written(t, report.Documents())
		}
		if o := report.Outcome; o != nil && (o.Unit != nil || o.Law.Exact) {
			exact += compareServices(t, report)
		}
		if rations.Largest == nil {
			continue
		}
		for _, factor := range []rational.Rat{rational.NewRat(99, 100), rational.NewRat(101, 100)} {
			forged, largest := *rations, *rations.Largest
			largest.Value = largest.Value.Mul(factor)
			forged.Largest = &largest
			oracle.Refused(t, makers(&forged), "at theorem")
		}
		if rations.Parts != nil && agents[0].Target.Sign() > 0 {
			forged := *rations
			forged.Agents = append([]witness.RationAgent(nil), forged.Agents...)
			forged.Agents[0].Target = forged.Agents[0].Target.Mul(rational.NewRat(99, 100))
			forged.Largest = nil
			oracle.Refused(t, makers(&forged), "exists, step 0 (witness)")
		}
	}
	if len(counts) < 2 || exact < 10 {
		t.Errorf("claims seen: %v; %d services compared", counts, exact)
	}
}

// compareServices compares the services that the checker computes with those of the engine: the largest guarantee that these allow is accepted, and
// no larger one. It returns 1 if there is one.
func compareServices(t *testing.T, report *Report) int {
	t.Helper()
	o, tight, found := report.Outcome, rational.Rat{}, 0
	for i, a := range report.Agents {
		if a.Target.Sign() > 0 {
			if ratio := o.Average[i].Quo(a.Target); found == 0 || ratio.Cmp(tight) < 0 {
				tight, found = ratio, 1
			}
		}
	}
	if found == 0 {
		return 0
	}
	rations := report.rations()
	rations.Largest = nil
	rations.Served = &witness.Served{Parts: rations.Parts, Guarantee: tight, Thresholds: o.Tau}
	i := witness.ContentionInstance{Rations: rations}
	if o.Unit == nil {
		i.Choice = knapsack.FeasibleChoice(knapsack.Means(o.Sizes), o.Choice)
	}
	makers := []witness.Maker{func() (witness.Document, error) { return witness.Contention(nil, i) }}
	if _, r := oracle.Written(t, makers); !slices.Contains(r.Claims, certificate.Claim{Tag: "CRS-T1.1", Status: certificate.Checked}) {
		t.Error(r.Claims)
	}
	rations.Served.Guarantee = tight.Mul(rational.NewRat(1000001, 1000000))
	oracle.Refused(t, makers, "the rest has a term with a negative coefficient")
	return 1
}
