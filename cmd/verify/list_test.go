package main

import (
	"encoding/json"
	"strings"
	"testing"

	"pstar/cmd/verify/internal/run"
	"pstar/theorems"
)

func TestList(t *testing.T) {
	all := expect(t, run.ExitVerified, words("list"), "[MD] Multi-Draft", "  MD-T2          Theorem 2       proved       proved   M = 1 iff",
		"[ours] not numbered in a paper", "MD-TAB9        Table 9         out of reach nothing")
	if lines := strings.Count(all, "\n  "); lines != len(registry().All()) {
		t.Errorf("%d lines for %d rows", lines, len(registry().All()))
	}
	// A row of two papers has the number of the one that is asked for.
	expect(t, run.ExitVerified, words("list -paper is MD-A2"), "MD-A2          Algorithm 1", "1 rows:")
	expect(t, run.ExitVerified, words("list -paper CRS -status concluded"), "CRS-T1.1", "CRS-L2.2", "CRS-T1.5", "6 rows: by the engine 6 concluded")
	expect(t, run.ExitVerified, words("list -whole crs-d5"), "exp(−2M/c_σ(i_1)), M = Σ_{j <_σ i} c_σ(j) μ_j\n")
	expect(t, run.ExitVerified, words("list -paper ours -status proved"), "CRS-U")
	for args, want := range map[string]string{
		"list MD-T9":         `no tag begins with "MD-T9"; did you mean "MD-T1"?`,
		"list -paper XY":     `no paper has the key "XY", expected one of ours, MD, IS, CRS`,
		"list -status great": `-status: "great" is no standing`,
		"list MD CRS":        `unexpected argument "CRS"`,
	} {
		expect(t, run.ExitUsage, words(args), "2>"+want)
	}
}

// The JSON of the list has all rows, with what they promise.
func TestListJSON(t *testing.T) {
	_, out, _ := verify("list", "-json")
	var read struct {
		Papers   []theorems.Paper
		Theorems []struct {
			Tag, Statement, Engine string
			Commands               []theorems.Command
		}
	}
	if err := json.Unmarshal([]byte(out), &read); err != nil {
		t.Fatal(err)
	}
	if len(read.Papers) != 3 || len(read.Theorems) != len(registry().All()) {
		t.Fatalf("%d papers, %d theorems", len(read.Papers), len(read.Theorems))
	}
	for _, row := range read.Theorems {
		if _, err := theorems.ParseStatus(row.Engine); err != nil || row.Statement == "" {
			t.Errorf("%s: engine %q, statement %q", row.Tag, row.Engine, row.Statement)
		}
	}
}

// Of every row explain says all: statement, places, both standings, commands, misprint.
func TestExplainEveryRow(t *testing.T) {
	for _, row := range registry().All() {
		out := spaced(expect(t, run.ExitVerified, words("explain "+row.Tag)))
		wanted := []string{row.Tag, row.Statement, "engine Coq", "standing " + row.Engine.String() + " " + row.Coq.String(), row.Difference()}
		for _, s := range row.Sources {
			wanted = append(wanted, s.String())
		}
		for _, c := range row.Commands {
			wanted = append(wanted, "$ "+c.Line, c.Shows)
		}
		if row.Misprint != "" {
			wanted = append(wanted, "misprint: "+row.Misprint)
		}
		for _, text := range wanted {
			if !strings.Contains(out, spaced(text)) {
				t.Errorf("explain %s does not say %q:\n%s", row.Tag, text, out)
			}
		}
	}
}

func TestExplain(t *testing.T) {
	expect(t, run.ExitVerified, words("explain md-l4"), "MD-L4  [MD] Lemma 4, [MD] eqs. 126–128, [IS] Lemma 4\n",
		"  standing  proved                                  proved\n", "$ verify -k 3 -n 3 -method fm\n", "misprint: in (127) S^c must be Ω∖S")
	expect(t, run.ExitVerified, words("explain MD Theorem 3"), "MD-T3  [MD] Theorem 3")
	expect(t, run.ExitVerified, words("explain CRS-U -json"), `"tag": "CRS-U"`, `"engine": "proved"`)
	expect(t, run.ExitVerified, words("explain MD-TAB5"), "out of reach", "no command", "Neither says anything about it.")
	expect(t, run.ExitUsage, words("explain"), "2>which statement? give a tag")
	expect(t, run.ExitUsage, words("explain CRS-T1.55"), `2>did you mean "CRS-T1.5"?`)
	expect(t, run.ExitUsage, words("explain nothing-like-it"), `2>no statement has the tag "nothing-like-it"; "verify list" has them`)
}
