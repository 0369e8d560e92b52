package farkas

import (
	"context"
	"slices"
	"strings"

	"pstar/internal/each"
	"pstar/lp"
	"pstar/rational"
	"pstar/theorems/statement"
)

// Facts is a list of linear facts on symbols, and answers whether others follow.
//
// All questions go to exact linear programs, except those that a table answers: most
// rows that are asked for are a known row, up to scaling, equations and a constant.
type Facts struct {
	symbols []statement.Symbol
	rows    []statement.Row
	// equations are those among the rows, and known the others by their normal forms
	// modulo these. Two rows with the same key bound the same linear form modulo the
	// equations, so that only their constants need to be compared.
	equations statement.Equations
	known     map[string][]int
	normals   map[int]normal // of what is known, by number
	// Strict rows are closed in it: the program is an outer approximation, and what it
	// does not settle is asked again with a distance from the strict rows.
	program *lp.Problem // the closed rows, without objective
	strict  []int       // the strict ones
	inside  *inside     // how the strict rows stand, once it has been asked
	lemmas  []lemma     // rows that are known to follow, numbered after the rows
}

// lemma is a row that follows by shares of rows.
type lemma struct {
	row    statement.Row
	shares []statement.Share
}

// Suggest tells of a row that follows by shares of the rows. Proofs say the row by its
// shares, so that lemmas have no part in certificates. They only make proofs quicker to
// find.
func (f *Facts) Suggest(row statement.Row, shares []statement.Share) {
	f.know(len(f.rows)+len(f.lemmas), row.Form)
	f.lemmas = append(f.lemmas, lemma{row, shares})
}

// know remembers a row or a lemma by its normal form.
func (f *Facts) know(number int, form statement.Form) {
	n := f.normal(form)
	f.known[n.key] = append(f.known[n.key], number)
	f.normals[number] = n
}

// number is a row or a lemma with its shares. A row is a share of itself.
func (f *Facts) number(i int) (statement.Row, []statement.Share) {
	if i < len(f.rows) {
		return f.rows[i], []statement.Share{{Number: i, Factor: rational.NewRat(1, 1)}}
	}
	l := f.lemmas[i-len(f.rows)]
	return l.row, l.shares
}

// inside is a point with all rows, the strict ones too, or a proof that there is none.
// One of the two is set.
type inside struct {
	point  Point
	absurd *Proof
}

// A Point has a value for each symbol.
type Point []rational.Rat

// A Proof derives a goal: goal = Σ shares of facts + what is nonnegative by itself, a positive constant and
// positive multiples of nonnegative symbols. If it is absurd, the sum is −1 instead, or a sum in which a strict fact has a
// share is 0: the facts contradict each other, and imply everything.
type Proof struct {
	Shares []statement.Share
	Absurd bool
}

// New has the rows in the order given. The equations come first, since the normal forms of the other rows are modulo all of
// them.
func New(symbols []statement.Symbol, rows []statement.Row) *Facts {
	f := &Facts{symbols: symbols, known: map[string][]int{}, normals: map[int]normal{}}
	f.program = &lp.Problem{}
	for _, s := range symbols {
		v := lp.Variable{}
		// A symbol that may be negative has no bound.
		if s.Nonnegative {
			v.Lower = lp.At(rational.Rat{})
		}
		f.program.AddVariable(v)
	}
	// All equations before any row is added: see add.
	for i, r := range rows {
		if r.Relation == statement.Equal {
			f.equations.Add(i, r.Form)
		}
	}
	for _, r := range rows {
		f.add(r)
	}
	return f
}

// add appends a row to the program. The equations have been solved by then, as normal forms are modulo all of them.
func (f *Facts) add(r statement.Row) {
	i := len(f.rows)
	f.rows = append(f.rows, r)
	// form >= 0 with its constant on the other side.
	row := lp.Row{Lower: lp.At(r.Form.Constant().Neg()), Terms: Terms(r.Form)}
	if r.Relation == statement.Equal {
		row.Upper = row.Lower
	} else {
		// A single inequality that is known may settle a goal; equations are in normal
		// forms already.
		f.know(i, r.Form)
	}
	if r.Relation == statement.Above {
		f.strict = append(f.strict, i)
	}
	f.program.AddRow(row)
}

// Terms are those of a linear form, without the constant.
func Terms(f statement.Form) (list []lp.Term) {
	for _, t := range f {
		if t.M != statement.One {
			list = append(list, lp.Term{Variable: t.M.First(), Coefficient: t.C})
		}
	}
	return list
}

// normal is a form modulo the equations: scale·(direction + constant) + Σ by, where the
// direction begins with 1 or −1. Two forms with the same key differ by scale and
// constant, modulo the equations.
type normal struct {
	key             string // of the direction
	scale, constant rational.Rat
	by              []statement.Share
	rest            statement.Form // scale·(direction + constant)
}

func (f *Facts) normal(form statement.Form) normal { return normalised(&f.equations, form) }

// Key is the same for forms that differ by a positive factor and a combination of equations. Of a form that is a number
// by these it begins with a space.
func Key(e *statement.Equations, form statement.Form) string {
	n := normalised(e, form)
	return n.key + " " + n.constant.String()
}

func normalised(e *statement.Equations, form statement.Form) normal {
	rest, by := e.Reduce(form)
	n := normal{scale: rational.NewRat(1, 1), constant: rest.Constant(), by: by, rest: rest}
	// Nothing is left but a number: the form is known wherever the equations hold.
	i := slices.IndexFunc(rest, func(t statement.Term) bool { return t.M != statement.One })
	if i < 0 {
		return n
	}
	// A positive number, so that the direction of an inequality stays.
	n.scale = rest[i].C.Abs()
	n.constant = n.constant.Quo(n.scale)
	n.key = directionKey(rest[i:], n.scale)
	return n
}

// directionKey is a text for the terms divided by a scale.
func directionKey(terms []statement.Term, scale rational.Rat) string {
	var b strings.Builder
	for _, t := range terms {
		b.WriteString(string(t.M))
		b.WriteString(t.C.Quo(scale).String())
		b.WriteByte(';')
	}
	return b.String()
}

// Follows settles whether a goal follows from the facts: with a proof, or with a point that has all facts and not the goal. A
// goal that is an equation must follow from equations alone; see [statement.Problem].
// An implication with no table entry costs one linear program, two if strict rows
// matter. Exactly one of proof and point is set.
func (f *Facts) Follows(ctx context.Context, goal statement.Row) (*Proof, Point, error) {
	// The table first; it proves, and never refutes.
	if p := f.Match(goal); p != nil {
		return p, nil, nil
	}
	// A problem has such an equation as its two inequalities; see statement.Problem.
	if goal.Relation == statement.Equal {
		panic("farkas: an equation that is no combination of equations has two sides; see statement.Problem")
	}
	r, err := f.minimise(ctx, goal.Form)
	if err != nil {
		return nil, nil, err
	}
	switch {
	// No point has even the closed facts: everything follows.
	case r.Verdict == lp.Infeasible:
		return f.contradiction(r), nil, nil
	// The dual solution is the proof: goal = Σ y·facts + value, with value ≥ 0, and > 0
	// suffices for a strict goal.
	case r.Verdict == lp.Optimal && (r.Value.Sign() > 0 || r.Value.Sign() == 0 && goal.Relation == statement.AtLeast):
		return f.weighted(r.Dual, rational.NewRat(1, 1)), nil, nil
	// A strict goal whose minimum is 0: true if the strict facts keep away from where
	// it is 0.
	case r.Verdict == lp.Optimal && r.Value.Sign() == 0:
		return f.strictly(ctx, goal, r)
	}
	// The minimum is negative, or there is none.
	return f.outside(ctx, goal, r)
}

// Match looks for one fact that implies the goal, modulo the equations. It needs no
// program: a known row with the same direction and no larger a constant, or equations
// alone.
func (f *Facts) Match(goal statement.Row) *Proof {
	n := f.normal(goal.Form)
	// The goal is a number modulo the equations.
	if n.key == "" {
		c := n.rest.Constant().Sign()
		if goal.Relation == statement.Equal && c == 0 || goal.Relation == statement.AtLeast && c >= 0 || goal.Relation == statement.Above && c > 0 {
			return &Proof{Shares: n.by}
		}
		// It is false where the facts hold, or they contradict each other: the program
		// says which.
		return nil
	}
	for _, i := range f.known[n.key] {
		row, by := f.number(i)
		m := f.normals[i]
		c := n.constant.Cmp(m.constant)
		// Too weak: a larger constant makes a row easier to have. An equation does not
		// follow from an inequality, and a strict goal not from a row that permits
		// equality.
		if c < 0 || goal.Relation == statement.Equal || c == 0 && goal.Relation == statement.Above && row.Relation != statement.Above {
			continue
		}
		// goal = a·(row − Σ m.by) + Σ n.by + a constant
		a := n.scale.Quo(m.scale)
		shares := each.Of(by, func(s statement.Share) statement.Share {
			return statement.Share{Number: s.Number, Factor: s.Factor.Mul(a)}
		})
		for _, s := range m.by {
			shares = append(shares, statement.Share{Number: s.Number, Factor: s.Factor.Mul(a).Neg()})
		}
		return &Proof{Shares: statement.AddShares(append(shares, n.by...))}
	}
	return nil
}

// minimise solves the program of the closed rows. The costs are put into a copy: the
// program is used for many goals.
func (f *Facts) minimise(ctx context.Context, form statement.Form) (*lp.Result, error) {
	p := *f.program
	p.Variables = slices.Clone(p.Variables)
	p.Constant = form.Constant()
	for _, t := range Terms(form) {
		p.Variables[t.Variable].Cost = t.Coefficient
	}
	return lp.Solve(ctx, &p, lp.Options{})
}

// weighted are multipliers of the rows, divided by a scale. The signs are those of rows
// ≥ 0; an equation has either.
func (f *Facts) weighted(y []rational.Rat, scale rational.Rat) *Proof {
	p := &Proof{}
	for i, c := range y[:len(f.rows)] {
		if !c.IsZero() {
			p.Shares = append(p.Shares, statement.Share{Number: i, Factor: c.Quo(scale)})
		}
	}
	return p
}

// contradiction is that of closed rows, by Farkas' lemma. A Farkas certificate has
// multipliers for rows; bounds of nonnegative symbols are accounted for by what is left
// over.
func (f *Facts) contradiction(r *lp.Result) *Proof {
	// Σ y·(bound) exceeds what the nonnegative variables allow: Σ y·form = −(a positive number) − Σ w·x.
	var sum rational.Rat
	for i, y := range r.Farkas {
		if i < len(f.rows) {
			sum = sum.Sub(y.Mul(f.rows[i].Form.Constant()))
		}
	}
	// Scaled so that the sum of constants is −1, which makes it the proof of −1 ≥ 0.
	p := f.weighted(r.Farkas, sum)
	p.Absurd = true
	return p
}

// outside makes a point with all facts at which the goal fails, of a program that goes
// below 0. Points of the program have the closed rows only. If there are strict ones,
// the point is moved towards one that has them strictly, by so little that the goal
// still fails.
func (f *Facts) outside(ctx context.Context, goal statement.Row, r *lp.Result) (*Proof, Point, error) {
	point := Point(r.Primal)
	// Along the ray the goal falls without end; doubling the step reaches below 0 soon.
	if r.Verdict == lp.Unbounded {
		step := rational.NewRat(1, 1)
		for goal.Form.At(point).Sign() >= 0 {
			point = moved(point, r.Ray, step)
			step = step.Add(step)
		}
	}
	if len(f.strict) == 0 {
		return nil, point, nil
	}
	in, err := f.interior(ctx)
	// The strict rows contradict the others: everything follows.
	if err != nil || in.absurd != nil {
		return in.absurd, nil, err
	}
	// Between the point and one inside, near enough to the point.
	for t := rational.NewRat(1, 2); ; t = t.Mul(rational.NewRat(1, 2)) {
		near := point.Towards(in.point, t)
		if goal.Form.At(near).Sign() < 0 {
			return nil, near, nil
		}
	}
}

// Towards is the point that lies from p the part t of the way to another one.
func (p Point) Towards(other Point, t rational.Rat) Point {
	return moved(p, rational.RatVector(other).Sub(rational.RatVector(p)), t)
}

// moved is p + step·direction.
func moved(p Point, direction []rational.Rat, step rational.Rat) Point {
	return each.To(len(p), func(i int) rational.Rat { return p[i].Add(direction[i].Mul(step)) })
}

// Sides proves a row, an equation by equations or in two halves; or finds a point at
// which it, or the half that is returned, fails. It is for rows that generators
// require: those of lines are equations, which match proves if they are combinations of
// equations, and which have two proofs otherwise.
func (f *Facts) Sides(ctx context.Context, row statement.Row) (d Derived, point Point, half statement.Row, err error) {
	if row.Relation != statement.Equal {
		d.Proof, point, err = f.Follows(ctx, row)
		return d, point, row, err
	}
	if d.Proof = f.Match(row); d.Proof != nil {
		return d, nil, row, nil
	}
	half = statement.Row{Relation: statement.AtLeast, Form: row.Form}
	if d.Proof, point, err = f.Follows(ctx, half); err != nil || point != nil {
		return d, point, half, err
	}
	half.Form = row.Form.Scale(rational.NewRat(-1, 1))
	d.Negative, point, err = f.Follows(ctx, half)
	return d, point, half, err
}

// Derived is the proof of a row: of an equation that is no combination of equations in two halves.
type Derived struct{ Proof, Negative *Proof }
