package equations

import "pstar/rational"

// Rounded is a matrix of integers that are near to the fractions it was made of, negative, and with row i times
// 2^Shift(i). The zero value has no columns yet.
type Rounded struct{ columns [][]digits }

// digits is v·2^−by.
type digits struct {
	v  rational.Int
	by int
}

// roundedBits is how many digits of a fraction are kept, a few more than guesses take.
const roundedBits = 200

// AddColumn rounds a solution, negative: basic variables move against the columns of others.
func (m *Rounded) AddColumn(x []Fraction) {
	column := make([]digits, len(x))
	for i, f := range x {
		num, den, by := f.Num.Neg(), f.Den, roundedBits+f.Den.BitLen()-f.Num.BitLen()
		if by >= 0 {
			num = num.Mul(rational.PowerOfTwo(by))
		} else {
			den = den.Mul(rational.PowerOfTwo(-by))
		}
		v, _ := num.QuoRem(den)
		column[i] = digits{v, by}
	}
	m.columns = append(m.columns, column)
}

// Columns is how many there are.
func (m *Rounded) Columns() int { return len(m.columns) }

// Shift is such that the smallest entry of row i has as many digits as are kept, but not below 0.
func (m *Rounded) Shift(i int) (shift int) {
	for _, c := range m.columns {
		if !c[i].v.IsZero() {
			shift = max(shift, c[i].by)
		}
	}
	return shift
}

// Entries yields the numbers of row i that are not zero.
func (m *Rounded) Entries(i int, yield func(column int, v rational.Int)) {
	shift := m.Shift(i)
	for k, c := range m.columns {
		if !c[i].v.IsZero() {
			yield(k, c[i].v.Mul(rational.PowerOfTwo(shift-c[i].by)))
		}
	}
}
