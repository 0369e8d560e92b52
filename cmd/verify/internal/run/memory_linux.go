package run

import (
	"math"
	"os"
	"path"
	"strconv"
	"strings"
	"sync"
)

// machineMemory returns how many bytes of memory this process can hope for: those of
// the machine, or of the control groups that it is in if they allow less. 0 is unknown.
func machineMemory() uint64 {
	least := uint64(math.MaxUint64) // no limit
	// What is not there is empty, and has no lines.
	text, _ := os.ReadFile("/proc/meminfo")
	for line := range strings.Lines(string(text)) {
		if f := strings.Fields(line); len(f) == 3 && f[0] == "MemTotal:" {
			// In kilobytes; 53 bits keep the shift from overflowing.
			if n, err := strconv.ParseUint(f[1], 10, 53); err == nil {
				least = n << 10
			}
		}
	}
	// A group without a limit says "max", in version 1 a number near 2^63; files that are not
	// there are empty here, and no numbers either.
	for _, file := range groupLimits() {
		// Each group on the way up may allow less than the one below it.
		text, _ := os.ReadFile(file)
		if n, err := strconv.ParseUint(strings.TrimSpace(string(text)), 10, 64); err == nil && n > 0 {
			least = min(least, n)
		}
	}
	if least == math.MaxUint64 {
		return 0
	}
	return least
}

// groupLimits lists the files that hold limits of memory: those of the control group of
// this process and of all around it, in versions 1 and 2. Many are not there.
func groupLimits() (files []string) {
	// A line for each hierarchy that the process is in.
	text, _ := os.ReadFile("/proc/self/cgroup")
	for line := range strings.Lines(string(text)) { // number:controllers:group
		part := strings.SplitN(strings.TrimSpace(line), ":", 3)
		if len(part) != 3 {
			continue
		}
		// Version 2 has one hierarchy, whose line names no controllers.
		root, name := "/sys/fs/cgroup", "memory.max"
		if part[1] != "" {
			root, name = "/sys/fs/cgroup/memory", "memory.limit_in_bytes"
		}
		// In version 1 each controller may have groups of its own; only that of memory counts.
		if part[1] != "" && !strings.Contains(","+part[1]+",", ",memory,") {
			continue
		}
		// A group has at most what the ones around it have. In a container the name may lead
		// out of what is mounted there; then only the root is found, which is its own group.
		for group := path.Clean("/" + part[2]); ; group = path.Dir(group) {
			files = append(files, path.Join(root, group, name))
			if group == "/" {
				break
			}
		}
	}
	return files
}

// ownMemory is open for as long as the process lasts: it is read often.
// It is nil where there is no such file; files that are read at a place need no lock.
var ownMemory = sync.OnceValue(func() *os.File {
	f, _ := os.Open("/proc/self/statm")
	return f
})

// resident returns how much memory of this process is in the machine: what limits, and
// tools that measure, count. 0 is unknown.
func resident() uint64 {
	// No /proc, as in some containers: what the collector knows has to do then.
	file := ownMemory()
	if file == nil {
		return 0
	}
	// On the stack, as this is read some hundred times a second.
	var text [128]byte // size, resident, ... in pages
	// From its beginning, where the file is made anew at each reading.
	n, _ := file.ReadAt(text[:], 0)
	if f := strings.Fields(string(text[:n])); len(f) > 1 {
		if pages, err := strconv.ParseUint(f[1], 10, 40); err == nil {
			return pages * uint64(os.Getpagesize())
		}
	}
	return 0
}
