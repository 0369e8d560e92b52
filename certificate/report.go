package certificate

import (
	"fmt"
	"io"
	"strings"

	"pstar/certificate/kernel"
)

// A Report is what a checked document establishes.
type Report struct {
	Claims []Claim // in the order of the document, never empty
	Digest string  // SHA-256 of the document, as it ends with

	found *kernel.Report
}

// Statuses of a claim.
const (
	Proved    = "proved"    // for all inputs of the statement
	Checked   = "checked"   // on the instances of the document
	Concluded = "concluded" // by an argument that the claim names, from a premise that is decided
	Refuted   = "refuted"   // by the counterexample of the document
)

// Claim gives one tag of the theory its status: Proved, Checked, Concluded or Refuted.
type Claim struct {
	Tag    string
	Status string
}

// String is the tag and the status.
func (c Claim) String() string { return c.Tag + " " + c.Status }

// Summary is one line: the statement and the status of each claim.
func (r *Report) Summary() string {
	var texts []string
	for _, c := range r.Claims {
		texts = append(texts, c.String())
	}
	return r.found.Builder + ", " + r.found.Title + ": " + strings.Join(texts, ", ")
}

// StatementText says in full what the document establishes, a line for each claim and for
// the theorems that it rests on, and nothing about how. A theorem that is written out is
// printed whole, as nothing else says what it is.
func (r *Report) StatementText() string {
	var b strings.Builder
	for _, c := range r.found.Claims {
		fmt.Fprintf(&b, "%s %s: %s\n", c.Tag, c.Status, c.Text)
	}
	for _, t := range r.found.Theorems {
		fmt.Fprintf(&b, "theorem %d, %q: sha256 %s\n", t.Number, t.Name, t.Digest)
		if t.Theorem != nil {
			fmt.Fprintf(&b, "  %s\n%s", sizes(t.Theorem), t.Theorem.Text())
		}
	}
	return b.String()
}

// sizes are the numbers of what a theorem is made of.
func sizes(t *kernel.Theorem) string {
	unknowns := 0
	for _, s := range t.Symbols {
		if s.Unknown {
			unknowns++
		}
	}
	return fmt.Sprintf("%d parameters, %d unknowns, %d facts, %d rows", len(t.Symbols)-unknowns, unknowns, len(t.Facts), len(t.Rows))
}

// WriteText writes the statement and the figures of the proof, for people.
func (r *Report) WriteText(w io.Writer) error {
	var sizes strings.Builder
	for _, t := range r.Theorems() {
		sizes.WriteString(sizesText(t))
	}
	_, err := fmt.Fprintf(w, "%s%srules of the kernel applied: %d\nsha256: %s\n", r.StatementText(), sizes.String(), r.found.Steps, r.Digest)
	return err
}

// sizesText is the size of a theorem, and which of its facts its proof does not need.
func sizesText(t kernel.Shown) string {
	unknowns := 0
	for _, s := range t.Theorem.Symbols {
		if s.Unknown {
			unknowns++
		}
	}
	text := fmt.Sprintf("theorem %d: parameters %d, unknowns %d, facts %d, rows %d", t.Number, len(t.Theorem.Symbols)-unknowns, unknowns, len(t.Theorem.Facts), len(t.Theorem.Rows))
	if t.Outcome != kernel.Proved {
		return text + "\n"
	}
	if len(t.Unused) == 0 {
		return text + "; the proof uses all facts\n"
	}
	text += "; the proof does not use:\n"
	for _, k := range t.Unused {
		text += "  " + t.Theorem.FactText(t.Theorem.Facts[k]) + "\n"
	}
	return text
}

// Theorems are those of a document whose theorems are written out, each with its outcome; others have
// none.
func (r *Report) Theorems() []kernel.Shown {
	if r.found.Builder == "literal" {
		return r.found.Theorems
	}
	return nil
}

// Built is the builder of a document's statement, with its theorems.
func (r *Report) Built() (builder string, s *kernel.Statement) {
	return r.found.Builder, &r.found.Statement
}
