package programs_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"pstar/cmd/verify/internal/programs"
	"pstar/cmd/verify/internal/run"
	"pstar/cmd/verify/internal/runtest"
)

var commands = runtest.Commands(programs.Command())

func expect(t *testing.T, status int, args []string, texts ...string) string {
	t.Helper()
	return commands.Expect(t, status, append([]string{"lp"}, args...), texts...)
}

const hours = `maximize
 profit: 3 x + 5 y
subject to
 hours: 3 x + 2 y <= 10
 space: x + y <= 6
bounds
 y <= 3
end
`

// The verdict of each kind of program, as text, and what -solution adds.
func TestVerdicts(t *testing.T) {
	path := runtest.File(t, "hours.lp", hours)
	expect(t, run.ExitVerified, []string{path}, "hours.lp: optimal\n", "optimum: 19\n")
	expect(t, run.ExitVerified, []string{"-solution", path}, "x = 4/3 ≈ 1.3333333333", "y = 3", "hours = ")
	none := runtest.File(t, "none.lp", strings.Replace(hours, "space: x + y <= 6", "space: x + y >= 60", 1))
	expect(t, run.ExitVerified, []string{none, path}, "none.lp: infeasible\n", "hours.lp: optimal\n")
	endless := runtest.File(t, "endless.lp", "maximize\n x\nsubject to\n c: x - y <= 1\nend\n")
	expect(t, run.ExitVerified, []string{"-solution", endless}, "endless.lp: unbounded\n")
}

// The object has exact numbers as strings, and the names of the file.
func TestObject(t *testing.T) {
	var object struct {
		Verdict, Command, Value, Decimal string
		Point                            []struct{ Name, Value string }
	}
	out := expect(t, run.ExitVerified, []string{"-json", "-solution", runtest.File(t, "hours.lp", hours)})
	if err := json.Unmarshal([]byte(out), &object); err != nil {
		t.Fatal(err)
	}
	if object.Verdict != "optimal" || object.Command != "lp" || object.Value != "19" || len(object.Point) != 2 || object.Point[0].Name != "x" || object.Point[0].Value != "4/3" {
		t.Errorf("%+v\n%s", object, out)
	}
	if strings.Count(out, "\n") != 1 {
		t.Errorf("the object is not on one line:\n%s", out)
	}
}

// Flags that contradict each other, or what they are about, are refused before the work.
func TestUsage(t *testing.T) {
	path := runtest.File(t, "hours.lp", hours)
	out := filepath.Join(t.TempDir(), "out.mps")
	for want, args := range map[string][]string{
		"expected a file":                           {},
		"expected one program":                      {path, path, "-write-mps", out},
		"is the file to read and to write":          {path, "-write-lp", path},
		"expected different files for -write-lp an": {path, "-write-lp", out, "-write-mps", out},
		"expected one of -write-lp and -write-sol ": {path, "-write-sol", "-", "-write-lp", "-"},
		"cannot write":                              {path, "-write-mps", "/nowhere/at/all.mps"},
		"say which format it is":                    {"-"},
		"expected - once, ":                         {"-from", "lp", "-", "-"},
		"as standard input can be read once":        {"-from", "lp", "-", "-basis", "-"},
		"cannot read":                               {"/nowhere.lp"},
		":2: ":                                      {runtest.File(t, "bad.lp", "maximize\n 3 x + * y\nend\n")},
	} {
		expect(t, run.ExitUsage, args, "2>"+want)
	}
	if _, err := os.Stat(out); err == nil {
		t.Error("a file is written by a command that was refused")
	}
}

// A compressed file that is damaged after the last line of the program is no good file.
func TestDamagedAfterTheEnd(t *testing.T) {
	dir := t.TempDir()
	packed := filepath.Join(dir, "hours.mps.gz")
	expect(t, run.ExitVerified, []string{"-write-mps", packed, runtest.File(t, "hours.lp", hours)})
	good, err := os.ReadFile(packed)
	if err != nil {
		t.Fatal(err)
	}
	for _, bad := range []string{string(good) + "and more", string(good[:len(good)-4])} {
		expect(t, run.ExitUsage, []string{runtest.File(t, "bad.mps.gz", bad)}, "2>cannot read")
	}
}

// What is written is read back as the same program.
func TestWrittenProgramsAreTheSame(t *testing.T) {
	path := runtest.File(t, "hours.lp", hours)
	dir := t.TempDir()
	for _, name := range []string{"a.mps", "a.lp", "b.mps.gz"} {
		flag := "-write-mps"
		if strings.HasSuffix(name, ".lp") {
			flag = "-write-lp"
		}
		to := filepath.Join(dir, name)
		expect(t, run.ExitVerified, []string{flag, to, path}, "optimum: 19\n")
		expect(t, run.ExitVerified, []string{"-solution", to}, "optimum: 19\n", "x = 4/3")
	}
}
