// Package proof writes documents of the kernel's format, each thing in its one spelling. It knows how rules and
// polynomials are written, and no theorem.
package proof

import (
	"bytes"
	"math/big"
	"strconv"
	"strings"

	"pstar/certificate/theorem"
	"pstar/rational"
)

// A Writer writes a document, or a part of one. Methods write an element or a member each; functions among their arguments
// write what stands inside.
//
// It is not checked that what is written is well formed: commas are put where they
// belong, all else is up to the caller, and in the end to the checker. Nothing fails,
// as the buffer does not.
type Writer struct {
	bytes.Buffer
	fresh bool // nothing stands behind the last [ or {
}

// New returns a writer with nothing written.
func New() *Writer { return &Writer{fresh: true} }

// comma ends the element before, if there is one. Behind a member's name there is none,
// as there the value follows.
func (w *Writer) comma() {
	// Behind a bracket no comma stands.
	if !w.fresh {
		w.WriteByte(',')
	}
	w.fresh = false
}

// Open begins an element that is a list or an object; c is [ or {.
func (w *Writer) Open(c byte) {
	w.comma()
	w.WriteByte(c)
	w.fresh = true
}

// Close ends it; c is ] or }.
func (w *Writer) Close(c byte) {
	w.WriteByte(c)
	w.fresh = false
}

// Member begins a member; its value follows.
func (w *Writer) Member(name string) {
	w.comma()
	w.WriteString(`"` + name + `":`)
	// The value follows behind the colon, without a comma.
	w.fresh = true
}

// List is a member that is a list; elements may be nil.
func (w *Writer) List(name string, elements func()) {
	w.Member(name)
	w.Open('[')
	if elements != nil {
		elements()
	}
	w.Close(']')
}

// Raw is an element that write writes, in the one spelling. It may write several
// elements only if it writes their commas.
func (w *Writer) Raw(write func(*bytes.Buffer)) {
	w.comma()
	write(&w.Buffer)
}

// Text is a string, of bytes that the format allows. Nothing is escaped: the format has
// no escapes.
func (w *Writer) Text(s string) {
	w.comma()
	w.WriteString(`"` + s + `"`)
}

// Int is an integer.
func (w *Writer) Int(n int) {
	w.comma()
	// The buffer of the writer is written to, without a string between.
	w.Write(strconv.AppendInt(w.AvailableBuffer(), int64(n), 10))
}

// Rat is a number. Short integers are written as such, all else as a string: 18 digits
// fit into 63 bits, so that any reader of JSON has them exactly.
func (w *Writer) Rat(x *big.Rat) {
	// In lowest terms, as big.Rat has it, and without /1.
	text := x.RatString()
	// Fractions are strings always.
	if len(strings.TrimPrefix(text, "-")) > 18 || !x.IsInt() {
		w.Text(text)
		return
	}
	w.comma()
	w.WriteString(text)
}

// Ints is a member that is a list of integers.
func (w *Writer) Ints(name string, list ...int) {
	w.List(name, func() { w.ints(list) })
}

// Tuple is an element that is a list of integers.
func (w *Writer) Tuple(list ...int) {
	w.Open('[')
	w.ints(list)
	w.Close(']')
}

// ints are elements of the list that is open.
func (w *Writer) ints(list []int) {
	for _, n := range list {
		w.Int(n)
	}
}

// Numbers is a member that is a list of numbers.
func (w *Writer) Numbers(name string, list []rational.Rat) {
	w.List(name, func() {
		for _, x := range list {
			w.Rat(x.Big())
		}
	})
}

// Term is an element [c,SYM,…] of a polynomial. It has the same form as a product of
// facts.
func (w *Writer) Term(c int, symbols ...int) { w.Product(c, symbols...) }

// RatTerm is an element [c,…] of a polynomial, or of the products of a combine.
func (w *Writer) RatTerm(c *big.Rat, rest ...int) {
	w.Open('[')
	w.Rat(c)
	w.ints(rest)
	w.Close(']')
}

// Poly is a polynomial times a number. The scale is not 0, as the format has no terms
// that are 0.
func (w *Writer) Poly(p theorem.Poly, scale rational.Rat) {
	// Terms are in the order of the polynomial.
	w.Open('[')
	for _, t := range p {
		w.Open('[')
		// The product is not 0, so that each term of p stays one.
		w.Rat(new(big.Rat).Mul(t.C.Rat(), scale.Big()))
		for k := range t.M.Degree() {
			w.Int(t.M.Symbol(k))
		}
		w.Close(']')
	}
	w.Close(']')
}

// Symbol is the polynomial of one symbol.
func (w *Writer) Symbol(s int) {
	w.Open('[')
	w.Term(1, s)
	w.Close(']')
}

// Fact is a fact. The relation is written as ">=", ">" or "=".
func (w *Writer) Fact(f theorem.Fact) {
	w.Relation(f.Relation.String(), func() { w.Poly(f.Poly, rational.NewRat(1, 1)) })
}

// Relation is a fact whose polynomial poly writes as an element.
func (w *Writer) Relation(relation string, poly func()) {
	w.Open('[')
	w.Text(relation)
	poly()
	w.Close(']')
}

// Monomial is a product of symbols as a polynomial. The symbols need not be in order.
func Monomial(symbols ...int) theorem.Poly {
	return theorem.Poly{{C: theorem.Int(1), M: theorem.Product(symbols...)}}
}

// Number is a number as a polynomial.
func Number(x *big.Rat) theorem.Poly {
	// 0 has no terms.
	if x.Sign() == 0 {
		return nil
	}
	return theorem.Poly{{C: theorem.Number(x)}}
}

// Printable replaces what a string of the format cannot hold. Two names may become the
// same by it; they mean nothing.
func Printable(name string) string {
	return strings.Map(func(c rune) rune {
		// Strings of the format are printable ASCII without escapes.
		if c < ' ' || c > '~' || c == '"' || c == '\\' {
			return '_'
		}
		return c
	}, name)
}
