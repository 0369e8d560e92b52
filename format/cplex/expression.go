package cplex

import (
	"pstar/format/program"
	"pstar/lp"
	"pstar/rational"
)

// label reads "name:" if it is there; a number may be a label too.
//
// The colon decides, one token ahead: without it nothing is read.
func (p *parser) label() (string, error) {
	if p.token.kind != name && p.token.kind != number {
		return "", nil
	}
	// The colon may stand behind a blank.
	next, err := p.peek()
	if err != nil || next.kind != operator || next.text != ":" {
		return "", err
	}
	// Kept before it is passed.
	name := p.token.text
	if err := p.advance(); err != nil {
		return "", err
	}
	return name, p.advance()
}

// objective reads the objective, whose label and terms may be missing.
//
// A variable that comes twice has the sum of its coefficients for its cost.
func (p *parser) objective() error {
	// The name of the objective is not kept: a problem has one objective.
	if _, err := p.label(); err != nil {
		return err
	}
	terms, constant, err := p.expression()
	if err != nil {
		return err
	}
	// Variables of cost 0 are declared here, and take their places in the order.
	for _, t := range terms {
		v := &p.problem.Variables[t.Variable]
		v.Cost = v.Cost.Add(t.Coefficient)
	}
	p.problem.Constant = constant
	return nil
}

// expression reads terms and constants up to what cannot continue it.
//
// Terms are as they stand, the same variable perhaps more than once. nil terms mean that
// there was no variable.
func (p *parser) expression() (terms []lp.Term, constant rational.Rat, err error) {
	for first := true; ; first = false {
		// A section may begin where a term could, since its words are names too.
		section, err := p.keyword()
		if err != nil || section != "" {
			return terms, constant, err
		}
		sign, signed, err := p.signs()
		if err != nil {
			return nil, constant, err
		}
		// Behind a sign too: "x +" at the end of a line before a section is a slip, and no
		// variable called bounds.
		if section, err = p.keyword(); err != nil {
			return nil, constant, err
		}
		switch {
		case section != "" || p.token.kind != number && p.token.kind != name:
			// A sign with nothing after it is a slip, and what follows is not part of the sum.
			if signed {
				return nil, constant, p.fail("expected a term after the sign, found %v", p.token)
			}
			return terms, constant, nil
		// Without a sign between them two terms are two expressions: the end of this one.
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
		// A number alone is a constant; several add up.
		if variable < 0 {
			constant = constant.Add(coefficient)
			continue
		}
		terms = append(terms, lp.Term{Variable: variable, Coefficient: coefficient})
	}
}

// signs reads any number of signs.
//
// Without any the sign is 1; any tells whether a term must follow.
func (p *parser) signs() (sign int, any bool, err error) {
	// Each minus turns the sign once more.
	for sign = 1; p.token.kind == operator && (p.token.text == "+" || p.token.text == "-"); any = true {
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
func (p *parser) term() (coefficient rational.Rat, variable int, err error) {
	// A variable without a number before it counts once.
	coefficient = rational.NewRat(1, 1)
	if p.token.kind == number {
		coefficient = p.token.value
		if err := p.advance(); err != nil {
			return coefficient, 0, err
		}
		// A number before a section, or before the label of the next constraint, is a
		// constant.
		section, err := p.keyword()
		if err != nil || section != "" || p.token.kind != name || p.labelAhead() {
			return coefficient, -1, err
		}
	}
	// An infinity times a number, or as a term, means nothing.
	if program.InfinitySign(p.token.text) != 0 {
		return coefficient, 0, p.fail("expected a variable, found %v", p.token)
	}
	// In order of first occurrence, wherever that is.
	variable, ok := p.variables[p.token.text]
	if !ok {
		variable = p.newVariable(p.token.text)
	}
	return coefficient, variable, p.advance()
}

// newVariable adds a variable, nonnegative until a bound says otherwise.
//
// Its place is the next one: the order of first occurrence is the order of the problem.
func (p *parser) newVariable(name string) int {
	j := p.problem.AddVariable(lp.Variable{Name: name, Lower: lp.At(rational.Rat{})})
	p.variables[name] = j
	// No bound is stated yet, so that no line is known.
	p.bounded = append(p.bounded, program.Stated{})
	return j
}

// labelAhead reports whether the present name is the label of the next constraint.
//
// An error of the reader is not told here; it comes when the token is read.
func (p *parser) labelAhead() bool {
	// What is ahead is kept, and read once.
	next, err := p.peek()
	return err == nil && next.kind == operator && next.text == ":"
}
