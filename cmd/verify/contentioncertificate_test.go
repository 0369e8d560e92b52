package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"pstar/certificate"
)

// Every kind of statement, from the command line: the certificate passes the checker
// with the claims it should have, and fails with any digit changed.
func TestContentionCertificates(t *testing.T) {
	pantry, knapsack := contentionFixtures+"pantry.json", contentionFixtures+"knapsack.json"
	for _, c := range []struct {
		args   []string
		status int
		want   string
	}{
		{[]string{"crs", "-x", "1/3,1/3,1/3"}, exitVerified, "n=3 rho=1: CRS-L3.1 checked, CRS-T1.2 checked, CRS-T3.4 checked, CRS-U checked"},
		{[]string{"crs", "-split", "-x", "1/3,1/4,1"}, exitVerified, "CRS-L3.1 checked, CRS-T1.2 checked, CRS-LB.1 checked"},
		{[]string{"crs", "-n", "4", "-rho", "2"}, exitVerified, "CRS-L3.1 checked, CRS-T1.2 checked, CRS-U checked"},
		{[]string{"crs", "-upto", "3"}, exitVerified, "for all N: CRS-U proved, CRS-T1.3 proved, CRS-T3.4 proved, CRS-T1.5 proved"},
		{[]string{"crs", "-interval", "unit", "-rho", "3"}, exitVerified, "contention-phi unit rho=3: CRS-P3.2 proved"},
		{[]string{"crs", "-interval", "gamma", "-rho", "1/2"}, exitVerified, "contention-phi gamma rho=1/2: CRS-P3.6 proved"},
		{[]string{"crs", "-interval", "knapsack"}, exitVerified, "contention-phi knapsack rho=1: CRS-P4.3 proved"},
		{[]string{"knapsack", knapsack}, exitVerified, "CRS-D5 checked, CRS-L4.4 checked, CRS-T4.1 checked"},
		{[]string{"knapsack", "-hard", "2"}, exitVerified, "CRS-D5 checked, CRS-L4.4 checked, CRS-T4.1 checked, CRS-T1.5 checked"},
		{[]string{"ration", pantry}, exitVerified, "CRS-D4 checked, CRS-T1.1 checked, CRS-D4-largest checked"},
		{[]string{"ration", "-uniform", pantry}, exitVerified, "CRS-D4 checked, CRS-T1.1 checked, CRS-D4-largest checked"},
		{[]string{"ration", contentionFixtures + "typeone.json"}, exitVerified, "CRS-D4 checked, CRS-T1.1 checked, CRS-D4-largest checked"},
		{[]string{"ration", contentionFixtures + "refused.json"}, exitRefuted, "CRS-D4 refuted, CRS-D4-largest checked"},
	} {
		path := filepath.Join(t.TempDir(), "certificate.json")
		expect(t, c.status, append(c.args, "-o", path))
		expect(t, exitVerified, []string{"check", path}, "valid: contention-", c.want+"\n")
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
			if digits++; digits%11 != 0 {
				continue // the tests of the library try them all
			}
			changed := bytes.Clone(document)
			changed[i] = '0' + (changed[i]-'0'+1)%10
			if _, err := certificate.Check(bytes.NewReader(changed)); err == nil {
				t.Errorf("%v: accepted with byte %d changed from %c to %c", c.args, i, document[i], changed[i])
			}
		}
		changed := strings.Replace(string(document), "checked", "proved", 1)
		if changed == string(document) {
			changed = strings.Replace(changed, "proved", "checked", 1)
		}
		expect(t, exitRefuted, []string{"check", temporary(t, "changed.json", changed)}, "INVALID")
	}
}

// An instance that has no certificate has its verdict all the same.
func TestContentionCertificatesThatAreTooLarge(t *testing.T) {
	path := filepath.Join(t.TempDir(), "certificate.json")
	sizes := strings.Repeat(`{"sizes": []},`, certificate.MaxElements) + `{"sizes": [{"size": "1/2", "probability": "1/100"}]}`
	sizes = strings.ReplaceAll(sizes, "[]", `[{"size": 0, "probability": 0}]`)
	file := temporary(t, "many.json", `{"elements": [`+sizes+`]}`)
	expect(t, exitUsage, []string{"knapsack", file, "-o", path}, "verdict: verified", "2>cannot write "+path+": a certificate has at most 512 elements, found 513")
	atoms := strings.Repeat(`{"size": "1/2", "probability": "1/100"},`, 64) + `{"size": "1/2", "probability": "1/100"}`
	file = temporary(t, "k.json", `{"elements": [{"sizes": [`+atoms+`]}]}`)
	expect(t, exitUsage, []string{"knapsack", file, "-o", path}, "verdict: verified", "2>a certificate has at most 64 sizes of an element")
	if _, err := os.Stat(path); err == nil {
		t.Error("a certificate was written")
	}
}
