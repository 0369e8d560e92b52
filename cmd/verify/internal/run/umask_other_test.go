//go:build !unix

package run

import "testing"

// umask skips the test, as there is none here.
func umask(t *testing.T, _ int) (restore func()) {
	t.Skip("no umask here")
	return nil
}
