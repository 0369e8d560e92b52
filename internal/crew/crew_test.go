package crew

import (
	"errors"
	"runtime"
	"strings"
	"sync/atomic"
	"testing"
	"time"
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

// Each of 0..n-1 is in one piece, none of which is larger than asked for, and no worker has two at a time.
func TestPieces(t *testing.T) {
	for _, workers := range []int{0, 1, 2, 5} {
		for _, n := range []int{0, 1, 2, 7, 100} {
			for _, size := range []int{1, 3, 100, 1000} {
				var calls atomic.Int64
				seen := make([]atomic.Int64, n)
				busy := make([]atomic.Bool, max(workers, 1))
				Pieces(workers, n, size, func(worker, from, to int) {
					if from >= to || to-from > size || !busy[worker].CompareAndSwap(false, true) {
						t.Errorf("%d workers, %d things, %d at a time: worker %d gets %d to %d", workers, n, size, worker, from, to)
					}
					calls.Add(1)
					for i := from; i < to; i++ {
						seen[i].Add(1)
					}
					busy[worker].Store(false)
				})
				for i := range seen {
					if seen[i].Load() != 1 {
						t.Errorf("%d workers, %d things, %d at a time: %d is seen %d times", workers, n, size, i, seen[i].Load())
					}
				}
				if want := (n + size - 1) / size; calls.Load() != int64(want) {
					t.Errorf("%d workers, %d things, %d at a time: %d pieces, want %d", workers, n, size, calls.Load(), want)
				}
			}
		}
	}
}

// The second worker has a piece while the caller has one: who is slow keeps nobody waiting.
func TestPiecesRunSideBySide(t *testing.T) {
	other := make(chan int)
	Pieces(2, 20, 1, func(worker, from, _ int) {
		switch from {
		case 0: // waits for all others, which therefore the other worker must do
			for n := 1; n < 20; n++ {
				<-other
			}
		default:
			other <- worker
		}
	})
}

// A crew does one job after the other, whether its workers still look out or sleep, also after one that has
// panicked; each job needs the other worker.
func TestCrewStays(t *testing.T) {
	c := New(2)
	other := func() {
		met := make(chan bool)
		c.Pieces(2, 1, func(worker, from, to int) {
			select {
			case met <- true:
			case <-met:
			}
		})
	}
	for i := range 1000 {
		if other(); i%100 == 0 {
			for !c.helpers[0].asleep.Load() {
				runtime.Gosched()
			}
		}
		if i%10 == 0 {
			var calls atomic.Int64
			err := Try(func() {
				c.Pieces(1000, 1, func(int, int, int) {
					calls.Add(1)
					wrong()
				})
			})
			if !errors.Is(err, errWrong) || calls.Load() > 2 {
				t.Fatalf("job %d: error %v after %d calls", i, err, calls.Load())
			}
		}
	}
	if len(c.helpers) != 1 {
		t.Errorf("%d workers beside the caller", len(c.helpers))
	}
	// Who sleeps is woken to go, or would be there for ever.
	h := c.helpers[0]
	for !h.asleep.Load() {
		runtime.Gosched()
	}
	if c.Dismiss(); h.asleep.Load() {
		t.Error("a worker sleeps on")
	}
}

// However long another worker takes, it is waited for.
func TestPiecesWaitForLongOnes(t *testing.T) {
	met := make(chan bool)
	var ended atomic.Bool
	Pieces(2, 2, 1, func(worker, _, _ int) {
		if worker == 0 {
			<-met
			return
		}
		met <- true
		for begin := time.Now(); time.Since(begin) < 10*patience; {
		}
		ended.Store(true)
	})
	if !ended.Load() {
		t.Error("a piece goes on")
	}
}

// One worker panics as f does.
func TestPanicOfOneWorker(t *testing.T) {
	defer func() {
		if got := recover(); got != errWrong {
			t.Errorf("panic %v", got)
		}
	}()
	Pieces(1, 2, 1, func(int, int, int) { wrong() })
}

// A panic of either worker reaches the caller, after the other one has ended.
func TestPanicInPieces(t *testing.T) {
	for at := range 2 {
		var ended atomic.Bool
		met := make(chan bool)
		err := Try(func() {
			Pieces(2, 2, 1, func(worker, _, _ int) {
				if worker == at {
					met <- true
					wrong()
				}
				<-met
				ended.Store(true)
			})
		})
		if !errors.Is(err, errWrong) || !ended.Load() {
			t.Errorf("worker %d panics: error %v, the other one has ended: %v", at, err, ended.Load())
		}
	}
}
