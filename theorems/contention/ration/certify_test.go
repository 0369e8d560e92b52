package ration

import (
	"context"
	"fmt"
	"math/rand/v2"
	"testing"

	"pstar/rational"
	"pstar/theorems/contention/internal/oracle"
)

func TestCertificatesOfRationing(t *testing.T) {
	r := rand.New(rand.NewPCG(2, 99))
	counts := map[string]int{}
	for run := range 40 {
		types := []Service{TypeII, TypeIII}
		if run%3 == 0 {
			types = []Service{TypeI, TypeIII}
		}
		agents := randomAgents(r, 1+r.IntN(3), types)
		plan, err := CheckTargets(context.Background(), agents)
		if err != nil {
			t.Fatal(err)
		}
		var out *Ration
		if plan.Feasible {
			if out, err = Allocate(context.Background(), agents, plan); err != nil {
				t.Fatal(err)
			}
		}
		d := Certify(agents, plan, out)
		largest, err := LargestUniform(context.Background(), agents)
		if err != nil {
			t.Fatal(err)
		}
		AddLargest(d, agents, largest)
		document, report := oracle.Written(t, d)
		counts[fmt.Sprint(report.Claims)]++
		if run < 12 {
			oracle.Flip(t, document, 3)
		}
		if largest.Value.IsZero() {
			continue
		}
		d.Largest.Target = rational.RatFromBig(d.Largest.Target).Mul(rational.NewRat(99, 100)).Big()
		oracle.Refused(t, d, "largest")
	}
	if len(counts) != 2 {
		t.Errorf("claims seen: %v", counts)
	}
}
