package expand

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"pstar/format/text"
	"pstar/theorems/statement"
	"pstar/theorems/statement/syntax"
)

// Read reads a theorem file and writes all its indices out: one system for each choice
// among the values of lets that are ranges. Errors are of type *text.SyntaxError, with
// their place in the file, unless r itself fails; a panic of another kind is a fault of
// the program and is passed on.
func Read(r io.Reader, name string) (systems []*statement.System, err error) {
	tree, err := syntax.Read(r, name)
	if err != nil {
		return nil, err
	}
	defer func() {
		if failure := recover(); failure != nil {
			// Deep within an evaluation errors are thrown, since nearly every
			// expression can fail and none can go on.
			var wrong *text.SyntaxError
			if e, ok := failure.(error); !ok || !errors.As(e, &wrong) {
				panic(failure)
			}
			systems, err = nil, wrong
		}
	}()
	f := survey(tree)
	budget := &budget{}
	var lets []string // that have several values, in the order in which they were met
	for _, fixed := range f.instances(budget, map[string]Value{}, &lets) {
		x := newExpander(f, budget, fixed)
		x.expand()
		x.system.Setting, x.system.Instance = setting(lets, fixed), len(systems)+1
		systems = append(systems, x.system)
	}
	return systems, nil
}

// setting tells the instance: the lets that have several values with the one that each has here.
func setting(lets []string, fixed map[string]Value) string {
	var parts []string
	for _, name := range lets {
		// A let may have several values in some instances only, and is then no choice in the others: after let n = 0..1,
		// let m = (1..2, 5)[n] is 5 for n = 1.
		if v, ok := fixed[name]; ok {
			parts = append(parts, fmt.Sprintf("%s = %v", name, v))
		}
	}
	return strings.Join(parts, ", ")
}

// surveyed is a file of which the statements are known by their names.
//
// It is the same for all instances; what depends on the values of lets is in the
// expander.
type surveyed struct {
	*syntax.File
	title     string
	names     []string // in the order of the file
	defines   []*syntax.Define
	objective *syntax.Objective
	byHand    bool // products of symbols are permitted
	labels    map[string]bool
	entropy   bool
}

// survey finds out what the file declares; names and labels stand for one thing only.
// Lines may use what is declared below them, so that all names must be known before any
// expression is evaluated.
func survey(tree *syntax.File) *surveyed {
	f := &surveyed{File: tree, title: statement.Untitled}
	places := map[string]syntax.Position{}
	labels := map[string]syntax.Position{}
	f.labels = map[string]bool{}
	// The two spaces of names are apart: a row may be called like a symbol, unless sums
	// of rows speak of both, see distinct.
	once := func(n syntax.Name, places map[string]syntax.Position, what string) {
		if first, ok := places[n.Text]; ok {
			panic(tree.Fail(n.Position, "", "the %s %q is used in line %d already", what, n.Text, first.Line))
		}
		places[n.Text] = n.Position
	}
	declare := func(n syntax.Name) {
		once(n, places, "name")
		f.names = append(f.names, n.Text)
	}
	titled := false
	for _, s := range tree.Statements {
		switch s := s.(type) {
		case *syntax.Theorem:
			if titled {
				panic(tree.Fail(s.Position, "one file, one theorem", "a second name of the theorem"))
			}
			f.title, titled = s.Title, true
		case *syntax.Define:
			declare(s.Name)
			f.defines = append(f.defines, s)
		case *syntax.Declare:
			declare(s.Name)
		case *syntax.Entropy:
			f.entropy = true
			for _, v := range s.Variables {
				declare(v.Name)
			}
		case *syntax.Objective:
			if f.objective != nil {
				panic(tree.Fail(s.Position, "", "a second objective; the first one is in line %d", f.objective.Line))
			}
			declare(s.Name)
			f.objective = s
		// An assumption need not have a label; a row of s.t. does, and the parser sees
		// to it.
		case *syntax.Relation:
			if s.Label.Text != "" {
				once(s.Label, labels, "label")
				f.labels[s.Label.Text] = true
			}
			f.byHand = f.byHand || s.Word == "given"
		case *syntax.Have:
			once(s.Name, labels, "label")
			f.labels[s.Name.Text] = true
			f.byHand = true
		}
	}
	if f.byHand {
		f.distinct(places, labels)
	}
	return f
}

// distinct refuses labels of a proof by hand that are names of something else: in a sum
// of rows they would be taken for that. The first one in the file is told: the map has
// no order.
func (f *surveyed) distinct(names, labels map[string]syntax.Position) {
	var wrong []syntax.Name
	for text, at := range labels {
		if _, ok := names[text]; ok {
			wrong = append(wrong, syntax.Name{Position: at, Text: text})
		}
	}
	if len(wrong) == 0 {
		return
	}
	slices.SortFunc(wrong, func(a, b syntax.Name) int { return cmp.Or(a.Line-b.Line, a.Column-b.Column) })
	first := wrong[0]
	panic(f.Fail(first.Position, "choose another label", "the label %q is a name declared in line %d, and sums of rows could mean either", first.Text, names[first.Text].Line))
}

// instances lists the values of the lets that have several, in order. It is a search:
// the first let that turns out to be a set is fixed to each of its elements in turn,
// and the lets are evaluated anew, as those that rest on it may be numbers now, or sets
// that depend on it.
func (f *surveyed) instances(b *budget, fixed map[string]Value, lets *[]string) (list []map[string]Value) {
	several := f.firstOfSeveral(b, fixed)
	if several == nil {
		return []map[string]Value{fixed}
	}
	name := several.Name.Text
	if !slices.Contains(*lets, name) {
		*lets = append(*lets, name)
	}
	if len(several.value.parts) == 0 {
		panic(f.Fail(several.Value.Where(), "as in let n = 2..5", "%s has no values: the set is empty", name))
	}
	for _, v := range several.value.parts {
		// A set of tuples or texts was meant to be a set, and not a choice.
		if v.kind != isNumber {
			panic(f.Fail(several.Value.Where(), "write set for sets", "%s is a set, but not of numbers", name))
		}
		more := map[string]Value{name: v}
		for n, w := range fixed {
			more[n] = w
		}
		// Checked as the list grows, not at its end: seven lets of a hundred values
		// each would be 10^14 instances.
		if list = append(list, f.instances(b, more, lets)...); len(list) > MaxInstances {
			panic(f.Fail(several.Value.Where(), "choose smaller ranges", "the file has more than %d instances", MaxInstances))
		}
	}
	return list
}

// firstOfSeveral evaluates the lets until one has several values. It returns nil if all
// are numbers. That it is noticed in the depth of an evaluation, where the value of a
// let is needed, is why it is thrown.
func (f *surveyed) firstOfSeveral(b *budget, fixed map[string]Value) (d *definition) {
	defer func() {
		if failure := recover(); failure != nil {
			several, ok := failure.(severalValues)
			if !ok {
				panic(failure)
			}
			d = several.definition
		}
	}()
	// A new expander for each attempt, as definitions keep their values.
	x := newExpander(f, b, fixed)
	for _, define := range f.defines {
		if !define.Set {
			x.definition(x.definitions[define.Name.Text])
		}
	}
	return nil
}

// An expander makes one system.
//
// The system is built in the order in which expand goes through the file; scope, depth
// and labels are state of the evaluation and are empty between statements.
type expander struct {
	file   *surveyed
	budget *budget
	// Values of the lets that have several, as chosen for this instance.
	fixed       map[string]Value
	definitions map[string]*definition
	families    map[string]*family
	scope       []binding
	depth       int // of definitions that rest on each other
	byHand      bool
	joint       joint
	labels      map[string]int // of rows, within the sum of a step
	system      *statement.System
}

func newExpander(f *surveyed, b *budget, fixed map[string]Value) *expander {
	x := &expander{file: f, budget: b, fixed: fixed, definitions: map[string]*definition{}, families: map[string]*family{}, byHand: f.byHand,
		system: &statement.System{File: f.Name, Title: f.title, ByHand: f.byHand}}
	for _, d := range f.defines {
		x.definitions[d.Name.Text] = &definition{Define: d}
	}
	return x
}

// fail throws an error at a place; hint, if any, is what to write instead.
func (x *expander) fail(at syntax.Position, hint, format string, args ...any) {
	panic(x.file.Fail(at, hint, format, args...))
}

// expand makes the system: parameters, unknowns, facts, objective, claims. Several
// passes over the file: symbols are numbered parameters first, and rows, steps and
// claims may use symbols that are declared further down.
func (x *expander) expand() {
	for _, d := range x.file.defines {
		x.definition(x.definitions[d.Name.Text]) // an error in what is not used is an error
	}
	for _, s := range x.file.Statements {
		switch s := s.(type) {
		case *syntax.Declare:
			if !s.Unknown {
				x.declare(s)
			}
		case *syntax.Entropy:
			x.random(s)
		}
	}
	// Entropies are parameters, too: their symbols come before those of unknowns, and
	// their facts before those of the file.
	x.elemental()
	for _, s := range x.file.Statements {
		if s, ok := s.(*syntax.Declare); ok && s.Unknown {
			x.declare(s)
		}
	}
	for _, s := range x.file.Statements {
		switch s := s.(type) {
		case *syntax.Relation:
			x.relation(s)
		case *syntax.Independence:
			x.independence(s)
		case *syntax.Objective:
			x.objective(s)
		}
	}
	// Steps speak of rows by their labels, claims are decided with the help of steps,
	// and a symmetry must fix all of it, so these come last.
	x.steps()
	for _, s := range x.file.Statements {
		switch s := s.(type) {
		case *syntax.Claim:
			x.claim(s)
		case *syntax.Find:
			x.findClaim(s)
		}
	}
	for _, s := range x.file.Statements {
		if s, ok := s.(*syntax.Symmetric); ok {
			x.symmetric(s)
		}
	}
	// Such a file would be verified, of nothing.
	if len(x.system.Claims) == 0 {
		x.fail(syntax.Position{Line: 1, Column: 1}, "add claim … or find …", "the file claims nothing")
	}
}

// symbol appends a symbol, whose number is its place.
func (x *expander) symbol(s statement.Symbol) {
	if len(x.system.Symbols) == statement.MaxSymbols {
		x.fail(s.At, "choose smaller sets", "more than %d symbols", statement.MaxSymbols)
	}
	x.hold(s.At, 1)
	x.system.Symbols = append(x.system.Symbols, s)
}

// arity is the number of indices.
func arity(index []syntax.Clause) (n int) {
	for _, c := range index {
		if c.Pattern != nil {
			n++
		}
	}
	return n
}

// members runs do for all indices of a declaration. An index is the value of a pattern,
// names and all. Conditions among the clauses choose among the indices and are no
// indices themselves.
func (x *expander) members(clauses []syntax.Clause, do func(index []Value)) {
	x.indexed(clauses, nil, do)
}

// indexed goes through the clauses that are left, with the indices chosen so far.
func (x *expander) indexed(clauses []syntax.Clause, index []Value, do func([]Value)) {
	if len(clauses) == 0 {
		// The list is changed in place by the callers, and kept by the one who gets it.
		do(slices.Clone(index))
		return
	}
	c := clauses[0]
	if c.Pattern == nil {
		if x.condition(c.Value) {
			x.indexed(clauses[1:], index, do)
		}
		return
	}
	depth := len(x.scope)
	for _, v := range x.of(isSet, c.Value).parts {
		x.spend(c.Position, 1)
		x.bind(c.Position, c.Pattern, v)
		x.indexed(clauses[1:], append(index, v), do)
		// The name holds for the later clauses of this value only: w[S in P, i in S].
		x.scope = x.scope[:depth]
	}
}

// declare makes the symbols of param and var. A family is usable by its name once its
// symbols are made, so that w[i in A, j in B if w …] is an error and not a loop.
func (x *expander) declare(d *syntax.Declare) {
	f := &family{declare: d, at: d.Name.Position, arity: arity(d.Index), members: map[string]int{}, forms: map[int]statement.Form{}, shapes: x.indexShapes(d.Index)}
	x.members(d.Index, func(index []Value) {
		number := len(x.system.Symbols)
		f.members[key(index)] = number
		f.indices = append(f.indices, index)
		name := bracketed(d.Name.Text, index)
		x.symbol(statement.Symbol{Name: name, Unknown: d.Unknown, Nonnegative: d.Nonnegative && (d.Unknown || x.byHand), At: d.Position})
		// As an assumption, a row of its own with a label that proofs can name. In a
		// proof by hand it is a property of the symbol: a sum may multiply by the
		// symbol then.
		if d.Nonnegative && !d.Unknown && !x.byHand { // a proof by hand multiplies by symbols
			x.system.Facts = append(x.system.Facts, statement.Fact{Row: statement.Row{Label: name + " >= 0", Relation: statement.AtLeast, Form: statement.Form{{C: one, M: statement.Of(number)}}, At: d.Position}, Assumed: true})
		}
	})
	x.families[d.Name.Text] = f
}

// rows evaluates the relations of a row for all values of its clauses. A chain X <= Y
// <= Z makes a row of each sign, the middle evaluated once. All rows have the form
// right of 0: left − right >= 0, or the other way round.
func (x *expander) rows(label string, r *syntax.Row, do func(statement.Row)) {
	depth := len(x.scope)
	x.each(r.Clauses, func() {
		// Labels have the values of all names that the clauses bind, in their order.
		name := label
		if name != "" {
			name = bracketed(label, x.bindings(depth))
		}
		left := x.formOf(r.Sides[0])
		for i, sign := range r.Signs {
			right := x.formOf(r.Sides[i+1])
			row := statement.Row{Label: name, At: r.Position}
			// The rows of a chain are told apart by their number: cap.1, cap.2.
			if name != "" && len(r.Signs) > 1 {
				row.Label += fmt.Sprintf(".%d", i+1)
			}
			x.spend(sign.Position, len(left)+len(right))
			switch row.Form = right.Minus(left); sign.Kind {
			case ">=", ">":
				row.Form = left.Minus(right)
			case "=":
				row.Form, row.Relation = left.Minus(right), statement.Equal
			}
			// The form is that of >= or <=, the relation is strict.
			if sign.Kind == "<" || sign.Kind == ">" {
				row.Relation = statement.Above
			}
			if name == "" {
				row.Label = x.said(row, left, string(sign.Kind), right)
			}
			x.hold(sign.Position, 1+len(row.Form))
			do(row)
			left = right
		}
	})
}

// said is a row without a label as it was written, but for what cancels. What entropies
// stand for is longer than what is left of it. Claims are shown as they were written,
// moved to no side.
func (x *expander) said(r statement.Row, left statement.Form, sign string, right statement.Form) string {
	if len(x.joint.names) > 0 {
		return x.system.Text(r)
	}
	return left.Text(x.system.Name) + " " + sign + " " + right.Text(x.system.Name)
}

// trivial reports whether a row has no symbols and holds. Rows of sums over empty sets
// are such, and so are 0 >= 0 of the diagonal of a matrix. They are no facts, since the
// kernel has none without symbols that hold.
func trivial(r statement.Row) bool {
	c := r.Form.Constant().Sign()
	return r.Form.Degree() == 0 && (r.Relation == statement.AtLeast && c >= 0 || r.Relation == statement.Above && c > 0 || r.Relation == statement.Equal && c == 0)
}

// relation adds the facts of assume and s.t.
func (x *expander) relation(s *syntax.Relation) {
	x.rows(s.Label.Text, s.Row, func(r statement.Row) {
		// A row that is false for all values stays: then the system is infeasible,
		// which is found.
		if trivial(r) {
			x.system.Trivial++
			return
		}
		// With it the assumption would be a row of the system, for which the claim need
		// not speak of all parameters.
		if s.Word == "assume" && x.system.HoldsUnknown(r.Form) {
			x.fail(s.Row.Position, "write s.t. LABEL: in place of assume", "an assumption is on parameters only, and this holds an unknown")
		}
		x.system.Facts = append(x.system.Facts, statement.Fact{Row: r, Assumed: s.Word == "assume"})
	})
}

// objective is that of the file; survey has seen to it that there is one only.
func (x *expander) objective(s *syntax.Objective) {
	x.system.Objective = &statement.Objective{Name: s.Name.Text, Maximize: s.Maximize, Form: x.formOf(s.Value), At: s.Position}
}
