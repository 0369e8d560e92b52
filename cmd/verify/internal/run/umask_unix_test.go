//go:build unix

package run

import (
	"syscall"
	"testing"
)

// umask sets the permissions that new files do not get, and returns what undoes it.
func umask(_ *testing.T, mask int) (restore func()) {
	old := syscall.Umask(mask)
	return func() { syscall.Umask(old) }
}
