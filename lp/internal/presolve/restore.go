package presolve

import "pstar/rational"

// Witness is what shows that a program is solved, with a basis. Primal and Ray have a number for each variable; Dual has one for
// each row and Reduced one for each variable. A program that is unbounded has Primal and Ray only. Lists that are nil are read as none.
type Witness struct {
	Optimal    bool // Primal, Dual and Reduced prove it
	Infeasible bool // Dual refutes
	Primal     []rational.Rat
	Ray        []rational.Rat
	Dual       []rational.Rat
	Reduced    []rational.Rat
	Variables  []Status
	Rows       []Status
}

// restored is a witness on the way back. Multipliers of rows that are still out are zero. A
// variable that comes back meets no other row later than those of which it has its bounds,
// so its reduced cost is final but for these. A refutation is treated as the multipliers of
// a program without costs.
type restored struct {
	*Reduction
	dual, cost      []rational.Rat // of the rows; reduced, of the variables
	ray             []rational.Rat // of the variables
	variables, rows []Status
	costs           bool
	sign            int // −1 when maximising: a positive reduced cost rests on the upper bound then
}

// Restore returns the witness for the program that was given, where r is one for the rest.
// The result is to be verified by the caller; nothing here relies on it.
func (s *Reduction) Restore(r Witness) Witness {
	n, m := len(s.columns), len(s.rows)
	w := &restored{Reduction: s, dual: make([]rational.Rat, m), cost: make([]rational.Rat, n), ray: make([]rational.Rat, n),
		variables: make([]Status, n), rows: make([]Status, m), costs: r.Optimal, sign: 1}
	// Multipliers that refute take the place of those of an optimum: what the steps ask of signs is the same,
	// with costs of zero, and when minimising.
	if s.maximise && !r.Infeasible {
		w.sign = -1
	}
	// Rows that were taken out have the multiplier zero until they are put back, and variables do not move along a ray, unless an
	// equation moves them.
	spread(w.rows, s.rowGone, r.Rows)
	spread(w.dual, s.rowGone, r.Dual)
	spread(w.variables, s.columnGone, r.Variables)
	spread(w.cost, s.columnGone, r.Reduced)
	spread(w.ray, s.columnGone, r.Ray)
	spread(s.value, s.columnGone, r.Primal)
	for j, gone := range s.columnGone {
		if gone {
			continue
		}
		// The reduced costs of what remained are known; under a refutation they are computed.
		if r.Infeasible {
			w.reduce(j)
		}
		// A variable whose bounds are equal may be said to rest on either. Each may be from another row, and what rests on
		// it goes there, so that place and cost must agree.
		if w.variables[j] != Basic && single(s.lower[j], s.upper[j]) {
			w.variables[j] = w.fixedAt(j)
		}
	}
	// The last step first: each knows the program as it was after it.
	for k := len(s.undo) - 1; k >= 0; k-- {
		s.undo[k].putBack(w)
	}
	r.Primal, r.Ray, r.Dual, r.Reduced, r.Variables, r.Rows = s.value, w.ray, w.dual, w.cost, w.variables, w.rows
	return r
}

// spread puts the members of part, if there are any, in the places of all that are not gone.
func spread[E any](all []E, gone []bool, part []E) {
	if part == nil {
		return
	}
	k := 0
	for j := range all {
		if !gone[j] {
			all[j] = part[k]
			k++
		}
	}
}

// reduce computes the reduced cost of variable j under the rows that are in.
// The numbers of the rows that are out are zero, so that they do not count.
func (w *restored) reduce(j int) {
	w.activity.Start()
	// Without a cost the reduced cost may be one product, which needs no sum.
	if c := w.Reduction.cost[j]; w.costs && !c.IsZero() {
		w.activity.Add(one, c)
	} else if w.cost[j], c = w.only(j); !c.IsZero() {
		return
	}
	for _, t := range w.columns[j] {
		if y := w.dual[t.Variable]; !y.IsZero() {
			w.activity.Add(t.Coefficient.Neg(), y)
		}
	}
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
