package figures_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"pstar/cmd/verify/internal/run"
)

func TestFigure2(t *testing.T) {
	golden, err := os.ReadFile("../../../../fixtures/figures/figure2.csv")
	if err != nil {
		t.Fatal(err)
	}
	if out := expect(t, run.ExitVerified, words("figure 2 -points 12")); out != string(golden) {
		t.Errorf("figure 2 prints\n%s\nwant\n%s", out, golden)
	}
	dir := t.TempDir()
	for _, name := range []string{"2", "../../../../fixtures/figures/skewed.json"} {
		path := filepath.Join(dir, "figure.svg")
		expect(t, run.ExitVerified, []string{"figure", name, "-points", "10", "-o", path})
		svg, err := os.ReadFile(path)
		if err != nil || !strings.Contains(string(svg), "<svg") || !strings.Contains(string(svg), "SpecInfer") {
			t.Errorf("figure %s: %v\n%.300s", name, err, svg)
		}
	}
	expect(t, run.ExitVerified, words("figure ../../../../fixtures/figures/skewed.json -points 5"), "panel,t,optimal,", ",multi-stage,", "breakpoint_of\n")
}

// No probability above 1 is marked at the axis, also where curves are near 1, or 1 everywhere.
func TestFigureOfCurvesNearOne(t *testing.T) {
	for _, c := range []struct{ from, to, first, last string }{
		{"1/4", "1/3", "0.90", "1.00"},
		{"1/12", "1/3", "0.90", "1.00"},
		{"0", "1/3", "0.80", "1.00"},
	} {
		path := filepath.Join(t.TempDir(), "f.svg")
		family := write(t, "f.json", `{"k": 2, "from": "`+c.from+`", "to": "`+c.to+`", "p": ["1/3", "1/3", "1/3"], "q": ["1/3", "t", "2/3 - t"], "curves": ["optimal"]}`)
		expect(t, run.ExitVerified, []string{"figure", family, "-o", path})
		svg, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		var labels []string
		for _, part := range strings.Split(string(svg), `text-anchor="end">`)[1:] {
			label, _, _ := strings.Cut(part, "<")
			labels = append(labels, label)
		}
		if len(labels) < 2 || labels[0] != c.first || labels[len(labels)-1] != c.last {
			t.Errorf("from %s to %s the axis has %v, want %s to %s", c.from, c.to, labels, c.first, c.last)
		}
	}
}

// Panels with the same columns make one table.
func TestFigureHeader(t *testing.T) {
	if out := expect(t, run.ExitVerified, words("figure 2 -points 1")); strings.Count(out, "panel,") != 1 || strings.Count(out, "\n2,") < 2 {
		t.Errorf("want one header and both panels:\n%s", out)
	}
}

func TestFigureErrors(t *testing.T) {
	for _, c := range []struct{ args, want string }{
		{"figure", "which figure?"},
		{"figure 3", `unknown figure "3"`},
		{"figure 2 -width 5in", "-width has no effect with a table"},
		{"figure 2 -width 5in -o x.csv", "-width has no effect with a table"},
		{"figure 2 -json", "-json has no effect without -o FILE"},
		{"figure 2 -json -o -", "-json has no effect without -o FILE"},
		{"figure 2 -o x.eps", "expected a name that ends in .svg, .pdf or .csv"},
		{"figure 2 -points 0", "-points 0"},
		{"figure nowhere.json", "cannot read nowhere.json"},
	} {
		expect(t, run.ExitUsage, words(c.args), "2>"+c.want)
	}
	for _, c := range []struct{ text, want string }{
		{`{}`, `expected at least "k", "p" and "q"`},
		{`{"k": 2, "p": [1, 0], "q": ["t", "1 - 2*t"]}`, "at t = 1: q_2 = -1 is negative"},
		{`{"k": 2, "p": [1, 0], "q": ["t", "1 - s"]}`, "is no sum of numbers and multiples of t"},
		{`{"k": 2, "p": [1, 0], "q": ["t", "1 -"]}`, "cannot read"},
		{`{"k": 2, "p": [1, 0], "q": ["t", "1-t"], "curves": ["best"]}`, `unknown scheme "best", want one of ss, `},
		{`{"k": 2, "p": [1, 0], "q": ["t", "1-t"], "curves": ["P*"]}`, `greedy, or optimal for P*`},
		{`{"k": 2, "p": [1, 0], "q": ["t", "1-t"], "from": 1}`, "want an interval"},
		{`{"k": 4097, "p": [1, 0], "q": ["t", "1-t"]}`, "4097 drafts, want at most 4096 for exact curves"},
		{`{"k": 3, "p": [1, 0], "q": ["t", "1-t"], "curves": ["truncated-lp"]}`, "at t = 0: scheme truncated-lp is not defined: it is for K = 2"},
		{`{"k": 2, "p": [1, 0], "q": ["t", "1-t"], "k": 2}`, `f.json:1: member "k" is there twice`},
		{`{"panels": []}`, `panels: expected at least one panel`},
		{`{"k": 2, "p": [1, 0], "q": ["t", "1-t"], "curves": []}`, `curves: expected at least one curve`},
	} {
		expect(t, run.ExitUsage, []string{"figure", write(t, "f.json", c.text)}, "2>"+c.want)
	}
}
