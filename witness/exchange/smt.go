package exchange

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"pstar/certificate/kernel"
	"pstar/certificate/statement"
)

// SMT checks a document of the kernel's format and writes, in SMT-LIB 2, queries that a solver of real arithmetic answers with unsat if and only if the
// identities hold that its steps show, such as the sum of products of a combine, or of a dropped row of an elimination. A query asks whether one of some identities
// can fail. Products are not multiplied out, and a fact is written once for all identities of a query that use it. The
// error is that of w, an [*kernel.Invalid], or the cause if ctx ends.
//
// That a query is unsat says that the identities hold. That the numbers of products are positive, that factors are facts, and that the
// rest has positive coefficients and nonnegative symbols only can be seen in it. Steps of which there is no query are named in comments.
func SMT(ctx context.Context, w io.Writer, document []byte) (Asked, error) {
	// Facts of a large cell are megabytes: they are streamed, and only one query is in memory.
	s := &smtWriter{out: bufio.NewWriterSize(w, 1<<16), asked: Asked{Silent: map[string]int{}}}
	s.out.WriteString("; Each query is unsat if the identities of the certificate hold that are named above it.\n")
	// The kernel checks as it explains, and hands over each identity that it relies on.
	_, err := kernel.Explain(ctx, document, statement.Builders, kernel.Told{Step: s.step, Identity: s.identity})
	// What was written so far is thrown away by the caller: a part of the queries would look like
	// all.
	if err != nil {
		return s.asked, err
	}
	// The last query may be short of its limits.
	s.query()
	fmt.Fprintf(s.out, "; %v.\n(exit)\n", s.asked)
	return s.asked, s.out.Flush()
}

// Asked counts what became of the steps of a document.
type Asked struct {
	Steps, Identities, Queries int
	Silent                     map[string]int // by rule, its steps, of which there is no query
}

// String says it in a line.
func (a Asked) String() string {
	text := fmt.Sprintf("steps %d, identities %d, queries %d; ", a.Steps, a.Identities, a.Queries)
	if without := a.Without(); without != "" {
		return text + "no query of " + without
	}
	return text + "each step is in one"
}

// Without names the rules of which there is no query, each with the number of its steps, or is empty.
func (a Asked) Without() string {
	var list []string
	for _, rule := range slices.Sorted(maps.Keys(a.Silent)) {
		list = append(list, fmt.Sprintf("%d %s", a.Silent[rule], rule))
	}
	return strings.Join(list, ", ")
}

// asked are the rules that multiply something out, each step of which has its queries. Other rules name a number, assume
// something in inner steps, permute symbols, or apply a theorem to all facts at once; what they add is written out in the
// queries of the steps that use it.
var asked = []string{"combine", "invariant", "prefix", "project", "witness"}

// A query has at most so many identities, and gets no more when it has so many bytes.
const (
	maxIdentities = 1000
	maxQuery      = 1 << 25
)

// smtWriter writes queries.
type smtWriter struct {
	out   *bufio.Writer
	asked Asked

	// The query that is being made: its identities, their places and logic, and what it declares and defines.
	identities                  int
	logic                       string
	places, declarations, fails smtText
	declared                    map[int]bool
	defined                     map[shared]int
}

// shared is a polynomial that identities have in common: the same terms, not only equal ones.
type shared struct {
	first *kernel.Term
	terms int
}

// query asks whether one of the identities fails.
func (s *smtWriter) query() {
	// Nothing has been added since the last query.
	if s.identities == 0 {
		return
	}
	// Each query stands alone: a solver that gives up on one says nothing about the others.
	s.asked.Queries++
	// Without assertions from before: reset forgets the declarations too, so that symbols may be
	// declared again.
	fmt.Fprintf(s.out, "%s(reset)\n(set-logic %s)\n%s(assert (or false%s))\n(check-sat)\n", s.places.Bytes(), s.logic, s.declarations.Bytes(), s.fails.Bytes())
	// Emptied and kept: the next query is about as large.
	for _, part := range []*smtText{&s.places, &s.declarations, &s.fails} {
		part.Reset()
	}
	s.identities = 0
}

// step counts a step, and names it if there is nothing to ask of it.
func (s *smtWriter) step(place, rule string) {
	if s.asked.Steps++; !slices.Contains(asked, rule) {
		s.asked.Silent[rule]++
		fmt.Fprintf(s.out, "; %s: there is no query of this step\n", place)
	}
}

// identity adds that an identity fails: what it adds up on one side, and what it takes off with the rest on the other.
func (s *smtWriter) identity(i *kernel.Identity) {
	// Linear identities are decided by a faster procedure, and are not mixed with the others.
	if logic := logic(i); logic != s.logic || s.identities == maxIdentities || s.fails.Len()+s.declarations.Len() > maxQuery {
		s.query()
		s.logic = logic
	}
	// A query declares what it uses itself.
	if s.identities == 0 {
		s.declared, s.defined = map[int]bool{}, map[shared]int{}
	}
	s.identities++
	s.asked.Identities++
	// The relation is told and not asked: the query is about the identity alone.
	if len(i.Values) > 0 {
		word := "what is to be"
		// The point at which a row that is refuted does not hold.
		if violated(i) {
			word = "refuted: what is not"
		}
		fmt.Fprintf(&s.places, "; %s: %s %v 0, at values\n", i.Place, word, i.Relation)
		s.atValues(i)
		return
	}
	fmt.Fprintf(&s.places, "; %s: the rest is %v 0\n", i.Place, i.Relation)
	var sides [2][]product
	// A number below 0 changes sides rather than being written as a difference: both sides are sums then.
	for k, x := range i.Summands {
		side, of := 0, productOf(x)
		if of.c.Sign() < 0 {
			side, of.c = 1, of.c.Neg()
		}
		for _, p := range of.factors {
			s.declare(p, nil)
			if k > 0 { // it is of facts, which others use too
				s.define(p)
			}
		}
		sides[side] = append(sides[side], of)
	}
	s.declare(i.Rest, nil)
	// It fails where both sides differ.
	s.fails.WriteString("\n(not (=")
	for side, list := range sides {
		s.fails.WriteString(" (+ 0.0 0.0") // two, even if nothing follows
		for _, x := range list {
			s.fails.WriteByte(' ')
			s.product(x)
		}
		// The rest is what the sum is to be equal to, with the relation that the comment names.
		if side == 1 {
			s.fails.WriteString("\n ")
			s.fails.poly(i.Rest)
		}
		s.fails.WriteByte(')')
	}
	s.fails.WriteString("))")
}

// violated reports whether the rest is a number that has not the relation.
func violated(i *kernel.Identity) bool {
	sign := 0
	switch {
	case len(i.Rest) > 1 || len(i.Rest) == 1 && len(i.Rest[0].M) > 0:
		return false
	case len(i.Rest) == 1:
		sign = i.Rest[0].C.Sign()
	}
	return sign < 0 || sign == 0 && i.Relation == kernel.GT || sign > 0 && i.Relation == kernel.EQ
}

// atValues adds that a polynomial at values is not the rest.
func (s *smtWriter) atValues(i *kernel.Identity) {
	p, bound := i.Summands[0].P, map[int]bool{}
	s.fails.WriteString("\n(not (= (let (")
	for _, v := range i.Values {
		bound[v.Symbol] = true
		s.declare(v.Value, nil)
		s.define(v.Value)
		s.fails.WriteByte('(')
		s.fails.symbol(v.Symbol)
		s.fails.WriteByte(' ')
		s.product(product{i.Over.Inverse(), []kernel.Poly{v.Value}})
		s.fails.WriteByte(')')
	}
	s.declare(p, bound)
	s.declare(i.Rest, nil)
	s.fails.WriteString(") (* ")
	s.fails.number(i.Summands[0].C.Rat())
	s.fails.WriteByte(' ')
	// Never by a name, whose definition would not see the values.
	s.fails.poly(p)
	s.fails.WriteString("))\n ")
	s.fails.poly(i.Rest)
	s.fails.WriteString("))")
}

// logic is that of linear arithmetic where that is enough.
func logic(i *kernel.Identity) string {
	// The values are of that degree, too, in the symbols that are left.
	if len(i.Values) > 0 {
		if degreeAt(i) > 1 {
			return "QF_NRA"
		}
		return "QF_LRA"
	}
	// A summand is a number times P times Q.
	for _, x := range i.Summands {
		if degree(x.P)+degree(x.Q) > 1 {
			return "QF_NRA"
		}
	}
	return "QF_LRA"
}

// degree is the largest number of symbols of a term, each with its power.
func degree(p kernel.Poly) (n int) {
	for _, t := range p {
		n = max(n, t.M.Degree())
	}
	return n
}

// degreeAt is the degree of what is written at values.
func degreeAt(i *kernel.Identity) (n int) {
	of := map[int]int{}
	for _, v := range i.Values {
		of[v.Symbol] = degree(v.Value)
	}
	for _, t := range i.Summands[0].P {
		sum := 0
		for k := range t.M.Degree() {
			if d, replaced := of[t.M.Symbol(k)]; replaced {
				sum += d
			} else {
				sum++
			}
		}
		n = max(n, sum)
	}
	return n
}

// product is a number times polynomials that are no numbers.
type product struct {
	c       kernel.Num
	factors []kernel.Poly
}

// productOf takes factors that are numbers together with the number in front.
func productOf(x kernel.Summand) product {
	of := product{c: x.C}
	for _, p := range []kernel.Poly{x.P, x.Q} {
		// One term without symbols is a number.
		if len(p) == 1 && p[0].M.Degree() == 0 {
			of.c = of.c.Times(p[0].C)
		} else {
			of.factors = append(of.factors, p)
		}
	}
	return of
}

// declare declares the symbols of a polynomial that the query does not have yet, but for those that are bound.
func (s *smtWriter) declare(p kernel.Poly, bound map[int]bool) {
	for _, t := range p {
		// A power lists its symbol as often as it counts.
		for k := range t.M.Degree() {
			// Once for each query, at the first polynomial that has it.
			if x := t.M.Symbol(k); !s.declared[x] && !bound[x] {
				s.declared[x] = true
				fmt.Fprintf(&s.declarations, "(declare-const s%d Real)\n", x)
			}
		}
	}
}

// define gives a polynomial of several terms a name.
func (s *smtWriter) define(p kernel.Poly) {
	// A short polynomial is no longer than a name with its definition.
	if len(p) < 3 {
		return
	}
	// The kernel hands out the very slices of its facts: where they begin, and how long they are, tells
	// them apart without a comparison.
	key := shared{&p[0], len(p)}
	if _, known := s.defined[key]; known {
		return
	}
	fmt.Fprintf(&s.declarations, "(define-fun f%d () Real ", len(s.defined))
	s.defined[key] = len(s.defined)
	s.declarations.poly(p)
	s.declarations.WriteString(")\n")
}

// product writes a product, without what is 1.
func (s *smtWriter) product(x product) {
	switch {
	// A number and nothing else.
	case len(x.factors) == 0:
		s.fails.number(x.c.Rat())
		return
	// A factor 1 would be a product for nothing.
	case len(x.factors) == 1 && x.c.IsOne():
		s.factor(x.factors[0])
		return
	}
	s.fails.WriteString("(* ")
	s.fails.number(x.c.Rat())
	for _, p := range x.factors {
		s.fails.WriteByte(' ')
		s.factor(p)
	}
	s.fails.WriteByte(')')
}

// factor is a polynomial, or its name.
func (s *smtWriter) factor(p kernel.Poly) {
	// The zero polynomial has no first term, and so no name.
	if len(p) > 0 {
		if name, known := s.defined[shared{&p[0], len(p)}]; known {
			fmt.Fprintf(&s.fails, "f%d", name)
			return
		}
	}
	s.fails.poly(p)
}
