package polyhedra

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"runtime"
	"strings"
	"time"

	"pstar/certificate"
	"pstar/cmd/verify/internal/campaign"
	"pstar/cmd/verify/internal/run"
	"pstar/cone"
	"pstar/doubledesc"
	"pstar/format/ine"
)

// DDCommand is "verify dd".
func DDCommand() run.Command {
	return run.Command{
		Name:    "dd",
		Usage:   "FILE",
		Summary: "converts a polyhedron between rows and generators",
		Long:    ddLong,
		Run:     runDD,
		Advice:  "another -order may do, and -method fm for a projection",
	}
}

// ddRun is one conversion with its flags.
//
// It is filled by the flags, and changed by run alone. What belongs to one file, such as
// its order, is set when the file has been read.
type ddRun struct {
	*run.Call
	talk *run.Talk // what is said on standard error
	// Files that are written, the result to standard output if out is empty.
	out, certificate     string
	json, verify         bool // -verify reads back what is written
	adjacency, incidence bool // lists behind the result
	order                orderFlag
	method               methodFlag
	formats              ddFormats
	symmetry             symmetryFlags
	state                ddState
	workers              int
}

// runDD reads the flags, and looks for all that can be wrong before a file is read.
func runDD(c *run.Call, args []string) error {
	flags := c.Flags()
	d := &ddRun{Call: c, order: orderFlag{}}
	// Files are written whole or not at all: a run that is killed leaves no half of a list,
	// which would read as a smaller polyhedron.
	flags.StringVar(&d.out, "o", "", "write the result to `file`, whole or not at all")
	flags.StringVar(&d.certificate, "certificate", "", "write a certificate to `file`, compressed if it ends in .gz")
	flags.BoolVar(&d.json, "json", false, "write one JSON object in place of the file format")
	flags.BoolVar(&d.verify, "verify", false, "read back what is written and check it, also that it is complete, however long that takes")
	flags.BoolVar(&d.adjacency, "adjacency", false, "list the pairs of the result that are adjacent")
	flags.BoolVar(&d.incidence, "incidence", false, "list which rows of the input are tight at which rows of the result")
	flags.Var(&d.order, "order", "`order` in which rows are taken in: "+orderNames())
	flags.Var(&d.method, "method", "`method`: "+methodNames())
	// The bytes that come out do not depend on this number, so that it may follow the
	// machine.
	flags.IntVar(&d.workers, "j", runtime.GOMAXPROCS(0), "number of `workers`")
	d.formats.register(flags)
	d.symmetry.register(flags)
	// Whoever goes on from a folder may ask for another output, but not for another
	// conversion.
	d.state.Flags = campaign.AddKept(flags, asideOfState...)
	// The clock starts with Context below, so that a mistake in the flags costs none of the
	// time.
	limits := flags.Limits()
	d.talk = flags.Talk()
	files, err := flags.Parse(args)
	if err != nil {
		return err
	}
	// Two files would be two polyhedra, and one result says nothing of either.
	if len(files) != 1 {
		return run.UsageErrorf("expected one file, got %d; \"verify dd -h\" explains", len(files))
	}
	if err := d.checkFlags(flags); err != nil {
		return err
	}
	// The engine would take 0 for its default, but who writes -j 0 or -j -1 has meant
	// something else.
	if d.workers < 1 {
		return run.UsageErrorf("-j %d: expected at least one worker", d.workers)
	}
	if err := d.checkOutputs(); err != nil {
		return err
	}
	if d.workers == 1 { // who asks for one worker wants no others in the collector
		defer run.OneProcessor()()
	}
	ctx := limits.Context()
	defer d.talk.Clear() // whatever line of progress is left
	return d.run(ctx, files[0])
}

// checkOutputs looks for files that cannot be written before anything is done.
//
// An error has the name of the file and is bad usage. A folder may still vanish before
// the end; then the run fails when it writes.
func (d *ddRun) checkOutputs() error {
	// The second of the two would replace the first without a word. The null device keeps
	// neither.
	if err := run.CheckDistinct(d.out, d.certificate); err != nil {
		return err
	}
	if !run.ToStandardOutput(d.out) {
		if err := d.CheckWritable(d.out); err != nil {
			return err
		}
	}
	if d.certificate != "" {
		return d.CheckBeside(d.certificate)
	}
	return nil
}

// checkFlags looks for flags that exclude each other.
//
// It reads nothing but flags. The error names the flags and what would do instead.
func (d *ddRun) checkFlags(flags *run.FlagSet) error {
	if err := d.formats.check(); err != nil {
		return err
	}
	// Symmetry looks at the flags about formats too, and so comes after these.
	if err := d.symmetry.check(d, flags); err != nil {
		return err
	}
	if err := d.state.Check(); err != nil {
		return err
	}
	// What is left are pairs of flags where one asks for something that the result of the
	// other cannot hold. To ignore one of them silently would look like an answer.
	switch listed := d.adjacency || d.incidence; {
	case d.certificate != "" && d.formats.split():
		return run.UsageErrorf("-certificate is of rows and generators of one polyhedron, and not of modes that are folded back")
	// A format of others has no place for lists, nor for what is said beside rows.
	case d.formats.other() && (d.json || d.verify || listed):
		return run.UsageErrorf("-to %s has no place for -json, -verify, -adjacency and -incidence", d.formats.to)
	// What would be checked or listed is the cone of the split reactions, not what is written.
	case d.formats.split() && (d.verify || listed):
		return run.UsageErrorf("reactions that are split have no -verify, -adjacency and -incidence: the result is folded back; -eliminate-reversible lines has")
	}
	return nil
}

// run reads a file, converts it, and writes what was asked for: the result, and a certificate
// beside it. A result that cannot be written does not keep the certificate from being
// written, nor the other way round.
//
// The order of steps matters: reactions are split before options are looked at, as these
// may name the columns that -reversible means; an order of the file is taken before it is
// said which options have no effect.
//
// With -verify the text is held in memory, since nothing may be written before the check
// has passed, and what is written then are the bytes that were read back. The check shows
// completeness too, and ends the run if it fails: so the text may say "checked" before it
// has run.
func (d *ddRun) run(ctx context.Context, path string) error {
	// The whole file, before anything is computed of it.
	in, err := readPolyhedron(d.Call, path, d.formats.inputFormat)
	if err != nil {
		return err
	}
	if err := d.formats.prepare(in); err != nil {
		return err
	}
	d.order.fromFile(in)
	sayIgnored(d.talk, in, append(d.order.names(), "names")) // of columns, for -reversible
	var c *done
	if d.state.Kept() {
		c, err = d.kept(ctx, &in.Polyhedron, path)
	} else {
		c, err = d.convert(ctx, &in.Polyhedron, nil)
	}
	if err != nil {
		return err
	}
	// With -verify the check below shows completeness, or ends the run.
	r := &ddResult{head: d.Head(run.Solved, nil), Conversion: c.Conversion, file: in, verified: d.verify, complete: c.complete || d.verify, orbits: c.orbits}
	if d.adjacency || d.incidence {
		graph, err := c.Adjacency(ctx)
		if err != nil {
			return err
		}
		r.lists(graph, d.adjacency, d.incidence)
	}
	// The certificate is about what was converted, also if the result is folded back.
	converted := c.Conversion
	c.Out = d.formats.finish(d.talk, converted)
	if r.Empty() { // a list without rows, or the row -1 >= 0, could be overlooked
		d.talk.Note("the polyhedron is empty")
	}
	write := d.form(r)
	if d.verify {
		// The bytes that are checked are those that are written.
		var text bytes.Buffer
		if err := write(d.Allowed(&text)); err != nil {
			return err
		}
		if err := d.check(ctx, in, text.Bytes(), d.options("checking: ", nil)); err != nil {
			return err
		}
		write = func(w io.Writer) error {
			_, err := w.Write(text.Bytes())
			return err
		}
	}
	// Both are tried, and both errors are told.
	return errors.Join(d.write(r, write), d.certify(ctx, converted, in, r))
}

// form is one of the three forms of a result, each of which can be held as text for the check.
func (d *ddRun) form(r *ddResult) func(w io.Writer) error {
	if d.json {
		return r.writeJSON
	}
	r.names = namesLine(d.talk, columnNames(r.file), r.Out.Columns)
	if d.formats.other() {
		d.formats.noteNames(d.talk, &ine.File{Options: r.names})
		return d.formats.writeOther(r.Out)
	}
	return r.writeText
}

// convert converts, and says how.
//
// The result is exact and does not depend on order, method or workers; completeness is
// shown apart from it, and may stay open. With a checkpoint it goes on from there.
func (d *ddRun) convert(ctx context.Context, in *cone.Polyhedron, from *doubledesc.Checkpoint) (*done, error) {
	// Orbits have an engine of their own, with neither order nor method.
	if d.symmetry.use {
		return d.bySymmetry(ctx, in)
	}
	// An order that was asked for would have no effect on a walk.
	if d.order.name != "" && d.method.method == doubledesc.Automatic {
		d.method.method = doubledesc.DoubleDescription // which is what has an order
	}
	var used doubledesc.Method
	o := d.options("", &used)
	// A checkpoint of another input or of other flags is refused by the engine with
	// ErrCheckpoint.
	o.Resume = from
	if d.state.Kept() {
		o.Keep = d.keep
		// What was just read need not be written at once.
		d.state.ctx, d.state.begun, d.state.next = ctx, time.Now(), time.Now()
		if from != nil {
			d.state.next = d.state.begun.Add(leastPause)
		}
	}
	// Of the conversion alone: the proof of completeness has a time of its own.
	start := time.Now()
	c, err := doubledesc.Convert(ctx, in, o)
	if limit := new(run.LimitError); errors.As(err, &limit) {
		return nil, fmt.Errorf("%w; -symmetry takes one of each orbit, where there are symmetries", err)
	}
	if err != nil {
		return nil, err
	}
	if from == nil || used != doubledesc.Automatic { // else all rays were there
		d.talk.Say("converted by %s in %v", methodText(used), since(start))
	}
	hint := "-verify does it"
	if d.verify { // and is about to
		hint = ""
	}
	run.ReleaseProgram() // the conversion, of which the proof shares nothing
	// A message before it begins, as it says nothing while it lasts.
	d.talk.Update("%d rays: is any missing?", len(c.Generators.Rays))
	complete, err := shownComplete(ctx, d.talk, hint, c.Complete)
	return &done{Conversion: c, complete: complete}, err
}

// options are those of a conversion, of which progress is shown after some words.
//
// used, if not nil, is set by the engine to the method that it took.
func (d *ddRun) options(what string, used *doubledesc.Method) doubledesc.Options {
	return doubledesc.Options{Order: d.order.order, Workers: d.workers, Progress: d.progress(what), Method: d.method.method, Used: used}
}

// completenessNotChecked says what a list printed without that check does not promise.
const completenessNotChecked = "completeness not checked"

// shownComplete runs a proof that a list is complete, and says how long it took, or that it
// was given up, with a hint what else to do. A limit that is reached meanwhile does not
// take the list away.
func shownComplete(ctx context.Context, t *run.Talk, hint string, show func(context.Context) (bool, error)) (bool, error) {
	start := time.Now()
	complete, err := show(ctx)
	// An interrupt by the user is no limit: then the list is not wanted any more.
	var limit *run.LimitError
	switch {
	case err != nil && errors.As(err, &limit):
		// The list is there, and true; only that it is whole is open.
		t.Note("%s: %v", completenessNotChecked, err)
		return false, nil
	case err != nil:
		return false, err
	case complete:
		t.Say("completeness shown in %v", since(start))
	default:
		t.Say("completeness given up in %v", since(start))
		// The proof of completeness compares incidences, and is bounded by the work of the
		// conversion, so that a run takes at most about half as long again.
		if hint != "" { // else the check follows in any case
			t.Note("%s: it would take longer than half of the conversion; %s", completenessNotChecked, hint)
		}
	}
	return complete, nil
}

// since returns the time since then, rounded for reading.
func since(start time.Time) time.Duration { return time.Since(start).Round(10 * time.Microsecond) }

// check reads back the text of a result and checks it against the input.
//
// It takes up to as long as the conversion, or longer: where incidences do not prove that
// nothing is missing, the result is converted back. An error is a fault of the program,
// and nothing is written then.
func (d *ddRun) check(ctx context.Context, in *ine.File, text []byte, o doubledesc.Options) error {
	d.talk.Update("checking")
	// The same parser reads results as reads input: a fault of the writer shows as a row
	// that differs.
	out, err := readText(text)
	// A result that cannot be read back is as wrong as one that differs.
	if err == nil { // what cannot be read back is wrong, too
		err = doubledesc.CheckConversion(ctx, &in.Polyhedron, &out.Polyhedron, o)
	}
	if err != nil {
		// A fault of the program, not of the input: it has an exit status of its own, 4.
		return run.FaultErrorf("the result is wrong, and is not written: %v", err)
	}
	d.talk.Note("verified, read back: every generator against every row, extremality, and completeness")
	return nil
}

// write puts the result on standard output, or into the file and a line about
// it on standard output.
func (d *ddRun) write(r *ddResult, write func(io.Writer) error) error {
	if run.ToStandardOutput(d.out) { // where nothing else may stand
		d.talk.Clear() // or the first row begins behind the line of progress
		return d.Print(write)
	}
	// The number of rows, since writing many of them takes a while too.
	d.talk.Update("writing %d rows", len(r.Out.Rows))
	if err := d.WriteFile(d.out, write); err != nil {
		return err
	}
	noteName(d.talk, d.out, d.formats.name())
	_, err := fmt.Fprintf(d.Stdout, "%s: %s\n", certificate.FileName(d.out), r.summary())
	return err
}

// progress shows how far a conversion is, with an estimate of what is left.
//
// It is nil if nothing is shown. Estimates are for people, and change nothing.
func (d *ddRun) progress(what string) func(doubledesc.Progress) {
	if !d.talk.ShowProgress() { // so that the engine need not report
		return nil
	}
	// Rows and checks have clocks of their own: rows grow dearer one by one, checks cost
	// the same.
	pace, rest := newPace(), &steady{now: time.Now}
	return func(p doubledesc.Progress) {
		// Fields of zero belong to a stage that has not begun, which is how stages are told
		// apart.
		if p.ToCheck > 0 {
			d.talk.Update(what+"%d of %d rays checked%s", p.Checked, p.ToCheck, rest.left(p.Checked, p.ToCheck))
			return
		}
		if p.Bases > 0 { // a walk, of which nobody knows how long it is
			d.talk.Update(what+"%d bases, %d rays so far", p.Bases, p.Rays)
			return
		}
		next := ""
		if p.ToSearch > 0 { // a row that takes long
			next = fmt.Sprintf(" (%d%% of the next)", 100*p.Searched/p.ToSearch)
		}
		d.talk.Update(what+"row %d of %d%s, %d rays so far%s", p.Row, p.Rows, next, p.Rays, pace.left(p.Row, p.Rows, p.Searched, p.ToSearch))
	}
}

// sayIgnored tells the user about every option that has no effect here.
//
// honoured are first words of options. Each note has file and line; none is an error.
func sayIgnored(t *run.Talk, f *ine.File, honoured []string) {
	// Notes are of the reader: lines that are no options.
	for _, note := range f.Notes {
		t.Note("%s", note)
	}
	for _, o := range f.Options {
		// An option counts as honoured by its first word, whatever follows.
		used := false
		for _, word := range honoured {
			used = used || o.Word == word
		}
		if !used {
			t.Note("%s:%d: option %s has no effect here, and is ignored", f.Source, o.Line, strings.Join(append([]string{o.Word}, o.Args...), " "))
		}
	}
}
