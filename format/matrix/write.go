package matrix

import (
	"bufio"
	"io"

	"pstar/cone"
	"pstar/format/rows"
	"pstar/format/text"
)

// Write writes a polyhedron in the convention b+A or 1x, with a separator between numbers. A
// matrix cannot say which rows are equations or lines: each of these becomes two rows. Nor can it say that a
// row is strict, or that there is no generator: that is an error. Of the whole space the row is 1 >= 0, since a
// file without rows says nothing. Numbers are exact, as fractions where they must be.
func Write(w io.Writer, p *cone.Polyhedron, separator string) error {
	if err := rows.Closed(p, "a matrix"); err != nil {
		return err
	}
	list := p.Rows
	if len(list) == 0 {
		if p.Representation == cone.VRepresentation {
			return &text.NoFormError{What: "the empty polyhedron, without generators,", Format: "a matrix"}
		}
		list = []cone.Row{{Vector: cone.Unit(0, 1)}}
	}
	return rows.Write(w, func(b *bufio.Writer) {
		write := func(r cone.Row) {
			for i, x := range rows.Values(r, p.Columns) {
				if i > 0 {
					b.WriteString(separator)
				}
				b.WriteString(x.String())
			}
			b.WriteByte('\n')
		}
		for _, r := range list {
			// An equation is two inequalities, and a line two opposite rays.
			write(r)
			if r.Linear {
				write(cone.Row{Vector: r.Vector.Neg(), Scale: r.Scale})
			}
		}
	})
}
