package lp

import (
	"context"

	"pstar/internal/each"
	"pstar/lp/internal/presolve"
	"pstar/rational"
)

// program returns the problem as the presolve takes it, which changes the lists.
func (p *Problem) program() presolve.Program {
	q := presolve.Program{
		Maximise: p.Sense == Maximise,
		Cost:     each.Of(p.Variables, func(v Variable) rational.Rat { return v.Cost }),
		Lower:    each.Of(p.Variables, func(v Variable) presolve.Bound { return presolve.Bound(v.Lower) }),
		Upper:    each.Of(p.Variables, func(v Variable) presolve.Bound { return presolve.Bound(v.Upper) }),
		Left:     each.Of(p.Rows, func(r Row) presolve.Bound { return presolve.Bound(r.Lower) }),
		Right:    each.Of(p.Rows, func(r Row) presolve.Bound { return presolve.Bound(r.Upper) }),
	}
	last := make([]int, len(p.Variables))
	for i, row := range p.Rows {
		terms := row.Terms
		// Nearly all rows are plain.
		if !plain(row, i+1, last) {
			terms = row.Summed()
		}
		q.Rows = append(q.Rows, each.Of(terms, func(t Term) presolve.Term { return presolve.Term(t) }))
	}
	return q
}

// plain reports whether no variable occurs twice in the row, and none with the coefficient zero.
// The list last is marked with the number of the row, which must be new.
func plain(row Row, number int, last []int) bool {
	for _, t := range row.Terms {
		// A list of marks in place of a set for each row.
		if last[t.Variable] == number || t.Coefficient.IsZero() {
			return false
		}
		last[t.Variable] = number
	}
	return true
}

// problemOf returns what the presolve has left as a problem, without names.
func problemOf(q presolve.Program) *Problem {
	p := &Problem{}
	if q.Maximise {
		p.Sense = Maximise
	}
	for j, c := range q.Cost {
		p.AddVariable(Variable{Cost: c, Lower: Bound(q.Lower[j]), Upper: Bound(q.Upper[j])})
	}
	for i, row := range q.Rows {
		p.AddRow(Row{Terms: each.Of(row, func(t presolve.Term) Term { return Term(t) }), Lower: Bound(q.Left[i]), Upper: Bound(q.Right[i])})
	}
	return p
}

// solveReduced solves what the presolve leaves of p and puts back what it took out, or returns nil if that is too little to
// pay for the way back.
func (p *Problem) solveReduced(ctx context.Context, o Options) (*Result, error) {
	s, err := presolve.Reduce(ctx, p.program(), presolve.Options{})
	if err != nil || !s.Worthwhile() {
		return nil, err
	}
	f, err := newForm(ctx, problemOf(s.Rest()))
	if err != nil {
		return nil, err
	}
	part := newRevised(f)
	// The witness of the part is verified with that of the whole.
	part.part = true
	part.report(o.Progress)
	r, err := part.run(ctx)
	if err != nil {
		return nil, err
	}
	return p.mustVerify(ctx, p.restored(s, r))
}

// restored returns the result for p, where r is one for what the presolve left: optimal, infeasible with
// multipliers, or unbounded. It is to be verified.
func (p *Problem) restored(s *presolve.Reduction, r *Result) *Result {
	w := presolve.Witness{Optimal: r.Verdict == Optimal, Infeasible: r.Verdict == Infeasible,
		Primal: r.Primal, Ray: r.Ray, Dual: r.Dual, Reduced: r.Reduced,
		Variables: each.Of(r.Basis.Variables, func(s Status) presolve.Status { return presolve.Status(s) }),
		Rows:      each.Of(r.Basis.Rows, func(s Status) presolve.Status { return presolve.Status(s) })}
	if r.Verdict == Infeasible {
		w.Dual = r.Farkas
	}
	w = s.Restore(w)
	back := func(s presolve.Status) Status { return Status(s) }
	out := &Result{Verdict: r.Verdict, Pivots: r.Pivots, Basis: &Basis{each.Of(w.Variables, back), each.Of(w.Rows, back)}}
	switch r.Verdict {
	// The value of a point and a direction are of no use to a refutation.
	case Infeasible:
		out.Farkas = w.Dual
	case Unbounded:
		out.Primal, out.Ray = w.Primal, w.Ray
	default:
		out.Primal, out.Dual, out.Reduced = w.Primal, w.Dual, w.Reduced
		// The objective is computed anew: no constant of the steps has to be carried along.
		out.Value = p.objective(out.Primal).Value().Add(p.Constant)
	}
	return out
}
