package sampling

import (
	"slices"

	"pstar/rational"
	"pstar/theorems/multidraft"
)

// A Law is weights over tokens, in proportion to their probabilities, and how far these may be off.
type Law struct {
	Weights rational.Packed // none is negative, if none was that the law was made of
	// Rounded says that the law is a softmax, and that the bounds count; else it is exact.
	Rounded  bool
	relative rational.Rat
	loose    rational.Rat // as a multiple of the largest weight
	// What a rounded law means, by which truncation decides.
	exponent func(i int) (x rational.Rat, positive bool)
}

// Exact is the law of weights that are what they are.
func Exact(weights rational.Packed) *Law { return &Law{Weights: weights} }

// Positive counts the tokens that can be drawn.
func (l *Law) Positive() int { return multidraft.Distribution{Weights: l.Weights}.Positive() }

// Away bounds the total variation between the law given that some tokens are gone, the count likeliest
// at most, and the one meant: 1 at most. Errors that are parts of a probability stay so: a
// factor between 1 - relative and 1 + relative over another such.
func (l *Law) Away(count int) rational.Rat {
	// Numbers that were read as probabilities are exact, and so is what is left of them.
	if !l.Rounded {
		return rational.Rat{}
	}
	// The worst case of what is gone leaves the least, of which the errors are the largest part.
	heaviest := heaviest(l.Weights, max(1, count))
	largest, gone := heaviest[0], multidraft.Sum(heaviest[:min(count, len(heaviest))])
	left := l.Weights.Sum().Sub(gone)
	one := rational.NewRat(1, 1)
	// Nothing is known about a law of which nothing is left.
	if left.IsZero() {
		return one
	}
	lost := l.loose.Mul(rational.RatFromInts(largest, left))
	return rational.MinRat(one, l.relative.Mul(rational.NewRat(101, 100)).Add(lost))
}

// heaviest returns the largest count weights, descending, or all if they are fewer.
func heaviest(weights rational.Packed, count int) []rational.Int {
	// Insertion into a short sorted list: count is the number of drafts, and the weights are many.
	var top []rational.Int
	for _, w := range weights.All() {
		if len(top) == count {
			if w.Cmp(top[count-1]) <= 0 {
				continue
			}
			top = top[:count-1]
		}
		place, _ := slices.BinarySearchFunc(top, w, func(a, b rational.Int) int { return b.Cmp(a) })
		top = slices.Insert(top, place, w)
	}
	return top
}

// Moved bounds by how much P*, the least q(S) + 1 - B(S) over all S, moves with q and with the law of
// each draft, of which the last in the list is that of all further ones. Without replacement a draft has
// the law p given that those before it are gone. A list of no laws is of joint drafts, which are exact.
func Moved(q *Law, p []*Law, drafts int, model string) rational.Rat {
	// The target moves q(S) for one set S; each draft moves B(S) by at most what it moves itself.
	sum := q.Away(0)
	// Joint drafts come from a law of words, which no softmax is.
	if len(p) == 0 {
		drafts = 0
	}
	for k := range drafts {
		// The k tokens before it may be the likeliest ones, and so what is left as little as it can be.
		gone := 0
		if model == multidraft.ModelWithoutReplacement {
			gone = k
		}
		sum = sum.Add(p[min(k, len(p)-1)].Away(gone))
	}
	// P* is a probability: no two differ by more than 1.
	return rational.MinRat(sum, rational.NewRat(1, 1))
}
