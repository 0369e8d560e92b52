package certificate

import "math/big"

// The symbols of the proofs for all numbers of elements: q = 1 − x, P = q^l, Q = q^h, and
// the integers h and l themselves.
const (
	symbolQ = iota
	symbolPower
	symbolLast
	symbolH
	symbolL
	symbols
)

// A form is a polynomial in the symbols: nonzero coefficients by exponents.
type form map[[symbols]int]*big.Int

// atoms are the factors of a [UniformTerm]. Each is nonnegative for 0 ≤ q ≤ 1 and 0 ≤ l ≤ h.
var atoms = [8]form{
	symbol(symbolQ), complement(symbolQ),
	symbol(symbolPower), complement(symbolPower),
	symbol(symbolLast), complement(symbolLast),
	symbol(symbolH), symbol(symbolL),
}

func symbol(i int) form {
	var e [symbols]int
	e[i] = 1
	return form{e: big.NewInt(1)}
}

func complement(i int) form { return constant(1).plus(symbol(i), -1) }

func constant(c int64) form {
	return form{}.plus(form{[symbols]int{}: big.NewInt(1)}, c)
}

// plus is f + c·g.
func (f form) plus(g form, c int64) form {
	sum := make(form, len(f)+len(g))
	for e, v := range f {
		sum[e] = v
	}
	for e, v := range g {
		sum.accumulate(e, new(big.Int).Mul(v, big.NewInt(c)))
	}
	return sum
}

// accumulate adds c to a coefficient of f, which is changed.
func (f form) accumulate(e [symbols]int, c *big.Int) {
	if old, ok := f[e]; ok {
		c = new(big.Int).Add(old, c)
	}
	if f[e] = c; c.Sign() == 0 {
		delete(f, e)
	}
}

// times is f·g. The coefficients are small: their number is what it costs.
func (f form) times(r *reader, g form) form {
	r.spend(len(f)*len(g), additionCost)
	product := make(form)
	for d, v := range f {
		for e, w := range g {
			for i := range e {
				e[i] += d[i]
			}
			product.accumulate(e, new(big.Int).Mul(v, w))
		}
	}
	return product
}

func (f form) equals(g form) bool { return len(f.plus(g, -1)) == 0 }

// at replaces P and l.
func (f form) at(r *reader, power, l form) form {
	sum := form{}
	for e, c := range f {
		b, n := e[symbolPower], e[symbolL]
		e[symbolPower], e[symbolL] = 0, 0
		term := form{e: c}
		for range b {
			term = term.times(r, power)
		}
		for range n {
			term = term.times(r, l)
		}
		for d, v := range term {
			sum.accumulate(d, v)
		}
	}
	return sum
}

// next is f with l+1 for l, first with 0, and last with h.
func (f form) next(r *reader) form {
	return f.at(r, symbol(symbolQ).times(r, symbol(symbolPower)), symbol(symbolL).plus(constant(1), 1))
}
func (f form) first(r *reader) form { return f.at(r, constant(1), form{}) }
func (f form) last(r *reader) form  { return f.at(r, symbol(symbolLast), symbol(symbolH)) }

// fixed says that f holds neither P nor l.
func (f form) fixed() bool {
	for e := range f {
		if e[symbolPower] != 0 || e[symbolL] != 0 {
			return false
		}
	}
	return true
}

// A UniformTerm is an integer times a product of powers of q, 1−q, P, 1−P, Q, 1−Q, h and l, where
// P = q^l and Q = q^h.
type UniformTerm struct {
	Coefficient int64
	Exponents   [8]int
}

// UniformTerms is a sum of them. With positive coefficients it is nonnegative.
type UniformTerms []UniformTerm

// Limits of sums of terms.
const (
	maxTerms       = 32
	maxCoefficient = 1_000_000
	maxTermPower   = 8 // of one factor
)

// terms reads a sum of terms, with positive coefficients unless signed.
func (r *reader) terms(signed bool) form {
	least := int64(1)
	if signed {
		least = -maxCoefficient
	}
	sum := form{}
	r.list(maxTerms, func(int) {
		term := form{}
		r.tuple(2, func(part int) {
			if part == 0 {
				c := r.integer(least, maxCoefficient)
				if c == 0 {
					r.rejectLast("a coefficient is 0")
				}
				term = constant(c)
				return
			}
			r.tuple(len(atoms), func(i int) {
				for range r.integer(0, maxTermPower) {
					term = term.times(r, atoms[i])
				}
			})
		})
		sum = sum.plus(term, 1)
	})
	return sum
}

// manyTerms reads a list of n sums of terms with positive coefficients.
func (r *reader) manyTerms(n int) []form {
	list := make([]form, n)
	r.tuple(n, func(i int) { list[i] = r.terms(false) })
	return list
}

func (e *encoder) terms(list UniformTerms) {
	e.list(len(list), ",", func(i int) {
		e.text("[")
		e.integer(list[i].Coefficient)
		e.text(",")
		e.ints(list[i].Exponents[:])
		e.text("]")
	})
}

func (e *encoder) manyTerms(list []UniformTerms) {
	e.list(len(list), ",", func(i int) { e.terms(list[i]) })
}
