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
	"monotone_integral":  "a premise of the statements about integrals",
	"integral_unique":    "that an integral is one number",
}

// A row names the statements of Coq that the list of these has under the row's tag, but those set aside, and no others.
// Each tag of the list, but for the checker's, has a row.
func TestRegistryNamesStatementsOfCoq(t *testing.T) {
	tagged := map[string][]string{} // the statements under each tag
	listed := map[string]bool{}
	for line := range strings.Lines(contents(t, "../../formal/statements.tsv")) {
		fields := strings.Split(line, "\t")
		if strings.HasPrefix(line, "#") || fields[0] == "kernel" {
			continue
		}
		name := fields[1]
		listed[name] = true
		for tag := range strings.SplitSeq(fields[0], ", ") {
			if _, ok := registry().Find(tag); !ok {
				t.Errorf("formal/statements.tsv has %s under the tag %s, of which there is no row", name, tag)
			}
			if aside[name] == "" {
				tagged[tag] = append(tagged[tag], name)
			}
		}
	}
	for _, row := range registry().All() {
		names, want := slices.Sorted(slices.Values(row.Coq.Names)), slices.Sorted(slices.Values(tagged[row.Tag]))
		if !slices.Equal(names, want) {
			t.Errorf("%s: the row names %v; formal/statements.tsv has %v under this tag", row.Tag, names, want)
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
