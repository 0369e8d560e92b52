package elimination

import (
	"context"
	"fmt"
	"math/big"

	"pstar/certificate/theorem"
	"pstar/fm"
	"pstar/internal/each"
	"pstar/rational"
)

// projected eliminates the unknowns of a theorem of kind feasible, all of whose facts hold unknowns and are homogeneous and linear, by package fm.
// It knows the signs of parameters besides. The steps of the result can be written by
// exist. The error is the cause if ctx ends. Package fm has no theorems, but rows:
// facts and the signs of unknowns are rows that are to be eliminated, signs of
// parameters are rows that it only knows.
func projected(ctx context.Context, t *theorem.Theorem) (*projector, error) {
	s := &fm.System{}
	for _, symbol := range t.Symbols {
		if symbol.Unknown {
			s.Variables = append(s.Variables, symbol.Name)
		} else if len(s.Variables) > 0 {
			panic("witness: an unknown stands before a parameter")
		} else {
			s.Symbols = append(s.Symbols, symbol.Name)
		}
	}
	p := &projector{of: map[int]int{}, lines: map[int]rational.RatVector{}, theorem: t}
	// Rows that hold an unknown have the same number there and here.
	add := func(f theorem.Fact, unknown bool) {
		x := factRow(f, len(t.Symbols)+1)
		// Facts on parameters are known to fm, but not to the rule.
		if x.fm = -1; unknown {
			x.fm = len(s.Rows)
			p.rows = append(p.rows, x)
		}
		s.Rows = append(s.Rows, fm.Row{Relation: map[string]fm.Relation{atLeast: fm.AtLeast, above: fm.Above, exactly: fm.Equal}[x.relation],
			Symbols: x.v[1 : 1+len(s.Symbols)].Scale(rational.NewRat(-1, 1)), Coefficients: x.v[1+len(s.Symbols):]})
	}
	for _, f := range t.Facts {
		add(f, true)
	}
	// Unknowns first: their signs are rows that can be eliminated.
	for _, unknown := range []bool{true, false} {
		for k, symbol := range t.Symbols {
			if symbol.Nonnegative && symbol.Unknown == unknown {
				add(theorem.Fact{Poly: theorem.Poly{{C: theorem.Int(1), M: theorem.Product(k)}}}, unknown)
			}
		}
	}
	eliminate := each.To(len(s.Variables), func(k int) int { return k })
	var err error
	// Without a budget: the cells for which it is asked are small.
	if p.result, err = fm.Eliminate(ctx, s, eliminate, fm.Options{}); err != nil {
		return nil, err
	}
	// The lemmas have neither; what follows would not be prepared for them.
	if p.result.Verdict != fm.Projected || p.result.Vanishing != nil {
		return nil, fmt.Errorf("witness: %s is infeasible, or has implicit equations", t.Name)
	}
	p.eliminated = make([]bool, len(t.Symbols)+1)
	return p, nil
}

// factRow is a linear fact as a row. The coefficients are turned into the numbers of
// package rational by their text.
func factRow(f theorem.Fact, columns int) elimRow {
	v := make(rational.RatVector, columns)
	for _, t := range f.Poly {
		x, _ := new(big.Rat).SetString(t.C.String())
		// The constant is column 0.
		k := 0
		if t.M.Degree() > 0 {
			k = 1 + t.M.Symbol(0)
		}
		v[k] = rational.RatFromBig(x)
	}
	return elimRow{v: v, relation: f.Relation.String()}
}

// image is a row of a theorem under a product of generators. The row is one that the
// theorem lists.
type image struct {
	row int
	by  []int
	elimRow
}

// images lists the images of the rows of a theorem, each once: first the rows
// themselves. They are told apart by their primitive vectors: an image that is a
// multiple says the same.
func images(t *theorem.Theorem) (list []image) {
	seen := map[string]bool{}
	add := func(x image) {
		if key := x.v.Primitive().String(); !seen[key] {
			seen[key] = true
			list = append(list, x)
		}
	}
	for k, f := range t.Rows {
		add(image{row: k, elimRow: factRow(f, len(t.Symbols)+1)})
	}
	for k := 0; k < len(list); k++ {
		for g, permutation := range t.Generators {
			// Columns are those of the symbols, moved by one for the constant. Symbols
			// go to their images, the constant stays.
			v := make(rational.RatVector, len(list[k].v))
			v[0] = list[k].v[0]
			for s, to := range permutation {
				v[1+to] = list[k].v[1+s]
			}
			by := append(list[k].by[:len(list[k].by):len(list[k].by)], g)
			add(image{list[k].row, by, elimRow{v: v, relation: list[k].relation}})
		}
	}
	return list
}

// writeImages writes the images of rows as facts, and makes all of them the projection,
// which are facts from first on. Facts of the theorem itself come first; rows without a
// product are facts already.
func (p *projector) writeImages() (first int) {
	for _, x := range images(p.theorem) {
		// The rows themselves need no step.
		if len(x.by) > 0 {
			p.Step("image", func() {
				p.Member("row")
				p.Int(x.row)
				p.Ints("by", x.by...)
			})
		}
		p.projection = append(p.projection, x.elimRow)
	}
	return len(p.theorem.Facts)
}
