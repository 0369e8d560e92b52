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
	if n, pace := runtime.GOMAXPROCS(0), gcPercent(); n != 1 || pace != 33 {
		t.Errorf("%d processors and %d percent, want 1 and 33", n, pace)
	}
	back()
	if n, pace := runtime.GOMAXPROCS(0), gcPercent(); n != 3 || pace != 300 {
		t.Errorf("afterwards %d processors and %d percent, want 3 and 300", n, pace)
	}
}

// What lets small heaps grow does not set the pace while a run of one worker has its own.
func TestOneProcessorKeepsItsPace(t *testing.T) {
	t.Setenv("GOGC", "")
	before := gcPercent()
	defer debug.SetGCPercent(before)
	runtime.GC()
	LetSmallHeapsGrow()
	back := OneProcessor()
	large := make([]byte, (smallHeap+largeHeap)/2)
	for range 5 {
		runtime.GC()
		time.Sleep(5 * time.Millisecond) // cleanups have run
	}
	if pace := gcPercent(); pace != 33 {
		t.Errorf("%d MB in use: %d percent, want 33", len(large)>>20, pace)
	}
	larger := make([]byte, largeHeap)
	for try := 0; gcPercent() != 50 && try < 100; try++ {
		runtime.GC()
		time.Sleep(time.Millisecond)
	}
	if pace := gcPercent(); pace != 50 {
		t.Errorf("more in use: %d percent, want 50", pace)
	}
	runtime.KeepAlive(large)
	runtime.KeepAlive(larger)
	back()
	if pace := gcPercent(); pace != 400 {
		t.Errorf("afterwards: %d percent, want 400 as before", pace)
	}
}
