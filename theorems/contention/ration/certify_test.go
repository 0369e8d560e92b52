package ration

import (
	"context"
	"fmt"
	"math/rand/v2"
	"testing"

	"pstar/rational"
	"pstar/theorems/contention/internal/oracle"
	"pstar/witness"
)

// Plans, prices and largest targets of random agents of all types are proved; with a larger or smaller target, or another
// plan, they are refused.
func TestCertificatesOfRationing(t *testing.T) {
	r := rand.New(rand.NewPCG(2, 99))
	counts := map[string]int{}
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
	if len(counts) < 2 {
		t.Errorf("claims seen: %v", counts)
	}
}
