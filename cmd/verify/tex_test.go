package main

import (
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"pstar/cmd/verify/internal/run"
)

// The texts of -tex have no sign that LaTeX does not know, and compile where it is installed.
func TestTeXOfFamilies(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	document := "\\documentclass{article}\n\\usepackage{amsmath,amssymb}\n\\begin{document}\n"
	for name, command := range map[string]string{
		"cell": "-k 3 -n 4", "false": "-k 3 -n 3 -exponent 2", "crs": "crs -n 5 -rho 1", "upto": "crs -upto 9",
		"knapsack": "knapsack ../../fixtures/contention/knapsack.json", "ration": "ration ../../fixtures/contention/pantry.json",
	} {
		path := filepath.Join(dir, name+".tex")
		if status, _, stderr := verify(append(words(command), "-tex", path)...); status != run.ExitVerified && name != "false" {
			t.Errorf("%s: status %d\n%s", command, status, stderr)
		}
		text := contents(t, path)
		for _, c := range text {
			if c > 127 {
				t.Errorf("%s: LaTeX does not know %q", command, c)
				break
			}
		}
		if !strings.Contains(text, "\\section*{") || !strings.Contains(text, "\\item[") {
			t.Errorf("%s has no claims:\n%s", command, text)
		}
		document += "\\input{" + name + "}\n"
	}
	expect(t, run.ExitUsage, words("-k 2 -n 2..3 -tex x.tex"), "2>-tex x.tex: a text is of one task, not of 2")
	if _, err := exec.LookPath("pdflatex"); err != nil {
		t.Skip("LaTeX is not installed: the texts are not compiled")
	}
	replaceText(t, filepath.Join(dir, "all.tex"), document+"\\end{document}\n")
	cmd := exec.Command("pdflatex", "-interaction=nonstopmode", "-halt-on-error", "all.tex")
	cmd.Dir = dir
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Errorf("%v\n%s", err, out[max(0, len(out)-2000):])
	}
}
