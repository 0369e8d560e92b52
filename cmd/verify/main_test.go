package main

import (
	"bytes"
	"os"
	"os/exec"
	"strings"
	"testing"

	"pstar/cmd/verify/internal/run"
)

// TestMain lets the test binary stand in for the command, for tests that need a
// process of its own: with asCommand set it is the command.
func TestMain(m *testing.M) {
	if write := os.Getenv(dieAt); write != "" {
		os.Exit(runAndDie(os.Args[1:], write))
	}
	if os.Getenv(asCommand) != "" {
		main()
	}
	os.Exit(m.Run())
}

const asCommand = "PSTAR_TEST_AS_COMMAND"

// subprocess returns the command as a process that has not started.
func subprocess(t *testing.T, args ...string) *exec.Cmd {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(self, args...)
	cmd.Env = append(os.Environ(), asCommand+"=1")
	return cmd
}

// verify runs the command in this process.
func verify(args ...string) (status int, stdout, stderr string) {
	return verifyStdin("", args...)
}

func verifyStdin(stdin string, args ...string) (status int, stdout, stderr string) {
	var out, talk bytes.Buffer
	status = run.New(commands(), strings.NewReader(stdin), &out, &talk).Main(args)
	return status, out.String(), talk.String()
}

// expect runs the command and checks its status and that its output contains
// each of the texts: those that begin with "2>" on standard error.
func expect(t *testing.T, status int, args []string, texts ...string) (stdout string) {
	t.Helper()
	got, stdout, stderr := verify(args...)
	if got != status {
		t.Errorf("verify %s: status %d, want %d\n%s%s", strings.Join(args, " "), got, status, stdout, stderr)
	}
	for _, text := range texts {
		where := stdout
		text, onStderr := strings.CutPrefix(text, "2>")
		if onStderr {
			where = stderr
		}
		if !strings.Contains(where, text) {
			t.Errorf("verify %s: no %q in\n%s", strings.Join(args, " "), text, where)
		}
	}
	return stdout
}
