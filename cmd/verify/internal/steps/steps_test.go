package steps_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync/atomic"
	"testing"

	"pstar/cmd/verify/internal/run"
)

const stepsFile = instanceFixtures + "steps.jsonl"

func TestSteps(t *testing.T) {
	out := expect(t, run.ExitVerified, words("steps -k 2 -exact -schemes optimal,specinfer,is "+stepsFile))
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
	// The acceptance of the first step is irrational: one decimal would pass for the number itself.
	expect(t, run.ExitVerified, words("steps -k 2 -exact -schemes spectr "+stepsFile), "1,0.811419515303554..0.811419515303555\n")
	expect(t, run.ExitUsage, words("steps -k 2 steps.npy"), "2>steps.npy: expected a text: an array is given with flags such as -p and -q")
	all := expect(t, run.ExitVerified, words("steps -k 2 "+stepsFile), "step,optimal,ss,is,truncated-lp,")
	for _, workers := range []string{"1", "2", "7"} {
		if again := expect(t, run.ExitVerified, words("steps -k 2 -j "+workers+" "+stepsFile)); again != all {
			t.Errorf("with -j %s it prints\n%s", workers, again)
		}
	}
}

// A rule of float32 is divided by its sums with -normalize, as by scheme user.
func TestStepsNormalizeTheRule(t *testing.T) {
	rule := write(t, "rule.json", `{"k": 2, "n": 2, "beta": [{"set": [1], "choose": [[1, 1]]}, {"set": [2], "choose": [[2, 1]]},
		{"set": [1, 2], "choose": [[1, "0x1.555556p-2"], [2, "0x1.555556p-1"]]}]}`)
	file := write(t, "steps.jsonl", `{"k": 2, "p": [0.5, 0.5], "q": ["0x1.555556p-2", "0x1.555556p-1"]}`)
	call := []string{"steps", "-exact", "-schemes", "optimal", "-rule", rule, file}
	expect(t, run.ExitUsage, call, "2>rule.json: it is no selection rule: row {1,2} sums to 33554433/33554432\n")
	expect(t, run.ExitVerified, append(call, "-normalize"), "1,1,19/20\n", "2>normalised: 1 list of the rule, the farthest from 1 summed to 33554433/33554432\n")
	expect(t, run.ExitVerified, append(call, "-normalize", "-v"), "2>steps.jsonl:1: normalised: q summed to 33554433/33554432\n")
	far := write(t, "rule.json", `{"k": 2, "n": 2, "beta": [{"set": [1], "choose": [[1, 1]]}, {"set": [2], "choose": [[2, 1]]}, {"set": [1, 2], "choose": [[1, 0.3], [2, 0.6]]}]}`)
	expect(t, run.ExitUsage, []string{"steps", "-normalize", "-rule", far, stepsFile}, "2>a list of the rule sums to 9/10, which is off by more than 1/1000")
}

// What is no rule at any step is bad input, and no column without a value.
func TestStepsRefuseWhatIsNoRule(t *testing.T) {
	for _, c := range []struct{ rule, want string }{
		{`{"rule": [{"set": [1], "choose": [[1, 3]]}]}`, "row {1} sums to 3"},
		{`{"beta": [{"set": [1], "choose": [[1, 2], [2, -1]]}]}`, "row {1} gives token 2 the weight -1"},
		{`{"beta": [{"set": [1], "choose": [[1, 1]]}], "accept": [2, 1], "residual": [0, 1]}`, "token 1 is accepted with probability 2"},
		{`{"k": 2, "n": 3, "classes": 1, "levels": [{"ratio": 1, "class": [[1, 2]]}]}`, "level 1: the probabilities of the classes sum to 2, want 1"},
	} {
		rule := write(t, "rule.json", c.rule)
		expect(t, run.ExitUsage, words("steps -k 2 -schemes optimal -rule "+rule+" "+stepsFile), "2>rule.json: it is no selection rule: "+c.want+"\n")
	}
}

// A rule within the tolerance has a value as a lossless one has, and how far from lossless it was is told; blocks that are kept tell the same.
func TestStepsTolerance(t *testing.T) {
	// What a float32 of a third makes of a row, normalised: the output is off by 1/150000006 where q is a third and two.
	rule := write(t, "rule.json", `{"k": 1, "n": 2, "rule": [{"set": [1], "choose": [[1, "16666667/50000002"], [2, "33333335/50000002"]]},
		{"set": [2], "choose": [[1, "16666667/50000002"], [2, "33333335/50000002"]]}]}`)
	step := func(q string) string { return `{"k": 1, "p": [0.5, 0.5], "q": [` + q + `]}` + "\n" }
	exact, near, far := step(`"16666667/50000002", "33333335/50000002"`), step(`"1/3", "2/3"`), step(`"1/2", "1/2"`)
	file := write(t, "steps.jsonl", exact+near+far)
	call := []string{"steps", "-exact", "-schemes", "optimal", "-rule", rule, file}
	expect(t, run.ExitVerified, call, "\n2,5/6,not defined\n3,1,not defined\n", "\nsteps,3,1\n")
	lenient := append(call, "-tolerance", "0.01")
	table := expect(t, run.ExitVerified, lenient, "\n2,5/6,1/2\n3,1,not defined\n", "\nsteps,3,2\nvariation,,at most 1/150000006\n")
	expect(t, run.ExitVerified, append(call, "-tolerance", "1/150000006"), "\n2,5/6,1/2\n")
	expect(t, run.ExitVerified, append(call, "-tolerance", "1/150000007", "-v"), "\n2,5/6,not defined\n", "\nvariation,,at most 0\n", "2>its output is not lossless: total variation 1/150000006")
	expect(t, run.ExitVerified, append(lenient, "-json"), `"mean_over":{"optimal":3,"user":2},"user_variation_at_most":"1/150000006"}`)
	state := t.TempDir()
	for range 2 { // computed, and then as it was kept
		if kept := expect(t, run.ExitVerified, append(lenient, "-state", state)); kept != table {
			t.Errorf("of blocks it prints\n%s\nwant\n%s", kept, table)
		}
	}
	expect(t, run.ExitUsage, append(call, "-tolerance", "0.02", "-state", state), "2>tolerance")

	expect(t, run.ExitUsage, append(call, "-tolerance", "1"), "2>-tolerance 1: expected a number from 0 to less than 1")
	expect(t, run.ExitUsage, []string{"steps", "-tolerance", "0.1", file}, "2>-tolerance has no effect without -rule")
}

// A bad line is reported and the rest goes on, unless -strict.
func TestStepsWithBadLines(t *testing.T) {
	good := `{"p": [0.5, 0.5], "q": [0.25, 0.75], "k": 2}`
	path := write(t, "steps.jsonl", strings.Join([]string{`{"p": [1], "q": [1`, good, "", `{"p": [0.5, 0.5], "q": [-1, 2], "k": 2}`, good,
		`{"p": [0.5, 0.5], "q": [0, 0], "k": 2}`, `{"p": [0.5, 0.5], "q": [1], "k": 2}`, `{"p": [0.5, 0.4], "q": [1, 0], "k": 2}`, `{"p": [0.5, 0.5], "q": [1, 0]}`}, "\n"))
	expect(t, run.ExitUsage, []string{"steps", "-schemes", "optimal", path}, "2,1.000000000000\n5,1.000000000000\nmean,1.000000000000\nsteps,2\n",
		"2>steps.jsonl:1: q: unexpected end", "2>steps.jsonl:4: q_1 = -1 is negative", "2>steps.jsonl:6: q: all weights are zero",
		"2>steps.jsonl:7: q has 1 entries, p has 2", "2>steps.jsonl:8: p sums to 9/10", "2>steps.jsonl:9: no number of drafts",
		"2>6 of 8 steps could not be read")
	status, out, _ := verify("steps", "-strict", "-schemes", "optimal", path)
	if status != run.ExitUsage || strings.Contains(out, "1.0") {
		t.Errorf("-strict goes on: status %d\n%s", status, out)
	}
	expect(t, run.ExitUsage, []string{"steps", write(t, "empty.jsonl", "\n")}, "2>no step could be read")
}

func TestStepsOfArrays(t *testing.T) {
	p := npyFile(t, "<f4", []int{3, 2}, 0.5, 0.5, 0.5, 0.5, 1, 0)
	q := npyFile(t, "<f4", []int{3, 2}, 0.25, 0.75, 2, -1, 0.5, 0.5)
	expect(t, run.ExitUsage, []string{"steps", "-k", "2", "-p", p, "-q", q, "-schemes", "optimal,ss"},
		"1,1.000000000000,0.750000000000\n3,0.500000000000,0.500000000000\n", "2>array.npy: row 2: number 2 is -1")
	half := npyFile(t, "<f4", []int{3, 2}, 0.25, 0.75, 0.25, 0.5, 0, 1)
	expect(t, run.ExitUsage, []string{"steps", "-k", "2", "-p", p, "-q", half, "-schemes", "optimal"},
		"2>"+p+", "+half+": row 2: q sums to 3/4", "steps,2\n")
	short := npyFile(t, "<f4", []int{2, 2}, 0.5, 0.5, 0.5, 0.5)
	expect(t, run.ExitUsage, []string{"steps", "-k", "2", "-p", p, "-q", short}, "2>has the shape [3 2]")
	cut := write(t, "cut.npy", npyBytes("<f4", "False", []int{3, 2}, 0.25, 0.75, 0.5))
	expect(t, run.ExitUsage, []string{"steps", "-k", "2", "-p", p, "-q", cut, "-schemes", "optimal"},
		"step,optimal\n1,1.000000000000\nmean,1.000000000000\nsteps,1\n", "2>cut.npy: cut off in row 2 of 3", "2>1 of 2 steps could not be read")
	long := write(t, "long.npy", npyBytes("<f4", "False", []int{3, 2}, 0.25, 0.75, 0.5, 0.5, 1, 0)+"x")
	expect(t, run.ExitUsage, []string{"steps", "-k", "2", "-p", p, "-q", long, "-schemes", "optimal"}, "\nsteps,3\n", "2>bytes after the 3 x 2 numbers")
}

// A value that there is none of is told, and with -v why; an option that is wrong
// for a step ends the run.
func TestStepsWithoutValues(t *testing.T) {
	path := write(t, "s.jsonl", `{"p": [0.5, 0.5], "q": [0.25, 0.75], "k": 2}
{"p": [1, 0], "q": [0.25, 0.75], "k": 2}
`)
	expect(t, run.ExitVerified, []string{"steps", "-v", "-schemes", "greedy,ss", path}, "2,not defined,0.250000000000\n",
		"\nsteps,1,2\n", "2>s.jsonl:2: greedy: scheme greedy is not defined: p gives positive probability to 1 tokens")
	expect(t, run.ExitUsage, []string{"steps", "-schemes", "truncated-lp", "-size", "3", path}, "2>s.jsonl:1: -size: |Ω_1| = 3, want 1..2")
	expect(t, run.ExitUsage, []string{"steps", "-schemes", "ss", "-gamma", "2", path}, "2>-gamma has no effect here: it is for hybrid -baseline spectr, spectr")
	many := write(t, "many.jsonl", fmt.Sprintf(`{"p": [%[1]s1], "q": [%[1]s1], "k": 9}`, strings.Repeat("1,", 299)))
	expect(t, run.ExitUndecided, []string{"steps", "-weights", "-schemes", "specinfer-without-replacement,ss", many},
		"1,undecided,1.000000000000\n", "2>1 value is undecided")
}

// An option that does not fit one step costs that step only.
func TestStepsThatAnOptionDoesNotFit(t *testing.T) {
	three := `{"p": [0.5, 0.25, 0.25], "q": [0.25, 0.5, 0.25]}`
	path := write(t, "steps.jsonl", three+"\n"+`{"p": [0.5, 0.5], "q": [0.25, 0.75]}`+"\n"+three+"\n")
	expect(t, run.ExitUsage, []string{"steps", "-k", "2", "-schemes", "optimal,truncated-lp", "-size", "3", path}, "\n3,0.9375", "steps,2,2\n",
		"2>steps.jsonl:2: -size: |Ω_1| = 3, want 1..2", "2>1 of 3 steps could not be read")
	status, out, _ := verify("steps", "-k", "2", "-strict", "-schemes", "optimal,truncated-lp", "-size", "3", path)
	if status != run.ExitUsage || strings.Contains(out, "\n3,") {
		t.Errorf("-strict goes on: status %d\n%s", status, out)
	}
	zero := write(t, "zero.jsonl", three+"\n"+`{"p": [0.5, 0.25, 0.25], "q": [0, 0.5, 0.5]}`+"\n"+three+"\n")
	expect(t, run.ExitVerified, []string{"steps", "-k", "2", "-schemes", "optimal,truncated-alphabet-md", "-alphabet", "1", zero}, ",not defined\n3,", "steps,3,2\n")
}

func TestStepsErrors(t *testing.T) {
	for _, c := range []struct{ args, want string }{
		{"", "expected a file of steps, or -p P.npy -q Q.npy"},
		{"-p 1/2,1/2 -q 1/2,1/2", "expected a file of steps"},
		{"a b", `unexpected argument "b"`},
		{"nowhere.jsonl", "cannot read nowhere.jsonl"},
		{"-schemes best " + stepsFile, `unknown scheme "best"`},
		{"-schemes P* " + stepsFile, `greedy, or optimal for P*`},
		{"-j -1 " + stepsFile, "-j -1"},
		{"-k 0 " + stepsFile, "invalid value \"0\" for flag -k"},
		{"-schemes ss,ss " + stepsFile, "ss is listed twice"},
		{"-p a.npy " + stepsFile, "in place of a file"},
	} {
		expect(t, run.ExitUsage, append([]string{"steps"}, words(c.args)...), "2>"+c.want)
	}
}

// A run that is stopped while it waits for more steps prints the means over those
// that it had.
func TestStepsStopped(t *testing.T) {
	r, w := io.Pipe()
	defer w.Close()
	go io.WriteString(w, strings.Repeat(`{"p": [0.5, 0.5], "q": [0, 1], "k": 2}`+"\n", 3))
	var out, talk bytes.Buffer
	status := run.New(run.Table(commands), r, &out, &talk).Main(words("steps -schemes optimal -timeout 300ms -"))
	if status != run.ExitUndecided || !strings.HasSuffix(out.String(), "3,0.750000000000\nmean,0.750000000000\nsteps,3\n") ||
		!strings.Contains(talk.String(), "the means are over the first 3 steps\nverify: time limit of 300ms reached") {
		t.Errorf("status %d, printed\n%s%s", status, out.String(), talk.String())
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
	if status != run.ExitVerified || len(lines) != 504 || !strings.HasPrefix(lines[500], "500,") {
		t.Errorf("status %d, %d lines\n%s", status, len(lines), stderr)
	}
}

// With -json a line for each step says what the table says, and the last what its last lines do; in
// blocks that are kept it is the same, whoever kept them.
func TestStepsAsObjects(t *testing.T) {
	path := write(t, "steps.jsonl", `{"p": ["1/2", "1/2"], "q": ["1/4", "3/4"], "k": 2}
{"p": [
{"p": ["1/3", "1/3", "1/3"], "q": ["1/3", 0, "2/3"], "k": 3}
`)
	line := []string{"steps", "-schemes", "optimal,truncated-lp", path}
	want := `{"step":1,"acceptance":{"optimal":"1.000000000000","truncated-lp":"1.000000000000"}}
{"step":3,"acceptance":{"optimal":"0.962962962963"},"no_value":{"truncated-lp":"not defined"}}
{"verdict":"undecided","claims":[],"command":"steps","version":VERSION,"error":"1 of 3 steps could not be read","schemes":["optimal","truncated-lp"],"steps":2,"bad_steps":1,"undecided_values":0,"mean":{"optimal":"0.981481481481","truncated-lp":"1.000000000000"},"mean_over":{"optimal":2,"truncated-lp":1}}
`
	version := regexp.MustCompile(`"version":"[^"]*"`)
	plain := func(out string) string { return version.ReplaceAllString(out, `"version":VERSION`) }
	if out := plain(expect(t, run.ExitUsage, append(line, "-json"), "2>1 of 3 steps could not be read")); out != want {
		t.Errorf("it prints\n%s\nwant\n%s", out, want)
	}
	state := t.TempDir()
	table := expect(t, run.ExitUsage, append(line, "-state", state), "1,1.000000000000,1.000000000000\n3,0.962962962963,not defined\n")
	for range 2 { // what is kept is the table
		if out := plain(expect(t, run.ExitUsage, append(line, "-state", state, "-json"))); out != want {
			t.Errorf("of blocks it prints\n%s\nwant\n%s", out, want)
		}
	}
	if again := expect(t, run.ExitUsage, append(line, "-state", state)); again != table {
		t.Errorf("then the table is\n%s", again)
	}
	if out := plain(expect(t, run.ExitUsage, append(line, "-state", t.TempDir(), "-json"))); out != want {
		t.Errorf("of new blocks it prints\n%s\nwant\n%s", out, want)
	}
	expect(t, run.ExitUsage, append(line, "-json", "-exact"), `"optimal":"26/27"`)
	expect(t, run.ExitVerified, words("steps -json -logits -k 2 -schemes ss,optimal "+write(t, "l.jsonl", `{"p": [0, 1], "q": [1, 0]}`)), `"optimal_off_by_at_most":"1.`)
	expect(t, run.ExitUsage, []string{"steps", "-json", write(t, "empty.jsonl", "\n")}, "2>no step could be read")
}

// P* alone may be asked for more narrowly, and two optima of one step agree.
func TestStepsWithin(t *testing.T) {
	usual := expect(t, run.ExitVerified, words("steps -k 2 -schemes optimal "+stepsFile))
	if narrow := expect(t, run.ExitVerified, words("steps -k 2 -schemes optimal -within 1e-30 "+stepsFile)); narrow != usual {
		t.Errorf("%s, want %s", narrow, usual)
	}
	expect(t, run.ExitUsage, words("steps -k 2 -schemes optimal -within 0 "+stepsFile), "2>-within 0: expected a positive number")
}

// How many steps say another number or model of drafts than flags do is told at the end, and with -v which; of blocks that are kept, too.
func TestStepsInPlaceOfFlags(t *testing.T) {
	path := write(t, "s.jsonl", `{"p": [0.5, 0.5], "q": [0.25, 0.75], "k": 3}
{"p": [0.5, 0.5], "q": [0.25, 0.75], "k": 2}
{"p": [0.5, 0.5], "q": [0.25, 0.75]}
{"p": [0.5, 0.5], "q": [0.25, 0.75], "k": 1, "model": "without-replacement"}
`)
	call := []string{"steps", "-schemes", "optimal", "-exact", path}
	expect(t, run.ExitUsage, call, "2>s.jsonl:3: no number of drafts")
	const note = "2>verify: flags count in place of what 2 steps say; -v says where\n"
	flags := append(call, "-k", "2", "-drafts", "iid")
	expect(t, run.ExitVerified, append(flags, "-v"), "\n1,1\n2,1\n3,1\n4,1\n", note, "2>s.jsonl:1: -k 2 counts in place of its \"k\": 3\n",
		"2>s.jsonl:4: -k 2 counts in place of its \"k\": 1\n", "2>s.jsonl:4: -drafts iid counts in place of its \"model\": \"without-replacement\"\n")
	expect(t, run.ExitVerified, append(flags, "-json"), note)
	state := t.TempDir()
	for range 2 { // computed, and then as it was kept
		expect(t, run.ExitVerified, append(flags, "-state", state), note)
	}
	if _, _, stderr := verify(append(flags, "-quiet")...); stderr != "" {
		t.Errorf("-quiet says\n%s", stderr)
	}
	one := write(t, "s.jsonl", `{"p": [0.5, 0.5], "q": [0.25, 0.75], "k": 2}`)
	if _, _, stderr := verify("steps", "-schemes", "optimal", "-k", "2", one); stderr != "" {
		t.Errorf("the same is told:\n%s", stderr)
	}
}

// A value that is enclosed more widely than -within asks has its cell, and is undecided.
func TestStepsWiderThanAsked(t *testing.T) {
	path := write(t, "s.jsonl", `{"p": ["1/3", "1/3", "1/3"], "q": ["1/3", 0, "2/3"], "k": 2}
`)
	call := []string{"steps", "-schemes", "optimal,spectr", "-bits", "20", path}
	table := expect(t, run.ExitVerified, call, "\nsteps,1,1\n")
	expect(t, run.ExitVerified, append(call, "-within", "1e-5"), table)
	wide := append(call, "-within", "1e-9", "-v")
	expect(t, run.ExitUndecided, wide, table, "2>s.jsonl:1: spectr: the interval is wider than asked\n", "2>1 value is undecided: the instance is too large, or the interval wider than asked; -v says why\n")
	expect(t, run.ExitUndecided, append(wide, "-json"), `"verdict":"undecided"`, `"undecided_values":1`)
	state := t.TempDir()
	for range 2 { // computed, and then as it was kept
		expect(t, run.ExitUndecided, append(wide, "-state", state), table)
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

// Whenever a run is interrupted, before the first step or between two, it ends as interrupted, and of logits the object is there.
func TestStepsInterrupted(t *testing.T) {
	path := write(t, "l.jsonl", strings.Repeat(`{"p": [0, 1], "q": [1, 0]}`+"\n", 2))
	for _, kept := range []bool{false, true} {
		before, whole := 0, false
		for looks := int32(1); !whole && looks < 25; looks++ {
			args := words("steps -json -logits -k 2 -j 1 -schemes optimal " + path)
			if kept {
				args = append(args, "-state", t.TempDir())
			}
			var out, talk bytes.Buffer
			c := run.New(run.Table(commands), strings.NewReader(""), &out, &talk)
			c.Polled = func(ctx context.Context, cancel context.CancelCauseFunc) context.Context {
				left := new(atomic.Int32)
				left.Store(looks)
				return lookedAt{ctx, left, func() { cancel(run.ErrInterrupted) }}
			}
			status := c.Main(args)
			lines := strings.Split(strings.TrimSpace(out.String()), "\n")
			var object struct {
				Verdict string
				Steps   int
			}
			err := json.Unmarshal([]byte(lines[len(lines)-1]), &object)
			whole = status == run.ExitVerified
			if want := map[int]string{run.ExitVerified: "solved", run.ExitInterrupted: "undecided"}[status]; err != nil || object.Verdict != want || want == "" {
				t.Fatalf("at look %d: status %d, %v, it prints\n%s%s", looks, status, err, out.String(), talk.String())
			}
			if object.Steps == 0 {
				before++
			}
		}
		if before == 0 || !whole && !kept {
			t.Errorf("interrupted before the first step %d times, whole: %v", before, whole)
		}
	}
}

// The object of a run is the last line also where a bad line or an array that is cut off ends it, with its error and the verdict of the status.
func TestStepsObjectOfErrors(t *testing.T) {
	good := `{"p": ["1/2", "1/2"], "q": ["1/4", "3/4"], "k": 2}` + "\n"
	bad := write(t, "bad.jsonl", good+"{\n"+good)
	p := npyFile(t, "<f4", []int{2, 2}, 0.5, 0.5, 0.5, 0.5)
	cut := write(t, "cut.npy", npyBytes("<f4", "False", []int{2, 2}, 0.25, 0.75, 0.5))
	for _, c := range []struct{ args, want string }{
		{"-schemes optimal " + bad, "1 of 3 steps could not be read"},
		{"-strict -schemes optimal " + bad, bad + ":2: unexpected end of the text"},
		{"-schemes optimal -k 2 -p " + p + " -q " + cut, "1 of 2 steps could not be read"},
	} {
		out := expect(t, run.ExitUsage, words("steps -j 1 -json "+c.args))
		lines := strings.Split(strings.TrimSpace(out), "\n")
		var object struct {
			Verdict, Error string
			Mean           map[string]string
		}
		if err := json.Unmarshal([]byte(lines[len(lines)-1]), &object); err != nil || object.Verdict != "undecided" || object.Error != c.want || object.Mean["optimal"] != "1.000000000000" {
			t.Errorf("%s: %v, error %q, want %q; it prints\n%s", c.args, err, object.Error, c.want, out)
		}
	}
	expect(t, run.ExitUsage, words("steps -strict -schemes optimal "+bad), "step,optimal\n1,1.000000000000\n")
}

// A scheme with a parameter that it is not lossless with is refuted, as by scheme; its values are there.
func TestStepsNotLossless(t *testing.T) {
	path := write(t, "s.jsonl", `{"p": ["1/3", "1/3", "1/3"], "q": ["1/3", 0, "2/3"], "k": 2}
{"p": ["1/2", "1/2"], "q": ["1/2", "1/2"], "k": 2}
`)
	for _, schemes := range []string{"spectr", "hybrid -baseline spectr -few 1"} {
		expect(t, run.ExitVerified, words("steps -schemes "+schemes+" -gamma 2 "+path))
		expect(t, run.ExitRefuted, words("steps -v -exact -gamma 1 -schemes "+schemes+" "+path), "\n1,8/9\n2,1\n", "2>s.jsonl:1: ", "2>: not lossless, its output",
			"2>1 value is of a scheme that is not lossless at its step, and may be above P*")
		expect(t, run.ExitRefuted, words("steps -json -gamma 1 -schemes "+schemes+" "+path), `"verdict":"refuted"`, `"not_lossless_values":1`)
	}
	bad := write(t, "s.jsonl", contents(t, path)+"{\n")
	expect(t, run.ExitRefuted, words("steps -json -gamma 1 -schemes spectr "+bad), `"verdict":"refuted"`, `"error":"1 of 3 steps could not be read"`)
}

// What is kept of a block, as a report reads it, has the verdict that the run has.
func TestVerdictsOfBlocks(t *testing.T) {
	good := `{"p": ["1/3", "1/3", "1/3"], "q": ["1/3", 0, "2/3"], "k": 2}` + "\n"
	for _, c := range []struct {
		args           string
		status         int
		verdict, words string
	}{
		{"-schemes optimal " + write(t, "good.jsonl", good), run.ExitVerified, "solved", ""},
		{"-schemes optimal " + write(t, "bad.jsonl", good+"{\n"), run.ExitUsage, "undecided", "1 of 2 steps could not be read"},
		{"-schemes spectr -bits 20 -within 1e-9 " + write(t, "wide.jsonl", good), run.ExitUndecided, "undecided", "1 value is undecided"},
		{"-schemes spectr -gamma 1 " + write(t, "lossy.jsonl", good), run.ExitRefuted, "refuted", "1 value is of a scheme that is not lossless"},
	} {
		state := t.TempDir()
		for range 2 { // computed, and then as it was kept
			expect(t, c.status, words("steps -json -state "+state+" "+c.args), `{"verdict":"`+c.verdict+`"`)
		}
		names, err := filepath.Glob(filepath.Join(state, "done", "*.json"))
		if err != nil || len(names) != 1 {
			t.Fatalf("kept are %q, %v", names, err)
		}
		var kept struct{ Verdict, Summary string }
		if err := json.Unmarshal([]byte(contents(t, names[0])), &kept); err != nil || kept.Verdict != c.verdict || !strings.HasPrefix(kept.Summary, c.words) {
			t.Errorf("%s: %v, kept is %q, %q", c.args, err, kept.Verdict, kept.Summary)
		}
	}
}

// Blocks are named by the steps that they have: empty lines behind the last one are none of them.
func TestBlocksEndWithTheLastStep(t *testing.T) {
	step := `{"p": [0.5, 0.5], "q": [0.25, 0.75], "k": 2}` + "\n"
	for _, c := range []struct {
		text  string
		steps int
		names []string
	}{
		{strings.Repeat(step, 2), 2, []string{"steps-1-2"}},
		{strings.TrimSuffix(strings.Repeat(step, 2), "\n"), 2, []string{"steps-1-2"}},
		{step + "\n" + step + "\n \n\t\n", 2, []string{"steps-1-3"}},
		{strings.Repeat(step, 1000), 1000, []string{"steps-1-1000"}},
		{strings.Repeat(step, 1000) + "\n\n", 1000, []string{"steps-1-1000"}},
		{strings.Repeat(step, 1001) + "\n", 1001, []string{"steps-1-1000", "steps-1001-1001"}},
		{strings.Repeat(step, 999) + "\n\n" + step, 1000, []string{"steps-1-1000", "steps-1001-1002"}},
		{"\xef\xbb\xbf" + step, 1, []string{"steps-1-1"}},
	} {
		path, state := write(t, "s.jsonl", c.text), t.TempDir()
		call := []string{"steps", "-schemes", "optimal", path}
		plain := expect(t, run.ExitVerified, call, fmt.Sprintf("\nsteps,%d\n", c.steps))
		for range 2 { // computed, and then as it was kept
			if kept := expect(t, run.ExitVerified, append(call, "-state", state)); kept != plain {
				t.Errorf("of blocks it prints\n%s\nwant\n%s", kept, plain)
			}
		}
		var names []string
		files, err := filepath.Glob(filepath.Join(state, "done", "*.json"))
		for _, f := range files {
			names = append(names, strings.TrimSuffix(filepath.Base(f), ".json"))
		}
		if slices.Sort(names); err != nil || !slices.Equal(names, c.names) {
			t.Errorf("%d steps, in a text of %d bytes, are the blocks %q, want %q", c.steps, len(c.text), names, c.names)
		}
	}
	expect(t, run.ExitUsage, []string{"steps", "-schemes", "optimal", "-state", t.TempDir(), write(t, "empty.jsonl", "\n \n")}, "2>no step could be read")
}
