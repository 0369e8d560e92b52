package expand

import (
	"pstar/rational"
	"pstar/theorems/statement"
	"pstar/theorems/statement/syntax"
)

var one = rational.Whole(1)

// call is a function that is not of entropies. Parsing has let no
// other names through: what is not named here is min or max.
func (x *expander) call(e *syntax.Call) operand {
	switch e.Function {
	case "sum":
		return x.summed(e)
	case "subsets":
		return operand{Value: x.subsets(e)}
	case "card":
		v := x.of(isSet, x.plain(e, 0))
		return operand{Value: integer(int64(len(v.parts)))}
	}
	return operand{Value: x.extreme(e)}
}

// plain is an argument without clauses. Clauses would make a list of values of it, as
// in subsets(i for i in A), which is written {i for i in A}.
func (x *expander) plain(e *syntax.Call, k int) syntax.Expr {
	if k >= len(e.Args) || len(e.Args[k].Clauses) > 0 {
		x.fail(e.Position, "", "%s takes a set", e.Function)
	}
	return e.Args[k].Value
}

// summed is sum(TERM for …). Numbers and forms may be mixed; what has no symbol stays a
// number, so that it can stand as an exponent, in a condition, or as a divisor. The
// terms are collected once at the end: a sum of n forms costs n log n, not n².
func (x *expander) summed(e *syntax.Call) operand {
	var terms []statement.Term
	var number rational.Rat
	symbolic := false
	for _, a := range e.Args {
		x.each(a.Clauses, func() {
			o := x.eval(a.Value).tight()
			if !o.symbolic {
				// The sum of many numbers can grow beyond all bounds by its
				// denominators, so that each partial sum is looked at.
				number = x.number(a.Value.Where(), number.Add(x.asNumber(a.Value.Where(), o)))
				return
			}
			symbolic = true
			x.spend(a.Value.Where(), len(o.form))
			terms = append(terms, o.form...)
		})
	}
	// A sum over nothing is the number 0.
	if !symbolic {
		return operand{Value: Number(number)}
	}
	return symbolicOperand(statement.Collect(append(terms, statement.ConstantForm(number)...)))
}

// extreme is min or max of numbers. That of forms stands in a claim on the optimum, which
// does not come here.
func (x *expander) extreme(e *syntax.Call) Value {
	var best *rational.Rat
	for _, a := range e.Args {
		x.each(a.Clauses, func() {
			o := x.eval(a.Value)
			if o.symbolic {
				x.fail(e.Position, "write claim P = "+e.Function+"(…), with the name of the optimum for P", "%s of param or var is not linear", e.Function)
			}
			n := x.asNumber(a.Value.Where(), o)
			// For min, a smaller one replaces; for max, one that is not smaller, a tie
			// included, which changes nothing.
			if best == nil || (n.Cmp(*best) < 0) == (e.Function == "min") {
				best = &n
			}
		})
	}
	// There is no least of no numbers: infinity is not a number of the language.
	if best == nil {
		x.fail(e.Position, "", "%s of nothing", e.Function)
	}
	return Number(*best)
}

// chain evaluates X REL Y REL Z. It stops at the first relation that fails, so that
// later sides need not make sense, as in 1 <= i <= 3.
func (x *expander) chain(e *syntax.Chain) bool {
	left := x.value(e.Sides[0])
	for i, sign := range e.Signs {
		right := x.value(e.Sides[i+1])
		if !x.related(sign, left, right) {
			return false
		}
		left = right
	}
	return true
}

// related is X REL Y for values: an order of numbers, inclusion of sets. Equality and
// membership are of all kinds of values; the order is of numbers and of sets only: an
// order of texts or tuples would say nothing that a reader expects.
func (x *expander) related(sign syntax.Sign, a, b Value) bool {
	switch sign.Kind {
	case "==":
		return compare(a, b) == 0
	case "!=":
		return compare(a, b) != 0
	case "in":
		if b.kind != isSet {
			x.fail(sign.Position, "", "expected a set after in, found %v", b.kind)
		}
		return b.contains(a)
	}
	// Only <= and < are left to decide.
	if sign.Kind == ">=" || sign.Kind == ">" {
		a, b = b, a
	}
	strict := sign.Kind == "<" || sign.Kind == ">"
	switch {
	case a.kind == isSet && b.kind == isSet:
		// A subset of as many elements is the set itself.
		return a.within(b) && !(strict && len(a.parts) == len(b.parts))
	case a.kind == isNumber && b.kind == isNumber:
		c := a.number.Cmp(b.number)
		return c < 0 || c == 0 && !strict
	}
	x.fail(sign.Position, "", "%q compares two numbers or two sets, not %v and %v", string(sign.Kind), a.kind, b.kind)
	return false
}
