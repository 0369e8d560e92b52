package normaliz

import (
	"bufio"
	"fmt"
	"io"

	"pstar/cone"
	"pstar/format/rows"
	"pstar/internal/each"
	"pstar/rational"
)

// Write writes a polyhedron so that [Read] and Normaliz read the same one, without a
// computation to be done. The empty list of generators, and a strict row, cannot be
// written.
func Write(w io.Writer, p *cone.Polyhedron) error {
	// Rows or generators that the format has no form for.
	if err := rows.Writable(p, "the format of Normaliz"); err != nil {
		return err
	}
	return rows.Write(w, func(b *bufio.Writer) {
		// Coordinates only: the constant is column 0.
		fmt.Fprintf(b, "amb_space %d\n", p.Columns-1)
		if p.Representation == cone.HRepresentation {
			block(b, p, "inhom_equations", func(r cone.Row) bool { return r.Linear }, asRow)
			block(b, p, "inhom_inequalities", func(r cone.Row) bool { return !r.Linear }, asRow)
			// Without any item it would be an error to read the file.
			if len(p.Rows) == 0 { // the whole space
				fmt.Fprintln(b, "inhom_inequalities 0")
			}
			return
		}
		block(b, p, "vertices", func(r cone.Row) bool { return r.IsVertex() }, asVertex)
		block(b, p, "cone", func(r cone.Row) bool { return !r.IsVertex() && !r.Linear }, asRay)
		block(b, p, "subspace", func(r cone.Row) bool { return r.Linear }, asRay)
	})
}

// block writes the rows that belong, if there are any, or one row at least is needed. A
// file of equations alone would be read with the coordinates nonnegative, and so gets
// the row 1 ≥ 0.
func block(b *bufio.Writer, p *cone.Polyhedron, name string, belongs func(cone.Row) bool, write func(r cone.Row, columns int) []rational.Int) {
	// Counted first, as the number stands in front of the rows.
	// The order of rows within a block is that of the polyhedron.
	list := each.Where(p.Rows, belongs)
	if len(list) == 0 && (name != "inhom_inequalities" || len(p.Rows) == 0) {
		return // but equations alone would be taken in the nonnegative orthant
	}
	fmt.Fprintf(b, "%s %d\n", name, max(len(list), 1))
	if len(list) == 0 {
		list = []cone.Row{{Vector: cone.Unit(0, 1)}} // 0 + 1 >= 0
	}
	for _, r := range list {
		for i, x := range write(r, p.Columns) {
			if i > 0 {
				b.WriteByte(' ')
			}
			b.WriteString(x.String())
		}
		b.WriteByte('\n')
	}
}

// asRow moves the constant to the end; a positive multiple is the same row.
func asRow(r cone.Row, columns int) []rational.Int {
	dense := r.Vector.Dense(columns)
	return append(append([]rational.Int{}, dense[1:]...), dense[0])
}

// asRay leaves the constant out, which is 0.
func asRay(r cone.Row, columns int) []rational.Int { return r.Vector.Dense(columns)[1:] }

// asVertex writes the coordinates over their denominator, which is last.
func asVertex(r cone.Row, columns int) []rational.Int { return asRow(r, columns) }
