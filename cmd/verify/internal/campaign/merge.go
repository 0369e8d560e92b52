package campaign

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"pstar/certificate"
	"pstar/cmd/verify/internal/run"
)

// A Stored is what one or several folders of a run hold. It is read at one moment: workers may
// go on, and what they finish later is not in it.
type Stored struct {
	*Header
	// Results are those of the tasks that are there, by name.
	Results map[string]*Result
	// From are the folders that Results are from, by the same names.
	From map[string]string
	// Shards are those as which the folders were worked on, each as often as it was found.
	Shards []Shard
	// Broken says what is wrong with files that should be there, a text for each.
	Broken []string
}

// Read reads a folder. It needs not be that of a run of this build. A task whose file or
// certificate is not as it was written counts as missing, and is among those that are
// broken: the run would do it again.
func Read(dir string) (*Stored, error) {
	h, err := readHeader(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, run.UsageErrorf("%s: no %s: this is no folder of -state", certificate.FileName(dir), headerFile)
	}
	if err != nil {
		return nil, err
	}
	// Of whatever run: it is read for a report and not to go on with.
	f := &folder{dir, h}
	s := &Stored{Header: h, Results: map[string]*Result{}, From: map[string]string{}}
	// In the order of the run, so that messages are the same each time.
	for _, name := range h.Tasks {
		r, err := f.read(name)
		switch {
		case errors.Is(err, fs.ErrNotExist) && !f.has(name):
			continue // not done yet: that is what a report is for, and no fault
		case err != nil:
			s.Broken = append(s.Broken, fmt.Sprintf("%s: %v", certificate.FileName(f.done(name)), run.Reason(err)))
			continue
		}
		// Where it is from counts for its certificate alone.
		s.Results[name], s.From[name] = r, dir
	}
	// Files that tell of shards have no content; their names say all.
	entries, _ := os.ReadDir(dir)
	for _, e := range entries {
		var shard Shard
		if n, _ := fmt.Sscanf(e.Name(), "shard-%d-of-%d", &shard.Number, &shard.Of); n == 2 {
			s.Shards = append(s.Shards, shard)
		}
	}
	return s, nil
}

// Merge makes one of several folders of the same run, which dirs name in messages. A task that
// two of them have must have come to the same; one that was stopped gives way, and of two that
// were stopped the one with the shorter limit. It changes the first of the list.
//
// That two runs of a task differ is a fault of the program or of a machine. No rule says which
// of them is right, so nothing is reported then.
func Merge(list []*Stored, dirs []string) (*Stored, error) {
	all := list[0] // the same header as all others, once they are compared
	for k, s := range list[1:] {
		// The digest is of all that results depend on, so equal ones are of one run.
		if s.Digest != all.Digest {
			return nil, run.UsageErrorf("%s and %s are folders of different runs: %s", certificate.FileName(dirs[0]), certificate.FileName(dirs[k+1]),
				s.difference(all.Header, "in "+certificate.FileName(dirs[k+1]), "in "+certificate.FileName(dirs[0])))
		}
		all.Shards = append(all.Shards, s.Shards...)
		all.Broken = append(all.Broken, s.Broken...)
		// In no order: each task is decided by itself.
		for name, r := range s.Results {
			there, known := all.Results[name]
			switch {
			case !known || there.Stopped != "" && (r.Stopped == "" || r.After > there.After):
				all.Results[name], all.From[name] = r, s.From[name]
			case r.Stopped != "" || there.Stopped != "": // what is there is no worse
			// A fault of one of the two, and nobody knows of which.
			case !bytes.Equal(essence(there), essence(r)):
				return nil, run.FaultErrorf("%s and %s do not agree on the task %s", certificate.FileName(all.From[name]), certificate.FileName(s.From[name]), name)
			}
		}
	}
	return all, nil
}

// essence is what must not differ between two runs of a task: all but when and where it ran,
// and notes, in which there are the names of files.
func essence(r *Result) []byte {
	same := *r // so that what is cleared stays where it is
	same.Run, same.Notes = nil, nil
	if same.Certificate != nil { // its notes name the file
		c := *same.Certificate
		c.Notes = nil
		same.Certificate = &c
	}
	data, err := json.Marshal(same)
	if err != nil {
		// Equal bytes, since maps are sorted and numbers are texts.
		panic("campaign: result without a JSON form: " + err.Error())
	}
	return data
}

// CertificateOf is where the certificate of a task is, "" if it has none. It was there, and the
// one that was written, when the folder was read.
func (s *Stored) CertificateOf(name string) string {
	r := s.Results[name]
	if r == nil || r.Certificate == nil {
		return ""
	}
	return filepath.Join(s.From[name], certificateName, r.Certificate.File)
}

// Missing lists the tasks that are not there, by number from 1, ascending. With -shard I/M,
// where M is the number of tasks, these are the shards that do one task each.
func (s *Stored) Missing() (numbers []int) {
	for i, name := range s.Tasks {
		if s.Results[name] == nil {
			numbers = append(numbers, i+1)
		}
	}
	return numbers
}

// Undone lists the shards that have a task missing, if the folders are of shards of one
// number, and that number; 0 if they are not. Shards of which there is no folder at all are
// among them: their tasks are missing like those of one that was stopped.
func (s *Stored) Undone() (numbers []int, of int) {
	// Folders of 3 shards beside one of 8: there is no number to speak of.
	for _, shard := range s.Shards {
		if of != 0 && of != shard.Of {
			return nil, 0
		}
		of = shard.Of
	}
	for _, i := range s.Missing() { // each shard once, however many tasks it has left
		// The task numbered i is done by the shard numbered so, see has of a Shard.
		if of > 0 && !slices.Contains(numbers, (i-1)%of+1) {
			numbers = append(numbers, (i-1)%of+1)
		}
	}
	slices.Sort(numbers)
	return numbers, of
}

// Array writes numbers, which must ascend, as schedulers read them: "3,5,8-10". Of thousands of
// tasks that were one shard's it is short; of scattered ones it is as long as there are numbers.
func Array(numbers []int) string {
	var parts []string
	for i := 0; i < len(numbers); {
		j := i // the last of those that follow each other
		for j+1 < len(numbers) && numbers[j+1] == numbers[j]+1 {
			j++
		}
		// Two in a row could be "3,4", which is as long.
		switch {
		case j == i:
			parts = append(parts, fmt.Sprint(numbers[i]))
		default:
			parts = append(parts, fmt.Sprintf("%d-%d", numbers[i], numbers[j]))
		}
		i = j + 1
	}
	return strings.Join(parts, ",")
}

// CopyInto writes all that is there into a folder, new or of the same run: with it the same
// command prints what one run would have printed.
func (s *Stored) CopyInto(c *run.Call, dir string) error {
	f := &folder{dir, s.Header}
	// As the folder of the whole run: that it was once done in shards is of no use there.
	if err := f.open(c, Shard{}); err != nil {
		return err
	}
	// Opening it has made a folder for claims, and nobody works here.
	defer newClaims(dir, 0).clear(f.has)
	// As in a run, so that a copy that is stopped can be gone on with.
	if err := s.CopyCertificates(c, f.path(certificateName)); err != nil {
		return err
	}
	for _, name := range s.Tasks {
		r := s.Results[name]
		if r == nil {
			continue
		}
		err := c.WriteFile(f.done(name), func(w io.Writer) error { return writeJSON(w, record{name, s.Digest, r}) })
		if err != nil {
			return err
		}
	}
	return nil
}

// Certificates is how many tasks have one.
func (s *Stored) Certificates() (n int) {
	for name := range s.Results {
		if s.CertificateOf(name) != "" {
			n++
		}
	}
	return n
}

// CopyCertificates writes the certificates of all folders into a directory, which there must
// be, under the names that the command gives them.
func (s *Stored) CopyCertificates(c *run.Call, dir string) error {
	for _, name := range s.Tasks {
		// A task that is missing has none, nor has one whose claims no certificate can have.
		path := s.CertificateOf(name)
		if path == "" {
			continue
		}
		// Whole, as in a run: they were in memory when they were made, too.
		content, err := os.ReadFile(path)
		if err != nil {
			return run.UsageErrorf("cannot read %s: %v", certificate.FileName(path), run.Reason(err))
		}
		if err := c.WriteBytes(filepath.Join(dir, s.Results[name].Certificate.File), content); err != nil {
			return err
		}
	}
	return nil
}
