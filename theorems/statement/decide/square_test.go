package decide

import (
	"testing"

	"pstar/rational"
	"pstar/theorems/statement"
)

// arrow is y² + y·Σ x_i + c·Σ x_i² for n symbols x_i behind y: without y it is dense.
func arrow(n int, c int64) statement.Form {
	y := statement.Of(0)
	terms := []statement.Term{{C: one, M: y.Times(y)}}
	for i := range n {
		x := statement.Of(1 + i)
		terms = append(terms, statement.Term{C: one, M: y.Times(x)}, statement.Term{C: rational.NewRat(c, 1), M: x.Times(x)})
	}
	return statement.Collect(terms)
}

// Completing squares ends where there are more of them than a proof may have.
func TestCompletedEnds(t *testing.T) {
	list, rest := completed(arrow(60, 100))
	if len(list) != maxSquares+1 {
		t.Errorf("%d squares", len(list))
	}
	for _, s := range list { // what was taken and what is left are the form
		rest = rest.Plus(s.root.Times(s.root).Scale(s.factor))
	}
	if !rest.Equal(arrow(60, 100)) {
		t.Error("the squares and the rest are another form")
	}
}

// The root of a square is found term by term, also where terms of the square cancel.
func TestRootOf(t *testing.T) {
	x, y := statement.Of(0), statement.Of(1)
	for _, root := range []statement.Form{
		statement.Collect([]statement.Term{{C: one, M: x.Times(x)}, {C: rational.NewRat(-3, 2), M: y}, {C: one, M: statement.One}}),
		statement.Collect([]statement.Term{{C: one, M: statement.One}, {C: rational.NewRat(2, 1), M: x}, {C: rational.NewRat(-2, 1), M: x.Times(x)}}),
	} {
		f := root.Times(root).Scale(rational.NewRat(5, 1))
		s, ok := rootOf(f)
		if !ok || !s.root.Times(s.root).Scale(s.factor).Equal(f) {
			t.Errorf("%v: the root %v", f, s.root)
		}
		if _, ok := rootOf(f.Plus(statement.ConstantForm(one))); ok {
			t.Errorf("%v + 1 has a root", f)
		}
		if _, ok := rootOf(f.Scale(one.Neg())); ok {
			t.Errorf("-%v has a root", f)
		}
	}
}
