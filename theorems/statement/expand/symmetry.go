package expand

import (
	"fmt"
	"slices"
	"strings"

	"pstar/internal/each"
	"pstar/rational"
	"pstar/theorems/statement"
	"pstar/theorems/statement/syntax"
)

// A shape says of which sets of the file the parts of an index are elements, as far as its declaration tells.
//
// A permutation of a set A must move what are elements of A and leave alone the same
// numbers where they come from another set: in w[i in A, j in B] with A = B = 1..3 it
// moves i only. So values alone do not tell; the declarations do. A nil shape is of
// values that no declared set is known to hold, and they stay where they are.
type shape struct {
	base  string   // elements of this set
	parts []*shape // tuples, unless nil
	of    *shape   // sets of these, unless nil
}

// shapes of the names of patterns.
type shapes map[string]*shape

// elements is the shape of the elements of a set; nil if nothing is known of them.
//
// It is found from the expressions that define sets, without evaluating them. What is
// found need not be all: a shape that is wrong or missing makes a permutation of the
// symbols that does not fix the rows, and is refused by the method fixes.
func (x *expander) elements(e syntax.Expr, names shapes) *shape {
	switch e := e.(type) {
	case *syntax.Ident:
		// A name of a pattern, such as T in "i in T": its elements are those of the
		// sets that T ranges over.
		if s, ok := names[e.Text]; ok && s != nil {
			return s.of
		}
		d, ok := x.definitions[e.Text]
		if !ok {
			return nil
		}
		if d.shape == nil {
			if d.shape = x.elements(d.Value, nil); d.shape == nil {
				d.shape = &shape{base: e.Text}
			}
		}
		return d.shape
	case *syntax.Binary:
		left := x.elements(e.X, names)
		if e.Op != "*" {
			// Union, inter and diff, whose elements are taken to be of the left set's
			// shape; a range has numbers, which are of no set.
			return left
		}
		s := &shape{parts: []*shape{left}}
		if b, ok := e.X.(*syntax.Binary); ok && b.Op == "*" { // A*B*C are triples
			s.parts = slices.Clone(left.parts)
		}
		s.parts = append(s.parts, x.elements(e.Y, names))
		return s
	case *syntax.Call:
		if e.Function == "subsets" {
			return &shape{of: x.elements(e.Args[0].Value, names)}
		}
	case *syntax.SetOf:
		if len(e.Args) == 1 && len(e.Args[0].Clauses) > 0 {
			return x.described(e.Args[0], names)
		}
	}
	// A sum, a number, a list of elements: nothing is known.
	return nil
}

// described is the shape of {VALUE for …}. The names of the clauses have the shapes of
// the sets that they run through; a value is one of the names, or a tuple of them. Of a
// computed value nothing is known.
func (x *expander) described(a syntax.Argument, names shapes) *shape {
	// A copy: names of inner clauses end with them.
	inner := shapes{}
	for n, s := range names {
		inner[n] = s
	}
	for _, c := range a.Clauses {
		if c.Pattern != nil {
			inner.bind(c.Pattern, x.elements(c.Value, inner))
		}
	}
	var of func(e syntax.Expr) *shape
	of = func(e syntax.Expr) *shape {
		switch e := e.(type) {
		case *syntax.Ident:
			return inner[e.Text]
		case *syntax.Tuple:
			s := &shape{}
			for _, p := range e.Parts {
				s.parts = append(s.parts, of(p))
			}
			return s
		}
		return nil
	}
	return of(a.Value)
}

// A name gets the shape, a tuple the shapes of its parts, as far as the shape has them.
func (n shapes) bind(p *syntax.Pattern, s *shape) {
	if p.Parts == nil {
		n[p.Name.Text] = s
		return
	}
	for i, part := range p.Parts {
		if s != nil && i < len(s.parts) {
			n.bind(part, s.parts[i])
		} else {
			n.bind(part, nil)
		}
	}
}

// indexShapes are those of the indices of a declaration. There is one for each pattern,
// as there is one value: an index that is a tuple has a shape with parts.
func (x *expander) indexShapes(index []syntax.Clause) (list []*shape) {
	names := shapes{}
	for _, c := range index {
		if c.Pattern != nil {
			s := x.elements(c.Value, names)
			names.bind(c.Pattern, s)
			list = append(list, s)
		}
	}
	return list
}

// permutation moves the elements of one set. Elements that are not in the table stay.
type permutation struct {
	set string
	to  map[string]Value // by key
}

// of is the image of a value of a shape. A value is moved if its shape says that it is
// an element of the set; within sets and tuples their parts are.
func (p *permutation) of(v Value, s *shape) Value {
	switch {
	case s == nil:
		// A subset of the declared set may have been widened by union: its other
		// elements stay.
		return v
	case s.base == p.set:
		if w, ok := p.to[key([]Value{v})]; ok {
			return w
		}
	// The image of a set is in other order, and sorted anew. A permutation is
	// one-to-one, so that it stays as large.
	case s.of != nil && v.kind == isSet:
		list := each.Of(v.parts, func(e Value) Value { return p.of(e, s.of) })
		return setOf(list)
	case s.parts != nil && v.kind == isTuple:
		t := Value{kind: isTuple, size: v.size}
		for i, e := range v.parts {
			var inner *shape
			// A tuple with more components than its shape knows of has values that
			// stay.
			if i < len(s.parts) {
				inner = s.parts[i]
			}
			t.parts = append(t.parts, p.of(e, inner))
		}
		return t
	}
	return v
}

// symmetric checks that the permutations of a set fix the system, by two that generate all.
//
// A transposition and a cycle generate all n! permutations, so that only two are looked
// at; of two elements the transposition is all. The sets of one line are separate
// symmetries, each with generators of its own.
func (x *expander) symmetric(s *syntax.Symmetric) {
	for _, n := range s.Sets {
		d, ok := x.definitions[n.Text]
		if !ok || !d.Set {
			x.fail(n.Position, "write the name of a set", "%s is no set", n.Text)
		}
		// A set whose elements are taken from another one cannot be permuted by itself:
		// the rows speak of the other one as well.
		if e := x.elements(&syntax.Ident{Name: n}, nil); e.base != n.Text {
			x.fail(n.Position, "name the set of which its elements are made", "the set %s is made of others", n.Text)
		}
		list := x.definition(d).parts
		// One element, or none, has no permutation but the identity.
		if len(list) < 2 {
			continue
		}
		sym := statement.Symmetry{Set: n.Text}
		swap := append([]Value{list[1], list[0]}, list[2:]...)
		cycle := append(slices.Clone(list[1:]), list[0])
		for _, image := range [][]Value{swap, cycle} {
			p := &permutation{set: n.Text, to: map[string]Value{}}
			for i, v := range list {
				p.to[key([]Value{v})] = image[i]
			}
			sym.Generators = append(sym.Generators, x.moved(n, p))
			if len(list) == 2 {
				break
			}
		}
		x.system.Symmetries = append(x.system.Symmetries, sym)
	}
}

// moved is the permutation of the symbols, which must fix facts and objective.
//
// It fails if the image of a symbol is not declared, that is, if the indices of a
// family are not closed under the permutation.
func (x *expander) moved(n syntax.Name, p *permutation) []int {
	// Symbols that belong to no family, the joint entropies, are moved below.
	to := each.To(len(x.system.Symbols), func(i int) int { return i })
	variables := make([]int, len(x.joint.names))
	for _, name := range x.file.names { // in order, so that of several errors the same one is told each time
		f, ok := x.families[name]
		if !ok {
			continue // a let, a set or the optimum
		}
		for _, index := range f.indices {
			image := each.Numbered(index, func(i int, v Value) Value { return p.of(v, f.shapes[i]) })
			target, ok := f.members[key(image)]
			if !ok {
				x.fail(n.Position, "", "a permutation of %s takes %s to %s, which is not declared", n.Text, bracketed(name, index), bracketed(name, image))
			}
			// A random variable is moved with its indices; its entropies follow.
			if f.declare == nil {
				variables[f.members[key(index)]] = target
			} else {
				to[f.members[key(index)]] = target
			}
		}
	}
	// The entropy of a set goes to that of the set of images.
	for set := uint(1); set < 1<<len(variables); set++ {
		image := uint(0)
		for i, v := range variables {
			if set>>i&1 == 1 {
				image |= 1 << v
			}
		}
		to[x.joint.symbol(set)] = x.joint.symbol(image)
	}
	x.fixes(n, to)
	return to
}

// fixes checks that facts go to facts, and the objective to itself.
//
// That is what makes the rest safe: whatever was wrong about shapes ends here. Facts
// are compared as a list with repetition, up to positive multiples, for equations up to
// any.
func (x *expander) fixes(n syntax.Name, to []int) {
	// Each generator looks at all terms that there are.
	x.spend(n.Position, x.budget.terms)
	renamed := map[int]int{}
	for i, k := range to {
		renamed[i] = k
		// Else x >= 0, which is no fact but a property of the symbol, would not be
		// kept.
		if a, b := x.system.Symbols[i], x.system.Symbols[k]; a.Nonnegative != b.Nonnegative || a.Unknown != b.Unknown {
			x.fail(n.Position, "", "a permutation of %s takes %s to %s, which is of another sort", n.Text, a.Name, b.Name)
		}
	}
	known := map[string]int{}
	for _, f := range x.system.Facts {
		known[factKey(f, f.Form)]++
	}
	for _, f := range x.system.Facts {
		image := f.Form.Renamed(renamed)
		if k := factKey(f, image); known[k] > 0 {
			// Used up: two facts cannot go to the same one.
			known[k]--
			continue
		}
		x.fail(n.Position, "", "a permutation of %s takes the row %s to %s, which is none", n.Text, x.system.Text(f.Row), x.system.Sides(image, f.Relation))
	}
	if o := x.system.Objective; o != nil && !o.Form.Renamed(renamed).Equal(o.Form) {
		x.fail(n.Position, "", "a permutation of %s changes the objective to %s", n.Text, o.Form.Renamed(renamed).Text(x.system.Name))
	}
}

// factKey is the same for facts that say the same in other numbers. Whether it is
// assumed belongs to it, too: an assumption that goes to a row of the system would
// change what the theorem speaks of.
func factKey(f statement.Fact, form statement.Form) string {
	form = form.Primitive()
	if f.Relation == statement.Equal && len(form) > 0 && form[len(form)-1].C.Sign() < 0 {
		form = form.Scale(rational.NewRat(-1, 1))
	}
	var b strings.Builder
	fmt.Fprintf(&b, "%v %v", f.Relation, f.Assumed)
	for _, t := range form {
		fmt.Fprintf(&b, " %x %v", string(t.M), t.C)
	}
	return b.String()
}
