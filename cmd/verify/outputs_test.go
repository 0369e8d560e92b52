package main

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"pstar/cmd/verify/internal/run"
)

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
	want := expect(t, run.ExitVerified, []string{"dd", "../../fixtures/polyhedra/cube.ine"})
	for _, name := range names {
		if got := expect(t, run.ExitVerified, []string{"dd", "-o", name, "../../fixtures/polyhedra/cube.ine"}); got != want {
			t.Errorf("dd -o %s prints\n%s\nwithout it\n%s", name, got, want)
		}
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
	args := []string{"-k", "2", "-n", "2..4", "-instances", "2", "-certificate", dir}
	expect(t, run.ExitUsage, args, "verdict: certificates missing, 3 of 3 cells verified; not written: "+missing+"\n", "2>k2-n3.json.gz: it is a directory")
	expect(t, run.ExitUsage, append(args, "-json"), `"verdict": "certificates missing"`, `"certificates_missing":`)
	if _, err := os.Stat(filepath.Join(dir, "k2-n2.json.gz")); err != nil {
		t.Errorf("the certificate that can be written: %v", err)
	}
	expect(t, run.ExitRefuted, append(args, "-exponent", "3"), "verdict: refuted", "not written: ")

	// When there is room again the same command writes them all.
	for _, name := range []string{"k2-n3.json.gz", "k2-n4.json.gz"} {
		if err := os.RemoveAll(filepath.Join(dir, name)); err != nil {
			t.Fatal(err)
		}
	}
	expect(t, run.ExitVerified, args, "verdict: verified, 3 of 3 cells verified\n")
	for _, name := range []string{"k2-n2.json.gz", "k2-n3.json.gz", "k2-n4.json.gz"} {
		expect(t, run.ExitVerified, []string{"check", filepath.Join(dir, name)}, ": valid: ")
	}
	if entries, err := os.ReadDir(dir); err != nil || len(entries) != 3 {
		t.Errorf("in the folder: %v, %v", entries, err)
	}
}

// A result that cannot be printed is never a success, of whatever command, and a refutation
// is one even so.
func TestFullStandardOutputIsAnError(t *testing.T) {
	calls := map[string]int{"-h": run.ExitUsage, "-k 2 -n 2 -json": run.ExitUsage, "-k 2..3 -n 2": run.ExitUsage, "-k 2 -n 2 -exponent 3": run.ExitRefuted,
		"fm -k 2 -n 3 -certificate -": run.ExitUsage, "lp " + lpFixtures + "diet.lp -certificate -": run.ExitUsage}
	for name, list := range statuses(t) {
		calls[list[run.ExitVerified]] = run.ExitUsage
		if list[run.ExitRefuted] != "" {
			calls[list[run.ExitRefuted]] = run.ExitRefuted
		}
		calls[strings.TrimSpace(name+" -h")] = run.ExitUsage
	}
	for args, want := range calls {
		for _, room := range []int{0, 5} {
			var stderr bytes.Buffer
			status := run.New(commands(), strings.NewReader(""), &failing{room}, &stderr).Main(words(args))
			if status != want || !strings.Contains(stderr.String(), "cannot write the result to standard output: no space left on device") &&
				!strings.Contains(stderr.String(), "cannot write -: no space left on device") {
				t.Errorf("verify %s: status %d, want %d\n%s", args, status, want, stderr.String())
			}
		}
	}
}

// A certificate that goes to standard output stands there alone: the result goes to standard
// error, for every command that writes certificates.
func TestCertificateOnStandardOutput(t *testing.T) {
	type attempt struct{ args, result string }
	calls := []attempt{{"pstar -k 2 -p 1/2,1/2 -q 1/3,2/3 -certificate /dev/stdout", "P*(acc) = "}, {"pstar -k 2 -p 1/2,1/2 -q 1/3,2/3 -json -certificate -", `"value":`}}
	for _, c := range certified {
		calls = append(calls, attempt{c.call + " -certificate -", c.verdict})
	}
	for _, c := range calls {
		status, stdout, stderr := verify(words(c.args)...)
		if !strings.HasPrefix(stdout, `{"format":`) || !strings.Contains(stderr, c.result) {
			t.Errorf("verify %s: status %d\n%.300s\non standard error\n%s", c.args, status, stdout, stderr)
		}
		if status, said, _ := verifyStdin(stdout, "check", "-"); status != run.ExitVerified || !strings.HasPrefix(said, "-: valid: ") {
			t.Errorf("verify %s | verify check -: status %d, %s", c.args, status, said)
		}
	}
	for _, args := range []string{"lp " + lpFixtures + "diet.lp -certificate - -vipr /dev/stdout", "fm -k 2 -n 3 -certificate - -o -", "pstar -k 2 -p 1/2,1/2 -q 1/3,2/3 -certificate - -write-rule -"} {
		if status, stdout, stderr := verify(words(args)...); status != run.ExitUsage || stdout != "" {
			t.Errorf("verify %s: status %d\n%.300s%s", args, status, stdout, stderr)
		}
	}
	if out, trace := expect(t, run.ExitVerified, words("fm -k 2 -n 3 -certificate - -trace -"), "2>eliminat"), "eliminat"; strings.Contains(out[:20], trace) {
		t.Errorf("the trace stands before the certificate: %.300s", out)
	}
}

// The result is printed even if its certificate cannot be written.
func TestResultIsPrintedBeforeTheCertificateFails(t *testing.T) {
	if _, err := os.Stat("/dev/full"); err != nil {
		t.Log("no /dev/full on this system; a write error inside a file is tested by TestWriteFileReplacesAsAWhole")
		return
	}
	expect(t, run.ExitUsage, []string{"-k", "2", "-n", "3", "-certificate", "/dev/full"}, "verdict: verified", "2>cannot write /dev/full: no space left on device")
	if info, err := os.Stat("/dev/full"); err != nil || info.Mode()&os.ModeCharDevice == 0 {
		t.Fatalf("/dev/full is not a device any more: %v, %v", info, err)
	}
}

// What the format cannot hold is an output that cannot be written, and no fault of the program.
func TestCellBeyondTheFormat(t *testing.T) {
	path := filepath.Join(t.TempDir(), "cell.json.gz")
	args := []string{"-k", "6", "-n", "12", "-instances", "60", "-method", "lp", "-certificate", path}
	expect(t, run.ExitUsage, args, "verdict: verified", "2>the format cannot hold it")
	if _, err := os.Stat(path); err == nil {
		t.Error("a certificate was written")
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
	expect(t, run.ExitVerified, []string{"dd", "-o", pipe, "../../fixtures/polyhedra/cube.ine"})
	if s := <-got; !strings.Contains(s, "V-representation") {
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

// What one flag writes is not replaced by what another does: that is said before the work.
func TestOneFileForTwoFlags(t *testing.T) {
	file := filepath.Join(t.TempDir(), "f")
	if err := os.Symlink(filepath.Dir(file), filepath.Join(filepath.Dir(file), "folder")); err != nil {
		t.Fatal(err)
	}
	for _, args := range []string{
		"pstar -k 2 -p 1/3,2/3 -q 1/2,1/2 -write-rule FILE -certificate FILE",
		"prove ../../fixtures/theorems/md-t3.thm -tex FILE -certificate FILE",
		"crs -n 3 -tex FILE -certificate FILE",
		"export ../../fixtures/certificates/accepted/cell-2-3.json -literal FILE -smt2 FILE",
		"export ../../fixtures/certificates/accepted/cell-2-3.json -literal FOLDER/./f -smt2 FILE",
		"dd ../../fixtures/polyhedra/square.ine -o FILE -certificate FOLDER/folder/f",
		"fm -keep 1 ../../fixtures/polyhedra/square.ine -o FOLDER/folder/f -trace FILE",
	} {
		args = strings.NewReplacer("FILE", file, "FOLDER", filepath.Dir(file)).Replace(args)
		expect(t, run.ExitUsage, words(args), "2>is the file of two flags")
		if _, err := os.Stat(file); err == nil {
			t.Errorf("%s: the file was written", args)
		}
	}
}

// What is read is not replaced by what is made of it, by whatever name.
func TestInputsAreKept(t *testing.T) {
	for from, commands := range map[string][]string{
		"../../fixtures/certificates/accepted/cell-2-3.json": {"export FILE -literal FILE", "export LINK -literal FILE", "export FILE -smt2 LINK", "export FILE -vipr FILE"},
		"../../fixtures/polyhedra/square.ine": {"dd FILE -o FILE", "dd LINK -certificate FILE", "redund FILE -o LINK", "fm -keep 1 FILE -trace FILE",
			"fm -keep 1 FILE -o LINK", "dd FOLDER/./f -o FILE"},
		"../../fixtures/theorems/md-t3.thm": {"prove FILE -tex FILE", "prove FILE -certificate LINK"},
		"../../fixtures/lp/diet.lp":         {"lp FILE -from lp -write-mps FILE", "lp LINK -from lp -certificate FILE"},
	} {
		text := contents(t, from)
		file := temporary(t, "f", text)
		link := filepath.Join(filepath.Dir(file), "link")
		if err := os.Symlink(file, link); err != nil {
			t.Fatal(err)
		}
		for _, args := range commands {
			expect(t, run.ExitUsage, words(strings.NewReplacer("FILE", file, "LINK", link, "FOLDER", filepath.Dir(file)).Replace(args)),
				"2>is the file to read and to write")
			if contents(t, file) != text {
				t.Fatalf("%s: the file was written", args)
			}
		}
	}
}
