package prove

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"strings"

	"pstar/cmd/verify/internal/campaign"
	"pstar/cmd/verify/internal/run"
	"pstar/internal/each"
	"pstar/theorems"
	"pstar/theorems/statement"
	"pstar/theorems/statement/decide"
	"pstar/witness"
)

// part is a task: the claims of one file in one setting.
//
// Settings are tasks of their own, so that machines can share a file with many of them.
type part struct {
	path   string
	name   string
	system *statement.System
}

// parts reads files, and lists their settings. No two parts have the same name: they would
// be one task of a campaign, and one of them would never be settled. So a number goes on
// until the name is free; another file may be called a-2.
func (j *job) parts(ctx context.Context, files []string) (list []part, err error) {
	// By the name of the task, which is that of its certificate.
	taken := map[string]bool{}
	for _, path := range files {
		// All files are read before anything is settled: a mistyped one costs no work.
		systems, err := j.read(ctx, path)
		if err != nil {
			return nil, err
		}
		for _, s := range systems {
			// The name of the task is also that of its certificate, without the folder of the
			// file.
			base := strings.TrimSuffix(filepath.Base(path), filepath.Ext(path)) + slug(s.Setting)
			name := base
			for i := 2; taken[name]; i++ {
				name = fmt.Sprintf("%s-%d", base, i)
			}
			taken[name] = true
			list = append(list, part{path, name, s})
		}
	}
	return list, nil
}

// slug is a setting such as "K = 2, n = 3" in the name of a file: "-K2-n3".
// Different settings may become one slug; parts counts on then.
func slug(setting string) string {
	if setting == "" {
		return ""
	}
	// Each part of the setting by itself, so that K2 and n3 stay apart.
	return "-" + strings.Join(each.Of(strings.Split(setting, ","), inNames), "-")
}

// inNames is a text without what a file name should not have on any system.
func inNames(text string) string {
	return strings.Map(func(r rune) rune {
		if r == '.' || '0' <= r && r <= '9' || 'A' <= r && r <= 'Z' || 'a' <= r && r <= 'z' {
			return r
		}
		return -1
	}, text)
}

// several settles files one after another, or as a campaign.
//
// Each task is settled by itself, with a certificate of its own; a task that fails does
// not keep the others from being settled. The verdict is of all.
func (j *job) several(ctx context.Context, files []string) error {
	list, err := j.parts(ctx, files)
	if err != nil {
		return err
	}
	// The first name stands for all: if it can be written in the folder, others can.
	if err := j.CheckFolder(j.certificate, j.certificateOf(list[0].name)); err != nil {
		return err
	}
	var tasks []campaign.Task
	for _, p := range list {
		// What progress and the report of the campaign call the task.
		label := p.path
		if p.system.Setting != "" {
			label += ", " + p.system.Setting
		}
		tasks = append(tasks, campaign.Task{Name: p.name, Label: label, Do: func(ctx context.Context) (*campaign.Result, error) { return j.part(ctx, p) }})
	}
	// The files are part of what the campaign is of: with other contents it is another one.
	c, err := j.campaign.Open(j.Call, j.talk, tasks, files...)
	if err != nil {
		return err
	}
	// Not nil, so that the object has a list though nothing was done.
	g := &gathered{job: j, Results: []json.RawMessage{}}
	// In the order of the list, whichever run or machine did a task, so that the same bytes
	// come out.
	ended := c.Each(ctx, g.take)
	// A task that was not done is not verified; one that is refuted stays so.
	verdict := theorems.Total([]theorems.Verdict{g.claims.Verdict()}, c.Tasks()-g.done)
	if j.json {
		j.PrintReport(verdict.String(), g.claims, g)
	} else {
		fmt.Fprintf(j.Stdout, "verdict: %s\n", j.Painted(verdict.String()))
	}
	return errors.Join(g.worst, ended, run.Outcome(verdict))
}

// gathered is what tasks come to; it is the figures of their object.
//
// Results are not decoded: what a task wrote goes into the object as it is.
type gathered struct {
	job     *job
	worst   error
	claims  theorems.Claims
	done    int
	Results []json.RawMessage `json:"results"`
}

// take adds a task.
//
// It is called once for each task, in order, by one goroutine. r is nil if there is
// nothing to tell but the error.
func (g *gathered) take(t *campaign.Task, r *campaign.Result, err error) {
	// The worst decides the status; the others are told beside it.
	g.worst = errors.Join(g.worst, err)
	if r == nil {
		return
	}
	// A task that a limit has stopped tells what it has, and does not count as done.
	if r.Stopped == "" {
		g.done++
	}
	// What was decided before a limit counts in the verdict.
	g.claims = append(g.claims, r.Claims...)
	var here struct{ Results []json.RawMessage }
	// Of a task that was kept the figures come from its file: they are put together as they are.
	if len(r.Figures) > 0 {
		if err := json.Unmarshal(r.Figures, &here); err != nil {
			g.worst = errors.Join(g.worst, run.FaultErrorf("the results of %s: %v", t.Name, err))
		}
	}
	g.Results = append(g.Results, here.Results...)
	// Texts are printed as tasks are done, in their order.
	if !g.job.json {
		io.WriteString(g.job.Stdout, r.Text)
	}
	// Of a task that was done by another run the certificate is written again if it is missing.
	if r.Certify != nil {
		_, err := r.Certify(g.job.certificateOf(t.Name))
		g.worst = errors.Join(g.worst, err)
	}
}

// part settles the claims of a task.
//
// The result is beside an error if a limit has stopped it, and has what was decided by
// then.
func (j *job) part(ctx context.Context, p part) (*campaign.Result, error) {
	// The same as for a file of one setting, so that texts do not differ.
	results, err := j.decide(ctx, []*statement.System{p.system})
	if results == nil {
		return nil, err
	}
	// The text is kept with the task, so that a run that goes on prints the same bytes.
	var text strings.Builder
	j.writeResults(&text, p.path, results)
	r := &campaign.Result{Title: title(p.system), Claims: claimsOf(results), Text: text.String()}
	if p.system.Setting != "" {
		r.Title += ", " + p.system.Setting
	}
	figures, fault := json.Marshal(figures{objects(results)})
	if fault != nil {
		panic("verify: results without a JSON form: " + fault.Error())
	}
	r.Figures = figures
	// A claim that is only found, or open, has no certificate.
	if d := decide.Document(results); d != nil && j.certificate != "" {
		r.Certify = func(path string) ([]string, error) {
			_, err := j.WriteCertificate(nil, path, witness.Ready(d))
			return nil, err
		}
	}
	return r, err
}

// certificateOf is where the certificate of one of several tasks stands.
func (j *job) certificateOf(name string) string {
	return filepath.Join(j.certificate, name+".json.gz")
}
