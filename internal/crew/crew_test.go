package crew

import (
	"errors"
	"strings"
	"sync/atomic"
	"testing"
)

func TestWaitForAll(t *testing.T) {
	var p Group
	var n atomic.Int64
	for i := range 100 {
		p.Go(func() { n.Add(int64(i)) })
	}
	p.Wait()
	if n.Load() != 4950 {
		t.Errorf("sum %d", n.Load())
	}
}

var errWrong = errors.New("the answer is wrong")

func wrong() { panic(errWrong) }

// A panic reaches who waits, after all have ended, with the place where it began, through
// any number of groups.
func TestPanicReachesWhoWaits(t *testing.T) {
	var ended atomic.Bool
	err := Try(func() {
		var outer Group
		outer.Go(func() {
			var inner Group
			inner.Go(wrong)
			inner.Go(func() { ended.Store(true) })
			inner.Wait()
			t.Error("the inner group goes on")
		})
		outer.Wait()
		t.Error("the outer group goes on")
	})
	var p *Panic
	if !errors.As(err, &p) || !errors.Is(err, errWrong) || !strings.Contains(err.Error(), "crew.wrong") || strings.Count(err.Error(), "[running]") != 1 {
		t.Errorf("error %v", err)
	}
	if !ended.Load() {
		t.Error("a function had not ended")
	}
	if err := Try(func() {}); err != nil {
		t.Errorf("nothing panicked: %v", err)
	}
}
