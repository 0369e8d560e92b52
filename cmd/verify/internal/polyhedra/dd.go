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

func DDCommand() run.Command {
	return run.Command{
		Name:    "dd",
		Usage:   "FILE",
		Summary: "converts a polyhedron between rows and generators",
		Long: `Converts a polyhedron, by default in the format of cddlib and lrs, .ine and .ext: an H-representation to its
vertices, rays and lines, a V-representation to its facets and equations. The
result is exact, minimal, and written in one canonical order; it does not depend
on -order or -j. "-" is standard input.

Files named .poi and .ieq are read as PORTA's, .in as Normaliz's, .json as what -json
writes, .csv, .tsv, .txt and .mat as plain matrices, whose rows -convention explains:
b+A (b + A·x >= 0), A<=b, A>=b (b last), points, rays, 1x (as in .ext), or flux, a
stoichiometric matrix, a column for each reaction. -reversible names the reactions
that run both ways: each is split into two, and the modes are folded back, or with
-eliminate-reversible lines its bound is left out, and the cone may have lines.
-from has a format in place of that of the name, -to writes one.

Numbers are read exactly, decimals of "real" files included. The options
linearity, equality, partial_enumeration, hull, nonnegative (before begin, as in
lrs) and those that name an order of rows are honoured; others, and lines that
are no options, are said to be ignored on standard error, and so is any honoured
one that cddlib or lrs would ignore. The row 1 >= 0 ("1 0 ... 0"), which cddlib
and lrs print for unbounded polyhedra, is left out; a cone has its apex among the
vertices.

By default the program walks from basis to basis as long as rays have few of them,
as those of simple polyhedra do, and takes in row by row (double description)
otherwise; -v says which it was. -method pivot or dd has one of them, if possible:
a walk takes numbers of up to two words.

With -o the result goes to the file and one line about it to standard output.
Every generator is checked against every row and for extremality, and that none is
missing is proved from the incidences, apart from the conversion. Where the proof
would cost more than about half of the conversion, standard error and the
"completeness" of -json say "not checked". -v gives both times.

-verify reads back what is about to be written and checks it against the input:
every generator against every row, extremality, and completeness, which it proves
however long that takes, or by converting back. If a check fails, nothing is written
and the exit status is 4.

-symmetry finds the symmetries of the description: affine maps that permute its rows. It works
on orbits of them, and writes one row of each, how many rows that stands for, and
symmetries that generate all; with -expand it writes all rows. This is the way for polytopes
that are far too large to be converted in one piece, such as those of cuts, metrics,
orders and Bell inequalities; go doc ./doubledesc/orbits explains.

-state keeps the rays found so far in a folder, for at most a twentieth of the time, and goes on
from there when the same command is run again; the bytes that come out are the same. With -symmetry it keeps what
is known of each orbit, and any number of runs, on any number of machines, share the work.

-adjacency and -incidence add lists as comments after the end of the result:
"generator (or row) number, how many, which". Rows of the linearity of the result
are not listed; those of the input are tight everywhere, and are. Adjacency with
the row 1 >= 0, the facet at infinity, is left out like that row itself.`,
		Run:    runDD,
		Advice: "another -order may do, and -method fm for a projection",
	}
}

// ddRun is one conversion with its flags.
type ddRun struct {
	*run.Call
	talk                 *run.Talk
	out                  string
	json, verify         bool
	adjacency, incidence bool
	order                orderFlag
	method               methodFlag
	formats              ddFormats
	symmetry             symmetryFlags
	state                ddState
	workers              int
}

func runDD(c *run.Call, args []string) error {
	flags := c.Flags()
	d := &ddRun{Call: c, order: orderFlag{}}
	flags.StringVar(&d.out, "o", "", "write the result to `FILE`, whole or not at all")
	flags.BoolVar(&d.json, "json", false, "write one JSON object in place of the file format")
	flags.BoolVar(&d.verify, "verify", false, "read back what is written and check it, also that it is complete, however long that takes")
	flags.BoolVar(&d.adjacency, "adjacency", false, "list the pairs of the result that are adjacent")
	flags.BoolVar(&d.incidence, "incidence", false, "list which rows of the input are tight at which rows of the result")
	flags.Var(&d.order, "order", "`order` in which rows are taken in: "+orderNames())
	flags.Var(&d.method, "method", "`method`: "+methodNames())
	flags.IntVar(&d.workers, "j", runtime.GOMAXPROCS(0), "number of `workers`")
	d.formats.register(flags)
	d.symmetry.register(flags)
	d.state.Flags = campaign.AddKept(flags, asideOfState...)
	limits := flags.Limits()
	d.talk = flags.Talk()
	files, err := flags.Parse(args)
	if err != nil {
		return err
	}
	if len(files) != 1 {
		return run.UsageErrorf("expected one file, got %d; \"verify dd -h\" explains", len(files))
	}
	if err := d.checkFlags(flags); err != nil {
		return err
	}
	if d.workers < 1 {
		return run.UsageErrorf("-j %d: expected at least one worker", d.workers)
	}
	if !run.ToStandardOutput(d.out) {
		if err := d.CheckWritable(d.out); err != nil {
			return err
		}
	}
	ctx := limits.Context()
	defer d.talk.Clear()
	return d.run(ctx, files[0])
}

// checkFlags looks for flags that exclude each other.
func (d *ddRun) checkFlags(flags *run.FlagSet) error {
	if err := d.formats.check(); err != nil {
		return err
	}
	if err := d.symmetry.check(d, flags); err != nil {
		return err
	}
	if err := d.state.Check(); err != nil {
		return err
	}
	switch listed := d.adjacency || d.incidence; {
	case d.formats.other() && (d.json || d.verify || listed):
		return run.UsageErrorf("-to %s has no place for -json, -verify, -adjacency and -incidence", d.formats.to)
	case d.formats.split() && (d.verify || listed):
		return run.UsageErrorf("reactions that are split have no -verify, -adjacency and -incidence: the result is folded back; -eliminate-reversible lines has")
	}
	return nil
}

func (d *ddRun) run(ctx context.Context, path string) error {
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
	r := &ddResult{head: d.Head(run.Solved, nil), Conversion: c.Conversion, file: in, verified: d.verify, complete: c.complete || d.verify, orbits: c.orbits}
	if d.adjacency || d.incidence {
		graph, err := c.Adjacency(ctx)
		if err != nil {
			return err
		}
		r.lists(graph, d.adjacency, d.incidence)
	}
	c.Out = d.formats.finish(d.talk, c.Conversion)
	write := r.writeText
	switch {
	case d.json:
		write = r.writeJSON
	case d.formats.other():
		write = d.formats.writeOther(c.Out)
	}
	if d.verify {
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
	return d.write(r, write)
}

// convert converts, and says how.
func (d *ddRun) convert(ctx context.Context, in *cone.Polyhedron, from *doubledesc.Checkpoint) (*done, error) {
	if d.symmetry.use {
		return d.bySymmetry(ctx, in)
	}
	if d.order.name != "" && d.method.method == doubledesc.Automatic {
		d.method.method = doubledesc.DoubleDescription // which is what has an order
	}
	var used doubledesc.Method
	o := d.options("", &used)
	o.Resume = from
	if d.state.Kept() {
		o.Keep = d.keep
	}
	start := time.Now()
	c, err := doubledesc.Convert(ctx, in, o)
	if err != nil {
		return nil, err
	}
	if from == nil || used != doubledesc.Automatic { // else all rays were there
		d.talk.Say("converted by %s in %v", methodText(used), since(start))
	}
	hint := "-verify does it"
	if d.verify {
		hint = ""
	}
	d.talk.Update("%d rays: is any missing?", len(c.Generators.Rays))
	complete, err := shownComplete(ctx, d.talk, hint, c.Complete)
	return &done{Conversion: c, complete: complete}, err
}

// options are those of a conversion, of which progress is shown after some words.
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
	var limit *run.LimitError
	switch {
	case err != nil && errors.As(err, &limit):
		t.Note("%s: %v", completenessNotChecked, err)
		return false, nil
	case err != nil:
		return false, err
	case complete:
		t.Say("completeness shown in %v", since(start))
	default:
		t.Say("completeness given up in %v", since(start))
		if hint != "" {
			t.Note("%s: it would take longer than half of the conversion; %s", completenessNotChecked, hint)
		}
	}
	return complete, nil
}

// since returns the time since then, rounded for reading.
func since(start time.Time) time.Duration { return time.Since(start).Round(10 * time.Microsecond) }

// check reads back the text of a result and checks it against the input.
func (d *ddRun) check(ctx context.Context, in *ine.File, text []byte, o doubledesc.Options) error {
	d.talk.Update("checking")
	out, err := readText(text)
	if err == nil {
		err = doubledesc.CheckConversion(ctx, &in.Polyhedron, &out.Polyhedron, o)
	}
	if err != nil {
		return run.FaultErrorf("the result is wrong, and is not written: %v", err)
	}
	d.talk.Note("verified, read back: every generator against every row, extremality, and completeness")
	return nil
}

// write puts the result on standard output, or into the file and a line about
// it on standard output.
func (d *ddRun) write(r *ddResult, write func(io.Writer) error) error {
	if run.ToStandardOutput(d.out) {
		return d.Print(write)
	}
	if err := d.WriteFile(d.out, write); err != nil {
		return err
	}
	_, err := fmt.Fprintf(d.Stdout, "%s: %s\n", certificate.FileName(d.out), r.summary())
	return err
}

// progress shows how far a conversion is, with an estimate of what is left.
func (d *ddRun) progress(what string) func(doubledesc.Progress) {
	if !d.talk.ShowProgress() {
		return nil
	}
	pace := newPace()
	return func(p doubledesc.Progress) {
		if p.Bases > 0 {
			d.talk.Update(what+"%d bases, %d rays so far", p.Bases, p.Rays)
			return
		}
		next := ""
		if p.ToSearch > 0 {
			next = fmt.Sprintf(" (%d%% of the next)", 100*p.Searched/p.ToSearch)
		}
		d.talk.Update(what+"row %d of %d%s, %d rays so far%s", p.Row, p.Rows, next, p.Rays, pace.left(p.Row, p.Rows, p.Searched, p.ToSearch))
	}
}

// sayIgnored tells the user about every option that has no effect here.
func sayIgnored(t *run.Talk, f *ine.File, honoured []string) {
	for _, note := range f.Notes {
		t.Note("%s", note)
	}
	for _, o := range f.Options {
		used := false
		for _, word := range honoured {
			used = used || o.Word == word
		}
		if !used {
			t.Note("%s:%d: option %s has no effect here, and is ignored", f.Source, o.Line, strings.Join(append([]string{o.Word}, o.Args...), " "))
		}
	}
}
