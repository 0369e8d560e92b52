package campaign

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"time"

	"pstar/certificate"
	"pstar/cmd/verify/internal/run"
	"pstar/internal/build"
)

// Format is that of the files of the folder.
const Format = "pstar-campaign/1"

// A Header says what is asked for: all that the results depend on.
type Header struct {
	// Format is the version of the folder; a program that knows another one refuses it.
	Format string `json:"format"`
	// Command resumes the run, but for flags that change no result.
	Command string `json:"command"`
	// Name is that of the command, "" for the main job.
	Name string `json:"name"`
	// Flags are all that results depend on, with their values, also those by default. Of
	// -certificate it is only kept that there are some, not where.
	Flags map[string]string `json:"flags"`
	// Inputs are the files that were read, in the order in which the command reads them.
	Inputs []Input `json:"inputs,omitempty"`
	// Version and Commit are those of the program.
	Version string `json:"version"`
	Commit  string `json:"commit"`
	// Program is its digest, where the commit does not say what it is.
	Program string `json:"program,omitempty"`
	// Tasks are the names of all tasks; the number of a task is its place here, from 1.
	Tasks []string `json:"tasks"`
	// Digest is that of all this, without times. Finished tasks have it, too.
	Digest string `json:"digest"`
}

// An Input is a file that was read: by what name, and what was in it. A name that leads to
// the same bytes from elsewhere is another name, since results may show it.
type Input struct {
	Name  string `json:"name"`
	Bytes int64  `json:"bytes"`
	// Modified is when the file was changed last, by the clock of its file system. It only
	// saves reading the file again, and is in no digest: a copy is as good.
	Modified time.Time `json:"modified,omitzero"`
	SHA256   string    `json:"sha256"`
}

// aside are flags on which no result depends: where it is kept, how much at a time, for how
// long, and what else is said and written.
var aside = []string{"state", "shard", "lease", "task-timeout", "timeout", "max-mem", "j", "q", "quiet", "v", "progress", "json", "certificate", "tex", "smt2"}

// header makes the header of a run: all flags with their values, given or by default, since
// a default may be another one in the next version.
func (g *Flags) header(c *run.Call, tasks []Task, inputs []Input) *Header {
	h := &Header{Format: Format, Name: c.Name(), Flags: map[string]string{}, Inputs: inputs}
	// Results may differ between versions, so a folder is that of one. A build that does not
	// know its commit, or has changes, is known by its own bytes.
	h.Version, h.Commit = build.Version()
	if len(h.Commit) != len("0123456789012345678901234567890123456789") {
		if path, err := os.Executable(); err == nil {
			h.Program, _ = digestOf(c, path)
		}
	}
	// The command is for people; only flags that were given are in it, and the rest of what
	// it says is in Flags.
	words := []string{"verify"}
	if h.Name != "" {
		words = append(words, h.Name)
	}
	g.set.VisitAll(func(f *flag.Flag) {
		if !g.isAside(f.Name) && f.Value.String() != "" {
			h.Flags[f.Name] = f.Value.String()
		}
	})
	g.set.Visit(func(f *flag.Flag) {
		switch b, isBool := f.Value.(interface{ IsBoolFlag() bool }); {
		case g.isAside(f.Name):
		case isBool && b.IsBoolFlag() && f.Value.String() == "true":
			words = append(words, "-"+f.Name)
		case isBool && b.IsBoolFlag():
			words = append(words, "-"+f.Name+"="+f.Value.String())
		default:
			words = append(words, "-"+f.Name, quoted(f.Value.String()))
		}
	})
	// Files with a certificate and such without one are not the same results.
	if g.set.Given("certificate") { // where it goes changes nothing, that there is one does
		h.Flags["certificate"] = "true"
	}
	for _, argument := range g.set.Arguments() { // not the inputs: flags name some of them
		words = append(words, quoted(argument))
	}
	// Names in the order of tasks: their numbers are what shards and reports speak of.
	for _, t := range tasks {
		h.Tasks = append(h.Tasks, t.Name)
	}
	h.Command, h.Digest = strings.Join(words, " "), ""
	h.Digest = h.digest()
	return h
}

// isAside reports whether nothing that is kept depends on a flag. Where -quiet silences the
// command, -q is a law, and results do.
func (g *Flags) isAside(name string) bool {
	return slices.Contains(g.aside, name) || slices.Contains(aside, name) && (name != "q" || g.set.Lookup("quiet") == nil)
}

// quoted is a word as a shell reads it.
func quoted(word string) string {
	// What no shell takes for anything else, and no more: what is not sure is quoted.
	plain := func(c rune) bool {
		return strings.ContainsRune("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._/,:=+-", c)
	}
	if word != "" && strings.IndexFunc(word, func(c rune) bool { return !plain(c) }) < 0 {
		return word
	}
	return "'" + strings.ReplaceAll(word, "'", `'\''`) + "'"
}

// digest is that of what the results depend on: not of how the command was written, nor when
// its inputs were. It is SHA-256 of the JSON form, in which Go sorts the keys of maps, so that
// it is the same everywhere.
func (h *Header) digest() string {
	d := *h
	// Left out on a copy: the header itself keeps them.
	d.Command, d.Digest, d.Inputs = "", "", slices.Clone(h.Inputs)
	for i := range d.Inputs {
		d.Inputs[i].Modified = time.Time{}
	}
	data, err := json.Marshal(d)
	if err != nil {
		panic("campaign: header without a JSON form: " + err.Error())
	}
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])
}

// difference says in what the run of another header is not the same. The words there and here
// stand for the places of the two headers: a folder and the command line, or two folders.
func (h *Header) difference(other *Header, there, here string) string {
	// Both values are told, with a word for one that is missing.
	differ := func(what, a, b string) string {
		return fmt.Sprintf("%s %s is %s, %s %s", there, what, cmp.Or(a, "not given"), here, cmp.Or(b, "not given"))
	}
	switch {
	case h.Name != other.Name:
		return differ("the command", strings.TrimSpace("verify "+h.Name), strings.TrimSpace("verify "+other.Name))
	case h.Version != other.Version || h.Commit != other.Commit:
		return differ("the version", h.Version+" of commit "+h.Commit, other.Version+" of commit "+other.Commit)
	case h.Program != other.Program: // neither build knows its commit
		return there + " another build of the program was at work than " + here
	}
	// One difference is enough to see what was mistyped; the first one by name, so that it is
	// the same one each time.
	for _, name := range slices.Sorted(mapKeys(h.Flags, other.Flags)) {
		if a, b := h.Flags[name], other.Flags[name]; a != b {
			return differ("-"+name, a, b)
		}
	}
	for i := range max(len(h.Inputs), len(other.Inputs)) {
		a, b := inputAt(h, i), inputAt(other, i)
		if a.Name != b.Name {
			return differ(fmt.Sprintf("file %d", i+1), a.Name, b.Name)
		}
		if a.SHA256 != b.SHA256 {
			return certificate.FileName(a.Name) + " has changed between them"
		}
	}
	// All that is asked for is the same, but not what is made of it: names of tasks come from
	// what files hold, so only a folder that somebody has changed comes here.
	return fmt.Sprintf("%s there are %d tasks, %s %d", there, len(h.Tasks), here, len(other.Tasks))
}

// inputAt is a file that was read, or nothing behind the last.
func inputAt(h *Header, i int) Input {
	if i >= len(h.Inputs) {
		return Input{}
	}
	return h.Inputs[i]
}

// mapKeys are the keys of maps, each once.
func mapKeys(maps ...map[string]string) func(yield func(string) bool) {
	return func(yield func(string) bool) {
		seen := map[string]bool{}
		for _, m := range maps {
			for k := range m {
				if !seen[k] && !yield(k) {
					return
				}
				seen[k] = true
			}
		}
	}
}

// describe makes the inputs of a run, with their digests. A file that has the size and the
// time that the folder knows it by is not read again: a vocabulary's steps are gigabytes.
// Standard input and pipes are refused, since a run that resumes needs the same bytes again.
func (g *Flags) describe(c *run.Call, paths []string) ([]Input, error) {
	// A header that cannot be read is no matter here: opening the folder will say so.
	var known Header
	if g.dir != "" {
		if h, err := readHeader(g.dir); err == nil {
			known = *h
		}
	}
	var inputs []Input
	for i, path := range paths {
		// Of files that are missing or no files the engine would say so later, and less well.
		info, err := os.Stat(path)
		switch {
		case err != nil:
			return nil, run.UsageErrorf("cannot read %s: %v", certificate.FileName(path), run.Reason(err))
		case !info.Mode().IsRegular():
			return nil, run.UsageErrorf("-state: %s is no file that can be read again", certificate.FileName(path))
		}
		// What the folder knows of it may save reading it.
		in := Input{Name: path, Bytes: info.Size(), Modified: info.ModTime().UTC()}
		if i < len(known.Inputs) && known.Inputs[i].Name == path && known.Inputs[i].Bytes == in.Bytes && known.Inputs[i].Modified.Equal(in.Modified) {
			in.SHA256 = known.Inputs[i].SHA256
		} else if in.SHA256, err = digestOf(c, path); err != nil {
			return nil, err
		}
		inputs = append(inputs, in)
	}
	return inputs, nil
}

// digestOf reads a file, which may be large, and stops when the call does.
func digestOf(c *run.Call, path string) (string, error) {
	file, err := c.OpenFile(path)
	if err != nil {
		return "", err
	}
	defer file.Close()
	h := sha256.New()
	if _, err := io.Copy(h, file); err != nil {
		return "", file.Fail(err)
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}
