package single

import (
	"context"
	"fmt"
	"slices"

	"pstar/rational"
	"pstar/theorems"
	"pstar/theorems/contention"
	"pstar/witness"
)

// A Report is what the theorems say of an instance, verified on it.
type Report struct {
	Unit *Unit
	Law  *Law // of Algorithm 2; without coins if that fails
	// Halved are the optima with one element split, if that was asked for.
	Halved   []*Unit
	Findings theorems.Claims

	stopped bool // before all was settled
}

// Options steer [Verify]. The zero value asks for what takes no longer than [Solve].
type Options struct {
	// Split asks for CRS-LB.1: it takes as long as solving n instances.
	Split bool
	// Progress, if set, is told which instance is being worked at.
	Progress func(text string, args ...any)
}

// Verify tells of its progress by this alone.
func (o Options) progress(text string, args ...any) {
	if o.Progress != nil {
		o.Progress(text, args...)
	}
}

// Verify verifies on the instance of u, which is optimal, CRS-L3.1, CRS-T1.2, CRS-LB.1
// if the options ask for it and, for equal probabilities, CRS-U, CRS-T3.4 and CRS-T1.3;
// and it proves what holds for all instances. Its only errors are the end
// of ctx, with a report of what was found until then, and what [Solve] fails for; a statement that does not hold is a
// finding.
func Verify(ctx context.Context, u *Unit, o Options) (*Report, error) {
	// Not nil, so that the report has columns even without coins.
	r := &Report{Unit: u, Law: &Law{}}
	// What is to be told as undecided if the run ends early.
	asked := []string{"CRS-LP", "CRS-L3.1", "CRS-T1.2"}
	if o.Split {
		asked = append(asked, "CRS-LB.1")
	}
	// CRS-U, CRS-T3.4 and CRS-T1.3 are about equal probabilities.
	// Three statements of one closed form; the one with a tag that is always asked stands
	// for them.
	equal := uniform(u.X)
	if equal {
		asked = append(asked, "CRS-U")
	}
	err := r.verify(ctx, o, equal)
	switch {
	case ctx.Err() != nil:
		err = context.Cause(ctx)
		settled := len(r.Findings)
		contention.Unsettled(&r.Findings, contention.SingleRows, asked...)
		// What was found before the end is in the report, with those marked as undecided.
		r.stopped = len(r.Findings) > settled // if not, the run ended behind the last one
	case err != nil:
		return nil, err
	}
	contention.Prove(&r.Findings, Tags...)
	return r, err
}

// add adds a finding that is checked, unless ctx has ended: then what went wrong may be that.
// A finding that was cut short would otherwise be told as one that fails.
func (r *Report) add(ctx context.Context, err error, tag, format string, args ...any) {
	if ctx.Err() == nil {
		r.Findings.Add(err, tag, theorems.Checked, format, args...)
	}
}

// verify adds what is found on the instance until ctx ends. The error is that of a solver.
// Each statement is verified apart from the others, so that one that fails hides none.
func (r *Report) verify(ctx context.Context, o Options, equal bool) error {
	// One instance, of which each statement is about another side.
	u := r.Unit
	r.add(ctx, u.Verify(ctx), "CRS-LP", "LPOPT = %s: a point of LP-SI has this value, and a dual point allows no more", contention.Decimal(u.Value))
	// That the algorithm attains the choice is computed from its coins, and not from LP-SI.
	law, err := Attain(ctx, u.X, u.Choice)
	r.add(ctx, err, "CRS-L3.1", "Algorithm 2 selects every element with probability c(i), and a dual point of the same value allows no more")
	// A law without coins is shown as empty columns.
	if law != nil {
		r.Law = law
	}
	// The sum that α_0 depends on.
	rho := rational.RatVector(u.X).Sum()
	// Both halves: the point of the paper is feasible and worth α_0, and the optimum is no less.
	_, err = PhiPoint(ctx, u.X)
	if err == nil && CompareAlpha(u.Value, rho) < 0 {
		err = fmt.Errorf("LPOPT is less")
	}
	r.add(ctx, err, "CRS-T1.2", "LPOPT ≥ α_0(ρ), and the point of CRS-L3.3 is feasible and worth α_0(ρ)")
	// n instances of n + 1 elements: only if it is asked for.
	if o.Split {
		if err := r.split(ctx, o); err != nil {
			return err
		}
	}
	if equal {
		verifyUniform(ctx, len(u.X), rho, u.Value, &r.Findings)
	}
	return nil
}

// uniform reports whether all probabilities are equal.
// It is true of a single element. There must be one.
func uniform(x []rational.Rat) bool {
	return !slices.ContainsFunc(x, func(v rational.Rat) bool { return !v.Equal(x[0]) })
}

// split verifies CRS-LB.1 for each element.
// The last element that fails is the one that is told.
func (r *Report) split(ctx context.Context, o Options) error {
	// The last failure, in which elements are named.
	var wrong error
	x := r.Unit.X
	for k := range x {
		o.progress("splitting element %d of %d", k+1, len(x))
		// The optimum with the element halved, and the choice for the whole one that its choice gives.
		s, err := Solve(ctx, Split(x, k))
		if err != nil {
			return err
		}
		// All of them are kept, for who wants to see by how much they differ.
		r.Halved = append(r.Halved, s)
		if s.Value.Cmp(r.Unit.Value) > 0 {
			wrong = fmt.Errorf("splitting element %d gives %s", k+1, s.Value)
		}
		if _, err := Merge(ctx, x, k, s.Choice); err != nil {
			wrong = fmt.Errorf("element %d: %w", k+1, err)
		}
	}
	r.add(ctx, wrong, "CRS-LB.1", "splitting any one element does not raise LPOPT, and merging proves it")
	return nil
}

// boundOfT13 is what CRS-T1.3 says of one N, for reports on one and on many.
const boundOfT13 = "LPOPT ≤ 1/(ρ + exp(-(ρ/2)(1 + 1/N)(1 + ρ/N))), which tends to α_0(ρ)"

// verifyUniform verifies CRS-U, and CRS-T3.4 and CRS-T1.3 if they speak of N, for N
// elements of equal probability, with the value of LPOPT that is to be theirs. It adds nothing if ctx ends.
func verifyUniform(ctx context.Context, n int, rho, value rational.Rat, to *theorems.Claims) {
	// Collected apart, and added as a whole or not at all.
	var found theorems.Claims
	// The closed form, against what the solver found.
	point := uniformPoint(n, rho)
	err := point.verify(ctx)
	if err == nil && !point.value.Equal(value) {
		err = fmt.Errorf("the closed form gives %s", point.value)
	}
	found.Add(err, "CRS-U", theorems.Checked, "LPOPT is the closed form, whose primal and dual points verify")
	// For an even N the paper has no such point.
	if n%2 == 1 {
		// The paper's dual point bounds LPOPT, and so does the inequality itself: both are decided.
		_, _, err := DualPoint(ctx, n, rho)
		slack := rho.Add(two).Quo(rational.NewRat(int64(n), 1))
		if err == nil && CompareAlpha(value.Sub(slack), rho) > 0 {
			err = fmt.Errorf("LPOPT is more")
		}
		found.Add(err, "CRS-T3.4", theorems.Checked, contention.BoundOfT34+", by the dual point of CRS-L3.5")
	}
	// The estimate of the logarithm that the bound rests on is for probabilities of at most 1/2.
	if n%2 == 1 && rational.NewRat(int64(n), 2).Cmp(rho) >= 0 {
		found.Add(UniformLimit(n, rho), "CRS-T1.3", theorems.Checked, boundOfT13)
	}
	// What ended early may have failed for that reason only.
	if ctx.Err() == nil {
		*to = append(*to, found...)
	}
}

// Documents makes the certificate of the instance, and of what holds for all; none if the run ended before all was settled.
// The second one leaves the instance out, for one that the format cannot hold.
func (r *Report) Documents() []witness.Maker {
	if r.stopped {
		return nil
	}
	return []witness.Maker{Document(r.Unit, Tags...), Document(nil, Tags...)}
}
