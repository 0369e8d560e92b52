package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

const contentionFixtures = "../../fixtures/contention/"

// temporary writes a file and returns its path.
func temporary(t *testing.T, name, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestCRSValues(t *testing.T) {
	for _, c := range []struct{ flags, want string }{
		{"-x 1/3,1/3,1/3", "LPOPT = 9/13 ≈"},
		{"-x 1/5,1/5,1/5,1/5,0.2", "LPOPT = 125/189 ≈"},
		{"-n 4", "LPOPT = 56/83 ≈"},
		{"-n 1", "LPOPT = 1\n"},
		{"-n 3 -rho 2", "LPOPT = 9/19 ≈"},
	} {
		expect(t, exitVerified, append([]string{"crs"}, strings.Fields(c.flags)...), c.want, "verdict: verified")
	}
	expect(t, exitVerified, []string{"crs", "-split", "-x", "1/2,1/3,0,1"}, "CRS-L3.1  checked", "CRS-T1.2  checked", "CRS-LB.1  checked", "CRS-P3.2  proved")
	expect(t, exitVerified, []string{"crs", "-upto", "12", "-rho", "3/2"}, "all 11 values of N up to 12", "verdict: verified")
	expect(t, exitVerified, []string{"crs", "-json", "-x", "1/2,1/2"}, `"lpopt": "3/4"`, `"verdict": "verified"`)
}

func TestCRSFiles(t *testing.T) {
	for _, text := range []string{"1/3, 1/3\n1/3 # the last one\n", `{"x": ["1/3", "1/3", "1/3"]}`} {
		expect(t, exitVerified, []string{"crs", temporary(t, "x", text)}, "LPOPT = 9/13")
	}
}

func TestCRSBadInput(t *testing.T) {
	for _, c := range []struct{ args, want string }{
		{"", "expected one of"},
		{"-x 1/2 -n 3", "expected one of"},
		{"-x 1/2,3/2", "element 2: expected an activity probability"},
		{"-x 1/2,", "-x"},
		{"-n 2 -rho 3", "expected a sum of probabilities between 0 and 2"},
		{"-n -2", "at least one element"},
		{"-rho x -n 2", "-rho"},
		{"-upto 2 -rho 5", "no number of elements"},
		{"-figure nothing -o f.svg", "unknown figure"},
		{"-figure phi", "-o with a name"},
		{"/nowhere", "cannot read"},
	} {
		expect(t, exitUsage, append([]string{"crs"}, strings.Fields(c.args)...), "2>"+c.want)
	}
	for _, c := range []struct{ text, want string }{
		{"1/2\nhalf\n", ":2: "},
		{"", "at least one element"},
		{`{"x": ["1/3", "a"]}`, "x, element 2"},
		{"{\"x\": [\"1/3\"],\n\"y\": 2}", "unknown field"},
		{"{\"x\": [\n\"1/3\",,]}", ":2: "},
		{`{"x": [`, "ends too early"},
		{`{"x": ["1/3"]} more`, "something follows"},
	} {
		expect(t, exitUsage, []string{"crs", temporary(t, "x.json", c.text)}, "2>"+c.want)
	}
}

// Certificates pass the checker, and fail with a changed digit.
func TestContentionCertificates(t *testing.T) {
	for _, args := range [][]string{
		{"crs", "-x", "1/3,1/3,1/3"},
		{"knapsack", contentionFixtures + "knapsack.json"},
		{"ration", contentionFixtures + "pantry.json"},
		{"ration", contentionFixtures + "typeone.json"},
		{"ration", contentionFixtures + "refused.json"},
	} {
		path := filepath.Join(t.TempDir(), "certificate.json")
		if status, stdout, stderr := verify(append(args, "-o", path)...); status > exitRefuted {
			t.Fatalf("%v: status %d\n%s%s", args, status, stdout, stderr)
		}
		expect(t, exitVerified, []string{"check", path}, "valid: contention-")
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		at := strings.Index(string(data), `"claims"`) + strings.IndexAny(string(data[strings.Index(string(data), `"claims"`):]), "123456789")
		data[at+strings.IndexAny(string(data[at+40:]), "123456789")+40] ^= 1
		expect(t, exitRefuted, []string{"check", temporary(t, "changed.json", string(data))}, "INVALID")
	}
}

func TestCRSIntervals(t *testing.T) {
	for _, name := range []string{"unit", "gamma", "knapsack"} {
		path := filepath.Join(t.TempDir(), "c.json")
		expect(t, exitVerified, []string{"crs", "-interval", name, "-rho", "3/2", "-o", path}, "proved", "verdict: verified")
		expect(t, exitVerified, []string{"check", path}, "valid: contention-phi "+name)
	}
	for _, args := range []string{"-n 100000000 -rho 1", "-upto 140001 -rho 139999"} {
		expect(t, exitUsage, append([]string{"crs"}, strings.Fields(args)...), "2>expected at most 2000 elements")
	}
	expect(t, exitUsage, []string{"crs", "-interval", "other"}, "2>unknown function")
	expect(t, exitUsage, []string{"crs", "-interval", "unit", "-rho", "0"}, "2>-rho 0")
	expect(t, exitUndecided, []string{"crs", "-n", "400", "-timeout", "1ns"}, "2>time limit")
}

func TestContentionFigures(t *testing.T) {
	dir := t.TempDir()
	for _, f := range crsFigures {
		svg, csv := filepath.Join(dir, f.name+".svg"), filepath.Join(dir, f.name+".csv")
		expect(t, exitVerified, []string{"crs", "-figure", f.name, "-o", svg}, f.name+".svg")
		expect(t, exitVerified, []string{"crs", "-figure", f.name, "-o", csv})
		for path, want := range map[string]string{svg: "</svg>", csv: "panel,series,x,exact,lower,upper"} {
			data, err := os.ReadFile(path)
			if err != nil || !strings.Contains(string(data), want) {
				t.Errorf("%s: no %q (%v)", path, want, err)
			}
		}
	}
}
