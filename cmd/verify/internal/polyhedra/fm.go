package polyhedra

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"pstar/cmd/verify/internal/run"
	"pstar/fm"
	"pstar/format/ine"
	"pstar/projection"
	"pstar/theorems/multidraft/cell"
)

// FMCommand is "verify fm".
func FMCommand() run.Command {
	return run.Command{
		Name:    "fm",
		Usage:   "-eliminate LIST|-keep LIST FILE, or -k K -n N",
		Summary: "eliminates variables, with a certificate",
		Long: `Projects a polyhedron, given by its rows in the format of cddlib and lrs or
another one that dd reads, or of a linear program (.mps, .lp; the objective is left out; demands for integers are
an error unless -relax is given), along some of its
variables, and writes the rows of the projection: minimal, exact, in the kept
variables only and in their order. "-" is standard input.

A LIST names variables x1, x2, ... or their numbers, with ranges: x1,x4..x6 or
1,4..6; x1 belongs to the second column of the file. A line "names a b ..." of the
file calls them otherwise, and the result has such a line too. Without -eliminate
and -keep, the line "eliminate k i1 ... ik" or "project k i1 ... ik" of lrs in the
file says it, or ELIMINATION_ORDER in a file of PORTA. The line "strict_inequality t i1 ... it" of cdd+ makes rows strict;
a row of the result is strict if a strict row was needed for it.

-method auto projects through the projection cone (the multipliers by which rows
add up without the variables), and if that is not done at once through vertices
and rays too, and takes what is ready first; -v says which. cone and dd are these
routes alone, fm is elimination, which -trace, -order and -redundancy
ask for; all write the same rows: each equation is solved for its last variable,
which then occurs in no other row. Elimination is checked step by step; the lists
of the others are shown to be complete as those of verify dd are, or standard
error and the "completeness" of -json say that this was not checked.

-certificate writes what proves the result to the checker: of elimination each
step, otherwise a theorem in which the checker finds all multipliers itself. A
certificate is written once the checker has accepted it; the result comes in any
case. -k K -n N projects the transport polytope of K drafts over n tokens onto
(q,b), by elimination: the rows q(S) >= B(S), b_T >= 0 and one equation of MD-T2.

-to writes the rows in another format that dd writes; strict rows have a form in
.ine files alone, and so have names. If all variables are eliminated the result is a verdict: feasible, with a point,
or infeasible, with multipliers (exit status 1). Otherwise an empty polyhedron
gives the one row -1 0 ... 0, which reads -1 >= 0.`,
		Run:    runFM,
		Advice: "another -order, or -method dd, may do",
	}
}

// fmRun is one elimination with its flags.
//
// kept and eliminated are disjoint lists of variables of system, from 0, and together all
// of them.
type fmRun struct {
	*run.Call
	talk                    *run.Talk
	eliminate, keep         string
	k, n                    int
	method, order, level    string
	out, certificate, trace string
	style                   string
	json, relax             bool
	complete                bool // the result was shown to miss nothing

	format           inputFormat
	to               outputFormat
	in               *ine.File // nil for a cell
	last             fm.Progress
	far              map[projection.Route]projection.Progress
	named            bool // the variables have names of their own
	cell             *cell.TransportSystem
	system           *fm.System
	kept, eliminated []int
}

// runFM reads the flags, and goes one of three ways: a verdict if no variable is kept, a
// route by double description, or elimination.
func runFM(c *run.Call, args []string) error {
	f := &fmRun{Call: c}
	flags := c.Flags()
	flags.StringVar(&f.eliminate, "eliminate", "", "variables to eliminate: `LIST`")
	flags.StringVar(&f.keep, "keep", "", "variables to keep, all others are eliminated: `LIST`")
	flags.IntVar(&f.k, "k", 0, "number of drafts `K` of a transport polytope to project, with -n")
	flags.IntVar(&f.n, "n", 0, "number of tokens `n` of a transport polytope to project, with -k")
	flags.StringVar(&f.method, "method", "auto", "`method`: auto, cone, dd or fm")
	flags.StringVar(&f.order, "order", "auto", "`order` of elimination: auto (fewest products) or given")
	// The level changes how many rows there are on the way, and what is written only where
	// it is not minimal.
	flags.StringVar(&f.level, "redundancy", "minimal", "what is dropped: `level` minimal, syntactic, history or everything (kept)")
	flags.StringVar(&f.out, "o", "", "write the result to `file`, whole or not at all")
	flags.CertificateFile(&f.certificate)
	flags.StringVar(&f.trace, "trace", "", "write each step to `file`; \"-\" is standard output, after the result")
	flags.StringVar(&f.style, "trace-style", "", "`style` of the trace: text, markdown or latex (default by the name: .md, .tex, else text)")
	flags.BoolVar(&f.relax, "relax", false, "of a linear program, ignore that variables should be integers")
	flags.BoolVar(&f.json, "json", false, "write one JSON object in place of the file format")
	// The only command in which an inequality may be strict.
	f.format = inputFormat{strict: true}
	f.format.register(flags)
	f.to.register(flags)
	limits := flags.Limits()
	f.talk = flags.Talk()
	files, err := flags.Parse(args)
	if err != nil {
		return err
	}
	if err := f.validate(flags, files); err != nil {
		// Flags that exclude each other are found before any file is opened.
		return err
	}
	ctx := limits.Context()
	// A cell comes from -k and -n, and has no file.
	if f.cell != nil {
		f.chooseCell()
	} else if err := f.read(files[0]); err != nil {
		return err
	}
	defer f.talk.Clear()
	if len(f.kept) == 0 && f.to.other() {
		return run.UsageErrorf("-to %s is of rows, and without a variable that is kept the result is a verdict", f.to.to)
	}
	switch {
	// Without variables there is nothing to project onto: the question is whether there is
	// a point.
	case len(f.kept) == 0 && f.method != "fm":
		err = f.decide(ctx)
	case f.method != "fm":
		err = f.throughGenerators(ctx)
	default:
		err = f.run(ctx)
	}
	// Only of a run that was ended: other errors say themselves what to do.
	if err != nil && ctx.Err() != nil {
		f.advise()
	}
	return err
}

// advise says how far a projection came that was ended, and what may do instead.
//
// Of a run that a limit or the user has ended: all lines are notes on standard error.
func (f *fmRun) advise() {
	f.talk.Clear()
	// Advice names the way that this run has not tried.
	switch f.method {
	case "fm":
		f.talk.Note("eliminated %d of %d variables, with %d rows then; -method auto does without rows on the way", f.last.Step, f.last.Steps, f.last.Rows)
	case "auto":
		f.came("neither way was done")
		f.talk.Note("more time may do, or -method fm, which eliminates; -eliminate with fewer variables leaves an easier system")
	default:
		f.came("the generators were not done")
		f.talk.Note("-method auto tries another way at once, -method fm eliminates")
	}
}

// came says how far the routes by double description came.
func (f *fmRun) came(what string) {
	var far []string
	// In one order, so that the line does not depend on the order of a map.
	for _, route := range []projection.Route{projection.ByCone, projection.ByVertices} {
		if p, ok := f.far[route]; ok {
			far = append(far, p.String())
		}
	}
	if len(far) > 0 {
		what += ": " + strings.Join(far, "; ")
	}
	f.talk.Note("%s", what)
}

// generators shows how far the routes by double description are.
func (f *fmRun) generators() func(projection.Progress) {
	// Routes run side by side, but report one at a time.
	f.far = map[projection.Route]projection.Progress{}
	return func(p projection.Progress) {
		f.far[p.Route] = p
		f.talk.Update("%v", p)
	}
}

// levelOf is what a value of -redundancy means.
//
// Each drops less than the one before: all rows that others imply, by linear programs;
// multiples of rows with a tighter constant, and rows by their history; by history alone;
// none.
func levelOf(value string) (level fm.Level, known bool) {
	switch value {
	case "minimal":
		return fm.Minimal, true
	case "syntactic":
		return fm.Syntactic, true
	case "history":
		return fm.History, true
	case "everything":
		return fm.Everything, true
	}
	return 0, false
}

// validate reports what is wrong with the flags.
//
// It also chooses elimination in place of auto where another flag asks for that, and
// finds files that cannot be written, before anything is read.
func (f *fmRun) validate(flags *run.FlagSet, files []string) error {
	// Looked up here for the message; its value is used when the elimination begins.
	_, known := levelOf(f.level)
	switch {
	case f.eliminate != "" && f.keep != "":
		return run.UsageErrorf("give -eliminate or -keep, not both")
	case !slices.Contains([]string{"auto", "cone", "dd", "fm"}, f.method):
		return run.UsageErrorf("-method %s: expected auto, cone, dd or fm", f.method)
	case f.order != "auto" && f.order != "given":
		return run.UsageErrorf("-order %s: expected auto or given", f.order)
	case !known:
		return run.UsageErrorf("-redundancy %s: expected minimal, syntactic, history or everything", f.level)
	case f.style != "" && !slices.Contains([]string{"text", "markdown", "latex"}, f.style):
		return run.UsageErrorf("-trace-style %s: expected text, markdown or latex", f.style)
	}
	// Who asks for a trace, or for an order, means elimination: no other method has them.
	if f.method == "auto" && slices.ContainsFunc([]string{"trace", "order", "redundancy", "k", "n"}, flags.Given) {
		f.method = "fm"
	}
	// The user has named another method: a flag that it would not look at is refused.
	if f.method != "fm" {
		if err := flags.RefuseUnused("with -method "+f.method+", which has no steps", "trace", "order", "redundancy"); err != nil {
			return err
		}
	}
	if err := errors.Join(f.format.check(), f.to.check()); err != nil {
		return err
	}
	if f.json && f.to.other() {
		return run.UsageErrorf("-to %s has no place for -json", f.to.to)
	}
	if f.trace == "" {
		if err := flags.RefuseUnused("without -trace", "trace-style"); err != nil {
			return err
		}
	}
	if err := f.validateSource(flags, files); err != nil {
		return err
	}
	trace := f.trace
	if trace == "-" {
		trace = "" // it may follow the result
	}
	if err := run.CheckDistinct(f.out, f.certificate, trace); err != nil {
		return err
	}
	for _, path := range []string{f.out, f.trace} {
		if path == "" || path == "-" {
			continue // the result, and the trace after it, are where results are
		}
		if err := f.CheckWritable(path); err != nil {
			return err
		}
	}
	return f.CheckBeside(f.certificate)
}

// validateSource wants either one file or a cell.
func (f *fmRun) validateSource(flags *run.FlagSet, files []string) error {
	// One of the two alone is a cell half said; Validate reports the one that is missing,
	// as 0.
	if !flags.Given("k") && !flags.Given("n") {
		if len(files) != 1 {
			return run.UsageErrorf("expected one file, got %d; \"verify fm -h\" explains", len(files))
		}
		return nil
	}
	if err := flags.RefuseUnused("with -k and -n, which say it all", "eliminate", "keep", "redundancy", "relax", "from", "convention"); err != nil {
		return err
	}
	if len(files) > 0 {
		return run.UsageErrorf("give a file, or -k and -n, not both")
	}
	if err := cell.Validate(f.k, f.n); err != nil {
		return run.UsageErrorf("-k %d -n %d: %v", f.k, f.n, err)
	}
	f.cell = cell.NewTransportSystem(f.k, f.n)
	return nil
}

// run eliminates and writes all that was asked for.
//
// The result is exact. Each row of it comes with multipliers of the input, and is checked
// before it is written; that takes rows on the way which may be far more than those of
// the input or the result, and no bound is promised.
func (f *fmRun) run(ctx context.Context) error {
	// In the order given or the cheapest next, at the level asked for.
	level, _ := levelOf(f.level)
	o := fm.Options{InOrder: f.order == "given", Level: level, Progress: f.progress()}
	r, err := f.project(ctx, o)
	if err != nil {
		return err
	}
	f.talk.Say("eliminated in %v; at most %d rows between two steps, chosen from at most %d", f.talk.Elapsed(), r.Peak, r.Candidates)
	// Checked whether it is asked for or not.
	if err := f.verifyResult(ctx, r); err != nil {
		return err
	}
	// The verdict is that of a theorem, with a point or multipliers, and not the row 0 >= 0
	// or -1 >= 0 that elimination leaves.
	if f.cell == nil && len(f.kept) == 0 {
		return errors.Join(f.decide(ctx), f.writeTrace(r))
	}
	// The result first, and each output also where another one cannot be written.
	return errors.Join(f.write(projection.Eliminated(r, f.kept), r), f.writeTrace(r), f.certify(ctx, r))
}

// verifyResult shows that the projection has the rows that it must have, and no other, by
// going through the elimination once more.
//
// An unchecked result is not written. A failure is a fault of the program.
func (f *fmRun) verifyResult(ctx context.Context, r *fm.Result) error {
	start := time.Now()
	// From the base rows, apart from the elimination.
	if err := r.Verify(ctx); err != nil {
		return &fm.Fault{Err: fmt.Errorf("the elimination is wrong, and its result is not written: %w", err)}
	}
	f.complete = true
	f.talk.Say("every step, every dropped row and the multipliers of every row verified in %v", since(start))
	return nil
}

// project eliminates; of a cell the result is compared with MD-T2.
func (f *fmRun) project(ctx context.Context, o fm.Options) (*fm.Result, error) {
	if f.cell == nil {
		return fm.Eliminate(ctx, f.system, f.eliminated, o)
	}
	// The cell compares rows with the closed form, and an error says where they differ.
	r, err := f.cell.Project(ctx, o)
	if err == nil {
		f.talk.Note("the projection is that of MD-T2 for K = %d, n = %d", f.k, f.n)
	}
	return r, err
}

// progress shows how far the elimination is.
func (f *fmRun) progress() func(fm.Progress) {
	return func(p fm.Progress) {
		f.last = p
		f.talk.Update("variable %d of %d eliminated, %d rows", p.Step, p.Steps, p.Rows)
	}
}

// throughGenerators projects through one of the routes by double description, or the faster one.
//
// There are no rows on the way here, but generators, which may be as many; no multipliers
// are kept.
func (f *fmRun) throughGenerators(ctx context.Context) error {
	// The route that was first, with the rows that all routes give.
	p, err := f.generated(ctx)
	if err != nil {
		return err
	}
	f.talk.Say("projected through the %v, %d generators, in %v", p.Route, p.Rays, f.talk.Elapsed())
	// The rows hold for the projection in any case; only that none is missing is the
	// question.
	if f.complete, err = shownComplete(ctx, f.talk, "-method fm eliminates and verifies each row", p.Complete); err != nil {
		return err
	}
	return errors.Join(f.write(p.Projection, nil), f.certifyTheorem(ctx))
}

// generated is the projection by the route of -method, or by the one that is ready first.
func (f *fmRun) generated(ctx context.Context) (*projection.Projected, error) {
	switch f.method {
	case "cone":
		// Named by the flag: no other is tried.
		return projection.ByRoute(ctx, projection.ByCone, f.system, f.kept, f.generators())
	case "dd":
		return projection.ByRoute(ctx, projection.ByVertices, f.system, f.kept, f.generators())
	}
	// Either of the two routes can be the faster by far, and nothing cheap tells beforehand
	// which.
	return projection.Fastest(ctx, f.system, f.kept, f.generators())
}
