package report

import (
	"encoding/json"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strings"

	"pstar/certificate"
	"pstar/cmd/verify/internal/campaign"
	"pstar/cmd/verify/internal/run"
	"pstar/theorems"
)

// collect reads folders and files. Stored is what the folders have, nil if there is none.
func collect(c *run.Call, dirs, files []string) (*summary, *campaign.Stored, error) {
	r := &summary{Items: []*item{}}
	var stored *campaign.Stored
	var list []*campaign.Stored
	for _, dir := range dirs {
		s, err := campaign.Read(dir)
		if err != nil {
			return nil, nil, err
		}
		list = append(list, s)
	}
	if len(list) > 0 {
		var err error
		if stored, err = campaign.Merge(list, dirs); err != nil {
			return nil, nil, err
		}
		r.addStored(stored)
	}
	for _, path := range files {
		if err := r.addFile(c, path); err != nil {
			return nil, nil, err
		}
	}
	r.Tasks = len(r.Items) + len(r.Missing)
	r.count()
	return r, stored, nil
}

// addStored adds the tasks of folders.
func (r *summary) addStored(s *campaign.Stored) {
	r.Of, r.Version, r.Commit, r.Digest, r.Broken = s.Command, s.Version, s.Commit, s.Digest, s.Broken
	for _, name := range s.Tasks {
		x := s.Results[name]
		if x == nil {
			r.Missing = append(r.Missing, name)
			continue
		}
		r.Items = append(r.Items, &item{Task: name, Title: x.Title, Verdict: x.Verdict, Claims: x.Claims, Summary: x.Summary, Text: x.Text,
			Detail: x.Detail, Stopped: x.Stopped, Cell: x.Cell, Certificate: x.Certificate, Run: x.Run})
	}
	r.Array = campaign.Array(s.Missing())
	undone, of := s.Undone()
	r.Shards, r.Total = campaign.Array(undone), of
}

// link says where certificates are, seen from the page: in a directory, or in the folders of
// the run.
func (r *summary) link(s *campaign.Stored, page, dir string) {
	for _, it := range r.Items {
		if it.Certificate == nil || s == nil { // of a file of -json nobody knows
			continue
		}
		path := s.CertificateOf(it.Task)
		if dir != "" {
			path = filepath.Join(dir, it.Certificate.File)
		}
		it.Link = linkTo(path, page)
	}
}

// linkTo is a file as it is named from the page: relative to it, so that both can be moved
// together; as it is without a page.
func linkTo(path, page string) string {
	if path, err := filepath.Abs(path); err == nil && page != "" {
		if folder, err := filepath.Abs(filepath.Dir(page)); err == nil {
			if link, err := filepath.Rel(folder, path); err == nil {
				return filepath.ToSlash(link)
			}
		}
	}
	return filepath.ToSlash(path)
}

// object is what a command printed with -json.
type object struct {
	Verdict string
	Claims  theorems.Claims
	Command *string
	Seed    *uint64
	Version string
	Cells   []struct {
		Verdict string
		Claims  theorems.Claims
		K, N    int
	}
}

// also adds a text to a list of them, unless it is there.
func also(list, text, between string) string {
	switch {
	case list == "":
		return text
	case slices.Contains(strings.Split(list, between), text):
		return list
	}
	return list + between + text
}

// maxObject bounds a file that is read whole.
const maxObject = 1 << 28

// addFile adds an object, or of a grid each of its cells.
func (r *summary) addFile(c *run.Call, path string) error {
	in, err := c.Open(path)
	if err != nil {
		return err
	}
	defer in.Close()
	data, err := io.ReadAll(io.LimitReader(in, maxObject))
	if err != nil {
		return in.Fail(err)
	}
	var o object
	if err := json.Unmarshal(data, &o); err != nil || o.Command == nil || o.Verdict == "" {
		return run.UsageErrorf("%s: expected an object that a command printed with -json", certificate.FileName(path))
	}
	// Of several commands no one is the command of all.
	r.Of = also(r.Of, strings.TrimSpace("verify "+*o.Command), "; ")
	r.Version = also(r.Version, o.Version, ", ")
	if len(o.Cells) == 0 {
		r.Items = append(r.Items, &item{Task: path, Title: filepath.Base(path), Verdict: o.Verdict, Claims: o.Claims})
		return nil
	}
	for i, cell := range o.Cells {
		x := &item{Task: fmt.Sprintf("%s-%d", path, i+1), Title: fmt.Sprintf("%s, %d", filepath.Base(path), i+1), Verdict: cell.Verdict, Claims: cell.Claims}
		if cell.K > 0 && cell.N > 0 {
			x.Title, x.Cell = fmt.Sprintf("K = %d, n = %d", cell.K, cell.N), &theorems.Cell{Row: cell.K, Column: cell.N}
		}
		r.Items = append(r.Items, x)
	}
	return nil
}
