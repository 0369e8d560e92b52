package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"pstar/cmd/verify/internal/run"
)

// A signal ends the grid in order; the certificates of finished cells are whole
// and stay, and nothing else is left.
func TestInterrupt(t *testing.T) {
	for _, signal := range []syscall.Signal{syscall.SIGINT, syscall.SIGTERM} {
		dir := t.TempDir()
		cmd := subprocess(t, "-k", "6", "-n", "8..14", "-certificate", dir)
		var stdout bytes.Buffer
		cmd.Stdout = &stdout
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		first := filepath.Join(dir, "k6-n8.json.gz")
		for wait := 0; ; wait++ {
			if _, err := os.Stat(first); err == nil {
				break
			}
			if wait > 6000 {
				cmd.Process.Kill()
				t.Fatal("no certificate appears")
			}
			time.Sleep(10 * time.Millisecond)
		}
		cmd.Process.Signal(signal)
		cmd.Wait()
		if status := cmd.ProcessState.ExitCode(); status != run.ExitInterrupted {
			t.Errorf("%v: status %d, want %d", signal, status, run.ExitInterrupted)
		}
		if !strings.Contains(stdout.String(), "verdict: undecided") {
			t.Errorf("%v: prints\n%s", signal, stdout.String())
		}
		files, _ := os.ReadDir(dir)
		for _, f := range files {
			if status, out, _ := verify("check", filepath.Join(dir, f.Name())); status != run.ExitVerified {
				t.Errorf("%s is left behind: %s", f.Name(), out)
			}
		}
	}
}
