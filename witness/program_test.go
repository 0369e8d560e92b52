package witness

import (
	"bytes"
	"context"
	"errors"
	"testing"

	"pstar/certificate"
	"pstar/certificate/kernel"
	"pstar/lp"
	"pstar/rational"
)

// A number has as many digits as the format allows, or one more.
func TestLinearProgramWithLongNumbers(t *testing.T) {
	one := rational.NewRat(1, 1)
	least := rational.NewRat(10, 1).Pow(kernel.MaxDigits) // of those with too many digits
	most := least.Sub(one)
	for name, c := range map[string]struct {
		number  rational.Rat
		allowed bool
	}{
		"most":           {most, true},
		"least":          {least, false},
		"minus most":     {most.Neg(), true},
		"minus least":    {least.Neg(), false},
		"one by most":    {one.Quo(most), true},
		"one by least":   {one.Quo(least), false},
		"most by a most": {most.Quo(most.Sub(one)), true},
	} {
		bound := lp.Bound{Finite: true, Value: c.number}
		p := &lp.Problem{Variables: []lp.Variable{{Name: "x", Cost: one, Lower: bound, Upper: bound}}}
		r, err := lp.Solve(context.Background(), p, lp.Options{})
		if err != nil {
			t.Fatal(err)
		}
		d, err := LinearProgram(p, r)
		var unwritable *Unwritable
		if c.allowed != (err == nil) || !c.allowed && !errors.As(err, &unwritable) {
			t.Fatalf("%s: %v", name, err)
		}
		var b bytes.Buffer
		d.Write(&b)
		if _, err := certificate.Check(&b); c.allowed != (err == nil) {
			t.Errorf("%s: the checker says %v", name, err)
		}
	}
}

// What is nil, or malformed, is an error and no panic.
func TestLinearProgramOfNothing(t *testing.T) {
	malformed := &lp.Problem{Rows: []lp.Row{{Terms: []lp.Term{{Variable: 1}}}}}
	for name, call := range map[string]struct {
		p *lp.Problem
		r *lp.Result
	}{"a nil problem": {nil, &lp.Result{}}, "a nil result": {&lp.Problem{}, nil}, "a malformed problem": {malformed, &lp.Result{}}} {
		if _, err := LinearProgram(call.p, call.r); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}
