package exchange

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"math/big"

	"pstar/certificate/kernel"
	"pstar/certificate/statement"
	"pstar/rational"
)

// A document is what is read of a document that the checker has accepted.
type document struct {
	// Only what some format writes is here; members of other builders are passed over.
	Statement struct {
		Builder, Sense       string
		Variables, Objective [][]any
		Rows, Projection     [][]any
		Outcome, Infeasible  []any
	}
	// By theorem, in the order of the statement. Rows are the steps that derive, Exists those that
	// show a point.
	Proofs []struct{ Rows, Exists []step }
}

// A step is a rule with those of its members that matter here.
type step struct {
	// Numbers stay as they are written, integers or strings, until they are needed: see number.
	Rule string
	// Times is what a combine is multiplied by, Over the denominator that the values of a
	// witness share.
	Times, Over any
	// A product is a number and the numbers of its facts, an equation a polynomial and the
	// number of its fact.
	Products, Equations [][]any
	// Pairs of a symbol and its value, which is a polynomial.
	Values [][]any
}

// parse checks a document, which must have the builder, and reads it.
func parse(ctx context.Context, data []byte, builder string) (*document, error) {
	// Nothing is written of a document that the checker refuses; and what it accepts has the types
	// that are asserted below, so that no shape is checked here a second time.
	if _, err := kernel.CheckContext(ctx, data, statement.Builders); err != nil {
		return nil, err
	}
	// A second reading of the same bytes: the kernel keeps none of the names and of the
	// structure that formats need.
	d := &document{}
	decoder := json.NewDecoder(bytes.NewReader(data))
	// A float would lose digits of a long integer.
	decoder.UseNumber()
	if err := decoder.Decode(d); err != nil {
		return nil, err
	}
	// Such as -vipr of a cell: the format has nothing for it.
	if d.Statement.Builder != builder {
		return nil, fmt.Errorf("the format has a form for statements of the builder %q alone, and this one is of %q", builder, d.Statement.Builder)
	}
	return d, nil
}

// number is a NUM of a document; 1 if it is missing.
func number(x any) rational.Rat {
	// Whatever multiplies may be left out where it is 1.
	text := "1"
	switch x := x.(type) {
	case json.Number:
		text = x.String()
	case string:
		text = x
	}
	// The checker has read this number already, by its narrower grammar.
	r, ok := new(big.Rat).SetString(text)
	if !ok {
		panic("exchange: a number of an accepted document")
	}
	return rational.RatFromBig(r)
}

// integer is an INT of a document.
// It is the number of a variable, a row or a fact, and so small.
func integer(x any) int {
	// The checker has let no other form through.
	n, err := x.(json.Number).Int64()
	if err != nil {
		panic("exchange: an integer of an accepted document")
	}
	return int(n)
}

// linear takes a polynomial of degree at most 1 apart.
func linear(poly any) (constant rational.Rat, terms map[int]rational.Rat) {
	// Variables that do not occur are not in the map; their coefficient is 0.
	terms = map[int]rational.Rat{}
	// A term is its coefficient, then the numbers of its symbols: none, one, or a longer product,
	// which facts of polyhedra and programs do not have.
	for _, t := range poly.([]any) {
		switch t := t.([]any); len(t) {
		// The constant, which may be missing and is 0 then.
		case 1:
			constant = number(t[0])
		case 2:
			terms[integer(t[1])] = number(t[0])
		}
	}
	return constant, terms
}
