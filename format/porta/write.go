package porta

import (
	"bufio"
	"fmt"
	"io"

	"pstar/cone"
	"pstar/format/rows"
	"pstar/rational"
)

// Write writes a polyhedron so that [Read] returns the same one: rows as they are, lines as
// two opposite rays, vertices before rays. The empty list of generators, and a strict row,
// cannot be written.
func Write(w io.Writer, p *cone.Polyhedron) error {
	if err := rows.Writable(p, "PORTA's format"); err != nil {
		return err
	}
	return rows.Write(w, func(b *bufio.Writer) {
		fmt.Fprintf(b, "DIM = %d\n\n", p.Columns-1)
		if p.Representation == cone.HRepresentation {
			writeRows(b, p)
		} else {
			section(b, p, "CONV_SECTION", true)
			section(b, p, "CONE_SECTION", false)
		}
		fmt.Fprintln(b, "END")
	})
}

// writeRows writes each row as terms on the left and the constant on the right.
func writeRows(b *bufio.Writer, p *cone.Polyhedron) {
	fmt.Fprintln(b, "INEQUALITIES_SECTION")
	for i, r := range p.Rows {
		// Zero coefficients are left out.
		values := rows.Values(r, p.Columns)
		// Numbers of rows are those of the polyhedron, as messages have them.
		fmt.Fprintf(b, "(%3d) ", i+1)
		first := true
		for k, x := range values[1:] {
			if x.Sign() != 0 {
				fmt.Fprintf(b, "%s", term(x, k+1, first))
				first = false
			}
		}
		// A row without variables needs one for PORTA to read it.
		if first {
			fmt.Fprint(b, "0x1")
		}
		// All rows ask for at least; at most is written by no row of a polyhedron.
		relation := ">="
		if r.Linear {
			relation = "=="
		}
		fmt.Fprintf(b, " %s %v\n", relation, values[0].Neg())
	}
	fmt.Fprintln(b)
}

// term writes x times a variable, with a sign unless it is positive and comes first.
func term(x rational.Rat, variable int, first bool) string {
	// Plus, unless the term begins the row.
	sign := "+"
	if x.Sign() < 0 {
		sign, x = "-", x.Neg()
	} else if first {
		sign = ""
	}
	if x.Equal(rational.NewRat(1, 1)) {
		return fmt.Sprintf("%sx%d", sign, variable)
	}
	return fmt.Sprintf("%s%vx%d", sign, x, variable)
}

// section writes the vertices, or the rays and lines. A section without members is left
// out.
func section(b *bufio.Writer, p *cone.Polyhedron, name string, vertices bool) {
	// Rays are numbered in the file, as a line makes two of them.
	number := 0
	write := func(values []rational.Rat) {
		if number++; number == 1 {
			fmt.Fprintln(b, name)
		}
		fmt.Fprintf(b, "(%3d)", number)
		for _, x := range values {
			fmt.Fprintf(b, " %v", x)
		}
		fmt.Fprintln(b)
	}
	for _, r := range p.Rows {
		if r.IsVertex() != vertices {
			continue
		}
		values := rows.Values(r, p.Columns)
		for i := range values[1:] {
			// A vertex may be a multiple of (1, x); what is written is x.
			if vertices {
				values[i+1] = values[i+1].Quo(values[0])
			}
		}
		write(values[1:])
		// The opposite ray; no vertex is a line.
		if r.Linear {
			for i := range values[1:] {
				values[i+1] = values[i+1].Neg()
			}
			write(values[1:])
		}
	}
	if number > 0 {
		fmt.Fprintln(b)
	}
}
