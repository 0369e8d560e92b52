package main

import (
	"bytes"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// make install puts commands, pages and completions where they belong, and make uninstall
// takes all of them away.
func TestInstallAndUninstall(t *testing.T) {
	t.Parallel()
	if _, err := exec.LookPath("make"); err != nil {
		t.Skip("make is not installed")
	}
	dest := t.TempDir()
	run := func(target string) {
		t.Helper()
		cmd := exec.Command("make", "-s", target, "DESTDIR="+dest, "PREFIX=/opt/pstar")
		cmd.Dir = "../.."
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Fatalf("make %s: %v\n%s", target, err, out)
		}
	}
	files := func() (list []string) {
		err := filepath.WalkDir(dest, func(path string, e fs.DirEntry, err error) error {
			if err == nil && !e.IsDir() {
				list = append(list, strings.TrimPrefix(path, dest+"/opt/pstar/"))
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		return list
	}
	run("install")
	got := strings.Join(files(), " ")
	for _, name := range []string{"bin/verify", "bin/certcheck", "share/man/man1/verify.1", "share/man/man1/verify-prove.1", "share/man/man1/certcheck.1",
		"share/bash-completion/completions/verify", "share/zsh/site-functions/_verify", "share/fish/vendor_completions.d/verify.fish"} {
		if !strings.Contains(got, name) {
			t.Errorf("%s is not installed", name)
		}
	}
	out, err := exec.Command(filepath.Join(dest, "opt/pstar/bin/verify"), "-k", "2", "-n", "2", "-instances", "1").Output()
	if err != nil || !strings.Contains(string(out), "verdict: verified") {
		t.Errorf("%v\n%s", err, out)
	}
	out, err = exec.Command(filepath.Join(dest, "opt/pstar/bin/verify"), "version").Output()
	if err != nil || !strings.HasPrefix(string(out), "verify 1.") {
		t.Errorf("the version is that of no release: %v\n%s", err, out)
	}
	run("uninstall")
	if left := files(); len(left) > 0 {
		t.Errorf("uninstall leaves %v", left)
	}
}

// Archives of a release are the same bytes again; with DIST, since it compiles all.
func TestDistIsReproducible(t *testing.T) {
	platforms := os.Getenv("DIST")
	if platforms == "" {
		t.Skip("builds archives for the platforms DIST, such as linux/amd64,windows/amd64")
	}
	var sums [2]string
	for i := range sums {
		dir := t.TempDir()
		cmd := exec.Command("go", "run", "./deploy/dist", "-o", dir, "-platforms", platforms)
		cmd.Dir = "../.."
		var stderr bytes.Buffer
		cmd.Stderr = &stderr
		out, err := cmd.Output()
		if err != nil {
			t.Fatalf("%v\n%s", err, stderr.String())
		}
		if sums[i] = string(out); strings.Count(sums[i], "\n") != len(strings.Split(platforms, ",")) {
			t.Errorf("archives\n%s", out)
		}
		if list := entries(t, dir); len(list) != strings.Count(sums[i], "\n")+1 {
			t.Errorf("files %v", list)
		}
	}
	if sums[0] != sums[1] {
		t.Errorf("the first time\n%sand the second\n%s", sums[0], sums[1])
	}
}
