package main

import (
	"fmt"
	"io"
	"math/big"
	"sort"
	"strings"

	"pstar/certificate"
	"pstar/lp"
	"pstar/rational"
)

// writeLPCertificate writes a result as a document for the checker.
func writeLPCertificate(w io.Writer, p *lp.Problem, r *lp.Result) error {
	d := &certificate.LPDocument{Maximise: p.Sense == lp.Maximise, Constant: p.Constant.Big()}
	for _, v := range p.Variables {
		d.Variables = append(d.Variables, certificate.LPVariable{
			Name: certificateName(v.Name), Cost: v.Cost.Big(), Lower: bigBound(v.Lower), Upper: bigBound(v.Upper)})
	}
	for _, row := range p.Rows {
		d.Rows = append(d.Rows, certificate.LPRow{
			Name: certificateName(row.Name), Lower: bigBound(row.Lower), Upper: bigBound(row.Upper), Terms: certificateTerms(row)})
	}
	if err := certificateLengths(r); err != nil {
		return err
	}
	switch {
	case r.Verdict == lp.Optimal:
		d.Optimal = &certificate.LPOptimum{Value: r.Value.Big(), Point: bigs(r.Primal), Dual: bigs(r.Dual)}
	case r.Verdict == lp.Unbounded:
		d.Unbounded = &certificate.LPRay{Point: bigs(r.Primal), Ray: bigs(r.Ray)}
	case r.Conflict.In == lp.RowConflict:
		d.Crossed = &certificate.LPCrossed{Kind: "row", Index: r.Conflict.Index}
	case r.Conflict.In == lp.VariableConflict:
		d.Crossed = &certificate.LPCrossed{Kind: "variable", Index: r.Conflict.Index}
	default:
		d.Infeasible = &certificate.LPRefutation{Multipliers: bigs(r.Farkas)}
	}
	d.Claims = d.Derive()
	return d.Write(w)
}

// certificateTerms returns the terms of a row, sorted by variable, those of one
// variable added and zeros left out.
func certificateTerms(row lp.Row) []certificate.LPTerm {
	terms := append([]lp.Term(nil), row.Terms...)
	sort.SliceStable(terms, func(a, b int) bool { return terms[a].Variable < terms[b].Variable })
	var list []certificate.LPTerm
	for k := 0; k < len(terms); {
		var sum rational.Rat
		variable := terms[k].Variable
		for ; k < len(terms) && terms[k].Variable == variable; k++ {
			sum = sum.Add(terms[k].Coefficient)
		}
		if !sum.IsZero() {
			list = append(list, certificate.LPTerm{Variable: variable, Coefficient: sum.Big()})
		}
	}
	return list
}

func bigs(v []rational.Rat) []*big.Rat {
	list := make([]*big.Rat, len(v))
	for i, x := range v {
		list[i] = x.Big()
	}
	return list
}

func bigBound(b lp.Bound) *big.Rat {
	if !b.Finite {
		return nil
	}
	return b.Value.Big()
}

// certificateName replaces what a string of the format cannot hold.
func certificateName(name string) string {
	return strings.Map(func(c rune) rune {
		if c < ' ' || c > '~' || c == '"' || c == '\\' {
			return '_'
		}
		return c
	}, name)
}

// certificateBits is the length of the numbers that a certificate can hold: 10000 digits.
const certificateBits = 33219

// certificateLengths refuses numbers that the checker would not read.
func certificateLengths(r *lp.Result) error {
	vectors := [][]rational.Rat{{r.Value}, r.Primal, r.Dual, r.Farkas, r.Ray}
	for _, v := range vectors {
		for _, x := range v {
			if x.Num().BitLen() > certificateBits || x.Den().BitLen() > certificateBits {
				return fmt.Errorf("-certificate: a number of the witness has more than 10000 digits, which the format does not allow")
			}
		}
	}
	return nil
}
