package main

import (
	"bytes"
	"errors"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

func saying(s string) func(io.Writer) error {
	return func(w io.Writer) error {
		_, err := io.WriteString(w, s)
		return err
	}
}

func contents(t *testing.T, path string) string {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

func TestWriteFileReplacesAsAWhole(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "f")
	if err := new(call).writeFile(path, saying("old")); err != nil {
		t.Fatal(err)
	}
	broken := errors.New("broken off")
	err := new(call).writeFile(path, func(w io.Writer) error {
		io.WriteString(w, strings.Repeat("half", 10_000))
		return broken
	})
	if err == nil || exitStatus(err) != exitUsage || !strings.Contains(err.Error(), "broken off") {
		t.Errorf("a failed write gives %v", err)
	}
	if got := contents(t, path); got != "old" {
		t.Errorf("a failed write leaves %d bytes", len(got))
	}
	if files, _ := os.ReadDir(dir); len(files) != 1 {
		t.Errorf("files left: %v", files)
	}
}

func TestWriteFileFollowsLinksAndKeepsPermissions(t *testing.T) {
	dir := t.TempDir()
	target, link := filepath.Join(dir, "target"), filepath.Join(dir, "link")
	if err := os.WriteFile(target, []byte("old"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink("target", link); err != nil {
		t.Fatal(err)
	}
	if err := new(call).writeFile(link, saying("new")); err != nil {
		t.Fatal(err)
	}
	if got := contents(t, target); got != "new" {
		t.Errorf("the target of the link has %q", got)
	}
	if info, err := os.Lstat(link); err != nil || info.Mode()&os.ModeSymlink == 0 {
		t.Errorf("the link is gone: %v, %v", info, err)
	}
	if info, _ := os.Stat(target); info.Mode().Perm() != 0o600 {
		t.Errorf("permissions %v", info.Mode())
	}
	defer umask(t, 0o077)()
	fresh := filepath.Join(dir, "fresh")
	if err := new(call).writeFile(fresh, saying("x")); err != nil {
		t.Fatal(err)
	}
	if info, _ := os.Stat(fresh); info.Mode().Perm() != 0o600 {
		t.Errorf("permissions of a new file under umask 077: %v", info.Mode())
	}
}

// A link to what is not there yet stays, and its target is made.
func TestWriteFileMakesTheTargetOfALink(t *testing.T) {
	dir := t.TempDir()
	if err := os.MkdirAll(filepath.Join(dir, "a", "b"), 0o755); err != nil {
		t.Fatal(err)
	}
	for _, l := range [][2]string{{"../target", "a/second"}, {"a/second", "first"}, {"a/b", "folder"}, {"../third", "a/b/up"}} {
		if err := os.Symlink(l[0], filepath.Join(dir, l[1])); err != nil {
			t.Fatal(err)
		}
	}
	for name, target := range map[string]string{"first": "target", "folder/up": "a/third", "folder/../fourth": "a/fourth"} {
		path := dir + "/" + name // not joined: that would shorten it
		if err := new(call).checkWritable(path); err != nil {
			t.Fatal(err)
		}
		if err := new(call).writeFile(path, saying(name)); err != nil {
			t.Fatal(err)
		}
		if got := contents(t, filepath.Join(dir, target)); got != name {
			t.Errorf("%s: the target has %q", name, got)
		}
	}
	for _, name := range []string{"first", "a/second", "a/b/up"} {
		if info, err := os.Lstat(filepath.Join(dir, name)); err != nil || info.Mode()&os.ModeSymlink == 0 {
			t.Errorf("the link %s is gone: %v", name, err)
		}
	}
	loop := filepath.Join(dir, "loop")
	if err := os.Symlink("loop", loop); err != nil {
		t.Fatal(err)
	}
	if err := new(call).writeFile(loop, saying("x")); err == nil {
		t.Error("a link to itself can be written")
	}
}

// Every name for standard output is the standard output of the command.
func TestStandardOutputByName(t *testing.T) {
	names := []string{"-"}
	if _, err := os.Stat("/dev/fd/1"); err == nil {
		link := filepath.Join(t.TempDir(), "link")
		if err := os.Symlink("/dev/fd/1", link); err != nil {
			t.Fatal(err)
		}
		names = append(names, "/dev/stdout", "/dev/fd/1", link)
	}
	want := expect(t, exitVerified, []string{"dd", "../../fixtures/polyhedra/cube.ine"})
	for _, name := range names {
		if got := expect(t, exitVerified, []string{"dd", "-o", name, "../../fixtures/polyhedra/cube.ine"}); got != want {
			t.Errorf("dd -o %s prints\n%s\nwithout it\n%s", name, got, want)
		}
		expect(t, exitVerified, []string{"pstar", "-k", "2", "-p", "1/2,1/2", "-q", "1/2,1/2", "-o", name}, "P*(acc)", `"format":`)
	}
	for _, name := range names[1:] {
		if info, err := os.Lstat(name); err != nil || info.Mode().IsRegular() {
			t.Errorf("%s is a file now: %v", name, err)
		}
	}
}

// A file that somebody holds open is appended to, and stays the same file.
func TestWriteFileToAnOpenFile(t *testing.T) {
	if _, err := os.Stat("/dev/fd/0"); err != nil {
		t.Skip("no names for open files on this system")
	}
	path := filepath.Join(t.TempDir(), "f")
	file, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	if _, err := file.WriteString("before\n"); err != nil {
		t.Fatal(err)
	}
	cmd := subprocess(t, "dd", "-o", "/dev/fd/3", "../../fixtures/polyhedra/cube.ine")
	cmd.ExtraFiles = []*os.File{file}
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	got := make([]byte, 1000)
	n, _ := file.ReadAt(got, 0) // through what is open: another file at path would not show
	if s := string(got[:n]); !strings.HasPrefix(s, "before\n") || !strings.Contains(s, "V-representation") {
		t.Errorf("the open file has %q", s)
	}
}

// litter are files of runs that were killed: two beside c.json, one beside other, and
// three that only look like it.
var litter = []string{".c.json.verify-1-0.tmp", ".c.json.verify-99999999-3.tmp", ".other.verify-1-0.tmp", ".c.json.verify-1.tmp", "c.json.verify-1-0.tmp", ".c.json.tmp1-0"}

// What killed runs have left goes; what runs that last are writing stays.
func TestLitterOfKilledRuns(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "c.json")
	for _, name := range litter {
		if err := os.WriteFile(filepath.Join(dir, name), nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	other := new(call)
	lasting, err := other.temps.create(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := new(call).checkWritable(path); err != nil {
		t.Fatal(err)
	}
	left := strings.Join(litter[2:], " ")
	if got := listing(t, dir, lasting.Name()); got != left {
		t.Errorf("left: %s, want %s", got, left)
	}
	if _, err := os.Stat(lasting.Name()); err != nil {
		t.Errorf("the file of a run that lasts is gone: %v", err)
	}
	other.temps.giveUp()
	clearLitter(dir + "/")
	if got, want := listing(t, dir, ""), strings.Join(litter[3:], " "); got != want {
		t.Errorf("left in the folder: %s, want %s", got, want)
	}
	if err := other.writeFile(path, saying("x")); err == nil {
		t.Error("a command that has been given up writes a file")
	}
}

// listing returns the names in a folder but for one, in the order of litter.
func listing(t *testing.T, dir, but string) string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, e := range entries {
		if filepath.Join(dir, e.Name()) != but {
			names = append(names, e.Name())
		}
	}
	slices.SortFunc(names, func(a, b string) int { return slices.Index(litter, a) - slices.Index(litter, b) })
	return strings.Join(names, " ")
}

// A grid whose certificates cannot all be written names those that are missing.
func TestGridNamesMissingCertificates(t *testing.T) {
	dir := t.TempDir()
	if err := os.Mkdir(filepath.Join(dir, "k2-n3.json.gz"), 0o755); err != nil {
		t.Fatal(err)
	}
	missing := "1 certificate, k2-n3.json.gz"
	if _, err := os.Stat("/dev/full"); err == nil {
		if err := os.Symlink("/dev/full", filepath.Join(dir, "k2-n4.json.gz")); err != nil {
			t.Fatal(err)
		}
		missing = "2 certificates, k2-n3.json.gz k2-n4.json.gz"
	}
	args := []string{"-k", "2", "-n", "2..4", "-instances", "2", "-o", dir}
	expect(t, exitUsage, args, "verdict: verified, 3 of 3 cells verified; not written: "+missing+"\n", "2>k2-n3.json.gz: it is a directory")
	expect(t, exitUsage, append(args, "-json"), `"certificates_missing":`)
	if _, err := os.Stat(filepath.Join(dir, "k2-n2.json.gz")); err != nil {
		t.Errorf("the certificate that can be written: %v", err)
	}
}

// A pipe is written to, not replaced.
func TestWriteFileToAPipe(t *testing.T) {
	pipe := filepath.Join(t.TempDir(), "pipe")
	makePipe(t, pipe)
	got := make(chan string)
	go func() {
		data, _ := os.ReadFile(pipe)
		got <- string(data)
	}()
	if err := new(call).writeFile(pipe, saying("through")); err != nil {
		t.Fatal(err)
	}
	if s := <-got; s != "through" {
		t.Errorf("read %q", s)
	}
	if info, err := os.Stat(pipe); err != nil || info.Mode()&os.ModeNamedPipe == 0 {
		t.Errorf("the pipe is gone: %v, %v", info, err)
	}
}

// failing is a standard output that takes a few bytes and is then full.
type failing struct{ room int }

func (f *failing) Write(p []byte) (int, error) {
	if f.room -= len(p); f.room < 0 {
		return 0, errors.New("no space left on device")
	}
	return len(p), nil
}

func TestFullStandardOutputIsAnError(t *testing.T) {
	path := filepath.Join(t.TempDir(), "c.json")
	expect(t, exitVerified, []string{"-k", "2", "-n", "2", "-o", path})
	for _, args := range []string{"-k 2 -n 2", "-k 2 -n 2 -json", "-k 2..3 -n 2", "-k 2 -n 2 -exponent 3", "version", "-h", "check " + path} {
		for _, room := range []int{0, 20} {
			var stderr bytes.Buffer
			status := run(strings.Fields(args), strings.NewReader(""), &failing{room}, &stderr)
			if status != exitUsage || !strings.Contains(stderr.String(), "cannot write the result to standard output") {
				t.Errorf("verify %s: status %d, %s", args, status, stderr.String())
			}
		}
	}
}

// The result is printed even if its certificate cannot be written.
func TestResultIsPrintedBeforeTheCertificateFails(t *testing.T) {
	if _, err := os.Stat("/dev/full"); err != nil {
		t.Log("no /dev/full on this system; a write error inside a file is tested by TestWriteFileReplacesAsAWhole")
		return
	}
	expect(t, exitUsage, []string{"-k", "2", "-n", "3", "-o", "/dev/full"}, "verdict: verified", "2>cannot write /dev/full: no space left on device")
	if info, err := os.Stat("/dev/full"); err != nil || info.Mode()&os.ModeCharDevice == 0 {
		t.Fatalf("/dev/full is not a device any more: %v, %v", info, err)
	}
}
