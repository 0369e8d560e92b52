package certificate

import (
	"fmt"
	"math/big"
)

// Limits of a linear program.
const (
	maxLPLines = 1 << 21 // variables, and rows
	maxLPTerms = 1 << 22
	maxLPHeld  = 1 << 25 // words that the statement takes, and half of the document: 256 MiB
)

// Words that the parts of a statement take, besides those of names and numbers. Lists
// grow by doubling, at worst, and so parts count twice.
const (
	lpLineWords   = 18 // a variable with its column, or a row
	lpTermWords   = 8  // in its row and in its column
	lpNumberWords = 12 // a rational of no words
)

// lpFamily checks documents on a linear program.
type lpFamily struct {
	maximise  bool
	constant  *big.Rat
	variables []LPVariable
	rows      []LPRow
	columns   [][]LPTerm // by variable, with the row in place of the variable
	terms     int
	held      uint64 // words
	claim     string
	value     *big.Rat
	sum       lpSum
}

func (f *lpFamily) readStatement(r *reader) {
	r.member("sense", func() {
		switch sense := r.text(); sense {
		case "minimise":
		case "maximise":
			f.maximise = true
		default:
			r.rejectLast("expected minimise or maximise, found %s", clip(sense))
		}
	})
	r.member("constant", func() { f.constant = r.rational() })
	r.member("variables", func() {
		r.limited(maxLPLines, func(int) { f.variables = append(f.variables, f.variable(r)) })
	})
	f.columns = make([][]LPTerm, len(f.variables))
	r.member("rows", func() {
		r.limited(maxLPLines, func(i int) { f.rows = append(f.rows, f.row(r, i)) })
	})
}

// hold rejects a document whose linear program takes too much memory.
func (f *lpFamily) hold(r *reader, words int, name string, numbers ...*big.Rat) {
	f.held += uint64(words + len(name)/8)
	for _, x := range numbers {
		if x != nil {
			f.held += lpNumberWords + wordsOf(x.Num()) + wordsOf(x.Denom())
		}
	}
	if f.held+uint64(len(r.data))/16 > maxLPHeld {
		r.rejectNext("checking the document takes too much memory")
	}
}

func (f *lpFamily) variable(r *reader) LPVariable {
	var v LPVariable
	r.tuple(4, func(part int) {
		switch part {
		case 0:
			v.Name = r.text()
		case 1:
			v.Cost = r.rational()
		case 2:
			v.Lower = r.lpBound()
		case 3:
			v.Upper = r.lpBound()
		}
	})
	f.hold(r, lpLineWords, v.Name, v.Cost, v.Lower, v.Upper)
	return v
}

// lpBound reads a list of one rational or none.
func (r *reader) lpBound() *big.Rat {
	var b *big.Rat
	r.list(1, func(int) { b = r.rational() })
	return b
}

func (f *lpFamily) row(r *reader, i int) LPRow {
	var row LPRow
	r.tuple(4, func(part int) {
		switch part {
		case 0:
			row.Name = r.text()
		case 1:
			row.Lower = r.lpBound()
		case 2:
			row.Upper = r.lpBound()
		case 3:
			row.Terms = f.rowTerms(r, i)
		}
	})
	f.hold(r, lpLineWords, row.Name, row.Lower, row.Upper)
	return row
}

func (f *lpFamily) rowTerms(r *reader, i int) []LPTerm {
	var terms []LPTerm
	next := 0
	r.list(len(f.variables), func(int) {
		var t LPTerm
		r.tuple(2, func(part int) {
			if part == 0 {
				t.Variable = int(r.integer(0, int64(len(f.variables)-1)))
				return
			}
			t.Coefficient = r.rational()
			if t.Coefficient.Sign() == 0 {
				r.rejectLast("a coefficient is zero")
			}
		})
		if t.Variable < next {
			r.rejectNext("terms are not strictly increasing by variable")
		}
		next = t.Variable + 1
		f.hold(r, lpTermWords, "", t.Coefficient)
		terms = append(terms, t)
		f.columns[t.Variable] = append(f.columns[t.Variable], LPTerm{i, t.Coefficient})
		if f.terms++; f.terms > maxLPTerms {
			r.beyondNext("expected at most %d terms in all rows", maxLPTerms)
		}
	})
	return terms
}

// checkParts reads the one part that is there.
func (f *lpFamily) checkParts(r *reader) {
	f.sum = lpSum{reader: r, num: new(big.Int), unit: big.NewInt(1)}
	parts := []struct {
		name, claim string
		check       func(*reader)
	}{
		{"optimal", tagLPOptimal, f.optimal},
		{"infeasible", tagLPInfeasible, f.infeasible},
		{"crossed", tagLPInfeasible, f.crossed},
		{"unbounded", tagLPUnbounded, f.unbounded},
	}
	for _, p := range parts {
		found := r.optional(p.name, func() { r.object(func() { p.check(r) }) })
		if found {
			f.claim = p.claim
			return
		}
	}
}

func (f *lpFamily) optimal(r *reader) {
	r.member("value", func() { f.value = r.rational() })
	r.member("point", func() {
		x := r.rationals(len(f.variables))
		f.feasible(r, x)
		if f.objective(x).add(ratOne, f.constant).cmp(f.value) != 0 {
			r.rejectNext("the point has the value %s, not %s", short(f.sum.value()), short(f.value))
		}
	})
	r.member("dual", func() {
		y := r.rationals(len(f.rows))
		if bound := f.dualBound(r, y); bound.cmp(f.value) != 0 {
			r.rejectNext("the multipliers prove the bound %s, not %s", short(bound.value()), short(f.value))
		}
	})
}

// feasible rejects a point that violates a bound.
func (f *lpFamily) feasible(r *reader, x []*big.Rat) {
	for j, v := range f.variables {
		if v.Lower != nil && x[j].Cmp(v.Lower) < 0 || v.Upper != nil && x[j].Cmp(v.Upper) > 0 {
			r.rejectNext("variable %d = %s violates its bounds", j, short(x[j]))
		}
	}
	for i, row := range f.rows {
		s := f.activity(row.Terms, x)
		if row.Lower != nil && s.cmp(row.Lower) < 0 || row.Upper != nil && s.cmp(row.Upper) > 0 {
			r.rejectNext("row %d = %s violates its bounds", i, short(s.value()))
		}
	}
}

// activity returns Σ terms at x, objective the objective without its constant.
func (f *lpFamily) activity(terms []LPTerm, x []*big.Rat) *lpSum {
	f.sum.start()
	for _, t := range terms {
		f.sum.add(t.Coefficient, x[t.Variable])
	}
	return &f.sum
}

func (f *lpFamily) objective(x []*big.Rat) *lpSum {
	f.sum.start()
	for j, v := range f.variables {
		f.sum.add(v.Cost, x[j])
	}
	return &f.sum
}

// dualBound returns the bound on the objective that the multipliers prove: from
// below when minimising, from above when maximising.
func (f *lpFamily) dualBound(r *reader, y []*big.Rat) *lpSum {
	total := lpSum{reader: r, num: new(big.Int), unit: big.NewInt(1)}
	total.add(ratOne, f.constant)
	for i, row := range f.rows {
		total.add(y[i], r.lpEnd(y[i], row.Lower, row.Upper, !f.maximise, "row", i))
	}
	for j, v := range f.variables {
		d := f.activity(f.columns[j], y).negate().add(ratOne, v.Cost).value()
		total.add(d, r.lpEnd(d, v.Lower, v.Upper, !f.maximise, "variable", j))
	}
	return &total
}

// lpEnd returns the bound on which a multiplier rests: where low is set, the lower one
// for a positive multiplier and the upper one for a negative, and the other way round
// where it is not. It rejects if that bound is absent.
func (r *reader) lpEnd(multiplier, lower, upper *big.Rat, low bool, kind string, index int) *big.Rat {
	if multiplier.Sign() == 0 {
		return ratZero
	}
	end := upper
	if multiplier.Sign() > 0 == low {
		end = lower
	}
	if end == nil {
		r.rejectNext("the multiplier %s of %s %d rests on a bound that is absent", short(multiplier), kind, index)
	}
	return end
}

// infeasible checks that the combination of the rows is at least more than the same
// expression in the variables can be.
func (f *lpFamily) infeasible(r *reader) {
	r.member("multipliers", func() {
		y := r.rationals(len(f.rows))
		gap := lpSum{reader: r, num: new(big.Int), unit: big.NewInt(1)}
		for i, row := range f.rows {
			gap.add(y[i], r.lpEnd(y[i], row.Lower, row.Upper, true, "row", i))
		}
		for j, v := range f.variables {
			w := f.activity(f.columns[j], y).negate().value()
			gap.add(w, r.lpEnd(w, v.Lower, v.Upper, true, "variable", j))
		}
		if gap.num.Sign() <= 0 {
			r.rejectNext("the multipliers prove 0 >= %s, which is no contradiction", short(gap.value()))
		}
	})
}

func (f *lpFamily) crossed(r *reader) {
	var kind string
	r.member("kind", func() {
		if kind = r.text(); kind != "row" && kind != "variable" {
			r.rejectLast("expected row or variable, found %s", clip(kind))
		}
	})
	r.member("index", func() {
		var lower, upper *big.Rat
		if kind == "row" {
			i := r.integer(0, int64(len(f.rows)-1))
			lower, upper = f.rows[i].Lower, f.rows[i].Upper
		} else {
			j := r.integer(0, int64(len(f.variables)-1))
			lower, upper = f.variables[j].Lower, f.variables[j].Upper
		}
		if lower == nil || upper == nil || lower.Cmp(upper) <= 0 {
			r.rejectLast("the bounds are not crossed")
		}
	})
}

func (f *lpFamily) unbounded(r *reader) {
	r.member("point", func() { f.feasible(r, r.rationals(len(f.variables))) })
	r.member("ray", func() {
		ray := r.rationals(len(f.variables))
		leaves := func(sign int, lower, upper *big.Rat) bool {
			return lower != nil && sign < 0 || upper != nil && sign > 0
		}
		for j, v := range f.variables {
			if leaves(ray[j].Sign(), v.Lower, v.Upper) {
				r.rejectNext("the ray leaves the bounds of variable %d", j)
			}
		}
		for i, row := range f.rows {
			if leaves(f.activity(row.Terms, ray).num.Sign(), row.Lower, row.Upper) {
				r.rejectNext("the ray leaves the bounds of row %d", i)
			}
		}
		if gain := f.objective(ray).num.Sign(); gain == 0 || gain > 0 != f.maximise {
			r.rejectNext("the ray does not improve the objective")
		}
	})
}

func (f *lpFamily) finish() Report {
	sense := "minimise"
	if f.maximise {
		sense = "maximise"
	}
	t := &telling{name: fmt.Sprintf("%s %s, %d variables, %d rows, %d terms", LinearProgram, sense, len(f.variables), len(f.rows), f.terms)}
	t.lines = []string{"The linear program is the one in the document: compare its statement with yours."}
	var claims []Claim
	if f.claim != "" {
		claims = []Claim{{f.claim, Proved}}
	}
	meaning := map[string]string{
		tagLPInfeasible: "no point respects all bounds.",
		tagLPUnbounded:  "the objective is unbounded on the feasible points.",
	}
	if f.value != nil {
		meaning[tagLPOptimal] = fmt.Sprintf("the optimum is %s, attained by the point of the document.", short(f.value))
		t.detail = []string{"optimum = " + f.value.RatString()}
	}
	return t.report(claims, meaning)
}
