package classes

import (
	"context"
	"fmt"

	"pstar/rational"
	"pstar/theorems"
	"pstar/theorems/multidraft"
)

// MaxLevels bounds the levels that Optimal tries.
const MaxLevels = 4000

// Optimal returns a rule whose acceptance, as evaluated, is P* up to the gap. It fails for
// drafts that are not iid, if ctx ends, or with [*theorems.Unsettled] if MaxLevels levels are
// not enough, or more levels help no longer.
func Optimal(ctx context.Context, s *multidraft.Instance, gap rational.Rat) (*Rule, *Evaluation, error) {
	if s.Model() != multidraft.ModelIID {
		return nil, nil, fmt.Errorf("rules by classes are for iid drafts, not for %s ones", s.Model())
	}
	// The guess decides nothing: what it proposes is evaluated exactly, and refused if the gap is too large.
	t := newSums(s)
	g := newGuess(s, t)
	// Of a gap less than that not all is for more levels to close.
	leftByFloats := rational.NewRat(1, 1e13)
	least, fruitless := rational.Whole(1), 0
	for {
		if err := ctx.Err(); err != nil {
			return nil, nil, err
		}
		// Levels for a spread that the optimum needs, then classes that keep their means.
		enough := g.refine()
		r := &Rule{K: s.K(), N: s.N(), Classes: len(g.levels)}
		// One row of weights for each level, over a common unit.
		for b, row := range g.transport() {
			// Ratios and weights are dyadic: the rule that is written down is the one evaluated.
			level := Level{Ratio: rational.Dyadic(g.levels[b].mantissa())}
			for c, w := range row {
				if w > 0 {
					level.Class = append(level.Class, Weight{c, rational.NewRat(w, rowUnit)})
				}
			}
			r.Levels = append(r.Levels, level)
		}
		e, err := r.Evaluate(s)
		// By construction the rows sum to 1 and levels ascend.
		if err != nil {
			panic("classes: what is built is no rule: " + err.Error())
		}
		if e.Gap.Cmp(gap) <= 0 {
			return r, e, nil
		}
		// Floats leave about 1e-14; more levels help only as far as that, and each time take several times as long to evaluate.
		switch {
		case e.Gap.Cmp(least) < 0:
			least, fruitless = e.Gap, 0
		case e.Gap.Cmp(leftByFloats) <= 0:
			fruitless++
		}
		if !enough || fruitless == 2 || !g.halve() {
			return nil, nil, &theorems.Unsettled{Reason: fmt.Sprintf("%d levels leave a gap of about %s to P*", len(g.levels), least.Scientific(3))}
		}
	}
}
