package crew

import "context"

// WithStop returns a context that ends with ctx or by stop, for functions of which the rest
// is to end when one fails. Unlike a context that is merely derived it asks ctx itself, so
// that whoever watches ctx sees who looks at it.
// The cause is that of whichever ended first. Stop must be called in the end, as the cancel
// function of any context.
func WithStop(ctx context.Context) (_ context.Context, stop context.CancelCauseFunc) {
	inner, stop := context.WithCancelCause(ctx)
	// The inner context follows the outer one, so that Done and the cause are right in both
	// cases.
	return stoppable{inner, ctx}, stop
}

// stoppable ends with either of two contexts.
type stoppable struct {
	// It comes first, and so sees each look.
	context.Context
	outer context.Context
}

// Err implements [context.Context].
// The outer one is asked first: tests count how often a computation looks at its context.
func (s stoppable) Err() error {
	if s.outer.Err() != nil {
		return s.outer.Err()
	}
	return s.Context.Err()
}
