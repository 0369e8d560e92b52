package projection

import (
	"fmt"
	"slices"

	"pstar/cone"
	"pstar/fm"
	"pstar/rational"
)

// System returns the rows of an H-representation as a system over variables called x1, x2
// and so on. It panics on a V-representation.
func System(p *cone.Polyhedron) *fm.System {
	if p.Representation != cone.HRepresentation {
		panic(fmt.Sprintf("projection: the polyhedron is in %v, want %v", p.Representation, cone.HRepresentation))
	}
	s := &fm.System{}
	for v := range p.Columns - 1 {
		s.Variables = append(s.Variables, fmt.Sprintf("x%d", v+1))
	}
	for _, row := range p.Rows {
		// The constant moves to the right, with its sign turned.
		r := fm.Row{Relation: fm.AtLeast, Constant: row.At(0).Neg()}
		switch {
		case row.Linear:
			r.Relation = fm.Equal
		case row.Strict:
			r.Relation = fm.Above
		}
		for v := range s.Variables {
			r.Coefficients = append(r.Coefficients, row.At(1+v))
		}
		s.Rows = append(s.Rows, r)
	}
	return s
}

// Eliminated returns what an elimination has left of a system without symbols, over the
// variables kept.
func Eliminated(r *fm.Result, kept []int) *cone.Polyhedron {
	if r.Verdict == fm.Infeasible {
		return empty(1 + len(kept))
	}
	p := &cone.Polyhedron{Representation: cone.HRepresentation, Columns: 1 + len(kept)}
	// In the order of all routes, so that they can be compared byte by byte.
	for _, row := range Outputs(r) {
		p.Rows = append(p.Rows, cone.Row{Vector: vectorOf(row.Row, kept), Linear: row.Relation == fm.Equal, Strict: row.Relation == fm.Above})
	}
	return p
}

// Outputs returns the rows of r with their proofs in the order of [Eliminated].
func Outputs(r *fm.Result) []fm.Output {
	// A copy: the numbers of the result's own rows are those of its steps.
	rows := slices.Clone(r.Rows)
	slices.SortStableFunc(rows, func(a, b fm.Output) int {
		// Equations last.
		if (a.Relation == fm.Equal) != (b.Relation == fm.Equal) {
			if a.Relation == fm.Equal {
				return 1
			}
			return -1
		}
		return vectorOf(a.Row, nil).Cmp(vectorOf(b.Row, nil))
	})
	return rows
}

// vectorOf is the homogeneous vector of a row over the kept variables, all if nil.
func vectorOf(row fm.Row, kept []int) cone.Vector {
	// Homogeneous, with the constant first.
	dense := rational.RatVector{row.Constant.Neg()}
	if kept == nil {
		dense = append(dense, row.Coefficients...)
	}
	for _, v := range kept {
		dense = append(dense, row.Coefficients[v])
	}
	// Primitive, so that rows that say the same are the same.
	return cone.Sparse(dense.Primitive())
}

// empty has the one row -1 >= 0.
func empty(dim int) *cone.Polyhedron {
	return cone.PolyhedronByRows(&cone.H{Dim: dim, Inequalities: []cone.Vector{cone.Unit(0, -1)}})
}
