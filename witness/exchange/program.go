package exchange

import (
	"context"
	"errors"
	"io"
	"slices"

	"pstar/format/vipr"
	"pstar/lp"
	"pstar/rational"
)

// VIPR writes the program of a certificate with what the certificate shows of it: an optimum with its point and its multipliers, or the multipliers
// of a contradiction. See [vipr.Write]. It returns remarks on names that are others in the file.
func VIPR(ctx context.Context, w io.Writer, data []byte) (remarks []string, err error) {
	d, err := parse(ctx, data, "program")
	switch {
	case err != nil:
		return nil, err
	// The ray would need a kind of derivation that the format has not.
	case d.Statement.Outcome[0] == "unbounded":
		return nil, errors.New("the format cannot state that a program is unbounded")
	}
	// The program and the result are built again from what the document says, so that the file for
	// VIPR rests on nothing that was not checked.
	p := d.problem()
	r := d.result(p)
	return vipr.Remarks(p), vipr.Write(w, p, r)
}

// bound is a list of one number, or of none.
func bound(x any) lp.Bound {
	// An empty list is no bound: minus or plus infinity.
	if list := x.([]any); len(list) == 1 {
		return lp.At(number(list[0]))
	}
	return lp.Bound{}
}

// problem is the program of a statement.
func (d *document) problem() *lp.Problem {
	p := &lp.Problem{}
	// Minimising is the zero value, and the builder knows no third sense.
	if d.Statement.Sense == "maximise" {
		p.Sense = lp.Maximise
	}
	// A variable is its name and its two bounds.
	for _, v := range d.Statement.Variables {
		p.Variables = append(p.Variables, lp.Variable{Name: v[0].(string), Lower: bound(v[1]), Upper: bound(v[2])})
	}
	for _, t := range d.Statement.Objective {
		// A term without a symbol is the constant of the objective.
		if len(t) == 1 {
			p.Constant = number(t[0])
		} else {
			p.Variables[integer(t[1])].Cost = number(t[0])
		}
	}
	for _, v := range d.Statement.Rows {
		// A row is its name, its bounds, its polynomial; the builder has moved constants into the bounds.
		row := lp.Row{Name: v[0].(string), Lower: bound(v[1]), Upper: bound(v[2])}
		_, terms := linear(v[3])
		for j, c := range terms {
			row.Terms = append(row.Terms, lp.Term{Variable: j, Coefficient: c})
		}
		// The terms came out of a map: in the order of variables the bytes are the same each time.
		slices.SortFunc(row.Terms, func(a, b lp.Term) int { return a.Variable - b.Variable })
		p.Rows = append(p.Rows, row)
	}
	return p
}

// result is what the steps show, of a program that is not unbounded.
func (d *document) result(p *lp.Problem) *lp.Result {
	// There is no point, only multipliers of a contradiction.
	if d.Statement.Outcome[0] == "infeasible" {
		r := &lp.Result{Verdict: lp.Infeasible}
		d.contradiction(p, r)
		return r
	}
	// The value stands beside the outcome; the steps show that it is reached and not exceeded.
	r := &lp.Result{Verdict: lp.Optimal, Value: number(d.Statement.Outcome[1])}
	d.optimum(p, r)
	return r
}

// optimum reads the point of the witness, and the multipliers of the rows.
func (d *document) optimum(p *lp.Problem, r *lp.Result) {
	r.Primal = make([]rational.Rat, len(p.Variables))
	for _, s := range d.Proofs[0].Exists {
		for _, v := range s.Values {
			// Symbols beyond the variables are of the proof; all values of a step share one denominator.
			if j := integer(v[0]); j < len(r.Primal) {
				constant, _ := linear(v[1])
				r.Primal[j] = constant.Quo(number(s.Over))
			}
		}
	}
	// Before the facts of bounds stand E = 0 and the two rows of the value.
	_, r.Dual = d.multipliers(p, 3)
	for _, v := range p.Variables {
		// Reduced costs are what is left of the costs when the multiples of the rows are taken off.
		reduced := v.Cost
		if p.Sense == lp.Maximise { // multipliers are those of the negative
			reduced = reduced.Neg()
		}
		r.Reduced = append(r.Reduced, reduced)
	}
	for i, row := range p.Rows {
		for _, t := range row.Terms {
			r.Reduced[t.Variable] = r.Reduced[t.Variable].Sub(t.Coefficient.Mul(r.Dual[i]))
		}
	}
	// Signs are those of the program as it stands, not of its negative.
	if p.Sense == lp.Maximise {
		for _, list := range [][]rational.Rat{r.Dual, r.Reduced} {
			for k := range list {
				list[k] = list[k].Neg()
			}
		}
	}
}

// contradiction reads the multipliers of −1 ≥ 0: of the rows, unless those of two bounds of one variable or row are all.
func (d *document) contradiction(p *lp.Problem, r *lp.Result) {
	// Before the facts of bounds stands E = 0 alone.
	_, rows := d.multipliers(p, 1)
	// One row that takes part is enough to tell: a contradiction of two bounds needs none.
	if slices.ContainsFunc(rows, func(x rational.Rat) bool { return !x.IsZero() }) {
		r.Farkas = rows
		return
	}
	// No row has a multiplier, so that the contradiction is of two bounds: of a row that crosses itself,
	// or of a variable.
	for i, row := range p.Rows {
		if crossed(row.Lower, row.Upper) {
			r.Conflict = lp.Conflict{In: lp.RowConflict, Index: i}
			return
		}
	}
	for j, v := range p.Variables {
		if crossed(v.Lower, v.Upper) {
			r.Conflict = lp.Conflict{In: lp.VariableConflict, Index: j}
			return
		}
	}
}

// crossed reports whether no number is between two bounds.
func crossed(lower, upper lp.Bound) bool {
	// An infinite bound crosses nothing.
	return lower.Finite && upper.Finite && lower.Value.Cmp(upper.Value) > 0
}

// multipliers are those of the bounds of variables and rows in the combine of the rows, those of lower ones less those of upper
// ones. The facts of bounds begin at first.
func (d *document) multipliers(p *lp.Problem, first int) (variables, rows []rational.Rat) {
	// Bounds without a product in the proof keep the multiplier 0.
	variables, rows = make([]rational.Rat, len(p.Variables)), make([]rational.Rat, len(p.Rows))
	// The numbers of facts are those that the builder gives them; this goes through the bounds in the
	// builder's order, and remembers for each number whose multiplier it is.
	of := map[int]func(m rational.Rat){} // by reference
	add := func(reference int, at *rational.Rat, sign int64) {
		of[reference] = func(m rational.Rat) { *at = at.Add(m.Mul(rational.NewRat(sign, 1))) }
	}
	between := func(lower, upper lp.Bound, sign int, at *rational.Rat) {
		switch {
		// An equation is one fact, whose multiplier may have either sign.
		case lower.Finite && upper.Finite && lower.Value.Cmp(upper.Value) == 0:
			add(first, at, 1)
			first++
			return
		case sign < 0: // the sign of a symbol
			add(sign, at, 1)
		case lower.Finite:
			add(first, at, 1)
			first++
		}
		if upper.Finite {
			add(first, at, -1)
			first++
		}
	}
	for j, v := range p.Variables {
		// That a variable is at least 0 is no fact but the sign of its symbol, which has a number below 0.
		sign := 0
		if v.Lower.Finite && v.Lower.Value.IsZero() && !(v.Upper.Finite && v.Upper.Value.IsZero()) {
			sign = -1 - j
		}
		between(v.Lower, v.Upper, sign, &variables[j])
	}
	for i, row := range p.Rows {
		between(row.Lower, row.Upper, 0, &rows[i])
	}
	for _, s := range d.Proofs[0].Rows {
		// A combine may be scaled: it shows this multiple of its goal.
		times := number(s.Times)
		for _, product := range s.Products {
			// A product of one fact is a multiple of it; longer ones do not occur in linear programs.
			if len(product) == 2 && of[integer(product[1])] != nil {
				of[integer(product[1])](number(product[0]).Quo(times))
			}
		}
		for _, equation := range s.Equations {
			// An equation takes a polynomial as its factor, here a number.
			if constant, _ := linear(equation[0]); of[integer(equation[1])] != nil {
				of[integer(equation[1])](constant.Quo(times))
			}
		}
	}
	return variables, rows
}
