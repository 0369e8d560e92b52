package certificate

import (
	"fmt"
	"io"
	"strings"

	"pstar/certificate/kernel"
	"pstar/certificate/statement"
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

// Texts are what the claims say, in their order.
func (r *Report) Texts() (list []string) {
	for _, c := range r.found.Claims {
		list = append(list, c.Text)
	}
	return list
}

// StatementText says in full what the document establishes, a line for each claim and for
// the theorems that it rests on, and nothing about how. A theorem that is written out is
// printed whole, as nothing else says what it is, and of a
// projection what it is one of.
func (r *Report) StatementText() string {
	var b strings.Builder
	for _, c := range r.found.Claims {
		fmt.Fprintf(&b, "%s %s: %s\n", c.Tag, c.Status, c.Text)
	}
	for _, t := range r.found.Theorems {
		b.WriteString(digestText(t) + "\n")
		if t.Theorem != nil {
			fmt.Fprintf(&b, "  %s\n%s", sizes(t.Theorem), t.Theorem.Text())
		}
		if r.found.Builder == "polyhedron" && t.Name == "projection" {
			b.WriteString(projectionText(r.found.Statement.Theorem(t.Number)))
		}
	}
	return b.String()
}

// Digests are the lines of the statement's text that say which theorems were shown. Who writes a certificate prints
// the same ones, so that the two can be compared.
func (r *Report) Digests() (list []string) {
	for _, t := range r.found.Theorems {
		list = append(list, digestText(t))
	}
	return list
}

func digestText(t kernel.Shown) string {
	return fmt.Sprintf("theorem %d, %q: sha256 %s", t.Number, t.Name, t.Digest)
}

// sizes are the numbers of what a theorem is made of.
func sizes(t *kernel.Theorem) string {
	unknowns := 0
	for _, s := range t.Symbols {
		if s.Unknown {
			unknowns++
		}
	}
	return strings.Join([]string{statement.Many(len(t.Symbols)-unknowns, "parameter"), statement.Many(unknowns, "unknown"),
		statement.Many(len(t.Facts), "fact"), statement.Many(len(t.Rows), "row")}, ", ")
}

// WriteText writes the statement and the figures of the proof for people, with long numbers shortened in both.
func (r *Report) WriteText(w io.Writer) error {
	// One after the other, as each may be as long as a document.
	texts := []func() string{func() string { return Shorten(r.StatementText()) }}
	for _, t := range r.Theorems() {
		texts = append(texts, func() string { return usedText(t) })
	}
	texts = append(texts, func() string {
		return fmt.Sprintf("rules of the kernel applied: %d\nsha256: %s\n", r.found.Steps, r.Digest)
	})
	for _, text := range texts {
		if _, err := io.WriteString(w, text()); err != nil {
			return err
		}
	}
	return nil
}

// Shorten cuts numbers of more than 100 digits in a text for people.
//
// It looks at each byte once. A regular expression for so many digits keeps a hundred states at each
// byte of a text full of shorter numbers, and a document can make a text of 24 MiB.
func Shorten(text string) string {
	const digits = "0123456789"
	var b strings.Builder
	for {
		start := strings.IndexAny(text, digits)
		if start < 0 {
			b.WriteString(text)
			return b.String()
		}
		number := text[start:]
		number = number[:len(number)-len(strings.TrimLeft(number, digits))]
		b.WriteString(text[:start])
		text = text[start+len(number):]
		// Both ends, by which two numbers can mostly be told apart.
		if n := len(number); n > 100 {
			number = fmt.Sprintf("%s...%s (%d digits)", number[:20], number[n-20:], n)
		}
		b.WriteString(number)
	}
}

// usedText says which facts of a theorem its proof uses, and which it does not, with long numbers shortened.
func usedText(t kernel.Shown) string {
	facts, name := t.Theorem.Facts, t.Theorem.Names()
	switch {
	// Of other outcomes, such as a point that refutes, nobody asks which facts they use.
	case t.Outcome != kernel.Proved:
		return ""
	case len(t.Unused) == 0:
		return fmt.Sprintf("theorem %d: the proof uses all facts\n", t.Number)
	}
	// Both lists may be as long as a document has room for, and neither may be copied for each line.
	var used, unused strings.Builder
	fmt.Fprintf(&used, "theorem %d: the proof uses %d of %d facts:\n", t.Number, len(facts)-len(t.Unused), len(facts))
	unused.WriteString("and not:\n")
	left := t.Unused // which ascend
	for k, f := range facts {
		to := &used
		if len(left) > 0 && left[0] == k {
			to, left = &unused, left[1:]
		}
		to.WriteString("  " + Shorten(f.Text(name)) + "\n")
	}
	return used.String() + unused.String()
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
