package blocks

import (
	"fmt"

	"pstar/rational"
	"pstar/theorems/multidraft"
)

// MaxPrefixes bounds the prefixes of a tree, and MaxLength the tokens of a path, which over one token only
// has so few prefixes that they can be long.
const (
	MaxPrefixes = 1 << 16
	MaxLength   = 1 << 10
)

// A Tree has the laws of the next token after each prefix. It does not change once made.
type Tree struct {
	N, Length     int
	draft, target [][]rational.Rat // of the prefix at each place, see Place
}

// NewTree returns a tree in which after(z) are the laws of the draft and of the target after
// the prefix z, for all prefixes of 0 to length-1 tokens. It fails if a law is none, over other
// than n tokens, or if there are too many prefixes.
func NewTree(n, length int, after func(prefix []int) (draft, target []rational.Rat)) (*Tree, error) {
	if n < 1 || length < 1 {
		return nil, fmt.Errorf("%d tokens and %d steps, want at least one of each", n, length)
	}
	if length > MaxLength {
		return nil, fmt.Errorf("%d steps, at most %d", length, MaxLength)
	}
	// Exact up to 2^40, far above the limit.
	if multidraft.BoundedPower(n, length) > MaxPrefixes {
		return nil, fmt.Errorf("%d steps of %d tokens have too many prefixes, at most %d", length, n, MaxPrefixes)
	}
	t := &Tree{N: n, Length: length}
	for depth := range length {
		// The first failure of a level ends it: a law that is none is so at many prefixes.
		var failed error
		multidraft.EachWord(depth, n, func(z []int) {
			draft, target := after(z)
			for _, law := range []struct {
				name string
				p    []rational.Rat
			}{{"p", draft}, {"q", target}} {
				_, err := multidraft.NewDistribution(law.name, law.p)
				// A law in itself, but of another alphabet.
				if err == nil && len(law.p) != n {
					err = fmt.Errorf("%s has %d entries, want %d", law.name, len(law.p), n)
				}
				if err != nil && failed == nil {
					failed = fmt.Errorf("after the prefix (%s): %w", multidraft.TokenList(z), err)
				}
			}
			t.draft, t.target = append(t.draft, draft), append(t.target, target)
		})
		if failed != nil {
			return nil, failed
		}
	}
	return t, nil
}

// Place numbers prefixes by length and then lexicographically, from 0 for the empty one. Tokens must be
// those of the tree.
func (t *Tree) Place(z []int) int {
	place, level := 0, 1
	// All shorter prefixes stand before.
	for range z {
		place += level
		level *= t.N
	}
	// Then its number among the words of its length, the first token most significant.
	word := 0
	for _, y := range z {
		word = word*t.N + y
	}
	return place + word
}

// next is Q(y|z) and M(y|z).
func (t *Tree) next(z []int, y int) (draft, target rational.Rat) {
	place := t.Place(z)
	return t.draft[place][y], t.target[place][y]
}

// paths lists the paths of positive probability under the draft, with it.
func (t *Tree) paths() (list [][]int, mass []rational.Rat) {
	multidraft.EachWord(t.Length, t.N, func(z []int) {
		// Q of the whole path, the product over its tokens.
		p := rational.NewRat(1, 1)
		for j, y := range z {
			draft, _ := t.next(z[:j], y)
			p = p.Mul(draft)
		}
		// The word is used again by EachWord.
		if !p.IsZero() {
			list, mass = append(list, append([]int(nil), z...)), append(mass, p)
		}
	})
	return list, mass
}

// TokenWise is the expected number of tokens of one path that are accepted one by one, each
// by speculative sampling.
func (t *Tree) TokenWise() rational.Rat {
	return t.sum(func(before, draft, target, _ rational.Rat) rational.Rat {
		return before.Mul(rational.MinRat(draft, target))
	})
}

// Block is the expected number of tokens of one path that block verification accepts, the
// largest there is (MD-B1): R(zy) = min(Q(zy), R(z) M(y|z)).
func (t *Tree) Block() rational.Rat {
	return t.sum(func(before, _, target, drafted rational.Rat) rational.Rat {
		return rational.MinRat(drafted, before.Mul(target))
	})
}

// sum adds up R(z) over all prefixes but the empty one, where step gives R(zy) from R(z),
// Q(y|z), M(y|z) and Q(zy).
func (t *Tree) sum(step func(before, draft, target, drafted rational.Rat) rational.Rat) (total rational.Rat) {
	var visit func(z []int, r, drafted rational.Rat)
	visit = func(z []int, r, drafted rational.Rat) {
		// What is never reached adds nothing.
		if len(z) == t.Length || r.IsZero() {
			return
		}
		for y := range t.N {
			draft, target := t.next(z, y)
			now := step(r, draft, target, drafted.Mul(draft))
			total = total.Add(now)
			visit(append(z[:len(z):len(z)], y), now, drafted.Mul(draft))
		}
	}
	visit(nil, rational.NewRat(1, 1), rational.NewRat(1, 1))
	return total
}
