package kernel

import "context"

// An Identity is what a step shows, before it is multiplied out: the sum of the summands is the rest. The first of them is what is
// to be shown, times something positive; the others are subtracted from it, and are at least 0, or 0, by what is known.
type Identity struct {
	Place    string
	Relation Relation // of the rest: = 0, or ≥ 0 or > 0 as its terms have positive coefficients and nonnegative symbols
	Summands []Summand
	Rest     Poly
}

// A Summand is a number times two polynomials.
type Summand struct {
	C    Num
	P, Q Poly
}

// Explain is [CheckContext], and hands on each identity, for others to check it.
func Explain(ctx context.Context, data []byte, builders map[string]Builder, tell func(*Identity)) (report *Report, err error) {
	defer catch(&err)
	r := newReader(data)
	r.ctx, r.explain = ctx, tell
	return r.document(builders), nil
}

// tell hands on what the sum holds.
func (c *checker) tell(relation Relation) {
	list := c.sum.told
	c.explain(&Identity{c.where(), relation, list, c.sum.poly()})
}
