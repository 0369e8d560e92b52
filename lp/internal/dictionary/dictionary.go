// Package dictionary holds the exact tableau of the dense simplex method and pivots in it. It
// knows neither bounds nor rules of choice.
//
// A dense tableau is right for small problems only: it has rows times columns entries,
// and each pivot may change all of them. What it saves is the factorisation, and every
// number in it is exact.
package dictionary

import "pstar/rational"

// Linear is a linear function (1/Den) Σ_k Coef_k x_k of the nonbasic variables, with
// Den > 0 and no common divisor of Den and all coefficients.
type Linear struct {
	Den  rational.Int
	Coef []rational.Int
}

// Dictionary expresses the basic variables and an objective by the nonbasic ones:
//
//	x_{Basic[i]} = Rows[i],   objective = Goal,   position k standing for x_{Nonbasic[k]}.
//
// There is no constant term, as the logical variables are linear in the others.
//
// Every row has its own denominator, kept as small as it can be. For the matrices
// of networks all of them stay 1 and a pivot is addition of sparse rows; the usual
// fraction-free tableau with one denominator would be as good there and worse
// wherever the rows have little to do with each other. The invariant of a row: no
// divisor is common to its denominator and all coefficients, so that a row is
// determined by what it says.
type Dictionary struct {
	Basic, Nonbasic []int
	Rows            []Linear
	Goal            Linear
	support         []int // scratch: positions where the pivot row is not zero
}

// New makes the logical variables basic, which are numbered after the given columns, one
// for each row. For each row, entries yields the coefficients that are not zero. It
// costs rows times columns numbers.
func New(columns, rows int, entries func(row int, yield func(column int, v rational.Int))) *Dictionary {
	d := &Dictionary{}
	for j := range columns {
		d.Nonbasic = append(d.Nonbasic, j)
	}
	for i := range rows {
		row := d.zero()
		// Coefficients that are not yielded are zero.
		entries(i, func(column int, v rational.Int) { row.Coef[column] = v })
		d.Rows = append(d.Rows, row)
		d.Basic = append(d.Basic, columns+i)
	}
	d.Goal = d.zero()
	return d
}

// zero is the function that is 0 everywhere.
func (d *Dictionary) zero() Linear {
	return Linear{Den: rational.NewInt(1), Coef: make([]rational.Int, len(d.Nonbasic))}
}

// Pivot exchanges the basic variable of row r and the nonbasic one at position k,
// whose coefficient in the row must not be zero. It costs up to rows times the support
// of the pivot row, and a common divisor for each row that changes.
func (d *Dictionary) Pivot(r, k int) {
	// The row becomes an equation for the variable that enters, and is then put into
	// all others.
	row := &d.Rows[r]
	d.solveFor(row, k)
	d.Basic[r], d.Nonbasic[k] = d.Nonbasic[k], d.Basic[r]
	d.support = d.support[:0]
	for j, c := range row.Coef {
		if !c.IsZero() {
			d.support = append(d.support, j)
		}
	}
	for i := range d.Rows {
		if i != r {
			d.substitute(&d.Rows[i], row, k)
		}
	}
	d.substitute(&d.Goal, row, k)
}

// solveFor turns x = row into the equation for the variable at position k, whose
// place x takes. x = (1/Den)(p·y + …) gives y = (1/p)(Den·x − …): signs are chosen so
// that the denominator is positive. No divisor becomes common by it.
func (d *Dictionary) solveFor(row *Linear, k int) {
	pivot := row.Coef[k]
	row.Coef[k] = row.Den.Neg()
	if pivot.Sign() > 0 {
		for j, c := range row.Coef {
			if !c.IsZero() {
				row.Coef[j] = c.Neg()
			}
		}
	}
	row.Den = pivot.Abs()
}

// substitute replaces the variable at position k of row by the linear function by,
// which has the support d.support.
func (d *Dictionary) substitute(row, by *Linear, k int) {
	c := row.Coef[k]
	if c.IsZero() {
		return
	}
	row.Coef[k] = rational.Int{}
	d.add(row, c, by)
}

// add adds c/row.Den times by to row, where by has the support d.support. The factor
// c/row.Den·1/by.Den is brought to lowest terms first: so a row whose denominator need
// not grow keeps it.
func (d *Dictionary) add(row *Linear, c rational.Int, by *Linear) {
	factor := by.Den
	if !factor.IsOne() {
		g := rational.GCD(c, factor)
		c, factor = c.DivExact(g), factor.DivExact(g)
	}
	// All coefficients are multiplied, those outside the support too.
	if !factor.IsOne() {
		row.Den = row.Den.Mul(factor)
		for j, x := range row.Coef {
			if !x.IsZero() {
				row.Coef[j] = x.Mul(factor)
			}
		}
	}
	for _, j := range d.support {
		row.Coef[j] = row.Coef[j].Add(c.Mul(by.Coef[j]))
	}
	row.reduce()
}

// reduce divides out the common divisor of the denominator and all coefficients. It
// ends as soon as the divisor is 1, which mostly is at once.
func (l *Linear) reduce() {
	g := l.Den
	for _, c := range l.Coef {
		if g.IsOne() {
			return
		}
		if !c.IsZero() {
			g = rational.GCD(g, c)
		}
	}
	if g.IsOne() {
		return
	}
	l.Den = l.Den.DivExact(g)
	for j, c := range l.Coef {
		if !c.IsZero() {
			l.Coef[j] = c.DivExact(g)
		}
	}
}

// AddToGoal adds c times the basic variable of row i to the objective. Its row is in
// terms of nonbasic variables, as the objective is.
func (d *Dictionary) AddToGoal(i int, c rational.Int) {
	row := &d.Rows[i]
	d.support = d.support[:0]
	for j, x := range row.Coef {
		if !x.IsZero() {
			d.support = append(d.support, j)
		}
	}
	d.add(&d.Goal, c.Mul(d.Goal.Den), row)
}

// SetGoal makes Σ_j cost(j) x_j the objective, over all variables. It is made anew:
// basic variables are expressed by their rows.
func (d *Dictionary) SetGoal(cost func(variable int) rational.Int) {
	d.Goal = d.zero()
	for k, j := range d.Nonbasic {
		d.Goal.Coef[k] = cost(j)
	}
	for i, j := range d.Basic {
		if c := cost(j); !c.IsZero() {
			d.AddToGoal(i, c)
		}
	}
}

// GoalAt returns the coefficient of the objective at position k.
func (d *Dictionary) GoalAt(k int) rational.Rat {
	return rational.RatFromInts(d.Goal.Coef[k], d.Goal.Den)
}
