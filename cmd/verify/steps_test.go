package main

import (
	"fmt"
	"strings"
	"testing"
)

const stepsFile = instances + "steps.jsonl"

func TestSteps(t *testing.T) {
	out := expect(t, exitVerified, words("steps -k 2 -exact -schemes optimal,specinfer,is "+stepsFile))
	want := `step,optimal,specinfer,is
1,8/9,7/9,8/9
2,1,17/18,1
3,988871/1000000,169277/200000,988871/1000000
mean,0.959253296296,0.856202407407,0.959253296296
steps,3,3,3
`
	if out != want {
		t.Errorf("printed\n%s\nwant\n%s", out, want)
	}
	all := expect(t, exitVerified, words("steps -k 2 "+stepsFile), "step,optimal,ss,is,truncated-lp,")
	for _, workers := range []string{"1", "2", "7"} {
		if again := expect(t, exitVerified, words("steps -k 2 -j "+workers+" "+stepsFile)); again != all {
			t.Errorf("with -j %s it prints\n%s", workers, again)
		}
	}
}

// A bad line is reported and the rest goes on, unless -strict.
func TestStepsWithBadLines(t *testing.T) {
	good := `{"p": [0.5, 0.5], "q": [0.25, 0.75], "k": 2}`
	path := write(t, "steps.jsonl", strings.Join([]string{`{"p": [1], "q": [1`, good, "", `{"p": [0.5, 0.5], "q": [-1, 2], "k": 2}`, good,
		`{"p": [0.5, 0.5], "q": [0, 0], "k": 2}`, `{"p": [0.5, 0.5], "q": [1], "k": 2}`, `{"p": [0.5, 0.4], "q": [1, 0], "k": 2}`, `{"p": [0.5, 0.5], "q": [1, 0]}`}, "\n"))
	expect(t, exitUsage, []string{"steps", "-schemes", "optimal", path}, "2,1.000000000000\n5,1.000000000000\nmean,1.000000000000\nsteps,2\n",
		"2>steps.jsonl:1: q: unexpected end", "2>steps.jsonl:4: q_1 = -1 is negative", "2>steps.jsonl:6: q: all weights are zero",
		"2>steps.jsonl:7: q has 1 entries, p has 2", "2>steps.jsonl:8: p sums to 9/10", "2>steps.jsonl:9: no number of drafts",
		"2>6 of 8 lines could not be read")
	status, out, _ := verify("steps", "-strict", "-schemes", "optimal", path)
	if status != exitUsage || strings.Contains(out, "1.0") {
		t.Errorf("-strict goes on: status %d\n%s", status, out)
	}
	expect(t, exitUsage, []string{"steps", write(t, "empty.jsonl", "\n")}, "2>no step could be read")
}

func TestStepsOfArrays(t *testing.T) {
	p := npyFile(t, "<f4", []int{3, 2}, 0.5, 0.5, 0.5, 0.5, 1, 0)
	q := npyFile(t, "<f4", []int{3, 2}, 0.25, 0.75, 2, -1, 0.5, 0.5)
	expect(t, exitUsage, []string{"steps", "-k", "2", "-p", p, "-q", q, "-schemes", "optimal,ss"},
		"1,1.000000000000,0.750000000000\n3,0.500000000000,0.500000000000\n", "2>row 2: number 2 is -1")
	short := npyFile(t, "<f4", []int{2, 2}, 0.5, 0.5, 0.5, 0.5)
	expect(t, exitUsage, []string{"steps", "-k", "2", "-p", p, "-q", short}, "2>has 3 rows of 2 numbers")
	cut := write(t, "cut.npy", npyBytes("<f4", "False", []int{3, 2}, 0.25, 0.75, 0.5))
	expect(t, exitUsage, []string{"steps", "-k", "2", "-p", p, "-q", cut}, "1,", "2>cut off in row 2 of 3")
}

func TestStepsErrors(t *testing.T) {
	for _, c := range []struct{ args, want string }{
		{"", "expected a file of steps, or -p P.npy -q Q.npy"},
		{"-p 1/2,1/2 -q 1/2,1/2", "expected a file of steps"},
		{"a b", `unexpected argument "b"`},
		{"nowhere.jsonl", "cannot read nowhere.jsonl"},
		{"-schemes best " + stepsFile, `unknown scheme "best"`},
		{"-j -1 " + stepsFile, "-j -1"},
		{"-p a.npy " + stepsFile, "in place of a file"},
	} {
		expect(t, exitUsage, append([]string{"steps"}, words(c.args)...), "2>"+c.want)
	}
}

// Steps are printed as they come: a stream of many does not pile up.
func TestStepsStream(t *testing.T) {
	var b strings.Builder
	for i := range 500 {
		fmt.Fprintf(&b, "{\"p\": [\"1/2\", \"1/2\"], \"q\": [\"%d/500\", \"%d/500\"], \"k\": 2}\n", i, 500-i)
	}
	status, out, stderr := verifyStdin(b.String(), "steps", "-schemes", "optimal", "-")
	lines := strings.Split(out, "\n")
	if status != exitVerified || len(lines) != 504 || !strings.HasPrefix(lines[500], "500,") {
		t.Errorf("status %d, %d lines\n%s", status, len(lines), stderr)
	}
}
