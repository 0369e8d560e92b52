package projection

import (
	"context"
	"errors"
	"testing"
	"time"
)

// The numbers of facets of cyclic polytopes, and of simplices.
func TestVertices(t *testing.T) {
	for _, c := range []struct {
		dim, facets int
		want        int64
	}{{3, 7, 7}, {4, 8, 12}, {5, 8, 20}, {5, 5, 5}, {7, 9, 30}, {9, 9, 9}, {12, 9, 9}, {1, 1, 1}} {
		if got := vertices(c.dim, c.facets); got.Int64() != c.want {
			t.Errorf("a cone of dimension %d with %d facets has at most %v rays, want %d", c.dim, c.facets, got, c.want)
		}
	}
}

// A route that is slowed works for a quarter of the time, and goes on when the race is over.
func TestSlowed(t *testing.T) {
	ctx, stop := context.WithCancelCause(t.Context())
	wait := slowed(ctx)
	time.Sleep(2 * time.Millisecond)
	before := time.Now()
	wait()
	if d := time.Since(before); d < 6*time.Millisecond {
		t.Errorf("after 2 ms of work it rests for %v", d)
	}
	stop(errors.New("over"))
	time.Sleep(time.Millisecond)
	wait()
}
