//go:build !unix

package main

import "testing"

// makePipe skips the test, as there are no named pipes among the files here.
func makePipe(t *testing.T, _ string) { t.Skip("no named pipes here") }
