package certificate

import (
	"fmt"
	"io"
	"math/big"
)

// LinearElimination is the family of statements that eliminating variables from
// a linear system leaves exactly the rows given, or that the system has no
// solution.
const LinearElimination = "fm"

// Tags of the claims of that family.
const (
	tagCell       = "FM-C"
	tagProjection = "FM-P"
	tagInfeasible = "FM-I"
)

// Limits of that family.
const (
	maxSystemVariables = 4096
	maxSystemRows      = 1 << 16
	maxSystemDrops     = 1 << 24
)

// A LinearRow is Σ Value·x_Column Relation 0, x_0 = 1 being the constant. The
// relation is ">=", ">" or "=".
type LinearRow struct {
	Relation string
	Entries  []RatEntry
}

// A RatEntry is an entry of a sparse vector, or a multiplier of a numbered row.
type RatEntry struct {
	Index int
	Value *big.Rat
}

// A SolvedEquation is a combination of equations that gives the column Column.
type SolvedEquation struct {
	Column      int
	Multipliers []RatEntry // rows counted from 1
}

// A BaseRow is row Origin of the system, counted from 1, with equations added.
type BaseRow struct {
	Origin      int
	Multipliers []RatEntry
}

// A SystemStep eliminates a variable; with Variable 0 it only drops rows. Rows are
// numbered from 1: the base rows, then the row 1 > 0, then the new rows.
type SystemStep struct {
	Variable int
	New      []SystemPair
	Dropped  []SystemDrop
}

// A SystemPair is P times one row plus N times another.
type SystemPair struct {
	Positive, Negative int
	P, N               *big.Rat
}

// A SystemDrop is a row, if Row is positive, or a pair, that is the sum of Proof.
type SystemDrop struct {
	Row   int
	Pair  SystemPair
	Proof []RatEntry
}

// A LinearDocument is a certificate of the family fm. With Farkas there is no
// other part and no Result.
type LinearDocument struct {
	Cell      *TransportCell // nil for any other system
	Variables int
	Rows      []LinearRow
	Eliminate []int
	Result    []LinearRow

	Farkas    []RatEntry
	Vanishing []RatEntry
	Solved    []SolvedEquation
	Base      []BaseRow
	Steps     []SystemStep
}

// Write writes d as one JSON document; see [Document.Write].
func (d *LinearDocument) Write(w io.Writer) error {
	return write(w, func(e *encoder) {
		e.open(LinearElimination)
		if d.Cell != nil {
			e.text(",\"cell\":")
			e.ints([]int{d.Cell.K, d.Cell.N})
		}
		e.text(",\"variables\":")
		e.integer(int64(d.Variables))
		e.text(",\n\"rows\":")
		e.linearRows(d.Rows)
		e.text(",\n\"eliminate\":")
		e.ints(d.Eliminate)
		e.text(",\n\"result\":")
		e.linearRows(d.Result)
		e.text("}")
		e.claims(d.claims())
		if d.Farkas != nil {
			e.text(",\n\"farkas\":")
			e.entries(d.Farkas)
			return
		}
		e.proof(d)
	})
}

// claims are those that the parts establish.
func (d *LinearDocument) claims() []Claim {
	switch {
	case d.Farkas != nil:
		return []Claim{{tagInfeasible, Proved}}
	case d.Cell != nil:
		return []Claim{{tagCell, Proved}, {tagProjection, Proved}}
	}
	return []Claim{{tagProjection, Proved}}
}

func (e *encoder) linearRows(rows []LinearRow) {
	e.list(len(rows), ",\n", func(i int) {
		e.text("[\"" + rows[i].Relation + "\",")
		e.entries(rows[i].Entries)
		e.text("]")
	})
}

func (e *encoder) entries(v []RatEntry) {
	e.list(len(v), ",", func(i int) {
		e.text("[")
		e.integer(int64(v[i].Index))
		e.text(",")
		e.bigRat(v[i].Value)
		e.text("]")
	})
}

// proof writes the parts of a projection.
func (e *encoder) proof(d *LinearDocument) {
	if d.Vanishing != nil {
		e.text(",\n\"vanishing\":")
		e.entries(d.Vanishing)
	}
	e.text(",\n\"solved\":")
	e.list(len(d.Solved), ",\n", func(i int) { e.numbered(d.Solved[i].Column, d.Solved[i].Multipliers) })
	e.text(",\n\"base\":")
	e.list(len(d.Base), ",\n", func(i int) { e.numbered(d.Base[i].Origin, d.Base[i].Multipliers) })
	e.text(",\n\"steps\":")
	e.list(len(d.Steps), ",\n", func(i int) {
		s := &d.Steps[i]
		e.text("{\"variable\":")
		e.integer(int64(s.Variable))
		e.text(",\"new\":")
		e.list(len(s.New), ",", func(k int) {
			e.text("[")
			e.pair(&s.New[k])
			e.text("]")
		})
		e.text(",\"dropped\":")
		e.list(len(s.Dropped), ",\n", func(k int) {
			x := &s.Dropped[k]
			e.text("[")
			if x.Row > 0 {
				e.integer(int64(x.Row))
			} else {
				e.pair(&x.Pair)
			}
			e.text(",")
			e.entries(x.Proof)
			e.text("]")
		})
		e.text("}")
	})
}

func (e *encoder) numbered(n int, v []RatEntry) {
	e.text("[")
	e.integer(int64(n))
	e.text(",")
	e.entries(v)
	e.text("]")
}

func (e *encoder) pair(p *SystemPair) {
	e.integer(int64(p.Positive))
	e.text(",")
	e.integer(int64(p.Negative))
	e.text(",")
	e.bigRat(p.P)
	e.text(",")
	e.bigRat(p.N)
}

// title, statement and figures tell what a document of the family establishes.
func (f *linear) title() string {
	of := ""
	if f.cell != nil {
		of = fmt.Sprintf("transport polytope K=%d N=%d, ", f.cell.K, f.cell.N)
	}
	return fmt.Sprintf("%s %s%d rows in %d variables, %d eliminated", LinearElimination, of, len(f.rows), f.variables, len(f.eliminate))
}

func (f *linear) statement() string {
	if f.infeasible {
		return fmt.Sprintf("%s\nFM-I proved: the system of the document has no solution.\n", f.title())
	}
	of := ""
	if f.cell != nil {
		of = fmt.Sprintf(cellMeaning, f.cell.K, f.cell.N)
	}
	return fmt.Sprintf("%s\n%sFM-P proved: for values of the variables that are kept, the others can be chosen so that the system of the document holds\n"+
		"if and only if the %d rows of its result hold.\n", f.title(), of, len(f.result))
}

func (f *linear) figures() string {
	return fmt.Sprintf("steps: %d, new rows: %d, dropped rows, each with its multipliers: %d\n", f.steps, f.created, f.dropped)
}
