package fm

import (
	"context"
	"slices"
	"strings"

	"pstar/internal/each"
	"pstar/rational"
)

// clean drops redundant base rows before anything is eliminated.
// It is a step without a variable, so that a trace shows what was dropped before the first
// one.
func (e *engine) clean(ctx context.Context) (contradiction *row, err error) {
	s := Step{Variable: -1, Before: ids(e.rows)}
	var kept []*candidate
	for _, r := range e.rows {
		kept = append(kept, &candidate{row: r, from: Combination{Row: r.id}})
	}
	return e.settle(ctx, s, kept, nil)
}

// settle decides which candidates stay. Suspects are those whose histories are
// not minimal: here, where a row has many histories, that is a hint and no
// proof. Every drop is proved from rows that are alive at that moment; resolve
// then writes the proofs in terms of the rows that stay.
// An error is the cause with which ctx ended, or that of a linear program. A contradiction
// is a row of the table, and then nothing else is settled.
func (e *engine) settle(ctx context.Context, s Step, kept, suspects []*candidate) (contradiction *row, err error) {
	pool := &pool{engine: e, alive: slices.Concat(kept, suspects)}
	if contradiction := pool.dropTrivial(); contradiction != nil {
		// The refutation is read off its history, for which it needs a number.
		e.add(contradiction)
		return contradiction, nil
	}
	// The cheap reasons first: each row that is gone makes the linear programs below smaller,
	// and its proof is shorter.
	if e.level <= Syntactic {
		pool.dropMultiples()
	}
	if e.level <= History {
		pool.dropSuspects(ctx)
		if ctx.Err() != nil {
			return nil, context.Cause(ctx)
		}
	}
	if e.level == Minimal {
		if err := pool.dropImplied(ctx); err != nil {
			return nil, err
		}
	}
	// A slice of its own: the old one may be in use for what came before.
	e.rows = e.rows[:0:0]
	// Numbers are given to what has stayed, in the order of the candidates, so that they do
	// not depend on how rows were dropped.
	for _, k := range pool.alive {
		e.number(&s, k)
		e.rows = append(e.rows, k.row)
	}
	s.Dropped = pool.resolve()
	e.finish(s)
	return nil, nil
}

// pool is the set of candidates during a step. Rows without a number are told
// apart by their address; proofs are lists of shares until the end.
type pool struct {
	engine *engine
	alive  []*candidate
	dead   []casualty // in the order of their death
}

// share is a positive multiple of a row in a proof.
type share struct {
	row  *row
	part rational.Rat
}

// casualty is a dropped candidate: it equals the sum of the shares, of rows
// alive when it was dropped.
type casualty struct {
	*candidate
	shares []share
}

// drop takes out the candidates for which proof returns one.
// Rows that die in a pass may be in later proofs of the same pass only if proof looks at
// gone; resolve replaces what died later.
func (p *pool) drop(proof func(k *candidate) (shares []share, reason Reason, implied bool)) {
	for _, k := range p.alive {
		if shares, reason, implied := proof(k); implied {
			p.bury(k, reason, shares)
		}
	}
	// A clone, as the list may be that of the caller.
	p.alive = slices.DeleteFunc(slices.Clone(p.alive), func(k *candidate) bool { return k.gone })
}

func (p *pool) bury(k *candidate, reason Reason, shares []share) {
	k.reason, k.gone = reason, true
	p.dead = append(p.dead, casualty{k, shares})
}

// others returns the rows alive other than k.
// What the pass at hand has buried is left out.
func (p *pool) others(k *candidate) []*row {
	rows := make([]*row, 0, len(p.alive))
	for _, other := range p.alive {
		if other != k && !other.gone {
			rows = append(rows, other.row)
		}
	}
	return rows
}

// isTrivialRow reports whether r is the trivial row t > 0 itself.
func (e *engine) isTrivialRow(r *row) bool { return r.id == e.trivial }

// dropTrivial drops rows that read 0 >= 0 or t >= 0. It returns one that reads
// 0 > 0 or -t >= 0, if there is one.
func (p *pool) dropTrivial() (contradiction *row) {
	e := p.engine
	p.drop(func(k *candidate) ([]share, Reason, bool) {
		// The trivial row is a fact of the elimination and no row of the system.
		if e.isTrivialRow(k.row) || e.holdsMoreThanConstant(k.row) {
			return nil, NoReason, false
		}
		switch sign := k.v.Sign(0); {
		// Nothing fulfils it: the whole system is refuted, and what else is dropped does not
		// matter.
		case sign < 0 || sign == 0 && k.strict:
			contradiction = k.row
			return nil, NoReason, false
		case sign == 0:
			return nil, Trivial, true
		}
		// A positive constant is so many times t.
		return []share{{e.table[e.trivial], rational.RatFromInt(k.v.At(0))}}, Trivial, true
	})
	return contradiction
}

// holdsMoreThanConstant reports whether a column other than the constant has an
// entry.
func (e *engine) holdsMoreThanConstant(r *row) bool {
	// Entry 0 is the constant.
	for i := 1; i < len(e.columns); i++ {
		if r.v.Sign(i) != 0 {
			return true
		}
	}
	return false
}

// dropMultiples keeps the strongest of the rows that differ only by a positive
// factor and the constant.
// The factor and what the constants differ by are the proof.
func (p *pool) dropMultiples() {
	strongest := make(map[string]*candidate)
	for _, k := range p.alive {
		// Of equals the first stays, since none is stronger than it.
		// Two passes: the strongest may come after rows that are weaker.
		if key := p.engine.direction(k.row); strongest[key] == nil || p.engine.stronger(k.row, strongest[key].row) {
			strongest[key] = k
		}
	}
	p.drop(func(k *candidate) ([]share, Reason, bool) {
		best := strongest[p.engine.direction(k.row)]
		if best == k {
			return nil, NoReason, false
		}
		// By which multiple of the strongest row this one is a multiple, up to the constant.
		factor := p.engine.scale(k.row).Quo(p.engine.scale(best.row))
		// What its constant is larger by is a multiple of t, which is positive; so a weaker row is
		// a sum of the stronger one and t.
		excess := rational.RatFromInt(k.v.At(0)).Sub(factor.Mul(rational.RatFromInt(best.v.At(0))))
		shares := []share{{best.row, factor}}
		if excess.IsZero() {
			return shares, Duplicate, true
		}
		return append(shares, share{p.engine.table[p.engine.trivial], excess}), Weaker, true
	})
}

// direction is a key for the entries other than the constant, up to a positive
// factor.
// Two rows with one key are multiples but for the constant.
func (e *engine) direction(r *row) string {
	if e.isTrivialRow(r) {
		return "t"
	}
	var b strings.Builder
	for _, x := range r.v.Integers(1, len(e.columns)).Primitive() {
		b.WriteString(x.String())
		b.WriteByte(' ')
	}
	return b.String()
}

// scale is the content of the entries other than the constant.
// A row with nothing but a constant has none, and was dropped before.
func (e *engine) scale(r *row) rational.Rat {
	return rational.RatFromInt(r.v.Integers(1, len(e.columns)).Content())
}

// stronger compares two rows of the same direction.
// Of two equal ones neither is stronger. Both have a positive scale.
func (e *engine) stronger(r, s *row) bool {
	x := rational.RatFromInt(r.v.At(0)).Quo(e.scale(r))
	y := rational.RatFromInt(s.v.At(0)).Quo(e.scale(s))
	// a·x + c >= 0 says more, the smaller c is.
	if c := x.Cmp(y); c != 0 {
		return c < 0
	}
	return r.strict && !s.strict
}

// dropSuspects drops the rows with a suspicious history for which the histories
// of rows that are none give a proof, until ctx ends.
func (p *pool) dropSuspects(ctx context.Context) {
	// Only rows that are no suspects themselves: a proof from suspects might go in a
	// circle.
	var minimal []*row
	for _, k := range p.alive {
		if k.reason == NoReason {
			minimal = append(minimal, k.row)
		}
	}
	p.drop(func(k *candidate) ([]share, Reason, bool) {
		if k.reason == NoReason || ctx.Err() != nil {
			return nil, NoReason, false
		}
		reason := k.reason
		// A suspicion that is not confirmed is forgotten: the row is an ordinary candidate for
		// what comes next.
		k.reason = NoReason
		shares, ok := p.engine.decompose(k.row, minimal)
		return shares, reason, ok
	})
}

// resolve replaces, in each proof, the rows dropped later by their own proofs.
// The proofs that come out name rows that stay, in the order of their numbers.
func (p *pool) resolve() []Drop {
	// By address: a row that never stayed has no number.
	final := make(map[*row][]share) // of the dropped rows
	drops := make([]Drop, len(p.dead))
	// From the last to die, whose proof contains only rows that stay, to the first: every row
	// in a proof was alive then, so its own proof is known by now.
	for i := len(p.dead) - 1; i >= 0; i-- {
		d := p.dead[i]
		sums := make(map[*row]rational.Rat)
		for _, s := range d.shares {
			parts, dropped := final[s.row]
			if !dropped {
				// The row stays: it stands for itself.
				parts = []share{{s.row, rational.NewRat(1, 1)}}
			}
			for _, part := range parts {
				sums[part.row] = sums[part.row].Add(s.part.Mul(part.part))
			}
		}
		// A map has no order; the numbers give one.
		var resolved []share
		for r, part := range sums {
			resolved = append(resolved, share{r, part})
		}
		slices.SortFunc(resolved, func(a, b share) int { return a.row.id - b.row.id })
		final[d.row] = resolved
		drops[i] = Drop{Combination: d.from, Reason: d.reason, Proof: terms(resolved)}
	}
	return drops
}

func terms(shares []share) []Term {
	return each.Of(shares, func(s share) Term { return Term{s.row.id, s.part} })
}
