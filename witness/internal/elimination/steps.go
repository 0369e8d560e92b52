package elimination

import (
	"maps"
	"slices"

	"pstar/fm"
	"pstar/rational"
)

// exist shows that there are values: the unknowns are eliminated as the result has it, first E, then by equations, then step by step.
//
// Package fm clears columns by equations first and may find rows redundant at any time;
// the rule has one element for each eliminated column, with what is taken out after it.
// So what fm drops between two columns is put to the column before.
func (p *projector) exist() {
	facts := len(p.rows)
	var columns []int
	// E is the first one to go: it is 0, and rows get rid of it by that equation.
	if p.theorem == nil {
		columns = append(columns, len(p.eliminated)-1) // E
	} else {
		// The rows of a theorem are written as facts with all their images, since the
		// goals at the end are images, too.
		facts = p.writeImages()
	}
	p.Step("project", func() {
		p.List("eliminate", func() {
			for _, s := range p.result.Solved {
				columns = append(columns, s.Column)
			}
			steps := p.result.Steps
			for k, column := range columns {
				var drops []fm.Drop
				if k == len(columns)-1 {
					// What fm dropped after all equations were used belongs to the last
					// of them.
					for ; len(steps) > 0 && steps[0].Variable < 0; steps = steps[1:] {
						drops = append(drops, steps[0].Dropped...)
					}
				}
				p.element(column, fm.Step{Variable: -1, Dropped: drops})
			}
			// Without equations nothing comes before the first step but signs of parameters that are left out, which the rule does not have as rows.
			for ; len(steps) > 0 && steps[0].Variable < 0; steps = steps[1:] {
				p.start()
				// Such a row would be an assumption of the theorem, which the rule does
				// not list.
				if slices.ContainsFunc(steps[0].Dropped, func(d fm.Drop) bool { _, found := p.of[d.Row]; return found }) {
					panic("witness: rows are left out before any are eliminated")
				}
			}
			for len(steps) > 0 {
				step := steps[0]
				for steps = steps[1:]; len(steps) > 0 && steps[0].Variable < 0; steps = steps[1:] {
					step.Dropped = append(step.Dropped[:len(step.Dropped):len(step.Dropped)], steps[0].Dropped...)
				}
				p.element(1+len(p.result.System.Symbols)+step.Variable, step)
			}
		})
		// Nothing was eliminated by pairs: the rows that are left are those of the
		// base.
		p.start()
		p.List("steps", func() {
			goal := 0
			for _, row := range p.rows {
				if !row.gone {
					// In the order of the rule: goals are the rows that are left.
					p.combination(goal, facts, row)
					goal++
				}
			}
		})
	})
}

// element eliminates a column. An equation is used if there is one, in the rule as
// here: the first row with the column that is one.
func (p *projector) element(column int, step fm.Step) {
	p.Open('{')
	p.Member("symbol")
	p.Int(column - 1)
	// With E, implicit equations are declared: fm found inequalities that hold with
	// equality everywhere.
	if p.theorem == nil && column == len(p.eliminated)-1 {
		p.equalities()
	}
	var with []int
	equation := -1
	for k, row := range p.rows {
		// A row that is gone has kept its number.
		if !row.gone && !row.v[column].IsZero() {
			if with = append(with, k); equation < 0 && row.relation == exactly {
				equation = k
			}
		}
	}
	// The first equation with the column, as the rule takes it.
	if equation >= 0 {
		p.substitute(column, equation, with)
	} else {
		p.start()
		p.pairs(column, with, step)
	}
	p.redundant(step)
	p.Close('}')
}

// equalities makes equations of the rows that vanish together: the negative of one is
// the sum of the others, and of E. From v·rows = 0, with all v positive, each of these
// rows is at most 0 as well.
func (p *projector) equalities() {
	v := p.result.Vanishing
	if v == nil {
		// A zero has no share; an equation is one already.
		return
	}
	e := len(p.eliminated) - 1
	p.List("equal", func() {
		for k, x := range v {
			if x.IsZero() || p.rows[1+k].relation == exactly {
				continue
			}
			p.Open('[')
			p.Int(1 + k)
			p.Open('[')
			var sum rational.Rat
			for i, y := range v {
				// Factors are scaled so that the row itself has the factor 1.
				c := y.Quo(x)
				if sum = sum.Sub(c.Mul(p.rows[1+i].v[e])); i != k && !y.IsZero() {
					p.RatTerm(c.Big(), 1+i)
				}
			}
			if !sum.IsZero() {
				p.RatTerm(sum.Big(), 0)
			}
			p.Close(']')
			p.Close(']')
			p.rows[1+k].relation = exactly
		}
	})
}

// without is the sum of row k and a multiple of row n in which the column cancels, as
// the rule makes it. The rule divides by what is common, and so does this: otherwise
// the entries would not be the same.
func (p *projector) without(column, k, n int) elimRow {
	a, b := p.rows[n].v[column], p.rows[k].v[column].Neg()
	// The factor of row k must be positive, as row k may be an inequality.
	if a.Sign() < 0 {
		// Of an equation either sign will do.
		a, b = a.Neg(), b.Neg()
	}
	v := p.rows[k].v.Scale(a).Add(p.rows[n].v.Scale(b)).Primitive().Rats()
	relation := p.rows[k].relation
	if p.rows[n].relation == above {
		relation = above
	}
	return elimRow{v: v, relation: relation, fm: -1}
}

// substitute replaces the rows that hold the column by means of an equation. Equations
// take the place of the rows; the number of fm goes along.
func (p *projector) substitute(column, equation int, with []int) {
	for _, k := range with {
		// The equation itself goes as well.
		if k != equation {
			row := p.without(column, k, equation)
			p.rows = append(p.rows, row)
			p.rows[len(p.rows)-1].fm = p.rows[k].fm
		}
		p.rows[k].gone = true
	}
}

// start finds the rows of fm among those that are there. Until then a row bears the
// number of the row of the system that it comes from. Before it, fm has changed rows by
// equations and by leaving out columns, so that its numbers mean nothing here; from the
// base on, both lists go in step.
func (p *projector) start() {
	if p.started {
		return
	}
	p.started = true
	p.factors = map[int]rational.Rat{}
	base := map[int]int{}
	// The last row of the base is 1 > 0, which the rule does not have.
	for i, b := range p.result.Base[:len(p.result.Base)-1] {
		base[b.Origin] = i
		p.lines[i] = append(b.Line.Rats(), make(rational.RatVector, len(p.eliminated)-len(b.Line))...)
	}
	for k := range p.rows {
		row := &p.rows[k]
		// Rows that are gone have no number in fm.
		if row.gone {
			continue
		}
		number, found := base[row.fm]
		// Equations that are kept are not rows of fm's base; proofs may use them with
		// any factor.
		if row.relation == exactly {
			p.kept.insert(k, row.v)
			found = false
		}
		if row.fm = -1; found {
			row.fm, p.of[number] = number, k
		}
	}
}

// pairs writes which sums of two rows are kept, and why the others follow. The rule
// goes through all pairs of a positive and a negative row, in order; each must be kept
// or explained.
func (p *projector) pairs(column int, with []int, step fm.Step) {
	// Pairs are known by fm's numbers of their rows.
	type pair [2]int
	isNew, dropped := map[pair]fm.Combination{}, map[pair]fm.Drop{}
	for _, k := range step.New {
		isNew[pair{k.Positive, k.Negative}] = k
	}
	for _, d := range step.Dropped {
		// A drop with a row is of one that had been there; without, of a sum that never
		// became one.
		if d.Row < 0 {
			dropped[pair{d.Positive, d.Negative}] = d
		}
	}
	// The rule has positive rows outside, negative ones inside.
	eachPair := func(visit func(x, n int, of pair)) {
		for _, x := range with {
			for _, n := range with {
				// In the order of the numbers, not in that of fm.
				if p.rows[x].v[column].Sign() > 0 && p.rows[n].v[column].Sign() < 0 {
					visit(x, n, pair{p.rows[x].fm, p.rows[n].fm})
				}
			}
		}
	}
	p.List("kept", func() {
		eachPair(func(x, n int, of pair) {
			k, found := isNew[of]
			if !found {
				return
			}
			p.Term(x, n)
			row := p.without(column, x, n)
			row.fm = k.Row
			p.of[k.Row] = len(p.rows)
			p.lines[k.Row] = p.sumOf(k)
			p.rows = append(p.rows, row)
		})
	})
	// They are gone only now: sums are made of them above.
	for _, k := range with {
		p.rows[k].gone = true
	}
	p.List("dropped", func() {
		eachPair(func(x, n int, of pair) {
			// Each other pair was dropped by fm with a proof, in the terms of rows that
			// are there after the step.
			if _, found := isNew[of]; !found {
				d := dropped[of]
				p.because(p.without(column, x, n), p.sumOf(d.Combination), d.Proof)
			}
		})
	})
}

// sumOf is a sum of two rows of fm.
func (p *projector) sumOf(k fm.Combination) rational.RatVector {
	return p.lines[k.Positive].Scale(k.P).Add(p.lines[k.Negative].Scale(k.N))
}

// redundant writes which rows are taken out. These are rows that are superfluous
// besides those of the pairs.
func (p *projector) redundant(step fm.Step) {
	// Nothing was taken out here.
	if !slices.ContainsFunc(step.Dropped, func(d fm.Drop) bool { return d.Row >= 0 }) {
		return
	}
	// fm's numbers are needed from here on.
	p.start()
	p.List("redundant", func() {
		for _, d := range step.Dropped {
			if _, found := p.of[d.Row]; d.Row < 0 || !found { // the sign of a parameter
				continue
			}
			p.Open('[')
			p.Int(p.of[d.Row])
			p.rows[p.of[d.Row]].gone = true
			p.because(p.rows[p.of[d.Row]], p.lines[d.Row], d.Proof)
			p.Close(']')
		}
	})
}

// because writes the PROOF of a row, which fm has as line and shows by terms. Its rows
// are multiples of those of the rule, by factors that differ from row to row; equations
// that are kept make up the rest.
func (p *projector) because(row elimRow, line rational.RatVector, terms []fm.Term) {
	scale := p.factor(row.v, line)
	rest := row.v
	p.Open('[')
	for _, t := range terms {
		k, found := p.of[t.Row]
		// The checker permits such a remainder.
		if !found { // the row 1 > 0, or the sign of a parameter: what is left may hold positive multiples of these
			continue
		}
		factor, known := p.factors[t.Row]
		if !known {
			factor = p.factor(p.rows[k].v, p.lines[t.Row])
			p.factors[t.Row] = factor
		}
		// The row is 0 apart from equations: it proves nothing, and needs nothing.
		if factor.IsZero() || scale.IsZero() {
			continue
		}
		c := scale.Mul(t.Multiplier).Quo(factor)
		p.RatTerm(c.Big(), k)
		// With no equations nothing is left to explain.
		if len(p.kept.lines) > 0 {
			rest = rest.Sub(p.rows[k].v.Scale(c))
		}
	}
	if len(p.kept.lines) > 0 {
		// What is left over is made of equations that are kept.
		_, of := p.kept.reduce(rest)
		for _, k := range slices.Sorted(maps.Keys(of)) {
			p.RatTerm(of[k].Big(), k)
		}
	}
	p.Close(']')
}

// factor is the number by which a row is a multiple of a line of fm, apart from the equations that are kept; 0 if the line is 0
// apart from these. It is found by reducing both modulo the equations.
func (p *projector) factor(v, line rational.RatVector) rational.Rat {
	a, _ := p.kept.reduce(v)
	b, _ := p.kept.reduce(line)
	c, _ := ratio(a, b)
	return c
}
