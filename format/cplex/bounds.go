package cplex

import (
	"fmt"
	"strings"

	"pstar/format/program"
	"pstar/lp"
	"pstar/rational"
)

// integerVariable reads one name of a section that demands integers.
//
// Sections of this kind are lists of names, without commas or line ends that count.
func (p *parser) integerVariable(section string) error {
	j, err := p.known()
	if err != nil {
		return err
	}
	// A relaxation is another problem, which is solved only if it is asked for.
	if !p.options.Relax {
		return p.fail("expected a linear program, found the %s variable %v (the option -relax drops that)", section, p.token)
	}
	// The bounds of a binary variable are part of what its section says, and stay when the demand
	// for integers goes.
	if section == "binary" {
		p.problem.Variables[j].Lower, p.problem.Variables[j].Upper = lp.At(rational.Rat{}), lp.At(rational.NewRat(1, 1))
		p.bounded[j] = program.Stated{Lower: true, Upper: true, Line: p.token.line}
	}
	return p.advance()
}

// known returns the variable that the present token names.
//
// In these sections a new name could only be a slip: the variable would have no bound, no
// cost and no row.
func (p *parser) known() (int, error) {
	// Known means that the objective or a row has named it.
	j, ok := p.variables[p.token.text]
	if p.token.kind != name || !ok {
		return 0, p.fail("expected a variable of the objective or the constraints, found %v", p.token)
	}
	return j, nil
}

// bound returns the variable that the present token names, a new one if need be.
//
// The present token stays: the caller goes on from it.
func (p *parser) bound() (int, error) {
	if p.token.kind != name {
		return 0, p.fail("expected a variable, found %v", p.token)
	}
	if j, ok := p.variables[p.token.text]; ok {
		return j, nil
	}
	// A slip of the pen in a name makes a new variable; its writer should hear of it.
	p.Remark(p.token.line, fmt.Sprintf("variable %v occurs in the bounds only", p.token), "such variables")
	return p.newVariable(p.token.text), nil
}

// boundLine reads x free, x >= 1, 1 <= x, 1 <= x <= 2 or x = 1.
//
// A bound line may go on over line ends. Errors are of the token that does not fit.
func (p *parser) boundLine() error {
	// any tells 1 <= x from x >= 1.
	low, any, err := p.boundValue()
	if err != nil {
		return err
	}
	relation := ""
	// A number first: 1 <= x, perhaps with a second relation after the variable.
	if any {
		if relation, err = p.relation(); err != nil {
			return err
		}
	}
	j, err := p.bound()
	if err != nil {
		return err
	}
	if err := p.advance(); err != nil {
		return err
	}
	if any {
		// Seen from the variable the relation points the other way.
		// Set before the second relation is known: both bounds are set in the end, or an
		// error ends all.
		if err := p.setBound(j, flipped(relation), low); err != nil {
			return err
		}
		if p.token.kind != operator {
			return nil
		}
		// Free is no keyword elsewhere: a variable may be called so.
	} else if p.token.kind == name && strings.EqualFold(p.token.text, "free") {
		p.problem.Variables[j].Lower, p.problem.Variables[j].Upper = lp.Bound{}, lp.Bound{}
		p.bounded[j] = program.Stated{Lower: true, Upper: true, Line: p.token.line}
		return p.advance()
	}
	// 1 = x = 2 and 1 = x <= 2 have no meaning that tools agree on.
	if any && relation == "=" {
		return p.fail("expected one relation beside =, found %v too; only <= and >= make ranges, as in 1 <= x <= 2", p.token)
	}
	// 1 <= x >= 2 would be two lower bounds.
	if any && p.token.text != relation {
		return p.fail("expected bounds such as 1 <= x <= 2, found %v after %s", p.token, relation)
	}
	if relation, err = p.relation(); err != nil {
		return err
	}
	// The side behind the variable, which must be a number or an infinity.
	value, err := p.value()
	if err != nil {
		return err
	}
	return p.setBound(j, relation, value)
}

// boundValue reads a number or an infinity if one is there.
func (p *parser) boundValue() (side, bool, error) {
	infinity, err := p.infinity()
	if err != nil || infinity != 0 {
		return side{infinity: infinity}, true, err
	}
	// Several signs make one, as in a sum.
	sign, signed, err := p.signs()
	if err != nil {
		return side{}, false, err
	}
	if p.token.kind != number {
		// -x >= 1 would be a bound of x to some and an error to most.
		if signed && p.token.kind == name {
			return side{}, false, p.fail("expected a number, found %v; in a bound a variable has no sign or coefficient", p.token)
		}
		if signed {
			return side{}, false, p.fail("expected a number, found %v", p.token)
		}
		return side{}, false, nil
	}
	// Signs before a number belong to it here, since there are no sums in bounds.
	v := p.token.value
	if sign < 0 {
		v = v.Neg()
	}
	return side{constant: v}, true, p.advance()
}

// setBound sets the bounds of variable j by "j relation value"; what is stated last
// counts.
func (p *parser) setBound(j int, relation string, value side) error {
	v, b := &p.problem.Variables[j], &p.bounded[j]
	// The token at hand may be on the next line already.
	b.Line = p.last
	var err error
	// An equation sets both sides. An infinity on the side where it is none takes the bound away.
	if relation != "<=" {
		if v.Lower, err = p.limit(value, rational.Rat{}, -1); err != nil {
			return err
		}
		b.Lower = true
	}
	if relation != ">=" {
		v.Upper, err = p.limit(value, rational.Rat{}, 1)
		b.Upper = true
	}
	return err
}
