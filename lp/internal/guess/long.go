package guess

import (
	"math"
	"math/big"

	"pstar/internal/each"
	"pstar/rational"
)

// long is mantissa·2^exponent, near to a number that need not be in the range of float64:
// rows made of integers have entries as long as the denominators of the row together.
// An infinite mantissa is an absent bound. The mantissa is in [1/2, 1) in size when it
// comes from a number, and near to that after a quotient or two.
type long struct {
	mantissa float64
	exponent int
}

// longInt is x, rounded; of zero the mantissa is 0.
func longInt(x rational.Int) long {
	if v, ok := x.Int64(); ok {
		m, e := math.Frexp(float64(v))
		return long{m, e}
	}
	m := new(big.Float)
	// Long numbers are cut to 64 bits first.
	e := new(big.Float).SetPrec(64).SetInt(x.Big()).MantExp(m)
	f, _ := m.Float64()
	return long{f, e}
}

// longRat is x as a quotient of two such numbers.
func longRat(x rational.Rat) long {
	a := longInt(x.Num())
	if x.IsInt() {
		return a
	}
	return a.quotient(longInt(x.Den()))
}

// log returns the logarithm of the absolute value to the base 2.
func (x long) log() float64 { return math.Log2(math.Abs(x.mantissa)) + float64(x.exponent) }

// shifted is x·2^by.
func (x long) shifted(by int) long { return long{x.mantissa, x.exponent + by} }

// quotient is x/y for y not 0.
func (x long) quotient(y long) long {
	return long{x.mantissa / y.mantissa, x.exponent - y.exponent}
}

// largestFloat stands for numbers beyond it, which must not become infinite.
const largestFloat = 1e300

// float returns x in float64. An absent bound stays infinite; a bound that is beyond
// the range stays a bound.
func (x long) float() float64 {
	if math.IsInf(x.mantissa, 0) {
		return x.mantissa
	}
	return min(max(math.Ldexp(x.mantissa, x.exponent), -largestFloat), largestFloat)
}

// floats returns the numbers divided by the power of two nearest to that of the
// logarithm given, which is −∞ if all numbers that count are zero. The largest numbers
// that count come near to 1 by it; what is far smaller becomes 0.
func floats(list []long, log float64) []float64 {
	by := 0
	if !math.IsInf(log, -1) {
		by = -int(math.Round(log))
	}
	return each.Of(list, func(x long) float64 { return x.shifted(by).float() })
}
