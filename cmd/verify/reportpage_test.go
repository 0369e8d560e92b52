package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"pstar/cmd/verify/internal/run"
)

// reported is what a page and the object of -json must agree on.
type reported struct {
	Verdict string
	Counts  map[string]int
	Missing int
	Rows    [][]string // task, verdict, processor, clock, memory, bytes
}

// The page in a browser: no error, nothing loaded, the numbers of -json, sorting, and a
// layout that fits a telephone; without script it says the same.
func TestReportPage(t *testing.T) {
	t.Parallel()
	b := openBrowser(t)
	dir := t.TempDir()
	state, page := filepath.Join(dir, "state"), filepath.Join(dir, "report.html")
	expect(t, run.ExitRefuted, words("-k 2..3 -n 2..6 -instances 1 -exponent 2 -shard 1/2 -certificate "+dir+"/c -state "+state))
	if status, _, stderr := verify("report", state, "-o", page); status != run.ExitRefuted {
		t.Fatalf("status %d\n%s", status, stderr)
	}
	want := reportedObject(t, state)
	for _, script := range []bool{true, false} {
		b.ask("Emulation.setScriptExecutionDisabled", map[string]any{"value": !script}, nil)
		b.open(page)
		var text string
		b.eval(readPage, &text)
		var got reported
		if err := json.Unmarshal([]byte(text), &got); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("with script %v the page differs from -json\n%s", script, diff)
		}
	}
	b.ask("Emulation.setScriptExecutionDisabled", map[string]any{"value": false}, nil)
	b.open(page)
	var loaded int
	if b.eval("performance.getEntriesByType('resource').length", &loaded); loaded != 0 {
		t.Errorf("the page loads %d files", loaded)
	}
	const times = "[...document.querySelectorAll('#tasks tbody tr td:nth-child(5)')].map(c => +c.dataset.v)"
	var sorted bool
	b.eval("document.querySelector('#tasks th:nth-child(5)').click(), "+times+".every((v, i, a) => !i || a[i-1] <= v)", &sorted)
	if !sorted {
		t.Error("a click on the head of a column does not sort by it")
	}
	var link string
	b.eval("document.querySelector('#tasks a[href$=\".json.gz\"]').getAttribute('href')", &link)
	if status, out, _ := verify("check", filepath.Join(dir, link)); status != run.ExitVerified {
		t.Errorf("the certificate %s, to which the page leads: status %d, %s", link, status, out)
	}
	// Which claims hold, and by what, is on the screen of a telephone, whole.
	b.size(400, 800, "light")
	var hidden int
	b.eval("[...document.querySelectorAll('#claims .wide')].reduce((n, e) => n + e.scrollWidth - e.clientWidth, 0)", &hidden)
	var by string
	if b.eval("document.querySelector('#claims .by').textContent", &by); hidden > 0 || !strings.Contains(by, "max-flow") {
		t.Errorf("of the claims %d pixels are out of sight; they are settled %q", hidden, by)
	}
	b.looks("report", 1800)
	b.noErrors()
	for _, part := range []string{"http://", "https://", "src="} { // of the chart, a name
		if text := strings.ReplaceAll(contents(t, page), "http://www.w3.org/2000/svg", ""); strings.Contains(text, part) {
			t.Errorf("the page has %q in it", part)
		}
	}
}

// The picture of a report in the documentation, of a small grid.
func TestReportPicture(t *testing.T) {
	t.Parallel()
	b := openBrowser(t)
	dir := t.TempDir()
	state, page := filepath.Join(dir, "run"), filepath.Join(dir, "report.html")
	grid := "-k 2..5 -n 2..9"
	if os.Getenv("PICTURES") == "" {
		grid = "-k 2..5 -n 2..3 -instances 1"
	}
	expect(t, run.ExitVerified, words(grid+" -certificate "+dir+"/c -state "+state))
	expect(t, run.ExitVerified, []string{"report", state, "-o", page})
	b.open(page)
	b.picture("report", 1000, 1240)
	b.noErrors()
}

// readPage is what the page says, read out of its tables.
const readPage = `JSON.stringify({
  Verdict: document.querySelector(".verdict strong").textContent,
  Counts: Object.fromEntries([..."refuted undecided missing verified".split(" ")].map(w =>
    [w, +((document.querySelector(".verdict").textContent.match(new RegExp("(\\d+) " + w)) || [0, 0])[1])])),
  Missing: document.querySelectorAll("#missing").length && document.querySelector("#missing p").textContent.split(", ").length,
  Rows: [...document.querySelectorAll("#tasks > div > table > tbody > tr")].map(r => [r.cells[0].textContent, r.cells[1].textContent,
    ...[...r.cells].slice(3).map(c => c.dataset.v)])})`

func reportedObject(t *testing.T, state string) (want reported) {
	t.Helper()
	_, out, _ := verify("report", "-json", state)
	var o struct {
		Verdict string
		Counts  map[string]int
		Missing []string
		Items   []struct {
			Title, Verdict string
			Run            struct {
				Processor    int64 `json:"processor_milliseconds"`
				Milliseconds int64
				Memory       int64 `json:"memory_mib"`
			}
			Certificate struct{ Bytes int64 }
		}
	}
	if err := json.Unmarshal([]byte(out), &o); err != nil {
		t.Fatal(err)
	}
	want = reported{Verdict: o.Verdict, Counts: o.Counts, Missing: len(o.Missing)}
	if want.Missing < 3 || want.Counts["refuted"] == 0 || want.Counts["verified"] == 0 {
		t.Fatalf("the report has too little to show: %v", o.Counts)
	}
	for _, x := range o.Items {
		want.Rows = append(want.Rows, []string{x.Title, x.Verdict, fmt.Sprint(x.Run.Processor), fmt.Sprint(x.Run.Milliseconds), fmt.Sprint(x.Run.Memory), fmt.Sprint(x.Certificate.Bytes)})
	}
	return want
}

// An object of a run that was stopped, or that could not do all that was asked for, is no
// report of success, although all that is in it is verified. Tasks of files have no numbers
// that a scheduler could be given, and do not count among those of a folder.
func TestReportOfStoppedRuns(t *testing.T) {
	_, out, _ := verify(words("-k 2 -n 2..3 -instances 0 -method identity -json")...)
	stopped := write(t, "stopped.json", strings.Replace(strings.Replace(out, `"verdict": "verified"`, `"verdict": "undecided"`, 1), `"cells_asked": 2`, `"cells_asked": 4`, 1))
	text := expect(t, run.ExitUndecided, []string{"report", stopped}, "4 tasks: 2 missing, 2 verified", "missing: "+stopped+"-3 "+stopped+"-4\n", "verdict: undecided")
	if strings.Contains(text, "--array") {
		t.Errorf("an array of unknown tasks:\n%s", text)
	}
	without := write(t, "without.json", strings.Replace(out, `"verdict": "verified"`, `"verdict": "certificates missing"`, 1))
	expect(t, run.ExitUndecided, []string{"report", without}, "3 tasks: 1 undecided, 2 verified", "undecided: without.json: certificates missing")
	endless := write(t, "endless.json", strings.Replace(out, `"cells_asked": 2`, `"cells_asked": 2000000000`, 1))
	expect(t, run.ExitUsage, []string{"report", endless}, "2>cells_asked is 2000000000, expected at most 1000000")

	state := filepath.Join(t.TempDir(), "state")
	expect(t, run.ExitVerified, words("-k 2 -n 2..4 -instances 0 -method identity -shard 1/3 -state "+state))
	expect(t, run.ExitUndecided, []string{"report", state, stopped}, "7 tasks: 4 missing, 3 verified", "--array=2-3, with -shard slurm/3\n")
}

// Titles of theorem files are long, and have words that fit no line: the page breaks them, and
// has a row for each claim of a file, none of which is taken for another.
func TestReportOfLongTitles(t *testing.T) {
	t.Parallel()
	b := openBrowser(t)
	title := "a title " + strings.Repeat("WithoutASpace", 10)
	file := write(t, "long.thm", "theorem \""+title+"\"\nparam a >= 0\nparam b >= 0\nclaim a + b >= 0\nclaim a - b >= 0\n")
	dir := t.TempDir()
	state, page := filepath.Join(dir, "state"), filepath.Join(dir, "report.html")
	expect(t, run.ExitRefuted, []string{"prove", "-state", state, file})
	expect(t, run.ExitRefuted, []string{"report", state, "-o", page})
	b.open(page)
	b.looks("report-long", 900)
	var rows []string
	b.eval("[...document.querySelectorAll('#claims tbody tr')].map(r => [...r.cells].slice(1).map(c => c.textContent).join(' '))", &rows)
	if diff := cmp.Diff([]string{"0 1 a + b >= 0", "1 0 a - b >= 0"}, rows); diff != "" {
		t.Errorf("claims of the page\n%s", diff)
	}
	b.noErrors()
}

// Every status that a claim can have is counted in the table of claims: those of what a
// theorem file asks for, and of what speaks of nothing, too.
func TestReportCountsEveryStatus(t *testing.T) {
	found := write(t, "found.thm", "param a\nvar x >= 0\ns.t. r: x <= a\nfind feasible\n")
	vacuous := write(t, "vacuous.thm", "param a\nassume a > 0\nassume a < 0\nclaim a = 0\n")
	state := filepath.Join(t.TempDir(), "state")
	expect(t, run.ExitUndecided, []string{"prove", "-state", state, found, vacuous}, "find feasible: found", "vacuous")
	page := filepath.Join(t.TempDir(), "page.html")
	expect(t, run.ExitUndecided, []string{"report", state, "-o", page}, "2 tasks: 1 undecided, 1 verified")
	text := contents(t, page)
	for _, status := range []string{"found", "vacuous"} {
		if !strings.Contains(text, `<th class="n">`+status+`</th>`) {
			t.Errorf("claims that are %s are not counted", status)
		}
	}
	if n := strings.Count(text, `data-v="1">1</td>`); n != 2 {
		t.Errorf("%d claims are counted, want two", n)
	}
}

// Of a statement that has other numbers in other tasks it is said which task has these: for three drafts p(S)^2 is not what is proved.
func TestReportSaysWhoseStatementItIs(t *testing.T) {
	for args, want := range map[string]int{"-k 2..3 -n 2 -instances 0": 2, "-k 2 -n 2..3 -instances 0": 0} {
		state, page := filepath.Join(t.TempDir(), "state"), filepath.Join(t.TempDir(), "page.html")
		expect(t, run.ExitVerified, words(args+" -state "+state))
		expect(t, run.ExitVerified, []string{"report", state, "-o", page})
		text := contents(t, page)
		if !strings.Contains(text, "q(S) ≥ p(S)^2") {
			t.Errorf("%s: the page does not say what is proved", args)
		}
		if n := strings.Count(text, "p(S)^2<span class=\"by\">so of K = 2, n = 2, and of each other task with its own numbers</span>"); n != want {
			t.Errorf("%s: of %d statements it is said whose they are, want %d", args, n, want)
		}
	}
}

// Of files of -json, of runs of any command, a page is made too; what is in them is text.
func TestReportOfFiles(t *testing.T) {
	dir := t.TempDir()
	var paths []string
	for i, command := range []string{"-k 2 -n 3 -instances 1 -json", "-k 2 -n 2..3 -instances 1 -json", "prove -json ../../fixtures/theorems/md-t3-false.thm",
		"lp -json ../../fixtures/lp/contradiction.lp ../../fixtures/lp/diet.lp"} {
		_, out, _ := verify(words(command)...)
		paths = append(paths, filepath.Join(dir, fmt.Sprint(i, ".json")))
		replaceText(t, paths[i], out)
	}
	evil := filepath.Join(dir, "evil.json")
	replaceText(t, evil, `{"verdict": "refuted", "command": "prove", "version": "1", "claims": [{"tag": "<script>alert(1)</script>", "status": "refuted", "statement": "</pre><img src=x>"}]}`)
	page := filepath.Join(dir, "page.html")
	expect(t, run.ExitRefuted, append([]string{"report", "-o", page}, append(paths, evil)...), "verify; verify prove; verify lp\n", "7 tasks: 2 refuted, 3 verified, 2 done")
	text := contents(t, page)
	for _, part := range []string{"<script>alert", "<img"} {
		if strings.Contains(text, part) {
			t.Errorf("%q of a file is in the page as it is", part)
		}
	}
	for _, part := range []string{"MD-T3", "K = 2, n = 3", "Counterexamples"} {
		if !strings.Contains(text, part) {
			t.Errorf("%q is not in the page", part)
		}
	}
	if info, err := os.Stat(page); err != nil || info.Size() < 5000 {
		t.Error("there is no page")
	}
}
