package main

import (
	"bytes"
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
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

// interruptedBy names, in the environment, the signal that the command has before it makes its context.
const interruptedBy = "VERIFY_TEST_INTERRUPTED_BY"

// startInterrupted runs, as main does, a command that sends itself the signal named before it has a context, and then waits for its end. With "deaf"
// in front of the name it never makes one.
func startInterrupted(name string) int {
	name, deaf := strings.CutPrefix(name, "deaf ")
	return start(func() run.Table {
		return run.Table{{Make: func() run.Command {
			return run.Command{Run: func(c *run.Call, args []string) error {
				f := c.Flags()
				f.JSON(new(bool))
				limits := f.Limits()
				if _, err := f.Parse(args); err != nil {
					return err
				}
				self, err := os.FindProcess(os.Getpid())
				if err == nil {
					err = self.Signal(map[string]os.Signal{"SIGINT": syscall.SIGINT, "SIGTERM": syscall.SIGTERM}[name])
				}
				if err != nil {
					return err
				}
				if deaf {
					select {}
				}
				ctx := limits.Context()
				<-ctx.Done()
				return ctx.Err()
			}}
		}}}
	})
}

// A signal that comes before a command has a context ends it in order all the same, with the object that was asked for.
func TestInterruptBeforeTheContext(t *testing.T) {
	for _, name := range []string{"SIGINT", "SIGTERM", "deaf SIGINT"} {
		cmd := subprocess(t, "-json")
		cmd.Env = append(cmd.Env, interruptedBy+"="+name)
		var stdout, stderr bytes.Buffer
		cmd.Stdout, cmd.Stderr = &stdout, &stderr
		cmd.Run()
		var object struct{ Verdict, Error string }
		err := json.Unmarshal(stdout.Bytes(), &object)
		if status := cmd.ProcessState.ExitCode(); status != run.ExitInterrupted || err != nil || object.Verdict != "undecided" || object.Error != "interrupted" {
			t.Errorf("%s: %v, status %d, %v, it prints\n%s%s", name, cmd.ProcessState, status, err, &stdout, &stderr)
		}
	}
}

// lookedAt is a context that ends at the last of some looks at it.
type lookedAt struct {
	context.Context
	left *atomic.Int32
	end  func()
}

func (c lookedAt) Err() error {
	if c.left.Add(-1) == 0 {
		c.end()
	}
	return c.Context.Err()
}

// Whenever a run is interrupted that refutes, its verdict is that of its status: undecided, or refuted where nothing was left to do.
func TestInterruptedRefutations(t *testing.T) {
	for _, c := range []struct{ args, verdict string }{
		{"ration " + contentionFixtures + "refused.json", "refuted"},
		{"-k 3 -n 4 -exponent 2", "refuted"},
		{"check ../../fixtures/certificates/rejected/digest.json", "invalid"},
		{"scheme spectr -gamma 1 " + thirds, "refuted"},
	} {
		ends := 0
		for looks, whole := int32(1), false; !whole; looks += 1 + looks/20 {
			var out, talk bytes.Buffer
			call := run.New(commands(), strings.NewReader(""), &out, &talk)
			call.Polled = func(ctx context.Context, cancel context.CancelCauseFunc) context.Context {
				left := new(atomic.Int32)
				left.Store(looks)
				return lookedAt{ctx, left, func() {
					ends++
					cancel(run.ErrInterrupted)
				}}
			}
			before := ends
			status := call.Main(append(words(c.args), "-json"))
			var object struct{ Verdict string }
			err := json.Unmarshal(out.Bytes(), &object)
			if want := map[int]string{run.ExitRefuted: c.verdict, run.ExitInterrupted: "undecided"}[status]; err != nil || object.Verdict != want || want == "" {
				t.Fatalf("%s, at look %d: status %d, %v, it prints\n%s%s", c.args, looks, status, err, &out, &talk)
			}
			whole = ends == before
		}
		if ends == 0 {
			t.Errorf("%s was never interrupted", c.args)
		}
	}
}
