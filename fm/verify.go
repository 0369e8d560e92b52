package fm

import (
	"context"
	"fmt"
	"slices"

	"pstar/fm/internal/sparse"
	"pstar/internal/each"
	"pstar/rational"
)

// Verify checks a result against its system and returns what is wrong, naming
// the step: that base rows and equations are what the system becomes when
// equations are used; that every step combines or drops every pair of rows of
// opposite sign, and every drop is the sum it claims to be; that the rows of the
// projection are those of the last step and follow from the system by their
// multipliers; that Farkas multipliers refute it. It computes all rows anew from
// the base rows and uses nothing of the elimination. If ctx ends before that, the
// error is its cause.
func (r *Result) Verify(ctx context.Context) error {
	v := newVerifier(r)
	// A refutation needs nothing but its multipliers.
	switch r.Verdict {
	case Infeasible:
		return v.farkas()
	case Projected:
	default:
		return fmt.Errorf("fm: no verdict")
	}
	if err := v.substitutions(); err != nil {
		return err
	}
	for i := range r.Steps {
		// Each step begins with the rows with which the one before ended.
		if err := v.step(ctx, &r.Steps[i]); ctx.Err() != nil {
			return context.Cause(ctx)
		} else if err != nil {
			return fmt.Errorf("fm: step %d: %w", i+1, err)
		}
	}
	for i := range r.Rows {
		if err := v.output(&r.Rows[i]); err != nil {
			return fmt.Errorf("fm: row %d of the projection: %w", i+1, err)
		}
	}
	return v.complete()
}

// verifier holds the rows by number.
type verifier struct {
	*Result
	original []sparse.Row // by row of the system: "left - right", turned to >=, > or =
	adder    *sparse.Adder
	lines    map[int]sparse.Row
	strict   map[int]bool
	last     []int // the rows after the last step
}

func newVerifier(r *Result) *verifier {
	v := &verifier{Result: r, adder: sparse.NewAdder(r.System.columns())}
	for i := range r.System.Rows {
		// Unscaled again: multipliers are of the rows as they were given.
		a, factor := r.System.homogeneous(i)
		v.original = append(v.original, sparse.Of(a.Rats().Scale(factor.Inv())))
	}
	return v
}

// sum combines the rows of the system.
func (v *verifier) sum(m rational.RatVector) (sparse.Row, error) {
	if len(m) != len(v.System.Rows) {
		return nil, fmt.Errorf("%d multipliers for %d rows", len(m), len(v.System.Rows))
	}
	// Row by row into one accumulator: most multipliers are 0.
	for i, y := range m {
		if !y.IsZero() {
			v.adder.Add(v.original[i], y)
		}
	}
	return v.adder.Sum(), nil
}

// nonnegative checks the signs of multipliers.
func (v *verifier) nonnegative(m rational.RatVector) error {
	for i, y := range m {
		if y.Sign() < 0 && v.System.Rows[i].Relation != Equal {
			return fmt.Errorf("negative multiplier of row %d", i+1)
		}
	}
	return nil
}

// usesStrict reports whether a strict row has a positive multiplier.
func (v *verifier) usesStrict(m rational.RatVector) bool {
	for i, y := range m {
		if y.Sign() > 0 && v.System.Rows[i].Relation.strict() {
			return true
		}
	}
	return false
}

// farkas checks the multipliers of an infeasible system.
func (v *verifier) farkas() error {
	sum, err := v.sum(v.Farkas)
	if err == nil {
		err = v.nonnegative(v.Farkas)
	}
	if err != nil {
		return fmt.Errorf("fm: Farkas multipliers: %w", err)
	}
	// Left over may be a constant only: negative, or zero if a strict row has a share.
	constant := sum.At(0).Sign()
	if len(sum) > 1 || len(sum) == 1 && constant == 0 || constant > 0 || constant == 0 && !v.usesStrict(v.Farkas) {
		return fmt.Errorf("fm: the Farkas multipliers give no contradiction")
	}
	return nil
}

// equation reports whether row i of the system holds with equality: it is an
// equation, or part of the vanishing combination.
func (v *verifier) equation(i int) bool {
	return v.System.Rows[i].Relation == Equal || v.Vanishing != nil && !v.Vanishing[i].IsZero()
}

// substitutions checks the equations and the base rows: that each is what it
// claims to be, and that every row of the system becomes one of them.
func (v *verifier) substitutions() error {
	if v.Vanishing != nil {
		sum, err := v.sum(v.Vanishing)
		if err == nil {
			err = v.nonnegative(v.Vanishing)
		}
		if err != nil || len(sum) > 0 || v.usesStrict(v.Vanishing) {
			return fmt.Errorf("fm: the combination for implicit equations does not vanish")
		}
	}
	for i, s := range slices.Concat(v.Solved, v.Equations) {
		sum, err := v.sum(s.Multipliers)
		// Any multiples of equations are an equation, and no multiple of an inequality is.
		if err != nil || !sum.Equal(sparse.Of(s.Line.Rats())) || s.Line[s.Column].IsZero() || !v.onlyEquations(s.Multipliers, -1) {
			return fmt.Errorf("fm: equation %d is not the combination it claims to be", i+1)
		}
	}
	if err := v.triangular(); err != nil {
		return err
	}
	v.lines, v.strict = make(map[int]sparse.Row), make(map[int]bool)
	origins := make(map[int]int)
	for i, b := range v.Base {
		line := sparse.Of(b.Line.Rats())
		// The trivial row has no multipliers: it is checked for what it is.
		if i == len(v.Base)-1 {
			if !line.Equal(sparse.Trivial) || b.Origin != -1 {
				return fmt.Errorf("fm: the last base row is not the trivial one")
			}
			// Equations may be added to one inequality in any multiples; with a second inequality the
			// row would say less than its origin.
		} else if sum, err := v.sum(b.Multipliers); err != nil || !sum.Equal(line) || !v.onlyEquations(b.Multipliers, b.Origin) {
			return fmt.Errorf("fm: base row %d is not the combination it claims to be", i+1)
		}
		if b.Origin >= 0 {
			// Which base row each row of the system became.
			origins[b.Origin] = i
		}
		v.lines[i], v.strict[i] = line, i == len(v.Base)-1 || v.System.Rows[b.Origin].Relation.strict()
		v.last = append(v.last, i)
	}
	return v.covered(origins)
}

// triangular checks that the variables solved for can be computed last, one after
// the other: no later equation, no equation of the projection and no base row
// holds one.
func (v *verifier) triangular() error {
	for k, s := range v.Solved {
		if s.Variable < 0 {
			return fmt.Errorf("fm: equation %d is solved for no variable", k+1)
		}
		// Then its value can be computed when all that stands in it is known: the variables solved
		// for later, and what is kept.
		for _, later := range append(slices.Clone(v.Solved[k+1:]), v.Equations...) {
			if !later.Line[s.Column].IsZero() {
				return fmt.Errorf("fm: an equation after equation %d holds its variable", k+1)
			}
		}
		for i, b := range v.Base {
			if !b.Line[s.Column].IsZero() {
				return fmt.Errorf("fm: base row %d holds the variable of equation %d", i+1, k+1)
			}
		}
	}
	return nil
}

// onlyEquations reports whether the multipliers are of equations and, positive,
// of the row origin.
func (v *verifier) onlyEquations(m rational.RatVector, origin int) bool {
	for i, y := range m {
		if !y.IsZero() && !v.equation(i) && (i != origin || y.Sign() < 0) {
			return false
		}
	}
	return origin < 0 || m[origin].Sign() > 0
}

// covered checks that every row of the system becomes 0 = 0, a base row or a
// true constant when the equations are substituted.
func (v *verifier) covered(origins map[int]int) error {
	solved := slices.Concat(v.Solved, v.Equations)
	lines := each.Of(solved, func(s Substitution) sparse.Row { return sparse.Of(s.Line.Rats()) })
	for i := range v.System.Rows {
		// The row as it was given, from which the equations are taken off.
		v.adder.Add(v.original[i], rational.NewRat(1, 1))
		for k, s := range solved {
			// In the order in which the equations were used: a later one does not bring an earlier
			// column back.
			if x := v.adder.Values[s.Column]; !x.IsZero() {
				v.adder.Add(lines[k], x.Quo(rational.RatFromInt(s.Line[s.Column])).Neg())
			}
		}
		a := v.adder.Sum()
		constant := len(a) == 0 || len(a) == 1 && a[0].Column == 0
		base, isBase := origins[i]
		// An equation has to vanish, since otherwise it is one that the equations do not contain;
		// an inequality has to be a base row, or to hold for nothing but its constant.
		switch {
		case v.equation(i) && len(a) == 0:
		case isBase && a.Alike(v.lines[base]):
		case !v.equation(i) && constant && (a.At(0).Sign() > 0 || len(a) == 0 && !v.System.Rows[i].Relation.strict()):
		default:
			return fmt.Errorf("fm: row %d of the system is lost when equations are used", i+1)
		}
	}
	return nil
}

// output checks a row of the projection.
func (v *verifier) output(o *Output) error {
	system := &System{Variables: v.System.Variables, Symbols: v.System.Symbols, Rows: []Row{o.Row}}
	a, factor := system.homogeneous(0)
	want := sparse.Of(a.Rats().Scale(factor.Inv()))
	for _, x := range v.Eliminate {
		if !want.At(v.System.column(x)).IsZero() {
			return fmt.Errorf("an eliminated variable occurs")
		}
	}
	if err := v.derived(o.Multipliers, o.Slack, want); err != nil {
		return err
	}
	if o.Relation == Equal {
		return v.derived(o.Converse, rational.Rat{}, want.Neg())
	}
	// The slack is a multiple of 1 > 0, which is strict.
	if o.Relation == Above && o.Slack.IsZero() && !v.usesStrict(o.Multipliers) {
		return fmt.Errorf("nothing makes it strict")
	}
	// Read as a multiple: the row of the last step is primitive.
	if !want.Alike(v.lines[o.Number]) || (o.Relation == Above) != v.strict[o.Number] {
		return fmt.Errorf("it is not row %d of the last step", o.Number)
	}
	return v.needed(o, want)
}

// derived checks that the multipliers and the slack give the row.
func (v *verifier) derived(m rational.RatVector, slack rational.Rat, want sparse.Row) error {
	if !slack.IsZero() {
		v.adder.Add(sparse.Trivial, slack)
	}
	sum, err := v.sum(m)
	if err == nil {
		err = v.nonnegative(m)
	}
	if err != nil {
		return err
	}
	if slack.Sign() < 0 || !sum.Equal(want) {
		return fmt.Errorf("the multipliers do not give it")
	}
	return nil
}

// needed checks the point that shows a row to be needed: the row is negative and
// no other is; or it is strict and 0, and all others hold, strict ones strictly.
func (v *verifier) needed(o *Output, own sparse.Row) error {
	if o.Needed == nil {
		return nil
	}
	// A point outside the row inside all others: without the row the projection would be
	// larger.
	sign := own.Dot(o.Needed).Sign()
	if sign > 0 || sign == 0 && o.Relation != Above {
		return fmt.Errorf("its point does not violate it")
	}
	for _, id := range v.last {
		// The row itself is the one that fails.
		if id == o.Number {
			continue
		}
		if other := v.lines[id].Dot(o.Needed).Sign(); other < 0 || sign == 0 && other == 0 && v.strict[id] {
			return fmt.Errorf("its point violates row %d too", id)
		}
	}
	return nil
}

// complete checks that the projection has all rows of the last step, and all
// equations.
func (v *verifier) complete() error {
	have := make(map[int]bool)
	equations := 0
	for _, o := range v.Rows {
		if o.Number < 0 {
			equations++
		}
		have[o.Number] = true
	}
	// The converse of the check of each row: none has been left out at the end.
	for _, id := range v.last {
		if !have[id] && id != len(v.Base)-1 {
			return fmt.Errorf("fm: row %d of the last step is not in the projection", id)
		}
	}
	if equations != len(v.Equations) {
		return fmt.Errorf("fm: %d equations in the projection, want %d", equations, len(v.Equations))
	}
	return nil
}
