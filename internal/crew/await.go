package crew

import "context"

// Await returns what f returns, or the cause of the end of the context if that
// comes first; f is then left to itself.
// It is for calls that cannot look at a context themselves. The goroutine and what f holds
// live until f returns.
func Await[T any](ctx context.Context, f func() (T, error)) (T, error) {
	type outcome struct {
		value T
		err   error
	}
	// Room for the outcome, so that a function that comes too late can end.
	done := make(chan outcome, 1)
	// The outcome belongs to the goroutine until it is sent, so that nothing is read half
	// written.
	go func() {
		var o outcome
		// A panic in a goroutine of its own would end the process.
		if fault := Try(func() { o.value, o.err = f() }); fault != nil {
			o.err = fault
		}
		done <- o
	}()
	select {
	case o := <-done:
		return o.value, o.err
	// f may go on: whoever calls must not use what it works on.
	case <-ctx.Done():
		var none T
		return none, context.Cause(ctx)
	}
}
