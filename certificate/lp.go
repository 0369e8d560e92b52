package certificate

import (
	"io"
	"math/big"
)

// LinearProgram is the family of the statements on one linear program, which the
// document itself gives.
const LinearProgram = "linear-program"

// LPDocument is a certificate on a linear program: its optimum, or that it has no
// feasible point, or that it is unbounded. Exactly one of Optimal, Infeasible, Crossed
// and Unbounded is set.
type LPDocument struct {
	Maximise  bool
	Constant  *big.Rat // of the objective
	Variables []LPVariable
	Rows      []LPRow
	Claims    []Claim

	Optimal    *LPOptimum
	Infeasible *LPRefutation
	Crossed    *LPCrossed
	Unbounded  *LPRay
}

// LPVariable is a variable with its cost and its bounds, nil where there is none.
// Names identify things for a reader and mean nothing else.
type LPVariable struct {
	Name               string
	Cost, Lower, Upper *big.Rat
}

// LPRow is Lower ≤ Σ Terms ≤ Upper; a bound that is nil is none.
type LPRow struct {
	Name         string
	Lower, Upper *big.Rat
	Terms        []LPTerm // by strictly increasing variable, not zero
}

// LPTerm is Coefficient times the variable of index Variable, from 0.
type LPTerm struct {
	Variable    int
	Coefficient *big.Rat
}

// LPOptimum is a feasible point and multipliers of the rows that prove that it is
// optimal.
type LPOptimum struct {
	Value *big.Rat
	Point []*big.Rat
	Dual  []*big.Rat
}

// LPRefutation is multipliers of the rows that combine them to a contradiction.
type LPRefutation struct{ Multipliers []*big.Rat }

// LPCrossed names a row or a variable whose lower bound exceeds its upper bound.
type LPCrossed struct {
	Kind  string // "row" or "variable"
	Index int
}

// LPRay is a feasible point and a direction that improves the objective for ever.
type LPRay struct {
	Point, Ray []*big.Rat
}

// Tags of the claims on a linear program.
const (
	tagLPOptimal    = "LP-OPTIMAL"
	tagLPInfeasible = "LP-INFEASIBLE"
	tagLPUnbounded  = "LP-UNBOUNDED"
)

// Derive returns the claims that d establishes if the checker accepts it.
func (d *LPDocument) Derive() []Claim {
	switch {
	case d.Optimal != nil:
		return []Claim{{tagLPOptimal, Proved}}
	case d.Infeasible != nil || d.Crossed != nil:
		return []Claim{{tagLPInfeasible, Proved}}
	case d.Unbounded != nil:
		return []Claim{{tagLPUnbounded, Proved}}
	}
	return nil
}

// Write writes d as one JSON document; see [Document.Write].
func (d *LPDocument) Write(w io.Writer) error {
	return write(w, func(e *encoder) {
		e.open(LinearProgram)
		e.lpStatement(d)
		e.claims(d.Claims)
		e.lpProof(d)
	})
}

func (e *encoder) lpStatement(d *LPDocument) {
	sense := "minimise"
	if d.Maximise {
		sense = "maximise"
	}
	e.text(",\"sense\":")
	e.quoted(sense)
	e.text(",\"constant\":")
	e.bigRat(d.Constant)
	e.text(",\n\"variables\":")
	e.list(len(d.Variables), ",\n", func(j int) {
		v := d.Variables[j]
		e.text("[")
		e.quoted(v.Name)
		e.text(",")
		e.bigRat(v.Cost)
		e.lpBounds(v.Lower, v.Upper)
		e.text("]")
	})
	e.text(",\n\"rows\":")
	e.list(len(d.Rows), ",\n", func(i int) {
		row := d.Rows[i]
		e.text("[")
		e.quoted(row.Name)
		e.lpBounds(row.Lower, row.Upper)
		e.text(",")
		e.list(len(row.Terms), ",", func(k int) {
			e.text("[")
			e.integer(int64(row.Terms[k].Variable))
			e.text(",")
			e.bigRat(row.Terms[k].Coefficient)
			e.text("]")
		})
		e.text("]")
	})
	e.text("}")
}

// lpBounds writes two lists, each of one bound or none.
func (e *encoder) lpBounds(bounds ...*big.Rat) {
	for _, b := range bounds {
		e.text(",[")
		if b != nil {
			e.bigRat(b)
		}
		e.text("]")
	}
}

func (e *encoder) lpProof(d *LPDocument) {
	if o := d.Optimal; o != nil {
		e.text(",\n\"optimal\":{\"value\":")
		e.bigRat(o.Value)
		e.text(",\n\"point\":")
		e.rats(o.Point)
		e.text(",\n\"dual\":")
		e.rats(o.Dual)
		e.text("}")
	}
	if f := d.Infeasible; f != nil {
		e.text(",\n\"infeasible\":{\"multipliers\":")
		e.rats(f.Multipliers)
		e.text("}")
	}
	if c := d.Crossed; c != nil {
		e.text(",\n\"crossed\":{\"kind\":")
		e.quoted(c.Kind)
		e.text(",\"index\":")
		e.integer(int64(c.Index))
		e.text("}")
	}
	if u := d.Unbounded; u != nil {
		e.text(",\n\"unbounded\":{\"point\":")
		e.rats(u.Point)
		e.text(",\n\"ray\":")
		e.rats(u.Ray)
		e.text("}")
	}
}
