package kernel

import (
	"context"

	"pstar/certificate/reading"
)

// An Identity is what a step shows, before it is multiplied out: the sum of the summands is the
// rest. The first of them is what is to be shown, times something positive; the others are
// subtracted from it, and are at least 0, or 0, by what is known. Each is a statement about
// polynomials that others can decide for themselves, without these rules: that the parts of a
// proof fit together is left to this checker.
type Identity struct {
	Place    string
	Relation Relation // of the rest: = 0, or ≥ 0 or > 0 as its terms have positive coefficients and nonnegative symbols
	Summands []Summand
	Rest     Poly
}

// Explain is [CheckContext], and hands on each identity, for others to check it.
func Explain(ctx context.Context, data []byte, builders map[string]Builder, tell func(*Identity)) (report *Report, err error) {
	defer reading.Catch(&err)
	r := newDocument(ctx, data)
	r.explain = tell
	return r.check(builders), nil
}

// tell hands on what the sum holds.
func (c *checker) tell(relation Relation) {
	list := c.sum.Told
	c.explain(&Identity{c.Where(), relation, list, c.sum.Poly()})
}

// use is fact k, to which a step refers.
// Every reference to a fact comes by here.
func (c *checker) use(k int) Fact {
	if k < len(c.used) {
		c.used[k] = true
	}
	return c.facts[k]
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
