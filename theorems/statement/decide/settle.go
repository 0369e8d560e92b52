package decide

import (
	"context"
	"slices"

	"pstar/cone"
	"pstar/rational"
	"pstar/theorems/statement"
	"pstar/theorems/statement/farkas"
)

// implication settles whether the rows of a problem follow from its facts. Symbols are
// all parameters here: nothing is asked to exist. Row is −1 unless one fails.
func implication(ctx context.Context, p *statement.Problem) (*Settled, error) {
	s := &Settled{Problem: p, Row: -1}
	f := farkas.New(p.Symbols, p.Facts)
	return s, s.follow(ctx, f, p.Rows)
}

// upToSymmetry settles a problem by one row of each orbit, if the rows are symmetric,
// else by all. A refutation is one of the problem itself. An iff has its symmetric form
// even if the rows have no images of each other: its dual is symmetric, too.
func upToSymmetry(p *statement.Problem, actions []statement.Action, settle func(*statement.Problem) (*Settled, error)) (*Settled, error) {
	q, numbers, ok := p.Reduced(actions)
	if !ok || len(actions) == 0 || !p.Iff && len(q.Images) == 0 {
		return settle(p)
	}
	s, err := settle(q)
	if err != nil {
		return nil, err
	}
	if s.Refuted {
		// The point fails at the representative; the other symbols, facts and rows are
		// those of p.
		if s.Problem = p; s.Row >= 0 {
			s.Row = numbers[s.Row]
		}
	}
	return s, nil
}

// follow proves rows from facts, or finds the simplest point that refutes one of them.
//
// All rows are tried even after one fails, up to a limit: the point that is shown
// should be the simplest one, and which row gives that is not known before. Rows after
// the first that fails are then of no use but for this.
func (s *Settled) follow(ctx context.Context, f *farkas.Facts, rows []statement.Row) error {
	for i, r := range rows {
		stage(ctx, "whether row %d of %d follows", i+1, len(rows))
		proof, point, err := f.Follows(ctx, r)
		if err != nil {
			return err
		}
		if proof != nil {
			s.Follow = append(s.Follow, proof)
			continue
		}
		// Enough have been tried; a refutation does not become more of one.
		if s.Refuted && i > maxTried {
			break
		}
		if point, err = f.Simpler(ctx, r, point); err != nil {
			return err
		}
		if !s.Refuted || point.Less(s.Point) {
			s.Refuted, s.Point, s.Row = true, point, i
		}
	}
	// The cheap weight has chosen the row; now the others are tried on that row alone.
	if s.Refuted {
		var err error
		s.Point, err = f.Simplest(ctx, rows[s.Row], s.Point)
		return err
	}
	return nil
}

// maxTried bounds the rows that are tried for a simpler counterexample.
const maxTried = 30

// equivalence settles an iff: that the rows follow, and that they are enough. If the dual is that of a symmetric problem, but the rows are not
// symmetric, it is found anew; and also if rows and assumptions contradict each other.
//
// The generators of a fundamental domain settle the problem only together with the
// symmetry of the rows.
func equivalence(ctx context.Context, p *statement.Problem, d *dual) (*Settled, error) {
	if d.actions != nil {
		all := false
		s, err := upToSymmetry(p, d.actions, func(q *statement.Problem) (*Settled, error) {
			// upToSymmetry has found no symmetry of the rows and hands over the problem
			// itself: the dual at hand is of no use for it.
			if all = q == p; all {
				return nil, nil
			}
			return equivalent(ctx, q, d)
		})
		// A contradiction among rows and assumptions is proved by single rows, whose
		// images the kernel's symmetric proof does not look at.
		if err != nil || !all && !slices.ContainsFunc(s.proofs(), func(p *farkas.Proof) bool { return p.Absurd }) {
			return s, err
		}
		if d, err = newDual(ctx, p, nil); err != nil {
			return nil, err
		}
	}
	return equivalent(ctx, p, d)
}

// equivalent settles an iff with the dual that fits it. ⇒ comes first: it is cheap, and
// most mistakes are there.
func equivalent(ctx context.Context, p *statement.Problem, d *dual) (*Settled, error) {
	s := &Settled{Problem: p, Row: -1, dual: d, generator: -1}
	// The rows are asked of the facts, unknowns and all: ⇒ needs no dual, but is
	// quicker with its rows at hand.
	f := farkas.New(p.Symbols, p.Facts)
	for i, row := range d.rows { // what generators require follows by them, and often is the row that is claimed
		f.Suggest(row, d.shares(d.generator(i)))
	}
	// A refutation of ⇒ settles it.
	if err := s.follow(ctx, f, p.Rows); err != nil || s.Refuted {
		return s, err
	}
	return s, s.enough(ctx)
}

// enough proves what the generators require from the assumptions and the rows. That is
// the direction ⇐: where θ has assumptions and rows, all of Y's requirements hold, and
// so there are unknowns.
func (s *Settled) enough(ctx context.Context) error {
	var fails statement.Row
	f := farkas.New(s.Symbols, s.claimed())
	for i, row := range s.dual.rows {
		stage(ctx, "whether the rows imply what generator %d of %d requires", i+1, len(s.dual.rows))
		proofs, point, side, err := f.Sides(ctx, row)
		if err != nil {
			return err
		}
		// The row holds wherever the claimed ones do.
		if point == nil {
			s.each = append(s.each, proofs)
			continue
		}
		if s.Refuted && i > maxTried {
			break
		}
		if point, err = f.Simpler(ctx, side, point); err != nil {
			return err
		}
		// Which generator fails decides what is said of it: its multipliers are a
		// contradiction at the point.
		if !s.Refuted || point.Less(s.Point) {
			s.Refuted, s.Point, s.Row, s.generator, fails = true, point, -1, i, side
		}
	}
	if s.Refuted {
		var err error
		s.Point, err = f.Simplest(ctx, fails, s.Point)
		return err
	}
	return nil
}

// claimed are the facts without unknowns, at their numbers, and behind all facts the
// rows, images last. In place of the others stands what says nothing. That keeps
// numbers of facts the same in all proofs of a problem.
func (s *Settled) claimed() []statement.Row {
	var list []statement.Row
	for _, f := range s.Facts {
		if s.HoldsUnknown(f.Form) {
			f = statement.Row{Relation: statement.AtLeast}
		}
		list = append(list, f)
	}
	return append(list, s.AllRows()...)
}

// AllRows are the rows of the problem, those that are images last. Of a problem that
// was reduced by symmetry these are all rows of the claim, though not in its order.
func (s *Settled) AllRows() []statement.Row {
	list := slices.Clone(s.Problem.Rows)
	for _, image := range s.Images {
		list = append(list, image.Row)
	}
	return list
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
