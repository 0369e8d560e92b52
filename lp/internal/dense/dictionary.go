package dense

import "pstar/rational"

// linear is a linear function (1/den) Σ_k coef_k x_k of the nonbasic variables, with
// den > 0 and no common divisor of den and all coefficients.
type linear struct {
	den  rational.Int
	coef []rational.Int
}

// dictionary expresses the basic variables and an objective by the nonbasic ones:
//
//	x_{basic[i]} = rows[i],   objective = goal,   position k standing for x_{nonbasic[k]}.
//
// There is no constant term, as the logical variables are linear in the others.
//
// Every row has its own denominator, kept as small as it can be. For the matrices
// of networks all of them stay 1 and a pivot is addition of sparse rows; the usual
// fraction-free tableau with one denominator would be as good there and worse
// wherever the rows have little to do with each other. The invariant of a row: no
// divisor is common to its denominator and all coefficients, so that a row is
// determined by what it says.
type dictionary struct {
	basic, nonbasic []int
	rows            []linear
	goal            linear
	support         []int // scratch: positions where the pivot row is not zero
}

// newDictionary makes the logical variables basic, which are numbered after the given columns, one
// for each row. For each row, entries yields the coefficients that are not zero. It
// costs rows times columns numbers.
func newDictionary(columns, rows int, entries func(row int, yield func(column int, v rational.Int))) *dictionary {
	d := &dictionary{}
	for j := range columns {
		d.nonbasic = append(d.nonbasic, j)
	}
	for i := range rows {
		row := d.zero()
		// Coefficients that are not yielded are zero.
		entries(i, func(column int, v rational.Int) { row.coef[column] = v })
		d.rows = append(d.rows, row)
		d.basic = append(d.basic, columns+i)
	}
	d.goal = d.zero()
	return d
}

// zero is the function that is 0 everywhere.
func (d *dictionary) zero() linear {
	return linear{den: rational.NewInt(1), coef: make([]rational.Int, len(d.nonbasic))}
}

// pivot exchanges the basic variable of row r and the nonbasic one at position k,
// whose coefficient in the row must not be zero. It costs up to rows times the support
// of the pivot row, and a common divisor for each row that changes.
func (d *dictionary) pivot(r, k int) {
	// The row becomes an equation for the variable that enters, and is then put into
	// all others.
	row := &d.rows[r]
	d.solveFor(row, k)
	d.basic[r], d.nonbasic[k] = d.nonbasic[k], d.basic[r]
	d.support = d.support[:0]
	for j, c := range row.coef {
		if !c.IsZero() {
			d.support = append(d.support, j)
		}
	}
	for i := range d.rows {
		if i != r {
			d.substitute(&d.rows[i], row, k)
		}
	}
	d.substitute(&d.goal, row, k)
}

// solveFor turns x = row into the equation for the variable at position k, whose
// place x takes. x = (1/den)(p·y + …) gives y = (1/p)(den·x − …): signs are chosen so
// that the denominator is positive. No divisor becomes common by it.
func (d *dictionary) solveFor(row *linear, k int) {
	pivot := row.coef[k]
	row.coef[k] = row.den.Neg()
	if pivot.Sign() > 0 {
		for j, c := range row.coef {
			if !c.IsZero() {
				row.coef[j] = c.Neg()
			}
		}
	}
	row.den = pivot.Abs()
}

// substitute replaces the variable at position k of row by the linear function by,
// which has the support d.support.
func (d *dictionary) substitute(row, by *linear, k int) {
	c := row.coef[k]
	if c.IsZero() {
		return
	}
	row.coef[k] = rational.Int{}
	d.add(row, c, by)
}

// add adds c/row.den times by to row, where by has the support d.support. The factor
// c/row.den·1/by.den is brought to lowest terms first: so a row whose denominator need
// not grow keeps it.
func (d *dictionary) add(row *linear, c rational.Int, by *linear) {
	factor := by.den
	if !factor.IsOne() {
		g := rational.GCD(c, factor)
		c, factor = c.DivExact(g), factor.DivExact(g)
	}
	// All coefficients are multiplied, those outside the support too.
	if !factor.IsOne() {
		row.den = row.den.Mul(factor)
		for j, x := range row.coef {
			if !x.IsZero() {
				row.coef[j] = x.Mul(factor)
			}
		}
	}
	for _, j := range d.support {
		row.coef[j] = row.coef[j].Add(c.Mul(by.coef[j]))
	}
	row.reduce()
}

// reduce divides out the common divisor of the denominator and all coefficients. It
// ends as soon as the divisor is 1, which mostly is at once.
func (l *linear) reduce() {
	g := l.den
	for _, c := range l.coef {
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
	l.den = l.den.DivExact(g)
	for j, c := range l.coef {
		if !c.IsZero() {
			l.coef[j] = c.DivExact(g)
		}
	}
}

// addToGoal adds c times the basic variable of row i to the objective. Its row is in
// terms of nonbasic variables, as the objective is.
func (d *dictionary) addToGoal(i int, c rational.Int) {
	row := &d.rows[i]
	d.support = d.support[:0]
	for j, x := range row.coef {
		if !x.IsZero() {
			d.support = append(d.support, j)
		}
	}
	d.add(&d.goal, c.Mul(d.goal.den), row)
}

// setGoal makes Σ_j cost(j) x_j the objective, over all variables. It is made anew:
// basic variables are expressed by their rows.
func (d *dictionary) setGoal(cost func(variable int) rational.Int) {
	d.goal = d.zero()
	for k, j := range d.nonbasic {
		d.goal.coef[k] = cost(j)
	}
	for i, j := range d.basic {
		if c := cost(j); !c.IsZero() {
			d.addToGoal(i, c)
		}
	}
}

// goalAt returns the coefficient of the objective at position k.
func (d *dictionary) goalAt(k int) rational.Rat {
	return rational.RatFromInts(d.goal.coef[k], d.goal.den)
}
