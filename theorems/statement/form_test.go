package statement_test

import (
	"math/rand/v2"
	"slices"
	"testing"

	"pstar/rational"
	"pstar/theorems/statement"
)

// Plus merges two forms as Collect would sort all of their terms.
func TestPlusIsCollect(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	form := func() statement.Form {
		var terms []statement.Term
		for range r.IntN(8) {
			m := statement.One
			for range r.IntN(3) {
				m = m.Times(statement.Of(r.IntN(3)))
			}
			terms = append(terms, statement.Term{C: rational.NewRat(r.Int64N(5)-2, 1), M: m})
		}
		return statement.Collect(slices.DeleteFunc(terms, func(t statement.Term) bool { return t.C.IsZero() }))
	}
	for range 2000 {
		f, g := form(), form()
		if sum, want := f.Plus(g), statement.Collect(slices.Concat([]statement.Term(f), []statement.Term(g))); !sum.Equal(want) {
			t.Fatalf("%v + %v is %v, want %v", f, g, sum, want)
		}
	}
}
