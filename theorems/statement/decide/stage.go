package decide

import (
	"context"
	"fmt"

	"pstar/doubledesc"
)

// The listener comes with the context, since stages are told from deep within engines
// whose options know of no theorems.
type stageKey struct{}

// Watched is ctx for which Claim, Steps and Regions tell, again and again, at what stage they are; perhaps from goroutines of their own, but never two at a time.
func Watched(ctx context.Context, tell func(stage string)) context.Context {
	return context.WithValue(ctx, stageKey{}, tell)
}

// stage tells the listener, if there is one. Without one it does not even format.
func stage(ctx context.Context, format string, args ...any) {
	if tell, ok := ctx.Value(stageKey{}).(func(string)); ok {
		tell(fmt.Sprintf(format, args...))
	}
}

// generating tells how far the search for generators is. Two methods count differently:
// walks by bases, double description by rows.
func generating(ctx context.Context) func(doubledesc.Progress) {
	return func(p doubledesc.Progress) {
		if p.Bases > 0 {
			stage(ctx, "%d generators of the cone of multipliers at %d bases", p.Rays, p.Bases)
			return
		}
		stage(ctx, "%d generators of the cone of multipliers after %d of %d rows", p.Rays, p.Row, p.Rows)
	}
}
