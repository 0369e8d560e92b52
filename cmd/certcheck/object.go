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
	Verdict string             `json:"verdict"` // see [certificate.Verdict]
	Files   []certificate.File `json:"files"`
	Unread  []string           `json:"unread,omitempty"` // files that could not be read, or were not before a limit
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

// done notes what is known of the next file: nothing, if it could not be read.
func (c *checker) done(path string, f *certificate.File) {
	c.lock.Lock()
	defer c.lock.Unlock()
	if c.left = c.left[1:]; f != nil {
		c.files = append(c.files, *f)
	} else {
		c.unread = append(c.unread, path)
	}
}

// printObject prints the object, if one is asked for.
// One object for all files, printed when all have been checked, or when no more will be. The lock is
// for the limit of memory, which may be met at any time.
func (c *checker) printObject() {
	c.lock.Lock()
	defer c.lock.Unlock()
	if !c.json || c.printed {
		return
	}
	c.printed = true
	e := json.NewEncoder(c.stdout)
	// "<=" in a statement is to be read.
	e.SetEscapeHTML(false)
	unread := append(c.unread, c.left...)
	// All its members are strings, numbers and lists of these.
	if err := e.Encode(jsonReport{certificate.Verdict(c.files, unread), append([]certificate.File{}, c.files...), unread}); err != nil {
		panic("certcheck: object without a JSON form: " + err.Error())
	}
}
