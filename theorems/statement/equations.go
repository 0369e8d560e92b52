package statement

import (
	"slices"

	"pstar/internal/each"
	"pstar/rational"
)

var plusOne, minusOne = rational.Whole(1), rational.Whole(-1)

// Equations are linear forms that are 0, solved for symbols one after the other, each with the
// combination of the given ones that it is. The zero value has none.
//
// It is Gauss-Jordan elimination with the multipliers kept: they become the proof that
// a row is a combination of equations. The pivot is the first product of a form, hence
// the first parameter in the order of the file, so that what is solved for does not
// depend on how equations are written.
type Equations struct{ solved []solvedEquation }

type solvedEquation struct {
	// It stands in no other equation of the list.
	pivot Mono
	form  Form // 1 at the pivot
	by    []Share
}

// A Share is a multiple of a given form.
type Share struct {
	Number int
	Factor rational.Rat
}

// Add adds an equation with its number. It reports false if it follows from those before: then it is not
// needed, or is a contradiction. It takes one pass over the equations before. Of the
// numbers nothing is required but that they tell the equations apart.
func (e *Equations) Add(number int, f Form) bool {
	// Rest is f without the pivots of those before. If no symbol is left, f is a
	// combination of them, or 0 = c with c not 0.
	rest, by := e.Reduce(f)
	i := slices.IndexFunc(rest, func(t Term) bool { return t.M != One })
	if i < 0 {
		return false
	}
	scale := rest[i].C.Inv()
	// rest = f − Σ by, so that scale·rest is scale·f and −scale times the shares.
	shares := []Share{{number, scale}}
	for _, s := range by {
		shares = append(shares, Share{s.Number, s.Factor.Mul(scale).Neg()})
	}
	n := solvedEquation{rest[i].M, rest.Scale(scale), AddShares(shares)}
	for k, o := range e.solved {
		// The new pivot is taken out of the equations before, which keeps the
		// invariant: each pivot in its own equation only.
		if c := o.form.coefficient(n.pivot); !c.IsZero() {
			more := each.Of(n.by, func(s Share) Share { return Share{s.Number, s.Factor.Mul(c).Neg()} })
			// Of a clone: append could write behind the list, and AddShares sorts what
			// it is given.
			e.solved[k] = solvedEquation{o.pivot, o.form.Minus(n.form.Scale(c)), AddShares(append(slices.Clone(o.by), more...))}
		}
	}
	e.solved = append(e.solved, n)
	return true
}

// Reduce writes f as rest + a combination of the equations, the rest without pivots.
// The rest is 0 exactly if f is a combination of the equations, which by tells.
func (e *Equations) Reduce(f Form) (rest Form, by []Share) {
	rest = f
	var shares []Share
	for _, o := range e.solved {
		if c := f.coefficient(o.pivot); !c.IsZero() { // pivots stand in their own equation only
			rest = rest.Minus(o.form.Scale(c))
			for _, s := range o.by {
				shares = append(shares, Share{s.Number, s.Factor.Mul(c)})
			}
		}
	}
	return rest, AddShares(shares)
}

// AddShares adds up shares of the same number. The list is sorted by number; it is
// sorted in place, and shares that cancel are left out.
func AddShares(shares []Share) (list []Share) {
	slices.SortFunc(shares, func(a, b Share) int { return a.Number - b.Number })
	for _, s := range shares {
		if n := len(list); n > 0 && list[n-1].Number == s.Number {
			list[n-1].Factor = list[n-1].Factor.Add(s.Factor)
			continue
		}
		list = append(list, s)
	}
	return slices.DeleteFunc(list, func(s Share) bool { return s.Factor.IsZero() })
}

// coefficient is that of a product. It is 0 if the product does not occur.
func (f Form) coefficient(m Mono) rational.Rat {
	for _, t := range f {
		if t.M == m {
			return t.C
		}
	}
	return rational.Rat{}
}

// Coefficient is that of a symbol.
func (f Form) Coefficient(symbol int) rational.Rat { return f.coefficient(Of(symbol)) }
