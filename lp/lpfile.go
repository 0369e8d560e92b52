package lp

import (
	"io"
	"strings"

	"pstar/rational"
)

// ReadLP reads a problem in the CPLEX LP format from r; file names it in errors, which
// are of type *[SyntaxError] unless r itself fails.
//
// The sections are the objective (minimize or maximize), the constraints (subject to),
// and optionally bounds, general, binary and end; a section begins on a new line.
// Numbers are read exactly, as by [rational.ParseRat], and may be fractions such as
// 3/7. Variables are those of the objective and the constraints, in the order in
// which they appear first, and nonnegative by default. An objective may have constant
// terms, the left side of a constraint too, which count on the other side; the right side
// is one number; a range is written 1 <= x + y <= 2. Inf and Infinity are infinities in
// bounds and ranges.
//
// A negative upper bound of a variable without a stated lower bound is an error, since
// dialects disagree on what it means. So are products of variables, integer and
// binary variables (unless o.Relax is set), and every section of another kind of
// problem. It takes time and memory in proportion to the file.
func ReadLP(r io.Reader, file string, o ReadOptions) (*Problem, error) {
	p := &lpParser{options: o, problem: &Problem{}, variables: map[string]int{}, names: map[string]bool{}}
	p.source = newSource(r, file)
	if err := p.advance(); err != nil {
		return nil, err
	}
	if err := p.file(); err != nil {
		return nil, err
	}
	return p.problem, nil
}

// lpParser reads the sections.
type lpParser struct {
	lpScanner
	options   ReadOptions
	problem   *Problem
	variables map[string]int
	names     map[string]bool // of rows
	bounded   [][2]bool       // for every variable, whether a lower and an upper bound were stated
	lastBound []int           // the line of the upper bound of every variable
}

func (p *lpParser) fail(format string, args ...any) error {
	s := *p.source
	s.line = p.token.line
	return s.errorf(format, args...)
}

func (p *lpParser) file() error {
	section, err := p.keyword()
	if err != nil {
		return err
	}
	switch section {
	case "minimise":
	case "maximise":
		p.problem.Sense = Maximise
	default:
		return p.fail("expected minimize or maximize, found %v", p.token)
	}
	if err := p.pass(); err != nil {
		return err
	}
	if err := p.objective(); err != nil {
		return err
	}
	if section, err = p.keyword(); err != nil {
		return err
	}
	if section != "subject to" {
		return p.fail("expected subject to, found %v", p.token)
	}
	for section != "end" && section != "end of file" {
		if err := p.pass(); err != nil {
			return err
		}
		if err := p.section(section); err != nil {
			return err
		}
		if section, err = p.keyword(); err != nil {
			return err
		}
	}
	return p.finish(section)
}

// finish looks at what follows the last section.
func (p *lpParser) finish(section string) error {
	if section == "end" {
		if err := p.advance(); err != nil {
			return err
		}
		if p.token.kind != lpEnd {
			return p.fail("expected nothing after end, found %v", p.token)
		}
	}
	for j, v := range p.problem.Variables {
		if !p.bounded[j][0] && v.Upper.Finite && v.Upper.Value.Sign() < 0 {
			p.token.line = p.lastBound[j]
			return p.fail("expected a lower bound of %s beside its negative upper bound", quoted(v.Name))
		}
	}
	return nil
}

// section reads the lines of one section.
func (p *lpParser) section(name string) error {
	for {
		next, err := p.keyword()
		if err != nil || next != "" {
			return err
		}
		switch name {
		case "subject to":
			if err = p.constraint(); err == nil {
				err = p.endConstraint()
			}
		case "bounds":
			err = p.boundLine()
		case "general", "binary":
			err = p.integerVariable(name)
		default:
			err = p.fail("expected a section of a linear program, found %s", name)
		}
		if err != nil {
			return err
		}
	}
}

// label reads "name:" if it is there.
func (p *lpParser) label() (string, error) {
	if p.token.kind != lpName {
		return "", nil
	}
	next, err := p.peek()
	if err != nil || next.kind != lpOperator || next.text != ":" {
		return "", err
	}
	name := p.token.text
	if err := p.advance(); err != nil {
		return "", err
	}
	return name, p.advance()
}

func (p *lpParser) objective() error {
	if _, err := p.label(); err != nil {
		return err
	}
	terms, constant, err := p.expression()
	if err != nil {
		return err
	}
	for _, t := range terms {
		v := &p.problem.Variables[t.Variable]
		v.Cost = v.Cost.Add(t.Coefficient)
	}
	p.problem.Constant = constant
	return nil
}

// expression reads terms and constants up to what cannot continue it.
func (p *lpParser) expression() (terms []Term, constant rational.Rat, err error) {
	for first := true; ; first = false {
		section, err := p.keyword()
		if err != nil || section != "" {
			return terms, constant, err
		}
		sign, signed, err := p.signs()
		if err != nil {
			return nil, constant, err
		}
		if section, err = p.keyword(); err != nil {
			return nil, constant, err
		}
		switch {
		case section != "" || p.token.kind != lpNumber && p.token.kind != lpName:
			if signed {
				return nil, constant, p.fail("expected a term after the sign, found %v", p.token)
			}
			return terms, constant, nil
		case !signed && !first:
			return terms, constant, nil
		}
		coefficient, variable, err := p.term()
		if err != nil {
			return nil, constant, err
		}
		if sign < 0 {
			coefficient = coefficient.Neg()
		}
		if variable < 0 {
			constant = constant.Add(coefficient)
			continue
		}
		terms = append(terms, Term{variable, coefficient})
	}
}

// signs reads any number of signs.
func (p *lpParser) signs() (sign int, any bool, err error) {
	for sign = 1; p.token.kind == lpOperator && (p.token.text == "+" || p.token.text == "-"); any = true {
		if p.token.text == "-" {
			sign = -sign
		}
		if err := p.advance(); err != nil {
			return sign, any, err
		}
	}
	return sign, any, nil
}

// term reads a number, a variable or a number before a variable; the variable is −1 if
// there is none.
func (p *lpParser) term() (coefficient rational.Rat, variable int, err error) {
	coefficient = rational.NewRat(1, 1)
	if p.token.kind == lpNumber {
		coefficient = p.token.value
		if err := p.advance(); err != nil {
			return coefficient, 0, err
		}
		section, err := p.keyword()
		if err != nil || section != "" || p.token.kind != lpName || p.labelAhead() {
			return coefficient, -1, err
		}
	}
	if infinitySign(p.token.text) != 0 {
		return coefficient, 0, p.fail("expected a variable, found %v", p.token)
	}
	variable, ok := p.variables[p.token.text]
	if !ok {
		variable = p.problem.AddVariable(Variable{Name: p.token.text, Lower: At(rational.Rat{})})
		p.variables[p.token.text] = variable
		p.bounded, p.lastBound = append(p.bounded, [2]bool{}), append(p.lastBound, 0)
	}
	return coefficient, variable, p.advance()
}

// labelAhead reports whether the present name is the label of the next constraint.
func (p *lpParser) labelAhead() bool {
	next, err := p.peek()
	return err == nil && next.kind == lpOperator && next.text == ":"
}

// constraint reads [label:] expression relation number, or number <= expression <= number.
func (p *lpParser) constraint() error {
	row := Row{}
	var err error
	if row.Name, err = p.label(); err != nil {
		return err
	}
	if row.Name != "" && p.names[row.Name] {
		return p.fail("constraint %s is defined twice", quoted(row.Name))
	}
	p.names[row.Name] = true
	left, err := p.side()
	if err != nil {
		return err
	}
	relation, err := p.relation()
	if err != nil {
		return err
	}
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
func (p *lpParser) endConstraint() error {
	if p.token.kind == lpEnd || p.token.first || p.token.kind == lpName && p.labelAhead() {
		return nil
	}
	return p.fail("expected the end of the constraint after the number on its right side, found %v", p.token)
}

// reversed reads the rest of a constraint that begins with a number: an expression,
// and the other end of a range if there is one. In a relation of two numbers the
// left one counts as the expression.
func (p *lpParser) reversed(row Row, relation string, left lpSide) error {
	middle, err := p.side()
	if err != nil {
		return err
	}
	ranged := p.token.kind == lpOperator
	if !ranged && middle.terms == nil && left.infinity == 0 {
		return p.addRow(row, relation, left, middle)
	}
	if err := p.addRow(row, flipped[relation], middle, left); err != nil || !ranged {
		return err
	}
	if p.token.text != relation || relation == "=" {
		return p.fail("expected %s again in a range, found %v", relation, p.token)
	}
	if err := p.advance(); err != nil {
		return err
	}
	right, err := p.value()
	if err != nil {
		return err
	}
	return p.setLimits(&p.problem.Rows[len(p.problem.Rows)-1], relation, middle, right)
}

// flipped is the relation seen from the other side.
var flipped = map[string]string{"<=": ">=", ">=": "<=", "=": "="}

// addRow adds the row "left relation right".
func (p *lpParser) addRow(row Row, relation string, left, right lpSide) error {
	if left.infinity != 0 {
		return p.fail("expected an expression, found an infinity")
	}
	row.Terms = left.terms
	err := p.setLimits(&row, relation, left, right)
	p.problem.AddRow(row)
	return err
}

// setLimits sets the bounds of a row by "left relation right".
func (p *lpParser) setLimits(row *Row, relation string, left, right lpSide) error {
	var err error
	if relation != "<=" {
		if row.Lower, err = p.limit(right, left.constant, -1); err != nil {
			return err
		}
	}
	if relation != ">=" {
		row.Upper, err = p.limit(right, left.constant, 1)
	}
	return err
}

// value reads a number or an infinity, which must be there.
func (p *lpParser) value() (lpSide, error) {
	v, any, err := p.boundValue()
	if err == nil && !any {
		err = p.fail("expected a number, found %v", p.token)
	}
	return v, err
}

// lpSide is one side of a relation: an infinity, or terms and a constant.
type lpSide struct {
	terms    []Term
	constant rational.Rat
	infinity int
}

func (p *lpParser) side() (lpSide, error) {
	infinity, err := p.infinity()
	if err != nil || infinity != 0 {
		return lpSide{infinity: infinity}, err
	}
	terms, constant, err := p.expression()
	return lpSide{terms: terms, constant: constant}, err
}

// infinity reads an infinity if one is there.
func (p *lpParser) infinity() (int, error) {
	t, sign := p.token, 1
	signed := t.kind == lpOperator && (t.text == "+" || t.text == "-")
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
	if t.kind != lpName || infinitySign(t.text) == 0 {
		return 0, nil
	}
	if signed {
		if err := p.advance(); err != nil {
			return 0, err
		}
	}
	return sign, p.advance()
}

func (p *lpParser) relation() (string, error) {
	t := p.token
	if t.kind != lpOperator || t.text != "<=" && t.text != ">=" && t.text != "=" {
		return "", p.fail("expected <=, >= or =, found %v", t)
	}
	return t.text, p.advance()
}

// limit returns the bound that the side s is for an expression with a constant, where
// sign tells which infinity is none.
func (p *lpParser) limit(s lpSide, constant rational.Rat, sign int) (Bound, error) {
	switch s.infinity {
	case 0:
		return At(s.constant.Sub(constant)), nil
	case sign:
		return Bound{}, nil
	}
	return Bound{}, p.fail("expected no infinity that nothing can reach")
}

// integerVariable reads one name of a section that demands integers.
func (p *lpParser) integerVariable(section string) error {
	j, err := p.known()
	if err != nil {
		return err
	}
	if !p.options.Relax {
		return p.fail("expected a linear program, found the %s variable %v (the option -relax drops that)", section, p.token)
	}
	if section == "binary" {
		p.problem.Variables[j].Lower, p.problem.Variables[j].Upper = At(rational.Rat{}), At(rational.NewRat(1, 1))
		p.bounded[j] = [2]bool{true, true}
	}
	return p.advance()
}

// known returns the variable that the present token names.
func (p *lpParser) known() (int, error) {
	j, ok := p.variables[p.token.text]
	if p.token.kind != lpName || !ok {
		return 0, p.fail("expected a variable of the objective or the constraints, found %v", p.token)
	}
	return j, nil
}

// boundLine reads x free, x >= 1, 1 <= x, 1 <= x <= 2 or x = 1.
func (p *lpParser) boundLine() error {
	low, any, err := p.boundValue()
	if err != nil {
		return err
	}
	relation := ""
	if any {
		if relation, err = p.relation(); err != nil {
			return err
		}
	}
	j, err := p.known()
	if err != nil {
		return err
	}
	if err := p.advance(); err != nil {
		return err
	}
	if any {
		if err := p.setBound(j, flipped[relation], low); err != nil {
			return err
		}
		if p.token.kind != lpOperator {
			return nil
		}
	} else if p.token.kind == lpName && strings.EqualFold(p.token.text, "free") {
		p.problem.Variables[j].Lower = Bound{}
		p.bounded[j][0] = true
		return p.advance()
	}
	if relation, err = p.relation(); err != nil {
		return err
	}
	value, err := p.value()
	if err != nil {
		return err
	}
	return p.setBound(j, relation, value)
}

// boundValue reads a number or an infinity if one is there.
func (p *lpParser) boundValue() (lpSide, bool, error) {
	infinity, err := p.infinity()
	if err != nil || infinity != 0 {
		return lpSide{infinity: infinity}, true, err
	}
	sign, signed, err := p.signs()
	if err != nil {
		return lpSide{}, false, err
	}
	if p.token.kind != lpNumber {
		if signed {
			return lpSide{}, false, p.fail("expected a number, found %v", p.token)
		}
		return lpSide{}, false, nil
	}
	v := p.token.value
	if sign < 0 {
		v = v.Neg()
	}
	return lpSide{constant: v}, true, p.advance()
}

// setBound sets the bounds of variable j by "j relation value"; what is stated last
// counts.
func (p *lpParser) setBound(j int, relation string, value lpSide) error {
	v := &p.problem.Variables[j]
	var err error
	if relation != "<=" {
		if v.Lower, err = p.limit(value, rational.Rat{}, -1); err != nil {
			return err
		}
		p.bounded[j][0] = true
	}
	if relation != ">=" {
		v.Upper, err = p.limit(value, rational.Rat{}, 1)
		p.bounded[j][1] = true
		p.lastBound[j] = p.token.line
	}
	return err
}
