package main

import (
	"encoding/json"
	"errors"
	"strings"

	"pstar/certificate"
)

// jsonReport is the object of --json.
// Its members are those of docs/certificates.md, and stay what they are.
type jsonReport struct {
	// Verdict is "valid" if all files that could be read are, else "invalid" if one is that,
	// else "undecided".
	Verdict string             `json:"verdict"`
	Files   []certificate.File `json:"files"`
}

// fileObject is the object of a file that could be read.
// err is nil, errOpen, or one of the two that mean invalid. compared is what the comparison
// said.
func fileObject(path string, report *certificate.Report, compared string, err error) certificate.File {
	var invalid *certificate.Invalid
	// It is valid by itself, but of another file than that of --against.
	if err != nil && !errors.As(err, &invalid) && !errors.Is(err, errOpen) {
		return certificate.File{File: path, Verdict: "invalid", Reason: err.Error(), Claims: []certificate.FileClaim{}}
	}
	f := certificate.Describe(path, report, err)
	f.Against = strings.TrimSpace(compared)
	// It is valid, and leaves something open: neither of the two words.
	if errors.Is(err, errOpen) {
		f.Verdict = "undecided"
	}
	return f
}

// printObject prints the object.
// One object for all files, printed when all have been checked.
func (c *checker) printObject() {
	e := json.NewEncoder(c.stdout)
	// "<=" in a statement is to be read.
	e.SetEscapeHTML(false)
	// All its members are strings, numbers and lists of these.
	if err := e.Encode(jsonReport{certificate.Verdict(c.files), append([]certificate.File{}, c.files...)}); err != nil {
		panic("certcheck: object without a JSON form: " + err.Error())
	}
}
