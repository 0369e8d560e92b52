//go:build !unix

package main

import "testing"

// umask skips the test, as there is none here.
func umask(t *testing.T, _ int) (restore func()) {
	t.Skip("no umask here")
	return nil
}

// makePipe skips the test, as there are no named pipes among the files here.
func makePipe(t *testing.T, _ string) { t.Skip("no named pipes here") }
