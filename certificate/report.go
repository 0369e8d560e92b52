package certificate

import (
	"fmt"
	"io"
	"math/big"
	"strings"
)

// A Report is what a checked document establishes.
type Report struct {
	Claims []Claim // in the order of the document, never empty
	Digest string  // SHA-256 of the document, as it ends with

	account account
}

// An account is what a document establishes, in words.
type account interface {
	title() string     // names the statement in short
	statement() string // lines that say in full what is established
	figures() string   // lines about the proof
}

// String is the tag and the status.
func (c Claim) String() string { return c.Tag + " " + c.Status }

// Summary is one line: the statement and the status of each claim.
func (r *Report) Summary() string {
	return r.account.title() + ": " + describe(r.Claims)
}

// StatementText says in full what the document establishes, one line for each
// claim, and nothing about how.
func (r *Report) StatementText() string { return r.account.statement() }

// WriteText writes the statement and the figures of the proof, for people.
func (r *Report) WriteText(w io.Writer) error {
	_, err := fmt.Fprintf(w, "%s%ssha256: %s\n", r.account.statement(), r.account.figures(), r.Digest)
	return err
}

func describe(claims []Claim) string {
	var texts []string
	for _, c := range claims {
		texts = append(texts, c.String())
	}
	return strings.Join(texts, ", ")
}

func join(v []*big.Rat) string {
	var texts []string
	for _, x := range v {
		texts = append(texts, x.RatString())
	}
	return strings.Join(texts, ", ")
}
