package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
)

// The workflow of the page on property tests, its steps run one after another in a module
// outside the checkout with theorems of its own: it passes, and fails where a theorem is
// false.
func TestWorkflow(t *testing.T) {
	t.Parallel()
	page := contents(t, "../../docs/property-tests.md")
	_, block, found := strings.Cut(page, "```yaml\n")
	block, _, _ = strings.Cut(block, "```")
	var steps []string
	for line := range strings.Lines(block) {
		if step, ok := strings.CutPrefix(strings.TrimSpace(line), "- run: "); ok {
			steps = append(steps, step)
		}
	}
	if !found || len(steps) != 4 {
		t.Fatalf("steps %q", steps)
	}
	root := abs(t, "../..")
	dir := t.TempDir()
	switch err := os.Symlink(root, filepath.Join(dir, "pstar")); {
	case err != nil && runtime.GOOS == "windows":
		t.Skip("links need a right of their own there: ", err)
	case err != nil: // anywhere else it is a fault, and not to be passed over
		t.Fatal(err)
	}
	if err := os.MkdirAll(filepath.Join(dir, "theorems"), 0o777); err != nil {
		t.Fatal(err)
	}
	replaceText(t, filepath.Join(dir, "go.mod"), "module mine\n\ngo 1.26\n\nrequire pstar v0.0.0\n\nreplace pstar => ./pstar\n")
	replaceText(t, filepath.Join(dir, "go.sum"), contents(t, "../../go.sum"))
	replaceText(t, filepath.Join(dir, "mine_test.go"), "package mine\n\nimport \"testing\"\n\nfunc TestNothing(t *testing.T) {}\n")
	run := func() (failed string) {
		for _, step := range steps {
			cmd := exec.Command("sh", "-e", "-c", strings.Replace(step, "-o ../bin/", "-o "+dir+"/bin/", 1)) // the checkout is a link here
			cmd.Dir = dir
			cmd.Env = append(os.Environ(), "GOWORK=off", "GOPROXY=off")
			if out, err := cmd.CombinedOutput(); err != nil {
				return step + "\n" + string(out)
			}
		}
		return ""
	}
	// The second has three instances.
	for i, name := range []string{"max-flow", "crs-u", "hoffman", "hoffman-false"} {
		replaceText(t, filepath.Join(dir, "theorems", name+".thm"), contents(t, "../../fixtures/theorems/"+name+".thm"))
		failed := run()
		switch {
		case name != "hoffman-false" && failed != "":
			t.Errorf("with %d theorems it fails at %s", i+1, failed)
		case name == "hoffman-false" && !strings.Contains(failed, "verdict: refuted"):
			t.Errorf("with a false theorem it fails at %q", failed)
		}
	}
}
