package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"pstar/cmd/verify/internal/run"
	"pstar/doubledesc"
)

// statuses has, for each command and each exit status that an input can bring about, a
// call that ends with it. A command that is not listed under a status never ends with it:
// dd, redund, fm, lp, pstar, steps and figure make no claim that could be refuted. Status 4
// is a fault of the program, which no input is known to bring about; tests with a result
// spoilt on purpose reach it, and TestFaultsHaveTheirStatus says that it is 4. Each call
// that is interrupted takes long, or reads an input without end.
func statuses(t *testing.T) map[string]map[int]string {
	in := func(name, text string) string { return temporary(t, name, text) }
	slow := strings.Repeat(" 1 1", 1<<15)
	rule := in("rule.json", `{"k": 2, "p": ["1/2", "1/2"], "q": ["1/3", "2/3"], "sets": []}`)
	choice := in("choice.json", `{"elements": [{"sizes": [{"size": 1, "probability": "1/2"}]}, {"sizes": [{"size": 1, "probability": "1/2"}]}],
		"choice": {"forward": ["3/4", "3/4"], "backward": ["1/3", "2/3"]}}`)
	reach := in("reach.json", `{"reach": [{"paths": [[1]], "prefix": [1], "value": 1}]}`)
	bad := in("bad.txt", "begin"+slow)
	const (
		fixtures = "../../fixtures/"
		refused  = fixtures + "certificates/rejected/digest.json"
		accepted = fixtures + "certificates/accepted/cell-2-3.json"
		three    = fixtures + "instances/three-tokens.json"
	)
	result := func(verdict string) string {
		return in(verdict+".json", `{"verdict": "`+verdict+`", "claims": [], "command": "prove", "version": "1"}`)
	}
	return map[string]map[int]string{
		"report": {0: "report " + result("verified"), 1: "report " + result("verified") + " " + result("refuted"), 2: "report " + bad, 3: "report " + result("undecided"), 130: "report -"},
		"prove": {0: "prove " + theoremFixtures + "md-t3.thm", 1: "prove " + theoremFixtures + "md-t3-false.thm", 2: "prove " + bad,
			3: "prove -timeout 1ns " + theoremFixtures + "md-t3.thm", 130: "prove -"},
		"list":    {0: "list", 2: "list -status none"},
		"explain": {0: "explain MD-T3", 2: "explain MD-T0"},
		"export": {0: "export " + accepted + " -literal -", 1: "export " + refused + " -smt2 " + in("query.smt2", ""), 2: "export " + accepted + " -vipr " + in("none.vipr", ""),
			3: "export -timeout 1ns " + accepted + " -smt2 " + in("query.smt2", ""), 130: "export - -coq " + in("proof.v", "")},
		"":       {0: "-k 2 -n 3", 1: "-k 3 -n 3 -exponent 2", 2: "-k 2 -n 0", 3: "-k 6 -n 14 -timeout 1ms", 130: "-k 6 -n 20"},
		"dd":     {0: "dd " + polyhedraFixtures + "square.ine", 2: "dd " + bad, 3: "dd -timeout 1ns " + polyhedraFixtures + "square.ine", 130: "dd -"},
		"redund": {0: "redund " + polyhedraFixtures + "square.ine", 2: "redund " + bad, 3: "redund -timeout 1ns " + polyhedraFixtures + "square.ine", 130: "redund -"},
		"fm":     {0: "fm -k 2 -n 3", 2: "fm -eliminate x9 " + polyhedraFixtures + "square.ine", 3: "fm -k 2 -n 9 -timeout 1ms", 130: "fm -k 2 -n 13"},
		"lp":     {0: "lp " + lpFixtures + "contradiction.lp", 2: "lp " + bad, 3: "lp -timeout 1ns " + lpFixtures + "diet.lp", 130: "lp -from lp -"},
		"pstar":  {0: "pstar -k 2 -p 1/2,1/2 -q 1/3,2/3", 2: "pstar -k 2 -p 1/2,1/3 -q 1/3,2/3", 3: "pstar -timeout 1ns " + three, 130: "pstar -"},
		"scheme": {0: "scheme ss " + three, 1: "scheme spectr -gamma 1 " + thirds, 2: "scheme user " + rule,
			3: "scheme ss -timeout 1ns " + three, 130: "scheme specinfer -"},
		"steps":    {0: "steps -k 2 " + fixtures + "instances/steps.jsonl", 2: "steps -k 2 " + bad, 3: "steps -timeout 1ns -k 2 " + fixtures + "instances/steps.jsonl", 130: "steps -"},
		"blocks":   {0: "blocks -length 2 -p 1/2,1/2 -q 1/3,2/3", 1: "blocks -length 1 -p 1,0 -q 0,1 -rule " + reach, 2: "blocks -length 0", 3: "blocks -timeout 1ns -length 2 -p 1/2,1/2 -q 1/3,2/3", 130: "blocks -"},
		"bounds":   {0: "bounds -k 2 -n 2 -instances 2", 2: "bounds -k 2 -n 0", 3: "bounds -k 2 -n 4 -timeout 1ns", 130: "bounds -k 3 -n 4..8 -instances 1000000"},
		"figure":   {0: "figure 2", 2: "figure " + bad + ".json", 3: "figure 2 -timeout 1ns", 130: "figure -"},
		"crs":      {0: "crs -x 1/3,1/3", 2: "crs -x 2", 3: "crs -n 400 -timeout 1ns", 130: "crs -"},
		"knapsack": {0: "knapsack " + contentionFixtures + "knapsack.json", 1: "knapsack " + choice, 2: "knapsack " + bad, 3: "knapsack -timeout 1ns " + contentionFixtures + "knapsack.json", 130: "knapsack -"},
		"ration":   {0: "ration " + contentionFixtures + "pantry.json", 1: "ration " + contentionFixtures + "refused.json", 2: "ration " + bad, 3: "ration -timeout 1ns " + contentionFixtures + "pantry.json", 130: "ration -"},
		"check":    {0: "check " + accepted, 1: "check " + accepted + " " + refused + " " + bad + ".none", 2: "check " + accepted + " " + bad + ".none", 3: "check -timeout 30ms -", 130: "check -"},
		"version":  {0: "version", 2: "version 1"},
		"man":      {0: "man dd", 2: "man none"}, "completion": {0: "completion bash", 2: "completion csh"},
	}
}

// The table of exit statuses in docs/output.md, for each command and status.
func TestExitStatuses(t *testing.T) {
	table := documentedStatuses(t)
	if !slices.Equal(table, []int{run.ExitVerified, run.ExitRefuted, run.ExitUsage, run.ExitUndecided, run.ExitFault, run.ExitInterrupted}) {
		t.Errorf("the table of docs/output.md has the statuses %v", table)
	}
	all := statuses(t)
	for _, f := range families() { // at least what its first row shows, and that within no time
		if line, isOurs := strings.CutPrefix(f.Theorems[0].Commands[0].Line, "verify "); all[f.Command] == nil && isOurs {
			all[f.Command] = map[int]string{run.ExitVerified: line, run.ExitUndecided: line + " -timeout 1ns"}
		}
	}
	for _, c := range commands().All() {
		if all[c.Name] == nil {
			t.Errorf("no call of %q", c.Name)
		}
		expect(t, run.ExitVerified, []string{c.Name, "-h"}, "usage: ")
		expect(t, run.ExitUsage, []string{c.Name, "-no-such-flag"}, "2>no-such-flag")
	}
	for name, calls := range all {
		for status, call := range calls {
			if status == run.ExitInterrupted {
				continue
			}
			if got, stdout, stderr := verifyEndless(words(call)...); got != status {
				t.Errorf("%s: status %d, want %d\n%s%.500s", call, got, status, stdout, stderr)
			} else if status != run.ExitVerified && stdout+stderr == "" {
				t.Errorf("%s, a call of %q: status %d without a word", call, name, status)
			}
		}
	}
}

// verifyEndless is verify with a standard input on which nothing comes.
func verifyEndless(args ...string) (status int, stdout, stderr string) {
	in, end, err := os.Pipe()
	if err != nil {
		panic(err)
	}
	defer end.Close()
	defer in.Close()
	var out, talk strings.Builder
	status = run.New(commands(), in, &out, &talk).Main(args)
	return status, out.String(), talk.String()
}

// documentedStatuses reads the first column of the table.
func documentedStatuses(t *testing.T) []int {
	t.Helper()
	file, err := os.Open("../../docs/output.md")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	var list []int
	inside := false
	for lines := bufio.NewScanner(file); lines.Scan(); {
		cells := strings.Split(lines.Text(), "|")
		inside = len(cells) == 4 && (inside || strings.TrimSpace(cells[1]) == "status")
		if !inside {
			continue
		}
		if status, err := strconv.Atoi(strings.TrimSpace(cells[1])); err == nil {
			list = append(list, status)
		}
	}
	return list
}

// Each command that takes long or reads ends with 130 when it is interrupted.
func TestInterruptedCommandsHaveTheirStatus(t *testing.T) {
	for _, calls := range statuses(t) {
		call, ok := calls[run.ExitInterrupted]
		if !ok {
			continue
		}
		t.Run(call, func(t *testing.T) {
			t.Parallel()
			// On a busy machine a command may not look out for signals yet: then it gets more time.
			status := -1
			for wait := 500 * time.Millisecond; status < 0 && wait < 20*time.Second; wait *= 4 {
				status = interrupt(t, words(call), func(io.Writer) error {
					time.Sleep(wait)
					return nil
				})
			}
			if status != run.ExitInterrupted {
				t.Errorf("status %d, want 130", status)
			}
		})
	}
}

// What the program finds wrong with itself has status 4, whatever else there is to say,
// unless it was interrupted.
func TestFaultsHaveTheirStatus(t *testing.T) {
	for _, fault := range []error{run.FaultErrorf("wrong"), &doubledesc.Fault{Err: errors.New("wrong")}} {
		for _, other := range []error{nil, run.ErrRefuted, run.ErrUndecided, run.UsageErrorf("bad"), &run.LimitError{Text: "time"}, context.DeadlineExceeded} {
			if got := run.ExitStatus(errors.Join(other, fault)); got != run.ExitFault {
				t.Errorf("%v and %v: status %d", other, fault, got)
			}
			if !strings.Contains(run.Describe(errors.Join(other, fault)), run.FaultText) {
				t.Errorf("%v and %v: %s", other, fault, run.Describe(errors.Join(other, fault)))
			}
		}
		if got := run.ExitStatus(errors.Join(fault, run.ErrInterrupted)); got != run.ExitInterrupted {
			t.Errorf("interrupted: status %d", got)
		}
	}
}

func TestGridNeedsADirectory(t *testing.T) {
	t.Chdir(t.TempDir())
	expect(t, run.ExitUsage, words("-k 2 -n 2..3 -certificate -"), "2>need a directory")
	if left, err := filepath.Glob("*"); err != nil || len(left) > 0 {
		t.Errorf("left behind: %v, %v", left, err)
	}
}

// With -json what ends before its result prints an object, too, whichever command it is and whatever is wrong, also with what stands before the flag;
// commands without the flag print nothing.
func TestErrorsHaveAnObject(t *testing.T) {
	without := []string{"version", "man", "completion"}
	for _, c := range append(commands(), run.Entry{Name: "no-such-command"}) {
		args := append(strings.Fields(c.Name), "-no-such-flag", "-json")
		status, stdout, stderr := verify(args...)
		if slices.Contains(without, c.Name) {
			if stdout != "" {
				t.Errorf("verify %v prints %s", args, stdout)
			}
			continue
		}
		command := c.Name
		if command == "no-such-command" {
			command = ""
		}
		checkErrorObject(t, args, command, stdout, stderr)
		if status != run.ExitUsage {
			t.Errorf("verify %v: status %d", args, status)
		}
	}
	for _, line := range []string{"pstar -json", "pstar -json -k 2 -p 1/2,1/2 -q 1/2,1/3", "dd --json no-such-file.ine", "lp -json no-such-file.lp", "bounds -json=true -k 0 -n 2",
		"crs -json -n 9 -rho x"} {
		args := strings.Fields(line)
		_, stdout, stderr := verify(args...)
		checkErrorObject(t, args, args[0], stdout, stderr)
	}
	// What was printed stays the only object.
	if _, stdout, _ := verify(strings.Fields("check -json no-such-file.json")...); strings.Count(stdout, "verdict") != 1 {
		t.Errorf("check prints %s", stdout)
	}
	if status, stdout, _ := verify(strings.Fields("pstar -h -json")...); status != run.ExitVerified || strings.Contains(stdout, `"verdict"`) {
		t.Errorf("help has status %d and %s", status, stdout)
	}
}

// checkErrorObject reads the object of a command that failed, which has the text of standard error.
func checkErrorObject(t *testing.T, args []string, command, stdout, stderr string) {
	t.Helper()
	var object struct {
		Verdict, Command, Version, Error string
		Claims                           []any
	}
	if err := json.Unmarshal([]byte(stdout), &object); err != nil {
		t.Fatalf("verify %v: %v in %q", args, err, stdout)
	}
	if object.Verdict != "undecided" || object.Command != command || object.Version == "" || object.Claims == nil || object.Error == "" {
		t.Errorf("verify %v prints %s", args, stdout)
	}
	if want := "verify: " + strings.ReplaceAll(object.Error, "\n", "\nverify: ") + "\n"; want != stderr {
		t.Errorf("verify %v has the error %q and says %q", args, object.Error, stderr)
	}
}
