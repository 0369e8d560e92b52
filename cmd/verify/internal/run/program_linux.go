package run

import (
	"os"
	"strconv"
	"strings"
	"sync"
	"syscall"
)

// giveBack gives back the pages of the program itself that are in memory. Those that are needed again are
// found where the system has them, in the cache of the file, in some microseconds each.
func giveBack() {
	for _, m := range constant() {
		// An error leaves everything as it was.
		syscall.Syscall(syscall.SYS_MADVISE, m.begin, m.end-m.begin, syscall.MADV_DONTNEED)
	}
}

// mapping is a piece of the address space.
type mapping struct{ begin, end uintptr }

// constant lists what has been mapped from files, and is not written to, nor was it ever: only
// that can be read anew. Where a loader has put addresses into constants, these are anonymous.
// It is looked for once, since nothing else is loaded later.
var constant = sync.OnceValue(func() (list []mapping) {
	text, _ := os.ReadFile("/proc/self/smaps")
	var m mapping // in hand, empty if it does not count
	for line := range strings.Lines(string(text)) {
		switch f := strings.Fields(line); {
		case len(f) > 5 && strings.HasPrefix(f[5], "/"): // from-to, permissions, offset, device, inode and file
			m = mapping{}
			from, to, _ := strings.Cut(f[0], "-")
			begin, _ := strconv.ParseUint(from, 16, strconv.IntSize)
			if end, err := strconv.ParseUint(to, 16, strconv.IntSize); err == nil && strings.HasPrefix(f[1], "r-") {
				m = mapping{uintptr(begin), uintptr(end)}
			}
		case len(f) > 1 && f[0] == "Anonymous:" && f[1] == "0" && m.begin < m.end:
			list = append(list, m)
		case len(f) > 1 && f[0] == "VmFlags:": // the last line of a mapping
			m = mapping{}
		}
	}
	return list
})
