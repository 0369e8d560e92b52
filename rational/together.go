package rational

// RatsFromInts returns nums[k]/dens[k] in lowest terms, as [RatFromInts] does for one fraction. All
// denominators are to be positive divisors of multiple. It panics if one is not, or if the lists
// differ in length.
//
// It is for long fractions that have little in common with their denominators, such as the
// solution of a system over one determinant: a greatest common divisor of two long numbers costs
// ten or more multiplications of them, and here there is only one of these in all. Let g be that of
// the multiple and of the product of all numerators, modulo the multiple. A prime power that
// divides a numerator and its denominator divides the product and the multiple, and so g;
// hence whatever a fraction can be reduced by divides g, which is short if little can be.
func RatsFromInts(nums, dens []Int, multiple Int) []Rat {
	if len(nums) != len(dens) {
		panic("rational: as many denominators as numerators are needed")
	}
	// Modulo the multiple, so that it stays as short as that.
	product := NewInt(1)
	for k, num := range nums {
		if dens[k].Sign() <= 0 || !dens[k].Equal(multiple) && !dens[k].divides(multiple) {
			panic("rational: a denominator that is no positive divisor of the multiple")
		}
		// A numerator 0 would hide the factors of the others; 0/d is 0/1 whatever g is.
		if !num.IsZero() {
			_, product = product.Mul(num).QuoRem(multiple)
		}
	}
	// All that any of the fractions may be reduced by divides this.
	shared := GCD(product, multiple)
	rats := make([]Rat, len(nums))
	for k, num := range nums {
		if den := dens[k]; !num.IsZero() {
			if g := sharedPart(num, den, shared); !g.IsOne() {
				num, den = num.DivExact(g), den.DivExact(g)
			}
			rats[k] = lowest(num, den)
		}
	}
	return rats
}

// sharedPart returns GCD(x, y) for numbers whose greatest common divisor divides g.
func sharedPart(x, y, g Int) Int {
	// Short operands from here on: g is, and so are remainders by it.
	_, x = x.QuoRem(g)
	if g = GCD(g, x); g.IsOne() {
		return g
	}
	_, y = y.QuoRem(g)
	return GCD(g, y)
}

func (x Int) divides(y Int) bool {
	// x is not zero where this is asked.
	_, rest := y.QuoRem(x)
	return rest.IsZero()
}
