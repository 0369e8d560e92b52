package kernel

import (
	"context"
	"math/big"

	"pstar/certificate/reading"
	"pstar/certificate/theorem"
)

// An Identity is what a step shows, before it is multiplied out: the sum of the summands is the
// rest. The first of them is what is to be shown, times something positive, or the first two,
// which are multiples of rows of an elimination; the others are
// subtracted from it, and are at least 0, or 0, by what is known. Each is a statement about
// polynomials that others can decide for themselves, without these rules: that the parts of a
// proof fit together is left to this checker.
type Identity struct {
	Place    string
	Relation Relation // of the rest: = 0, or ≥ 0 or > 0 as its terms have positive coefficients and nonnegative symbols
	Summands []Summand
	Rest     Poly
	// Values are put in place of symbols of the summands, each divided by Over. The rest is then a
	// number, or what the steps of the rule have to show to have this relation, unless that is plain to see.
	Values []Assignment
	Over   Num
}

// Told is to whom [Explain] hands on what is checked.
type Told struct {
	Step     func(place, rule string) // each step, before its identities
	Identity func(*Identity)
}

// Explain is [CheckContext], and hands on each step and each identity, for others to check it.
func Explain(ctx context.Context, data []byte, builders map[string]Builder, to Told) (report *Report, err error) {
	defer reading.Catch(&err)
	r := newDocument(ctx, data)
	r.explain = &to
	return r.check(builders), nil
}

// tellStep hands on the step that begins.
func (c *checker) tellStep(rule string) {
	if c.explain != nil {
		c.explain.Step(c.Where(), rule)
	}
}

// tell hands on what the sum holds.
func (c *checker) tell(relation Relation) {
	if c.explain != nil {
		list := c.sum.Told
		c.explain.Identity(&Identity{Place: c.Where(), Relation: relation, Summands: list, Rest: c.sum.Poly()})
	}
}

// partsOf are the summands of a sum, divided by what it is a multiple of the polynomial by. The term is the first one of the sum.
func (e *elimination) partsOf(told []Summand, first Term, p Poly) (parts []Summand) {
	if e.explain == nil {
		return nil
	}
	for _, s := range told {
		// A sum that is 0 has no multiples but itself.
		if len(p) > 0 {
			s.C = s.C.Times(p[0].C).Times(first.C.Inverse())
		}
		parts = append(parts, s)
	}
	return parts
}

// tellParts hands on that a row is the sum of its parts.
func (e *elimination) tellParts(row Fact) {
	if e.explain != nil {
		list := append(e.parts, Summand{C: Int(-1), P: row.Poly, Q: constant(Int(1))})
		e.explain.Identity(&Identity{Place: e.Where(), Relation: EQ, Summands: list})
		e.parts = nil
	}
}

// asParts has the parts of a row told in place of the row, which is what is to be shown.
func (e *elimination) asParts() {
	if e.parts != nil {
		e.sum.Told, e.parts = e.parts, nil
	}
}

// tellAt hands on that a fact, at these values divided by over and times a power of that, has the polynomial.
func (c *checker) tellAt(f Fact, over Num, values map[int]Poly, replaced func(s int) bool, at Poly) {
	if c.explain == nil {
		return
	}
	i := &Identity{Place: c.Where(), Relation: f.Relation, Rest: at, Over: over}
	most, listed := 0, map[int]bool{}
	for _, t := range f.Poly {
		degree := 0
		for k := range t.M.Degree() {
			s := t.M.Symbol(k)
			if !replaced(s) {
				continue
			}
			if degree++; !listed[s] {
				listed[s], i.Values = true, append(i.Values, Assignment{Symbol: s, Value: values[s]})
			}
		}
		most = max(most, degree)
	}
	times := Int(1)
	for range most {
		times = times.Times(over)
	}
	i.Summands = []Summand{{C: times, P: f.Poly, Q: constant(Int(1))}}
	c.explain.Identity(i)
}

// tellPrefix hands on the number that the goal is at these x and y.
func (p *prefixes) tellPrefix(x, y, goal *big.Int) {
	if p.explain != nil {
		replaced := func(s int) bool { return s == p.x || s == p.y }
		p.tellAt(p.goal, Int(1), map[int]Poly{p.x: whole(x), p.y: whole(y)}, replaced, whole(goal))
	}
}

// tellNext hands on that ratios do not descend, and what x and y are with the symbol that comes next.
func (p *prefixes) tellNext(x, y *big.Int, before, next int) {
	if p.explain == nil {
		return
	}
	minus := Int(-1)
	if before >= 0 {
		v, w := []*big.Int{p.v[before], p.v[next]}, []*big.Int{p.w[before], p.w[next]}
		rest := new(big.Int).Sub(new(big.Int).Mul(v[1], w[0]), new(big.Int).Mul(v[0], w[1]))
		p.explain.Identity(&Identity{Place: p.Where(), Relation: GE, Rest: whole(rest),
			Summands: []Summand{{C: Int(1), P: whole(v[1]), Q: whole(w[0])}, {C: minus, P: whole(v[0]), Q: whole(w[1])}}})
	}
	for _, sum := range [][2]*big.Int{{x, p.w[next]}, {y, p.v[next]}} {
		total, one := new(big.Int).Add(sum[0], sum[1]), constant(Int(1))
		p.explain.Identity(&Identity{Place: p.Where(), Relation: EQ,
			Summands: []Summand{{C: Int(1), P: whole(total), Q: one}, {C: minus, P: whole(sum[0]), Q: one}, {C: minus, P: whole(sum[1]), Q: one}}})
	}
}

// whole is an integer as a polynomial, and constant a number.
func whole(n *big.Int) Poly { return constant(theorem.Number(new(big.Rat).SetInt(n))) }

func constant(n Num) Poly {
	if n.Sign() == 0 {
		return nil
	}
	return Poly{{C: n}}
}

// note notes that a step refers to fact k.
// Whoever reads a fact by a number of the document calls it; what the fact is does not come from here.
func (c *checker) note(k int) {
	if k < len(c.used) {
		c.used[k] = true
	}
}

// unused are the facts of the theorem that no step refers to, neither to images of them;
// without those with unknowns in kind feasible. A proof of a goal is one of its images, so that
// a fact is used if an image of it is. It is a remark for the reader, who may have asked for
// too much, and no part of the verdict. Rules that take all facts with unknowns, as witness
// does, make no difference between them.
func (c *checker) unused() (list []int) {
	var fresh []int // used, but it is not yet said of its images
	for k, used := range c.used {
		if used {
			fresh = append(fresh, k)
		}
	}
	// Each fact is taken once: passes over all, until nothing changes, are as many as a
	// rotation has facts.
	c.known()
	for len(fresh) > 0 {
		k := fresh[len(fresh)-1]
		fresh = fresh[:len(fresh)-1]
		for _, a := range c.acts {
			if to := a.facts[k]; !c.used[to] {
				c.used[to] = true
				fresh = append(fresh, int(to))
			}
		}
	}
	for k, f := range c.theorem.Facts {
		if !c.used[k] && (c.theorem.Kind != Feasible || !f.Poly.Holds(c.unknowns)) {
			list = append(list, k)
		}
	}
	return list
}
