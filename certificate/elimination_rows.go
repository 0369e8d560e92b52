package certificate

import "math/bits"

// Vectors of the elimination have a coordinate for each q_i, t_i, z, b_T and
// α_T(i), T of two or more tokens; the equations Σ_{i∈T} α_T(i) = b_T are used
// for the first token of each T, whose coordinate is therefore always 0.

func (c *eliminationChecker) zero() []int64 { return make([]int64, eliminationColumns(c.supports)) }

func (c *eliminationChecker) q(token int) int { return token - 1 }
func (c *eliminationChecker) t(token int) int { return c.n + token - 1 }
func (c *eliminationChecker) z() int          { return 2 * c.n }
func (c *eliminationChecker) b(index int) int { return 2*c.n + 1 + index }

// alpha is the coordinate of α_T(first token), T the given support; those of the
// other tokens follow.
func (c *eliminationChecker) alpha(index int) int {
	at := 2*c.n + 1 + len(c.sets)
	for _, t := range c.sets[c.n:index] {
		at += bits.OnesCount64(t)
	}
	return at
}

// addAlpha adds sign·Σ α_T(i) over the tokens i of part, a subset of T, and then
// substitutes the equation of T.
func (c *eliminationChecker) addAlpha(v []int64, index int, part set, sign int64) {
	at := c.alpha(index)
	t := c.sets[index]
	for k, token := range tokensOf(t) {
		if part&tokenBit(token) != 0 {
			v[at+k] += sign
		}
	}
	first := v[at]
	v[c.b(index)] += first
	for k := range bits.OnesCount64(t) {
		v[at+k] -= first
	}
}

// inFull says whether a merged group or an eliminated support counts in the row
// of s.
func (c *eliminationChecker) inFull(group, s set) bool {
	if c.lemma == lemmaFeasible {
		return group&^s == 0
	}
	return group&s != 0
}

// setRow is the row of s in the present system: q(s) minus, or -t(s) plus, what
// every support counts.
func (c *eliminationChecker) setRow(s set) []int64 {
	v := c.zero()
	sign := int64(+1)
	if c.lemma == lemmaFeasible {
		sign = -1
	}
	for _, token := range tokensOf(s) {
		if c.lemma == lemmaFeasible {
			v[c.q(token)] = 1
		} else {
			v[c.t(token)] = -1
		}
	}
	for index, t := range c.sets {
		switch {
		case index < c.n+c.done:
			if c.inFull(t, s) {
				v[c.b(index)] += sign
			}
		case index == c.n+c.done && c.merged != 0:
			part := s & t &^ c.merged
			if c.inFull(c.merged, s) {
				part |= c.merged
			}
			c.addAlpha(v, index, part, sign)
		default:
			c.addAlpha(v, index, s&t, sign)
		}
	}
	return v
}

// met adds Pr(some draft in s), the sum of b_T over the T that meet s.
func (c *eliminationChecker) met(v []int64, s set) {
	for index, t := range c.sets {
		if t&s != 0 {
			v[c.b(index)]++
		}
	}
}

// coverRow is Pr(some draft in w) - t(w) >= 0.
func (c *eliminationChecker) coverRow(w set) []int64 {
	v := c.zero()
	c.met(v, w)
	for _, token := range tokensOf(w) {
		v[c.t(token)] = -1
	}
	return v
}

// boundRow is q(targets) + t(s) + Pr(some draft in neither) - z >= 0.
func (c *eliminationChecker) boundRow(targets, s set) []int64 {
	v := c.zero()
	v[c.z()] = -1
	for _, token := range tokensOf(targets) {
		v[c.q(token)] = 1
	}
	for _, token := range tokensOf(s) {
		v[c.t(token)] = 1
	}
	c.met(v, (tokenBit(c.n)<<1-1)&^(targets|s))
	return v
}

// added is the sum of two vectors.
func added(v, w []int64) []int64 {
	s := make([]int64, len(v))
	for i := range v {
		s[i] = v[i] + w[i]
	}
	return s
}
