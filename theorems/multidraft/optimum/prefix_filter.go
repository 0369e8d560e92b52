package optimum

import (
	"math/bits"

	"pstar/rational"
)

// fixedOne is 1 in the numbers of fixed point in which prefixes are sifted.
const (
	fixedBits = 59
	fixedOne  = 1 << fixedBits
)

// fixedSums are sums of weights over their unit as numbers of fixed point, rounded down.
type fixedSums struct {
	shift      int    // of weights, so that the unit has fixedBits + 1 bits
	reciprocal uint64 // 2^123 over the unit so shifted, rounded down
	exact      bool   // words are weights themselves, as the unit has at most 63 bits
}

func newFixedSums(unit rational.Int) fixedSums {
	f := fixedSums{shift: fixedBits + 1 - unit.BitLen(), exact: unit.BitLen() <= 63}
	f.reciprocal, _ = bits.Div64(1<<fixedBits, 0, f.shifted(unit)+1)
	return f
}

// word is a weight as sums take it.
func (f *fixedSums) word(w rational.Int) uint64 {
	// A weight of at most 63 bits is a word as it is, and its sums are exact.
	if f.exact {
		small, _ := w.Int64()
		return uint64(small)
	}
	return f.shifted(w)
}

// shifted is the weight times 2^shift, rounded down. It is less than 2^60, as no weight
// is more than the unit.
func (f *fixedSums) shifted(w rational.Int) uint64 {
	mantissa, exponent := w.Leading()
	down := uint(-exponent - f.shift)
	// Below the last digit.
	if down > 63 {
		return 0
	}
	return mantissa >> down
}

// probability returns a sum of the words of n weights as a probability x: it is too small by less
// than errorAfter(n).
//
// Each shifted weight is too small by less than 1, and so their sum by less than n; an exact sum
// that is shifted by less than 1. The
// reciprocal is too small by less than 33, of which a sum of at most 2^60 makes less than
// 3 after the product is shifted by 64, and that shift drops less than 1.
func (f *fixedSums) probability(sum uint64) uint64 {
	switch {
	case !f.exact:
	case f.shift >= 0:
		sum <<= uint(f.shift)
	default:
		sum >>= uint(-f.shift)
	}
	x, _ := bits.Mul64(sum, f.reciprocal)
	return x
}

// errorAfter bounds by how much a sum of n weights is too small: see add.
func errorAfter(n int) int64 { return int64(n) + 4 }

// fixedPower is x^k for a number x of fixed point up to 1, rounded down at each product.
// If x is too small by less than d, the power is too small by less than k (d + 1): a
// product of two numbers up to 1 is too small by less than the sum of their errors
// and 1.
func fixedPower(x uint64, k int) uint64 {
	result := uint64(fixedOne)
	for ; k > 0; k >>= 1 {
		if k&1 == 1 {
			result = fixedProduct(result, x)
		}
		if k > 1 {
			x = fixedProduct(x, x)
		}
	}
	return result
}

// fixedProduct is the product of two numbers of fixed point, rounded down.
func fixedProduct(a, b uint64) uint64 {
	hi, lo := bits.Mul64(a, b)
	return hi<<(64-fixedBits) | lo>>fixedBits
}

// fixedErrors say how far a number found for q(S) - p(S)^k may be from it: it is more by at most below,
// and less by at most above.
type fixedErrors struct{ above, below int64 }

func (g *Groups) errors(k int) fixedErrors {
	n := errorAfter(len(g.group))
	return fixedErrors{above: n, below: int64(k) * (n + 1)}
}

// A prefixSum is the length of a prefix with the sums of the words of the weights of its tokens.
type prefixSum struct {
	length            int
	drafted, targeted uint64
}

// sift returns prefixes, ascending, among which are all that attain the least
// q(S) - p(S)^k, and the empty one: the others are larger than one of these, by integer arithmetic
// of one word with its errors bounded.
func (g *Groups) sift(k int, list []segment) []prefixSum {
	e := g.errors(k)
	least := -e.above // of the empty prefix, which is exact
	left := []prefixSum{{}}
	gaps := []int64{least}
	// What cannot be the least any more is dropped now and then, as gaps mostly fall up to the
	// least: the list stays short.
	sift := func() {
		// The empty prefix stays in any case, as the first.
		kept := 1
		for j := 1; j < len(left); j++ {
			if gaps[j]-e.below <= least+e.above {
				left[kept], gaps[kept] = left[j], gaps[j]
				kept++
			}
		}
		left, gaps = left[:kept], gaps[:kept]
	}
	limit := 256
	take := func(s prefixSum) {
		gap := int64(g.targeted.probability(s.targeted)) - int64(fixedPower(g.drafted.probability(s.drafted), k))
		// Even if the errors are as bad as they can be it lies above the best.
		if gap-e.below > least+e.above {
			return
		}
		least = min(least, gap)
		left, gaps = append(left, s), append(gaps, gap)
		if len(left) == limit {
			sift()
			// Doubled, so that sifting costs no more than adding did.
			limit = max(256, 2*len(left))
		}
	}
	for _, s := range list {
		at := s.before.prefixSum
		// Of the tokens with q_i = 0 only the end is a prefix to look at.
		if s.tokens == nil {
			take(s.prefixSum)
		}
		for _, i := range s.tokens {
			at.length++
			at.drafted += g.drafted.word(g.p.Weights.At(i))
			at.targeted += g.targeted.word(g.q.Weights.At(i))
			take(at)
		}
	}
	sift()
	return left
}
