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
			b.WriteString(t.Theorem.Text())
		}
	}
	return b.String()
}

// WriteText writes the statement and the figures of the proof, for people.
func (r *Report) WriteText(w io.Writer) error {
	_, err := fmt.Fprintf(w, "%srules of the kernel applied: %d\nsha256: %s\n", r.StatementText(), r.found.Steps, r.Digest)
	return err
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
