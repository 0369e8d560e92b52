package run

import (
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"testing"
	"time"
)

// deaf runs a command that does not answer to its context, under limits: it begins to
// write a file and then waits. It returns the status and what stays in the folder.
func deaf(t *testing.T, args []string, begun func(c *Call)) (status int, stderr string, left []os.DirEntry) {
	t.Helper()
	dir := t.TempDir()
	release := make(chan struct{})
	t.Cleanup(func() { close(release) })
	var out, talk bytes.Buffer
	c := New(nil, strings.NewReader(""), &out, &talk)
	err := c.supervise(func() error {
		f := c.Flags()
		limits := f.Limits()
		if _, err := f.Parse(args); err != nil {
			return err
		}
		limits.Context()
		defer c.stop()
		return c.temps.replace(filepath.Join(dir, "f"), false, func(io.Writer) error {
			begun(c)
			<-release
			return nil
		})
	})
	left, readErr := os.ReadDir(dir)
	if readErr != nil {
		t.Fatal(readErr)
	}
	return ExitStatus(err), Describe(err), left
}

// A command that does not answer is given up, and leaves nothing.
func TestDeafCommandIsGivenUp(t *testing.T) {
	self, err := os.FindProcess(os.Getpid())
	if err != nil {
		t.Fatal(err)
	}
	signal := func(times int) func(*Call) {
		return func(*Call) {
			for range times {
				self.Signal(syscall.SIGTERM)
				time.Sleep(50 * time.Millisecond) // signals that wait are one
			}
		}
	}
	for name, c := range map[string]struct {
		args   []string
		begun  func(*Call)
		status int
		text   string
	}{
		"time":           {[]string{"-timeout", "20ms"}, func(*Call) {}, ExitUndecided, "time limit of 20ms reached"},
		"memory":         {[]string{"-max-mem", "1K"}, func(*Call) {}, ExitUndecided, "memory limit of 1K reached: the program alone takes "},
		"signal":         {nil, signal(1), ExitInterrupted, "interrupted"},
		"second signal":  {nil, signal(2), ExitInterrupted, "interrupted"},
		"limit, signal":  {[]string{"-timeout", "1ms"}, func(c *Call) { <-c.Limited().Done(); signal(1)(c) }, ExitInterrupted, "interrupted"},
		"without grace":  {nil, func(c *Call) { c.giveUp(&LimitError{"at once"}) }, ExitUndecided, "at once"},
		"given up twice": {nil, func(c *Call) { c.giveUp(&LimitError{"first"}); c.giveUp(ErrInterrupted) }, ExitUndecided, "first"},
	} {
		t.Run(name, func(t *testing.T) {
			status, stderr, left := deaf(t, c.args, c.begun)
			if status != c.status || !strings.HasPrefix(stderr, c.text) {
				t.Errorf("status %d, %q, want %d, %q", status, stderr, c.status, c.text)
			}
			if len(left) > 0 {
				t.Errorf("left behind: %v", left)
			}
		})
	}
}

// A panic is a fault of the program.
func TestPanicIsAFault(t *testing.T) {
	c := New(nil, nil, io.Discard, io.Discard)
	err := c.supervise(func() error { panic("engine: the answer is wrong") })
	if text := Describe(err); ExitStatus(err) != ExitFault || !strings.Contains(text, "engine: the answer is wrong") || !strings.Contains(text, FaultText) {
		t.Errorf("status %d, %s", ExitStatus(err), text)
	}
}

// A command that has been given up writes nothing any more.
func TestGivenUpCommandIsSilent(t *testing.T) {
	var out bytes.Buffer
	o := &outlet{w: &out}
	io.WriteString(o, "before")
	o.closed.Store(true)
	io.WriteString(o, "after")
	if out.String() != "before" {
		t.Errorf("wrote %q", out.String())
	}
}

// Far more memory than allowed ends a command without the grace.
func TestMuchTooMuchMemory(t *testing.T) {
	limit := InUse()
	reached, exceeded, over := make(chan bool, 1), make(chan bool, 1), make(chan struct{})
	defer close(over)
	go watchMemory(limit-1, func() { reached <- true }, func() {
		select {
		case exceeded <- true:
		default:
		}
	}, over)
	<-reached
	ballast := make([]byte, limit+64<<20)
	for i := range ballast {
		ballast[i] = 1
	}
	<-exceeded
	runtime.KeepAlive(ballast)
}

func TestLimitOfTheMachine(t *testing.T) {
	f := (&Call{}).Flags()
	l := f.Limits()
	memory := machineMemory()
	limit, cause := l.memoryLimit()
	if limit > memory/2 {
		t.Errorf("a limit of %d bytes where there are %d", limit, memory)
	}
	if runtime.GOOS == "linux" && (limit == 0 || !strings.Contains(cause.Error(), "half of the memory of this machine; -max-mem sets another")) {
		t.Errorf("limit %d, %v", limit, cause)
	}
	if _, err := f.Parse([]string{"-max-mem", "0"}); err != nil {
		t.Fatal(err)
	}
	if limit, _ := l.memoryLimit(); limit != 0 {
		t.Errorf("-max-mem 0 is a limit of %d bytes", limit)
	}
}

// The context ends with the command, also for what the command has left behind.
func TestContextEndsWithTheCommand(t *testing.T) {
	limited := Command{Run: func(c *Call, _ []string) error { c.Flags().Limits().Context(); return nil }}
	c := New(Table{{Make: func() Command { return limited }}}, nil, io.Discard, io.Discard)
	if status := c.Main([]string{"-x"}); status != ExitVerified {
		t.Fatalf("status %d", status)
	}
	ctx := c.Limited()
	if ctx.Err() == nil || !errors.Is(context.Cause(ctx), context.Canceled) {
		t.Errorf("after the command the context has %v", context.Cause(ctx))
	}
}
