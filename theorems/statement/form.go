package statement

import (
	"encoding/binary"
	"fmt"
	"slices"
	"strings"

	"pstar/rational"
)

// A Mono is a product of symbols: their numbers in ascending order, each in four bytes, the first one the most significant.
type Mono string

// One is the product of no symbols.
const One Mono = ""

// Of is the product of one symbol.
func Of(symbol int) Mono { return Mono(binary.BigEndian.AppendUint32(nil, uint32(symbol))) }

// Degree is the number of symbols.
func (m Mono) Degree() int { return len(m) / 4 }

// Symbols are the symbols, in ascending order.
func (m Mono) Symbols() []int {
	list := make([]int, 0, m.Degree())
	for ; m != ""; m = m[4:] {
		list = append(list, m.First())
	}
	return list
}

// First is the first symbol; of the product of none it panics.
func (m Mono) First() int { return int(m[0])<<24 | int(m[1])<<16 | int(m[2])<<8 | int(m[3]) }

// Times is the product of two products.
func (m Mono) Times(o Mono) Mono {
	if m == One || o == One {
		return m + o
	}
	list := append(m.Symbols(), o.Symbols()...)
	slices.Sort(list)
	var b []byte
	for _, s := range list {
		b = binary.BigEndian.AppendUint32(b, uint32(s))
	}
	return Mono(b)
}

// before is the order of terms: by degree, then by the first symbol that differs.
func (m Mono) before(o Mono) int {
	if len(m) != len(o) {
		return len(m) - len(o)
	}
	return strings.Compare(string(m), string(o))
}

// A Term is a number, not 0, times a product of symbols.
type Term struct {
	C rational.Rat
	M Mono
}

// A Form is a polynomial in the symbols, nearly always linear: terms in the order of their products, the
// constant first, none twice. The empty form is 0. Forms are not changed once built.
type Form []Term

// ConstantForm is a number.
func ConstantForm(x rational.Rat) Form {
	if x.IsZero() {
		return nil
	}
	return Form{{x, One}}
}

// Collect makes a form of terms in any order, which it sorts in place.
func Collect(terms []Term) Form {
	slices.SortStableFunc(terms, func(a, b Term) int { return a.M.before(b.M) })
	f := terms[:0]
	for _, t := range terms {
		if n := len(f); n > 0 && f[n-1].M == t.M {
			f[n-1].C = f[n-1].C.Add(t.C)
			continue
		}
		if n := len(f); n > 0 && f[n-1].C.IsZero() {
			f = f[:n-1]
		}
		f = append(f, t)
	}
	if n := len(f); n > 0 && f[n-1].C.IsZero() {
		f = f[:n-1]
	}
	return f
}

// Plus is f + g.
func (f Form) Plus(g Form) Form { return Collect(append(slices.Clone(f), g...)) }

// Scale is c·f.
func (f Form) Scale(c rational.Rat) Form {
	if c.IsZero() {
		return nil
	}
	list := make(Form, len(f))
	for i, t := range f {
		list[i] = Term{t.C.Mul(c), t.M}
	}
	return list
}

// Minus is f − g.
func (f Form) Minus(g Form) Form { return f.Plus(g.Scale(rational.NewRat(-1, 1))) }

// Times is f·g.
func (f Form) Times(g Form) Form {
	var list []Term
	for _, s := range f {
		for _, t := range g {
			list = append(list, Term{s.C.Mul(t.C), s.M.Times(t.M)})
		}
	}
	return Collect(list)
}

// Constant is the constant term.
func (f Form) Constant() rational.Rat {
	if len(f) > 0 && f[0].M == One {
		return f[0].C
	}
	return rational.Rat{}
}

// Degree is the largest number of symbols in a term.
func (f Form) Degree() int {
	if len(f) == 0 {
		return 0
	}
	return f[len(f)-1].M.Degree()
}

// Equal reports whether f and g are the same form.
func (f Form) Equal(g Form) bool {
	return slices.EqualFunc(f, g, func(a, b Term) bool { return a.M == b.M && a.C.Equal(b.C) })
}

// At is the value of f with the values of the symbols.
func (f Form) At(point []rational.Rat) rational.Rat {
	var sum rational.Rat
	for _, t := range f {
		c := t.C
		for _, s := range t.M.Symbols() {
			c = c.Mul(point[s])
		}
		sum = sum.Add(c)
	}
	return sum
}

// Text writes the form with the names of symbols, as in 2*a[1]^2 - b + 3: symbols in order, then
// the constant, and 0 for the empty form.
func (f Form) Text(name func(symbol int) string) string {
	var b strings.Builder
	write := func(t Term) {
		c := t.C
		switch {
		case c.Sign() < 0 && b.Len() == 0:
			b.WriteString("-")
		case c.Sign() < 0:
			b.WriteString(" - ")
		case b.Len() > 0:
			b.WriteString(" + ")
		}
		c = c.Abs()
		one := c.Equal(rational.NewRat(1, 1))
		if !one || t.M == One {
			b.WriteString(c.String())
		}
		symbols := t.M.Symbols()
		for i := 0; i < len(symbols); {
			if i > 0 || !one {
				b.WriteByte('*')
			}
			n := i + 1
			for n < len(symbols) && symbols[n] == symbols[i] {
				n++
			}
			if b.WriteString(name(symbols[i])); n > i+1 {
				fmt.Fprintf(&b, "^%d", n-i)
			}
			i = n
		}
	}
	for _, t := range f {
		if t.M != One {
			write(t)
		}
	}
	if len(f) > 0 && f[0].M == One {
		write(f[0])
	}
	if b.Len() == 0 {
		return "0"
	}
	return b.String()
}

// integral is a positive multiple of f whose coefficients are integers: the smallest.
func (f Form) integral() Form {
	d := rational.NewInt(1)
	for _, t := range f {
		d = rational.LCM(d, t.C.Den())
	}
	if d.IsOne() {
		return f
	}
	return f.Scale(rational.RatFromInt(d))
}

// Primitive is the positive multiple of f whose coefficients are integers without a common divisor.
func (f Form) Primitive() Form {
	f = f.integral()
	var g rational.Int
	for _, t := range f {
		g = rational.GCD(g, t.C.Num())
	}
	if g.IsZero() || g.IsOne() {
		return f
	}
	return f.Scale(rational.RatFromInts(rational.NewInt(1), g))
}

// Compare orders forms: by the first product that one of them has and the other has not, or with
// another number.
func (f Form) Compare(g Form) int {
	return slices.CompareFunc(f, g, func(a, b Term) int {
		if c := a.M.before(b.M); c != 0 {
			return c
		}
		return a.C.Cmp(b.C)
	})
}
