package lp

import (
	"context"
	"errors"
	"fmt"

	"pstar/lp/internal/dense"
	"pstar/rational"
)

// Rule chooses the variable that enters the basis. Every rule leads to an answer;
// they differ in the number of pivots and, where several solutions are optimal,
// in which one is found.
type Rule int

const (
	// LargestCoefficient is Dantzig's rule, with Bland's rule in long stalls.
	LargestCoefficient Rule = iota
	// Bland is the least index throughout. It is slow, but has no memory.
	Bland
)

// Options adjusts [Solve]. The zero value is the usual choice.
type Options struct {
	// Method is how the problem is solved.
	Method Method
	// Rule is for the dense method.
	Rule Rule
	// Start, if not nil, is a basis to start from, such as [Result.Basis] of a problem that
	// was solved before. Variables and rows added since then may be missing at its ends.
	// The method is then the sparse one, unless it is Dense, which has no use for it. A basis
	// of an optimum, or one that itself shows that there is none, is confirmed exactly, without a
	// pivot; other bases are where the guess in float64 begins.
	Start *Basis
	// Whole leaves nothing to the presolve, which takes rows and variables out before the sparse
	// method begins, unless that has a basis to start from.
	Whole bool
	// Progress, if not nil, is called now and then by the sparse method, from the
	// goroutine of the caller.
	Progress func(Progress)
}

// Progress is how far a solution is. Nobody knows how much is left.
type Progress struct {
	Stage  string // "guessing", "confirming" or "exact pivots"
	Pivots int    // so far, in all stages
}

// Method is a way to solve a problem. All lead to an exact answer.
type Method int

const (
	// Automatic is Dense for very small problems, otherwise Sparse.
	Automatic Method = iota
	// Sparse guesses a basis in float64, confirms it by exact sparse linear algebra
	// and repairs it by exact pivots where it must.
	Sparse
	// Dense is the simplex method on a dense exact dictionary.
	Dense
)

// Solve solves p exactly and returns the verdict with its witness, which
// [Problem.Verify] has accepted. An error means that p is malformed, that o names no known method
// or rule, or is the cause with which ctx has ended.
//
// The sparse method takes as long as a simplex method in float64, and then some solutions of
// equations by exact lifting with the matrix of the last basis: for numbers of b
// bits in a basis of size m up to about m·b digits each, so that the square of
// that counts. Only where the guess fails do exact pivots follow, each as expensive as those
// solutions; then there is no bound but the number of bases. The dense method is the
// primal simplex method on an exact dictionary: O(rows · variables) numbers of storage
// and operations on them for each pivot. The witness is that of a basis, but no
// particular one is promised where there are several: it may differ between versions
// and kinds of processors.
func Solve(ctx context.Context, p *Problem, o Options) (*Result, error) {
	if err := p.given(ctx); err != nil {
		return nil, err
	}
	if err := o.validate(); err != nil {
		return nil, err
	}
	// Crossed bounds have no multipliers of the usual kind, and no method needs to see them.
	if c, ok := findConflict(p); ok {
		return &Result{Verdict: Infeasible, Conflict: c}, nil
	}
	// A very small program is solved in the dictionary before presolve and guess have begun.
	dense := o.Method == Dense || o.Method == Automatic && o.Start == nil && len(p.Rows)*len(p.Variables) <= denseLimit
	// A basis to start from belongs to the whole problem: of a part, its basic variables would mostly be too many or too few.
	if dense || o.Start != nil || o.Whole {
		return solveWhole(ctx, p, dense, o)
	}
	// If little can be taken out, the way back would cost more than it saves.
	if r, err := p.solveReduced(ctx, o); r != nil || err != nil {
		return r, err
	}
	return solveWhole(ctx, p, false, o)
}

// validate reports a method or a rule that is none: taken for another one, it would hide that.
func (o Options) validate() error {
	switch {
	case o.Method < Automatic || o.Method > Dense:
		return fmt.Errorf("lp: unknown method %d", int(o.Method))
	case o.Rule < LargestCoefficient || o.Rule > Bland:
		return fmt.Errorf("lp: unknown rule %d", int(o.Rule))
	}
	return nil
}

// given reports what makes a call meaningless: no context, or what [Problem.Validate] says.
func (p *Problem) given(ctx context.Context) error {
	if ctx == nil {
		return errors.New("lp: the context is nil")
	}
	return p.Validate()
}

// report has the progress reported, if there is somebody to report it to.
func (r *revised) report(progress func(Progress)) {
	if progress != nil {
		r.progress = progress
		r.guess.Progress = func(iterations int) { progress(Progress{"guessing", iterations}) }
	}
}

// solveWhole solves p as it is.
func solveWhole(ctx context.Context, p *Problem, dense bool, o Options) (*Result, error) {
	f, err := newForm(ctx, p)
	if err != nil {
		return nil, err
	}
	if dense {
		r, err := f.solveDense(ctx, o.Rule == Bland)
		if err != nil {
			return nil, err
		}
		return p.mustVerify(ctx, r)
	}
	r := newRevised(f)
	r.report(o.Progress)
	if o.Start != nil {
		r.startFrom(o.Start)
		if result, err := r.confirmStart(ctx); result != nil || err != nil {
			return result, err
		}
	}
	return r.run(ctx)
}

// denseLimit is the largest number of rows times variables for which the dictionary
// is the faster method.
const denseLimit = 400

// findConflict returns the first variable or row whose bounds are crossed.
func findConflict(p *Problem) (Conflict, bool) {
	for j, v := range p.Variables {
		if crossed(v.Lower, v.Upper) {
			return Conflict{VariableConflict, j}, true
		}
	}
	for i, r := range p.Rows {
		if crossed(r.Lower, r.Upper) {
			return Conflict{RowConflict, i}, true
		}
	}
	return Conflict{}, false
}

// solveDense solves the form in a dictionary.
func (f *form) solveDense(ctx context.Context, bland bool) (*Result, error) {
	q := dense.Program{Columns: f.columns, Rows: len(f.equations), Entries: f.entries, Cost: f.cost, Bland: bland}
	for j := range f.lower {
		q.Lower, q.Upper = append(q.Lower, dense.Bound(f.lower[j])), append(q.Upper, dense.Bound(f.upper[j]))
	}
	o, err := dense.Solve(ctx, q)
	if err != nil {
		return nil, err
	}
	r := &Result{Pivots: o.Pivots, Basis: f.restingAt(o.Nonbasic, o.Values)}
	switch reduced, dual := rational.RatVector(o.Multipliers[:f.columns]), rational.RatVector(o.Multipliers[f.columns:]); o.Verdict {
	case dense.Infeasible:
		r.Verdict, r.Farkas = Infeasible, f.multipliers(dual)
	case dense.Unbounded:
		r.Verdict, r.Primal, r.Ray = Unbounded, f.point(o.Values), o.Ray
	case dense.Optimal:
		scale := f.costScale.Inv()
		r.Verdict, r.Primal = Optimal, f.point(o.Values)
		r.Reduced, r.Dual = reduced.Scale(scale), f.multipliers(dual.Scale(scale))
		r.Value = f.problem.Constant
		for j, v := range f.problem.Variables {
			r.Value = r.Value.Add(v.Cost.Mul(r.Primal[j]))
		}
	}
	return r, nil
}
