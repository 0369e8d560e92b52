package main

import (
	"bytes"
	"io"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"pstar/cmd/verify/internal/run"
)

// readers are commands that read standard input, with what they may be fed
// without end.
var readers = []struct {
	args []string
	feed string // repeated; what comes first is in head
	head string
}{
	{[]string{"dd", "-"}, "1 0 -1\n", "H-representation\nbegin\n***** 3 integer\n"},
	{[]string{"redund", "-"}, "* comment\n", ""},
	{[]string{"fm", "-eliminate", "x1", "-"}, "1 1/3 -1\n", "begin ***** 3 rational\n"},
	{[]string{"lp", "-from", "mps", "-"}, "* comment\n", "NAME\nROWS\n N  cost\n"},
	{[]string{"lp", "-from", "lp", "-"}, "\\ comment\n", "minimize\n x\n"},
	{[]string{"pstar", "-"}, " ", "{"},
	{[]string{"steps", "-"}, "\n", ""},
	{[]string{"check", "-"}, " ", "{"},
	{[]string{"crs", "-"}, " ", ""},
	{[]string{"knapsack", "-"}, " ", ""},
	{[]string{"ration", "-"}, " ", ""},
	{[]string{"figure", "-"}, " ", ""},
	{[]string{"scheme", "specinfer", "-"}, " ", ""},
}

// endlessReader repeats a text.
type endlessReader struct{ text, left string }

func (r *endlessReader) Read(p []byte) (int, error) {
	n := 0
	for n < len(p) {
		if r.left == "" {
			r.left = r.text
		}
		k := copy(p[n:], r.left)
		r.left = r.left[k:]
		n += k
	}
	return n, nil
}

// runWith runs the command with a reader as standard input.
func runWith(in io.Reader, args ...string) (status int, stderr string) {
	var out, talk bytes.Buffer
	status = run.New(commands(), in, &out, &talk).Main(args)
	return status, talk.String()
}

// Standard input that has no end, or where nothing comes, is left at the limits.
func TestReadingStopsAtItsLimits(t *testing.T) {
	for _, c := range readers {
		t.Run(c.args[0], func(t *testing.T) {
			t.Parallel()
			blocked, end := io.Pipe()
			defer end.Close()
			args := append([]string{c.args[0], "-timeout", "30ms"}, c.args[1:]...)
			if status, stderr := runWith(blocked, args...); status != run.ExitUndecided || !strings.Contains(stderr, "time limit of 30ms reached") {
				t.Errorf("nothing comes: status %d, %s", status, stderr)
			}
			endless := io.MultiReader(strings.NewReader(c.head), &endlessReader{text: c.feed})
			if status, stderr := runWith(endless, args...); status != run.ExitUndecided || !strings.Contains(stderr, "time limit of 30ms reached") {
				t.Errorf("no end: status %d, %s", status, stderr)
			}
		})
	}
}

// interrupt starts a command, interrupts it when busy returns, and has its status, less than 0 if the signal killed it.
// Standard input stays open.
func interrupt(t *testing.T, args []string, busy func(in io.Writer) error) (status int) {
	t.Helper()
	cmd := subprocess(t, args...)
	in, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	defer in.Close()
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	timer := time.AfterFunc(30*time.Second, func() { cmd.Process.Kill() })
	defer timer.Stop()
	if err := busy(in); err != nil {
		t.Fatal(err)
	}
	if err := cmd.Process.Signal(syscall.SIGINT); err != nil {
		t.Fatal(err)
	}
	_ = cmd.Wait() // the status says it
	return cmd.ProcessState.ExitCode()
}

func TestReadingStopsWhenInterrupted(t *testing.T) {
	for _, c := range readers {
		t.Run(c.args[0], func(t *testing.T) {
			t.Parallel()
			// More than a pipe holds: when it is written the command reads, and commands look out for signals before they read. To
			// wait for some time instead is too short on a machine with much to do.
			status := interrupt(t, c.args, func(in io.Writer) error {
				_, err := io.WriteString(in, c.head+strings.Repeat(c.feed, 1+1<<18/len(c.feed)))
				return err
			})
			if status != run.ExitInterrupted {
				t.Errorf("status %d, want 130", status)
			}
		})
	}
}

func TestReadingStopsAtTheMemoryLimit(t *testing.T) {
	rows := io.MultiReader(strings.NewReader("H-representation\nbegin\n***** 3 integer\n"), &endlessReader{text: "1 0 -1\n"})
	limit := run.InUse() + 64<<20
	if status, stderr := runWith(rows, "dd", "-max-mem", strconv.FormatUint(limit, 10), "-"); status != run.ExitUndecided || !strings.Contains(stderr, "memory limit") {
		t.Errorf("status %d, %s", status, stderr)
	}
}

func TestFilesThatCannotBeRead(t *testing.T) {
	dir := t.TempDir()
	pipe := filepath.Join(dir, "pipe.mps")
	makePipe(t, pipe)
	for _, c := range readers {
		args := append([]string{}, c.args[:len(c.args)-1]...)
		name := filepath.Join(dir, "no.json")
		expect(t, 2, append(args, name), "2>cannot read "+name+": no such file")
	}
	for _, name := range []string{"dd", "redund", "pstar", "steps", "crs", "lp"} {
		expect(t, 2, append([]string{name}, dir+"/../"+filepath.Base(dir)), "2>verify: ")
	}
	expect(t, 2, []string{"dd", dir}, "2>cannot read "+dir+": it is a directory")
	expect(t, 3, []string{"lp", "-timeout", "30ms", pipe}, "2>time limit of 30ms reached")
}
