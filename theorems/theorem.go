package theorems

import (
	"fmt"
	"slices"
	"strings"
)

// A Paper is one of the papers whose statements are verified.
type Paper struct {
	Key   string `json:"key"` // "MD", as in [MD]
	Title string `json:"title"`
}

// A Source is a place in a paper: "Theorem 3", "eq. 12", "Appendix D.1".
type Source struct {
	Paper  string `json:"paper"`  // the key
	Number string `json:"number"` // with its kind, as printed
}

// String returns the source as "[MD] Theorem 3".
func (s Source) String() string { return "[" + s.Paper + "] " + s.Number }

// A Command shows a row: run from the root of the checkout it prints the line Shows,
// where runs of spaces count as one. A line that begins with "go test" names a test
// in place of a sub-command, where no sub-command settles the row.
type Command struct {
	Line  string `json:"line"`
	Shows string `json:"shows,omitempty"`
}

// Coq is what the folder formal/ proves about a row, in general.
type Coq struct {
	Names []string `json:"names"` // as listed in formal/statements.tsv
	// Says is what they say, where that is not the statement itself: more, or by another way;
	// or less, where Partly is set.
	Says string `json:"says,omitempty"`
	// Partly tells that they fall short of the statement, as they do where they ask for finitely
	// many values and it does not. What is printed of the row depends on this alone.
	Partly bool `json:"partly,omitempty"`
}

// String returns the standing in a word or two.
func (c Coq) String() string {
	switch {
	case len(c.Names) == 0:
		return "nothing"
	case c.Partly:
		return "a part"
	}
	return "proved"
}

// A Theorem is a row of the registry.
type Theorem struct {
	Tag string `json:"tag"`
	// Statement is in words. It is about K drafts, n tokens and so on, as the notation
	// of its family has them.
	Statement string   `json:"statement"`
	Sources   []Source `json:"sources"` // none: ours
	// Engine is the best standing that the commands reach.
	Engine Status `json:"engine"`
	// Scope says what that covers; of a row out of reach, in one sentence, why.
	Scope    string    `json:"scope"`
	Commands []Command `json:"commands"`
	Coq      Coq       `json:"coq"`
	Misprint string    `json:"misprint,omitempty"`
}

// Of reports whether the row has a place in a paper.
func (t Theorem) Of(paper string) bool {
	return slices.ContainsFunc(t.Sources, func(s Source) bool { return s.Paper == paper })
}

// Difference says in plain words how the two standings differ.
func (t Theorem) Difference() string {
	formal := t.Coq.String()
	switch {
	case t.Engine == OutOfReach && formal == "nothing":
		return "Neither says anything about it."
	case t.Engine == OutOfReach:
		return "Only Coq says something about it."
	case formal == "nothing":
		return "It rests on the engine, and on its certificate where there is one; Coq says nothing about it."
	case formal == "a part":
		return "Coq proves a part, in general; the engine answers for what its column says."
	case t.Engine == Proved:
		return "The engine proves what its column says, with a certificate that can be checked apart; Coq proves the statement in general and gives no numbers."
	case t.Engine == Refuted:
		return "Both refute it, each with numbers of its own."
	case t.Engine == Concluded:
		return "The engine concludes it by a lemma that is named, from what its certificate proves; Coq proves it whole."
	}
	return "The engine decides the instances that it is given, exactly; that the statement holds for all of them is proved by Coq, not by the engine."
}

// A Registry is all rows, by tag.
type Registry struct {
	Papers   []Paper
	Families []Family
	byTag    map[string]Theorem
}

// NewRegistry puts families together. It panics if a row is not well formed: see
// [Theorem.check].
func NewRegistry(papers []Paper, families ...Family) *Registry {
	r := &Registry{papers, families, map[string]Theorem{}}
	for _, t := range r.All() {
		if _, twice := r.byTag[strings.ToUpper(t.Tag)]; twice {
			panic("theorems: two rows with the tag " + t.Tag)
		}
		if err := t.check(papers); err != nil {
			panic(fmt.Sprintf("theorems: row %s: %v", t.Tag, err))
		}
		r.byTag[strings.ToUpper(t.Tag)] = t
	}
	return r
}

// check reports a row that lacks what every row has: a row with a command has a status
// that commands reach, a row without one is out of reach and says why.
func (t Theorem) check(papers []Paper) error {
	switch {
	case t.Tag == "" || t.Statement == "" || t.Scope == "":
		return fmt.Errorf("tag, statement and scope are needed")
	case slices.Contains([]Status{NoStatus, Undecided, Found, Vacuous}, t.Engine):
		return fmt.Errorf("the status %q is none that a row can have", t.Engine)
	case (t.Engine == OutOfReach) != (len(t.Commands) == 0):
		return fmt.Errorf("%s with %d commands", t.Engine, len(t.Commands))
	case t.Engine == OutOfReach && !strings.HasSuffix(t.Scope, "."):
		return fmt.Errorf("why is it out of reach? %q is no sentence", t.Scope)
	case t.Coq.Partly && t.Coq.Says == "":
		return fmt.Errorf("which part does Coq prove?")
	}
	for _, s := range t.Sources {
		if !slices.ContainsFunc(papers, func(p Paper) bool { return p.Key == s.Paper }) {
			return fmt.Errorf("no paper has the key %q", s.Paper)
		}
	}
	return nil
}

// All returns all rows, family by family. Lists of a row that are empty are not nil, so that
// they are lists in JSON too.
func (r *Registry) All() (list []Theorem) {
	for _, f := range r.Families {
		for _, t := range f.Theorems {
			t.Sources = append([]Source{}, t.Sources...)
			t.Commands = append([]Command{}, t.Commands...)
			t.Coq.Names = append([]string{}, t.Coq.Names...)
			list = append(list, t)
		}
	}
	return list
}

// Find returns the row with a tag, or else with a place in a paper such as "[MD]
// Theorem 3" or "MD theorem 3"; letters may be of either case.
func (r *Registry) Find(name string) (Theorem, bool) {
	// A tag first: it is what most people type, and no place in a paper looks like one.
	if t, ok := r.byTag[strings.ToUpper(name)]; ok {
		return t, true
	}
	wanted := plain(name)
	// Two papers may print one statement, each with its number: any of its places will do.
	for _, t := range r.All() {
		for _, s := range t.Sources {
			if plain(t.Tag) == wanted || plain(s.String()) == wanted {
				return t, true
			}
		}
	}
	return Theorem{}, false
}

// plain is a name without what people write in several ways.
func plain(name string) string {
	return strings.NewReplacer("[", "", "]", "", ".", "", " ", "", "eq", "").Replace(strings.ToLower(name))
}

// Statement returns the statement of the row with a tag, of a list. It panics if there
// is none: tags in the code are constants.
func Statement(rows []Theorem, tag string) string {
	for _, t := range rows {
		if t.Tag == tag {
			return t.Statement
		}
	}
	panic("theorems: no row with the tag " + tag)
}
