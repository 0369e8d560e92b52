package exchange

import (
	"context"
	"errors"
	"io"

	"pstar/cone"
	"pstar/format/ine"
	"pstar/rational"
)

// System writes the rows of the polyhedron of a certificate, the variables in their order; equations are linearities, and strict rows
// are named by the option strict_inequality.
func System(ctx context.Context, w io.Writer, data []byte) error {
	d, err := parse(ctx, data, "polyhedron")
	if err != nil {
		return err
	}
	// The rows of the statement, and not those of its proof: they are what defines the
	// polyhedron.
	return writeRows(w, len(d.Statement.Variables), d.Statement.Rows, nil)
}

// Projection writes the rows of its projection, in the variables that are kept.
func Projection(ctx context.Context, w io.Writer, data []byte) error {
	d, err := parse(ctx, data, "polyhedron")
	switch {
	case err != nil:
		return err
	// The certificate is a contradiction then, and lists no rows of a projection.
	case d.Statement.Infeasible != nil:
		return errors.New("the polyhedron is empty, and has no projection")
	}
	// The columns of what is kept move together; those of what is eliminated do not occur in rows
	// of the projection.
	column, kept := make([]int, len(d.Statement.Variables)), 0
	for j, v := range d.Statement.Variables {
		// What is eliminated gets the place of the next that is kept: no row asks for it.
		if column[j] = kept; v[1] == "keep" {
			kept++
		}
	}
	return writeRows(w, kept, d.Statement.Projection, column)
}

// writeRows writes facts in n variables; variable j of the document is variable column[j].
func writeRows(w io.Writer, n int, facts [][]any, column []int) error {
	// Column 0 is the constant, as in the files of the field.
	p := &cone.Polyhedron{Representation: cone.HRepresentation, Columns: n + 1}
	for _, f := range facts {
		// A fact is its relation, then its polynomial, which is on the left of 0: as rows of .ine files are.
		constant, terms := linear(f[1])
		dense := make([]rational.Rat, n+1)
		dense[0] = constant
		for j, c := range terms {
			// Of the whole polyhedron each variable keeps its place.
			if column != nil {
				j = column[j]
			}
			dense[1+j] = c
		}
		p.Rows = append(p.Rows, rowOf(dense, f[0].(string)))
	}
	return ine.Write(w, p)
}

// rowOf is a row with its least denominator.
func rowOf(dense rational.RatVector, relation string) cone.Row {
	// Integers over one denominator are what package cone has; a positive factor changes no row.
	vector, scale := dense.Integers()
	return cone.Row{Vector: cone.Sparse(vector), Scale: scale, Linear: relation == "=", Strict: relation == ">"}
}
