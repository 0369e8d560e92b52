package main

import (
	"context"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"

	"pstar/cmd/verify/internal/run"
)

// dieAt names, in the environment, the write of an output before which the command is
// killed.
const dieAt = "VERIFY_TEST_DIES_AT_WRITE"

// runAndDie runs the command and kills its process before a write of an output.
func runAndDie(args []string, write string) int {
	left, err := strconv.ParseInt(write, 10, 64)
	if err != nil {
		panic(err)
	}
	var writes atomic.Int64
	c := run.New(commands(), strings.NewReader(""), io.Discard, os.Stderr)
	c.Polled = func(ctx context.Context, _ context.CancelCauseFunc) context.Context {
		return watched{ctx, func(stack []string) {
			if stack[0] != "cmd/verify/internal/run.allowed.Write" || writes.Add(1) < left {
				return
			}
			self, err := os.FindProcess(os.Getpid())
			if err == nil {
				err = self.Kill()
			}
			if err != nil {
				panic(err)
			}
			select {}
		}}
	}
	return run.ExitStatus(c.Dispatch(args))
}

// A run that is killed in the middle of its writing leaves old files or new ones, whole,
// and what else it leaves goes with the next run.
func TestKilledInTheMiddleOfWriting(t *testing.T) {
	outputs := []string{"o.lp", "o.mps", "o.json.gz", "o.vipr"}
	arguments := func(dir string) []string {
		args := []string{"lp", "../../fixtures/lp/sctap1.mps"}
		for j, flag := range []string{"-write-lp", "-write-mps", "-certificate", "-vipr"} {
			args = append(args, flag, filepath.Join(dir, outputs[j]))
		}
		return args
	}
	whole := t.TempDir()
	expect(t, run.ExitVerified, arguments(whole))
	dir := t.TempDir()
	deaths, cut := 0, 0
	for write := 1; ; write += 3 {
		for _, name := range outputs {
			replaceText(t, filepath.Join(dir, name), "old\n")
		}
		cmd := subprocess(t, arguments(dir)...)
		cmd.Env = append(cmd.Env, dieAt+"="+strconv.Itoa(write))
		if cmd.Run() == nil {
			break // it has fewer writes
		}
		deaths++
		for _, e := range entries(t, dir) {
			if info, err := e.Info(); err == nil && info.Size() > 0 && strings.HasSuffix(e.Name(), ".tmp") {
				cut++
			}
		}
		sameOrOld(t, dir, whole, outputs)
	}
	if deaths < 5 || cut < 3 {
		t.Errorf("killed %d times, %d of them in the middle of a file", deaths, cut)
	}
	if left := entries(t, dir); len(left) != len(outputs) {
		t.Errorf("the run after them leaves %v", left)
	}
}

func entries(t *testing.T, dir string) []os.DirEntry {
	t.Helper()
	list, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	return list
}

func replaceText(t *testing.T, path, text string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
}

// sameOrOld checks that each output is as before or as of a whole run.
func sameOrOld(t *testing.T, dir, whole string, outputs []string) {
	t.Helper()
	for _, name := range outputs {
		got, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		want, err := os.ReadFile(filepath.Join(whole, name))
		if err != nil {
			t.Fatal(err)
		}
		if string(got) != "old\n" && string(got) != string(want) {
			t.Errorf("%s has %d bytes, neither the old ones nor the %d new ones", name, len(got), len(want))
		}
	}
}
