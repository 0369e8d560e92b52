package main

import (
	"fmt"
	"strings"

	"pstar/certificate"
	"pstar/certificate/kernel"
	"pstar/theorems/statement"
)

// claims are those of a theorem file.
type claims struct {
	file    string
	systems []*statement.System
}

// otherError says that a certificate is valid, but not of the file.
type otherError struct{ reason string }

func (e *otherError) Error() string { return "as the certificate of the file: " + e.reason }

// compare says what a certificate settles of the claims, in lines.
func (c *claims) compare(report *certificate.Report) (string, error) {
	var list []statement.Finding
	for _, t := range report.Theorems() {
		list = append(list, statement.Finding{Theorem: t.Theorem, Proved: t.Outcome == kernel.Proved})
	}
	if len(list) == 0 {
		return "", &otherError{"its theorems are not written out"}
	}
	matches, err := statement.Against(c.systems, list)
	if err != nil {
		return "", &otherError{err.Error()}
	}
	var b strings.Builder
	for _, m := range matches {
		status, setting := "refuted", ""
		switch {
		case m.Vacuous:
			status = "vacuous"
		case m.Proved:
			status = "proved"
		}
		if m.System.Setting != "" {
			setting = ", " + m.System.Setting
		}
		claim := m.System.Claims[m.Claim]
		fmt.Fprintf(&b, "%s:%d%s: %s: %s\n", certificate.FileName(c.file), claim.At.Line, setting, m.System.ClaimText(claim), status)
	}
	fmt.Fprintf(&b, "the certificate is that of %s, if the reader of theorem files is right\n", certificate.FileName(c.file))
	return b.String(), nil
}
