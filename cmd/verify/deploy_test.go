package main

import (
	"crypto/sha256"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// What deploy/ has for GNU parallel and for make prints what one run prints.
func TestDeployParallelAndMake(t *testing.T) {
	t.Parallel()
	root, err := filepath.Abs("../..")
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	build(t, root, dir+"/bin/", "./cmd/verify")
	verify := filepath.Join(dir, "bin", "verify")
	const grid = "-k 2..3 -n 2..5 -instances 1"
	want, err := exec.Command(verify, words(grid)...).Output()
	if err != nil {
		t.Fatal(err)
	}
	for tool, command := range map[string]string{
		"parallel": "../../deploy/parallel.sh 3 " + grid + " -state " + dir + "/parallel",
		"make":     "make -s --no-print-directory -f ../../deploy/campaign.mk -j2 SHARDS=3 STATE=" + dir + "/make ARGS='" + grid + "'",
	} {
		if _, err := exec.LookPath(tool); err != nil {
			t.Logf("%s is not installed: its file is not run", tool)
			continue
		}
		cmd := exec.Command("sh", "-c", command)
		cmd.Env = append(os.Environ(), "VERIFY="+verify)
		got, err := cmd.Output()
		// make tells of the report first
		if err != nil || !strings.HasSuffix(string(got), string(want)) {
			t.Errorf("%s: %v, prints\n%s\nwant\n%s", tool, err, got, want)
		}
	}
}

// The manifest is the one that the validation of the API server of Kubernetes 1.34 accepts,
// of the same package that the server has. Whoever changes it validates it again:
// kubectl apply --dry-run=server does; a reader of YAML accepts wrong ones.
func TestManifestIsTheOneThatWasValidated(t *testing.T) {
	data, err := os.ReadFile("../../deploy/job.yaml")
	if err != nil {
		t.Fatal(err)
	}
	const validated = "30c139300b6cd2553b3da58423b17115f63a8c1f1746de5a1a84b5b93859af49"
	if got := fmt.Sprintf("%x", sha256.Sum256(data)); got != validated {
		t.Errorf("deploy/job.yaml has the digest %s, the validated one has %s", got, validated)
	}
	// And its arguments are those of the command.
	var args []string
	for line := range strings.Lines(string(data)) {
		if list, ok := strings.CutPrefix(strings.TrimSpace(line), "args: ["); ok {
			for _, word := range strings.Split(strings.TrimSuffix(list, "]"), ", ") {
				word = strings.ReplaceAll(strings.Trim(word, `"`), "$(JOB_COMPLETION_INDEX)", "3")
				args = append(args, strings.ReplaceAll(word, "/campaign/", t.TempDir()+"/"))
			}
		}
	}
	t.Setenv("JOB_COMPLETION_INDEX", "3")
	for i, word := range args {
		if word == "2..6" || word == "2..14" {
			args[i] = "2..4"
		}
	}
	expect(t, 0, args, "1 of 1 cells verified")
}
