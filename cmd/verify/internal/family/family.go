// Package family is the command of a family of theorems: it runs the tasks, prints their
// reports, alone or as a grid, writes their certificates, and ends with the status that
// they come to. Nothing in it knows a family.
package family

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"strings"

	"pstar/certificate"
	"pstar/cmd/verify/internal/campaign"
	"pstar/cmd/verify/internal/input"
	"pstar/cmd/verify/internal/run"
	"pstar/theorems"
	"pstar/witness"
)

// An Extra is something else that the command of a family does if a flag is given.
type Extra struct {
	Flag  string
	Flags func(f *run.FlagSet) // adds it, and those that go with it
	// Check reports what is wrong with the flags, those of the extra without it included.
	Check func(c *run.Call, f *run.FlagSet) error
	Run   func(ctx context.Context, c *run.Call, f *run.FlagSet, t *run.Talk) error
}

// Command is the command of a family.
func Command(f theorems.Family, extras ...Extra) run.Command {
	return run.Command{Name: f.Command, Usage: f.Usage, Summary: f.Summary, Long: help(f), Advice: f.Advice,
		Run: func(c *run.Call, args []string) error { return runFamily(c, f, extras, args) }}
}

// help is what the family says of itself, with the statements of the rows that it announces.
func help(f theorems.Family) string {
	// Its help says all there is to say.
	if len(f.Verifies) == 0 {
		return f.Help
	}
	var b strings.Builder
	b.WriteString(f.Help + "\n\n")
	// The column of tags is as wide as the longest, so that statements stand below each other.
	widest := 0
	for _, tag := range f.Verifies {
		widest = max(widest, len(tag))
	}
	// One line each: whoever prints help breaks it below its second column.
	for _, tag := range f.Verifies {
		fmt.Fprintf(&b, "  %-*s  %s\n", widest, tag, theorems.Statement(f.Theorems, tag))
	}
	b.WriteString("\n" + f.More)
	return b.String()
}

// job is a run of the command.
type job struct {
	*run.Call
	talk     *run.Talk
	campaign *campaign.Flags
	// Where outputs go; "" for none.
	certificate string // a file, or of several tasks a directory
	tex         string
	json        bool
	tasks       []theorems.Task
	inputs      []string // files that the tasks are read from
}

// runFamily reads the flags of the family and of all families, makes the tasks, and does them:
// one, one by its parts, or several.
func runFamily(c *run.Call, family theorems.Family, extras []Extra, args []string) error {
	j := &job{Call: c}
	f := c.Flags()
	verify := family.Parameters(&f.Flags)
	workers := 0
	// Other families have nothing to do side by side, and a flag without effect would mislead.
	if family.Parallel {
		f.IntVar(&workers, "j", 0, "number of `workers`, each for a task at a time (0: one for each processor); the result does not depend on it")
	}
	f.StringVar(&j.certificate, "certificate", "", "write the certificate to `file`, compressed if it ends in .gz; for ranges, a directory")
	f.JSON(&j.json)
	f.StringVar(&j.tex, "tex", "", "write claims, programs, tables and proofs as a part of a text in LaTeX to `file`")
	j.campaign = campaign.Add(f)
	// Before the line is parsed, as their flags are among the others.
	for _, x := range extras {
		x.Flags(f)
	}
	limits := f.Limits()
	j.talk = f.Talk()
	files, err := f.Parse(args)
	if err != nil {
		return err
	}
	defer j.talk.Clear()
	if workers < 0 || workers > run.MaxWorkers {
		return run.UsageErrorf("-j %d: expected a number of workers up to %d, or 0", workers, run.MaxWorkers)
	}
	// The time begins here: what is wrong with the flags was said already.
	ctx := limits.Context()
	// An extra looks at all flags before the family does: with it, parameters of the family may
	// have no effect.
	for _, x := range extras {
		if err := x.Check(c, f); err != nil {
			return err
		}
		// Only one extra is run: its Check has refused what does not go with it.
		if f.Given(x.Flag) {
			return x.Run(ctx, c, f, j.talk)
		}
	}
	// The family reads its flags and files here, and says what is wrong with them.
	j.tasks, err = verify(j.asked(files, workers))
	if err == nil {
		err = j.check()
	}
	switch {
	case err != nil:
		return err
	// Several tasks make a grid, one that has parts is done part by part, and both may be kept.
	case len(j.tasks) > 1:
		return j.grid(ctx)
	case len(j.tasks[0].Parts) > 0:
		return j.parts(ctx, j.tasks[0])
	}
	return j.one(ctx)
}

// asked is what the command line asks of the family.
func (j *job) asked(files []string, workers int) *theorems.Run {
	return &theorems.Run{
		Files: files,
		// What is read is remembered, since a campaign is about these very files.
		Read: func(path string, read func(*bufio.Reader) error) error {
			j.inputs = append(j.inputs, path)
			return input.Read(j.Call, path, read)
		},
		Certificate: j.certificate != "",
		Workers:     workers,
		Progress:    j.talk.Update,
		Say:         j.talk.Say,
	}
}

// check reports what is wrong with the flags, now that the tasks are known.
func (j *job) check() error {
	// Keeping begins with the first finished task; a single one is finished or lost.
	if len(j.tasks) == 1 && len(j.tasks[0].Parts) == 0 && j.campaign.Kept() {
		return run.UsageErrorf("-state: this is one task, of which nothing can be kept before it is finished")
	}
	if err := j.campaign.Check(); err != nil {
		return err
	}
	if j.tex != "" {
		if len(j.tasks) > 1 {
			return run.UsageErrorf("-tex %s: a text is of one task, not of %d", certificate.FileName(j.tex), len(j.tasks))
		}
	}
	return j.checkOutputs()
}

// checkOutputs says before the work begins of an output that it cannot be written.
func (j *job) checkOutputs() error {
	if len(j.tasks) == 1 {
		return j.CheckBeside(j.tex, j.certificate)
	}
	return j.CheckFolder(j.certificate, j.fileOf(j.tasks[0]))
}

// fileOf is where the certificate of one of several tasks stands.
func (j *job) fileOf(t theorems.Task) string { return filepath.Join(j.certificate, t.Name+".json.gz") }

// do does a task, and tells how long it took.
func (j *job) do(ctx context.Context, t theorems.Task) (*theorems.Report, error) {
	// The context bears the limits of time and memory; Do returns at the next point at which it
	// looks.
	r, err := t.Do(ctx)
	j.talk.Clear()
	// Beside an error there may be a report: what was settled before a limit.
	if r != nil {
		j.talk.Say("%s%v after %v, %d MiB in use", prefix(t), r.Claims.Verdict(), j.talk.Elapsed(), run.InUse()>>20)
	}
	return r, err
}

// outcome is how a task ends. A report comes with an error too, of a limit: what it has was
// settled before, and what is refuted stays so beyond a limit.
func outcome(claims theorems.Claims, err error) error {
	return errors.Join(err, run.Outcome(claims.Verdict()))
}

// prefix begins a line about a task.
func prefix(t theorems.Task) string {
	// The only task of a run needs no name.
	if t.Title == "" {
		return ""
	}
	return t.Title + ": "
}

// one does the only task, within the limit of a task: a script that gives one need not know
// whether there are several.
func (j *job) one(ctx context.Context) error {
	// The run's own limit is still there: whichever ends first stops the task, and Overrun tells
	// which.
	within, stop := j.campaign.Limit(ctx)
	defer stop() // not before the certificate is made
	r, err := j.do(within, j.tasks[0])
	if err != nil {
		err = run.Overrun(ctx, within, err)
	}
	// Nothing was settled.
	if r == nil {
		return err
	}
	found := outcome(r.Claims, err)
	// Who interrupts later finds what the report says.
	if err == nil {
		found = run.Whole(found)
	}
	// What cannot be written is told beside the outcome, and does not replace it.
	return errors.Join(found, j.print(r))
}

// print prints the only report, and writes its certificate.
func (j *job) print(r *theorems.Report) error {
	// Remarks go to standard error: they are no part of the result.
	for _, note := range r.Notes {
		j.talk.Note("%s", note)
	}
	if j.json {
		j.PrintReport(r.Claims.Verdict().String(), r.Claims, r.Figures)
	} else {
		j.printReport(j.Stdout, r)
	}
	// The verdict is printed before the certificate is tried: it is not lost with it.
	err := j.certify(j.tasks[0], r, j.certificate)
	// Written whatever became of the certificate; both errors are told.
	if j.tex != "" {
		err = errors.Join(err, j.WriteFile(j.tex, func(w io.Writer) error { return writeTeX(w, r) }))
	}
	return err
}

// certify writes the certificate of a task, if one is wanted and there is something that
// it can show, and says where it shows less than was found.
func (j *job) certify(t theorems.Task, r *theorems.Report, path string) error {
	if j.certificate == "" {
		return nil
	}
	// A family may have no certificate, or none for what was found.
	if len(r.Documents) == 0 {
		return j.uncertified(t, r)
	}
	notes, err := j.write(t, r, path, j.talk)
	for _, note := range notes {
		j.talk.Note("%s", note)
	}
	return err
}

// uncertified is the error of a certificate that is wanted of a report that has none. A report
// that settles nothing, or refutes, has a status that tells as much.
func (j *job) uncertified(t theorems.Task, r *theorems.Report) error {
	if r.Claims.Verdict() != theorems.Verified {
		return nil
	}
	return run.UsageErrorf("%sno certificate is written to %s: there is none for %s", prefix(t), certificate.FileName(j.placeOf(t)), strings.Join(witness.Uncovered(r.Claims, nil), ", "))
}

// write writes the certificate of a report, and returns what is to be said of it. The error may
// be that of a certificate that stands there, and is not the one that was wanted: [campaign.Lesser].
// The talk is that of [run.Call.WriteCertificate].
func (j *job) write(t theorems.Task, r *theorems.Report, path string, talk *run.Talk) (notes []string, err error) {
	// The documents are tried from the one that says most.
	written, err := j.WriteCertificate(talk, path, r.Documents...)
	if err != nil {
		return nil, err
	}
	j.talk.Say("%scertificate written after %v", prefix(t), j.talk.Elapsed())
	// The report of what was written says what it establishes, which may be less than what was
	// found.
	less := strings.Join(witness.Uncovered(r.Claims, written.Report.Claims), ", ")
	where := fmt.Sprintf("%scertificate written to %s, without %s", prefix(t), certificate.FileName(j.placeOf(t)), less)
	switch {
	// A document that says more was passed over, for the format could not hold it: what is there
	// is less than what was wanted.
	case written.Passed != nil && less != "":
		return nil, &campaign.Lesser{Text: fmt.Sprintf("%s: %v", where, written.Passed)}
	case less != "":
		// Certificates hold what can be checked apart, which may be less than what was found: said,
		// so that nobody takes the file for all of it.
		notes = append(notes, where)
	}
	return notes, nil
}

// placeOf is where the certificate of a task stands in the end.
func (j *job) placeOf(t theorems.Task) string {
	// One file; of several tasks a folder, in which each has a file of its own.
	if len(j.tasks) == 1 {
		return j.certificate
	}
	return j.fileOf(t)
}
