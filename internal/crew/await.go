package crew

import "context"

// Await returns what f returns, or the cause of the end of the context if that
// comes first; f is then left to itself.
func Await[T any](ctx context.Context, f func() (T, error)) (T, error) {
	type outcome struct {
		value T
		err   error
	}
	done := make(chan outcome, 1)
	go func() {
		var o outcome
		if fault := Try(func() { o.value, o.err = f() }); fault != nil {
			o.err = fault
		}
		done <- o
	}()
	select {
	case o := <-done:
		return o.value, o.err
	case <-ctx.Done():
		var none T
		return none, context.Cause(ctx)
	}
}
