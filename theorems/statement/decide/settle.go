package decide

import (
	"context"

	"pstar/cone"
	"pstar/rational"
	"pstar/theorems/statement"
)

// implication settles whether the rows of a problem follow from its facts.
func implication(ctx context.Context, p *statement.Problem) (*Settled, error) {
	s := &Settled{Problem: p, Row: -1}
	f := newFacts(p.Symbols, p.Facts)
	return s, s.follow(ctx, f, p.Rows)
}

// follow proves rows from facts, or finds the simplest point that refutes one of them.
func (s *Settled) follow(ctx context.Context, f *facts, rows []statement.Row) error {
	for i, r := range rows {
		proof, point, err := f.follows(ctx, r)
		if err != nil {
			return err
		}
		if proof != nil {
			s.Follow = append(s.Follow, proof)
			continue
		}
		if s.Refuted && len(rows) > maxTried && i > maxTried {
			break
		}
		if point, err = f.simpler(ctx, r, point, weights[0]); err != nil {
			return err
		}
		if !s.Refuted || less(point, s.Point) {
			s.Refuted, s.Point, s.Row = true, point, i
		}
	}
	if s.Refuted {
		var err error
		s.Point, err = f.simplest(ctx, rows[s.Row], s.Point)
		return err
	}
	return nil
}

// maxTried bounds the rows that are tried for a simpler counterexample.
const maxTried = 30

// equivalence settles an iff: that the rows follow, and that they are enough.
func equivalence(ctx context.Context, p *statement.Problem, d *dual) (*Settled, error) {
	s := &Settled{Problem: p, Row: -1, dual: d, generator: -1}
	f := newFacts(p.Symbols, p.Facts)
	for i, row := range d.rows { // what generators require follows by them, and often is the row that is claimed
		f.suggest(row, d.shares(d.generator(i)))
	}
	if err := s.follow(ctx, f, p.Rows); err != nil || s.Refuted {
		return s, err
	}
	return s, s.enough(ctx)
}

// enough proves what the generators require from the assumptions and the rows.
func (s *Settled) enough(ctx context.Context) error {
	var fails statement.Row
	f := newFacts(s.Symbols, s.claimed())
	for i, row := range s.dual.rows {
		proofs, point, side, err := f.sides(ctx, row)
		if err != nil {
			return err
		}
		if point == nil {
			s.each = append(s.each, proofs)
			continue
		}
		if s.Refuted && i > maxTried {
			break
		}
		if point, err = f.simpler(ctx, side, point, weights[0]); err != nil {
			return err
		}
		if !s.Refuted || less(point, s.Point) {
			s.Refuted, s.Point, s.Row, s.generator, fails = true, point, -1, i, side
		}
	}
	if s.Refuted {
		var err error
		s.Point, err = f.simplest(ctx, fails, s.Point)
		return err
	}
	return nil
}

// claimed are the facts without unknowns, at their numbers, and behind all facts the rows. In place of the others stands what says nothing.
func (s *Settled) claimed() []statement.Row {
	var list []statement.Row
	for _, f := range s.Facts {
		if s.HoldsUnknown(f.Form) {
			f = statement.Row{Relation: statement.AtLeast}
		}
		list = append(list, f)
	}
	return append(list, s.Rows...)
}

// sides proves a row, an equation by equations or in two halves; or finds a point at which it, or the half that is returned, fails.
func (f *facts) sides(ctx context.Context, row statement.Row) (d derived, point Point, half statement.Row, err error) {
	if row.Relation != statement.Equal {
		d.proof, point, err = f.follows(ctx, row)
		return d, point, row, err
	}
	if d.proof = f.match(row); d.proof != nil {
		return d, nil, row, nil
	}
	half = statement.Row{Relation: statement.AtLeast, Form: row.Form}
	if d.proof, point, err = f.follows(ctx, half); err != nil || point != nil {
		return d, point, half, err
	}
	half.Form = row.Form.Scale(rational.NewRat(-1, 1))
	d.negative, point, err = f.follows(ctx, half)
	return d, point, half, err
}

// shares are those of the facts in what a generator requires.
func (d *dual) shares(y cone.Vector) (list []statement.Share) {
	for _, e := range y {
		list = append(list, statement.Share{Number: d.facts[e.Index], Factor: rational.RatFromInt(e.Value)})
	}
	return list
}

// generator is the generator of row i.
func (d *dual) generator(i int) cone.Vector {
	if i < len(d.rays) {
		return d.rays[i]
	}
	return d.lines[i-len(d.rays)]
}
