package certificate

import (
	"bytes"
	"fmt"
	"io"
	"strings"
	"testing"
)

// What is printed of a document takes no longer than checking it: 300 000 facts that the proof does not use, and names full of digits,
// of which the text is 90 times as long as the document. Both took minutes, for lines that were copied and for a regular expression.
func TestReportsOfHostileDocuments(t *testing.T) {
	if testing.Short() {
		t.Skip("prints 100 MB")
	}
	digits := strings.Repeat("1", 100) + "a" + strings.Repeat("1", 99)
	var facts []string
	for k := range 1800 {
		facts = append(facts, fmt.Sprintf(`["=",[[%d%s]]]`, k+1, strings.Repeat(",0", 64)))
	}
	for name, c := range map[string]struct{ symbols, facts string }{
		"facts": {"", strings.Repeat(`[">=",[]],`, 299_999) + `[">=",[]]`},
		"names": {`["` + digits + `","p"]`, strings.Join(facts, ",")},
	} {
		text := `{"format":"pstar-certificate/2","statement":{"builder":"literal","theorems":[{"name":"a","kind":"implied","symbols":[` + c.symbols + `],"facts":[` + c.facts +
			`],"rows":[[">=",[]]]}]},"claims":[["a","proved"]],"proofs":[{"theorem":0,"sha256":"SHA","rows":[]}]`
		_, right, _ := strings.Cut(rejected(t, name, seal(text)).Reason, "written out, has the digest ")
		report, err := Check(bytes.NewReader(seal(strings.Replace(text, "SHA", right, 1))))
		if err != nil {
			t.Fatal(err)
		}
		if err := report.WriteText(io.Discard); err != nil {
			t.Error(err)
		}
	}
}

// A long number of a fact is short wherever it is printed: in the theorem, and among the facts that its proof does not use.
func TestLongNumbersInReports(t *testing.T) {
	text := `{"format":"pstar-certificate/2","statement":{"builder":"literal","theorems":[{"name":"a","kind":"implied","symbols":[["x","p+"]],"facts":[[">=",[["` +
		strings.Repeat("7", 300) + `",0]]]],"rows":[[">=",[[1,0]]]]}]},"claims":[["a","proved"]],"proofs":[{"theorem":0,"sha256":"SHA","rows":[]}]`
	_, right, _ := strings.Cut(rejected(t, "long", seal(text)).Reason, "written out, has the digest ")
	report, err := Check(bytes.NewReader(seal(strings.Replace(text, "SHA", right, 1))))
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	if err := report.WriteText(&b); err != nil {
		t.Fatal(err)
	}
	if n := strings.Count(b.String(), "(300 digits) x >= 0"); n != 2 || strings.Contains(b.String(), strings.Repeat("7", 100)) {
		t.Errorf("it stands there shortened %d times:\n%s", n, b.String())
	}
}

func TestShorten(t *testing.T) {
	hundred := strings.Repeat("7", 100)
	for text, want := range map[string]string{
		"":                           "",
		"x is " + hundred + "/3":     "x is " + hundred + "/3",
		"1" + hundred:                "17777777777777777777...77777777777777777777 (101 digits)",
		hundred + "a" + hundred:      hundred + "a" + hundred,
		"-1" + hundred + "2/" + "3.": "-17777777777777777777...77777777777777777772 (102 digits)/3.",
	} {
		if got := Shorten(text); got != want {
			t.Errorf("%s: %s", text, got)
		}
	}
}
