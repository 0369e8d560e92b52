package ration

import (
	"context"
	"errors"
	"math/rand/v2"
	"testing"

	"pstar/rational"
	"pstar/theorems/contention"
	"pstar/theorems/contention/knapsack"
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

// Agents who are the same from both ends are computed in one order only; with any difference, in both.
func TestEnclosedServicesOfMirroredAgents(t *testing.T) {
	ctx := context.Background()
	agent := Agent{Service: TypeIII, Demand: []Demand{{rational.NewRat(1, 4), half}, {half, rational.NewRat(1, 4)}, {one, rational.NewRat(1, 4)}}, Target: rational.NewRat(1, 8)}
	list := []Agent{agent, agent, agent, agent}
	plan, err := CheckTargets(ctx, list)
	if err != nil {
		t.Fatal(err)
	}
	r, err := Allocate(ctx, list, plan)
	if err != nil {
		t.Fatal(err)
	}
	if !r.mirrored(list) {
		t.Error("four agents of one kind are not the same from both ends")
	}
	services, err := r.encloseServices(ctx, list)
	if err != nil {
		t.Fatal(err)
	}
	for i := range list {
		for _, o := range contention.Orders {
			if !services[o][i].Contains(r.Service[o][i]) {
				t.Errorf("%s, agent %d: %s is not in %s", o, i+1, r.Service[o][i], services[o][i])
			}
		}
	}
	for what, change := range map[string]func(a *Agent){
		"service": func(a *Agent) { a.Service = TypeII },
		"target":  func(a *Agent) { a.Target = half },
		"demand":  func(a *Agent) { a.Demand = a.Demand[:2] },
		"value":   func(a *Agent) { a.Demand = append([]Demand{{zero, half}}, a.Demand[1:]...) },
		"chance":  func(a *Agent) { a.Demand = append([]Demand{{a.Demand[0].Value, one}}, a.Demand[1:]...) },
	} {
		other := []Agent{agent, agent, agent, agent}
		if change(&other[3]); r.mirrored(other) {
			t.Errorf("agents with another %s are the same from both ends", what)
		}
	}
	plan.Quantile[3] = half
	if r.mirrored(list) {
		t.Error("another quantile is the same")
	}
	plan.Quantile[3] = plan.Quantile[0]
	if r.Choice[contention.Forward][0] = zero; r.mirrored(list) {
		t.Error("another choice is the same")
	}
}

// An exact law is given up as soon as those who come yet must cost more than what is left to spend.
func TestSupplyLawIsGivenUpEarly(t *testing.T) {
	agents := []Agent{{Service: TypeIII, Demand: []Demand{{half, one}}}}
	for _, c := range []struct {
		others int
		want   error
	}{{0, nil}, {7, nil}, {8, knapsack.ErrTooLarge}} {
		law := fullSupply(agents)
		levels := agents[0].levels()
		offer := law.offered(levels, []rational.Rat{half})
		law.work = 9*law.cost(2) - 1 // of which this move of two atoms takes one part
		err := law.take(context.Background(), offer, rational.NewInt(1), c.others)
		if len(law.atoms) != 2 || !errors.Is(err, c.want) {
			t.Errorf("with %d others: %v, %d atoms", c.others, err, len(law.atoms))
		}
	}
}
