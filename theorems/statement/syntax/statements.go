package syntax

import (
	"fmt"

	"pstar/format/text"
)

// reader is the function that reads what follows the first word of a statement, nil if
// no statement begins so.
func (p *parser) reader(word string) func(Position) Statement {
	// The words of one line of the table share a function, which is told the word.
	switch word {
	case "theorem":
		return p.theorem
	case "let", "set":
		return func(at Position) Statement { return p.define(at, word == "set") }
	case "param", "var":
		return func(at Position) Statement { return p.declare(at, word == "var") }
	case "assume":
		return p.assume
	case "s.t.", "given":
		return func(at Position) Statement { return p.labelled(at, word) }
	case "maximize", "minimize":
		return func(at Position) Statement { return p.objective(at, word == "maximize") }
	case "entropy":
		return p.entropy
	case "claim":
		return p.claim
	case "find":
		return p.find
	case "symmetric":
		return p.symmetric
	case "have":
		return p.have
	}
	return nil
}

// otherWords begin statements in other languages. They are told in the error, not
// accepted: files should look alike.
var otherWords = []struct{ word, ours string }{
	{"maximise", "maximize"}, {"minimise", "minimize"}, {"subject", "s.t."}, {"st", "s.t."}, {"constraint", "s.t."}, {"parameter", "param"}, {"variable", "var"},
	{"prove", "claim"}, {"show", "claim"}, {"assumption", "assume"}, {"random", "entropy"}, {"where", "assume"},
}

// statement reads one statement, up to its line end.
func (p *parser) statement() Statement {
	t := p.next()
	word := t.text
	// The sign s.t. has no text of its own.
	if t.kind == "s.t." {
		word = "s.t."
	}
	// A text in quotes may read like a word, and reserved words are none of these.
	if read := p.reader(word); read != nil && (t.kind == name || t.kind == "s.t.") {
		return read(t.Position)
	}
	hint := ""
	// The list in the message tells the others.
	for _, other := range otherWords {
		if other.word == word {
			hint = "write " + other.ours
		}
	}
	fail(p.file, t.Position, hint, "expected a statement: theorem, let, set, param, var, assume, s.t., maximize, minimize, entropy, symmetric, claim, find, given or have; found %v", t)
	return nil
}

// theorem reads the name of the theorem; certificates and output call it so.
func (p *parser) theorem(at Position) Statement {
	t := p.take(quoted)
	if t.text == "" {
		fail(p.file, t.Position, "", "a theorem needs a name")
	}
	return &Theorem{at, t.text}
}

// define reads let and set, which differ in what their value may be.
func (p *parser) define(at Position, set bool) Statement {
	d := &Define{Position: at, Set: set, Name: p.name()}
	// GMPL writes := for definitions.
	if p.is(":") {
		p.expectedHint(`"="`, "write set A = … in place of set A := …")
	}
	p.take("=")
	// What it may be, a number or a set, is not known before names are.
	d.Value = p.expression()
	return d
}

// declare reads a param or a var, with its index.
func (p *parser) declare(at Position, unknown bool) Statement {
	d := &Declare{Position: at, Unknown: unknown, Name: p.name(), Index: p.index()}
	// AMPL and GMPL have indices in braces.
	if p.is("{") {
		p.expectedHint("the end of the line", "indices are declared as in q[i in SET]")
	}
	if !p.is("<=", ">", "<", "=", ">=") {
		return d
	}
	// Any other bound, or one that is not 0, is a row like others and needs a label by
	// which proofs can name it.
	if zero := p.peek(); !p.accept(">=") || p.peek().kind != number || p.numberOf(p.next()).Sign() != 0 {
		fail(p.file, zero.Position, "write other rows with assume or s.t.", "only >= 0 can follow a declaration")
	}
	// It becomes a property of the symbol, which proofs use without a name.
	d.Nonnegative = true
	return d
}

// label reads NAME: if that comes next. The token behind the name decides, and so it is
// looked at before the name is read: p >= 0 has none.
func (p *parser) label() (n Name) {
	if p.is(name) && p.tokens[p.at+1].kind == ":" {
		n = p.name()
		p.next()
	}
	return n
}

// assume is followed by a row, or by a relation of entropies: which, the first sign at
// the depth of the line tells. A dot, a slash and a colon mean other things in rows,
// but no row is without a relation.
func (p *parser) assume(at Position) Statement {
	if sign := p.independence(); sign != "" {
		return p.independent(at, sign)
	}
	// A label is possible; without one the row is called as it reads.
	return &Relation{at, "assume", p.label(), p.row()}
}

// independence looks for one of "." "/" ":" on a line without a relation outside
// parentheses. It reads nothing, and costs the length of the line.
func (p *parser) independence() (sign Kind) {
	depth := 0
	for _, t := range p.tokens[p.at:] {
		switch t.kind {
		case "(", "[", "{":
			depth++
		case ")", "]", "}":
			depth--
		// A row; that a label with a colon came before does not matter.
		case "=", "<=", ">=", "<", ">", "==", "!=":
			if depth == 0 {
				return ""
			}
		// The first one tells; others of another kind are an error later.
		case ".", "/", ":":
			if depth == 0 && sign == "" {
				sign = t.kind
			}
		// What follows a "for" belongs to the groups no more. An endOfLine within
		// brackets is space.
		case endOfLine, endOfFile, "for":
			if depth <= 0 {
				return sign
			}
		}
	}
	return sign
}

// independent reads the groups; they are random variables with indices, and commas
// between them.
func (p *parser) independent(at Position, sign Kind) Statement {
	i := &Independence{Position: at, Sign: sign}
	for more := true; more; more = p.accept(sign) {
		var group []Argument
		p.list(func() { group = append(group, Argument{Value: p.indexed(), Clauses: p.clauses()}) })
		i.Groups = append(i.Groups, group)
	}
	// Of dots any number of groups will do, one included, which says nothing.
	switch {
	case sign == ":" && len(i.Groups) != 2:
		fail(p.file, at, "write A : B if A is a function of B", "a function has one argument list")
	case sign == "/" && len(i.Groups) < 3:
		fail(p.file, at, "write A / B / C if A and C are independent given B", "a Markov chain has three groups at least")
	// A different sign follows: A . B / C would have no meaning that is clear.
	case p.is(".", "/", ":"):
		p.expected("one kind of sign on a line")
	}
	return i
}

// labelled reads the rows of s.t. and given, which must have a label, as proofs and
// messages call rows by it.
func (p *parser) labelled(at Position, word string) Statement {
	label := p.label()
	if label.Text == "" {
		p.expectedHint("a label and a colon", "give the rows a name, as in "+word+" capacity: x[i] <= c[i] for i in A")
	}
	return &Relation{at, word, label, p.row()}
}

// objective needs a name, since claims speak of it.
func (p *parser) objective(at Position, maximize bool) Statement {
	o := &Objective{Position: at, Maximize: maximize}
	if o.Name = p.label(); o.Name.Text == "" {
		p.expectedHint("a name and a colon", "give the optimum a name, as in maximize P: …")
	}
	o.Value = p.binary(sums)
	return o
}

// entropy reads names with indices, with commas or without.
func (p *parser) entropy(at Position) Statement {
	e := &Entropy{Position: at}
	for first := true; first || p.is(name, ","); first = false {
		p.accept(",") // between the names a comma is as good as a space
		e.Variables = append(e.Variables, Variable{p.name(), p.index()})
	}
	return e
}

// claim reads its three forms. "infeasible" and "feasible" are names elsewhere, hence
// the looks ahead.
func (p *parser) claim(at Position) Statement {
	switch {
	// claim infeasible >= 0 is a row with a symbol of that name.
	case p.isWord("infeasible") && p.tokens[p.at+1].kind == endOfLine:
		p.next()
		return &Claim{Position: at, Form: Infeasible}
	case !p.isWord("feasible"):
		p.label() // a claim may be called something, for readers
		return &Claim{Position: at, Form: Rows, Rows: []*Row{p.row()}}
	}
	p.next()
	// claim feasible alone would be the claim that it is feasible for all parameters;
	// that is written with the braces and no rows.
	if !p.isWord("iff") {
		p.expectedHint(`"iff"`, "write claim feasible iff { ROWS }, or find feasible")
	}
	p.next()
	// The rows may be none: then it is feasible whatever the parameters are.
	c := &Claim{Position: at, Form: Feasible}
	brace := p.take("{")
	// Unlike within other braces, line ends count here: they stand between the rows.
	for p.skipLines(); !p.is("}"); p.skipLines() {
		if p.is(endOfFile) {
			fail(p.file, brace.Position, "", "this brace is not closed")
		}
		p.label()
		c.Rows = append(c.Rows, p.row())
		if !p.is(endOfLine, "}") {
			p.expectedHint("the end of the line", "one row a line")
		}
	}
	p.next()
	return c
}

// find reads what is sought; the empty name stands for feasible, as no symbol has it.
func (p *parser) find(at Position) Statement {
	n := p.name()
	if n.Text == "feasible" {
		n.Text = ""
	}
	return &Find{at, n}
}

// symmetric reads the names of sets.
func (p *parser) symmetric(at Position) Statement {
	s := &Symmetric{Position: at}
	p.list(func() { s.Sets = append(s.Sets, p.name()) })
	return s
}

// have reads a step, with its sum or without: then it is searched for.
func (p *parser) have(at Position) Statement {
	h := &Have{Position: at, Name: p.label()}
	if h.Name.Text == "" {
		p.expectedHint("a name and a colon", "write have NAME: EXPR >= 0 by …")
	}
	// The row is what later steps may use under its name.
	h.Row = p.row()
	if !p.isWord("by") {
		return h
	}
	p.next()
	if !p.isWord("combine") {
		p.expectedHint(`"combine"`, "write by combine 2*NAME + 3*NAME*NAME")
	}
	p.next()
	// "by combine" with nothing behind it asks for a search, too.
	if !p.is(endOfLine) {
		h.Products = p.binary(sums)
	}
	return h
}

// Fail is an error at a place of the file. The parser's fail throws the same.
func (f *File) Fail(at Position, hint, format string, args ...any) *text.SyntaxError {
	return &text.SyntaxError{File: f.Name, Line: at.Line, Column: at.Column, Msg: fmt.Sprintf(format, args...), Hint: hint}
}
