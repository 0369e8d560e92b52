package theorems

import (
	"strings"
	"testing"
)

var papers = []Paper{{Key: "P", Title: "A paper"}}

func row(change func(*Theorem)) Theorem {
	t := Theorem{Tag: "P-T1", Statement: "1 = 1", Sources: []Source{{"P", "Theorem 1"}}, Engine: Proved, Scope: "always",
		Commands: []Command{{Line: "verify", Shows: "P-T1 proved"}}, Coq: Coq{Names: []string{"P_T1"}}}
	if change != nil {
		change(&t)
	}
	return t
}

// A row that lacks what every row has is a fault of the program, found at once.
func TestNewRegistryPanics(t *testing.T) {
	for name, rows := range map[string][]Theorem{
		"twice":                {row(nil), row(nil)},
		"no statement":         {row(func(r *Theorem) { r.Statement = "" })},
		"no scope":             {row(func(r *Theorem) { r.Scope = "" })},
		"no status":            {row(func(r *Theorem) { r.Engine = NoStatus })},
		"undecided":            {row(func(r *Theorem) { r.Engine = Undecided })},
		"no command":           {row(func(r *Theorem) { r.Commands = nil })},
		"out of reach, no why": {row(func(r *Theorem) { r.Engine, r.Commands = OutOfReach, nil })},
		"command out of reach": {row(func(r *Theorem) { r.Engine = OutOfReach })},
		"which part":           {row(func(r *Theorem) { r.Coq.Partly = true })},
		"no such paper":        {row(func(r *Theorem) { r.Sources = []Source{{"Q", "Theorem 1"}} })},
	} {
		t.Run(name, func(t *testing.T) {
			defer func() {
				if recover() == nil {
					t.Error("no panic")
				}
			}()
			NewRegistry(papers, Family{Name: "f", Theorems: rows})
		})
	}
}

func TestFind(t *testing.T) {
	r := NewRegistry(papers, Family{Name: "f", Theorems: []Theorem{row(nil)}})
	for _, name := range []string{"P-T1", "p-t1", "[P] Theorem 1", "P theorem 1", "P-t 1"} {
		if found, ok := r.Find(name); !ok || found.Tag != "P-T1" {
			t.Errorf("%q: found %q, %v", name, found.Tag, ok)
		}
	}
	if _, ok := r.Find("P-T2"); ok {
		t.Error("found a row that is not there")
	}
}

// The difference of the two standings is said for each pair, and never the same for
// "only Coq" and "only the engine".
func TestDifference(t *testing.T) {
	said := map[string]string{}
	for _, engine := range []Status{Checked, Concluded, Proved, Refuted, OutOfReach} {
		for _, coq := range []Coq{{}, {Names: []string{"x"}}, {Names: []string{"x"}, Partly: true, Says: "half"}} {
			text := Theorem{Engine: engine, Coq: coq}.Difference()
			if !strings.HasSuffix(text, ".") {
				t.Errorf("%v, Coq %v: %q", engine, coq, text)
			}
			said[engine.String()+"/"+coq.String()] = text
		}
	}
	if said["out of reach/proved"] == said["proved/nothing"] {
		t.Error("the same is said of opposite cases")
	}
}

func TestStatusWords(t *testing.T) {
	for s := Undecided; s <= OutOfReach; s++ {
		if parsed, err := ParseStatus(s.String()); err != nil || parsed != s {
			t.Errorf("%v is read as %v, %v", s, parsed, err)
		}
	}
	if _, err := ParseStatus("no status"); err == nil {
		t.Error("\"no status\" is read")
	}
}

// Where Coq proves a part, nothing that is printed says that it proves the whole.
func TestPartlyDecides(t *testing.T) {
	for _, engine := range []Status{Checked, Concluded, Proved, Refuted, OutOfReach} {
		row := Theorem{Engine: engine, Coq: Coq{Names: []string{"x"}, Partly: true, Says: "half"}}
		if text := row.Difference(); row.Coq.String() != "a part" || strings.Contains(text, "whole") || strings.Contains(text, "all of them") || strings.Contains(text, "the statement") {
			t.Errorf("%v: %s: %q", engine, row.Coq, text)
		}
	}
}
