package rational

// Sums and products of fractions in lowest terms, with the common factors taken
// out before multiplying (Knuth, The Art of Computer Programming, vol. 2,
// section 4.5.1): intermediate numbers stay small, and most gcds are taken of
// numbers of half the size.

// Neg returns -x.
func (x Rat) Neg() Rat { return Rat{num: x.num.Neg(), den: x.den} }

// Abs returns |x|.
func (x Rat) Abs() Rat { return Rat{num: x.num.Abs(), den: x.den} }

// Inv returns 1/x. It panics if x = 0.
func (x Rat) Inv() Rat {
	switch x.Sign() {
	case 0:
		panic("rational: division by zero")
	// The sign moves to the new numerator.
	case -1:
		return lowest(x.Den().Neg(), x.num.Neg())
	}
	return lowest(x.Den(), x.num)
}

// Add returns x + y.
func (x Rat) Add(y Rat) Rat {
	if x.IsInt() && y.IsInt() {
		// No denominator, and so nothing to reduce.
		return Rat{num: x.num.Add(y.num)}
	}
	return x.sum(y.num, y)
}

// Sub returns x - y.
func (x Rat) Sub(y Rat) Rat {
	if x.IsInt() && y.IsInt() {
		return Rat{num: x.num.Sub(y.num)}
	}
	return x.sum(y.num.Neg(), y)
}

// sum returns x + c/d, where d is the denominator of y.
func (x Rat) sum(c Int, y Rat) Rat {
	a, b, d := x.num, x.Den(), y.Den()
	// Frequent where a whole vector has one denominator.
	if b.Equal(d) {
		return reduce(a.Add(c), b)
	}
	// Only common factors of the denominators can be left over.
	g := GCD(b, d)
	// Denominators without a common factor leave none between the sum and their product.
	if g.IsOne() {
		return lowest(a.Mul(d).Add(c.Mul(b)), b.Mul(d))
	}
	// With b = g b' and d = g d', the sum is t/(g b' d') for t = a d' + c b', and
	// t can only share factors of g with that denominator.
	b, d1 := b.DivExact(g), d.DivExact(g)
	t := a.Mul(d1).Add(c.Mul(b))
	if h := GCD(t, g); !h.IsOne() {
		t, d = t.DivExact(h), d.DivExact(h)
	}
	return lowest(t, b.Mul(d))
}

// Mul returns x · y.
func (x Rat) Mul(y Rat) Rat {
	if x.IsInt() && y.IsInt() {
		return Rat{num: x.num.Mul(y.num)}
	}
	// a/b · c/d: a is prime to b and c to d, so a with d and c with b are the only
	// pairs that can share factors.
	a, d := cancel(x.num, y.Den())
	c, b := cancel(y.num, x.Den())
	return lowest(a.Mul(c), b.Mul(d))
}

// cancel divides both numbers by their greatest common divisor; d is not zero.
func cancel(a, d Int) (Int, Int) {
	// Of a numerator with the denominator of the other factor.
	g := GCD(a, d)
	if g.IsOne() {
		return a, d
	}
	return a.DivExact(g), d.DivExact(g)
}

// Quo returns x / y. It panics if y = 0.
func (x Rat) Quo(y Rat) Rat { return x.Mul(y.Inv()) }

// Pow returns x to the power n; the power 0 is 1, also of 0. It panics if x = 0
// and n < 0.
func (x Rat) Pow(n int) Rat {
	if n < 0 {
		// -uint(n) is right for the smallest int as well.
		return x.Inv().pow(-uint(n))
	}
	return x.pow(uint(n))
}

// pow keeps lowest terms: powers of coprime numbers are coprime.
func (x Rat) pow(n uint) Rat { return lowest(x.num.Pow(n), x.Den().Pow(n)) }
