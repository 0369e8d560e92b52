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
	weights    []uint64
	sum        uint64
}

func newFixedSums(d multidraft.Distribution) fixedSums {
	f := fixedSums{shift: fixedBits + 1 - d.Unit.BitLen(), weights: make([]uint64, len(d.Weights))}
	f.reciprocal, _ = bits.Div64(1<<fixedBits, 0, f.shifted(d.Unit)+1)
	// All at once, in the order of the memory: prefixes take them in another.
	for i, w := range d.Weights {
		f.weights[i] = f.shifted(w)
	}
	return f
}

// shifted is the weight times 2^shift, rounded down. It is less than 2^60, as no weight
// is more than the unit.
func (f *fixedSums) shifted(w rational.Int) uint64 {
	mantissa, exponent := w.Leading()
	down := uint(-exponent - f.shift)
	if down > 63 {
		return 0
	}
	return mantissa >> down
}

// add adds the weight of token i and returns the sum of all so far as a probability x: it is too
// small by less than errorAfter(n) for n weights.
//
// Each shifted weight is too small by less than 1, and so their sum by less than n. The
// reciprocal is too small by less than 33, of which a sum of at most 2^60 makes less than
// 3 after the product is shifted by 64, and that shift drops less than 1.
func (f *fixedSums) add(i int) uint64 {
	f.sum += f.weights[i]
	x, _ := bits.Mul64(f.sum, f.reciprocal)
	return x
}

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

func fixedProduct(a, b uint64) uint64 {
	hi, lo := bits.Mul64(a, b)
	return hi<<(64-fixedBits) | lo>>fixedBits
}

// siftPrefixes returns the lengths of prefixes of the order, ascending, among which are
// all that attain the least q(S) - p(S)^k, and the empty one: the others are larger than
// one of these, by integer arithmetic of one word with its errors bounded.
func siftPrefixes(k int, p, q multidraft.Distribution, order []int) []int {
	drafted, targeted := newFixedSums(p), newFixedSums(q)
	gaps := make([]int64, len(order))
	// A gap found is at least the gap minus above and at most the gap plus below.
	above := errorAfter(len(order))
	below := int64(k) * (errorAfter(len(order)) + 1)
	least := -above // of the empty prefix, which is exact
	for j, i := range order {
		x, y := drafted.add(i), targeted.add(i)
		gaps[j] = int64(y) - int64(fixedPower(x, k))
		least = min(least, gaps[j])
	}
	lengths := []int{0}
	for j, gap := range gaps {
		if gap-below <= least+above {
			lengths = append(lengths, j+1)
		}
	}
	return lengths
}
