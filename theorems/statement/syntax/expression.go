package syntax

// The binding strengths of binary signs, weakest first. Relations come between "not" and sums:
// they are chained, and not among these. The order is the value: binary reads one level
// by reading the next.
const (
	ors = iota
	ands
	nots
	chains
	sums
	products
	ranges
	signed
)

// strength of a binary sign. Signs that are not here are relations, prefixes, the power or
// brackets.
func strength(sign Kind) (level int, binary bool) {
	switch sign {
	case "or":
		return ors, true
	case "and":
		return ands, true
	case "+", "-", "union", "diff":
		return sums, true
	case "inter", "*", "/":
		return products, true
	case "..":
		return ranges, true
	}
	return 0, false
}

// expression reads any expression, conditions and sets among them.
func (p *parser) expression() Expr { return p.binary(ors) }

// binary reads an expression of operators that bind at least so strongly. Levels above
// "not" and at the chain have functions of their own; all others are read here, and
// lean to the left: a − b − c is (a − b) − c.
func (p *parser) binary(level int) Expr {
	switch {
	// not not X is a condition as well.
	case level == nots && p.is("not"):
		t := p.next()
		p.deeper(t.Position)
		defer func() { p.depth-- }()
		return &Unary{t.Position, t.kind, p.binary(nots)}
	case level == nots:
		return p.binary(chains)
	case level == chains:
		return p.chain()
	case level == signed:
		return p.signed()
	}
	// Not counted as depth: a + b + c … is a loop here. Who walks the tree goes down on
	// the left side as often as there are terms.
	x := p.binary(level + 1)
	for n := 0; ; n++ {
		t := p.peek()
		// Another sign, or one that binds at another level. After 1..3 a second ..
		// would be a range of a range, which is none.
		if s, ok := strength(t.kind); !ok || s != level || level == ranges && n > 0 {
			return x
		}
		p.next()
		x = &Binary{t.Position, t.kind, x, p.binary(level + 1)}
	}
}

// chain is X REL Y REL Z, as in 1 <= i < j. It is a condition; rows read their
// relations themselves, since there = is allowed.
func (p *parser) chain() Expr {
	x := p.binary(sums)
	// Most sides have none, and are no condition.
	if !p.is(relations...) {
		return x
	}
	c := &Chain{Position: p.peek().Position, Sides: []Expr{x}}
	for p.is(relations...) {
		t := p.next()
		// Read as if it were there, so that the error says what to write, and not that
		// something was expected.
		if t.kind == "=" {
			fail(p.file, t.Position, "write == in conditions", "the sign = stands in rows only")
		}
		c.Signs = append(c.Signs, Sign{t.Position, t.kind})
		c.Sides = append(c.Sides, p.binary(sums))
	}
	return c
}

// signed is -X, which binds weaker than a power. So −2^2 is −4, and 2^−1 is a half: the
// exponent is read by signed.
func (p *parser) signed() Expr {
	if !p.is("-", "+") {
		return p.power()
	}
	t := p.next()
	p.deeper(t.Position)
	defer func() { p.depth-- }()
	x := p.signed()
	// A plus changes nothing, and leaves no trace in the tree.
	if t.kind == "+" {
		return x
	}
	return &Unary{t.Position, t.kind, x}
}

// power leans to the right: 2^3^2 is 2^9.
func (p *parser) power() Expr {
	x := p.indexed()
	// An operand without a power; most are.
	if !p.is("^") {
		return x
	}
	t := p.next()
	p.deeper(t.Position)
	defer func() { p.depth-- }()
	// The exponent may have a sign, and a power of its own.
	return &Binary{t.Position, t.kind, x, p.signed()}
}

// indexed is X[ARGS][ARGS]…. Several in a row take components of components.
func (p *parser) indexed() Expr {
	x := p.primary()
	for p.is("[") {
		// The position is that of the bracket, not of what has the index.
		i := &Index{Position: p.peek().Position, X: x}
		closing := p.open("[", "]")
		// Ranges and conditions are read as well; what an index may be is found later.
		p.list(func() { i.Args = append(i.Args, p.expression()) })
		closing()
		x = i
	}
	return x
}

// primary is what no sign stands in. Words of the language that are no functions, such
// as "for", come here only by mistake, and end in the error.
func (p *parser) primary() Expr {
	t := p.peek()
	switch t.kind {
	// Its value is exact, whatever its length.
	case number:
		p.next()
		return &Number{t.Position, p.numberOf(t)}
	case quoted:
		p.next()
		return &Text{t.Position, t.text}
	case "(":
		// A parenthesis is an expression or a tuple, a brace a set.
		return p.parenthesis()
	case "{":
		return p.set()
	// Names of functions are reserved, so that they cannot be symbols.
	case "sum", "min", "max", "subsets", "card":
		p.next()
		closing := p.open("(", ")")
		c := &Call{t.Position, t.text, p.arguments()}
		closing()
		return c
	case name:
		p.next()
		// A name before a parenthesis is a function in other languages; here it is H or
		// I, or a mistake. H and I can be symbols all the same.
		if !p.is("(") {
			return &Ident{Name{t.Position, t.text}}
		}
		if t.text == "H" || t.text == "I" {
			return p.information(t)
		}
		fail(p.file, t.Position, functionHint(t.text), "there is no function %q", t.text)
	}
	p.expected("an expression")
	// The call above does not return.
	return nil
}

// functionHint is for habits from elsewhere. Each line is a mistake that people of
// other systems make.
func functionHint(word string) string {
	switch word {
	case "h":
		return "entropies are written H(A,B|C)"
	case "len", "size":
		return "write card(SET)"
	case "powerset":
		return "write subsets(SET)"
	}
	// A name that is none of these may be meant for an index.
	return "functions are sum, min, max, subsets, card; indices stand in [ ], as in q[i]"
}

// parenthesis is (X) or the tuple (X, Y, …). A list of one is no tuple, only its
// content; there is no empty one.
func (p *parser) parenthesis() Expr {
	at := p.peek().Position
	closing := p.open("(", ")")
	var parts []Expr
	p.list(func() { parts = append(parts, p.expression()) })
	closing()
	// After a tuple there are two parts at least.
	if len(parts) == 1 {
		return parts[0]
	}
	return &Tuple{at, parts}
}

// set is {}, {X, Y, …} or {X for …}. Clauses and elements may be mixed: what is read
// are arguments as those of a sum.
func (p *parser) set() Expr {
	s := &SetOf{Position: p.peek().Position}
	closing := p.open("{", "}")
	if !p.is("}") {
		s.Args = p.arguments()
	}
	closing()
	return s
}

// information is what follows the H or I before a parenthesis.
func (p *parser) information(t token) Expr {
	closing := p.open("(", ")")
	i := &Information{Position: t.Position, Groups: [][]Argument{p.arguments()}}
	// More groups than two are read, so that the error can say what is wrong.
	for p.accept(";") {
		i.Groups = append(i.Groups, p.arguments())
	}
	// How many groups there are tells the two apart, and a wrong sign would otherwise
	// be an error of quite another kind.
	if t.text == "H" && len(i.Groups) > 1 {
		fail(p.file, t.Position, "write H(A,B|C)", "an entropy has no semicolon")
	}
	if t.text == "I" && len(i.Groups) != 2 {
		fail(p.file, t.Position, "write I(A;B|C)", "an information is of two groups, with a semicolon between them")
	}
	// The condition is one group, of either.
	if p.accept("|") {
		i.Condition = p.arguments()
	}
	closing()
	return i
}
