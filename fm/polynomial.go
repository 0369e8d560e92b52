package fm

import (
	"slices"

	"pstar/rational"
)

// Polynomials writes right-hand sides that are polynomials as constants plus
// combinations of symbols, one symbol for each monomial that occurs, in the
// order of rational.Poly.Terms. It returns the names of the symbols, and for
// each polynomial its constant and its coefficients of the symbols.
//
// What holds for all values of the symbols holds for the polynomials; the
// converse may fail, since monomials are not independent as numbers.
func Polynomials(right []rational.Poly) (symbols []string, constants rational.RatVector, coefficients []rational.RatVector) {
	index := make(map[string]int)
	for _, p := range right {
		for _, t := range p.Terms() {
			if name := monomial(t); name != "" {
				if _, ok := index[name]; !ok {
					index[name] = len(symbols)
					symbols = append(symbols, name)
				}
			}
		}
	}
	for _, p := range right {
		var constant rational.Rat
		row := make(rational.RatVector, len(symbols))
		for _, t := range p.Terms() {
			c := rational.RatFromInt(t.Coef)
			if name := monomial(t); name == "" {
				constant = c
			} else {
				row[index[name]] = c
			}
		}
		constants = append(constants, constant)
		coefficients = append(coefficients, row)
	}
	return symbols, constants, coefficients
}

// monomial returns the name of a term without its coefficient, "" for constants.
func monomial(t rational.PolyTerm) string {
	exps := slices.Clone(t.Exps)
	if !slices.ContainsFunc(exps, func(e int) bool { return e != 0 }) {
		return ""
	}
	return rational.Monomial(rational.NewInt(1), exps).String()
}
