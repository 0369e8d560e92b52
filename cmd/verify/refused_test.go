package main

import (
	"errors"
	"fmt"
	"math/big"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"pstar/certificate"
	"pstar/cmd/verify/internal/run"
	"pstar/cmd/verify/internal/runtest"
)

// digits is an odd number of n digits that depends on seed.
func digits(n, seed int) string {
	x := new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(n-1)), nil)
	return x.Add(x, big.NewInt(int64(2*seed+1))).String()
}

// An attempt is a call that tries to leave a certificate that the checker refuses.
type attempt struct {
	name    string
	args    []string // without the certificate
	flag    string
	verdict string // must be printed
}

// attempts has one for each command and each limit of the format that we know of.
func attempts(t *testing.T) []attempt {
	model := func(name, text string) string { return temporary(t, name, text) }
	factor := digits(3000, 5)
	chain := "min x4\nst\n r0: x0 >= " + factor + "\n"
	for i := range 4 {
		chain += fmt.Sprintf(" r%d: x%d - %s x%d >= 0\n", i+1, i+1, factor, i)
	}
	fixed, sum := "", "min 0 x0\nst\n"
	for i := range 120 {
		fixed += fmt.Sprintf(" x%d = 1/%s\n", i, digits(500, i))
		sum += fmt.Sprintf(" + x%d", i)
	}
	long := digits(6000, 3)
	elements := func(n, sizes int) string {
		size := strings.TrimSuffix(strings.Repeat(`{"size": "1/2", "probability": "1/1000"},`, sizes), ",")
		return `{"elements": [` + strings.TrimSuffix(strings.Repeat(`{"sizes": [`+size+`]},`, n), ",") + `]}`
	}
	agents := func(n int, service, value string) string {
		agent := `{"service": "` + service + `", "target": "1/` + digits(4, 1) + `", "demand": [{"value": "` + value + `", "probability": 1}]},`
		return `{"agents": [` + strings.TrimSuffix(strings.Repeat(agent, n), ",") + `]}`
	}
	wide := fmt.Sprintf("H-representation\nbegin\n2 4099 integer\n1%s\n0%s\nend\n", strings.Repeat(" 1", 4098), strings.Repeat(" -1", 4098))
	deep := fmt.Sprintf("H-representation\nbegin\n4 4 rational\n%[1]s 1 %[1]s 0\n1 -%[1]s 1 1/%[1]s\n1 1 -%[2]s 1\n0 0 %[2]s -1/%[1]s\nend\n", long, digits(5000, 8))
	halves := strings.TrimSuffix(strings.Repeat("1/64,", 64), ",")
	return []attempt{
		{"lp, common denominator", []string{"lp", model("a.lp", sum+" <= 1\nbounds\n"+fixed+"end\n")}, "-certificate", ": optimal\n"},
		{"lp, long witness", []string{"lp", model("b.lp", chain+"end\n")}, "-certificate", ": optimal\n"},
		{"lp, long refutation", []string{"lp", model("c.lp", chain+" r: x4 <= 1\nend\n")}, "-certificate", ": infeasible\n"},
		{"lp, long ray", []string{"lp", model("d.lp", strings.Replace(chain, "min x4", "max x4", 1)+"end\n")}, "-certificate", ": unbounded\n"},
		{"lp, names", []string{"lp", model("e.lp", "min\n \"x\"{1} + y~\nst\n c%: y~ >= 1\nend\n")}, "-certificate", ": optimal\n"},
		{"fm, columns", []string{"fm", "-method", "fm", "-eliminate", "x1", model("a.ine", wide)}, "-certificate", "end\n"},
		{"fm, long numbers", []string{"fm", "-method", "fm", "-eliminate", "x1,x2", model("b.ine", deep)}, "-certificate", "end\n"},
		{"pstar, drafts", []string{"pstar", "-k", "65", "-p", "1/2,1/2", "-q", "1/3,2/3"}, "-certificate", "P*(acc) = "},
		{"pstar, tokens", []string{"pstar", "-k", "2", "-drafts", "without-replacement", "-p", halves, "-q", halves}, "-certificate", "P*(acc) = "},
		{"pstar, long numbers", []string{"pstar", "-k", "3", "-p", "1/" + long + ",1/2,1/3", "-q", "1/3,1/3,1/3", "-weights"}, "-certificate", "P*(acc) = "},
		{"pstar, long numbers of two", []string{"pstar", "-k", "2", "-weights", "-q", "1/3,2/3", model("p.json",
			`{"model": "independent", "p": [["1/`+long+`", "1/3"], ["1/`+digits(6000, 9)+`", "1/2"]]}`)}, "-certificate", "P*(acc) = "},
		{"crs, elements", []string{"crs", "-x", strings.TrimSuffix(strings.Repeat("0,", 513), ",")}, "-certificate", "verdict: verified"},
		{"crs, long numbers", []string{"crs", "-x", "1/" + digits(4000, 1) + ",1/" + digits(4000, 2) + ",1/" + digits(4000, 4)}, "-certificate", "verdict: verified"},
		{"crs, long ρ", []string{"crs", "-interval", "unit", "-rho", "1/3" + digits(4000, 1)}, "-certificate", "verdict: "},
		{"crs, long ρ for all N", []string{"crs", "-upto", "3", "-rho", "1/3" + digits(2000, 1)}, "-certificate", "verdict: "},
		{"knapsack, elements", []string{"knapsack", model("a.json", elements(513, 1))}, "-certificate", "verdict: verified"},
		{"knapsack, sizes", []string{"knapsack", model("b.json", elements(1, 65))}, "-certificate", "verdict: verified"},
		{"knapsack, long law", []string{"knapsack", runtest.LongKnapsack(t)}, "-certificate", "verdict: verified"},
		{"knapsack, not feasible", []string{"knapsack", model("c.json", `{"elements": [{"sizes": [{"size": 1, "probability": "1/2"}]}, {"sizes": [{"size": 1, "probability": "1/2"}]}],
			"choice": {"forward": ["3/4", "3/4"], "backward": ["1/3", "2/3"]}}`)}, "-certificate", "verdict: refuted"},
		{"knapsack, long choice", []string{"knapsack", model("d.json", `{"elements": [{"sizes": [{"size": "1/`+long+`", "probability": "1/`+digits(6000, 7)+`"}]}]}`)}, "-certificate", "verdict: verified"},
		{"ration, agents", []string{"ration", model("a.json", agents(513, "II", "1/600"))}, "-certificate", "verdict: "},
		{"ration, long demand", []string{"ration", model("b.json", agents(6, "II", "3e-4000"))}, "-certificate", "verdict: "},
		{"ration, long demand of Type I", []string{"ration", model("c.json", agents(3, "I", "1/"+long))}, "-certificate", "verdict: "},
		{"ration, long law", []string{"ration", runtest.LongRation(t)}, "-certificate", "verdict: verified"},
	}
}

// Whatever a command is asked for: its verdict is printed, what stands in the file is
// accepted by the checker, and if nothing stands there, or less than was found, the command says so and does not
// end with 0.
func TestNoCommandLeavesACertificateThatTheCheckerRefuses(t *testing.T) {
	refused, lesser := map[int]int{}, 0
	for i, c := range attempts(t) {
		path := filepath.Join(t.TempDir(), []string{"c.json", "c.json.gz"}[i%2])
		status, stdout, stderr := verify(append(slices.Clone(c.args), c.flag, path)...)
		if !strings.Contains(stdout, c.verdict) {
			t.Errorf("%s: status %d, the verdict is lost: %.200q\n%.300s", c.name, status, stdout, stderr)
		}
		switch _, err := certificate.CheckFile(path); {
		case errors.Is(err, os.ErrNotExist):
			refused[status]++
			if status == run.ExitVerified || !strings.Contains(stderr, "cannot write "+path) {
				t.Errorf("%s: no certificate, and status %d\n%.300s", c.name, status, stderr)
			}
		case err != nil:
			t.Errorf("%s: status %d with a certificate that is refused, %v", c.name, status, err)
		case status == run.ExitUsage && strings.Contains(stderr, "certificate written to "+path+", without "):
			lesser++
		case status != run.ExitVerified:
			t.Errorf("%s: a certificate, and status %d\n%.300s", c.name, status, stderr)
		}
	}
	// The attempts are worth something only while some of them meet a limit.
	// What only a limit of the format stands against is no fault of the program.
	if lesser < 3 || refused[run.ExitUsage] < 8 || refused[run.ExitFault] > 0 || refused[run.ExitRefuted] == 0 {
		t.Errorf("certificates not written, by status: %v, and %d that lack something", refused, lesser)
	}
}

const theoremFixtures = "../../fixtures/theorems/"

// certified are calls that have something to certify, of each command that writes certificates.
var certified = []struct {
	call    string
	status  int // with a certificate
	verdict string
}{
	{"-k 2 -n 3", run.ExitVerified, "verdict: verified"},
	{"-k 3 -n 3 -exponent 2", run.ExitRefuted, "verdict: refuted"},
	{"prove " + theoremFixtures + "md-t3.thm", run.ExitVerified, "verdict: verified"},
	{"prove " + theoremFixtures + "md-t3-false.thm", run.ExitRefuted, "verdict: refuted"},
	{"lp " + lpFixtures + "diet.lp", run.ExitVerified, ": optimal"},
	{"lp " + lpFixtures + "contradiction.lp", run.ExitVerified, ": infeasible"},
	{"lp " + lpFixtures + "escape.mps", run.ExitVerified, ": unbounded"},
	{"fm -k 2 -n 3", run.ExitVerified, "end\n"},
	{"pstar -k 2 -p 1/2,1/2 -q 1/3,2/3", run.ExitVerified, "P*(acc) = "},
	{"crs -x 1/3,1/3", run.ExitVerified, "verdict: verified"},
	{"crs -upto 3", run.ExitVerified, "verdict: verified"},
	{"crs -interval unit", run.ExitVerified, "verdict: verified"},
	{"knapsack " + contentionFixtures + "knapsack.json", run.ExitVerified, "verdict: verified"},
	{"ration " + contentionFixtures + "pantry.json", run.ExitVerified, "verdict: verified"},
	{"ration " + contentionFixtures + "refused.json", run.ExitRefuted, "verdict: refuted"},
}

// The table of exit statuses in docs/output.md, for each command that writes certificates:
// when it can, in a place that takes no file, and when the disk is full. Undecided and refused ones have tests of their
// own.
func TestStatusesOfCommandsWithCertificates(t *testing.T) {
	for _, c := range certified {
		args := append(words(c.call), "-certificate")
		path := filepath.Join(t.TempDir(), "c.json.gz")
		expect(t, c.status, append(slices.Clone(args), path), c.verdict)
		expect(t, run.ExitVerified, []string{"check", path}, "c.json.gz: valid: ")
		without := run.ExitUsage
		if c.status == run.ExitRefuted {
			without = run.ExitRefuted
		}
		// In a place where there can be no file, it is said before the work, and the verdict comes.
		expect(t, without, append(slices.Clone(args), filepath.Join(path, "none")), c.verdict, "2>this goes on to the verdict\n", "2>cannot write")
		if _, err := os.Stat("/dev/full"); err != nil {
			continue
		}
		expect(t, without, append(args, "/dev/full"), c.verdict, "2>cannot write /dev/full: no space left on device")
	}
}
