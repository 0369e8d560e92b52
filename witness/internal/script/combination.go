package script

import (
	"context"
	"fmt"
	"math/big"
	"sort"
	"strings"

	"pstar/certificate/kernel"
	"pstar/certificate/theorem"
	"pstar/internal/each"
	"pstar/lp"
	"pstar/rational"
	"pstar/witness/internal/proof"
)

// A candidate may be a summand of a combination: a product of facts with these
// references, or a monomial times an equation. Of products the multiplier is
// nonnegative, of an equation it is any number.
type candidate struct {
	references []int
	monomial   kernel.Mono
	equation   int // the reference of an equation, or -1
	poly       kernel.Poly
}

// hints reads what a combination may use, and the strict facts by which the goal is
// multiplied. Equations are gathered first, as their multiples depend on all else that
// may occur.
func (s *scripted) hints(goal kernel.Fact, text string) (list []candidate, by []int, scaled kernel.Poly) {
	scaled = goal.Poly
	var equations []string
	for _, hint := range strings.Fields(text) {
		switch {
		// The goal times positive facts is as good as the goal.
		case hint[0] == '/':
			// It multiplies the goal, and so what is looked for.
			f := s.number(hint[1:])
			by, scaled = append(by, f), scaled.Times(s.facts[f].Poly)
		case hint[0] == '=':
			equations = append(equations, hint[1:])
		case hint[0] == '~':
			list = append(list, s.powers(strings.Split(hint[1:], "*"))...)
		default:
			c := candidate{equation: -1, poly: proof.Number(big.NewRat(1, 1))}
			// Of 1*a*b the 1 is left out; 1 alone is the product of no facts, which
			// lets a constant be left.
			for _, name := range strings.Split(strings.TrimPrefix(hint, "1"), "*") {
				if name == "" {
					continue // the empty product
				}
				r, f := s.reference(name)
				// References are those of the checker, which multiplies the facts
				// itself.
				c.references, c.poly = append(c.references, r), c.poly.Times(f.Poly)
			}
			list = append(list, c)
		}
	}
	return append(list, s.multiples(scaled, list, equations)...), by, scaled
}

// powers are the products of two facts of a degree. ~a*b*d are a^k b^(d−k) for k =
// 0..d.
func (s *scripted) powers(parts []string) (list []candidate) {
	// The third part is the degree.
	var degree int
	fmt.Sscan(parts[2], &degree)
	for k := range degree + 1 {
		c := candidate{equation: -1, poly: proof.Number(big.NewRat(1, 1))}
		// The first k factors are of the one fact, the others of the other.
		for i := range degree {
			name := parts[0]
			if i >= k {
				name = parts[1]
			}
			r, f := s.reference(name)
			c.references, c.poly = append(c.references, r), c.poly.Times(f.Poly)
		}
		list = append(list, c)
	}
	return list
}

// reference is that of a fact, or of a nonnegative symbol. A name may be that of a fact
// and of a symbol; the fact is meant then.
func (s *scripted) reference(name string) (int, kernel.Fact) {
	if k, known := s.names[name]; known {
		return k, s.facts[k]
	}
	symbol := s.forms.Symbol(name)
	// Neither a fact nor a nonnegative symbol.
	if symbol < 0 || !s.signs[symbol] {
		panic("witness: no fact " + name)
	}
	return proof.Sign(symbol), kernel.Fact{Poly: proof.Monomial(symbol)}
}

// multiples are the equations times the monomials that take one of their terms to one that occurs already, and what
// follows from that, up to a degree. They are found breadth first from the monomials of
// the goal: a multiple that has none of these could not cancel anything.
func (s *scripted) multiples(goal kernel.Poly, list []candidate, equations []string) (more []candidate) {
	// Without equations there is nothing to cancel with.
	if len(equations) == 0 {
		return nil
	}
	// Monomials that occur, each once, in the order in which they were met.
	degree, seen := 0, map[kernel.Mono]bool{}
	var queue []kernel.Mono
	meet := func(p kernel.Poly) {
		for _, t := range p {
			if !seen[t.M] {
				seen[t.M], queue = true, append(queue, t.M)
			}
		}
	}
	// What is to be cancelled, or to cancel something.
	meet(goal)
	for _, c := range list {
		meet(c.poly)
	}
	// Multiples may go one beyond the degree that occurs.
	for _, m := range queue {
		degree = max(degree, m.Degree())
	}
	used := map[string]bool{}
	// A bound for scripts that are wrong; those that are here take far fewer.
	for len(queue) > 0 && len(more) < 4000 {
		m := queue[0]
		queue = queue[1:]
		// Of each equation every term is tried.
		for _, name := range equations {
			k := s.number(name)
			for _, t := range s.facts[k].Poly {
				quotient, divides := divide(m, t.M)
				key := fmt.Sprint(k, " ", quotient)
				// The same multiple can be met from several of its terms.
				if !divides || used[key] {
					continue
				}
				used[key] = true
				p := s.facts[k].Poly.Times(kernel.Poly{{C: kernel.Int(1), M: quotient}})
				// Beyond that degree nothing of the goal is left to cancel.
				if p[len(p)-1].M.Degree() <= degree+1 {
					more = append(more, candidate{monomial: quotient, equation: k, poly: p})
					meet(p)
				}
			}
		}
	}
	return more
}

// divide is m over n, if that is a product. Symbols are in ascending order in both, so
// that one pass is enough.
func divide(m, n kernel.Mono) (kernel.Mono, bool) {
	var rest []int
	k := 0
	for i := range m.Degree() {
		// The symbols of n must all be in m, as often.
		if k < n.Degree() && m.Symbol(i) == n.Symbol(k) {
			k++
			continue
		}
		rest = append(rest, m.Symbol(i))
	}
	// What is left of m is the quotient if all of n was met.
	return kernel.Product(rest...), k == n.Degree()
}

// combination writes a combine that shows a goal, a number or -1 for a new fact, with multiples of the candidates.
func (s *scripted) combination(goal kernel.Fact, at int, hints string) {
	list, by, scaled := s.hints(goal, hints)
	numbers := s.numbers(goal, scaled, list)
	// The scripts are part of the program and are run by its tests, so that a missing
	// combination is a fault of the program.
	if numbers == nil {
		panic(fmt.Sprintf("witness: %s: no combination of %q", s.theorem.Name, hints))
	}
	// By equation, all of its monomials together.
	multipliers := map[int]kernel.Poly{}
	s.Step("combine", func() {
		s.Member("goal")
		if at >= 0 {
			s.Int(at)
		} else {
			s.Fact(goal)
		}
		// The strict facts that the goal is multiplied by.
		if len(by) > 0 {
			s.Ints("by", by...)
		}
		s.List("products", func() {
			for k, c := range list {
				switch {
				// Products of no share are not written.
				case numbers[k].Sign() == 0:
				// Several monomials times the same equation are one polynomial.
				case c.equation >= 0:
					term := kernel.Poly{{C: theorem.Number(numbers[k]), M: c.monomial}}
					multipliers[c.equation] = multipliers[c.equation].Plus(kernel.Int(1), term)
				default:
					s.RatTerm(numbers[k], c.references...)
				}
			}
		})
		s.List("equations", func() {
			// In the order of the facts, whatever that of the candidates.
			for k := range s.facts {
				if p := multipliers[k]; p != nil {
					s.Open('[')
					s.form(p)
					s.Int(k)
					s.Close(']')
				}
			}
		})
	})
}

// numbers finds multipliers by a linear program: what is left has positive coefficients, and nonnegative symbols only. Multipliers
// of products are as small in sum as can be; if the goal is strict, so that some strict
// product has a positive one. The rest is goal − sum: for each monomial a row says that
// its coefficient is nonnegative, or 0 where the monomial has a symbol of unknown sign,
// or where the goal is an equation.
func (s *scripted) numbers(goal kernel.Fact, scaled kernel.Poly, list []candidate) []*big.Rat {
	// A variable for each candidate, and a row for each monomial, made as it comes up.
	p := &lp.Problem{}
	zero, one := rational.Rat{}, rational.NewRat(1, 1)
	rows := map[kernel.Mono]*lp.Row{}
	var order []kernel.Mono
	row := func(m kernel.Mono) *lp.Row {
		if rows[m] == nil {
			// At most 0 until the goal's coefficient is known: then at most that.
			r := &lp.Row{Upper: lp.At(zero)}
			if goal.Relation == kernel.EQ || !s.nonnegative(m) {
				r.Lower = lp.At(zero)
			}
			rows[m], order = r, append(order, m)
		}
		return rows[m]
	}
	for k, c := range list {
		v := lp.Variable{}
		// A small sum of multipliers makes short proofs; those of equations cost
		// nothing.
		if c.equation < 0 {
			v.Cost, v.Lower = one, lp.At(zero)
			// An equation follows from equations alone.
			if goal.Relation == kernel.EQ {
				v.Upper = lp.At(zero)
			}
		}
		p.Variables = append(p.Variables, v)
		for _, t := range c.poly {
			r := row(t.M)
			r.Terms = append(r.Terms, lp.Term{Variable: k, Coefficient: rational.RatFromBig(t.C.Rat())})
		}
	}
	// The goal last, when all rows are there; a monomial of its own gets one without
	// terms.
	for _, t := range scaled {
		r := row(t.M)
		value := lp.At(rational.RatFromBig(t.C.Rat()))
		if r.Upper = value; r.Lower.Finite {
			r.Lower = value
		}
	}
	// Without such a row a strict goal would be proved by what is only at least 0.
	if goal.Relation == kernel.GT {
		p.Rows = append(p.Rows, s.strict(list))
	}
	// In a fixed order, so that the same vertex is found each time.
	sort.Slice(order, func(i, j int) bool { return order[i].Before(order[j]) })
	for _, m := range order {
		p.Rows = append(p.Rows, *rows[m])
	}
	return optimal(p)
}

// optimal are the values of the variables at the optimum of a program, which is a vertex, so
// that few of them are not 0; nil if there is none. These programs are small, and are not
// interrupted.
func optimal(p *lp.Problem) []*big.Rat {
	r, err := lp.Solve(context.Background(), p, lp.Options{})
	if err != nil || r.Verdict != lp.Optimal {
		return nil
	}
	return each.Of(r.Primal, rational.Rat.Big)
}

// strict is the row that the strict products have multipliers of sum at least 1/1024: a
// program has no rows that are greater than 0, and any positive bound will do that
// multipliers can reach.
func (s *scripted) strict(list []candidate) lp.Row {
	// Without strict products the row is 0 ≥ 1/1024, and the program has no point.
	row := lp.Row{Lower: lp.At(rational.NewRat(1, 1<<10))}
	for k, c := range list {
		// An equation is no strict product.
		all := c.equation < 0
		for _, r := range c.references {
			all = all && r >= 0 && s.facts[r].Relation == kernel.GT
		}
		if all {
			row.Terms = append(row.Terms, lp.Term{Variable: k, Coefficient: rational.NewRat(1, 1)})
		}
	}
	return row
}

// nonnegative says whether all symbols of a product are. The product of no symbols is.
func (s *scripted) nonnegative(m kernel.Mono) bool {
	for k := range m.Degree() {
		if !s.signs[m.Symbol(k)] {
			return false
		}
	}
	return true
}
