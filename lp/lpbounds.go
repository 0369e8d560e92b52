package lp

import (
	"strings"

	"pstar/rational"
)

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
		p.bounded[j] = stated{true, true, p.token.line}
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
		p.problem.Variables[j].Lower, p.problem.Variables[j].Upper = Bound{}, Bound{}
		p.bounded[j] = stated{true, true, p.token.line}
		return p.advance()
	}
	if any && (p.token.text != relation || relation == "=") {
		return p.fail("expected bounds such as 1 <= x <= 2, found %v after %s", p.token, relation)
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
	v, b := &p.problem.Variables[j], &p.bounded[j]
	b.line = p.last
	var err error
	if relation != "<=" {
		if v.Lower, err = p.limit(value, rational.Rat{}, -1); err != nil {
			return err
		}
		b.lower = true
	}
	if relation != ">=" {
		v.Upper, err = p.limit(value, rational.Rat{}, 1)
		b.upper = true
	}
	return err
}
