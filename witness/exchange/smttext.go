package exchange

import (
	"bytes"
	"math/big"
	"strconv"
	"strings"

	"pstar/certificate/kernel"
)

// smtText is text in SMT-LIB 2.
type smtText struct{ bytes.Buffer }

// poly is a polynomial: the terms with positive numbers, less the others.
func (s *smtText) poly(p kernel.Poly) {
	// A number below 0 would need a minus of its own for each term.
	var sides [2]kernel.Poly
	for _, t := range p {
		if t.C.Sign() > 0 {
			sides[0] = append(sides[0], t)
		} else {
			sides[1] = append(sides[1], kernel.Term{C: t.C.Neg(), M: t.M})
		}
	}
	if len(sides[1]) == 0 {
		s.sum(sides[0])
		return
	}
	// With one argument this is the negative, with two the difference.
	s.WriteString("(-")
	for _, side := range sides {
		if len(side) > 0 {
			s.WriteByte(' ')
			s.sum(side)
		}
	}
	s.WriteByte(')')
}

// sum is a polynomial whose numbers are positive; an addition takes two terms at least.
func (s *smtText) sum(p kernel.Poly) {
	switch len(p) {
	// SMT-LIB has no empty sum, and none of one term.
	case 0:
		s.WriteString("0.0")
	case 1:
		s.term(p[0])
	default:
		s.WriteString("(+")
		for _, t := range p {
			s.WriteByte(' ')
			s.term(t)
		}
		s.WriteByte(')')
	}
}

// term is a number times symbols, of which a factor 1 is not written.
func (s *smtText) term(t kernel.Term) {
	switch {
	// The constant term.
	case len(t.M) == 0:
		s.number(t.C.Rat())
		return
	// Neither a number nor a second symbol is there.
	case t.M.Degree() == 1 && t.C.IsOne():
		s.symbol(t.M.Symbol(0))
		return
	}
	s.WriteString("(*")
	if !t.C.IsOne() {
		s.WriteByte(' ')
		s.number(t.C.Rat())
	}
	// A power is written out: these logics have products only.
	for k := range t.M.Degree() {
		s.WriteByte(' ')
		s.symbol(t.M.Symbol(k))
	}
	s.WriteByte(')')
}

// symbol is the name of a symbol: names of the document may hold anything, numbers cannot clash.
func (s *smtText) symbol(x int) {
	s.Write(strconv.AppendInt(append(s.AvailableBuffer(), 's'), int64(x), 10))
}

// number is a rational number of sort Real.
func (s *smtText) number(x *big.Rat) {
	// The sort Real has decimals and no negative literals: 3 is 3.0, and a fraction a division.
	text := strings.TrimPrefix(x.Num().String(), "-") + ".0"
	if !x.IsInt() {
		text = "(/ " + text + " " + x.Denom().String() + ".0)"
	}
	if x.Sign() < 0 {
		text = "(- " + text + ")"
	}
	s.WriteString(text)
}
