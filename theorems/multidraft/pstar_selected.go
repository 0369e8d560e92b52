package multidraft

import "pstar/rational"

// selectedLaw returns, for k iid drafts from p, a law t of the intermediate
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
func selectedLaw(k int, p, q distribution) distribution {
	order := byRatio(p, q)
	minimum := minOverPrefixes(k, p, q)
	split := len(minimum.Tokens)
	// Everything in units of 1/(p.unit^k q.unit).
	scale := p.unit.Pow(uint(k))
	unit := scale.Mul(q.unit)
	value := make([]rational.Int, len(order))
	for j, i := range order {
		value[j] = q.weights[i].Mul(scale)
	}
	mass := make([]rational.Int, len(order))
	for j, i := range order {
		mass[j] = p.weights[i]
	}
	inside := sum(mass[:split]).Pow(uint(k)).Mul(q.unit)
	raised := lift(value[:split], mass[:split], inside)
	lowered := lift(reversedNegated(value[split:]), reversed(mass[split:]), inside.Sub(unit))
	t := distribution{weights: make([]rational.Int, len(p.weights)), unit: unit.Mul(raised.mass).Mul(lowered.mass)}
	for j, i := range order {
		switch last := len(order) - 1; {
		case j < raised.count:
			t.weights[i] = raised.total.Mul(mass[j]).Mul(lowered.mass)
		case last-j < lowered.count && j >= split:
			t.weights[i] = lowered.total.Neg().Mul(mass[j]).Mul(raised.mass)
		default:
			t.weights[i] = value[j].Mul(raised.mass).Mul(lowered.mass)
		}
	}
	return t
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
	missing := goal.Sub(sum(value))
	l := level{mass: rational.NewInt(1)}
	if missing.IsZero() {
		return l
	}
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

func sum(list []rational.Int) rational.Int {
	var total rational.Int
	for _, x := range list {
		total = total.Add(x)
	}
	return total
}

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
