package blocks_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"

	"pstar/cmd/verify/internal/run"
)

// reach is a file of a rule: paths, prefix and value of each line.
func reach(t *testing.T, lines ...string) string {
	t.Helper()
	var list []string
	for _, line := range lines {
		f := strings.Fields(line)
		list = append(list, fmt.Sprintf(`{"paths": %s, "prefix": %s, "value": "%s"}`, f[0], f[1], f[2]))
	}
	return write(t, "rule.json", `{"reach": [`+strings.Join(list, ",")+`]}`)
}

// A rule of one step has a total variation, which the tolerance is compared with.
func TestRuleToleranceOfOneStep(t *testing.T) {
	call := func(rule string, args ...string) []string {
		return append([]string{"blocks", "-p", "2/3,1/3", "-q", "1/3,2/3", "-length", "1", "-rule", rule}, args...)
	}
	const head = "accepted by the rule: 2/3 ≈ 0.6666666667\ngap to the largest: 0\n"
	lossless := reach(t, "[[1]] [1] 1/3", "[[2]] [2] 1/3")
	expect(t, run.ExitVerified, call(lossless, "-tolerance", "1/2"), head+"lossless: yes, it can be continued with the law of the target\n")
	expect(t, run.ExitVerified, call(lossless, "-json"), `"lossless": true,
    "expected": "2/3"
`)
	// 2/3 and 1/3, where 1/3 and 2/3 are the target.
	lossy := reach(t, "[[1]] [1] 2/3")
	expect(t, run.ExitVerified, call(lossy, "-tolerance", "1/3"), head+"lossless: within 1/3, not exactly\ntotal variation from the target: 1/3 ≈ 0.3333333333\n")
	expect(t, run.ExitRefuted, call(lossy, "-tolerance", "0.3333"), head+"lossless: NO, lossless_1: 2/3 is more than 1/3\ntotal variation from the target: 1/3 ≈ 0.3333333333\n")
	expect(t, run.ExitVerified, call(lossy, "-tolerance", "1/3", "-json"), `"verdict": "verified"`, `"lossless": false`, `"faults": [`, `"total_variation": "1/3"`, `"total_variation_about": "3.33333e-1"`, `"within_tolerance": true`)
	expect(t, run.ExitRefuted, call(lossy, "-json"), `"verdict": "refuted"`, `"total_variation": "1/3"`, `"within_tolerance": false`)

	// Everything is accepted, 1 where a lossless rule accepts 2/3.
	const above = "gap to the largest: -1/3 ≈ -0.3333333333\n"
	const contradiction = "accepted above the largest: no contradiction, as that is over lossless rules\n"
	all := reach(t, "[[1]] [1] 2/3", "[[2]] [2] 1/3")
	expect(t, run.ExitRefuted, call(all), "accepted by the rule: 1\n"+above+"lossless: NO, ", contradiction)
	expect(t, run.ExitVerified, call(all, "-tolerance", "0.4"), "accepted by the rule: 1\n"+above+"lossless: within 2/5, not exactly\n", contradiction)
	if text := expect(t, run.ExitRefuted, call(lossy)); strings.Contains(text, "contradiction") {
		t.Errorf("nothing is above the largest:\n%s", text)
	}

	// Two drafts: {1}, {1,2} and {2} are drafted with 4/9, 4/9 and 1/9.
	twice := call(reach(t, "[[1]] [1] 4/9", "[[1],[2]] [1] 1/9", "[[2]] [2] 1/9"), "-k", "2")
	expect(t, run.ExitVerified, append(twice, "-tolerance", "2/9"), "total variation from the target: 2/9 ", "gap to the largest: 2/9 ")
	expect(t, run.ExitRefuted, append(twice, "-tolerance", "0.2222"), "lossless: NO, lossless_1: 5/9 is more than 1/3\n")
}

// severalSteps are rules that are not lossless at two steps.
var severalSteps = []struct {
	k                  string
	rule               []string
	below, total, text string // the total variation, and less
	least, most        string // bounds of it
}{
	// One path, all of which is accepted: 1/3 too much at the first step, 2/9 and 1/9 at the second. The laws of two
	// tokens are (4, 2, 2, 1)/9 and (1, 2, 2, 4)/9.
	{"1", []string{"[[1,1]] [1] 4/9", "[[1,2]] [1] 2/9", "[[2,1]] [2] 2/9", "[[2,2]] [2] 1/9", "[[1,1]] [1,1] 4/9", "[[1,2]] [1,2] 2/9", "[[2,1]] [2,1] 2/9", "[[2,2]] [2,2] 1/9"},
		"0.3333", "1/3", "1/3 ≈ 0.3333333333", "1/3 ≈ 0.3333333333", "2/3 ≈ 0.6666666667"},
	// Two paths: (1) with 52/81 and (1,1) with 32/81, where the target has 27/81 and 9/81. Of the 20/81 that go on after (1) all
	// can be (1,2): then (1,1) is 23/81 above, and (1,2) with 20/81 2/81 above.
	{"2", []string{"[[1,1]] [1] 16/81", "[[1,2],[1,1]] [1] 16/81", "[[1,2]] [1] 4/81", "[[1,1],[2,1]] [1] 16/81", "[[1,1]] [1,1] 16/81", "[[1,1],[1,2]] [1,1] 16/81"},
		"0.3", "25/81", "25/81 ≈ 0.3086419753", "25/81 ≈ 0.3086419753", "119/243 ≈ 0.4897119342"},
}

// Of several steps the total variation is worked out, and the tolerance compared with it.
func TestRuleToleranceOfSeveralSteps(t *testing.T) {
	for _, c := range severalSteps {
		call := []string{"blocks", "-p", "2/3,1/3", "-q", "1/3,2/3", "-length", "2", "-k", c.k, "-rule", reach(t, c.rule...)}
		with := func(tolerance string, args ...string) []string {
			return append(append(call[:len(call):len(call)], "-tolerance", tolerance), args...)
		}
		variation := "total variation from the target: " + c.text + "\n"
		expect(t, run.ExitRefuted, call, "lossless: NO, lossless_1: ", variation+"this is the least over laws of the one token drawn after those accepted, with the target after it\n")
		expect(t, run.ExitRefuted, with(c.below), "lossless: NO, lossless_1: ", variation)
		expect(t, run.ExitVerified, with(c.total), "lossless: within "+c.total+", not exactly\n"+variation)
		expect(t, run.ExitRefuted, with(c.below, "-json"), `"verdict": "refuted"`, `"total_variation": "`+c.total+`"`, `"within_tolerance": false`)
		expect(t, run.ExitVerified, with(c.total, "-json"), `"verdict": "verified"`, `"total_variation": "`+c.total+`"`, `"within_tolerance": true`)
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

// Who stops while it is worked out has bounds, which decide a tolerance that is not between them.
func TestRuleToleranceStops(t *testing.T) {
	for _, c := range severalSteps {
		stopped := func(tolerance string, args ...string) (status int, text string) {
			rule := reach(t, c.rule...)
			for looks := int32(1); looks < 2000; looks++ {
				var out, talk bytes.Buffer
				call := run.New(run.Table(commands), strings.NewReader(""), &out, &talk)
				call.Polled = func(ctx context.Context, cancel context.CancelCauseFunc) context.Context {
					left := new(atomic.Int32)
					left.Store(looks)
					return lookedAt{ctx, left, func() { cancel(&run.LimitError{Text: "enough"}) }}
				}
				status = call.Main(append([]string{"blocks", "-p", "2/3,1/3", "-q", "1/3,2/3", "-length", "2", "-k", c.k, "-rule", rule, "-tolerance", tolerance}, args...))
				if text = out.String(); strings.Contains(text, "at least") || strings.Contains(text, "total_variation_within") {
					return status, text
				}
			}
			t.Fatalf("it never ended with bounds, at last:\n%s", text)
			return 0, ""
		}
		const below, between, above = "0.2", "0.4", "0.7"
		line := "total variation from the target: at least " + c.least + ", at most " + c.most + "\n"
		for _, w := range []struct {
			tolerance        string
			status           int
			lossless, object []string
		}{
			{below, run.ExitRefuted, []string{"lossless: NO, lossless_1: "}, []string{`"verdict": "refuted"`, `"within_tolerance": false`}},
			{between, run.ExitUndecided, []string{"lossless: undecided within 2/5, not exactly\n"}, []string{`"verdict": "undecided"`}},
			{above, run.ExitVerified, []string{"lossless: within 7/10, not exactly\n"}, []string{`"verdict": "verified"`, `"within_tolerance": true`}},
		} {
			status, text := stopped(w.tolerance)
			for _, part := range append(w.lossless, line) {
				if status != w.status || !strings.Contains(text, part) {
					t.Errorf("-tolerance %s: status %d, no %q in\n%s", w.tolerance, status, part, text)
				}
			}
			status, text = stopped(w.tolerance, "-json")
			least, _, _ := strings.Cut(c.least, " ")
			for _, part := range append(w.object, `"lossless": false`, `"lower": "`+least+`"`) {
				if status != w.status || !strings.Contains(text, part) || strings.Contains(text, `"total_variation"`) {
					t.Errorf("-tolerance %s: status %d, no %q in\n%s", w.tolerance, status, part, text)
				}
			}
			if decided := w.tolerance != between; strings.Contains(text, "within_tolerance") != decided {
				t.Errorf("-tolerance %s:\n%s", w.tolerance, text)
			}
		}
	}
}

// Who interrupts ends the run by that, whatever the bounds say of the tolerance.
func TestRuleInterrupted(t *testing.T) {
	c := severalSteps[0]
	for _, tolerance := range []string{"0.2", "0.4", "0.7"} {
		rule, stopped := reach(t, c.rule...), 0
		for looks := int32(1); looks < 400; looks++ {
			var out, talk bytes.Buffer
			call := run.New(run.Table(commands), strings.NewReader(""), &out, &talk)
			call.Polled = func(ctx context.Context, cancel context.CancelCauseFunc) context.Context {
				left := new(atomic.Int32)
				left.Store(looks)
				return lookedAt{ctx, left, func() { cancel(run.ErrInterrupted) }}
			}
			status := call.Main([]string{"blocks", "-p", "2/3,1/3", "-q", "1/3,2/3", "-length", "2", "-k", c.k, "-rule", rule, "-tolerance", tolerance})
			if strings.Contains(out.String(), "at least") {
				if stopped++; status != run.ExitInterrupted {
					t.Errorf("-tolerance %s: status %d\n%s", tolerance, status, &out)
				}
				break
			}
		}
		if stopped == 0 {
			t.Errorf("-tolerance %s: it never ended with bounds", tolerance)
		}
	}
}

// Whenever a test is interrupted the object has the verdict that the exit status has, and what is known by then: what is accepted at most of one path,
// as there is a closed form.
func TestVerdictOfInterruptedRules(t *testing.T) {
	c := severalSteps[0]
	for _, tolerance := range []string{"0.2", "0.4", "0.7"} {
		rule, partly := reach(t, c.rule...), map[string]int{}
		for looks, whole := int32(1), false; !whole && looks < 400; looks++ {
			var out, talk bytes.Buffer
			call := run.New(run.Table(commands), strings.NewReader(""), &out, &talk)
			call.Polled = func(ctx context.Context, cancel context.CancelCauseFunc) context.Context {
				left := new(atomic.Int32)
				left.Store(looks)
				return lookedAt{ctx, left, func() { cancel(run.ErrInterrupted) }}
			}
			status := call.Main([]string{"blocks", "-json", "-p", "2/3,1/3", "-q", "1/3,2/3", "-length", "2", "-k", "1", "-rule", rule, "-tolerance", tolerance})
			var object struct {
				Verdict, Error, Best string
				Rule                 *struct{ Expected string }
			}
			err := json.Unmarshal(out.Bytes(), &object)
			whole = status != run.ExitInterrupted
			want := map[int]string{run.ExitVerified: "verified", run.ExitRefuted: "refuted", run.ExitInterrupted: "undecided"}[status]
			if err != nil || want == "" || object.Verdict != want || whole != (object.Error == "") {
				t.Fatalf("-tolerance %s, at look %d: status %d, %v, it prints\n%s%s", tolerance, looks, status, err, &out, &talk)
			}
			switch {
			case whole:
			case object.Best == "":
				partly["nothing"]++
			case object.Rule == nil:
				if partly["best"]++; object.Error != "interrupted\nthe rule is not tested" {
					t.Errorf("at look %d the error is %q", looks, object.Error)
				}
			default:
				partly["rule"]++
			}
		}
		if partly["nothing"] == 0 || partly["best"] == 0 || partly["rule"] == 0 {
			t.Errorf("-tolerance %s: interrupted with %v known", tolerance, partly)
		}
	}
}

// The object has the verdict of the whole run, with what is known: also where the certificate is interrupted.
func TestVerdictOfInterruptedCertificates(t *testing.T) {
	file, between := filepath.Join(t.TempDir(), "c.json"), 0
	for looks, whole := int32(1), false; !whole && looks < 400; looks++ {
		var out, talk bytes.Buffer
		call := run.New(run.Table(commands), strings.NewReader(""), &out, &talk)
		call.Polled = func(ctx context.Context, cancel context.CancelCauseFunc) context.Context {
			left := new(atomic.Int32)
			left.Store(looks)
			return lookedAt{ctx, left, func() { cancel(run.ErrInterrupted) }}
		}
		status := call.Main([]string{"blocks", "-json", "-p", "2/3,1/3", "-q", "1/3,2/3", "-length", "2", "-certificate", file})
		var object struct{ Verdict, Error, Best string }
		err := json.Unmarshal(out.Bytes(), &object)
		whole = status == run.ExitVerified
		want := map[int]string{run.ExitVerified: "solved", run.ExitInterrupted: "undecided"}[status]
		if err != nil || want == "" || object.Verdict != want || whole != (object.Error == "") {
			t.Fatalf("at look %d: status %d, %v, it prints\n%s%s", looks, status, err, &out, &talk)
		}
		if object.Error == "interrupted" && object.Best == "11/9" {
			between++
		}
	}
	if between == 0 {
		t.Error("never interrupted in the certificate")
	}
	nowhere := filepath.Join(t.TempDir(), "nowhere", "c.json")
	expect(t, run.ExitUsage, []string{"blocks", "-json", "-p", "2/3,1/3", "-q", "1/3,2/3", "-length", "2", "-certificate", nowhere}, `"verdict": "solved"`, `"best": "11/9"`)
}

// A rule of rounded values that add up to a little more than what is drafted is tested once they are made less.
func TestRuleNormalize(t *testing.T) {
	call := func(rule string, args ...string) []string {
		return append([]string{"blocks", "-p", "2/3,1/3", "-q", "1/3,2/3", "-length", "1", "-rule", rule}, args...)
	}
	rounded := reach(t, "[[1]] [1] 0.33333334", "[[2]] [2] 0.33333334")
	expect(t, run.ExitRefuted, call(rounded, "-tolerance", "1e-6"), "lossless: NO, nested_2_: 16666667/50000000 is more than 1/3\n",
		"none, as these are not the probabilities of a rule; -normalize makes them those of one\n")
	const told = "1 sum of values of the rule, the largest 50000001/50000000 times what it is part of"
	expect(t, run.ExitVerified, call(rounded, "-tolerance", "1e-6", "-normalize"), "normalised: "+told+"\n", "accepted by the rule: 100000001/150000000 ", "lossless: within 1/1000000, not exactly\n")
	expect(t, run.ExitVerified, call(rounded, "-tolerance", "1e-6", "-normalize", "-json"), `"normalised": [
    "`+told+`"
  ]`, `"within_tolerance": true`)
	expect(t, run.ExitRefuted, call(rounded, "-normalize"), "lossless: NO, lossless_1: ", "total variation from the target: about 6.66667e-9\n")
	// Not of what rounding does not explain, or would not help.
	far := reach(t, "[[1]] [1] 0.667334", "[[2]] [2] 1/3") // by 1.001001
	expect(t, run.ExitUsage, call(far, "-normalize"), "2>what the rule accepts, as a part of what is drafted or accepted before, sums to 1001001/1000000, which is off by more than 1/1000")
	for _, rule := range []string{far, reach(t, "[[1]] [1] 0.66666667", "[[2]] [2] -1/3")} {
		if text := expect(t, run.ExitRefuted, call(rule), "not the probabilities of a rule\n"); strings.Contains(text, "-normalize") {
			t.Errorf("%s", text)
		}
	}
	// A file that names no values is more likely a slip than a rule that accepts nothing.
	for _, empty := range []string{`{}`, `{"reach": 1}`} {
		expect(t, run.ExitUsage, call(write(t, "rule.json", empty)), "2>rule.json:1: ")
	}
	expect(t, run.ExitVerified, call(write(t, "rule.json", `{"reach": []}`)), "accepted by the rule: 0\n", "lossless: yes")
}

// Without its program one path has the closed form, and what there is not is told.
func TestOnePathWithoutItsProgram(t *testing.T) {
	call := []string{"blocks", "-p", "1/2,1/2", "-q", "1/2,1/2", "-length"}
	file := filepath.Join(t.TempDir(), "c.json")
	expect(t, run.ExitVerified, append(call, "6", "-certificate", file), "the largest: 6\n")
	rule := reach(t, "[[1]] [1] 1/2")
	expect(t, run.ExitUndecided, append(call, "11", "-certificate", file, "-rule", rule), "the largest: 11\n",
		"2>1 path of 11 tokens over n = 2: a program of more than 20000 variables: the rule is not tested, no certificate is written\n")
	expect(t, run.ExitUndecided, append(call, "16", "-certificate", file, "-json"), `"verdict": "undecided"`, `"best": "16"`, "2>1 path of 16 tokens over n = 2 may be drafted in too many ways for a program: no certificate")
}

func TestRuleToleranceRefuses(t *testing.T) {
	call := []string{"blocks", "-p", "2/3,1/3", "-q", "1/3,2/3", "-length", "2"}
	expect(t, run.ExitUsage, append(call, "-tolerance", "0.1"), "2>-tolerance has no effect without -rule")
	for _, bad := range []string{"1", "-1/2", "x"} {
		expect(t, run.ExitUsage, append(call, "-rule", reach(t, "[[1,1]] [1] 1/9"), "-tolerance", bad), "2>-tolerance")
	}
	// More of (1,1) than of (1): no tolerance makes a rule of it.
	none := reach(t, "[[1,1]] [1,1] 1/9")
	expect(t, run.ExitRefuted, append(call, "-rule", none, "-tolerance", "0.9"), "lossless: NO, nested_1_1: 1/9 is more than 0\n", "total variation from the target: none, as these are not the probabilities of a rule\n")
	if text := expect(t, run.ExitRefuted, append(call, "-rule", none, "-tolerance", "0.9", "-json"), `"verdict": "refuted"`); strings.Contains(text, "deviation") {
		t.Errorf("no rule, but\n%s", text)
	}
}
