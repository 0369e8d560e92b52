package witness

import (
	"context"
	"math/big"
	"math/rand/v2"

	"pstar/certificate/kernel"
	"pstar/lp"
	"pstar/rational"
)

// symbolsOf are the symbols of a product: four bytes each.
func symbolsOf(m kernel.Mono) (list []int) {
	for ; len(m) > 0; m = m[4:] {
		list = append(list, int(m[0])<<24|int(m[1])<<16|int(m[2])<<8|int(m[3]))
	}
	return list
}

func valueOf(n kernel.Num) *big.Rat {
	x, _ := new(big.Rat).SetString(n.String())
	return x
}

// at is the value of a polynomial at a point.
func at(p kernel.Poly, point []*big.Rat) *big.Rat {
	total := new(big.Rat)
	for _, t := range p {
		x := valueOf(t.C)
		for _, s := range symbolsOf(t.M) {
			x.Mul(x, point[s])
		}
		total.Add(total, x)
	}
	return total
}

func holds(f kernel.Fact, point []*big.Rat) bool {
	switch sign := at(f.Poly, point).Sign(); f.Relation {
	case kernel.EQ:
		return sign == 0
	case kernel.GT:
		return sign > 0
	default:
		return sign >= 0
	}
}

// decide tries a theorem with an outcome at random points, and returns at how many it said something, and what
// is wrong. Theorems with a process, whose points are those that a run reaches, and those with exponentials, whose points are not
// rational, are left out.
func decide(rng *rand.Rand, s kernel.Shown) (tried int, wrong string) {
	t := s.Theorem
	if t.Process != nil || len(t.Exponentials) > 0 || s.Outcome != kernel.Proved {
		return 0, ""
	}
	number := func() *big.Rat { return big.NewRat(int64(rng.IntN(9)-4), int64(1+rng.IntN(2))) }
	for trial := range 400 {
		// Every other point has few values: where a product is to be 0, symbols are equal, or 1.
		few := []*big.Rat{big.NewRat(1, 1), number(), number()}
		point := make([]*big.Rat, len(t.Symbols))
		for k, symbol := range t.Symbols {
			if point[k] = number(); trial%2 == 1 {
				point[k].Set(few[rng.IntN(len(few))])
			}
			if symbol.Nonnegative {
				point[k].Abs(point[k])
			}
		}
		settle(t, point)
		facts, rows := true, true
		for _, f := range t.Facts {
			facts = facts && holds(f, point)
		}
		for _, r := range t.Rows {
			rows = rows && allImages(t, r, point)
		}
		if facts {
			if tried++; !rows {
				return tried, "facts hold and a row does not"
			}
		}
		if t.Kind != kernel.Feasible || !rows {
			continue
		}
		if known, exists := existence(t, point); known {
			if tried++; !exists {
				return tried, "rows hold and there are no unknowns"
			}
		}
	}
	return tried, ""
}

// settle moves a point, where it can, to satisfy equations that have a symbol of any sign with a number as coefficient.
func settle(t *kernel.Theorem, point []*big.Rat) {
	for _, f := range t.Facts {
		if f.Relation != kernel.EQ {
			continue
		}
		for _, term := range f.Poly {
			symbols := symbolsOf(term.M)
			if len(symbols) == 1 && !t.Symbols[symbols[0]].Nonnegative {
				gap := at(f.Poly, point)
				point[symbols[0]] = new(big.Rat).Sub(point[symbols[0]], gap.Quo(gap, valueOf(term.C)))
				break
			}
		}
	}
}

// allImages says whether a row holds at a point and at those to which generators take it, up to a number of them.
func allImages(t *kernel.Theorem, row kernel.Fact, point []*big.Rat) bool {
	points, seen := [][]*big.Rat{point}, map[string]bool{}
	for len(points) > 0 && len(seen) < 200 {
		p := points[0]
		points = points[1:]
		key := ""
		for _, x := range p {
			key += x.String() + " "
		}
		if seen[key] {
			continue
		}
		seen[key] = true
		if !holds(row, p) {
			return false
		}
		for _, g := range t.Generators {
			image := make([]*big.Rat, len(p))
			for s, to := range g {
				image[s] = p[to]
			}
			points = append(points, image)
		}
	}
	return true
}

// existence decides by a linear program whether there are unknowns with the facts, if those are linear in the unknowns and the facts without
// unknowns hold. The largest slack of strict facts, at most 1, is positive.
func existence(t *kernel.Theorem, point []*big.Rat) (known, exists bool) {
	zero := rational.NewRat(0, 1)
	p := &lp.Problem{Sense: lp.Maximise}
	column := make([]int, len(t.Symbols))
	for s, symbol := range t.Symbols {
		if column[s] = -1; symbol.Unknown {
			column[s] = len(p.Variables)
			v := lp.Variable{Name: symbol.Name}
			if symbol.Nonnegative {
				v.Lower = lp.At(zero)
			}
			p.Variables = append(p.Variables, v)
		}
	}
	slack := len(p.Variables)
	p.Variables = append(p.Variables, lp.Variable{Name: "slack", Cost: rational.NewRat(1, 1), Upper: lp.At(rational.NewRat(1, 1))})
	for _, f := range t.Facts {
		row, constant, unknown := lp.Row{}, new(big.Rat), false
		for _, term := range f.Poly {
			x, at := valueOf(term.C), -1
			for _, s := range symbolsOf(term.M) {
				switch {
				case column[s] < 0:
					x.Mul(x, point[s])
				case at >= 0:
					return false, false
				default:
					at = column[s]
				}
			}
			if at < 0 {
				constant.Add(constant, x)
			} else {
				unknown = true
				row.Terms = append(row.Terms, lp.Term{Variable: at, Coefficient: rational.RatFromBig(x)})
			}
		}
		if !unknown {
			if !holds(f, point) {
				return false, false
			}
			continue
		}
		row.Lower = lp.At(rational.RatFromBig(constant.Neg(constant)))
		switch f.Relation {
		case kernel.EQ:
			row.Upper = row.Lower
		case kernel.GT:
			row.Terms = append(row.Terms, lp.Term{Variable: slack, Coefficient: rational.NewRat(-1, 1)})
		}
		p.Rows = append(p.Rows, row)
	}
	r, err := lp.Solve(context.Background(), p, lp.Options{})
	if err != nil {
		return false, false
	}
	return true, r.Verdict == lp.Optimal && r.Value.Sign() > 0
}
