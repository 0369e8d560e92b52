package expand

import (
	"pstar/rational"
	"pstar/theorems/statement"
	"pstar/theorems/statement/syntax"
)

// An operand is what an expression is: a value, or a form in the symbols.
//
// A loose form and a joined product live only while a chain of operators is folded;
// what eval returns is tight.
type operand struct {
	Value
	symbolic bool
	form     statement.Form
	loose    bool // the form is still to be collected
	// Only then does A*B*C extend the pairs of A*B to triples.
	joined bool // a product of sets in this expression
}

// tight collects the form. It must be called before a form is looked at, compared or
// multiplied: terms of a loose one may repeat or cancel.
func (o operand) tight() operand {
	if o.loose {
		o.form, o.loose = statement.Collect(o.form), false
	}
	return o
}

func symbolicOperand(f statement.Form) operand { return operand{symbolic: true, form: f} }

// eval evaluates an expression where names have their present values. Each node costs a
// step, so that nested clauses end at the limit rather than never. Errors are thrown by
// fail and become the error of [Expand].
func (x *expander) eval(e syntax.Expr) operand {
	x.spend(e.Where(), 1)
	switch e := e.(type) {
	case *syntax.Number:
		return operand{Value: Number(e.Value)}
	case *syntax.Text:
		return operand{Value: Value{kind: isAtom, atom: e.Value}}
	case *syntax.Ident:
		return x.ident(e)
	case *syntax.Index:
		return x.index(e)
	case *syntax.Unary:
		return x.unary(e)
	case *syntax.Binary:
		return x.binary(e)
	case *syntax.Chain:
		return operand{Value: truth(x.chain(e))}
	case *syntax.Tuple:
		var parts []Value
		for _, p := range e.Parts {
			v := x.value(p)
			if v.kind == isTruth { // true and false are not told apart by compare and key
				x.fail(p.Where(), "", "a condition is no component of a tuple")
			}
			parts = append(parts, x.part(p.Where(), v))
		}
		return operand{Value: tupleOf(parts)}
	case *syntax.SetOf:
		return operand{Value: x.setOf(e)}
	case *syntax.Information:
		return symbolicOperand(x.information(e))
	case *syntax.Call:
		return x.call(e)
	}
	// The parser makes no others; a new kind of node without a case here is a fault of
	// the program.
	panic("statement: an expression of an unknown kind")
}

// value evaluates an expression that is free of symbols. It is what indices, sets,
// conditions, exponents and definitions are made of: the shape of a system must not
// depend on its parameters.
func (x *expander) value(e syntax.Expr) Value {
	o := x.eval(e)
	if o.symbolic {
		x.fail(e.Where(), "only numbers, tuples, sets and texts can stand here", "an expression with param or var is no value")
	}
	return o.Value
}

// of evaluates an expression that must be of a kind.
func (x *expander) of(want kind, e syntax.Expr) Value {
	v := x.value(e)
	if v.kind != want {
		x.fail(e.Where(), "", "expected %v, found %v", want, v.kind)
	}
	return v
}

// formOf evaluates a number or a form.
func (x *expander) formOf(e syntax.Expr) statement.Form {
	return x.asForm(e.Where(), x.eval(e))
}

// asForm is a number as a constant form, or a form; anything else is an error at its
// place.
func (x *expander) asForm(at syntax.Position, o operand) statement.Form {
	switch o = o.tight(); {
	case o.symbolic:
		return o.form
	case o.kind == isNumber:
		return statement.ConstantForm(o.number)
	}
	x.fail(at, "", "expected a number or an expression in param and var, found %v", o.kind)
	return nil
}

// condition evaluates a condition.
func (x *expander) condition(e syntax.Expr) bool {
	return x.of(isTruth, e).truth
}

// small evaluates an integer of machine size. It is for indices of tuples and ends of
// ranges, which could not be used if they were larger.
func (x *expander) small(e syntax.Expr) int64 {
	v := x.of(isNumber, e)
	n, ok := v.number.Num().Int64()
	if !ok || !v.number.IsInt() {
		x.fail(e.Where(), "", "expected an integer of machine size, found %v", v)
	}
	return n
}

// number checks the length of a number that has been made. Repeated squaring makes a
// number of any length within few steps, so that the length is checked where it grows.
func (x *expander) number(at syntax.Position, n rational.Rat) rational.Rat {
	if n.Num().BitLen() > maxBits || n.Den().BitLen() > maxBits {
		x.fail(at, "", "a number has more than %d bits", maxBits)
	}
	return n
}

// unary is not X or −X. The sign binds tighter than * and looser than ^, so that −2^2
// is −4.
func (x *expander) unary(e *syntax.Unary) operand {
	if e.Op == "not" {
		return operand{Value: truth(!x.condition(e.X))}
	}
	o := x.eval(e.X).tight()
	minusOne := rational.NewRat(-1, 1)
	if o.symbolic {
		return symbolicOperand(o.form.Scale(minusOne))
	}
	return operand{Value: Number(x.asNumber(e.Position, o).Mul(minusOne))}
}

// asNumber is the number of an operand that has no symbols. The caller has looked: a form has
// the kind of the zero value, which is that of numbers, and would be read as 0.
func (x *expander) asNumber(at syntax.Position, o operand) rational.Rat {
	if o.kind != isNumber {
		x.fail(at, "", "expected a number, found %v", o.kind)
	}
	return o.number
}

// binary folds a chain of operators from the left, however long it is. The parser has
// them as a tree that leans to the left, as deep as the sum is long: 200 000 terms
// would be that many calls within each other, so the left spine is walked in a loop.
func (x *expander) binary(e *syntax.Binary) operand {
	var spine []*syntax.Binary
	var left syntax.Expr = e
	for b, ok := left.(*syntax.Binary); ok; b, ok = left.(*syntax.Binary) {
		spine = append(spine, b)
		left = b.X
	}
	o := x.eval(left)
	for i := len(spine) - 1; i >= 0; i-- {
		x.spend(spine[i].Position, 1)
		o = x.apply(spine[i], o)
	}
	return o.tight()
}

// apply is o OP Y. O is what the chain was so far. The right side is evaluated where it
// is needed only.
func (x *expander) apply(e *syntax.Binary, o operand) operand {
	switch e.Op {
	case "and", "or":
		if o.symbolic || o.kind != isTruth {
			x.fail(e.Position, "", "expected a condition before %q", string(e.Op))
		}
		if o.truth == (e.Op == "or") {
			// As in card(S) > 0 and 1/card(S) < 2.
			return o // the other side need not make sense
		}
		return operand{Value: truth(x.condition(e.Y))}
	case "..", "union", "inter", "diff":
		if o.symbolic {
			x.fail(e.Position, "", "expected a value before %q", string(e.Op))
		}
		return operand{Value: x.sets(e, o.Value)}
	case "+", "-":
		return x.sum(e, o)
	}
	o = o.tight()
	y := x.eval(e.Y).tight()
	switch {
	// A product of sets is told from one of numbers by its operands.
	case e.Op == "*" && !o.symbolic && o.kind == isSet && !y.symbolic && y.kind == isSet:
		return operand{Value: x.product(e.Position, o.Value, y.Value, o.joined), joined: true}
	case e.Op == "*":
		return x.times(e.Position, o, y)
	case e.Op == "/":
		return x.over(e.Position, o, y)
	}
	return x.power(e, o, y)
}

// sum is o + Y or o − Y. The terms of a long sum are collected once. A form grows by
// appending and is collected by tight when the chain ends: a sum of n terms costs n log
// n, where adding forms one by one would cost n².
func (x *expander) sum(e *syntax.Binary, o operand) operand {
	y := x.eval(e.Y).tight()
	if !o.symbolic && !y.symbolic {
		// A + B for sets is so common elsewhere that the error says what it is here.
		if o.kind == isSet && y.kind == isSet {
			x.fail(e.Position, "write union or diff", "sets are not numbers")
		}
		a, b := x.asNumber(e.Position, o), x.asNumber(e.Position, y)
		if e.Op == "-" {
			b = b.Neg()
		}
		return operand{Value: Number(x.number(e.Position, a.Add(b)))}
	}
	// The first symbolic summand. Its form may be shared with a symbol of a family, and
	// is copied before anything is appended.
	if !o.loose {
		o = operand{symbolic: true, loose: true, form: append(statement.Form(nil), x.asForm(e.Position, o)...)}
	}
	f := x.asForm(e.Position, y)
	x.spend(e.Position, len(f))
	if e.Op == "-" {
		f = f.Scale(rational.NewRat(-1, 1))
	}
	o.form = append(o.form, f...)
	return o
}

// times is the product, of which one side is a number unless the file is a proof by
// hand.
func (x *expander) times(at syntax.Position, a, b operand) operand {
	switch {
	case !a.symbolic && !b.symbolic:
		return operand{Value: Number(x.number(at, x.asNumber(at, a).Mul(x.asNumber(at, b))))}
	case !a.symbolic:
		return symbolicOperand(b.form.Scale(x.asNumber(at, a)))
	case !b.symbolic:
		return symbolicOperand(a.form.Scale(x.asNumber(at, b)))
	}
	if !x.byHand {
		x.bilinear(at, a.form, b.form)
	}
	// Both factors are tight, so that the product has at most as many terms, before
	// like ones are added.
	x.spend(at, len(a.form)*len(b.form))
	if a.form.Degree()+b.form.Degree() > maxDegree {
		x.fail(at, "", "a product of more than %d symbols", maxDegree)
	}
	return symbolicOperand(a.form.Times(b.form))
}

// Both are said in docs/theorem-files.md.
const (
	// The kernel refuses longer products, so that a proof could not be written down.
	maxDegree = 64 // of the format of certificates
	// It bounds the steps that one power takes.
	maxExponent = 1000
)

// bilinear fails for a product of two forms. It says which sorts of symbols met, since
// for two parameters there is another way out than for unknowns.
func (x *expander) bilinear(at syntax.Position, a, b statement.Form) {
	what := func(f statement.Form) string {
		if x.system.HoldsUnknown(f) {
			return "an unknown"
		}
		return "a parameter"
	}
	x.fail(at, "every row is linear; products of parameters are for proofs by hand, with given and have", "bilinear: a product of %s and %s", what(a), what(b))
}

// over is the quotient, as a product with the inverse of a number.
func (x *expander) over(at syntax.Position, a, b operand) operand {
	if b.symbolic {
		x.fail(at, "", "a quotient by an expression in param and var is not linear")
	}
	d := x.asNumber(at, b)
	if d.IsZero() {
		x.fail(at, "", "division by zero")
	}
	return x.times(at, a, operand{Value: Number(d.Inv())})
}

// power is a^b. Multiplying step by step looks at the length of each intermediate
// number and charges for it; squaring would need fewer steps and the same checks.
func (x *expander) power(e *syntax.Binary, a, b operand) operand {
	if b.symbolic || b.kind != isNumber || !b.number.IsInt() || b.number.Abs().Cmp(rational.NewRat(maxExponent, 1)) > 0 {
		x.fail(e.Position, "", "an exponent is an integer of at most %d", maxExponent)
	}
	n, _ := b.number.Num().Int64()
	if a.symbolic && (n < 0 || n > maxDegree) {
		x.fail(e.Position, "", "an exponent over param and var is 0..%d", maxDegree)
	}
	// Asked of the base even where n is 0: {1,2}^0 is an error, and not 1.
	if !a.symbolic && x.asNumber(e.Position, a).IsZero() && n < 0 {
		x.fail(e.Position, "", "division by zero")
	}
	result := operand{Value: integer(1)}
	for range max(n, -n) {
		x.spend(e.Position, 1)
		result = x.times(e.Position, result, a)
	}
	if n < 0 {
		result.number = result.number.Inv()
	}
	return result
}
