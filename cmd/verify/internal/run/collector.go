package run

import (
	"os"
	"runtime"
	"runtime/debug"
	"runtime/metrics"
	"sync/atomic"
)

// smallHeap is how much may be in use before the collector gets its usual pace.
const smallHeap = 12 << 20

// largeHeap is how much must be in use for runs of one worker to collect less often.
const largeHeap = 16 << 20

// LetSmallHeapsGrow collects less often as long as little memory is in use: runs
// of a tenth of a second spend a sixth of it on collections otherwise. A
// setting of GOGC stands.
func LetSmallHeapsGrow() {
	// Somebody knows better.
	if os.Getenv("GOGC") != "" {
		return
	}
	usual := debug.SetGCPercent(400)
	// From then on as usual: the heap is large, and collections are no longer what takes the
	// time.
	onceInUse(smallHeap, false, usual)
}

// paced says that OneProcessor sets the pace.
var paced atomic.Bool

// onceInUse sets a pace after the first collection that leaves so much in use, for OneProcessor or for
// all else. What lives on is what counts: garbage does not make the next collection longer.
func onceInUse(bytes uint64, one bool, percent int) {
	afterCollection(func() (again bool) {
		if paced.Load() != one {
			return !one // the other one sets it: for the time being, or from now on
		}
		if inUse() < bytes {
			return true
		}
		debug.SetGCPercent(percent)
		return false
	})
}

// inUse is what was in use after the last collection.
func inUse() uint64 {
	live := []metrics.Sample{{Name: "/gc/heap/live:bytes"}}
	metrics.Read(live)
	return live[0].Value.Uint64()
}

// tinyHeap is how much must be in use for the program itself to be looked at.
const tinyHeap = 3 << 20

// ReleaseProgram gives back the memory of the program itself that is not needed again, if much
// more is in use than that, and reports whether it has. What packages do at the start, and flags, and the reading
// of files, is three megabytes of ten; the conversion of a polyhedron is two, of which the proof that
// nothing is missing needs none. It takes one or two milliseconds.
func ReleaseProgram() bool {
	if inUse() < tinyHeap {
		return false
	}
	giveBack()
	return true
}

// OneProcessor has the rest of the program run on one processor, and collect often, until back is
// called. It is for runs of one worker. Processors without work look for garbage,
// and for work, all the time, and with one the collector finds in the cache what the worker has left
// there; memory that is touched for the first time costs more than to collect what is garbage.
// A conversion of a tenth of a second takes a third less so, and half of the memory. With garbage of a
// third of what is in use at most, in place of as much, it takes 0 to 4 % longer, and a quarter
// less memory; where much is in use, collections are dearer, and half is allowed.
// A setting of GOGC stands.
func OneProcessor() (back func()) {
	processors := runtime.GOMAXPROCS(1)
	if os.Getenv("GOGC") != "" {
		return func() { runtime.GOMAXPROCS(processors) }
	}
	pace := debug.SetGCPercent(33)
	paced.Store(true)
	onceInUse(largeHeap, true, 50)
	afterCollection(func() (again bool) { return !ReleaseProgram() })
	return func() {
		paced.Store(false)
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
