package statement

import (
	"encoding/binary"
	"fmt"
	"slices"
	"strings"

	"pstar/internal/each"
	"pstar/rational"
)

// A Mono is a product of symbols: their numbers in ascending order, each in four bytes, the first one the most significant.
//
// In this order, as bytes, products of the same degree are sorted as strings, and equal
// products are equal strings: they can be keys of maps and are what the kernel has,
// too.
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

// Times is the product of two products. It is the sorted union with repetition: x·y
// times y is x·y·y.
func (m Mono) Times(o Mono) Mono {
	// Nearly all terms are linear, and so one of the factors is the number.
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

// before is the order of terms: by degree, then by the first symbol that differs. The
// constant comes first, which Constant relies on; the kernel has the same order, so
// that forms need no sorting there.
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
// Equal forms have equal terms in equal places.
type Form []Term

// ConstantForm is a number.
func ConstantForm(x rational.Rat) Form {
	if x.IsZero() {
		return nil
	}
	return Form{{x, One}}
}

// Collect makes a form of terms in any order, which it sorts in place. It costs n log n
// for n terms; like terms are added and those that cancel are left out, so that the
// result is canonical.
func Collect(terms []Term) Form {
	// Stable, so that sums of the same terms are formed in the same order. That does
	// not change a sum, as numbers are exact, but its cost.
	slices.SortStableFunc(terms, func(a, b Term) int { return a.M.before(b.M) })
	f := terms[:0]
	for _, t := range terms {
		if n := len(f); n > 0 && f[n-1].M == t.M {
			f[n-1].C = f[n-1].C.Add(t.C)
			continue
		}
		// The product before is complete now: its sum is 0 if its terms cancelled.
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

// Plus is f + g, by merging: both are sorted, so that it costs as many steps as they have terms.
func (f Form) Plus(g Form) Form {
	sum := make(Form, 0, len(f)+len(g))
	for len(f) > 0 && len(g) > 0 {
		switch order := f[0].M.before(g[0].M); {
		case order < 0:
			sum, f = append(sum, f[0]), f[1:]
		case order > 0:
			sum, g = append(sum, g[0]), g[1:]
		default:
			if c := f[0].C.Add(g[0].C); !c.IsZero() { // no term of a form is 0
				sum = append(sum, Term{c, f[0].M})
			}
			f, g = f[1:], g[1:]
		}
	}
	return append(append(sum, f...), g...)
}

// Scale is c·f. The order of terms does not change.
func (f Form) Scale(c rational.Rat) Form {
	if c.IsZero() {
		return nil
	}
	return each.Of(f, func(t Term) Term { return Term{t.C.Mul(c), t.M} })
}

// Minus is f − g.
func (f Form) Minus(g Form) Form { return f.Plus(g.Scale(rational.NewRat(-1, 1))) }

// Times is f·g. Like Plus it costs a sort. Degrees add up: the caller sees to it that
// they stay within those that certificates have.
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

// Degree is the largest number of symbols in a term. The last term has it, as terms are
// in order of their degree; 0 has degree 0.
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

// At is the value of f with the values of the symbols. The point has a value for each
// symbol, by number.
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
		// write appends one term with its sign, which for the first one is a prefix and
		// else stands between spaces.
		switch {
		case c.Sign() < 0 && b.Len() == 0:
			b.WriteString("-")
		case c.Sign() < 0:
			b.WriteString(" - ")
		case b.Len() > 0:
			b.WriteString(" + ")
		}
		// A coefficient 1 is not written, except as a number alone.
		c = c.Abs()
		one := c.Equal(rational.NewRat(1, 1))
		if !one || t.M == One {
			b.WriteString(c.String())
		}
		symbols := t.M.Symbols()
		for i := 0; i < len(symbols); {
			// Before the first factor stands a sign of multiplication only if a number
			// does.
			if i > 0 || !one {
				b.WriteByte('*')
			}
			// A factor that repeats is written as a power. Factors are sorted, so that
			// the same ones are neighbours.
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
	// The constant is the first term and is written last, as people do.
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
// The relation of a row does not change by it. In an iff the kernel wants such facts:
// multipliers stay integers then.
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

// Primitive is the positive multiple of f whose coefficients are integers without a
// common divisor. All positive multiples of a form have the same one. The sign is kept:
// −x and x say different things of x >= 0.
func (f Form) Primitive() Form {
	f = f.integral()
	var g rational.Int
	// GCD(0, c) is |c|, so that the zero value is where to start.
	for _, t := range f {
		g = rational.GCD(g, t.C.Num())
	}
	if g.IsZero() || g.IsOne() {
		return f
	}
	return f.Scale(rational.RatFromInts(rational.NewInt(1), g))
}

// Compare orders forms: by the first product that one of them has and the other has not, or with
// another number. The order has no meaning, but is the same for the same forms: output
// is sorted by it.
func (f Form) Compare(g Form) int {
	return slices.CompareFunc(f, g, func(a, b Term) int {
		if c := a.M.before(b.M); c != 0 {
			return c
		}
		return a.C.Cmp(b.C)
	})
}
