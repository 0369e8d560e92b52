package fm

import (
	"context"

	"pstar/lp"
	"pstar/rational"
)

// dropImplied drops the rows that others imply, by linear programs, until none is
// left. Rows known to be facets are not asked again.
func (p *pool) dropImplied(ctx context.Context) (err error) {
	p.drop(func(k *candidate) ([]share, Reason, bool) {
		if err != nil || k.facet || p.engine.isTrivialRow(k.row) {
			return nil, NoReason, false
		}
		var shares []share
		shares, err = p.engine.explain(ctx, k.row, p.others(k))
		return shares, Linear, shares != nil
	})
	return err
}

// explain writes r as a nonnegative combination of other rows, a strict row as
// one with a strict row in it, or returns nil if it is needed.
func (e *engine) explain(ctx context.Context, r *row, others []*row) ([]share, error) {
	shares, _, err := e.imply(ctx, r, others)
	switch {
	case err != nil:
		return nil, err
	case shares == nil:
		r.facet = true
	case r.strict && !holdsStrict(shares):
		return e.implyStrictly(ctx, r, others)
	}
	return shares, nil
}

func holdsStrict(shares []share) bool {
	for _, s := range shares {
		if s.row.strict {
			return true
		}
	}
	return false
}

// imply writes r as a nonnegative combination of other rows, all read as closed,
// or returns nil and a point at which r is negative and no other row is.
func (e *engine) imply(ctx context.Context, r *row, others []*row) (shares []share, point rational.RatVector, err error) {
	p := &lp.Problem{Sense: lp.Minimise}
	entries := e.occurring(append([]*row{r}, others...))
	for _, c := range entries {
		p.AddVariable(lp.Variable{Cost: rational.RatFromInt(r.v.at(c))})
	}
	p.AddRow(lp.Row{Terms: e.terms(r, entries), Lower: lp.At(rational.NewRat(-1, 1))})
	for _, o := range others {
		p.AddRow(lp.Row{Terms: e.terms(o, entries), Lower: lp.At(rational.Rat{})})
	}
	result, err := lp.Solve(ctx, p, lp.Options{})
	if err != nil {
		return nil, nil, err
	}
	if !result.Value.IsZero() {
		point = make(rational.RatVector, len(e.columns))
		for i, c := range entries {
			point[c] = result.Primal[i]
		}
		return nil, point, nil
	}
	// At the optimum 0 the bound -1 is not met, so that its multiplier is 0.
	shares = []share{}
	for i, o := range others {
		if y := result.Dual[1+i]; y.Sign() > 0 {
			shares = append(shares, share{o, y})
		}
	}
	return shares, nil, nil
}

// implyStrictly writes r as a nonnegative combination of other rows with the
// greatest sum of multipliers of strict rows, and returns nil if that sum is 0:
// then the strict row r excludes points that the others allow.
func (e *engine) implyStrictly(ctx context.Context, r *row, others []*row) ([]share, error) {
	p := &lp.Problem{Sense: lp.Maximise}
	for _, o := range others {
		p.AddVariable(lp.Variable{Cost: rational.NewRat(int64(b2i(o.strict)), 1), Lower: lp.At(rational.Rat{})})
	}
	for _, c := range e.occurring(append([]*row{r}, others...)) {
		right := lp.At(rational.RatFromInt(r.v.at(c)))
		line := lp.Row{Lower: right, Upper: right}
		for i, o := range others {
			if o.v.sign(c) != 0 {
				line.Terms = append(line.Terms, lp.Term{Variable: i, Coefficient: rational.RatFromInt(o.v.at(c))})
			}
		}
		p.AddRow(line)
	}
	result, err := lp.Solve(ctx, p, lp.Options{})
	if err != nil || result.Verdict != lp.Optimal || result.Value.IsZero() {
		return nil, err
	}
	var shares []share
	for i, o := range others {
		if y := result.Primal[i]; y.Sign() > 0 {
			shares = append(shares, share{o, y})
		}
	}
	return shares, nil
}

// boundary returns a point at which r is 0 and the others hold, the strict ones
// strictly, or nil if there is none.
func (e *engine) boundary(ctx context.Context, r *row, others []*row) (rational.RatVector, error) {
	p := &lp.Problem{Sense: lp.Maximise}
	entries := e.occurring(append([]*row{r}, others...))
	for range entries {
		p.AddVariable(lp.Variable{})
	}
	one := rational.NewRat(1, 1)
	gap := p.AddVariable(lp.Variable{Cost: one, Lower: lp.At(rational.Rat{}), Upper: lp.At(one)})
	zero := lp.At(rational.Rat{})
	p.AddRow(lp.Row{Terms: e.terms(r, entries), Lower: zero, Upper: zero})
	for _, o := range others {
		terms := e.terms(o, entries)
		if o.strict {
			terms = append(terms, lp.Term{Variable: gap, Coefficient: one.Neg()})
		}
		p.AddRow(lp.Row{Terms: terms, Lower: zero})
	}
	result, err := lp.Solve(ctx, p, lp.Options{})
	if err != nil || result.Value.IsZero() {
		return nil, err
	}
	point := make(rational.RatVector, len(e.columns))
	for i, c := range entries {
		point[c] = result.Primal[i]
	}
	return point, nil
}

// occurring lists the columns in which some row has an entry.
func (e *engine) occurring(rows []*row) []int {
	var entries []int
	for c := range e.columns {
		for _, r := range rows {
			if r.v.sign(c) != 0 {
				entries = append(entries, c)
				break
			}
		}
	}
	return entries
}

func (e *engine) terms(r *row, entries []int) []lp.Term {
	var terms []lp.Term
	for i, c := range entries {
		if r.v.sign(c) != 0 {
			terms = append(terms, lp.Term{Variable: i, Coefficient: rational.RatFromInt(r.v.at(c))})
		}
	}
	return terms
}
