package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

var peerValue = regexp.MustCompile(`(?m)^status (OPTIMAL|UNBOUNDED)\n(?:\tValue = (\S+))?`)

// Files on which readers disagree: the result and the remarks are those beside the file,
// and QSopt_ex, where it is installed, reads the same problem but for
// the infinite bounds.
func TestLPDialects(t *testing.T) {
	programs, _ := filepath.Glob(lpFixtures + "dialects/*.lp")
	mps, _ := filepath.Glob(lpFixtures + "dialects/*.mps")
	files := append(programs, mps...)
	if len(files) < 5 {
		t.Fatalf("only %d files", len(files))
	}
	for _, path := range files {
		want, err := os.ReadFile(path + ".txt")
		if err != nil {
			t.Fatal(err)
		}
		status, stdout, stderr := verify("lp", "-relax", "-solution", path)
		got := strings.ReplaceAll(stderr+stdout, lpFixtures+"dialects/", "")
		if status != 0 || got != string(want) {
			t.Errorf("%s: status %d\ngot\n%s\nwant\n%s", path, status, got, want)
		}
		if _, _, stderr := verify("lp", "-relax", "-q", path); stderr != "" {
			t.Errorf("%s: -q does not silence %s", path, stderr)
		}
		dialectByQSopt(t, path, stdout)
	}
}

// dialectByQSopt asks esolver for the verdict and the value.
func dialectByQSopt(t *testing.T, path, ours string) {
	t.Helper()
	if _, err := exec.LookPath("esolver"); err != nil || strings.Contains(path, "infinite.") {
		return // it is the exception, as GLPK is: for them there are numbers beyond 1e30
	}
	solution := filepath.Join(t.TempDir(), "s.sol")
	args := []string{"-O", solution, path}
	if strings.HasSuffix(path, ".lp") {
		args = append([]string{"-L"}, args...)
	}
	out, err := exec.Command("esolver", args...).CombinedOutput()
	text, _ := os.ReadFile(solution)
	m := peerValue.FindStringSubmatch(string(text))
	if err != nil || m == nil {
		t.Fatalf("%s: %v\n%s\n%s", path, err, text, out)
	}
	if m[1] == "UNBOUNDED" && !strings.Contains(ours, ": unbounded\n") ||
		m[1] == "OPTIMAL" && !strings.Contains(ours, "optimum: "+m[2]+" ") && !strings.Contains(ours, "optimum: "+m[2]+"\n") {
		t.Errorf("%s: esolver says %q, we say\n%s", path, m[0], ours)
	}
}
