package run

import (
	"os"
	"runtime"
	"runtime/debug"
	"runtime/metrics"
)

// smallHeap is how much may be in use before the collector gets its usual pace.
const smallHeap = 12 << 20

// LetSmallHeapsGrow collects less often as long as little memory is in use: runs
// of a tenth of a second spend a sixth of it on collections otherwise. A
// setting of GOGC stands.
func LetSmallHeapsGrow() {
	// Somebody knows better.
	if os.Getenv("GOGC") != "" {
		return
	}
	usual := debug.SetGCPercent(400)
	afterCollection(func() (again bool) {
		live := []metrics.Sample{{Name: "/gc/heap/live:bytes"}}
		metrics.Read(live)
		// What lives on is what counts: garbage does not make the next collection longer.
		if live[0].Value.Uint64() < smallHeap {
			return true
		}
		// From now on as usual: the heap is large, and collections are no longer what takes the
		// time.
		debug.SetGCPercent(usual)
		return false
	})
}

// OneProcessor has the rest of the program run on one processor, and collect at its usual pace,
// until back is called. It is for runs of one worker. Processors without work look for garbage,
// and for work, all the time, and with one the collector finds in the cache what the worker has left
// there; memory that is touched for the first time costs more than to collect what is garbage.
// A conversion of a tenth of a second takes a third less so, and half of the memory.
// A setting of GOGC stands.
func OneProcessor() (back func()) {
	processors := runtime.GOMAXPROCS(1)
	if os.Getenv("GOGC") != "" {
		return func() { runtime.GOMAXPROCS(processors) }
	}
	pace := debug.SetGCPercent(100)
	return func() {
		runtime.GOMAXPROCS(processors)
		debug.SetGCPercent(pace)
	}
}

// afterCollection calls f after each collection until it returns false. The library has no such
// call; an object that nobody refers to is found by the next collection.
func afterCollection(f func() (again bool)) {
	mark := new([16]byte) // of its own block, unlike smaller objects
	runtime.AddCleanup(mark, func(f func() bool) {
		if f() {
			afterCollection(f)
		}
	}, f)
}
