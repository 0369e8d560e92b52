package main

import (
	"errors"
	"fmt"
	"strings"

	"pstar/certificate"
	"pstar/certificate/kernel"
	"pstar/theorems/statement"
)

// claims are those of a theorem file.
// Each is a system of rows, as the reader of theorem files expands it.
type claims struct {
	file    string
	systems []*statement.System
}

// otherError says that a certificate is valid, but not of the file.
// For a script it is as bad as an invalid one, and has the same status.
type otherError struct{ reason string }

func (e *otherError) Error() string { return "as the certificate of the file: " + e.reason }

// compare says what a certificate settles of the claims, in lines.
// A certificate may have fewer theorems than the file has claims: what is left is named, and is
// a status of its own, since neither "valid" nor "invalid" would be right.
// Text comes with errOpen, too: it is what is settled. With an otherError there is none.
func (c *claims) compare(report *certificate.Report) (string, error) {
	// Refuted theorems are compared as well: a claim that is shown to be false is settled.
	var list []statement.Finding
	for _, t := range report.Theorems() {
		list = append(list, statement.Finding{Theorem: t.Theorem, Proved: t.Outcome == kernel.Proved})
	}
	// A builder's theorem is not compared with a theorem file: the two would have to be the
	// same symbol by symbol.
	if len(list) == 0 {
		return "", &otherError{"its theorems are not written out"}
	}
	// Each theorem of the certificate must be one of the file: one that is not makes it a
	// certificate of something else, and is the error here.
	matches, open, err := statement.Against(c.systems, list)
	if err != nil {
		return "", &otherError{err.Error()}
	}
	name := certificate.FileName(c.file)
	var b strings.Builder
	// Matches are in the order of the file, and named by their lines.
	for _, m := range matches {
		status := m.Status()
		if m.Finds() && !m.Vacuous {
			// "find" asks for a minimal form, and the checker says nothing of what is minimal.
			status += "; that none of it follows from the rest is not compared"
		}
		fmt.Fprintf(&b, "%s:%v: %s\n", name, m, status)
	}
	// Open ones last, so that a reader sees at the end what is missing.
	for _, m := range open {
		fmt.Fprintf(&b, "%s:%v: not settled by the certificate\n", name, m)
	}
	// What is settled is said all the same.
	if len(open) > 0 {
		fmt.Fprintf(&b, "what the certificate settles is of %s, if the reader of theorem files is right; it leaves %s open\n", name, left(open))
		// With a status of its own, 3.
		return b.String(), errOpen
	}
	fmt.Fprintf(&b, "the certificate is that of %s, if the reader of theorem files is right\n", name)
	return b.String(), nil
}

// left counts the steps and claims that are open.
// The text is "2 of its claims", with "and" between two kinds; it has no zeros.
func left(open []statement.Match) string {
	// Steps by hand are claims of the author of the file, and are told apart from those of the
	// file itself.
	steps := 0
	for _, m := range open {
		if m.Step != nil {
			steps++
		}
	}
	var list []string
	if steps > 0 {
		list = append(list, fmt.Sprintf("%d of its steps by hand", steps))
	}
	if n := len(open) - steps; n > 0 {
		list = append(list, fmt.Sprintf("%d of its claims", n))
	}
	return strings.Join(list, " and ")
}

// errOpen says that a certificate is valid and of the file, and leaves steps or claims of it
// open, as is said.
var errOpen = errors.New("claims are not settled")
