package main

import (
	"os"
	"runtime"
	"runtime/debug"
	"strings"
	"syscall"
)

// heapStart is how much of the heap is to stand in large pages: what a document of a hundred kilobytes takes.
// longFiles is the length of files from which on it takes less time than it saves.
const heapStart, longFiles = 64 << 20, 8 << 10

// largePages asks the system for large pages for what the heap takes next, if the files among the
// arguments are long. Else each 4 KiB are a fault of their own, half of the time of a check where a fault
// takes 10 microseconds. A system that has no such pages refuses, which changes nothing.
//
// The runtime takes memory as it is allocated, and has no call for this: so as much is allocated,
// asked for, and given back. None of it is touched, and counts as held by the system before it is.
func largePages(args []string) {
	var length int64
	for _, arg := range args {
		// The limit counts what the runtime has, touched or not.
		if strings.HasPrefix(strings.TrimLeft(arg, "-"), "max-mem") {
			return
		}
		if info, err := os.Stat(arg); err == nil {
			length += info.Size()
		}
	}
	if length < longFiles {
		return
	}
	// No collection between the two: it could find the memory in use, and then count it as what
	// the program needs.
	percent := debug.SetGCPercent(-1)
	syscall.Madvise(make([]byte, heapStart), syscall.MADV_HUGEPAGE)
	// At once: beside the reading of the file it takes longer, as that has small pages then.
	runtime.GC()
	debug.SetGCPercent(percent)
}
