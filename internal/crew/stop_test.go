package crew

import (
	"context"
	"errors"
	"testing"
)

func TestWithStop(t *testing.T) {
	why := errors.New("why")
	outer, end := context.WithCancelCause(t.Context())
	inner, stop := WithStop(outer)
	if inner.Err() != nil {
		t.Fatal("ended at once")
	}
	stop(why)
	if inner.Err() == nil || context.Cause(inner) != why || outer.Err() != nil {
		t.Errorf("stopped: %v, outside %v", context.Cause(inner), outer.Err())
	}
	inner, stop = WithStop(outer)
	end(why)
	if inner.Err() == nil || context.Cause(inner) != why {
		t.Errorf("ended outside: %v", context.Cause(inner))
	}
	stop(nil)
}
