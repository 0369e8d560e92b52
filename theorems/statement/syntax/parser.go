package syntax

import (
	"errors"
	"fmt"
	"io"
	"slices"

	"pstar/format/text"
	"pstar/rational"
)

// Read reads a theorem file; name is that of errors, which are of type *text.SyntaxError
// unless r itself fails. It reads no more than MaxBytes + 1 bytes of r, so that an
// endless stream ends as well.
func Read(r io.Reader, name string) (*File, error) {
	// A byte more than may be read tells a long file from a full one.
	content, err := io.ReadAll(io.LimitReader(r, MaxBytes+1))
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	if len(content) > MaxBytes {
		return nil, &text.SyntaxError{File: name, Line: 1, Msg: fmt.Sprintf("the file is longer than %d bytes", MaxBytes)}
	}
	return Parse(string(content), name)
}

// Parse reads the content of a theorem file. The content may be of any length; what it
// makes is bounded by MaxTokens.
func Parse(content, name string) (f *File, err error) {
	defer func() {
		// Errors are thrown where they are seen, deep in an expression; here they end.
		// Another panic is a fault of the program.
		if failure := recover(); failure != nil {
			var wrong *text.SyntaxError
			if e, ok := failure.(error); !ok || !errors.As(e, &wrong) {
				panic(failure)
			}
			f, err = nil, wrong
		}
	}()
	p := &parser{file: name, tokens: cut(name, content)}
	f = &File{Name: name}
	for p.skipLines(); !p.is(endOfFile); p.skipLines() {
		// A statement ends with its line, so that a forgotten sign is found on the line
		// where it is missing.
		f.Statements = append(f.Statements, p.statement())
		if !p.is(endOfLine) {
			p.expected("the end of the line")
		}
	}
	return f, nil
}

// A parser reads tokens from left to right. It never goes back; it looks one token
// ahead, for labels two, and for groups of entropies to the end of the line.
type parser struct {
	file   string
	tokens []token
	at     int
	// nested counts open parentheses and brackets: within them line ends are space.
	nested int
	depth  int // of expressions within each other
}

// peek is the next token that counts.
func (p *parser) peek() token {
	for p.nested > 0 && p.tokens[p.at].kind == endOfLine {
		p.at++ // the end of the file is behind it
	}
	// Never beyond the last token, the end of the file, which next does not pass.
	return p.tokens[p.at]
}

func (p *parser) is(kinds ...Kind) bool { return slices.Contains(kinds, p.peek().kind) }

// isWord reports whether a word comes next that is a name elsewhere. Such words,
// infeasible, iff, by, are names wherever they are not expected.
func (p *parser) isWord(word string) bool {
	t := p.peek()
	return t.kind == name && t.text == word
}

// At the end of the file it stays, so that peek always has a token.
func (p *parser) next() token {
	t := p.peek()
	if t.kind != endOfFile {
		p.at++
	}
	return t
}

// accept reads a token if it is of this kind.
func (p *parser) accept(kind Kind) bool {
	if !p.is(kind) {
		return false
	}
	p.next()
	return true
}

// skipLines passes over the ends of lines between statements.
func (p *parser) skipLines() {
	for p.accept(endOfLine) {
	}
}

// expected fails at the next token.
func (p *parser) expected(what string) { p.expectedHint(what, "") }

// At the end of the file the mistake was made earlier, most likely by a bracket that is
// open.
func (p *parser) expectedHint(what, hint string) {
	// A hint of the caller's is better than this one.
	t := p.peek()
	if t.kind == endOfFile && p.nested > 0 && hint == "" {
		hint = "a parenthesis, bracket or brace was not closed"
	}
	fail(p.file, t.Position, hint, "expected %s, found %v", what, t)
}

// take reads a token that must be of this kind. The kinds of words are said in words,
// those of signs as they are written.
func (p *parser) take(kind Kind) token {
	if !p.is(kind) {
		if kind == name || kind == quoted {
			p.expected(string(kind))
		}
		p.expected(fmt.Sprintf("%q", string(kind)))
	}
	return p.next()
}

// name reads a name; the words of the language are none, and deserve a message of their
// own.
func (p *parser) name() Name {
	if t := p.peek(); slices.Contains(reserved, string(t.kind)) {
		fail(p.file, t.Position, "choose another name", "%q is a word of the language", t.text)
	}
	t := p.take(name)
	return Name{t.Position, t.text}
}

// open reads a bracket, within which line ends are space; the function it returns reads
// the other one. Each bracket counts as a level of depth, which bounds the recursion of
// the parser and of all who walk the tree.
func (p *parser) open(kind, other Kind) (closing func()) {
	t := p.take(kind)
	p.deeper(t.Position)
	p.nested++
	return func() {
		if !p.is(other) {
			p.expected(fmt.Sprintf("%q to close the %q of line %d", string(other), string(kind), t.Line))
		}
		// The bracket is read while it still counts: the line end behind it does not.
		p.next()
		p.nested--
		p.depth--
	}
}

// deeper is called where a level begins; who calls it takes it back at its end.
func (p *parser) deeper(at Position) {
	if p.depth++; p.depth > MaxDepth {
		fail(p.file, at, "", "nested more than %d deep", MaxDepth)
	}
}

// list reads one or more elements between commas. It does not take a comma at the end.
func (p *parser) list(element func()) {
	for element(); p.accept(","); element() {
	}
}

// clauses reads any number of "for PATTERN in SET" and "if CONDITION". The order
// matters, since later ones see the names of earlier ones.
func (p *parser) clauses() (list []Clause) {
	for p.is("for", "if") {
		t := p.next()
		c := Clause{Position: t.Position}
		// An if has a condition and no pattern.
		if t.kind == "for" {
			c.Pattern = p.pattern()
			// "for i 1..3" and "for i = 1..3" are habits of other languages.
			if !p.is("in") {
				p.expectedHint(`"in"`, "for i in SET")
			}
			p.next()
		}
		c.Value = p.expression()
		list = append(list, c)
	}
	return list
}

// pattern is a name or (PATTERN, PATTERN, …). A tuple has two parts or more, so that
// (i) is an error, and not another way to write i.
func (p *parser) pattern() *Pattern {
	if !p.is("(") {
		return &Pattern{Name: p.name()}
	}
	// Patterns can be nested, as tuples can.
	closing := p.open("(", ")")
	var parts []*Pattern
	p.list(func() { parts = append(parts, p.pattern()) })
	// Before the closing bracket, so that the error stands where the comma is missing.
	if len(parts) < 2 {
		p.expected(`"," and a further name`)
	}
	closing()
	return &Pattern{Parts: parts}
}

// index is [PATTERN in SET, …, if CONDITION], empty if there is none. Without an index
// the symbol is a single one. Clauses of an index need no "for".
func (p *parser) index() (list []Clause) {
	if !p.is("[") {
		return nil
	}
	closing := p.open("[", "]")
	p.list(func() {
		c := Clause{Position: p.peek().Position, Pattern: p.pattern()}
		if !p.is("in") {
			p.expectedHint(`"in"`, "an index is declared as in q[i in SET]")
		}
		// The set of the index; later ones may hold the names of earlier ones.
		p.next()
		c.Value = p.expression()
		list = append(list, c)
	})
	// It filters all indices, and so comes last.
	if p.is("if") {
		c := Clause{Position: p.next().Position}
		c.Value = p.expression()
		list = append(list, c)
	}
	closing()
	return list
}

// relations are the signs of rows and conditions.
var relations = []Kind{"=", "==", "!=", "<=", ">=", "<", ">", "in"}

// row is EXPR REL EXPR REL … for … if …. Sides are sums: a relation in them would be a
// condition, which must be in parentheses.
func (p *parser) row() *Row {
	r := &Row{Position: p.peek().Position}
	r.Sides = append(r.Sides, p.binary(sums))
	for p.is("=", "<=", ">=", "<", ">") {
		t := p.next()
		r.Signs = append(r.Signs, Sign{t.Position, t.kind})
		r.Sides = append(r.Sides, p.binary(sums))
	}
	// No relation, so that it is an expression; == is what most languages would have
	// here.
	if len(r.Signs) == 0 {
		hint := ""
		if p.is("==", "!=") {
			hint = "equations are written with ="
		}
		p.expectedHint("one of = <= >= < >", hint)
	}
	// They stand behind all sides, and hold for each.
	r.Clauses = p.clauses()
	return r
}

// arguments are EXPR for …, between commas. It is the content of sum( ), min( ), sets
// and entropies.
func (p *parser) arguments() (list []Argument) {
	p.list(func() {
		a := Argument{Value: p.expression()}
		a.Clauses = p.clauses()
		list = append(list, a)
	})
	return list
}

// numberOf is the value of a token that the lexer has found to be digits with a point
// perhaps. An error is one of length.
func (p *parser) numberOf(t token) rational.Rat {
	x, err := rational.ParseRat(t.text)
	if err != nil {
		fail(p.file, t.Position, "numbers are written as 12, 0.5 or 1/3", "%v", err)
	}
	return x
}
