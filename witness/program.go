package witness

import (
	"errors"
	"math/big"
	"sort"

	"pstar/lp"
	"pstar/rational"
	"pstar/witness/internal/proof"
)

// programProof writes the document of the builder "program": the program, and the steps that
// show what the result has as its witness. It is the one writer for programs: those that are
// written out, and those that a builder makes of its parameters, as of k units.
//
// The theorem has the variables of the program, E, V and Z for symbols behind them: V is
// what the objective is compared with, Z the objective.
type programProof struct {
	*proof.Writer
	problem *lp.Problem
	result  *lp.Result
	// ends are the facts of the bounds of each variable, then of each row.
	ends []boundFacts
	// facts counts the facts of the theorem.
	facts int
}

// boundFacts are references to the facts of a lower and an upper bound, the same with equation
// set.
//
// A bound that is not there has reference 0, which no multiplier asks for: its multiplier
// is 0.
type boundFacts struct {
	lower, upper int
	equation     bool
}

// LinearProgram returns the document of a solved program: the program itself, and steps that
// show what the result says, of its point and multipliers, its refutation, or its point and
// ray. Names are made printable; they mean nothing. The error is [*Unwritable] if the format
// cannot hold the program; a problem that is not valid and a nil result are errors, too. The result
// is not verified here, which the checker does.
func LinearProgram(p *lp.Problem, r *lp.Result) (Proof, error) {
	if err := p.Validate(); err != nil {
		return nil, err
	}
	if r == nil {
		return nil, errors.New("witness: the result is nil")
	}
	// The claim follows from the verdict; the checker derives it from the proof.
	// No claim for an undecided program: a result has one of these three.
	claim := map[lp.Verdict]string{lp.Optimal: "LP-OPTIMAL", lp.Infeasible: "LP-INFEASIBLE", lp.Unbounded: "LP-UNBOUNDED"}[r.Verdict]
	w := &programProof{problem: p, result: r}
	return w.document(w.statement, [2]string{claim, "proved"})
}

// A Built statement names a builder that makes the theorem of a program of its parameters, as
// "program" does of the program written out, and the claim, tag and status, that it makes of a
// proof. The document is short, however large the program is: its reader makes it from the
// parameters.
type Built struct {
	Builder    string
	Parameters []Parameter // in their order
	Claim      [2]string
}

// A Parameter is a member of a statement. Its value is an int, a fraction, or a list of them.
type Parameter struct {
	Name  string
	Value any
}

// BuiltProgram is [LinearProgram] with a statement that names the program and does not write it
// out. The program must be the one that the builder makes, with its variables and rows in the
// same order. It panics for a parameter of another type.
func BuiltProgram(s Built, p *lp.Problem, r *lp.Result) (Proof, error) {
	w := &programProof{problem: p, result: r}
	return w.document(func() {
		w.Member("builder")
		w.Text(s.Builder)
		for _, parameter := range s.Parameters {
			// Each type has one spelling in a document.
			switch value := parameter.Value.(type) {
			case int:
				w.Member(parameter.Name)
				w.Int(value)
			case rational.Rat:
				w.Member(parameter.Name)
				w.Rat(value.Big())
			case []int:
				w.List(parameter.Name, func() {
					for _, i := range value {
						w.Int(i)
					}
				})
			case []rational.Rat:
				w.Numbers(parameter.Name, value)
			default:
				panic("witness: a parameter is an int, a fraction or a list of them")
			}
		}
	}, s.Claim)
}

// document is a statement with the proof that the result is right.
// The statement is read back as the checker reads it, for the digest of the theorem that it
// makes.
func (w *programProof) document(members func(), claim [2]string) (Proof, error) {
	// Before the statement is read: numbers depend on the program alone.
	w.number()
	statement := func(to *proof.Writer) {
		// The same members go into the statement that is read back and into the document.
		w.Writer = to
		members()
	}
	s, err := proof.Read(statement)
	if err != nil {
		return nil, &Unwritable{"the format cannot hold it: " + err.Error()}
	}
	return proof.Document(statement, [][2]string{claim}, func(*proof.Writer) {
		// What the result has as its witness: a point and multipliers, a refutation, or a point
		// and a ray.
		switch t := s.Theorem(0); w.result.Verdict {
		case lp.Optimal:
			w.Proof(0, t, w.optimalRows, w.optimalPoint)
		case lp.Infeasible:
			w.Proof(0, t, w.contradiction, nil)
		case lp.Unbounded:
			w.Proof(0, t, nil, w.withoutBound)
		}
	}), nil
}

// number numbers the facts as the builder does.
// A bound that is there has a fact, but the sign of a nonnegative variable.
func (w *programProof) number() {
	w.facts = 1 // E = 0
	// An infeasible program has no objective in its theorem.
	if w.result.Verdict != lp.Infeasible {
		w.facts = 3 // of V and Z, and of Z and the objective
	}
	for j, v := range w.problem.Variables {
		// 0 and 0 is an equation, whose fact has either sign.
		nonnegative := v.Lower.Finite && v.Lower.Value.IsZero() && !(v.Upper.Finite && v.Upper.Value.IsZero())
		w.bound(v.Lower, v.Upper, nonnegative, j)
	}
	for _, row := range w.problem.Rows {
		w.bound(row.Lower, row.Upper, false, 0)
	}
}

// bound numbers the facts of two bounds. A variable that is declared nonnegative has its sign
// for the lower one.
func (w *programProof) bound(lower, upper lp.Bound, nonnegative bool, variable int) {
	var b boundFacts
	switch {
	// One fact for both bounds.
	case lower.Finite && upper.Finite && lower.Value.Cmp(upper.Value) == 0:
		b = boundFacts{w.facts, w.facts, true}
		w.facts++
		w.ends = append(w.ends, b)
		return
	// No fact, but a sign, which has a reference of its own.
	case nonnegative:
		b.lower = proof.Sign(variable)
	case lower.Finite:
		b.lower = w.facts
		w.facts++
	}
	// After the lower one, as the builder has it.
	if upper.Finite {
		b.upper = w.facts
		w.facts++
	}
	w.ends = append(w.ends, b)
}

// statement writes the members of the statement.
func (w *programProof) statement() {
	p := w.problem
	w.Member("builder")
	w.Text("program")
	w.Member("sense")
	// The sense says what "better" is in the theorem.
	w.Text(map[lp.Sense]string{lp.Minimise: "minimise", lp.Maximise: "maximise"}[p.Sense])
	w.List("variables", func() {
		for _, v := range p.Variables {
			w.bounded(v.Name, v.Lower, v.Upper, nil)
		}
	})
	w.List("objective", func() {
		if !p.Constant.IsZero() {
			w.RatTerm(p.Constant.Big())
		}
		for j, v := range p.Variables {
			if !v.Cost.IsZero() {
				w.RatTerm(v.Cost.Big(), j)
			}
		}
	})
	w.List("rows", func() {
		for _, row := range p.Rows {
			w.bounded(row.Name, row.Lower, row.Upper, func() {
				w.Open('[')
				// Canonical, since the checker refuses a term that stands twice.
				for _, t := range programTerms(row) {
					w.RatTerm(t.Coefficient.Big(), t.Variable)
				}
				w.Close(']')
			})
		}
	})
	w.List("outcome", func() {
		w.Text(map[lp.Verdict]string{lp.Optimal: "optimal", lp.Infeasible: "infeasible", lp.Unbounded: "unbounded"}[w.result.Verdict])
		// The other outcomes have no number.
		if w.result.Verdict == lp.Optimal {
			w.Rat(w.result.Value.Big())
		}
	})
}

// bounded writes a variable or a row.
func (w *programProof) bounded(name string, lower, upper lp.Bound, form func()) {
	w.Open('[')
	w.Text(proof.Printable(name))
	for _, b := range []lp.Bound{lower, upper} {
		w.Open('[')
		if b.Finite {
			w.Rat(b.Value.Big())
		}
		w.Close(']')
	}
	// A variable is a name with bounds, a row has a form besides.
	if form != nil {
		form()
	}
	w.Close(']')
}

// optimalRows shows V − v ≥ 0: the objective fact, and each bound with its multiplier.
// This is weak duality: V − v is the sum of what each bound leaves, times its multiplier.
func (w *programProof) optimalRows() {
	// Multipliers of a solver have the signs of minimising.
	sign := rational.NewRat(1, 1)
	if w.problem.Sense == lp.Maximise {
		sign = sign.Neg()
	}
	var multipliers []rational.Rat
	// By variable and then by row, as the ends are.
	for _, d := range append(append([]rational.Rat(nil), w.result.Reduced...), w.result.Dual...) {
		multipliers = append(multipliers, d.Mul(sign))
	}
	w.multiples(0, multipliers, true)
}

// multiples writes the combine of the goal: the objective if it is wanted, and each bound with
// its multiplier, the lower one where that is positive, the upper one where it is negative.
func (w *programProof) multiples(goal int, multipliers []rational.Rat, objective bool) {
	// Integers are added up much faster than fractions.
	denominator, multipliers := integers(multipliers)
	w.ScaledCombine(goal, denominator, func() {
		// V is at least Z, or at most, by fact 1; times the denominator, as all else.
		if objective {
			w.RatTerm(denominator.Big(), 1)
		}
		for k, m := range multipliers {
			switch b := w.ends[k]; {
			// Equations may have either sign, and are multiplied below.
			case m.IsZero() || b.equation:
			// A positive multiplier is that of the lower bound, by complementary slackness, a
			// negative one that of the upper.
			case m.Sign() > 0:
				w.RatTerm(m.Big(), b.lower)
			// The lower bound less the upper one is positive, and their facts add up to its
			// negative.
			default:
				w.RatTerm(m.Neg().Big(), b.upper)
			}
		}
	}, func() {
		// Z is the objective, by fact 2.
		if objective {
			w.Equation(2, func() {
				if w.problem.Sense == lp.Minimise {
					w.RatTerm(denominator.Neg().Big())
				} else {
					w.RatTerm(denominator.Big())
				}
			})
		}
		// A row without variables has E in its fact, which would be left in the sum.
		var empty rational.Rat // the multipliers of rows without variables, whose form is E
		for k, m := range multipliers {
			if row := k - len(w.problem.Variables); row >= 0 && len(programTerms(w.problem.Rows[row])) == 0 {
				empty = empty.Sub(m)
			}
			if b := w.ends[k]; b.equation && !m.IsZero() {
				w.Equation(b.lower, func() { w.RatTerm(m.Big()) })
			}
		}
		if !empty.IsZero() {
			w.Equation(0, func() { w.RatTerm(empty.Big()) })
		}
	})
}

// integers multiplies numbers by their least common denominator.
// The checker adds integers; what they are divided by is told once, by times or over.
func integers(v []rational.Rat) (denominator rational.Rat, scaled []rational.Rat) {
	common := big.NewInt(1)
	for _, x := range v {
		d := x.Den().Big()
		common.Mul(common, new(big.Int).Div(d, new(big.Int).GCD(nil, nil, common, d)))
	}
	denominator = rational.RatFromBig(new(big.Rat).SetInt(common))
	for _, x := range v {
		scaled = append(scaled, x.Mul(denominator))
	}
	return denominator, scaled
}

// optimalPoint shows that there is a point where V ≥ v: the optimal one.
// V is a parameter: that it is at least v is what the scope assumes, and what one step uses.
func (w *programProof) optimalPoint() {
	all := append(append([]rational.Rat(nil), w.result.Primal...), w.result.Value)
	// Values are integers over one number, which the document tells once.
	over, scaled := integers(all)
	goal := 1 // that V and Z are in order: behind the signs of the values that are listed, and E = 0
	w.Step("witness", func() {
		w.List("values", func() {
			for j, x := range w.result.Primal {
				// Values of 0 are left out of a document.
				if x.IsZero() {
					continue
				}
				// That it is nonnegative is a goal of the rule, before those of the facts.
				if w.ends[j].lower == proof.Sign(j) {
					goal++
				}
				w.value(j, scaled[j], rational.Rat{})
			}
			// Z has a value too: the objective at the point.
			if !w.result.Value.IsZero() {
				w.value(len(w.result.Primal)+2, scaled[len(w.result.Primal)], rational.Rat{})
			}
		})
		w.Member("over")
		w.Rat(over.Big())
		w.List("steps", func() { w.Combine(goal, func() { w.RatTerm(over.Big(), w.facts) }, nil) })
	})
}

// value is the element [j, constant + slope·V] of the values of a witness.
//
// The slope is for a ray; other witnesses have constants alone.
func (w *programProof) value(j int, constant, slope rational.Rat) {
	w.Value(j, func() {
		if !constant.IsZero() {
			w.RatTerm(constant.Big())
		}
		if !slope.IsZero() {
			w.RatTerm(slope.Big(), len(w.problem.Variables)+1) // V
		}
	})
}

// contradiction shows −1 ≥ 0.
// Multipliers by Farkas' lemma; or a variable or row whose own bounds contradict each other,
// which needs no others.
func (w *programProof) contradiction() {
	p, r := w.problem, w.result
	variables := len(p.Variables)
	multipliers := make([]rational.Rat, variables+len(p.Rows))
	switch c := r.Conflict; c.In {
	// Multipliers of rows; those of bounds follow from them, as the coefficients must cancel.
	case lp.NoConflict:
		copy(multipliers[variables:], r.Farkas)
		for i, row := range p.Rows {
			// The combination of rows has a coefficient for each variable, which the bounds of
			// that variable take away.
			for _, t := range row.Terms {
				multipliers[t.Variable] = multipliers[t.Variable].Sub(t.Coefficient.Mul(r.Farkas[i]))
			}
		}
		w.multiples(0, w.scaled(multipliers), false)
	default:
		index, lower, upper := c.Index, rational.Rat{}, rational.Rat{}
		if c.In == lp.RowConflict {
			lower, upper = p.Rows[index].Lower.Value, p.Rows[index].Upper.Value
			index += variables
		} else {
			lower, upper = p.Variables[index].Lower.Value, p.Variables[index].Upper.Value
		}
		w.Combine(0, func() {
			factor := rational.NewRat(1, 1).Quo(lower.Sub(upper))
			w.RatTerm(factor.Big(), w.ends[index].lower)
			w.RatTerm(factor.Big(), w.ends[index].upper)
		}, nil)
	}
}

// scaled divides multipliers whose bounds add up to a positive number by that number.
// So the sum is −1 in the goal.
//
// The sum is positive, or the program would not be refuted.
func (w *programProof) scaled(multipliers []rational.Rat) []rational.Rat {
	var sum rational.Rat
	count := func(m rational.Rat, lower, upper lp.Bound) {
		if m.Sign() > 0 {
			sum = sum.Add(m.Mul(lower.Value))
		} else if m.Sign() < 0 {
			sum = sum.Add(m.Mul(upper.Value))
		}
	}
	for j, v := range w.problem.Variables {
		count(multipliers[j], v.Lower, v.Upper)
	}
	for i, row := range w.problem.Rows {
		count(multipliers[len(w.problem.Variables)+i], row.Lower, row.Upper)
	}
	for k := range multipliers {
		multipliers[k] = multipliers[k].Quo(sum)
	}
	return multipliers
}

// withoutBound shows that there is a point with an objective beyond V: far enough along the
// ray. The point depends on V, as a polynomial of degree 1: feasible for V ≥ 0, all of it,
// without any step.
func (w *programProof) withoutBound() {
	p, r := w.problem, w.result
	// Both at once: the objective at the point, and how it changes along the ray.
	at, slope := p.Constant, rational.Rat{} // of the objective
	for j, v := range p.Variables {
		at, slope = at.Add(v.Cost.Mul(r.Primal[j])), slope.Add(v.Cost.Mul(r.Ray[j]))
	}
	// The steps along the ray: start, which undoes the objective of the point if that is on the
	// wrong side of 0, and unit times V.
	// One step along the ray moves the objective by slope.
	unit := rational.NewRat(1, 1).Quo(slope)
	if p.Sense == lp.Minimise {
		unit = unit.Neg()
	}
	var start rational.Rat
	// Else the point is beyond V = 0 already.
	if at.Sign() != 0 && at.Sign() != slope.Sign() {
		start = at.Quo(slope).Neg()
	}
	w.Step("witness", func() {
		w.List("values", func() {
			// point + (start + unit·V)·ray.
			value := func(symbol int, x, along rational.Rat) {
				if constant, more := x.Add(start.Mul(along)), unit.Mul(along); !constant.IsZero() || !more.IsZero() {
					w.value(symbol, constant, more)
				}
			}
			for j, x := range r.Primal {
				value(j, x, r.Ray[j])
			}
			value(len(r.Primal)+2, at, slope) // Z
		})
		// Every goal is a number or a nonnegative multiple of V ≥ 0, which the checker sees
		// by itself.
		w.List("steps", nil)
	})
}

// programTerms returns the terms of a row, sorted by variable, those of one
// variable added and zeros left out.
func programTerms(row lp.Row) []lp.Term {
	terms := append([]lp.Term(nil), row.Terms...)
	sort.SliceStable(terms, func(a, b int) bool { return terms[a].Variable < terms[b].Variable })
	var list []lp.Term
	for k := 0; k < len(terms); {
		var sum rational.Rat
		variable := terms[k].Variable
		for ; k < len(terms) && terms[k].Variable == variable; k++ {
			sum = sum.Add(terms[k].Coefficient)
		}
		if !sum.IsZero() {
			list = append(list, lp.Term{Variable: variable, Coefficient: sum})
		}
	}
	return list
}
