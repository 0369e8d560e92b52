// Package build says what the program was built from, as far as Go has written it into the
// program: nothing is looked up while it runs, and nothing has to be kept up to date.
package build

import (
	"fmt"
	"runtime"
	"runtime/debug"
	"strings"
)

// release is the number of a release, set by whoever builds one: make install and make dist do.
var release string

// Version returns the version of the module and the commit that the program was built
// from, with a remark if files were changed since. Either is "unknown" in a build that
// does not know it: go run and go test make such.
func Version() (version, commit string) {
	version, commit = "unknown", "unknown"
	// Programs that were stripped of it, or not built by the command go, have none.
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return version, commit
	}
	if info.Main.Version != "" {
		version = info.Main.Version
	}
	// Go would call the commits of a clone (devel), also that of a release.
	if release != "" {
		version = release
	}
	changed := ""
	for _, s := range info.Settings {
		switch {
		case s.Key == "vcs.revision":
			commit = s.Value
		case s.Key == "vcs.modified" && s.Value == "true":
			changed = ", with changes"
		}
	}
	return version, commit + changed
}

// About says of the program with this name what it was built from, and on which system it
// runs: three lines, for reports of faults.
func About(program string) string {
	version, commit := Version()
	return fmt.Sprintf("%s %s\ncommit %s\n%s %s/%s\n", program, version, commit, runtime.Version(), runtime.GOOS, runtime.GOARCH)
}

// Date is the day of the commit that the program was built from, as 2026-01-31; "" in a
// build that does not know it.
func Date() string {
	if info, ok := debug.ReadBuildInfo(); ok {
		for _, s := range info.Settings {
			if day, _, found := strings.Cut(s.Value, "T"); s.Key == "vcs.time" && found {
				return day
			}
		}
	}
	return ""
}
