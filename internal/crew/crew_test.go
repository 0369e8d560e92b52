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
