package interval

import (
	"fmt"

	"pstar/rational"
	"pstar/rational/enclose"
	"pstar/theorems"
	"pstar/theorems/contention"
	"pstar/witness"
)

// Rules by which a cell of a subdivision is proved.
const (
	// ByEnclosure: the enclosure of f over the cell is positive.
	ByEnclosure = "enclosure"
	// ByTaylor: f and f' vanish exactly at one end of the cell, and the enclosure of
	// f″ over the cell is positive, so that f(z) = f″(ξ)(z−end)²/2 ≥ 0.
	ByTaylor = "taylor"
)

// Cell is one piece of a subdivision: on [From, To] the bound is a positive lower
// bound of f (ByEnclosure) or of its second derivative (ByTaylor).
type Cell struct {
	From, To rational.Rat
	Rule     string
	Bound    rational.Rat
}

// Claim is one property of a function on a whole interval, with what proves it:
// either an identity, checked symbolically, or a nonnegativity, proved on every
// cell of a subdivision.
// Cells follow each other from one end of the interval to the other.
type Claim struct {
	Name      string
	Statement string
	Cells     []Cell // nil for an identity
}

// Report is the claims as proved under a tag, one by one, or that it is refuted if err is
// not nil; say is told of every cell.
// With an error there are no documents: what is refuted has no proof.
func Report(tag string, claims []Claim, err error, say func(format string, v ...any)) *theorems.Report {
	r := &theorems.Report{Documents: []theorems.Maker{func() (theorems.Document, error) {
		return witness.Contention([]string{tag}, witness.ContentionInstance{})
	}}}
	if err != nil {
		r.Claims.Add(err, tag, theorems.Proved, "on the whole interval")
		r.Documents = nil
		return r
	}
	for _, c := range claims {
		how := "identity"
		if c.Cells != nil {
			how = contention.Count(len(c.Cells), "cell", "cells")
		}
		for _, cell := range c.Cells {
			say("  [%s, %s]: at least %s, by %s", cell.From, cell.To, contention.Decimal(cell.Bound), cell.Rule)
		}
		r.Claims.Add(nil, tag, theorems.Proved, "%s [%s]", c.Statement, how)
	}
	return r
}

// 64 bits are enough for cells of an ordinary width, and a cell of 2^−30 of the interval is
// given up.
const (
	cellBits  = 64
	cellDepth = 30
)

// Prove returns a subdivision of [lo, hi] that proves f ≥ 0 there, or an error
// that says where it could not. At touch, if not nil, f may have a double zero;
// the last cells at it are proved by its second derivative.
func (f ExpPoly) Prove(lo, hi rational.Rat, touch *rational.Rat) ([]Cell, error) {
	// Of use at a double zero only, where no enclosure of f itself is positive.
	second := f.derivative().derivative()
	// Both are decided exactly, as a zero that is only near would prove nothing.
	doubleZero := touch != nil && f.at(*touch).IsZero() && f.derivative().at(*touch).IsZero()
	var cells []Cell
	var visit func(from, to rational.Rat, depth int) error
	visit = func(from, to rational.Rat, depth int) error {
		z := enclose.NewInterval(from, to)
		// Most cells are settled at once, and only those near a zero are halved often.
		if e := f.over(z, cellBits); e.Lo.Sign() > 0 {
			cells = append(cells, Cell{from, to, ByEnclosure, e.Outward(cellBits).Lo})
			return nil
		}
		if doubleZero && (from.Equal(*touch) || to.Equal(*touch)) {
			// f(z) = f″(ξ)(z − touch)²/2 for some ξ of the cell.
			if e := second.over(z, cellBits); e.Lo.Sign() > 0 {
				cells = append(cells, Cell{from, to, ByTaylor, e.Outward(cellBits).Lo})
				return nil
			}
		}
		// A function that is negative somewhere, or touches 0 elsewhere, ends here.
		if depth == cellDepth {
			return fmt.Errorf("undecided on [%s, %s]", from, to)
		}
		middle := z.Mid()
		if err := visit(from, middle, depth+1); err != nil {
			// The left half first, so that cells are in order.
			return err
		}
		return visit(middle, to, depth+1)
	}
	if err := visit(lo, hi, 0); err != nil {
		return nil, err
	}
	return cells, nil
}

var zero rational.Rat
