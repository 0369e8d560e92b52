package lp

import (
	"testing"

	"pstar/rational"
)

// decodeProblem reads a small problem from bytes; every byte string means one.
func decodeProblem(data []byte) *Problem {
	next := func() int64 {
		if len(data) == 0 {
			return 0
		}
		b := int8(data[0])
		data = data[1:]
		return int64(b)
	}
	number := func() rational.Rat { return rational.NewRat(next(), 1+next()&7) }
	bound := func(present bool) Bound {
		if !present {
			return Bound{}
		}
		return At(number())
	}
	p := &Problem{Sense: Sense(next() & 1), Constant: number()}
	n, m := int(next()&7), int(next()&7)
	for range n {
		kind := next()
		p.AddVariable(Variable{Cost: number(), Lower: bound(kind&1 != 0), Upper: bound(kind&2 != 0)})
	}
	for range m {
		kind := next()
		row := Row{Lower: bound(kind&1 != 0), Upper: bound(kind&2 != 0)}
		for j := range n {
			if kind>>(j+2)&1 != 0 {
				row.Terms = append(row.Terms, Term{j, number()})
			}
		}
		p.AddRow(row)
	}
	return p
}

// FuzzSolve checks that every problem gets a verdict whose witness holds, and the
// same one by every method.
func FuzzSolve(f *testing.F) {
	f.Add([]byte{})
	f.Add([]byte{0, 5, 1, 2, 1, 1, 1, 0, 0, 0, 1, 2, 0, 0, 0, 13, 1, 0, 1, 0, 1, 0})
	f.Add([]byte{1, 0, 0, 1, 1, 3, 1, 0, 0, 0, 4, 0, 7, 250, 3, 2, 1, 1, 0})
	f.Add([]byte("maximise the amount sent from sources to sinks, exactly"))
	f.Add([]byte("\x01\x00\x00\x03\x04\x00\x01\x00\x00\x02\x00\x00\x03\x00\x1e\xff\x00\x01\x00\x02\x00\x1d\x05\x00\x05\x00\x03\x00"))
	f.Fuzz(func(t *testing.T, data []byte) {
		p := decodeProblem(data)
		a := solve(t, p, LargestCoefficient)
		for name, o := range methods {
			if b := solveWith(t, p, o); a.Verdict != b.Verdict || !a.Value.Equal(b.Value) {
				t.Fatalf("%v %v, %s: %v %v", a.Verdict, a.Value, name, b.Verdict, b.Value)
			}
		}
	})
}
