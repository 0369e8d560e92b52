package polyhedra

import (
	"bufio"
	"bytes"
	"fmt"
	"io"

	"pstar/cmd/verify/internal/show"
	"pstar/cone"
	"pstar/doubledesc"
	"pstar/format/ine"
	"pstar/theorems"
)

// ddResult is a conversion ready to be printed. The lists are by row of the
// result, linearity left out, and hold row numbers counted from 1.
type ddResult struct {
	head theorems.Head // of the object
	*doubledesc.Conversion
	file                 *ine.File // that In was read from
	verified             bool      // -verify has passed
	complete             bool      // nothing is missing
	adjacency, incidence [][]int
	orbits               *orbitList // of which the rows are representatives, or nil
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
	if r.orbits != nil {
		if err := r.orbits.writeHead(w); err != nil {
			return err
		}
	}
	if err := ine.Write(w, r.Out); err != nil {
		return err
	}
	if r.orbits != nil {
		return r.orbits.writeTail(w)
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
func writeList(w io.Writer, row int, list []int) error {
	line := fmt.Sprintf("* %d %d :", row, len(list))
	for _, x := range list {
		line += fmt.Sprintf(" %d", x)
	}
	_, err := fmt.Fprintln(w, line)
	return err
}

// sizes counts the rows of the result by kind.
type sizes struct {
	Vertices     *int `json:"vertices,omitempty"`
	Rays         *int `json:"rays,omitempty"`
	Lines        *int `json:"lines,omitempty"`
	Inequalities *int `json:"inequalities,omitempty"`
	Equations    *int `json:"equations,omitempty"`
}

// sizes counts; of representatives, these.
func (r *ddResult) sizes() sizes {
	var vertices, others, linear int
	for _, row := range r.Out.Rows {
		switch {
		case row.Linear:
			linear++
		case row.IsVertex():
			vertices++
		default:
			others++
		}
	}
	if r.Out.Representation == cone.VRepresentation {
		return sizes{Vertices: &vertices, Rays: &others, Lines: &linear}
	}
	inequalities := vertices + others // in an H-representation nothing is a vertex
	return sizes{Inequalities: &inequalities, Equations: &linear}
}

// empty reports whether the polyhedron is empty.
func (r *ddResult) empty() bool { return len(r.Listed) == 0 && !r.hasPoint() }

// hasPoint reports whether a polyhedron has a point: it has if there is any generator.
func (r *ddResult) hasPoint() bool {
	if r.Out.Representation == cone.VRepresentation {
		return len(r.Out.Rows) > 0
	}
	return len(r.In.Rows) > 0
}

// summary is the one line that stands for a result which goes to a file.
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
		text += fmt.Sprintf(", up to symmetry, which stand for %v", r.orbits.total)
	}
	if r.empty() {
		text += ": the polyhedron is empty"
	}
	return text
}

// completeness says whether a list was shown to miss nothing.
func completeness(complete bool) string {
	if complete {
		return "checked"
	}
	return "not checked"
}

// ddJSON is the form of the result with -json. Numbers are strings, exact.
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
func (r *ddResult) writeJSON(w io.Writer) error {
	j := ddJSON{
		Representation: r.Out.Representation.String(),
		Columns:        r.Out.Columns,
		Empty:          r.empty(),
		sizes:          r.sizes(),
		Verified:       r.verified,
		Complete:       completeness(r.complete),
		Rows:           [][]string{},
		Linearity:      []int{},
		Adjacency:      r.adjacency,
		Incidence:      r.incidence,
	}
	if r.orbits != nil {
		j.Orbits = r.orbits.json()
	}
	for i, row := range r.Out.Rows {
		if row.Linear {
			j.Linearity = append(j.Linearity, i+1)
		}
	}
	encoded, err := r.head.Line(j)
	if err != nil {
		return err
	}
	// The rows can be long, and are not held in memory once more.
	const rows = `"rows":[`
	// The object was made with an empty list, in the place of which they are written.
	before, after, _ := bytes.Cut(encoded, []byte(rows))
	b := bufio.NewWriterSize(w, 1<<16)
	b.Write(before)
	b.WriteString(rows)
	for i, row := range r.Out.Rows {
		if i > 0 {
			b.WriteByte(',')
		}
		separator := `["`
		for k := range r.Out.Columns {
			b.WriteString(separator)
			b.WriteString(row.At(k).String())
			separator = `","`
		}
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
