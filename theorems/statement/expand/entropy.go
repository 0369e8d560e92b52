package expand

import (
	"strings"

	"pstar/internal/each"
	"pstar/theorems/statement"
	"pstar/theorems/statement/syntax"
)

// joint holds the random variables of a system. Their joint entropies are parameters, one for each
// set of variables that is not empty, numbered as they are made.
//
// A set of variables is a bit mask, bit i for variable i; the empty set has entropy 0
// and no symbol. What holds for all of these numbers is more than what is assumed here:
// the elemental inequalities describe the polymatroids, so that a claim that is true of
// entropies but not of Shannon type is refuted by a polymatroid that is no entropy.
type joint struct {
	names []string
	at    syntax.Position
	first int // the symbol of the entropy of {variable 0}
}

// symbol is the number of the entropy of a set of variables. The order of the masks is
// that of the symbols, without the empty set.
func (j *joint) symbol(set uint) int { return j.first + int(set) - 1 }

// entropyName is H(A,B).
func (j *joint) entropyName(set uint) string {
	var list []string
	for i, name := range j.names {
		if set>>i&1 == 1 {
			list = append(list, name)
		}
	}
	return "H(" + strings.Join(list, ",") + ")"
}

// entropy is the entropy of a set, 0 of the empty one.
func (j *joint) entropy(set uint) statement.Form {
	if set == 0 {
		return nil
	}
	// The number 1 is shared: forms are not changed once built.
	return statement.Form{{C: one, M: statement.Of(j.symbol(set))}}
}

// conditional is H(a|c).
func (j *joint) conditional(a, c uint) statement.Form { return j.entropy(a | c).Minus(j.entropy(c)) }

// mutual is I(a;b|c).
func (j *joint) mutual(a, b, c uint) statement.Form {
	return j.conditional(a, c).Minus(j.conditional(a, b|c))
}

// random declares the random variables of an entropy statement.
func (x *expander) random(e *syntax.Entropy) {
	for _, v := range e.Variables {
		// A member of such a family is a number of a variable, not of a symbol: the
		// symbols are made by elemental, when all variables are known.
		f := &family{at: v.Name.Position, arity: arity(v.Index), members: map[string]int{}, shapes: x.indexShapes(v.Index)}
		x.members(v.Index, func(index []Value) {
			// Ten variables have 1 023 joint entropies and 11 530 elemental
			// inequalities; each further one doubles the first and more than doubles
			// the second.
			if len(x.joint.names) == MaxRandom {
				x.fail(v.Name.Position, "", "more than %d random variables", MaxRandom)
			}
			f.members[key(index)] = len(x.joint.names)
			f.indices = append(f.indices, index)
			x.joint.names = append(x.joint.names, bracketed(v.Name.Text, index))
		})
		x.families[v.Name.Text] = f
	}
	x.joint.at = e.Position
}

// elemental makes the joint entropies, and the elemental inequalities that hold for
// them: H(A|rest) >= 0 and I(A;B|C) >= 0. All other inequalities of Shannon type are
// sums of these (Yeung 1997). There are n + n(n−1)/2 · 2^(n−2) of them.
func (x *expander) elemental() {
	n := len(x.joint.names)
	if n == 0 {
		return
	}
	j := &x.joint
	j.first = len(x.system.Symbols)
	for set := uint(1); set < 1<<n; set++ {
		x.symbol(statement.Symbol{Name: j.entropyName(set), At: j.at})
	}
	all := uint(1)<<n - 1
	add := func(label string, f statement.Form) {
		x.hold(j.at, len(f))
		// They are marked, so that one that no proof uses is not reported as superfluous: the
		// file does not have it.
		x.system.Facts = append(x.system.Facts, statement.Fact{Row: statement.Row{Label: label, Relation: statement.AtLeast, Form: f, At: j.at}, Assumed: true, Elemental: true})
	}
	for a := range n {
		// H(a|all others) >= 0; with the second kind it gives monotonicity for all
		// sets.
		rest := all &^ (1 << a)
		add(information("H", j, 1<<a, 0, rest), j.conditional(1<<a, rest))
	}
	for c := uint(0); c < 1<<n; c++ {
		for a := range n {
			for b := a + 1; b < n; b++ {
				// Variables of the pair itself in the condition would make the
				// information 0.
				if pair := uint(1)<<a | 1<<b; c&pair == 0 {
					add(information("I", j, 1<<a, 1<<b, c), j.mutual(1<<a, 1<<b, c))
				}
			}
		}
	}
}

// information is the label of H(a|c) or I(a;b|c). It is written as the file would write
// it, so that a proof can be read beside the file.
func information(word string, j *joint, a, b, c uint) string {
	// The name of the joint entropy without H( and ).
	inner := func(set uint) string { return strings.TrimSuffix(j.entropyName(set)[2:], ")") }
	text := word + "(" + inner(a)
	if b != 0 {
		text += ";" + inner(b)
	}
	if c != 0 {
		text += "|" + inner(c)
	}
	return text + ")"
}

// variables is the set of random variables that arguments name. Arguments with clauses
// name several, as in H(X[j] for j in N if j != i). A variable that is named twice
// counts once: H(A,A) is H(A).
func (x *expander) variables(list []syntax.Argument) (set uint) {
	for _, a := range list {
		x.each(a.Clauses, func() {
			var id *syntax.Ident
			var index []Value
			// A family without indices is an identifier, one with indices an index of
			// an identifier; all else, such as a number or a sum, is no variable and
			// leaves id nil.
			switch e := a.Value.(type) {
			case *syntax.Ident:
				id = e
			case *syntax.Index:
				id, _ = e.X.(*syntax.Ident)
				index = x.indices(e)
			}
			at := a.Value.Where()
			if id == nil {
				x.fail(at, "", "expected a random variable")
			}
			f, ok := x.families[id.Text]
			_, defined := x.definitions[id.Text]
			optimum := x.file.objective != nil && x.file.objective.Name.Text == id.Text
			if !ok && !defined && !optimum {
				x.unknown(at, id.Text)
			}
			// A param or var has a declaration; a random variable has none.
			if !ok || f.declare != nil {
				x.fail(at, "random variables are declared by entropy", "%s is no random variable", id.Text)
			}
			x.spend(at, 1)
			set |= 1 << x.find(at, id.Text, f, index)
		})
	}
	return set
}

// information is H(A|C) or I(A;B|C) in joint entropies. The condition is empty if there
// is none.
func (x *expander) information(e *syntax.Information) statement.Form {
	c := x.variables(e.Condition)
	a := x.variables(e.Groups[0])
	if len(e.Groups) == 1 {
		return x.joint.conditional(a, c)
	}
	return x.joint.mutual(a, x.variables(e.Groups[1]), c)
}

// independence assumes A . B, A / B / C or A : B. Each is one or more equations in
// joint entropies; a chain of m groups is m − 2 of them, mutual independence of m
// groups m − 1.
func (x *expander) independence(s *syntax.Independence) {
	groups := each.Of(s.Groups, x.variables)
	j := &x.joint
	add := func(f statement.Form) { // an equation
		x.system.Facts = append(x.system.Facts, statement.Fact{Row: statement.Row{Label: "assume " + x.system.Sides(f, statement.Equal), Relation: statement.Equal, Form: f, At: s.Position}, Assumed: true})
	}
	switch s.Sign {
	case ":": // a function of
		add(j.conditional(groups[0], groups[1]))
	case ".": // independent together
		for i := 1; i < len(groups); i++ {
			// Each group is independent of all those before it, which together is
			// independence of all.
			add(j.mutual(union(groups[:i]), groups[i], 0))
		}
	case "/": // a Markov chain
		for i := 1; i+1 < len(groups); i++ {
			// What comes before a group and what comes after it are independent given
			// the group.
			add(j.mutual(union(groups[:i]), union(groups[i+1:]), groups[i]))
		}
	}
}

// union is the set of all variables of a list of sets.
func union(list []uint) (all uint) {
	for _, set := range list {
		all |= set
	}
	return all
}
