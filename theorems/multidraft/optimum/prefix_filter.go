package optimum

import (
	"math/bits"

	"pstar/rational"
	"pstar/theorems/multidraft"
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
	sum        uint64 // of words
	exact      bool   // words are weights themselves, as the unit has at most 63 bits
}

func newFixedSums(unit rational.Int) fixedSums {
	f := fixedSums{shift: fixedBits + 1 - unit.BitLen(), exact: unit.BitLen() <= 63}
	f.reciprocal, _ = bits.Div64(1<<fixedBits, 0, f.shifted(unit)+1)
	return f
}

// word is a weight as add takes it.
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

// add adds the word of a weight and returns the sum of all so far as a probability x: it is too
// small by less than errorAfter(n) for n weights.
//
// Each shifted weight is too small by less than 1, and so their sum by less than n; an exact sum
// that is shifted by less than 1. The
// reciprocal is too small by less than 33, of which a sum of at most 2^60 makes less than
// 3 after the product is shifted by 64, and that shift drops less than 1.
func (f *fixedSums) add(word uint64) uint64 {
	f.sum += word
	sum := f.sum
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

// A prefixSum is the length of a prefix with the sums of the weights of its tokens, if both are exact.
type prefixSum struct {
	length            int
	drafted, targeted uint64
}

// siftPrefixes returns prefixes of the order, ascending, among which are all that attain the least
// q(S) - p(S)^k, and the empty one: the others are larger than one of these, by integer arithmetic
// of one word with its errors bounded. It reports whether their sums are exact.
func siftPrefixes(k int, p, q multidraft.Distribution, order []int) (left []prefixSum, exact bool) {
	drafted, targeted := newFixedSums(p.Unit), newFixedSums(q.Unit)
	// All at once, in the order of the memory, and together: prefixes take them in another.
	words := make([][2]uint64, len(p.Weights))
	for i, w := range p.Weights {
		words[i] = [2]uint64{drafted.word(w), targeted.word(q.Weights[i])}
	}
	// A gap found is at least the gap minus above and at most the gap plus below.
	above := errorAfter(len(order))
	below := int64(k) * (errorAfter(len(order)) + 1)
	least := -above // of the empty prefix, which is exact
	left = []prefixSum{{}}
	gaps := []int64{least}
	// What cannot be the least any more is dropped now and then, as gaps mostly fall up to the
	// least: the list stays short.
	sift := func() {
		// The empty prefix stays in any case, as the first.
		kept := 1
		for j := 1; j < len(left); j++ {
			if gaps[j]-below <= least+above {
				left[kept], gaps[kept] = left[j], gaps[j]
				kept++
			}
		}
		left, gaps = left[:kept], gaps[:kept]
	}
	limit := 256
	for j, i := range order {
		x, y := drafted.add(words[i][0]), targeted.add(words[i][1])
		gap := int64(y) - int64(fixedPower(x, k))
		// Even if the errors are as bad as they can be it lies above the best.
		if gap-below > least+above {
			continue
		}
		least = min(least, gap)
		left, gaps = append(left, prefixSum{j + 1, drafted.sum, targeted.sum}), append(gaps, gap)
		if len(left) == limit {
			sift()
			// Doubled, so that sifting costs no more than adding did.
			limit = max(256, 2*len(left))
		}
	}
	sift()
	return left, drafted.exact && targeted.exact
}
