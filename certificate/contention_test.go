package certificate

import (
	"bytes"
	"errors"
	"io"
	"math/big"
	"math/rand/v2"
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
		{"monotone", knapsack(func(d *KnapsackDocument) { d.Choice.Forward[1] = rat(1, 2) }), "choice", "monotonicity"},
		{"4.1", knapsack(func(d *KnapsackDocument) { d.Choice = TwoOrders{over(9, 5, 1), over(9, 1, 1)} }), "choice", "(4.1)"},
		{"4.2", knapsack(func(d *KnapsackDocument) {
			d.Elements = [][]Size{{{rat(1, 1), rat(1, 1)}}, {{rat(0, 1), rat(1, 1)}}}
			d.Choice = TwoOrders{over(100, 40, 18), over(100, 1, 1)}
		}), "choice", "(4.2)"},
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

// goldenContention has the bytes of the golden certificates of contention resolution.
func goldenContention(t *testing.T) map[string][]byte {
	t.Helper()
	write := func(d writable) []byte { return documentOf(t, d) }
	refuted := rationDocument()
	refuted.Agents[0].Target, refuted.Agents[1].Target = rat(3, 5), rat(3, 5)
	refuted.Refutation = &RationPrices{rat(1, 1), over(1, 1, 1)}
	refuted.Claims = refuted.Derive()
	// What the prover writes, which has more than can be worked out by hand.
	proved := func(name string) []byte {
		data, err := os.ReadFile(filepath.Join(goldenContentionFolder, "accepted", name))
		if err != nil {
			t.Fatal(err)
		}
		return data
	}
	change := func(document []byte, old, new string) []byte {
		text := body(document)
		if strings.Count(text, old) == 0 {
			t.Fatal("no " + old)
		}
		return seal(strings.Replace(text, old, new, 1))
	}
	return map[string][]byte{
		"accepted/unit.json":        write(unitDocument()),
		"accepted/knapsack.json":    write(knapsackDocument()),
		"accepted/rationing.json":   write(rationDocument()),
		"accepted/refuted.json":     write(refuted),
		"accepted/phi.json":         write(phiDocument()),
		"accepted/uniform.json":     proved("uniform.json"),
		"accepted/split.json":       proved("split.json"),
		"accepted/hard.json":        proved("hard.json"),
		"accepted/typeone.json":     proved("typeone.json"),
		"rejected/value.json":       change(proved("split.json"), `"halved":[{"value":"22/39"`, `"halved":[{"value":"23/39"`),
		"rejected/above.json":       change(proved("hard.json"), `"above":"262845800705`, `"above":"262845800703`),
		"rejected/largest.json":     change(proved("typeone.json"), `"largest":{"target":"3/4"`, `"largest":{"target":"1/2"`),
		"rejected/induction.json":   change(proved("uniform.json"), `"slack-before":[[],[[2,`, `"slack-before":[[],[[3,`),
		"rejected/mirror.json":      change(proved("uniform.json"), `"after":[[1,[0,0,1,`, `"after":[[1,[0,0,2,`),
		"rejected/forall.json":      change(write(unitDocument()), `CRS-U","status":"checked"`, `CRS-U","status":"proved"`),
		"rejected/choice.json":      change(write(unitDocument()), `"forward":["1","1/2"]`, `"forward":["1","2/3"]`),
		"rejected/alpha.json":       change(write(unitDocument()), `"31/50"`, `"32/51"`),
		"rejected/law.json":         change(write(knapsackDocument()), `"17/24"`, `"17/25"`),
		"rejected/threshold.json":   change(write(rationDocument()), `"tau-forward":["1"`, `"tau-forward":["1/2"`),
		"rejected/prices.json":      change(write(refuted), `"supply":"1"`, `"supply":"2"`),
		"rejected/not-covered.json": change(write(phiDocument()), `"31/32","1"]`, `"31/32"]`),
		"rejected/claim.json":       change(write(knapsackDocument()), `CRS-T4.1`, `CRS-T1.4`),
	}
}

const goldenContentionFolder = "../fixtures/contention/certificates"

// The golden files hold what the documents say, are checked as their folder says, and
// there are no others.
func TestGoldenContention(t *testing.T) {
	files := goldenContention(t)
	for name, want := range files {
		path := filepath.Join(goldenContentionFolder, name)
		if *update {
			if err := os.WriteFile(path, want, 0o644); err != nil {
				t.Fatal(err)
			}
		}
		found, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(found, want) {
			t.Errorf("%s is not what the writer writes; go test -update writes it anew", name)
		}
		_, err = Check(bytes.NewReader(found))
		var invalid *Invalid
		if accepted := strings.HasPrefix(name, "accepted/"); accepted && err != nil || !accepted && !errors.As(err, &invalid) {
			t.Errorf("%s: %v", name, err)
		}
	}
	for _, folder := range []string{"accepted", "rejected"} {
		entries, err := os.ReadDir(filepath.Join(goldenContentionFolder, folder))
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range entries {
			if _, ok := files[folder+"/"+e.Name()]; !ok {
				t.Errorf("%s/%s belongs to no document", folder, e.Name())
			}
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

// The enclosure of e^x against the series with exact fractions and its rest.
func TestExpBounds(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 7))
	for range 300 {
		x := big.NewRat(r.Int64N(401)-200, 1+r.Int64N(60))
		lo, hi := new(reader).exp(x, 80)
		sum, term := big.NewRat(1, 1), big.NewRat(1, 1)
		m := int64(1)
		for ; new(big.Rat).Abs(term).Cmp(big.NewRat(1, 1<<40)) > 0 || new(big.Rat).Abs(x).Cmp(big.NewRat(m, 2)) > 0; m++ {
			term = mul(term, mul(x, big.NewRat(1, m)))
			sum = add(sum, term)
			if m > 60 && term.Denom().BitLen() > 4000 {
				break
			}
		}
		if new(big.Rat).Abs(x).Cmp(big.NewRat(m, 2)) > 0 {
			continue
		}
		rest := new(big.Rat).Abs(mul(term, big.NewRat(2, 1))) // the terms at least halve
		if lo.Cmp(add(sum, rest)) > 0 || hi.Cmp(sub(sum, rest)) < 0 {
			t.Fatalf("e^(%s) is not in [%s, %s]", x.RatString(), lo.FloatString(20), hi.FloatString(20))
		}
		if x.Sign() <= 0 && sub(hi, lo).Cmp(big.NewRat(1, 1<<60)) > 0 {
			t.Fatalf("e^(%s) is enclosed in a width of %s", x.RatString(), sub(hi, lo).FloatString(20))
		}
	}
}

// The bound on a cell is below the slack at every point of it, to the last bit: with
// an exponential rounded in the wrong direction, it is not where the cell is a point.
func TestSlackIsALowerBound(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 7))
	two := rat(2, 1)
	for _, function := range []string{PhiUnit, PhiGamma, PhiKnapsack} {
		for range 100 {
			f := &phiFamily{function: function, rho: rat(1+r.Int64N(80), 10)}
			if function == PhiKnapsack {
				f.rho = ratOne
			}
			low, high := f.interval()
			at := func() *big.Rat { return add(low, mul(sub(high, low), rat(r.Int64N(1001), 1000))) }
			a, z, b := at(), at(), at()
			switch r.IntN(3) {
			case 0:
				b = a // with z beyond: all are made one point
				z = a
			default:
				if a.Cmp(z) > 0 {
					a, z = z, a
				}
				if b.Cmp(z) < 0 {
					b = z
				}
			}
			// The slack at z from above, by exponentials enclosed to 512 bits.
			half := mul(f.rho, ratHalf)
			exp := func(x *big.Rat) (lo, hi *big.Rat) { return new(reader).exp(x, 512) }
			var above *big.Rat
			switch function {
			case PhiUnit:
				_, power := exp(z)
				e, top := exp(half)
				factor := sub(add(two, mul(two, z)), f.rho)
				if factor.Sign() < 0 {
					e = top
				}
				above = sub(mul(two, power), mul(factor, e))
			case PhiGamma:
				_, e := exp(half)
				power, _ := exp(sub(z, half))
				above = sub(add(two, mul(two, mul(f.rho, e))), mul(f.rho, power))
			default:
				power, _ := exp(sub(mul(mul(z, z), ratHalf), mul(two, z)))
				above = sub(sub(rat(5, 9), mul(rat(2, 3), z)), sub(mul(rat(4, 9), power), mul(rat(2, 9), mul(z, z))))
			}
			if found := f.slack(new(reader), a, b, 64); found.Cmp(above) > 0 {
				t.Fatalf("%s, ρ = %s: %s on [%s, %s] exceeds %s at %s", function, f.rho.RatString(),
					found.FloatString(25), a.RatString(), b.RatString(), above.FloatString(25), z.RatString())
			}
		}
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
