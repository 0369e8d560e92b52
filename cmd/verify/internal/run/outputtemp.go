package run

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
)

// temporaries are the files that a command is writing beside those that they are to
// replace. A command that is left to itself must not leave them, nor replace a file
// after it has been given up. Its zero value has none.
type temporaries struct {
	lock  sync.Mutex // a command that was given up goes on beside who removes its files
	files map[*os.File]bool
	ended bool // nothing is made or renamed any more
}

// errGivenUp is why nothing is written any more. Nobody sees it: who gave the command up has
// said why.
var errGivenUp = errors.New("the command has been given up")

// replace writes a temporary file and puts it in the place of path, with the
// permissions of the file that was there. At any moment there is at path the old file or
// the new one, whole. Beside, not in the folder for temporary files of the system: only
// within a file system is a file renamed in one step.
func (t *temporaries) replace(path string, compress bool, write func(io.Writer) error) error {
	temp, err := t.create(path)
	if err != nil {
		return err
	}
	defer t.remove(temp) // unless it has its place by then
	// Into the temporary file, which nobody else reads.
	if err := writeCompressed(temp, compress, write); err != nil {
		return err
	}
	// On the disk before it has the name: some file systems keep the order of neither.
	if err := temp.Sync(); err != nil {
		return err
	}
	if !mayRenameOpen { // the lock ends here, too
		if err := temp.Close(); err != nil {
			return err
		}
	}
	// The one step after which the new file is there.
	return t.rename(temp, path)
}

// try reports why no file beside path can be made, if none can. To look at permissions would
// miss full disks, quotas, and file systems that cannot be written.
func (t *temporaries) try(path string) error {
	temp, err := t.create(path)
	if err == nil {
		t.remove(temp)
	}
	return err
}

// create makes a new file beside path, with the permissions of the file at path or, if
// there is none, those of a new file. It is locked for as long as it is open.
func (t *temporaries) create(path string) (*os.File, error) {
	t.lock.Lock()
	defer t.lock.Unlock()
	if t.ended { // the command goes on in a goroutine, and nobody would remove the file
		return nil, errGivenUp
	}
	mode := os.FileMode(0o666) // less the umask
	info, statErr := os.Stat(path)
	// The permissions of the old file are kept, its owner is not.
	if statErr == nil {
		mode = info.Mode().Perm()
	}
	// Names that are taken are of other runs, or of killed ones with the same number; some
	// tries are enough for that, and a folder that always says so ends them.
	for try := 0; ; try++ {
		file, err := os.OpenFile(tempName(path, try), os.O_WRONLY|os.O_CREATE|os.O_EXCL, mode)
		if err == nil && !Own(file) {
			file.Close() // another run has just taken it for litter
			err = fs.ErrExist
		}
		if errors.Is(err, fs.ErrExist) && try < 1000 {
			continue
		}
		// A folder that is not there, or may not be written, is an error at once.
		if err != nil {
			return nil, err
		}
		// Made at the first file, so that the zero value will do.
		if t.files == nil {
			t.files = map[*os.File]bool{}
		}
		// Known from now on, and removed if the command is given up.
		t.files[file] = true
		// The umask took something from the mode, which the old file has.
		if statErr == nil {
			file.Chmod(mode) // as far as the file system has permissions
		}
		return file, nil
	}
}

// Own locks a new file for as long as it is open, and reports whether it still has its name.
func Own(file *os.File) bool { return lockFile(file) && named(file) }

// named reports whether the name of a file is still its own: it may have been removed, and
// another one made under it, since it was opened.
func named(file *os.File) bool {
	// The file as it is open, and what has its name now.
	here, err := file.Stat()
	if err != nil {
		return false
	}
	there, err := os.Stat(file.Name())
	return err == nil && os.SameFile(here, there)
}

// rename puts a temporary file in the place of path, unless the command has been given up:
// then who gave it up has said that nothing was written.
func (t *temporaries) rename(temp *os.File, path string) error {
	t.lock.Lock()
	defer t.lock.Unlock()
	// The last moment at which the old file can be kept.
	if t.ended {
		return errGivenUp
	}
	err := os.Rename(temp.Name(), path)
	if err == nil {
		// It is the file of that name now, and no litter.
		delete(t.files, temp)
		temp.Close()
	}
	return err
}

// remove removes a temporary file, unless it has been put in its place.
func (t *temporaries) remove(temp *os.File) {
	t.lock.Lock()
	defer t.lock.Unlock()
	// Not if it has been renamed or given up: another file may have the name.
	if t.files[temp] {
		delete(t.files, temp)
		temp.Close()
		os.Remove(temp.Name())
	}
}

// giveUp removes all temporary files; from now on no file is made or replaced.
func (t *temporaries) giveUp() {
	t.lock.Lock()
	defer t.lock.Unlock()
	t.ended = true
	for temp := range t.files {
		temp.Close()
		os.Remove(temp.Name())
	}
	clear(t.files)
}

// Temporary files are hidden, and named after the file that they are to replace: what is
// left of a killed run explains itself, and is found by the next one.
const tempMark = ".verify-"

// tempPattern matches what tempName makes: names of files may have line feeds in them.
var tempPattern = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`(?s)^\..*` + regexp.QuoteMeta(tempMark) + `[0-9]+-[0-9]+\.tmp$`)
})

// tempName is the name of a temporary file of this process, for one of several tries.
func tempName(path string, try int) string {
	return tempPrefix(path) + fmt.Sprintf("%d-%d.tmp", os.Getpid(), try)
}

// tempPrefix is what the names of all temporary files for path begin with. A name
// that is as long as file systems allow is cut.
func tempPrefix(path string) string {
	folder, base := filepath.Split(path)
	return folder + "." + base[:min(len(base), 200)] + tempMark
}

// ClearLitter removes the temporary files that killed runs have left beside path, or
// in a folder if path ends in a separator. Those of runs that last are locked. What cannot be
// removed stays: litter is no reason not to write a result.
func ClearLitter(path string) {
	folder, base := filepath.Split(path)
	// "" stands for all names in the folder.
	prefix := ""
	if base != "" {
		prefix = filepath.Base(tempPrefix(path))
	}
	entries, _ := os.ReadDir(filepath.Clean(folder)) // of nothing, which is here
	// By the pattern as a whole, so that no file of the user's goes that only begins alike.
	for _, e := range entries {
		if e.Type().IsRegular() && strings.HasPrefix(e.Name(), prefix) && tempPattern().MatchString(e.Name()) {
			RemoveAbandoned(folder + e.Name())
		}
	}
}
