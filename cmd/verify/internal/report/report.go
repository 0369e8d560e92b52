// Package report is the command "verify report": what runs with -state came to, merged and
// as a page to look at.
//
// It decides nothing. Verdicts and claims are those that the runs kept, and certificates are
// those that they wrote: who does not want to believe a page checks them, as it says. What it
// adds is what no single run knows: which tasks of all are missing.
package report

import (
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"pstar/certificate"
	"pstar/cmd/verify/internal/campaign"
	"pstar/cmd/verify/internal/run"
	"pstar/cmd/verify/internal/show"
	"pstar/theorems"
)

// Command is the entry of the table of commands.
func Command() run.Command {
	return run.Command{
		Name:    "report",
		Usage:   "DIR|FILE...",
		Summary: "merges runs, says what is missing, makes a page",
		Long: `Each DIR is a folder of -state, several of them of shards of the same run; each FILE an
object that a command printed with -json. Prints what they come to, counterexamples first,
and which tasks are missing, also as an array to submit again. For example

  verify report run1 run2 run3 -o report.html

-o writes one page that needs no network and no script. -certificate puts the certificates
of all folders into one directory, to which the page leads then. -merge puts all into a
folder: with -state there the same command prints what one run would have printed.`,
		Run: runReport,
	}
}

// job is a call of the command.
type job struct {
	*run.Call
	page, merged, certificates string // where to put what; empty if it is not asked for
	json                       bool
}

func runReport(c *run.Call, args []string) error {
	j := &job{Call: c}
	f := c.Flags()
	f.StringVar(&j.page, "o", "", "write a page, in HTML, to `file`")
	f.StringVar(&j.certificates, "certificate", "", "put the certificates of all folders into the directory `dir`")
	f.StringVar(&j.merged, "merge", "", "put what all folders have into the folder `dir`")
	// Without -q and -v: a report has nothing to tell while it is made.
	f.JSON(&j.json)
	limits := f.Limits()
	paths, err := f.Parse(args)
	if err != nil {
		return err
	}
	// Nothing to report on is no report of nothing: "verified" of no task would be true, and
	// wrong where a pattern of the shell has met no folder.
	if len(paths) == 0 {
		return run.UsageErrorf("expected folders of -state, or files of -json; \"verify report -h\" explains")
	}
	limits.Context()
	// Said before folders are read that may be on a slow disk.
	if j.page != "" {
		if err := c.CheckWritable(j.page); err != nil {
			return err
		}
	}
	// What cannot be looked at counts as a file, whose opening says why.
	var dirs, files []string
	for _, path := range paths {
		if info, err := os.Stat(path); err == nil && info.IsDir() {
			dirs = append(dirs, path)
		} else {
			files = append(files, path)
		}
	}
	// Read in full before anything is written: a folder that is broken stops the run here.
	r, stored, err := collect(c, dirs, files)
	if err != nil {
		return err
	}
	if err := j.copies(r, stored); err != nil {
		return err
	}
	// After copying, as the links lead to where the copies are.
	r.link(stored, j.page, j.certificates)
	// The page comes last: that it cannot be written does not cost what was printed, nor does
	// it hide a refutation.
	if j.json {
		c.PrintReport(r.Verdict, nil, r)
	} else if err := c.Print(r.writeText); err != nil {
		return err
	}
	if j.page != "" {
		err = c.WriteFile(j.page, r.writePage)
	}
	return errors.Join(err, r.outcome())
}

// copies puts into folders what is asked for. Nothing is printed before: a page or a result
// must not lead to what is not there.
func (j *job) copies(r *summary, stored *campaign.Stored) error {
	if j.merged != "" {
		if stored == nil {
			return run.UsageErrorf("-merge has no effect without folders")
		}
		if err := stored.CopyInto(j.Call, j.merged); err != nil {
			return err
		}
	}
	// Asked for and not there is an error: an empty directory would look like success.
	switch {
	case j.certificates == "":
		return nil
	case stored == nil:
		return run.UsageErrorf("-certificate has no effect without folders")
	case stored.Certificates() == 0:
		return run.UsageErrorf("-certificate: no task has one; the run writes them if it is given -certificate, too")
	}
	if err := os.MkdirAll(j.certificates, 0o777); err != nil {
		return run.UsageErrorf("cannot make the directory %s: %v", certificate.FileName(j.certificates), run.Reason(err))
	}
	return stored.CopyCertificates(j.Call, j.certificates)
}

// summary is what all comes to: the object of -json behind its head, and what the page shows.
// Scripts read it, so that fields stay what they are; docs/output.md lists them.
type summary struct {
	// Verdict is that of the head.
	Verdict string `json:"-"`
	// Of is the command, or several with semicolons between them.
	Of string `json:"of"`
	// Tasks is how many there are, missing ones too.
	Tasks  int    `json:"tasks"`
	Counts counts `json:"counts"`
	// Missing are names of tasks, or of cells of files that were not reached.
	Missing []string `json:"missing,omitempty"`
	// Broken says what is wrong with files of some that are missing.
	Broken []string `json:"broken,omitempty"`
	// Array has the numbers of missing tasks, "3,5,8-10", and ArrayTotal how many tasks the run
	// of the folders has: M of -shard I/M for one task each. Tasks has those of files, too.
	Array      string `json:"array,omitempty"`
	ArrayTotal int    `json:"array_total,omitempty"`
	// Shards has the numbers of shards that have missing tasks, and Total how many shards
	// there are; neither if the folders are not of shards of one number.
	Shards string `json:"shards,omitempty"`
	Total  int    `json:"shards_total,omitempty"`
	// Version and Commit are those of the program that ran, not of the one that reports.
	Version string `json:"of_version"`
	Commit  string `json:"of_commit,omitempty"`
	// Digest is that of the header of the folders.
	Digest string `json:"digest,omitempty"`
	// Items are the tasks that are there, in the order of the run.
	Items []*item `json:"items"`
}

// counts are numbers of tasks, each in one of them. A stopped task is undecided, whatever of its
// claims was settled before.
type counts struct {
	Refuted   int `json:"refuted"`
	Undecided int `json:"undecided"`
	Verified  int `json:"verified"`
	// Solved are those of commands that verify no statement.
	Solved  int `json:"solved,omitempty"`
	Missing int `json:"missing"`
}

// item is a task, as a run has kept it or as an object of -json tells it; what the latter does
// not tell is left out.
type item struct {
	// Task is its name in the folder, or the file of an object, with a number for each cell.
	Task  string `json:"task"`
	Title string `json:"title"`
	// Verdict is a word of the verdicts, or "solved" and the like.
	Verdict string          `json:"verdict"`
	Claims  theorems.Claims `json:"claims"`
	Summary string          `json:"summary,omitempty"`
	// Text is what the command prints of it among others, and Detail what it prints of it alone.
	Text   string `json:"text,omitempty"`
	Detail string `json:"detail,omitempty"`
	// Stopped says which limit ended it, if one did.
	Stopped string `json:"stopped,omitempty"`
	// Cell is where it stands in a grid.
	Cell        *theorems.Cell        `json:"cell,omitempty"`
	Certificate *campaign.Certificate `json:"certificate,omitempty"`
	// Link leads to the certificate, from the page.
	Link string `json:"link,omitempty"`
	// Run is where it ran and what it took. It differs between runs of the same.
	Run *campaign.Measure `json:"run,omitempty"`
}

// count counts the tasks, and makes the verdict of all: that of the worst, as a run gives it.
// What is missing is undecided.
func (r *summary) count() {
	for _, x := range r.Items {
		switch x.Verdict {
		case theorems.Falsified.String():
			r.Counts.Refuted++
		case theorems.Open.String():
			r.Counts.Undecided++
		case theorems.Verified.String():
			r.Counts.Verified++
		default: // "solved", "optimal" and others of commands that compute
			r.Counts.Solved++
		}
	}
	r.Counts.Missing = len(r.Missing)
	// Refuted stands above missing: no task that is still to come can make up for it.
	switch c := r.Counts; {
	case c.Refuted > 0:
		r.Verdict = theorems.Falsified.String()
	case c.Undecided+c.Missing > 0 || len(r.Items) == 0:
		r.Verdict = theorems.Open.String()
	// Nothing was verified where nothing was claimed.
	case c.Verified == 0:
		r.Verdict = run.Solved
	default:
		r.Verdict = theorems.Verified.String()
	}
}

// outcome is the exit status that goes with the verdict, so that scripts need not read.
func (r *summary) outcome() error {
	switch r.Verdict {
	case theorems.Falsified.String():
		return run.ErrRefuted
	case theorems.Open.String():
		return run.ErrUndecided
	}
	return nil
}

// words are the counts that are not 0, in words, the worst first.
func (c counts) words() string {
	var list []string
	for _, x := range []struct {
		n    int
		word string
	}{{c.Refuted, "refuted"}, {c.Undecided, "undecided"}, {c.Missing, "missing"}, {c.Verified, "verified"}, {c.Solved, "done"}} {
		if x.n > 0 {
			list = append(list, fmt.Sprintf("%d %s", x.n, x.word))
		}
	}
	return strings.Join(list, ", ")
}

// listed bounds how many tasks of a kind the text names: with the rest of the report they are
// one screen, and the page and -json have all of them.
const listed = 10

// writeText writes the report for a terminal: short, whatever the number of tasks. Names come
// from files, and are made visible: a title with commands for terminals is a text here.
func (r *summary) writeText(w io.Writer) error {
	fmt.Fprintf(w, "%s\n%s: %s\n", show.Visible(r.Of), show.Count(r.Tasks, "task", "tasks"), r.Counts.words())
	// Counterexamples first: they are what a run is looked at for.
	r.list(w, theorems.Falsified.String())
	r.list(w, theorems.Open.String())
	if n := len(r.Missing); n > 0 {
		fmt.Fprintf(w, "missing: %s", strings.Join(r.Missing[:min(n, listed)], " "))
		if n > listed {
			fmt.Fprintf(w, " and %d more", n-listed)
		}
		// Of files that are there and wrong: doing the task again replaces them.
		for _, text := range r.Broken {
			fmt.Fprintf(w, "\n  %s", show.Visible(text))
		}
		fmt.Fprintln(w)
		if r.Array != "" { // else it is of files, whose command nobody knows
			fmt.Fprintf(w, "  tasks by number: --array=%s, with -shard slurm/%d\n", r.Array, r.ArrayTotal)
		}
		// For folders of shards the same shards are meant again, with their folders.
		if r.Shards != "" {
			fmt.Fprintf(w, "  shards of %d:     --array=%s, with -shard slurm/%d\n", r.Total, r.Shards, r.Total)
		}
	}
	_, err := fmt.Fprintf(w, "verdict: %s\n", r.Verdict)
	return err
}

// list names the tasks of a verdict, and why, the first ten of them.
func (r *summary) list(w io.Writer, verdict string) {
	n := 0
	for _, x := range r.Items {
		if x.Verdict != verdict {
			continue
		}
		if n++; n > listed { // only counted
			continue
		}
		// That a limit came first says more than that all claims are undecided.
		why := x.Stopped
		if why == "" {
			why = x.Claims.ByStatus()
		}
		// Of a command without claims.
		if why == "" {
			why = x.Summary
		}
		fmt.Fprintf(w, "%s: %s: %s\n", verdict, show.Visible(x.name()), show.Visible(why))
	}
	if n > listed {
		fmt.Fprintf(w, "%s: %d more\n", verdict, n-listed)
	}
}

// name is what the task is called for people, or else the name of its file.
func (x *item) name() string {
	if x.Title == "" {
		return x.Task
	}
	return x.Title
}
