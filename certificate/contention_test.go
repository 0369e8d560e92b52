package certificate

import (
	"bytes"
	"errors"
	"io"
	"math/big"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// unitDocument is the certificate of x = (1/2, 1/2), by hand: LPOPT = 3/4.
func unitDocument() *UnitDocument {
	d := &UnitDocument{
		X: over(2, 1, 1),
		Optimum: UnitOptimum{
			Value:  rat(3, 4),
			Choice: TwoOrders{[]*big.Rat{rat(1, 1), rat(1, 2)}, []*big.Rat{rat(1, 2), rat(1, 1)}},
			Xi:     over(2, 1, 1),
			Y:      TwoOrders{over(8, 1, 2), over(8, 2, 1)},
		},
		Coins: TwoOrders{over(1, 1, 1), over(1, 1, 1)},
		Alpha: &[2]*big.Rat{rat(62, 100), rat(63, 100)},
	}
	d.Claims = d.Derive()
	return d
}

// knapsackDocument has one element of size 1 or 1/2 and the choice by φ.
func knapsackDocument() *KnapsackDocument {
	d := &KnapsackDocument{
		Elements: [][]Size{{{rat(1, 1), rat(1, 4)}, {rat(1, 2), rat(1, 2)}}, {{rat(1, 1), rat(1, 2)}}},
		Choice:   TwoOrders{over(18, 7, 5), over(18, 5, 7)},
	}
	// Half of the time the first one is active with some size: before the second one
	// the load is zero with probability 1 − (7/18)(3/4); the other way 1 − (7/18)/2.
	d.Empty = TwoOrders{[]*big.Rat{rat(1, 1), rat(17, 24)}, []*big.Rat{rat(29, 36), rat(1, 1)}}
	d.Claims = d.Derive()
	return d
}

// attainedDocument has two elements that do not fit together and a choice that
// Algorithm 3 attains, although it violates (4.2): the second one is accepted whenever
// the knapsack is empty.
func attainedDocument() *KnapsackDocument {
	d := &KnapsackDocument{
		Elements: [][]Size{{{rat(1, 1), rat(1, 2)}}, {{rat(1, 1), rat(1, 2)}}},
		Choice:   TwoOrders{over(3, 2, 1), over(3, 1, 2)},
		Empty:    TwoOrders{over(3, 3, 2), over(3, 2, 3)},
	}
	d.Claims = d.Derive()
	return d
}

// rationDocument has two agents of Type II with demand 1 and targets 1/2: x is that
// of unitDocument.
func rationDocument() *RationDocument {
	agent := RationAgent{Service: "II", Demand: []Size{{rat(1, 1), rat(1, 1)}}, Target: rat(1, 2)}
	optimum := unitDocument().Optimum
	d := &RationDocument{
		Agents:    []RationAgent{agent, agent},
		Quantiles: over(2, 1, 1),
		Optimum:   &optimum,
		Tau:       TwoOrders{over(1, 1, 1), over(1, 1, 1)},
		Service:   over(8, 3, 3),
	}
	d.Claims = d.Derive()
	return d
}

func phiDocument() *PhiDocument {
	d := &PhiDocument{Function: PhiKnapsack, Rho: rat(1, 1)}
	for k := range int64(33) {
		d.Breaks = append(d.Breaks, rat(k, 32))
	}
	d.Claims = d.Derive()
	return d
}

type writable interface{ Write(io.Writer) error }

func documentOf(t *testing.T, d writable) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := d.Write(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func checked(t *testing.T, d writable) (*Report, error) {
	t.Helper()
	return Check(bytes.NewReader(documentOf(t, d)))
}

func TestContentionDocumentsAreAccepted(t *testing.T) {
	for _, c := range []struct {
		d    writable
		want string
	}{
		{unitDocument(), "contention-unit n=2 rho=1: CRS-L3.1 checked, CRS-T1.2 checked, CRS-U checked"},
		{knapsackDocument(), "contention-knapsack n=2: CRS-D5 checked, CRS-L4.4 checked, CRS-T4.1 checked"},
		{attainedDocument(), "contention-knapsack n=2: CRS-T4.1 checked"},
		{rationDocument(), "contention-rationing n=2: CRS-D4 checked, CRS-T1.1 checked"},
		{phiDocument(), "contention-phi knapsack rho=1: CRS-P4.3 proved"},
	} {
		report, err := checked(t, c.d)
		if err != nil {
			t.Errorf("%s: %v", c.want, err)
			continue
		}
		if report.Summary() != c.want {
			t.Errorf("summary %q, want %q", report.Summary(), c.want)
		}
		var text strings.Builder
		if err := report.WriteText(&text); err != nil || !strings.Contains(text.String(), "sha256: ") {
			t.Errorf("%s: text %q, %v", c.want, text.String(), err)
		}
	}
}

// Documents with one thing wrong, sealed with the right digest: each is rejected at
// its place for its reason.
func TestContentionDocumentsAreRejected(t *testing.T) {
	unit := func(f func(d *UnitDocument)) writable { d := unitDocument(); f(d); return d }
	knapsack := func(f func(d *KnapsackDocument)) writable { d := knapsackDocument(); f(d); return d }
	lawless := func(f func(d *KnapsackDocument)) writable {
		d := knapsackDocument()
		d.Empty = TwoOrders{}
		f(d)
		return d
	}
	ration := func(f func(d *RationDocument)) writable { d := rationDocument(); f(d); return d }
	phi := func(f func(d *PhiDocument)) writable { d := phiDocument(); f(d); return d }
	prices := func(v ...int64) *RationPrices { return &RationPrices{rat(1, 1), over(1, v...)} }
	for _, c := range []struct {
		name         string
		d            writable
		place, cause string
	}{
		{"x above 1", unit(func(d *UnitDocument) { d.X[1] = rat(3, 2) }), "statement.x[1]", "between 0 and 1"},
		{"no elements", unit(func(d *UnitDocument) { d.X = nil }), "statement.x", "no elements"},
		{"value", unit(func(d *UnitDocument) { d.Optimum.Value = rat(4, 5) }), "optimum", "guarantees 3/4"},
		{"infeasible choice", unit(func(d *UnitDocument) { d.Optimum.Choice.Forward[1] = rat(3, 4) }), "optimum", "violates LP-SI"},
		{"negative choice", unit(func(d *UnitDocument) { d.Optimum.Choice.Backward[0] = rat(-1, 4) }), "optimum", "violates LP-SI"},
		{"dual", unit(func(d *UnitDocument) { d.Optimum.Y.Forward[1] = rat(1, 8) }), "optimum", "violates the dual"},
		{"negative ξ", unit(func(d *UnitDocument) { d.Optimum.Xi[0] = rat(-1, 2) }), "optimum", "violates the dual"},
		{"small ξ", unit(func(d *UnitDocument) { d.Optimum.Xi[0] = rat(1, 3) }), "optimum", "sum to 5/6"},
		{"dual value", unit(func(d *UnitDocument) { d.Optimum.Y.Backward[0] = rat(1, 2) }), "optimum", "has value 1"},
		{"coins", unit(func(d *UnitDocument) { d.Coins.Forward[0] = rat(1, 2) }), "coins", "is not selected"},
		{"alpha low", unit(func(d *UnitDocument) { d.Alpha[0] = rat(5, 8) }), "alpha", "not shown"},
		{"alpha above the value", unit(func(d *UnitDocument) { d.Alpha[1] = rat(4, 5) }), "alpha", "exceeds the value"},
		{"claim without alpha", unit(func(d *UnitDocument) { d.Alpha = nil }), "claims[1]", "establish exactly"},

		{"size above 1", knapsack(func(d *KnapsackDocument) { d.Elements[0][0].Value = rat(2, 1) }), "statement.elements[0]", "between 0 and 1"},
		{"probabilities", knapsack(func(d *KnapsackDocument) { d.Elements[0][0].Probability = rat(3, 4) }), "statement.elements[0]", "more than 1"},
		{"mean sizes", knapsack(func(d *KnapsackDocument) { d.Elements[1][0].Probability = rat(3, 4) }), "statement", "mean sizes"},
		{"monotone", lawless(func(d *KnapsackDocument) { d.Choice.Forward[1] = rat(1, 2) }), "choice", "monotonicity"},
		{"4.1", lawless(func(d *KnapsackDocument) { d.Choice = TwoOrders{over(9, 5, 1), over(9, 1, 1)} }), "choice", "(4.1)"},
		{"4.2", lawless(func(d *KnapsackDocument) {
			d.Elements = [][]Size{{{rat(1, 1), rat(1, 1)}}, {{rat(0, 1), rat(1, 1)}}}
			d.Choice = TwoOrders{over(100, 40, 18), over(100, 1, 1)}
		}), "choice", "(4.2)"},
		{"above 1", knapsack(func(d *KnapsackDocument) { d.Choice.Forward[0] = rat(19, 18) }), "choice", "is not between 0 and 1"},
		{"infeasible, but claimed", knapsack(func(d *KnapsackDocument) {
			*d = *attainedDocument()
			d.Claims = append([]Claim{{tagFeasibleChoice, Checked}}, d.Claims...)
		}), "claims[0]", "exactly: CRS-T4.1 checked"},
		{"concluded, but called checked", knapsack(func(d *KnapsackDocument) { d.Empty, d.Bits = TwoOrders{}, 64 }), "claims[2]", "CRS-T4.1 concluded"},
		{"infeasible and not attained", knapsack(func(d *KnapsackDocument) { *d = *attainedDocument(); d.Choice.Forward[1] = rat(3, 4) }), "law", "Algorithm 3 is not shown"},
		{"law", knapsack(func(d *KnapsackDocument) { d.Empty.Forward[1] = rat(17, 25) }), "law", "is zero with probability 17/24"},

		{"service type", ration(func(d *RationDocument) { d.Agents[0].Service = "IV" }), "statement.agents[0].service", "unknown service type"},
		{"target", ration(func(d *RationDocument) { d.Agents[0].Target = rat(3, 5) }), "quantiles", "not with its target"},
		{"supply", ration(func(d *RationDocument) {
			d.Agents[0].Target, d.Quantiles[0] = rat(3, 5), rat(3, 5)
		}), "quantiles", "more than 1"},
		{"threshold", ration(func(d *RationDocument) { d.Tau.Forward[0] = rat(1, 2) }), "unit", "gives 1/4"},
		{"service", ration(func(d *RationDocument) { d.Service[1] = rat(1, 2) }), "unit", "is served with 3/8"},
		{"demand order", ration(func(d *RationDocument) {
			d.Agents[0].Demand = []Size{{rat(1, 1), rat(1, 2)}, {rat(1, 1), rat(1, 2)}}
		}), "statement.agents[0].demand", "ascend"},
		{"feasible targets refuted", ration(func(d *RationDocument) { d.Refutation = prices(1, 1) }), "refutation", "not more than the bound"},

		{"gap", phi(func(d *PhiDocument) { d.Breaks = d.Breaks[1:] }), "breaks[0]", "begin at"},
		{"end", phi(func(d *PhiDocument) { d.Breaks = d.Breaks[:32] }), "breaks", "do not end"},
		{"order", phi(func(d *PhiDocument) { d.Breaks[3] = d.Breaks[2] }), "breaks[3]", "ascend"},
		{"overlap", phi(func(d *PhiDocument) { d.Breaks[3], d.Breaks[4] = d.Breaks[4], d.Breaks[3] }), "breaks[4]", "ascend"},
		{"beyond the end", phi(func(d *PhiDocument) { d.Breaks = append(d.Breaks, rat(33, 32)) }), "breaks", "do not end"},
		{"before the beginning", phi(func(d *PhiDocument) { d.Breaks = append(over(32, -1), d.Breaks...) }), "breaks[0]", "begin at"},
		{"no cells", phi(func(d *PhiDocument) { d.Breaks = nil }), "breaks", "do not end"},
		{"one cell", phi(func(d *PhiDocument) { d.Breaks = over(1, 0, 1) }), "breaks[1]", "slack"},
		{"function", phi(func(d *PhiDocument) { d.Function = "other" }), "statement.function", "unknown function"},
		{"rho", phi(func(d *PhiDocument) { d.Rho = rat(2, 1) }), "statement.rho", "must be 1"},
	} {
		_, err := checked(t, c.d)
		var invalid *Invalid
		if !errors.As(err, &invalid) {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		if !strings.HasPrefix(invalid.Place, c.place) || !strings.Contains(invalid.Reason, c.cause) {
			t.Errorf("%s: rejected %v, want %q at %s", c.name, invalid, c.cause, c.place)
		}
	}
}

// A refutation that holds: two agents who both want 3/5 of a supply of 1.
func TestRefutedTargets(t *testing.T) {
	d := rationDocument()
	d.Agents[0].Target, d.Agents[1].Target = rat(3, 5), rat(3, 5)
	d.Refutation = &RationPrices{rat(1, 1), over(1, 1, 1)}
	d.Claims = d.Derive()
	report, err := checked(t, d)
	if err != nil || report.Claims[0].Status != Refuted || !strings.Contains(report.StatementText(), "no algorithm") {
		t.Errorf("%+v, %v", report, err)
	}
}

// FuzzContention feeds changed documents with a digest that fits. Nothing panics, and
// what is accepted establishes something and says so.
func FuzzContention(f *testing.F) {
	files, err := filepath.Glob(filepath.Join(goldenContentionFolder, "accepted", "*.json"))
	if err != nil {
		f.Fatal(err)
	}
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(body(data))
	}
	f.Fuzz(func(t *testing.T, text string) {
		if !strings.Contains(text, "contention-") {
			return
		}
		report, err := Check(bytes.NewReader(seal(text)))
		if err != nil {
			return
		}
		if len(report.Claims) == 0 || report.StatementText() == "" {
			t.Fatalf("accepted, and establishes nothing: %s", text)
		}
	})
}
