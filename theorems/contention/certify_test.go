package contention

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"strings"
	"testing"

	"pstar/certificate"
	"pstar/rational"
)

// written returns the bytes of a document that must be valid, and the report.
func written(t *testing.T, d interface{ Write(io.Writer) error }) ([]byte, *certificate.Report) {
	t.Helper()
	var b bytes.Buffer
	if err := d.Write(&b); err != nil {
		t.Fatal(err)
	}
	report, err := certificate.Check(bytes.NewReader(b.Bytes()))
	if err != nil {
		t.Fatalf("%v\n%s", err, b.Bytes())
	}
	return b.Bytes(), report
}

// flip changes digits of the document, one at a time, without its digest, and
// demands that each change be rejected. It returns how many rejections were owed to
// the digest alone.
func flip(t *testing.T, document []byte, every int) (byDigest, total int) {
	t.Helper()
	end := bytes.LastIndex(document, []byte(`"sha256"`))
	seen := 0
	for i := range end {
		if document[i] < '0' || document[i] > '9' {
			continue
		}
		if seen++; seen%every != 0 {
			continue
		}
		changed := bytes.Clone(document)
		changed[i] = '0' + (changed[i]-'0'+1)%10
		_, err := certificate.Check(bytes.NewReader(changed))
		if err == nil {
			t.Fatalf("byte %d changed from %c to %c, and still valid:\n%s", i, document[i], changed[i], changed)
		}
		total++
		if strings.Contains(err.Error(), "sha256") {
			byDigest++
		}
	}
	return byDigest, total
}

func certified(t *testing.T, u *Unit) *certificate.UnitDocument {
	t.Helper()
	d, err := CertifyUnit(context.Background(), u)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// CRS-LB.1: the optima of all instances with one element halved.
func TestCertificatesOfSplitting(t *testing.T) {
	x := rats(t, "1/2,1/3,0,1")
	d := certified(t, solve(t, x))
	for k := range x {
		AddHalved(d, []*Unit{solve(t, Split(x, k))})
	}
	document, report := written(t, d)
	if !strings.HasSuffix(report.Summary(), "CRS-LB.1 checked") {
		t.Error(report.Summary())
	}
	flip(t, document, 1)
	// The optimum of another instance, or of too few, is none.
	d.Halved[0], d.Halved[1] = d.Halved[1], d.Halved[0]
	refused(t, d, "halved[0]")
	d.Halved = d.Halved[:3]
	refused(t, d, "halved")
}

// refused demands that the checker reject d at a place.
func refused(t *testing.T, d interface{ Write(io.Writer) error }, place string) {
	t.Helper()
	if err := accepted(d); err == nil || !strings.HasPrefix(err.Error(), "at "+place) {
		t.Errorf("want a rejection at %s, found %v", place, err)
	}
}

// CRS-U for all N: every digit matters, and only the digest's own are caught by it.
func TestCertificateForAllN(t *testing.T) {
	document, report := written(t, CertifyUniform())
	if want := "CRS-U proved, CRS-T1.3 concluded, CRS-T3.4 concluded, CRS-T1.5 concluded"; !strings.HasSuffix(report.Summary(), want) {
		t.Error(report.Summary())
	}
	if byDigest, total := flip(t, document, 1); byDigest > 0 || total < 400 {
		t.Errorf("%d of %d changes are caught by the digest alone", byDigest, total)
	}
	for name, change := range map[string]func(d *certificate.UniformDocument){
		"odd for even":  func(d *certificate.UniformDocument) { d.Even = d.Odd },
		"even for odd":  func(d *certificate.UniformDocument) { d.Odd = d.Even },
		"scaled point":  func(d *certificate.UniformDocument) { d.Odd.Middle[0][0].Coefficient = 2 },
		"scaled dual":   func(d *certificate.UniformDocument) { d.Odd.DualMiddle[0][0].Coefficient = 2 },
		"no slack step": func(d *certificate.UniformDocument) { d.Odd.SlackBefore[1] = nil },
		"mirrored middle": func(d *certificate.UniformDocument) {
			d.Even.Middle[0], d.Even.Middle[1] = d.Even.Middle[1], d.Even.Middle[0]
		},
		"negative slack":  func(d *certificate.UniformDocument) { d.Odd.SlackBefore[1][0].Coefficient = -2 },
		"l in the middle": func(d *certificate.UniformDocument) { d.Odd.Middle[0][0].Exponents[7] = 1 },
		"missing claim":   func(d *certificate.UniformDocument) { d.Claims = d.Claims[1:] },
		"weaker word":     func(d *certificate.UniformDocument) { d.Claims[0].Status = certificate.Checked },
		"stronger word":   func(d *certificate.UniformDocument) { d.Claims[1].Status = certificate.Proved },
	} {
		d := CertifyUniform()
		change(d)
		if accepted(d) == nil {
			t.Errorf("%s: accepted", name)
		}
	}
}

// Points that are right but for one rule: each is rejected for that one.
func TestForgedProofsForAllN(t *testing.T) {
	type terms = certificate.UniformTerms
	const (
		q = iota
		x
		power
		powerLess
		last
		lastLess
		h
		l
	)
	term := func(c int64, factors ...int) certificate.UniformTerm {
		t := certificate.UniformTerm{Coefficient: c}
		for _, f := range factors {
			t.Exponents[f]++
		}
		return t
	}
	unit, scale := terms{term(1)}, terms{term(2, h, x), term(1, x), term(1, q, last)} // 1 and D
	for _, c := range []struct {
		name, rule string
		change     func(p *certificate.UniformProof)
	}{
		{"a point of value 0", "c_f + c_b beside the middle", func(p *certificate.UniformProof) {
			p.Before, p.Middle, p.After, p.EarlierBefore, p.EarlierAfter = nil, []terms{nil}, nil, nil, nil
			p.SlackBefore, p.SlackMiddle, p.SlackAfter = [2]terms{scale}, []terms{scale}, [2]terms{scale}
		}},
		{"a middle of value 0", "c_f + c_b in the middle", func(p *certificate.UniformProof) {
			p.Middle, p.SlackMiddle = []terms{nil}, []terms{unit}
			p.EarlierAfter = terms{term(2, h, x), term(1, q, last), term(-1, power)}
			p.SlackAfter[0] = terms{term(1, x)}
		}},
		{"sums too small by 1", "the first element has none before it", func(p *certificate.UniformProof) {
			p.EarlierBefore, p.EarlierAfter = append(p.EarlierBefore, term(-1)), append(p.EarlierAfter, term(-1))
			p.SlackBefore[0], p.SlackMiddle[0], p.SlackAfter[0] = unit, unit, unit
		}},
		{"sums with small steps", "a step before the middle", func(p *certificate.UniformProof) {
			slack := terms{term(1, x, lastLess)}
			p.EarlierBefore = append(p.EarlierBefore, term(-1, x, power), term(1, x, last))
			p.EarlierAfter = append(p.EarlierAfter, term(-1, x), term(1, x, last))
			p.SlackBefore = [2]terms{slack, {term(2, x, powerLess)}}
			p.SlackMiddle[0], p.SlackAfter[0] = slack, slack
		}},
		{"a gap behind the middle", "the first element after the middle", func(p *certificate.UniformProof) {
			p.EarlierAfter = append(p.EarlierAfter, term(-1))
			p.SlackAfter[0] = unit
		}},
		{"small steps after the middle", "a step after the middle", func(p *certificate.UniformProof) {
			p.EarlierAfter = append(p.EarlierAfter, term(-1, l, l), term(1, l))
			p.SlackAfter[1] = terms{term(2, l)}
		}},
		{"an invented slack in the middle", "slack in the middle", func(p *certificate.UniformProof) { p.SlackMiddle[0] = unit }},
		{"an induction that begins above", "slack-before for l = 0", func(p *certificate.UniformProof) { p.SlackBefore[0] = unit }},
		{"an invented step", "slack-after, step", func(p *certificate.UniformProof) { p.SlackAfter[1] = unit }},
		{"dual sums with other steps", "a step from the end", func(p *certificate.UniformProof) {
			p.DualAfter = terms{term(1, x, power, power), term(1, x, last, powerLess)}
			p.Later = terms{term(1, x), term(-1, x, power, power), term(-1, x, last, powerLess)}
		}},
		{"a dual point with unequal ξ", "ξ beside the middle", func(p *certificate.UniformProof) {
			p.DualAfter = terms{term(2, x, power, powerLess), term(1, x, x, power, power), term(1, x, power, last)}
			p.Later = terms{term(1, x, powerLess, powerLess), term(1, x, powerLess, last)}
		}},
		{"twice the dual point", "the value of the dual point", func(p *certificate.UniformProof) {
			p.DualMiddle[0][0].Coefficient, p.DualAfter[0].Coefficient, p.Later[0].Coefficient = 2, 2, 2
		}},
	} {
		d := CertifyUniform()
		c.change(&d.Odd)
		if err := accepted(d); err == nil || !strings.Contains(err.Error(), c.rule+": the polynomials differ") {
			t.Errorf("%s: %v", c.name, err)
		}
	}
}

// CRS-T1.5 on instances: no two elements fit together, and the value is near the limit.
func TestCertificatesOfHardKnapsacks(t *testing.T) {
	elements := HardKnapsack(3)
	c := KnapsackChoice(Means(elements))
	law, err := RunKnapsack(context.Background(), elements, c)
	if err != nil {
		t.Fatal(err)
	}
	d := CertifyKnapsack(elements, c, law)
	AddSingle(d, UniformPoint(7, hardRho(3)))
	document, report := written(t, d)
	if !strings.HasSuffix(report.Summary(), "CRS-T4.1 checked, CRS-T1.5 checked") {
		t.Error(report.Summary())
	}
	flip(t, document, 3)
	d.Above = rational.RatFromBig(d.Above).Sub(two.Pow(-30)).Big()
	refused(t, d, "single.above")
	// Elements of size 1/2 fit together.
	half := CertifyKnapsack([]Element{{{half, half}}, {{half, half}}}, KnapsackChoice(Uniform(2, half)), nil)
	AddSingle(half, solve(t, rats(t, "1/2,1/2")))
	refused(t, half, "single")
}

// Laws whose exact probabilities are too long are enclosed, and prove the same.
func TestCertificatesWithEnclosedLaws(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 99))
	for range 20 {
		elements := randomKnapsack(r, 1+r.IntN(6), 3, 6)
		c := KnapsackChoice(Means(elements))
		law, err := runKnapsack(context.Background(), elements, c, enclosureBits)
		if err != nil {
			t.Fatal(err)
		}
		d := CertifyKnapsack(elements, c, law)
		if d.Empty.Forward != nil || d.Bits == 0 {
			t.Fatal("the law is not enclosed")
		}
		document, report := written(t, d)
		if len(report.Claims) != 3 {
			t.Errorf("%v: %s", elements, report.Summary())
		}
		flip(t, document, 17)
	}
}

func TestCertifyUnitRefusesLargeInstances(t *testing.T) {
	n := certificate.MaxElements + 1
	if _, err := CertifyUnit(context.Background(), UniformPoint(n, one)); err == nil || !strings.Contains(err.Error(), "at most 512 elements, found 513") {
		t.Error(err)
	}
	ctx, stop := context.WithCancel(context.Background())
	stop()
	if _, err := CertifyUnit(ctx, UniformPoint(3, one)); err != context.Canceled {
		t.Error(err)
	}
}

func TestCertificatesOfUnitInstances(t *testing.T) {
	for _, c := range []struct{ x, claims string }{
		{"1/3,1/3,1/3", "CRS-L3.1 checked, CRS-T1.2 checked, CRS-T3.4 checked, CRS-U checked"},
		{"1/4,1/4,1/4,1/4", "CRS-L3.1 checked, CRS-T1.2 checked, CRS-U checked"},
		{"1/2,1/3,0,1", "CRS-L3.1 checked, CRS-T1.2 checked"},
		{"0,0", "CRS-L3.1 checked, CRS-T1.2 checked, CRS-U checked"},
	} {
		d := certified(t, solve(t, rats(t, c.x)))
		document, report := written(t, d)
		if !strings.HasSuffix(report.Summary(), c.claims) {
			t.Errorf("%s: %s", c.x, report.Summary())
		}
		byDigest, total := flip(t, document, 1)
		// The ends of the enclosure have digits that matter to nobody.
		if byDigest*2 > total {
			t.Errorf("%s: %d of %d changes are caught by the digest alone", c.x, byDigest, total)
		}
	}
}

func TestCertificatesOfKnapsackInstances(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 99))
	for range 10 {
		elements := randomKnapsack(r, 1+r.IntN(4), 2, 6)
		c := KnapsackChoice(Means(elements))
		law, err := RunKnapsack(context.Background(), elements, c)
		if err != nil {
			t.Fatal(err)
		}
		document, report := written(t, CertifyKnapsack(elements, c, law))
		if len(report.Claims) != 3 {
			t.Errorf("%v: %s", elements, report.Summary())
		}
		flip(t, document, 3)
	}
}

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
		var ration *Ration
		if plan.Feasible {
			if ration, err = Allocate(context.Background(), agents, plan); err != nil {
				t.Fatal(err)
			}
		}
		d := CertifyRation(agents, plan, ration)
		largest, err := LargestUniform(context.Background(), agents)
		if err != nil {
			t.Fatal(err)
		}
		AddLargest(d, agents, largest)
		document, report := written(t, d)
		counts[fmt.Sprint(report.Claims)]++
		if run < 12 {
			flip(t, document, 3)
		}
		if largest.Value.IsZero() {
			continue
		}
		d.Largest.Target = rational.RatFromBig(d.Largest.Target).Mul(rational.NewRat(99, 100)).Big()
		refused(t, d, "largest")
	}
	if len(counts) != 2 {
		t.Errorf("claims seen: %v", counts)
	}
}

func TestCertificatesOfIntervals(t *testing.T) {
	for _, c := range []struct {
		function string
		rho      rational.Rat
		prove    func(rational.Rat) ([]Claim, error)
	}{
		{certificate.PhiUnit, one, UnitPhi},
		{certificate.PhiUnit, rational.NewRat(7, 2), UnitPhi},
		{certificate.PhiGamma, two, UnitGamma},
		{certificate.PhiKnapsack, one, func(rational.Rat) ([]Claim, error) { return KnapsackPhi() }},
	} {
		claims, err := c.prove(c.rho)
		if err != nil {
			t.Fatal(err)
		}
		document, report := written(t, CertifyPhi(c.function, c.rho, claims))
		if !strings.Contains(report.StatementText(), "proved") {
			t.Errorf("%s: %s", c.function, report.StatementText())
		}
		flip(t, document, 1)
	}
	// One cell is not enough for (4.17).
	coarse := CertifyPhi(certificate.PhiKnapsack, one, nil)
	coarse.Breaks = bigs([]rational.Rat{zero, one})
	var b bytes.Buffer
	if err := coarse.Write(&b); err != nil {
		t.Fatal(err)
	}
	if _, err := certificate.Check(&b); err == nil || !strings.Contains(err.Error(), "slack") {
		t.Errorf("a single cell for (4.17): %v", err)
	}
}
