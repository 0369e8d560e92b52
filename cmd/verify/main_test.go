package main

import (
	"os"
	"os/exec"
	"testing"

	"pstar/cmd/verify/internal/runtest"
)

// TestMain lets the test binary stand in for the command, for tests that need a
// process of its own: with asCommand set it is the command.
func TestMain(m *testing.M) {
	if write := os.Getenv(dieAt); write != "" {
		os.Exit(runAndDie(os.Args[1:], write))
	}
	if early := os.Getenv(interruptedBy); early != "" {
		os.Exit(startInterrupted(early))
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
	return runtest.Table(commands()).Verify(stdin, args...)
}

// expect runs the command and checks its status and that its output contains
// each of the texts: those that begin with "2>" on standard error.
func expect(t *testing.T, status int, args []string, texts ...string) (stdout string) {
	t.Helper()
	return runtest.Table(commands()).Expect(t, status, args, texts...)
}

var words, write, temporary, contents = runtest.Words, runtest.File, runtest.File, runtest.Contents

const (
	contentionFixtures = "../../fixtures/contention/"
	instanceFixtures   = "../../fixtures/instances/"
	thirds             = "-k 2 -p 1/3,1/3,1/3 -q 1/3,0,2/3"
)
