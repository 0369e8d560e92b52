package witness

import (
	"pstar/certificate"
	"pstar/fm"
	"pstar/rational"
)

// Elimination returns the document of an elimination. Columns and rows count from 1
// there, the constant being column 0, and symbols come before variables. That of a cell
// names the cell besides, which is for the caller to add.
func Elimination(r *fm.Result) *certificate.LinearDocument {
	d := &certificate.LinearDocument{Variables: len(r.System.Symbols) + len(r.System.Variables)}
	for _, row := range r.System.Rows {
		d.Rows = append(d.Rows, linearRow(row))
	}
	for _, v := range r.Eliminate {
		d.Eliminate = append(d.Eliminate, 1+len(r.System.Symbols)+v)
	}
	if r.Verdict == fm.Infeasible {
		d.Farkas = entriesOf(r.Farkas, 1)
		return d
	}
	for _, o := range r.Rows {
		d.Result = append(d.Result, linearRow(o.Row))
	}
	if r.Vanishing != nil {
		d.Vanishing = entriesOf(r.Vanishing, 1)
	}
	for _, s := range append(append([]fm.Substitution(nil), r.Solved...), r.Equations...) {
		d.Solved = append(d.Solved, certificate.SolvedEquation{Column: s.Column, Multipliers: entriesOf(s.Multipliers, 1)})
	}
	for _, b := range r.Base[:len(r.Base)-1] {
		d.Base = append(d.Base, certificate.BaseRow{Origin: b.Origin + 1, Multipliers: entriesOf(b.Multipliers, 1)})
	}
	for i := range r.Steps {
		d.Steps = append(d.Steps, eliminationStep(r, &r.Steps[i]))
	}
	return d
}

func eliminationStep(r *fm.Result, s *fm.Step) certificate.SystemStep {
	step := certificate.SystemStep{}
	if s.Variable >= 0 {
		step.Variable = 1 + len(r.System.Symbols) + s.Variable
	}
	for _, k := range s.New {
		step.New = append(step.New, systemPair(k))
	}
	for _, d := range s.Dropped {
		drop := certificate.SystemDrop{Row: d.Row + 1, Pair: systemPair(d.Combination)}
		for _, t := range d.Proof {
			drop.Proof = append(drop.Proof, certificate.RatEntry{Index: t.Row + 1, Value: t.Multiplier.Big()})
		}
		step.Dropped = append(step.Dropped, drop)
	}
	return step
}

func systemPair(k fm.Combination) certificate.SystemPair {
	return certificate.SystemPair{Positive: k.Positive + 1, Negative: k.Negative + 1, P: k.P.Big(), N: k.N.Big()}
}

// linearRow turns a row to the side >= 0.
func linearRow(row fm.Row) certificate.LinearRow {
	v := append(rational.RatVector{row.Constant.Neg()}, row.Symbols.Scale(rational.NewRat(-1, 1))...)
	v = append(v, row.Coefficients...)
	relation := row.Relation
	if relation == fm.AtMost || relation == fm.Below {
		v = v.Scale(rational.NewRat(-1, 1))
	}
	text := map[fm.Relation]string{fm.AtLeast: ">=", fm.AtMost: ">=", fm.Above: ">", fm.Below: ">", fm.Equal: "="}[relation]
	return certificate.LinearRow{Relation: text, Entries: entriesOf(v, 0)}
}

// entriesOf lists the nonzero entries, the first one having the given index.
func entriesOf(v rational.RatVector, first int) []certificate.RatEntry {
	entries := []certificate.RatEntry{}
	for i, x := range v {
		if !x.IsZero() {
			entries = append(entries, certificate.RatEntry{Index: first + i, Value: x.Big()})
		}
	}
	return entries
}
