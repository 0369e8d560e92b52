package family

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"pstar/cmd/verify/internal/campaign"
	"pstar/cmd/verify/internal/run"
	"pstar/internal/each"
	"pstar/theorems"
)

// jsonGrid are the figures of a run of several tasks.
type jsonGrid struct {
	// In JSON a task is a cell, of whatever family.
	Asked   int      `json:"cells_asked"`
	Cells   []any    `json:"cells"`
	Missing []string `json:"certificates_missing,omitempty"` // of tasks that are decided
}

// kept is the task of a campaign.
func (j *job) kept(t theorems.Task) campaign.Task {
	return campaign.Task{Name: t.Name, Label: t.Title, Cell: t.Cell, Do: func(ctx context.Context) (*campaign.Result, error) {
		r, err := j.do(ctx, t)
		// Nothing was settled that could be kept.
		if r == nil {
			return nil, err
		}
		result := &campaign.Result{Title: t.Title, Claims: r.Claims, Summary: r.Summary, Figures: r.FigureBytes(), Notes: r.Notes}
		// The page of a campaign shows the full text of a task, which a grid does not print: it is made
		// now, without colours, as later there is no report any more.
		if j.campaign.Kept() {
			var detail strings.Builder
			(&job{Call: run.Unpainted()}).printReport(&detail, r)
			result.Detail = detail.String()
		}
		// Made when the task's turn to be told comes, and so in order.
		if j.certificate != "" && len(r.Documents) > 0 {
			result.Certify = func(path string) ([]string, error) { return j.write(t, r, path, nil) }
		}
		return result, err
	}}
}

// open makes a campaign of tasks.
func (j *job) open(tasks []theorems.Task) (*campaign.Run, error) {
	list := each.Of(tasks, j.kept)
	// The inputs are part of what identifies the run: with another file it is another campaign.
	return j.campaign.Open(j.Call, j.talk, list, j.inputs...)
}

// report is what is kept of one, as a report: without the blocks that only a single task
// prints.
func report(r *campaign.Result) *theorems.Report {
	return &theorems.Report{Title: r.Title, Claims: r.Claims, Summary: r.Summary, Figures: r.Figures, Notes: r.Notes}
}

// certifier writes the certificate of a task of a grid, or says that there is none; it is nil if none is wanted, or
// what would have one was not settled.
func (j *job) certifier(t *campaign.Task, result *campaign.Result, err error) func(path string) ([]string, error) {
	switch {
	case j.certificate == "", result.Certify == nil && err != nil:
		return nil
	case result.Certify != nil:
		return result.Certify
	}
	// The report has none, also if it was kept by an earlier run.
	r := report(result)
	return func(string) ([]string, error) {
		return nil, j.uncertified(theorems.Task{Name: t.Name, Title: r.Title}, r)
	}
}

// grid does all tasks, and goes on after a refuted or undecided one until a limit is
// reached.
func (j *job) grid(ctx context.Context) error {
	c, err := j.open(j.tasks)
	if err != nil {
		return err
	}
	var worst error
	var done []*theorems.Report
	g := jsonGrid{Asked: c.Tasks(), Cells: []any{}}
	ended := c.Each(ctx, func(t *campaign.Task, result *campaign.Result, err error) {
		// Not done, or not by this run's share.
		if result == nil {
			worst = errors.Join(worst, err)
			return
		}
		r := report(result)
		// The status is the worst of all; the grid goes on.
		worst = errors.Join(worst, outcome(r.Claims, err))
		// Only those with a result count as done; the others leave the verdict undecided.
		done = append(done, r)
		standing, fault := r.Standing()
		if fault != nil {
			panic("verify: figures without a JSON form: " + fault.Error())
		}
		g.Cells = append(g.Cells, standing)
		// A line as soon as the tasks before it are told: a long grid shows that it lives.
		if !j.json {
			fmt.Fprintln(j.Stdout, j.line(r))
		}
		// After the line that they are about.
		for _, note := range r.Notes {
			j.talk.Note("%s", note)
		}
		certify := j.certifier(t, result, err)
		if certify == nil {
			return
		}
		notes, err := certify(j.fileOf(theorems.Task{Name: t.Name}))
		for _, note := range notes {
			j.talk.Note("%s", note)
		}
		// The next task may have a certificate, even if the disk is full for this one.
		// A certificate that says less than was wanted stands there: it is told, and is not
		// missing.
		if worst = errors.Join(worst, err); err != nil && !campaign.Stands(err) {
			g.Missing = append(g.Missing, t.Name+".json.gz")
		}
	})
	worst = errors.Join(worst, ended)
	// Of the claims alone: a file that could not be written refutes nothing.
	verdict := theorems.Total(verdicts(done), g.Asked-len(done)).String()
	if len(g.Missing) > 0 && verdict == theorems.Verified.String() {
		verdict = "certificates missing" // what was asked for is more than that all is true
	}
	if j.json {
		j.PrintReport(verdict, nil, g)
	} else {
		j.printTotal(j.Stdout, verdict, done, g)
	}
	return worst
}

// parts does the only task by its parts.
func (j *job) parts(ctx context.Context, t theorems.Task) error {
	c, err := j.open(t.Parts)
	if err != nil {
		return err
	}
	var worst error
	var done []*theorems.Report
	ended := c.Each(ctx, func(_ *campaign.Task, result *campaign.Result, err error) {
		// A part that its limit stopped has a result which says so, and is missing all the same.
		if worst = errors.Join(worst, err); result != nil && err == nil {
			done = append(done, report(result))
		}
	})
	worst = errors.Join(worst, ended)
	// What was found before a limit is printed, with what holds whatever is missing.
	// A fault or bad input: what the parts say cannot be trusted, or is not there.
	if status := run.ExitStatus(worst); worst != nil && status != run.ExitUndecided && status != run.ExitInterrupted {
		return worst
	}
	// What holds whatever is missing, the family knows.
	r, err := t.Join(done, c.Tasks()-len(done))
	if err != nil {
		return errors.Join(worst, err)
	}
	return errors.Join(outcome(r.Claims, worst), j.print(r))
}

// verdicts are those of reports.
func verdicts(done []*theorems.Report) (list []theorems.Verdict) {
	for _, r := range done {
		list = append(list, r.Claims.Verdict())
	}
	return list
}
