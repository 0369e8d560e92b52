package lp

import (
	"context"

	"pstar/lp/internal/equations"
	"pstar/lp/internal/guess"
	"pstar/rational"
)

// tableau is the problem written anew as its tableau at a basis, computed exactly and then
// rounded. Its variables are those that may enter the basis and, as logical ones, those that are in
// it. Where the matrix of a basis is so near to a singular one that numbers of 192 bits show
// nothing of what it does, those of the tableau are right in that many digits, and the basis
// to go on from has the unit matrix.
type tableau struct {
	variables         []int32 // of the problem, by those of the tableau
	equations.Rounded         // its rows, by position
}

// largestTableau bounds the numbers of a tableau. Each of its columns takes a solution of equations, as
// three exact pivots do with each other.
const largestTableau = 200_000

// smallTableau reports whether a tableau is worth its time.
func (r *revised) smallTableau() bool { return r.columns*len(r.equations) <= largestTableau }

// tableau computes the tableau of the basis at hand, which is factored.
func (r *revised) tableau(ctx context.Context) (*tableau, error) {
	t := &tableau{}
	for j, w := range r.at.Where {
		// What is in the basis comes after these; what is fixed never enters it.
		if w == guess.InBasis || r.fixed(j) {
			continue
		}
		x, err := r.tableauColumn(ctx, int32(j))
		if err != nil {
			return nil, err
		}
		t.variables = append(t.variables, int32(j))
		t.AddColumn(x)
	}
	t.variables = append(t.variables, r.at.Head...)
	return t, nil
}

// seen is what is wrong with the basis, as a shortcoming of that of the tableau.
func (t *tableau) seen(wrong *shortcoming) *shortcoming {
	var v guess.View
	n := t.Columns()
	for k, j := range t.variables {
		lower, upper := wrong.view.Lower[j], wrong.view.Upper[j]
		if k < n {
			// Those of the basis have no reduced costs, and are left off.
			v.Cost, v.Den = append(v.Cost, wrong.view.Cost[j]), append(v.Den, wrong.view.Den[j])
		} else {
			by := rational.RatFromInt(rational.PowerOfTwo(t.Shift(k - n)))
			lower.Value, upper.Value = lower.Value.Mul(by), upper.Value.Mul(by)
		}
		v.Lower, v.Upper = append(v.Lower, lower), append(v.Upper, upper)
	}
	return &shortcoming{v, func(k int) bool { return k < n && wrong.is(int(t.variables[k])) }}
}

// runTableaux guesses on in one tableau after another, as long as there is something wrong with the basis, and
// goes on by exact pivots where that changes nothing.
func (r *revised) runTableaux(ctx context.Context, wrong *shortcoming) (*Result, error) {
	for round := 0; round < carefulRounds && r.smallTableau(); round++ {
		before := r.at.Clone()
		b, err := r.runTableau(ctx, wrong)
		if err != nil {
			return nil, err
		}
		var result *Result
		if result, wrong, err = r.confirm(ctx, b); result != nil || err != nil {
			return result, err
		}
		if r.at.Equal(before) {
			break
		}
	}
	return r.exactPivots(ctx)
}

// runTableau guesses on in the tableau of the basis at hand, of which wrong says what it lacks.
func (r *revised) runTableau(ctx context.Context, wrong *shortcoming) (guess.Belief, error) {
	t, err := r.tableau(ctx)
	if err != nil {
		return guess.Belief{}, err
	}
	// The logical basis is the one at hand.
	at, n := &guess.Basis{Where: make([]int8, len(t.variables))}, t.Columns()
	for k, j := range t.variables {
		if at.Where[k] = r.at.Where[j]; k >= n {
			at.Head = append(at.Head, int32(k))
		}
	}
	g := guess.New(len(at.Head), n, t.Entries, at)
	g.Progress = func(iterations int) { r.progress(Progress{"guessing", r.pivotCount() + iterations}) }
	seen := t.seen(wrong)
	b := g.RunCarefully(ctx, at, seen.view, seen.is, t.Entries)
	r.elsewhere += g.Iterations()
	// Positions are the same in both.
	for k, j := range t.variables {
		r.at.Where[j] = at.Where[k]
	}
	for p, k := range at.Head {
		r.at.Head[p] = t.variables[k]
		// What is out of bounds was added up in the scale of its row.
		if b.Scale != nil && int(k) >= n {
			b.Scale[p] -= t.Shift(int(k) - n)
		}
	}
	b.Entering = t.variables[b.Entering]
	return b, nil
}
