package main

import (
	"encoding/json"
	"errors"
	"strings"

	"pstar/certificate"
	"pstar/certificate/kernel"
)

// jsonReport is the object of --json.
// Its members are those of docs/certificates.md, and stay what they are.
type jsonReport struct {
	// Verdict is "valid" if all files that could be read are, else "invalid" if one is that,
	// else "undecided".
	Verdict string     `json:"verdict"`
	Files   []jsonFile `json:"files"`
}

// jsonFile is what is known of one certificate.
type jsonFile struct {
	File    string      `json:"file"`
	Verdict string      `json:"verdict"` // "valid" or "invalid"; "undecided" if it is valid, and leaves steps or claims of the file of --against open
	Summary string      `json:"summary,omitempty"`
	Claims  []jsonClaim `json:"claims"`
	// Statement says in full what is established.
	Statement string `json:"statement,omitempty"`
	// Unused are, for each theorem that is written out and proved, the facts that its proof
	// does not use.
	Unused map[string][]string `json:"unused,omitempty"`
	// Against says what was compared, with --against.
	Against string `json:"against,omitempty"`
	Digest  string `json:"sha256,omitempty"`
	// Place, byte offset and reason of an invalid certificate; Limit if it met a limit of the
	// format.
	Place  string `json:"place,omitempty"`
	Offset int64  `json:"offset,omitempty"`
	Reason string `json:"reason,omitempty"`
	Limit  bool   `json:"limit,omitempty"`
}

type jsonClaim struct {
	Tag    string `json:"tag"`
	Status string `json:"status"`
}

// fileObject is the object of a file that could be read.
// err is nil, errOpen, or one of the two that mean invalid. compared is what the comparison
// said.
func fileObject(path string, report *certificate.Report, compared string, err error) jsonFile {
	// An empty list and no null, whatever the certificate claims.
	f := jsonFile{File: path, Verdict: "valid", Claims: []jsonClaim{}}
	var invalid *certificate.Invalid
	switch {
	// Where and why, as in the line for people, but in members.
	case errors.As(err, &invalid):
		f.Verdict, f.Place, f.Offset, f.Reason, f.Limit = "invalid", invalid.Place, invalid.Offset, invalid.Reason, invalid.Limit
		return f
	// It is valid, and leaves something open: neither of the two words.
	case errors.Is(err, errOpen):
		f.Verdict = "undecided"
	// It is valid by itself, but of another file than that of --against.
	case err != nil:
		f.Verdict, f.Reason = "invalid", err.Error()
		return f
	}
	f.Summary, f.Statement, f.Against, f.Digest = report.Summary(), report.StatementText(), strings.TrimSpace(compared), report.Digest
	// Only of theorems that are written out: those of builders have facts that nobody typed.
	for _, t := range report.Theorems() {
		// In a refuted one a point was found, and no fact was used or not.
		if t.Outcome != kernel.Proved {
			continue
		}
		if f.Unused == nil {
			f.Unused = map[string][]string{}
		}
		// A theorem that uses all has an empty list: it was looked at.
		f.Unused[t.Name] = []string{}
		for _, k := range t.Unused {
			f.Unused[t.Name] = append(f.Unused[t.Name], t.Theorem.FactText(t.Theorem.Facts[k]))
		}
	}
	for _, c := range report.Claims {
		f.Claims = append(f.Claims, jsonClaim{c.Tag, c.Status})
	}
	return f
}

// printObject prints the object.
// One object for all files, printed when all have been checked.
func (c *checker) printObject() {
	r := jsonReport{"valid", append([]jsonFile{}, c.files...)}
	// "invalid" is never replaced; "undecided" replaces only "valid".
	for _, f := range c.files {
		if f.Verdict != "valid" && r.Verdict != "invalid" {
			r.Verdict = f.Verdict
		}
	}
	// Nothing that could be read is nothing valid.
	if len(c.files) == 0 {
		r.Verdict = "invalid"
	}
	e := json.NewEncoder(c.stdout)
	// "<=" in a statement is to be read.
	e.SetEscapeHTML(false)
	// All its members are strings, numbers and lists of these.
	if err := e.Encode(r); err != nil {
		panic("certcheck: object without a JSON form: " + err.Error())
	}
}
