package main

import (
	"bytes"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

func text(s string) func(io.Writer) error {
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
	if err := writeFile(path, text("old")); err != nil {
		t.Fatal(err)
	}
	broken := errors.New("broken off")
	err := writeFile(path, func(w io.Writer) error {
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
	if err := writeFile(link, text("new")); err != nil {
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
	old := syscall.Umask(0o077)
	defer syscall.Umask(old)
	fresh := filepath.Join(dir, "fresh")
	if err := writeFile(fresh, text("x")); err != nil {
		t.Fatal(err)
	}
	if info, _ := os.Stat(fresh); info.Mode().Perm() != 0o600 {
		t.Errorf("permissions of a new file under umask 077: %v", info.Mode())
	}
}

// A pipe is written to, not replaced.
func TestWriteFileToAPipe(t *testing.T) {
	pipe := filepath.Join(t.TempDir(), "pipe")
	if err := syscall.Mkfifo(pipe, 0o600); err != nil {
		t.Fatal(err)
	}
	got := make(chan string)
	go func() {
		data, _ := os.ReadFile(pipe)
		got <- string(data)
	}()
	if err := writeFile(pipe, text("through")); err != nil {
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
