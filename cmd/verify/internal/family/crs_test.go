package family_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"pstar/cmd/verify/internal/run"
)

func TestCRSValues(t *testing.T) {
	for _, c := range []struct{ flags, want string }{
		{"-x 1/3,1/3,1/3", "LPOPT = 9/13 ≈"},
		{"-x 1/5,1/5,1/5,1/5,0.2", "LPOPT = 125/189 ≈"},
		{"-n 4", "LPOPT = 56/83 ≈"},
		{"-n 1", "LPOPT = 1\n"},
		{"-n 3 -rho 2", "LPOPT = 9/19 ≈"},
	} {
		expect(t, run.ExitVerified, append([]string{"crs"}, strings.Fields(c.flags)...), c.want, "verdict: verified")
	}
	expect(t, run.ExitVerified, []string{"crs", "-split", "-x", "1/2,1/3,0,1"}, "CRS-L3.1  checked", "CRS-T1.2  checked", "CRS-LB.1  checked", "CRS-P3.2  proved")
	expect(t, run.ExitVerified, []string{"crs", "-upto", "12", "-rho", "3/2"}, "for all 11 N from 2 to 12", "CRS-T3.4  checked    ρ = 3/2: LPOPT ≤ α_0(ρ) + (ρ+2)/N, for all 5 odd N from 3 to 12\n", "CRS-T1.3  checked", "verdict: verified")
	expect(t, run.ExitVerified, []string{"crs", "-upto", "12", "-json"}, `"verdict": "verified"`, `"tag": "CRS-U"`)
	expect(t, run.ExitVerified, []string{"crs", "-json", "-x", "1/2,1/2"}, `"lpopt": "3/4"`, `"verdict": "verified"`)
}

// Ranges are grids, as those of cells are, with a certificate for each.
func TestCRSGrid(t *testing.T) {
	dir := t.TempDir()
	expect(t, run.ExitVerified, []string{"crs", "-n", "2..4", "-certificate", dir}, "n = 2: verified; LPOPT = 0.7500000000\nn = 3: verified", "verdict: verified, 3 of 3 cells verified")
	expect(t, run.ExitVerified, []string{"check", filepath.Join(dir, "n3.json.gz")}, "LPOPT is 9/13")
	expect(t, run.ExitVerified, []string{"crs", "-n", "2..4", "-json"}, `"cells_asked": 3`, `"lpopt": "56/83"`)
}

func TestCRSFiles(t *testing.T) {
	for _, text := range []string{"1/3, 1/3\n1/3 # the last one\n", `{"x": ["1/3", "1/3", "1/3"]}`} {
		expect(t, run.ExitVerified, []string{"crs", write(t, "x", text)}, "LPOPT = 9/13")
	}
}

// A range of N of which a statement does not speak does not check it.
func TestCRSVacuousStatements(t *testing.T) {
	for _, c := range []struct{ flags, tags string }{
		{"-upto 2 -rho 2", "CRS-U"},
		{"-upto 3 -rho 2", "CRS-U CRS-T3.4"},
		{"-upto 5 -rho 2", "CRS-U CRS-T3.4 CRS-T1.3"},
	} {
		stdout := expect(t, run.ExitVerified, append([]string{"crs"}, strings.Fields(c.flags)...))
		for _, tag := range []string{"CRS-U", "CRS-T3.4", "CRS-T1.3"} {
			if got := strings.Contains(stdout, tag+strings.Repeat(" ", 10-len(tag))+"checked"); got != strings.Contains(c.tags, tag) {
				t.Errorf("%s: %s is there: %t", c.flags, tag, got)
			}
		}
	}
}

func TestCRSBadInput(t *testing.T) {
	for _, c := range []struct{ args, want string }{
		{"", "expected one of"},
		{"-x 1/2 -n 3", "expected one of"},
		{"-x 1/2,3/2", "element 2: expected a probability"},
		{"-x 1/2,", "-x"},
		{"-n 2 -rho 3", "expected a sum of probabilities between 0 and 2"},
		{"-n -2", "expected a positive whole number"},
		{"-rho x -n 2", "-rho"},
		{"-upto 2 -rho 5", "no number of elements"},
		{"-upto -3", "-upto -3: expected a number of elements"},
		{"-upto 0", "-upto 0: expected a number of elements"},
		{"-n 0", "expected a positive whole number"},
		{"-n 2..5 -rho 3", "-n 2 -rho 3: expected a sum of probabilities between 0 and 2"},
		{"-n 2..2001", "expected at most 2000 elements"},
		{"-upto 5 -x 1/2", "-x has no effect with -upto"},
		{"-upto 5 -split", "-split has no effect with -upto"},
		{"-upto 5 file", "file has no effect with -upto"},
		{"-interval unit -n 3", "-n has no effect with -interval"},
		{"-interval unit -upto 3", "-upto has no effect with -interval"},
		{"-x 1/2,1/3 -rho 2", "-rho has no effect without -n"},
		{"/nowhere -rho 2", "-rho has no effect without -n"},
		{"-x=", "-x: the value is empty"},
		{"/nowhere", "cannot read"},
	} {
		expect(t, run.ExitUsage, append([]string{"crs"}, strings.Fields(c.args)...), "2>"+c.want)
	}
	for _, c := range []struct{ text, want string }{
		{"1/2\nhalf\n", ":2: "},
		{"", "at least one element"},
		{`{"x": []}`, "at least one element"},
		{"1/2 5/4", "x.json:1: element 2: expected a probability between 0 and 1, found 5/4"},
		{`{"x": ["1/3", "a"]}`, "x, element 2: cannot read"},
		{`{"x": ["1/3", null]}`, "x, element 2: expected a number, found null"},
		{"{\"x\": [\"1/3\"],\n\"y\": 2}", ":2: unknown member \"y\""},
		{"{\"X\": [\"1/3\"]}", "unknown member \"X\""},
		{"{\"x\": [\"1/3\"],\n\"x\": []}", ":2: member \"x\" is there twice"},
		{"{\"x\": [\n\"1/3\",,]}", ":2: "},
		{`{"x": [`, "unexpected end"},
		{`{"x": ["1/3"]} more`, "unexpected text after the object"},
	} {
		expect(t, run.ExitUsage, []string{"crs", write(t, "x.json", c.text)}, "2>"+c.want)
	}
}

// A certificate that was asked for and is not there, or says less than was found as the format cannot hold it, ends the command
// with a status, whether or not it was to be quiet; also in a grid, where the file is not missing, and when that is kept.
func TestCRSCertificatesThatLack(t *testing.T) {
	path := filepath.Join(t.TempDir(), "c.json")
	for _, quiet := range [][]string{nil, {"-q"}} {
		expect(t, run.ExitUsage, append([]string{"crs", "-interval", "linear", "-certificate", path}, quiet...), "CRS-LIN  concluded", "2>no certificate is written to "+path+": there is none for CRS-LIN concluded")
	}
	if _, err := os.Stat(path); err == nil {
		t.Error("a certificate of what has none")
	}
	long := "1/1" + strings.Repeat("0", 3999) + "7"
	expect(t, run.ExitUsage, []string{"crs", "-q", "-n", "5", "-rho", long, "-certificate", path}, "verdict: verified", "2>c.json, without CRS-LP checked: ")
	expect(t, run.ExitVerified, []string{"check", path}, "CRS-L3.1 proved")
	dir, state := filepath.Join(t.TempDir(), "certificates"), filepath.Join(t.TempDir(), "state")
	for range 2 { // the second time of what is kept
		expect(t, run.ExitUsage, []string{"crs", "-q", "-n", "1..5", "-rho", long, "-certificate", dir, "-state", state}, "verdict: verified, 5 of 5 cells verified\n",
			"2>n5.json.gz, without CRS-LP checked")
		expect(t, run.ExitVerified, []string{"check", filepath.Join(dir, "n1.json.gz")}, "CRS-LP checked")
		expect(t, run.ExitVerified, []string{"check", filepath.Join(dir, "n5.json.gz")}, "CRS-L3.1 proved")
	}
}

// One task has the limit of a task too, and what was settled before it is told. The limit is reached before anything of the
// instance is.
func TestContentionTaskTimeout(t *testing.T) {
	for _, c := range []struct{ args, want string }{
		{"crs -x 1/2,1/3", "CRS-LP    undecided"},
		{"crs -upto 20", "CRS-U     undecided"},
		{"crs -prophet " + contentionFixtures + "prophet.json", "CRS-PROPHET  undecided"},
		{"knapsack " + contentionFixtures + "knapsack.json", "CRS-D5    checked    the choice is feasible"},
		{"ration " + contentionFixtures + "pantry.json -region -optimum", "CRS-OPT   undecided"},
	} {
		path := filepath.Join(t.TempDir(), "c.json")
		expect(t, run.ExitUndecided, append(strings.Fields(c.args), "-task-timeout", "1ns", "-certificate", path), c.want, "proved", "verdict: undecided", "2>limit of 1ns for a task reached")
		if _, err := os.Stat(path); err == nil {
			t.Errorf("%s: a certificate of what is not settled", c.args)
		}
		expect(t, run.ExitUndecided, append(strings.Fields(c.args), "-task-timeout", "1ns", "-json"), `"verdict": "undecided"`, "2>limit of 1ns for a task reached")
	}
}

func TestCRSIntervals(t *testing.T) {
	for _, args := range []string{"crs -interval unit -rho 3/2", "crs -interval gamma -rho 1000", "crs -interval unit -rho 100000", "crs -interval gamma -rho 0", "knapsack -interval phi"} {
		path := filepath.Join(t.TempDir(), "c.json")
		args := strings.Fields(args)
		expect(t, run.ExitVerified, append(args, "-certificate", path), "proved", "verdict: verified")
		expect(t, run.ExitVerified, []string{"check", path}, "valid: contention, ")
		expect(t, run.ExitVerified, append(args, "-json"), `"status": "proved"`)
	}
	expect(t, run.ExitUsage, []string{"crs", "-n", "1000000"}, "2>expected at most 2000 elements")
	for name, text := range map[string]string{"x.json": `{"x": [` + strings.Repeat("0,\n", 2100), "x.txt": strings.Repeat("0,\n", 2100) + "?"} {
		path := write(t, name, text)
		expect(t, run.ExitUsage, []string{"crs", path}, "2>"+path+":2001: ", "2>expected at most 2000 elements")
	}
	expect(t, run.ExitUsage, []string{"crs", "-upto", "140001", "-rho", "139999"}, "2>expected a number of elements from 1 to 2000")
	expect(t, run.ExitUsage, []string{"knapsack", "-interval", "phi", "-hard", "3"}, "2>neither -hard nor a file has an effect")
	expect(t, run.ExitUsage, []string{"crs", "-interval", "other"}, "2>unknown function")
	expect(t, run.ExitUsage, []string{"crs", "-interval", "unit", "-rho", "-1"}, "2>-rho -1")
	expect(t, run.ExitUndecided, []string{"crs", "-n", "400", "-timeout", "1ns"}, "2>time limit")
}

func TestContentionFigures(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{"guarantee", "phi", "knapsack"} {
		svg, csv := filepath.Join(dir, name+".svg"), filepath.Join(dir, name+".csv")
		expect(t, run.ExitVerified, []string{"figure", name, "-o", svg})
		expect(t, run.ExitVerified, []string{"figure", name, "-o", csv})
		expect(t, run.ExitUsage, []string{"figure", name, "-points", "3"}, "2>-points has no effect with "+name)
		for path, want := range map[string]string{svg: "</svg>", csv: "panel,series,x,exact,lower,upper"} {
			data, err := os.ReadFile(path)
			if err != nil || !strings.Contains(string(data), want) {
				t.Errorf("%s: no %q (%v)", path, want, err)
			}
		}
	}
	path := filepath.Join(dir, "ration.svg")
	expect(t, run.ExitVerified, []string{"figure", "ration", contentionFixtures + "pantry.json", "-width", "8.8cm", "-o", path})
	if data, err := os.ReadFile(path); err != nil || !strings.Contains(string(data), `width="249.45pt"`) || !strings.Contains(string(data), "α·β, the guarantee") {
		t.Errorf("%v: %.300s", err, data)
	}
	expect(t, run.ExitVerified, []string{"figure", "guarantee", "-rho", "5/2"}, "\"(b) against N, ρ = 5/2\",\"LPOPT, N odd\",3,", "(CRS-T3.4)")
	expect(t, run.ExitVerified, []string{"figure", "phi", "-rho", "2"}, "\"(a) single unit, ρ = 2\",φ(z),2,")
	for args, want := range map[string]string{
		"knapsack -rho 2": "-rho has no effect with knapsack",
		"2 -rho 2":        "-rho has no effect with 2",
		"phi -rho 0":      "-rho 0: expected a number above 0",
		"phi -width 3":    "-width 3: expected a number with pt",
		"phi -width 1in":  "-width 1in: expected from 120pt",
		"ration":          "expected a file of agents",
		"ration /nowhere": "cannot read",
		"phi -o x.png":    "expected a name that ends in",
		"ration " + contentionFixtures + "refused.json": "the services are not computed",
	} {
		expect(t, run.ExitUsage, append([]string{"figure"}, strings.Fields(args)...), "2>"+want)
	}
}

// PDF is made where the converter is installed, the same bytes each time, and refused elsewhere.
func TestFigureAsPDF(t *testing.T) {
	dir := t.TempDir()
	first, second := filepath.Join(dir, "a.pdf"), filepath.Join(dir, "b.pdf")
	if _, err := exec.LookPath("rsvg-convert"); err != nil {
		expect(t, run.ExitUsage, []string{"figure", "phi", "-o", first}, "2>PDF needs the command rsvg-convert")
		return
	}
	expect(t, run.ExitVerified, []string{"figure", "phi", "-o", first})
	expect(t, run.ExitVerified, []string{"figure", "phi", "-o", second})
	a, _ := os.ReadFile(first)
	b, _ := os.ReadFile(second)
	if !strings.HasPrefix(string(a), "%PDF") || string(a) != string(b) {
		t.Errorf("%.20q and %.20q", a, b)
	}
}
