package campaign

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"hash"
	"io"
	"io/fs"
	"os"

	"pstar/certificate"
	"pstar/cmd/verify/internal/run"
	"pstar/format/jsontext"
)

// partFolder holds parts of tasks: what a task that takes long has done so far, and pieces
// of work that are found on the way. They serve the same run only; a report does not look
// at them.
const partFolder = "parts"

// A part is a line of JSON that says what it is, its content, and a last line with the
// digest of both: a file that was damaged, or is of another run, is not taken for one.
type partHead struct {
	Part     string `json:"part"`
	Campaign string `json:"campaign"` // the digest of its header
}

// digestLine begins the last line of a part.
const digestLine = "\nsha256 "

func (f *folder) part(name string) string { return f.path(partFolder, name) }

// KeepPart writes a part of the run, in place of one of that name, whole or not at all. It
// panics if the run keeps nothing.
func (r *Run) KeepPart(name string, write func(io.Writer) error) error {
	return r.keepPart(r.call.WriteFile, name, write)
}

// KeepLastPart is KeepPart for a run whose time is over, see [run.Call.WriteLast].
func (r *Run) KeepLastPart(name string, write func(io.Writer) error) error {
	return r.keepPart(r.call.WriteLast, name, write)
}

func (r *Run) keepPart(put func(string, func(io.Writer) error) error, name string, write func(io.Writer) error) error {
	if err := os.MkdirAll(r.folder.path(partFolder), 0o777); err != nil {
		return run.UsageErrorf("cannot make the folder %s: %v", certificate.FileName(r.folder.path(partFolder)), run.Reason(err))
	}
	return put(r.folder.part(name), func(w io.Writer) error {
		// First the head, so that a damaged end is known as such.
		head, err := json.Marshal(partHead{name, r.folder.header.Digest})
		if err != nil {
			return err
		}
		d := &digesting{w: w, hash: sha256.New()}
		if _, err := d.Write(append(head, '\n')); err != nil {
			return err
		}
		if err := write(d); err != nil {
			return err
		}
		_, err = fmt.Fprintf(w, "%s%x\n", digestLine, d.hash.Sum(nil))
		return err
	})
}

// settled reports whether a task is finished, or a part kept: nobody works on it any more, and a
// claim to it is one that its owner could not take back.
func (f *folder) settled(name string) bool {
	if f.has(name) {
		return true
	}
	_, err := os.Stat(f.part(name))
	return err == nil
}

// digesting is a writer that adds up what goes through it.
type digesting struct {
	w    io.Writer
	hash hash.Hash
}

func (d *digesting) Write(p []byte) (int, error) {
	n, err := d.w.Write(p)
	d.hash.Write(p[:n])
	return n, err
}

// Part returns the content of a part, nil if there is none. Of one that is damaged it says
// so to the user, and then there is none.
func (r *Run) Part(name string) []byte {
	path := r.folder.part(name)
	text, err := os.ReadFile(path)
	// There is none yet, which is no fault.
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err == nil {
		text, err = r.folder.content(name, text)
	}
	if err != nil {
		r.talk.Note("%s: %v; it is done again", certificate.FileName(path), run.Reason(err))
		os.Remove(path)
		return nil
	}
	return text
}

// content returns what is between the first and the last line of a part.
func (f *folder) content(name string, text []byte) ([]byte, error) {
	// The last line with a digest: the content may hold such lines too.
	end := bytes.LastIndex(text, []byte(digestLine))
	if end < 0 || string(text[end:]) != fmt.Sprintf("%s%x\n", digestLine, sha256.Sum256(text[:end])) {
		return nil, errors.New("it is not what was written")
	}
	head, content, _ := bytes.Cut(text[:end], []byte("\n"))
	var h partHead
	if err := jsontext.Unmarshal(head, &h); err != nil {
		return nil, err
	}
	if h.Part != name || h.Campaign != f.header.Digest {
		return nil, errors.New("it is of another run")
	}
	return content, nil
}

// DoPart returns the part of that name, which work makes if it is not there. If somebody
// else makes it, elsewhere is true, and it is to be asked for again after a while.
func (r *Run) DoPart(ctx context.Context, name string, work func(context.Context) ([]byte, error)) (content []byte, elsewhere bool, err error) {
	if content = r.Part(name); content != nil {
		return content, false, nil
	}
	// Claims as for tasks: whoever makes the file makes the part.
	c := newClaims(r.folder.dir, r.flags.lease)
	r.sightings.Lock()
	c.seen = r.seen // so that a claim that nobody renews is known as such some time
	mine, err := c.take(name)
	r.sightings.Unlock()
	if err != nil {
		return nil, false, err
	}
	// Somebody else makes it; the error is that of the end of the time, if any.
	if mine == nil {
		return nil, true, context.Cause(ctx)
	}
	defer mine.release()
	if content = r.Part(name); content != nil { // it was made in the meantime
		return content, false, nil
	}
	content, err = work(ctx)
	if err != nil {
		return nil, false, err
	}
	err = r.KeepPart(name, func(w io.Writer) error {
		_, err := w.Write(content)
		return err
	})
	return content, false, err
}
