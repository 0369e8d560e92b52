package main

import (
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"pstar/theorems"
)

// aside are statements of Coq in no row, and why. The checker's have the tag kernel and need no row.
var aside = map[string]string{
	"minimisers_lattice": "a remark on the sets that attain P*",
	"indep_B":            "what B(S) of MD-T3 is for one law",
	"iid_B":              "the same",
	"tlaw_B":             "the same, for drafts as sequences",
	"touch_iid2":         "what the probability of MD-L3 is for one law",
	"MD_L4_row127_false": "the misprint of MD-L4 names it",
	"MD_B1_check":        "an example by numbers",
	"polyhedral_max":     "a premise of MD_paths_max",
	"pr_activeE":         "a test of the model that CRS-L3.1 is about",
	"pr_acceptE":         "the same",
	"pr_freeE":           "the same",
	"lp_max":             "a premise of LPSI_has_max",
	"projection":         "a premise of lp_max",
	"expR_tangent":       "a premise of the statements with e^x",
}

// Each statement of Coq that is not of the checker stands in a row, or is set aside for a reason.
func TestRegistryHasStatementsOfCoq(t *testing.T) {
	inRow := map[string]bool{}
	for _, row := range registry().All() {
		for _, name := range row.Coq.Names {
			inRow[name] = true
		}
	}
	listed := map[string]bool{}
	for line := range strings.Lines(contents(t, "../../formal/statements.tsv")) {
		fields := strings.Split(line, "\t")
		if strings.HasPrefix(line, "#") || fields[0] == "kernel" {
			continue
		}
		name := fields[1]
		listed[name] = true
		if inRow[name] == (aside[name] != "") {
			t.Errorf("%s: in a row is %v, set aside for %q", name, inRow[name], aside[name])
		}
	}
	for name := range aside {
		if !listed[name] {
			t.Errorf("%s is set aside, and not listed", name)
		}
	}
}

// The page about Coq names the rows of which a part is proved, and those of which nothing is
// though the engine has a standing; no others.
func TestFormalPageSaysWhatIsNotProved(t *testing.T) {
	_, section, _ := strings.Cut(contents(t, "../../docs/formal.md"), "## What is not proved\n")
	tag := regexp.MustCompile(`\b(?:MD|IS|CRS)-[\w.]+(?:-\w+)?`)
	for begins, of := range map[string]func(theorems.Theorem) bool{
		"*A part*":  func(row theorems.Theorem) bool { return row.Coq.Partly },
		"*Nothing*": func(row theorems.Theorem) bool { return len(row.Coq.Names) == 0 && row.Engine != theorems.OutOfReach },
	} {
		_, paragraph, _ := strings.Cut(section, begins)
		paragraph, _, _ = strings.Cut(paragraph, "\n\n")
		var said, want []string
		for _, name := range tag.FindAllString(paragraph, -1) {
			said = append(said, strings.TrimSuffix(name, "."))
		}
		for _, row := range registry().All() {
			if of(row) {
				want = append(want, row.Tag)
			}
		}
		slices.Sort(said)
		slices.Sort(want)
		if !slices.Equal(said, want) {
			t.Errorf("docs/formal.md, %s: %v, want %v", begins, said, want)
		}
	}
}

// The page names every definition that stands beside a proof and that a statement about the
// checker needs: Coq prints these with their file.
func TestFormalPageNamesDefinitionsBesideProofs(t *testing.T) {
	page := contents(t, "../../docs/formal.md")
	qualified := regexp.MustCompile(`\b([a-z]+)\.([a-zA-Z_]\w*)`)
	for _, m := range qualified.FindAllStringSubmatch(contents(t, "../../formal/statements/checker.txt"), -1) {
		if _, err := os.Stat("../../formal/checker/" + m[1] + ".v"); err != nil {
			continue // of Coq's library
		}
		if !strings.Contains(page, "`"+m[2]+"`") || !strings.Contains(page, "`"+m[1]+".v`") {
			t.Errorf("docs/formal.md does not name %s of %s.v", m[2], m[1])
		}
	}
}
