package run

import (
	"runtime"
	"runtime/debug"
	"testing"
	"time"
)

// gcPercent returns the setting in force.
func gcPercent() int {
	now := debug.SetGCPercent(100)
	debug.SetGCPercent(now)
	return now
}

func TestSmallHeapsGrowAndLargeOnesDoNot(t *testing.T) {
	t.Setenv("GOGC", "")
	before := gcPercent()
	defer debug.SetGCPercent(before)
	runtime.GC() // the heap that tests before this one left may be large
	LetSmallHeapsGrow()
	runtime.GC()
	time.Sleep(20 * time.Millisecond) // cleanups have run
	if got := gcPercent(); got != 400 {
		t.Errorf("small heap: %d percent, want 400", got)
	}
	large := make([]byte, 2*smallHeap)
	for try := 0; gcPercent() != before && try < 100; try++ {
		runtime.GC()
		time.Sleep(time.Millisecond)
	}
	if got := gcPercent(); got != before {
		t.Errorf("large heap: %d percent, want %d", got, before)
	}
	runtime.KeepAlive(large)
}

func TestOneProcessor(t *testing.T) {
	t.Setenv("GOGC", "")
	defer debug.SetGCPercent(debug.SetGCPercent(300))
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(3))
	back := OneProcessor()
	if n, pace := runtime.GOMAXPROCS(0), gcPercent(); n != 1 || pace != 100 {
		t.Errorf("%d processors and %d percent, want 1 and 100", n, pace)
	}
	back()
	if n, pace := runtime.GOMAXPROCS(0), gcPercent(); n != 3 || pace != 300 {
		t.Errorf("afterwards %d processors and %d percent, want 3 and 300", n, pace)
	}
}
