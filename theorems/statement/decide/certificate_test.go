package decide_test

import (
	"bytes"
	"fmt"
	"testing"

	"pstar/certificate"
	"pstar/theorems"
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

// Equations that rows state in two halves are derived once each: the certificate does not double with each of them.
func TestManyEquationsInHalves(t *testing.T) {
	size := func(n int) int {
		results := settle(t, fmt.Sprintf("set A = 1..%d\nparam a[i in A]\nparam b[i in A]\nvar x[i in A]\nvar y\ns.t. l: x[i] = a[i] for i in A\ns.t. m: x[i] = b[i] for i in A\ns.t. k: y < a[1] / 3\n"+
			"claim feasible iff {\n 2*a[i] <= 2*b[i] for i in A\n a[i] >= b[i] for i in A\n}", n))
		if results[0].Status != theorems.Proved {
			t.Fatal(results[0])
		}
		var b bytes.Buffer
		if err := decide.Document(results).Write(&b); err != nil {
			t.Fatal(err)
		}
		return b.Len()
	}
	if small, large := size(5), size(40); large > 12*small {
		t.Errorf("%d bytes for 5 equations, %d for 40", small, large)
	}
}
