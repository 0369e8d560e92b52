package lp

import "pstar/rational"

// restore returns the result for the problem that was given, where r is one for the reduced
// problem: optimal, infeasible with multipliers, or unbounded.
// The result is verified by the caller; nothing here relies on it.
func (s *presolve) restore(r *Result) *Result {
	p := s.problem
	out := &Result{Verdict: r.Verdict, Pivots: r.Pivots}
	w := &restored{presolve: s, dual: make([]rational.Rat, len(p.Rows)), cost: make([]rational.Rat, len(p.Variables)),
		basis: &Basis{Variables: make([]Status, len(p.Variables)), Rows: make([]Status, len(p.Rows))},
		costs: r.Verdict == Optimal, sign: 1}
	// Multipliers that refute take the place of those of an optimum: what the steps ask of signs is the same,
	// with costs of zero.
	given := r.Dual
	if r.Verdict == Infeasible {
		given = r.Farkas
	} else if p.Sense == Maximise {
		w.sign = -1
	}
	// Rows that were taken out have the multiplier zero until they are put back.
	for i, k := range s.newRow {
		if k < 0 {
			continue
		}
		// An unbounded result has no multipliers.
		if w.basis.Rows[i] = r.Basis.Rows[k]; given != nil {
			w.dual[i] = given[k]
		}
	}
	for j, k := range s.newColumn {
		if k < 0 {
			continue
		}
		w.basis.Variables[j] = r.Basis.Variables[k]
		// The reduced costs of what remained are known; under a refutation they are computed.
		if w.costs {
			w.cost[j] = r.Reduced[k]
		} else if given != nil {
			w.reduce(j)
		}
	}
	// Variables that were taken out rest, and do not move along a ray, unless an equation
	// moves them.
	w.ray = s.spread(r.Ray, make([]rational.Rat, len(p.Variables)))
	s.value = s.spread(r.Primal, s.value)
	// The last step first: each knows the problem as it was after it.
	for k := len(s.undo) - 1; k >= 0; k-- {
		w.put(s.undo[k])
	}
	out.Basis = w.basis
	switch r.Verdict {
	// The value of a point and a direction are of no use to a refutation.
	case Infeasible:
		out.Farkas = w.dual
	case Unbounded:
		out.Primal, out.Ray = s.value, w.ray
	default:
		out.Primal, out.Dual, out.Reduced = s.value, w.dual, w.cost
		// The objective is computed anew: no constant of the steps has to be carried along.
		out.Value = p.objective(out.Primal).Value().Add(p.Constant)
	}
	return out
}

// spread puts the numbers of the variables that remain, if there are any, among those of the
// others.
// all has a place for each variable of the problem, and is changed.
func (s *presolve) spread(x, all []rational.Rat) []rational.Rat {
	if x == nil {
		return all
	}
	for j, k := range s.newColumn {
		if k >= 0 {
			all[j] = x[k]
		}
	}
	return all
}

// restored is a witness on the way back. Multipliers of rows that are still out are zero. A
// variable that comes back meets no other row later than those of which it has its bounds,
// so its reduced cost is final but for these. A refutation is treated as the multipliers of
// a problem without costs.
type restored struct {
	*presolve
	dual, cost []rational.Rat // of the rows; reduced, of the variables
	ray        []rational.Rat // of the variables
	basis      *Basis
	costs      bool
	sign       int // −1 when maximising: a positive reduced cost rests on the upper bound then
}

// reduce computes the reduced cost of variable j under the rows that are in.
// The numbers of the rows that are out are zero, so that they do not count.
func (w *restored) reduce(j int) {
	w.activity.Start()
	// Without a cost the reduced cost may be one product, which needs no sum.
	if c := w.presolve.cost[j]; w.costs && !c.IsZero() {
		w.activity.Add(one, c)
	} else if w.cost[j], c = w.only(j); !c.IsZero() {
		return
	}
	addProducts(w.activity, w.columns[j], w.dual, minus)
	w.cost[j] = w.activity.Value()
}

// only returns the product that is the reduced cost of variable j, which costs nothing, if it
// has but one multiplier, which is returned too; the numbers of a chain are long.
// The multiplier is zero if there are none or several; then product means nothing.
func (w *restored) only(j int) (product, multiplier rational.Rat) {
	var coefficient rational.Rat
	for _, t := range w.columns[j] {
		if y := w.dual[t.Variable]; !y.IsZero() {
			if !multiplier.IsZero() {
				return product, rational.Rat{}
			}
			multiplier, coefficient = y, t.Coefficient
		}
	}
	return coefficient.Mul(multiplier).Neg(), multiplier
}

// put puts back what one step took out.
// Steps are put back in the reverse order, so that each finds what it left.
func (w *restored) put(u taken) {
	switch u.kind {
	case rowHolds:
		// A row that always holds constrains nothing: its value is basic, and its
		// multiplier zero.
		w.basis.Rows[u.row] = Basic
	case columnRests:
		w.reduce(u.column)
		w.basis.Variables[u.column] = w.place(u.column)
	case rowIsBound:
		w.putBound(u)
	case rowForces:
		w.putForcing(u)
	case rowMerges:
		w.putMerged(u)
	}
}

// place returns where a variable rests whose value is known.
// The value must be one of its bounds, or zero for a variable without any.
func (w *restored) place(j int) Status {
	low, high := w.lower[j], w.upper[j]
	// A fixed variable may rest on either bound; the sign of its cost decides which one may have it.
	onLow := low.Finite && low.Value.Equal(w.value[j])
	onHigh := high.Finite && high.Value.Equal(w.value[j])
	switch {
	case onLow && onHigh && w.cost[j].Sign()*w.sign < 0, onHigh && !onLow:
		return AtUpper
	case onLow:
		return AtLower
	}
	return AtZero
}

// putBound puts back a row that is a bound of a variable. The reduced cost may rest on that
// bound, and so may the variable: both or none, unless the cost is zero or refutes.
func (w *restored) putBound(u taken) {
	j := u.column
	// The reduced cost would rest on a bound that the variable has of this row only: the row takes it
	// over as its multiplier.
	// Which bound a cost rests on is said by its sign.
	if s := w.sign * w.cost[j].Sign(); s > 0 && u.lower || s < 0 && u.upper {
		w.dual[u.row], w.cost[j] = w.cost[j].Quo(u.number), rational.Rat{}
	}
	at := w.basis.Variables[j]
	switch {
	// The variable does not rest on what the row gave it.
	case !(at == AtLower && u.lower) && !(at == AtUpper && u.upper):
		w.basis.Rows[u.row] = Basic
		return
	// A row that is multiplied by less than zero has its bounds exchanged.
	case (at == AtLower) == (u.number.Sign() > 0):
		w.basis.Rows[u.row] = AtLower
	default:
		w.basis.Rows[u.row] = AtUpper
	}
	// The row rests in its place.
	w.basis.Variables[j] = Basic
}

// putForcing puts back a row that holds at one end of its variables only. Its multiplier is the
// least, in size, with which all their reduced costs have the sign that belongs to that end.
func (w *restored) putForcing(u taken) {
	var y rational.Rat
	basic := -1
	sign := w.sign
	// At the upper end signs are the other way round.
	if u.upper {
		sign = -sign
	}
	for _, t := range u.ends {
		j := t.Variable
		// Each variable is at the end that makes the row largest, or smallest.
		w.basis.Variables[j] = AtUpper
		if (t.Coefficient.Sign() > 0) == u.upper {
			w.basis.Variables[j] = AtLower
		}
		w.reduce(j)
		// The row must pull all of them to their ends: the one that it must pull hardest sets the
		// multiplier, has no reduced cost then, and is the basic one.
		if v := w.cost[j].Quo(t.Coefficient); sign*v.Cmp(y) > 0 {
			y, basic = v, j
		}
	}
	// All are where their costs want them anyway.
	if basic < 0 {
		w.basis.Rows[u.row] = Basic
		return
	}
	// The basic one has the reduced cost zero by the choice of y.
	w.dual[u.row], w.basis.Variables[basic] = y, Basic
	for _, t := range u.ends {
		w.cost[t.Variable] = w.cost[t.Variable].Sub(y.Mul(t.Coefficient))
	}
	if w.basis.Rows[u.row] = AtLower; u.upper {
		w.basis.Rows[u.row] = AtUpper
	}
}
