package family_test

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"pstar/certificate"
	"pstar/cmd/verify/internal/run"
	"pstar/cmd/verify/internal/runtest"
	"pstar/theorems"
)

// Every kind of statement, from the command line: the certificate passes the checker
// with the claims it should have, and fails with any digit changed.
func TestContentionCertificates(t *testing.T) {
	pantry, knapsack := contentionFixtures+"pantry.json", contentionFixtures+"knapsack.json"
	const forAll = "CRS-L3.1 proved, CRS-LB.1 proved, CRS-P3.2 proved, CRS-L3.3 proved, CRS-T1.2 proved, CRS-U proved, CRS-T1.3 proved, CRS-T3.4 proved, CRS-L3.5 proved, CRS-P3.6 proved"
	for _, c := range []struct {
		args   []string
		status int
		want   string
	}{
		{[]string{"crs", "-x", "1/3,1/3,1/3"}, run.ExitVerified, forAll + ", CRS-LP checked"},
		{[]string{"crs", "-split", "-x", "1/3,1/4,1"}, run.ExitVerified, forAll + ", CRS-LP checked"},
		{[]string{"crs", "-n", "4", "-rho", "2"}, run.ExitVerified, forAll + ", CRS-LP checked"},
		{[]string{"crs", "-upto", "3"}, run.ExitVerified, forAll + ", CRS-P4.5 proved, CRS-T1.5 concluded"},
		{[]string{"crs", "-interval", "unit", "-rho", "3"}, run.ExitVerified, "resolution: CRS-P3.2 proved"},
		{[]string{"crs", "-interval", "gamma", "-rho", "1/2"}, run.ExitVerified, "resolution: CRS-P3.6 proved"},
		{[]string{"knapsack", "-interval", "phi"}, run.ExitVerified, "resolution: CRS-P4.3 proved"},
		{[]string{"knapsack", knapsack}, run.ExitVerified, "CRS-T1.4 concluded, CRS-T4.1 concluded, CRS-P4.3 proved, CRS-L4.4 proved, CRS-LC.1 proved, CRS-LC.2 proved, CRS-LC.3 concluded, CRS-D5 checked, CRS-T4.1 checked"},
		{[]string{"knapsack", "-hard", "2"}, run.ExitVerified, "CRS-T1.5 concluded, CRS-LC.1 proved, CRS-LC.2 proved, CRS-LC.3 concluded, CRS-LP checked, CRS-D5 checked, CRS-T4.1 checked"},
		{[]string{"ration", pantry}, run.ExitVerified, "CRS-L2.2 concluded, CRS-T1.1 concluded, CRS-LP checked, CRS-D4 checked, CRS-D4-largest checked, CRS-T1.1 checked"},
		{[]string{"ration", "-uniform", pantry}, run.ExitVerified, "CRS-L2.2 concluded, CRS-T1.1 concluded, CRS-LP checked, CRS-D4 checked, CRS-D4-largest checked, CRS-T1.1 checked"},
		{[]string{"ration", contentionFixtures + "typeone.json"}, run.ExitVerified, "CRS-T1.1 concluded, CRS-D4 checked, CRS-D4-largest checked, CRS-T1.1 checked"},
		{[]string{"ration", contentionFixtures + "refused.json"}, run.ExitRefuted, "CRS-T1.1 concluded, CRS-D4 refuted, CRS-D4-largest checked"},
	} {
		path := filepath.Join(t.TempDir(), "certificate.json")
		expect(t, c.status, append(c.args, "-certificate", path))
		expect(t, run.ExitVerified, []string{"check", path}, "valid: contention, contention resolution: ", c.want+"\n")
		document, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		end := bytes.LastIndex(document, []byte(`"sha256"`))
		digits := 0
		for i := range end {
			if document[i] < '0' || document[i] > '9' {
				continue
			}
			if digits++; digits%37 != 0 {
				continue // the tests of the library try them all
			}
			changed := bytes.Clone(document)
			changed[i] = '0' + (changed[i]-'0'+1)%10
			if _, err := certificate.Check(bytes.NewReader(changed)); err == nil {
				t.Errorf("%v: accepted with byte %d changed from %c to %c", c.args, i, document[i], changed[i])
			}
		}
		changed := strings.Replace(string(document), `"proved"`, `"checked"`, 1)
		expect(t, run.ExitRefuted, []string{"check", write(t, "changed.json", changed)}, "INVALID")
	}
}

// One word for one thing: what the checker says of a certificate is among what the
// command says, in the same words.
func TestWordsOfTheCheckerAreThoseOfTheCommand(t *testing.T) {
	pantry, knapsack := contentionFixtures+"pantry.json", contentionFixtures+"knapsack.json"
	said := map[string]bool{}
	for _, args := range [][]string{
		{"-k", "2", "-n", "3"}, {"-k", "3", "-n", "3", "-method", "lp"}, {"-k", "2", "-n", "3", "-method", "domain"}, {"-k", "2", "-n", "3", "-method", "fm"},
		{"-k", "3", "-n", "3", "-exponent", "2"}, {"-k", "2", "-n", "3", "-method", "lp", "-drafts", "independent"},
		{"crs", "-x", "1/3,1/3,1/3"}, {"crs", "-split", "-x", "1/3,1/4,1"}, {"crs", "-upto", "3"},
		{"crs", "-interval", "unit"}, {"crs", "-interval", "gamma"}, {"knapsack", "-interval", "phi"},
		{"knapsack", knapsack}, {"knapsack", "-hard", "2"}, {"knapsack", runtest.LongKnapsack(t)},
		{"ration", pantry}, {"ration", contentionFixtures + "typeone.json"}, {"ration", contentionFixtures + "refused.json"}, {"ration", runtest.LongRation(t)},
	} {
		path := filepath.Join(t.TempDir(), "c.json")
		status, stdout, stderr := verify(append(args, "-json", "-certificate", path)...)
		var object struct{ Claims theorems.Claims }
		if err := json.Unmarshal([]byte(stdout), &object); err != nil || status > run.ExitRefuted {
			t.Fatalf("%v: status %d, %v\n%s%s", args, status, err, stdout, stderr)
		}
		report, err := certificate.CheckFile(path)
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range report.Claims {
			if c.Tag == "P*" {
				continue // the value of instances, which is no statement of the list
			}
			said[c.Status] = true
			if !slices.ContainsFunc(object.Claims, func(f theorems.Claim) bool { return f.Tag == c.Tag && f.Status.String() == c.Status }) {
				t.Errorf("%v: the checker says %v, the command %v", args, c, object.Claims)
			}
		}
	}
	if len(said) != 4 {
		t.Errorf("the checker said only %v", said)
	}
}

// Instances with many elements and sizes have certificates.
func TestContentionCertificatesOfLargeInstances(t *testing.T) {
	path := filepath.Join(t.TempDir(), "certificate.json.gz")
	sizes := strings.Repeat(`{"sizes": [{"size": 0, "probability": 0}]},`, 600) + `{"sizes": [{"size": "1/2", "probability": "1/100"}]}`
	file := write(t, "many.json", `{"elements": [`+sizes+`]}`)
	expect(t, run.ExitVerified, []string{"knapsack", file, "-certificate", path}, "verdict: verified")
	expect(t, run.ExitVerified, []string{"check", path}, "CRS-D5 checked")
	atoms := strings.Repeat(`{"size": "1/2", "probability": "1/100"},`, 64) + `{"size": "1/2", "probability": "1/100"}`
	file = write(t, "k.json", `{"elements": [{"sizes": [`+atoms+`]}]}`)
	expect(t, run.ExitVerified, []string{"knapsack", file, "-certificate", path}, "verdict: verified")
	expect(t, run.ExitVerified, []string{"crs", "-n", "600", "-certificate", path}, "verdict: verified")
	expect(t, run.ExitVerified, []string{"check", path}, "for the 600 probabilities of the document LPOPT is")
}

// The certificates of the fixtures are what commands write.
func TestContentionFixtures(t *testing.T) {
	for name, args := range map[string][]string{
		"unit": {"crs", "-x", "1/2,1/3,1/6"}, "split": {"crs", "-split", "-x", "1/3,1/4,1,0"}, "uniform": {"crs", "-upto", "3"}, "phi": {"crs", "-interval", "unit"},
		"knapsack": {"knapsack", contentionFixtures + "knapsack.json"}, "hard": {"knapsack", "-hard", "2"},
		"rationing": {"ration", contentionFixtures + "pantry.json"}, "typeone": {"ration", contentionFixtures + "typeone.json"}, "refuted": {"ration", contentionFixtures + "refused.json"},
	} {
		path := filepath.Join(t.TempDir(), "c.json")
		verify(append(args, "-certificate", path)...)
		if contents(t, path) != contents(t, contentionFixtures+"certificates/accepted/"+name+".json") {
			t.Errorf("%v does not write %s.json", args, name)
		}
	}
}
