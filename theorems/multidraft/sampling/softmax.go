package sampling

import (
	"cmp"
	"errors"
	"fmt"
	"math"
	"slices"

	"pstar/internal/exponential"
	"pstar/rational"
	"pstar/theorems/multidraft"
)

// softmaxBits are the binary digits behind the point to which weights are rounded, and
// fineBits those that hold all digits of each: exp(-x) is taken for 0 below 2^-923.
const (
	softmaxBits = 62
	fineBits    = 923 + 53
)

// ValidTemperature reports whether a softmax at the temperature can be taken: one above 1e-6 and below
// 1e6. Beyond them the exponentials of all tokens but one would vanish, or those of none.
func ValidTemperature(t rational.Rat) bool {
	return t.Cmp(rational.NewRat(1, 1e6)) > 0 && t.Cmp(rational.NewRat(1e6, 1)) < 0
}

// Softmax is the law in proportion to exp(l_i/T), T the temperature. Minus infinity is a token that
// cannot be drawn. It fails if a logit is no number or plus infinity, if all are minus infinity, and
// if they are so large beside T that the bounds would say nothing. It panics if T is not valid.
//
// Where draws depend on those before them small probabilities count as parts of what is left, not of
// 1: fine keeps all digits of each.
//
// With d_i = max l - l_i and u = 2^-53, the float of d_i/T is wrong by at most 3u of itself and, for
// logits that were rounded to floats, by 2u max|l|/T; so that exp(-d_i/T), which is at least
// 2^-923 or taken for 0, is wrong by a factor 1 + 3u·640 + 4u max|l|/T + 4u at most, and each
// probability by twice that. Rounding to 2^-62 of the largest takes 2^-62 for each token, or
// 2^-923 if weights are fine.
func Softmax(logits []float64, temperature rational.Rat, fine bool) (*Law, error) {
	if !ValidTemperature(temperature) {
		panic("sampling: temperature " + temperature.String())
	}
	t := temperature.Float64()
	top, far, err := extent(logits)
	if err != nil {
		return nil, err
	}
	exponentials, least := make([]float64, len(logits)), 1.0
	for i, l := range logits {
		// Neg has a proved bound, other than the library's exponential.
		if exponentials[i] = exponential.Neg((top - l) / t); exponentials[i] > 0 {
			least = min(least, exponentials[i])
		}
	}
	// The bound that the comment above derives, twice, with a hundredth for products of errors.
	const u = 0x1p-53
	wrong := 2.01 * (3*u*exponential.Max + 4*u*far/t + 5*u)
	// A bound of a hundredth would say nothing about P*: refused, in place of a result of no worth.
	relative, err := rational.RatFromFloat64(wrong)
	if err != nil || wrong > 0.01 {
		return nil, errors.New("logits of this size and temperature have no softmax in floating point")
	}
	bits, digits := softmaxBits, softmaxBits
	if fine { // all 53 digits of the least, if it is not below what counts
		bits = min(fineBits, 53-math.Ilogb(least))
		digits = fineBits - 53
	}
	law := &Law{Weights: rational.NewPacked(len(logits)), Rounded: true, relative: relative}
	for i, e := range exponentials {
		law.Weights.Set(i, roundedTimes(e, bits))
	}
	// Each token may have lost as much.
	law.loose = rational.RatFromInts(rational.NewInt(int64(len(logits))), rational.PowerOfTwo(digits))
	law.Meant(func(i int) (rational.Rat, bool) {
		x, err := rational.RatFromFloat64(logits[i])
		return x.Quo(temperature), err == nil // minus infinity is no fraction
	})
	return law, nil
}

// extent is the largest logit, and the largest size of those that are finite.
func extent(logits []float64) (top, far float64, err error) {
	top = math.Inf(-1)
	for i, l := range logits {
		// Plus infinity would be the only token, if it came once; twice it has no meaning.
		if math.IsNaN(l) || math.IsInf(l, 1) {
			return top, far, fmt.Errorf("logit %d is %v", i+1, l)
		}
		// A token at minus infinity has no rounding error, however large the others are.
		if top = max(top, l); !math.IsInf(l, -1) {
			far = max(far, math.Abs(l))
		}
	}
	// Which is also what an empty list comes to.
	if math.IsInf(top, -1) {
		return top, far, errors.New("all logits are -Inf")
	}
	return top, far, nil
}

// roundedTimes is e 2^bits, rounded to an integer, for 0 <= e <= 1.
func roundedTimes(e float64, bits int) rational.Int {
	// It fits a machine word: the usual case, and the fast one.
	if bits <= softmaxBits {
		return rational.NewInt(int64(math.Round(math.Ldexp(e, bits))))
	}
	// All 53 digits of the float, moved to their place.
	mantissa, exponent := math.Frexp(e)
	m := rational.NewInt(int64(math.Ldexp(mantissa, 53)))
	if shift := exponent - 53 + bits; shift >= 0 {
		return m.Mul(rational.PowerOfTwo(shift))
	}
	return rational.Int{} // only 0 has so small an exponent
}

// ByLogits orders tokens by their logits, the largest first, of equal ones the first: the order that is meant,
// which a rounded softmax need not keep.
func ByLogits(logits []float64) []int {
	order := multidraft.Identity(len(logits))
	slices.SortFunc(order, func(i, j int) int { return cmp.Or(cmp.Compare(logits[j], logits[i]), i-j) })
	return order
}
