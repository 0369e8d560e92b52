package run

import (
	"errors"
	"os"
	"path/filepath"
	"regexp"
	"sync"
)

// place is where an output goes. Of a kind that is a stream of the command it has no path.
type place struct {
	kind placeKind
	path string // links followed
}

// placeKind says how to write to a place.
type placeKind int

const (
	regular        placeKind = iota // a file, there or not: replaced as a whole
	special                         // a device or a pipe: written to, and never replaced
	opened                          // a file that somebody holds open: appended to, and never replaced
	standardOutput                  // that of the command, through which all its results go
	standardError
)

var errIsDirectory = errors.New("it is a directory")

// placeOf says what is at a path. "-" is standard output. A link is followed, also
// one to what is not there yet: the link stays, and its target is written.
func placeOf(path string) (place, error) {
	if path == "-" {
		return place{kind: standardOutput}, nil
	}
	// Names of open files are recognised by their spelling: followed further, they lead
	// to files that the caller holds open and that must not be replaced under it.
	for range maxLinks {
		if m := openFileName().FindStringSubmatch(path); m != nil {
			return openPlace(path, m[1], m[2]), nil
		}
		next, err := os.Readlink(path)
		if err != nil {
			break // no link, or nothing there
		}
		// From the folder of the link, as the system reads it.
		if !filepath.IsAbs(next) {
			folder, _ := filepath.Split(path)
			next = folder + next // not cleaned: the parent of a link is not that of its target
		}
		path = next
	}
	// A folder is refused here, before work; a file in a folder that is not there is found by
	// who tries to make one.
	info, err := os.Stat(path)
	switch {
	case errors.Is(err, os.ErrNotExist):
		return place{regular, path}, nil // creating it will tell
	case err != nil:
		return place{}, err
	case info.IsDir():
		return place{}, errIsDirectory
	case !info.Mode().IsRegular():
		return place{special, path}, nil
	}
	return place{regular, path}, nil
}

// sameFile reports whether two outputs replace one file, or both are standard output. Links are followed as
// when they are written.
func sameFile(a, b string) bool {
	if a == "" || b == "" {
		return false
	}
	x, errX := placeOf(a)
	y, errY := placeOf(b)
	switch {
	// What cannot be looked at will be told when it is written.
	case errX != nil || errY != nil || x.kind != y.kind:
		return false
	case x.kind == standardOutput:
		return true
	// Devices and pipes take what two flags write.
	case x.kind != regular:
		return false
	}
	if followed(x.path) == followed(y.path) {
		return true // which need not be there yet
	}
	// Two names of one file that is there.
	one, errX := os.Stat(x.path)
	other, errY := os.Stat(y.path)
	return errX == nil && errY == nil && os.SameFile(one, other)
}

// followed is the name of a file in its folder without links.
func followed(path string) string {
	folder, err := filepath.EvalSymlinks(filepath.Dir(path))
	if err != nil {
		return filepath.Clean(path) // a folder that is not there
	}
	return filepath.Join(folder, filepath.Base(path))
}

// ToStandardOutput reports whether an output has no name of its own, or one that means
// standard output: then it is the result, and nothing else belongs there.
func ToStandardOutput(path string) bool {
	if path == "" { // the flag was not given
		return true
	}
	// What cannot be looked at will be told when it is written.
	p, err := placeOf(path)
	return err == nil && p.kind == standardOutput
}

// maxLinks is how many links are followed; systems follow fewer.
const maxLinks = 255

// openFileName matches the names that Unix systems have for files that are open in this
// process or, with a number, in another.
var openFileName = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`^/+(?:dev|proc/+(?:self|thread-self|([0-9]+)))/+fd/+([0-9]+)$`)
})

// openPlace is that of a file with the number that some process, or this one if its number is
// empty, has it open under. Standard output is that of the command, whose order with all other
// results counts.
func openPlace(path, process, number string) place {
	switch {
	case process == "" && number == "1":
		return place{kind: standardOutput}
	case process == "" && number == "2":
		return place{kind: standardError}
	}
	return place{opened, path}
}
