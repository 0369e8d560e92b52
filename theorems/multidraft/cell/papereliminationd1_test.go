package cell

import (
	"context"
	"fmt"
	"slices"

	"pstar/fm"
	"pstar/rational"
	"pstar/rational/polynomial"
	"pstar/theorems/multidraft"
)

// PaperEliminationD1 is the elimination of MD-D1: K = 3 drafts over 3 tokens,
// with the variables of the paper, one for each multiset of drafts and token in
// it, and right-hand sides that are polynomials in p. The symbols are the
// monomials of p, read as the nonnegative numbers that they are, and q.
type PaperEliminationD1 struct {
	System    *fm.System
	Eliminate []int
	Result    *fm.Result
}

// EliminateD1 reproduces MD-D1 and checks its result: q_i >= p_i^3 and q_i + q_j
// >= (p_i+p_j)^3, beside the nonnegativity of the monomials that stand for the
// multisets, and the equation q_1+q_2+q_3 = (p_1+p_2+p_3)^3 that both sides are
// 1. It fails if ctx ends or if the result is another.
func EliminateD1(ctx context.Context) (*PaperEliminationD1, error) {
	d := newD1()
	var err error
	if d.Result, err = fm.Eliminate(ctx, d.System, d.Eliminate, fm.Options{}); err != nil {
		return nil, err
	}
	return d, d.compare()
}

// d1Multisets are the multisets of three drafts with at least two tokens, with
// the number of words.
var d1Multisets = []struct {
	power []int // of p_1, p_2, p_3
	words int64
}{
	{[]int{2, 1, 0}, 3}, {[]int{1, 2, 0}, 3}, {[]int{2, 0, 1}, 3}, {[]int{1, 0, 2}, 3},
	{[]int{0, 2, 1}, 3}, {[]int{0, 1, 2}, 3}, {[]int{1, 1, 1}, 6},
}

func newD1() *PaperEliminationD1 {
	s := &fm.System{}
	var right []polynomial.Poly // of the equations of the multisets, then p_i^3
	for _, m := range d1Multisets {
		right = append(right, polynomial.Monomial(rational.NewInt(m.words), m.power))
	}
	for i := range 3 {
		right = append(right, polynomial.Variable(3, i).Pow(3))
	}
	names, _, coefficients := polynomials(right)
	s.Symbols = append(append([]string(nil), names...), "q1", "q2", "q3")
	var owner, token []int
	for m, multiset := range d1Multisets {
		for i, e := range multiset.power {
			if e > 0 {
				s.Variables = append(s.Variables, fmt.Sprintf("a%d(%d)", m+1, i+1))
				owner, token = append(owner, m), append(token, i)
			}
		}
	}
	d := &PaperEliminationD1{System: s}
	symbols := func(poly rational.RatVector, q ...int) rational.RatVector {
		v := append(append(rational.RatVector(nil), poly...), make(rational.RatVector, 3)...)
		for _, i := range q {
			v[len(names)+i] = rational.NewRat(-1, 1)
		}
		return v
	}
	add := func(relation fm.Relation, right rational.RatVector, entry func(v int) bool) {
		row := fm.Row{Relation: relation, Symbols: right}
		for v := range s.Variables {
			row.Coefficients = append(row.Coefficients, rational.NewRat(int64(indicator(entry(v))), 1))
		}
		s.Rows = append(s.Rows, row)
	}
	for v := range s.Variables { // α >= 0
		d.Eliminate = append(d.Eliminate, v)
		add(fm.AtLeast, nil, func(w int) bool { return w == v })
	}
	for m := range d1Multisets { // (118), (119)
		add(fm.Equal, symbols(coefficients[m]), func(v int) bool { return owner[v] == m })
	}
	total := make(rational.RatVector, len(names))
	for _, c := range coefficients {
		total = total.Add(c)
	}
	for i := range 3 { // (112) to (114): p_i^3 + Σ α(i) <= q_i
		cube := coefficients[len(d1Multisets)+i]
		right := symbols(cube, i).Scale(rational.NewRat(-1, 1))
		add(fm.AtMost, right, func(v int) bool { return token[v] == i })
	}
	add(fm.Equal, symbols(total, 0, 1, 2), func(int) bool { return false })
	return d
}

// compare checks the projection: a row for each S with (p(S))^3, one for each
// multiset, and one equation.
func (d *PaperEliminationD1) compare() error {
	left := make(map[string]bool)
	for set := multidraft.Set(1); set < multidraft.FullSet(3); set++ {
		sum := polynomial.Zero(3)
		var q []int
		for _, i := range set.Tokens() {
			sum = sum.Add(polynomial.Variable(3, i))
			q = append(q, i)
		}
		left[d.key(sum.Pow(3), q)] = true
	}
	for _, m := range d1Multisets {
		left[d.key(polynomial.Monomial(rational.NewInt(-1), m.power), nil)] = true
	}
	equations := 0
	for _, row := range d.Result.Rows {
		key := d.reduce(row.Symbols).Primitive().String()
		switch {
		case row.Relation == fm.Equal && d.reduce(row.Symbols).IsZero():
			equations++
		case row.Relation == fm.AtLeast && row.Constant.IsZero() && left[key]:
			delete(left, key)
		default:
			return fmt.Errorf("MD-D1: the projection has a row that the theorem does not: %v", row.Symbols)
		}
	}
	if equations != 1 || len(left) > 0 {
		return fmt.Errorf("MD-D1: %d equations, want 1, and %d rows are missing", equations, len(left))
	}
	return nil
}

// key is the row polynomial <= Σ q_i, as reduce gives it.
func (d *PaperEliminationD1) key(p polynomial.Poly, q []int) string {
	row := make(rational.RatVector, len(d.System.Symbols))
	for _, t := range p.Terms() {
		name := polynomial.Monomial(rational.NewInt(1), t.Exps).String()
		for k, symbol := range d.System.Symbols {
			if symbol == name {
				row[k] = rational.RatFromInt(t.Coef)
			}
		}
	}
	for _, i := range q {
		row[len(row)-3+i] = rational.NewRat(-1, 1)
	}
	return d.reduce(row).Primitive().String()
}

// reduce replaces q_3 by its value from the equation Σ q = (Σ p)^3.
func (d *PaperEliminationD1) reduce(symbols rational.RatVector) rational.RatVector {
	equation := d.System.Rows[len(d.System.Rows)-1].Symbols
	last := len(symbols) - 1
	return symbols.Sub(equation.Scale(symbols[last].Quo(equation[last])))
}

// polynomials writes right-hand sides that are polynomials as constants plus
// combinations of symbols, one symbol for each monomial that occurs, in the
// order of polynomial.Poly.Terms. It returns the names of the symbols, and for
// each polynomial its constant and its coefficients of the symbols.
//
// What holds for all values of the symbols holds for the polynomials; the
// converse may fail, since monomials are not independent as numbers.
func polynomials(right []polynomial.Poly) (symbols []string, constants rational.RatVector, coefficients []rational.RatVector) {
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
func monomial(t polynomial.Term) string {
	exps := slices.Clone(t.Exps)
	if !slices.ContainsFunc(exps, func(e int) bool { return e != 0 }) {
		return ""
	}
	return polynomial.Monomial(rational.NewInt(1), exps).String()
}
