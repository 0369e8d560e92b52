//go:build darwin || dragonfly || freebsd || linux || netbsd || openbsd

package run

import (
	"errors"
	"os"
	"syscall"
	"time"
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

// RemoveAbandoned removes a file that a process of this machine had locked and that has
// ended, and reports whether it did: not where the file system has no locks, since nobody
// knows then.
func RemoveAbandoned(path string) bool {
	file, err := os.OpenFile(path, os.O_WRONLY, 0)
	// It is not there, or another user's: neither is ours to remove.
	if err != nil {
		return false
	}
	defer file.Close()
	// Removed under the lock, and only if it still has its name: nobody takes it for theirs in between.
	return flock(file) == nil && named(file) && os.Remove(path) == nil
}

// ProcessorTime is what the process has used of all processors.
func ProcessorTime() time.Duration {
	var u syscall.Rusage
	// Unknown: figures about the time are left out then.
	if syscall.Getrusage(syscall.RUSAGE_SELF, &u) != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
