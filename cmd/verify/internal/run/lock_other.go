//go:build !(darwin || dragonfly || freebsd || linux || netbsd || openbsd)

package run

import (
	"os"
	"runtime"
	"time"
)

// mayRenameOpen says whether a file that is open may be renamed.
const mayRenameOpen = false

// lockFile locks a file for as long as it is open: where there is no flock, not at all.
func lockFile(*os.File) bool { return true }

// RemoveAbandoned removes a temporary file whose process is gone. On Windows those of
// other processes are open, and stay; elsewhere nobody can tell.
func RemoveAbandoned(path string) bool {
	return runtime.GOOS == "windows" && os.Remove(path) == nil
}

// ProcessorTime is what the process has used of all processors, 0 where that is not known.
func ProcessorTime() time.Duration { return 0 }
