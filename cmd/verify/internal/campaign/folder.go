package campaign

import (
	"crypto/sha256"
	"encoding/hex"
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
	"pstar/format/jsontext"
)

// A run may be killed at any moment, and a machine may lose its power. Why the folder is
// right all the same:
//
//   - Files appear under their names whole, by a rename, and are on the disk before it.
//   - The header comes first: what stands beside it is of its run, or says that it is not.
//   - A certificate is there before the task that has it, and is known by its digest.
//   - A task that is there is not touched again, but by a run that finds it broken, or that
//     may spend more time on it than the one that left it undecided.
//   - Whatever else lies about, claims and halves of files, is waited for or removed.
//
// What is lost is at most what was being done.

// folder is what keeps finished tasks: those of one run, which the header describes.
type folder struct {
	dir    string
	header *Header // what is asked for now; that on the disk has the same digest
}

// Names in the folder. They are part of what docs/campaigns.md promises to scripts.
const (
	headerFile      = "campaign.json"
	doneFolder      = "done"
	certificateName = "certificates"
)

// Open prepares a run of tasks that read the files of the paths, and with -state its folder.
// It is called once the context of the call is there. It panics if two tasks have the same
// name: the second would be taken for finished with the first, and have its verdict.
func (g *Flags) Open(c *run.Call, t *run.Talk, tasks []Task, paths ...string) (*Run, error) {
	// Names are those of files: two of one name would share one.
	names := map[string]bool{}
	for _, task := range tasks {
		if names[task.Name] {
			panic("campaign: two tasks have the name " + task.Name)
		}
		names[task.Name] = true
	}
	r := &Run{call: c, talk: t, flags: g, tasks: tasks, seen: map[string]sighting{}}
	// Of a shard only its own tasks are done and told; numbers stay those of all.
	for i := range tasks {
		if g.shard.has(i) {
			r.mine = append(r.mine, i)
		}
	}
	r.pace = newPace(t, tasks, r.mine) // also without a folder
	if g.dir == "" {
		return r, nil
	}
	inputs, err := g.describe(c, paths)
	if err != nil {
		return nil, err
	}
	r.folder = &folder{g.dir, g.header(c, tasks, inputs)}
	return r, r.folder.open(c, g.shard)
}

// open makes the folder, or sees that it is that of the same run. In one of another run
// nothing is made: whoever mistypes a name finds it as it was.
func (f *folder) open(c *run.Call, s Shard) error {
	// Before anything is made in it.
	known, err := f.known()
	if err == nil && !known {
		err = f.unused()
	}
	if err != nil {
		return err
	}
	// What killed runs have left of files that were not finished goes here, once; what is
	// being written by others is locked, and stays.
	for _, dir := range []string{f.dir, f.path(doneFolder), f.path(certificateName), f.path(claimFolder)} {
		if err := os.MkdirAll(dir, 0o777); err != nil {
			return run.UsageErrorf("cannot make the folder %s: %v", certificate.FileName(dir), run.Reason(err))
		}
		run.ClearLitter(dir + string(filepath.Separator))
	}
	run.ClearLitter(f.path(partFolder) + string(filepath.Separator)) // if there is one
	if !known {
		// Runs that begin at the same time write the same. Of different runs one replaces
		// the header of the other, so it is read again.
		err := c.WriteFile(f.path(headerFile), func(w io.Writer) error { return writeJSON(w, f.header) })
		if err == nil {
			_, err = f.known()
		}
		if err != nil {
			return err
		}
	}
	if s.Of == 0 {
		return nil
	}
	// An empty file: that this shard was worked on here is all there is to say. A report
	// learns from it how many shards there are, and which one to submit again.
	return c.WriteBytes(f.path(fmt.Sprintf("shard-%d-of-%d", s.Number, s.Of)), nil)
}

// known reports whether the folder has a header. That of another run is an error.
func (f *folder) known() (bool, error) {
	there, err := readHeader(f.dir)
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	if err == nil && there.Digest != f.header.Digest {
		err = run.UsageErrorf("%s is the folder of another run: %s", certificate.FileName(f.dir), there.difference(f.header, "there", "here"))
	}
	return true, err
}

// unused returns an error if a folder without a header has files of somebody else: a name that
// was mistyped, or the folder at hand. Nothing would be lost, but nobody would find what is of
// the run among the rest, or dare to remove it.
func (f *folder) unused() error {
	// That it is not there, or no folder, shows when it is made.
	entries, _ := os.ReadDir(f.dir)
	foreign := ""
	for _, e := range entries {
		switch name := e.Name(); {
		case name == headerFile: // another run has begun in the meantime
			return nil
		// What a run has left that was killed before its header was there.
		case e.IsDir() && slices.Contains([]string{doneFolder, certificateName, claimFolder, partFolder}, name):
		// Of systems and editors, and halves of our own files.
		case strings.HasPrefix(name, "."), name == "lost+found":
		case foreign == "":
			foreign = name
		}
	}
	if foreign == "" {
		return nil
	}
	dir := certificate.FileName(f.dir)
	return run.UsageErrorf("%s is no folder of a run: it has no %s, and has %s; expected a new folder, an empty one, or that of this run", dir, headerFile, certificate.FileName(foreign))
}

// path is that of a file in the folder.
func (f *folder) path(elements ...string) string {
	return filepath.Join(append([]string{f.dir}, elements...)...)
}

// readHeader reads the header of a folder. It returns fs.ErrNotExist if there is none, and
// refuses one that somebody has changed by hand: results stand beside it that are not of
// what it says then.
func readHeader(dir string) (*Header, error) {
	path := filepath.Join(dir, headerFile)
	data, err := os.ReadFile(path)
	if err != nil {
		if errors.Is(err, fs.ErrNotExist) {
			return nil, fs.ErrNotExist
		}
		return nil, run.UsageErrorf("cannot read %s: %v", certificate.FileName(path), run.Reason(err))
	}
	h := &Header{}
	// Files are written whole, so this one was written by somebody else, or the disk is at
	// fault: neither is for the program to repair.
	if err := jsontext.Unmarshal(data, h); err != nil {
		return nil, run.UsageErrorf("%s: %v", certificate.FileName(path), err)
	}
	if h.Format != Format {
		return nil, run.UsageErrorf("%s: its format is %q, expected %q", certificate.FileName(path), h.Format, Format)
	}
	if digest := h.digest(); digest != h.Digest {
		return nil, run.UsageErrorf("%s: its digest is not that of what it says", certificate.FileName(path))
	}
	return h, nil
}

// writeJSON writes for machines and for people, who look into these files when something
// went wrong: indented, with < and & as they are.
func writeJSON(w io.Writer, object any) error {
	encoder := json.NewEncoder(w)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", " ")
	return encoder.Encode(object)
}

// record is a finished task on the disk.
type record struct {
	Task     string `json:"task"`
	Campaign string `json:"campaign"` // the digest of its header
	*Result
}

// done is the file of a finished task.
func (f *folder) done(name string) string { return f.path(doneFolder, name+".json") }

// has reports whether a task is finished, or was. Whether its file is whole only read tells.
func (f *folder) has(name string) bool {
	_, err := os.Stat(f.done(name))
	return err == nil
}

// read reads a finished task. The error says what is wrong with its file, or that of its
// certificate.
func (f *folder) read(name string) (*Result, error) {
	data, err := os.ReadFile(f.done(name))
	if err != nil {
		return nil, err
	}
	var r record
	if err := jsontext.Unmarshal(data, &r); err != nil {
		return nil, err
	}
	// Folders are copied by hand, too: a file that was put here from another run says so.
	if r.Task != name || r.Campaign != f.header.Digest || r.Result == nil {
		return nil, errors.New("it is of another run")
	}
	// The task promises a certificate, and what is not the file that was written is none.
	if c := r.Certificate; c != nil {
		content, err := os.ReadFile(f.path(certificateName, c.File))
		if err != nil {
			return nil, err
		}
		if c.SHA256 != digestOfBytes(content) {
			return nil, fmt.Errorf("the certificate %s is not the one that was written", c.File)
		}
	}
	return r.Result, nil
}

// digestOfBytes is SHA-256 in hexadecimal, which sha256sum prints too.
func digestOfBytes(content []byte) string {
	sum := sha256.Sum256(content)
	return hex.EncodeToString(sum[:])
}

// keep writes a finished task, and before it its certificate, so that a task is not finished
// before its certificate is there.
func (f *folder) keep(c *run.Call, name string, r *Result) error {
	if r.Certify != nil {
		file := name + ".json.gz"
		path := f.path(certificateName, file)
		notes, lesser := r.Certify(path)
		if lesser != nil && !Stands(lesser) {
			return lesser
		}
		// It is read again, since what the digest is to be of is what is on the disk.
		content, err := os.ReadFile(path)
		if err != nil {
			return run.UsageErrorf("cannot read %s: %v", certificate.FileName(path), run.Reason(err))
		}
		r.Certificate = &Certificate{File: file, Bytes: int64(len(content)), SHA256: digestOfBytes(content), Notes: notes}
		if lesser != nil { // the task is finished: its certificate would be no other the next time
			r.Certificate.Lesser = lesser.Error()
		}
	}
	return c.WriteFile(f.done(name), func(w io.Writer) error {
		return writeJSON(w, record{name, f.header.Digest, r})
	})
}

// copied is a result of the folder, whose certificate is copied where the command wants it,
// as if it had been written there: a run that resumes leaves the same files as one that was
// never stopped.
func (f *folder) copied(c *run.Call, r *Result) *Result {
	if r.Certificate != nil {
		r.Certify = func(path string) ([]string, error) {
			content, err := os.ReadFile(f.path(certificateName, r.Certificate.File))
			if err == nil {
				err = c.WriteBytes(path, content)
			}
			// Whoever collects the results is told what whoever made them was told.
			if lesser := r.Certificate.Lesser; err == nil && lesser != "" {
				err = &Lesser{Text: lesser}
			}
			return r.Certificate.Notes, err
		}
	}
	return r
}
