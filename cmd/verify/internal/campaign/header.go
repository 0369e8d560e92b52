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
	"pstar/cmd/verify/internal/build"
	"pstar/cmd/verify/internal/run"
)

// Format is that of the files of the folder.
const Format = "pstar-campaign/1"

// A Header says what is asked for: all that the results depend on.
type Header struct {
	Format  string            `json:"format"`
	Command string            `json:"command"` // that resumes it, but for flags that change no result
	Name    string            `json:"name"`    // of the command
	Flags   map[string]string `json:"flags"`
	Inputs  []Input           `json:"inputs,omitempty"`
	Version string            `json:"version"`
	Commit  string            `json:"commit"`
	Program string            `json:"program,omitempty"` // its digest, where the commit does not say what it is
	Tasks   []string          `json:"tasks"`
	Digest  string            `json:"digest"` // of all this, without times
}

// An Input is a file that was read.
type Input struct {
	Name     string    `json:"name"`
	Bytes    int64     `json:"bytes"`
	Modified time.Time `json:"modified,omitzero"`
	SHA256   string    `json:"sha256"`
}

// aside are flags on which no result depends.
var aside = []string{"state", "shard", "lease", "task-timeout", "timeout", "max-mem", "j", "q", "quiet", "v", "progress", "json", "certificate", "tex", "smt2"}

// header makes the header of a run.
func (g *Flags) header(c *run.Call, tasks []Task, inputs []Input) *Header {
	h := &Header{Format: Format, Name: c.Name(), Flags: map[string]string{}, Inputs: inputs}
	h.Version, h.Commit = build.Version()
	if len(h.Commit) != len("0123456789012345678901234567890123456789") {
		if path, err := os.Executable(); err == nil {
			h.Program, _ = digestOf(c, path)
		}
	}
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
		case isBool && b.IsBoolFlag():
			words = append(words, "-"+f.Name+"="+f.Value.String())
		default:
			words = append(words, "-"+f.Name, quoted(f.Value.String()))
		}
	})
	if g.set.Given("certificate") { // where it goes changes nothing, that there is one does
		h.Flags["certificate"] = "true"
	}
	for _, in := range inputs {
		words = append(words, quoted(in.Name))
	}
	for _, t := range tasks {
		h.Tasks = append(h.Tasks, t.Name)
	}
	h.Command, h.Digest = strings.Join(words, " "), ""
	h.Digest = h.digest()
	return h
}

// isAside reports whether nothing that is kept depends on a flag.
func (g *Flags) isAside(name string) bool {
	return slices.Contains(aside, name) || slices.Contains(g.aside, name)
}

// quoted is a word as a shell reads it.
func quoted(word string) string {
	plain := func(c rune) bool {
		return strings.ContainsRune("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._/,:=+-", c)
	}
	if word != "" && strings.IndexFunc(word, func(c rune) bool { return !plain(c) }) < 0 {
		return word
	}
	return "'" + strings.ReplaceAll(word, "'", `'\''`) + "'"
}

// digest is that of what the results depend on: not of how the command was written, nor when
// its inputs were.
func (h *Header) digest() string {
	d := *h
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

// difference says in what another header is not the same.
func (h *Header) difference(other *Header) string {
	switch {
	case h.Format != other.Format:
		return fmt.Sprintf("its format is %s, here %s", h.Format, other.Format)
	case h.Name != other.Name:
		return fmt.Sprintf("it is of the command %q, here %q", strings.TrimSpace("verify "+h.Name), strings.TrimSpace("verify "+other.Name))
	case h.Version != other.Version || h.Commit != other.Commit:
		return fmt.Sprintf("it is of version %s, commit %s, here %s, commit %s", h.Version, h.Commit, other.Version, other.Commit)
	case h.Program != other.Program:
		return "it is of another build of the program"
	}
	for _, name := range slices.Sorted(mapKeys(h.Flags, other.Flags)) {
		if a, b := h.Flags[name], other.Flags[name]; a != b {
			return fmt.Sprintf("there -%s is %s, here %s", name, cmp.Or(a, "not given"), cmp.Or(b, "not given"))
		}
	}
	for i, in := range h.Inputs {
		if i >= len(other.Inputs) || in.Name != other.Inputs[i].Name {
			return "it reads " + certificate.FileName(in.Name)
		}
		if in.SHA256 != other.Inputs[i].SHA256 {
			return certificate.FileName(in.Name) + " has changed since"
		}
	}
	return fmt.Sprintf("it has %d tasks, here %d", len(h.Tasks), len(other.Tasks))
}

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

// describe makes the inputs of a run. A file that has the size and the time that the folder
// knows it by is not read again.
func (g *Flags) describe(c *run.Call, paths []string) ([]Input, error) {
	var known Header
	if g.dir != "" {
		if h, err := readHeader(g.dir); err == nil {
			known = *h
		}
	}
	var inputs []Input
	for i, path := range paths {
		info, err := os.Stat(path)
		switch {
		case err != nil:
			return nil, run.UsageErrorf("cannot read %s: %v", certificate.FileName(path), run.Reason(err))
		case !info.Mode().IsRegular():
			return nil, run.UsageErrorf("-state: %s is no file that can be read again", certificate.FileName(path))
		}
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
