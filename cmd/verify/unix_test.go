//go:build unix

package main

import (
	"syscall"
	"testing"
)

// umask sets the permissions that new files do not get, and returns what undoes it.
func umask(_ *testing.T, mask int) (restore func()) {
	old := syscall.Umask(mask)
	return func() { syscall.Umask(old) }
}

// makePipe makes a named pipe.
func makePipe(t *testing.T, path string) {
	t.Helper()
	if err := syscall.Mkfifo(path, 0o600); err != nil {
		t.Fatal(err)
	}
}
