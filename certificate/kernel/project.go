package kernel

import "slices"

// project: there are unknowns with the facts if what is left of these holds when the unknowns
// have been eliminated one after the other.
//
// Sound: Fourier and Motzkin. For given other unknowns, there is an x with the rows that hold
// it if and only if all sums hold of two of these in which x cancels; or, if one of them is an
// equation, if all others hold with x as that says. A sum is left out, and a row, only if it
// follows from the rows that are there, and from facts of the scope, which hold no unknowns; a
// row is an equation if its negative follows so. Signs of unknowns are rows, and those of
// unknowns that are left are never taken out: therefore the rest of a proof may hold these.
//
// What is shown is one direction only: from the rows in the end follow those in the beginning,
// for some values of the unknowns. The other one is the list of rows of the proof, by combine.
// So rows may be left out freely as long as they follow, and nothing is lost if too many are
// kept.
//
// Rows have numbers that are never given again, and "there" says which are still in the system:
// a proof refers to them over many steps.
func (c *checker) project() {
	// The system is forgotten in the end; the goals that are left have been counted as kept
	// meanwhile.
	defer c.Release(c.Held())
	c.Spend(len(c.theorem.Symbols))
	e := &elimination{checker: c}
	for _, k := range c.with {
		e.add(c.theorem.Facts[k])
	}
	// The signs of unknowns are rows like others while an unknown is eliminated, and yet must
	// stay: the rest of a proof may hold unknowns that are ≥ 0 without naming the row that says
	// so.
	e.signs = len(e.rows)
	for s, symbol := range c.theorem.Symbols {
		if symbol.Unknown && symbol.Nonnegative {
			e.add(atLeast0(c.symbol(s)))
		}
	}
	e.first = len(e.rows)
	for range c.Member("eliminate").List() {
		e.step()
	}
	var goals []Fact
	for k, f := range e.rows {
		if e.there[k] {
			// Not all unknowns have been eliminated.
			if f.Poly.Holds(c.unknowns) {
				c.Fail("row %d is left, and holds an unknown", k)
			}
			goals = append(goals, f)
		}
	}
	c.inner("steps", func(s *scope) { s.goals = goals })
}

// elimination is the system while it loses its unknowns.
// Its rows are those of the theorem with unknowns, the signs of unknowns, and then what steps
// make.
type elimination struct {
	*checker
	rows  []Fact
	there []bool // by row
	// Rows signs..first-1 are the signs of unknowns.
	signs, first int
	// What the last sum of two rows was made of, for who is told.
	parts []Summand
}

// add adds a row.
func (e *elimination) add(f Fact) {
	e.Spend(dearWork)
	e.rows, e.there = append(e.rows, e.Kept(f)), append(e.there, true)
}

// addSum adds a row that is a sum of two.
func (e *elimination) addSum(f Fact) {
	e.tellParts(f)
	e.add(f)
}

// step eliminates an unknown.
// In this order: rows that are really equations are found, since eliminating by an equation
// makes no pairs; then the unknown goes; then rows are taken out that follow from the others.
func (e *elimination) step() {
	e.Open('{')
	x := e.Member("symbol").Below(0, len(e.theorem.Symbols))
	if !e.unknowns[x] {
		e.Fail("symbol %d is not an unknown", x)
	}
	e.each("equal", func(k int) {
		if e.rows[k].Relation == GT {
			e.Fail("row %d is strict", k)
		}
		// With the row itself among those that are there, which is no circle: both signs are ≥
		// 0 then.
		e.follows(Fact{Relation: GE, Poly: e.total("-", e.rows[k].Poly)})
		e.rows[k].Relation = EQ
	})
	// The first equation is taken, so that the document need not say which.
	of, equation := map[int]Num{}, -1 // the coefficient of x in each row that holds it
	var with []int
	for k, f := range e.rows {
		if a := e.coefficient(k, x); a.Sign() != 0 {
			if with, of[k] = append(with, k), a; f.Relation == EQ && equation < 0 {
				equation = k
			}
		}
	}
	// Every other row that holds x is replaced by one that does not; the equation gives x.
	if equation >= 0 {
		// Each of the others is combined with the equation, and all of them go, the equation
		// too.
		for _, k := range with {
			if k != equation {
				e.addSum(e.without(k, equation, of))
			}
			e.there[k] = false
		}
	} else {
		e.pairs(with, of)
	}
	// It is not there any more when it is shown: else it would follow from itself.
	e.each("redundant", func(k int) {
		if k >= e.signs && k < e.first {
			e.Fail("row %d is the sign of an unknown", k)
		}
		e.there[k] = false
		e.follows(e.rows[k])
	})
	e.Close('}')
}

// each reads a list [[r,PROOF],…] of rows that are there, if it is there; proof reads the
// PROOF. A missing list is an empty one.
func (e *elimination) each(name string, proof func(k int)) {
	if !e.Has(name) {
		return
	}
	for range e.Lists() {
		k := e.Below(0, len(e.rows))
		if !e.there[k] {
			e.Fail("row %d is not there", k)
		}
		proof(k)
	}
}

// coefficient is that of x in row k, which holds x in no other term; 0 if the row is not there.
// All rows that are there are looked at for each unknown, which is counted.
func (e *elimination) coefficient(k, x int) (a Num) {
	if e.Spend(1); e.there[k] {
		e.Look(e.rows[k].Poly)
		for _, t := range e.rows[k].Poly {
			if t.M == e.single(x) {
				a = t.C
			} else if t.M.Degree() > 1 && (Poly{t}).Holds(e.unknowns) {
				e.Fail("row %d is not linear in the unknowns with numbers as coefficients", k)
			}
		}
	}
	return a
}

// without is the primitive sum of positive multiples of row k, and of row n or its negative, in
// which the symbol cancels. A positive multiple of row k keeps its meaning; row n is an
// equation, or a row of the other sign, whose multiple is positive as well. Without common
// divisors the numbers stay short over many steps.
func (e *elimination) without(k, n int, of map[int]Num) Fact {
	a, b := of[n], of[k].Neg()
	if a.Sign() < 0 {
		a, b = a.Neg(), b.Neg()
	}
	e.sum.Add(a, e.rows[k].Poly)
	e.sum.Add(b, e.rows[n].Poly)
	told := e.sum.Told // before the sum is emptied
	p := e.sum.Poly()
	var first Term
	if len(p) > 0 {
		first = p[0]
	}
	numbers := make([]Num, len(p))
	for k, t := range p {
		numbers[k] = t.C
	}
	e.Primitive(numbers)
	for k, n := range numbers {
		p[k].C = n
	}
	e.parts = e.partsOf(told, first, p)
	// The sum of what is > 0 and what is ≥ 0 is > 0.
	relation := e.rows[k].Relation
	if e.rows[n].Relation == GT {
		relation = GT
	}
	return Fact{Relation: relation, Poly: p}
}

// pairs adds the sums of two rows that are kept, and checks that the others follow from what is
// there then. Every pair is accounted for: those that are kept are listed by the document, and
// for each of the others, in order, there is a proof. That a pair is forgotten shows in the
// count of the proofs.
func (e *elimination) pairs(with []int, of map[int]Num) {
	var kept [][2]int
	for range e.Member("kept").Lists() {
		p := e.Below(0, len(e.rows))
		n := e.Below(0, len(e.rows))
		pair := [2]int{p, n}
		// of has no entry for a row that does not hold x, and 0 is no sign of a pair.
		if of[p].Sign() <= 0 || of[n].Sign() >= 0 || len(kept) > 0 && slices.Compare(kept[len(kept)-1][:], pair[:]) >= 0 {
			e.Fail("rows %d and %d are no pair, or pairs do not ascend", p, n)
		}
		kept = append(kept, pair)
		e.addSum(e.without(p, n, of))
		e.Hold(1)
	}
	for _, k := range with {
		e.there[k] = false
	}
	e.Member("dropped").Open('[')
	for _, p := range with {
		for _, n := range with {
			switch e.Spend(dearWork); {
			case of[p].Sign() <= 0 || of[n].Sign() >= 0:
			// Both lists ascend, so that the first one that is left of kept is the only
			// candidate.
			case len(kept) > 0 && kept[0] == [2]int{p, n}:
				kept = kept[1:]
			default:
				e.follows(e.without(p, n, of))
			}
		}
	}
	e.Close(']')
}

// follows reads a PROOF that a fact follows from the rows that are there and from facts without
// unknowns. As in combine, but with numbers as multipliers, and with facts of the scope that
// hold no unknowns.
func (e *elimination) follows(f Fact) {
	e.sum.Add(Int(1), f.Poly)
	e.asParts()
	strict := false
	for range e.Lists() {
		c := e.Number()
		var g Fact
		// Numbers from 0 on are rows, −1−r is fact r of the scope.
		if k := e.Below(-len(e.facts), len(e.rows)); k >= 0 && e.there[k] {
			g = e.rows[k]
		} else if k < 0 && !e.hidden[-1-k] && !e.facts[-1-k].Poly.Holds(e.unknowns) {
			e.note(-1 - k)
			g = e.facts[-1-k]
		} else {
			e.Fail("row %d is not there, or the fact is hidden or holds an unknown", k)
		}
		// What follows from inequalities is no equation; a multiple of an equation may have
		// either sign.
		if g.Relation != EQ && (c.Sign() <= 0 || f.Relation == EQ) {
			e.Fail("the number of a row that is no equation must be positive, and what follows no equation")
		}
		e.sum.Add(c.Neg(), g.Poly)
		strict = strict || g.Relation == GT
	}
	e.holds(f.Relation, strict)
}
