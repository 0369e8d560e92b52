package certificate

import "math/bits"

// Rows of the elimination have a coordinate for each q_i, t_i, z, b_T and
// α_T(i), T of two or more tokens; the equations Σ_{i∈T} α_T(i) = b_T are used
// for the first token of each T, whose coordinate is therefore always 0. All
// entries of the rows that the checker keeps are -1, 0 or 1.

// eliminationColumns counts the coordinates.
func eliminationColumns(s *supports) int {
	columns := 2*s.n + 1 + len(s.sets)
	for _, t := range s.pairsUp() {
		columns += bits.OnesCount64(t)
	}
	return columns
}

func (c *eliminationChecker) q(token int) int { return token - 1 }
func (c *eliminationChecker) t(token int) int { return c.n + token - 1 }
func (c *eliminationChecker) z() int          { return 2 * c.n }
func (c *eliminationChecker) b(index int) int { return 2*c.n + 1 + index }

// alpha is the coordinate of α_T(first token), T the support with this index;
// those of the other tokens follow.
func (c *eliminationChecker) alpha(index int) int {
	at := 2*c.n + 1 + len(c.sets)
	for _, t := range c.sets[c.n:index] {
		at += bits.OnesCount64(t)
	}
	return at
}

// newEliminationChecker writes the augmented system of a lemma: a row for each
// set of tokens, which is a sum of rows given.
func newEliminationChecker(r *reader, s *supports, lemma string) *eliminationChecker {
	c := &eliminationChecker{reader: r, supports: s, lemma: lemma}
	columns := eliminationColumns(s)
	r.spend(columns<<s.n, 4)
	c.rest = make([]int64, columns)
	if lemma != lemmaOptimum {
		tokens := make([][]int32, s.n)
		for i := range tokens {
			tokens[i] = c.tokenRow(i + 1)
		}
		c.rows = c.sums(make([]int32, columns), func(token int) []int32 { return tokens[token-1] })
		return c
	}
	c.covers = make([][]int32, 1<<s.n)
	for w := range c.covers {
		c.covers[w] = c.coverRow(set(w))
	}
	all := tokenBit(s.n)<<1 - 1
	most := make([]int32, columns) // z <= t(Ω)
	most[c.z()] = -1
	for token := 1; token <= s.n; token++ {
		most[c.t(token)] = 1
	}
	c.rows = make([][]int32, 1<<s.n)
	for v := range c.rows {
		c.rows[v] = added(most, c.covers[all&^set(v)])
	}
	return c
}

// sums returns, for each set of tokens, start plus the rows of its tokens.
func (c *eliminationChecker) sums(start []int32, row func(token int) []int32) [][]int32 {
	sums := make([][]int32, 1<<c.n)
	sums[0] = start
	for s := 1; s < len(sums); s++ {
		sums[s] = added(sums[s&(s-1)], row(1+bits.TrailingZeros64(set(s))))
	}
	return sums
}

func added(v, w []int32) []int32 {
	s := make([]int32, len(v))
	for i := range v {
		s[i] = v[i] + w[i]
	}
	return s
}

// tokenRow is the row given for a token: q_i - b_i - Σ_T α_T(i) >= 0 in MD-L2,
// and -t_i + b_i + Σ_T α_T(i) >= 0 in MD-L3.
func (c *eliminationChecker) tokenRow(token int) []int32 {
	v := make([]int32, len(c.rest))
	sign := int32(1)
	if c.lemma == lemmaFeasible {
		v[c.q(token)], sign = 1, -1
	} else {
		v[c.t(token)] = -1
	}
	at := c.b(len(c.sets))
	for index, t := range c.sets {
		if index < c.n {
			if t == tokenBit(token) {
				v[c.b(index)] = sign
			}
			continue
		}
		for k, i := range tokensOf(t) {
			switch {
			case i != token:
			case k > 0:
				v[at+k] = sign
			default: // α_T(first) = b_T - the others
				v[c.b(index)] = sign
				for o := 1; o < bits.OnesCount64(t); o++ {
					v[at+o] = -sign
				}
			}
		}
		at += bits.OnesCount64(t)
	}
	return v
}

// coverRow is C(w) - t(w) >= 0.
func (c *eliminationChecker) coverRow(w set) []int32 {
	v := make([]int32, len(c.rest))
	c.met(v, w)
	for _, token := range tokensOf(w) {
		v[c.t(token)] = -1
	}
	return v
}

// met adds C(s), the sum of b_T over the T that meet s.
func (c *eliminationChecker) met(v []int32, s set) {
	for index, t := range c.sets {
		if t&s != 0 {
			v[c.b(index)]++
		}
	}
}

// checkEnd checks that the last rows are the closed forms: q(S) - B(S), C(S) -
// t(S), and q(S) + C(Ω∖S) - z.
func (c *eliminationChecker) checkEnd() {
	c.spend(len(c.rest)<<c.n, 4)
	all := tokenBit(c.n)<<1 - 1
	for s, row := range c.rows {
		s := set(s)
		want := make([]int32, len(c.rest))
		switch c.lemma {
		case lemmaFeasible:
			for index, t := range c.sets {
				if t&^s == 0 {
					want[c.b(index)] = -1
				}
			}
		case lemmaSelected:
			want = c.coverRow(s)
		case lemmaOptimum:
			want[c.z()] = -1
			c.met(want, all&^s)
		}
		if c.lemma != lemmaSelected {
			for _, token := range tokensOf(s) {
				want[c.q(token)] = 1
			}
		}
		for i, x := range row {
			if x != want[i] {
				c.rejectNext("%s: the steps do not end in the closed form", c.lemma)
			}
		}
	}
}
