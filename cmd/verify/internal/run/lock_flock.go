//go:build darwin || dragonfly || freebsd || linux || netbsd || openbsd

package run

import (
	"errors"
	"os"
	"syscall"
)

// mayRenameOpen says whether a file that is open may be renamed.
const mayRenameOpen = true

// lockFile locks a file for as long as it is open. It reports false if another process
// has locked it. Where the file system has no locks, the file goes without.
func lockFile(file *os.File) bool {
	return !errors.Is(flock(file), syscall.EWOULDBLOCK)
}

func flock(file *os.File) error {
	return syscall.Flock(int(file.Fd()), syscall.LOCK_EX|syscall.LOCK_NB)
}

// removeAbandoned removes a temporary file whose lock is gone with its process.
func removeAbandoned(path string) {
	file, err := os.OpenFile(path, os.O_WRONLY, 0)
	if err != nil {
		return
	}
	defer file.Close()
	if flock(file) == nil {
		os.Remove(path)
	}
}
