package statement

import (
	"fmt"

	"pstar/certificate/kernel"
)

// The theorems of the eliminations of a cell, in order. Here supports of two or more tokens are
// blocks a_T(i), i in T, of unknowns, and C(S) is the sum of b_T over the supports T that meet
// S.
//
//   - TransportPolytope, kind feasible, for all real b_T and q_i: a_T(i) ≥ 0 with Σ_i a_T(i) =
//     b_T and b_{i} + Σ_T a_T(i) = q_i
//     exist if and only if q(S_j) ≥ Σ_{T⊆S_j} b_T for j < N, = for j = N, and b_T ≥ 0 for T = S_2, S_3, ….
//   - LemmaFeasible, MD-L2: a_T(i) ≥ 0 with Σ_i a_T(i) = b_T and b_{i} + Σ_T a_T(i) ≤ q_i exist
//     if and only if Σ_{T⊆S_j} b_T ≤ q(S_j).
//   - LemmaSelected, MD-L3, for all real t_i: a_T(i) ≥ 0 with Σ_i a_T(i) = b_T and t_i ≤ b_{i}
//   - Σ_T a_T(i) exist if and only if t(S_j) ≤ C(S_j).
//   - LemmaOptimum, MD-L4: t_i with z ≤ t(Ω), t(W) ≤ C(W) for all sets W and 0 ≤ t_i ≤ q_i
//     exist if and only if z ≤ q(S_j) + C(Ω∖S_j) for j = 0..N.
//   - LemmaBoth: t_i and a_T(i) with z ≤ t(Ω), 0 ≤ t_i ≤ q_i and those of MD-L3 exist if and
//     only if the rows of MD-L4 hold.
const (
	TransportPolytope = iota
	LemmaFeasible
	LemmaSelected
	LemmaOptimum
	LemmaBoth
	eliminationTheorems
)

// maxListed bounds the terms of MD-L4, which lists a fact for each set of tokens.
// The others prove MD-L4 by way of MD-L3, whose facts are as many as the pairs.
const maxListed = 1 << 20

func readElimination(r *kernel.Reader) kernel.Statement {
	c := readSizes(r)
	return kernel.Statement{
		Title: fmt.Sprintf("eliminations for K = %d drafts, N = %d tokens", c.K, c.N),
		Count: eliminationTheorems,
		Theorem: func(k int) *kernel.Theorem {
			// A claim has another proof, of theorems that are short.
			if k == LemmaOptimum && !c.Listed() {
				r.Fail("the facts of MD-L4 are too many to be listed: prove the lemma by theorems %d and %d", LemmaSelected, LemmaBoth)
			}
			return c.Elimination(k)
		},
		Claims: c.eliminationClaims,
	}
}

// Listed says whether the facts of MD-L4 are few enough to be listed.
// Below 20 tokens the shift cannot overflow.
func (c *Cell) Listed() bool { return c.N < 20 && (len(c.Sets)+c.N)<<c.N <= maxListed }

// Elimination makes theorem k of the eliminations.
// It panics if there is no theorem k.
func (c *Cell) Elimination(k int) *kernel.Theorem {
	return []func() *kernel.Theorem{c.transportPolytope, c.lemmaFeasible, c.lemmaSelected, c.lemmaOptimum, c.lemmaBoth}[k]()
}

func (c *Cell) eliminationClaims(o []kernel.Outcome) []kernel.Claim {
	const optimum = "any joint law of the drafts: eliminating the t_i from z <= t(all), t(S) <= C(S) for all S, 0 <= t_i <= q_i leaves z <= q(S) + C(all others) for all S"
	return conclude(o,
		follows("FM-C", "for all real b_T and q_i there are a_T(i) >= 0, i in T, for the supports T of two or more tokens, with the sums b_T over i and q_i - b_{i} over T, if and only if q(S) >= the sum of b_T with T within S for all S, with equality for all tokens, and b_T >= 0 for these T", TransportPolytope),
		follows("MD-L2", "any joint law of the drafts: eliminating the a_T(i) >= 0 with sums b_T from q_i >= b_{i} + the sum of a_T(i) leaves q(S) >= B(S) for all S", LemmaFeasible),
		follows("MD-L3", "any joint law of the drafts: eliminating the a_T(i) >= 0 with sums b_T from t_i <= b_{i} + the sum of a_T(i) leaves t(S) <= C(S) for all S, the probability that some draft is in S", LemmaSelected),
		follows("MD-L4", optimum, LemmaOptimum),
		follows("MD-L4", optimum, LemmaSelected, LemmaBoth))
}

// pairs adds a_T(i) for the supports of two or more tokens, and b_T = Σ_i a_T(i). It returns
// them for each token, and the b_{i}. A support of one token is no choice: a_{i}(i) = b_{i} stands in the
// facts as b_{i}.
func (l *layout) pairs(b array) (byToken, alone array) {
	bySet, byToken := l.flows(2)
	l.facts(kernel.EQ, part{1, b}, part{-1, bySet})
	for i := range l.N {
		alone = append(alone, b[l.index[1<<i]])
	}
	return byToken, alone
}

// met are the b_T of the supports that meet a set: their sum is the probability that some draft is in
// the set. With all tokens it is the sum of all b.
func (l *layout) met(b array, set uint64) (met array) {
	for t, support := range l.Sets {
		if support&set != 0 {
			met = append(met, b[t])
		}
	}
	return met
}

// Nothing is assumed of the signs of b and q: the rows say all that follows, b_T ≥ 0 too.
func (c *Cell) transportPolytope() *kernel.Theorem {
	l := c.start("transport polytope", kernel.Feasible)
	q, b := l.each("p", "q"), l.laws("p", "b")
	byToken, alone := l.pairs(b)
	l.facts(kernel.EQ, part{1, q}, part{-1, alone}, part{-1, byToken})
	l.feasibleRows(q, b, kernel.EQ)
	for t, set := range c.Sets {
		// One of each size; the permutations make the others of it. S_1 is a single token,
		// whose b has no sign.
		if set != 1 && set&(set+1) == 0 { // S_2, S_3, …
			l.row(kernel.GE, l.sum(0, part{1, b[t : t+1]}))
		}
	}
	return l.finish()
}

// [MD] Lemma 2 eliminates one pair after another; this is what is left when all are gone.
func (c *Cell) lemmaFeasible() *kernel.Theorem {
	l := c.start("MD-L2", kernel.Feasible)
	q, b := l.each("p+", "q"), l.laws("p+", "b")
	byToken, alone := l.pairs(b)
	l.facts(kernel.GE, part{1, q}, part{-1, alone}, part{-1, byToken})
	l.feasibleRows(q, b, kernel.GE)
	return l.finish()
}

// The first of two stages of Theorem 3: t_i is what a selection gives to i, at most.
func (c *Cell) lemmaSelected() *kernel.Theorem {
	l := c.start("MD-L3", kernel.Feasible)
	t, b := l.each("p", "t"), l.laws("p+", "b")
	byToken, alone := l.pairs(b)
	l.facts(kernel.GE, part{-1, t}, part{1, alone}, part{1, byToken})
	for j := 1; j <= c.N; j++ {
		l.row(kernel.GE, l.sum(0, part{-1, l.to(j, t)}, part{1, l.met(b, 1<<j-1)}))
	}
	return l.finish()
}

// optimumStart begins MD-L4 and its joint form with their parameters z, q, b, the unknowns t,
// and the facts z ≤ t(Ω), t_i ≤ q_i.
func (c *Cell) optimumStart(name string) (l *layout, b, t array) {
	l = c.start(name, kernel.Feasible)
	// What the optimum is to reach.
	z := array{{l.number("p", "z")}}
	q := l.each("p+", "q")
	b, t = l.laws("p+", "b"), l.each("u+", "t")
	l.fact(kernel.GE, l.sum(0, part{-1, z}, part{1, t}))
	l.facts(kernel.GE, part{1, q}, part{-1, t})
	// The rows are for S_j and its complement together.
	for j := 0; j <= c.N; j++ {
		l.row(kernel.GE, l.sum(0, part{-1, z}, part{1, l.to(j, q)}, part{1, l.met(b, (1<<c.N-1)&^(1<<j-1))}))
	}
	return l, b, t
}

// The second stage: the t_i go, whose conditions are now one for each set of tokens.
func (c *Cell) lemmaOptimum() *kernel.Theorem {
	l, b, t := c.optimumStart("MD-L4")
	// One condition for each set of tokens, in the order of their numbers.
	// 0 is the empty set, of which nothing is said.
	for w := uint64(1); w < 1<<c.N; w++ {
		var asked array
		for _, i := range elements(w) {
			asked = append(asked, t[i])
		}
		l.fact(kernel.GE, l.sum(0, part{1, l.met(b, w)}, part{-1, asked}))
	}
	return l.finish()
}

// Both stages at once, without the list of 2^N conditions between them.
func (c *Cell) lemmaBoth() *kernel.Theorem {
	l, b, t := c.optimumStart("MD-L3 and MD-L4")
	byToken, alone := l.pairs(b)
	l.facts(kernel.GE, part{1, alone}, part{-1, t}, part{1, byToken})
	return l.finish()
}
