package instances_test

import (
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"

	"pstar/cmd/verify/internal/run"
	"pstar/theorems/multidraft/scheme"
)

const thirds = "-k 2 -p 1/3,1/3,1/3 -q 1/3,0,2/3"

func TestScheme(t *testing.T) {
	const five = "-k 3 -p 62/125,17/125,151/1000,1/125,209/1000 -q 37/250,21/500,149/200,1/20,3/200"
	for _, c := range []struct {
		args  string
		texts []string
	}{
		{"specinfer " + thirds, []string{"acceptance: 7/9 ≈", "P*(acc) for these drafts: 8/9", "gap to P*: 1/9", "token 3: 2/3", "lossless: yes"}},
		{"spectr " + thirds, []string{"γ* at least: ", "acceptance: between 0.811419515303554 and 0.811419515303555\n"}},
		{"spectr -k 2 -p 1/3,1/3,1/3 -q 1/3,1/4,5/12", []string{"γ = ", "acceptance: 35/36 ≈ 0.9722222222\n"}},
		{"spectr -gamma 3/2 " + thirds, []string{"γ = 3/2\n", "lossless: yes"}},
		{"specinfer -k 2 -p 373/1000,29/50,47/1000 -q 309/500,177/500,7/250", []string{"acceptance: 169277/200000"}},
		{"specinfer -k 3 " + instanceFixtures + "named-tokens.csv", []string{"acceptance: 207227133/250000000", "output law, token an: 407/1000"}},
		{"specinfer-without-replacement " + five, []string{"law of the drafts: without-replacement", "acceptance: 76025810217187/101241861840000", "4440878158613/5062093092000"}},
		{"greedy " + five, []string{"law of the drafts: joint", "T = {1,5}\n", "gap to P*: 0\n"}},
		{"truncated-lp -size 1 " + thirds, []string{"|Ω_1| = 1\n"}},
		{"truncated-lp " + instanceFixtures + "independent.csv", []string{"lossless: yes"}},
		{"truncated-alphabet-is -alphabet 1,3 " + thirds, []string{"Ω_0 = {1,3}\n"}},
		{"hybrid -baseline spectr -few 1 " + thirds, []string{"branch: spectr\n"}},
		{"truncated-alphabet-is -alphabet 3,1 " + thirds, []string{"Ω_0 = {1,3}\n"}},
		{"hybrid -baseline spectr -few 1 -gamma 5 " + thirds, []string{"γ = 5\n", "lossless: yes"}},
		{"spectr -gamma 100 " + thirds, []string{"γ = 100\n", "lossless: yes"}},
		{"specinfer -simulate 500 -seed 7 " + thirds, []string{"simulation: 500 draws, seed 7\n", "frequencies fit: yes"}},
	} {
		expect(t, run.ExitVerified, append([]string{"scheme"}, words(c.args)...), c.texts...)
	}
}

// A γ below γ* is exact too: the law of the output is another one than q.
func TestSchemeNotLossless(t *testing.T) {
	expect(t, run.ExitRefuted, words("scheme spectr -gamma 1 "+thirds), "γ = 1\n", "residual: (q - accepted)^+ normalised",
		"acceptance: 8/9 ", "lossless: NO, token 1 has probability ")
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

// A comparison that is stopped has a row for every scheme, and says which were not reached.
func TestSchemeCompareStops(t *testing.T) {
	const stopped = ": undecided: not evaluated before the run was stopped\n"
	between := 0
	for looks := int32(1); looks < 60; looks++ {
		var out, talk bytes.Buffer
		c := run.New(run.Table(commands), strings.NewReader(""), &out, &talk)
		cause := errors.New("enough")
		c.Polled = func(ctx context.Context, cancel context.CancelCauseFunc) context.Context {
			left := new(atomic.Int32)
			left.Store(looks)
			return lookedAt{ctx, left, func() { cancel(cause) }}
		}
		err := c.Dispatch(append([]string{"scheme", "-compare"}, words(thirds)...))
		if !strings.Contains(out.String(), stopped) {
			continue // in the reading, or not at all
		}
		if !errors.Is(err, cause) {
			t.Errorf("it ends with %v", err)
		}
		for _, scheme := range scheme.All() {
			if text := "\n" + out.String(); !strings.Contains(text, "\n"+scheme.Name+stopped) && !strings.Contains(text, "\n"+scheme.Name+" ") {
				t.Errorf("of %s it says nothing in\n%s", scheme.Name, out.String())
			}
		}
		if strings.Contains(out.String(), "\nss ") {
			between++
		}
	}
	if between == 0 {
		t.Error("it never ended between two schemes")
	}
}

// Who asks for objects gets one of an interrupted command, whenever that comes, with the verdict that its exit status has.
func TestInterruptedObjects(t *testing.T) {
	none := write(t, "none.json", `{"beta": [{"set": [1], "choose": [[1, 2]]}, {"set": [2], "choose": [[2, 1]]}, {"set": [3], "choose": [[3, 1]]},
		{"set": [1, 2], "choose": [[2, 1]]}, {"set": [1, 3], "choose": [[3, 1]]}, {"set": [2, 3], "choose": [[3, 1]]}]}`)
	classes := write(t, "classes.json", `{"k": 2, "n": 3, "classes": 1, "levels": [{"ratio": 1, "class": [[1, "1/2"]]}]}`)
	// The last ones are refuted, where they come to an end.
	for _, command := range []string{"pstar -k 2", "pstar -k 1..3", "scheme ss -k 2", "scheme -compare -k 2",
		"scheme spectr -gamma 1 -k 2", "scheme -compare -gamma 1 -k 2", "scheme user " + none + " -k 2", "scheme user " + classes + " -k 2"} {
		args := append(words(command+" -json"), strings.Fields(thirds)[2:]...)
		ends := 0
		for looks := int32(1); looks < 60; looks++ {
			var out, talk bytes.Buffer
			c := run.New(run.Table(commands), strings.NewReader(""), &out, &talk)
			c.Polled = func(ctx context.Context, cancel context.CancelCauseFunc) context.Context {
				left := new(atomic.Int32)
				left.Store(looks)
				return lookedAt{ctx, left, func() { cancel(run.ErrInterrupted) }}
			}
			status := c.Main(args)
			var object struct{ Verdict string }
			if status == run.ExitRefuted {
				if err := json.Unmarshal(out.Bytes(), &object); err != nil || object.Verdict != "refuted" {
					t.Errorf("%s, at look %d: status %d, %v, it prints\n%s%s", command, looks, status, err, out.String(), talk.String())
				}
			}
			if status != run.ExitInterrupted {
				continue // it had ended before
			}
			ends++
			// Lists of nothing are lists.
			if strings.Contains(out.String(), "null") && strings.Contains(command, "-compare") {
				t.Errorf("%s, at look %d: it prints\n%s", command, looks, out.String())
			}
			if err := json.Unmarshal(out.Bytes(), &object); err != nil || object.Verdict != "undecided" || !strings.HasSuffix(talk.String(), "verify: interrupted\n") {
				t.Errorf("%s, at look %d: %v, it prints\n%s%s", command, looks, err, out.String(), talk.String())
			}
		}
		if ends == 0 {
			t.Errorf("%s was never interrupted", command)
		}
	}
}

func TestSchemeCompare(t *testing.T) {
	args := append([]string{"scheme", "-compare"}, words(thirds)...)
	text := expect(t, run.ExitVerified, args, "scheme ", "7/9", "enclosed")
	for _, scheme := range scheme.All() {
		if !strings.Contains(text, "\n"+scheme.Name+" ") {
			t.Errorf("no line for %s", scheme.Name)
		}
	}
	table, err := csv.NewReader(strings.NewReader(expect(t, run.ExitVerified, append(args, "-csv")))).ReadAll()
	if err != nil || len(table) != 1+len(scheme.All()) || len(table[0]) != 10 {
		t.Errorf("CSV of %d lines, error %v", len(table), err)
	}
	var object struct {
		Schemes []struct {
			Scheme     string
			Acceptance struct{ Value string }
		}
	}
	if err := json.Unmarshal([]byte(expect(t, run.ExitVerified, append(args, "-json"))), &object); err != nil {
		t.Fatal(err)
	}
	for _, s := range object.Schemes {
		if s.Scheme == scheme.Recursive && s.Acceptance.Value != "7/9" {
			t.Errorf("specinfer accepts %v", s.Acceptance)
		}
	}
	// With three drafts the programs for two are not defined, and that is told.
	const three = " -compare -k 3 -p 1/3,1/3,1/3 -q 1/3,0,2/3"
	expect(t, run.ExitVerified, words("scheme"+three), "\ntruncated-lp: not defined: it is for K = 2, not K = 3")
	expect(t, run.ExitVerified, words("scheme -csv"+three), "\ntruncated-lp,,,,,,,,,\"not defined: it is for K = 2, not K = 3 (see multi-stage)\"\n")
	expect(t, run.ExitVerified, words("scheme -json"+three), `"truncated-lp",`, `"not defined: it is for K = 2`)
	expect(t, run.ExitVerified, words("scheme -compare -k 2 -p 1,0 -q 1/3,2/3"), "\ngreedy: not defined: p gives positive probability to 1 tokens")
	// A wrong option is an error of the user, whichever scheme it is for.
	for _, c := range []struct{ args, want string }{
		{"-size 4", "-size: |Ω_1| = 4, want 1..3"},
		{"-alphabet 4", "-alphabet: token 4 of Ω_0, want 1..3"},
		{"-baseline ss", `-baseline: "ss", want specinfer or spectr`},
		{"-bits 5000", "-bits: 5000 binary digits"},
	} {
		expect(t, run.ExitUsage, words("scheme -compare "+c.args+" "+thirds), "2>"+c.want)
	}
	expect(t, run.ExitVerified, words("scheme -compare -alphabet 2 "+thirds), "\ntruncated-alphabet-md: not defined: q(Ω_0) = 0")
	// A scheme that is not lossless is a refutation, and one that the instance is too
	// large for leaves something undecided.
	expect(t, run.ExitRefuted, words("scheme -compare -gamma 1 "+thirds), "spectr ", "no ")
	many := write(t, "many.csv", "token,p,q\n"+manyTokens(300))
	expect(t, run.ExitUndecided, []string{"scheme", "-compare", "-k", "9", "-weights", many}, "specinfer-without-replacement: undecided: 300 tokens")
}

// manyTokens are rows of a table with equal weights.
func manyTokens(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "%d,1,1\n", i+1)
	}
	return b.String()
}

func TestSchemeErrors(t *testing.T) {
	for _, c := range []struct{ args, want string }{
		{"", "which scheme?"},
		{"best " + thirds, `unknown scheme "best"`},
		{"user", "needs the file of the rule"},
		{"user nowhere.json " + thirds, "cannot read nowhere.json"},
		{"spectr -gamma x " + thirds, "-gamma"},
		{"is -alphabet 1,x " + thirds, "-alphabet"},
		{"is -csv " + thirds, "-csv goes with -compare"},
		{"-compare ss " + thirds, "-compare evaluates all schemes, and takes no name: ss"},
		{"-compare -simulate 5 " + thirds, "-simulate draws from one scheme"},
		{"is -simulate -5 " + thirds, "-simulate -5"},
		{"is -simulate 0 " + thirds, "-simulate 0"},
		{"is -seed 2 " + thirds, "-seed has no effect without -simulate"},
		{"spectr " + instanceFixtures + "independent.csv", "scheme spectr is not defined: it is for drafts that are iid, not independent"},
		{"truncated-lp -k 3 -p 1/3,1/3,1/3 -q 1/3,0,2/3", "for K = 2"},
		{"greedy -k 2 -p 1,0 -q 1/3,2/3", "scheme greedy is not defined: p gives"},
		{"is -size 2 " + thirds, "-size has no effect here: it is for truncated-lp, truncated-lp-half, multi-stage"},
		{"hybrid -gamma 2 " + thirds, "-gamma has no effect here: it is for hybrid -baseline spectr, spectr"},
		{"user rule.json -bits 2 " + thirds, "-bits has no effect here"},
		{"spectr -gamma 2 -bits 9 " + thirds, "-bits has no effect with -gamma"},
		{"truncated-alphabet-md -alphabet 1 -top 9 " + thirds, "-top has no effect with -alphabet"},
		{"truncated-lp -size 4 " + thirds, "-size: |Ω_1| = 4, want 1..3"},
		{"truncated-lp -size 0 " + thirds, "-size 0: want at least 1"},
		{"truncated-alphabet-is -top -1 " + thirds, "-top -1: want at least 1"},
		{"truncated-alphabet-is -alphabet 1,1 " + thirds, "-alphabet: token 1 of Ω_0 is listed twice"},
		{"hybrid -few -1 " + thirds, "-few -1: want at least 1"},
		{"hybrid -baseline none " + thirds, `-baseline: "none", want specinfer or spectr`},
		{"spectr -gamma 0 " + thirds, "-gamma: γ = 0, want a positive number"},
		{"spectr -gamma -1/2 " + thirds, "-gamma: γ = -1/2, want a positive number"},
		{"specinfer-without-replacement -within 0 " + thirds, "-within 0: expected a positive number up to 1"},
		{"specinfer -within 1e-60000 " + thirds, `-within: cannot read "1e-60000": expected an exponent of at most 4096 in absolute value`},
		{"user rule.json -tolerance 1e-60000 " + thirds, `-tolerance: cannot read "1e-60000": expected an exponent of at most 4096 in absolute value`},
		{"user rule.json -within 1e-3 " + thirds, "-within has no effect here: it is for the schemes that have a name"},
		{"spectr -bits 4097 " + thirds, "-bits: 4097 binary digits of γ*, want 1..4096"},
	} {
		expect(t, run.ExitUsage, append([]string{"scheme"}, words(c.args)...), "2>"+c.want)
	}
}

// A user's rule with one weight changed is reported, with status 1.
func TestSchemeUser(t *testing.T) {
	rule := filepath.Join(t.TempDir(), "rule.json")
	expect(t, run.ExitVerified, append([]string{"pstar", "-write-rule", rule}, words(thirds)...))
	data, err := os.ReadFile(rule)
	if err != nil {
		t.Fatal(err)
	}
	user := func(text string) []string {
		return append([]string{"scheme", "user", write(t, "r.json", text)}, words(thirds)...)
	}
	changed := strings.Replace(string(data), `{"set":[1,3],"choose":[[3,"1"]]}`, `{"set":[1,3],"choose":[[1,"1/10"],[3,"9/10"]]}`, 1)
	expect(t, run.ExitRefuted, user(changed), "selection rule: yes", "lossless: NO, token 1 has probability", "optimal: no")
	broken := strings.Replace(string(data), `[[3,"1"]]}`, `[[3,"1/2"]]}`, 1)
	expect(t, run.ExitRefuted, user(broken), "selection rule: NO, row {3} sums to 1/2\nlossless: NO, it is no selection rule")
	expect(t, run.ExitRefuted, append(user(broken), "-json"), `"rule": false`, `"row {3} sums to 1/2"`)
	expect(t, run.ExitVerified, append(user(string(data)), "-simulate", "2000"), "optimal: yes\nsimulation: 2000 draws, seed 1\n", "frequencies fit: yes")
	expect(t, run.ExitVerified, append(user(string(data)), "-simulate", "200", "-json"), `"fits": true`)
	// β alone is completed by speculative sampling, which is lossless by design.
	beta := `{"beta": [{"set": [1], "choose": [[1, 1]]}, {"set": [2], "choose": [[2, 1]]}, {"set": [3], "choose": [[3, 1]]},
		{"set": [1, 2], "choose": [[1, 0.5], [2, 0.5]]}, {"set": [1, 3], "choose": [[3, 1]]}, {"set": [2, 3], "choose": [[3, 1]]}]}`
	expect(t, run.ExitVerified, user(beta), "lossless: yes", "optimal: no")
	// What nothing rejects needs no residual, with a row for drafts that never come either.
	certain := write(t, "certain.json", `{"beta": [{"set": [1], "choose": [[1, 1]]}, {"set": [2], "choose": [[2, 1]]}]}`)
	expect(t, run.ExitVerified, []string{"scheme", "user", certain, "-k", "1", "-p", "1,0", "-q", "1,0"}, "lossless: yes", "optimal: yes")
	// The law of the output for each word.
	law := `{"rule": [{"word": [1, 1], "choose": [[1, 1]]}]}`
	expect(t, run.ExitUsage, user(law), "2>no row for the drafts (1,2)")
	for _, c := range []struct{ text, want string }{
		{`{}`, `expected "beta", "rule" or "levels"`},
		{`{"beta": [], "rule": []}`, `there is "beta" already`},
		{`{"beta": [{"set": [1]}]}`, `expected "set" (or "word") and "choose"`},
		{`{"beta": [{"set": [1], "choose": [[1]]}]}`, "expected a pair"},
		{`{"beta": [{"set": [1], "choose": [[4, 1]]}]}`, "row 1: token 4, want 1..3"},
		{`{"rule": [], "accept": [1,1,1], "residual": [1,0,0]}`, `"accept" goes with "beta"`},
		{`{"beta": [], "accept": [1,1,1]}`, "go together"},
		{`{"k": 3, "beta": []}`, "the rule is for K = 3, the instance has K = 2"},
		{`{"n": 4, "beta": []}`, "the rule is for n = 4 tokens, the instance has n = 3"},
		{`{"beta": [], "beta": []}`, `member "beta" is there twice`},
	} {
		expect(t, run.ExitUsage, user(c.text), "2>"+c.want)
	}
}

// A rule for an instance that is too large to be gone through is not a wrong file: it is not judged.
func TestRuleOfTooManyDraftsIsUndecided(t *testing.T) {
	law := strings.TrimSuffix(strings.Repeat(`"1/200",`, 200), ",")
	instance := write(t, "instance.json", fmt.Sprintf(`{"k": 3, "p": [%s], "q": [%s]}`, law, law))
	for _, rule := range []string{
		`{"beta": [{"set": [1], "choose": [[1, 1]]}]}`,
		`{"rule": [{"set": [1], "choose": [[1, 1]]}]}`,
	} {
		rule := write(t, "rule.json", rule)
		expect(t, run.ExitUndecided, []string{"scheme", "user", rule, instance}, "2>too many")
		expect(t, run.ExitUndecided, []string{"steps", "-rule", rule, "-schemes", "optimal", instance}, "1,1.000000000000,undecided\n", "steps,1,0\n")
	}
}
