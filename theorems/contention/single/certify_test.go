package single

import (
	"context"
	"strings"
	"testing"

	"pstar/certificate"
	"pstar/theorems/contention"
	"pstar/theorems/contention/internal/oracle"
)

func certified(t *testing.T, u *Unit) *certificate.UnitDocument {
	t.Helper()
	d, err := Certify(context.Background(), u)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// CRS-LB.1: the optima of all instances with one element halved.
func TestCertificatesOfSplitting(t *testing.T) {
	x := oracle.Rats(t, "1/2,1/3,0,1")
	d := certified(t, solve(t, x))
	for k := range x {
		AddHalved(d, []*Unit{solve(t, Split(x, k))})
	}
	document, report := oracle.Written(t, d)
	if !strings.HasSuffix(report.Summary(), "CRS-LB.1 checked") {
		t.Error(report.Summary())
	}
	oracle.Flip(t, document, 1)
	// The optimum of another instance, or of too few, is none.
	d.Halved[0], d.Halved[1] = d.Halved[1], d.Halved[0]
	oracle.Refused(t, d, "halved[0]")
	d.Halved = d.Halved[:3]
	oracle.Refused(t, d, "halved")
}

// CRS-U for all N: every digit matters, and only the digest's own are caught by it.
func TestCertificateForAllN(t *testing.T) {
	document, report := oracle.Written(t, CertifyUniform())
	if want := "CRS-U proved, CRS-T1.3 concluded, CRS-T3.4 concluded, CRS-T1.5 concluded"; !strings.HasSuffix(report.Summary(), want) {
		t.Error(report.Summary())
	}
	if byDigest, total := oracle.Flip(t, document, 1); byDigest > 0 || total < 400 {
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
		if contention.Accepted(d) == nil {
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
		if err := contention.Accepted(d); err == nil || !strings.Contains(err.Error(), c.rule+": the polynomials differ") {
			t.Errorf("%s: %v", c.name, err)
		}
	}
}

func TestCertifyUnitRefusesLargeInstances(t *testing.T) {
	n := certificate.MaxElements + 1
	if _, err := Certify(context.Background(), UniformPoint(n, one)); err == nil || !strings.Contains(err.Error(), "at most 512 elements, found 513") {
		t.Error(err)
	}
	ctx, stop := context.WithCancel(context.Background())
	stop()
	if _, err := Certify(ctx, UniformPoint(3, one)); err != context.Canceled {
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
		d := certified(t, solve(t, oracle.Rats(t, c.x)))
		document, report := oracle.Written(t, d)
		if !strings.HasSuffix(report.Summary(), c.claims) {
			t.Errorf("%s: %s", c.x, report.Summary())
		}
		byDigest, total := oracle.Flip(t, document, 1)
		// The ends of the enclosure have digits that matter to nobody.
		if byDigest*2 > total {
			t.Errorf("%s: %d of %d changes are caught by the digest alone", c.x, byDigest, total)
		}
	}
}
