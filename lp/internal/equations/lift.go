package equations

import (
	"context"
	"math/big"
	"math/bits"

	"pstar/internal/each"
	"pstar/rational"
)

// lifter solves linear equations with a square integer matrix exactly, by p-adic
// lifting (J. D. Dixon, 1982): a factorisation modulo p gives one digit of the
// solution after the other, as a number to the base p, until fractions read off the
// digits satisfy the equations. That they do is checked, so the digits are never
// trusted; and as a matrix that is regular modulo p is regular, there is
// exactly one solution, which must appear in the end.
//
// Entries and right sides of more than one digit are split into digits as well. All
// work for one digit is then in numbers of 128 bits: with p < 2^50 every sum
// of fewer than 2^26 products of two digits is less than 2^126.
type lifter struct {
	size  int
	start []int32
	row   []int32
	// Column k has the entries from start[k] on; layers have one digit of every entry.
	value  []rational.Int
	layers [][]int64 // the digits of all values, the lowest first
	lu     *modularLU
	over   wide // 1/p modulo 2^128
}

// FirstPrime is the largest prime below 2^50. PrimeBelow goes on from here where the
// matrix turns out to be singular modulo a prime.
const FirstPrime uint64 = 1<<50 - 27

// PrimeBelow returns the largest prime below p, which is near to 2^50.
func PrimeBelow(p uint64) uint64 {
	// Odd numbers only; p is odd.
	for p -= 2; !new(big.Int).SetUint64(p).ProbablyPrime(0); p -= 2 {
		// The test makes no errors below 2^64.
	}
	return p
}

// wide is a number of 128 bits in two's complement.
type wide struct {
	hi int64
	lo uint64
}

// The two words are subtracted as one number; the sign is in the upper one.
func (x wide) minus(y wide) wide {
	lo, borrow := bits.Sub64(x.lo, y.lo, 0)
	return wide{x.hi - y.hi - int64(borrow), lo}
}

// The shift spreads the sign of v over the upper word.
func (x wide) plus(v int64) wide {
	lo, carry := bits.Add64(x.lo, uint64(v), 0)
	return wide{x.hi + v>>63 + int64(carry), lo}
}

// product returns a·b modulo 2^128. The first factor is signed, the second is not; what
// the sign contributes is taken off the upper word.
func product(a int64, b uint64) wide {
	hi, lo := bits.Mul64(uint64(a), b)
	return wide{int64(hi - uint64(a>>63)&b), lo}
}

// times returns x·y modulo 2^128. Modulo 2^128 the sign does not matter.
func (x wide) times(y wide) wide {
	hi, lo := bits.Mul64(x.lo, y.lo)
	return wide{int64(hi + x.lo*uint64(y.hi) + uint64(x.hi)*y.lo), lo}
}

// inverseOf returns 1/p modulo 2^128 for odd p. Newton's method: 3, 6, 12, 24, 48, 96,
// 192 bits.
func inverseOf(p uint64) wide {
	x := wide{0, p} // right to 3 bits, and twice as many after every step
	for range 6 {
		x = x.times(wide{0, 2}.minus(x.times(wide{0, p})))
	}
	return x
}

// newLifter takes the matrix by columns. Order and wish are a guess at good
// pivots. If the matrix is singular modulo p the lifter is nil, and positions and
// rows are as from factorModular.
//
// The factorisation is of the lowest digits: modulo p they are the entries. It costs as
// much as one in machine numbers, with the fill that the order makes.
func newLifter(prime uint64, start, row []int32, value []rational.Int, order, wish []int32) (l *lifter, positions, rows []int32) {
	l = &lifter{size: len(start) - 1, start: start, row: row, value: value, over: inverseOf(prime)}
	// The pivots are looked for modulo the prime: 0 there need not be 0.
	m := newModulus(prime)
	l.split(prime)
	residues := each.Of(l.layers[0], func(d int64) uint64 { return m.montgomery(m.ofInt64(d)) })
	l.lu, positions, rows = factorModular(&m, l.size, order, wish, func(p int32) ([]int32, []uint64) {
		return row[start[p]:start[p+1]], residues[start[p]:start[p+1]]
	})
	// Another prime may do where the matrix is regular; that is for the caller to try.
	if l.lu == nil {
		return nil, positions, rows
	}
	return l, nil, nil
}

// split sets the layers. Most matrices have one layer.
func (l *lifter) split(prime uint64) {
	l.layers = [][]int64{make([]int64, len(l.value))}
	for e, v := range l.value {
		for t, d := range digitsOf(v, prime) {
			if t == len(l.layers) {
				l.layers = append(l.layers, make([]int64, len(l.value)))
			}
			l.layers[t][e] = d
		}
	}
}

// digitsOf writes v to the base p, with digits of the sign of v. The sum of d_t·p^t is
// v. Of zero there are none.
func digitsOf(v rational.Int, p uint64) []int64 {
	var digits []int64
	// QuoRem rounds to 0, so that all digits have one sign.
	base := rational.NewInt(int64(p))
	for !v.IsZero() {
		var r rational.Int
		v, r = v.QuoRem(base)
		d, _ := r.Int64()
		digits = append(digits, d)
	}
	return digits
}

// solve returns x = num/den, den > 0, with B x = b, or with Bᵀ x = b if transposed. It
// fails only if ctx ends.
//
// The number of digits is that of the solution, in bits over 50: it is not known
// before, so that fractions are tried again and again, after a third more digits each
// time. What is tried costs a part of what the digits cost.
func (l *lifter) solve(ctx context.Context, b []rational.Int, transposed bool) (num []rational.Int, den rational.Int, err error) {
	p := l.lu.p
	// The digits of the right side go in one at a time, so that rest stays short.
	feed := make([][]int64, len(b))
	longest := 0
	for i, v := range b {
		feed[i] = digitsOf(v, p)
		longest = max(longest, len(feed[i]))
	}
	// The right side is zero.
	if longest == 0 {
		return make([]rational.Int, l.size), rational.NewInt(1), nil
	}
	// Nothing of the right side has been taken up yet.
	rest := make([]wide, l.size)
	var digits [][]uint64
	for check := 1; ; check += 1 + check/3 {
		for len(digits) < check {
			if ctx.Err() != nil {
				return nil, den, context.Cause(ctx)
			}
			l.nextDigit(rest, feed, &digits, transposed)
		}
		// A reconstruction is made anew: its denominator belongs to the modulus.
		num, den, ok, err := newReconstruction(digits, p).all(ctx)
		if err != nil {
			return nil, den, err
		}
		// Too few digits can give fractions that are wrong; they do not satisfy the
		// equations.
		if ok && l.holds(num, den, b, transposed) {
			return num, den, nil
		}
	}
}

// nextDigit appends one digit of the solution. Before and after, rest is what remains
// of the right side, divided by p to the number of digits, but for the digits of the
// right side that have not been fed yet.
//
// With x_k the digit: B x_k ≡ rest modulo p, and what is left, (rest − B x_k)/p, is an
// integer again. Dividing by p is multiplying by its inverse modulo 2^128, as the
// division is exact and the result is short.
func (l *lifter) nextDigit(rest []wide, feed [][]int64, digits *[][]uint64, transposed bool) {
	k := len(*digits)
	l.addEarlier(rest, *digits, transposed)
	residue, x := make([]uint64, l.size), make([]uint64, l.size)
	twoTo64 := l.lu.montgomery(1) // 2^64 modulo p
	for i := range rest {
		if k < len(feed[i]) {
			rest[i] = rest[i].plus(feed[i][k])
		}
		// The upper word is signed and stands for 2^64 times as much.
		if rest[i] != (wide{}) {
			high := l.lu.montgomery(l.lu.ofInt64(rest[i].hi))
			residue[i] = (l.lu.mul(high, twoTo64) + rest[i].lo%l.lu.p) % l.lu.p
		}
	}
	if transposed {
		l.lu.backward(residue, x)
	} else {
		l.lu.forward(residue, x)
	}
	// Exactly, not modulo p, so that rest is a multiple of p now.
	l.subtract(rest, l.layers[0], x, transposed)
	for i := range rest {
		if rest[i] != (wide{}) {
			rest[i] = rest[i].times(l.over)
		}
	}
	*digits = append(*digits, x)
}

// addEarlier subtracts the products of higher digits of the matrix and earlier digits
// of the solution that belong to the present digit. Digit t of the matrix times digit
// k−t of the solution belongs to digit k.
func (l *lifter) addEarlier(rest []wide, digits [][]uint64, transposed bool) {
	for t := 1; t < len(l.layers) && t <= len(digits); t++ {
		l.subtract(rest, l.layers[t], digits[len(digits)-t], transposed)
	}
}

// subtract subtracts B x or Bᵀ x for one layer of B.
func (l *lifter) subtract(rest []wide, layer []int64, x []uint64, transposed bool) {
	for p := range l.size {
		// Of columns with a digit 0 nothing is to be done; transposed, each entry has a
		// digit of its own.
		if !transposed && x[p] == 0 {
			continue
		}
		for e := l.start[p]; e < l.start[p+1]; e++ {
			i := l.row[e]
			switch {
			case !transposed:
				rest[i] = rest[i].minus(product(layer[e], x[p]))
			case x[i] != 0:
				rest[p] = rest[p].minus(product(layer[e], x[i]))
			}
		}
	}
}

// holds checks that B num = den·b, or Bᵀ num = den·b. It is the only proof of the
// result, in full numbers.
func (l *lifter) holds(num []rational.Int, den rational.Int, b []rational.Int, transposed bool) bool {
	sums := make([]rational.Int, l.size)
	for p := range l.size {
		for e := l.start[p]; e < l.start[p+1]; e++ {
			// Entry e takes the unknown of its column to the equation of its row.
			from, to := p, int(l.row[e])
			if transposed {
				// Transposed, rows and columns change their roles.
				from, to = to, from
			}
			if !num[from].IsZero() {
				sums[to] = sums[to].Add(l.value[e].Mul(num[from]))
			}
		}
	}
	for i, v := range sums {
		// One wrong equation means that digits are missing.
		if !v.Equal(den.Mul(b[i])) {
			return false
		}
	}
	return true
}

// reconstruction turns digits to the base p into fractions with one denominator. All
// entries of a solution have denominators that divide the determinant, and mostly
// agree, so that one denominator is carried along, which makes most entries a
// multiplication instead of an algorithm of Euclid.
type reconstruction struct {
	digits  [][]uint64
	base    *big.Int
	modulus *big.Int // base to the number of digits
	half    *big.Int
	den     *big.Int
	num     []*big.Int
	powers  []*big.Int // base to leafDigits times 1, 2, 4, ...
}

func newReconstruction(digits [][]uint64, p uint64) *reconstruction {
	base := new(big.Int).SetUint64(p)
	modulus := new(big.Int).Exp(base, big.NewInt(int64(len(digits))), nil)
	return &reconstruction{digits: digits, base: base, modulus: modulus,
		half: new(big.Int).Rsh(modulus, 1), den: big.NewInt(1)}
}

// spareBits is by how many bits a numerator must be shorter than the modulus to be
// believed; the final check decides. A wrong fraction is as short by chance with
// probability 2^−12, about.
const spareBits = 12

// all reconstructs all entries, or reports that there are too few digits. The last
// time it is the longest step between two digits, so it looks at ctx. Entries come one
// after the other, as each may need a larger denominator than those before.
func (r *reconstruction) all(ctx context.Context) (num []rational.Int, den rational.Int, ok bool, err error) {
	size := len(r.digits[0])
	for j := range size {
		if ctx.Err() != nil {
			return nil, den, false, context.Cause(ctx)
		}
		if !r.entry(j) {
			return nil, den, false, nil
		}
	}
	return each.Of(r.num, rational.IntFromBig), rational.IntFromBig(r.den), true, nil
}

// entry reconstructs entry j, with the denominator of the earlier ones if that
// will do, or else with a multiple of it.
func (r *reconstruction) entry(j int) bool {
	v := r.residue(j)
	// The residue of least size.
	v.Mul(v, r.den).Mod(v, r.modulus)
	if v.Cmp(r.half) > 0 {
		v.Sub(v, r.modulus)
	}
	// Numerator and denominator together are short enough to be no accident.
	if v.BitLen()+r.den.BitLen()+spareBits <= r.modulus.BitLen() {
		r.num = append(r.num, v)
		return true
	}
	// With its own denominator, which multiplies the common one.
	num, den := halfway(v, r.modulus)
	// It may be an accident: more digits are needed.
	if num.BitLen()+den.BitLen()+r.den.BitLen()+spareBits > r.modulus.BitLen() {
		return false
	}
	// The entries before get the new common denominator.
	for _, w := range r.num {
		w.Mul(w, den)
	}
	r.den.Mul(r.den, den)
	r.num = append(r.num, num)
	return true
}

// residue returns entry j as a number.
func (r *reconstruction) residue(j int) *big.Int { return r.part(j, 0, len(r.digits)) }

// leafDigits is how many digits are put together one by one: beyond that, numbers are long
// enough for products of equal length to be faster.
const leafDigits = 64

// part returns the number of the digits from a on and before b, by a product tree. A
// half of the digits is put behind the other half, so that long products are of equal
// length.
func (r *reconstruction) part(j, a, b int) *big.Int {
	if b-a <= leafDigits {
		// By Horner's rule, from the highest digit down.
		v, d := new(big.Int), new(big.Int)
		for k := b - 1; k >= a; k-- {
			v.Mul(v, r.base)
			v.Add(v, d.SetUint64(r.digits[k][j]))
		}
		return v
	}
	// The lower part has 64 times a power of two digits, of which the power of the base
	// is at hand.
	size, level := leafDigits, 0
	for ; 2*size < b-a; level++ {
		size *= 2
	}
	for len(r.powers) <= level {
		// Each power is the square of the one before; they serve all entries.
		if n := len(r.powers); n > 0 {
			r.powers = append(r.powers, new(big.Int).Mul(r.powers[n-1], r.powers[n-1]))
		} else {
			r.powers = append(r.powers, new(big.Int).Exp(r.base, big.NewInt(leafDigits), nil))
		}
	}
	high := r.part(j, a+size, b)
	high.Mul(high, r.powers[level])
	return high.Add(high, r.part(j, a, a+size))
}

// halfway returns num and den > 0 with num = v·den modulo m, both about as long as the
// square root of m, by Euclid's algorithm stopped half way. In the sequence of
// remainders each is a combination of v and m; the first one that is at most half as
// long as m is taken.
func halfway(v, m *big.Int) (num, den *big.Int) {
	// At each step b = t·v modulo m, and a = s·v.
	a, b := new(big.Int).Set(m), new(big.Int).Mod(v, m)
	s, t := big.NewInt(0), big.NewInt(1)
	stop := (m.BitLen() + 1) / 2
	q, product := new(big.Int), new(big.Int)
	for b.BitLen() > stop {
		q.QuoRem(a, b, a)
		a, b = b, a
		s.Sub(s, product.Mul(q, t))
		s, t = t, s
	}
	// The sign goes to the numerator.
	if t.Sign() < 0 {
		return b.Neg(b), t.Neg(t)
	}
	return b, t
}
