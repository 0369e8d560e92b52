package statement

import (
	"pstar/theorems/statement/syntax"
)

// A family is a name that stands for symbols, or for random variables.
type family struct {
	declare *syntax.Declare // nil for random variables
	at      syntax.Position
	arity   int
	// members are the numbers of the symbols by the keys of their indices; of random
	// variables, their numbers.
	members map[string]int
	forms   map[int]Form // of symbols that have been asked for
	indices [][]Value    // of all members
	shapes  []*shape     // of the indices
}

// A definition is a let or a set, evaluated when it is asked for.
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
func (x *expander) ident(e *syntax.Ident) operand {
	for i := len(x.scope) - 1; i >= 0; i-- {
		if x.scope[i].name == e.Text {
			return operand{Value: x.scope[i].value}
		}
	}
	if d, ok := x.definitions[e.Text]; ok {
		return operand{Value: x.definition(d)}
	}
	if k, ok := x.labels[e.Text]; ok {
		return symbolicOperand(Form{{one, Of(FactSymbol(k))}})
	}
	if f, ok := x.families[e.Text]; ok {
		return x.member(e.Position, e.Text, f, nil)
	}
	if o := x.file.objective; o != nil && o.Name.Text == e.Text {
		x.fail(e.Position, "", "the optimum %s can stand alone on one side of a claim, and nowhere else", e.Text)
	}
	x.unknown(e.Position, e.Text)
	return operand{}
}

// unknown fails for a name that nothing declares.
func (x *expander) unknown(at syntax.Position, name string) {
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
	if v, ok := x.fixed[d.Name.Text]; ok {
		return v
	}
	if d.done {
		return d.value
	}
	if d.open {
		x.fail(d.Position, "", "%s is defined by itself", d.Name.Text)
	}
	d.open = true
	scope := x.scope
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

// maxDefinitions bounds a chain of definitions.
const maxDefinitions = 1000

// severalValues is thrown by a let that is still to be fixed.
type severalValues struct{ *definition }

// member is a symbol of a family.
func (x *expander) member(at syntax.Position, name string, f *family, index []Value) operand {
	if f.declare == nil {
		x.fail(at, "write H("+name+")", "%s is a random variable, not a number", name)
	}
	number := x.find(at, name, f, index)
	form, ok := f.forms[number]
	if !ok {
		form = Form{{one, Of(number)}}
		f.forms[number] = form
	}
	return symbolicOperand(form)
}

// find is the number of a member.
func (x *expander) find(at syntax.Position, name string, f *family, index []Value) int {
	if f.arity == 1 && len(index) > 1 {
		index = []Value{tupleOf(index)} // w[1,2] is w[(1,2)]
	}
	if len(index) != f.arity {
		x.fail(at, "", "%s is declared with %d indices in line %d, found %d", name, f.arity, f.at.Line, len(index))
	}
	x.spend(at, sizeOf(index))
	number, ok := f.members[key(index)]
	if !ok {
		x.fail(at, "", "there is no %s: it is not among the indices declared in line %d", bracketed(name, index), f.at.Line)
	}
	return number
}

// index is X[ARGS]: a symbol, or a component of a tuple, counted from 0.
func (x *expander) index(e *syntax.Index) operand {
	if id, ok := e.X.(*syntax.Ident); ok {
		if f, ok := x.families[id.Text]; ok && !x.isIndex(id.Text) {
			return x.member(e.Position, id.Text, f, x.indices(e))
		}
		if x.labels != nil && x.file.labels[id.Text] {
			name := bracketed(id.Text, x.indices(e))
			k, ok := x.labels[name]
			if !ok {
				x.fail(e.Position, "", "there is no row %s before this line", name)
			}
			return symbolicOperand(Form{{one, Of(FactSymbol(k))}})
		}
	}
	v := x.value(e.X)
	if v.kind != isTuple {
		x.fail(e.Position, "", "only param, var and tuples have indices, this is %v", v.kind)
	}
	if len(e.Args) != 1 {
		x.fail(e.Position, "", "a component of a tuple has one number")
	}
	k := x.small(e.Args[0])
	if k < 0 || k >= int64(len(v.parts)) {
		x.fail(e.Args[0].Where(), "components count from 0", "there is no component %d of %v", k, v)
	}
	return operand{Value: v.parts[k]}
}

func (x *expander) indices(e *syntax.Index) (list []Value) {
	for _, a := range e.Args {
		list = append(list, x.value(a))
	}
	return list
}

// isIndex reports whether a name is that of an index at present.
func (x *expander) isIndex(name string) bool {
	for _, b := range x.scope {
		if b.name == name {
			return true
		}
	}
	return false
}

// each runs do for all values of the clauses, with the names of their patterns bound.
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
		x.scope = x.scope[:depth]
	}
}

// bind binds the names of a pattern.
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

// bindings are the values of the patterns of clauses, which are the last in scope.
func (x *expander) bindings(from int) (list []Value) {
	for _, b := range x.scope[from:] {
		list = append(list, b.value)
	}
	return list
}
