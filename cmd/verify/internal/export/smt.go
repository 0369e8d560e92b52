// Package export writes what a certificate shows in the formats of others' checkers.
package export

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"math/big"
	"strconv"
	"strings"

	"pstar/certificate/kernel"
	"pstar/certificate/statement"
)

// SMT checks a document of the kernel's format and writes, in SMT-LIB 2, a query for each identity that one of its steps shows, such as
// the sum of products of a combine, or of a dropped row of an elimination: that the two sides are not the same. A solver of
// real arithmetic answers unsat to each. The sides are not multiplied out; facts are named by the comment above. It returns the number of queries. The error is that of
// w, an [*kernel.Invalid], or the cause if ctx ends.
//
// That a query is unsat says that the identity holds. That the numbers of products are positive, that factors are facts, and that the
// rest has positive coefficients and nonnegative symbols only can be seen in it.
func SMT(ctx context.Context, w io.Writer, document []byte) (queries int, err error) {
	s := &smtWriter{Writer: bufio.NewWriterSize(w, 1<<16)}
	s.WriteString("; Each query is unsat if an identity of the certificate holds.\n")
	_, err = kernel.Explain(ctx, document, statement.Builders, func(i *kernel.Identity) {
		queries++
		s.query(i)
	})
	if err != nil {
		return queries, err
	}
	s.WriteString("(exit)\n")
	return queries, s.Flush()
}

// smtWriter writes queries.
type smtWriter struct {
	*bufio.Writer
	scratch []byte
}

// query asks whether the sum of the summands can be something else than the rest.
func (s *smtWriter) query(i *kernel.Identity) {
	fmt.Fprintf(s, "; %s: the rest is %v 0\n(reset)\n(set-logic %s)\n", i.Place, i.Relation, logic(i))
	declared := map[int]bool{}
	for _, x := range i.Summands {
		s.declare(x.P, declared)
		s.declare(x.Q, declared)
	}
	s.declare(i.Rest, declared)
	s.WriteString("(assert (not (= (+ 0.0")
	for _, x := range i.Summands {
		s.WriteString("\n ")
		s.summand(x)
	}
	s.WriteString(")\n ")
	s.poly(i.Rest)
	s.WriteString(")))\n(check-sat)\n")
}

// logic is that of linear arithmetic where that is enough.
func logic(i *kernel.Identity) string {
	for _, x := range i.Summands {
		if degree(x.P)+degree(x.Q) > 1 {
			return "QF_NRA"
		}
	}
	return "QF_LRA"
}

func degree(p kernel.Poly) (n int) {
	for _, t := range p {
		n = max(n, t.M.Degree())
	}
	return n
}

func (s *smtWriter) declare(p kernel.Poly, declared map[int]bool) {
	for _, t := range p {
		for k := range t.M.Degree() {
			if x := t.M.Symbol(k); !declared[x] {
				declared[x] = true
				s.WriteString("(declare-const s" + strconv.Itoa(x) + " Real)\n")
			}
		}
	}
}

// summand is c·P·Q, without what is 1.
func (s *smtWriter) summand(x kernel.Summand) {
	var factors []kernel.Poly
	for _, p := range []kernel.Poly{x.P, x.Q} {
		if len(p) != 1 || p[0].M.Degree() > 0 || !p[0].C.IsOne() {
			factors = append(factors, p)
		}
	}
	if x.C.IsOne() && len(factors) == 1 {
		s.poly(factors[0])
		return
	}
	s.WriteString("(* ")
	s.number(x.C.Rat())
	for _, p := range factors {
		s.WriteByte(' ')
		s.poly(p)
	}
	s.WriteByte(')')
}

func (s *smtWriter) poly(p kernel.Poly) {
	switch len(p) {
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

func (s *smtWriter) term(t kernel.Term) {
	switch {
	case len(t.M) == 0:
		s.number(t.C.Rat())
		return
	case t.M.Degree() == 1 && t.C.IsOne():
		s.symbol(t.M.Symbol(0))
		return
	}
	s.WriteString("(*")
	if !t.C.IsOne() {
		s.WriteByte(' ')
		s.number(t.C.Rat())
	}
	for k := range t.M.Degree() {
		s.WriteByte(' ')
		s.symbol(t.M.Symbol(k))
	}
	s.WriteByte(')')
}

func (s *smtWriter) symbol(x int) {
	s.scratch = strconv.AppendInt(append(s.scratch[:0], 's'), int64(x), 10)
	s.Write(s.scratch)
}

// number is a rational number of sort Real.
func (s *smtWriter) number(x *big.Rat) {
	text := strings.TrimPrefix(x.Num().String(), "-") + ".0"
	if !x.IsInt() {
		text = "(/ " + text + " " + x.Denom().String() + ".0)"
	}
	if x.Sign() < 0 {
		text = "(- " + text + ")"
	}
	s.WriteString(text)
}
