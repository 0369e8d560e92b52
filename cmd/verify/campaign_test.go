package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"pstar/cmd/verify/internal/run"
)

// kills is how often a campaign is killed: KILLS, with the 65 cells of the papers if it is
// given, else a few times, with ten.
func kills(t *testing.T) (n int, grid []string) {
	t.Helper()
	text := os.Getenv("KILLS")
	if text == "" {
		return 4, words("-k 2..3 -n 2..6 -instances 2")
	}
	n, err := strconv.Atoi(text)
	if err != nil {
		t.Fatalf("KILLS: %v", err)
	}
	return n, words("-k 2..6 -n 2..14")
}

// A run in three shards, each killed at random moments, comes to the bytes of a run that was
// not: what is printed, the certificates, and no other file.
func TestCampaignKilledAtRandomMoments(t *testing.T) {
	t.Parallel()
	n, grid := kills(t)
	random := rand.New(rand.NewPCG(1, uint64(n)))
	plain := t.TempDir()
	begun := time.Now()
	want := output(t, append(slices.Clone(grid), "-certificate", plain)...)
	took := time.Since(begun)
	dir := t.TempDir()
	killed := 0
	report := []string{"report"}
	for shard := 1; shard <= 3; shard++ {
		state := filepath.Join(dir, fmt.Sprint("shard", shard))
		report = append(report, state)
		args := append(slices.Clone(grid), "-state", state, "-shard", fmt.Sprintf("%d/3", shard), "-certificate", filepath.Join(dir, fmt.Sprint("out", shard)))
		// So soon that the work lasts for all kills, or nearly: a shard that is done before is
		// begun anew, so that as many are killed as the test promises.
		quota := (n + 3 - shard) / 3
		for attempts := 0; quota > 0 && attempts < 10*n; attempts++ {
			if killAfter(t, time.Duration(random.Int64N(2*int64(took)/int64(n)+1)), args) {
				killed++
				quota--
				continue
			}
			if err := os.RemoveAll(state); err != nil {
				t.Fatal(err)
			}
		}
		output(t, args...)
		onlyCampaign(t, state, fmt.Sprintf("shard-%d-of-3", shard))
	}
	merged := filepath.Join(dir, "merged")
	output(t, append(report, "-merge", merged)...)
	out := filepath.Join(dir, "out")
	if got := output(t, append(slices.Clone(grid), "-state", merged, "-certificate", out)...); got != want {
		t.Errorf("after %d kills it prints\n%s\nand without\n%s", killed, got, want)
	}
	sameFiles(t, plain, out)
	onlyCampaign(t, merged)
	if killed != n {
		t.Errorf("%d runs were killed before their end, want %d", killed, n)
	}
}

// Runs that share a folder, all of which are killed once, come to the same.
func TestCampaignShared(t *testing.T) {
	t.Parallel()
	_, grid := kills(t)
	random := rand.New(rand.NewPCG(2, 2))
	plain, dir := t.TempDir(), t.TempDir()
	begun := time.Now()
	want := output(t, append(slices.Clone(grid), "-certificate", plain)...)
	took := time.Since(begun)
	state := filepath.Join(dir, "state")
	var workers sync.WaitGroup
	got := make([]string, 3)
	for i := range got {
		args := append(slices.Clone(grid), "-state", state, "-certificate", filepath.Join(dir, fmt.Sprint("out", i)))
		after := time.Duration(random.Int64N(int64(took)))
		workers.Go(func() {
			killAfter(t, after, args)
			data, err := subprocess(t, args...).Output()
			if err != nil {
				t.Errorf("worker %d: %v", i, err)
			}
			got[i] = string(data)
		})
	}
	workers.Wait()
	for i, text := range got {
		if text != want {
			t.Errorf("worker %d prints\n%s\nand alone it prints\n%s", i, text, want)
		}
		sameFiles(t, plain, filepath.Join(dir, fmt.Sprint("out", i)))
	}
	onlyCampaign(t, state)
}

// output is what a run prints that must end well.
func output(t *testing.T, args ...string) string {
	t.Helper()
	cmd := subprocess(t, args...)
	var stdout, stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	if err := cmd.Run(); err != nil {
		t.Fatalf("verify %s: %v\n%s%s", strings.Join(args, " "), err, stdout.String(), stderr.String())
	}
	return stdout.String()
}

// killAfter runs the command, and kills it unless it has ended before.
func killAfter(t *testing.T, after time.Duration, args []string) (killed bool) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), after)
	defer cancel()
	cmd := subprocess(t, args...)
	killable := exec.CommandContext(ctx, cmd.Path, cmd.Args[1:]...)
	killable.Env = cmd.Env
	err := killable.Run()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) && ctx.Err() == nil {
		t.Error(err)
	}
	return err != nil
}

// onlyCampaign checks that a folder has the files of a campaign that is over, and no other.
func onlyCampaign(t *testing.T, dir string, more ...string) {
	t.Helper()
	err := filepath.WalkDir(dir, func(path string, e fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		name, _ := filepath.Rel(dir, path)
		folder := filepath.Dir(name)
		switch {
		case e.IsDir() && slices.Contains([]string{".", "done", "certificates"}, name):
		case !e.IsDir() && (folder == "done" && filepath.Ext(name) == ".json" || folder == "certificates" && strings.HasSuffix(name, ".json.gz")) && !strings.HasPrefix(e.Name(), "."):
		case name == "campaign.json", slices.Contains(more, name):
		default:
			t.Errorf("%s is left in the folder", name)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// sameFiles checks that two folders have the same files.
func sameFiles(t *testing.T, want, got string) {
	t.Helper()
	there := entries(t, want)
	if n := len(entries(t, got)); n != len(there) || n == 0 {
		t.Errorf("%d files, want %d", n, len(there))
	}
	for _, e := range there {
		if contents(t, filepath.Join(got, e.Name())) != contents(t, filepath.Join(want, e.Name())) {
			t.Errorf("%s is not the same", e.Name())
		}
	}
}

// A claim of another machine holds for its lease, and no longer; one of this machine until
// its process has ended.
func TestCampaignClaims(t *testing.T) {
	state := filepath.Join(t.TempDir(), "state")
	grid := append(words("-k 2 -n 2..4 -instances 0 -method identity -state"), state)
	claim := func() {
		if err := os.MkdirAll(filepath.Join(state, "claims"), 0o777); err != nil {
			t.Fatal(err)
		}
		replaceText(t, filepath.Join(state, "claims", "k2-n3"), `{"host": "elsewhere", "process": 1}`)
	}
	claim()
	var status int
	var out string
	// As long as the other tasks take: that is short, but on a machine with much to do.
	for _, limit := range []string{"600ms", "4s", "20s"} {
		if status, out, _ = verify(append(grid, "-lease", "1h", "-timeout", limit)...); strings.Contains(out, "n = 4: verified") {
			break
		}
	}
	if status != run.ExitUndecided || strings.Contains(out, "n = 3: verified") || !strings.Contains(out, "n = 4: verified") {
		t.Errorf("a claim does not hold: status %d\n%s", status, out)
	}
	if left := entries(t, filepath.Join(state, "claims")); len(left) != 1 {
		t.Errorf("claims %v, want that of the other machine", left)
	}
	expect(t, run.ExitVerified, append(grid, "-lease", "200ms"), "n = 3: verified", "3 of 3 cells")
	onlyCampaign(t, state)
	// A claim that cannot be taken over, here a folder with something in it, is not waited for.
	if err := os.Remove(filepath.Join(state, "done", "k2-n3.json")); err != nil {
		t.Fatal(err)
	}
	if err := os.MkdirAll(filepath.Join(state, "claims", "k2-n3", "x"), 0o777); err != nil {
		t.Fatal(err)
	}
	expect(t, run.ExitUsage, append(grid, "-lease", "200ms"), "n = 4: verified", "2>cannot take over the abandoned claim "+filepath.Join(state, "claims", "k2-n3"))
}

// A folder of another run is refused, and says why; what is not whole is done again.
func TestCampaignOfAnotherRun(t *testing.T) {
	dir := t.TempDir()
	state := filepath.Join(dir, "state")
	grid := "-k 2 -n 2..4 -instances 1 -method identity,lp -state " + state
	want := expect(t, run.ExitVerified, words(grid))
	for args, reason := range map[string]string{
		"-k 2 -n 2..5 -instances 1 -method identity,lp":             "there -n is 2..4, here 2..5",
		"-k 2 -n 2..4 -instances 1 -method identity,lp -seed 2":     "there -seed is 1, here 2",
		"-k 2 -n 2..4 -instances 1 -method lp":                      "there -method is identity,lp, here lp",
		"-k 2 -n 2..4 -instances 1 -method identity,lp -exponent 3": "there -exponent is 0, here 3",
		"crs -n 2..4": "there the command is verify, here verify crs",
	} {
		expect(t, run.ExitUsage, append(words(args), "-state", state), "2>"+state+" is the folder of another run: "+reason)
	}
	if left := entries(t, state); len(left) != 3 {
		t.Errorf("in a folder that is refused there is %v, want campaign.json, done and certificates", left)
	}
	done := filepath.Join(state, "done", "k2-n3.json")
	replaceText(t, done, contents(t, done)[:100])
	if got := expect(t, run.ExitVerified, words(grid), "2>it is done again"); got != want {
		t.Errorf("prints\n%s\nwant\n%s", got, want)
	}
	replaceText(t, done, strings.Replace(contents(t, done), "{", `{"task": "x",`, 1))
	if got := expect(t, run.ExitVerified, words(grid), `2>member "task" is there twice; it is done again`); got != want {
		t.Errorf("prints\n%s\nwant\n%s", got, want)
	}
	header := filepath.Join(state, "campaign.json")
	kept := contents(t, header)
	replaceText(t, header, strings.Replace(kept, "{", `{"digest": "",`, 1))
	expect(t, run.ExitUsage, words(grid), `2>campaign.json: member "digest" is there twice`)
	replaceText(t, header, kept)
	replaceText(t, header, strings.Replace(contents(t, header), `"seed": "1"`, `"seed": "3"`, 1))
	expect(t, run.ExitUsage, words(grid), "2>its digest is not that of what it says")
	expect(t, run.ExitUsage, words("-k 2 -n 2 -state "+dir), "2>one task")
	expect(t, run.ExitUsage, words("-k 2 -n 2..3 -shard 1/2"), "2>-shard has no effect without -state")
	for _, wrong := range []string{"2", "/2", "0/2", "3/2", "1/0", "a/2", "slurm", "slurm/0"} {
		expect(t, run.ExitUsage, words("-k 2 -n 2..3 -state x -shard "+wrong), "2>-shard")
	}
}

// A folder with files of somebody else is refused, by every command, and stays as it was. What
// killed runs and systems leave is no such file.
func TestCampaignInAForeignFolder(t *testing.T) {
	cube := polyhedraFixtures + "cube.ine"
	for _, args := range []string{"dd", "dd -symmetry"} {
		dir := t.TempDir()
		for _, folder := range []string{"claims", "parts", "done", "certificates", "lost+found"} {
			if err := os.Mkdir(filepath.Join(dir, folder), 0o777); err != nil {
				t.Fatal(err)
			}
		}
		replaceText(t, filepath.Join(dir, ".hidden"), "")
		replaceText(t, filepath.Join(dir, "notes.txt"), "mine")
		before := len(entries(t, dir))
		expect(t, run.ExitUsage, append(words(args), "-state", dir, cube), "2>"+dir+" is no folder of a run: it has no campaign.json, and has notes.txt; expected a new folder, an empty one")
		expect(t, run.ExitUsage, words("-k 2 -n 2..3 -instances 1 -method identity,lp -state "+dir), "2>is no folder of a run")
		if left := entries(t, dir); len(left) != before {
			t.Errorf("%s: in the folder there is %v", args, left)
		}
		if err := os.Remove(filepath.Join(dir, "notes.txt")); err != nil {
			t.Fatal(err)
		}
		expect(t, run.ExitVerified, append(words(args), "-q", "-state", dir, cube))
		// Beside a header anything may stand.
		replaceText(t, filepath.Join(dir, "notes.txt"), "mine")
		expect(t, run.ExitVerified, append(words(args), "-q", "-state", dir, cube))
	}
}

// Nothing is taken from the environment unasked, and what is asked for is looked at: an
// array that is submitted again for a few tasks has a total of its own.
func TestShardOfEngines(t *testing.T) {
	t.Setenv("SLURM_ARRAY_TASK_ID", "3")
	t.Setenv("SLURM_ARRAY_TASK_COUNT", "2")
	t.Setenv("JOB_COMPLETION_INDEX", "0")
	grid := "-k 2 -n 2..5 -instances 0 -method identity"
	state := func() string { return " -state " + filepath.Join(t.TempDir(), "s") }
	expect(t, run.ExitVerified, words(grid), "4 of 4 cells")
	expect(t, run.ExitVerified, words(grid+state()), "4 of 4 cells")
	for shard, n := range map[string]string{"slurm/4": "n = 4", "k8s/4": "n = 2"} {
		out := expect(t, run.ExitVerified, words(grid+state()+" -shard "+shard), n+": verified", "1 of 1 cells")
		if strings.Count(out, "\n") != 2 {
			t.Errorf("%s does more than one cell\n%s", shard, out)
		}
	}
	expect(t, run.ExitUsage, words(grid+state()+" -shard slurm/2"), `2>SLURM_ARRAY_TASK_ID is "3", expected 1 to 2, as of --array=1-2`)
	t.Setenv("SLURM_ARRAY_TASK_ID", "")
	os.Unsetenv("SLURM_ARRAY_TASK_ID")
	expect(t, run.ExitUsage, words(grid+state()+" -shard slurm/2"), "2>SLURM_ARRAY_TASK_ID is not set")
}

// A slow task is left undecided, and the others are done; with a longer limit it is tried
// again.
func TestTaskTimeout(t *testing.T) {
	state := filepath.Join(t.TempDir(), "state")
	for _, kept := range []string{"", " -state " + state} {
		expect(t, run.ExitUndecided, words("crs -n 2..3 -rho 1 -task-timeout 1ns"+kept), "n = 2: undecided", "n = 3: undecided", "undecided, 0 of 2 cells", "2>limit of 1ns for a task reached")
	}
	expect(t, run.ExitUndecided, words("report "+state), "2 tasks: 2 undecided", "undecided: n = 2: limit of 1ns for a task reached")
	expect(t, run.ExitVerified, words("crs -n 2..3 -rho 1 -task-timeout 1m -state "+state), "verified, 2 of 2 cells")
	expect(t, run.ExitVerified, words("report "+state), "2 tasks: 2 verified")
}

// What is missing is named, also as an array to submit again.
func TestReportOfMissingTasks(t *testing.T) {
	dir := t.TempDir()
	grid := "-k 2 -n 2..9 -instances 0 -method identity -state " + dir
	for _, i := range []int{1, 4} {
		expect(t, run.ExitVerified, words(fmt.Sprintf("%s/%d -shard %d/4", grid, i, i)))
	}
	folders := dir + "/1 " + dir + "/4"
	expect(t, run.ExitUndecided, words("report "+folders), "8 tasks: 4 missing, 4 verified", "missing: k2-n3 k2-n4 k2-n7 k2-n8\n",
		"--array=2-3,6-7, with -shard slurm/8", "--array=2-3, with -shard slurm/4", "verdict: undecided")
	expect(t, run.ExitUndecided, words("report -json "+folders), `"array": "2-3,6-7"`, `"shards": "2-3"`, `"verdict": "undecided"`)
	expect(t, run.ExitVerified, words(grid+"/8 -shard 3/8"))
	expect(t, run.ExitUndecided, words("report "+folders+" "+dir+"/8"), "3 missing", "--array=2,6-7, with -shard slurm/8")
	other := filepath.Join(t.TempDir(), "other")
	expect(t, run.ExitVerified, words("-k 2 -n 2..8 -instances 0 -method identity -state "+other))
	expect(t, run.ExitUsage, words("report "+folders+" "+other), "2>folders of different runs: in "+other+" -n is 2..8, in "+dir+"/1 2..9")
	expect(t, run.ExitUsage, words("report "+t.TempDir()), "2>this is no folder of -state")
	expect(t, run.ExitUsage, words("report"), "2>expected folders of -state, or files of -json; \"verify report -h\" explains")
}

// The command that the folder keeps is the one that was typed, but for flags on which no
// result depends, also where flags name files: whoever reads a report can do it again.
func TestCampaignKeepsItsCommand(t *testing.T) {
	dir := t.TempDir()
	p, q := array(t, dir, "p.npy"), array(t, dir, "q.npy")
	state := filepath.Join(dir, "state")
	want := expect(t, run.ExitVerified, []string{"steps", "-k", "2", "-p", p, "-quiet", "-q", q, "-normalize", "-schemes", "optimal", "-state", state})
	out := expect(t, run.ExitVerified, []string{"report", state})
	command, _, _ := strings.Cut(out, "\n")
	if command != "verify steps -k 2 -normalize -p "+p+" -q "+q+" -schemes optimal" {
		t.Fatalf("it keeps %q", command)
	}
	if got := expect(t, run.ExitVerified, words(strings.TrimPrefix(command, "verify "))); got != want {
		t.Errorf("%s prints\n%s\nwant\n%s", command, got, want)
	}
	// -q is a law here, not that the command is to be silent.
	other := array(t, dir, "other.npy")
	expect(t, run.ExitUsage, []string{"steps", "-k", "2", "-p", p, "-q", other, "-normalize", "-schemes", "optimal", "-state", state}, "2>there -q is "+q+", here "+other)
}

// array writes an array of two rows of two halves, as NumPy does.
func array(t *testing.T, dir, name string) string {
	t.Helper()
	path := filepath.Join(dir, name)
	head := "{'descr': '<f8', 'fortran_order': False, 'shape': (2, 2), }"
	head += strings.Repeat(" ", 117-len(head)) + "\n"
	half := "\x00\x00\x00\x00\x00\x00\xe0\x3f" // little-endian
	replaceText(t, path, "\x93NUMPY\x01\x00\x76\x00"+head+strings.Repeat(half, 4))
	return path
}

// Files of the same name are tasks of their own, also where the number of the second is
// the name of another file: none has the verdict of another.
func TestTasksHaveNamesOfTheirOwn(t *testing.T) {
	dir := t.TempDir()
	var paths []string
	for _, f := range [][2]string{{"a-2.thm", "chsh"}, {"a.thm", "max-flow"}, {"x/a.thm", "md-t3-false"}, {"y/a.thm", "md-t3"}} {
		path := filepath.Join(dir, f[0])
		if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
			t.Fatal(err)
		}
		replaceText(t, path, contents(t, "../../fixtures/theorems/"+f[1]+".thm"))
		paths = append(paths, path)
	}
	state := filepath.Join(dir, "state")
	out := expect(t, run.ExitRefuted, append([]string{"prove", "-state", state}, paths...), "verdict: refuted")
	for _, path := range paths {
		if !strings.Contains(out, path+": ") {
			t.Errorf("nothing is said of %s:\n%s", path, out)
		}
	}
	if left := entries(t, filepath.Join(state, "done")); len(left) != len(paths) {
		t.Errorf("%d tasks for %d files", len(left), len(paths))
	}
}

// The certificates of all shards go into one directory, as those of one run, and the page
// leads to them there.
func TestReportOfCertificates(t *testing.T) {
	dir := t.TempDir()
	grid := "-k 2 -n 2..5 -instances 0 -method identity"
	expect(t, run.ExitVerified, words(grid+" -certificate "+dir+"/plain"))
	for i := 1; i <= 2; i++ {
		expect(t, run.ExitVerified, words(fmt.Sprintf("%s -certificate %s/c%d -state %s/%d -shard %d/2", grid, dir, i, dir, i, i)))
	}
	expect(t, run.ExitVerified, words("report "+dir+"/1 "+dir+"/2 -certificate "+dir+"/all -o "+dir+"/page.html"), "4 tasks: 4 verified")
	sameFiles(t, filepath.Join(dir, "plain"), filepath.Join(dir, "all"))
	if text := contents(t, filepath.Join(dir, "page.html")); strings.Count(text, `href="all/k2-n3.json.gz"`) != 2 {
		t.Error("the page does not lead to the certificates")
	}
	expect(t, run.ExitVerified, words(grid+" -state "+dir+"/without"))
	expect(t, run.ExitUsage, words("report "+dir+"/without -certificate "+dir+"/none"), "2>no task has one")
	object := write(t, "object.json", expect(t, run.ExitVerified, words("-k 2 -n 2 -instances 0 -json")))
	expect(t, run.ExitUsage, []string{"report", object, "-certificate", dir + "/none"}, "2>-certificate has no effect without folders")
}

// A task whose file, or certificate, is not as it was written is missing, and it is said why.
func TestReportOfBrokenTasks(t *testing.T) {
	dir := t.TempDir()
	state := filepath.Join(dir, "state")
	expect(t, run.ExitVerified, words("-k 2 -n 2..5 -instances 0 -method identity -certificate "+dir+"/c -state "+state))
	replaceText(t, filepath.Join(state, "done", "k2-n3.json"), "{")
	replaceText(t, filepath.Join(state, "certificates", "k2-n4.json.gz"), "forged")
	expect(t, run.ExitUndecided, words("report "+state+" -o "+dir+"/page.html"), "4 tasks: 2 missing, 2 verified", "missing: k2-n3 k2-n4\n",
		"k2-n3.json: unexpected end of JSON input\n", "k2-n4.json: the certificate k2-n4.json.gz is not the one that was written\n", "--array=2-3,")
	if text := contents(t, filepath.Join(dir, "page.html")); !strings.Contains(text, "k2-n4.json: the certificate") {
		t.Error("the page does not say what is broken")
	}
}

// Every command with many tasks comes to the same with a folder, twice, as without.
func TestCampaignOfEachCommand(t *testing.T) {
	var lines strings.Builder
	for i := range 2300 {
		switch {
		case i%700 == 5:
			lines.WriteString("\n")
		case i%900 == 7:
			lines.WriteString("{\"p\": [1\n")
		default:
			fmt.Fprintf(&lines, "{\"p\": [%d, 2, 3], \"q\": [1, %d, 1], \"k\": 2}\n", 1+i%7, 1+i%5)
		}
	}
	steps := write(t, "steps.jsonl", lines.String())
	for _, command := range []string{
		"-k 2 -n 2..4 -instances 1 -exponent 1",
		"-k 2 -n 2..4 -instances 1 -json",
		"crs -upto 40 -rho 3/2",
		"crs -n 2..5 -rho 1 -json",
		"prove ../../fixtures/theorems/md-t1-false.thm ../../fixtures/theorems/md-t2.thm ../../fixtures/theorems/md-t3.thm",
		"prove -json ../../fixtures/theorems/md-t2.thm ../../fixtures/theorems/md-t3-false.thm",
		"steps -weights -schemes optimal,ss " + steps,
	} {
		status, want, stderr := verify(words(command)...)
		state := filepath.Join(t.TempDir(), "state")
		for range 2 {
			again, got, talk := verify(append(words(command), "-state", state)...)
			if again != status || got != want || talk != stderr {
				t.Errorf("%s: with -state status %d, prints\n%s%s\nwant status %d\n%s%s", command, again, got, talk, status, want, stderr)
			}
		}
		if left := entries(t, filepath.Join(state, "done")); len(left) < 2 {
			t.Errorf("%s: %d tasks", command, len(left))
		}
	}
}
