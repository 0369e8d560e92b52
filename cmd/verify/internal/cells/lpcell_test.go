package cells_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"pstar/cmd/verify/internal/cells"
)

var (
	pstarLine   = regexp.MustCompile(`(?m)^P\*\(acc\) = (\S+)`)
	optimumLine = regexp.MustCompile(`(?m)^optimum: (\d+), the common denominator (\d+) times that$`)
)

// MD-T1, MD-T3 and MD-T4 by way of files: what is written has the optimum that the closed
// form or a flow gives, by our solver and, where they are installed, by those of others.
func TestMDT1_MDT3_WrittenCellPrograms(t *testing.T) {
	folder, compared := t.TempDir(), 0
	for _, args := range []string{
		"-k 2 -n 3", "-k 3 -n 4 -seed 2", "-k 2 -n 5 -drafts joint", "-k 3 -n 3 -drafts independent -seed 5",
		"-k 2 -n 4 -drafts without-replacement",
	} {
		for _, program := range []string{"importance", "selection"} {
			for _, name := range []string{"c.lp", "c.mps", "c.lp.gz"} {
				path := filepath.Join(folder, name)
				asked := append(strings.Fields(args), "-program", program, "-write-lp", path)
				told := expect(t, 0, asked, program+" over supports", "\nq: ")
				want := pstarLine.FindStringSubmatch(told)
				if want == nil {
					t.Fatalf("%s prints no P*:\n%s", args, told)
				}
				expect(t, 0, []string{"lp", path}, ": optimal\noptimum: "+want[1])
				if name == "c.lp" {
					checkWithQSopt(t, path, want[1])
				}
				told = expect(t, 0, append(asked, "-integers"), "P*(acc) = "+want[1])
				want = optimumLine.FindStringSubmatch(told)
				expect(t, 0, []string{"lp", path}, ": optimal\noptimum: "+want[1]+"\n")
				if name == "c.lp" && len(want[2]) < 16 { // exact in the doubles of GLPK
					checkWithGLPK(t, path, want[1])
					compared++
				}
			}
		}
	}
	if compared < 4 {
		t.Errorf("only %d programs are small enough for GLPK", compared)
	}
}

// checkWithQSopt compares with esolver, which reads fractions and writes the exact value.
func checkWithQSopt(t *testing.T, path, want string) {
	t.Helper()
	if _, err := exec.LookPath("esolver"); err != nil {
		return
	}
	out, err := exec.Command("esolver", "-L", "-O", path+".sol", path).CombinedOutput()
	solution, _ := os.ReadFile(path + ".sol")
	if err != nil || !strings.Contains(string(solution), "Value = "+want+"\n") {
		t.Errorf("esolver: %v, want %s\n%s\n%s", err, want, solution, out)
	}
}

// checkWithGLPK compares with glpsol, which prints ten digits.
func checkWithGLPK(t *testing.T, path, want string) {
	t.Helper()
	if _, err := exec.LookPath("glpsol"); err != nil {
		return
	}
	out, err := exec.Command("glpsol", "--exact", "--cpxlp", path, "-o", path+".out").CombinedOutput()
	if err != nil {
		t.Fatalf("glpsol: %v\n%s", err, out)
	}
	report, err := os.ReadFile(path + ".out")
	if err != nil {
		t.Fatal(err)
	}
	value, err := strconv.ParseFloat(want, 64)
	if short := strconv.FormatFloat(value, 'g', 10, 64); err != nil || !strings.Contains(string(report), "obj = "+short+" (MAXimum)") {
		t.Errorf("glpsol does not print %s:\n%.400s", short, report)
	}
}

func TestWriteLPUsage(t *testing.T) {
	path := filepath.Join(t.TempDir(), "c.lp")
	for args, want := range map[string]string{
		"-k 2 -n 3 -program selection":                            "-program has no effect without -write-lp",
		"-k 2 -n 3 -integers":                                     "-integers has no effect without -write-lp",
		"-k 2 -n 3 -write-lp c.txt":                               "neither .mps nor .lp",
		"-k 2 -n 3..4 -write-lp " + path:                          "expected one cell",
		"-k 2 -n 3 -program dual -write-lp " + path:               "expected importance or selection",
		"-k 2 -n 3 -drafts iid,joint -write-lp " + path:           "expected one draft model",
		"-k 2 -n 3 -drafts nice -write-lp " + path:                "expected one draft model",
		"-k 2 -n 3 -json -write-lp " + path:                       "-json has no effect",
		"-k 2 -n 3 -instances 2 -write-lp " + path:                "-instances has no effect",
		"-k 2 -n 3 -method lp -write-lp " + path:                  "-method has no effect",
		"-k 2 -n 3 -exponent 3 -write-lp " + path:                 "-exponent has no effect",
		"-k 2 -n 3 -certificate c.json -write-lp " + path:         "-certificate has no effect",
		"-k 2 -n 3 -j 1 -write-lp " + path:                        "-j has no effect",
		"-k 2 -n 3 -progress on -write-lp " + path:                "-progress has no effect",
		"-k 1 -n 3 -write-lp " + path:                             "want at least 2",
		"-k 2 -n 3 -write-lp /nowhere/at/all.lp":                  "cannot write",
		"-k 5 -n 4 -drafts without-replacement -write-lp " + path: "no 5 drafts without replacement",
	} {
		expect(t, 2, strings.Fields(args), "2>"+want)
		if _, err := os.Stat(path); err == nil {
			t.Errorf("%s: leaves a file", args)
		}
	}
	expect(t, 3, []string{"-k", "2", "-n", "3", "-write-lp", path, "-timeout", "1ns"}, "2>time limit of 1ns reached")
}

// The statements stand behind the words that announce them, and what -write-lp does behind both.
func TestHelpOfCells(t *testing.T) {
	long := cells.Command().Long
	if !strings.Contains(long, "n tokens:\n\n  MD-T1  ") || !strings.Contains(long, "are false, and a counterexample is printed.\n\n-write-lp writes") {
		t.Errorf("the help of cells:\n%s", long)
	}
}
