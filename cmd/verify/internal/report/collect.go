package report

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strings"

	"pstar/certificate"
	"pstar/cmd/verify/internal/campaign"
	"pstar/cmd/verify/internal/run"
	"pstar/format/jsontext"
	"pstar/theorems"
)

// collect reads folders and files, and counts what they have. Folders must be of one run, and
// make one list of tasks; files may be of any runs, and are listed behind it. Stored is what the folders have, nil if there is none.
func collect(c *run.Call, dirs, files []string) (*summary, *campaign.Stored, error) {
	r := &summary{Items: []*item{}} // a list in JSON even if nothing is there
	var stored *campaign.Stored
	var list []*campaign.Stored
	// All are read before they are compared, so that a folder that is none is told as such.
	for _, dir := range dirs {
		s, err := campaign.Read(dir)
		if err != nil {
			return nil, nil, err
		}
		list = append(list, s)
	}
	// One run, or an error that says in what they differ: the numbers of tasks of two runs mean
	// different things, and no list could say which is missing.
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

// addStored adds the tasks of folders, in the order of the run, whoever did them and when.
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
	// Two ways to submit what is missing: each task by itself, or the shards that have one.
	r.Array, r.ArrayTotal = campaign.Array(s.Missing()), len(s.Tasks)
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
		// Where the run has put it, unless copies are made.
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
	// Where there is no relative name, as between two drives of Windows, it stays as it is.
	if path, err := filepath.Abs(path); err == nil && page != "" {
		if folder, err := filepath.Abs(filepath.Dir(page)); err == nil {
			if link, err := filepath.Rel(folder, path); err == nil {
				return filepath.ToSlash(link)
			}
		}
	}
	return filepath.ToSlash(path)
}

// object is what a command printed with -json: what all commands have, and of a grid the cells.
// Command tells an object of this program from any other JSON.
type object struct {
	Verdict string
	Claims  theorems.Claims
	Command *string // "" is the main job
	Seed    *uint64
	Version string
	// Asked is how many cells a grid has: more than there are here if the run was stopped.
	Asked int `json:"cells_asked"`
	Cells []struct {
		Verdict string
		Claims  theorems.Claims
		K, N    int
	}
}

// also adds a text to a list of them, unless it is there. Lists are short: of commands, or of
// versions.
func also(list, text, between string) string {
	switch {
	case list == "":
		return text
	case slices.Contains(strings.Split(list, between), text):
		return list
	}
	return list + between + text
}

// maxObject bounds a file that is read whole, in bytes. A grid of 100 000 cells has less; a
// longer file is cut off, and then no object.
const maxObject = 1 << 28

// maxAsked bounds how many cells of a file may be missing; each is listed.
const maxAsked = 1_000_000

// objects are those of runs: "lp" prints one for each program. Before its own "steps" prints one for each step,
// which are no runs.
func objects(data []byte) (list []object, ok bool) {
	decoder := json.NewDecoder(bytes.NewReader(data))
	for {
		var o object
		switch err := decoder.Decode(&o); {
		case errors.Is(err, io.EOF):
			return list, len(list) > 0
		case err != nil:
			return nil, false
		case o.Command == nil:
			continue
		case o.Verdict == "":
			return nil, false
		}
		// The words of checkers, for which a report has one of its own.
		switch o.Verdict {
		case "valid":
			o.Verdict = theorems.Verified.String()
		case "invalid":
			o.Verdict = theorems.Falsified.String()
		}
		list = append(list, o)
	}
}

// addFile adds the objects of a file.
func (r *summary) addFile(c *run.Call, path string) error {
	// A file of "-" is standard input, as everywhere.
	in, err := c.Open(path)
	if err != nil {
		return err
	}
	defer in.Close()
	// Compressed files are not read: -json is what a command prints, and pipes.
	data, err := io.ReadAll(io.LimitReader(in, maxObject))
	if err != nil {
		return in.Fail(err)
	}
	list, ok := objects(data)
	if !ok {
		return run.UsageErrorf("%s: expected an object that a command printed with -json", certificate.FileName(path))
	}
	// No command prints such an object, of which one half would not be in the report.
	if twice := new(jsontext.TwiceError); errors.As(jsontext.Once(data, true), &twice) {
		return run.UsageErrorf("%s:%d: %v", certificate.FileName(path), twice.Line, twice)
	}
	for k, o := range list {
		name := path
		if len(list) > 1 {
			name = fmt.Sprintf("%s-%d", path, k+1)
		}
		if err := r.addObject(name, o); err != nil {
			return err
		}
	}
	return nil
}

// addObject adds an object, or of a grid each of its cells. Fields that it does not know, such as
// the figures of a command, are left out: a report is of verdicts and claims.
func (r *summary) addObject(path string, o object) error {
	// Of several commands no one is the command of all.
	r.Of = also(r.Of, strings.TrimSpace("verify "+*o.Command), "; ")
	r.Version = also(r.Version, o.Version, ", ")
	// One task. It has no title of its own, so that its file must name it.
	if len(o.Cells) == 0 {
		r.Items = append(r.Items, &item{Task: path, Title: filepath.Base(path), Verdict: o.Verdict, Claims: o.Claims})
		return nil
	}
	// Whoever writes such a number by mistake gets no page of gigabytes.
	if o.Asked > maxAsked {
		return run.UsageErrorf("%s: cells_asked is %d, expected at most %d", certificate.FileName(path), o.Asked, maxAsked)
	}
	// Cells come in order, and the run ended somewhere: the last ones are missing. Their names
	// are numbers, since nobody knows what they would have been.
	complete := true
	for i := len(o.Cells) + 1; i <= o.Asked; i++ {
		r.Missing, complete = append(r.Missing, fmt.Sprintf("%s-%d", path, i)), false
	}
	for i, cell := range o.Cells {
		// A cell of a file has no name of its own: its number tells it from the others.
		x := &item{Task: fmt.Sprintf("%s-%d", path, i+1), Title: fmt.Sprintf("%s, %d", filepath.Base(path), i+1), Verdict: cell.Verdict, Claims: cell.Claims}
		// Only grids of K and n can be drawn as one; others stay a list.
		if cell.K > 0 && cell.N > 0 {
			x.Title, x.Cell = fmt.Sprintf("K = %d, n = %d", cell.K, cell.N), &theorems.Cell{Row: cell.K, Column: cell.N}
		}
		r.Items = append(r.Items, x)
		complete = complete && cell.Verdict == theorems.Verified.String()
	}
	// A run of which all cells are verified may have asked for more than that, such as
	// certificates for which there was no room. It says so in its verdict.
	if complete && o.Verdict != theorems.Verified.String() {
		r.Items = append(r.Items, &item{Task: path, Title: filepath.Base(path), Verdict: theorems.Open.String(), Stopped: o.Verdict})
	}
	return nil
}
