package optimum

import (
	"pstar/rational"
	"pstar/theorems/multidraft"
)

// MaxRuleSupports bounds the tables of importance weights that are worked out
// for iid drafts, whose law p_I has a closed form at any size.
const MaxRuleSupports = 1 << 14

// SelectedLaw returns, for k iid drafts from p, a law t of the intermediate
// token Y that importance-weighted sampling can give and that is optimal for q:
// the sum of min(q_i, t_i) is P* (MD-T1). It takes one exact sort, and the
// support of the drafts never appears.
//
// Sort the tokens by q_i/p_i and let S be the smallest minimiser of
// q(S) - p(S)^k, a prefix. Take t = q, except that within S the tokens with the
// lowest ratio are raised to a common ratio until t(S) = p(S)^k, and outside S
// those with the highest are lowered to a common ratio until t(Ω) = 1. Then
// t >= q on S and t <= q off S, so the sum of the minima is q(S) + 1 - p(S)^k.
//
// Why t can be given: t_i/p_i ascends in the same order as q_i/p_i, so t(S) >=
// p(S)^k need only be checked on prefixes (see MinByPrefix). Draw the curve of
// prefix sums of t against those of p. Where t = q it lies above x^k, as S is a
// minimiser; the raised part is a chord from the origin and the lowered part a
// chord to (1, 1) with both ends above x^k, which is convex. So t(S) >= p(S)^k
// for all S, and by MD-T2 weights β exist.
func SelectedLaw(k int, p, q multidraft.Distribution) multidraft.Distribution {
	x := selectLevels(k, p, q)
	t := multidraft.Distribution{Weights: rational.NewPacked(p.Weights.Len()), Unit: x.unit.Mul(x.low.mass).Mul(x.high.mass)}
	// From the unit of q to that of the levels, without rounding.
	scale := x.unit.DivExact(q.Unit)
	for j, i := range x.order {
		switch {
		// Raised to a common ratio: in proportion to p.
		case j < x.low.count:
			t.Weights.Set(i, x.low.total.Mul(p.Weights.At(i)).Mul(x.high.mass))
		// Lowered likewise.
		case j >= len(x.order)-x.high.count:
			t.Weights.Set(i, x.high.total.Mul(p.Weights.At(i)).Mul(x.low.mass))
		default:
			t.Weights.Set(i, q.Weights.At(i).Mul(scale).Mul(x.low.mass).Mul(x.high.mass))
		}
	}
	return t
}

// levels describe the law of SelectedLaw: q but for the first low.count tokens
// of the order and the last high.count.
type levels struct {
	order     []int        // tokens with p > 0, by q/p ascending
	cut       int          // length of the prefix that is the smallest minimiser
	unit      rational.Int // p.unit^k q.unit
	low, high level        // in units of 1/unit
}

func selectLevels(k int, p, q multidraft.Distribution) levels {
	x := levels{order: ByRatio(p, q), cut: len(MinOverPrefixes(k, p, q).Tokens)}
	scale := p.Unit.Pow(uint(k))
	// One unit for q(S) and p(S)^k.
	x.unit = scale.Mul(q.Unit)
	value := make([]rational.Int, len(x.order))
	mass := make([]rational.Int, len(x.order))
	for j, i := range x.order {
		value[j], mass[j] = q.Weights.At(i).Mul(scale), p.Weights.At(i)
	}
	// p(S)^k in that unit: what t(S) is to be.
	inside := multidraft.Sum(mass[:x.cut]).Pow(uint(k)).Mul(q.Unit)
	x.low = lift(value[:x.cut], mass[:x.cut], inside)
	x.high = lift(reversedNegated(value[x.cut:]), reversed(mass[x.cut:]), inside.Sub(x.unit))
	// The list was negated, and so is its sum.
	x.high.total = x.high.total.Neg()
	return x
}

// A level says that the first count tokens of a list get the common ratio
// total/mass. The mass is 1 if count is 0.
type level struct {
	count       int
	total, mass rational.Int
}

// lift finds the level to which the first tokens, in ascending order of
// value/mass, must be raised for all values to sum to goal, which is at least
// their sum.
func lift(value, mass []rational.Int, goal rational.Int) level {
	missing := goal.Sub(multidraft.Sum(value))
	l := level{mass: rational.NewInt(1)}
	// Nothing is raised: the mass 1 keeps the units finite.
	if missing.IsZero() {
		return l
	}
	// From what is missing alone: the first token is always raised, whatever its ratio is.
	l.total, l.mass = missing, rational.Int{}
	for j := range value {
		// The level so far reaches the next token's ratio or not.
		if j > 0 && l.total.Mul(mass[j]).Cmp(value[j].Mul(l.mass)) <= 0 {
			break
		}
		l.count++
		l.total = l.total.Add(value[j])
		l.mass = l.mass.Add(mass[j])
	}
	return l
}

// reversed is the list from its end.
func reversed(list []rational.Int) []rational.Int {
	out := make([]rational.Int, len(list))
	for j, x := range list {
		out[len(list)-1-j] = x
	}
	return out
}

// reversedNegated turns the highest ratios into the lowest.
func reversedNegated(list []rational.Int) []rational.Int {
	out := reversed(list)
	for j, x := range out {
		out[j] = x.Neg()
	}
	return out
}
