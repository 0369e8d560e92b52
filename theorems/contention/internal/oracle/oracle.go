// Package oracle has what the tests of the packages of contention share: documents are
// written, checked and damaged. No package but tests imports it.
package oracle

import (
	"bytes"
	"strings"
	"testing"

	"pstar/certificate"
	"pstar/rational"
	"pstar/witness"
)

// Rats reads numbers separated by commas.
func Rats(t *testing.T, s string) []rational.Rat {
	t.Helper()
	v, err := rational.ParseRats(s)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// FiveRho are sums of probabilities to try.
var FiveRho = []rational.Rat{rational.NewRat(1, 2), rational.Whole(1), rational.NewRat(3, 2), rational.Whole(2), rational.Whole(3)}

// Written returns the bytes of the first of some documents, which must be valid, and the report.
func Written(t *testing.T, makers []witness.Maker) ([]byte, *certificate.Report) {
	t.Helper()
	d, err := makers[0]()
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := d.Write(&b); err != nil {
		t.Fatal(err)
	}
	report, err := certificate.Check(bytes.NewReader(b.Bytes()))
	if err != nil {
		t.Fatalf("%v\n%.3000s", err, b.Bytes())
	}
	return b.Bytes(), report
}

// Refused demands that the checker reject the first of some documents, for this reason.
func Refused(t *testing.T, makers []witness.Maker, reason string) {
	t.Helper()
	d, err := makers[0]()
	var b bytes.Buffer
	if err == nil {
		d.Write(&b)
		_, err = certificate.Check(&b)
	}
	if err == nil || !strings.Contains(err.Error(), reason) {
		t.Errorf("want a rejection for %q, found %v", reason, err)
	}
}

// Certifies demands that the checker accept a document, whose only claim has the tag, and
// refuse a forged one.
func Certifies(t *testing.T, tag string, right, forged witness.Maker) {
	t.Helper()
	if _, report := Written(t, []witness.Maker{right}); len(report.Claims) != 1 || report.Claims[0].Tag != tag {
		t.Errorf("claims %v, want %s alone", report.Claims, tag)
	}
	Refused(t, []witness.Maker{forged}, "at theorem")
}
