// Package runtest runs commands in tests, in the process of the test.
package runtest

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"pstar/cmd/verify/internal/run"
	"pstar/internal/each"
)

// Table is the commands that there are, or those that a test is about.
type Table run.Table

// Commands is a table of some commands.
func Commands(list ...run.Command) Table {
	return each.Of(list, func(c run.Command) run.Entry {
		return run.Entry{Name: c.Name, Make: func() run.Command { return c }}
	})
}

// Verify runs one of them.
func (c Table) Verify(stdin string, args ...string) (status int, stdout, stderr string) {
	var out, talk bytes.Buffer
	status = run.New(run.Table(c), strings.NewReader(stdin), &out, &talk).Main(args)
	return status, out.String(), talk.String()
}

// Run is Verify with nothing on standard input.
func (c Table) Run(args ...string) (status int, stdout, stderr string) {
	return c.Verify("", args...)
}

// Expect runs one of them and checks its status and that its output contains each of the
// texts: those that begin with "2>" on standard error.
func (c Table) Expect(t *testing.T, status int, args []string, texts ...string) (stdout string) {
	t.Helper()
	got, stdout, stderr := c.Verify("", args...)
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

// Fixtures is the folder of fixtures, as seen from the folder of a package of commands.
const Fixtures = "../../../../fixtures/"

// Words are those of a command line.
func Words(text string) []string { return strings.Fields(text) }

// File writes a file of a folder of its own, and returns its path.
func File(t *testing.T, name, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	return path
}

// Contents reads a file.
func Contents(t *testing.T, path string) string {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// LongKnapsack is an instance whose exact law has too many digits, so that it is
// enclosed.
func LongKnapsack(t *testing.T) string {
	elements := each.To(120, func(i int) string {
		return fmt.Sprintf(`{"sizes": [{"size": "%d/7", "probability": "1/%d"}]}`, 1+i%3, 307+2*i)
	})
	return File(t, "long.json", `{"elements": [`+strings.Join(elements, ",")+`]}`)
}

// LongRation is the same for rationing with a service of Type I.
func LongRation(t *testing.T) string {
	var agents []string
	for i := range 60 {
		agents = append(agents, fmt.Sprintf(`{"service": "I", "target": "1/%d", "demand": [{"value": "%d/7", "probability": "1/3"}, {"value": "5/7", "probability": "2/3"}]}`, 307+2*i, 1+i%3))
	}
	return File(t, "long.json", `{"agents": [`+strings.Join(agents, ",")+`]}`)
}
