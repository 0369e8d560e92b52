package main

import (
	"fmt"
	"os"
	"path/filepath"
	"runtime/debug"
	"strings"
	"testing"
)

// asked is how much memory of this process the system has been asked for large pages for.
func asked(t *testing.T) (bytes int64) {
	t.Helper()
	maps, err := os.ReadFile("/proc/self/smaps")
	if err != nil {
		t.Skip(err)
	}
	var kilobytes int64
	for line := range strings.Lines(string(maps)) {
		fmt.Sscanf(line, "Size: %d kB", &kilobytes)
		// The last line of each part.
		if flags, is := strings.CutPrefix(line, "VmFlags:"); is && strings.Contains(flags+" ", " hg ") {
			bytes += kilobytes << 10
		}
	}
	return bytes
}

// Of long files alone, as short ones are checked before it would save anything, and not beside a limit of memory.
func TestLargePagesOfLongFiles(t *testing.T) {
	if _, err := os.Stat("/sys/kernel/mm/transparent_hugepage/enabled"); err != nil {
		t.Skip(err)
	}
	path := func(length int) string {
		path := filepath.Join(t.TempDir(), "file")
		if err := os.WriteFile(path, make([]byte, length), 0o666); err != nil {
			t.Fatal(err)
		}
		return path
	}
	long, half, short := path(longFiles), path(longFiles/2), path(longFiles-1)
	before := asked(t)
	largePages([]string{"--statement", short, "missing"})
	largePages([]string{"--max-mem", "300M", long})
	largePages([]string{"-max-mem=300M", long})
	if got := asked(t); got != before {
		t.Errorf("large pages for %d bytes more of files that are short, or beside a limit", got-before)
	}
	percent := debug.SetGCPercent(123)
	largePages([]string{half, half})
	// In pieces that are as large as a large page.
	if got := asked(t) - before; got < heapStart-1<<22 {
		t.Errorf("large pages for %d bytes, want %d", got, heapStart)
	}
	if got := debug.SetGCPercent(percent); got != 123 {
		t.Errorf("percent of the collector is %d", got)
	}
}
