package certificate

import (
	"errors"

	"pstar/certificate/kernel"
)

// A File says in an object for programs what is known of one certificate that could be read.
type File struct {
	File    string      `json:"file"`
	Verdict string      `json:"verdict"` // "valid" or "invalid"; who compares it with a model may say "undecided"
	Summary string      `json:"summary,omitempty"`
	Claims  []FileClaim `json:"claims"`
	// Statement says in full what is established.
	Statement string `json:"statement,omitempty"`
	// Unused are, for each theorem that is written out and proved, the facts that its proof
	// does not use.
	Unused map[string][]string `json:"unused,omitempty"`
	// Against says what it was compared with, if it was.
	Against string `json:"against,omitempty"`
	Digest  string `json:"sha256,omitempty"`
	// Place, byte offset and reason of an invalid certificate; Limit if it met a limit of the
	// format.
	Place  string `json:"place,omitempty"`
	Offset int64  `json:"offset,omitempty"`
	Reason string `json:"reason,omitempty"`
	Limit  bool   `json:"limit,omitempty"`
}

// A FileClaim is a claim in such an object.
type FileClaim struct {
	Tag    string `json:"tag"`
	Status string `json:"status"`
}

// Describe is the object of a file with what [Check] has returned of it: a report, or an
// error that is an [*Invalid].
func Describe(path string, report *Report, err error) File {
	// An empty list and no null, whatever the certificate claims.
	f := File{File: path, Verdict: "valid", Claims: []FileClaim{}}
	var invalid *Invalid
	// Where and why, as in the line for people, but in members.
	if errors.As(err, &invalid) {
		f.Verdict, f.Place, f.Offset, f.Reason, f.Limit = "invalid", invalid.Place, invalid.Offset, invalid.Reason, invalid.Limit
		return f
	}
	f.Summary, f.Statement, f.Digest = report.Summary(), report.StatementText(), report.Digest
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
		name := t.Theorem.Names()
		for _, k := range t.Unused {
			f.Unused[t.Name] = append(f.Unused[t.Name], t.Theorem.Facts[k].Text(name))
		}
	}
	for _, c := range report.Claims {
		f.Claims = append(f.Claims, FileClaim{c.Tag, c.Status})
	}
	return f
}

// Verdict of several files is "invalid" if one is that, "valid" if all are, and else "undecided": so
// if some could not be read, or were not before a limit, or there are none.
func Verdict(files []File, unread []string) string {
	verdict := "valid"
	if len(unread) > 0 || len(files) == 0 {
		verdict = "undecided"
	}
	// "invalid" is never replaced; "undecided" replaces only "valid".
	for _, f := range files {
		if f.Verdict != "valid" && verdict != "invalid" {
			verdict = f.Verdict
		}
	}
	return verdict
}
