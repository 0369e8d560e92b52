package proof

import "pstar/rational"

// Sign is the reference to the sign of a symbol. The kernel numbers these facts from −1
// downwards, one for each nonnegative symbol.
func Sign(symbol int) int { return -1 - symbol }

// Step is an element of a list of steps.
func (w *Writer) Step(rule string, members func()) {
	w.Open('{')
	w.Member("rule")
	w.Text(rule)
	members()
	w.Close('}')
}

// Rule is a step with the members as and of. Rules with several forms have the form as
// "as".
func (w *Writer) Rule(name, as string, of func()) {
	w.Step(name, func() { w.asOf(as, of) })
}

func (w *Writer) asOf(as string, of func()) {
	w.Member("as")
	w.Text(as)
	w.List("of", of)
}

// Min defines min(a,b), of which the functions write the polynomials; joins writes the
// list of the rule. Pairs in joins are of references to facts: what holds with a in
// place of the minimum, and what holds with b.
func (w *Writer) Min(a, b, joins func()) {
	w.Step("define", func() {
		w.asOf("min", func() {
			a()
			b()
		})
		w.List("joins", joins)
	})
}

// Combine settles the goal with this number. Products and equations are written by the
// two functions, which may be nil. The kernel checks goal = Σ products + Σ equations +
// what is nonnegative by itself.
func (w *Writer) Combine(goal int, products, equations func()) {
	w.Step("combine", func() {
		w.Member("goal")
		w.Int(goal)
		w.Lists(products, equations)
	})
}

// ScaledCombine settles the goal times a positive number. The number must be positive;
// the kernel checks that times·goal is the sum.
func (w *Writer) ScaledCombine(goal int, times rational.Rat, products, equations func()) {
	w.Step("combine", func() {
		w.Member("goal")
		w.Int(goal)
		w.Member("times")
		w.Rat(times.Big())
		w.Lists(products, equations)
	})
}

// Have adds a fact, of which poly writes the polynomial as an element. A goal that is
// no number is the fact itself.
func (w *Writer) Have(relation string, poly, products, equations func()) {
	w.Step("combine", func() {
		w.Member("goal")
		w.Relation(relation, poly)
		w.Lists(products, equations)
	})
}

// Lists are the members products and equations.
func (w *Writer) Lists(products, equations func()) {
	// Both members are there, even if they are empty.
	w.List("products", products)
	w.List("equations", equations)
}

// Product is an element [n,REF,…] of the products of a combine. References are numbers
// of facts, or of signs; n is not 0.
func (w *Writer) Product(n int, references ...int) {
	w.Open('[')
	w.Int(n)
	w.ints(references)
	w.Close(']')
}

// Equation is an element [POLY,REF] of the equations of a combine, of which poly writes the terms.
func (w *Writer) Equation(reference int, poly func()) {
	w.Open('[')
	w.Open('[')
	poly()
	w.Close(']')
	w.Int(reference)
	w.Close(']')
}

// Constant is c times each of the equations first..last-1, if there are any. It is the
// short form of as many equations with the same factor.
func (w *Writer) Constant(c, first, last int) {
	// An empty run is not written, so that callers need not ask.
	if first >= last {
		return
	}
	w.Open('[')
	w.Open('[')
	w.Term(c)
	w.Close(']')
	w.Int(first)
	// A run of one is written without its end, which is the one spelling.
	if last > first+1 {
		w.Int(last - 1)
	}
	w.Close(']')
}

// Difference adds the fact that symbol x is at least symbol y, the sum of two facts.
// Both facts are inequalities; the sum of their polynomials is x − y.
func (w *Writer) Difference(x, y, first, second int) {
	w.Have(">=", func() {
		w.Open('[')
		w.Term(1, x)
		w.Term(-1, y)
		w.Close(']')
	}, func() {
		w.Product(1, first)
		w.Product(1, second)
	}, nil)
}

// Sorted writes dualise and sort of symbols first..first+n-1, with the steps inside. It
// is the beginning of every proof that there are unknowns where the multipliers can be
// sorted.
func (w *Writer) Sorted(first, n int, steps func()) {
	w.Step("dualise", func() {
		w.List("steps", func() {
			w.Step("sort", func() {
				w.List("symbols", func() {
					for i := range n {
						w.Int(first + i)
					}
				})
				w.List("steps", steps)
			})
		})
	})
}
