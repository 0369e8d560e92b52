package theorems

import (
	"encoding/json"
	"io"
)

// A Report is what a task found. How it is printed, as text or JSON, alone or in a grid,
// what file holds its certificate and which exit status it comes to is one matter for
// all families: package family of the command.
type Report struct {
	Title     string  // what it is about, as the first line of the text has it
	Before    []Block // what the text shows above the claims
	Claims    Claims
	After     []Block       // what it shows below them
	Summary   string        // what the line of the task in a grid adds to the verdict
	Figures   any           // the members of the JSON object that are not those of every report
	Notes     []string      // for the user, and no part of the result
	Appendix  func() string // what a text in LaTeX has besides; nil for nothing
	Documents []Maker       // of the certificate, the one that says most first; none if there is nothing to certify
}

// A Block is a line of text, or a table, a list of rows of cells.
type Block struct {
	Line  string
	Table [][]string
}

// Standing is the report as an element of a list in a JSON object: its verdict, its
// claims and its figures.
func (r *Report) Standing() (json.RawMessage, error) {
	return merged(struct {
		Verdict Verdict `json:"verdict"`
		Claims  Claims  `json:"claims"`
	}{r.Claims.Verdict(), r.Claims}, r.Figures)
}

// FigureBytes are the figures as one JSON object, nil if there are none. It panics if they
// have no such form.
func (r *Report) FigureBytes() json.RawMessage {
	if r.Figures == nil {
		return nil
	}
	data, err := compact(r.Figures)
	if err != nil {
		panic("theorems: figures without a JSON form: " + err.Error())
	}
	return data
}

// A Document writes itself as a certificate, the same bytes each time. Its only errors
// are those of w.
type Document interface{ Write(w io.Writer) error }

// A Maker makes a document. It may take long, and may fail.
type Maker func() (Document, error)
