//go:build !(darwin || dragonfly || freebsd || linux || netbsd || openbsd)

package run

import (
	"os"
	"runtime"
)

// mayRenameOpen says whether a file that is open may be renamed.
const mayRenameOpen = false

// lockFile locks a file for as long as it is open: where there is no flock, not at all.
func lockFile(*os.File) bool { return true }

// removeAbandoned removes a temporary file whose process is gone. On Windows those of
// other processes are open, and stay; elsewhere nobody can tell.
func removeAbandoned(path string) {
	if runtime.GOOS == "windows" {
		os.Remove(path)
	}
}
