package polyhedra

import (
	"bufio"
	"bytes"
	"fmt"
	"io"

	"pstar/cmd/verify/internal/show"
	"pstar/cone"
	"pstar/doubledesc"
	"pstar/doubledesc/orbits"
	"pstar/format/ine"
	"pstar/theorems"
)

// ddResult is a conversion ready to be printed. The lists are by row of the
// result, linearity left out, and hold row numbers counted from 1.
//
// In is what was converted, Out what is written; both count rows as the lists do.
type ddResult struct {
	head theorems.Head // of the object
	*doubledesc.Conversion
	file                 *ine.File    // that In was read from
	names                []ine.Option // of the columns of Out
	verified             bool         // -verify has passed
	complete             bool         // nothing is missing
	adjacency, incidence [][]int
	orbits               *orbits.Listing // of which the rows are representatives, or nil
}

// lists takes over the lists that were asked for.
func (r *ddResult) lists(g *doubledesc.Graph, adjacency, incidence bool) {
	if adjacency {
		r.adjacency = countedFromOne(g.Neighbours)
	}
	if incidence {
		r.incidence = countedFromOne(g.Tight)
	}
}

// countedFromOne counts indices from 1.
func countedFromOne(lists [][]int32) [][]int {
	counted := make([][]int, len(lists))
	for i, list := range lists {
		counted[i] = make([]int, len(list))
		for k, x := range list {
			counted[i][k] = int(x) + 1
		}
	}
	return counted
}

// writeText writes the result as a file for this and other programs, with the
// lists as comments after its end.
func (r *ddResult) writeText(w io.Writer) error {
	// A file of representatives reads as a polyhedron all the same, of another set. So a
	// comment says first that it is not the whole, before the rows and not only behind
	// them.
	if r.orbits != nil {
		if err := writeHead(w, r.orbits); err != nil {
			return err
		}
	}
	// The rows are those of any file of the format.
	if err := (&ine.File{Polyhedron: *r.Out, Options: r.names}).Write(w); err != nil {
		return err
	}
	// Lists of adjacency and incidence are refused beside representatives: their place is
	// taken.
	if r.orbits != nil {
		return writeTail(w, r.orbits)
	}
	// Rows that the option nonnegative stands for have numbers, too, which the file does not show.
	counted := ""
	if n := r.file.Written; n < len(r.In.Rows) {
		counted = fmt.Sprintf(" (from %d on x_1 >= 0, x_2 >= 0, ... of nonnegative)", n+1)
	}
	for _, section := range []struct {
		title string
		lists [][]int
	}{
		{"* adjacency: row, how many rows are adjacent to it, which", r.adjacency},
		{"* incidence: row, how many rows of the input are tight at it, which" + counted, r.incidence},
	} {
		// An empty list that was asked for still has its title, so that a reader knows it is
		// empty.
		if section.lists == nil { // not asked for
			continue
		}
		if _, err := fmt.Fprintln(w, section.title); err != nil {
			return err
		}
		for i, list := range section.lists {
			if err := writeList(w, i+1, list); err != nil {
				return err
			}
		}
	}
	return nil
}

// writeList writes a list in one line, as a comment.
// Columns are the number of the row, how many numbers follow, and these, as in the lists
// of cddlib.
func writeList(w io.Writer, row int, list []int) error {
	// In one string: lists are short beside the rows.
	line := fmt.Sprintf("* %d %d :", row, len(list))
	for _, x := range list {
		line += fmt.Sprintf(" %d", x)
	}
	_, err := fmt.Fprintln(w, line)
	return err
}

// sizes counts the rows of the result by kind.
// What the representation does not have is nil and left out of the object; what it has
// and is 0 is said to be 0.
type sizes struct {
	Vertices     *int `json:"vertices,omitempty"`
	Rays         *int `json:"rays,omitempty"`
	Lines        *int `json:"lines,omitempty"`
	Inequalities *int `json:"inequalities,omitempty"`
	Equations    *int `json:"equations,omitempty"`
}

// sizes counts; of representatives, these.
//
// Rows of the linearity count as lines or equations, once each.
func (r *ddResult) sizes() sizes {
	// Counted over what is written: of orbits these are the representatives.
	var vertices, others, linear int
	for _, row := range r.Out.Rows {
		// Linear rows are looked at first: a line has a zero in front as a ray has.
		switch {
		case row.Linear:
			linear++
		case row.IsVertex():
			vertices++
		default:
			others++
		}
	}
	// What begins with 0 and is no line is a ray.
	if r.Out.Representation == cone.VRepresentation {
		return sizes{Vertices: &vertices, Rays: &others, Lines: &linear}
	}
	inequalities := vertices + others // in an H-representation nothing is a vertex
	return sizes{Inequalities: &inequalities, Equations: &linear}
}

// summary is the one line that stands for a result which goes to a file.
//
// It is one line without its end; what is 0 is said, too.
func (r *ddResult) summary() string {
	f := r.sizes()
	text := ""
	if r.Out.Representation == cone.VRepresentation {
		text = fmt.Sprintf("V-representation with %s, %s and %s",
			show.Count(*f.Vertices, "vertex", "vertices"), show.Count(*f.Rays, "ray", "rays"), show.Count(*f.Lines, "line", "lines"))
	} else {
		text = fmt.Sprintf("H-representation with %s and %s",
			show.Count(*f.Inequalities, "inequality", "inequalities"), show.Count(*f.Equations, "equation", "equations"))
	}
	if r.orbits != nil {
		text += fmt.Sprintf(", up to symmetry, which stand for %v", r.orbits.Total)
	}
	// Counts alone do not say it: of rows there may be one, -1 >= 0.
	if r.Empty() {
		text += ": the polyhedron is empty"
	}
	return text
}

// completeness says whether a list was shown to miss nothing.
//
// "not checked" is no doubt: the list has passed all other checks, and only the proof
// that it is whole was given up, or not begun.
func completeness(complete bool) string {
	if complete {
		return "checked"
	}
	return "not checked"
}

// ddJSON is the form of the result with -json. Numbers are strings, exact.
// Orders of groups, too, are strings, as they outgrow the numbers that readers of JSON
// have.
type ddJSON struct {
	Representation string `json:"representation"`
	Columns        int    `json:"columns"`
	Empty          bool   `json:"empty"`
	sizes
	Verified  bool       `json:"verified"`     // -verify was given, and has passed
	Complete  string     `json:"completeness"` // checked or not checked
	Rows      [][]string `json:"rows"`
	Linearity []int      `json:"linearity"`          // numbers of rows, from 1
	Adjacency [][]int    `json:"adjacency,omitzero"` // left out unless asked for
	Incidence [][]int    `json:"incidence,omitzero"`
	Orbits    *orbitJSON `json:"symmetry,omitempty"` // rows are representatives
}

// writeJSON writes one object. Its rows come last into the text, one by one.
//
// Memory is that of one row beside what is there already. A missing row or number would
// be an error of the format, so that the first failure ends it.
func (r *ddResult) writeJSON(w io.Writer) error {
	j := ddJSON{
		Representation: r.Out.Representation.String(),
		Columns:        r.Out.Columns,
		Empty:          r.Empty(),
		sizes:          r.sizes(),
		Verified:       r.verified,
		Complete:       completeness(r.complete),
		// Empty lists and not null, for readers that expect a list.
		Rows:      [][]string{},
		Linearity: []int{},
		Adjacency: r.adjacency,
		Incidence: r.incidence,
	}
	// Counts are of representatives; what people want to know is how many rows there are.
	if r.orbits != nil {
		j.Orbits = newOrbitJSON(r.orbits)
	}
	// Numbers of rows that are equations or lines, as the file format lists them.
	for i, row := range r.Out.Rows {
		if row.Linear {
			j.Linearity = append(j.Linearity, i+1)
		}
	}
	// Heads of all commands are the same; this one adds verdict, command and version in
	// front.
	encoded, err := r.head.Line(j)
	if err != nil {
		return err
	}
	// The rows can be long, and are not held in memory once more.
	const rows = `"rows":[`
	// The object was made with an empty list, in the place of which they are written.
	// No text before it has these bytes, as quotation marks within texts are escaped.
	before, after, _ := bytes.Cut(encoded, []byte(rows))
	b := bufio.NewWriterSize(w, 1<<16)
	b.Write(before)
	b.WriteString(rows)
	// Row by row, in the place that was kept free.
	for i, row := range r.Out.Rows {
		if i > 0 {
			b.WriteByte(',')
		}
		separator := `["`
		// All columns, zeros too: readers index rows by column.
		for k := range r.Out.Columns {
			b.WriteString(separator)
			b.WriteString(row.At(k).String())
			separator = `","`
		}
		// Of errors of the writer the first one stays: looking once for each row is enough.
		if _, err := b.WriteString(`"]`); err != nil {
			return err
		}
	}
	b.Write(after)
	return b.Flush()
}

// readText reads back what was written.
func readText(text []byte) (*ine.File, error) {
	return ine.Read(bytes.NewReader(text), "the result")
}
