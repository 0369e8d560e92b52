package cell

import (
	"iter"

	"pstar/internal/each"
	"pstar/theorems/multidraft"
)

// subsets runs over the subsets of s, the empty set first.
func subsets(s multidraft.Set) iter.Seq[multidraft.Set] {
	return func(yield func(multidraft.Set) bool) {
		for t := multidraft.Set(0); ; t = (t - s) & s {
			// (t - s) & s is the next subset as a number; s itself is the last.
			if !yield(t) || t == s {
				return
			}
		}
	}
}

// allDifferent puts every token in a class of its own.
func allDifferent(n int) []int {
	return each.To(n, func(i int) int { return i })
}

// classes returns, for each token, the least token with which it may be
// exchanged without changing the system before a step: both are outside T, or
// both in G, or both in T but neither in G nor the token eliminated, and the
// exchange maps eliminated supports to eliminated supports. Exchanges that
// preserve the system generate all permutations within the classes.
//
// Unless orbits are asked for, every token is in a class of its own.
func (s *augmented) classes(step *EliminationStep) []int {
	// Then every pair is an orbit of its own.
	if !s.orbits {
		return allDifferent(s.n)
	}
	// What a token is to the step: exchanges keep it.
	kind := func(i int) int {
		switch bit := multidraft.Set(1) << i; {
		case i == step.Token:
			return 0
		case bit&step.Merged != 0:
			return 1
		case bit&step.Support != 0:
			return 2
		}
		return 3
	}
	// A set of sets, as exchanges ask whether an image is among them.
	eliminated := make(map[multidraft.Set]bool, s.done)
	for _, t := range s.supports[:s.done] {
		eliminated[t] = true
	}
	classes := allDifferent(s.n)
	for i := range classes {
		for o := range i {
			// Only against the least token of a class: being exchangeable is transitive.
			if classes[o] == o && kind(i) == kind(o) && preserves(eliminated, i, o) {
				classes[i] = o
				break
			}
		}
	}
	return classes
}

// preserves reports whether exchanging two tokens maps the family to itself.
func preserves(family map[multidraft.Set]bool, i, o int) bool {
	both := multidraft.Set(1)<<i | multidraft.Set(1)<<o
	for t := range family {
		// A set with both or neither is mapped to itself.
		if in := t & both; in != 0 && in != both && !family[t^both] {
			return false
		}
	}
	return true
}

// eachPair runs over one pair of sets of tokens for each orbit under the
// permutations within classes, with the number of pairs in the orbit. In a pair
// a token is in neither set, only in the first, only in the second, or in both;
// in the representative these come in this order along each class.
func eachPair(classes []int, visit func(first, second multidraft.Set, copies int) bool) {
	n := len(classes)
	last := make([]int, n)    // colour of the last token coloured, by class
	same := make([]int, n)    // how many tokens of the class have that colour
	members := make([]int, n) // tokens of the class coloured so far
	var colour func(i int, first, second multidraft.Set, copies int) bool
	colour = func(i int, first, second multidraft.Set, copies int) bool {
		// All tokens are coloured: the colours are the two sets.
		if i == n {
			return visit(first, second, copies)
		}
		// Of the class of token i, all that matters is what colours its earlier tokens have.
		c := classes[i]
		oldLast, oldSame := last[c], same[c]
		members[c]++
		// Colours ascend along a class: any other colouring is a permutation of one that is
		// visited.
		for k := oldLast; k < 4; k++ {
			last[c], same[c] = k, 1
			if k == oldLast {
				same[c] = oldSame + 1
			}
			bit := multidraft.Set(1) << i
			// A multinomial coefficient, one token at a time.
			more := copies * members[c] / same[c]
			if !colour(i+1, first|bit*multidraft.Set(k&1), second|bit*multidraft.Set(k>>1), more) {
				return false
			}
		}
		// As it was before, for the next colour of an earlier token.
		last[c], same[c] = oldLast, oldSame
		members[c]--
		return true
	}
	colour(0, 0, 0, 1)
}
