// Package program puts vectors of a cone into linear programs, for double description and the
// search for redundant rows.
package program

import (
	"context"

	"pstar/cone"
	"pstar/internal/each"
	"pstar/lp"
	"pstar/rational"
)

// Solve solves a program; its error is the cause for which ctx ended.
func Solve(ctx context.Context, p *lp.Problem) (*lp.Result, error) {
	r, err := lp.Solve(ctx, p, lp.Options{})
	// Other errors of lp stay what they are.
	if err != nil && ctx.Err() != nil {
		err = context.Cause(ctx)
	}
	return r, err
}

// Terms writes a vector as the terms of a row whose variables are the coordinates.
// Coordinates and variables have the same numbers.
func Terms(a cone.Vector) []lp.Term {
	return each.Of(a, func(e cone.Entry) lp.Term {
		return lp.Term{Variable: e.Index, Coefficient: rational.RatFromInt(e.Value)}
	})
}
