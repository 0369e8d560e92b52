package lp

import (
	"context"
	"math"

	"pstar/lp/internal/equations"
	"pstar/lp/internal/guess"
	"pstar/rational"
)

// How often a guess in float64 is looked at and shown what is wrong with it before one in
// longer numbers takes over, and how often that, before tableaux and exact pivots do. For a matrix of few
// entries a look costs more than the longer numbers.
const (
	quickRounds   = 2
	carefulRounds = 24
	fewEntries    = 20000
)

// run guesses and confirms until there is a witness.
// It ends, as exact pivots do in the end. The error is the cause with which ctx ended.
func (r *revised) run(ctx context.Context) (*Result, error) {
	t := r.trueTarget()
	for round := 0; ; round++ {
		before := r.at.Clone()
		b := r.guess.Run(ctx, t)
		result, wrong, err := r.confirm(ctx, b)
		if result != nil || err != nil {
			return result, err
		}
		// Float64 has seen little, and shown what is wrong would see no more.
		if r.guess.Blurred() {
			return r.runBlurred(ctx, wrong)
		}
		// The same basis again: float64 does not see what is wrong with it.
		if round == quickRounds-1 || len(r.value) <= fewEntries || round > 0 && r.at.Equal(before) {
			return r.runCarefully(ctx, wrong)
		}
		t = r.guess.Magnified(wrong.view, wrong.is)
	}
}

// runBlurred goes on after a guess of which little was to be expected: from the logical
// basis, if that is feasible.
// That basis is confirmed without a belief, so that nothing of the blurred guess is taken
// over.
func (r *revised) runBlurred(ctx context.Context, wrong *shortcoming) (*Result, error) {
	guessed := r.at
	r.at = r.logicalBasis()
	r.factorExact(true)
	x, err := r.values(ctx)
	if err != nil {
		return nil, err
	}
	if !r.primalFeasible(x) {
		r.at = guessed
		return r.runCarefully(ctx, wrong)
	}
	result, wrong, err := r.confirm(ctx, guess.Belief{})
	if result != nil || err != nil {
		return result, err
	}
	return r.runCarefully(ctx, wrong)
}

// runCarefully guesses in longer numbers.
// wrong is what the last basis lacks, from which the first of these guesses starts.
func (r *revised) runCarefully(ctx context.Context, wrong *shortcoming) (*Result, error) {
	last := math.MaxInt
	for range carefulRounds {
		before, steps := r.at.Clone(), r.guess.Iterations()
		b := r.guess.RunCarefully(ctx, r.at, wrong.view, wrong.is, r.entries)
		result, next, err := r.confirm(ctx, b)
		if result != nil || err != nil {
			return result, err
		}
		steps = r.guess.Iterations() - steps
		wrong = next
		// Nor do 192 bits, or they go on as they began: near to an optimum rounds get shorter.
		if r.at.Equal(before) || r.smallTableau() && 2*steps > last {
			break
		}
		last = steps
	}
	return r.runTableaux(ctx, wrong)
}

// trueTarget is the problem itself.
func (r *revised) trueTarget() guess.Target {
	return r.guess.Whole(r.seenFrom(nil, quotients{num: r.cost}))
}

// seenFrom is the problem as seen from the values of all variables, zero if nil.
// The logical variables are among them, as the form has them.
func (r *revised) seenFrom(point []rational.Rat, cost quotients) guess.View {
	n := len(r.lower)
	v := guess.View{Lower: make([]guess.Limit, n), Upper: make([]guess.Limit, n), Cost: cost.num, Den: cost.den}
	for j := range r.lower {
		lower, upper := guess.Limit(r.lower[j]), guess.Limit(r.upper[j])
		// Bounds become distances; a point outside has a positive one below or a negative one above.
		if point != nil {
			lower.Value, upper.Value = lower.Value.Sub(point[j]), upper.Value.Sub(point[j])
		}
		v.Lower[j], v.Upper[j] = lower, upper
	}
	return v
}

// confirm computes exactly what the basis at hand is worth. It returns a result if it
// is a witness for what is believed, otherwise what is wrong.
func (r *revised) confirm(ctx context.Context, b guess.Belief) (*Result, *shortcoming, error) {
	if ctx.Err() != nil {
		return nil, nil, context.Cause(ctx)
	}
	r.progress(Progress{"confirming", r.pivotCount()})
	// The basis has been put right, so what was believed of it is void.
	// A belief is about the basis that was guessed, not about another one.
	if !r.factorExact(false) {
		b.Outcome = guess.Nothing
	}
	// What is believed is looked at first: it saves the solutions that an optimum needs.
	if b.Outcome == guess.Infeasible {
		result, err := r.farkas(ctx, b)
		if result != nil || err != nil {
			return result, nil, err
		}
	}
	// A belief that does not hold, or none: the basis is judged as one of an optimum.
	x, err := r.values(ctx)
	if err != nil {
		return nil, nil, err
	}
	if b.Outcome == guess.Unbounded {
		result, err := r.ray(ctx, b.Entering, x)
		if result != nil || err != nil {
			return result, nil, err
		}
	}
	y, d, err := r.prices(ctx)
	if err != nil {
		return nil, nil, err
	}
	if r.primalFeasible(x) && r.dualFeasible(d.num) {
		result, err := r.optimum(ctx, x, y, d)
		return result, nil, err
	}
	wrong, err := r.shortcoming(ctx, x, d)
	return nil, wrong, err
}

// confirmStart returns the result if the basis that was given is one of an optimum, or proves
// that there is none, and nil otherwise.
// Where float64 does not see the optimum it would move off that basis, and the way back to it
// takes as long as from nothing. For a start that is no such basis the price is one
// exact factorisation, one or two solutions, and a look at some rows or edges in float64, which
// has to believe in a proof before it is made.
func (r *revised) confirmStart(ctx context.Context) (*Result, error) {
	r.progress(Progress{"confirming", 0})
	if !r.factorExact(false) {
		return nil, nil // not a basis; the guess begins with what has been put right
	}
	x, err := r.values(ctx)
	if err != nil {
		return nil, err
	}
	if outside, any := r.sides(x); any {
		b := r.guess.Refuting(r.trueTarget(), outside)
		if b.Outcome != guess.Infeasible {
			return nil, nil
		}
		return r.farkas(ctx, b)
	}
	y, d, err := r.prices(ctx)
	if err != nil {
		return nil, err
	}
	edges := r.edges(d.num)
	if len(edges) == 0 {
		return r.optimum(ctx, x, y, d)
	}
	b := r.guess.Unblocked(r.trueTarget(), edges)
	if b.Outcome != guess.Unbounded {
		return nil, nil
	}
	return r.ray(ctx, b.Entering, x)
}

// sides returns on which side of its bounds the variable at every position is, and whether any
// is outside.
func (r *revised) sides(x []equations.Fraction) (outside []int8, any bool) {
	outside = make([]int8, len(r.at.Head))
	for p, j := range r.at.Head {
		outside[p] = int8(r.out(j, x[p].Num, x[p].Den))
		any = any || outside[p] != 0
	}
	return outside, any
}

// edges lists the nonbasic variables whose move improves the objective. There are none at a
// basis that is dual feasible.
func (r *revised) edges(d []rational.Int) (list []guess.Edge) {
	for j, v := range d {
		if direction := r.improves(j, v); direction != 0 {
			list = append(list, guess.Edge{Variable: int32(j), Direction: direction})
		}
	}
	return list
}

// prices returns the multipliers of the basis, and the reduced costs under them.
// They are of the form: scaled, and to be minimised.
func (r *revised) prices(ctx context.Context) (y []equations.Fraction, d quotients, err error) {
	y, err = r.multipliersOf(ctx, r.trueCost)
	if err != nil {
		return nil, d, err
	}
	return y, r.reduced(y, r.trueCost), nil
}

// optimum returns the result for a basis that is feasible for both programs. Its witness is
// verified here, unless it is that of a part, which is verified as a whole.
func (r *revised) optimum(ctx context.Context, x, y []equations.Fraction, d quotients) (*Result, error) {
	result, err := r.optimalResult(ctx, x, y, d)
	if err == nil && !r.part {
		result, err = r.verified(ctx, result)
	}
	return result, err
}

// verified returns the result if its witness holds, and nil otherwise.
// It gives nil with the cause if the end of ctx was the reason, and nil without one
// otherwise.
func (r *revised) verified(ctx context.Context, result *Result) (*Result, error) {
	if r.problem.verify(ctx, result) == nil {
		return result, nil
	}
	return nil, context.Cause(ctx)
}

// x is by position in the basis; nonbasic variables rest on bounds, and are feasible.
func (r *revised) primalFeasible(x []equations.Fraction) bool {
	for p, j := range r.at.Head {
		if r.out(j, x[p].Num, x[p].Den) != 0 {
			return false
		}
	}
	return true
}

// d has all variables; basic ones have 0, which improves nothing.
func (r *revised) dualFeasible(d []rational.Int) bool {
	for j, v := range d {
		if r.improves(j, v) != 0 {
			return false
		}
	}
	return true
}

// allValues returns the values of all variables.
// They are those of the form, not yet scaled back.
func (r *revised) allValues(ctx context.Context, x []equations.Fraction) ([]rational.Rat, error) {
	basic, err := equations.Rats(ctx, x)
	if err != nil {
		return nil, err
	}
	all := make([]rational.Rat, len(r.at.Where))
	for j, w := range r.at.Where {
		if w != guess.InBasis {
			all[j] = r.resting(j)
		}
	}
	for p, j := range r.at.Head {
		all[j] = basic[p]
	}
	return all, nil
}

// The value is computed from the problem itself, without scales.
func (r *revised) optimalResult(ctx context.Context, x, y []equations.Fraction, d quotients) (*Result, error) {
	all, err := r.allValues(ctx, x)
	if err != nil {
		return nil, err
	}
	dual, err := equations.Rats(ctx, y)
	if err != nil {
		return nil, err
	}
	reduced, err := d.rats(ctx, r.columns)
	if err != nil {
		return nil, err
	}
	// The form minimises integers; the scale, negative when maximising, brings its multipliers back.
	for _, list := range [][]rational.Rat{dual, reduced} {
		for k, v := range list {
			list[k] = v.Quo(r.costScale)
		}
	}
	out := &Result{Verdict: Optimal, Pivots: r.pivotCount(), Basis: r.basis(), Primal: r.point(all), Value: r.problem.Constant,
		Dual: r.multipliers(dual), Reduced: reduced}
	for j, v := range r.problem.Variables {
		if !v.Cost.IsZero() {
			out.Value = out.Value.Add(v.Cost.Mul(out.Primal[j]))
		}
	}
	return out, nil
}

func (r *revised) pivotCount() int { return r.guess.Iterations() + r.elsewhere + r.pivots }

// farkas returns the refutation by a row of the tableau, or by the sum of what is out of
// bounds, if it is one.
// It is nil if the guess was wrong, and nothing is lost but the time.
func (r *revised) farkas(ctx context.Context, b guess.Belief) (*Result, error) {
	unit := make([]rational.Int, len(r.at.Head))
	// Row of the inverse, by one unit vector; or a sum of such rows with the signs of what is outside.
	if b.Row >= 0 {
		unit[b.Row] = rational.NewInt(1)
	}
	for p, cost := range distances(b.Outside, b.Scale) {
		unit[p] = cost
	}
	y, err := r.solve(ctx, unit, true)
	if err != nil {
		return nil, err
	}
	// The sign of the multipliers depends on which bound is broken; both are tried.
	for range 2 {
		out, err := r.infeasibleResult(ctx, y)
		if err == nil {
			out, err = r.verified(ctx, out)
		}
		if out != nil || err != nil {
			return out, err
		}
		for i := range y {
			y[i] = y[i].Neg()
		}
	}
	return nil, nil
}

// distances returns, by position, what the variables that are outside of their bounds cost in the
// first phase: their distances, in the scale given, or as they are without one. What is least in one
// scale is not in the other, so that it matters which of them a basis was made for.
func distances(outside []int8, scale []int) []rational.Int {
	largest := math.MinInt
	for p, side := range outside {
		if side != 0 && scale != nil {
			largest = max(largest, scale[p])
		}
	}
	costs := make([]rational.Int, len(outside))
	for p, side := range outside {
		if side == 0 {
			continue
		}
		// A variable is 2^scale times that of the guess; all costs times 2^largest are integers.
		if costs[p] = rational.NewInt(int64(side)); scale != nil {
			costs[p] = costs[p].Mul(rational.PowerOfTwo(largest - scale[p]))
		}
	}
	return costs
}

// Whether it refutes is not asked here.
func (r *revised) infeasibleResult(ctx context.Context, y []equations.Fraction) (*Result, error) {
	f, err := equations.Rats(ctx, y)
	if err != nil {
		return nil, err
	}
	return &Result{Verdict: Infeasible, Pivots: r.pivotCount(), Basis: r.basis(), Farkas: r.multipliers(f)}, nil
}

// ray returns the point x and the edge of the nonbasic variable q, if they prove that
// the problem is unbounded.
// Nothing but the verification decides it.
func (r *revised) ray(ctx context.Context, q int32, x []equations.Fraction) (*Result, error) {
	// A ray proves nothing without a feasible point to start from.
	if r.at.Where[q] == guess.InBasis || !r.primalFeasible(x) {
		return nil, nil
	}
	col, err := r.tableauColumn(ctx, q)
	if err != nil {
		return nil, err
	}
	// The guess tells the edge and not the way along it.
	for _, direction := range []int64{1, -1} {
		out, err := r.unboundedResult(ctx, q, direction, x, col)
		if err == nil {
			out, err = r.verified(ctx, out)
		}
		if out != nil || err != nil {
			return out, err
		}
	}
	return nil, nil
}

// tableauColumn solves B x = the column of q.
// It tells how fast basic variables move against q.
func (r *revised) tableauColumn(ctx context.Context, q int32) ([]equations.Fraction, error) {
	b := make([]rational.Int, len(r.equations))
	r.column(q, func(i int32, v rational.Int) { b[i] = v })
	return r.solve(ctx, b, false)
}

// The ray is over the variables of the problem alone; logical ones follow from these.
func (r *revised) unboundedResult(ctx context.Context, q int32, direction int64, x, col []equations.Fraction) (*Result, error) {
	all, err := r.allValues(ctx, x)
	if err != nil {
		return nil, err
	}
	rates, err := equations.Rats(ctx, col)
	if err != nil {
		return nil, err
	}
	ray := make([]rational.Rat, r.columns)
	if int(q) < r.columns {
		ray[q] = rational.NewRat(direction, 1)
	}
	for p, j := range r.at.Head {
		if int(j) < r.columns {
			ray[j] = rates[p].Mul(rational.NewRat(-direction, 1))
		}
	}
	return &Result{Verdict: Unbounded, Pivots: r.pivotCount(), Basis: r.basis(), Primal: r.point(all), Ray: ray}, nil
}

// shortcoming is a basis seen from its exact solution: with the distances of the bounds,
// the reduced costs, and which of them are of the wrong sign.
type shortcoming struct {
	view guess.View
	is   func(j int) bool
}

func (r *revised) shortcoming(ctx context.Context, x []equations.Fraction, d quotients) (*shortcoming, error) {
	all, err := r.allValues(ctx, x)
	if err != nil {
		return nil, err
	}
	return &shortcoming{r.seenFrom(all, d), func(j int) bool { return r.improves(j, d.num[j]) != 0 }}, nil
}
