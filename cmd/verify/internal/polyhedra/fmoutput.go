package polyhedra

import (
	"fmt"
	"io"
	"strings"

	"pstar/certificate"
	"pstar/cmd/verify/internal/run"
	"pstar/cmd/verify/internal/show"
	"pstar/cone"
	"pstar/fm"
	"pstar/format/ine"
	"pstar/internal/each"
	"pstar/projection"
)

// write puts the result on standard output, or into the file and a line about it
// on standard output. r is nil if the rows come from double descriptions.
func (f *fmRun) write(out *cone.Polyhedron, r *fm.Result) error {
	file := &ine.File{Polyhedron: *out}
	// Names go with the columns that are left; x1, x2, ... would be wrong now, as columns
	// have moved.
	if f.named {
		file.Options = namesLine(f.talk, f.keptNames(), out.Columns)
	}
	write := file.Write
	if f.to.other() {
		write = f.to.writeOther(out)
		f.to.noteNames(f.talk, file)
	}
	if f.json {
		// Elimination also knows of the empty set; routes by double description do not ask.
		verdict := "projected"
		if r != nil {
			verdict = r.Verdict.String()
		}
		head := f.Head(verdict, nil)
		write = func(w io.Writer) error { return run.WriteLine(w, head, f.jsonResult(out, r)) }
	}
	if run.ToStandardOutput(f.out) {
		return f.Print(write)
	}
	// The line about the file comes after it: it is there when the line is read.
	if err := f.WriteFile(f.out, write); err != nil {
		return err
	}
	noteName(f.talk, f.out, f.to.name())
	// Told apart in the line, as both are rows.
	equations := each.Count(out.Rows, func(row cone.Row) bool { return row.Linear })
	_, err := fmt.Fprintf(f.Stdout, "%s: H-representation with %s and %s\n", certificate.FileName(f.out),
		show.Count(len(out.Rows)-equations, "inequality", "inequalities"), show.Count(equations, "equation", "equations"))
	return err
}

// fmJSON is the form of the result with -json. Numbers are strings, exact.
// Multipliers are of elimination alone, since it knows how each row came about; they make
// it of the rows of the input, up to a constant.
type fmJSON struct {
	Representation string     `json:"representation"`
	Columns        int        `json:"columns"`
	Complete       string     `json:"completeness"` // checked or not checked
	Variables      []string   `json:"variables"`    // those kept, in the order of the columns
	Rows           [][]string `json:"rows"`
	Linearity      []int      `json:"linearity"` // numbers of rows, from 1
	Strict         []int      `json:"strict_inequality,omitempty"`
	Multipliers    [][]string `json:"multipliers,omitempty"` // of each row, over the rows of the file
	Farkas         []string   `json:"farkas,omitempty"`
	Peak           int        `json:"peak,omitempty"` // most rows between two steps
}

// jsonResult is the object; r is nil if the rows come from double descriptions, and then
// there are no multipliers, no Farkas row and no peak.
func (f *fmRun) jsonResult(out *cone.Polyhedron, r *fm.Result) fmJSON {
	j := fmJSON{Representation: out.Representation.String(), Columns: out.Columns, Complete: completeness(f.complete), Variables: f.keptNames(), Rows: [][]string{}, Linearity: []int{}}
	for i, row := range out.Rows {
		// Dense, zeros too, so that a row has as many numbers as there are columns.
		numbers := each.To(out.Columns, func(k int) string { return row.At(k).String() })
		j.Rows = append(j.Rows, numbers)
		if row.Linear {
			j.Linearity = append(j.Linearity, i+1)
		}
		if row.Strict {
			j.Strict = append(j.Strict, i+1)
		}
	}
	// Without an elimination there is no history of rows.
	if r == nil {
		return j
	}
	j.Peak = r.Peak
	// Multipliers that show that no point exists, over the rows of the file.
	for _, x := range r.Farkas {
		j.Farkas = append(j.Farkas, x.String())
	}
	for _, o := range projection.Outputs(r) {
		var m []string
		for _, x := range o.Multipliers {
			m = append(m, x.String())
		}
		j.Multipliers = append(j.Multipliers, m)
	}
	return j
}

// keptNames are the names of the variables kept.
func (f *fmRun) keptNames() []string {
	return each.Of(f.kept, func(v int) string { return f.system.Variables[v] })
}

// writeTrace writes the trace where the flag says.
func (f *fmRun) writeTrace(r *fm.Result) error {
	if f.trace == "" {
		return nil
	}
	// By the flag or by the name of the file.
	style := fm.Plain
	// The flag counts more than the name of the file; without either it is plain text.
	switch {
	case f.style == "markdown", f.style == "" && strings.HasSuffix(f.trace, ".md"):
		style = fm.Markdown
	case f.style == "latex", f.style == "" && strings.HasSuffix(f.trace, ".tex"):
		style = fm.LaTeX
	}
	// On a terminal the line of progress would stand in the first line of the trace.
	f.talk.Clear()
	write := func(w io.Writer) error { return r.WriteTrace(w, style) }
	if f.trace == "-" {
		return f.Print(write) // after the result, wherever that goes
	}
	return f.WriteFile(f.trace, write)
}
