package lp

import (
	"context"
	"errors"
	"fmt"

	"pstar/rational"
)

// Builder makes a [Problem] step by step. What goes wrong on the way, such as a number
// that is none, is kept and returned by [Builder.Problem] and [Builder.Solve]. Numbers are given
// as an int, an int64, a rational.Int, a rational.Rat or a string that [rational.ParseRat]
// reads, such as "3/7" or "0.25". The zero value is a builder of a problem to be minimised; the
// methods of a nil builder panic.
// After a mistake it takes further calls, so that a program need not ask after each.
type Builder struct {
	problem Problem
	err     error
}

// Var is a variable of a [Builder]: its index, also in [Result.Primal].
type Var int

// Part is a number times a variable, see [Times].
// The number is read when the part is used, where a fault of it is kept.
type Part struct {
	number any
	v      Var
}

// Times returns number·v.
func Times(number any, v Var) Part { return Part{number, v} }

// NewBuilder returns a builder of a problem without variables and rows.
func NewBuilder(s Sense) *Builder {
	return &Builder{problem: Problem{Sense: s}}
}

// given panics for what is a mistake in the code of the caller, and no bad input.
// A builder that does not exist has nowhere to keep an error.
func (b *Builder) given() *Builder {
	if b == nil {
		panic("lp: the builder is nil")
	}
	return b
}

// Var adds a nonnegative variable.
func (b *Builder) Var(name string) Var { return b.Between(name, 0, nil) }

// Free adds a variable that may have any value.
func (b *Builder) Free(name string) Var { return b.Between(name, nil, nil) }

// Between adds a variable with the bounds given; nil stands for none.
// The index is that of the next variable even after a mistake.
func (b *Builder) Between(name string, lower, upper any) Var {
	return Var(b.given().problem.AddVariable(Variable{Name: name, Lower: b.bound(lower), Upper: b.bound(upper)}))
}

// Objective adds parts to the objective.
// Parts of one variable add up, also over several calls.
func (b *Builder) Objective(parts ...Part) {
	for _, t := range b.given().terms(parts) {
		v := &b.problem.Variables[t.Variable]
		v.Cost = v.Cost.Add(t.Coefficient)
	}
}

// Constant adds a number to the objective.
func (b *Builder) Constant(number any) {
	constant := &b.given().problem.Constant
	*constant = constant.Add(b.number(number))
}

// AtMost adds the row Σ parts ≤ limit, AtLeast Σ parts ≥ limit, and Equal Σ parts = limit;
// their result is the index of the row, also in [Result.Dual]. A limit of nil is no number:
// a row without bounds is a Range.
func (b *Builder) AtMost(name string, limit any, parts ...Part) int {
	return b.Range(name, nil, b.given().number(limit), parts...)
}

// AtLeast adds the row Σ parts ≥ limit.
func (b *Builder) AtLeast(name string, limit any, parts ...Part) int {
	return b.Range(name, b.given().number(limit), nil, parts...)
}

// Equal adds the row Σ parts = limit.
func (b *Builder) Equal(name string, limit any, parts ...Part) int {
	at := b.given().number(limit)
	return b.Range(name, at, at, parts...)
}

// Range adds the row lower ≤ Σ parts ≤ upper; nil stands for no bound.
// Equal bounds make an equation, and crossed ones an infeasible row, which is no mistake.
func (b *Builder) Range(name string, lower, upper any, parts ...Part) int {
	return b.given().problem.AddRow(Row{Name: name, Terms: b.terms(parts), Lower: b.bound(lower), Upper: b.bound(upper)})
}

// Problem returns the problem, or the first thing that went wrong, or what [Problem.Validate] says,
// such as that a name was given twice.
// The problem is the builder's own: what is added later changes it.
func (b *Builder) Problem() (*Problem, error) {
	if b.given().err != nil {
		return nil, b.err
	}
	return &b.problem, b.problem.Validate()
}

// Solve solves the problem, see the function [Solve].
func (b *Builder) Solve(ctx context.Context) (*Result, error) {
	p, err := b.Problem()
	if err != nil {
		return nil, err
	}
	return Solve(ctx, p, Options{})
}

// fail keeps the first thing that went wrong; the steps after it go on, and count for nothing.
func (b *Builder) fail(err error) {
	if b.err == nil {
		b.err = err
	}
}

// terms returns the parts whose variables exist.
// A part of a variable that is not there is left out, as the error is kept anyway.
func (b *Builder) terms(parts []Part) []Term {
	var terms []Term
	for _, p := range parts {
		if p.v < 0 || int(p.v) >= len(b.problem.Variables) {
			b.fail(fmt.Errorf("lp: there is no variable %d", int(p.v)))
			continue
		}
		terms = append(terms, Term{int(p.v), b.number(p.number)})
	}
	return terms
}

// bound returns the bound of a number, or none for nil.
func (b *Builder) bound(v any) Bound {
	// In an interface nil is no number at all; a typed zero is one.
	if v == nil {
		return Bound{}
	}
	return At(b.number(v))
}

// number returns the value of one of the types that the Builder takes.
// Floats are not among them: a number that is written as one is rarely the one that is
// meant.
func (b *Builder) number(v any) rational.Rat {
	switch v := v.(type) {
	case int:
		return rational.NewRat(int64(v), 1)
	case int64:
		return rational.NewRat(v, 1)
	case rational.Int:
		return rational.RatFromInt(v)
	case rational.Rat:
		return v
	case string:
		x, err := rational.ParseRat(v)
		if err != nil {
			b.fail(fmt.Errorf("lp: %w", err))
		}
		return x
	}
	b.fail(fmt.Errorf("lp: expected a number, got a %T", v))
	return rational.Rat{}
}

var errNilProblem = errors.New("lp: the problem is nil")
