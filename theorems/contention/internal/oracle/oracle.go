// Package oracle has what the tests of the packages of contention share: documents are
// written, checked and damaged. No package but tests imports it.
package oracle

import (
	"bytes"
	"io"
	"strings"
	"testing"

	"pstar/certificate"
	"pstar/rational"
	"pstar/theorems/contention"
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
var FiveRho = []rational.Rat{rational.NewRat(1, 2), rational.NewRat(1, 1), rational.NewRat(3, 2), rational.NewRat(2, 1), rational.NewRat(3, 1)}

// Written returns the bytes of a document that must be valid, and the report.
func Written(t *testing.T, d interface{ Write(io.Writer) error }) ([]byte, *certificate.Report) {
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

// Flip changes digits of the document, one at a time, without its digest, and
// demands that each change be rejected. It returns how many rejections were owed to
// the digest alone.
func Flip(t *testing.T, document []byte, every int) (byDigest, total int) {
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

// Refused demands that the checker reject d at a place.
func Refused(t *testing.T, d interface{ Write(io.Writer) error }, place string) {
	t.Helper()
	if err := contention.Accepted(d); err == nil || !strings.HasPrefix(err.Error(), "at "+place) {
		t.Errorf("want a rejection at %s, found %v", place, err)
	}
}
