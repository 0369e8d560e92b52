package cells_test

import (
	"encoding/json"
	"math/big"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"pstar/cmd/verify/internal/run"
)

func TestCellIsVerified(t *testing.T) {
	out := expect(t, run.ExitVerified, []string{"-k", "3", "-n", "5", "-method", "dd,lp"},
		"MD-T1  checked", "MD-T2  proved", "MD-T3  proved", "MD-T4  checked",
		"30 + 20 = 50 rays; fundamental domain, plain double description",
		"verdict: verified (MD-T2, MD-T3 proved; MD-T1, MD-T4 checked)")
	if lines := strings.Count(out, "\n"); lines != 6 {
		t.Errorf("%d lines, want one for each claim, the cell and the verdict:\n%s", lines, out)
	}
}

// The cell that the README shows first.
func TestCellK3N10(t *testing.T) {
	expect(t, run.ExitVerified, []string{"-k", "3", "-n", "10"}, "MD-T1  proved", "MD-T2  proved", "MD-T3  proved", "MD-T4  proved", "1 022 + 165 = 1 187 rays")
}

// The largest cell of the papers, with its certificate.
func TestCellK6N14(t *testing.T) {
	path := filepath.Join(t.TempDir(), "c.json.gz")
	expect(t, run.ExitVerified, []string{"-k", "6", "-n", "14", "-certificate", path}, "16 382 + 6 461 = 22 843 rays", "verdict: verified")
	expect(t, run.ExitVerified, []string{"check", path}, "valid: cell, K = 6 drafts, N = 14 tokens: MD-T1 proved, MD-T2 proved, MD-T3 proved, MD-T4 proved")
	expect(t, run.ExitVerified, []string{"-k", "6", "-n", "14", "-method", "lp", "-certificate", path}, "MD-T1  checked", "verdict: verified")
	expect(t, run.ExitVerified, []string{"check", path}, "valid: instances, K = 6 drafts, N = 14 tokens, 8 instances: P* proved, MD-T1 checked, MD-T2 checked, MD-T3 checked, MD-T4 checked")
}

func TestMethodsDecideWhatIsClaimed(t *testing.T) {
	for _, c := range []struct {
		args string
		want []string
		not  string
	}{
		{"-method lp", []string{"MD-T2  checked", "MD-T3  checked", "verdict: verified"}, "proved"},
		{"-method plain", []string{"MD-T2  proved", "plain double description]"}, "MD-T1"},
		{"-method domain", []string{"MD-T2  proved", "fundamental domain]"}, "plain"},
		{"-method fm", []string{"MD-T2    proved", "MD-T3    proved", "MD-L2    proved", "MD-L3    proved", "MD-L4    proved", "MD-REM4  proved", "MD-L2, MD-L3, MD-L4, MD-REM4 proved)", "Fourier-Motzkin elimination", "plain projection]"}, "rays"},
		{"-method dd", []string{"MD-T2  proved"}, "MD-T1"},
		{"-method dd,lp -instances 3 -drafts iid", []string{"[3 instances;"}, "MD-T4"},
		{"-method dd,lp -instances 2 -drafts joint,independent", []string{"MD-T4  checked", "[4 instances;"}, "MD-T1  "},
		{"-method identity", []string{"MD-T1  proved", "MD-T2  proved", "MD-T3  proved", "MD-T4  proved"}, "rays"},
		{"-instances 2 -drafts joint,independent", []string{"MD-T1  proved", "MD-T4  proved", "[4 instances;"}, "checked"},
	} {
		args := append([]string{"-k", "2", "-n", "4"}, strings.Fields(c.args)...)
		out := expect(t, run.ExitVerified, args, c.want...)
		if strings.Contains(out, c.not) {
			t.Errorf("%s: prints %q:\n%s", c.args, c.not, out)
		}
	}
}

func TestRefutedExponent(t *testing.T) {
	out := expect(t, run.ExitRefuted, []string{"-k", "3", "-n", "4", "-exponent", "2"},
		"MD-T2  refuted", "MD-T3  refuted", "p = (1/2, 1/2, 0, 0)", "q = (1/8, 7/8, 0, 0)", "P* = 1,", "= 7/8", "verdict: refuted")
	if strings.Contains(out, "proved") {
		t.Errorf("a refuted cell prints proved:\n%s", out)
	}
	path := filepath.Join(t.TempDir(), "c.json")
	expect(t, run.ExitRefuted, []string{"-k", "3", "-n", "4", "-exponent", "5", "-certificate", path})
	expect(t, run.ExitVerified, []string{"check", path}, "refuted")
}

// The counterexample printed as JSON really is one: every selection rule for
// iid drafts over two tokens with positive p is beaten or met by the two
// numbers, computed here from the definitions.
func TestRefutationIsACounterexample(t *testing.T) {
	for _, e := range []string{"2", "4"} {
		_, out, _ := verify("-k", "3", "-n", "4", "-exponent", e, "-json")
		var cell struct {
			Verdict        string
			Counterexample struct {
				P, Q           []string
				Value, Claimed string
			}
		}
		if err := json.Unmarshal([]byte(out), &cell); err != nil {
			t.Fatal(err)
		}
		x := cell.Counterexample
		least := func(power int) *big.Rat {
			best := big.NewRat(1, 1)
			for mask := range 1 << len(x.P) {
				p, q := new(big.Rat), new(big.Rat)
				for i := range x.P {
					if mask>>i&1 == 1 {
						p.Add(p, rat(t, x.P[i]))
						q.Add(q, rat(t, x.Q[i]))
					}
				}
				bound := q.Add(q, big.NewRat(1, 1))
				product := big.NewRat(1, 1)
				for range power {
					product.Mul(product, p)
				}
				if bound.Sub(bound, product); bound.Cmp(best) < 0 {
					best = bound
				}
			}
			return best
		}
		power := int(e[0] - '0')
		if rat(t, x.Claimed).Cmp(least(power)) != 0 || rat(t, x.Value).Cmp(least(3)) != 0 || x.Value == x.Claimed || cell.Verdict != "refuted" {
			t.Errorf("exponent %s: %+v is no counterexample", e, cell)
		}
	}
}

func rat(t *testing.T, s string) *big.Rat {
	t.Helper()
	x, ok := new(big.Rat).SetString(s)
	if !ok {
		t.Fatalf("%q is not a number", s)
	}
	return x
}

func TestCellJSON(t *testing.T) {
	out := expect(t, run.ExitVerified, []string{"-k", "2", "-n", "3", "-json"})
	var cell struct {
		Verdict string
		K, N    int
		Claims  []struct{ Tag, Status string }
	}
	if err := json.Unmarshal([]byte(out), &cell); err != nil {
		t.Fatal(err)
	}
	if cell.Verdict != "verified" || cell.K != 2 || cell.N != 3 || len(cell.Claims) != 4 || cell.Claims[1].Status != "proved" {
		t.Errorf("%+v", cell)
	}
}

func TestGrid(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "new", "grid")
	expect(t, run.ExitVerified, []string{"-k", "2..3", "-n", "2..4", "-certificate", dir, "-instances", "2"},
		"K = 2, n = 3: verified", "9 rays, 2 methods agree", "verdict: verified, 6 of 6 cells verified")
	files, err := filepath.Glob(filepath.Join(dir, "*"))
	if err != nil || len(files) != 6 {
		t.Fatalf("%v, %v", files, err)
	}
	expect(t, run.ExitVerified, append([]string{"check"}, files...), "K = 3 drafts, N = 4 tokens: MD-T1 proved, MD-T2 proved, MD-T3 proved, MD-T4 proved")
	out := expect(t, run.ExitVerified, []string{"-k", "2..3", "-n", "2", "-json", "-instances", "1"})
	var grid struct {
		Verdict string
		Cells   []struct{ Verdict string }
	}
	if err := json.Unmarshal([]byte(out), &grid); err != nil || grid.Verdict != "verified" || len(grid.Cells) != 2 {
		t.Errorf("%v: %+v", err, grid)
	}
	expect(t, run.ExitRefuted, []string{"-k", "2..3", "-n", "2..3", "-exponent", "2"}, "K = 2, n = 2: verified", "K = 3, n = 2: refuted", "verdict: refuted")
}

func TestSameBytesWhateverTheWorkers(t *testing.T) {
	dir := t.TempDir()
	var outputs, certificates []string
	for i, workers := range []string{"1", "2", "7", "1"} {
		path := filepath.Join(dir, string(rune('a'+i))+".json.gz")
		outputs = append(outputs, expect(t, run.ExitVerified, []string{"-k", "3", "-n", "6", "-method", "lp", "-j", workers, "-certificate", path}))
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		certificates = append(certificates, string(data))
	}
	for i := range outputs {
		if outputs[i] != outputs[0] || certificates[i] != certificates[0] {
			t.Errorf("run %d differs from the first", i)
		}
	}
	other := filepath.Join(dir, "seed.json.gz")
	expect(t, run.ExitVerified, []string{"-k", "3", "-n", "6", "-method", "lp", "-seed", "2", "-certificate", other})
	if data, _ := os.ReadFile(other); string(data) == certificates[0] {
		t.Error("another seed gives the same instances")
	}
}

func TestBadUsage(t *testing.T) {
	dir := t.TempDir()
	for _, c := range []struct{ args, text string }{
		{"", "nothing to do"},
		{"-k 3", "both -k and -n are needed"},
		{"-n 3", "both -k and -n are needed"},
		{"-k three -n 4", "expected a positive whole number"},
		{"-k 3 -n 0", "expected a positive whole number"},
		{"-k -2 -n 4", "expected a positive whole number"},
		{"-k 6..2 -n 4", "did you mean 2..6?"},
		{"-k 2.. -n 4", "expected a positive whole number"},
		{"-k 2..2000000000 -n 4", "expected a range of at most"},
		{"-k 1 -n 4", "want at least 2"},
		{"-k 3 -n 1", "want at least 2"},
		{"-k 3 -n 1000", "at most 62"},
		{"-k 1000 -n 4", "at most 64"},
		{"-k 20 -n 40", "is a coordinate"},
		{"-k 40 -n 14", "monomials"},
		{"-k 3 -n 4 -typo", "flag provided but not defined: -typo"},
		{"-k 3 -n 4 extra", "unexpected argument"},
		{"-k 3 -n 4 -method magic", "unknown method"},
		{"-k 3 -n 4 -method lp -instances 0", "nothing to do"},
		{"-k 3 -n 13 -method fm", "at most 9 for elimination"},
		{"-k 3 -n 4 -drafts iid,other", "unknown model \"other\""},
		{"-k 3 -n 4 -instances -5", "expected a number of instances"},
		{"-k 3 -n 4 -instances 1000000000", "up to 100000"},
		{"-k 3 -n 4 -instances 7 -method dd", "the method lp, which checks them, is not among"},
		{"-k 3 -n 4 -certificate=", "the value is empty"},
		{"-k 3 -n 4 -exponent -1", "expected a positive number"},
		{"-k 3 -n 4 -exponent 1000", "expected at most"},
		{"-k 3 -n 4 -seed x", "invalid value"},
		{"-k 3 -n 4 -j -1", "expected a number of workers"},
		{"-k 3 -n 4 -j 1000000000", "up to 1024"},
		{"-k 3 -n 4 -timeout -1s", "expected a duration"},
		{"-k 3 -n 4 -timeout soon", "invalid value"},
		{"-k 3 -n 4 -max-mem lots", "expected a size"},
		{"-k 3 -n 4 -progress loud", "expected auto, on or off"},
		{"-k 3 -n 4 -certificate " + dir + "/missing/c.json", "no such file or directory"},
		{"-k 3 -n 4 -certificate " + dir, "is a directory"},
		{"-k 2..3 -n 4 -certificate /dev/null/x", "not a directory"},
		{"nonsense", "unknown sub-command"},
		{"help nonsense", "unknown sub-command"},
		{"check", "no certificate given"},
		{"check " + dir + "/missing.json", "no such file"},
		{"version 3", "unexpected argument"},
	} {
		expect(t, run.ExitUsage, strings.Fields(c.args), "2>"+c.text)
	}
	if left, _ := filepath.Glob(filepath.Join(dir, "*")); len(left) > 0 {
		t.Errorf("files left behind: %v", left)
	}
	if left, _ := filepath.Glob(filepath.Join(dir, ".*")); len(left) > 0 {
		t.Errorf("hidden files left behind: %v", left)
	}
}

func TestLimitsEndInOrder(t *testing.T) {
	path := filepath.Join(t.TempDir(), "c.json.gz")
	expect(t, run.ExitUndecided, []string{"-k", "6", "-n", "14", "-timeout", "50ms", "-certificate", path},
		"2>time limit of 50ms reached", "MD-T2  undecided", "verdict: undecided")
	expect(t, run.ExitUndecided, []string{"-k", "6", "-n", "14", "-max-mem", "1M", "-certificate", path},
		"2>memory limit of 1M reached", "verdict: undecided")
	if _, err := os.Stat(path); err == nil {
		t.Error("an undecided cell leaves a certificate")
	}
}

func TestProgressAndTalk(t *testing.T) {
	_, _, stderr := verify("-k", "3", "-n", "4", "-instances", "1")
	if stderr != "" {
		t.Errorf("a quick run that is not on a terminal says %q", stderr)
	}
	_, _, stderr = verify("-k", "3", "-n", "4", "-instances", "1", "-v")
	if !strings.Contains(stderr, "K = 3, n = 4: verified after") {
		t.Errorf("-v says %q", stderr)
	}
	_, _, stderr = verify("-k", "3", "-n", "4", "-instances", "1", "-q")
	if stderr != "" {
		t.Errorf("-q says %q", stderr)
	}
}
