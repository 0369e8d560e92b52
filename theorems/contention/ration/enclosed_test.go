package ration

import (
	"context"
	"math/rand/v2"
	"testing"

	"pstar/theorems/contention"
)

// The laws on the grid enclose the exact services, and closely.
func TestEnclosedServices(t *testing.T) {
	r := rand.New(rand.NewPCG(31, 1))
	wide, seen := 0, 0
	for range 12 {
		agents := randomAgents(r, 2+r.IntN(3), []Service{TypeII, TypeIII})
		largest, err := LargestUniform(context.Background(), agents)
		if err != nil {
			t.Fatal(err)
		}
		agents = withTarget(agents, largest.Value)
		plan, err := CheckTargets(context.Background(), agents)
		if err != nil {
			t.Fatal(err)
		}
		exact, err := Allocate(context.Background(), agents, plan)
		if err != nil {
			t.Fatal(err)
		}
		enclosed, err := exact.encloseServices(context.Background(), agents)
		if err != nil {
			t.Fatal(err)
		}
		for _, o := range contention.Orders {
			for i := range agents {
				seen++
				if !enclosed[o][i].Contains(exact.Service[o][i]) {
					t.Fatalf("%+v, %s, agent %d: %s is not in %s", agents, o, i+1, exact.Service[o][i], enclosed[o][i])
				}
				if enclosed[o][i].Width().Float64() > 1e-3 {
					wide++
				}
			}
		}
	}
	if wide > seen/10 {
		t.Errorf("%d of %d enclosures are wide", wide, seen)
	}
}
