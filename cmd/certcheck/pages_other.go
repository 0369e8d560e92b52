//go:build !linux

package main

// largePages does nothing where the system is not asked for large pages.
func largePages([]string) {}
