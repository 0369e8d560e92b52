package cplex

import (
	"pstar/format/program"
	"pstar/format/text"
	"pstar/lp"
	"pstar/rational"
)

// constraint reads [label:] expression relation number, or number <= expression <= number.
func (p *parser) constraint() error {
	// Without bounds until the relation gives some.
	row := lp.Row{}
	var err error
	if row.Name, err = p.label(); err != nil {
		return err
	}
	// What a certificate or a basis says of a row goes by its name.
	if row.Name != "" && p.names[row.Name] {
		return p.fail("constraint %s is defined twice", text.Quote(row.Name))
	}
	// The empty name as well, which is never looked up.
	p.names[row.Name] = true
	// Which of the two forms it is, the first side tells.
	left, err := p.side()
	if err != nil {
		return err
	}
	// Which must be there: an expression alone says nothing.
	relation, err := p.relation()
	if err != nil {
		return err
	}
	// An expression and then the right side. Without terms the left side is a number, of a range
	// or of a relation the other way round.
	if left.terms != nil {
		right, err := p.value()
		if err != nil {
			return err
		}
		return p.addRow(row, relation, left, right)
	}
	return p.reversed(row, relation, left)
}

// endConstraint refuses what looks like the rest of a right side: a constraint ends with its
// line, unless the next one has a label.
//
// Without it 1 <= x 2 would read as a constraint and the beginning of another one.
func (p *parser) endConstraint() error {
	// White space ends a line as well as any, so the next constraint may follow on this one if
	// its label shows that it is one.
	if p.token.kind == endOfFile || p.token.first || p.token.kind == name && p.labelAhead() {
		return nil
	}
	// A section may begin on this line if more of it follows, as in a file that is one
	// line.
	if section, err := p.keyword(); section != "" || err != nil {
		return err
	}
	// 1,000 is read as the number 1 and the name ,000.
	if p.token.kind == name && p.token.text[0] == ',' {
		return p.fail("expected a number without a separator of thousands, found %v after it", p.token)
	}
	// Writers that put sums on the right side mean a constraint that this format does not
	// have.
	if p.token.text == "+" || p.token.text == "-" || p.token.kind == name {
		return p.fail("expected one number on the right side of a constraint, found %v after it; terms and sums belong on the left", p.token)
	}
	return p.fail("expected the end of the constraint after the number on its right side, found %v", p.token)
}

// reversed reads the rest of a constraint that begins with a number: an expression,
// and the other end of a range if there is one. In a relation of two numbers the
// left one counts as the expression.
//
// 3 <= x + 1 counts the constant on the other side, as x + 1 >= 3 does.
func (p *parser) reversed(row lp.Row, relation string, left side) error {
	// The expression of a range, or what a number is compared with.
	middle, err := p.side()
	if err != nil {
		return err
	}
	// A second relation makes it a range; anything else belongs to what follows.
	ranged := p.token.kind == operator
	// 3 <= 4 constrains nothing, or contradicts itself; some modelling languages write it.
	if !ranged && middle.terms == nil && left.infinity == 0 {
		return p.addRow(row, relation, left, middle)
	}
	// A range is a row first, with its left end; the right end comes below.
	if err := p.addRow(row, flipped(relation), middle, left); err != nil || !ranged {
		return err
	}
	if relation == "=" {
		return p.fail("expected one relation beside =, found %v too; only <= and >= make ranges, as in 1 <= x <= 2", p.token)
	}
	// 1 <= x >= 2 would be two lower bounds and no range.
	if p.token.text != relation {
		return p.fail("expected %s again in a range, found %v", relation, p.token)
	}
	if err := p.advance(); err != nil {
		return err
	}
	// The other end, without terms.
	right, err := p.value()
	if err != nil {
		return err
	}
	return p.setLimits(&p.problem.Rows[len(p.problem.Rows)-1], relation, middle, right)
}

// flipped is the relation seen from the other side.
func flipped(relation string) string {
	switch relation {
	case "<=":
		return ">="
	case ">=":
		return "<="
	}
	return relation
}

// addRow adds the row "left relation right".
//
// The row is added also beside an error, which ends the reading.
func (p *parser) addRow(row lp.Row, relation string, left, right side) error {
	// inf <= x says nothing that a number could not say better.
	if left.infinity != 0 {
		return p.fail("expected an expression, found an infinity")
	}
	// Terms of one variable are added by whoever uses the row.
	row.Terms = left.terms
	err := p.setLimits(&row, relation, left, right)
	p.problem.AddRow(row)
	return err
}

// setLimits sets the bounds of a row by "left relation right".
//
// Of a range it is called twice, once for each end; the other end stays.
func (p *parser) setLimits(row *lp.Row, relation string, left, right side) error {
	var err error
	// The constant of the left side counts on the right, and an equation sets both sides.
	if relation != "<=" {
		if row.Lower, err = p.limit(right, left.constant, -1); err != nil {
			return err
		}
	}
	// An upper limit, of <= and of =.
	if relation != ">=" {
		row.Upper, err = p.limit(right, left.constant, 1)
	}
	p.UnboundedRow(p.last, &row.Lower, &row.Upper)
	return err
}

// value reads a number or an infinity, which must be there.
//
// Several signs are read as one number's.
func (p *parser) value() (side, error) {
	// A bound and a right side have one form.
	v, any, err := p.boundValue()
	// A variable on the right side is common in other formats, so the message says what to do.
	if err == nil && !any && p.token.kind == name {
		return v, p.fail("expected a number on the right side, found %v; variables belong on the left side of a constraint", p.token)
	}
	if err == nil && !any {
		err = p.fail("expected a number, found %v", p.token)
	}
	return v, err
}

// side is one side of a relation: an infinity, or terms and a constant.
type side struct {
	terms    []lp.Term
	constant rational.Rat
	infinity int
}

// side reads one side of a relation, which must be there: nothing is not zero, as ">= x" is a
// line of which a part was lost.
func (p *parser) side() (side, error) {
	// Infinity could be the name of a variable, but no solver has it so.
	infinity, err := p.infinity()
	if err != nil || infinity != 0 {
		return side{infinity: infinity}, err
	}
	section, err := p.keyword()
	if err != nil {
		return side{}, err
	}
	if section != "" || p.token.kind == operator && p.token.text != "+" && p.token.text != "-" {
		return side{}, p.fail("expected an expression or a number, found %v", p.token)
	}
	// The usual case.
	terms, constant, err := p.expression()
	return side{terms: terms, constant: constant}, err
}

// infinity reads an infinity if one is there.
//
// It returns 1 or -1, and 0 if what is there is none; then nothing has been read.
func (p *parser) infinity() (int, error) {
	t, sign := p.token, 1
	// A sign before anything else than an infinity is for the expression to read.
	signed := t.kind == operator && (t.text == "+" || t.text == "-")
	// Whether the sign belongs to an infinity, only the next token tells.
	if signed {
		next, err := p.peek()
		if err != nil {
			return 0, err
		}
		if t.text == "-" {
			sign = -1
		}
		t = next
	}
	if t.kind != name || program.InfinitySign(t.text) == 0 {
		return 0, nil
	}
	// Past the sign; then past the word.
	if signed {
		if err := p.advance(); err != nil {
			return 0, err
		}
	}
	return sign, p.advance()
}

// relation reads a relation, which must be there, and returns it in one spelling.
func (p *parser) relation() (string, error) {
	// The scanner has brought all spellings to these three.
	t := p.token
	if t.kind != operator || t.text != "<=" && t.text != ">=" && t.text != "=" {
		return "", p.fail("expected <=, >= or =, found %v", t)
	}
	return t.text, p.advance()
}

// limit returns the bound that the side s is for an expression with a constant, where
// sign tells which infinity is none.
//
// sign is -1 for a lower bound and 1 for an upper one.
func (p *parser) limit(s side, constant rational.Rat, sign int) (lp.Bound, error) {
	switch s.infinity {
	case 0:
		return lp.At(s.constant.Sub(constant)), nil
	// An infinity on the open side is the absence of a bound.
	case sign:
		return lp.Bound{}, nil
	}
	return lp.Bound{}, p.fail("expected no infinity that nothing can reach")
}
