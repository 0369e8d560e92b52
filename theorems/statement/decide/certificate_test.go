package decide_test

import (
	"bytes"
	"testing"

	"pstar/certificate"
	"pstar/theorems/statement/decide"
)

// certify lets the checker accept the certificate of results.
func certify(t testing.TB, results []*decide.Result) {
	t.Helper()
	d := decide.Document(results)
	if d == nil {
		return
	}
	var b bytes.Buffer
	if err := d.Write(&b); err != nil {
		t.Fatal(err)
	}
	if _, err := certificate.Check(bytes.NewReader(b.Bytes())); err != nil {
		t.Errorf("%v\n%s", err, b.Bytes()[:min(b.Len(), 3000)])
	}
}
