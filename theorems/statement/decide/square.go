package decide

import (
	"slices"

	"pstar/rational"
	"pstar/theorems/statement"
	"pstar/witness"
)

// maxSquares bounds the squares of a proof by hand, each of which doubles the
// certificate: eight make it 256 times as long.
const maxSquares = 8

// maxSquareTerms bounds the forms of which roots are sought. A root of n terms has a
// square of up to n(n+1)/2.
const maxSquareTerms = 500

// square is a positive number times the square of a root.
type square struct {
	factor rational.Rat
	root   statement.Form
}

// squares adds the squares of which a row is a sum, up to what is nonnegative by itself, and returns the sum; nil if it is none.
//
// They are found without a program, by completing squares; so no other facts can have a
// share. Where facts and squares are needed together, see the method roots.
func (h *hand) squares(row statement.Row) *witness.Combine {
	list, rest := squaresOf(row.Form)
	// A sum of squares can be 0; a strict row needs a positive number besides.
	loose := row.Relation == statement.Above && rest.Constant().Sign() <= 0
	if len(list) == 0 || h.squared()+len(list) > maxSquares || loose || row.Relation == statement.Equal || !h.nonnegative(rest) {
		return nil
	}
	c := &witness.Combine{}
	for _, s := range list {
		c.Products = append(c.Products, witness.Product{Factor: s.factor, Facts: []int{h.addSquare(s.root)}})
	}
	return c
}

// squared counts the squares that have been added.
func (h *hand) squared() (n int) {
	for _, s := range h.steps {
		if s.root != nil {
			n++
		}
	}
	return n
}

// roots are those of squares that may have a share in a row: of a symbol of which the square stands somewhere, and the sum and the difference of two with a
// product somewhere.
//
// These are not all squares that can be needed, but those that a linear program can use
// without knowing coefficients: x², (x+y)², (x−y)² make every diagonally dominant
// quadratic form.
func (h *hand) roots(row statement.Row) (list []product) {
	seen := map[statement.Mono]bool{}
	// The clip keeps append from writing the row behind the facts.
	for _, r := range append(slices.Clip(h.facts), row) {
		for _, t := range r.Form {
			if t.M.Degree() != 2 || seen[t.M] || len(list) >= maxRoots {
				continue
			}
			seen[t.M] = true
			a, b := t.M.Symbols()[0], t.M.Symbols()[1]
			if a == b {
				list = append(list, product{factor: one, root: statement.Form{{C: one, M: statement.Of(a)}}})
				continue
			}
			for _, sign := range []rational.Rat{one, one.Neg()} {
				list = append(list, product{factor: one, root: statement.Form{{C: one, M: statement.Of(a)}, {C: sign, M: statement.Of(b)}}})
			}
		}
	}
	return list
}

// maxRoots bounds the squares that a search tries besides facts.
const maxRoots = 200

// squaresOf writes a form as a sum of squares and a rest. Of degree 2, squares are completed, one symbol after the other: then a form that is nowhere negative leaves a
// number for a rest; after more than maxSquares of them it is given up. Of a higher
// degree the form must be one square. This is Lagrange's diagonalisation; a
// semidefinite program would find more of higher degree, and round.
func squaresOf(f statement.Form) (list []square, rest statement.Form) {
	switch {
	case len(f) == 0 || len(f) > maxSquareTerms:
	case f.Degree() == 2:
		return completed(f)
	case f.Degree() > 2:
		if s, ok := rootOf(f); ok {
			return []square{s}, nil
		}
	}
	return nil, f
}

// completed takes for each symbol of which the square stands in the form, with a positive factor, the square that has all terms with the symbol.
//
// Each takes the symbol out of the form, so that it ends; the numbers grow as in
// Gaussian elimination.
func completed(f statement.Form) (list []square, rest statement.Form) {
	for {
		i := slices.IndexFunc(f, func(t statement.Term) bool {
			return t.M.Degree() == 2 && t.M.Symbols()[0] == t.M.Symbols()[1] && t.C.Sign() > 0
		})
		if i < 0 || len(list) > maxSquares { // as many are of no use, and each can make the form larger
			return list, f
		}
		c, symbol := f[i].C, statement.Of(f[i].M.First())
		root := []statement.Term{{C: one, M: symbol}}
		for k, t := range f {
			// The terms x·m of the form, m a symbol or 1, come from 2·c·x·(t/2c)·m.
			if other, ok := over(t.M, symbol); ok && k != i {
				root = append(root, statement.Term{C: t.C.Quo(c.Add(c)), M: other})
			}
		}
		s := square{c, statement.Collect(root)}
		list = append(list, s)
		f = f.Minus(s.root.Times(s.root).Scale(c))
	}
}

// rootOf is the square that a form is, term by term from the last one: products keep the order of terms.
//
// If f = c·r², the largest product of f is the square of the largest one of r, and the
// other terms of r come one after the other from the largest product that is left,
// divided by the first one. It ends at a product that cannot be divided.
func rootOf(f statement.Form) (square, bool) {
	last := f[len(f)-1]
	lead, symbols := statement.One, last.M.Symbols()
	for k := 0; k < len(symbols); k += 2 {
		// The last product is no square, and so f is none.
		if k+1 == len(symbols) || symbols[k] != symbols[k+1] {
			return square{}, false
		}
		lead = lead.Times(statement.Of(symbols[k]))
	}
	s := square{last.C, nil}
	// Invariant: rest = f − factor·root². A further term t of the root takes factor·t·(2·root + t) from it, and the first one,
	// whose square is the last term of f, is a case of that.
	rest, term := f, statement.Form{{C: one, M: lead}}
	for range maxSquareTerms {
		rest = rest.Minus(s.root.Plus(s.root).Plus(term).Times(term).Scale(s.factor))
		s.root = s.root.Plus(term)
		if len(rest) == 0 {
			return s, last.C.Sign() > 0
		}
		// The largest product that is left can come from 2·lead·t only.
		t := rest[len(rest)-1]
		m, ok := over(t.M, lead)
		if !ok {
			break
		}
		term = statement.Form{{C: t.C.Quo(s.factor.Add(s.factor)), M: m}}
	}
	return square{}, false
}

// over is a product of symbols without those of another one, if it has them all. It
// reports false if some symbol of the divisor, as often as it stands there, is missing.
func over(m, divisor statement.Mono) (rest statement.Mono, ok bool) {
	left := divisor.Symbols()
	for _, k := range m.Symbols() {
		if i := slices.Index(left, k); i >= 0 {
			left = slices.Delete(left, i, i+1)
		} else {
			rest = rest.Times(statement.Of(k))
		}
	}
	return rest, len(left) == 0
}
