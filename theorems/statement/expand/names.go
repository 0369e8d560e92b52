package expand

import (
	"slices"

	"pstar/theorems/statement"
	"pstar/theorems/statement/syntax"
)

// A family is a name that stands for symbols, or for random variables.
//
// Symbols are found by the values of their indices, whatever set these came from.
type family struct {
	declare *syntax.Declare // nil for random variables
	at      syntax.Position
	arity   int
	// members are the numbers of the symbols by the keys of their indices; of random
	// variables, their numbers.
	members map[string]int
	// Forms of one symbol are asked for as often as it is used, and are made once.
	forms map[int]statement.Form // of symbols that have been asked for
	// They are in the order of the declaration, which is that of the numbers.
	indices [][]Value // of all members
	shapes  []*shape  // of the indices
}

// A definition is a let or a set, evaluated when it is asked for. The order of lines
// does not matter: a definition that rests on a later one evaluates that first.
type definition struct {
	*syntax.Define
	value      Value
	done, open bool // evaluated; being evaluated
	// shape is that of its elements, once asked for. Without it a chain of sets, each described by two clauses over the one
	// before, would cost two to the power of its length.
	shape *shape
}

// binding is a name of a pattern with its value.
type binding struct {
	name  string
	value Value
}

// ident is what a name stands for: an index, a let or set, a symbol.
//
// The order of the cases is that of scope: the innermost index hides those outside,
// these hide definitions, and only the sums of a proof by hand have labels.
func (x *expander) ident(e *syntax.Ident) operand {
	for i := len(x.scope) - 1; i >= 0; i-- {
		if x.scope[i].name == e.Text {
			return operand{Value: x.scope[i].value}
		}
	}
	// Its value does not depend on where it is asked for.
	if d, ok := x.definitions[e.Text]; ok {
		return operand{Value: x.definition(d)}
	}
	// Within the sum of a step, labels are names; no symbol has the same name, see
	// distinct.
	if k, ok := x.labels[e.Text]; ok {
		return symbolicOperand(statement.Form{{C: one, M: statement.Of(statement.FactSymbol(k))}})
	}
	// Without indices: of a family that has some, member says what is missing.
	if f, ok := x.families[e.Text]; ok {
		return x.member(e.Position, e.Text, f, nil)
	}
	// It has no symbol, as its value is what is asked for.
	if o := x.file.objective; o != nil && o.Name.Text == e.Text {
		x.fail(e.Position, "", "the optimum %s can stand alone on one side of a claim, and nowhere else", e.Text)
	}
	x.unknown(e.Position, e.Text)
	// Unknown throws; the compiler wants a result.
	return operand{}
}

// unknown fails for a name that nothing declares, or that stands for no value yet.
func (x *expander) unknown(at syntax.Position, name string) {
	if slices.Contains(x.file.names, name) {
		// Symbols are made after all definitions, each when its own indices are known: here it has not been made yet.
		x.fail(at, "only numbers, tuples, sets and texts can stand here", "%s is a param, a var or a random variable, no value", name)
	}
	hint := "names are declared by let, set, param, var or entropy"
	if near := x.near(name); near != "" {
		hint = "did you mean " + near + "?"
	}
	x.fail(at, hint, "unknown name %q", name)
}

// near is a declared name that differs in the case of letters, or by one character put in, left out or replaced; the first in
// the file, so that the message is the same each time.
func (x *expander) near(name string) string {
	for _, other := range x.file.names {
		if similar(other, name) {
			return other
		}
	}
	return ""
}

// definition is the value of a let or a set.
func (x *expander) definition(d *definition) Value {
	// For this instance it is one number of several.
	if v, ok := x.fixed[d.Name.Text]; ok {
		return v
	}
	if d.done {
		return d.value
	}
	// The value is being evaluated further up the stack.
	if d.open {
		x.fail(d.Position, "", "%s is defined by itself", d.Name.Text)
	}
	d.open = true
	scope := x.scope
	// Otherwise its value would depend on the first place where it is used, and be kept
	// from there.
	x.scope = nil // a definition sees no index
	if x.depth++; x.depth > maxDefinitions {
		x.fail(d.Position, "", "more than %d definitions rest on each other", maxDefinitions)
	}
	d.value = x.value(d.Value)
	x.depth--
	x.scope = scope
	d.open, d.done = false, true
	switch {
	case d.Set && d.value.kind != isSet:
		x.fail(d.Value.Where(), "write let for numbers", "expected a set, found %v", d.value.kind)
	case !d.Set && d.value.kind == isSet:
		panic(severalValues{d}) // for instances, which catches it
	case !d.Set && d.value.kind != isNumber:
		x.fail(d.Value.Where(), "write set for sets", "expected a number, or a range of numbers, found %v", d.value.kind)
	}
	return d.value
}

// maxDefinitions bounds a chain of definitions. Each takes a few calls within each
// other, which the stack of the program must hold.
const maxDefinitions = 1000

// severalValues is thrown by a let that is still to be fixed.
type severalValues struct{ *definition }

// member is a symbol of a family. Each symbol is made once; in a file with large sums
// most of the memory would else be forms of one term.
func (x *expander) member(at syntax.Position, name string, f *family, index []Value) operand {
	// Most often H( ) was forgotten.
	if f.declare == nil {
		x.fail(at, "write H("+name+")", "%s is a random variable, not a number", name)
	}
	number := x.find(at, name, f, index)
	form, ok := f.forms[number]
	if !ok {
		form = statement.Form{{C: one, M: statement.Of(number)}}
		f.forms[number] = form
	}
	return symbolicOperand(form)
}

// find is the number of a member. It fails if the number of indices is wrong, or if
// they are not among those of the declaration: the message tells the two apart, as the
// second one is mostly a clause too wide.
func (x *expander) find(at syntax.Position, name string, f *family, index []Value) int {
	// Of a family with one index, several are taken for a tuple, so that p[1,2] and
	// p[(1,2)] are the same for param p[t in A*A].
	if f.arity == 1 && len(index) > 1 {
		index = []Value{tupleOf(index)} // w[1,2] is w[(1,2)]
	}
	if len(index) != f.arity {
		x.fail(at, "", "%s is declared with %d indices in line %d, found %d", name, f.arity, f.at.Line, len(index))
	}
	// A key is as long as its values, which may be large sets.
	x.spend(at, sizeOf(index))
	number, ok := f.members[key(index)]
	if !ok {
		x.fail(at, "", "there is no %s: it is not among the indices declared in line %d", bracketed(name, index), f.at.Line)
	}
	return number
}

// index is X[ARGS]: a symbol, or a component of a tuple, counted from 0.
func (x *expander) index(e *syntax.Index) operand {
	// A name of a pattern hides the family: in q[p in A*A] … p[0] is a component even
	// if there is a param p.
	if id, ok := e.X.(*syntax.Ident); ok {
		if f, ok := x.families[id.Text]; ok && !x.isIndex(id.Text) {
			return x.member(e.Position, id.Text, f, x.indices(e))
		}
		// Labels with indices stand for the rows of their clauses.
		if x.labels != nil && x.file.labels[id.Text] {
			name := bracketed(id.Text, x.indices(e))
			k, ok := x.labels[name]
			// Steps see rows, and the steps before them, only; otherwise a proof could
			// rest on itself.
			if !ok {
				x.fail(e.Position, "", "there is no row %s before this line", name)
			}
			return symbolicOperand(statement.Form{{C: one, M: statement.Of(statement.FactSymbol(k))}})
		}
	}
	v := x.value(e.X)
	if v.kind != isTuple {
		x.fail(e.Position, "", "only param, var and tuples have indices, this is %v", v.kind)
	}
	if len(e.Args) != 1 {
		x.fail(e.Position, "", "a component of a tuple has one number")
	}
	// Components count from 0, while sets may count from wherever they like.
	k := x.small(e.Args[0])
	if k < 0 || k >= int64(len(v.parts)) {
		x.fail(e.Args[0].Where(), "components count from 0", "there is no component %d of %v", k, v)
	}
	return operand{Value: v.parts[k]}
}

// indices are the values between the brackets.
func (x *expander) indices(e *syntax.Index) (list []Value) {
	for _, a := range e.Args {
		list = append(list, x.value(a))
	}
	return list
}

// isIndex reports whether a name is that of an index at present.
func (x *expander) isIndex(name string) bool {
	return slices.ContainsFunc(x.scope, func(b binding) bool { return b.name == name })
}

// each runs do for all values of the clauses, with the names of their patterns bound.
// The first clause is the outermost loop; a condition is asked with the names before it
// bound. Sets are in order, so that everything is made in the same order each time.
func (x *expander) each(clauses []syntax.Clause, do func()) {
	if len(clauses) == 0 {
		do()
		return
	}
	c := clauses[0]
	if c.Pattern == nil {
		if x.condition(c.Value) {
			x.each(clauses[1:], do)
		}
		return
	}
	depth := len(x.scope)
	for _, v := range x.of(isSet, c.Value).parts {
		x.spend(c.Position, 1)
		x.bind(c.Position, c.Pattern, v)
		x.each(clauses[1:], do)
		// What the clause bound ends with it, for the next value and for the caller.
		x.scope = x.scope[:depth]
	}
}

// bind binds the names of a pattern. A tuple is taken apart, as deep as the pattern
// goes; a name takes the rest whole.
func (x *expander) bind(at syntax.Position, p *syntax.Pattern, v Value) {
	if p.Parts == nil {
		x.scope = append(x.scope, binding{p.Name.Text, v})
		return
	}
	if v.kind != isTuple || len(v.parts) != len(p.Parts) {
		x.fail(at, "", "a pattern of %d names does not fit %v", len(p.Parts), v)
	}
	for i, part := range p.Parts {
		x.bind(at, part, v.parts[i])
	}
}

// bindings are the values of the patterns of clauses, which are the last in scope. They
// are the indices of a label or of a term. All names of a tuple's pattern count
// separately.
func (x *expander) bindings(from int) (list []Value) {
	for _, b := range x.scope[from:] {
		list = append(list, b.value)
	}
	return list
}
