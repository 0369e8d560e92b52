// Package listing prints the registry of theorems: as a list, and one row in full.
package listing

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"

	"pstar/theorems"
)

// A Filter chooses rows; the zero value chooses all.
//
// All parts must agree with a row.
type Filter struct {
	Paper  string          // the key of a paper that has the statement, "ours" for none
	Status theorems.Status // of the engine
	Prefix string          // of the tag, in either case
}

// ours stands for the rows that are in no paper.
const ours = "ours"

// Parse reads the key of a paper, in either case, and a status; empty words choose all.
//
// The error names the flag and all that there is.
func (f *Filter) Parse(r *theorems.Registry, paper, status string) (err error) {
	if status != "" {
		// The words are those that the list prints; what no row can have would choose none.
		if f.Status, err = theorems.ParseStatus(status); err != nil || !slices.Contains(theorems.Standings, f.Status) {
			return fmt.Errorf("-status: %q is no standing, expected one of %s", status, standings())
		}
	}
	keys := []string{"", ours}
	for _, p := range r.Papers {
		keys = append(keys, p.Key)
	}
	// Keys are short, and typed in either case.
	// The empty key is among them, and means all papers.
	for _, key := range keys {
		if strings.EqualFold(key, paper) {
			f.Paper = key
			return nil
		}
	}
	return fmt.Errorf("-paper: no paper has the key %q, expected one of %s", paper, strings.Join(keys[1:], ", "))
}

// standings lists the words of the standings.
func standings() string {
	var words []string
	for _, s := range theorems.Standings {
		words = append(words, s.String())
	}
	return strings.Join(words, ", ")
}

// Chosen returns the rows that a filter lets pass, in the order of the registry.
func (f Filter) Chosen(r *theorems.Registry) []theorems.Theorem {
	// Not nil: in JSON an empty list is a list.
	list := []theorems.Theorem{}
	for _, t := range r.All() {
		// A row may stand in several papers, and passes if any is the one.
		paper := f.Paper == "" || t.Of(f.Paper) || f.Paper == ours && len(t.Sources) == 0
		status := f.Status == theorems.NoStatus || f.Status == t.Engine
		if paper && status && strings.HasPrefix(strings.ToLower(t.Tag), strings.ToLower(f.Prefix)) {
			list = append(list, t)
		}
	}
	return list
}

// List prints rows, grouped by paper, one line each: tag, number, standing of the engine,
// what Coq proves, statement. A row that stands in several papers is listed once: under
// the paper that was asked for, if any, else under that of its first source. Lines are
// cut at width letters, 0 for none.
//
// Errors of w are for whoever prints. Widths count letters.
func List(w io.Writer, papers []theorems.Paper, asked string, list []theorems.Theorem, width int) {
	// ours come last, under a title of their own.
	groups := append(slices.Clone(papers), theorems.Paper{Key: ours, Title: "not numbered in a paper"})
	for _, p := range groups {
		title := fmt.Sprintf("[%s] %s\n", p.Key, p.Title)
		for _, t := range list {
			// Papers are few: to go over the list for each of them keeps the order of the
			// registry.
			at := home(t, asked)
			if at.Paper != p.Key {
				continue
			}
			line := fmt.Sprintf("  %-14s %-15s %-12s %-8s %s", t.Tag, at.Number, t.Engine, t.Coq, t.Statement)
			fmt.Fprintln(w, title+cut(line, width))
			title = "" // once, and not for a paper without rows
		}
	}
	// The counts are of what is listed, not of the registry.
	fmt.Fprintln(w, Summary(list))
}

// home is the place under which a row is listed.
//
// Without a source it is the group of ours.
func home(t theorems.Theorem, asked string) theorems.Source {
	// The paper that was asked for, if the row is in it.
	for _, s := range t.Sources {
		if s.Paper == asked {
			return s
		}
	}
	if len(t.Sources) == 0 {
		return theorems.Source{Paper: ours}
	}
	return t.Sources[0]
}

// cut shortens a line to a number of letters, the last an ellipsis.
// By letters and not bytes, so that none is cut in two. Width 0 leaves all.
func cut(line string, width int) string {
	// In letters: a statement has Greek ones and signs.
	letters := []rune(line)
	if width == 0 || len(letters) <= width {
		return line
	}
	return string(letters[:width-1]) + "…"
}

// Summary counts rows by the standing of the engine, and those that Coq proves.
//
// Statuses are named from strong to weak, and those with no row are left out.
func Summary(list []theorems.Theorem) string {
	// By status, of which there are few.
	times := map[theorems.Status]int{}
	coq := 0
	for _, t := range list {
		times[t.Engine]++
		// A part that is proved is not counted as the whole.
		if t.Coq.String() == "proved" {
			coq++
		}
	}
	var parts []string
	// A fixed order, as that of the map is not.
	for _, s := range []theorems.Status{theorems.Proved, theorems.Concluded, theorems.Checked, theorems.Refuted, theorems.OutOfReach} {
		if times[s] > 0 {
			parts = append(parts, fmt.Sprintf("%d %v", times[s], s))
		}
	}
	return fmt.Sprintf("%d rows: by the engine %s; by Coq %d proved in general",
		len(list), cmp.Or(strings.Join(parts, ", "), "none"), coq)
}
