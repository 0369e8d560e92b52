package witness

import (
	"fmt"
	"math/big"
	"sort"
	"strings"

	"pstar/certificate"
	"pstar/lp"
	"pstar/rational"
)

// LinearProgram returns the document of a solved program: the program itself, and the
// point with multipliers, the refutation, or the point with a ray that the result has.
// The error is [*Unwritable] if a number is too long for the format.
func LinearProgram(p *lp.Problem, r *lp.Result) (*certificate.LPDocument, error) {
	d := &certificate.LPDocument{Maximise: p.Sense == lp.Maximise, Constant: p.Constant.Big()}
	for _, v := range p.Variables {
		d.Variables = append(d.Variables, certificate.LPVariable{
			Name: printable(v.Name), Cost: v.Cost.Big(), Lower: bigBound(v.Lower), Upper: bigBound(v.Upper)})
	}
	for _, row := range p.Rows {
		d.Rows = append(d.Rows, certificate.LPRow{
			Name: printable(row.Name), Lower: bigBound(row.Lower), Upper: bigBound(row.Upper), Terms: programTerms(row)})
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
	return d, programLengths(d, r)
}

// programTerms returns the terms of a row, sorted by variable, those of one
// variable added and zeros left out.
func programTerms(row lp.Row) []certificate.LPTerm {
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

// printable replaces what a string of the format cannot hold.
func printable(name string) string {
	return strings.Map(func(c rune) rune {
		if c < ' ' || c > '~' || c == '"' || c == '\\' {
			return '_'
		}
		return c
	}, name)
}

// programLengths refuses numbers of the program and of the witness that the format does
// not allow.
func programLengths(d *certificate.LPDocument, r *lp.Result) error {
	for _, v := range [][]rational.Rat{{r.Value}, r.Primal, r.Dual, r.Farkas, r.Ray} {
		if anyTooLong(bigs(v)) {
			return tooLong("of the witness")
		}
	}
	numbers := []*big.Rat{d.Constant}
	for _, v := range d.Variables {
		numbers = append(numbers, v.Cost, v.Lower, v.Upper)
	}
	for _, row := range d.Rows {
		numbers = append(numbers, row.Lower, row.Upper)
		for _, t := range row.Terms {
			numbers = append(numbers, t.Coefficient)
		}
	}
	if anyTooLong(numbers) {
		return tooLong("of the program")
	}
	return nil
}

func tooLong(whose string) error {
	return &Unwritable{fmt.Sprintf("a number %s has more than the %d digits that the format allows", whose, certificate.MaxDigits)}
}

// tooLarge is the least integer with too many digits.
var tooLarge = new(big.Int).Exp(big.NewInt(10), big.NewInt(certificate.MaxDigits), nil)

// anyTooLong says whether a number that is not nil has too many digits.
func anyTooLong(v []*big.Rat) bool {
	for _, x := range v {
		if x != nil && (x.Num().CmpAbs(tooLarge) >= 0 || x.Denom().Cmp(tooLarge) >= 0) {
			return true
		}
	}
	return false
}
